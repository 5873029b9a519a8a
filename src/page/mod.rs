//! What each route shows: the data island, and the pure functions that make it from summaries.
//!
//! A [`Page`] is everything a first render may depend on: route, resolved site, content; article
//! bodies are not part of it. Prerenderer and browser make it by the same functions. An [`Island`]
//! is the little of it that the live parts of a prerendered page need, written as JSON beside the
//! markup and read back by the app.

pub mod find;
pub mod fresh;
mod front;
mod island;
mod list;
pub mod live;
pub mod newsletter;
mod resolve;
mod story;
pub mod when;
pub mod worth;

use serde::{Deserialize, Serialize};

use crate::model::{Author, Correction, Image, Instant, SectionRef, Site, Summary, Tag};
use crate::route::Route;

pub use front::{SECONDS, front};
pub use island::{Island, Offer, Told};
pub use list::{page_count, slice};
pub use resolve::{named_sections, resolve, section_name};
pub use story::{body_context, cleaned, excerpt_of, story, summary};

/// The version of the island's shape; a page with another version is left to the browser.
pub const VERSION: u32 = 2;

/// One page, as it is first rendered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Page {
    pub version: u32,
    pub route: Route,
    pub site: Site,
    pub content: Content,
    /// When the site was built, for "3 new stories" and the colophon.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub built: Option<Instant>,
}

/// What stands between the masthead and the footer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Content {
    Front(Front),
    /// Category, tag, author, and the pages of the latest behind the front page.
    List(List),
    Story(Box<Story>),
    Related(Related),
    /// A publisher's page; its body is opaque like an article's.
    Plain(Plain),
    Search(Search),
    Saved,
    Drafts,
    Archive(Archive),
    Embed,
    NotFound {
        latest: Vec<Summary>,
    },
    /// Nothing could be loaded: a text of the catalogue by name, and what else may help.
    Problem(Problem),
}

/// The front page, composed: no story stands in two places.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Front {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lead: Option<Summary>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub seconds: Vec<Summary>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub latest: Vec<Summary>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub strips: Vec<Strip>,
    /// Only where the source knows it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub most_read: Vec<Summary>,
    /// Whether `/page/2/` exists.
    pub more: bool,
}

/// A section's stories on the front page.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Strip {
    pub section: SectionRef,
    #[serde(default)]
    pub pattern: Pattern,
    pub stories: Vec<Summary>,
}

/// How a strip is laid out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Pattern {
    /// One large picture, then two stacks of text.
    #[default]
    Lead,
    /// Four picture cards.
    Pictures,
    /// Three of text only, byline first.
    Text,
}

/// A page of a list.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct List {
    /// The section's, tag's or author's name; empty for the latest.
    pub title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Sections above this one, from the top.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parents: Vec<SectionRef>,
    /// Sections right below this one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub children: Vec<SectionRef>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author: Option<Author>,
    pub stories: Vec<Summary>,
    pub page: u32,
    /// Number of pages, where it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pages: Option<u32>,
    pub next: bool,
    /// Set when only the latest N stories were searched: no total is claimed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub among: Option<u32>,
    #[serde(skip_serializing_if = "More::is_whole")]
    pub more: More,
}

/// An article page without its body.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Story {
    pub summary: Summary,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub standfirst: Option<String>,
    pub authors: Vec<Author>,
    /// The lead picture in full, with caption and credit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<Image>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<Tag>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub key_points: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub corrections: Vec<Correction>,
    /// Of a live story: its updates, and where newer ones are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub live: Option<live::Story>,
    /// Headings of long bodies, for "Jump to": text and id.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub outline: Vec<(String, String)>,
    pub words: u32,
    pub minutes: u32,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub related: Vec<Summary>,
    /// Whether `{article}related/` has more than these.
    #[serde(skip_serializing_if = "is_false")]
    pub more_related: bool,
    /// Candidates of "Worth reading", best first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub next: Vec<Summary>,
    pub comments_open: bool,
    /// Where the thread can be read as data.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comments_url: Option<String>,
    /// The story at its source.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rights: Option<String>,
    /// Set when the body is shown as plain text: name of a catalogue text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Related {
    pub story: Summary,
    pub stories: Vec<Summary>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Plain {
    pub title: String,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Search {
    /// Whether a static index was built.
    pub index: bool,
    /// What the source was asked for; `latest` is then what it found.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub asked: String,
    /// Set when the source cannot search, and only so many of the latest were looked through.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub among: Option<u32>,
    /// How many were found, where that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total: Option<usize>,
    #[serde(skip_serializing_if = "More::is_whole")]
    pub more: More,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub latest: Vec<Summary>,
}

/// How a list that claims no end goes on: a longer version of it has an address of its own, so that
/// Back, a reload and a shared link keep what was loaded.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct More {
    /// The longer version, where there may be one.
    pub href: Option<String>,
    /// So many stories stood in the shorter version; the reader's place is behind them.
    pub known: usize,
}

impl More {
    fn is_whole(&self) -> bool {
        *self == Self::default()
    }
}

/// Stories by month; years list their months, months their stories.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Archive {
    pub year: Option<i64>,
    pub month: Option<u8>,
    /// (year, month, number of stories), newest first.
    pub months: Vec<(i64, u8, u32)>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub stories: Vec<Summary>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Problem {
    /// Name of a catalogue text.
    pub text: String,
    /// A detail for the publisher (a file and line, a key), where readers lose nothing by it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    pub retry: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub latest: Vec<Summary>,
}

fn is_false(value: &bool) -> bool {
    !value
}
