//! Bytes to characters, and whether they are HTML, text or neither.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::record::Format;

/// The characters of a document, or why there are none.
pub(super) struct Decoded<'b> {
    /// The text without its byte order mark.
    pub text: Cow<'b, str>,
    /// What to tell the user, if some bytes could not be read.
    pub problem: Option<String>,
}

/// How many bytes are looked at to tell binary from text and to find a declared character set.
const HEAD: usize = 4096;

/// Decodes: byte order mark, else UTF-8 where the bytes are that, else the declared character set, else Windows-1252.
pub(super) fn decode(bytes: &[u8]) -> Result<Decoded<'_>, String> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err("the document is empty".into());
    }
    if u32::try_from(bytes.len()).is_err() {
        return Err("the document is longer than 4 GiB: split it into its articles".into());
    }
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return Ok(with(encoding, &bytes[length..]));
    }
    let head = &bytes[..bytes.len().min(HEAD)];
    if let Some(kind) = binary(head) {
        return Err(format!("the document is {kind}, not text or HTML: convert it to text first"));
    }
    if let Some(encoding) = wide(head) {
        return Ok(with(encoding, bytes));
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(Decoded { text: Cow::Borrowed(text), problem: None });
    }
    let declared = declared(head).filter(|&encoding| encoding != UTF_8);
    if declared.is_none() && mostly_utf8(bytes) {
        return Ok(with(UTF_8, bytes));
    }
    Ok(with(declared.unwrap_or(WINDOWS_1252), bytes))
}

/// Whether characters look like an HTML page or a piece of one.
pub(super) fn format(text: &str) -> Format {
    let head: String = text.trim_start().chars().take(2048).collect::<String>().to_ascii_lowercase();
    if !head.starts_with('<') {
        return Format::Text;
    }
    const TAGS: [&str; 12] = ["<!doctype html", "<html", "<head", "<body", "<meta", "<p>", "<p ", "<div", "<article", "<section", "<h1", "<table"];
    if TAGS.iter().any(|tag| head.contains(tag)) { Format::Html } else { Format::Text }
}

fn with<'b>(encoding: &'static Encoding, bytes: &'b [u8]) -> Decoded<'b> {
    let (text, errors) = encoding.decode_without_bom_handling(bytes);
    let problem = errors.then(|| format!("some bytes are not {}: they stand as U+FFFD in the text", encoding.name()));
    Decoded { text, problem }
}

/// What kind of binary file this is, if it is one.
fn binary(head: &[u8]) -> Option<&'static str> {
    const MAGIC: [(&[u8], &str); 11] = [
        (b"%PDF-", "a PDF file"),
        (b"PK\x03\x04", "a ZIP archive or an office document"),
        (b"\x1f\x8b", "a gzip archive"),
        (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
        (b"BZh", "a bzip2 archive"),
        (b"\x89PNG", "a PNG image"),
        (b"\xff\xd8\xff", "a JPEG image"),
        (b"GIF8", "a GIF image"),
        (b"\x7fELF", "a program"),
        (b"\xd0\xcf\x11\xe0", "an old office document"),
        (b"SQLite format 3", "an SQLite file"),
    ];
    if let Some((_, kind)) = MAGIC.iter().find(|(magic, _)| head.starts_with(magic)) {
        return Some(kind);
    }
    let nul = head.iter().filter(|&&byte| byte == 0).count();
    let control = head.iter().filter(|&&byte| byte < 32 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0b | 0x0c | 0x1b)).count();
    (control * 20 > head.len() && !(nul == control && wide(head).is_some())).then_some("binary")
}

/// UTF-16 without a byte order mark: every other byte of Latin text is zero.
fn wide(head: &[u8]) -> Option<&'static Encoding> {
    let zeros = |from: usize| head.iter().skip(from).step_by(2).filter(|&&byte| byte == 0).count();
    let half = head.len() / 2;
    let (even, odd) = (zeros(0), zeros(1));
    if half >= 2 && odd * 10 > half * 7 && even * 10 < half {
        Some(UTF_16LE)
    } else if half >= 2 && even * 10 > half * 7 && odd * 10 < half {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// The character set that a page declares in its first bytes (`<meta charset=…>`, `content="text/html; charset=…"`, `encoding="…"`).
fn declared(head: &[u8]) -> Option<&'static Encoding> {
    let head: String = head.iter().map(|&byte| if byte.is_ascii() { byte.to_ascii_lowercase() as char } else { '?' }).collect();
    for mark in ["charset=", "encoding="] {
        let Some(at) = head.find(mark) else { continue };
        let rest = head[at + mark.len()..].trim_start_matches(['"', '\'', ' ']);
        let label: String = rest.chars().take_while(|&c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':' | '.')).collect();
        if let Some(encoding) = Encoding::for_label(label.as_bytes()) {
            return Some(encoding);
        }
    }
    None
}

/// Whether broken UTF-8 is still that: more well-formed sequences than broken bytes.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > bad
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> String {
        decode(bytes).map(|decoded| decoded.text.into_owned()).unwrap_or_else(|problem| format!("! {problem}"))
    }

    #[test]
    fn encodings() {
        assert_eq!(text("\u{feff}Café".as_bytes()), "Café");
        assert_eq!(text(b"\xff\xfeC\0a\0"), "Ca");
        assert_eq!(text(b"C\0a\0f\0e\0s\0"), "Cafes");
        assert_eq!(text(b"Caf\xe9 \x93open\x94"), "Café “open”");
        assert_eq!(text(b"<meta charset=\"iso-8859-2\">\xb3"), "<meta charset=\"iso-8859-2\">ł");
        assert_eq!(text("<meta charset=latin1>é".as_bytes()), "<meta charset=latin1>é");
    }

    #[test]
    fn broken_bytes_are_told() {
        let decoded = decode(b"caf\xc3\xa9, na\xc3\xafve, \xff").unwrap();
        assert_eq!(decoded.text, "café, naïve, \u{fffd}");
        assert!(decoded.problem.unwrap().contains("UTF-8"));
    }

    #[test]
    fn not_text() {
        assert!(text(b"%PDF-1.4\n...").contains("a PDF file"));
        assert!(text(&[0, 1, 2, 3, 200, 0, 0, 7]).contains("binary"));
        assert!(text(b" \n ").contains("empty"));
    }

    #[test]
    fn looks() {
        assert_eq!(format("  <!DOCTYPE html><html>"), Format::Html);
        assert_eq!(format("<p>One.</p>"), Format::Html);
        assert_eq!(format("< 5 people were hurt"), Format::Text);
        assert_eq!(format("The tag <p> stands for a paragraph."), Format::Text);
    }
}
