//! Addresses and history in the browser: what a router library would do, and no more; where the
//! reader was is known to `places`. Clicks that are not ours (modified, other origins, files,
//! downloads, same-page fragments, other bases) stay the browser's.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Reflect;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{Element, History, HtmlAnchorElement, MouseEvent, PopStateEvent, ScrollRestoration};

use super::{events, places};

/// Why a page is asked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cause {
    /// A link was followed: a new history entry, focus to the headline, scroll to the top.
    Link,
    /// Back or forward: scroll and focus come back from the entry with this number.
    History(f64),
}

type Handler = Rc<dyn Fn(String, Cause)>;

thread_local! {
    static STATE: RefCell<State> = const { RefCell::new(State {
        entry: 0.0,
        page: String::new(),
        opened: false,
    }) };
}

/// Where in the tab's history this document is.
struct State {
    /// The number of the current entry. No two entries of a tab have the same, whichever document
    /// made them.
    entry: f64,
    /// Path and query of the page that the address named when it was last looked at.
    page: String,
    /// Whether the entry is that of something opened over its page.
    opened: bool,
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

/// Path and query of the current address.
pub fn current_page() -> String {
    without_fragment(&current()).to_owned()
}

/// A path without its fragment.
pub fn without_fragment(path: &str) -> &str {
    path.split('#').next().unwrap_or_default()
}

/// Calls `go` with a path and its cause whenever the reader follows a link within `base` or moves
/// through history to another page. Where a link leads to is the address of the page once `go`
/// calls [`enter`].
pub fn listen(base: String, go: impl Fn(String, Cause) + 'static) {
    let Some((window, history)) = web_sys::window().zip(history()) else {
        return;
    };
    let go: Handler = Rc::new(go);
    let known = history.state().ok().and_then(|state| entry_of(&state));
    let entry = known.unwrap_or_else(number);
    be_on(entry);
    name(&history, entry);
    places::recall();
    places::resume(entry);
    if super::page::document().is_some_and(|document| document.ready_state() == "complete") {
        scroll_by(ScrollRestoration::Manual);
    }
    let leaving = events::on_leaving(leave);
    let returning = events::on_return(come_back);
    let on_click = go.clone();
    let click = Closure::<dyn Fn(MouseEvent)>::new(move |event: MouseEvent| {
        let Some(anchor) = followed(&event) else {
            return;
        };
        remember(anchor.get_attribute("href"));
        if let Some(path) = page_of(&anchor, &base) {
            event.prevent_default();
            on_click(path, Cause::Link);
        }
    });
    let pop = Closure::<dyn Fn(PopStateEvent)>::new(move |event: PopStateEvent| {
        if let Some((path, cause)) = moved(entry_of(&event.state())) {
            go(path, cause);
        }
    });
    let _ = window.add_event_listener_with_callback("click", click.as_ref().unchecked_ref());
    let _ = window.add_event_listener_with_callback("popstate", pop.as_ref().unchecked_ref());
    click.forget();
    pop.forget();
    // These, too, listen as long as the page is there.
    std::mem::forget((leaving, returning));
}

/// The reader moved to an entry of history; the page to be shown there, if it is another one.
fn moved(known: Option<f64>) -> Option<(String, Cause)> {
    let left = STATE.with_borrow_mut(|state| {
        state.opened = false;
        state.entry
    });
    // Back from what was opened over a page is that page.
    if known == Some(left) {
        return None;
    }
    let same = STATE.with_borrow(|state| state.page == current_page());
    // On the same page an entry without a number is a fragment's, which the browser just made: it
    // scrolls there itself, and the link to it was remembered.
    let jumped = same && known.is_none();
    if !jumped {
        places::remember(left, None);
    }
    let entry = known.unwrap_or_else(number);
    name(&history()?, entry);
    be_on(entry);
    scroll_by(ScrollRestoration::Manual);
    let (path, cause) = (current(), Cause::History(entry));
    if !same {
        return Some((path, cause));
    }
    if !jumped {
        arrive(cause, &path);
    }
    None
}

/// The browser finds the place on a page that it loads anew or comes back to better than the app,
/// which starts later; within the app, pages are turned before their place can be found.
fn scroll_by(whom: ScrollRestoration) {
    if let Some(history) = history() {
        let _ = history.set_scroll_restoration(whom);
    }
}

/// The page may never be seen again.
fn leave() {
    remember(None);
    places::note();
    scroll_by(ScrollRestoration::Auto);
}

fn come_back() {
    // Another document of this tab may have noted more meanwhile.
    places::recall();
    // WebKit finds the place on a page out of its memory only after it has said so.
    super::timer::later(0, || scroll_by(ScrollRestoration::Manual));
}

/// Makes a history entry for `path`, which the reader followed a link to. As with any link, one to
/// the address of the page itself makes none; neither does one in what was opened over the page,
/// which ends with it.
pub fn enter(path: &str) {
    let Some(history) = history() else { return };
    let entry = number();
    let state = state_of(entry);
    let opened = STATE.with_borrow_mut(|state| std::mem::take(&mut state.opened));
    let _ = if opened || path == current() {
        history.replace_state_with_url(&state, "", Some(path))
    } else {
        history.push_state_with_url(&state, "", Some(path))
    };
    be_on(entry);
}

/// Makes a history entry for what is opened over the page: Back closes it.
pub fn open(fragment: &str) {
    let Some(history) = history() else { return };
    let state = history.state().unwrap_or_default();
    let _ = history.push_state_with_url(&state, "", Some(fragment));
    STATE.with_borrow_mut(|state| state.opened = true);
}

/// Gives the current history entry another address; the reader stays where they are.
pub fn rename(path: &str) {
    // The entry keeps its own number: a part that the press brought to life knows no other.
    if let Some(history) = history() {
        let state = history.state().unwrap_or_default();
        let _ = history.replace_state_with_url(&state, "", Some(path));
    }
}

fn history() -> Option<History> {
    web_sys::window()?.history().ok()
}

fn be_on(entry: f64) {
    let page = current_page();
    STATE.with_borrow_mut(|state| {
        state.entry = entry;
        state.page = page;
    });
}

/// A number for an entry, greater than those of all that were made before.
fn number() -> f64 {
    js_sys::Date::now().max(STATE.with_borrow(|state| state.entry + 1.0))
}

/// Gives the current entry a number.
fn name(history: &History, entry: f64) {
    let _ = history.replace_state_with_url(&state_of(entry), "", None);
}

/// Remembers the reader's place on the current entry.
fn remember(link: Option<String>) {
    let entry = STATE.with_borrow(|state| state.entry);
    places::remember(entry, link);
    // A part of the page may have given it another address.
    be_on(entry);
}

/// After a page has been put in place: focus and scroll by what brought the reader to its path.
pub fn arrive(cause: Cause, path: &str) {
    places::end();
    let Some(window) = web_sys::window() else {
        return;
    };
    let Some(document) = window.document() else {
        return;
    };
    if let Cause::History(entry) = cause
        && let Some(place) = places::on(entry)
    {
        return places::lead(place, true);
    }
    let target = path
        .split_once('#')
        .and_then(|(_, id)| document.get_element_by_id(id));
    match target {
        Some(target) => target.scroll_into_view(),
        None => window.scroll_to_with_x_and_y(0.0, 0.0),
    }
    places::land(&document, "");
}

/// The link of a plain left click.
fn followed(event: &MouseEvent) -> Option<HtmlAnchorElement> {
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
    target.closest("a[href]").ok()??.dyn_into().ok()
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

fn state_of(entry: f64) -> JsValue {
    let state = js_sys::Object::new();
    let _ = Reflect::set(&state, &"entry".into(), &entry.into());
    state.into()
}

fn entry_of(state: &JsValue) -> Option<f64> {
    Reflect::get(state, &"entry".into()).ok()?.as_f64()
}
