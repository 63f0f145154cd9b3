//! The ids of articles and records: hashes of what a thing is told from, never of what was coded from it.

use sha2::{Digest, Sha256};

use super::Span;

/// The id of an article: `a_` and 16 base32 characters of SHA-256(url or path, 0, text).
#[must_use]
pub fn article(url_or_path: &str, text: &str) -> String {
    let mut hash = Sha256::new();
    hash.update(url_or_path.as_bytes());
    hash.update([0]);
    hash.update(text.as_bytes());
    format!("a_{}", base32(&hash.finalize()))
}

/// The id of a record: the first letter of its kind, `_`, and 16 base32 characters of SHA-256(article id, 0, kind, 0,
/// trigger start-end, 0, ordinal).
///
/// `ordinal` tells apart records of one kind that share a trigger. Coded values are left out on purpose: a better
/// lexicon changes a record's fields and not which record it is.
#[must_use]
pub fn record(article_id: &str, kind: &str, trigger: Span, ordinal: usize) -> String {
    let mut hash = Sha256::new();
    hash.update(article_id.as_bytes());
    hash.update([0]);
    hash.update(kind.as_bytes());
    hash.update([0]);
    hash.update(format!("{}-{}", trigger.start, trigger.end).as_bytes());
    hash.update([0]);
    hash.update(ordinal.to_string().as_bytes());
    let letter = kind.chars().next().unwrap_or('r');
    format!("{letter}_{}", base32(&hash.finalize()))
}

/// SHA-256 in lower-case hexadecimal.
#[must_use]
pub fn sha256_hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut hex = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        hex.push(DIGITS[usize::from(byte >> 4)] as char);
        hex.push(DIGITS[usize::from(byte & 15)] as char);
    }
    hex
}

/// The first 80 bits in RFC 4648 base32, lower case: 16 characters, no padding.
fn base32(hash: &[u8]) -> String {
    const DIGITS: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
    let mut text = String::with_capacity(16);
    let (mut bits, mut held) = (0_u32, 0_u32);
    for &byte in hash.iter().take(10) {
        bits = (bits << 8 | u32::from(byte)) & 0xfff;
        held += 8;
        while held >= 5 {
            held -= 5;
            text.push(DIGITS[(bits >> held & 31) as usize] as char);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base32_is_rfc_4648() {
        assert_eq!(base32(b"foobarfoob"), "mzxw6ytbojtg633c");
    }

    #[test]
    fn known_hash() {
        assert_eq!(sha256_hex(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    #[test]
    fn ids_depend_on_place_and_text_and_are_told_apart() {
        let id = article("https://example.org/a", "Rebels left.");
        assert_eq!(id.len(), 18);
        assert_ne!(id, article("https://example.org/b", "Rebels left."));
        assert_ne!(id, article("https://example.org/a", "Rebels stayed."));
        let event = record(&id, "event", Span::new(7, 11), 0);
        assert!(event.starts_with("e_") && event.len() == 18, "{event}");
        assert_ne!(event[2..], record(&id, "quote", Span::new(7, 11), 0)[2..]);
        assert_ne!(event, record(&id, "event", Span::new(7, 11), 1));
    }
}
