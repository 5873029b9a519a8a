//! The form's comment on its way: checked, stored, handed over, delivered, or back in the field.

use leptos::prelude::*;

use super::{Desk, Handed, Sending, Spoken};
use crate::platform::{hand, spawn, timer};
use crate::reader::form::{self, Entries};
use crate::reader::identity::Identity;
use crate::reader::outbox::{Outgoing, Verdict, foremost};
use crate::reader::{Draft, keys};
use crate::store::desk::Notice;
use crate::store::outbox;

impl Desk {
    /// "Post comment" or "Copy comment".
    pub fn submit(self) {
        if self.sending.get_untracked() == Sending::Busy {
            return;
        }
        self.save();
        let entries = self.entries();
        let faults = self.rules.faults(&entries);
        let failed = !faults.is_empty();
        self.faults.set(faults);
        self.summary.set(failed);
        if failed {
            self.focus("problems");
            return;
        }
        self.sending.set(Sending::Busy);
        if self.rules.posts {
            self.post(entries);
        } else {
            spawn(async move {
                let copied = hand::copy(entries.comment).await;
                self.sending.try_set(if copied {
                    Sending::Copied
                } else {
                    Sending::CopyFailed
                });
            });
        }
    }

    fn post(self, entries: Entries) {
        let Some(inner) = self.inner() else { return };
        let trap = self.fields.trap;
        let trap = trap.taken().then(|| trap.value());
        let (name, outgoing) = {
            let mut inner = inner.borrow_mut();
            let outgoing = Outgoing {
                v: crate::reader::outbox::VERSION,
                rev: 1,
                id: timer::nonce(),
                at: timer::millis(),
                text: entries.comment,
                author: Identity {
                    v: 1,
                    name: entries.name.trim().to_owned(),
                    email: entries.email.trim().to_owned(),
                    website: form::website(&entries.website).unwrap_or_default(),
                },
                article: inner.place.article.clone(),
                parent: Some(inner.place.parent.clone()).filter(|parent| !parent.is_empty()),
                title: inner.subject.title.clone(),
                href: inner.subject.href.clone(),
                to: inner.subject.to.clone(),
                receiver: inner.receiver.clone(),
                trap: trap.unwrap_or_default(),
                ..Outgoing::default()
            };
            let name = keys::beside(&inner.place.queue(), &outgoing.id);
            inner.handed = Some(Handed {
                name: name.clone(),
                outgoing: outgoing.clone(),
                stands: true,
            });
            (name, outgoing)
        };
        spawn(async move {
            if outbox::hand_over(name, outgoing).await.is_err() {
                self.spoken.try_set(Spoken::NotSaved);
            }
        });
    }

    /// Something became of a comment of this place.
    pub(super) fn learn(self, name: &str, outgoing: &Outgoing, verdict: &Verdict) {
        let Some(inner) = self.inner() else { return };
        let handed = inner
            .borrow()
            .handed
            .as_ref()
            .is_some_and(|h| h.name == name);
        // What was handed over elsewhere matters to a form that says that something waits.
        let concerned = handed || self.waits();
        if let Verdict::Returned(_) = verdict {
            if concerned && self.text().0.trim().is_empty() {
                spawn(self.open());
            }
        } else {
            self.take_sent(name, &outgoing.text);
        }
        let on_its_way = matches!(verdict, Verdict::Waits(_) | Verdict::Asks(_));
        if !concerned && !on_its_way {
            return;
        }
        let before = self.sending.try_get_untracked();
        let busy = before == Some(Sending::Busy);
        let waited = self.waits() && !matches!(verdict, Verdict::Waits(_));
        let state = Sending::of(verdict);
        // "Sending…" speaks of one comment, and ends with that one.
        if (busy && !handed) || before.as_ref() == Some(&state) {
            return;
        }
        self.sending.try_set(state);
        // Whoever writes the next comment meanwhile, or just came, is not disturbed.
        if busy || (waited && self.text().0.trim().is_empty()) {
            let done = matches!(verdict, Verdict::Delivered { .. });
            self.focus(if done { "done" } else { "way" });
        }
    }

    /// Another tab wrote or removed the record of a comment of this place.
    pub(super) fn hear_of_comment(self, name: &str, value: Option<&str>) {
        let Some(inner) = self.inner() else { return };
        let verdict = value
            .and_then(Outgoing::read)
            .and_then(|record| record.verdict());
        let handed = inner
            .borrow()
            .handed
            .as_ref()
            .filter(|h| h.name == name)
            .map(|h| h.outgoing.clone());
        match (handed, verdict) {
            (Some(outgoing), Some(verdict)) => return self.learn(name, &outgoing, &verdict),
            // Taken back or forgotten elsewhere.
            (Some(_), None) => {
                inner.borrow_mut().handed = None;
                self.sending.set(Sending::Idle);
            }
            (None, Some(verdict @ Verdict::Delivered { .. })) if self.waits() => {
                self.sending.set(Sending::of(&verdict));
            }
            (None, _) => {}
        }
        self.say_rest();
    }

