//! The comments under one story: loaded when they come near, ordered as the reader likes.

use std::cell::Cell;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use leptos::prelude::*;

use crate::platform::bundle::{Thread as Comments, Words};
use crate::platform::{events, spawn};
use crate::source::Comment;
use crate::source::comments::{Threaded, thread};

/// How this bundle reads a thread and cleans its words.
type Reading = Pin<Box<dyn Future<Output = Result<Comments, String>>>>;
type Reader = fn(url: String, story: Option<String>) -> Reading;

thread_local! {
    static READER: Cell<Option<Reader>> = const { Cell::new(None) };
}

/// Sets how threads are read: by this bundle itself, or by the other one.
pub fn read_with(reader: Reader) {
    READER.set(Some(reader));
}

/// What is known of a thread.
#[derive(Clone)]
pub enum Load {
    Waiting,
    Loading,
    Ready(Arc<Comments>),
    Failed,
}

/// A thread on its page.
#[derive(Clone, Copy)]
pub struct Thread {
    pub load: RwSignal<Load>,
    pub newest_first: RwSignal<bool>,
}

impl Thread {
    pub fn new() -> Self {
        Self {
            load: RwSignal::new(Load::Waiting),
            newest_first: RwSignal::new(false),
        }
    }

    /// Loads the thread once the element with an id comes near.
    pub fn start(self, element: &str, url: String, story: Option<String>) {
        // The watcher ends by itself after the first sight.
        drop(events::on_near(element, move || self.fetch(url, story)));
    }

    /// Loads the thread now.
    pub fn fetch(self, url: String, story: Option<String>) {
        let Some(read) = READER.get() else { return };
        self.load.try_set(Load::Loading);
        spawn(async move {
            let load = match read(url, story).await {
                Ok(comments) => Load::Ready(Arc::new(comments)),
                Err(error) => {
                    leptos::logging::error!("Dateline: comments: {error}");
                    Load::Failed
                }
            };
            self.load.try_set(load);
        });
    }

    /// The comments in reading order.
    pub fn ordered(self) -> Vec<Threaded> {
        match self.load.get() {
            Load::Ready(comments) => {
                let comments: Vec<Comment> = comments
                    .iter()
                    .map(|(comment, _)| comment.clone())
                    .collect();
                thread(comments, self.newest_first.get())
            }
            _ => Vec::new(),
        }
    }

    /// The cleaned words of a comment: nodes in a browser, nothing elsewhere.
    #[allow(clippy::clone_on_copy)]
    pub fn words(self, id: &str) -> Option<Words> {
        self.load.with_untracked(|load| match load {
            Load::Ready(comments) => comments
                .iter()
                .find(|(comment, _)| comment.id == id)
                .map(|(_, words)| words.clone()),
            _ => None,
        })
    }
}

impl Default for Thread {
    fn default() -> Self {
        Self::new()
    }
}
