//! What is too large to parse, told before parsing, and shown as plain text instead.
//!
//! A few kilobytes of tags can cost a parser seconds (each open `<b>` is opened again in every
//! following paragraph), so the cost is estimated from the text first. Estimates err upwards.

use std::borrow::Cow;
use std::ops::Range;

use super::url;

/// Why a body is not shown as it came; the page says so in one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// More than two megabytes, or more than 50,000 tags: shown as plain text.
    Size,
    /// Nested deeper than anything a newsroom writes: shown as plain text.
    Depth,
    /// Longer than what is shown even of a plain text: it breaks off.
    Length,
}

impl Limit {
    /// What the publisher is told of it.
    pub fn told(self) -> String {
        match self {
            Self::Size => format!(
                "its body has more than {BYTES} bytes or {TAGS} tags, so its words are shown without \
                 pictures, links and tables"
            ),
            Self::Depth => {
                "its body is nested too deeply, so its words are shown without pictures, \
                            links and tables"
                    .into()
            }
            Self::Length => format!(
                "its text is longer than {PLAIN} characters and breaks off there; the page links to the \
                 original where the story has an address"
            ),
        }
    }
}

const BYTES: usize = 2_000_000;
const TAGS: usize = 50_000;
const DEPTH: usize = 512;
/// Open formatting elements times the blocks they would be opened again in.
const REOPENED: usize = 20_000;
/// Attributes of one tag: parsers compare each with all before it.
const ATTRIBUTES: usize = 1_000;

/// Characters of plain text that are shown of a body beyond the limits.
pub const PLAIN: usize = 500_000;

/// A body without the data of pasted pictures (`data:` and more than an address may hold): the policy
/// would leave it out, and it should not cost a story its markup.
pub fn light(html: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let mut from = 0;
    for data in pasted(html) {
        out.push_str(&html[from..data.start]);
        from = data.end;
    }
    match from {
        0 => Cow::Borrowed(html),
        _ => Cow::Owned(out + &html[from..]),
    }
}

/// Where a body holds the data of pasted pictures.
pub fn pasted(html: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    const MARK: &str = "data:";
    let is_data = |b: &u8| b.is_ascii_alphanumeric() || b"+/=-_.~%;,:!*&#?@\r\n".contains(b);
    let begins = html.match_indices(MARK).map(|(at, mark)| at + mark.len());
    let mut seen = 0;
    begins.filter_map(move |from| {
        // One within another's data is none.
        if from < seen {
            return None;
        }
        seen = from + html[from..].bytes().take_while(is_data).count();
        (seen - from > url::LONGEST).then_some(from..seen)
    })
}

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
        if bytes[at..].starts_with(b"!--") {
            rest = after_comment(bytes, at + 3);
            continue;
        }
        let closing = bytes.get(at) == Some(&b'/');
        let name = name(&bytes[at + usize::from(closing)..]);
        if name.is_empty() {
            continue;
        }
        let tag = Tag::of(bytes, at);
        if tag.attributes > ATTRIBUTES {
            return Some(Limit::Size);
        }
        rest = tag.end;
        if closing {
            open.close(name);
        } else if !(tag.empty && open.foreign()) {
            open.open(name, &bytes[at..tag.end]);
            if !open.foreign() && is_one_of(name, RAW) {
                rest = after_raw(bytes, rest, name);
            }
        }
        if open.depth > DEPTH || open.reopened > REOPENED {
            return Some(Limit::Depth);
        }
    }
    None
}

/// Where a comment that began before `at` has ended.
fn after_comment(bytes: &[u8], at: usize) -> usize {
    for short in [&b">"[..], b"->"] {
        if bytes[at..].starts_with(short) {
            return at + short.len();
        }
    }
    let ends = |part: &[u8]| part == b"-->" || part.starts_with(b"--!");
    let end = bytes[at..].windows(3).position(ends);
    end.map_or(bytes.len(), |end| at + end + 3)
}

