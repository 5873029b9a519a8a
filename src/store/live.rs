//! A live story that is being read: asks for newer updates now and then, keeps them until the reader
//! wants them, and puts them into the page.

use leptos::prelude::*;

use crate::page::live::{Entry, Living, News};
use crate::strings::Strings;

/// What is known of a story's newer updates.
#[derive(Clone, Copy)]
pub struct Watch {
    /// Updates that have come and are not in the page yet.
    pub news: RwSignal<News>,
    /// How many there were when they were first told of; 0 when there is nothing to tell.
    pub said: RwSignal<u64>,
    pub ended: RwSignal<bool>,
}

impl Watch {
    pub fn new() -> Self {
        Self {
            news: RwSignal::new(News::default()),
            said: RwSignal::new(0),
            ended: RwSignal::new(false),
        }
    }

    /// Asks from now on, for as long as the page is open and the story goes on.
    #[cfg(target_arch = "wasm32")]
    pub fn start(self, living: Living) {
        // Kept by the part: when its page is left, nothing asks any more.
        StoredValue::new_local(asking::start(self, living));
    }

    /// A machine that renders pages asks nobody.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn start(self, _: Living) {}

    /// Puts what has come into the page, and leads there; the key events among it.
    #[cfg(target_arch = "wasm32")]
    pub fn show(self, strings: &Strings) -> Vec<Entry> {
        let news = self.news.get_untracked();
        self.said.set(0);
        self.news.set(News::default());
        asking::show(&news.updates, strings)
    }

    #[cfg(not(target_arch = "wasm32"))]
    pub fn show(self, _: &Strings) -> Vec<Entry> {
        Vec::new()
    }
}

impl Default for Watch {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(target_arch = "wasm32")]
mod asking {
    use std::cell::{Cell, RefCell};
    use std::rc::{Rc, Weak};

    use leptos::prelude::*;

    use super::Watch;
    use crate::html::{self, update_id};
    use crate::model::{Body, Instant, Live, LiveUpdate};
    use crate::page::live::{Entry, Living, news, silent, wait};
    use crate::platform::events::{self, Listener};
    use crate::platform::fetch::{Canceller, fetch};
    use crate::platform::{HOST, body, clock, live as page, moment, prefetch, spawn, timer};
    use crate::source::{Request, Response, SourceError, live as wire};
    use crate::strings::Strings;

    /// The first question: a page may come from a cache, or from an older build.
    const FIRST: u32 = 10_000;

    /// The questions of one page.
    pub struct Asking {
        watch: Watch,
        url: String,
        newest: Cell<Option<Instant>>,
        failures: Cell<u32>,
        over: Cell<bool>,
        /// When the next question is due, by the reader's clock.
        due: Cell<u64>,
        timer: RefCell<Option<timer::Timer>>,
        canceller: Canceller,
        listening: RefCell<Vec<Listener>>,
    }

    impl Drop for Asking {
        fn drop(&mut self) {
            self.canceller.cancel();
        }
    }

    pub fn start(watch: Watch, living: Living) -> Rc<Asking> {
        let asking = Rc::new(Asking {
            watch,
            url: living.url,
            newest: Cell::new(living.newest),
            failures: Cell::new(0),
            over: Cell::new(false),
            due: Cell::new(0),
            timer: RefCell::default(),
            canceller: Canceller::new(),
            listening: RefCell::default(),
        });
        let again = Rc::downgrade(&asking);
        let back = move || {
            if let Some(asking) = again.upgrade() {
                asking.look();
            }
        };
        let mut listening = events::on_return(back.clone());
        listening.extend(events::on_online(back));
        asking.listening.replace(listening);
        asking.later(FIRST);
        asking
    }

    impl Asking {
        fn later(self: &Rc<Self>, milliseconds: u32) {
            self.due.set(timer::millis() + u64::from(milliseconds));
            let again: Weak<Self> = Rc::downgrade(self);
            let timer = timer::after(milliseconds, move || {
                if let Some(asking) = again.upgrade() {
                    asking.look();
                }
            });
            self.timer.replace(Some(timer));
        }

        /// Asks if it is time. Nobody asks for a page that is not seen (it is looked at again when
        /// it is), for a reader who saves data, or for a story that has gone silent.
        fn look(self: &Rc<Self>) {
            let early = timer::millis() < self.due.get();
            if early || self.over.get() || page::hidden() || prefetch::frugal() {
                return;
            }
            if silent(self.newest.get(), clock::now()) {
                return;
            }
            // Whatever becomes of this question, no other is asked beside it.
            self.due.set(u64::MAX);
            let asking = self.clone();
            spawn(async move {
                let answer = fetch(&Request::get(asking.url.clone()), &asking.canceller).await;
                if asking.canceller.cancelled() {
                    return;
                }
                let mut rest = None;
                let live = answer.map_err(SourceError::from).and_then(|response| {
                    rest = asked_rest(&response);
                    wire::read(response)
                });
                asking.failures.set(match &live {
                    Ok(_) => 0,
                    Err(_) => asking.failures.get() + 1,
                });
                match live {
                    Ok(live) => asking.take(&live),
                    Err(SourceError::Withdrawn) => asking.over.set(true),
                    Err(_) => {}
                }
                asking.later(wait(asking.failures.get(), rest, timer::chance()));
            });
        }

        fn take(&self, live: &Live) {
            let found = news(live, |update| {
                update_id(&update.id).is_none_or(|id| page::present(&id))
            });
            let times = live.updates.iter().filter_map(|update| update.published);
            let newest = times.chain(self.newest.get()).max_by_key(|at| at.epoch);
            self.newest.set(newest);
            let known = self.watch.news.try_get_untracked();
            if known.is_some_and(|known| known != found) {
                if self.watch.said.try_get_untracked() == Some(0) {
                    self.watch.said.try_set(found.updates.len() as u64);
                }
                self.watch.news.try_set(found);
            }
            if live.ended {
                self.over.set(true);
                self.watch.ended.try_set(true);
            }
        }
    }

    /// Seconds that a host asks to be left alone for: a number, or until a date.
    fn asked_rest(response: &Response) -> Option<u64> {
        let text = response.header("retry-after")?.trim();
        let until = || Instant::parse(text).map(|at| at.epoch - clock::now().epoch);
        let seconds = text.parse().ok().or_else(until)?;
        u64::try_from(seconds).ok()
    }

    /// Cleans updates as the untrusted HTML they are, and builds them node by node.
    pub fn show(updates: &[LiveUpdate], strings: &Strings) -> Vec<Entry> {
        let here = page::address();
        let context = html::Context::new(&HOST, Some(&here));
        let cleaned = html::clean_live(&Body::Absent, updates, &context);
        let options = html::WriteOptions {
            strings,
            moment,
            comment: false,
        };
        let told: Vec<Entry> = html::updates(&cleaned.blocks).map(Entry::of).collect();
        if let Some(words) = body::detached(&cleaned.blocks, &options) {
            page::put_updates(words, told.first().map_or("", |update| &*update.id));
        }
        told.into_iter().filter(|update| update.key).collect()
    }
}
