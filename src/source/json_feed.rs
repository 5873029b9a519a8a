//! JSON Feed 1.0 and 1.1 with the `_dateline` extension: Dateline's own static format.
//!
//! One `feed.json`, or a chain of pages by `next_url`. With `"split": true` the feed's folder also
//! holds `section/<slug>/feed.json` and `article/<slug>.json` (a feed of one item). Specification:
//! jsonfeed.org/version/1.1; versions and ids are read as loosely as feeds in the wild need.

mod item;
#[cfg(not(target_arch = "wasm32"))]
mod stream;
mod walk;

pub use item::FeedHead;
#[cfg(not(target_arch = "wasm32"))]
pub use stream::stream;

use super::chain::Link;
use super::open::{Format, unsupported};
use super::pages::{Pages, Visited};
use super::place::{Place, origin};
use super::{Batch, Capabilities, Cursor, Query, Response, SourceError};
use super::{json, text};
use crate::host::Host;
use crate::model::keys::Keys;
use crate::model::{ConfigError, SourceConfig};
use walk::Walk;

pub(crate) use item::{named, tag};

/// An opened JSON Feed source.
pub(crate) struct JsonFeed {
    pages: Pages,
    split: bool,
}

impl JsonFeed {
    pub fn open(config: &SourceConfig, host: Host) -> Result<Self, ConfigError> {
        let keys = Keys::of_map(&config.options, "source.", &["split"])?;
        Ok(Self {
            pages: Pages::open(config, host, read),
            split: keys.flag("split")?.unwrap_or(false),
        })
    }

    /// The address of a document beside the feed, where the feed is split into such.
    fn beside(&self, name: &[&str]) -> Option<String> {
        let place = Place::of(&self.pages.url, self.pages.host);
        place.address(&name.concat()).filter(|_| self.split)
    }
}

impl Format for JsonFeed {
    fn capabilities(&self) -> Capabilities {
        Capabilities {
            section: self.split,
            body_in_list: true,
            ..Capabilities::default()
        }
    }

    fn ask(&self, query: Query, cursor: Option<Cursor>) -> Result<Link, SourceError> {
        match query {
            Query::Latest => self.pages.page(None, Visited::from(cursor)),
            Query::About => self.pages.page(None, Visited::default()),
            Query::One(wanted) => {
                let slug = wanted.slug.as_deref().map(text::percent_encoded);
                let file = slug.and_then(|slug| self.beside(&["article/", &slug, ".json"]));
                self.pages.one(wanted, file)
            }
            Query::Section(path) if self.split => {
                let feed = self.beside(&["section/", &path, "/feed.json"]);
                self.pages.page(feed, Visited::from(cursor))
            }
            other => Err(unsupported(&other)),
        }
    }
}

/// An answer to a batch, and the address of the next page.
fn read(
    response: Response,
    asked: &str,
    host: Host,
) -> Result<(Batch, Option<String>), SourceError> {
    json::checked(&response)?;
    // Site-relative addresses keep their meaning even where `platform` reports an absolute one.
    let at = if origin(asked).is_empty() {
        asked
    } else {
        &response.url
    };
    let place = Place::of(if at.is_empty() { asked } else { at }, host);
    let url = super::shown(at);
    let limit = response.truncated.then_some(response.body.len());
    let body = text::cleaned(response.body);

    let mut outline = Walk::new(None);
    let mut outcome = outline.read(&mut serde_json::Deserializer::from_slice(&body));
    let head = item::head(&outline.head, &place);
    if outcome.is_ok() {
        recognised(&outline, &url)?;
    }
    let mut batch = Batch {
        about: Some(head.about.clone()),
        ..Batch::default()
    };
    let mut position = 0;
    let mut on_item = |value| {
        position += 1;
        item::unread(&value, &mut batch.unread);
        match item::article(&value, position, &head, &place, host) {
            Ok(article) => batch.items.push(article),
            Err(skipped) => batch.skipped.push(skipped),
        }
    };
    let mut items = Walk::new(Some(&mut on_item));
    outcome = outcome.and(items.read(&mut serde_json::Deserializer::from_slice(&body)));
    if let Err(error) = outcome {
        let error = match limit {
            Some(limit) => SourceError::TooLong { url, limit },
            None => json::broken(&url, &error),
        };
        if batch.items.is_empty() {
            return Err(error);
        }
        batch.incomplete = Some(error);
    }
    Ok((batch, head.next))
}

/// Refuses what is sound JSON but no JSON Feed, in words that say what it is.
fn recognised(outline: &Walk, url: &str) -> Result<(), SourceError> {
    if outline.listed {
        return Ok(());
    }
    let found = match outline.instead {
        Some(other) => other,
        None if outline.head.contains_key("rss") => "RSS in JSON, another format",
        None => "an object without a list of \"items\"",
    };
    Err(SourceError::Unexpected {
        url: url.to_owned(),
        expected: "a JSON Feed",
        found: found.to_owned(),
    })
}

/// Reads a feed that is already in memory; `address` is where it came from.
///
/// # Errors
/// As a reading over the network, but for transport.
pub fn parse(body: &[u8], address: &str, host: Host) -> Result<Batch, SourceError> {
    let response = Response {
        status: 200,
        url: address.into(),
        body: body.to_vec(),
        ..Response::default()
    };
    read(response, address, host).map(|(batch, _)| batch)
}

#[cfg(not(target_arch = "wasm32"))]
type OnItem<'a> = &'a mut dyn FnMut(Result<crate::model::Article, super::Skipped>);
