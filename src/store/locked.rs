//! A story behind a password: asked for with what the reader enters, shown where its text belongs.
//!
//! The password is kept for this visit only, in the tab itself, and sent to nobody but the source.

use std::sync::Arc;

use leptos::prelude::*;

use crate::page::Island;
use crate::platform::{local, spawn};
use crate::strings::Strings;

/// How far the reader has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Door {
    Closed,
    /// The source is being asked.
    Asking,
    /// This password does not fit.
    Wrong,
    /// The source did not answer.
    Failed,
    Open,
}

/// A locked story on its page.
#[derive(Clone)]
pub struct Locked {
    pub door: RwSignal<Door>,
    island: Arc<Island>,
    #[cfg_attr(not(target_arch = "wasm32"), allow(dead_code))]
    strings: Arc<Strings>,
    story: String,
}

impl Locked {
    /// `story` is its id at the source.
    pub fn new(island: Arc<Island>, strings: Arc<Strings>, story: String) -> Self {
        Self {
            door: RwSignal::new(Door::Closed),
            island,
            strings,
            story,
        }
    }

    /// Opens with what was entered earlier in this visit.
    pub fn remember(&self) {
        if let Some(password) = local::recall(&self.note()) {
            self.open(password);
        }
    }

    /// Asks for the story with a password.
    pub fn open(&self, password: String) {
        if password.is_empty() || self.door.get_untracked() == Door::Asking {
            return;
        }
        self.door.set(Door::Asking);
        let this = self.clone();
        spawn(async move {
            let door = unlock(&this, &password).await;
            match door {
                Door::Open => local::note(&this.note(), Some(&password)),
                Door::Wrong => local::note(&this.note(), None),
                _ => {}
            }
            this.door.try_set(door);
        });
    }

    fn note(&self) -> String {
        ["dateline:1:password:", &self.island.base, ":", &self.story].concat()
    }
}

#[cfg(target_arch = "wasm32")]
async fn unlock(locked: &Locked, password: &str) -> Door {
    use crate::source::{FetchError, SourceError};

    let (island, strings) = (&locked.island, &locked.strings);
    let shown = super::reading::unlock(island, strings, &locked.story, password).await;
    match shown {
        Ok(true) => Door::Open,
        Ok(false) | Err(SourceError::Forbidden { .. }) => Door::Wrong,
        // The page was left.
        Err(SourceError::Fetch(FetchError::Aborted)) => Door::Closed,
        Err(error) => {
            leptos::logging::error!("Dateline: {error}");
            Door::Failed
        }
    }
}

/// Nobody enters a password on the publisher's machine.
#[cfg(not(target_arch = "wasm32"))]
async fn unlock(_: &Locked, _: &str) -> Door {
    Door::Closed
}
