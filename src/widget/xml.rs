//! XML as feeds really write it, read from text alone: a page under Trusted Types lends nobody its
//! parser. Elements, attributes and text; entities a feed declares itself do not exist here.

use super::entities::decoded;
use crate::html::tree::{Element, Node};

/// Deeper than any feed; what is deeper goes.
const DEPTH: usize = 64;

/// Reads a document into its root element. What is not closed is closed by what it stands in.
pub fn parse(text: &str) -> Option<Element> {
    // The elements that are open; the first holds the document.
    let mut open = vec![Element::default()];
    let mut rest = text;
    while !rest.is_empty() {
        let Some(at) = rest.find('<') else {
            push(&mut open, &decoded(rest));
            break;
        };
        push(&mut open, &decoded(&rest[..at]));
        rest = &rest[at..];
        if let Some(after) = rest.strip_prefix("<![CDATA[") {
            let (data, after) = after.split_once("]]>").unwrap_or((after, ""));
            push(&mut open, data);
            rest = after;
        } else if let Some(after) = rest.strip_prefix("<!--") {
            rest = after.split_once("-->").map_or("", |(_, after)| after);
        } else if rest.starts_with("<!") || rest.starts_with("<?") {
            rest = rest.split_once('>').map_or("", |(_, after)| after);
        } else if let Some(after) = rest.strip_prefix("</") {
            let (name, after) = after.split_once('>').unwrap_or((after, ""));
            if let Some(depth) = open.iter().rposition(|it| it.name == name.trim()) {
                close(&mut open, depth.max(1));
            }
            rest = after;
        } else {
            rest = start(&rest[1..], &mut open);
        }
    }
    close(&mut open, 1);
    open.pop()?
        .children
        .into_iter()
        .find_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
}

fn push(open: &mut [Element], text: &str) {
    if let Some(last) = open.last_mut()
        && !text.is_empty()
    {
        last.children.push(Node::Text(text.to_owned()));
    }
}

/// Closes elements until `depth` are left.
fn close(open: &mut Vec<Element>, depth: usize) {
    while open.len() > depth {
        if let (Some(done), Some(parent)) = (open.pop(), open.last_mut()) {
            parent.children.push(Node::Element(done));
        }
    }
}

/// Reads a start tag behind its `<`; what follows it.
fn start<'a>(text: &'a str, open: &mut Vec<Element>) -> &'a str {
    let ends = |c: char| c.is_ascii_whitespace() || matches!(c, '>' | '/' | '=');
    let mut element = Element::default();
    let end = text.find(ends).unwrap_or(text.len());
    element.name = text[..end].to_owned();
    let mut rest = &text[end..];
    let empty = loop {
        rest = rest.trim_start();
        match rest.as_bytes().first() {
            None | Some(b'>') => break false,
            Some(b'/') if rest[1..].trim_start().starts_with('>') => break true,
            Some(b'/' | b'=') => rest = &rest[1..],
            Some(_) => {
                let end = rest.find(ends).unwrap_or(rest.len());
                let name = rest[..end].to_owned();
                rest = rest[end..].trim_start();
                let mut value = "";
                if let Some(after) = rest.strip_prefix('=') {
                    rest = after.trim_start();
                    if let Some(quote) = rest.chars().next().filter(|c| matches!(c, '"' | '\'')) {
                        (value, rest) = rest[1..].split_once(quote).unwrap_or((&rest[1..], ""));
                    } else {
                        let end = rest.find(ends).unwrap_or(rest.len());
                        (value, rest) = rest.split_at(end);
                    }
                }
                element.attributes.push((name, decoded(value)));
            }
        }
    };
    rest = rest.split_once('>').map_or("", |(_, after)| after);
    if empty || open.len() > DEPTH {
        if let Some(parent) = open.last_mut() {
            parent.children.push(Node::Element(element));
        }
    } else {
        open.push(element);
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::parse;
    use crate::html::tree::text_of;

    #[test]
    fn feeds_read_as_they_are_written() {
        let feed = "\u{feff}<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY a 'b'>]><rss a=\"1 &amp; 2\">\
                    <!-- <x> --><t>A &amp; B &#8217; &nbsp;C</t><c><![CDATA[<p>x & y]]></c><e/><e b='>'/></rss>";
        let root = parse(feed).expect("a root");
        assert_eq!(
            (root.name.as_str(), root.attribute("a")),
            ("rss", Some("1 & 2"))
        );
        assert_eq!(text_of(&root.children), "A & B ’ \u{a0}C<p>x & y");
        assert_eq!(root.children.len(), 4);
    }

    #[test]
    fn broken_ones_end_and_never_hang() {
        for broken in [
            "",
            "<",
            "<a",
            "<a b",
            "<a b=",
            "<a b='",
            "</a>",
            "<a></b>",
            "<!--",
            "<![CDATA[",
            "<a/ b>",
            "<=>",
        ] {
            let _ = parse(broken);
        }
        assert_eq!(parse("<a><b>x").expect("a root").name, "a");
        assert!(parse(&"<a>".repeat(50_000)).is_some());
    }
}
