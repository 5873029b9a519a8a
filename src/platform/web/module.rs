//! Scripts that only one page needs, loaded when it needs them: the search of the static index, the
//! shelf of saved stories. Each defines one function on the global object, from texts to a text.

use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Calls the function that the script at an address defines, loading the script first.
///
/// # Errors
/// The script cannot be loaded, or what it says went wrong.
pub async fn call(
    script: String,
    name: &'static str,
    arguments: Vec<String>,
) -> Result<String, String> {
    let called = async {
        let function = match function(name) {
            Some(function) => function,
            None => {
                load(&script).await?;
                function(name).ok_or(JsValue::UNDEFINED)?
            }
        };
        let arguments: Array = arguments.into_iter().map(JsValue::from).collect();
        let promise: Promise = function
            .apply(&JsValue::UNDEFINED, &arguments)?
            .dyn_into()?;
        JsFuture::from(promise).await
    };
    let said: Result<JsValue, JsValue> = called.await;
    match said {
        Ok(said) => Ok(said.as_string().unwrap_or_default()),
        Err(error) => Err(Reflect::get(&error, &"message".into())
            .ok()
            .and_then(|message| message.as_string())
            .unwrap_or(script)),
    }
}

/// The address of such a script, as the page's root names it.
pub fn address(attribute: &str) -> String {
    super::page::root()
        .and_then(|root| root.get_attribute(attribute))
        .unwrap_or_default()
}

/// Whether this browser has something, here (some of it is for secure pages only).
pub fn present(name: &str) -> bool {
    Reflect::get(&js_sys::global(), &name.into()).is_ok_and(|found| found.is_object())
}

fn function(name: &str) -> Option<Function> {
    Reflect::get(&js_sys::global(), &name.into())
        .ok()?
        .dyn_into()
        .ok()
}

/// Runs a script of this site as a module. The start script's policy lets in no other host's.
async fn load(script: &str) -> Result<(), JsValue> {
    let document = web_sys::window()
        .and_then(|window| window.document())
        .ok_or(JsValue::UNDEFINED)?;
    let element = document.create_element("script")?;
    element.set_attribute("type", "module")?;
    element.set_attribute("src", script)?;
    let loaded = Promise::new(&mut |done, failed| {
        let _ = element.add_event_listener_with_callback("load", &done);
        let _ = element.add_event_listener_with_callback("error", &failed);
    });
    document
        .document_element()
        .ok_or(JsValue::UNDEFINED)?
        .append_child(&element)?;
    JsFuture::from(loaded).await.map(drop)
}
