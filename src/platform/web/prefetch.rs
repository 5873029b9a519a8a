//! Which page the reader is about to ask for: a link under the pointer, focused or pressed.

use std::cell::RefCell;

use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{Element, Event, HtmlAnchorElement};

use super::navigation::page_of;

/// Pages fetched ahead on one page; a pressed link always counts.
const MOST: usize = 6;

thread_local! {
    static ASKED: RefCell<Vec<String>> = RefCell::default();
}

/// A new page: its own six.
pub fn reset() {
    ASKED.with_borrow_mut(Vec::clear);
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
    let Some(document) = web_sys::window().and_then(|window| window.document()) else {
        return;
    };
    let listener = Closure::<dyn Fn(Event)>::new(move |event: Event| {
        let pressed = event.type_() == "pointerdown";
        let target = event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok());
        let anchor = target
            .and_then(|target| target.closest("a[href]").ok().flatten())
            .and_then(|anchor| anchor.dyn_into::<HtmlAnchorElement>().ok());
        let Some(path) = anchor.and_then(|anchor| page_of(&anchor, &base)) else {
            return;
        };
        let path = path.split('#').next().unwrap_or_default().to_owned();
        let wanted = ASKED.with_borrow_mut(|asked| {
            let wanted = !asked.contains(&path) && (pressed || asked.len() < MOST && !frugal());
            if wanted {
                asked.push(path.clone());
            }
            wanted
        });
        if wanted {
            fetch(path);
        }
    });
    for kind in ["pointerover", "focusin", "pointerdown"] {
        let _ = document.add_event_listener_with_callback(kind, listener.as_ref().unchecked_ref());
    }
    listener.forget();
}
