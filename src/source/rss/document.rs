//! Feeds as documents: what is not quite XML is mended, what is broken costs one item.
//!
//! Called by `rss` alone, with whatever XML parser the machine has.

use super::{child, children, local};
use crate::host::Host;
use crate::html::tree::Element;
use crate::source::Skipped;

/// A document as far as it can be read.
pub(super) struct Document {
    pub root: Element,
    /// The items, where they had to be read one by one; else `root` holds them.
    items: Vec<Element>,
    /// Items that are no XML, among others that are.
    pub skipped: Vec<Skipped>,
    /// The parser's complaint, where the document ends in the middle.
    pub broken: Option<String>,
}

impl Document {
    fn whole(root: Element) -> Self {
        Self {
            root,
            items: Vec::new(),
            skipped: Vec::new(),
            broken: None,
        }
    }

    /// The element that says what the feed is, and the items. `None` when this is no feed.
    pub(super) fn feed(&self) -> Option<(&Element, Vec<&Element>)> {
        let (channel, items) = feed_in(&self.root)?;
        let alone = !self.items.is_empty();
        Some((
            channel,
            if alone {
                self.items.iter().collect()
            } else {
                items
            },
        ))
    }
}

fn feed_in(root: &Element) -> Option<(&Element, Vec<&Element>)> {
    let channel = child(root, "channel");
    // RSS 1.0 keeps its items beside the channel, 2.0 inside.
    let beside = children(root, "item");
    Some(match (local(&root.name), channel) {
        ("rss" | "RDF", Some(channel)) if beside.is_empty() => (channel, children(channel, "item")),
        ("rss" | "RDF", channel) => (channel.unwrap_or(root), beside),
        ("feed", _) => (root, children(root, "entry")),
        ("channel", _) => (root, beside),
        ("entry", _) => (root, vec![root]),
        _ => return None,
    })
}

/// Parses; mends what is not quite XML when that fails; reads item by item when that fails too.
///
/// # Errors
/// The parser's complaint, when not even one item can be read.
pub(super) fn parsed(xml: &str, host: Host) -> Result<Document, String> {
    let xml = begun(xml);
    let complaint = match (host.parse_xml)(xml) {
        Ok(root) => return Ok(Document::whole(root)),
        Err(complaint) => complaint,
    };
    let xml = mended(xml);
    if let Ok(root) = (host.parse_xml)(&xml) {
        return Ok(Document::whole(root));
    }
    item_by_item(&xml, &complaint, host).ok_or(complaint)
}

/// The document without what a server's programs printed before it.
fn begun(xml: &str) -> &str {
    const BEGINNINGS: [&str; 4] = ["<?xml", "<rss", "<feed", "<rdf:RDF"];
    let xml = xml.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    if !xml.starts_with("<br") {
        return xml;
    }
    let at = BEGINNINGS.iter().filter_map(|tag| xml.find(tag)).min();
    at.map_or(xml, |at| &xml[at..])
}

/// Every item as a document of its own, within the feed's own head: one that is no XML is skipped,
/// one that is cut off ends the feed.
fn item_by_item(xml: &str, complaint: &str, host: Host) -> Option<Document> {
    let (tag, close) = [("<item", "</item>"), ("<entry", "</entry>")]
        .into_iter()
        .find(|(tag, _)| opening(xml, tag).is_some())?;
    let first = opening(xml, tag)?;
    let head = &xml[..first];
    let closing = closing(head)?;
    let alone = |item: &str| (host.parse_xml)(&[head, item, &closing].concat());
    let mut document = Document::whole(alone("").ok()?);
    let mut rest = &xml[first..];
    let mut position = 0;
    loop {
        position += 1;
        let Some(end) = rest.find(close).map(|end| end + close.len()) else {
            document.broken = Some(complaint.to_owned());
            break;
        };
        match alone(&rest[..end]) {
            Ok(root) => {
                let (_, items) = feed_in(&root)?;
                document.items.extend(items.into_iter().cloned());
            }
            Err(reason) => document.skipped.push(Skipped {
                item: ["item ", &position.to_string()].concat(),
                reason: ["the item is broken XML: ", &reason].concat(),
            }),
        }
        rest = &rest[end..];
        match opening(rest, tag) {
            Some(next) => rest = &rest[next..],
            None => break,
        }
    }
    (!document.items.is_empty()).then_some(document)
}

/// Where the first element of a name begins.
fn opening(xml: &str, tag: &str) -> Option<usize> {
    let mut from = 0;
    loop {
        let at = from + xml[from..].find(tag)?;
        from = at + tag.len();
        if xml[from..].starts_with(|c: char| c.is_whitespace() || c == '>' || c == '/') {
            return Some(at);
        }
    }
}

/// What closes the elements that stand open where the items begin.
fn closing(head: &str) -> Option<String> {
    let mut from = 0;
    let root = loop {
        let at = from + head[from..].find('<')? + 1;
        if head[at..].starts_with(|c: char| c.is_ascii_alphabetic()) {
            break &head[at..];
        }
        from = at;
    };
    let name = &root[..root.find(|c: char| c.is_whitespace() || c == '>')?];
    let inside = opening(head, "<channel").is_some() && !head.contains("</channel>");
    let channel = if inside && name != "channel" {
        "</channel>"
    } else {
        ""
    };
    Some([channel, "</", name, ">"].concat())
}

/// The same document with control characters gone and every `&` that begins no XML entity escaped.
fn mended(xml: &str) -> String {
    let mut out = String::with_capacity(xml.len() + 64);
    let mut rest = xml;
    let mut in_cdata = false;
    while let Some(at) = rest
        .find(|c: char| c == '&' || c == '<' || c == ']' || (c.is_control() && !c.is_whitespace()))
    {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if rest.starts_with("<![CDATA[") {
            in_cdata = true;
        } else if rest.starts_with("]]>") {
            in_cdata = false;
        }
        let c = rest.chars().next().unwrap_or_default();
        if c.is_control() {
            // Left out: XML 1.0 has no way to say it.
        } else if c == '&' && !in_cdata && !is_entity(rest) {
            out.push_str("&amp;");
        } else {
            out.push(c);
        }
        rest = &rest[c.len_utf8()..];
    }
    out.push_str(rest);
    out
}

fn is_entity(text: &str) -> bool {
    let Some(end) = text.bytes().take(12).position(|byte| byte == b';') else {
        return false;
    };
    let name = &text[1..end];
    matches!(name, "amp" | "lt" | "gt" | "quot" | "apos")
        || name.strip_prefix('#').is_some_and(|number| {
            let hex = number.strip_prefix('x');
            let digits = hex.unwrap_or(number);
            !digits.is_empty()
                && digits.bytes().all(|byte| match hex {
                    Some(_) => byte.is_ascii_hexdigit(),
                    None => byte.is_ascii_digit(),
                })
        })
}
