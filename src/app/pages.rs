//! The pages of a prerendered site as the app holds them: fetched ahead, or shown before.
//!
//! A page's own HTML is its data, and its markup is what is shown. What was left is kept with its
//! nodes, so that going back needs no network and no parsing.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use futures_channel::oneshot;
use web_sys::Element;

use crate::page::Island;
use crate::platform::fetch::{Canceller, fetch};
use crate::platform::navigation::is_ours;
use crate::platform::page as document;
use crate::source::{FetchError, Request};

/// Pages kept, the oldest leave first.
const KEPT: usize = 8;

/// A page of this site, ready to be shown.
#[derive(Clone)]
pub struct Ready {
    pub island: Arc<Island>,
    /// An `#app` with the page in it. Showing the page empties it, leaving the page fills another.
    pub inside: Element,
    /// Whether it was shown before: its parts then know their heights.
    pub shown: bool,
    pub head: Rc<document::Head>,
}

/// Why there is no page.
pub enum Missing {
    Fetch(FetchError),
    /// Not a page of this release of the site, or one with a script of its own: the browser should
    /// load it itself.
    Foreign,
}

enum Slot {
    Ready(Ready),
    /// On its way; those who wait are told when it is there.
    Coming(Vec<oneshot::Sender<()>>),
}

thread_local! {
    static PAGES: RefCell<Vec<(String, Slot)>> = const { RefCell::new(Vec::new()) };
}

/// Keeps a page that was shown at a path.
pub fn keep(path: &str, ready: Ready) {
    put(path, Slot::Ready(ready));
}

/// Forgets every page: the site has changed.
pub fn forget() {
    PAGES.with_borrow_mut(Vec::clear);
}

/// The page that was left last.
pub fn last() -> Option<Ready> {
    PAGES.with_borrow(|pages| match pages.last() {
        Some((_, Slot::Ready(ready))) => Some(ready.clone()),
        _ => None,
    })
}

/// Fetches a page ahead. Failures are left to the click.
pub async fn ahead(path: String) {
    if !PAGES.with_borrow(|pages| pages.iter().any(|(own, _)| *own == path)) {
        let _ = load(&path, &Canceller::new()).await;
    }
}

/// The page of a path: kept, on its way, or fetched now. It leaves the store with its nodes.
pub async fn get(path: &str, canceller: &Canceller) -> Result<Ready, Missing> {
    let path = path.split('#').next().unwrap_or_default();
    if let Some(receive) = wait_for(path) {
        let _ = receive.await;
    }
    match take(path) {
        Some(ready) => Ok(ready),
        None => {
            load(path, canceller).await?;
            take(path).ok_or(Missing::Foreign)
        }
    }
}

/// Somebody is fetching this path already: the end of it.
fn wait_for(path: &str) -> Option<oneshot::Receiver<()>> {
    PAGES.with_borrow_mut(
        |pages| match pages.iter_mut().find(|(own, _)| own == path) {
            Some((_, Slot::Coming(waiting))) => {
                let (send, receive) = oneshot::channel();
                waiting.push(send);
                Some(receive)
            }
            _ => None,
        },
    )
}

fn take(path: &str) -> Option<Ready> {
    PAGES.with_borrow_mut(|pages| {
        let found = |(own, slot): &(String, Slot)| own == path && matches!(slot, Slot::Ready(_));
        match pages.remove(pages.iter().position(found)?).1 {
            Slot::Ready(ready) => Some(ready),
            Slot::Coming(_) => None,
        }
    })
}

async fn load(path: &str, canceller: &Canceller) -> Result<(), Missing> {
    put(path, Slot::Coming(Vec::new()));
    let outcome = read(path, canceller).await;
    let waiting = PAGES.with_borrow_mut(|pages| {
        let at = pages.iter().position(|(own, _)| own == path)?;
        match pages.remove(at).1 {
            Slot::Coming(waiting) => Some(waiting),
            Slot::Ready(_) => None,
        }
    });
    let outcome = outcome.map(|ready| put(path, Slot::Ready(ready)));
    for waiter in waiting.into_iter().flatten() {
        let _ = waiter.send(());
    }
    outcome
}

async fn read(path: &str, canceller: &Canceller) -> Result<Ready, Missing> {
    let answer = fetch(&Request::get(path), canceller)
        .await
        .map_err(Missing::Fetch)?;
    if answer.status >= 500 {
        // A host in trouble has no page to leave for.
        return Err(Missing::Fetch(FetchError::Unreachable {
            url: path.to_owned(),
            detail: answer.status.to_string(),
        }));
    }
    if !is_ours(&answer.url) {
        return Err(Missing::Foreign);
    }
    let document = document::parse(&answer.body).ok_or(Missing::Foreign)?;
    let island = document::island(&document).ok_or(Missing::Foreign)?;
    if document::has_own_script(&document) {
        return Err(Missing::Foreign);
    }
    let island = Island::read(&island).ok_or(Missing::Foreign)?;
    let inside = document::app_of(&document).ok_or(Missing::Foreign)?;
    Ok(Ready {
        island: Arc::new(island),
        inside,
        shown: false,
        head: Rc::new(document::head_of(&document)),
    })
}

fn put(path: &str, slot: Slot) {
    PAGES.with_borrow_mut(|pages| {
        pages.retain(|(own, _)| own != path);
        pages.push((path.to_owned(), slot));
        let over = pages
            .iter()
            .filter(|(_, slot)| matches!(slot, Slot::Ready(_)))
            .count();
        if over > KEPT
            && let Some(oldest) = pages.iter().position(|(_, s)| matches!(s, Slot::Ready(_)))
        {
            pages.remove(oldest);
        }
    });
}
