//! Where the items of a feed lie: its `item` or `entry` elements, outside of quotations.
//!
//! Tags, comments and CDATA are all it knows of XML; whether the rest is sound, the parser says.

use super::{Scan, Scanned, Spans};

/// Longer beginnings of a tag tell nothing more.
const NAME: usize = 64;

/// Looks at a document byte by byte.
#[derive(Default)]
pub struct Scanner {
    state: State,
    /// The beginning of the tag, comment or quotation that is open, and its last bytes.
    seen: Vec<u8>,
    last: [u8; 3],
    begun: u64,
    /// Names of the elements around the items.
    open: Vec<Vec<u8>>,
    /// Name of the item that is open, where it began, and how many of its name are open in it.
    item: Option<(Vec<u8>, u64, u32)>,
    /// Elements around the items when the first one began.
    around: Vec<Vec<u8>>,
    spans: Spans,
}

#[derive(Clone, Copy, Default, PartialEq)]
enum State {
    #[default]
    Text,
    Tag,
    /// In a tag's attribute, until this quotation mark.
    Quoted(u8),
    Comment,
    CData,
    /// A declaration or instruction, until `>`.
    Other,
}

impl Scanner {
    pub fn scanned(self) -> Scanned {
        let whole = self.open.is_empty() && self.item.is_none() && self.state == State::Text;
        let closing = |names: &[Vec<u8>]| {
            let names = names.iter().rev();
            names
                .map(|name| format!("</{}>", String::from_utf8_lossy(name)))
                .collect()
        };
        Scanned {
            closing: (!whole).then(|| closing(&self.around)),
            spans: self.spans,
        }
    }

    /// A tag is complete: `<name …`, `</name …` or `<name …/`.
    fn tag(&mut self, end: u64) {
        let closes = self.seen.get(1) == Some(&b'/');
        let from = 1 + usize::from(closes);
        let name: Vec<u8> = self.seen[from.min(self.seen.len())..]
            .iter()
            .copied()
            .take_while(|byte| !byte.is_ascii_whitespace() && !matches!(byte, b'/' | b'>'))
            .collect();
        let empty = !closes && self.last[1] == b'/';
        match &mut self.item {
            Some((item, start, depth)) => {
                if *item != name || empty {
                    return;
                }
                if !closes {
                    *depth += 1;
                } else if *depth > 0 {
                    *depth -= 1;
                } else {
                    let start = *start;
                    self.spans.item(start, end);
                    self.item = None;
                }
            }
            None if closes => {
                // A feed that closes what it never opened is the parser's to judge.
                if let Some(at) = self.open.iter().rposition(|open| *open == name) {
                    self.open.truncate(at);
                }
            }
            None if is_item(&name) && !self.open.is_empty() => {
                if self.spans.runs.is_empty() {
                    self.around.clone_from(&self.open);
                }
                if empty {
                    self.spans.item(self.begun, end);
                } else {
                    self.item = Some((name, self.begun, 0));
                }
            }
            None if empty => {}
            None => self.open.push(name),
        }
    }
}

fn is_item(name: &[u8]) -> bool {
    let local = name.rsplit(|byte| *byte == b':').next().unwrap_or(name);
    local == b"item" || local == b"entry"
}

impl Scan for Scanner {
    fn byte(&mut self, at: u64, byte: u8) {
        self.last = [self.last[1], self.last[2], byte];
        match self.state {
            State::Text => {
                if byte == b'<' {
                    self.state = State::Tag;
                    self.begun = at;
                    self.seen.clear();
                    self.seen.push(byte);
                }
            }
            State::Tag => {
                if self.seen.len() < NAME {
                    self.seen.push(byte);
                }
                match self.seen.as_slice() {
                    b"<!--" => self.state = State::Comment,
                    b"<![CDATA[" => self.state = State::CData,
                    b"<?" => self.state = State::Other,
                    [b'<', b'!', ..] if byte == b'>' => self.state = State::Text,
                    _ if byte == b'>' => {
                        self.state = State::Text;
                        self.tag(at + 1);
                    }
                    _ if byte == b'"' || byte == b'\'' => self.state = State::Quoted(byte),
                    _ => {}
                }
            }
            State::Quoted(mark) if byte == mark => self.state = State::Tag,
            State::Comment if self.last == *b"-->" => self.state = State::Text,
            State::CData if self.last == *b"]]>" => self.state = State::Text,
            State::Other if byte == b'>' => self.state = State::Text,
            State::Quoted(_) | State::Comment | State::CData | State::Other => {}
        }
    }
}
