//! Reading a ledger.

use rusqlite::types::Value as Sql;
use serde_json::{Map, Value};

use super::{Error, Ledger};
use crate::record::fields::Shape;

/// Which records to read. Conditions that are given must all hold.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// ISO 3166 alpha-3 of a party, a place or a population.
    pub country: Option<String>,
    /// Part of an actor's name or words.
    pub actor: Option<String>,
    /// Part of a place's name or words.
    pub place: Option<String>,
    /// Event type, measure, form, state or stage.
    pub class: Option<String>,
    /// Status.
    pub status: Option<String>,
    /// First day (ISO 8601): of the record's own date, else of publication.
    pub from: Option<String>,
    /// Last day, inclusive.
    pub to: Option<String>,
    /// Words that the article's text holds, as FTS5 reads them.
    pub text: Option<String>,
}

impl Ledger {
    /// Hands the latest revision of every record of `kind` that the filter lets through to `each`, in the order in which
    /// they were first added, until it says to stop with false.
    ///
    /// # Errors
    /// Where the ledger cannot be read, or `filter.text` is no query.
    pub fn records(&self, kind: &Shape, filter: &Filter, mut each: impl FnMut(Value) -> bool) -> Result<(), Error> {
        let (sql, values) = select(kind, filter);
        let run = || -> rusqlite::Result<()> {
            let mut statement = self.connection.prepare(&sql)?;
            let mut rows = statement.query(rusqlite::params_from_iter(values))?;
            while let Some(row) = rows.next()? {
                let json: String = row.get(0)?;
                let Ok(mut record) = serde_json::from_str(&json) else { continue };
                if kind.name == "article" {
                    record = whole_article(record, row.get(1)?, kind);
                }
                if !each(record) {
                    break;
                }
            }
            Ok(())
        };
        run().map_err(|error| match error.sqlite_error_code() {
            // The only part of the statement that the user writes.
            Some(rusqlite::ErrorCode::Unknown) if filter.text.is_some() => {
                self.wrong("the words to search for are no query", "put them in double quotes inside the argument: '\"east Aleppo\"'")
            }
            _ => self.error(&error),
        })
    }
}

fn select(kind: &Shape, filter: &Filter) -> (String, Vec<Sql>) {
    let mut sql = "SELECT latest.json, article.text FROM latest LEFT JOIN article ON article.number = latest.article WHERE latest.kind = ?".to_owned();
    let mut values: Vec<Sql> = vec![Sql::Text(kind.name.to_owned())];
    let mut add = |condition: &str, value: Option<&String>| {
        if let Some(value) = value {
            sql.push_str(" AND ");
            sql.push_str(condition);
            values.push(Sql::Text(value.clone()));
        }
    };
    add("latest.number IN (SELECT record FROM facet WHERE facet = 'country' AND value = ?)", filter.country.as_ref());
    add("latest.number IN (SELECT record FROM facet WHERE facet = 'actor' AND instr(lower(value), lower(?)))", filter.actor.as_ref());
    add("latest.number IN (SELECT record FROM facet WHERE facet = 'place' AND instr(lower(value), lower(?)))", filter.place.as_ref());
    add("latest.type = ?", filter.class.as_ref());
    add("latest.status = ?", filter.status.as_ref());
    add("coalesce(latest.last_day, latest.first_day, latest.published) >= ?", filter.from.as_ref());
    add("coalesce(latest.first_day, latest.last_day, latest.published) <= ?", filter.to.as_ref());
    add("latest.article IN (SELECT rowid FROM article_text WHERE article_text MATCH ?)", filter.text.as_ref());
    sql.push_str(" ORDER BY latest.article IS NULL, latest.article, latest.number");
    (sql, values)
}

/// An article with its text, as `code` prints it.
fn whole_article(record: Value, text: Option<String>, kind: &Shape) -> Value {
    let (Value::Object(mut stored), Some(text)) = (record, text) else { return Value::Null };
    let body = body(&stored, &text);
    let mut article = Map::new();
    for field in kind.fields() {
        let value = match field.name {
            "text" => Some(Value::String(text.clone())).filter(|_| !text.is_empty()),
            "body_text" => Some(Value::String(body.clone())).filter(|_| !body.is_empty()),
            name => stored.remove(name),
        };
        if let Some(value) = value {
            article.insert(field.name.to_owned(), value);
        }
    }
    Value::Object(article)
}

fn body(article: &Map<String, Value>, text: &str) -> String {
    let zones = article.get("zones").and_then(Value::as_array).into_iter().flatten();
    let at = |zone: &Value, end: &str| zone.get(end).and_then(Value::as_u64).and_then(|at| usize::try_from(at).ok());
    let blocks: Vec<&str> = zones.filter(|zone| zone["zone"] == "body").filter_map(|zone| text.get(at(zone, "start")?..at(zone, "end")?)).collect();
    blocks.join("\n")
}
