//! Bytes to text, and small text decisions that several formats share.
//!
//! Charsets: UTF-8 with or without a byte-order mark, UTF-16 with one, and what a header or an XML
//! declaration names where the bytes are no UTF-8. What is no valid text becomes U+FFFD: a bad byte
//! costs a character, never the feed.

mod headline;
#[cfg(feature = "mapped")]
pub(crate) mod markdown;

use std::borrow::Cow;

use crate::host::Host;
pub(crate) use crate::model::percent_decode as percent_decoded;
use crate::model::{Article, Body, Slug};
pub(crate) use headline::of_headline;

/// How deep sections lie within one another.
const SECTIONS_DEEP: usize = 8;

/// The body as UTF-8 JSON text: mark and invalid bytes gone, raw control characters inside strings
/// (which strict parsers refuse and real feeds contain) turned into spaces, halves of characters
/// into U+FFFD, and what programs print around an answer into nothing. Positions stay.
pub(crate) fn cleaned(body: Vec<u8>) -> Vec<u8> {
    let mut body = match body.as_slice() {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => utf16(&body).into_bytes(),
        _ => match String::from_utf8_lossy(&body) {
            Cow::Borrowed(_) => body,
            Cow::Owned(text) => text.into_bytes(),
        },
    };
    if body.starts_with(b"\xef\xbb\xbf") {
        body[..3].fill(b' ');
    }
    Controls::default().clean(&mut body);
    whole_characters(&mut body);
    without_surroundings(&mut body);
    body
}

/// Blanks PHP's notices before a document, where a server shows them: as HTML, as plain text, and
/// as Xdebug draws them.
pub(crate) fn without_notices(body: &mut [u8]) {
    const NOTICES: [&[u8]; 7] = [
        b"<br />\n<b>",
        b"<br />\n<font size=",
        b"Notice: ",
        b"Warning: ",
        b"Deprecated: ",
        b"PHP Notice: ",
        b"PHP Warning: ",
    ];
    let start = body.iter().position(|byte| !byte.is_ascii_whitespace());
    let text = &body[start.unwrap_or_default()..];
    if NOTICES.iter().any(|notice| text.starts_with(notice)) {
        let begins =
            |at: &usize| body[*at] == b'\n' && matches!(body.get(at + 1), Some(b'{' | b'['));
        if let Some(end) = (0..body.len()).find(begins) {
            body[..end].fill(b' ');
        }
    }
}

/// Whether nothing but what programs print behind a document is left.
pub(crate) fn only_leavings(mut rest: Vec<u8>) -> bool {
    without_surroundings(&mut rest);
    rest.trim_ascii().is_empty()
}

/// Blanks what is no part of the document: notices before it, and comments of caches or zeros behind it.
fn without_surroundings(body: &mut Vec<u8>) {
    without_notices(body);
    loop {
        let end = body.iter().rposition(|byte| *byte > b' ');
        body.truncate(end.map_or(0, |end| end + 1));
        let comment = body.ends_with(b"-->");
        match body.windows(4).rposition(|it| it == b"<!--") {
            Some(at) if comment => body.truncate(at),
            _ => return,
        }
    }
}

/// Replaces `\ud83d` and the like, where its other half is missing, by U+FFFD: no strict parser
/// takes half a character, and programs that cut texts by their length leave some. How many bytes
/// are settled; an escape that the end cuts in two is not.
pub(crate) fn whole_characters(bytes: &mut [u8]) -> usize {
    const LOST: &[u8; 6] = b"\\ufffd";
    let unit = |bytes: &[u8]| {
        let digits = bytes.strip_prefix(b"\\u")?.get(..4)?;
        u16::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
    };
    let mut at = 0;
    while let Some(found) = bytes[at..].iter().position(|byte| *byte == b'\\') {
        at += found;
        let rest = &bytes[at..];
        let first = unit(rest);
        let length = match first {
            _ if rest.len() < 2 || (rest[1] == b'u' && rest.len() < 6) => return at,
            Some(0xd800..=0xdbff) => match unit(&rest[6..]) {
                Some(0xdc00..=0xdfff) => 12,
                None if rest.len() < 12 && b"\\u".starts_with(&rest[6..rest.len().min(8)]) => {
                    return at;
                }
                _ => 0,
            },
            Some(0xdc00..=0xdfff) => 0,
            Some(_) => 6,
            None => 2,
        };
        if length == 0 {
            bytes[at..at + 6].copy_from_slice(LOST);
        }
        at += length.max(2);
    }
    bytes.len()
}

