//! The machine this code runs on, under one set of names: [`web`](self) in a browser, native
//! elsewhere. The only home of web APIs, files, sockets and the crates that stand in for them.
//!
//! `view`, `store`, `reader` and `prerender` call this; the pure layers never do, they are handed
//! [`HOST`] instead. Whatever is added to one side under a shared name is added to the other.

mod date_style;
pub mod markup;
pub mod shelf;
mod xml_text;

pub use date_style::DateStyle;

/// A moment in a language's own words, for the texts that `html` writes.
pub fn moment(language: &str, at: crate::model::Instant) -> String {
    intl::date(language, at, DateStyle::Moment)
}

#[cfg(all(not(target_arch = "wasm32"), feature = "ssr"))]
mod native;
#[cfg(all(not(target_arch = "wasm32"), feature = "ssr"))]
pub use native::*;

#[cfg(target_arch = "wasm32")]
mod web;
#[cfg(target_arch = "wasm32")]
pub use web::*;