    /// The comment that this form handed over may have ended while nobody told it.
    pub(super) fn look_for_end(self) {
        let Some(inner) = self.inner() else { return };
        let ended = {
            let inner = inner.borrow();
            inner.handed.as_ref().and_then(|handed| {
                let value = inner.storage.local.read(&handed.name).ok()??;
                let gone = Outgoing::read(&value)?.gone;
                gone.then(|| (handed.name.clone(), value))
            })
        };
        if let Some((name, value)) = ended {
            self.hear_of_comment(&name, Some(&value));
        }
    }

    fn waits(self) -> bool {
        matches!(
            self.sending.try_get_untracked(),
            Some(Sending::Waits | Sending::Asks)
        )
    }

    /// Says what waits here, unless a comment is being sent, has just arrived, or other news came
    /// meanwhile.
    pub(super) fn say_rest(self) {
        let Some(inner) = self.inner() else { return };
        let queue = inner.borrow().place.queue();
        let before = self.sending.try_get_untracked();
        spawn(async move {
            let comments = outbox::waiting_at(&queue).await;
            let now = self.sending.try_get_untracked();
            let first = matches!(now, Some(Sending::Busy | Sending::Done { .. }));
            if now != before || first {
                return;
            }
            match foremost(&comments).and_then(|(_, outgoing)| outgoing.verdict()) {
                Some(verdict) => drop(self.sending.try_set(Sending::of(&verdict))),
                None if self.waits() => drop(self.sending.try_set(Sending::Idle)),
                None => {}
            }
        });
    }

    /// What stands in the field and was handed over before the page was left is taken out of it, so
    /// that it is not sent twice.
    pub(super) async fn take_what_waits(self) {
        let Some(inner) = self.inner() else { return };
        let queue = inner.borrow().place.queue();
        for (name, outgoing) in outbox::waiting_at(&queue).await {
            self.take_sent(&name, &outgoing.text);
        }
    }

    /// The words are out of hand: what was typed since this form handed them over stays. Of a comment
    /// that was handed over elsewhere or is taken out already, only the same words go: they may be
    /// the beginning of the next one.
    fn take_sent(self, name: &str, sent: &str) {
        let Some(inner) = self.inner() else { return };
        let (text, _) = self.text();
        let mut stood = false;
        if let Some(handed) = &mut inner.borrow_mut().handed
            && handed.name == name
        {
            stood = std::mem::take(&mut handed.stands);
        }
        let Some(rest) = text
            .strip_prefix(sent.trim_end())
            .map(str::trim_start)
            .filter(|rest| stood || rest.is_empty())
        else {
            return;
        };
        let writes = {
            let mut guard = inner.borrow_mut();
            let inner = &mut *guard;
            let Some(session) = &mut inner.session else {
                return;
            };
            let stored: Vec<(String, Draft)> = inner
                .storage
                .peek(session.name())
                .map(|draft| (session.name().to_owned(), draft))
                .into_iter()
                .collect();
            session.sent(sent, &stored, timer::millis())
        };
        self.write(writes);
        self.fill(rest, rest.encode_utf16().count() as u32);
        self.notice.try_set(Notice::Nothing);
        self.summary.try_set(false);
        self.save();
    }

    /// "Try again" and "Send now": of all that wait here, or of all that the reader is asked about.
    pub fn try_again(self) {
        let Some(inner) = self.inner() else { return };
        let queue = inner.borrow().place.queue();
        self.sending.set(Sending::Busy);
        spawn(async move {
            let mut comments = outbox::waiting_at(&queue).await;
            let Some((name, outgoing)) = foremost(&comments).cloned() else {
                self.sending.try_set(Sending::Idle);
                return;
            };
            comments.retain(|(_, other)| other.asks == outgoing.asks);
            inner.borrow_mut().handed = Some(Handed {
                name,
                outgoing,
                stands: false,
            });
            for (name, outgoing) in comments {
                let _ = outbox::hand_over(name, outgoing.again(timer::millis())).await;
            }
        });
    }

    /// "Back to draft", or "It arrived" (`arrived`): the comment no longer waits. Of several it is the
    /// one that the form speaks of; the next is spoken of then.
    pub fn take_back(self, arrived: bool) {
        let Some(inner) = self.inner() else { return };
        let queue = inner.borrow().place.queue();
        spawn(async move {
            if let Some((name, outgoing)) = foremost(&outbox::waiting_at(&queue).await) {
                if !arrived {
                    outbox::give_back(name, outgoing).await;
                }
                outbox::drop_waiting(name, outgoing).await;
            }
            self.sending.try_set(Sending::Idle);
            self.open().await;
            self.say_rest();
        });
    }
}