/// Replaces raw control characters inside JSON strings, across chunk borders.
#[derive(Default)]
pub(crate) struct Controls {
    in_string: bool,
    escaped: bool,
}

impl Controls {
    pub(crate) fn clean(&mut self, bytes: &mut [u8]) {
        for byte in bytes {
            match *byte {
                _ if self.escaped => self.escaped = false,
                b'\\' if self.in_string => self.escaped = true,
                b'"' => self.in_string = !self.in_string,
                _ => {}
            }
            if *byte < 0x20 && self.in_string {
                *byte = b' ';
            }
        }
    }
}

/// The body as text by its declared or evident charset.
pub(crate) fn decoded(body: &[u8], content_type: Option<&str>, host: Host) -> String {
    match body {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => return utf16(body),
        [0xef, 0xbb, 0xbf, rest @ ..] => return String::from_utf8_lossy(rest).into_owned(),
        _ => {}
    }
    // Many servers declare another charset and send UTF-8: bytes that are valid UTF-8 are hardly
    // ever anything else, but for a charset that escapes to its own letters (ISO-2022-JP).
    if let Ok(text) = std::str::from_utf8(body)
        && !text.contains('\u{1b}')
    {
        return text.to_owned();
    }
    let head = String::from_utf8_lossy(&body[..body.len().min(200)]);
    charset(content_type.unwrap_or_default(), "charset=")
        .or_else(|| charset(head.split("?>").next().unwrap_or_default(), "encoding="))
        .filter(|name| !matches!(name.as_str(), "utf-16" | "utf-16le" | "utf-16be"))
        .and_then(|name| (host.decode)(body, &name))
        .unwrap_or_else(|| String::from_utf8_lossy(body).into_owned())
}

fn charset(text: &str, key: &str) -> Option<String> {
    let text = text.to_ascii_lowercase();
    let rest = text.split_once(key)?.1.trim_start_matches(['"', '\'', ' ']);
    let end = rest.find(['"', '\'', ' ', ';', '?']).unwrap_or(rest.len());
    Some(rest[..end].to_owned())
}

pub(crate) fn utf16(body: &[u8]) -> String {
    let little = body[0] == 0xff;
    let units = body[2..].chunks_exact(2).map(|pair| {
        let pair = [pair[0], pair[1]];
        if little {
            u16::from_le_bytes(pair)
        } else {
            u16::from_be_bytes(pair)
        }
    });
    char::decode_utf16(units)
        .map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect()
}

/// Encodes for a query value or a path segment: everything but unreserved characters.
pub(crate) fn percent_encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~') {
            encoded.push(char::from(byte));
        } else {
            const HEX: &[u8; 16] = b"0123456789ABCDEF";
            encoded.push('%');
            encoded.push(char::from(HEX[usize::from(byte >> 4)]));
            encoded.push(char::from(HEX[usize::from(byte & 15)]));
        }
    }
    encoded
}

/// At most `limit` characters, cut between words, with an ellipsis where something was cut.
pub(crate) fn shortened(text: &str, limit: usize) -> String {
    let mut short = String::new();
    let mut length = 0;
    for word in text.split_whitespace() {
        let chars = word.chars().count();
        if length > 0 && length + 1 + chars > limit {
            short.push('…');
            return short;
        }
        if length > 0 {
            short.push(' ');
        }
        if chars > limit {
            short.extend(word.chars().take(limit));
            short.push('…');
            return short;
        }
        short.push_str(word);
        length += chars + 1;
    }
    short
}

