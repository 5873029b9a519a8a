//! localStorage as a [`LocalStore`], and the tab's own sessionStorage.
//!
//! Both getters throw where storage is blocked, and a write throws when it is full; here that is
//! an ordinary error.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::Storage;

use crate::reader::{LocalStore, StoreError};

/// The browser's localStorage. Asked for anew at every call: it may be blocked at any time.
pub struct Local;

fn local() -> Result<Storage, StoreError> {
    let window = web_sys::window().ok_or(StoreError::Blocked)?;
    window
        .local_storage()
        .ok()
        .flatten()
        .ok_or(StoreError::Blocked)
}

/// A thrown value as a store's error.
pub(super) fn store_error(thrown: &JsValue) -> StoreError {
    match thrown
        .dyn_ref::<js_sys::Error>()
        .map(|error| String::from(error.name()))
    {
        Some(name) if name.contains("Quota") => StoreError::Full,
        Some(name) if name == "SecurityError" => StoreError::Blocked,
        Some(name) => StoreError::Failed(name),
        None => StoreError::Failed(String::new()),
    }
}

impl LocalStore for Local {
    fn read(&self, name: &str) -> Result<Option<String>, StoreError> {
        local()?
            .get_item(name)
            .map_err(|thrown| store_error(&thrown))
    }

    fn write(&self, name: &str, value: &str) -> Result<(), StoreError> {
        local()?
            .set_item(name, value)
            .map_err(|thrown| store_error(&thrown))
    }

    fn remove(&self, name: &str) -> Result<(), StoreError> {
        local()?
            .remove_item(name)
            .map_err(|thrown| store_error(&thrown))
    }

    fn names(&self, prefix: &str) -> Result<Vec<String>, StoreError> {
        let storage = local()?;
        let count = storage.length().map_err(|thrown| store_error(&thrown))?;
        let names = (0..count).filter_map(|index| storage.key(index).ok().flatten());
        Ok(names.filter(|name| name.starts_with(prefix)).collect())
    }
}

fn session() -> Option<Storage> {
    web_sys::window()?.session_storage().ok().flatten()
}

/// What this tab noted for itself before a reload.
pub fn recall(name: &str) -> Option<String> {
    session()?.get_item(name).ok().flatten()
}

/// Notes something for this tab until it is closed; `None` strikes it out. Where the browser
/// refuses, a reload just knows less.
pub fn note(name: &str, value: Option<&str>) {
    if let Some(session) = session() {
        let _ = match value {
            Some(value) => session.set_item(name, value),
            None => session.remove_item(name),
        };
    }
}

/// Strikes out every note of this tab whose name begins so.
pub fn forget_notes(prefix: &str) {
    let Some(session) = session() else { return };
    let count = session.length().unwrap_or_default();
    let names: Vec<_> = (0..count)
        .filter_map(|index| session.key(index).ok().flatten())
        .collect();
    for name in names.iter().filter(|name| name.starts_with(prefix)) {
        let _ = session.remove_item(name);
    }
}
