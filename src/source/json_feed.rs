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

use super::chain::{Link, ask};
use super::open::{Format, unsupported};
use super::place::{Place, origin};
use super::{Batch, Capabilities, Cursor, Query, Request, Response, SourceError, Wanted};
use super::{json, text};
use crate::host::Host;
use crate::model::keys::Keys;
use crate::model::{ConfigError, SourceConfig};
use walk::Walk;

pub(crate) use item::{named, tag};

/// More pages than any archive has; a server that invents addresses must not be followed for ever.
const MOST_PAGES: usize = 10_000;

/// An opened JSON Feed source.
#[derive(Clone)]
pub(crate) struct JsonFeed {
    url: String,
    headers: Vec<(String, String)>,
    split: bool,
    host: Host,
}

impl JsonFeed {
    pub fn open(config: &SourceConfig, host: Host) -> Result<Self, ConfigError> {
        let keys = Keys::of_map(&config.options, "source.", &["split"])?;
        Ok(Self {
            url: config.url.clone(),
            headers: super::open::headers(config),
            split: keys.flag("split")?.unwrap_or(false),
            host,
        })
    }

    /// Secret headers go to the feed's own origin only, wherever a `next_url` points.
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

    fn page(&self, url: Option<String>, mut visited: Visited) -> Result<Link, SourceError> {
        let url = url.unwrap_or_else(|| self.url.clone());
        visited.visit(&url);
        let host = self.host;
        ask(self.request(url.clone()), move |response| {
            let (mut batch, next) = read(response, &url, host)?;
            batch.next = next.and_then(|next| visited.cursor(next));
            Ok(Link::Done(batch))
        })
    }

    /// Looks for one story: its own file where the feed is split, else page by page.
    fn one(&self, wanted: Wanted, visited: Visited) -> Result<Link, SourceError> {
        let file = wanted
            .slug
            .as_ref()
            .filter(|_| self.split)
            .and_then(|slug| {
                let name = ["article/", &text::percent_encoded(slug), ".json"].concat();
                Place::of(&self.url, self.host).address(&name)
            });
        let Some(file) = file else {
            return self.search_pages(wanted, self.url.clone(), visited);
        };
        let this = self.clone();
        ask(self.request(file.clone()), move |response| {
            match read(response, &file, this.host) {
                Ok((batch, _)) if !batch.items.is_empty() => Ok(Link::Done(Batch {
                    items: batch.items.into_iter().take(1).collect(),
                    about: batch.about,
                    ..Batch::default()
                })),
                _ => this.search_pages(wanted, this.url.clone(), visited),
            }
        })
    }

    fn search_pages(
        &self,
        wanted: Wanted,
        url: String,
        mut visited: Visited,
    ) -> Result<Link, SourceError> {
        visited.visit(&url);
        let this = self.clone();
        ask(self.request(url.clone()), move |response| {
            let (batch, next) = read(response, &url, this.host)?;
            if let Some(found) = batch.items.into_iter().find(|article| wanted.is(article)) {
                let (items, about) = (vec![found], batch.about);
                return Ok(Link::Done(Batch {
                    items,
                    about,
                    ..Batch::default()
                }));
            }
            match next.filter(|next| visited.is_new(next)) {
                Some(next) => this.search_pages(wanted, next, visited),
                // What broke off may have held it: that is not the same as "no such story".
                None => Err(batch.incomplete.unwrap_or(SourceError::NotFound)),
            }
        })
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
        let visited = Visited::from(cursor);
        match query {
            Query::Latest => self.page(visited.next.clone(), visited),
            Query::About => self.page(None, visited),
            Query::One(wanted) => self.one(wanted, visited),
            Query::Section(path) if self.split => {
                let url = match visited.next.clone() {
                    Some(next) => Some(next),
                    None => Place::of(&self.url, self.host)
                        .address(&["section/", &path, "/feed.json"].concat()),
                };
                self.page(url, visited)
            }
            other => Err(unsupported(&other)),
        }
    }
}

/// The pages of a chain so far, so that a chain that bites its own tail ends.
#[derive(Clone, Default)]
pub(crate) struct Visited {
    pub next: Option<String>,
    pub seen: Vec<u64>,
}

impl Visited {
    /// A cursor is the next address, then the visited ones as hashes, one a line.
    pub fn from(cursor: Option<Cursor>) -> Self {
        let Some(Cursor(cursor)) = cursor else {
            return Self::default();
        };
        let mut lines = cursor.lines();
        let next = lines.next().map(str::to_owned);
        Self {
            next,
            seen: lines
                .filter_map(|line| u64::from_str_radix(line, 16).ok())
                .collect(),
        }
    }

    pub fn visit(&mut self, url: &str) {
        self.seen.push(text::hash(url));
    }

    pub fn is_new(&self, next: &str) -> bool {
        self.seen.len() < MOST_PAGES && !self.seen.contains(&text::hash(next))
    }

    pub fn cursor(&self, next: String) -> Option<Cursor> {
        if !self.is_new(&next) {
            return None;
        }
        let mut cursor = next;
        for hash in &self.seen {
            cursor.push('\n');
            cursor.push_str(&format!("{hash:x}"));
        }
        Some(Cursor(cursor))
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
