//! Which page the reader is about to ask for: a link under the pointer, focused or pressed.

use std::cell::RefCell;

use wasm_bindgen::{JsCast, closure::Closure};
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

/// Whether the reader asked to save data, or the network is too slow to spend on guesses.
pub fn frugal() -> bool {
    let Some(window) = web_sys::window() else {
        return true;
    };
    let get = |object: &wasm_bindgen::JsValue, name: &str| {
        js_sys::Reflect::get(object, &name.into()).unwrap_or(wasm_bindgen::JsValue::UNDEFINED)
    };
    let connection = get(&window.navigator(), "connection");
    if connection.is_undefined() || connection.is_null() {
        return false;
    }
    let kind = get(&connection, "effectiveType")
        .as_string()
        .unwrap_or_default();
    get(&connection, "saveData").is_truthy() || kind.ends_with("2g")
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
