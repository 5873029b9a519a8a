//! Which page the reader is about to ask for: a link under the pointer, focused or pressed; on a
//! touch screen, the first stories of one that is looked at.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{Element, Event, HtmlAnchorElement};

use super::navigation::page_of;
use super::timer::{self, Timer};

#[wasm_bindgen]
extern "C" {
    type Answer;
    #[wasm_bindgen(method, getter)]
    fn matches(this: &Answer) -> bool;
    #[wasm_bindgen(catch, js_name = matchMedia)]
    fn match_media(query: &str) -> Result<Answer, JsValue>;
}

/// Whether the reader's finger is all there is.
fn no_hover() -> bool {
    match_media("(hover: none)").is_ok_and(|answer| answer.matches())
}

/// Pages fetched ahead on one page; a pressed link always counts.
const MOST: usize = 6;
/// Milliseconds a screen is left alone before its first stories are fetched ahead.
const REST: u32 = 1_000;
/// Stories of one screen.
const SCREEN: usize = 2;

thread_local! {
    static ASKED: RefCell<Vec<String>> = RefCell::default();
    /// Where nothing hovers: rings when the screen has been left alone.
    static RESTING: RefCell<Option<Timer>> = const { RefCell::new(None) };
    static LOOK: RefCell<Option<Rc<dyn Fn()>>> = const { RefCell::new(None) };
}

/// A new page: its own six.
pub fn reset() {
    ASKED.with_borrow_mut(Vec::clear);
    moved();
}

/// The screen has another page, or another part of it.
fn moved() {
    let look = LOOK.with_borrow(Clone::clone);
    if let Some(look) = look {
        RESTING.set(Some(timer::after(REST, move || look())));
    }
}

/// Whether a page is worth asking for now; it is asked for once.
fn is_wanted(path: &str, pressed: bool) -> bool {
    ASKED.with_borrow_mut(|asked| {
        let known = asked.iter().any(|other| other == path);
        let wanted = !known && (pressed || asked.len() < MOST && !frugal());
        if wanted {
            asked.push(path.to_owned());
        }
        wanted
    })
}

/// The path of the page that a link leads into.
fn whole_page(anchor: &HtmlAnchorElement, base: &str) -> Option<String> {
    let path = page_of(anchor, base)?;
    Some(path.split('#').next().unwrap_or_default().to_owned())
}

/// The first stories in sight. A finger gives no sign before it presses, so a phone's reader who
/// looks at a screen for a while has the stories on it at hand.
fn in_sight(base: &str) -> Vec<String> {
    let Some((window, document)) =
        web_sys::window().and_then(|it| Some((it.clone(), it.document()?)))
    else {
        return Vec::new();
    };
    let height = window.inner_height().ok().and_then(|it| it.as_f64());
    let root = document.document_element();
    let links = root.map(|root| super::page::elements(&root, "main a.card-link"));
    let shown = |link: &web_sys::HtmlElement| {
        let top = super::viewport::top(link);
        top >= 0.0 && height.is_some_and(|height| top < height)
    };
    let paths = links
        .into_iter()
        .flatten()
        .filter(shown)
        .filter_map(|link| whole_page(link.dyn_ref()?, base));
    paths.take(SCREEN).collect()
}

/// What the browser says of the connection; undefined where it says nothing.
fn connection(name: &str) -> JsValue {
    let get = |object: &JsValue, name: &str| js_sys::Reflect::get(object, &name.into());
    let window = web_sys::window();
    let connection = window.and_then(|window| get(&window.navigator(), "connection").ok());
    // Asking `undefined` for a property fails.
    let value = connection.and_then(|connection| get(&connection, name).ok());
    value.unwrap_or(JsValue::UNDEFINED)
}

/// Whether the reader asked to save data.
pub fn saves_data() -> bool {
    connection("saveData").is_truthy()
}

/// The same, or the network is too slow to spend on guesses.
pub fn frugal() -> bool {
    let kind = connection("effectiveType").as_string();
    saves_data() || kind.is_some_and(|kind| kind.ends_with("2g"))
}

/// Calls `fetch` with the path of each page that may be next, once a page.
pub fn watch(base: String, fetch: impl Fn(String) + 'static) {
    let Some(window) = web_sys::window() else {
        return;
    };
    let Some(document) = window.document() else {
        return;
    };
    let fetch = Rc::new(fetch);
    if no_hover() {
        let (base, fetch) = (base.clone(), fetch.clone());
        LOOK.set(Some(Rc::new(move || {
            for path in in_sight(&base) {
                if is_wanted(&path, false) {
                    fetch(path);
                }
            }
        })));
        let scrolled = Closure::<dyn Fn()>::new(moved);
        let _ =
            window.add_event_listener_with_callback("scroll", scrolled.as_ref().unchecked_ref());
        scrolled.forget();
        moved();
    }
    let listener = Closure::<dyn Fn(Event)>::new(move |event: Event| {
        let pressed = event.type_() == "pointerdown";
        let target = event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok());
        let anchor = target
            .and_then(|target| target.closest("a[href]").ok().flatten())
            .and_then(|anchor| anchor.dyn_into::<HtmlAnchorElement>().ok());
        let Some(path) = anchor.and_then(|anchor| whole_page(&anchor, &base)) else {
            return;
        };
        if is_wanted(&path, pressed) {
            fetch(path);
        }
    });
    for kind in ["pointerover", "focusin", "pointerdown"] {
        let _ = document.add_event_listener_with_callback(kind, listener.as_ref().unchecked_ref());
    }
    listener.forget();
}
