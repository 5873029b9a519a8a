//! HTML by html5ever, straight into an arena and from there into the neutral tree.
//!
//! Parsed as a `<template>`'s content with scripting off, exactly as the browser side does it.
//! Nodes are numbers into one vector, so that no reference counting happens while parsing.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};

use html5ever::interface::{ElemName, ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::tree_builder::TreeBuilderOpts;
use html5ever::{
    Attribute, LocalName, Namespace, ParseOpts, QualName, local_name, ns, parse_fragment,
};

use crate::html::tree::{Element, Node};

/// No fragment within the limits of `html::limits` makes more; a bomb that gets past the estimate
/// stops growing here instead of filling the memory.
const MOST_NODES: usize = 500_000;

/// Parses a fragment. Never fails.
pub fn parse_html(html: &str) -> Vec<Node> {
    let html = html.strip_prefix('\u{feff}').unwrap_or(html);
    let options = ParseOpts {
        tree_builder: TreeBuilderOpts {
            scripting_enabled: false,
            ..TreeBuilderOpts::default()
        },
        ..ParseOpts::default()
    };
    let context = QualName::new(None, ns!(html), local_name!("template"));
    let mut parser = parse_fragment(Arena::default(), options, context, Vec::new(), false);
    parser.process(StrTendril::from_slice(html));
    parser.finish()
}

/// An element as html5ever needs to see it again: its place and its name.
#[derive(Clone)]
struct Handle {
    index: usize,
    namespace: Namespace,
    name: LocalName,
}

impl std::fmt::Debug for Handle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.index, self.name)
    }
}

impl ElemName for &Handle {
    fn ns(&self) -> &Namespace {
        &self.namespace
    }

    fn local_name(&self) -> &LocalName {
        &self.name
    }
}

enum Data {
    /// The document, a template's content, a comment: what the neutral tree leaves out.
    Other,
    Text(String),
    Element {
        html: bool,
        name: LocalName,
        attributes: Vec<Attribute>,
    },
}

struct Slot {
    parent: usize,
    data: Data,
    children: Vec<usize>,
}

/// Index 0 is the document, to which html5ever appends the root `<html>` of a fragment; 1 is spare.
struct Arena {
    slots: RefCell<Vec<Slot>>,
    full: Cell<bool>,
}

const NOWHERE: usize = usize::MAX;
/// What stands for every node that is one too many.
const SPARE: usize = 1;

impl Default for Arena {
    fn default() -> Self {
        let empty = || Slot {
            parent: NOWHERE,
            data: Data::Other,
            children: Vec::new(),
        };
        Self {
            slots: RefCell::new(vec![empty(), empty()]),
            full: Cell::new(false),
        }
    }
}

impl Arena {
    fn add(&self, data: Data) -> usize {
        let mut slots = self.slots.borrow_mut();
        if self.full.get() {
            // Whatever comes now is one and the same, and goes nowhere.
            return SPARE;
        }
        slots.push(Slot {
            parent: NOWHERE,
            data,
            children: Vec::new(),
        });
        if slots.len() > MOST_NODES {
            self.full.set(true);
        }
        slots.len() - 1
    }

    fn other(&self) -> Handle {
        Handle {
            index: self.add(Data::Other),
            namespace: ns!(),
            name: local_name!(""),
        }
    }

    fn detach(slots: &mut [Slot], node: usize) {
        let parent = std::mem::replace(&mut slots[node].parent, NOWHERE);
        if parent != NOWHERE {
            // The parser detaches what it has just added, so the search begins at the end.
            if let Some(at) = slots[parent]
                .children
                .iter()
                .rposition(|&child| child == node)
            {
                slots[parent].children.remove(at);
            }
        }
    }

    /// Puts a child before position `at` of `parent`, joining text with its neighbour.
    fn insert(&self, parent: usize, at: Option<usize>, child: NodeOrText<Handle>) {
        if self.full.get() {
            return;
        }
        match child {
            NodeOrText::AppendNode(node) => {
                let mut slots = self.slots.borrow_mut();
                Self::detach(&mut slots, node.index);
                let at = at.unwrap_or(slots[parent].children.len());
                let at = at.min(slots[parent].children.len());
                slots[parent].children.insert(at, node.index);
                slots[node.index].parent = parent;
            }
            NodeOrText::AppendText(text) => {
                let mut slots = self.slots.borrow_mut();
                let at = at.unwrap_or(slots[parent].children.len());
                if let Some(&previous) = at
                    .checked_sub(1)
                    .and_then(|i| slots[parent].children.get(i))
                    && let Data::Text(before) = &mut slots[previous].data
                {
                    before.push_str(&text);
                    return;
                }
                let index = slots.len();
                slots.push(Slot {
                    parent,
                    data: Data::Text(String::from(&*text)),
                    children: Vec::new(),
                });
                slots[parent].children.insert(at, index);
            }
        }
    }
}

