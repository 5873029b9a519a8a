//! The running app, in the reader's browser: hydrates or mounts the first page, then takes over
//! navigation. Above views and store; `bin/app.rs` only calls [`start`].
//!
//! Each page is a mount of its own: navigation drops the old one and replaces the root's content,
//! so a page that a translator or an extension altered cannot keep an old headline.

mod fresh;
mod pages;

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use send_wrapper::SendWrapper;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlElement;

use crate::head;
use crate::page::{Content, Page, Problem, VERSION};
use crate::platform::fetch::{Canceller, fetch};
use crate::platform::navigation::{self, Cause};
use crate::platform::{page as document, prefetch};
use crate::route::Route;
use crate::source::Request;
use crate::store::Store;
use crate::strings::Strings;
use crate::view::{self, BodySource, Cx};

/// What lives as long as the visit.
struct App {
    root: HtmlElement,
    strings: Arc<Strings>,
    shown: Option<Shown>,
    /// Reads the source itself; `None` on prerendered sites, whose pages are their own data.
    store: Option<Arc<Store>>,
    canceller: Canceller,
}

/// The page being shown.
struct Shown {
    page: Arc<Page>,
    /// Path and query it was opened at.
    path: String,
    unmount: Box<dyn FnOnce()>,
}

thread_local! {
    static APP: RefCell<Option<App>> = const { RefCell::new(None) };
}

/// Starts the app. What cannot start leaves the page as it is and says why in the console.
pub fn start() {
    // A trap ends the app, never the page: its text stays, and the console says what happened.
    std::panic::set_hook(Box::new(|info| leptos::logging::error!("Dateline: {info}")));
    spawn_local(async {
        if let Err(reason) = run().await {
            leptos::logging::error!("Dateline: {reason}");
        }
    });
}

async fn run() -> Result<(), String> {
    let root = document::root().ok_or("there is no #app on this page")?;
    let strings = strings(&root).await?;
    let island = document::document().as_ref().and_then(document::island);
    let Some(island) = island else {
        return open_shell(root, strings).await;
    };
    let page: Page = serde_json::from_str(&island).map_err(|error| error.to_string())?;
    let page = Arc::new(page);
    let cx = Cx {
        page: page.clone(),
        strings: strings.clone(),
        body: BodySource::Present,
    };
    let href = page.route.href(&page.site);
    let intended = page.version == VERSION && root.get_attribute("data-route") == Some(href);
    let nodes = root
        .get_attribute("data-nodes")
        .and_then(|nodes| nodes.parse::<u32>().ok());
    if !intended || nodes != Some(document::count_nodes(&root)) {
        // Altered before start: links stay ordinary links, the reader's form comes alive alone.
        view::parts::comment_form::mount_alone(&cx);
        document::came_alive(&root);
        return Ok(());
    }
    let handle = leptos::mount::hydrate_from(root.clone(), move || view::page(&cx));
    document::came_alive(&root);
    let title = head::title(&page, &strings);
    let base = page.site.base.clone();
    let shown = Shown {
        page,
        path: here(),
        unmount: Box::new(move || drop(handle)),
    };
    let canceller = Canceller::new();
    APP.set(Some(App {
        root,
        strings: strings.clone(),
        shown: Some(shown),
        store: None,
        canceller,
    }));
    navigation::listen(base.clone(), go);
    prefetch::watch(base, |path| spawn_local(pages::ahead(path)));
    document::announce(&here(), &title);
    fresh::watch(strings, || {
        APP.with_borrow(|app| app.as_ref()?.shown.as_ref().map(|shown| shown.page.clone()))
    });
    Ok(())
}

/// The texts of the interface: their address stands on the root, so that only one is loaded.
async fn strings(root: &HtmlElement) -> Result<Arc<Strings>, String> {
    let url = root
        .get_attribute("data-strings")
        .unwrap_or_else(|| "/app/locales/en.json".into());
    let answer = fetch(&Request::get(url), &Canceller::new()).await;
    let answer = answer.map_err(|error| error.to_string())?;
    let language = document::document()
        .and_then(|document| document.document_element())
        .and_then(|html| html.get_attribute("lang"))
        .filter(|language| !language.is_empty())
        .unwrap_or_else(|| "en".into());
    let text = String::from_utf8_lossy(&answer.body);
    Strings::parse(&language, &text).map(Arc::new)
}

/// An empty shell: the site and its stories are read from their source.
async fn open_shell(root: HtmlElement, strings: Arc<Strings>) -> Result<(), String> {
    document::came_alive(&root);
    let canceller = Canceller::new();
    let (store, problem) = Store::open(&strings.language, &canceller).await;
    let (page, body) = match &store {
        Some(store) => {
            let route = Route::parse(store.site(), &navigation::current());
            store.load(route, &canceller).await
        }
        None => (problem, BodySource::Present),
    };
    let base = page.site.base.clone();
    let store = store.map(Arc::new);
    APP.set(Some(App {
        root,
        strings,
        shown: None,
        store,
        canceller,
    }));
    show(page.into(), body, None, None);
    navigation::listen(base, go);
    Ok(())
}

