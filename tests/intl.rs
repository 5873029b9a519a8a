//! The publisher's machine words dates, numbers, plurals and lists as the browser does.
//!
//! `tests/fixtures/wording.txt` stands between the two: here the native half is held to it, in
//! `tests/web_intl.rs` the browser's. `DATELINE_BLESS=1` writes the table anew from the native
//! half; the browser's test then says whether it may stay so.

#[path = "support/wording.rs"]
mod wording;

use dateline::model::Instant;
use dateline::platform::{DateStyle, intl};

const TABLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/wording.txt");

#[test]
fn the_publishers_machine_words_as_the_browser_does() {
    let own = wording::lines();
    if std::env::var_os("DATELINE_BLESS").is_some() {
        std::fs::write(TABLE, own.join("\n") + "\n").expect("the table can be written");
    }
    let table = std::fs::read_to_string(TABLE).expect("the table");
    let differences = wording::differences(&own, &table);
    assert!(differences.is_empty(), "\n{}", differences.join("\n"));
}

#[test]
fn a_language_that_is_none_is_worded_in_english() {
    let moment = Instant::parse("2026-11-23T08:12:00Z").expect("a moment");
    for language in ["", "english", "?", "日本"] {
        assert_eq!(
            intl::date(language, moment, DateStyle::Month),
            "November 2026"
        );
    }
    assert_eq!(
        intl::date("pt_BR", moment, DateStyle::Moment),
        intl::date("pt-BR", moment, DateStyle::Moment),
        "feeds write underscores"
    );
}

#[test]
fn a_year_beyond_all_calendars_is_still_written() {
    let far = Instant::from_epoch(i64::from(i32::MAX) * 366 * 86_400);
    assert!(!intl::date("en", far, DateStyle::Day).is_empty());
}
