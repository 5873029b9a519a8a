//! A large document as many small ones, so that memory follows a slice and never the document.
//!
//! A feed of 200 MB is an envelope around many items. Scanning its bytes once tells where the items
//! lie ([`json`], [`xml`]); each slice is then the same envelope around some of them, a document of
//! the same format that the format's own reader reads like any other. No format knows of this, and
//! every format streams. Only `reading` calls it, and only for documents that are large: what a
//! scanner does not understand is read whole, as if it had not been asked.

mod json;
mod xml;

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};

/// Documents up to this size are read whole.
pub const LARGE: u64 = 4 << 20;
/// Bytes of items in a slice, at least.
const SLICE: u64 = 1 << 20;
/// A larger envelope means that the items were not understood.
const ENVELOPE: u64 = 8 << 20;

/// Where the items of a document lie.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Spans {
    /// Byte ranges of runs of whole items, what stands between them included.
    runs: Vec<(u64, u64)>,
}

impl Spans {
    fn item(&mut self, start: u64, end: u64) {
        match self.runs.last_mut() {
            Some((begun, until)) if *until - *begun < SLICE => *until = end,
            _ => self.runs.push((start, end)),
        }
    }

    fn bytes(&self) -> u64 {
        match (self.runs.first(), self.runs.last()) {
            (Some((start, _)), Some((_, end))) => end - start,
            _ => 0,
        }
    }
}

/// What a scan found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Scanned {
    spans: Spans,
    /// What closes the envelope where the document ends in the middle of it; `None` when it is whole.
    closing: Option<String>,
}

/// A large document, cut.
pub struct Slices {
    file: File,
    before: Vec<u8>,
    after: Vec<u8>,
    runs: std::vec::IntoIter<(u64, u64)>,
    /// Whether the document ends in the middle.
    pub broken: bool,
    /// Lines of the whole document.
    pub lines: usize,
}

impl Slices {
    /// Cuts a document. `None` when it does not look like an envelope of items.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn of(mut file: File) -> io::Result<Option<Self>> {
        file.rewind()?;
        let length = file.metadata()?.len();
        let mut reader = BufReader::with_capacity(1 << 18, &file);
        let start = reader.fill_buf()?;
        let first = start
            .iter()
            .find(|byte| !byte.is_ascii_whitespace() && **byte < 0x80);
        let (scanned, lines) = match first {
            Some(b'<') => {
                let (scanner, lines) = each(&mut reader, xml::Scanner::default())?;
                (scanner.scanned(), lines)
            }
            Some(b'{' | b'[') => {
                let (scanner, lines) = each(&mut reader, json::Scanner::default())?;
                (scanner.scanned(), lines)
            }
            _ => return Ok(None),
        };
        let (Some(&(head, _)), Some(&(_, tail))) =
            (scanned.spans.runs.first(), scanned.spans.runs.last())
        else {
            return Ok(None);
        };
        if head > ENVELOPE || (scanned.closing.is_none() && length - tail > ENVELOPE) {
            return Ok(None);
        }
        let broken = scanned.closing.is_some();
        let before = range(&mut file, 0, head)?;
        let after = match scanned.closing {
            Some(closing) => closing.into_bytes(),
            None => range(&mut file, tail, length)?,
        };
        Ok(Some(Self {
            file,
            before,
            after,
            runs: scanned.spans.runs.into_iter(),
            broken,
            lines,
        }))
    }

    /// The next slice, a whole document.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn next(&mut self) -> io::Result<Option<Vec<u8>>> {
        let Some((start, end)) = self.runs.next() else {
            return Ok(None);
        };
        let items = range(&mut self.file, start, end)?;
        Ok(Some([&self.before[..], &items, &self.after].concat()))
    }
}

/// Something that looks at a document byte by byte.
trait Scan {
    fn byte(&mut self, at: u64, byte: u8);
}

