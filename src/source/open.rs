//! The one list of formats: opens a configured source, says what it can answer, starts readings.
//!
//! Adding a format means its file, a variant in `model::SourceKind` and its arms here.

use std::sync::Arc;

use serde_json::Value;

use super::chain::{Chain, Link, ask};
#[cfg(feature = "ghost")]
use super::ghost;
#[cfg(feature = "guardian")]
use super::guardian;
use super::json_feed;
#[cfg(feature = "mapped")]
use super::mapped;
#[cfg(feature = "ninjs")]
use super::ninjs;
#[cfg(feature = "rss")]
use super::rss;
#[cfg(feature = "wordpress")]
use super::wordpress;
use super::{
    Batch, Capabilities, Conversation, Cursor, Query, Request, Response, Skipped, SourceError,
};
use crate::host::Host;
#[cfg(feature = "ninjs")]
use crate::model::keys::Keys;
use crate::model::{Article, ConfigError, Secret, SourceConfig, SourceKind};

/// For each of [`SourceKind::ALL`] whether this build reads it, as the digit 1 or 0.
pub const FORMATS: [u8; SourceKind::ALL.len()] = [
    b'1',
    b'0' + cfg!(feature = "wordpress") as u8,
    b'0' + cfg!(feature = "ghost") as u8,
    b'0' + cfg!(feature = "guardian") as u8,
    b'0' + cfg!(feature = "ninjs") as u8,
    b'0' + cfg!(feature = "mapped") as u8,
    b'0' + cfg!(feature = "rss") as u8,
];

/// An opened source: configuration checked, nothing asked yet. Cheap to clone.
#[derive(Clone)]
pub struct Source {
    format: Arc<dyn Format>,
    kind: SourceKind,
    /// Values that no message may show.
    secrets: Arc<[String]>,
}

/// What a format does for [`Source`].
pub(crate) trait Format: Send + Sync {
    fn capabilities(&self) -> Capabilities;

    /// Whether bodies have to be asked for story by story.
    fn bodies_apart(&self) -> bool {
        false
    }

    fn ask(&self, query: Query, cursor: Option<Cursor>) -> Result<Link, SourceError>;
}

/// Opens a source. Secrets must have been read before ([`SourceConfig::reveal`]): the pure layers
/// know no environment.
///
/// # Errors
/// An option that the format does not know (with the nearest it does), a wrong type, an address
/// that leaves the site's folder, or a secret that nobody has read.
pub fn open(config: &SourceConfig, host: Host) -> Result<Source, ConfigError> {
    checked_address(&config.url)?;
    let mut secrets = Vec::new();
    let key = config.key.iter().map(|key| ("source.key", key));
    for (key, secret) in key.chain(config.headers.values().map(|it| ("source.headers", it))) {
        match secret {
            Secret::Open(text) | Secret::Revealed(text) => secrets.push(text.clone()),
            Secret::Env(name) => {
                return Err(ConfigError::Secret {
                    key: key.into(),
                    variable: name.clone(),
                });
            }
        }
    }
    let saved = !super::place::is_absolute(&config.url) && !config.url.is_empty();
    let format: Arc<dyn Format> = match config.kind {
        SourceKind::JsonFeed => Arc::new(json_feed::JsonFeed::open(config, host)?),
        #[cfg(feature = "rss")]
        SourceKind::Rss => Arc::new(rss::Rss::open(config, host)?),
        #[cfg(feature = "ninjs")]
        SourceKind::Ninjs => {
            Keys::of_map(&config.options, "source.", &[])?;
            Arc::new(Document::of(config, ninjs::parse, host))
        }
        #[cfg(feature = "mapped")]
        SourceKind::Mapped => Arc::new(mapped::Mapped::open(config, host)?),
        #[cfg(feature = "wordpress")]
        SourceKind::WordPress if saved => Arc::new(Document::of(config, wordpress::parse, host)),
        #[cfg(feature = "ghost")]
        SourceKind::Ghost if saved => Arc::new(Document::of(config, ghost::parse, host)),
        #[cfg(feature = "guardian")]
        SourceKind::Guardian if saved => Arc::new(Document::of(config, guardian::parse, host)),
        #[cfg(feature = "wordpress")]
        SourceKind::WordPress => Arc::new(wordpress::WordPress::open(config, host)?),
        #[cfg(feature = "ghost")]
        SourceKind::Ghost => Arc::new(ghost::Ghost::open(config, host)?),
        #[cfg(feature = "guardian")]
        SourceKind::Guardian => Arc::new(guardian::Guardian::open(config, host)?),
        #[allow(unreachable_patterns)] // Only where a bundle was built without some formats.
        _ => {
            return Err(ConfigError::Missing {
                key: "source.kind",
                remedy: "this bundle was built without that format; build with it, or prerender",
            });
        }
    };
    Ok(Source {
        format,
        kind: config.kind,
        secrets: secrets.into(),
    })
}

