//! The reader's browser: what the pure layers borrow, made of web APIs that cost no bytes.

pub mod body;
pub mod body_behaviour;
pub mod bundle;
pub mod card_buttons;
pub mod choices;
pub mod clock;
pub mod embeds;
pub mod events;
pub mod fetch;
pub mod fields;
pub mod hand;
pub mod history;
mod html;
mod idb;
pub mod intl;
pub mod letter;
mod lightbox;
pub mod live;
pub mod local;
pub mod locks;
pub mod module;
pub mod navigation;
pub mod nodes;
pub mod page;
mod places;
pub mod prefetch;
mod regexp;
pub mod timer;
mod trusted;
mod url;
pub mod viewport;
mod xml;

use crate::host::Host;

/// The browser's functions, for `store`, `view` and tests.
pub const HOST: Host = Host {
    resolve: url::resolve,
    parse_html: html::parse_html,
    parse_xml: xml::parse_xml,
    decode: |bytes, charset| {
        let decoder = web_sys::TextDecoder::new_with_label(charset).ok()?;
        decoder.decode_with_u8_array(bytes).ok()
    },
    replace: regexp::replace,
    now: || (js_sys::Date::now() / 1000.0) as i64,
};

/// The reader's stores in this browser.
pub fn storage() -> crate::reader::Storage {
    crate::reader::Storage {
        local: local_store(),
        durable: std::rc::Rc::new(idb::Indexed),
    }
}

/// The one of them that answers at once, for bundles that do without the other's code.
pub fn local_store() -> std::rc::Rc<dyn crate::reader::storage::LocalStore> {
    std::rc::Rc::new(local::Local)
}

/// Starts a job beside everything else.
pub fn spawn(job: impl Future<Output = ()> + 'static) {
    // Boxed, so that the machinery around a job is compiled once and not for every job.
    let job: std::pin::Pin<Box<dyn Future<Output = ()>>> = Box::pin(job);
    wasm_bindgen_futures::spawn_local(job);
}
