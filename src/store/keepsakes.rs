//! Saved stories as signals: for the button under a story, and for the page that lists them.

use leptos::prelude::*;

use crate::platform::{module, spawn, storage};
use crate::reader::keys;
use crate::reader::saved::{self, Saved};

/// Where the root says which script keeps them.
const SHELF: &str = "data-shelf";

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
        if module::present("caches") {
            let name = [keys::SAVED, &self.base.get_value()].concat();
            let list = storage().local.read(&name).ok().flatten();
            self.items.set(Some(
                list.and_then(|json| saved::read(&json)).unwrap_or_default(),
            ));
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

    /// Every answer is the list as it is afterwards.
    fn ask(self, what: &str, detail: String) {
        let script = module::address(SHELF);
        let arguments = vec![self.base.get_value(), what.to_owned(), detail];
        let called = module::call(script, "datelineShelf", arguments);
        spawn(async move {
            let list = called.await.ok().and_then(|json| saved::read(&json));
            self.failed.try_set(list.is_none());
            if list.is_some() {
                self.items.try_set(list);
            }
        });
    }
}
