//! Plain text of a field that may hold markup or may only look like it.
//!
//! RSS does not say whether a title is text or HTML, and both are common: `A <b>bold</b> claim`
//! stands beside `What Vec<T> costs`. HTML's own reading would drop `<T>` as a tag. Called by
//! formats whose short texts nobody typed; state and I/O there is none.

use crate::host::Host;

/// Elements that titles and summaries really hold, whether they are closed or not.
const COMMON: [&str; 43] = [
    "a",
    "abbr",
    "b",
    "bdi",
    "big",
    "blockquote",
    "br",
    "center",
    "cite",
    "code",
    "del",
    "div",
    "em",
    "figcaption",
    "figure",
    "font",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "nobr",
    "ol",
    "p",
    "pre",
    "q",
    "s",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "u",
    "ul",
    "wbr",
];

/// Elements that a headline rather talks about: markup where they are closed or have attributes.
const OTHERS: [&str; 25] = [
    "article", "aside", "audio", "dd", "dl", "dt", "embed", "footer", "form", "header", "iframe",
    "noscript", "object", "picture", "script", "section", "source", "style", "svg", "table",
    "tbody", "td", "th", "tr", "video",
];

/// In a longer text nobody talks about elements in passing: what looks like one is one. It also
/// bounds the search for what closes them.
const LONG: usize = 4_000;

/// The text of a headline or summary: tags of HTML's elements go, every other `<` is a character.
pub(crate) fn of_headline(text: &str, host: Host) -> String {
    let last_comment = text.rfind("-->").unwrap_or(0);
    let mut html = String::with_capacity(text.len());
    let mut from = 0;
    while let Some(found) = text[from..].find('<') {
        let at = from + found;
        html.push_str(&text[from..at]);
        let tag = &text[at + 1..];
        let markup = if tag.starts_with("!--") {
            at < last_comment
        } else {
            begins_tag(tag, text)
        };
        html.push_str(if markup { "<" } else { "&lt;" });
        from = at + 1;
    }
    html.push_str(&text[from..]);
    super::of_html(&html, host)
}

/// Whether what follows a `<` is the rest of an HTML tag.
fn begins_tag(tag: &str, whole: &str) -> bool {
    let opening = tag.strip_prefix('/').unwrap_or(tag);
    let end = opening.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | ':'));
    let (name, after) = opening.split_at(end.unwrap_or(opening.len()));
    let name = name.to_ascii_lowercase();
    let after_space = after.trim_start();
    let ends = after_space.starts_with('>') || after_space.starts_with("/>");
    let attributes = opening.len() == tag.len() && has_attributes(after);
    if COMMON.contains(&name.as_str()) {
        return ends || attributes;
    }
    // Word writes <o:p></o:p>, and sites have elements of their own.
    let own = name.contains(['-', ':']) && !name.ends_with(':');
    let known = own || OTHERS.contains(&name.as_str());
    known && (attributes || (ends && is_closed(&name, whole)))
}

/// Whether what follows a tag's name is its attributes; the text may be cut off within them.
fn has_attributes(after: &str) -> bool {
    if !after.starts_with(|c: char| c.is_whitespace()) {
        return false;
    }
    match after.find(['>', '<']) {
        Some(end) if after[end..].starts_with('>') => after[..end].contains('='),
        _ => {
            let key = after.trim_start();
            let end = key.find(|c: char| !c.is_ascii_alphanumeric() && c != '-');
            end.is_some_and(|end| end > 0 && key[end..].starts_with('='))
        }
    }
}

/// Whether the text opens an element of that name and closes it.
fn is_closed(name: &str, text: &str) -> bool {
    if text.len() > LONG {
        return true;
    }
    let text = text.to_ascii_lowercase();
    let opening = text.find(&["<", name].concat());
    let closing = text.rfind(&["</", name].concat());
    opening
        .zip(closing)
        .is_some_and(|(open, close)| open < close)
}
