//! RSS 0.9x to 2.0, RDF (RSS 1.0) and Atom, through whatever XML parser the machine has.
//!
//! Names are matched without their prefix where it does not matter, because prefixes are the
//! publisher's choice. Documents that are not quite XML (a bare `&`, an HTML entity, control
//! characters) are mended once. A feed without bodies becomes cards that lead to the publisher.

mod item;

use super::chain::{Link, ask};
use super::json_feed::Visited;
use super::open::{Format, unsupported};
use super::place::{Place, origin};
use super::{About, Batch, Capabilities, Cursor, Query, Request, Response, SourceError, Wanted};
use super::{json, text};
use crate::host::Host;
use crate::html::tree::{Element, Node};
use crate::model::keys::Keys;
use crate::model::{ConfigError, SourceConfig};

/// An opened feed.
#[derive(Clone)]
pub(crate) struct Rss {
    url: String,
    headers: Vec<(String, String)>,
    host: Host,
}

impl Rss {
    pub fn open(config: &SourceConfig, host: Host) -> Result<Self, ConfigError> {
        Keys::of_map(&config.options, "source.", &[])?;
        Ok(Self {
            url: config.url.clone(),
            headers: super::open::headers(config),
            host,
        })
    }

    fn request(&self, url: String) -> Request {
        let own = origin(&url) == origin(&self.url);
        Request {
            headers: if own {
                self.headers.clone()
            } else {
                Vec::new()
            },
            url,
            ..Request::default()
        }
    }

    fn page(&self, mut visited: Visited) -> Result<Link, SourceError> {
        let url = visited.next.take().unwrap_or_else(|| self.url.clone());
        visited.visit(&url);
        let host = self.host;
        ask(self.request(url.clone()), move |response| {
            let (mut batch, next) = read(response, &url, host)?;
            batch.next = next.and_then(|next| visited.cursor(next));
            Ok(Link::Done(batch))
        })
    }

    fn one(&self, wanted: Wanted, mut visited: Visited) -> Result<Link, SourceError> {
        let url = visited.next.take().unwrap_or_else(|| self.url.clone());
        visited.visit(&url);
        let this = self.clone();
        ask(self.request(url.clone()), move |response| {
            let (batch, next) = read(response, &url, this.host)?;
            if let Some(found) = batch.items.into_iter().find(|article| wanted.is(article)) {
                return Ok(Link::Done(Batch {
                    items: vec![found],
                    ..Batch::default()
                }));
            }
            match next.filter(|next| visited.is_new(next)) {
                Some(next) => this.one(
                    wanted,
                    Visited {
                        next: Some(next),
                        ..visited
                    },
                ),
                None => Err(SourceError::NotFound),
            }
        })
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
            Query::Latest => self.page(Visited::from(cursor)),
            Query::About => self.page(Visited::default()),
            Query::One(wanted) => self.one(wanted, Visited::default()),
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
    let xml = text::decoded(&response.body, response.header("content-type"));
    let root = parsed(&xml, host).map_err(|message| {
        if response.truncated {
            SourceError::TooLong {
                url: url.clone(),
                limit: response.body.len(),
            }
        } else {
            let (line, column) = position(&message);
            SourceError::Broken {
                url: url.clone(),
                line,
                column,
                message,
            }
        }
    })?;
    let place = Place::of(at, host);
    let (channel, items) = match local(&root.name) {
        "rss" | "RDF" => {
            let channel = child(&root, "channel");
            // RSS 1.0 keeps its items beside the channel, 2.0 inside.
            let beside = children(&root, "item");
            (
                channel.unwrap_or(&root),
                match channel {
                    Some(channel) if beside.is_empty() => children(channel, "item"),
                    _ => beside,
                },
            )
        }
        "feed" => (&root, children(&root, "entry")),
        "channel" => (&root, children(&root, "item")),
        other => {
            return Err(SourceError::Unexpected {
                url,
                expected: "an RSS, RDF or Atom feed",
                found: ["an XML document whose root is <", other, ">"].concat(),
            });
        }
    };
    let place = based(channel, &place, host);
    let feed = item::Feed {
        authors: item::authors(channel, &place, host),
        home: item::link(channel, &place),
        place: place.clone(),
        host,
    };
    let mut batch = Batch {
        about: Some(About {
            title: value(channel, "title").map(|html| text::of_html(&html, host)),
            description: value(channel, "description")
                .or_else(|| value(channel, "subtitle"))
                .map(|html| text::of_html(&html, host))
                .filter(|text| !text.is_empty()),
            language: value(channel, "language")
                .or_else(|| root.attribute("xml:lang").map(str::to_owned)),
            home: feed.home.clone(),
            icon: item::icon(channel, &place),
            sections: Vec::new(),
        }),
        ..Batch::default()
    };
    for (n, entry) in items.into_iter().enumerate() {
        match item::article(entry, n + 1, &feed) {
            Ok(article) => batch.items.push(article),
            Err(skipped) => batch.skipped.push(skipped),
        }
    }
    let next = children(channel, "link")
        .into_iter()
        .find(|link| link.attribute("rel") == Some("next"))
        .and_then(|link| place.address(link.attribute("href")?));
    Ok((batch, next))
}

/// Parses, and mends what is not quite XML when that fails.
fn parsed(xml: &str, host: Host) -> Result<Element, String> {
    let xml = xml.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    (host.parse_xml)(xml).or_else(|first| (host.parse_xml)(&mended(xml)).map_err(|_| first))
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

/// "line 3, column 7" or "3:7" in a parser's message; parsers differ, so this may be nothing.
fn position(message: &str) -> (usize, usize) {
    let mut numbers = message
        .split(|c: char| !c.is_ascii_digit())
        .filter(|part| !part.is_empty())
        .filter_map(|part| part.parse().ok());
    (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0))
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
