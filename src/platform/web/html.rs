//! HTML by the browser's own parser, read into the neutral tree.
//!
//! A `<template>`'s content is inert: nothing runs, nothing is requested. It is walked with a
//! `TreeWalker`, whose steps a hostile form cannot overshadow (`<input name=nextSibling>`), and no
//! property of a form is ever read.

use js_sys::Reflect;
use wasm_bindgen::JsCast;
use web_sys::{
    HtmlElement, HtmlFormElement, HtmlTemplateElement, Node as DomNode, Text, TreeWalker,
};

use super::trusted::markup;
use crate::html::tree::{Element, Node};

/// Elements and text.
const SHOWN: u32 = 1 | 4;

/// Parses a fragment. Never fails; without a document there is nothing to show either.
pub fn parse_html(html: &str) -> Vec<Node> {
    parse(html).unwrap_or_default()
}

fn parse(html: &str) -> Option<Vec<Node>> {
    let html = html.strip_prefix('\u{feff}').unwrap_or(html);
    let document = web_sys::window()?.document()?;
    let template: HtmlTemplateElement =
        document.create_element("template").ok()?.dyn_into().ok()?;
    Reflect::set(&template, &"innerHTML".into(), &markup(html)).ok()?;
    let content = template.content();
    let walker = document
        .create_tree_walker_with_what_to_show(&content, SHOWN)
        .ok()?;
    Some(read(&walker))
}

/// Walks depth first with the open elements on a stack of its own, so depth costs no call stack.
fn read(walker: &TreeWalker) -> Vec<Node> {
    let mut open: Vec<Element> = Vec::new();
    let mut out: Vec<Node> = Vec::new();
    let step = |result: Result<Option<DomNode>, _>| result.ok().flatten();
    let mut current = step(walker.first_child());
    while let Some(node) = current {
        if let Some(text) = node.dyn_ref::<Text>() {
            push_text(siblings(&mut open, &mut out), text.data());
        } else {
            open.push(element(&node));
            if let Some(child) = step(walker.first_child()) {
                current = Some(child);
                continue;
            }
            close(&mut open, &mut out);
        }
        // The next sibling, or that of the nearest ancestor that has one.
        current = loop {
            if let Some(sibling) = step(walker.next_sibling()) {
                break Some(sibling);
            }
            if open.is_empty() || step(walker.parent_node()).is_none() {
                break None;
            }
            close(&mut open, &mut out);
        };
    }
    while !open.is_empty() {
        close(&mut open, &mut out);
    }
    out
}

fn siblings<'a>(open: &'a mut [Element], out: &'a mut Vec<Node>) -> &'a mut Vec<Node> {
    match open.last_mut() {
        Some(parent) => &mut parent.children,
        None => out,
    }
}

fn close(open: &mut Vec<Element>, out: &mut Vec<Node>) {
    if let Some(element) = open.pop() {
        siblings(open, out).push(Node::Element(element));
    }
}

/// Comments are not shown by the walker, so the texts around one meet here.
fn push_text(siblings: &mut Vec<Node>, text: String) {
    match siblings.last_mut() {
        Some(Node::Text(before)) => before.push_str(&text),
        _ => siblings.push(Node::Text(text)),
    }
}

fn element(node: &DomNode) -> Element {
    if node.is_instance_of::<HtmlFormElement>() {
        return Element {
            name: "form".into(),
            html: true,
            ..Element::default()
        };
    }
    // The walker shows nothing else but text.
    let html = node.is_instance_of::<HtmlElement>();
    let node: &web_sys::Element = node.unchecked_ref();
    let attributes = node.attributes();
    let count = attributes.length();
    let mut pairs = Vec::with_capacity(count as usize);
    for index in 0..count {
        if let Some(attribute) = attributes.item(index) {
            pairs.push((attribute.local_name(), attribute.value()));
        }
    }
    Element {
        name: node.local_name(),
        html,
        attributes: pairs,
        children: Vec::new(),
    }
}
