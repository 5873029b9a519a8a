//! Dateline: the same Rust code turns any article source into a prerendered site that reads
//! without JavaScript, comes alive as a single-page app, works offline and travels as a widget.
//!
//! The layers, lowest first; each may use only what stands before it (`tests/layering.rs` holds
//! them to it, `docs/ARCHITECTURE.md` draws them):
//!
//! * [`model`]: pure data; [`json`]: what Dateline itself writes down.
//! * [`strings`], [`route`], [`head`], [`related`], [`page`]: pure functions over the model.
//! * [`html`]: untrusted HTML to typed blocks.
//! * [`source`]: wire formats to the model, as conversations without I/O.
//! * [`platform`]: the browser or the machine; the only home of web APIs, files and sockets.
//! * [`reader`]: the reader's own things (drafts, preferences) over a key-value store.
//! * `store`, `view`: what is loaded, and what is shown.
//! * `widget`: a feed as a list on someone else's page; beside the app, not part of it.
//! * `proof`: native only; what `site.json` says and its publisher cannot have meant.
//! * `prerender`: native only; every route becomes a file.

// The widget's bundle is built with its own feature alone: what a library merely links, it exports,
// and everything below that is marked brings Leptos or the web's interfaces.
#[cfg(all(target_arch = "wasm32", feature = "hydrate"))]
pub mod app;
#[cfg(feature = "ssr")]
pub mod check;
#[cfg(any(feature = "hydrate", feature = "ssr"))]
pub mod head;
pub mod host;
pub mod html;
pub mod json;
pub mod model;
#[cfg(any(feature = "hydrate", feature = "ssr"))]
pub mod page;
#[cfg(any(feature = "hydrate", feature = "ssr"))]
pub mod platform;
#[cfg(feature = "ssr")]
pub mod prerender;
#[cfg(feature = "ssr")]
pub mod proof;
#[cfg(any(feature = "hydrate", feature = "ssr"))]
pub mod reader;
#[cfg(any(feature = "hydrate", feature = "ssr"))]
pub mod related;
#[cfg(any(feature = "hydrate", feature = "ssr"))]
pub mod route;
#[cfg(any(feature = "hydrate", feature = "ssr"))]
pub mod source;
#[cfg(any(feature = "hydrate", feature = "ssr"))]
pub mod store;
pub mod strings;
#[cfg(any(feature = "hydrate", feature = "ssr"))]
pub mod view;
#[cfg(feature = "widget")]
pub mod widget;
pub mod words;
