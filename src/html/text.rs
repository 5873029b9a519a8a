//! Plain text: out of markup, cut to an excerpt, counted for reading time.
//!
//! Sources call this for titles and summaries, the page layer for excerpts. Nothing here makes
//! markup; what it returns is shown as text.

use crate::host::Host;
use crate::html::tree::Node;

/// Text of a fragment: tags stripped, entities decoded once, blocks apart by a space, white space
/// collapsed. For titles, names and summaries.
pub fn plain(host: &Host, html: &str) -> String {
    if !html.contains(['<', '&']) {
        return collapse(html);
    }
    collapse(&decode(host, &strip(html, " ")))
}

/// Entities become characters; nothing else changes, not even `<`.
pub fn decode(host: &Host, text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    // Without a "<" the parser sees one run of text, whatever is in it.
    let escaped = text.replace('<', "&lt;");
    match (host.parse_html)(&escaped).into_iter().next() {
        Some(Node::Text(text)) => text,
        _ => String::new(),
    }
}

/// Removes tags, comments and the content of scripts and styles; `between` takes the place of
/// tags that begin or end a block. Entities stay as they are.
pub fn strip(html: &str, between: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.find("-->").map_or("", |end| &comment[end + 3..]);
            continue;
        }
        let after = rest[1..].strip_prefix('/').unwrap_or(&rest[1..]);
        if !after.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '!' | '?')) {
            // Not a tag but a character: 1 < 2.
            out.push('<');
            rest = &rest[1..];
            continue;
        }
        let name_end = after
            .find(|c: char| !c.is_ascii_alphanumeric())
            .unwrap_or(after.len());
        let name = &after[..name_end];
        let closing = after.len() < rest.len() - 1;
        rest = after_tag(after);
        if !closing && let Some(end) = raw_text_end(name, rest) {
            rest = &rest[end..];
        } else if !is_inline(name) {
            out.push_str(between);
        }
    }
    out.push_str(rest);
    out
}

/// What follows the `>` of a tag, quoted attribute values passed over.
fn after_tag(tag: &str) -> &str {
    let mut quote = None;
    let mut value_begins = false;
    for (at, byte) in tag.bytes().enumerate() {
        match (quote, byte) {
            (Some(open), byte) if byte == open => quote = None,
            (Some(_), _) => {}
            (None, b'>') => return &tag[at + 1..],
            (None, b'"' | b'\'') if value_begins => quote = Some(byte),
            (None, b' ' | b'\n' | b'\t') => continue,
            _ => {}
        }
        value_begins = byte == b'=';
    }
    ""
}

/// Where the content of a script or style ends, if `name` is one.
fn raw_text_end(name: &str, rest: &str) -> Option<usize> {
    const RAW: [&str; 5] = ["script", "style", "textarea", "title", "template"];
    RAW.iter().find(|raw| name.eq_ignore_ascii_case(raw))?;
    let bytes = rest.as_bytes();
    let found = (0..bytes.len()).find(|&at| {
        bytes[at] == b'<'
            && bytes.get(at + 1) == Some(&b'/')
            && bytes
                .get(at + 2..at + 2 + name.len())
                .is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()))
    });
    Some(found.unwrap_or(rest.len()))
}

fn is_inline(name: &str) -> bool {
    const INLINE: [&str; 27] = [
        "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "font", "i",
        "ins", "kbd", "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time",
        "u", "wbr",
    ];
    INLINE
        .iter()
        .any(|inline| name.eq_ignore_ascii_case(inline))
}

/// Runs of white space become one space, none at the ends; characters nobody sees go.
pub fn collapse(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.chars() {
        if c.is_whitespace() {
            gap = true;
        } else if !is_invisible(c) {
            if gap && !out.is_empty() {
                out.push(' ');
            }
            gap = false;
            out.push(c);
        }
    }
    out
}

/// Control characters, zero-width spaces, direction overrides that would spill into their
/// surroundings. Joiners stay: Persian, Hindi and emoji need them.
pub(crate) fn is_invisible(c: char) -> bool {
    (c.is_control() && !c.is_whitespace())
        || matches!(c, '\u{200b}' | '\u{feff}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{ad}')
}