/// Shows a scanner every byte; with it comes the number of lines.
fn each<S: Scan>(reader: &mut impl BufRead, mut scanner: S) -> io::Result<(S, usize)> {
    let (mut at, mut lines) = (0, 1);
    loop {
        let block = reader.fill_buf()?;
        if block.is_empty() {
            return Ok((scanner, lines));
        }
        for byte in block {
            scanner.byte(at, *byte);
            at += 1;
            lines += usize::from(*byte == b'\n');
        }
        let read = block.len();
        reader.consume(read);
    }
}

fn range(file: &mut File, start: u64, end: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(usize::try_from(end - start).unwrap_or_default());
    file.seek(SeekFrom::Start(start))?;
    file.take(end - start).read_to_end(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    /// The slices of a document made of a head, many items and a tail.
    fn cut(head: &str, item: &str, between: &str, tail: &str) -> (Vec<String>, bool) {
        let mut file = tempfile::tempfile().expect("a file");
        let many = 3 * SLICE as usize / item.len();
        let text = [head, &vec![item; many].join(between), tail].concat();
        file.write_all(text.as_bytes()).expect("written");
        let mut slices = Slices::of(file).expect("readable").expect("an envelope");
        let mut all = Vec::new();
        while let Some(slice) = slices.next().expect("readable") {
            all.push(String::from_utf8(slice).expect("text"));
        }
        let found: usize = all.iter().map(|slice| slice.matches(item).count()).sum();
        assert_eq!(found, many, "every item is in one slice");
        (all, slices.broken)
    }

    #[test]
    fn a_list_in_an_object_is_cut_and_every_slice_has_the_objects_other_fields() {
        let item = r#"{"id":"a]}\"","tags":["x","y"],"n":[[1]]}"#;
        let (slices, broken) = cut(r#"{"few":[1,2],"rows":["#, item, ",\n", r#"],"next":"/2"}"#);
        assert!(slices.len() >= 3 && !broken);
        for slice in slices {
            let value: serde_json::Value = serde_json::from_str(&slice).expect("JSON");
            assert_eq!(
                (&value["next"], &value["few"][1]),
                (&"/2".into(), &2.into())
            );
            assert_eq!(value["rows"][0]["id"], "a]}\"");
        }
    }

    #[test]
    fn a_bare_list_is_cut_and_a_broken_one_closed() {
        let (slices, broken) = cut("\u{feff}[", r#"{"id":1}"#, ",", r#",{"id":"#);
        assert!(broken);
        for slice in slices {
            let text = slice.trim_start_matches('\u{feff}');
            serde_json::from_str::<serde_json::Value>(text).expect("JSON");
        }
    }

    #[test]
    fn a_feed_is_cut_at_its_items_whatever_they_quote() {
        let item = "<item a='>'><title>T</title><x:item>no</x:item><d><![CDATA[</item><item>]]></d>\
                    <!-- </item> --></item>";
        let head = "<?xml version=\"1.0\"?><!DOCTYPE rss><rss><channel><title>F</title>";
        let (slices, broken) = cut(head, item, "\n", "<link>l</link></channel></rss>");
        assert!(slices.len() >= 3 && !broken);
        for slice in &slices {
            let root = crate::platform::native::xml::parse_xml(slice).expect("XML");
            assert_eq!(root.name, "rss");
            assert!(slice.contains("<link>l</link>"));
        }
        let (slices, broken) = cut(
            "<feed><id>f</id>",
            "<entry><id>1</id></entry>",
            " ",
            "<entry><i",
        );
        assert!(broken);
        for slice in slices {
            crate::platform::native::xml::parse_xml(&slice).expect("XML");
        }
    }

    #[test]
    fn what_is_no_envelope_is_left_to_be_read_whole() {
        for text in [
            "",
            "plain",
            "{\"a\":1}",
            "<html><body>x</body></html>",
            "[]",
        ] {
            let mut file = tempfile::tempfile().expect("a file");
            file.write_all(text.as_bytes()).expect("written");
            assert!(Slices::of(file).expect("readable").is_none(), "{text}");
        }
    }
}
