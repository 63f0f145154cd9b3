//! Code-point offsets beside the byte offsets: most languages that read the output count characters.

/// Bytes between two marks.
const STEP: usize = 128;

/// Code points before each mark of a text: made in one pass, asked in constant time.
pub(crate) struct CodePoints<'t> {
    text: &'t str,
    /// Empty where every code point is one byte.
    marks: Vec<u32>,
}

impl<'t> CodePoints<'t> {
    pub(crate) fn of(text: &'t str) -> Self {
        if text.is_ascii() {
            return Self { text, marks: Vec::new() };
        }
        let mut marks = Vec::with_capacity(text.len() / STEP + 1);
        let mut count = 0;
        for chunk in text.as_bytes().chunks(STEP) {
            marks.push(count);
            count += starts(chunk);
        }
        Self { text, marks }
    }

    /// Code points before byte `at`, which must not be past the end.
    pub(crate) fn before(&self, at: u32) -> u32 {
        let at = (at as usize).min(self.text.len());
        match self.marks.get(at / STEP) {
            _ if self.marks.is_empty() => at as u32,
            Some(&mark) => mark + starts(&self.text.as_bytes()[at / STEP * STEP..at]),
            // The end of a text whose length is a multiple of the step.
            None => self.marks.last().map_or(0, |&mark| mark + starts(&self.text.as_bytes()[at - STEP..at])),
        }
    }
}

/// Bytes that start a code point.
fn starts(bytes: &[u8]) -> u32 {
    bytes.iter().filter(|&&byte| byte & 0xC0 != 0x80).count() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_as_chars_does_at_every_boundary() {
        for text in [String::new(), "plain".repeat(100), "Stéphane “Dion” 🚢 ".repeat(50), "é".repeat(64), "é".repeat(128)] {
            let points = CodePoints::of(&text);
            for at in (0..=text.len()).filter(|&at| text.is_char_boundary(at)) {
                assert_eq!(points.before(at as u32) as usize, text[..at].chars().count(), "at {at} of {}", text.len());
            }
        }
    }
}
