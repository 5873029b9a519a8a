//! The running app, in the reader's browser: hydrates or mounts the first page, then takes over
//! navigation. Above views and store; `bin/app.rs` only calls [`start`].
//!
//! Each page is a mount of its own: navigation drops the old one and replaces the root's content,
//! so a page that a translator or an extension altered cannot keep an old headline.

use std::cell::RefCell;
use std::sync::Arc;

use leptos::prelude::*;
use send_wrapper::SendWrapper;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlElement;

use crate::head;
use crate::page::{Content, Page, Problem, VERSION};
use crate::platform::fetch::{Canceller, fetch};
use crate::platform::navigation::{self, Cause};
use crate::platform::page as document;
use crate::route::Route;
use crate::source::Request;
use crate::store::Store;
use crate::strings::Strings;
use crate::view::{self, BodySource, Cx};

/// What lives as long as the visit.
struct App {
    root: HtmlElement,
    strings: Arc<Strings>,
    /// The page being shown, and what unmounts it.
    shown: Option<(Arc<Page>, Box<dyn FnOnce()>)>,
    /// Reads the source itself; `None` on prerendered sites, whose pages are their own data.
    store: Option<Arc<Store>>,
    canceller: Canceller,
}

thread_local! {
    static APP: RefCell<Option<App>> = const { RefCell::new(None) };
}

/// Starts the app. What cannot start leaves the page as it is and says why in the console.
pub fn start() {
    spawn_local(async {
        if let Err(reason) = run().await {
            leptos::logging::error!("Dateline: {reason}");
        }
    });
}

async fn run() -> Result<(), String> {
    let root = document::root().ok_or("there is no #app on this page")?;
    let strings = strings(&root).await?;
    let page = document::document().as_ref().and_then(document::island);
    let page: Option<Page> = match page {
        Some(text) => Some(serde_json::from_str(&text).map_err(|error| error.to_string())?),
        None => None,
    };
    let Some(page) = page else {
        return open_shell(root, strings).await;
    };
    let base = page.site.base.clone();
    let page = Arc::new(page);
    let cx = Cx {
        page: page.clone(),
        strings: strings.clone(),
        body: BodySource::Present,
    };
    let here = root.get_attribute("data-route");
    let intended =
        page.version == VERSION && here.as_deref() == Some(page.route.href(&page.site).as_str());
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
    keep(root, strings, None, page, Box::new(move || drop(handle)));
    navigation::listen(base, go);
    Ok(())
}

/// The texts of the interface: the address stands on the root, so that only one is loaded.
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
    let (store, first) = Store::open(&strings.language, &canceller).await;
    let (page, body) = match (&store, first) {
        (Some(store), _) => {
            let route = Route::parse(store.site(), &navigation::current());
            store.load(route, &navigation::current(), &canceller).await
        }
        (None, page) => (page, BodySource::Present),
    };
    let base = page.site.base.clone();
    APP.set(Some(App {
        root,
        strings,
        shown: None,
        store: store.map(Arc::new),
        canceller,
    }));
    show(page, body, None);
    navigation::listen(base, go);
    Ok(())
}

fn keep(
    root: HtmlElement,
    strings: Arc<Strings>,
    store: Option<Arc<Store>>,
    page: Arc<Page>,
    unmount: Box<dyn FnOnce()>,
) {
    document::announce(&navigation::current(), &head::title(&page, &strings));
    let shown = Some((page, unmount));
    APP.set(Some(App {
        root,
        strings,
        shown,
        store,
        canceller: Canceller::new(),
    }));
}

/// Goes to a path of this site. A newer call cancels an older one that is still loading.
fn go(path: String, cause: Cause) {
    let canceller = Canceller::new();
    let store = APP.with_borrow_mut(|app| {
        let app = app.as_mut()?;
        app.canceller.cancel();
        app.canceller = canceller.clone();
        Some(app.store.clone())
    });
    let Some(store) = store else { return };
    spawn_local(async move {
        match store {
            Some(store) => {
                let route = Route::parse(store.site(), &path);
                let (page, body) = store.load(route, &path, &canceller).await;
                if !canceller.cancelled() {
                    show(page, body, Some(cause));
                }
            }
            None => turn(path, cause, &canceller).await,
        }
    });
}

/// Shows a prerendered page of this site from its own HTML.
async fn turn(path: String, cause: Cause, canceller: &Canceller) {
    let answer = fetch(&Request::get(path.as_str()), canceller).await;
    if canceller.cancelled() {
        return;
    }
    let Ok(answer) = answer else {
        let problem = Problem {
            text: "problem_unreachable".into(),
            retry: true,
            ..Problem::default()
        };
        return show_here(Content::Problem(problem), cause);
    };
    let fetched = document::parse(&String::from_utf8_lossy(&answer.body));
    let page = fetched
        .as_ref()
        .and_then(document::island)
        .and_then(|text| serde_json::from_str::<Page>(&text).ok())
        .filter(|page| page.version == VERSION);
    let (Some(fetched), Some(page)) = (fetched, page) else {
        // Not a page of ours, or of another release: the browser loads it itself.
        if let Some(window) = web_sys::window() {
            let _ = window.location().assign(&path);
        }
        return;
    };
    let body = match document::body_of(&fetched) {
        Some(body) => BodySource::Adopted(SendWrapper::new(body)),
        None => BodySource::Present,
    };
    show(page, body, Some(cause));
    document::adopt_head(&fetched);
}

/// Shows something of our own at the current address, on the site of the page before.
fn show_here(content: Content, cause: Cause) {
    let page = APP.with_borrow(|app| {
        let (shown, _) = app.as_ref()?.shown.as_ref()?;
        let route = Route::parse(&shown.site, &navigation::current());
        Some(Page {
            route,
            content,
            ..(**shown).clone()
        })
    });
    if let Some(page) = page {
        show(page, BodySource::Present, Some(cause));
    }
}

/// Replaces what is shown.
fn show(page: Page, body: BodySource, cause: Option<Cause>) {
    let page = Arc::new(page);
    let title = APP.with_borrow_mut(|app| {
        let app = app.as_mut()?;
        if let Some((_, unmount)) = app.shown.take() {
            unmount();
        }
        app.root.set_text_content(None);
        let _ = app
            .root
            .set_attribute("data-route", &page.route.href(&page.site));
        let cx = Cx {
            page: page.clone(),
            strings: app.strings.clone(),
            body,
        };
        let handle = leptos::mount::mount_to(app.root.clone(), move || view::page(&cx));
        app.shown = Some((page.clone(), Box::new(move || drop(handle))));
        Some(head::title(&page, &app.strings))
    });
    let Some(title) = title else { return };
    document::set_head(&title, &page.site.language, page.site.direction.as_str());
    if let Some(cause) = cause {
        navigation::arrive(cause);
    }
    document::announce(&navigation::current(), &title);
}
