//! What feeds get wrong before any XML parser sees them, put right the same way on both sides.
//!
//! Real feeds begin with a byte-order mark or blank lines, hold control characters, and write
//! `&nbsp;` or a bare `&`: a strict parser then refuses the whole feed for one character. Called
//! by both `parse_xml`s; nothing else belongs here.

use std::borrow::Cow;

/// Trims what stands before the first tag, drops control characters and escapes every `&` that
/// begins no reference XML knows. Text that needs nothing is borrowed.
pub fn repair(xml: &str) -> Cow<'_, str> {
    let xml = xml.trim_start_matches(|c: char| c == '\u{feff}' || c.is_whitespace());
    if !xml.bytes().any(|b| b == b'&' || forbidden(b)) {
        return Cow::Borrowed(xml);
    }
    let mut out = String::with_capacity(xml.len() + 64);
    let mut rest = xml;
    // All of these are ASCII, so a byte found is a character's beginning.
    let special = |byte: u8| byte == b'&' || byte == b'<' || forbidden(byte);
    while let Some(at) = rest.bytes().position(special) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        // Inside CDATA and comments an ampersand is only itself.
        let opaque = [("<![CDATA[", "]]>"), ("<!--", "-->")]
            .into_iter()
            .find(|(open, _)| rest.starts_with(open))
            .map(|(_, close)| rest.find(close).map_or(rest.len(), |end| end + close.len()));
        if let Some(end) = opaque {
            let opaque = &rest[..end];
            if opaque.bytes().any(forbidden) {
                let allowed = |c: &char| !c.is_ascii() || !forbidden(*c as u8);
                out.extend(opaque.chars().filter(allowed));
            } else {
                out.push_str(opaque);
            }
            rest = &rest[end..];
            continue;
        }
        match rest.as_bytes()[0] {
            b'&' if !is_reference(&rest[1..]) => out.push_str("&amp;"),
            byte if forbidden(byte) => {}
            byte => out.push(char::from(byte)),
        }
        rest = &rest[1..];
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Control characters that XML 1.0 does not allow at all.
fn forbidden(byte: u8) -> bool {
    byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r')
}

fn is_reference(after: &str) -> bool {
    let Some(end) = after.bytes().take(12).position(|b| b == b';') else {
        return false;
    };
    let name = &after.as_bytes()[..end];
    match name {
        b"amp" | b"lt" | b"gt" | b"quot" | b"apos" => true,
        [b'#', b'x', hex @ ..] => !hex.is_empty() && hex.iter().all(u8::is_ascii_hexdigit),
        [b'#', digits @ ..] => !digits.is_empty() && digits.iter().all(u8::is_ascii_digit),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::repair;

    #[test]
    fn a_sound_document_is_left_alone() {
        assert!(matches!(
            repair("<a>b</a>"),
            std::borrow::Cow::Borrowed("<a>b</a>")
        ));
    }

    #[test]
    fn what_breaks_a_strict_parser_is_mended() {
        assert_eq!(repair("\u{feff}\n <a>b</a>"), "<a>b</a>");
        assert_eq!(
            repair("<a>R&D&nbsp;&amp;&#38;&#x26;</a>"),
            "<a>R&amp;D&amp;nbsp;&amp;&#38;&#x26;</a>"
        );
        assert_eq!(repair("<a>\u{0}x\u{b}\n</a>"), "<a>x\n</a>");
        assert_eq!(repair("<![CDATA[a & b\u{1}]]>&"), "<![CDATA[a & b]]>&amp;");
    }
}
