//! What a list shows of a story: everything a card needs and nothing of the body.
//!
//! Made by the page layer once an article's address is decided; kept in memory for a whole
//! archive, written into data islands, related lists and the widget's files.

use serde::{Deserialize, Serialize};

use super::{Access, Image, Instant, Kind};

/// One card. `href` is where it leads: a path under the site's base, or another site's address
/// when `external`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Summary {
    pub id: String,
    pub href: String,
    #[serde(skip_serializing_if = "is_false")]
    pub external: bool,
    pub headline: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kicker: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub section: Option<SectionRef>,
    /// Plain text: the standfirst, else the summary, else the first words of the text.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub excerpt: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<Instant>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub modified: Option<Instant>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<Image>,
    /// Author names, in order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub byline: Vec<String>,
    #[serde(skip_serializing_if = "is_default_kind")]
    pub kind: Kind,
    #[serde(skip_serializing_if = "is_full")]
    pub access: Access,
    /// BCP 47, only where it differs from the site's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Number of comments, where the source knows it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comments: Option<u32>,
    /// Why this story is offered beside another ("Also about: Ariane 6"): the shared terms.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub shared: Vec<String>,
    /// Its place among the most read, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rank: Option<u32>,
}

/// A section as a link: its name and its path under `/category/`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SectionRef {
    pub name: String,
    pub path: String,
}

fn is_false(value: &bool) -> bool {
    !value
}

fn is_default_kind(kind: &Kind) -> bool {
    *kind == Kind::Article
}

fn is_full(access: &Access) -> bool {
    *access == Access::Full
}
