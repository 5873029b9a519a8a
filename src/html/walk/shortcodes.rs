//! Shortcodes that nothing expanded: the brackets go, what they enclosed stays.

use std::collections::VecDeque;

use crate::html::inline::is_unseen;
use crate::html::policy;
use crate::html::tree::{Element, Node};

/// What a removed shortcode leaves may make another; after so many rounds it is an attack.
const PASSES: usize = 8;

/// Removes known shortcodes from a text. `[youtube https://…]` leaves its address, which becomes
/// an embed when it stands alone.
pub fn strip(mut text: String) -> String {
    if !text.contains('[') {
        return text;
    }
    // What no reader sees must not hide a name either.
    text.retain(|c| !unseen(c));
    for _ in 0..PASSES {
        match stripped(&text) {
            Some(less) => text = less,
            None => return text,
        }
    }
    // Nobody writes brackets this deep; what is left of them can never be one again.
    text.replace('[', "")
}

/// One pass over a text; nothing where there is nothing to remove.
fn stripped(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
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
    out.push_str(rest);
    changed.then_some(out)
}

fn unseen(c: char) -> bool {
    is_unseen(c) && !c.is_whitespace()
}

/// Makes figures of pictures in `[caption]…[/caption]`, with the words beside the picture as what
/// is said under it. Other nodes pass as they are.
pub fn captions(nodes: Vec<Node>) -> Vec<Node> {
    const OPEN: &str = "[caption";
    let opens = |node: &Node| matches!(node, Node::Text(text) if text.contains(OPEN));
    if !nodes.iter().any(opens) {
        return nodes;
    }
    let mut out = Vec::with_capacity(nodes.len());
    let mut rest: VecDeque<Node> = nodes.into();
    while let Some(node) = rest.pop_front() {
        let Node::Text(text) = &node else {
            out.push(node);
            continue;
        };
        let opened = text.rfind(OPEN).and_then(|at| {
            let end = at + text[at..].find(']')?;
            // Closed within one text there is no picture in it.
            (!text[end..].contains("[/caption]")).then_some((at, end))
        });
        let Some((at, end)) = opened else {
            out.push(node);
            continue;
        };
        let mut within = Vec::new();
        let closed = loop {
            match rest.pop_front() {
                Some(Node::Text(more)) if more.contains("[/caption]") => break Some(more),
                Some(other) => within.push(other),
                None => break None,
            }
        };
        let is_picture = |node: &Node| matches!(node, Node::Element(element) if super::lines::holds_pictures(std::slice::from_ref(node)) && element.html);
        let (Some(closing), Some(picture)) = (&closed, within.iter().position(is_picture)) else {
            // No pair, or no picture: `strip` takes the brackets off.
            out.push(node);
            out.append(&mut within);
            out.extend(closed.map(Node::Text));
            continue;
        };
        let (last, after) = closing.split_once("[/caption]").unwrap_or((closing, ""));
        let mut words = within.split_off(picture + 1);
        words.insert(0, Node::Text(text[end + 1..].to_owned()));
        words.push(Node::Text(last.to_owned()));
        let side = ["alignleft", "alignright", "aligncenter"]
            .into_iter()
            .find(|side| text[at..end].contains(side));
        out.push(Node::Text(text[..at].to_owned()));
        within.push(div("wp-caption-text", words));
        let class = ["wp-caption ", side.unwrap_or_default()].concat();
        out.push(div(class.trim_end(), within));
        // More of them may follow.
        rest.push_front(Node::Text(after.to_owned()));
    }
    out
}

fn div(class: &str, children: Vec<Node>) -> Node {
    Node::Element(Element {
        name: "div".into(),
        html: true,
        attributes: vec![("class".into(), class.into())],
        children,
    })
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
    if !rest.is_empty() && !rest.starts_with(|c: char| c.is_whitespace() || matches!(c, '=' | '/'))
    {
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
            // What the fuzzer found: white space and control characters in and after a name.
            ("<[caption[caption=  '[]=  '[]", "<"),
            ("[vc_row\t]a[v\u{0}c_row\u{0}\n]b", "ab"),
        ] {
            assert_eq!(strip(given.to_owned()), left);
        }
    }
}
