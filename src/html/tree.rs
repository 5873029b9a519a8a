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

/// Takes the first element that matches out of a tree, in document order.
pub fn take_out(nodes: &mut Vec<Node>, matches: &dyn Fn(&Element) -> bool) -> Option<Element> {
    take_out_unless(nodes, matches, &|_| false)
}

/// [`take_out`] that does not look into elements for which `closed` holds.
pub fn take_out_unless(
    nodes: &mut Vec<Node>,
    matches: &dyn Fn(&Element) -> bool,
    closed: &dyn Fn(&Element) -> bool,
) -> Option<Element> {
    for at in 0..nodes.len() {
        let Node::Element(element) = &mut nodes[at] else {
            continue;
        };
        if matches(element) {
            return match nodes.remove(at) {
                Node::Element(element) => Some(element),
                Node::Text(_) => None,
            };
        }
        if !closed(element)
            && let Some(found) = take_out_unless(&mut element.children, matches, closed)
        {
            return Some(found);
        }
    }
    None
}

/// Takes all elements that match out of a tree, in document order; what is in one goes with it.
pub fn take_all(
    nodes: &mut Vec<Node>,
    matches: &dyn Fn(&Element) -> bool,
    closed: &dyn Fn(&Element) -> bool,
) -> Vec<Element> {
    let mut taken = Vec::new();
    take_into(nodes, matches, closed, &mut taken);
    taken
}

fn take_into(
    nodes: &mut Vec<Node>,
    matches: &dyn Fn(&Element) -> bool,
    closed: &dyn Fn(&Element) -> bool,
    taken: &mut Vec<Element>,
) {
    let wanted = |node: &mut Node| matches!(node, Node::Element(element) if matches(element));
    for node in nodes.iter_mut() {
        if wanted(node) {
            let gone = std::mem::replace(node, Node::Text(String::new()));
            if let Node::Element(element) = gone {
                taken.push(element);
            }
        } else if let Node::Element(element) = node
            && !closed(element)
        {
            take_into(&mut element.children, matches, closed, taken);
        }
    }
    nodes.retain(|node| !matches!(node, Node::Text(text) if text.is_empty()));
}

/// The first element that matches, in document order.
pub fn find<'a>(nodes: &'a [Node], matches: &dyn Fn(&Element) -> bool) -> Option<&'a Element> {
    nodes.iter().find_map(|node| match node {
        Node::Element(element) if matches(element) => Some(element),
        Node::Element(element) => find(&element.children, matches),
        Node::Text(_) => None,
    })
}

/// All text in document order.
pub fn text_of(nodes: &[Node]) -> String {
    let mut out = String::new();
    push_text(nodes, &mut out);
    out
}

fn push_text(nodes: &[Node], out: &mut String) {
    for node in nodes {
        match node {
            Node::Text(text) => out.push_str(text),
            Node::Element(element) => push_text(&element.children, out),
        }
    }
}
