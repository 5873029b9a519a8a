//! What is too large to parse, told before parsing, and shown as plain text instead.
//!
//! A few kilobytes of tags can cost a parser seconds (each open `<b>` is opened again in every
//! following paragraph), so the cost is estimated from the text first. Estimates err upwards.

/// Why a body is shown as plain text; the page says so in one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// More than a megabyte, or more than 20,000 tags.
    Size,
    /// Nested deeper than anything a newsroom writes.
    Depth,
}

const BYTES: usize = 1_000_000;
const TAGS: usize = 20_000;
const DEPTH: usize = 512;
/// Open formatting elements times the blocks they would be opened again in.
const REOPENED: usize = 100_000;

/// Characters of plain text that are shown of a body beyond the limits.
pub const PLAIN: usize = 500_000;

/// Checks a body before it is parsed.
pub fn check(html: &str) -> Option<Limit> {
    if html.len() > BYTES {
        return Some(Limit::Size);
    }
    let bytes = html.as_bytes();
    let mut tags = 0;
    let mut open = Open::default();
    let mut rest = 0;
    while let Some(found) = bytes[rest..].iter().position(|&b| b == b'<') {
        let at = rest + found + 1;
        rest = at;
        tags += 1;
        if tags > TAGS {
            return Some(Limit::Size);
        }
        let closing = bytes.get(at) == Some(&b'/');
        let name = name(&bytes[at + usize::from(closing)..]);
        if name.is_empty() {
            continue;
        }
        if closing {
            open.close(name);
        } else {
            open.open(name);
            if open.depth > DEPTH || open.reopened > REOPENED {
                return Some(Limit::Depth);
            }
        }
    }
    None
}

fn name(bytes: &[u8]) -> &[u8] {
    if !bytes.first().is_some_and(u8::is_ascii_alphabetic) {
        return &[];
    }
    let end = bytes
        .iter()
        .take(32)
        .position(|b| matches!(b, b' ' | b'\t' | b'\n' | b'\r' | 0x0c | b'/' | b'>'))
        .unwrap_or(bytes.len().min(32));
    &bytes[..end]
}

/// Elements that may be open, counted by name: an end tag closes only what was opened.
#[derive(Default)]
struct Open<'a> {
    counts: Vec<(&'a [u8], usize)>,
    depth: usize,
    formatting: usize,
    reopened: usize,
}

impl<'a> Open<'a> {
    fn open(&mut self, name: &'a [u8]) {
        if !is_formatting(name) {
            self.reopened += self.formatting;
        }
        if closes_itself(name) {
            return;
        }
        self.depth += 1;
        self.formatting += usize::from(is_formatting(name));
        match self
            .counts
            .iter_mut()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
        {
            Some((_, count)) => *count += 1,
            None => self.counts.push((name, 1)),
        }
    }

    fn close(&mut self, name: &[u8]) {
        let found = self
            .counts
            .iter()
            .position(|(known, _)| known.eq_ignore_ascii_case(name));
        if let Some(at) = found {
            self.counts[at].1 -= 1;
            if self.counts[at].1 == 0 {
                self.counts.swap_remove(at);
            }
            self.depth -= 1;
            self.formatting -= usize::from(is_formatting(name));
        }
    }
}

fn is_one_of(name: &[u8], names: &[&str]) -> bool {
    names
        .iter()
        .any(|known| name.eq_ignore_ascii_case(known.as_bytes()))
}

/// What the parser opens again after a block has closed it.
fn is_formatting(name: &[u8]) -> bool {
    const NAMES: &[&str] = &[
        "a", "b", "i", "u", "s", "em", "tt", "big", "code", "font", "nobr", "small", "strike",
        "strong",
    ];
    is_one_of(name, NAMES)
}

/// Void elements, and those that the next of their kind closes.
fn closes_itself(name: &[u8]) -> bool {
    const NAMES: &[&str] = &[
        "p", "br", "img", "li", "td", "tr", "th", "hr", "source", "input", "meta", "link", "wbr",
        "dt", "dd", "tbody", "thead", "tfoot", "option", "optgroup", "rt", "rp", "col", "colgroup",
        "caption", "param", "embed", "area", "base", "track", "body", "html", "head",
    ];
    is_one_of(name, NAMES)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_bodies_pass() {
        assert_eq!(
            check(&"<p>A <b>bold</b> word and an unclosed <br> line".repeat(1_000)),
            None
        );
        assert_eq!(check(&"<ul><li>one<li>two</ul>".repeat(1_000)), None);
        assert_eq!(check("1 < 2 and <> and </ and <"), None);
    }

    #[test]
    fn bombs_are_told_before_parsing() {
        assert_eq!(check(&"<b>".repeat(10_000)), Some(Limit::Depth));
        assert_eq!(check(&"<div></p>".repeat(1_000)), Some(Limit::Depth));
        assert_eq!(check(&"<p>".repeat(20_001)), Some(Limit::Size));
        assert_eq!(check(&"x".repeat(1_000_001)), Some(Limit::Size));
        let reopening = format!("{}{}", "<b c=1><i>".repeat(100), "<p>x".repeat(2_000));
        assert_eq!(check(&reopening), Some(Limit::Depth));
    }
}
