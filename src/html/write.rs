//! Blocks as HTML text: the native side of [`render`](super::render()).
//!
//! Only elements and attributes that `render` names can appear; text and values are escaped.

use super::Block;
use super::render::{Sink, WriteOptions, render};

/// The body as HTML text.
pub fn write(blocks: &[Block], options: &WriteOptions<'_>) -> String {
    let mut writer = Writer {
        out: String::with_capacity(blocks.len() * 256),
        in_tag: false,
        fresh_pre: false,
    };
    render(blocks, options, &mut writer);
    writer.end_tag();
    writer.out
}

/// A body with something else between two of its blocks: `insert` writes what stands before the
/// block at `place`.
pub fn write_around(
    blocks: &[Block],
    options: &WriteOptions<'_>,
    place: usize,
    insert: &dyn Fn(&mut dyn Sink),
) -> String {
    let (before, after) = blocks.split_at(place.min(blocks.len()));
    let mut writer = Writer {
        out: String::with_capacity(blocks.len() * 256),
        in_tag: false,
        fresh_pre: false,
    };
    render(before, options, &mut writer);
    insert(&mut writer);
    render(after, options, &mut writer);
    writer.end_tag();
    writer.out
}

struct Writer {
    out: String,
    /// A start tag is open for attributes.
    in_tag: bool,
    /// Parsers drop a line break right after `<pre>`, so a real one is written twice.
    fresh_pre: bool,
}

impl Writer {
    fn end_tag(&mut self) {
        if std::mem::take(&mut self.in_tag) {
            self.out.push('>');
        }
    }
}

impl Sink for Writer {
    fn open(&mut self, name: &'static str) {
        self.end_tag();
        self.out.push('<');
        self.out.push_str(name);
        self.in_tag = true;
        self.fresh_pre = name == "pre";
    }

    fn attribute(&mut self, name: &'static str, value: &str) {
        self.out.push(' ');
        self.out.push_str(name);
        if !value.is_empty() {
            self.out.push_str("=\"");
            escape(value, true, &mut self.out);
            self.out.push('"');
        }
    }

    fn text(&mut self, text: &str) {
        self.end_tag();
        if std::mem::take(&mut self.fresh_pre) && text.starts_with('\n') {
            self.out.push('\n');
        }
        escape(text, false, &mut self.out);
    }

    fn close(&mut self, name: &'static str) {
        self.end_tag();
        self.fresh_pre = false;
        if !matches!(name, "br" | "hr" | "img" | "input" | "source") {
            self.out.push_str("</");
            self.out.push_str(name);
            self.out.push('>');
        }
    }
}

/// Copies runs between the few characters that mean something to a parser.
fn escape(text: &str, value: bool, out: &mut String) {
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        let entity = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' if value => "&quot;",
            b'\r' => "&#13;",
            _ => continue,
        };
        out.push_str(&text[from..at]);
        out.push_str(entity);
        from = at + 1;
    }
    out.push_str(&text[from..]);
}
