//! One comment field in one tab: which stored record is its own, what to write, what to make of
//! the records of other tabs. A state machine without clock, storage or document.
//!
//! The rule that decides everything: a record is only ever written by the tab that read its latest
//! revision. A tab that finds a later revision than it knows does not overwrite it; it goes on
//! under a name of its own beside it, and the reader is told and may choose. So two tabs can type
//! as they like, and every word of both is stored.

use super::draft::{Draft, OFFER_AFTER, VERSION};
use super::keys;

/// A value to be put under a name. Everything the session wants done is a list of these.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Write {
    pub name: String,
    pub value: Draft,
}

/// How a field starts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Opening {
    /// Nothing is stored, or the same words already stand in the field.
    Plain,
    /// Fill the field: text and caret, never focus.
    Restore(Draft),
    /// Older than a day: ask before filling it in.
    Offer(Draft),
    /// Something else was typed before the application started: "Use the other / Keep mine".
    Choose(Draft),
}

/// What a record written by another tab means for this field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    Nothing,
    /// Nothing was typed here: show the newer text.
    Adopt(Draft),
    /// The field is empty: offer the other's text.
    Offer(Draft),
    /// "Use the other / Keep mine".
    Choose(Draft),
    /// Sent or removed elsewhere, and nothing was added here: empty the field.
    Clear,
}

/// What stays the same while a field is open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Subject {
    /// The stored name of the place, [`keys::Place::draft`].
    pub draft: String,
    pub title: String,
    pub href: String,
    pub to: Option<String>,
    /// Different in every tab and at every start.
    pub nonce: String,
}

/// One field's relation to what is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    subject: Subject,
    /// The record this tab writes.
    name: String,
    /// The latest revision of it that this tab has written or read.
    rev: u32,
    /// The words of that revision.
    known: String,
    caret: u32,
    /// Whether the reader changed the text in this tab.
    typed: bool,
    /// Whether what is written here is to be kept.
    keep: bool,
    /// The other text the reader is asked about, and the name it is stored under.
    other: Option<(String, Draft)>,
    /// Names the reader decided against in this tab; they are not asked about again.
    settled: Vec<String>,
    /// How often this tab went aside; makes each name its own.
    asides: u32,
}

impl Session {
    /// Opens a field. `stored` is what is kept for its place (tombstones too), `locked` whether
    /// that record belongs to a later version, `own` the name this tab used before a reload,
    /// `typed` what already stands in the field.
    pub fn open(
        subject: Subject,
        stored: &[(String, Draft)],
        locked: bool,
        own: Option<&str>,
        typed: &str,
        now: u64,
    ) -> (Self, Opening) {
        let mut session = Self {
            name: subject.draft.clone(),
            rev: 0,
            known: String::new(),
            caret: 0,
            typed: false,
            keep: true,
            other: None,
            settled: Vec::new(),
            asides: 0,
            subject,
        };
        // Only a tombstone is built upon at once. The revision of living words is taken over when
        // they are, so that words merely offered cannot be overwritten.
        if let Some((_, main)) = stored
            .iter()
            .find(|(name, main)| *name == session.name && !main.alive())
        {
            session.rev = main.rev;
            session.keep = !main.off;
        }
        if locked {
            session.step_aside();
        }
        let candidate = stored
            .iter()
            .filter(|(name, draft)| {
                keys::same_place(name, &session.subject.draft)
                    && draft.alive()
                    && !(locked && *name == session.subject.draft)
            })
            // The tab's own record first, then the newest of the place.
            .max_by_key(|(name, draft)| (Some(name.as_str()) == own, draft.at));
        let Some((name, draft)) = candidate else {
            session.typed = !typed.trim().is_empty();
            return (session, Opening::Plain);
        };
        if draft.age(now) >= OFFER_AFTER && typed.trim().is_empty() {
            session.other = Some((name.clone(), draft.clone()));
            return (session, Opening::Offer(draft.clone()));
        }
        if typed.trim().is_empty() || typed == draft.text {
            session.follow(name, draft);
            let restored = draft.clone();
            return (session, Opening::Restore(restored));
        }
        session.typed = true;
        session.step_aside();
        session.other = Some((name.clone(), draft.clone()));
        (session, Opening::Choose(draft.clone()))
    }

