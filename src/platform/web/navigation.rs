//! Addresses, history, scroll and focus in the browser: what a router library would do, and no
//! more. Clicks that are not ours (modified, other origins, files, downloads, same-page fragments,
//! other bases) stay the browser's.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Reflect;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{
    Element, HtmlAnchorElement, HtmlElement, MouseEvent, PopStateEvent, ScrollRestoration,
};

/// Why a page is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// A link was followed: a new history entry, focus to the headline, scroll to the top.
    Link,
    /// Back or forward: scroll and focus come back from the entry with this number.
    History(u32),
}

type Handler = Rc<dyn Fn(String, Cause)>;

thread_local! {
    static STATE: RefCell<State> = const { RefCell::new(State { entry: 0, newest: 0, kept: Vec::new() }) };
}

/// Where the reader was on each entry of this visit.
struct State {
    entry: u32,
    newest: u32,
    kept: Vec<Kept>,
}

#[derive(Clone)]
struct Kept {
    entry: u32,
    scroll: (f64, f64),
    /// The `href` of the link that was followed.
    focus: Option<String>,
}

/// The path, query and fragment of the current address.
pub fn current() -> String {
    let Some(location) = web_sys::window().map(|window| window.location()) else {
        return "/".into();
    };
    let mut path = location.pathname().unwrap_or_else(|_| "/".into());
    path.push_str(&location.search().unwrap_or_default());
    path.push_str(&location.hash().unwrap_or_default());
    path
}

/// Calls `go` with a path and its cause whenever the reader follows a link within `base` or moves
/// through history. Where a link leads to is the address of the page once `go` calls [`enter`].
pub fn listen(base: String, go: impl Fn(String, Cause) + 'static) {
    let Some(window) = web_sys::window() else {
        return;
    };
    let go: Handler = Rc::new(go);
    if let Ok(history) = window.history() {
        let _ = history.set_scroll_restoration(ScrollRestoration::Manual);
        let entry = history
            .state()
            .ok()
            .and_then(|state| entry_of(&state))
            .unwrap_or(0);
        STATE.with_borrow_mut(|state| {
            state.entry = entry;
            state.newest = state.newest.max(entry);
        });
        let _ = history.replace_state_with_url(&state_of(entry), "", None);
    }
    let on_click = go.clone();
    let click = Closure::<dyn Fn(MouseEvent)>::new(move |event: MouseEvent| {
        if let Some((anchor, path)) = ours(&event, &base) {
            event.prevent_default();
            remember(anchor.get_attribute("href"));
            on_click(path, Cause::Link);
        }
    });
    let pop = Closure::<dyn Fn(PopStateEvent)>::new(move |event: PopStateEvent| {
        // Fragments change without a new page; the browser scrolls to them itself.
        let Some(entry) = entry_of(&event.state()) else {
            return;
        };
        // Back from a fragment (or from an opened picture) is still this page.
        if STATE.with_borrow(|state| state.entry == entry) {
            return;
        }
        remember(None);
        STATE.with_borrow_mut(|state| state.entry = entry);
        go(current(), Cause::History(entry));
    });
    let _ = window.add_event_listener_with_callback("click", click.as_ref().unchecked_ref());
    let _ = window.add_event_listener_with_callback("popstate", pop.as_ref().unchecked_ref());
    click.forget();
    pop.forget();
}

/// Makes a history entry for `path`, which the reader followed a link to.
pub fn enter(path: &str) {
    let entry = STATE.with_borrow_mut(|state| {
        state.newest += 1;
        state.entry = state.newest;
        state.entry
    });
    if let Some(Ok(history)) = web_sys::window().map(|window| window.history()) {
        let _ = history.push_state_with_url(&state_of(entry), "", Some(path));
    }
}

/// Gives the current history entry another address; the reader stays where they are.
pub fn rename(path: &str) {
    // The entry keeps its own number: a part that the press brought to life knows no other.
    if let Some(Ok(history)) = web_sys::window().map(|window| window.history()) {
        let state = history.state().unwrap_or_default();
        let _ = history.replace_state_with_url(&state, "", Some(path));
    }
}

fn remember(focus: Option<String>) {
    let Some(window) = web_sys::window() else {
        return;
    };
    let at = |value: Result<f64, JsValue>| value.unwrap_or(0.0);
    let scroll = (at(window.scroll_x()), at(window.scroll_y()));
    STATE.with_borrow_mut(|state| {
        let entry = state.entry;
        let before = state.kept.iter().position(|kept| kept.entry == entry);
        let focus = focus.or_else(|| before.and_then(|at| state.kept[at].focus.clone()));
        let kept = Kept {
            entry,
            scroll,
            focus,
        };
        match before {
            Some(at) => state.kept[at] = kept,
            None => state.kept.push(kept),
        }
    });
}

