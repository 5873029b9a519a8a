//! Wire formats to the model. One file a format; each turns questions into requests and answers
//! into articles, and does no I/O itself.
//!
//! A reading is a [`Conversation`]: the caller (`store` in the browser, `prerender` and `check`
//! natively) sends each [`Request`] it is handed and feeds the [`Response`] back until the
//! conversation is done. So the same code pages, falls back and recovers in both worlds, and tests
//! drive it with canned answers.

// With some formats left out, helpers they share are left over.
#![cfg_attr(
    not(feature = "formats"),
    allow(dead_code, unused_imports, unused_variables)
)]

mod chain;
pub mod comments;
pub mod drive;
#[cfg(feature = "ghost")]
mod ghost;
#[cfg(feature = "guardian")]
mod guardian;
pub(crate) mod json;
pub mod json_feed;
pub mod live;
#[cfg(feature = "mapped")]
mod mapped;
#[cfg(feature = "ninjs")]
mod ninjs;
mod open;
mod pages;
pub(crate) mod place;
mod query;
#[cfg(feature = "rss")]
mod rss;
pub(crate) mod text;
mod unread;
mod wire;
#[cfg(feature = "wordpress")]
mod wordpress;

pub use drive::{Answering, run};
#[cfg(feature = "mapped")]
pub use mapped::preset_address;
#[cfg(feature = "ssr")]
pub(crate) use mapped::{Sign, WITHIN, unpublished};
pub use open::{FORMATS, Source, open};
pub use unread::{Tally, Unread};
pub use wire::{FetchError, Method, Request, Response, SourceError, shown};

use serde::{Deserialize, Serialize};

use crate::model::{Article, Slug};

/// What a page wants to know of a source.
#[derive(Clone, Debug, PartialEq)]
pub enum Query {
    /// The newest stories.
    Latest,
    /// One story with its body. What is known of it is given; a format uses what it can.
    One(Wanted),
    /// Stories of a section, by its path (`world/europe`).
    Section(String),
    /// Stories with a tag, by its slug.
    Tag(String),
    /// Stories by an author, by slug.
    Author(String),
    Search(String),
    /// Stories near another one, for sources that know.
    Related(Wanted),
    /// The source's own pages (contact, imprint), not stories.
    Pages,
    /// Title, description and sections of the source itself.
    About,
    /// The comments under a story.
    Comments(Wanted),
}

/// Everything an address says about a story.
///
/// A story matches by its id, else by the path it keeps, else by its slug.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Wanted {
    pub id: Option<String>,
    pub slug: Option<String>,
    /// Path on the source's own site, for sources whose stories keep their addresses.
    pub path: Option<String>,
    /// Kept for this visit only, never stored.
    pub password: Option<String>,
}

impl Wanted {
    /// Whether this is the story that was asked for.
    pub fn is(&self, article: &Article) -> bool {
        if let Some(id) = &self.id {
            return article.id == *id;
        }
        if let Some(wanted) = &self.path
            && let Some(url) = &article.url
            && text::percent_decoded(place::path(url)).trim_matches('/')
                == text::percent_decoded(wanted).trim_matches('/')
        {
            return true;
        }
        let Some(wanted) = &self.slug else {
            return false;
        };
        let slug = match &article.slug {
            Some(slug) => Slug::from_segment(slug),
            None => Slug::from_text(&article.headline),
        };
        slug.is_some_and(|slug| slug.as_str().eq_ignore_ascii_case(wanted))
    }
}

/// Where the next page of results begins. Opaque to everyone but the format that made it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cursor(pub String);

/// A page of results. Items that could not be read are in `skipped`; the others are not harmed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Batch {
    pub items: Vec<Article>,
    pub skipped: Vec<Skipped>,
    pub next: Option<Cursor>,
    /// Only where the source says it.
    pub total: Option<u64>,
    pub about: Option<About>,
    pub comments: Vec<Comment>,
    /// The answer broke off or was cut: `items` is what came before. Show it and say so; a cached
    /// copy must not be overwritten with it.
    pub incomplete: Option<SourceError>,
    /// The list ended with a refusal, not with its last page: there may be more.
    pub cut: bool,
    /// What the publisher should know and readers need not: a mapping that never matches.
    pub notes: Vec<String>,
    /// Dates that are there and are none.
    pub unread: Unread,
}

/// What a source says of itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct About {
    pub title: Option<String>,
    pub description: Option<String>,
    pub language: Option<String>,
    pub home: Option<String>,
    pub icon: Option<String>,
    pub sections: Vec<crate::model::Section>,
}

/// One comment of a thread. `html` is untrusted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Comment {
    pub id: String,
    pub parent: Option<String>,
    pub author: String,
    pub author_url: Option<String>,
    pub published: Option<crate::model::Instant>,
    pub html: String,
}

/// An item that was left out, and why, in words for the publisher.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Skipped {
    /// The item as the publisher can find it: its id, title or position.
    pub item: String,
    pub reason: String,
}

/// What a source can answer itself; the rest is derived from what is loaded, or hidden.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Capabilities {
    pub search: bool,
    pub section: bool,
    pub tag: bool,
    pub author: bool,
    pub related: bool,
    pub comments_read: bool,
    pub comments_post: bool,
    pub body_in_list: bool,
}

/// What to do next in a conversation.
#[derive(Clone, Debug, PartialEq)]
#[allow(clippy::large_enum_variant)] // Made a few times a reading and moved at once.
pub enum Step {
    Ask(Request),
    Done(Batch),
}

/// The address of a source as browsers ask for it: a relative one lies in the site's own folder,
/// wherever in the site the reader is.
pub fn in_site(url: &str, base: &str) -> String {
    if url.is_empty() || place::is_absolute(url) || url.starts_with(base) {
        url.to_owned()
    } else {
        [base, url.trim_start_matches("./").trim_start_matches('/')].concat()
    }
}

/// One reading of a source. Call [`Conversation::start`], then [`Conversation::answer`] with the
/// response to each request, until [`Step::Done`].
pub trait Conversation {
    /// # Errors
    /// When the source cannot answer this kind of question at all.
    fn start(&mut self) -> Result<Step, SourceError>;

    /// # Errors
    /// When the answer cannot be used and there is no other way to ask.
    fn answer(&mut self, response: Response) -> Result<Step, SourceError>;
}
