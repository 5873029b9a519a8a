//! The one way from a body as it came to blocks: limits, parsing, policy, finishing.
//!
//! `store` (in the browser) and `prerender` call [`clean`]; comments pass through the same door
//! with `comment` set. Nothing here knows how blocks are shown.

use super::limits::{self, Limit};
use super::{Block, Inline, text, words_of_blocks};
use crate::host::Host;
use crate::model::Body;

/// What cleaning needs to know of the page a body stands on.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    pub host: &'a Host,
    /// The article's own address, to resolve relative ones against.
    pub base_url: Option<&'a str>,
    /// Maps the absolute address of one of the source's own articles to a path of this site.
    pub site_links: &'a dyn Fn(&str) -> Option<String>,
    /// A first heading that only repeats it is dropped.
    pub headline: Option<&'a str>,
    /// A first picture that only repeats it is dropped.
    pub lead_image: Option<&'a str>,
    /// Put before every id, so that none of the body's clashes with the page's.
    pub id_prefix: &'a str,
    /// A reader's comment: no headings, pictures, embeds or tables, and links are marked as such.
    pub comment: bool,
    /// The article's language; a region that only repeats it is not marked.
    pub language: Option<&'a str>,
}

/// A cleaned body and what became of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cleaned {
    pub blocks: Vec<Block>,
    /// Sub-headings for "Jump to".
    pub outline: Vec<Entry>,
    pub words: usize,
    /// Key points that stood at the top, lifted out to be shown above the body.
    pub key_points: Vec<String>,
    /// Why the body is shown as plain text, if it is.
    pub limit: Option<Limit>,
    pub dropped: Dropped,
}

/// A sub-heading as a list of contents shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    pub level: u8,
    pub id: String,
    pub text: String,
}

/// What the policy left out, for `dateline check`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Dropped {
    /// Scripts, styles, forms and other elements that were dropped with their content.
    pub elements: usize,
    /// Links whose address was refused; their words stayed.
    pub links: usize,
    /// Pictures and films without a usable address, and tracking pixels.
    pub pictures: usize,
    /// Frames of unknown providers, shown as link cards.
    pub frames: usize,
}

/// Cleans a body.
pub fn clean(body: &Body, context: &Context<'_>) -> Cleaned {
    match body {
        Body::Absent => Cleaned::default(),
        Body::Text(text) => finish(paragraphs(text), None),
        Body::Html(html) => match limits::check(html) {
            Some(limit) => plain(html, limit, context),
            None => plain(html, Limit::Size, context),
        },
    }
}

/// The text of a body that is too much to parse.
fn plain(html: &str, limit: Limit, context: &Context<'_>) -> Cleaned {
    let mut end = html.len().min(limits::PLAIN * 4);
    while !html.is_char_boundary(end) {
        end -= 1;
    }
    let text = text::decode(context.host, &text::strip(&html[..end], "\n\n"));
    finish(paragraphs(&text), Some(limit))
}

fn finish(blocks: Vec<Block>, limit: Option<Limit>) -> Cleaned {
    let words = words_of_blocks(&blocks);
    Cleaned {
        blocks,
        words,
        limit,
        ..Cleaned::default()
    }
}

/// Plain text as paragraphs: empty lines part them, single line ends stay as such.
fn paragraphs(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut inlines: Vec<Inline> = Vec::new();
    let mut left = limits::PLAIN;
    for line in text.lines().chain([""]) {
        let line: String = text::collapse(line).chars().take(left).collect();
        left -= line.chars().count().min(left);
        if line.is_empty() {
            if !inlines.is_empty() {
                blocks.push(Block::Paragraph(std::mem::take(&mut inlines)));
            }
            continue;
        }
        if !inlines.is_empty() {
            inlines.push(Inline::Break);
        }
        inlines.push(Inline::Text(line));
    }
    blocks
}
