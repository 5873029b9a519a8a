//! Everything the reader has begun, for the page that lists it.

use leptos::prelude::*;

use crate::platform::timer::{self, Timer};
use crate::platform::{choices, hand, local, spawn, storage};
use crate::reader::export::{as_text, excerpt};
use crate::reader::outbox::{Outgoing, waiting};
use crate::reader::session::UNDO_FOR;
use crate::reader::{Draft, keys};
use crate::store::desk::visit;

/// A row of the list.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    pub name: String,
    pub draft: Draft,
    pub excerpt: String,
    /// Set for a comment on its way; then `draft` only carries its words.
    pub outgoing: Option<Outgoing>,
}

/// The list and what can be undone in it.
#[derive(Clone, Copy)]
pub struct Shelf {
    /// `None` until it has been read.
    pub items: RwSignal<Option<Vec<Item>>>,
    /// What "Undo" brings back; empty once it no longer can.
    pub deleted: RwSignal<Vec<Item>>,
    /// How "Forget me on this device" ended; `None` before it is pressed.
    pub forgotten: RwSignal<Option<bool>>,
    timer: StoredValue<Option<Timer>, LocalStorage>,
}

impl Shelf {
    pub fn new() -> Self {
        Self {
            items: RwSignal::new(None),
            deleted: RwSignal::new(Vec::new()),
            forgotten: RwSignal::new(None),
            timer: StoredValue::new_local(None),
        }
    }

    /// Reads both stores.
    pub fn load(self) {
        spawn(async move {
            let now = timer::millis();
            let storage = storage();
            let found = storage.drafts(keys::DRAFT, now).await;
            let mut items: Vec<Item> = found
                .drafts
                .into_iter()
                .filter(|(_, draft)| draft.alive())
                .map(|(name, draft)| item(name, draft, None))
                .collect();
            items.extend(
                waiting(&storage, now)
                    .await
                    .into_iter()
                    .map(|(name, outgoing)| {
                        let draft = Draft {
                            at: outgoing.at,
                            text: outgoing.text.clone(),
                            title: outgoing.title.clone(),
                            href: outgoing.href.clone(),
                            to: outgoing.to.clone(),
                            ..Draft::default()
                        };
                        item(name, draft, Some(outgoing))
                    }),
            );
            let items = newest_first(items);
            self.items.try_set(Some(items));
        });
    }

    /// "Delete". It can be undone for ten seconds.
    pub fn delete(self, item: Item) {
        self.take_away(vec![item]);
    }

    /// "Delete all": drafts and comments on their way. It can be undone for as long as one can.
    pub fn delete_all(self) {
        self.take_away(self.items.get_untracked().unwrap_or_default());
    }

    fn take_away(self, items: Vec<Item>) {
        spawn(async move {
            for item in &items {
                remove(item).await;
            }
            self.deleted.try_set(items);
            let timer = timer::after(UNDO_FOR, move || {
                drop(self.deleted.try_set(Vec::new()));
            });
            self.timer.try_set_value(Some(timer));
            self.load();
        });
    }

    /// "Undo".
    pub fn undo(self) {
        let items = self.deleted.get_untracked();
        self.deleted.set(Vec::new());
        spawn(async move {
            for item in &items {
                let value = match &item.outgoing {
                    Some(outgoing) => Outgoing {
                        rev: outgoing.rev + 2,
                        ..outgoing.clone()
                    }
                    .to_json(),
                    None => Draft {
                        rev: item.draft.rev + 2,
                        ..item.draft.clone()
                    }
                    .to_json(),
                };
                // The list is read again afterwards and shows what really came back.
                let _ = storage().put(&item.name, &value).await;
            }
            self.load();
        });
    }

    /// "Copy".
    pub fn copy(self, text: String) {
        spawn(async move {
            let _ = hand::copy(text).await;
        });
    }

    /// "Export as text". No email is part of it: drafts have none.
    pub fn export(self, reply: impl Fn(&str) -> String) {
        let items = self.items.get_untracked().unwrap_or_default();
        hand::save_file(
            "drafts.txt",
            &as_text(items.iter().map(|item| &item.draft), reply),
        );
    }

    /// "Forget me on this device": identity, drafts, queue, reading history, what was moved aside, and
    /// what only the visit remembers.
    /// Who is to be forgotten does not expect that the next page is remembered.
    pub fn forget(self) {
        spawn(async move {
            let names = [
                keys::DRAFT,
                keys::QUEUE,
                keys::ASIDE,
                keys::IDENTITY,
                keys::HISTORY,
            ];
            let done = storage().forget(&names).await.is_ok();
            local::forget_notes(keys::TYPED);
            choices::choose("history", None);
            visit::forget();
            self.forgotten.try_set(Some(done));
            self.deleted.try_set(Vec::new());
            self.load();
        });
    }
}

impl Default for Shelf {
    fn default() -> Self {
        Self::new()
    }
}

/// A shelf is short: each item is put where it belongs.
fn newest_first(items: Vec<Item>) -> Vec<Item> {
    let mut sorted: Vec<Item> = Vec::with_capacity(items.len());
    for item in items {
        let at = sorted
            .iter()
            .position(|other| other.draft.at < item.draft.at);
        sorted.insert(at.unwrap_or(sorted.len()), item);
    }
    sorted
}

fn item(name: String, draft: Draft, outgoing: Option<Outgoing>) -> Item {
    Item {
        name,
        excerpt: excerpt(&draft.text, 160),
        draft,
        outgoing,
    }
}

async fn remove(item: &Item) {
    let now = timer::millis();
    let value = match &item.outgoing {
        Some(outgoing) => outgoing.tombstone(now).to_json(),
        None => item.draft.tombstone(now).to_json(),
    };
    // The list is read again afterwards and shows what really happened.
    let _ = storage().put(&item.name, &value).await;
}
