//! An article as a source gave it, before its body has been cleaned or its address decided.
//!
//! Sources make these, the page layer and the prerenderer take them. Text fields are plain text
//! (entities decoded, tags stripped); only [`Body::Html`] holds markup, and it is untrusted.

use serde::{Deserialize, Serialize};

use super::{Instant, Live};

/// One story. Only `id` and `headline` are always there; a source that lacks one makes it
/// (the id from the address, the headline from the text) or reports the item as skipped.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Article {
    /// The source's own identifier, unique within the source.
    pub id: String,
    /// The headline as plain text.
    pub headline: String,
    /// The last part of the address as the source gives it, percent-decoded.
    pub slug: Option<String>,
    /// The story's address at its source, absolute where the source says so.
    pub url: Option<String>,
    /// Where the full story lives when this item only points to it.
    pub external_url: Option<String>,
    pub body: Body,
    /// A plain-text summary or excerpt.
    pub summary: Option<String>,
    /// The sentence under the headline, when the source distinguishes it from the summary.
    pub standfirst: Option<String>,
    /// The short label above the headline.
    pub kicker: Option<String>,
    pub published: Option<Instant>,
    pub modified: Option<Instant>,
    pub image: Option<Image>,
    pub authors: Vec<Author>,
    pub section: Option<Section>,
    pub tags: Vec<Tag>,
    pub kind: Kind,
    /// The updates of a live story, where its source keeps them apart from the text.
    pub live: Option<Live>,
    pub access: Access,
    /// BCP 47 language of this story when it differs from, or states, the site's.
    pub language: Option<String>,
    pub comments: Option<CommentThread>,
    /// Plain-text key points, shown above the body.
    pub key_points: Vec<String>,
    /// Pull quotes that the source keeps apart from the body.
    pub pull_quotes: Vec<PullQuote>,
    pub corrections: Vec<Correction>,
    /// Ids or addresses of stories that the source itself calls related, best first.
    pub related: Vec<String>,
    /// Sticky or featured at the source: a candidate for the lead.
    pub featured: bool,
    /// Its place among the stories that are read most, from 1, where the source knows it.
    pub rank: Option<u32>,
    /// A copyright or usage line, as plain text.
    pub rights: Option<String>,
}

/// The text of a story, exactly as it came. `Html` is untrusted.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub enum Body {
    Html(String),
    Text(String),
    /// The source has no body for this story (list-and-link APIs, or a list without bodies).
    #[default]
    Absent,
}

/// A person or desk in a byline.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Author {
    pub name: String,
    /// Address segment under `/author/`; made from the name when the source has none.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub slug: String,
    /// The author's page elsewhere.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub avatar: Option<String>,
    /// Plain text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bio: Option<String>,
}

/// A section (a category in addresses). `path` has every ancestor: `world/europe`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Section {
    /// The source's identifier; empty when the path is the identifier.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub id: String,
    pub name: String,
    /// Slugs from the top, joined by `/`.
    pub path: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Tag {
    pub name: String,
    pub slug: String,
}

/// A picture with what a page needs to reserve its space and say what it shows.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Image {
    pub src: String,
    /// Other widths of the same picture, in the format of `src`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sizes: Vec<ImageSize>,
    /// The same picture in a modern format (WebP), made at build time.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub modern: Vec<ImageSize>,
    /// Alternative text; empty when the source gives none (never a file name).
    #[serde(skip_serializing_if = "String::is_empty")]
    pub alt: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub caption: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credit: Option<String>,
    /// CSS pixels of `src`; absent when unknown (a ratio is reserved instead).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub width: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub height: Option<u32>,
}

/// One candidate of a `srcset`, by width in pixels.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ImageSize {
    pub src: String,
    pub width: u32,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct PullQuote {
    pub text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attribution: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Correction {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<Instant>,
    pub text: String,
}

/// What a source says of a story's comments.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct CommentThread {
    pub open: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<u32>,
    /// Where the thread can be read (a JSON address, or a page).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    #[default]
    Article,
    Live,
    Video,
    Gallery,
    Opinion,
    Link,
}

/// How much of a story its source lets us show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Access {
    #[default]
    Full,
    Preview,
    Locked,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    #[default]
    Ltr,
    Rtl,
}

impl Direction {
    /// The writing direction of a BCP 47 language, by its script subtag where there is one.
    pub fn of_language(tag: &str) -> Self {
        let mut parts = tag.split(['-', '_']);
        let language = parts.next().unwrap_or_default().to_ascii_lowercase();
        for part in parts {
            match part.to_ascii_lowercase().as_str() {
                "arab" | "hebr" | "thaa" | "syrc" | "nkoo" | "adlm" => return Self::Rtl,
                "latn" | "cyrl" => return Self::Ltr,
                _ => {}
            }
        }
        match language.as_str() {
            "ar" | "he" | "fa" | "ur" | "yi" | "ps" | "dv" | "sd" | "ug" | "ckb" | "iw" => {
                Self::Rtl
            }
            _ => Self::Ltr,
        }
    }

    /// The value of HTML's `dir` attribute.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ltr => "ltr",
            Self::Rtl => "rtl",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn direction_follows_the_script_before_the_language() {
        assert_eq!(Direction::of_language("ar"), Direction::Rtl);
        assert_eq!(Direction::of_language("fa-IR"), Direction::Rtl);
        assert_eq!(Direction::of_language("ar-Latn"), Direction::Ltr);
        assert_eq!(Direction::of_language("az-Arab"), Direction::Rtl);
        assert_eq!(Direction::of_language("en-GB"), Direction::Ltr);
    }
}
