//! What an element says and how it is written: text, HTML or XHTML.
//!
//! Atom names the type of each text (RFC 4287, 3.1.1), Media RSS too, RSS never. Called by `rss`
//! for everything a reader reads.

use super::markup;
use crate::host::Host;
use crate::html::tree::{Element, Node};
use crate::source::place::Place;
use crate::source::text;

/// An element's words.
pub(super) enum Words {
    Text(String),
    Html(String),
}

/// What decides how an untyped element is read.
#[derive(Clone, Copy)]
pub(super) struct Reading {
    /// In an Atom document untyped words are text; in RSS they may be either.
    pub atom: bool,
    pub host: Host,
}

/// How an element's words are written.
enum Writing {
    Text,
    Html,
    Xhtml,
    /// Nothing says so.
    Unsaid,
    /// Data that is no text.
    Other,
}

fn writing(element: &Element) -> Writing {
    let kind = element.attribute("type").unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    let mode = element.attribute("mode").unwrap_or_default();
    let nested = element
        .children
        .iter()
        .any(|node| matches!(node, Node::Element(_)));
    match kind.to_ascii_lowercase().as_str() {
        "xhtml" => Writing::Xhtml,
        // Real children are markup, whatever the feed calls them.
        _ if nested => Writing::Xhtml,
        "html" | "text/html" => Writing::Html,
        "text" | "plain" | "text/plain" => Writing::Text,
        // Atom 0.3.
        _ if mode == "escaped" => Writing::Html,
        "" => Writing::Unsaid,
        kind if kind.starts_with("text/") => Writing::Text,
        kind if kind.contains("xml") => Writing::Html,
        kind if kind.contains('/') => Writing::Other,
        _ => Writing::Unsaid,
    }
}

/// A title, a name, a caption: one line of text.
pub(super) fn line(element: &Element, reading: Reading) -> String {
    let said = super::content(element);
    match writing(element) {
        Writing::Xhtml => text::of_html(
            &markup::written(&element.children, None, reading.host),
            reading.host,
        ),
        Writing::Html if reading.atom => text::of_html(&said, reading.host),
        Writing::Text | Writing::Other => one_line(&said),
        Writing::Unsaid if reading.atom => one_line(&said),
        Writing::Html | Writing::Unsaid => text::of_headline(&said, reading.host),
    }
}

/// A story or its summary; references in its markup are resolved against `base`, where there is one.
pub(super) fn words(element: &Element, base: Option<&Place>, reading: Reading) -> Option<Words> {
    let said = super::content(element);
    let html = |html: String| match base {
        Some(base) => markup::rebased(&html, base, reading.host),
        None => html,
    };
    let module = element.name.split_once(':').map(|(prefix, _)| prefix);
    let text = reading.atom || matches!(module, Some("media" | "itunes"));
    let words = match writing(element) {
        Writing::Xhtml => Words::Html(
            markup::written(&element.children, base, reading.host)
                .trim()
                .to_owned(),
        ),
        Writing::Html => Words::Html(html(said)),
        Writing::Text if said.starts_with('<') && is_markup(&said) => Words::Html(html(said)),
        Writing::Text => Words::Text(said),
        Writing::Unsaid if text && !is_markup(&said) => Words::Text(said),
        Writing::Unsaid => Words::Html(html(said)),
        Writing::Other => return None,
    };
    Some(words).filter(|words| !words.is_empty())
}

impl Words {
    fn is_empty(&self) -> bool {
        match self {
            Self::Text(said) | Self::Html(said) => said.is_empty(),
        }
    }

    /// All of it as one line of text.
    pub(super) fn plain(&self, reading: Reading) -> String {
        match self {
            Self::Text(said) => one_line(said),
            Self::Html(html) if reading.atom => text::of_html(html, reading.host),
            Self::Html(html) => text::of_headline(html, reading.host),
        }
    }
}

/// Whether a text that ought to be plain is HTML: paragraphs, links or pictures of a generator that
/// forgot its `type`. Readers would be shown its tags; an element that is only spoken of
/// (`Use <b> for bold`) makes no text markup.
fn is_markup(said: &str) -> bool {
    const SIGNS: [&str; 6] = ["</p>", "</div>", "<a href=", "<img src=", "<br />", "<br/>"];
    let said = said.to_ascii_lowercase();
    SIGNS.iter().any(|sign| said.contains(sign))
}

fn one_line(text: &str) -> String {
    crate::html::text::collapse(text)
}
