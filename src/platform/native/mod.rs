//! The publisher's machine: what the pure layers borrow, made of native crates.

pub mod clock;
mod fetch;
mod html;
mod hush;
pub mod intl;
mod keep;
mod page;
mod quiet;
mod reading;
mod regex;
mod sightings;
mod slices;
mod url;
mod xml;

pub use fetch::{Limits, Seen, Watch, fetch, fetch_now, read, read_watched};
pub use keep::path_in;
pub use reading::{ReadError, Reader, Reading, paged, read_all, read_pages, waited};

use crate::host::Host;

/// The native functions, for `prerender`, `check` and tests.
pub const HOST: Host = Host {
    resolve: url::resolve,
    parse_html: html::parse_html,
    parse_xml: xml::parse_xml,
    decode: |bytes, charset| {
        let charset = encoding_rs::Encoding::for_label(charset.as_bytes())?;
        Some(charset.decode(bytes).0.into_owned())
    },
    replace: regex::replace,
    now: || {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        since.map_or(0, |since| since.as_secs() as i64)
    },
};

pub use quiet::{
    bundle, choices, embeds, events, fields, hand, letter, live, local, local_store, locks, module,
    navigation, spawn, storage, timer, viewport,
};
