//! Handing something to the reader: into the clipboard, or as a file.

use js_sys::{Array, Object, Promise, Reflect};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlElement;

#[wasm_bindgen]
extern "C" {
    type Clipboard;
    #[wasm_bindgen(method, catch, js_name = writeText)]
    fn write_text(this: &Clipboard, text: &str) -> Result<Promise, JsValue>;

    type Sharer;
    #[wasm_bindgen(method, catch)]
    fn share(this: &Sharer, data: &Object) -> Result<Promise, JsValue>;

    type Blob;
    #[wasm_bindgen(constructor)]
    fn new(parts: &Array) -> Blob;
    #[wasm_bindgen(js_namespace = URL, js_name = createObjectURL)]
    fn object_url(blob: &Blob) -> String;
    #[wasm_bindgen(js_namespace = URL, js_name = revokeObjectURL)]
    fn release(url: &str);
}

/// A part of `navigator`, where this browser has it (and is in a secure context).
fn offered(name: &str) -> Option<JsValue> {
    let navigator = web_sys::window()?.navigator();
    let part = Reflect::get(&navigator, &name.into()).ok()?;
    (part.is_object() || part.is_function()).then_some(part)
}

pub fn can_copy() -> bool {
    offered("clipboard").is_some()
}

pub fn can_share() -> bool {
    offered("share").is_some()
}

/// Opens the system's own sheet for the page's address. That the reader closes it is no error.
pub fn share(title: &str) {
    let Some(window) = web_sys::window() else {
        return;
    };
    let data = Object::new();
    let _ = Reflect::set(&data, &"title".into(), &title.into());
    if let Ok(href) = window.location().href() {
        let _ = Reflect::set(&data, &"url".into(), &href.into());
    }
    if let Ok(done) = window.navigator().unchecked_into::<Sharer>().share(&data) {
        wasm_bindgen_futures::spawn_local(async move {
            let _ = JsFuture::from(done).await;
        });
    }
}

/// Puts a text into the clipboard; whether that worked.
pub async fn copy(text: String) -> bool {
    let Some(clipboard) = offered("clipboard") else {
        return false;
    };
    match clipboard.unchecked_into::<Clipboard>().write_text(&text) {
        Ok(done) => JsFuture::from(done).await.is_ok(),
        Err(_) => false,
    }
}

/// Offers a text as a file to be saved.
pub fn save_file(name: &str, text: &str) {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else {
        return;
    };
    let Ok(link) = document.create_element("a") else {
        return;
    };
    let url = object_url(&Blob::new(&Array::of1(&text.into())));
    let _ = link.set_attribute("href", &url);
    let _ = link.set_attribute("download", name);
    if let Some(link) = link.dyn_ref::<HtmlElement>() {
        link.click();
    }
    // Safari and Firefox read it after the click has returned.
    super::timer::later(60_000, move || release(&url));
}
