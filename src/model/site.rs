//! The resolved site: what `site.json` says after defaults, with every section named and no
//! secret left. Part of every data island, so it holds only what pages show or the app needs.

use serde::{Deserialize, Serialize};

use super::config::{CommentsConfig, Link, Newsletter};
use super::{Direction, SectionRef};

/// A site as pages and the app see it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Site {
    pub title: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// Absolute address of the site with its base path and a trailing slash; empty when unknown.
    pub url: String,
    /// Path under which everything lives: `/` or `/news/`.
    pub base: String,
    /// BCP 47.
    pub language: String,
    pub direction: Direction,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub logo: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub icon: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accent: Option<String>,
    /// Navigation order.
    pub sections: Vec<SectionRef>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub menu: Vec<Link>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub footer: Vec<Link>,
    pub page_size: usize,
    /// `/article/{slug}/`, or `source`: each story's own path.
    pub permalink: String,
    pub comments: CommentsConfig,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub newsletter: Option<Newsletter>,
    pub worth_reading: bool,
    pub fresh: Fresh,
    /// Format of the source; says which capabilities the app may offer.
    pub kind: SourceKind,
}

/// Where the app looks for news newer than the build.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Fresh {
    /// The static host's own `data/latest.json`.
    #[default]
    Host,
    /// The source itself, from the reader's browser.
    Api,
    Off,
}

/// The wire formats. Adding one means a variant here and a file in `source/`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SourceKind {
    #[default]
    JsonFeed,
    WordPress,
    Ghost,
    Guardian,
    Ninjs,
    Mapped,
    Rss,
}

impl SourceKind {
    pub const ALL: [Self; 7] = [
        Self::JsonFeed,
        Self::WordPress,
        Self::Ghost,
        Self::Guardian,
        Self::Ninjs,
        Self::Mapped,
        Self::Rss,
    ];

    /// The name used in `site.json` and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::JsonFeed => "jsonfeed",
            Self::WordPress => "wordpress",
            Self::Ghost => "ghost",
            Self::Guardian => "guardian",
            Self::Ninjs => "ninjs",
            Self::Mapped => "mapped",
            Self::Rss => "rss",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Whether stories keep their own paths unless `site.json` says otherwise.
    pub fn keeps_addresses(self) -> bool {
        matches!(self, Self::WordPress | Self::Ghost)
    }
}
