//! Regular expressions by the browser's own `RegExp`.

use js_sys::{Array, Function, JsString, Reflect, RegExp};
use wasm_bindgen::{JsCast, JsValue};

/// Replaces every match of `pattern`; `with` may use `$1`, `$&` and `$$`.
pub fn replace(pattern: &str, text: &str, with: &str) -> Result<String, String> {
    // `RegExp::new` of js-sys would throw past us on a bad pattern; `Reflect` returns the error.
    let constructor: Function = Reflect::get(&js_sys::global(), &"RegExp".into())
        .and_then(JsCast::dyn_into)
        .map_err(message)?;
    let arguments = Array::of2(&pattern.into(), &"gu".into());
    let regexp: RegExp = Reflect::construct(&constructor, &arguments)
        .and_then(JsCast::dyn_into)
        .map_err(message)?;
    Ok(String::from(
        JsString::from(text).replace_by_pattern(&regexp, with),
    ))
}

fn message(error: JsValue) -> String {
    error
        .dyn_ref::<js_sys::Error>()
        .map_or_else(|| "no RegExp here".into(), |e| e.message().into())
}
