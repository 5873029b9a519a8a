//! Markup as HTML text for the cleaner, which trusts nothing in it: XHTML of an Atom document
//! written out, and HTML whose references mean another place than the story's address.

use super::local;
use crate::host::Host;
use crate::html;
use crate::html::tree::{Element, Node};
use crate::source::place::{Place, is_absolute};

/// Attributes that hold one address.
const ADDRESSES: [&str; 6] = ["href", "src", "poster", "data-src", "data-lazy-src", "cite"];

/// Elements of HTML that have no content.
const VOID: [&str; 13] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
];

/// Deeper markup than a page could hold.
const DEPTH: usize = 200;

/// Nodes as HTML, references resolved against `base` and every `xml:base` within.
pub(super) fn written(nodes: &[Node], base: Option<&Place>, host: Host) -> String {
    let mut html = String::new();
    write(nodes, base, host, &mut html, 0);
    html
}

/// HTML with its references resolved. What no page would show as markup is not parsed either.
pub(super) fn rebased(html: &str, base: &Place, host: Host) -> String {
    let html = html::light(html);
    if html::limit(&html).is_some() {
        return html.into_owned();
    }
    written(&(host.parse_html)(&html), Some(base), host)
}

fn write(nodes: &[Node], base: Option<&Place>, host: Host, html: &mut String, depth: usize) {
    for node in nodes {
        match node {
            Node::Text(text) => html.push_str(&escaped(text)),
            Node::Element(element) if depth < DEPTH => {
                let own = moved(element, base, host);
                let base = own.as_ref().or(base);
                let name = open(element, base, html);
                if !VOID.contains(&name) {
                    write(&element.children, base, host, html, depth + 1);
                    html.push_str("</");
                    html.push_str(name);
                    html.push('>');
                }
            }
            Node::Element(_) => {}
        }
    }
}

/// Writes an element's first tag; gives its name.
fn open<'a>(element: &'a Element, base: Option<&Place>, html: &mut String) -> &'a str {
    let name = if element.html {
        element.name.as_str()
    } else {
        local(&element.name)
    };
    html.push('<');
    html.push_str(name);
    for (key, value) in &element.attributes {
        let resolved = base.and_then(|base| resolved(base, key, value));
        let value = resolved.as_deref().unwrap_or(value);
        html.push(' ');
        html.push_str(key);
        html.push_str("=\"");
        html.push_str(&escaped(value).replace('"', "&quot;"));
        html.push('"');
    }
    html.push('>');
    name
}

/// The base that an element's `xml:base` sets for what is in it.
pub(super) fn moved(element: &Element, base: Option<&Place>, host: Host) -> Option<Place> {
    let written = element.attribute("xml:base")?;
    match base {
        Some(base) => Some(Place::of(&base.address(written)?, host)),
        None => is_absolute(written).then(|| Place::of(written, host)),
    }
}

/// An attribute's value with its references resolved; `None` where it stays as it is. A reference
/// into the text itself keeps leading there.
fn resolved(base: &Place, key: &str, value: &str) -> Option<String> {
    let address = |reference: &str| base.address(reference).filter(|url| is_absolute(url));
    match key {
        "srcset" | "data-srcset" => Some(candidates(value, &address)),
        _ if !ADDRESSES.contains(&key) => None,
        _ if value.trim().is_empty() || value.trim_start().starts_with('#') => None,
        _ => address(value),
    }
}

/// A `srcset` with its addresses resolved: they may hold commas, what stands behind them may not.
fn candidates(set: &str, address: &dyn Fn(&str) -> Option<String>) -> String {
    let mut out = String::new();
    let mut rest = set;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == ',');
        if rest.is_empty() {
            return out;
        }
        let (written, after) = rest.split_at(rest.find(char::is_whitespace).unwrap_or(rest.len()));
        let bare = written.trim_end_matches(',');
        let end = if bare.len() < written.len() {
            0
        } else {
            after.find(',').unwrap_or(after.len())
        };
        if !out.is_empty() {
            out.push_str(", ");
        }
        out.push_str(&address(bare).unwrap_or_else(|| bare.to_owned()));
        out.push_str(&after[..end]);
        rest = &after[end..];
    }
}

/// Text as HTML.
pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
