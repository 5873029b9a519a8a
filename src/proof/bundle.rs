//! Which formats the app's bundle reads, for sites that browsers read by themselves.
//!
//! The press says it in a custom section of its WebAssembly (`src/bin/press.rs`): a byte for each of
//! [`SourceKind::ALL`], `1` where the format is in it. A bundle without the section is not ours to
//! judge.

use super::browsers::why_read;
use crate::model::{SiteConfig, SourceKind};

/// The section's name.
const SECTION: &[u8] = b"dateline-formats";

/// Why browsers could not read the site's source with the press that `press` finds; `None` where they
/// can or need not, and then nothing is looked for.
pub fn lacks(config: &SiteConfig, press: impl FnOnce() -> Option<Vec<u8>>) -> Option<String> {
    let why = why_read(config)?;
    let kind = config.source.kind;
    let place = SourceKind::ALL.iter().position(|known| *known == kind)?;
    if section(&press()?)?.get(place) != Some(&b'0') {
        return None;
    }
    let name = kind.name();
    let then = if config.prerender {
        "stories newer than the build would not be found"
    } else {
        "every page would show an error in place of stories"
    };
    Some(format!(
        "{why}, but the app was built without the format \"{name}\", so {then}; build with cargo xtask \
         build --site FILE, which puts it in, or with --features hydrate,{name}"
    ))
}

/// The content of the custom section of that name.
fn section(wasm: &[u8]) -> Option<&[u8]> {
    let mut rest = wasm.strip_prefix(b"\0asm\x01\0\0\0")?;
    while let Some((id, after)) = rest.split_first() {
        let (size, after) = number(after)?;
        let (body, next) = after.split_at_checked(size)?;
        if *id == 0 {
            let (length, named) = number(body)?;
            let (name, content) = named.split_at_checked(length)?;
            if name == SECTION {
                return Some(content);
            }
        }
        rest = next;
    }
    None
}

/// An unsigned LEB128 number, and what follows it.
fn number(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let mut number = 0;
    for (at, byte) in bytes.iter().enumerate().take(5) {
        number |= usize::from(byte & 0x7f) << (7 * at);
        if byte & 0x80 == 0 {
            return Some((number, &bytes[at + 1..]));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A module with a section of another kind before ours.
    fn press(formats: &[u8; 7]) -> Vec<u8> {
        let mut wasm = b"\0asm\x01\0\0\0".to_vec();
        wasm.extend([1, 0x80, 1]);
        wasm.extend([0; 128]);
        wasm.extend([0, 24, 16]);
        wasm.extend(SECTION);
        wasm.extend(formats);
        wasm
    }

    fn lacks(config: &SiteConfig, press: &[u8]) -> Option<String> {
        super::lacks(config, || Some(press.to_vec()))
    }

    fn site(more: &str) -> SiteConfig {
        let text = format!(
            "{{ \"source\": {{ \"kind\": \"rss\", \"url\": \"https://a.example\" }} {more} }}"
        );
        SiteConfig::parse(&text).expect("a site")
    }

    #[test]
    fn a_press_without_the_sources_format_is_told_where_browsers_read_it() {
        let bare = press(b"1000000");
        let shell = site(", \"prerender\": false");
        let said = lacks(&shell, &bare).expect("a complaint");
        assert!(
            said.contains("\"rss\"") && said.contains("show an error"),
            "{said}"
        );
        assert!(lacks(&site(", \"fresh\": \"api\""), &bare).is_some());
        assert_eq!(
            lacks(&site(""), &bare),
            None,
            "pages are there, nobody reads the source"
        );
        assert_eq!(lacks(&shell, &press(b"1000001")), None);
    }

    #[test]
    fn what_says_nothing_of_formats_is_not_judged() {
        let shell = site(", \"prerender\": false");
        for odd in [
            &b""[..],
            b"1",
            b"\0asm\x01\0\0\0",
            b"\0asm\x01\0\0\0\0\xff\xff",
            b"\0asm\x01\0\0\0\0\x02\x7f",
        ] {
            assert_eq!(lacks(&shell, odd), None, "{odd:?}");
        }
    }
}
