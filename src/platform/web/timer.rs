//! Milliseconds for revisions and waiting, timers that end when dropped, and chance.

use js_sys::Function;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};

// By hand: web-sys keeps a timer's number in 32 bits, and where a page's clock is replaced (as
// tests do) numbers are larger; then a dropped timer would ring all the same.
#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(callback: &JsValue, milliseconds: f64) -> JsValue;
    #[wasm_bindgen(js_name = clearTimeout)]
    fn clear_timeout(id: &JsValue);
    #[wasm_bindgen(js_name = requestIdleCallback, catch)]
    fn request_idle_callback(callback: &JsValue, options: &JsValue) -> Result<JsValue, JsValue>;
}

/// Milliseconds since 1970, by the reader's clock.
pub fn millis() -> u64 {
    js_sys::Date::now().max(0.0) as u64
}

/// A number from 0 up to, not including, 1.
pub fn chance() -> f64 {
    js_sys::Math::random()
}

/// A short name that no other tab or start of the application has.
pub fn nonce() -> String {
    let number = chance() * 1e9;
    let mut name = (millis() % 1_000_000_000).to_string();
    name.push('x');
    name.push_str(&(number as u64).to_string());
    name
}

/// A timer that is running, or has run.
pub struct Timer {
    id: JsValue,
    _closure: Closure<dyn FnMut()>,
}

impl Drop for Timer {
    fn drop(&mut self) {
        clear_timeout(&self.id);
    }
}

/// Calls `act` once after so many milliseconds, unless the timer is dropped before.
pub fn after(milliseconds: u32, act: impl FnOnce() + 'static) -> Timer {
    let closure = Closure::once(act);
    let id = set_timeout(closure.as_ref(), f64::from(milliseconds));
    Timer {
        id,
        _closure: closure,
    }
}

/// Calls `act` once after so many milliseconds, whatever happens to the caller.
pub fn later(milliseconds: u32, act: impl FnOnce() + 'static) {
    set_timeout(&Closure::once_into_js(act), f64::from(milliseconds));
}

/// Calls `act` once what was last changed has been painted; at once where nothing is painted.
pub fn after_paint(act: impl FnOnce() + 'static) {
    let hidden = super::page::document().is_none_or(|document| document.hidden());
    match web_sys::window().filter(|_| !hidden) {
        Some(window) => {
            // Frame callbacks run before their frame is painted, a timer that they set after it.
            let callback = Closure::once_into_js(move || later(0, act));
            let _ = window.request_animation_frame(callback.unchecked_ref());
        }
        None => act(),
    }
}

/// Waits.
pub async fn pause(milliseconds: u32) {
    until(|done| later(milliseconds, move || call(&done))).await;
}

/// Waits until the browser has nothing else to do, at most half a second; where it cannot tell
/// (Safari), a tenth of one.
pub async fn idle() {
    until(|done| {
        let options = js_sys::Object::new();
        let _ = js_sys::Reflect::set(&options, &"timeout".into(), &500.into());
        if request_idle_callback(&done, &options).is_err() {
            later(100, move || call(&done));
        }
    })
    .await;
}

/// Waits until `ask` has called what it is given.
async fn until(mut ask: impl FnMut(Function)) {
    let asked = js_sys::Promise::new(&mut |done, _| ask(done));
    let _ = wasm_bindgen_futures::JsFuture::from(asked).await;
}

fn call(done: &Function) {
    let _ = done.call0(&JsValue::UNDEFINED);
}
