//! What both platforms' `intl` have to word alike: one line a case, made by whichever platform this
//! is compiled for.

use dateline::model::Instant;
use dateline::platform::{DateStyle, intl};

/// The interface's languages, and regional forms whose data differ from them.
const LANGUAGES: [&str; 16] = [
    "en", "en-GB", "en-US", "ar", "ar-EG", "de", "de-CH", "es", "es-MX", "fr", "hi", "ja", "pt",
    "pt-BR", "zh", "zh-Hant",
];

/// Every month, every day of the week, one- and two-digit days and hours, midnight, an offset that
/// moves the day, and years far from now.
const MOMENTS: [&str; 14] = [
    "2026-01-01T00:00:00Z",
    "2026-02-03T09:05:00Z",
    "2026-03-11T10:30:00Z",
    "2026-04-19T23:59:00Z",
    "2026-05-27T12:00:00Z",
    "2026-06-06T13:07:00Z",
    "2026-07-14T08:12:00Z",
    "2026-08-22T18:45:00Z",
    "2026-09-30T04:04:00Z",
    "2026-10-09T07:00:00Z",
    "2026-11-23T22:30:00+05:30",
    "2026-12-31T23:30:00-08:00",
    "1998-07-04T06:00:00Z",
    "2104-02-29T01:01:00Z",
];

const NUMBERS: [u64; 24] = [
    0, 1, 2, 3, 5, 6, 7, 10, 11, 12, 20, 21, 99, 100, 101, 102, 103, 111, 999, 1000, 1234, 12_345,
    1_000_000, 1_234_567,
];

/// The last two are where Spanish writes "e" for "y".
const LISTS: [&[&str]; 7] = [
    &[],
    &["Ada"],
    &["Ada", "Grace"],
    &["Ada", "Grace", "Mary"],
    &["Ada", "Grace", "Mary", "Joan"],
    &["Ada", "Inés"],
    &["Ada", "Grace", "Hilda"],
];

pub fn lines() -> Vec<String> {
    let mut lines = Vec::new();
    for language in LANGUAGES {
        let mut line =
            |case: String, text: String| lines.push(format!("{language}\t{case}\t{text}"));
        for style in DateStyle::ALL {
            for moment in MOMENTS {
                let instant = Instant::parse(moment).expect("a moment");
                let text = intl::date(language, instant, style);
                line(format!("{style:?} {moment}"), text);
            }
        }
        for number in NUMBERS {
            line(format!("number {number}"), intl::number(language, number));
            let category = intl::plural(language, number);
            line(format!("plural {number}"), format!("{category:?}"));
        }
        for names in LISTS {
            let owned: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
            line(
                format!("list {}", names.join(" ")),
                intl::list(language, &owned),
            );
        }
    }
    lines
}

/// Every case where `own` and the table differ, both texts with their invisible characters spelt.
pub fn differences(own: &[String], table: &str) -> Vec<String> {
    let wanted: Vec<&str> = table.lines().collect();
    let mut found: Vec<String> = own
        .iter()
        .zip(&wanted)
        .filter(|(own, wanted)| own != *wanted)
        .map(|(own, wanted)| format!("{}\n     not {}", spelt(own), spelt(wanted)))
        .collect();
    if own.len() != wanted.len() {
        found.push(format!(
            "{} cases, {} in the table",
            own.len(),
            wanted.len()
        ));
    }
    found
}

fn spelt(text: &str) -> String {
    text.chars()
        .map(|letter| match letter {
            '\u{a0}'
            | '\u{2000}'..='\u{200f}'
            | '\u{2028}'..='\u{202f}'
            | '\u{2066}'..='\u{2069}' => letter.escape_unicode().to_string(),
            letter => letter.into(),
        })
        .collect()
}
