//! Keeps the records: one SQLite file, to which claims are only ever added.
//!
//! Texts are stored once; every claim is a row with its JSON, as `code` prints it, and a revision. The views `articles`,
//! `actors`, `events`, `quotes`, `figures`, `pledges` and `issues` show the latest revision with one column a field (`record::columns`), so
//! that any SQLite client can read them. One program writes at a time; any number read meanwhile.

mod append;
mod check;
mod query;
mod views;

use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

pub use append::{Added, Batch, Run};
pub use query::Filter;

/// Marks the file as a ledger ("whod").
const APPLICATION: i32 = 0x7768_6f64;

/// Each brings a ledger from the version before to its own; never changed once released.
const MIGRATIONS: &[&str] = &[include_str!("migrations/1.sql")];

/// An open ledger.
#[derive(Debug)]
pub struct Ledger {
    connection: Connection,
    path: PathBuf,
}

/// What went wrong with a ledger: where, what, and the mend.
#[derive(Debug)]
pub struct Error {
    place: String,
    what: String,
    mend: &'static str,
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.place, self.what)?;
        if self.mend.is_empty() { Ok(()) } else { write!(formatter, "; {}", self.mend) }
    }
}

impl std::error::Error for Error {}

impl Ledger {
    /// Opens a ledger to write; makes it where there is none, and brings an old one up to date.
    ///
    /// # Errors
    /// Where the file cannot be made, is no ledger, or is of a newer program.
    pub fn open(path: &Path) -> Result<Self, Error> {
        let connection = Connection::open(path).map_err(|error| of(path, &error))?;
        let mut ledger = Self { connection, path: path.to_owned() };
        ledger.prepare().map_err(|error| of(path, &error))?;
        let fresh = ledger.tables()? == 0;
        if !fresh {
            ledger.expect_ledger()?;
        }
        ledger.migrate()?;
        Ok(ledger)
    }

    /// Opens a ledger to read, also while another program writes to it.
    ///
    /// # Errors
    /// Where there is none, or it is of a newer or older program.
    pub fn read(path: &Path) -> Result<Self, Error> {
        if !path.exists() {
            return Err(Error { place: path.display().to_string(), what: "no such ledger".into(), mend: "make one with `whodid ingest SOURCE --ledger FILE`" });
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags).map_err(|error| of(path, &error))?;
        let ledger = Self { connection, path: path.to_owned() };
        ledger.connection.busy_timeout(Duration::from_secs(5)).map_err(|error| ledger.error(&error))?;
        ledger.expect_ledger()?;
        if ledger.version()? < MIGRATIONS.len() {
            return Err(ledger.wrong("it is of an older whodid", "bring it up to date with `whodid ingest`"));
        }
        Ok(ledger)
    }

    fn prepare(&self) -> rusqlite::Result<()> {
        self.connection.busy_timeout(Duration::from_secs(5))?;
        // Readers go on while one program writes; a commit is on the disk at the next checkpoint, and a crash before it loses
        // commits but never breaks the file: the documents of a lost commit are coded again.
        self.connection.pragma_update(None, "journal_mode", "wal")?;
        self.connection.pragma_update(None, "synchronous", "normal")?;
        self.connection.pragma_update(None, "foreign_keys", true)
    }

    fn tables(&self) -> Result<i64, Error> {
        self.connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0)).map_err(|error| self.error(&error))
    }

    fn version(&self) -> Result<usize, Error> {
        let version: i64 = self.connection.query_row("PRAGMA user_version", [], |row| row.get(0)).map_err(|error| self.error(&error))?;
        Ok(usize::try_from(version).unwrap_or(usize::MAX))
    }

    fn expect_ledger(&self) -> Result<(), Error> {
        let application: i32 = self.connection.query_row("PRAGMA application_id", [], |row| row.get(0)).map_err(|error| self.error(&error))?;
        if application != APPLICATION {
            return Err(self.wrong("it is a database, but no ledger of whodid", "name another file"));
        }
        if self.version()? > MIGRATIONS.len() {
            return Err(self.wrong("it is of a newer whodid", "use that version, or a newer one"));
        }
        Ok(())
    }

    fn migrate(&mut self) -> Result<(), Error> {
        let version = self.version()?;
        let path = self.path.clone();
        let run = |connection: &mut Connection| -> rusqlite::Result<()> {
            let transaction = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
            for (version, migration) in (1_i64..).zip(MIGRATIONS).skip(version) {
                transaction.execute_batch(migration)?;
                transaction.pragma_update(None, "application_id", APPLICATION)?;
                transaction.pragma_update(None, "user_version", version)?;
            }
            views::renew(&transaction)?;
            transaction.commit()
        };
        run(&mut self.connection).map_err(|error| of(&path, &error))
    }

    fn error(&self, error: &rusqlite::Error) -> Error {
        of(&self.path, error)
    }

    fn wrong(&self, what: &str, mend: &'static str) -> Error {
        Error { place: self.path.display().to_string(), what: what.to_owned(), mend }
    }
}

fn of(path: &Path, error: &rusqlite::Error) -> Error {
    let mend = match error.sqlite_error_code() {
        Some(rusqlite::ErrorCode::DatabaseBusy | rusqlite::ErrorCode::DatabaseLocked) => "another program writes to it: wait for that to end",
        Some(rusqlite::ErrorCode::CannotOpen) => "check that the folder exists and may be written",
        Some(rusqlite::ErrorCode::NotADatabase) => "name another file",
        Some(rusqlite::ErrorCode::DatabaseCorrupt) => "restore it from a copy, or ingest its documents again",
        Some(rusqlite::ErrorCode::ReadOnly | rusqlite::ErrorCode::PermissionDenied) => "check its permissions",
        Some(rusqlite::ErrorCode::DiskFull) => "make room on the disk and run the same command again",
        _ => "",
    };
    let what = match error {
        rusqlite::Error::SqliteFailure(_, Some(message)) => message.clone(),
        other => other.to_string(),
    };
    Error { place: path.display().to_string(), what, mend }
}