    /// The text as it stands now. `stored` is the record under [`Self::name`] as the local store
    /// has it at this moment. Nothing is written when nothing changed.
    pub fn save(&mut self, text: &str, caret: u32, stored: Option<&Draft>, now: u64) -> Vec<Write> {
        if text == self.known && (caret == self.caret || text.is_empty()) {
            return Vec::new();
        }
        if text != self.known {
            self.typed = true;
        }
        if !self.keep {
            return Vec::new();
        }
        // Without a local store, what another tab was heard to write has to do.
        let offered = self.other.as_ref().filter(|(name, _)| *name == self.name);
        let latest = stored
            .cloned()
            .or_else(|| offered.map(|(_, draft)| draft.clone()));
        if let Some(latest) = latest
            && latest.rev > self.rev
        {
            if latest.alive() && latest.text != text {
                let name = self.name.clone();
                self.ask(&name, &latest);
                self.step_aside();
            } else {
                self.rev = latest.rev;
            }
        }
        if text.trim().is_empty() {
            // An empty field removes only what this field held, never a draft that is merely
            // offered.
            if self.known.trim().is_empty() {
                return Vec::new();
            }
            return vec![self.bury(now)];
        }
        self.known = text.to_owned();
        self.caret = caret;
        self.rev += 1;
        vec![Write {
            name: self.name.clone(),
            value: self.record(now),
        }]
    }

    /// Another tab wrote `draft` under `name`; `here` is what stands in the field.
    pub fn heard(&mut self, name: &str, draft: &Draft, here: &str) -> Heard {
        if !keys::same_place(name, &self.subject.draft) {
            return Heard::Nothing;
        }
        let empty = here.trim().is_empty();
        if !draft.alive() {
            return self.heard_removal(name, draft, here, empty);
        }
        if name == self.name && draft.rev <= self.rev {
            return Heard::Nothing;
        }
        if draft.text == here {
            if name == self.name {
                self.follow(name, draft);
            }
            return Heard::Nothing;
        }
        if empty {
            self.other = Some((name.to_owned(), draft.clone()));
            return Heard::Offer(draft.clone());
        }
        if !self.typed && here == self.known && name == self.name {
            self.follow(name, draft);
            return Heard::Adopt(draft.clone());
        }
        if self.settled.iter().any(|settled| settled == name) {
            return Heard::Nothing;
        }
        self.ask(name, draft);
        Heard::Choose(draft.clone())
    }

    fn heard_removal(&mut self, name: &str, draft: &Draft, here: &str, empty: bool) -> Heard {
        if self.other.as_ref().is_some_and(|(other, _)| other == name) {
            self.other = None;
        }
        if name != self.name || draft.rev <= self.rev {
            return Heard::Nothing;
        }
        self.rev = draft.rev;
        let same = here == self.known;
        self.known.clear();
        if same && !empty {
            self.typed = false;
            Heard::Clear
        } else {
            Heard::Nothing
        }
    }

    /// "Use the other", "Use it", and the answer to an offer. What was written here stays stored
    /// under its own name.
    pub fn use_other(&mut self) -> Option<Draft> {
        let (name, draft) = self.other.take()?;
        if name != self.name && !self.known.is_empty() {
            self.settled.push(self.name.clone());
        }
        self.follow(&name, &draft);
        Some(draft)
    }

    /// "Keep mine". The other text stays stored and is listed with the drafts.
    pub fn keep_mine(&mut self) {
        if let Some((name, _)) = self.other.take() {
            self.settled.push(name);
        }
    }

    /// Removes what is offered, when the reader says "Discard" to the offer.
    pub fn discard_other(&mut self, now: u64) -> Vec<Write> {
        let Some((name, draft)) = self.other.take() else {
            return Vec::new();
        };
        let value = draft.tombstone(now);
        if name == self.name {
            self.rev = value.rev;
        }
        vec![Write { name, value }]
    }

    /// "Discard" and "Cancel": the field was emptied on purpose. Gives what "Undo" needs.
    pub fn discard(&mut self, text: &str, caret: u32, now: u64) -> (Vec<Write>, Undo) {
        let undo = Undo {
            text: text.to_owned(),
            caret,
        };
        let writes = if self.rev == 0 {
            Vec::new()
        } else {
            vec![self.bury(now)]
        };
        (writes, undo)
    }

