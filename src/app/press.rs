//! The press: the bundle that makes pages in the browser, where none was prerendered.
//!
//! An empty shell is filled from the site's own source; every view is rendered here. Each page is a
//! mount of its own: navigation drops the old one and replaces the root's content, so a page that a
//! translator or an extension altered cannot keep an old headline. On a prerendered page the press
//! is asked to read comments ([`thread`]) and for the parts of pages that few readers open (`guests`).

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use leptos::mount::UnmountHandle;
use web_sys::HtmlElement;

use super::guests;
use crate::head;
use crate::page::Page;
use crate::platform::fetch::Canceller;
use crate::platform::navigation::{self, Cause, current_page};
use crate::platform::{bundle::Thread, page as document, spawn};
use crate::route::Route;
use crate::store::{Store, outbox, thread as threads, words};
use crate::strings::Strings;
use crate::view::{self, BodySource, Cx, Standing};

/// What lives as long as the visit.
struct Press {
    root: HtmlElement,
    strings: Arc<Strings>,
    shown: Option<Shown>,
    /// `None` where the site's configuration could not be read.
    store: Option<Rc<Store>>,
    canceller: Canceller,
}

/// The page being shown.
struct Shown {
    /// Path and query it was opened at.
    path: String,
    _mounted: UnmountHandle<Standing>,
}

thread_local! {
    static PRESS: RefCell<Option<Press>> = const { RefCell::new(None) };
}

/// Starts the press on an empty shell; a page that was prerendered is the app's.
pub fn start() {
    super::loudly();
    let prerendered = document::document()
        .as_ref()
        .and_then(document::island)
        .is_some();
    if !prerendered {
        spawn(async {
            if let Err(reason) = run().await {
                leptos::logging::error!("Dateline: {reason}");
            }
        });
    }
}

/// The comments at an address, for the app: read, cleaned, and made nodes.
///
/// # Errors
/// The source's own, in words for the console.
pub async fn thread(url: String, story: Option<String>) -> Result<Thread, String> {
    words::read(guests::texts().await?, url, story).await
}

async fn run() -> Result<(), String> {
    let root = document::root().ok_or("there is no #app on this page")?;
    let strings = guests::texts().await?;
    threads::read_with(|url, story| Box::pin(thread(url, story)));
    document::came_alive(&root);
    let canceller = Canceller::new();
    let base = root.get_attribute("data-base");
    let base = base.as_deref().unwrap_or("/");
    let (store, problem) = Store::open(base, &strings.language, &canceller).await;
    let store = store.map(Rc::new);
    let (page, body) = match &store {
        Some(store) => {
            let route = Route::parse(&store.site(), &navigation::current());
            store.load(route, &canceller).await
        }
        None => (problem, BodySource::Present),
    };
    let base = page.site.base.clone();
    PRESS.set(Some(Press {
        root,
        strings,
        shown: None,
        store,
        canceller,
    }));
    show(page.into(), body, None);
    navigation::listen(base, go);
    Ok(())
}

/// Goes to a path of this site. A newer call cancels an older one that is still loading.
fn go(path: String, cause: Cause) {
    if cause == Cause::Link {
        navigation::enter(&path);
    }
    let canceller = Canceller::new();
    let (stays, store) = PRESS
        .with_borrow_mut(|press| {
            let press = press.as_mut()?;
            press.canceller.cancel();
            press.canceller = canceller.clone();
            let shown = press.shown.as_ref().map(|shown| shown.path.as_str());
            let stays = super::stays(&press.root, shown, &path, cause);
            Some((stays, press.store.clone()))
        })
        .unwrap_or_default();
    if stays {
        return navigation::arrive(cause, &path);
    }
    let Some(store) = store else {
        return document::leave_for(&path);
    };
    spawn(async move {
        let route = Route::parse(&store.site(), &path);
        let (page, body) = store.load(route, &canceller).await;
        if !canceller.cancelled() {
            show(page.into(), body, Some(cause));
        }
    });
}

/// Replaces what is shown.
fn show(page: Arc<Page>, body: BodySource, cause: Option<Cause>) {
    let cx = PRESS.with_borrow_mut(|press| {
        let press = press.as_mut()?;
        // Dropped first: forms store their last words while they still stand in the document.
        press.shown = None;
        press.root.set_text_content(None);
        let _ = press.root.remove_attribute("aria-busy");
        let href = page.route.href(&page.site);
        let _ = press.root.set_attribute("data-route", &href);
        Some((
            Cx::new(page.clone(), press.strings.clone(), body),
            press.root.clone(),
        ))
    });
    let Some((cx, root)) = cx else { return };
    outbox::open(&cx.island);
    let title = head::title(&page, &cx.strings);
    let mounted = leptos::mount::mount_to(root, move || view::page(&cx));
    PRESS.with_borrow_mut(|press| {
        let Some(press) = press else { return };
        press.shown = Some(Shown {
            path: current_page(),
            _mounted: mounted,
        });
    });
    document::set_head(&title, &page.site.language, page.site.direction.as_str());
    if let Some(cause) = cause {
        navigation::arrive(cause, &navigation::current());
    }
    document::announce(&current_page(), &title);
}
