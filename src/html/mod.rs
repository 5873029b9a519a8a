//! Untrusted HTML becomes typed blocks; nothing else may reach a page.
//!
//! A parser (the browser's, or html5ever natively: `platform` lends one through [`crate::host`])
//! makes the neutral [`tree`]; one policy, kept as data, turns it into `Vec<Block>`; the native
//! side writes blocks as HTML text, the browser builds nodes from them. Pure: no I/O, no web APIs.

mod anchors;
mod block;
mod clean;
mod ids;
mod inline;
mod limits;
mod policy;
mod provider;
mod render;
pub mod text;
pub mod tree;
mod updates;
mod url;
mod walk;
mod words;
mod write;

pub use block::*;
pub use clean::{Cleaned, Context, Dropped, Entry, clean, limit_of};
pub use limits::{Limit, pasted};
#[cfg(feature = "rss")]
pub(crate) use limits::{check as limit, light};
pub use provider::{FRAME_HOSTS, Provider, Shape, name_of, player};
pub use render::{Sink, WriteOptions, render};
pub use updates::{Told, clean_live, update_id, updates};
pub(crate) use url::LONGEST as LONGEST_ADDRESS;
pub use url::SafeUrl;
pub use words::{of_blocks as plain_text, of_inlines as inline_text, words_of_blocks};
pub use write::{write, write_around};
