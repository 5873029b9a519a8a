//! The one enum of formats: opens a configured source, says what it can answer, starts readings.
//!
//! Adding a format means its file, a variant in `model::SourceKind` and its arms here.

use super::chain::Chain;
use super::{Capabilities, Conversation, Cursor, Query, SourceError, json_feed};
use crate::host::Host;
use crate::model::{ConfigError, Secret, SourceConfig, SourceKind};

/// An opened source: configuration checked, nothing asked yet. Cheap to clone.
#[derive(Clone)]
pub struct Source {
    format: Format,
    kind: SourceKind,
}

#[derive(Clone)]
enum Format {
    JsonFeed(json_feed::JsonFeed),
}

/// Opens a source. Secrets must have been read before ([`SourceConfig::reveal`]): the pure layers
/// know no environment.
///
/// # Errors
/// An option that the format does not know (with the nearest it does), a wrong type, an address
/// that leaves the site's folder, or a secret that nobody has read.
pub fn open(config: &SourceConfig, host: Host) -> Result<Source, ConfigError> {
    checked_address(&config.url)?;
    for (key, secret) in config.key.iter().map(|key| ("source.key", key)).chain(
        config
            .headers
            .values()
            .map(|value| ("source.headers", value)),
    ) {
        if let Secret::Env(name) = secret {
            return Err(ConfigError::Secret {
                key: key.into(),
                variable: name.clone(),
            });
        }
    }
    let format = match config.kind {
        SourceKind::JsonFeed => Format::JsonFeed(json_feed::JsonFeed::open(config, host)?),
        _ => {
            return Err(ConfigError::Missing {
                key: "source.kind",
                remedy: "this build does not read that format",
            });
        }
    };
    Ok(Source {
        format,
        kind: config.kind,
    })
}

impl Source {
    pub fn kind(&self) -> SourceKind {
        self.kind
    }

    /// What the source answers itself. What it does not is derived from what is loaded, or hidden.
    pub fn capabilities(&self) -> Capabilities {
        match &self.format {
            Format::JsonFeed(format) => format.capabilities(),
        }
    }

    /// Starts a reading; `cursor` is the [`super::Batch::next`] of the page before.
    pub fn converse(&self, query: Query, cursor: Option<Cursor>) -> Box<dyn Conversation + Send> {
        let first = match &self.format {
            Format::JsonFeed(format) => format.ask(query, cursor),
        };
        Box::new(Chain::new(first))
    }
}

/// A path of the site stays inside the site's folder.
fn checked_address(url: &str) -> Result<(), ConfigError> {
    let outside = url.split(['/', '\\']).any(|segment| segment == "..");
    if outside && !super::place::is_absolute(url) {
        return Err(ConfigError::Wrong {
            key: "source.url".into(),
            expected: "an address, or a path inside the folder of site.json",
            found: url.into(),
        });
    }
    Ok(())
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
