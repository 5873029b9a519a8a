//! What is in view, for the offer at the end of a story.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::{Document, Element};

use super::events::{Listener, listen};
use crate::page::worth::Sight;

#[wasm_bindgen]
extern "C" {
    /// An element's place in the window.
    type Place;
    #[wasm_bindgen(method, getter)]
    fn top(this: &Place) -> f64;
    #[wasm_bindgen(method, getter)]
    fn bottom(this: &Place) -> f64;
    #[wasm_bindgen(method, getter)]
    fn height(this: &Place) -> f64;

    type Placed;
    #[wasm_bindgen(method, js_name = getBoundingClientRect)]
    fn place(this: &Placed) -> Place;
}

fn place(element: &Element) -> Place {
    element.unchecked_ref::<Placed>().place()
}

/// Where an element begins, in pixels from the top of the window.
pub fn top(element: &Element) -> f64 {
    place(element).top()
}

/// What an offer must not stand beside.
const BUSY: &str = ".related, .reply, main form";
const OFFER: &str = ".worth-reading";
/// How far up from the foot of the window the offer reaches at most.
const REACH: f64 = 224.0;
const FIELD: &str = "input, textarea, select, [contenteditable]";

/// Measures the page as it stands.
pub fn sight() -> Sight {
    measure().unwrap_or_default()
}

fn measure() -> Option<Sight> {
    let window = web_sys::window()?;
    let document = window.document()?;
    let height = window.inner_height().ok()?.as_f64()?;
    let body = document.query_selector(".story .body").ok()??;
    let end = document.query_selector(".end-of-body").ok()??;
    let focused = document.active_element();
    let focused = focused.filter(|it| matches!(it.closest(OFFER), Ok(None)));
    let typing = focused.is_some_and(|element| {
        let is = |selector: &str| element.matches(selector).unwrap_or(false);
        let place = place(&element);
        let below = place.bottom() > height - REACH && place.top() < height;
        is(FIELD) || (below && is(":focus-visible"))
    });
    Some(Sight {
        scrolled: window.scroll_y().ok()?,
        body: place(&body).height(),
        end_reached: place(&end).top() <= height,
        busy: any_in_view(&document, height),
        typing,
    })
}

fn any_in_view(document: &Document, height: f64) -> bool {
    let Ok(found) = document.query_selector_all(BUSY) else {
        return false;
    };
    (0..found.length())
        .filter_map(|index| found.item(index)?.dyn_into::<Element>().ok())
        .any(|element| {
            let place = place(&element);
            place.height() > 0.0 && place.bottom() > 0.0 && place.top() < height
        })
}

/// Whether what a selector finds has the focus somewhere inside.
pub fn holds_focus(selector: &str) -> bool {
    super::page::document()
        .and_then(|document| document.active_element())
        .and_then(|element| element.closest(selector).ok().flatten())
        .is_some()
}

/// Calls `act` when the view has moved or the focus changed, at most once a frame.
pub fn on_move(act: impl FnMut() + 'static) -> Vec<Listener> {
    let Some(window) = web_sys::window() else {
        return Vec::new();
    };
    let act = Rc::new(RefCell::new(act));
    let waiting = Rc::new(RefCell::new(false));
    let names = ["scroll", "resize", "focusin", "focusout"];
    let targets = names.map(|name| {
        let (act, waiting, frame) = (act.clone(), waiting.clone(), window.clone());
        let moved = move |_| {
            if waiting.replace(true) {
                return;
            }
            let (act, waiting) = (act.clone(), waiting.clone());
            let next = Closure::once_into_js(move || {
                waiting.replace(false);
                (act.borrow_mut())();
            });
            let _ = frame.request_animation_frame(next.unchecked_ref());
        };
        listen(&window, name, Box::new(moved))
    });
    targets.into()
}
