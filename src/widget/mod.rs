//! The widget's own part: a feed's address to a list of headlines on someone else's page.
//!
//! Pure: what is fetched and where the nodes go is lent by the caller (`bin/widget.rs` in a
//! browser, tests natively). It stands on `model::Instant` and `html::text`, and uses neither
//! Leptos nor the page layer nor `source`: `docs/decisions/0060` has the measurements. What lives
//! with the element itself (attributes, events, nearness, life and death) is
//! `public/app/embed/embed.js`.

mod entities;
mod feeds;
mod fields;
mod list;
mod options;
mod reading;
mod rss;
mod story;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
mod xml;

pub use entities::decoded;
pub use list::{Words, write};
pub use options::{Dates, Layout, Options};
pub use reading::{Answer, Failure, Lent, Reading};
pub use story::{Feed, Picture, Story};
