//! The neutral tree that both HTML parsers make and the policy reads: elements, text, nothing else.
//!
//! Children of a `<template>` are not part of it; comments and processing instructions are left out.

/// A node of a parsed fragment.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    Element(Element),
    Text(String),
}

/// An element with lower-case local name and attribute names in document order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Element {
    pub name: String,
    /// Whether it lives in the HTML namespace (SVG and MathML do not).
    pub html: bool,
    pub attributes: Vec<(String, String)>,
    pub children: Vec<Node>,
}

impl Element {
    /// The value of an attribute, by lower-case name.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }
}