impl Source {
    pub fn kind(&self) -> SourceKind {
        self.kind
    }

    /// What the source answers itself. What it does not is derived from what is loaded, or hidden.
    pub fn capabilities(&self) -> Capabilities {
        self.format.capabilities()
    }

    /// Whether lists come without bodies and a single story has one: a build asks for each.
    pub fn bodies_apart(&self) -> bool {
        self.format.bodies_apart()
    }

    /// Starts a reading; `cursor` is the [`super::Batch::next`] of the page before.
    pub fn converse(&self, query: Query, cursor: Option<Cursor>) -> Box<dyn Conversation + Send> {
        Box::new(Chain::new(
            self.format.ask(query, cursor),
            self.secrets.clone(),
        ))
    }
}

/// One document that holds all there is: a file of ninjs, or an answer of an API that was saved in
/// the site's folder. One page, no questions.
struct Document {
    url: String,
    headers: Vec<(String, String)>,
    parse: fn(Response, Host) -> Result<Batch, SourceError>,
    host: Host,
}

impl Document {
    fn of(
        config: &SourceConfig,
        parse: fn(Response, Host) -> Result<Batch, SourceError>,
        host: Host,
    ) -> Self {
        Self {
            url: config.url.clone(),
            headers: headers(config),
            parse,
            host,
        }
    }
}

impl Format for Document {
    fn capabilities(&self) -> Capabilities {
        Capabilities {
            body_in_list: true,
            ..Capabilities::default()
        }
    }

    fn ask(&self, query: Query, _: Option<Cursor>) -> Result<Link, SourceError> {
        let wanted = match query {
            Query::Latest | Query::About => None,
            Query::One(wanted) => Some(wanted),
            other => return Err(unsupported(&other)),
        };
        let (parse, host) = (self.parse, self.host);
        let request = Request {
            headers: self.headers.clone(),
            ..Request::get(&self.url)
        };
        ask(request, move |response| {
            let mut batch = parse(response, host)?;
            // What the answer says comes next was not saved with it.
            batch.next = None;
            match wanted {
                Some(wanted) => only(batch, |article| wanted.is(article)),
                None => Ok(Link::Done(batch)),
            }
        })
    }
}

/// A path of the site stays inside the site's folder.
fn checked_address(url: &str) -> Result<(), ConfigError> {
    let outside = url.split(['/', '\\']).any(|segment| segment == "..");
    if outside && !super::place::is_absolute(url) {
        return Err(ConfigError::Wrong {
            key: "source.url".into(),
            expected: "an address, or a path inside the folder of site.json".into(),
            found: url.into(),
        });
    }
    Ok(())
}

/// Reads a list item by item: one that cannot be read is named and skipped, and its siblings stay.
/// `named` is what the publisher knows an item by, where it says anything of itself.
pub(crate) fn gathered<'a>(
    items: impl Iterator<Item = &'a Value>,
    named: impl Fn(&Value) -> Option<String>,
    read: impl Fn(&'a Value) -> Result<Article, &'static str>,
) -> Batch {
    let mut batch = Batch::default();
    for (n, item) in items.enumerate() {
        match read(item) {
            Ok(article) => batch.items.push(article),
            Err(reason) => batch.skipped.push(Skipped {
                item: named(item).unwrap_or_else(|| ["item ", &(n + 1).to_string()].concat()),
                reason: reason.into(),
            }),
        }
    }
    batch
}

/// The one story that was asked for, out of all that an answer holds.
pub(crate) fn only(
    mut batch: Batch,
    wanted: impl Fn(&Article) -> bool,
) -> Result<Link, SourceError> {
    batch.items.retain(wanted);
    batch.items.truncate(1);
    if batch.items.is_empty() {
        return Err(SourceError::NotFound);
    }
    Ok(Link::Done(batch))
}

/// The answer to a question that a format does not know.
pub(crate) fn unsupported(query: &Query) -> SourceError {
    let what = match query {
        Query::Latest => "for the latest stories",
        Query::One(_) => "for one story",
        Query::Section(_) => "for a section",
        Query::Tag(_) => "for a tag",
        Query::Author(_) => "for an author",
        Query::Search(_) => "a search",
        Query::Related(_) => "for related stories",
        Query::Pages => "for its own pages",
        Query::About => "for its title",
        Query::Comments(_) => "for comments",
    };
    SourceError::Unsupported { what }
}

/// The configured headers, all revealed by now.
pub(crate) fn headers(config: &SourceConfig) -> Vec<(String, String)> {
    let open = |(name, value): (&String, &Secret)| Some((name.clone(), value.open()?.to_owned()));
    config.headers.iter().filter_map(open).collect()
}
