//! Saved stories as signals: for the button under a story, and for the page that lists them.

use leptos::prelude::*;

use crate::platform::{shelf, spawn};
use crate::reader::saved::{self, Saved};

/// What is saved on this device.
#[derive(Clone, Copy)]
pub struct Keepsakes {
    /// Not known before the first answer.
    pub items: RwSignal<Option<Vec<Saved>>>,
    /// The last thing asked for could not be done.
    pub failed: RwSignal<bool>,
    base: StoredValue<String>,
}

impl Keepsakes {
    pub fn new(base: &str) -> Self {
        Self {
            items: RwSignal::new(None),
            failed: RwSignal::new(false),
            base: StoredValue::new(base.to_owned()),
        }
    }

    /// What the list says, without asking anybody; nothing where stories cannot be kept.
    pub fn peek(self) {
        if let Some(list) = self.base.with_value(|base| shelf::peek(base)) {
            self.items.set(Some(list));
        }
    }

    /// What is there, and whether its source has taken any of it back.
    pub fn load(self) {
        self.ask("list", String::new());
    }

    pub fn save(self, href: &str, headline: &str) {
        self.ask("save", saved::order(href, headline));
    }

    pub fn remove(self, href: &str) {
        self.ask("remove", saved::order(href, ""));
    }

    pub fn clear(self) {
        self.ask("clear", String::new());
    }

    fn ask(self, what: &'static str, detail: String) {
        let base = self.base.get_value();
        spawn(async move {
            let list = shelf::ask(base, what, detail).await;
            self.failed.try_set(list.is_none());
            if list.is_some() {
                self.items.try_set(list);
            }
        });
    }
}
