//! Adding what was coded.

use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};
use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::Value;

use super::{Error, Ledger};

/// What codes: documents are coded again when it changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// Name and version of the program.
    pub program: String,
    /// JSON: name of each resource -> its SHA-256.
    pub resources: String,
    /// JSON: what was asked for beside the documents.
    pub options: String,
}

/// The records of one document, to be added.
#[derive(Clone, Debug)]
pub struct Batch {
    /// SHA-256 of the source, the bytes and what was known from outside.
    pub key: String,
    /// Url or path.
    pub source: String,
    /// Its records as `export::record` makes them.
    pub records: Vec<Value>,
}

/// What adding came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Added {
    /// Claims that were not there.
    pub new: u64,
    /// Claims that changed.
    pub revised: u64,
    /// Claims that are no longer made.
    pub withdrawn: u64,
}

impl Ledger {
    /// The number of a run; the same for the same program, resources and options.
    ///
    /// # Errors
    /// Where the ledger cannot be written.
    pub fn run(&mut self, run: &Run) -> Result<i64, Error> {
        let number = |connection: &Connection| -> rusqlite::Result<i64> {
            let values = params![run.program, run.resources, run.options];
            connection.execute("INSERT OR IGNORE INTO run (program, resources, options) VALUES (?, ?, ?)", values)?;
            connection.query_row("SELECT number FROM run WHERE program = ? AND resources = ? AND options = ?", values, |row| row.get(0))
        };
        number(&self.connection).map_err(|error| self.error(&error))
    }

    /// Keys of the documents that a run has coded.
    ///
    /// # Errors
    /// Where the ledger cannot be read.
    pub fn done(&self, run: i64) -> Result<FxHashSet<String>, Error> {
        let keys = || -> rusqlite::Result<FxHashSet<String>> {
            let mut statement = self.connection.prepare("SELECT key FROM document WHERE run = ?")?;
            let keys = statement.query_map([run], |row| row.get(0))?;
            keys.collect()
        };
        keys().map_err(|error| self.error(&error))
    }

    /// Adds the records of documents, in their order and in one transaction: all or, after an error, none.
    ///
    /// # Errors
    /// Where the ledger cannot be written.
    pub fn append(&mut self, run: i64, batches: &[Batch]) -> Result<Added, Error> {
        let mut added = Added::default();
        let path = self.path.clone();
        let mut all = || -> rusqlite::Result<()> {
            let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            for batch in batches {
                one(&transaction, run, batch, &mut added)?;
            }
            transaction.commit()
        };
        all().map_err(|error| super::of(&path, &error))?;
        Ok(added)
    }
}

fn one(connection: &Connection, run: i64, batch: &Batch, added: &mut Added) -> rusqlite::Result<()> {
    let article = batch.records.iter().find(|record| record["kind"] == "article");
    let number = article.map(|article| article_number(connection, article)).transpose()?;
    let published = article.and_then(|article| text(article, "published")).and_then(|moment| moment.get(..10));
    connection
        .prepare_cached("INSERT INTO document (key, source, article, run) VALUES (?, ?, ?, ?) ON CONFLICT (key) DO UPDATE SET article = excluded.article, run = excluded.run")?
        .execute(params![batch.key, batch.source, number, run])?;

    let mut there = number.map(|number| latest(connection, number)).transpose()?.unwrap_or_default();
    for record in &batch.records {
        let Some(id) = text(record, "id") else { continue };
        let json = stored(record);
        let before = match there.remove(id) {
            Some(before) => Some(before),
            // A problem of a document that gave no article stands by itself.
            None => revision(connection, id)?,
        };
        if before.as_ref().is_some_and(|(_, before)| before.as_ref() == Some(&json)) {
            continue;
        }
        let revision = before.as_ref().map_or(0, |(revision, _)| *revision) + 1;
        *(if revision == 1 { &mut added.new } else { &mut added.revised }) += 1;
        let row = insert(connection, &Row { id, revision, article: number, run, record, json: &json, published })?;
        facets(connection, row, record)?;
    }
    let mut gone: Vec<(String, i64)> = there.into_iter().filter(|(_, (_, json))| json.is_some()).map(|(id, (revision, _))| (id, revision)).collect();
    gone.sort();
    for (id, revision) in gone {
        connection
            .prepare_cached(
                "INSERT INTO record (id, revision, kind, article, run) SELECT id, ?2, kind, article, ?3 FROM record WHERE id = ?1 AND revision = ?2 - 1",
            )?
            .execute(params![id, revision + 1, run])?;
        added.withdrawn += 1;
    }
    Ok(())
}