/// After a page has been put in place: focus and scroll by what brought the reader to its path.
pub fn arrive(cause: Cause, path: &str) {
    let Some(window) = web_sys::window() else {
        return;
    };
    let Some(document) = window.document() else {
        return;
    };
    let kept = match cause {
        Cause::Link => None,
        Cause::History(entry) => {
            STATE.with_borrow(|state| state.kept.iter().find(|kept| kept.entry == entry).cloned())
        }
    };
    let Some(kept) = kept else {
        let target = path
            .split_once('#')
            .and_then(|(_, id)| document.get_element_by_id(id));
        match target {
            Some(target) => target.scroll_into_view(),
            None => window.scroll_to_with_x_and_y(0.0, 0.0),
        }
        if let Ok(Some(heading)) = document.query_selector("main h1, h1") {
            focus(&heading);
        }
        return;
    };
    window.scroll_to_with_x_and_y(kept.scroll.0, kept.scroll.1);
    let link = kept.focus.and_then(|href| find_link(&document, &href));
    match link {
        Some(link) => focus(&link),
        None => {
            if let Ok(Some(heading)) = document.query_selector("main h1, h1") {
                focus(&heading);
            }
        }
    }
}

fn find_link(document: &web_sys::Document, href: &str) -> Option<Element> {
    let links = document.query_selector_all("a[href]").ok()?;
    (0..links.length())
        .filter_map(|index| links.item(index)?.dyn_into::<Element>().ok())
        .find(|link| link.get_attribute("href").as_deref() == Some(href))
}

/// Moves focus without scrolling; elements that cannot take it are made able to.
fn focus(element: &Element) {
    if element.get_attribute("tabindex").is_none() && element.tag_name() != "A" {
        let _ = element.set_attribute("tabindex", "-1");
    }
    let options = web_sys::FocusOptions::new();
    options.set_prevent_scroll(true);
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        let _ = element.focus_with_options(&options);
    }
}

/// The link of a plain left click that leads to another page of this site.
fn ours(event: &MouseEvent, base: &str) -> Option<(HtmlAnchorElement, String)> {
    if event.default_prevented()
        || event.button() != 0
        || event.meta_key()
        || event.ctrl_key()
        || event.shift_key()
        || event.alt_key()
    {
        return None;
    }
    let target: Element = event.composed_path().get(0).dyn_into().ok().or_else(|| {
        event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok())
    })?;
    let anchor: HtmlAnchorElement = target.closest("a[href]").ok()??.dyn_into().ok()?;
    page_of(&anchor, base).map(|path| (anchor, path))
}

/// The path of a link if the app may open it: same origin, under the base, a page and no file,
/// no download, no target, and not merely a fragment of this page.
pub fn page_of(anchor: &HtmlAnchorElement, base: &str) -> Option<String> {
    let location = web_sys::window()?.location();
    if anchor.has_attribute("download")
        || !matches!(anchor.target().as_str(), "" | "_self")
        || anchor.origin() != location.origin().ok()?
        || anchor.rel().split(' ').any(|word| word == "external")
    {
        return None;
    }
    let path = anchor.pathname();
    let last = path.rsplit('/').next().unwrap_or_default();
    // As an address of its own a path with two slashes names another host.
    if !path.starts_with(base) || path.starts_with("//") || last.contains('.') {
        return None;
    }
    let search = anchor.search();
    let same = path == location.pathname().ok()? && search == location.search().ok()?;
    if same && !anchor.hash().is_empty() {
        return None;
    }
    Some(path + &search + &anchor.hash())
}

/// Whether an answer came from this origin, whatever redirects there were.
pub fn is_ours(url: &str) -> bool {
    let here = web_sys::window().and_then(|window| window.location().origin().ok());
    here.is_some_and(|here| here == crate::source::place::origin(url))
}

fn state_of(entry: u32) -> JsValue {
    let state = js_sys::Object::new();
    let _ = Reflect::set(&state, &"entry".into(), &entry.into());
    state.into()
}

fn entry_of(state: &JsValue) -> Option<u32> {
    Reflect::get(state, &"entry".into())
        .ok()?
        .as_f64()
        .map(|entry| entry as u32)
}
