//! What holds for every text: stretches say what they claim, the same input gives the same bytes, records keep to the schema.

use serde_json::Value;
use whodid::export::record::records;
use whodid::pipeline::Coder;
use whodid::record::valid::{breaches, misplaced};
use whodid::record::{Document, Stamp};

use crate::schema::assert_valid;
use crate::support::examples;

/// The examples whole, and cut and stitched in ways that no writer would.
fn texts() -> Vec<(String, Vec<u8>)> {
    let whole = examples();
    let mut texts = whole.clone();
    for (name, bytes) in &whole {
        let text = String::from_utf8_lossy(bytes).into_owned();
        let characters: Vec<char> = text.chars().collect();
        let middle: String = characters[characters.len() / 3..characters.len() / 2].iter().collect();
        texts.push((format!("{name}, a piece of the middle"), middle.into_bytes()));
        texts.push((format!("{name}, without line ends"), text.replace('\n', " ").into_bytes()));
        texts.push((format!("{name}, in capitals"), text.to_uppercase().into_bytes()));
        texts.push((format!("{name}, with typewriter quotes"), text.replace(['“', '”'], "\"").replace('’', "'").into_bytes()));
        texts.push((format!("{name}, with wide characters"), text.replace('a', "ä").replace(". ", ". 🚢 ").into_bytes()));
        texts.push((format!("{name}, without full stops"), text.replace('.', "").into_bytes()));
    }
    texts
}

fn code(coder: &Coder, name: &str, bytes: &[u8], published: bool) -> Vec<Value> {
    let published = published.then(|| Stamp::day(jiff::civil::date(2024, 3, 12)));
    records(&coder.code(&Document { bytes: bytes.to_vec(), path: name.to_owned(), published, ..Document::default() }))
}

#[test]
fn stretches_slice_to_their_text_and_records_are_what_is_declared() {
    let coder = Coder::default();
    for (name, bytes) in texts() {
        for published in [true, false] {
            let records = code(&coder, &name, &bytes, published);
            let text = records[0]["text"].as_str().unwrap_or("").to_owned();
            for record in &records {
                assert_eq!(misplaced(record, &text), Vec::<String>::new(), "{name}: {record:#}");
                assert_eq!(breaches(record), Vec::<String>::new(), "{name}: {record:#}");
            }
            characters_agree(&records, &text);
            assert_valid(&records);
        }
    }
}

/// Offsets in code points name the same words as those in bytes.
fn characters_agree(records: &[Value], text: &str) {
    let characters: Vec<char> = text.chars().collect();
    for evidence in records.iter().filter_map(|record| record["evidence"].as_array()).flatten() {
        let at = |key: &str| usize::try_from(evidence[key].as_u64().unwrap()).unwrap();
        let words: String = characters[at("start_char")..at("end_char")].iter().collect();
        assert_eq!(words, evidence["text"]);
    }
}

#[test]
fn ids_are_of_one_record_each() {
    let coder = Coder::default();
    for (name, bytes) in texts() {
        let mut ids: Vec<String> = code(&coder, &name, &bytes, true).iter().map(|record| record["id"].as_str().unwrap().to_owned()).collect();
        let count = ids.len();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), count, "{name}");
    }
}

#[test]
fn the_same_bytes_come_twice_and_from_any_thread() {
    let coder = Coder::default();
    let texts = examples();
    let all = || texts.iter().map(|(name, bytes)| code(&coder, name, bytes, true)).map(|records| serde_json::to_string(&records).unwrap()).collect::<Vec<_>>();
    let once = all();
    let elsewhere: Vec<Vec<String>> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..3).map(|_| scope.spawn(all)).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    for other in elsewhere {
        assert_eq!(once, other);
    }
    // A coder made anew has hash maps of its own.
    let anew = Coder::default();
    for ((name, bytes), once) in texts.iter().zip(&once) {
        assert_eq!(&serde_json::to_string(&code(&anew, name, bytes, true)).unwrap(), once);
    }
}

#[test]
fn what_records_name_is_there() {
    let coder = Coder::default();
    for (name, bytes) in examples() {
        let records = code(&coder, &name, &bytes, true);
        let ids: Vec<&str> = records.iter().filter_map(|record| record["id"].as_str()).collect();
        for record in &records {
            let mut named: Vec<&Value> = vec![&record["event"], &record["target"]];
            named.extend(record["figures"].as_array().into_iter().flatten());
            named.extend(record["relations"].as_array().into_iter().flatten().map(|relation| &relation["figure"]));
            named.extend(record["links"].as_array().into_iter().flatten().map(|link| &link["record"]));
            for id in named.into_iter().filter_map(Value::as_str) {
                assert!(ids.contains(&id), "{name}: {id} is not there: {record:#}");
            }
        }
    }
}
