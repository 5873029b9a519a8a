//! What the visit remembers of forms that were left: words that no store holds, because storage
//! refuses or the reader asked not to keep them, and the name and email of somebody who is not to be
//! remembered on this device.
//!
//! It lives in memory, by place, and ends with the page's own life: a reload, a closed tab.

use std::cell::RefCell;
use std::mem;

use super::Desk;
use crate::platform::events::Listener;
use crate::platform::timer;
use crate::reader::form::Entries;
use crate::reader::identity::Identity;

/// A form as it was left.
pub struct Left {
    /// Empty where a store holds it.
    pub entries: Entries,
    pub caret: u32,
    /// Asks before the site is left, where that would lose words.
    pub leaving: Vec<Listener>,
}

thread_local! {
    /// By the names of the places' drafts.
    static VISIT: RefCell<Vec<(String, Left)>> = const { RefCell::new(Vec::new()) };
}

impl Desk {
    /// What no store holds is left to the visit.
    pub(super) fn leave_to_visit(self) {
        let Some(inner) = self.inner() else { return };
        let mut inner = inner.borrow_mut();
        let mut entries = self.entries();
        let caret = self.text().1;
        let session = inner.session.as_ref();
        let held = inner.stored == inner.written
            && session.is_some_and(|session| !session.dirty(&entries.comment));
        if held {
            entries.comment.clear();
        }
        if Identity::load(&*inner.storage.local, timer::millis()).is_some() {
            (entries.name, entries.email, entries.website) = Default::default();
        }
        // The browser goes on asking for as long as there are words to lose.
        let mut leaving = mem::take(&mut inner.leaving);
        if entries.comment.trim().is_empty() {
            leaving.clear();
        }
        let left = Left {
            entries,
            caret,
            leaving,
        };
        remember(&inner.subject.draft, left);
    }

    /// Back at a form that was left in this visit.
    pub(super) fn fill_from_visit(self) {
        let Some(inner) = self.inner() else { return };
        let Some(left) = take(&inner.borrow().subject.draft) else {
            return;
        };
        if self.text().0.is_empty() {
            self.fill(&left.entries.comment, left.caret);
        }
        self.fill_author(&left.entries);
    }
}

/// Remembers a form that is left, in place of what was known of it.
fn remember(place: &str, left: Left) {
    let known = take(place);
    if left.entries != Entries::default() {
        VISIT.with_borrow_mut(|visit| visit.push((place.to_owned(), left)));
    }
    drop(known);
}

/// What is remembered of a place; its form has it from now on.
fn take(place: &str) -> Option<Left> {
    VISIT.with_borrow_mut(|visit| {
        let at = visit.iter().position(|(known, _)| known == place)?;
        Some(visit.swap_remove(at).1)
    })
}

/// These words of a place are stored, or sent: the visit need not hold them.
pub fn out_of_hand(place: &str, words: &str) {
    VISIT.with_borrow_mut(|visit| {
        let mut left = visit.iter_mut().filter(|(known, _)| known == place);
        if let Some((_, left)) = left.next()
            && left.entries.comment.trim() == words.trim()
        {
            left.entries.comment.clear();
            left.leaving.clear();
        }
    });
}

/// "Forget me on this device".
pub fn forget() {
    drop(VISIT.take());
}
