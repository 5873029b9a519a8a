//! The pages of a prerendered site as the app holds them: fetched ahead, or shown before.
//!
//! A page's own HTML is its data. What was shown is kept as island and body nodes, so that going
//! back needs no network and no parsing.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use futures_channel::oneshot;
use web_sys::Element;

use crate::page::{Page, VERSION};
use crate::platform::fetch::{Canceller, fetch};
use crate::platform::page as document;
use crate::source::{FetchError, Request};

/// Pages kept, the oldest leave first.
const KEPT: usize = 8;

/// A page of this site, ready to be shown.
#[derive(Clone)]
pub struct Ready {
    pub page: Arc<Page>,
    pub body: Option<Element>,
    pub head: Rc<document::Head>,
}

/// Why there is no page.
pub enum Missing {
    Fetch(FetchError),
    /// Not a page of this release of the site: the browser should load it itself.
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

/// Fetches a page ahead. Failures are left to the click.
pub async fn ahead(path: String) {
    if !PAGES.with_borrow(|pages| pages.iter().any(|(own, _)| *own == path)) {
        let _ = load(&path, &Canceller::new()).await;
    }
}

/// The page of a path: kept, on its way, or fetched now.
pub async fn get(path: &str, canceller: &Canceller) -> Result<Ready, Missing> {
    let path = path.split('#').next().unwrap_or_default();
    let waiting = PAGES.with_borrow_mut(|pages| {
        match pages
            .iter_mut()
            .find(|(own, _)| own == path)
            .map(|(_, slot)| slot)
        {
            Some(Slot::Ready(ready)) => Some(Ok(ready.clone())),
            Some(Slot::Coming(waiting)) => {
                let (send, receive) = oneshot::channel();
                waiting.push(send);
                Some(Err(receive))
            }
            None => None,
        }
    });
    match waiting {
        Some(Ok(ready)) => return Ok(ready),
        Some(Err(receive)) => {
            let _ = receive.await;
            let found = PAGES.with_borrow(|pages| {
                pages.iter().find_map(|(own, slot)| match slot {
                    Slot::Ready(ready) if own == path => Some(ready.clone()),
                    _ => None,
                })
            });
            if let Some(ready) = found {
                return Ok(ready);
            }
        }
        None => {}
    }
    load(path, canceller).await
}

async fn load(path: &str, canceller: &Canceller) -> Result<Ready, Missing> {
    put(path, Slot::Coming(Vec::new()));
    let outcome = read(path, canceller).await;
    let waiting = PAGES.with_borrow_mut(|pages| {
        let at = pages.iter().position(|(own, _)| own == path)?;
        match pages.remove(at).1 {
            Slot::Coming(waiting) => Some(waiting),
            Slot::Ready(_) => None,
        }
    });
    if let Ok(ready) = &outcome {
        put(path, Slot::Ready(ready.clone()));
    }
    for waiter in waiting.into_iter().flatten() {
        let _ = waiter.send(());
    }
    outcome
}

async fn read(path: &str, canceller: &Canceller) -> Result<Ready, Missing> {
    let answer = fetch(&Request::get(path), canceller)
        .await
        .map_err(Missing::Fetch)?;
    let document = document::parse(&answer.body).ok_or(Missing::Foreign)?;
    let island = document::island(&document).ok_or(Missing::Foreign)?;
    let page: Page = serde_json::from_str(&island).map_err(|_| Missing::Foreign)?;
    if page.version != VERSION {
        return Err(Missing::Foreign);
    }
    let body = document::body_of(&document);
    Ok(Ready {
        page: Arc::new(page),
        body,
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
