//! Whether a ledger is sound.

use super::{Error, Filter, Ledger};
use crate::record::{fields, valid};

impl Ledger {
    /// Everything that is wrong with a ledger, and the number of records looked at: the file itself, references between rows,
    /// every record against its declaration, every stretch against the text it names.
    ///
    /// # Errors
    /// Where the ledger cannot be read.
    pub fn check(&self) -> Result<(Vec<String>, u64), Error> {
        let mut wrong = self.file().map_err(|error| self.error(&error))?;
        let mut seen = 0;
        for kind in fields::KINDS {
            // Records come article by article, so the text of the last one mostly serves the next.
            let mut article = (String::new(), None);
            self.records(kind, &Filter::default(), |record| {
                seen += 1;
                let id = if kind.name == "article" { &record["id"] } else { &record["article"] }.as_str().unwrap_or("");
                if article.0 != id {
                    article = (id.to_owned(), self.text(id));
                }
                let mut here = valid::breaches(&record);
                match &article.1 {
                    Some(text) => here.extend(valid::misplaced(&record, text)),
                    None if !id.is_empty() => here.push(format!("its article {id} is not there")),
                    None => {}
                }
                wrong.extend(here.into_iter().map(|what| format!("{}: {what}", record["id"].as_str().unwrap_or("?"))));
                true
            })?;
        }
        Ok((wrong, seen))
    }

    fn text(&self, article: &str) -> Option<String> {
        let mut statement = self.connection.prepare_cached("SELECT text FROM article WHERE id = ?").ok()?;
        statement.query_row([article], |row| row.get(0)).ok()
    }

    fn file(&self) -> rusqlite::Result<Vec<String>> {
        let mut statement = self.connection.prepare("PRAGMA integrity_check")?;
        let lines: Vec<String> = statement.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        let mut wrong: Vec<String> = lines.into_iter().filter(|line| line != "ok").collect();
        let mut statement = self.connection.prepare("PRAGMA foreign_key_check")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let (table, parent): (String, String) = (row.get(0)?, row.get(2)?);
            wrong.push(format!("a row of {table} names a row of {parent} that is not there"));
        }
        Ok(wrong)
    }
}
