//! The language of a story.

/// The BCP 47 code of the language, and whether it is English; none where the text is too short to tell and the page does not say.
///
/// `declared` is what the page says of itself (`lang`). Templates are often left at "en", so that long text decides.
pub(super) fn tell(body: &str, declared: Option<&str>) -> Option<(String, bool)> {
    const ENOUGH: usize = 200;
    const SAMPLE: usize = 2048;
    let declared = declared.map(str::trim).filter(|code| code.len() >= 2 && code.is_ascii() && code.as_bytes().iter().take(2).all(u8::is_ascii_alphabetic));
    let mut end = body.len().min(SAMPLE);
    while !body.is_char_boundary(end) {
        end -= 1;
    }
    let sample = &body[..end];
    let seen = whatlang::detect(sample).filter(|info| info.is_reliable() && sample.len() >= ENOUGH).map(|info| info.lang());
    match (seen, declared) {
        (Some(lang), declared) => {
            let code = two_letters(lang);
            let agreed = declared.filter(|declared| declared.get(..2).is_some_and(|two| two.eq_ignore_ascii_case(code)));
            Some((agreed.unwrap_or(code).to_owned(), lang == whatlang::Lang::Eng))
        }
        (None, Some(declared)) => Some((declared.to_owned(), declared.get(..2).is_some_and(|two| two.eq_ignore_ascii_case("en")))),
        (None, None) => None,
    }
}

/// ISO 639-1 where there is one, as BCP 47 wants it.
fn two_letters(lang: whatlang::Lang) -> &'static str {
    use whatlang::Lang;
    match lang {
        Lang::Eng => "en",
        Lang::Rus => "ru",
        Lang::Cmn => "zh",
        Lang::Spa => "es",
        Lang::Por => "pt",
        Lang::Ita => "it",
        Lang::Ben => "bn",
        Lang::Fra => "fr",
        Lang::Deu => "de",
        Lang::Ukr => "uk",
        Lang::Kat => "ka",
        Lang::Ara => "ar",
        Lang::Hin => "hi",
        Lang::Jpn => "ja",
        Lang::Heb => "he",
        Lang::Yid => "yi",
        Lang::Pol => "pl",
        Lang::Amh => "am",
        Lang::Jav => "jv",
        Lang::Kor => "ko",
        Lang::Nob => "nb",
        Lang::Dan => "da",
        Lang::Swe => "sv",
        Lang::Fin => "fi",
        Lang::Tur => "tr",
        Lang::Nld => "nl",
        Lang::Hun => "hu",
        Lang::Ces => "cs",
        Lang::Ell => "el",
        Lang::Bul => "bg",
        Lang::Bel => "be",
        Lang::Mar => "mr",
        Lang::Kan => "kn",
        Lang::Ron => "ro",
        Lang::Slv => "sl",
        Lang::Hrv => "hr",
        Lang::Srp => "sr",
        Lang::Mkd => "mk",
        Lang::Lit => "lt",
        Lang::Lav => "lv",
        Lang::Est => "et",
        Lang::Tam => "ta",
        Lang::Vie => "vi",
        Lang::Urd => "ur",
        Lang::Tha => "th",
        Lang::Guj => "gu",
        Lang::Uzb => "uz",
        Lang::Pan => "pa",
        Lang::Aze => "az",
        Lang::Ind => "id",
        Lang::Tel => "te",
        Lang::Pes => "fa",
        Lang::Mal => "ml",
        Lang::Ori => "or",
        Lang::Mya => "my",
        Lang::Nep => "ne",
        Lang::Sin => "si",
        Lang::Khm => "km",
        Lang::Tuk => "tk",
        Lang::Aka => "ak",
        Lang::Zul => "zu",
        Lang::Sna => "sn",
        Lang::Afr => "af",
        Lang::Lat => "la",
        Lang::Slk => "sk",
        Lang::Cat => "ca",
        Lang::Tgl => "tl",
        Lang::Hye => "hy",
        other => other.code(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells() {
        let french = "Les combattants ont quitté le port lundi après une semaine de bombardements qui ont tué plus de quarante personnes, a déclaré le gouverneur. L'aide doit arriver dans la ville mardi, selon les Nations unies, qui demandent un accès sûr.";
        assert_eq!(tell(french, Some("en")), Some(("fr".into(), false)));
        assert_eq!(tell(french, Some("fr-CA")), Some(("fr-CA".into(), false)));
        assert_eq!(tell("Fighters left.", Some("en-GB")), Some(("en-GB".into(), true)));
        assert_eq!(tell("Fighters left.", None), None);
    }
}
