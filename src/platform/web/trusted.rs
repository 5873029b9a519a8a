//! The one named Trusted Types policy, `dateline`: the only way text becomes something that is
//! parsed as HTML or XML. Its callers parse into inert documents and walk the result.

use js_sys::{Function, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// Where the bundles of a page share it: a name may be given to one policy only.
const SHARED: &str = "datelinePolicy";

thread_local! {
    static POLICY: Option<JsValue> = policy();
}

/// `String` itself is the conversion: the result is walked by the policy in `html`, never shown.
fn policy() -> Option<JsValue> {
    let global = js_sys::global();
    let shared = Reflect::get(&global, &SHARED.into()).ok()?;
    if shared.is_object() {
        return Some(shared);
    }
    let types = Reflect::get(&global, &"trustedTypes".into()).ok()?;
    let create: Function = Reflect::get(&types, &"createPolicy".into())
        .ok()?
        .dyn_into()
        .ok()?;
    let rules = Object::new();
    let string = Reflect::get(&global, &"String".into()).ok()?;
    Reflect::set(&rules, &"createHTML".into(), &string).ok()?;
    let policy = create.call2(&types, &"dateline".into(), &rules).ok()?;
    let _ = Reflect::set(&global, &SHARED.into(), &policy);
    Some(policy)
}

/// `text` as a value that parsing functions accept under enforced Trusted Types.
pub fn markup(text: &str) -> JsValue {
    POLICY.with(|policy| {
        let plain = JsValue::from_str(text);
        let Some(policy) = policy else { return plain };
        Reflect::get(policy, &"createHTML".into())
            .ok()
            .and_then(|create| create.dyn_into::<Function>().ok())
            .and_then(|create| create.call1(policy, &plain).ok())
            .unwrap_or(plain)
    })
}
