//! The widget's own part: a feed's address to a list of headlines on someone else's page.
//!
//! Pure: what is fetched and where the nodes go is lent by the caller (`bin/widget.rs` in a
//! browser, tests natively). It stands on `source`, `model` and `html::text` like the app, and
//! uses neither Leptos nor the page layer: `docs/decisions` has the measurements. What lives with
//! the element itself (attributes, events, nearness, life and death) is `public/app/embed/embed.js`.

mod entities;
mod feed;
mod list;
mod options;
mod story;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;

pub use entities::decoded;
pub use feed::{Feed, read};
pub use list::{Words, write};
pub use options::{Dates, Images, Layout, Options};