/// Plain text that was escaped once too often: numeric references and `&amp;` are decoded, nothing
/// else, since a headline about `&nbsp;` means it.
pub(crate) fn unescaped(text: &str) -> String {
    let mut rest = text;
    let mut out = String::with_capacity(text.len());
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.bytes().take(12).position(|byte| byte == b';');
        let decoded = end.and_then(|end| match &rest[1..end] {
            "amp" => Some('&'),
            name => {
                let number = name.strip_prefix('#')?;
                let code = match number.strip_prefix(['x', 'X']) {
                    Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                    None => number.parse().ok()?,
                };
                of_windows(code)
                    .or_else(|| char::from_u32(code))
                    .filter(|c| !c.is_control())
            }
        });
        match (decoded, end) {
            (Some(c), Some(end)) => {
                out.push(c);
                rest = &rest[end + 1..];
            }
            _ => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// `&#146;` means what windows-1252 has there (HTML, "numeric character reference end state").
fn of_windows(code: u32) -> Option<char> {
    const C1: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ";
    let place = code.checked_sub(0x80)?;
    C1.chars().nth(usize::try_from(place).ok()?)
}

/// What every story has when it leaves its format: texts that turn nothing around behind them, and a
/// headline. Where the source gave none that says anything, it is the text's opening, else the
/// summary's, the slug or the id.
pub(crate) fn settled(mut article: Article, host: Host) -> Article {
    straighten(&mut article);
    address(&mut article);
    if is_blank(&article.headline) {
        let opening = |text: &str| Some(shortened(text, 80)).filter(|text| !is_blank(text));
        article.headline = match &article.body {
            Body::Html(html) => opening(&of_html(html, host)),
            Body::Text(text) => opening(text),
            Body::Absent => None,
        }
        .or_else(|| opening(article.summary.as_deref()?))
        .or_else(|| article.slug.clone())
        .unwrap_or_else(|| article.id.clone());
        article.headline.retain(|c| !is_unseen(c));
    }
    article
}

/// Gives the lists that an article stands in addresses that are paths wherever they are written: of
/// whatever a source says, segments.
fn address(article: &mut Article) {
    article.section.take_if(|section| {
        let parts = section.path.split('/').filter_map(segment);
        section.path = parts.take(SECTIONS_DEEP).collect::<Vec<_>>().join("/");
        section.path.is_empty()
    });
    article.tags.retain_mut(|tag| {
        tag.slug = segment(&tag.slug).unwrap_or_default();
        !tag.slug.is_empty()
    });
    for author in &mut article.authors {
        author.slug = segment(&author.slug).unwrap_or_default();
    }
}

/// A segment that is no file's name (`feed.json`) and no list's page (`page/2`).
fn segment(text: &str) -> Option<String> {
    let slug = match text.contains('.') {
        true => Slug::from_text(text),
        false => Slug::from_segment(text),
    };
    slug.map(|slug| slug.to_string())
        .map(|slug| match slug.as_str() {
            "page" => "pages".into(),
            _ => slug,
        })
}

/// Nothing that anybody would see.
fn is_blank(text: &str) -> bool {
    text.chars().all(|c| {
        c.is_whitespace()
            || is_unseen(c)
            || matches!(
                c,
                '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}'
            )
    })
}

/// Takes direction marks that spill over and control characters out of an article's plain texts: a
/// byline that ends in an open override would turn around the date behind it. Bodies see to theirs
/// in `html`. A language that cannot be one goes too.
fn straighten(article: &mut Article) {
    let is_tag = |c: char| c.is_ascii_alphanumeric() || c == '-';
    article
        .language
        .take_if(|tag| !(2..=35).contains(&tag.len()) || !tag.chars().all(is_tag));
    let image = article.image.iter_mut().flat_map(|image| {
        [
            Some(&mut image.alt),
            image.caption.as_mut(),
            image.credit.as_mut(),
        ]
    });
    let single = [
        Some(&mut article.headline),
        article.summary.as_mut(),
        article.standfirst.as_mut(),
        article.kicker.as_mut(),
        article.rights.as_mut(),
        article.section.as_mut().map(|section| &mut section.name),
    ];
    let authors = article
        .authors
        .iter_mut()
        .flat_map(|author| [Some(&mut author.name), author.bio.as_mut()]);
    let quotes = article
        .pull_quotes
        .iter_mut()
        .flat_map(|quote| [Some(&mut quote.text), quote.attribution.as_mut()]);
    let tags = article.tags.iter_mut().map(|tag| Some(&mut tag.name));
    let corrections = article.corrections.iter_mut().map(|it| Some(&mut it.text));
    let points = article.key_points.iter_mut().map(Some);
    let updates = article.live.iter_mut().flat_map(|live| &mut live.updates);
    let updates = updates.map(|update| update.title.as_mut());
    let all = image.chain(single).chain(authors).chain(quotes).chain(tags);
    for text in all
        .chain(corrections)
        .chain(points)
        .chain(updates)
        .flatten()
    {
        if text.contains(is_unseen) {
            text.retain(|c| !is_unseen(c));
        }
        if text.contains(['\n', '\t']) {
            *text = text.replace(['\n', '\t'], " ");
        }
    }
}

/// Embeddings, overrides and isolates, and what controls machines. The two plain marks (U+200E,
/// U+200F) turn nothing but themselves, and stay.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        || (c.is_control() && !matches!(c, '\n' | '\t'))
}

/// FNV-1a, 64 bits: short names for things, no protection against anybody.
pub(crate) fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// The text of an HTML fragment.
pub(crate) fn of_html(html: &str, host: Host) -> String {
    crate::html::text::plain(&host, html)
}