/// Path and query of the current address.
fn here() -> String {
    let path = navigation::current();
    path.split('#').next().unwrap_or_default().to_owned()
}

/// Goes to a path of this site. A newer call cancels an older one that is still loading.
fn go(path: String, cause: Cause) {
    let same = APP.with_borrow(|app| {
        let shown = app.as_ref().and_then(|app| app.shown.as_ref());
        shown.is_some_and(|shown| shown.path == path.split('#').next().unwrap_or_default())
    });
    if same && cause != Cause::Link {
        // Only the fragment changed: the page stays, the reader's place comes back.
        return navigation::arrive(cause);
    }
    let canceller = Canceller::new();
    let store = APP.with_borrow_mut(|app| {
        let app = app.as_mut()?;
        app.canceller.cancel();
        app.canceller = canceller.clone();
        let _ = app.root.set_attribute("aria-busy", "true");
        Some(app.store.clone())
    });
    let Some(store) = store else { return };
    spawn_local(async move {
        match store {
            Some(store) => {
                let route = Route::parse(store.site(), &path);
                let (page, body) = store.load(route, &canceller).await;
                if !canceller.cancelled() {
                    show(page.into(), body, None, Some(cause));
                }
            }
            None => turn(path, cause, &canceller).await,
        }
    });
}

/// Shows a prerendered page of this site from its own HTML.
async fn turn(path: String, cause: Cause, canceller: &Canceller) {
    let found = pages::get(&path, canceller).await;
    if canceller.cancelled() {
        return;
    }
    match found {
        Ok(ready) => {
            let body = match ready.body {
                Some(body) => BodySource::Adopted(SendWrapper::new(body)),
                None => BodySource::Present,
            };
            show(ready.page, body, Some(ready.head), Some(cause));
        }
        // Another release, or no page of ours: the browser loads it itself.
        Err(pages::Missing::Foreign) => document::leave_for(&path),
        Err(pages::Missing::Fetch(error)) => {
            leptos::logging::error!("Dateline: {error}");
            unreachable(cause);
        }
    }
}

/// The address cannot be reached: said in place, on the site of the page before.
fn unreachable(cause: Cause) {
    let page = APP.with_borrow(|app| {
        let shown = app.as_ref()?.shown.as_ref()?;
        let route = Route::parse(&shown.page.site, &navigation::current());
        let problem = Problem {
            text: "problem_unreachable".into(),
            retry: true,
            ..Problem::default()
        };
        let content = Content::Problem(problem);
        Some(Page {
            route,
            content,
            ..(*shown.page).clone()
        })
    });
    if let Some(page) = page {
        show(page.into(), BodySource::Present, None, Some(cause));
    }
}

/// Replaces what is shown. The page before is kept for going back, its body's nodes included.
fn show(page: Arc<Page>, body: BodySource, head: Option<Rc<document::Head>>, cause: Option<Cause>) {
    let title = APP.with_borrow_mut(|app| {
        let app = app.as_mut()?;
        if let Some(shown) = app.shown.take() {
            if app.store.is_none() && !matches!(shown.page.content, Content::Problem(_)) {
                keep(&shown);
            }
            (shown.unmount)();
        }
        app.root.set_text_content(None);
        let _ = app.root.remove_attribute("aria-busy");
        let _ = app
            .root
            .set_attribute("data-route", &page.route.href(&page.site));
        let cx = Cx {
            page: page.clone(),
            strings: app.strings.clone(),
            body,
        };
        let title = head::title(&page, &app.strings);
        let handle = leptos::mount::mount_to(app.root.clone(), move || view::page(&cx));
        app.shown = Some(Shown {
            page: page.clone(),
            path: here(),
            unmount: Box::new(move || drop(handle)),
        });
        Some(title)
    });
    let Some(title) = title else { return };
    match head {
        Some(head) => document::put_head(&head),
        None => document::set_head(&title, &page.site.language, page.site.direction.as_str()),
    }
    prefetch::reset();
    fresh::clear();
    if let Some(cause) = cause {
        navigation::arrive(cause);
    }
    document::announce(&here(), &title);
}

fn keep(shown: &Shown) {
    let Some(document) = document::document() else {
        return;
    };
    let ready = pages::Ready {
        page: shown.page.clone(),
        body: document::body_of(&document),
        head: Rc::new(document::head_of(&document)),
    };
    pages::keep(&shown.path, ready);
}