/// A tag from behind its `<`.
struct Tag {
    /// Behind its `>`.
    end: usize,
    attributes: usize,
    /// Ends in `/>`, which means something in SVG and MathML only.
    empty: bool,
}

impl Tag {
    fn of(bytes: &[u8], at: usize) -> Self {
        let (mut quote, mut before, mut attributes) = (None, b' ', 0);
        for (n, &byte) in bytes[at..].iter().enumerate() {
            match (quote, byte) {
                (Some(open), _) if byte == open => quote = None,
                (Some(_), _) => continue,
                (None, b'>') => {
                    return Self {
                        end: at + n + 1,
                        attributes,
                        empty: before == b'/',
                    };
                }
                // A quote opens a value only behind its equals sign.
                (None, b'"' | b'\'') if before == b'=' => quote = Some(byte),
                _ => {}
            }
            let apart = |b: u8| b.is_ascii_whitespace() || matches!(b, b'/' | b'"' | b'\'');
            if apart(before) && !apart(byte) {
                attributes += 1;
            }
            // White space around an equals sign is nothing.
            if !(before == b'=' && byte.is_ascii_whitespace()) {
                before = byte;
            }
        }
        Self {
            end: bytes.len(),
            attributes,
            empty: false,
        }
    }
}

/// Elements whose content is text, whatever it looks like.
const RAW: &[&str] = &[
    "script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes",
];

fn after_raw(bytes: &[u8], at: usize, name: &[u8]) -> usize {
    let ends = |part: &[u8]| part.starts_with(b"</") && part[2..].eq_ignore_ascii_case(name);
    let end = bytes[at..].windows(name.len() + 2).position(ends);
    end.map_or(bytes.len(), |end| at + end)
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

/// What may be open, as a parser would have it or with more open than it would have.
#[derive(Default)]
struct Open<'a> {
    stack: Vec<&'a [u8]>,
    /// Formatting elements, by their whole tags; an empty one is a border that no end tag passes.
    formatting: Vec<(&'a [u8], &'a [u8])>,
    depth: usize,
    reopened: usize,
}

impl<'a> Open<'a> {
    fn open(&mut self, name: &'a [u8], tag: &'a [u8]) {
        if is_formatting(name) {
            // A parser remembers three alike at most.
            let within = self.within();
            let alike = |other: &&(&[u8], &[u8])| other.1 == tag;
            if self.formatting[within..].iter().filter(alike).count() < 3 {
                self.formatting.push((name, tag));
            }
        } else {
            self.reopened += self.formatting.len() - self.within();
            self.give_way(name);
        }
        if is_empty(name) {
            return;
        }
        if is_border(name) {
            self.formatting.push((b"", name));
        }
        self.depth += weight(name);
        self.stack.push(name);
    }

    /// Ends what a start tag ends without saying so: a paragraph, an item, a cell.
    fn give_way(&mut self, name: &[u8]) {
        if self.foreign() {
            return;
        }
        let border = self.border();
        let floor = border.map_or(0, |at| at + 1);
        if is_one_of(name, CELLS) {
            // Of what stands in the table before it nothing stays open.
            if border.is_some_and(|at| is_one_of(self.stack[at], &["table"])) {
                self.truncate(floor);
            }
            return;
        }
        let within = &self.stack[floor..];
        let last = |names: &[&str]| within.iter().rposition(|open| is_one_of(open, names));
        let item = is_one_of(name, ITEMS).then(|| {
            let alike: &[&str] = if is_one_of(name, &["li"]) {
                &["li"]
            } else {
                &["dt", "dd"]
            };
            let stops = |open: &&[u8]| {
                is_one_of(open, alike)
                    || !(is_phrase(open) || is_one_of(open, &["address", "div", "p"]))
                    || is_one_of(open, &["button", "noscript", "select"])
            };
            let at = within.iter().rposition(stops);
            at.filter(|at| is_one_of(within[*at], alike))
        });
        let paragraph = || {
            let at = last(&["p"]).filter(|_| !is_phrase(name))?;
            last(&["button"])
                .is_none_or(|button| button < at)
                .then_some(at)
        };
        if let Some(at) = item.flatten().or_else(paragraph) {
            self.truncate(floor + at);
        }
    }

