//! The formats a widget reads, without the list of all others: what is not named here costs a
//! reader of someone else's page no bytes. An address alone is enough; the first answer tells the
//! format.

use serde_json::Value;

use super::chain::{Chain, Link, ask};
use super::open::Format;
use super::{Conversation, Query, Request, Response, SourceError};
use super::{ghost, json, json_feed, rss, text, wordpress};
use crate::host::Host;
use crate::model::{ConfigError, Secret, SourceConfig, SourceKind};

/// Starts a reading of `url`. Without a kind, the answer is looked at; with one, `url` may also be
/// the address of a WordPress or Ghost site (Ghost's key in the query: `?key=…`). `category` is
/// asked for where the source can answer it; callers filter what comes back in any case.
pub fn converse(
    kind: Option<SourceKind>,
    url: &str,
    category: &str,
    host: Host,
) -> Box<dyn Conversation + Send> {
    let first = match kind {
        Some(SourceKind::WordPress) if !url.contains("/posts") => {
            open_wordpress(url, category, host)
        }
        Some(SourceKind::Ghost) if !url.contains("/posts") => open_ghost(url, category, host),
        kind => ask(Request::get(url), move |response| {
            answered(kind, response, host)
        }),
    };
    Box::new(Chain::new(first, [].into()))
}

fn wanted(category: &str) -> Query {
    match category {
        "" => Query::Latest,
        path => Query::Section(path.to_owned()),
    }
}

fn open_wordpress(url: &str, category: &str, host: Host) -> Result<Link, SourceError> {
    let config = config(SourceKind::WordPress, url);
    let site = wordpress::WordPress::open(&config, host).map_err(misconfigured)?;
    site.ask(wanted(category), None)
}

fn open_ghost(url: &str, category: &str, host: Host) -> Result<Link, SourceError> {
    let (site, parameters) = url.split_once('?').unwrap_or((url, ""));
    let key = parameters
        .split('&')
        .find_map(|pair| pair.strip_prefix("key="))
        .unwrap_or_default();
    let mut config = config(SourceKind::Ghost, site);
    config.key = Some(Secret::Open(text::percent_decoded(key)));
    let site = ghost::Ghost::open(&config, host).map_err(misconfigured)?;
    site.ask(wanted(category), None)
}

fn config(kind: SourceKind, url: &str) -> SourceConfig {
    SourceConfig {
        kind,
        url: url.to_owned(),
        ..SourceConfig::default()
    }
}

fn misconfigured(_: ConfigError) -> SourceError {
    SourceError::Unsupported {
        what: "without its key: add ?key=… to the address",
    }
}

/// Reads an answer by the kind that was given, else by what it looks like.
fn answered(kind: Option<SourceKind>, response: Response, host: Host) -> Result<Link, SourceError> {
    json::checked(&response)?;
    let kind = kind.unwrap_or_else(|| evident(&response.body));
    let format: Box<dyn Format> = match kind {
        SourceKind::WordPress => return Ok(Link::Done(wordpress::parse(response, host)?)),
        SourceKind::Ghost => return Ok(Link::Done(ghost::parse(response, host)?)),
        SourceKind::Rss => {
            let config = config(kind, &response.url);
            Box::new(rss::Rss::open(&config, host).map_err(misconfigured)?)
        }
        _ => {
            let config = config(kind, &response.url);
            Box::new(json_feed::JsonFeed::open(&config, host).map_err(misconfigured)?)
        }
    };
    // The format would ask for the very answer that is here already.
    match format.ask(Query::Latest, None)? {
        Link::Ask(_, then) => then(response),
        done => Ok(done),
    }
}

/// What a body of unknown kind is. Broken JSON counts as a feed, whose reader names the place.
fn evident(body: &[u8]) -> SourceKind {
    let first = body
        .iter()
        .find(|byte| **byte < 0x80 && !byte.is_ascii_whitespace());
    if first == Some(&b'<') {
        return SourceKind::Rss;
    }
    match serde_json::from_slice(body) {
        Ok(Value::Array(_)) => SourceKind::WordPress,
        Ok(Value::Object(fields)) if fields.contains_key("posts") => SourceKind::Ghost,
        _ => SourceKind::JsonFeed,
    }
}
