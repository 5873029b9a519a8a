//! What the pure layers borrow from the machine they run on: a handful of plain functions.
//!
//! Natively these are the `url`, `html5ever`, `quick-xml` and `regex` crates; in the browser they
//! are `URL`, `<template>`, `DOMParser` and `RegExp`, which cost no bytes. `platform::HOST` is the
//! value to pass; tests pass the same. No state, no I/O.

use crate::html::tree::{Element, Node};

/// Function pointers into `platform`.
#[derive(Clone, Copy)]
pub struct Host {
    /// Resolves a reference against an absolute base by the WHATWG URL standard.
    /// `None` when the result is no valid URL.
    pub resolve: fn(base: &str, reference: &str) -> Option<String>,
    /// Parses an HTML fragment (context `template`, scripting off). Never fails, never runs
    /// anything, requests nothing.
    pub parse_html: fn(html: &str) -> Vec<Node>,
    /// Parses an XML document into its root element; names keep their prefix and case.
    pub parse_xml: fn(xml: &str) -> Result<Element, String>,
    /// Decodes bytes by the name of their charset; `None` for a name that nobody knows. What is no
    /// text in it becomes U+FFFD.
    pub decode: fn(bytes: &[u8], charset: &str) -> Option<String>,
    /// Replaces every match of a regular expression (the common subset of RegExp and `regex`).
    pub replace: fn(pattern: &str, text: &str, with: &str) -> Result<String, String>,
    /// Seconds since the epoch, for embargoes. Never shown, never part of a page.
    pub now: fn() -> i64,
}