    fn truncate(&mut self, from: usize) {
        for open in self.stack.drain(from..) {
            self.depth -= weight(open);
            if is_border(open)
                && let Some(border) = self.formatting.iter().rposition(|it| it.0.is_empty())
            {
                self.formatting.truncate(border);
            }
        }
    }

    fn close(&mut self, name: &[u8]) {
        let same = |open: &&[u8]| open.eq_ignore_ascii_case(name);
        if is_formatting(name) {
            // It goes; what was opened in it stays.
            let within = self.within();
            let told = |(open, _): &(&[u8], &[u8])| open.eq_ignore_ascii_case(name);
            if let Some(at) = self.formatting[within..].iter().rposition(told) {
                self.formatting.remove(within + at);
            }
            let border = self.border();
            let from = border.map_or(0, |at| at + 1);
            if !self.foreign()
                && let Some(at) = self.stack[from..].iter().rposition(same)
            {
                self.stack.remove(from + at);
                self.depth -= 1;
            }
            return;
        }
        self.reopened += self.formatting.len() - self.within();
        // Within SVG and MathML only their own end is sure to end something.
        if self.foreign() && !is_one_of(name, FOREIGN) {
            return;
        }
        let found = self.stack.iter().rposition(same);
        let border = self.border();
        let reached = |at: &usize| border.is_none_or(|border| *at >= border);
        if let Some(at) = found.filter(reached) {
            self.truncate(at);
        }
    }

    /// Where the formatting elements within the last border begin.
    fn within(&self) -> usize {
        let border = self.formatting.iter().rposition(|it| it.0.is_empty());
        border.map_or(0, |at| at + 1)
    }

    /// The nearest border that is open.
    fn border(&self) -> Option<usize> {
        self.stack.iter().rposition(|open| is_border(open))
    }

    fn foreign(&self) -> bool {
        self.stack.iter().any(|open| is_one_of(open, FOREIGN))
    }
}

const FOREIGN: &[&str] = &["svg", "math"];

/// Where an end tag does not reach past what is open around it. A cell ends with its table here.
fn is_border(name: &[u8]) -> bool {
    is_one_of(name, &["table", "object", "marquee", "applet", "template"])
}

