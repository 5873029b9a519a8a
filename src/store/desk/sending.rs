//! The form's comment on its way: checked, stored, handed over, delivered, or back in the field.

use leptos::prelude::*;

use super::{Desk, Sending, Spoken};
use crate::platform::{events, hand, spawn, storage, timer};
use crate::reader::Draft;
use crate::reader::form::{self, Entries};
use crate::reader::identity::Identity;
use crate::reader::outbox::{Outgoing, Verdict};
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
        let (queue, outgoing) = {
            let inner = inner.borrow();
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
            (inner.place.queue(), outgoing)
        };
        spawn(async move {
            // An older comment from here may still wait or have left its tombstone: go past both.
            let mut outgoing = outgoing;
            outgoing.rev += storage()
                .values(&queue)
                .await
                .iter()
                .filter_map(|(_, value)| Outgoing::read(value).map(|old| old.rev))
                .max()
                .unwrap_or_default();
            let stored = outbox::hand_over(queue, outgoing.clone()).await.is_ok();
            if !stored {
                self.spoken.try_set(Spoken::NotSaved);
            } else if !events::online() {
                self.learn(&outgoing, &Verdict::Waits(outgoing.clone()));
            }
        });
    }

    /// Something became of this form's comment.
    pub(super) fn learn(self, outgoing: &Outgoing, verdict: &Verdict) {
        let state = match verdict {
            Verdict::Delivered { held } => Sending::Done { held: *held },
            Verdict::Waits(_) => Sending::Waits,
            Verdict::Asks(_) => Sending::Asks,
            Verdict::Returned(refusal) => Sending::Refused(*refusal),
        };
        let done = matches!(verdict, Verdict::Delivered { .. });
        if let Verdict::Returned(_) = verdict {
            if self.text().0.trim().is_empty() {
                spawn(self.open());
            }
        } else {
            self.take_sent(&outgoing.text);
        }
        self.sending.try_set(state);
        self.focus(if done { "done" } else { "way" });
    }

    /// The words are out of hand: what was typed since stays.
    fn take_sent(self, sent: &str) {
        let Some(inner) = self.inner() else { return };
        let (text, _) = self.text();
        let rest = text
            .strip_prefix(sent.trim_end())
            .map_or(text.as_str(), str::trim_start);
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
        if rest.len() < text.len() {
            self.fill(rest, rest.encode_utf16().count() as u32);
        }
        self.notice.try_set(Notice::Nothing);
        self.summary.try_set(false);
        self.save();
    }

    /// "Try again" and "Send now": of a comment that waits.
    pub fn try_again(self) {
        let Some(inner) = self.inner() else { return };
        let queue = inner.borrow().place.queue();
        self.sending.set(Sending::Busy);
        spawn(async move {
            match outbox::waiting_at(&queue).await {
                Some(outgoing) => {
                    let _ = outbox::hand_over(queue, outgoing.again(timer::millis())).await;
                    if !events::online() {
                        self.sending.try_set(Sending::Waits);
                    }
                }
                None => drop(self.sending.try_set(Sending::Idle)),
            }
        });
    }

    /// "Back to draft", or "It arrived" (`arrived`): the comment no longer waits.
    pub fn take_back(self, arrived: bool) {
        let Some(inner) = self.inner() else { return };
        let queue = inner.borrow().place.queue();
        spawn(async move {
            if let Some(outgoing) = outbox::waiting_at(&queue).await {
                if !arrived {
                    outbox::give_back(&queue, &outgoing).await;
                }
                outbox::drop_waiting(&queue, &outgoing).await;
            }
            self.sending.try_set(Sending::Idle);
            self.open().await;
        });
    }
}
