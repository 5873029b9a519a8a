//! Untrusted HTML becomes typed blocks; nothing else may reach a page.
//!
//! A parser (the browser's, or html5ever natively: `platform` lends one through [`crate::host`])
//! makes the neutral [`tree`]; one policy, kept as data, turns it into `Vec<Block>`; the native
//! side writes blocks as HTML text, the browser builds nodes from them. Pure: no I/O, no web APIs.

pub mod text;
pub mod tree;
