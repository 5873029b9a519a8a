//! Which `<` of a text are markup: RSS and APIs put HTML, plain text and mixtures of both into the
//! same fields, and a headline about `<div>` or `Vec<T>` must not lose its words.
//!
//! A tag is known by its element, and by what only markup has: an end tag behind it, an attribute
//! with a value, or the slash of an empty element. Everything else is a mention and stays. Formats that
//! say what their fields hold need no guess.

use std::borrow::Cow;

use crate::host::Host;

/// Elements that stand in headlines and summaries of real sources.
const ELEMENTS: &str = "a abbr article aside audio b bdi bdo big blockquote br center cite code dd del details \
    dfn div dl dt em embed figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i \
    iframe img ins kbd label li main mark nav noscript object ol p path picture pre q rp rt \
    ruby s samp script section small source span strike strong style sub summary sup svg \
    table tbody td th thead time tr tt u ul var video wbr";

/// Elements that have no end tag, whatever is written inside them.
const EMPTY: &[&str] = &["br", "wbr"];

/// Elements whose end tag is left out, or lost where a summary was cut: before a word they open it.
const LEFT_OPEN: &[&str] = &["b", "em", "i", "li", "p", "strong"];

/// Any element of somebody's own: Word writes `<o:p></o:p>`, and sites have theirs.
const OWN: &str = "-";

/// The text of a headline or summary that may be HTML.
pub(crate) fn of_headline(value: &str, host: Host) -> String {
    super::of_html(&with_mentions(value), host)
}

/// The text as HTML in which every `<` that is no markup is written `&lt;`.
fn with_mentions(html: &str) -> Cow<'_, str> {
    if !html.contains('<') {
        return Cow::Borrowed(html);
    }
    let marks = Marks::of(html);
    let mut out = String::with_capacity(html.len() + 16);
    let mut opened: Vec<&str> = Vec::new();
    let mut written = 0;
    for (at, _) in html.match_indices('<') {
        let inside = &html[at + 1..];
        let kept = match inside.strip_prefix('/') {
            Some(end) => marks.ends(end, &opened),
            None if inside.starts_with("!--") => marks.comment > at,
            None => marks.begins(inside, at).is_some_and(|name| {
                if !opened.contains(&name) {
                    opened.push(name);
                }
                true
            }),
        };
        if !kept {
            out.push_str(&html[written..at]);
            out.push_str("&lt;");
            written = at + 1;
        }
    }
    out.push_str(&html[written..]);
    Cow::Owned(out)
}

/// Where things end in a text, found once so that many `<` cost one pass.
struct Marks {
    /// Elements with the place of their last end tag.
    ends: Vec<(&'static str, usize)>,
    /// The place of the last end of a comment.
    comment: usize,
}

impl Marks {
    fn of(html: &str) -> Self {
        let mut ends: Vec<(&'static str, usize)> = Vec::new();
        for (at, _) in html.match_indices("</") {
            let Some((name, _)) = element(&html[at + 2..]) else {
                continue;
            };
            match ends.iter_mut().find(|(known, _)| *known == name) {
                Some((_, last)) => *last = at,
                None => ends.push((name, at)),
            }
        }
        Self {
            ends,
            comment: html.rfind("-->").unwrap_or_default(),
        }
    }

    /// The element that begins here, if what follows the `<` is a tag and no mention of one.
    fn begins(&self, inside: &str, at: usize) -> Option<&'static str> {
        let (name, length) = element(inside)?;
        let closed = || {
            self.ends
                .iter()
                .any(|(known, end)| *known == name && *end > at)
        };
        let after = &inside[length..];
        let attributes = after.trim_start();
        let is_tag = if let Some(content) = attributes.strip_prefix('>') {
            EMPTY.contains(&name) || closed() || LEFT_OPEN.contains(&name) && opens_a_word(content)
        } else if attributes.starts_with("/>") {
            true
        } else if attributes.len() < after.len() {
            let word = attributes
                .bytes()
                .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b':'))
                .count();
            word > 0 && (attributes[word..].starts_with('=') || closed())
        } else {
            false
        };
        is_tag.then_some(name)
    }

    /// Whether an end tag ends something; that of a paragraph may be all that a cut left of it, and
    /// `</br>` is a line break to every browser.
    fn ends(&self, inside: &str, opened: &[&str]) -> bool {
        element(inside).is_some_and(|(name, length)| {
            let is_tag = inside[length..].trim_start().starts_with('>');
            is_tag && (matches!(name, "p" | "br") || opened.contains(&name))
        })
    }
}

/// The known element whose name a tag begins with, and how long that is there.
fn element(tag: &str) -> Option<(&'static str, usize)> {
    let sign = |c: char| matches!(c, '-' | ':');
    let end = tag.find(|c: char| !c.is_ascii_alphanumeric() && !sign(c));
    let name = &tag[..end.unwrap_or(tag.len())];
    if name.contains(sign) {
        let named = name.starts_with(|c: char| c.is_ascii_alphabetic()) && !name.ends_with(sign);
        return named.then_some((OWN, name.len()));
    }
    let known = ELEMENTS
        .split(' ')
        .find(|known| known.eq_ignore_ascii_case(name));
    known.map(|known| (known, name.len()))
}

/// Whether a word begins here that is not the plural of a mention (`<b>s`).
fn opens_a_word(content: &str) -> bool {
    let mut next = content.chars();
    let first = next.next();
    let plural = first == Some('s') && next.next().is_none_or(|c| !c.is_alphanumeric());
    first.is_some_and(char::is_alphanumeric) && !plural
}
