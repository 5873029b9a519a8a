//! Native reading of feeds of any size, item by item: memory follows the largest item.
//!
//! Two passes over the same bytes: the first reads the feed's own fields (they may stand behind the
//! items, and lend authors and addresses to them), the second the items.

use std::io::{self, BufReader, Read, Seek};

use super::item::{self, FeedHead};
use super::{OnItem, Walk, recognised};
use crate::host::Host;
use crate::source::place::Place;
use crate::source::text::{self, Controls};
use crate::source::{FetchError, SourceError, Unread, json, shown};

/// Reads every item of a feed and hands each on as soon as it is read. `address` is where the feed
/// lies (site-relative for files of the site).
///
/// # Errors
/// What the file is instead of a JSON Feed, or where it breaks; the items before have been handed on.
pub fn stream(
    mut reader: impl Read + Seek,
    address: &str,
    host: Host,
    on_item: OnItem<'_>,
) -> Result<FeedHead, SourceError> {
    let url = shown(address);
    let place = Place::of(address, host);
    let mut start = Vec::new();
    let begun = (&mut reader).take(4096).read_to_end(&mut start);
    begun
        .and_then(|_| reader.rewind())
        .map_err(|error| unreadable(&url, &error))?;
    if let Some(error) = json::no_document(&start, &url) {
        return Err(error);
    }
    let mut outline = Walk::new(None);
    let sound = walk(&mut outline, &mut reader, &url);
    if sound.is_ok() {
        recognised(&outline, &url)?;
    }
    let mut head = item::head(&outline.head, &place);
    let mut unread = Unread::default();
    reader.rewind().map_err(|error| unreadable(&url, &error))?;
    let mut position = 0;
    let mut each = |value| {
        position += 1;
        item::unread(&value, &mut unread);
        on_item(item::article(&value, position, &head, &place, host));
    };
    walk(&mut Walk::new(Some(&mut each)), &mut reader, &url).and(sound)?;
    head.unread = unread;
    Ok(head)
}

fn walk(walk: &mut Walk, reader: impl Read, url: &str) -> Result<(), SourceError> {
    let mut text = BufReader::with_capacity(1 << 16, Text::new(reader));
    let mut parser = serde_json::Deserializer::from_reader(&mut text);
    let mut outcome = walk.document(&mut parser);
    if outcome.is_ok() {
        outcome = parser.end();
        if outcome.is_err() && left(&mut text).unwrap_or(false) {
            return Ok(());
        }
    }
    outcome.map_err(|error| match error.io_error_kind() {
        Some(kind) if kind != io::ErrorKind::UnexpectedEof => {
            unreadable(url, &io::Error::from(kind))
        }
        _ => json::broken(url, &error),
    })
}

/// Whether nothing is left behind the document but what caches and other programs print there. The
/// parser has taken the first byte of it.
fn left(text: impl Read) -> io::Result<bool> {
    let mut rest = Vec::new();
    text.take(1 << 16).read_to_end(&mut rest)?;
    let padded = rest.contains(&0);
    Ok(text::only_leavings([b"<", rest.as_slice()].concat())
        || (padded && text::only_leavings(rest)))
}

fn unreadable(url: &str, error: &io::Error) -> SourceError {
    SourceError::Fetch(FetchError::Unreachable {
        url: url.to_owned(),
        detail: error.to_string(),
    })
}

/// A reader whose bytes are always valid UTF-8 without a mark and without raw control characters in
/// strings: what [`crate::source::text::cleaned`] does to a whole body, for a stream.
struct Text<R> {
    inner: R,
    /// Bytes ready to be handed out, and how far they have been.
    ready: Vec<u8>,
    at: usize,
    /// The beginning of a character whose rest has not been read yet.
    carried: Vec<u8>,
    begun: bool,
    ended: bool,
    controls: Controls,
}

impl<R: Read> Text<R> {
    fn new(inner: R) -> Self {
        Self {
            inner,
            ready: Vec::new(),
            at: 0,
            carried: Vec::new(),
            begun: false,
            ended: false,
            controls: Controls::default(),
        }
    }

    fn refill(&mut self) -> io::Result<()> {
        let mut chunk = std::mem::take(&mut self.carried);
        let kept = chunk.len();
        chunk.resize(kept + (1 << 16), 0);
        let mut filled = kept;
        // A read may give little; four bytes are enough to move on in any case.
        while filled < kept + 4 && !self.ended {
            match self.inner.read(&mut chunk[filled..]) {
                Ok(0) => self.ended = true,
                Ok(n) => filled += n,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        chunk.truncate(filled);
        if !self.begun {
            self.begun = true;
            if matches!(chunk.as_slice(), [0xff, 0xfe, ..] | [0xfe, 0xff, ..]) {
                self.inner.read_to_end(&mut chunk)?;
                self.ended = true;
                chunk = text::utf16(&chunk).into_bytes();
            }
            if chunk.starts_with(b"\xef\xbb\xbf") {
                chunk[..3].fill(b' ');
            }
            text::without_notices(&mut chunk);
        }
        self.at = 0;
        self.ready.clear();
        let settled = match text::whole_characters(&mut chunk) {
            _ if self.ended => chunk.len(),
            settled => settled,
        };
        let (mut rest, unsettled) = chunk.split_at(settled);
        loop {
            match std::str::from_utf8(rest) {
                Ok(_) => {
                    self.ready.extend_from_slice(rest);
                    break;
                }
                Err(error) => {
                    let (valid, bad) = rest.split_at(error.valid_up_to());
                    self.ready.extend_from_slice(valid);
                    match error.error_len() {
                        None if !self.ended => {
                            self.carried = bad.to_vec();
                            break;
                        }
                        length => {
                            self.ready.extend_from_slice("\u{fffd}".as_bytes());
                            rest = &bad[length.unwrap_or(bad.len())..];
                        }
                    }
                }
            }
        }
        self.carried.extend_from_slice(unsettled);
        self.controls.clean(&mut self.ready);
        Ok(())
    }
}

impl<R: Read> Read for Text<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.at == self.ready.len() && !(self.ended && self.carried.is_empty()) {
            self.refill()?;
        }
        let n = buffer.len().min(self.ready.len() - self.at);
        buffer[..n].copy_from_slice(&self.ready[self.at..self.at + n]);
        self.at += n;
        Ok(n)
    }
}