/// How many elements a parser makes of it, those between a table and a cell's content included.
fn weight(name: &[u8]) -> usize {
    if is_one_of(name, &["table"]) {
        4
    } else if is_one_of(name, LISTS) {
        2
    } else {
        1
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

/// Elements without content, and those that are never open twice.
fn is_empty(name: &[u8]) -> bool {
    const NAMES: &[&str] = &[
        "br", "img", "hr", "source", "input", "meta", "link", "wbr", "param", "embed", "area",
        "base", "track", "body", "html", "head",
    ];
    is_one_of(name, NAMES) || is_one_of(name, CELLS)
}

const CELLS: &[&str] = &[
    "td", "th", "tr", "tbody", "thead", "tfoot", "caption", "colgroup", "col",
];
const ITEMS: &[&str] = &["li", "dt", "dd"];
const LISTS: &[&str] = &["ul", "ol", "dl", "menu", "dir"];

/// Whether it may stand in a paragraph; what may not ends one.
fn is_phrase(name: &[u8]) -> bool {
    const BLOCKS: &[&str] = &[
        "address",
        "article",
        "aside",
        "blockquote",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "li",
        "listing",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "plaintext",
        "pre",
        "search",
        "section",
        "summary",
        "table",
        "ul",
        "xmp",
    ];
    !is_one_of(name, BLOCKS)
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
    fn what_only_looks_like_an_end_ends_nothing() {
        let open = "<div>".repeat(40);
        let ends = "</div>".repeat(40);
        for hidden in [
            format!("<!--{ends}-->"),
            format!("<i title=\"{ends}\">x</i>"),
            format!("<i title = '{ends}'>x</i>"),
            format!("<textarea>{ends}</textarea>"),
            format!("<table>{ends}</table>"),
            format!("<svg><style>{ends}</style></svg>"),
            "<object><table></object>".to_owned(),
        ] {
            let bomb = [open.as_str(), &hidden].concat().repeat(20);
            assert_eq!(check(&bomb), Some(Limit::Depth), "{hidden}");
        }
        let bold: String = (0..200).map(|n| format!("<b {n}>")).collect();
        let reopening = format!(
            "<p>{bold}<!--{}-->{}",
            "</b>".repeat(200),
            "<p>x".repeat(2_000)
        );
        assert_eq!(check(&reopening), Some(Limit::Depth));
        let closing = format!("{}{bold}{}", "<div>".repeat(200), "</div>x".repeat(200));
        assert_eq!(check(&closing), Some(Limit::Depth));
    }

    #[test]
    fn pages_as_they_are_pass() {
        let cells = "<tr><td><b>A</b></td><td><i>B<td><a href=x>C</a></tr>".repeat(500);
        assert_eq!(check(&format!("<table>{cells}</table>").repeat(2)), None);
        let icon = "<p><svg viewBox='0 0 1 1'><g><path d='M0'/></g></svg> words</p>";
        assert_eq!(check(&icon.repeat(1_000)), None);
        assert_eq!(check(&"<p><b>Never closed</p>".repeat(2_000)), None);
        assert_eq!(
            check(&"<script>if (a<b) {}</script><p>x</p>".repeat(1_000)),
            None
        );
        assert_eq!(
            check(&"<div><div><p>x</div></div><!-- /wp:group -->".repeat(1_000)),
            None
        );
    }

    #[test]
    fn a_long_table_passes() {
        let row = "<tr><td>Ward</td><td>1</td><td>2</td><td>3</td><td>4</td></tr>";
        assert_eq!(
            check(&format!("<table>{}</table>", row.repeat(3_000))),
            None
        );
    }

    #[test]
    fn pasted_pictures_are_not_counted() {
        let picture = format!("data:image/png;base64,{}==", "iVBORw0K".repeat(200_000));
        let body = format!("<p>a</p><img src=\"{picture}\"><p>b</p><img src='{picture}'>é");
        assert_eq!(check(&body), Some(Limit::Size));
        assert_eq!(pasted(&body).count(), 2);
        assert_eq!(
            light(&body),
            "<p>a</p><img src=\"data:\"><p>b</p><img src='data:'>é"
        );
        let icon = "<img src='data:image/gif;base64,R0lGODlhAQABAAAAACw='> data: words of a text";
        assert_eq!(light(icon), icon);
        // Many marks in one run cost no more than one.
        assert_eq!(pasted(&"data:".repeat(300_000)).count(), 1);
    }

    #[test]
    fn bombs_are_told_before_parsing() {
        assert_eq!(check(&"<b>".repeat(10_000)), Some(Limit::Depth));
        assert_eq!(check(&"<div></p>".repeat(1_000)), Some(Limit::Depth));
        assert_eq!(check(&"<p>".repeat(TAGS + 1)), Some(Limit::Size));
        assert_eq!(check(&"x".repeat(BYTES + 1)), Some(Limit::Size));
        let bold: String = (0..100).map(|n| format!("<b {n}>")).collect();
        let reopening = format!("{bold}{}", "<p>x".repeat(2_000));
        assert_eq!(check(&reopening), Some(Limit::Depth));
        assert_eq!(check(&"<rt>".repeat(3_000)), Some(Limit::Depth));
        assert_eq!(check(&"<table><tr><td>".repeat(200)), Some(Limit::Depth));
        let attributes: String = (0..2_000).map(|n| format!(" a{n}")).collect();
        assert_eq!(check(&format!("<p{attributes}>")), Some(Limit::Size));
        assert_eq!(
            check(&format!("<p {}>", "a=''".repeat(2_000))),
            Some(Limit::Size)
        );
        assert_eq!(
            check(&format!("<p{}>", "/a".repeat(2_000))),
            Some(Limit::Size)
        );
    }
}
