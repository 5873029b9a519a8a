//! XML by the browser's `DOMParser`, read into the neutral tree; names keep their prefix and case.

use js_sys::{Function, Reflect};
use wasm_bindgen::JsCast;
use web_sys::{CharacterData, Document, DomParser, Node as DomNode};

use super::trusted::markup;
use crate::html::tree::{Element, Node};
use crate::platform::xml_text::repair;

/// Deeper documents are refused, as natively.
const DEPTH: usize = 256;

/// Parses a document into its root element.
pub fn parse_xml(xml: &str) -> Result<Element, String> {
    let document = parse(&repair(xml)).ok_or("no XML parser here")?;
    if let Some(error) = document.get_elements_by_tag_name("parsererror").item(0) {
        let text = error.text_content().unwrap_or_default();
        return Err(text.trim().chars().take(200).collect());
    }
    let root = document
        .document_element()
        .ok_or("the document has no root element")?;
    element(&root, 0)
}

fn parse(xml: &str) -> Option<Document> {
    let parser = DomParser::new().ok()?;
    let method: Function = Reflect::get(&parser, &"parseFromString".into())
        .ok()?
        .dyn_into()
        .ok()?;
    method
        .call2(&parser, &markup(xml), &"text/xml".into())
        .ok()?
        .dyn_into()
        .ok()
}

fn element(node: &web_sys::Element, depth: usize) -> Result<Element, String> {
    if depth == DEPTH {
        return Err("elements are nested too deep".into());
    }
    let attributes = node.attributes();
    let mut out = Element {
        name: node.tag_name(),
        ..Element::default()
    };
    for index in 0..attributes.length() {
        if let Some(attribute) = attributes.item(index) {
            out.attributes.push((attribute.name(), attribute.value()));
        }
    }
    let mut child = node.first_child();
    while let Some(node) = child {
        match node.node_type() {
            DomNode::ELEMENT_NODE => {
                if let Some(node) = node.dyn_ref::<web_sys::Element>() {
                    out.children.push(Node::Element(element(node, depth + 1)?));
                }
            }
            DomNode::TEXT_NODE | DomNode::CDATA_SECTION_NODE => {
                let text = node.dyn_ref::<CharacterData>().map(CharacterData::data);
                push_text(&mut out.children, text.unwrap_or_default());
            }
            _ => {}
        }
        child = node.next_sibling();
    }
    Ok(out)
}

fn push_text(siblings: &mut Vec<Node>, text: String) {
    match siblings.last_mut() {
        Some(Node::Text(before)) => before.push_str(&text),
        _ if text.is_empty() => {}
        _ => siblings.push(Node::Text(text)),
    }
}
