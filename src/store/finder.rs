//! Searching the static index while the reader types, as signals that the search page shows.
//!
//! The script that searches is loaded with the first word. An answer that comes after a newer
//! question is dropped.

use leptos::prelude::*;

use crate::page::find::{Asked, Found};
use crate::platform::timer::{self, Timer};
use crate::platform::{local, module, navigation, spawn};

/// Milliseconds of quiet before a word counts as typed.
const QUIET: u32 = 120;
/// Before the number of stories is spoken.
const SPEAK: u32 = 1000;
/// Stories shown at first, and with every "Show more".
const STEP: u32 = 10;
/// The tab's own note of how many were shown, and what had been asked for: Back shows them again.
const SHOWN: &str = "dateline:1:shown";

/// What the search page knows.
#[derive(Clone, Copy)]
pub struct Finder {
    pub asked: RwSignal<Asked>,
    /// Nothing until something was asked for.
    pub found: RwSignal<Option<Found>>,
    pub failed: RwSignal<bool>,
    /// The number to be spoken, once it is quiet.
    pub spoken: RwSignal<Option<u32>>,
    pub sections: RwSignal<Vec<(String, String)>>,
    limit: StoredValue<u32>,
    question: StoredValue<u32>,
    timer: StoredValue<Option<Timer>, LocalStorage>,
    speaker: StoredValue<Option<Timer>, LocalStorage>,
}

/// Where a search is done: the site's base path and the script's address.
#[derive(Clone, Debug)]
pub struct Place {
    pub base: String,
    pub engine: String,
}

impl Finder {
    pub fn new() -> Self {
        Self {
            asked: RwSignal::new(Asked::default()),
            found: RwSignal::new(None),
            failed: RwSignal::new(false),
            spoken: RwSignal::new(None),
            sections: RwSignal::new(Vec::new()),
            limit: StoredValue::new(STEP),
            question: StoredValue::new(0),
            timer: StoredValue::new_local(None),
            speaker: StoredValue::new_local(None),
        }
    }

    /// Something else is asked; it is searched for after a moment without another change.
    pub fn ask(self, place: &Place, change: impl FnOnce(&mut Asked)) {
        let before = self.asked.get_untracked();
        let mut asked = before.clone();
        change(&mut asked);
        if asked == before {
            return;
        }
        self.asked.set(asked);
        self.limit.set_value(STEP);
        let place = place.clone();
        let timer = timer::after(QUIET, move || self.search(&place));
        self.timer.set_value(Some(timer));
    }

    /// Ten more of the same.
    pub fn more(self, place: &Place) {
        let limit = self.limit.get_value() + STEP;
        self.limit.set_value(limit);
        let query = self.asked.with_untracked(Asked::query);
        local::note(SHOWN, Some(&[&limit.to_string(), " ", &query].concat()));
        self.search(place);
    }

    /// As many as were shown of the same when the page was left.
    fn again(self, asked: &Asked) {
        if let Some(noted) = local::recall(SHOWN)
            && let Some((limit, query)) = noted.split_once(' ')
            && query == asked.query()
        {
            self.limit.set_value(limit.parse().unwrap_or(STEP));
        }
    }

    /// Searches at once.
    pub fn search(self, place: &Place) {
        self.timer.set_value(None);
        let Some(asked) = self.asked.try_get_untracked() else {
            return;
        };
        if self.question.get_value() == 0 {
            self.again(&asked);
        }
        self.question.update_value(|question| *question += 1);
        let question = self.question.get_value();
        navigation::rename(&[&place.base, "search/", &asked.query()].concat());
        self.speaker.set_value(None);
        self.spoken.set(None);
        if asked.words.trim().is_empty() {
            return self.found.set(None);
        }
        let options = asked.options(self.limit.get_value());
        let arguments = vec![place.base.clone(), asked.words, options];
        let called = module::call(place.engine.clone(), "datelineSearch", arguments);
        spawn(async move {
            let answer = called.await;
            // The page may have been turned meanwhile, or something else been asked.
            if self.question.try_get_value() != Some(question) {
                return;
            }
            let found = answer.ok().and_then(|json| Found::read(&json));
            self.failed.set(found.is_none());
            let Some(found) = found else { return };
            let total = found.total;
            if self.sections.with_untracked(Vec::is_empty) {
                self.sections.set(found.sections.clone());
            }
            self.found.set(Some(found));
            let speak = move || {
                self.spoken.try_set(Some(total));
            };
            self.speaker.set_value(Some(timer::after(SPEAK, speak)));
        });
    }
}

impl Default for Finder {
    fn default() -> Self {
        Self::new()
    }
}