    /// The comment was delivered. Copies of the same words beside it go as well.
    pub fn sent(&mut self, text: &str, stored: &[(String, Draft)], now: u64) -> Vec<Write> {
        let mut writes = Vec::new();
        let own = self.name.clone();
        if let Some((_, draft)) = stored.iter().find(|(name, _)| *name == own) {
            self.rev = self.rev.max(draft.rev);
        }
        writes.push(self.bury(now));
        for (name, draft) in stored {
            if *name != own
                && keys::same_place(name, &self.subject.draft)
                && draft.alive()
                && draft.text.trim() == text.trim()
            {
                writes.push(Write {
                    name: name.clone(),
                    value: draft.tombstone(now),
                });
            }
        }
        writes
    }

    /// "Keep" and "Don't keep". Not keeping removes what is stored and remembers the wish for this
    /// place with the tombstone.
    pub fn set_keep(&mut self, keep: bool, text: &str, caret: u32, now: u64) -> Vec<Write> {
        self.keep = keep;
        self.rev += 1;
        self.known = if keep { text.to_owned() } else { String::new() };
        self.caret = caret;
        if keep && !text.trim().is_empty() {
            return vec![Write {
                name: self.name.clone(),
                value: self.record(now),
            }];
        }
        let value = Draft {
            rev: self.rev - 1,
            off: !keep,
            ..Draft::default()
        }
        .tombstone(now);
        vec![Write {
            name: self.name.clone(),
            value,
        }]
    }

    /// The record this tab writes; to be remembered over a reload when it is not the place's own.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether the tab writes beside the place's own record.
    pub fn beside(&self) -> bool {
        self.name != self.subject.draft
    }

    pub fn keeps(&self) -> bool {
        self.keep
    }

    /// Whether the text differs from what is stored: the question before leaving a page whose
    /// storage failed, and before a new version of the application takes over.
    pub fn dirty(&self, text: &str) -> bool {
        text != self.known && !text.trim().is_empty()
    }

    fn follow(&mut self, name: &str, draft: &Draft) {
        self.name = name.to_owned();
        self.rev = draft.rev;
        self.known = draft.text.clone();
        self.caret = draft.caret;
        self.typed = false;
    }

    fn ask(&mut self, name: &str, draft: &Draft) {
        if !self.settled.iter().any(|settled| settled == name) {
            self.other = Some((name.to_owned(), draft.clone()));
        }
    }

    /// The other text that waits for the reader's choice.
    pub fn other(&self) -> Option<&Draft> {
        self.other.as_ref().map(|(_, draft)| draft)
    }

    fn step_aside(&mut self) {
        let mut nonce = self.subject.nonce.clone();
        if self.asides > 0 {
            nonce.push('-');
            nonce.push_str(&self.asides.to_string());
        }
        self.asides += 1;
        self.name = keys::beside(&self.subject.draft, &nonce);
        self.rev = 0;
        self.known.clear();
    }

    fn bury(&mut self, now: u64) -> Write {
        let last = Draft {
            rev: self.rev,
            off: !self.keep,
            ..Draft::default()
        };
        let value = last.tombstone(now);
        self.rev = value.rev;
        self.known.clear();
        self.caret = 0;
        Write {
            name: self.name.clone(),
            value,
        }
    }

    fn record(&self, now: u64) -> Draft {
        Draft {
            v: VERSION,
            rev: self.rev,
            at: now,
            text: self.known.clone(),
            caret: self.caret,
            title: self.subject.title.clone(),
            href: self.subject.href.clone(),
            to: self.subject.to.clone(),
            gone: false,
            off: false,
        }
    }
}

/// What "Undo" puts back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Undo {
    pub text: String,
    pub caret: u32,
}

/// How long "Undo" is offered.
pub const UNDO_FOR: u32 = 10_000;
/// How long after a key the text is stored: DESIGN.md allows 400 ms, IndexedDB wants some of it.
pub const SAVE_AFTER: u32 = 250;

#[cfg(test)]
#[path = "session_tests.rs"]
mod tests;
