//! What both platforms agree on about wording: the date styles, which language is asked for, and
//! where their data disagree.
//!
//! A date is first worded natively, at build time, and again by the browser's `Intl` after a
//! client navigation. `tests/intl.rs` and `tests/web_intl.rs` hold both to one table, so what is
//! settled here is settled for both sides at once.

use std::borrow::Cow;

/// How a date is written. Each is a set of `Intl.DateTimeFormat` fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DateStyle {
    /// 23 November 2026
    Day,
    /// Monday, 23 November 2026
    Weekday,
    /// 23 Nov
    Short,
    /// 08:12
    Time,
    /// 23 November 2026 at 08:12
    Moment,
    /// November 2026
    Month,
}

impl DateStyle {
    pub const ALL: [Self; 6] = [
        Self::Day,
        Self::Weekday,
        Self::Short,
        Self::Time,
        Self::Moment,
        Self::Month,
    ];

    /// The options of `Intl.DateTimeFormat` (ECMA-402) for this style, time zone apart.
    ///
    /// Hours have two digits everywhere, so that columns of times stand straight; `timeStyle` would
    /// write "8:12" in Spanish and Japanese and "08:12" elsewhere.
    pub fn fields(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Day => &[("dateStyle", "long")],
            Self::Weekday => &[("dateStyle", "full")],
            Self::Short => &[("day", "numeric"), ("month", "short")],
            Self::Time => &[
                ("hour", "2-digit"),
                ("minute", "2-digit"),
                ("hourCycle", "h23"),
            ],
            Self::Moment => &[
                ("day", "numeric"),
                ("month", "long"),
                ("year", "numeric"),
                ("hour", "2-digit"),
                ("minute", "2-digit"),
                ("hourCycle", "h23"),
            ],
            Self::Month => &[("year", "numeric"), ("month", "long")],
        }
    }
}

/// A tag that every formatter takes: language, script and region of what a site or a feed calls its
/// language, English when that is no language at all.
///
/// Feeds write `en_US` and worse, and `Intl` throws at what is not well formed.
pub fn plain_tag(language: &str) -> Cow<'_, str> {
    let letters = |part: &str| part.bytes().all(|byte| byte.is_ascii_alphabetic());
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let mut end = 0;
    for (index, part) in language.split(['-', '_']).enumerate() {
        let fits = match (index, part.len()) {
            (0, 2 | 3) | (1, 4) | (1 | 2, 2) => letters(part),
            (1 | 2, 3) => digits(part),
            _ => false,
        };
        if !fits {
            break;
        }
        end += part.len() + usize::from(index > 0);
    }
    match &language[..end] {
        "" => Cow::Borrowed("en"),
        tag if tag.contains('_') => Cow::Owned(tag.replace('_', "-")),
        tag => Cow::Borrowed(tag),
    }
}

/// A date or a list as every version of the data would have it.
///
/// Two neighbouring CLDR versions, 48 (in browsers at the time of writing) and 49 (in ICU4X), differ
/// in two of our languages. Hindi has "3 नवंबर 2026" and "A, B, और C" in the one, "3 नवंबर, 2026" and
/// "A, B और C" in the other: neither comma is kept. Traditional Chinese has a space before the day of
/// the week in the one: it goes.
pub fn settle(language: &str, text: String) -> String {
    match language.split(['-', '_']).next() {
        Some("hi") => settle_hindi(&text),
        Some("zh") => text.replace(" 星期", "星期"),
        _ => text,
    }
}

fn settle_hindi(text: &str) -> String {
    let mut text = text.replace(", और ", " और ");
    let year = text.match_indices(", ").map(|(at, _)| at).find(|at| {
        let year = text.as_bytes().get(at + 2..at + 6);
        year.is_some_and(|year| year.iter().all(u8::is_ascii_digit))
    });
    if let Some(at) = year {
        text.remove(at);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_cut_to_what_every_formatter_takes() {
        for (given, taken) in [
            ("en-GB", "en-GB"),
            ("pt_BR", "pt-BR"),
            ("zh-Hant-TW", "zh-Hant-TW"),
            ("es-419", "es-419"),
            ("de-CH-1996", "de-CH"),
            ("en-US-x-twain", "en-US"),
            ("ar-u-nu-latn", "ar"),
            ("sr_Latn", "sr-Latn"),
            ("english", "en"),
            ("", "en"),
            ("日本語", "en"),
            ("fil", "fil"),
        ] {
            assert_eq!(plain_tag(given), taken, "{given}");
        }
    }

    #[test]
    fn commas_and_spaces_that_come_and_go_with_versions_are_gone_and_no_other() {
        let hindi = |text: &str| settle("hi", text.into());
        assert_eq!(hindi("मंगलवार, 3 नवंबर, 2026"), "मंगलवार, 3 नवंबर 2026");
        assert_eq!(hindi("3 नवंबर, 2026 को 08:12 बजे"), "3 नवंबर 2026 को 08:12 बजे");
        assert_eq!(hindi("A, B, और C"), "A, B और C");
        assert_eq!(settle("en", "May 3, 2026".into()), "May 3, 2026");
        assert_eq!(
            settle("zh-Hant", "2026年11月3日 星期二".into()),
            "2026年11月3日星期二"
        );
    }
}