/// The beginning of `text`, at most `max` characters, cut between words and marked "…".
/// Scripts that write no spaces are cut between characters.
pub fn excerpt(text: &str, max: usize) -> String {
    let Some((limit, _)) = text.char_indices().nth(max) else {
        return text.to_owned();
    };
    let mut cut = 0;
    let mut previous = ' ';
    for (at, c) in text[..limit].char_indices() {
        if c.is_whitespace() || (at > 0 && (is_unspaced(c) || is_unspaced(previous))) {
            cut = at;
        }
        previous = c;
    }
    let next = text[limit..].chars().next().unwrap_or(' ');
    if next.is_whitespace() || is_unspaced(next) || is_unspaced(previous) {
        cut = limit;
    }
    // One word longer than the whole excerpt: better half of it than nothing.
    let cut = if cut == 0 { limit } else { cut };
    let kept = text[..cut].trim_end_matches(|c: char| {
        c.is_whitespace()
            || matches!(
                c,
                ',' | ';' | ':' | '.' | '-' | '–' | '—' | '…' | '、' | '。' | '，' | '؛' | '،'
            )
    });
    format!("{kept}…")
}

/// Characters of scripts that set no spaces between words.
pub fn is_unspaced(c: char) -> bool {
    is_cjk(c) || is_southeast_asian(c)
}

fn is_cjk(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{2fdf}' | '\u{3005}'..='\u{3007}' | '\u{3041}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{ff66}'..='\u{ff9f}' | '\u{20000}'..='\u{323af}')
}

/// Thai, Lao, Burmese, Khmer.
fn is_southeast_asian(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}')
}

/// Words as reading time counts them: runs between spaces, two Chinese or Japanese characters
/// a word, five Thai, Lao, Burmese or Khmer ones.
pub fn words(text: &str) -> usize {
    let (mut spaced, mut cjk, mut southeast) = (0, 0, 0);
    let mut within = false;
    for c in text.chars() {
        if is_cjk(c) {
            cjk += 1;
            within = false;
        } else if is_southeast_asian(c) {
            southeast += 1;
            within = false;
        } else if c.is_alphanumeric() {
            spaced += usize::from(!within);
            within = true;
        } else if c.is_whitespace() || matches!(c, '—' | '–' | '/' | '…' | '、' | '。' | '，')
        {
            within = false;
        }
    }
    spaced + usize::div_ceil(cjk, 2) + usize::div_ceil(southeast, 5)
}

/// Words that are read in a minute.
const PACE: usize = 230;

/// Minutes to read `words`, rounded, at least one.
pub fn reading_minutes(words: usize) -> usize {
    ((words + PACE / 2) / PACE).max(1)
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::platform::HOST;

    #[test]
    fn titles_lose_tags_and_keep_characters() {
        assert_eq!(
            plain(&HOST, "Q&#038;A: <em>what</em> now&hellip;"),
            "Q&A: what now…"
        );
        assert_eq!(
            plain(&HOST, "<p>One</p><p>two</p>\n\n three"),
            "One two three"
        );
        assert_eq!(plain(&HOST, "<script>alert('x<b>')</script>Calm"), "Calm");
        assert_eq!(plain(&HOST, "1 < 2 && 3 > 2"), "1 < 2 && 3 > 2");
        assert_eq!(plain(&HOST, "<a title='a>b' href=x>link</a>"), "link");
        assert_eq!(plain(&HOST, "don<!-- <b> -->e"), "done");
        assert_eq!(plain(&HOST, "&amp;lt;b&amp;gt;"), "&lt;b&gt;");
        assert_eq!(plain(&HOST, "a\u{202e}b\u{200b}c\u{0}"), "abc");
        assert_eq!(plain(&HOST, "unclosed <b"), "unclosed");
    }

    #[test]
    fn decoding_changes_entities_only() {
        assert_eq!(
            decode(&HOST, " <b> &lt;i&gt; &eacute;&#x2014;&nbsp;x"),
            " <b> <i> é—\u{a0}x"
        );
        assert_eq!(decode(&HOST, "plain"), "plain");
    }

    #[test]
    fn excerpts_end_between_words() {
        assert_eq!(
            excerpt("The harbour is closed today", 18),
            "The harbour is…"
        );
        assert_eq!(excerpt("The harbour, closed", 12), "The harbour…");
        assert_eq!(excerpt("Short", 5), "Short");
        assert_eq!(excerpt("Donaudampfschifffahrt", 6), "Donaud…");
        assert_eq!(excerpt("港の朝市が再開した。", 6), "港の朝市が再…");
        assert_eq!(excerpt("港の朝市、再開した", 5), "港の朝市…");
    }

    #[test]
    fn reading_time_knows_scripts_without_spaces() {
        assert_eq!(words("Don’t stop — the well-known ferry"), 5);
        assert_eq!(words("港の朝市が再開した"), 5);
        assert_eq!(words(""), 0);
        assert_eq!(reading_minutes(0), 1);
        assert_eq!(reading_minutes(230 * 4), 4);
    }
}
