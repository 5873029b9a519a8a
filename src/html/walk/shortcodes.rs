//! Shortcodes that nothing expanded: the brackets go, what they enclosed stays.

use std::collections::VecDeque;
use std::ops::Range;

use crate::html::block::{Inline, Style};
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
    let cuts = cuts(text);
    (!cuts.is_empty()).then(|| without(text, 0, &cuts))
}

/// Removes shortcodes from a line as one reads it, whatever elements part its letters:
/// `[cap<b>tion</b>]`. An element that goes later leaves the letters side by side, where the next
/// cleaning would find another shortcode. Inline code is left as it is.
///
/// `settle` makes the run tidy before each look.
pub fn strip_run(run: &mut Vec<Inline>, settle: fn(&mut Vec<Inline>)) {
    for _ in 0..PASSES {
        settle(run);
        if !has_bracket(run) {
            return;
        }
        let mut line = String::new();
        gather(run, &mut line);
        let cuts = cuts(&line);
        if cuts.is_empty() {
            return;
        }
        cut(run, &mut 0, &|text, at| {
            *text = without(text, at, &cuts);
        });
    }
    cut(run, &mut 0, &|text, _| text.retain(|c| c != '['));
    settle(run);
}

fn has_bracket(run: &[Inline]) -> bool {
    run.iter().any(|inline| match inline {
        Inline::Text(text) => text.contains('['),
        _ => inline.children().is_some_and(has_bracket),
    })
}

/// The words of a line; a space for whatever else takes up room in it.
fn gather(run: &[Inline], line: &mut String) {
    for inline in run {
        match inline {
            Inline::Text(text) => line.push_str(text),
            Inline::Anchor(_) => {}
            Inline::Break | Inline::Icon(_) | Inline::Styled(Style::Code, _) => line.push(' '),
            other => gather(other.children().unwrap_or_default(), line),
        }
    }
}

/// Goes through the texts of a line, each with where it begins in what [`gather`] made.
fn cut(run: &mut [Inline], at: &mut usize, each: &dyn Fn(&mut String, usize)) {
    for inline in run {
        match inline {
            Inline::Text(text) => {
                let length = text.len();
                each(text, *at);
                *at += length;
            }
            Inline::Anchor(_) => {}
            Inline::Break | Inline::Icon(_) | Inline::Styled(Style::Code, _) => *at += 1,
            other => {
                if let Some(children) = other.children_mut() {
                    cut(children, at, each);
                }
            }
        }
    }
}

/// What goes of a text: shortcodes, but for the addresses they hold.
fn cuts(text: &str) -> Vec<Range<usize>> {
    let mut cuts = Vec::new();
    let mut at = 0;
    while let Some(found) = text[at..].find('[') {
        at += found;
        match shortcode(&text[at..]) {
            Some((length, address)) => {
                let address = address.unwrap_or(length..length);
                cuts.push(at..at + address.start);
                cuts.push(at + address.end..at + length);
                at += length;
            }
            None => at += 1,
        }
    }
    cuts
}

/// A text that begins at `start` without what is cut there.
fn without(text: &str, start: usize, cuts: &[Range<usize>]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut kept = 0;
    let first = cuts.partition_point(|cut| cut.end <= start);
    let last = start + text.len();
    for cut in cuts[first..].iter().take_while(|cut| cut.start < last) {
        let from = cut.start.saturating_sub(start).clamp(kept, text.len());
        let to = cut.end.saturating_sub(start).clamp(from, text.len());
        out.push_str(&text[kept..from]);
        kept = to;
    }
    out.push_str(&text[kept..]);
    out
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

/// The length of the shortcode that `text` begins with, and where the address is that it holds.
fn shortcode(text: &str) -> Option<(usize, Option<Range<usize>>)> {
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
    let plays = matches!(name, "youtube" | "vimeo" | "embed");
    let address = rest.find("http").filter(|_| plays).map(|found| {
        let start = end - rest.len() + found;
        let address = &text[start..end];
        let length = address
            .find(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '”' | '“' | '&'))
            .unwrap_or(address.len());
        start..start + length
    });
    Some((end + 1, address))
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
            (
                "<[vimeo http://a.b/1&x][embed]http://a.b/2[/embed]>",
                "<http://a.b/1http://a.b/2>",
            ),
            // What the fuzzer found: white space and control characters in and after a name.
            ("<[caption[caption=  '[]=  '[]", "<"),
            ("[vc_row\t]a[v\u{0}c_row\u{0}\n]b", "ab"),
        ] {
            assert_eq!(strip(given.to_owned()), left);
        }
    }
}
