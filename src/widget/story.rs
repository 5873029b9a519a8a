//! A story as a line of the widget: plain text, an address that is safe to follow, pictures.

use super::entities::decoded;
use crate::html::text;
use crate::model::Instant;

/// Characters of an excerpt; the style sheet shows two or three lines of it.
const EXCERPT: usize = 180;
/// Bytes of a body that are looked at for an excerpt.
const BODY: usize = 4096;

/// What a source gave, ready to be shown in any layout.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Feed {
    pub title: String,
    /// BCP 47; empty when the source does not say.
    pub language: String,
    pub stories: Vec<Story>,
}

/// What is shown of a story. Texts are plain, and empty where a source says nothing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Story {
    pub headline: String,
    pub href: String,
    /// The name of its section.
    pub section: String,
    pub excerpt: String,
    pub published: Option<Instant>,
    pub pictures: Vec<Picture>,
    /// BCP 47, where it differs from the feed's.
    pub language: String,
    /// Sections' paths and tags, lower case, to choose by.
    pub categories: Vec<String>,
    /// The editors want it to stand out.
    pub featured: bool,
}

/// One version of a story's picture; its width is 0 where nobody says.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    pub src: String,
    pub width: u32,
}

impl Story {
    /// Whether it stands in a section, below it, or carries it as a tag.
    pub fn belongs(&self, category: &str) -> bool {
        let wanted = slug(category.trim_matches('/'));
        wanted.is_empty()
            || self.categories.iter().any(|own| {
                own.strip_prefix(wanted.as_str())
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            })
    }
}

/// A section's or tag's name as it is compared: words joined, in lower case where it is ASCII (the
/// tables of all other letters are kilobytes).
pub fn slug(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in name.chars() {
        if c.is_ascii_alphanumeric() || c == '/' || !c.is_ascii() {
            out.push(c.to_ascii_lowercase());
        } else if !out.is_empty() && !out.ends_with(['-', '/']) {
            out.push('-');
        }
    }
    out.truncate(out.trim_end_matches('-').len());
    out
}

/// A number's digits. The general way brings widths, signs and padding, which is a kilobyte.
pub fn decimal(number: u32) -> String {
    let mut digits = Vec::new();
    let mut left = number;
    while left > 0 || digits.is_empty() {
        digits.insert(0, char::from(b'0' + (left % 10) as u8));
        left /= 10;
    }
    digits.into_iter().collect()
}

/// Sources resolve their addresses, but this is where they meet someone else's page: nothing but
/// the web's own schemes goes on.
pub fn leads_somewhere(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}

/// The text of markup, tags gone and characters decoded once. No parser: a page under Trusted
/// Types lends none, and text is all that is shown.
pub fn plain(html: &str) -> String {
    text::collapse(&decoded(&text::strip(beginning(html), " ")))
}

/// As many words as a line or three can show, marked where more would follow.
pub fn excerpt(text: &str) -> String {
    let mut short = String::new();
    for word in beginning(text).split_whitespace() {
        if short.len() + word.len() > EXCERPT {
            short.push('…');
            break;
        }
        if !short.is_empty() {
            short.push(' ');
        }
        short.push_str(word);
    }
    text::collapse(&short)
}

fn beginning(text: &str) -> &str {
    let mut end = text.len().min(BODY);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}
