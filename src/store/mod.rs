//! What is loaded and what is under way, as signals that views show.
//!
//! `reading::Store` reads a source in the browser; the others bring the reader's own things to life: the
//! comment form ([`desk`]), comments on their way ([`outbox`]), the list of drafts ([`shelf`]), the
//! thread under a story ([`thread`]). They call `platform` and are called by views and the app.

pub mod desk;
pub mod finder;
pub mod keepsakes;
pub mod live;
pub mod locked;
pub mod outbox;
pub mod shelf;
pub mod thread;

#[cfg(target_arch = "wasm32")]
pub mod history;
#[cfg(target_arch = "wasm32")]
mod reading;
#[cfg(target_arch = "wasm32")]
pub mod words;
#[cfg(target_arch = "wasm32")]
pub use reading::Store;
