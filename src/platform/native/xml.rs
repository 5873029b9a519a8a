//! XML by quick-xml, into the neutral tree; the browser's `DOMParser` does the same.

use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};

use crate::html::tree::{Element, Node};
use crate::platform::xml_text::repair;

/// Deeper documents are refused: nothing real is, and dropping a tree recurses.
const DEPTH: usize = 256;

/// Parses a document into its root element.
pub fn parse_xml(xml: &str) -> Result<Element, String> {
    let text = repair(xml);
    let mut reader = Reader::from_str(&text);
    let mut open: Vec<Element> = Vec::new();
    let mut root = None;
    loop {
        let event = reader.read_event();
        match event.map_err(|error| at(&reader, &error.to_string()))? {
            Event::Start(start) => {
                if open.len() == DEPTH {
                    return Err(at(&reader, "elements are nested too deep"));
                }
                open.push(element(&start).map_err(|error| at(&reader, &error))?);
            }
            Event::Empty(start) => {
                let element = element(&start).map_err(|error| at(&reader, &error))?;
                close(element, &mut open, &mut root);
            }
            Event::End(_) => {
                if let Some(element) = open.pop() {
                    close(element, &mut open, &mut root);
                }
            }
            Event::Text(text) => push_text(&mut open, &text.xml10_content()),
            Event::CData(text) => push_text(&mut open, &text.xml10_content()),
            Event::GeneralRef(reference) => {
                let name = reference.into_inner();
                let text = unescape(&format!("&{name};")).map(std::borrow::Cow::into_owned);
                push_text(
                    &mut open,
                    &text.map_err(|error| at(&reader, &error.to_string()))?,
                );
            }
            Event::Eof => break,
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
    match root {
        Some(root) if open.is_empty() => Ok(root),
        Some(_) | None => Err(at(
            &reader,
            "the document ends before its root element does",
        )),
    }
}

fn element(start: &BytesStart<'_>) -> Result<Element, String> {
    let mut element = Element {
        name: start.name().as_ref().to_owned(),
        ..Element::default()
    };
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|error| error.to_string())?;
        let value = unescape(&attribute.value).map_err(|error| error.to_string())?;
        element
            .attributes
            .push((attribute.key.as_ref().to_owned(), value.into_owned()));
    }
    Ok(element)
}

fn close(element: Element, open: &mut [Element], root: &mut Option<Element>) {
    match open.last_mut() {
        Some(parent) => parent.children.push(Node::Element(element)),
        None if root.is_none() => *root = Some(element),
        None => {}
    }
}

/// Text, CDATA and references arrive apart; a tree has one text node for all of them.
fn push_text(open: &mut [Element], text: &str) {
    let Some(parent) = open.last_mut() else {
        return;
    };
    match parent.children.last_mut() {
        Some(Node::Text(last)) => last.push_str(text),
        _ if text.is_empty() => {}
        _ => parent.children.push(Node::Text(text.to_owned())),
    }
}

fn at(reader: &Reader<&[u8]>, message: &str) -> String {
    format!(
        "byte {}: {message}",
        reader.error_position().max(reader.buffer_position())
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_keep_their_prefix_and_text_is_one_node() {
        let root = parse_xml(
            "<?xml version='1.0'?><a x='1 &amp; 2'><c:D>x &lt;<![CDATA[<b>]]>&#33;</c:D><e/></a>",
        )
        .expect("a document");
        assert_eq!(root.name, "a");
        assert_eq!(root.attribute("x"), Some("1 & 2"));
        let Node::Element(first) = &root.children[0] else {
            panic!("an element")
        };
        assert_eq!(first.name, "c:D");
        assert_eq!(first.children, [Node::Text("x <<b>!".into())]);
    }

    #[test]
    fn broken_documents_are_errors_with_a_place() {
        assert!(parse_xml("<a><b></a>").is_err_and(|error| error.starts_with("byte ")));
        assert!(parse_xml("<a><b>").is_err());
        assert!(parse_xml("").is_err());
        assert!(parse_xml(&"<a>".repeat(100_000)).is_err());
    }
}
