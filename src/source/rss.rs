//! RSS 0.9x to 2.0, RDF (RSS 1.0) and Atom, through whatever XML parser the machine has.
//!
//! Names are matched without their prefix where it does not matter, because prefixes are the
//! publisher's choice. Documents that are not quite XML are mended ([`document`]). A feed without bodies becomes cards that lead to the publisher.

mod beside;
mod document;
mod item;
mod markup;
mod media;
mod words;

use super::chain::Link;
use super::open::{Format, unsupported};
use super::pages::{Pages, Visited};
use super::place::{Place, origin};
use super::{About, Batch, Capabilities, Cursor, Query, Response, SourceError};
use super::{json, text};
use crate::host::Host;
use crate::html::tree::{Element, Node};
use crate::model::keys::Keys;
use crate::model::{ConfigError, SourceConfig};
use words::Reading;

/// An opened feed.
pub(crate) struct Rss(Pages);

impl Rss {
    pub fn open(config: &SourceConfig, host: Host) -> Result<Self, ConfigError> {
        Keys::of_map(&config.options, "source.", &[])?;
        Ok(Self(Pages::open(config, host, read)))
    }
}

impl Format for Rss {
    fn capabilities(&self) -> Capabilities {
        Capabilities {
            body_in_list: true,
            ..Capabilities::default()
        }
    }

    fn ask(&self, query: Query, cursor: Option<Cursor>) -> Result<Link, SourceError> {
        match query {
            Query::Latest => self.0.page(None, Visited::from(cursor)),
            Query::About => self.0.page(None, Visited::default()),
            Query::One(wanted) => self.0.one(wanted, None),
            other => Err(unsupported(&other)),
        }
    }
}

fn read(
    response: Response,
    asked: &str,
    host: Host,
) -> Result<(Batch, Option<String>), SourceError> {
    json::checked(&response)?;
    let at = if origin(asked).is_empty() || response.url.is_empty() {
        asked
    } else {
        &response.url
    };
    let url = super::shown(at);
    let xml = text::decoded(&response.body, response.header("content-type"), host);
    let failed = |message: String| {
        if response.truncated {
            SourceError::TooLong {
                url: url.clone(),
                limit: response.body.len(),
            }
        } else {
            let (line, column) = position(&message, &xml);
            SourceError::Broken {
                url: url.clone(),
                line,
                column,
                message,
            }
        }
    };
    let document = document::parsed(&xml, host).map_err(failed)?;
    let root = &document.root;
    let Some((channel, items)) = document.feed() else {
        return Err(SourceError::Unexpected {
            url,
            expected: "an RSS, RDF or Atom feed",
            found: ["an XML document whose root is <", local(&root.name), ">"].concat(),
        });
    };
    let mut place = Place::of(at, host);
    if !std::ptr::eq(root, channel) {
        place = based(root, &place, host);
    }
    place = based(channel, &place, host);
    let reading = Reading {
        atom: matches!(local(&root.name), "feed" | "entry"),
        host,
    };
    let line = |name| child(channel, name).map(|it| words::line(it, reading));
    let feed = item::Feed {
        authors: item::authors(channel, &place, reading),
        home: item::link(channel, &place),
        moved: [root, channel].map(|it| it.attribute("xml:base")) != [None, None],
        media: media::prefix(root),
        place: place.clone(),
        reading,
    };
    let mut batch = Batch {
        about: Some(About {
            title: line("title").filter(|title| !title.is_empty()),
            description: ["description", "subtitle"]
                .into_iter()
                .filter_map(line)
                .find(|text| !text.is_empty()),
            language: value(channel, "language")
                .or_else(|| root.attribute("xml:lang").map(str::to_owned)),
            home: feed.home.clone(),
            icon: item::icon(channel, &place),
            sections: Vec::new(),
        }),
        skipped: document.skipped.clone(),
        incomplete: document.broken.clone().map(failed),
        ..Batch::default()
    };
    for (n, entry) in items.into_iter().enumerate() {
        if let Some(date) = item::unread(entry) {
            batch.unread.published.add(date);
        }
        match item::article(entry, n + 1, &feed) {
            Ok(article) => batch.items.push(article),
            Err(skipped) => batch.skipped.push(skipped),
        }
    }
    let links = children(channel, "link");
    let leading = |rel| links.iter().find(|link| link.attribute("rel") == Some(rel));
    // A page of this feed, or what was moved out of it into an archive (RFC 5005, sections 3 and 4).
    let next = leading("next").or_else(|| leading("prev-archive"));
    let next = next.and_then(|link| place.address(link.attribute("href")?));
    Ok((batch, next))
}

/// Where a parser stumbled: browsers say "line 3, column 7", the native parser counts bytes.
fn position(message: &str, xml: &str) -> (usize, usize) {
    let mut numbers = message
        .split(|c: char| !c.is_ascii_digit())
        .filter(|part| !part.is_empty())
        .filter_map(|part| part.parse().ok());
    let first = numbers.next().unwrap_or(0);
    if !message.starts_with("byte ") {
        return (first, numbers.next().unwrap_or(0));
    }
    let before = &xml.as_bytes()[..first.min(xml.len())];
    let line = before.rsplit(|byte| *byte == b'\n').next();
    let lines = before.iter().filter(|byte| **byte == b'\n').count();
    (lines + 1, line.map_or(0, <[u8]>::len) + 1)
}

/// A name without its prefix.
pub(super) fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// Child elements by local name.
pub(super) fn children<'a>(element: &'a Element, name: &str) -> Vec<&'a Element> {
    element
        .children
        .iter()
        .filter_map(|node| match node {
            Node::Element(child) if local(&child.name) == name => Some(child),
            _ => None,
        })
        .collect()
}

/// The first child by local name, one without a prefix before others: `title` beats `media:title`.
pub(super) fn child<'a>(element: &'a Element, name: &str) -> Option<&'a Element> {
    let all = children(element, name);
    all.iter()
        .find(|child| child.name == name)
        .or_else(|| all.first())
        .copied()
}

/// The first child by its full name.
pub(super) fn exact<'a>(element: &'a Element, name: &str) -> Option<&'a Element> {
    children(element, local(name))
        .into_iter()
        .find(|child| child.name == name)
}

/// A child's text, when it has any.
pub(super) fn value(element: &Element, name: &str) -> Option<String> {
    Some(content(child(element, name)?)).filter(|text| !text.is_empty())
}

/// All text inside an element, trimmed.
pub(super) fn content(element: &Element) -> String {
    fn gather(element: &Element, text: &mut String, depth: usize) {
        for node in &element.children {
            match node {
                Node::Text(part) => text.push_str(part),
                Node::Element(child) if depth < 64 => gather(child, text, depth + 1),
                Node::Element(_) => {}
            }
        }
    }
    let mut text = String::new();
    gather(element, &mut text, 0);
    text.trim().to_owned()
}

/// The place of an element that may move its base.
pub(super) fn based(element: &Element, place: &Place, host: Host) -> Place {
    match element
        .attribute("xml:base")
        .and_then(|base| place.address(base))
    {
        Some(base) => Place::of(&base, host),
        None => place.clone(),
    }
}
