//! Where the items of a JSON document lie: in the longest of its lists that stand in no other.
//!
//! Brackets and strings are all it knows of JSON; whether the rest is sound, the parser says.

use super::{Scan, Scanned, Spans};

/// Looks at a document byte by byte.
#[derive(Default)]
pub struct Scanner {
    /// Open brackets.
    open: Vec<u8>,
    in_string: bool,
    escaped: bool,
    /// Depth of the list that is being looked at, and where its current item began and ended.
    list: Option<usize>,
    item: Option<u64>,
    end: u64,
    current: Spans,
    best: Spans,
    /// What was open around the list when it was left unfinished.
    closing: Option<String>,
}

impl Scanner {
    pub fn scanned(mut self) -> Scanned {
        if self.list.is_some() {
            // The document ends inside: what is complete counts, and the list is what it is about.
            self.closing = Some(closed(&self.open[..self.list.unwrap_or_default()]));
            self.best = self.current;
        } else if !self.open.is_empty() {
            self.closing = Some(["]", &closed(&self.open)].concat());
        }
        Scanned {
            spans: self.best,
            closing: self.closing,
        }
    }

    /// An item ends where a comma or the list's own bracket follows it.
    fn complete(&mut self) {
        if let Some(start) = self.item.take() {
            self.current.item(start, self.end);
        }
    }
}

/// What closes these brackets.
fn closed(open: &[u8]) -> String {
    let close = |bracket: &u8| if *bracket == b'{' { '}' } else { ']' };
    open.iter().rev().map(close).collect()
}

impl Scan for Scanner {
    fn byte(&mut self, at: u64, byte: u8) {
        if self.in_string {
            if self.escaped {
                self.escaped = false;
            } else if byte == b'\\' {
                self.escaped = true;
            } else if byte == b'"' {
                self.in_string = false;
            }
            self.end = at + 1;
            return;
        }
        if byte.is_ascii_whitespace() {
            return;
        }
        let inside = self.list == Some(self.open.len());
        match byte {
            b',' if inside => return self.complete(),
            b']' if inside => {
                self.complete();
                self.list = None;
                self.open.pop();
                if self.current.bytes() > self.best.bytes() {
                    self.best = std::mem::take(&mut self.current);
                }
                return;
            }
            _ => {}
        }
        if inside && self.item.is_none() {
            self.item = Some(at);
        }
        self.end = at + 1;
        match byte {
            b'"' => self.in_string = true,
            b'{' | b'[' => {
                self.open.push(byte);
                if byte == b'[' && self.list.is_none() {
                    self.list = Some(self.open.len());
                    self.current = Spans::default();
                }
            }
            b'}' | b']' => drop(self.open.pop()),
            _ => {}
        }
    }
}
