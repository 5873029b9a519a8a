//! The language of the site: browsers refuse to write dates in a tag that is none.

use super::Proof;
use crate::model::SiteConfig;
use crate::strings::locale_of;

/// What is written in place of a language's tag: its name, or a country's code.
const MEANT: [(&str, &str); 28] = [
    ("english", "en"),
    ("deutsch", "de"),
    ("german", "de"),
    ("español", "es"),
    ("espanol", "es"),
    ("spanish", "es"),
    ("français", "fr"),
    ("francais", "fr"),
    ("french", "fr"),
    ("italiano", "it"),
    ("italian", "it"),
    ("português", "pt"),
    ("portuguese", "pt"),
    ("arabic", "ar"),
    ("chinese", "zh"),
    ("hindi", "hi"),
    ("japanese", "ja"),
    ("dutch", "nl"),
    ("eng", "en"),
    ("ger", "de"),
    ("gb", "en-GB"),
    ("us", "en-US"),
    ("jp", "ja"),
    ("cn", "zh"),
    ("gr", "el"),
    ("cz", "cs"),
    ("dk", "da"),
    ("at", "de-AT"),
];

pub(super) fn look(config: &SiteConfig, proof: &mut Proof) {
    let language = config.language.as_str();
    let lower = language.to_lowercase();
    let meant = MEANT.iter().find(|(said, _)| *said == lower);
    let meant = meant.map(|(_, tag)| (*tag).to_owned());
    if is_tag(language) {
        if let Some(meant) = meant.filter(|_| locale_of(language).is_none()) {
            proof.note(format!(
                "\"language\" is {language:?}; did you mean {meant:?}?"
            ));
        }
        return;
    }
    let meant = meant.unwrap_or_else(|| "en-GB".into());
    proof.error(format!(
        "\"language\" is {language:?}, which browsers do not take for a language; write a tag such as \
         {meant:?}"
    ));
}

/// Whether a text has the form of a BCP 47 tag: letters, then parts of letters and digits.
fn is_tag(text: &str) -> bool {
    let mut parts = text.split('-');
    let first = parts.next().unwrap_or_default();
    matches!(first.len(), 2..=3 | 5..=8)
        && first.bytes().all(|byte| byte.is_ascii_alphabetic())
        && parts.all(|part| {
            matches!(part.len(), 1..=8) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn proof(language: &str) -> Proof {
        let text = format!("{{ \"language\": {language:?}, \"source\": {{ \"url\": \"f\" }} }}");
        let mut proof = Proof::default();
        look(&SiteConfig::parse(&text).expect("a site"), &mut proof);
        proof
    }

    #[test]
    fn what_is_no_tag_is_an_error_with_the_tag_that_was_meant() {
        for (said, meant) in [
            ("Français", "\"fr\""),
            ("Klingon!!", "\"en-GB\""),
            ("English (UK)", "\"en-GB\""),
            ("e", "\"en-GB\""),
        ] {
            let proof = proof(said);
            assert!(
                proof.errors.iter().any(|it| it.contains(meant)),
                "{said}: {proof:?}"
            );
        }
    }

    #[test]
    fn a_name_or_a_country_in_place_of_a_tag_is_noted() {
        assert!(proof("english").notes[0].contains("\"en\""));
        assert!(proof("jp").notes[0].contains("\"ja\""));
        for fine in [
            "en",
            "pt-BR",
            "zh-Hant-TW",
            "de-CH-1996",
            "sr-Latn",
            "tlh",
            "eo",
            "",
            "en_US",
            "de_DE.UTF-8",
        ] {
            assert_eq!(proof(fine), Proof::default(), "{fine}");
        }
    }
}
