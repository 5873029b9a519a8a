//! What a body does once the app is live: embeds load on a click, pictures open large, failed
//! pictures say what they showed, headings give their link.
//!
//! `view/parts/body.rs` attaches it to the container, whoever filled that; everything is delegated
//! from there, so a prerendered body needs no rebuilding. Dropping the result ends it.

use std::sync::Arc;

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, Event, HtmlImageElement, MouseEvent};

use super::events::{Listener, listen};
use super::{embeds, lightbox};
use crate::strings::{Key, Strings};

/// The running behaviour of one body.
pub struct Behaviour {
    container: Element,
    _clicks: Listener,
    failures: Closure<dyn Fn(Event)>,
}

impl Drop for Behaviour {
    fn drop(&mut self) {
        lightbox::end();
        let callback = self.failures.as_ref().unchecked_ref();
        let _ = self
            .container
            .remove_event_listener_with_callback_and_bool("error", callback, true);
    }
}

/// Brings a body to life.
pub fn attach(container: &Element, strings: Arc<Strings>) -> Behaviour {
    embeds::enable(container, &strings);
    for image in elements(container, "img") {
        // It may have failed before anyone listened.
        if let Some(image) = image.dyn_ref::<HtmlImageElement>()
            && image.complete()
            && image.natural_width() == 0
            && !image.src().is_empty()
        {
            mark_failed(image);
        }
    }
    let failures = Closure::<dyn Fn(Event)>::new(|event: Event| {
        if let Some(image) = event
            .target()
            .and_then(|t| t.dyn_into::<HtmlImageElement>().ok())
        {
            mark_failed(&image);
        }
    });
    // Errors do not bubble, so they are caught on their way down.
    let _ = container.add_event_listener_with_callback_and_bool(
        "error",
        failures.as_ref().unchecked_ref(),
        true,
    );
    let within = container.clone();
    let clicks = listen(
        container,
        "click",
        Box::new(move |event| {
            if let Some(event) = event.dyn_ref::<MouseEvent>() {
                click(event, &within, &strings);
            }
        }),
    );
    Behaviour {
        container: container.clone(),
        _clicks: clicks,
        failures,
    }
}

/// The elements of a selector; none where the selector is not understood.
pub(super) fn elements(within: &Element, selector: &str) -> Vec<Element> {
    let Ok(list) = within.query_selector_all(selector) else {
        return Vec::new();
    };
    (0..list.length())
        .filter_map(|at| list.item(at)?.dyn_into().ok())
        .collect()
}

/// The box stays, with the alternative text in it.
fn mark_failed(image: &HtmlImageElement) {
    let _ = image.class_list().add_1("failed");
}

fn click(event: &MouseEvent, container: &Element, strings: &Arc<Strings>) {
    let Some(target) = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok())
    else {
        return;
    };
    let nearest = |selector: &str| target.closest(selector).ok().flatten();
    if let Some(button) = nearest("button") {
        embeds::press(&button, strings);
        return;
    }
    // A modified click wants a new tab, and gets it: these are ordinary links.
    let plain = event.button() == 0
        && !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key());
    if !plain || event.default_prevented() {
        return;
    }
    if let Some(link) = nearest("a.zoom") {
        let pictures = elements(container, "a.zoom");
        if let Some(at) = pictures.iter().position(|picture| *picture == link)
            && lightbox::open(&pictures, at, strings)
        {
            event.prevent_default();
        }
    } else if let Some(link) = nearest("a.anchor") {
        copy(&link, strings);
    }
}

/// Puts the address of a heading on the clipboard; the link itself works as ever.
fn copy(link: &Element, strings: &Strings) {
    let address = link
        .dyn_ref::<web_sys::HtmlAnchorElement>()
        .map(web_sys::HtmlAnchorElement::href);
    let navigator = web_sys::window().map(|window| window.navigator());
    let (Some(address), Some(navigator)) = (address, navigator) else {
        return;
    };
    let clipboard = js_sys::Reflect::get(&navigator, &"clipboard".into()).ok();
    let Some(clipboard) = clipboard.filter(wasm_bindgen::JsValue::is_object) else {
        return;
    };
    let write = js_sys::Reflect::get(&clipboard, &"writeText".into()).ok();
    let Some(write) = write.and_then(|write| write.dyn_into::<js_sys::Function>().ok()) else {
        return;
    };
    if write.call1(&clipboard, &address.into()).is_ok() {
        let _ = link.set_attribute("aria-label", strings.get(Key::LinkCopied));
        let _ = link.class_list().add_1("copied");
    }
}
