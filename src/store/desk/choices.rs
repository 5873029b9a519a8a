//! What the reader decides about texts: another tab's, an older one, one that was discarded.

use leptos::prelude::*;

use super::{Desk, Notice, Saving, own_name};
use crate::platform::{local, timer};
use crate::reader::draft::Read;
use crate::reader::export::excerpt;
use crate::reader::session::{Heard, Session, UNDO_FOR, Undo};
use crate::reader::{Draft, keys};

impl Desk {
    /// Another tab changed a value.
    pub(super) fn hear(self, name: &str, value: Option<String>) {
        let Some(inner) = self.inner() else { return };
        let queue = inner.borrow().place.queue();
        if keys::same_place(name, &queue) {
            self.hear_of_comment(name, value.as_deref());
            return;
        }
        if name == keys::IDENTITY && value.is_none() {
            // Unticked or forgotten elsewhere: the next edit here must not bring it back.
            self.fields.remember.tick(false);
            return;
        }
        let Some(Read::Sound(draft)) = value.map(|value| Draft::read(&value)) else {
            return;
        };
        let here = self.text().0;
        let heard = match &mut inner.borrow_mut().session {
            Some(session) => session.heard(name, &draft, &here),
            None => return,
        };
        match heard {
            Heard::Nothing => {
                let asks = matches!(
                    self.notice.get_untracked(),
                    Notice::Other | Notice::Offered(_)
                );
                let other = inner
                    .borrow()
                    .session
                    .as_ref()
                    .is_some_and(|session| session.other().is_some());
                if asks && !other {
                    self.notice.set(Notice::Nothing);
                }
            }
            Heard::Adopt(draft) => self.fill(&draft.text, draft.caret),
            Heard::Offer(draft) => self.notice.set(Notice::Offered(draft.at)),
            Heard::Choose(_) => self.notice.set(Notice::Other),
            Heard::Clear => {
                self.fill("", 0);
                self.notice.set(Notice::Nothing);
                self.saving.set(Saving::Nothing);
            }
        }
    }

    /// The page is looked at again: events of other tabs may have been missed.
    pub(super) fn look_again(self) {
        self.look_for_end();
        let Some(inner) = self.inner() else { return };
        let known = {
            let inner = inner.borrow();
            let Some(session) = &inner.session else {
                return;
            };
            let name = session.name().to_owned();
            inner
                .storage
                .local
                .read(&name)
                .ok()
                .flatten()
                .map(|value| (name, value))
        };
        if let Some((name, value)) = known {
            self.hear(&name, Some(value));
        }
    }

    /// "Use it" and "Use the other".
    pub fn use_other(self) {
        self.save();
        let Some(inner) = self.inner() else { return };
        let other = inner
            .borrow_mut()
            .session
            .as_mut()
            .and_then(Session::use_other);
        if let Some(draft) = other {
            self.fill(&draft.text, draft.caret);
            self.saving.set(Saving::Saved);
        }
        self.notice.set(Notice::Nothing);
        let inner = inner.borrow();
        if let Some(session) = &inner.session {
            local::note(&own_name(&inner.subject.draft), Some(session.name()));
        }
    }

    /// The other tab's words, shortened, for the question which to keep.
    pub fn other_excerpt(self) -> String {
        let Some(inner) = self.inner() else {
            return String::new();
        };
        let inner = inner.borrow();
        let other = inner.session.as_ref().and_then(Session::other);
        other
            .map(|draft| excerpt(&draft.text, 160))
            .unwrap_or_default()
    }

    /// "Keep mine".
    pub fn keep_mine(self) {
        if let Some(inner) = self.inner()
            && let Some(session) = &mut inner.borrow_mut().session
        {
            session.keep_mine();
        }
        self.notice.set(Notice::Nothing);
    }

    /// "Discard": of what is offered, or of what stands here.
    pub fn discard(self) {
        let Some(inner) = self.inner() else { return };
        let (text, caret) = self.text();
        let offered = matches!(self.notice.get_untracked(), Notice::Offered(_));
        let (writes, undo) = {
            let mut inner = inner.borrow_mut();
            let Some(session) = &mut inner.session else {
                return;
            };
            let now = timer::millis();
            if offered {
                let undo = session.other().map(|draft| Undo {
                    text: draft.text.clone(),
                    caret: draft.caret,
                });
                (session.discard_other(now), undo.unwrap_or_default())
            } else {
                session.discard(&text, caret, now)
            }
        };
        if !offered {
            self.fill("", 0);
        }
        self.write(writes);
        self.saving.set(Saving::Nothing);
        self.notice.set(Notice::Discarded);
        let timer = timer::after(UNDO_FOR, move || {
            if self.notice.try_get_untracked() == Some(Notice::Discarded) {
                self.notice.set(Notice::Nothing);
            }
        });
        inner.borrow_mut().undo = Some((undo, timer));
    }

    /// "Cancel reply": discards, and gives back what stood there for "Undo" elsewhere.
    pub fn cancel(self) -> String {
        let text = self.text().0;
        self.discard();
        text
    }

    /// "Undo" of a discard.
    pub fn undo(self) {
        let Some(inner) = self.inner() else { return };
        let Some((undo, _timer)) = inner.borrow_mut().undo.take() else {
            return;
        };
        // What was typed since stays in front of what comes back.
        let here = self.text().0;
        if here.trim().is_empty() {
            self.fill(&undo.text, undo.caret);
        } else {
            let joined = [here.trim_end(), "\n\n", &undo.text].concat();
            self.fill(&joined, here.encode_utf16().count() as u32);
        }
        self.notice.set(Notice::Nothing);
        self.save();
    }
}
