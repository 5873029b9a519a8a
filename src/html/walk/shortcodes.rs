//! Shortcodes that nothing expanded: the brackets go, what they enclosed stays.

use crate::html::policy;

/// Removes known shortcodes from a text. `[youtube https://…]` leaves its address, which becomes
/// an embed when it stands alone.
pub fn strip(text: String) -> String {
    if !text.contains('[') {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    let mut changed = false;
    while let Some(at) = rest.find('[') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        match shortcode(rest) {
            Some((length, address)) => {
                changed = true;
                if let Some(address) = address {
                    out.push_str(address);
                }
                rest = &rest[length..];
            }
            None => {
                out.push('[');
                rest = &rest[1..];
            }
        }
    }
    if !changed {
        return text;
    }
    out.push_str(rest);
    out
}

/// The length of the shortcode that `text` begins with, and the address it holds.
fn shortcode(text: &str) -> Option<(usize, Option<&str>)> {
    let end = text.bytes().take(2_000).position(|b| b == b']')?;
    let inner = &text[1..end];
    let (inner, closes) = inner
        .strip_prefix('/')
        .map_or((inner, false), |inner| (inner, true));
    let name_end = inner
        .find(|c: char| !(c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '-')))
        .unwrap_or(inner.len());
    let (name, rest) = inner.split_at(name_end);
    if !rest.is_empty() && !rest.starts_with([' ', '=', '/', '\n', '\u{a0}']) {
        return None;
    }
    let certain = closes || rest.contains('=');
    if !policy::is_shortcode(name, certain) {
        return None;
    }
    let address = rest.find("http").map(|at| {
        let address = &rest[at..];
        let end = address
            .find(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '”' | '“' | '&'))
            .unwrap_or(address.len());
        &address[..end]
    });
    Some((
        end + 1,
        address.filter(|_| matches!(name, "youtube" | "vimeo" | "embed")),
    ))
}

#[cfg(test)]
mod tests {
    use super::strip;

    #[test]
    fn known_shortcodes_go_and_brackets_in_prose_stay() {
        for (given, left) in [
            ("[caption id=\"a\" width=\"3\"]Words[/caption]", "Words"),
            ("[vc_row][vc_column width='1/2']x[/vc_column][/vc_row]", "x"),
            ("[youtube https://youtu.be/abc]", "https://youtu.be/abc"),
            (
                "[embed]https://youtu.be/abc[/embed]",
                "https://youtu.be/abc",
            ),
            (
                "He said [the mayor] agreed [1] [sic]",
                "He said [the mayor] agreed [1] [sic]",
            ),
            (
                "[quote] alone, [button url=\"x\"]Go[/button]",
                "[quote] alone, Go",
            ),
            ("open [ end", "open [ end"),
        ] {
            assert_eq!(strip(given.to_owned()), left);
        }
    }
}