impl TreeSink for Arena {
    type Handle = Handle;
    type Output = Vec<Node>;
    type ElemName<'a> = &'a Handle;

    fn finish(self) -> Vec<Node> {
        let mut slots = self.slots.into_inner();
        // The document holds the fragment's root `<html>`, which holds the content.
        let root = slots[0]
            .children
            .iter()
            .copied()
            .find(|&child| matches!(slots[child].data, Data::Element { .. }));
        match root {
            Some(root) => nodes(&mut slots, root),
            None => Vec::new(),
        }
    }

    fn parse_error(&self, _message: Cow<'static, str>) {}

    fn get_document(&self) -> Handle {
        Handle {
            index: 0,
            namespace: ns!(),
            name: local_name!(""),
        }
    }

    fn elem_name<'a>(&'a self, target: &'a Handle) -> &'a Handle {
        target
    }

    fn create_element(
        &self,
        name: QualName,
        attributes: Vec<Attribute>,
        _flags: ElementFlags,
    ) -> Handle {
        let attributes = if self.full.get() {
            Vec::new()
        } else {
            attributes
        };
        let html = name.ns == ns!(html);
        let data = Data::Element {
            html,
            name: name.local.clone(),
            attributes,
        };
        Handle {
            index: self.add(data),
            namespace: name.ns,
            name: name.local,
        }
    }

    fn create_comment(&self, _text: StrTendril) -> Handle {
        self.other()
    }

    fn create_pi(&self, _target: StrTendril, _data: StrTendril) -> Handle {
        self.other()
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        self.insert(parent.index, None, child);
    }

    fn append_based_on_parent_node(
        &self,
        element: &Handle,
        previous: &Handle,
        child: NodeOrText<Handle>,
    ) {
        let has_parent = self.slots.borrow()[element.index].parent != NOWHERE;
        if has_parent {
            self.append_before_sibling(element, child);
        } else {
            self.append(previous, child);
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, _target: &Handle) -> Handle {
        // Not part of the neutral tree: what is put there goes nowhere.
        self.other()
    }

    fn same_node(&self, x: &Handle, y: &Handle) -> bool {
        x.index == y.index
    }

    fn set_quirks_mode(&self, _mode: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Handle, node: NodeOrText<Handle>) {
        if let NodeOrText::AppendNode(node) = &node {
            Self::detach(&mut self.slots.borrow_mut(), node.index);
        }
        let (parent, at) = {
            let slots = self.slots.borrow();
            let parent = slots[sibling.index].parent;
            if parent == NOWHERE {
                return;
            }
            (
                parent,
                slots[parent]
                    .children
                    .iter()
                    .rposition(|&child| child == sibling.index),
            )
        };
        self.insert(parent, at, node);
    }

    fn add_attrs_if_missing(&self, _target: &Handle, _attributes: Vec<Attribute>) {
        // Only ever `<html>` and `<body>`, which the neutral tree does not have.
    }

    fn remove_from_parent(&self, target: &Handle) {
        Self::detach(&mut self.slots.borrow_mut(), target.index);
    }

    fn reparent_children(&self, node: &Handle, new_parent: &Handle) {
        if node.index == new_parent.index || self.full.get() {
            return;
        }
        let mut slots = self.slots.borrow_mut();
        let children = std::mem::take(&mut slots[node.index].children);
        for &child in &children {
            slots[child].parent = new_parent.index;
        }
        slots[new_parent.index].children.extend(children);
    }
}

/// The children of `parent` as neutral nodes. Recursion is as deep as the tree, which
/// `html::limits` bounds before anything is parsed; deeper ones are cut.
fn nodes(slots: &mut [Slot], parent: usize) -> Vec<Node> {
    nodes_within(slots, parent, 0)
}

const DEEPEST: usize = 2_000;

fn nodes_within(slots: &mut [Slot], parent: usize, depth: usize) -> Vec<Node> {
    if depth == DEEPEST {
        return Vec::new();
    }
    let children = std::mem::take(&mut slots[parent].children);
    let mut out: Vec<Node> = Vec::with_capacity(children.len());
    for child in children {
        match std::mem::replace(&mut slots[child].data, Data::Other) {
            Data::Other => {}
            Data::Text(text) => match out.last_mut() {
                // A comment stood between them.
                Some(Node::Text(before)) => before.push_str(&text),
                _ => out.push(Node::Text(text)),
            },
            Data::Element {
                html,
                name,
                attributes,
            } => {
                // A form's properties cannot be read safely in a browser: neither side reads them.
                let form = html && name == local_name!("form");
                let attributes = if form {
                    Vec::new()
                } else {
                    attributes
                        .into_iter()
                        .map(|a| (String::from(&*a.name.local), String::from(&*a.value)))
                        .collect()
                };
                let children = nodes_within(slots, child, depth + 1);
                out.push(Node::Element(Element {
                    name: String::from(&*name),
                    html,
                    attributes,
                    children,
                }));
            }
        }
    }
    out
}
