//! What a reader has read on this device, kept only while the reader wants it.
//!
//! One record: the stories that were opened and where their reading stopped, and when the last visit
//! ended. Off until it is switched on in the reading settings; switching it off deletes it. Nothing
//! of it ever leaves the device.

use super::keys;
use super::storage::LocalStore;
use crate::json::{Json, Writer};

/// Stories that are remembered; the one opened longest ago leaves first.
const MOST: usize = 500;
/// Milliseconds without a page after which a visit has ended.
const REST: u64 = 30 * 60 * 1000;
/// Blocks of a text that have to lie behind the reader before there is a place to go back to.
const BEGUN: u64 = 3;

/// A story that was opened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    pub href: String,
    /// Seconds since 1970 of its latest change, as it was when it was read.
    pub changed: u64,
    /// The block of its text at which reading stopped; 0 before the text and after its end.
    pub place: u64,
}

/// The record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    /// When the visit before this one ended; 0 when there was none. Milliseconds since 1970.
    before: u64,
    /// The latest page of this visit.
    latest: u64,
    /// Opened last, last.
    stories: Vec<Seen>,
}

/// What a card says of its story.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Published since the last visit.
    New,
    Read,
    /// Changed since it was read.
    Updated,
}

impl History {
    /// What is kept. An unreadable record is moved aside, one of a later version left alone.
    pub fn load(store: &dyn LocalStore, now: u64) -> Option<Self> {
        let Some(value) = store.read(keys::HISTORY).ok()? else {
            return Some(Self::default());
        };
        let record = Json::parse(&value);
        let version = record.as_ref().and_then(|record| record.own_number("v"));
        if version.is_some_and(|version| version > 1) {
            return None;
        }
        let read = record.as_ref().and_then(Self::of);
        if read.is_none() {
            let aside = keys::aside(keys::HISTORY, now);
            store.write(&aside, &value).ok()?;
        }
        Some(read.unwrap_or_default())
    }

    /// Keeps the record. A store that is full or blocked keeps the one before: no reading is lost
    /// by that, only its trace.
    pub fn keep(&self, store: &dyn LocalStore) {
        let _ = store.write(keys::HISTORY, &self.to_json());
    }

    fn of(record: &Json) -> Option<Self> {
        let seen = |story: &Json| {
            Some(Seen {
                href: story.own_text("href")?,
                changed: story.own_number("changed")?,
                place: story.own_number("place")?,
            })
        };
        Some(Self {
            before: record.own_number("before")?,
            latest: record.own_number("latest")?,
            stories: record
                .get("stories")?
                .list()
                .iter()
                .filter_map(seen)
                .collect(),
        })
    }

    fn to_json(&self) -> String {
        let mut stories = String::from("[");
        for story in &self.stories {
            if stories.len() > 1 {
                stories.push(',');
            }
            stories.push_str(
                &Writer::default()
                    .text("href", &story.href)
                    .number("changed", story.changed)
                    .number("place", story.place)
                    .end(),
            );
        }
        stories.push(']');
        Writer::default()
            .number("v", 1)
            .number("before", self.before)
            .number("latest", self.latest)
            .raw("stories", &stories)
            .end()
    }

    /// A page is looked at.
    pub fn visit(&mut self, now: u64) {
        if now.saturating_sub(self.latest) > REST {
            self.before = self.latest;
        }
        self.latest = now;
    }

    /// A story is opened; what was known of it before.
    pub fn open(&mut self, href: &str, changed: u64) -> Option<Seen> {
        let at = self.stories.iter().position(|story| story.href == href);
        let known = at.map(|at| self.stories.remove(at));
        self.stories.push(Seen {
            href: href.to_owned(),
            changed,
            place: known.as_ref().map_or(0, |known| known.place),
        });
        let over = self.stories.len().saturating_sub(MOST);
        self.stories.drain(..over);
        known
    }

    /// Reading stops at a block of a story's text, or after its end.
    pub fn stop(&mut self, href: &str, block: u64, end: bool) {
        let story = self.stories.iter_mut().find(|story| story.href == href);
        if let Some(story) = story {
            story.place = if end || block < BEGUN { 0 } else { block };
        }
    }

    /// What to say of a story, by when it was published and last changed (seconds since 1970).
    pub fn mark(&self, href: &str, published: u64, changed: u64) -> Option<Mark> {
        match self.stories.iter().find(|story| story.href == href) {
            Some(seen) if changed > seen.changed => Some(Mark::Updated),
            Some(_) => Some(Mark::Read),
            None => (self.before > 0 && published > self.before / 1000).then_some(Mark::New),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reader::storage::fakes::Memory;

    const DAY: u64 = 24 * 3600 * 1000;

    fn read() -> History {
        let mut history = History::default();
        history.visit(10 * DAY);
        assert_eq!(history.open("/a/", 100), None);
        history.open("/b/", 200);
        history
    }

    #[test]
    fn a_story_is_read_and_updated_once_it_has_changed_since() {
        let history = read();
        assert_eq!(history.mark("/a/", 1, 100), Some(Mark::Read));
        assert_eq!(history.mark("/a/", 1, 101), Some(Mark::Updated));
        assert_eq!(
            history.mark("/c/", u64::MAX, 0),
            None,
            "a first visit has no news"
        );
    }

    #[test]
    fn new_is_what_was_published_after_the_last_visit_ended() {
        let mut history = read();
        history.visit(10 * DAY + REST);
        assert_eq!(
            history.mark("/c/", 10 * DAY / 1000 + 1, 0),
            None,
            "the visit goes on"
        );
        history.visit(12 * DAY);
        let ended = (10 * DAY + REST) / 1000;
        assert_eq!(history.mark("/c/", ended + 1, 0), Some(Mark::New));
        assert_eq!(history.mark("/c/", ended, 0), None);
        assert_eq!(history.mark("/a/", ended + 1, 0), Some(Mark::Read));
    }

    #[test]
    fn the_place_is_kept_until_the_end_was_reached() {
        let mut history = read();
        history.stop("/a/", 7, false);
        assert_eq!(history.open("/a/", 100).map(|seen| seen.place), Some(7));
        history.stop("/a/", 2, false);
        assert_eq!(history.open("/a/", 100).map(|seen| seen.place), Some(0));
        history.stop("/a/", 9, true);
        assert_eq!(history.open("/a/", 100).map(|seen| seen.place), Some(0));
        history.stop("/never/", 9, false);
        assert_eq!(history.open("/never/", 0), None);
    }

    #[test]
    fn what_is_kept_is_read_back_and_stays_small() {
        let store = Memory::default();
        let mut history = read();
        history.stop("/b/", 5, false);
        history.keep(&store);
        assert_eq!(History::load(&store, 0), Some(history.clone()));
        for story in 0..MOST + 10 {
            history.open(&story.to_string(), 1);
        }
        assert_eq!(history.stories.len(), MOST);
        assert_eq!(history.mark("/a/", 0, 0), None);
    }

    #[test]
    fn a_broken_record_is_moved_aside_and_a_later_one_left_alone() {
        let store = Memory::default();
        assert_eq!(History::load(&store, 0), Some(History::default()));
        store.write(keys::HISTORY, "{\"v\":1").expect("a store");
        assert_eq!(History::load(&store, 7), Some(History::default()));
        let aside = store.read(&keys::aside(keys::HISTORY, 7));
        assert_eq!(aside, Ok(Some("{\"v\":1".into())));
        store.write(keys::HISTORY, "{\"v\":2}").expect("a store");
        assert_eq!(History::load(&store, 0), None);
    }
}