/// Revision and JSON of a claim; no JSON where it was withdrawn.
type Before = (i64, Option<String>);

fn article_number(connection: &Connection, article: &Value) -> rusqlite::Result<i64> {
    let (id, words) = (text(article, "id").unwrap_or(""), text(article, "text").unwrap_or(""));
    let there = connection.prepare_cached("SELECT number FROM article WHERE id = ?")?.query_row([id], |row| row.get(0)).optional()?;
    match there {
        Some(number) => Ok(number),
        None => connection.prepare_cached("INSERT INTO article (id, text) VALUES (?, ?)")?.insert(params![id, words]),
    }
}

fn latest(connection: &Connection, article: i64) -> rusqlite::Result<FxHashMap<String, Before>> {
    let mut statement = connection.prepare_cached("SELECT id, revision, json FROM record WHERE article = ? ORDER BY revision")?;
    let rows = statement.query_map([article], |row| Ok((row.get(0)?, (row.get(1)?, row.get(2)?))))?;
    rows.collect()
}

fn revision(connection: &Connection, id: &str) -> rusqlite::Result<Option<Before>> {
    let mut statement = connection.prepare_cached("SELECT revision, json FROM record WHERE id = ? ORDER BY revision DESC LIMIT 1")?;
    statement.query_row([id], |row| Ok((row.get(0)?, row.get(1)?))).optional()
}

/// A record as it is stored: an article's text stands in its own table, once.
fn stored(record: &Value) -> String {
    let mut record = record.clone();
    if record["kind"] == "article"
        && let Some(object) = record.as_object_mut()
    {
        object.retain(|key, _| key != "text" && key != "body_text");
    }
    record.to_string()
}

struct Row<'a> {
    id: &'a str,
    revision: i64,
    article: Option<i64>,
    run: i64,
    record: &'a Value,
    json: &'a str,
    published: Option<&'a str>,
}

fn insert(connection: &Connection, row: &Row<'_>) -> rusqlite::Result<i64> {
    let &Row { id, revision, article, run, record, json, published } = row;
    let kind = text(record, "kind");
    let class = ["event_type", "measure", "form", "state", "stage"].iter().find_map(|field| text(record, field));
    let when = ["date", "period", "as_of", "made_on"].iter().find_map(|field| record.get(*field));
    let day = |end: &str| when.and_then(|when| text(when, end));
    connection
        .prepare_cached(
            "INSERT INTO record (id, revision, kind, article, run, json, type, status, first_day, last_day, published) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )?
        .insert(params![id, revision, kind, article, run, json, class, text(record, "status"), day("start"), day("end"), published])
}

fn facets(connection: &Connection, number: i64, record: &Value) -> rusqlite::Result<()> {
    let mut found: Vec<(&str, &str)> = Vec::new();
    gather(record, &mut found);
    if record["kind"] == "actor" {
        actor_facets(record, &mut found);
    }
    let mut statement = connection.prepare_cached("INSERT OR IGNORE INTO facet (facet, value, record) VALUES (?, ?, ?)")?;
    for (facet, value) in found {
        statement.execute(params![facet, value, number])?;
    }
    Ok(())
}

/// Countries, actors and places anywhere in a record; sources are no parties and are left out.
fn gather<'r>(value: &'r Value, found: &mut Vec<(&'static str, &'r str)>) {
    let Some(object) = value.as_object() else { return };
    for (key, value) in object {
        let members = value.as_array().map_or_else(|| std::slice::from_ref(value), Vec::as_slice);
        match key.as_str() {
            "population_country" | "destination_country" => found.extend(value.as_str().map(|country| ("country", country))),
            "actors" | "recipients" | "speaker" | "addressee" | "promiser" | "beneficiary" => members.iter().for_each(|actor| actor_facets(actor, found)),
            "places" | "place" | "origin_places" | "destination_places" => {
                for place in members {
                    found.extend(text(place, "country").map(|country| ("country", country)));
                    found.extend(["name", "text", "admin1"].iter().filter_map(|field| text(place, field)).map(|name| ("place", name)));
                }
            }
            "content" => gather(value, found),
            _ => {}
        }
    }
}

fn actor_facets<'r>(actor: &'r Value, found: &mut Vec<(&'static str, &'r str)>) {
    found.extend(text(actor, "country").map(|country| ("country", country)));
    found.extend(["name", "text"].iter().filter_map(|field| text(actor, field)).map(|name| ("actor", name)));
}

fn text<'r>(record: &'r Value, field: &str) -> Option<&'r str> {
    record.get(field)?.as_str()
}
