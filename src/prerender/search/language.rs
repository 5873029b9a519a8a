//! What a word is in a language: its letters without what readers leave out, and its stem.
//!
//! Only the build knows stems. What they gather is written into the index as it is, so a browser
//! needs neither the rules nor their code.

use rust_stemmers::{Algorithm, Stemmer};
use unicode_normalization::UnicodeNormalization;

/// A word with compatible letters made one and without the marks that readers do not type: accents,
/// Arabic and Hebrew vowels, the Arabic lengthening stroke.
pub fn fold(word: &str) -> String {
    if word.is_ascii() {
        return word.to_owned();
    }
    word.nfkd().filter(|c| !is_optional(*c)).nfc().collect()
}

fn is_optional(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}')
}

/// The stemmer of a language, where there is one.
pub fn stemmer(language: &str) -> Option<Stemmer> {
    let base = language.split(['-', '_']).next().unwrap_or_default();
    let algorithm = match base {
        "ar" => Algorithm::Arabic,
        "da" => Algorithm::Danish,
        "nl" => Algorithm::Dutch,
        "en" => Algorithm::English,
        "fi" => Algorithm::Finnish,
        "fr" => Algorithm::French,
        "de" => Algorithm::German,
        "el" => Algorithm::Greek,
        "hu" => Algorithm::Hungarian,
        "it" => Algorithm::Italian,
        "nb" | "nn" | "no" => Algorithm::Norwegian,
        "pt" => Algorithm::Portuguese,
        "ro" => Algorithm::Romanian,
        "ru" => Algorithm::Russian,
        "es" => Algorithm::Spanish,
        "sv" => Algorithm::Swedish,
        "ta" => Algorithm::Tamil,
        "tr" => Algorithm::Turkish,
        _ => return None,
    };
    Some(Stemmer::create(algorithm))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_folded_and_kana_keep_their_voice() {
        assert_eq!(fold("Café Übung ﬁn"), "Cafe Ubung fin");
        assert_eq!(fold("ガ が ｶﾞ"), "ガ が ガ");
        assert_eq!(fold("الإِسْكَنْدَرِيَّة"), "الاسكندرية");
    }

    #[test]
    fn a_language_without_a_stemmer_has_none() {
        assert!(stemmer("ja").is_none());
        let english = stemmer("en-GB").expect("English");
        assert_eq!(english.stem("ferries"), english.stem("ferry"));
    }
}
