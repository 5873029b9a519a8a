//! The comments under one story: loaded when they come near, ordered as the reader likes.

use std::sync::Arc;

use leptos::prelude::*;

use crate::platform::{events, spawn};
use crate::source::SourceError;
use crate::source::comments::{Threaded, read_thread, thread, thread_pages, thread_request};
use crate::source::{Comment, FetchError, Request, Response};

/// More pages than these are not fetched: the thread then ends with a link to the original.
const MOST_PAGES: u32 = 10;

/// What is known of a thread.
#[derive(Clone)]
pub enum Load {
    Waiting,
    Loading,
    Ready(Arc<Vec<Comment>>),
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
    pub fn start(self, element: &str, url: String) {
        // The watcher ends by itself after the first sight.
        drop(events::on_near(element, move || self.fetch(url)));
    }

    /// Loads the thread now.
    pub fn fetch(self, url: String) {
        self.load.try_set(Load::Loading);
        spawn(async move {
            let load = match read(&url).await {
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
            Load::Ready(comments) => thread(comments.to_vec(), self.newest_first.get()),
            _ => Vec::new(),
        }
    }
}

impl Default for Thread {
    fn default() -> Self {
        Self::new()
    }
}

async fn read(url: &str) -> Result<Vec<Comment>, SourceError> {
    let mut comments = Vec::new();
    let mut page = 1;
    while let Some(request) = thread_request(url, page).filter(|_| page <= MOST_PAGES) {
        let answer = send(request).await?;
        comments.extend(read_thread(&answer)?);
        if page >= thread_pages(&answer) {
            break;
        }
        page += 1;
    }
    Ok(comments)
}

#[cfg(target_arch = "wasm32")]
async fn send(request: Request) -> Result<Response, FetchError> {
    use crate::platform::fetch::{Canceller, fetch};

    fetch(&request, &Canceller::new()).await
}

/// A machine that renders pages does not wait for comments.
#[cfg(not(target_arch = "wasm32"))]
async fn send(request: Request) -> Result<Response, FetchError> {
    Err(FetchError::Unreachable {
        url: request.url,
        detail: String::new(),
    })
}
