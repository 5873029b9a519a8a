//! One draft as it is stored: a small versioned JSON record, and how to read one back.
//!
//! `rev` grows with every write, so of two copies the newer is known without trusting clocks. A
//! removed draft stays for a while as a tombstone (`gone`), or an older copy in the other store
//! would bring it back. The reader's email is no field of this record and must never become one.

use crate::json::{Json, Writer};

/// The schema of the record. A record with a higher number is left alone.
pub const VERSION: u8 = 1;
/// A draft older than this is offered instead of filled in.
pub const OFFER_AFTER: u64 = 24 * 60 * 60 * 1000;
/// A draft, and a tombstone, older than this is swept away.
pub const EXPIRE_AFTER: u64 = 30 * OFFER_AFTER;

/// A comment being written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    pub v: u8,
    pub rev: u32,
    /// When it was last written, in milliseconds since 1970.
    pub at: u64,
    pub text: String,
    /// Where the caret stood, in UTF-16 units, as a text field counts.
    pub caret: u32,
    /// The article's headline and address, for the page that lists drafts.
    pub title: String,
    pub href: String,
    /// The name of the person who is answered.
    pub to: Option<String>,
    /// Removed or sent; the text is empty.
    pub gone: bool,
    /// The reader asked not to keep what is written here.
    pub off: bool,
}

/// A stored value, looked at.
#[derive(Debug, PartialEq, Eq)]
pub enum Read {
    Sound(Draft),
    /// Written by a later version of the application: to be left as it is.
    Newer,
    Corrupt,
}

impl Draft {
    pub fn read(value: &str) -> Read {
        let Some(record) = Json::parse(value) else {
            return Read::Corrupt;
        };
        match record.number("v") {
            // A later schema may have changed what a field holds; its number is still a number.
            Some(v) if v > u32::from(VERSION) => Read::Newer,
            Some(v) if v == u32::from(VERSION) => {
                Self::of(&record).map_or(Read::Corrupt, Read::Sound)
            }
            _ => Read::Corrupt,
        }
    }

    fn of(record: &Json) -> Option<Self> {
        let small = |key| u32::try_from(record.own_number(key)?).ok();
        Some(Self {
            v: VERSION,
            rev: small("rev")?,
            at: record.own_number("at")?,
            text: record.own_text("text")?,
            caret: small("caret")?,
            title: record.own_text("title")?,
            href: record.own_text("href")?,
            to: record.own_option("to")?,
            gone: record.own_flag("gone")?,
            off: record.own_flag("off")?,
        })
    }

    pub fn to_json(&self) -> String {
        let mut record = Writer::default()
            .number("v", self.v.into())
            .number("rev", self.rev.into())
            .number("at", self.at)
            .text("text", &self.text)
            .number("caret", self.caret.into())
            .text("title", &self.title)
            .text("href", &self.href);
        if let Some(to) = &self.to {
            record = record.text("to", to);
        }
        if self.gone {
            record = record.flag("gone", true);
        }
        if self.off {
            record = record.flag("off", true);
        }
        record.end()
    }

    /// Whether there are words to show.
    pub fn alive(&self) -> bool {
        !self.gone && !self.text.trim().is_empty()
    }

    /// How old it is; a clock that was set back makes it new, not ancient.
    pub fn age(&self, now: u64) -> u64 {
        now.saturating_sub(self.at)
    }

    pub fn expired(&self, now: u64) -> bool {
        self.age(now) >= EXPIRE_AFTER
    }

    /// The same record as a tombstone that outranks it.
    pub fn tombstone(&self, now: u64) -> Self {
        Self {
            v: VERSION,
            rev: self.rev + 1,
            at: now,
            gone: true,
            off: self.off,
            ..Self::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(rev: u32, text: &str) -> Draft {
        Draft {
            v: VERSION,
            rev,
            text: text.into(),
            ..Draft::default()
        }
    }

    #[test]
    fn a_draft_survives_its_own_json() {
        let draft = Draft {
            caret: 3,
            at: 1_790_000_000_000,
            ..draft(7, "Zwölf \"Boxkämpfer\"\n🦆")
        };
        assert_eq!(Draft::read(&draft.to_json()), Read::Sound(draft));
    }

    #[test]
    fn what_is_no_draft_is_corrupt_and_what_is_later_is_left_alone() {
        for value in [
            "",
            "{",
            "null",
            "[]",
            "{\"rev\":1}",
            "{\"v\":1,\"rev\":\"x\"}",
            "text",
        ] {
            assert_eq!(Draft::read(value), Read::Corrupt, "{value}");
        }
        assert_eq!(Draft::read(r#"{"v":2,"text":"x"}"#), Read::Newer);
        assert_eq!(Draft::read(r#"{"v":9,"text":{"rich":[]}}"#), Read::Newer);
    }

    #[test]
    fn a_tombstone_is_higher_and_has_no_words() {
        let gone = draft(4, "old").tombstone(1);
        assert_eq!(gone.rev, 5);
        assert!(!gone.alive());
    }

    #[test]
    fn a_clock_that_was_set_back_expires_nothing() {
        let mut draft = draft(1, "x");
        draft.at = 5 * EXPIRE_AFTER;
        assert!(!draft.expired(EXPIRE_AFTER));
        assert!(draft.expired(6 * EXPIRE_AFTER));
    }
}
