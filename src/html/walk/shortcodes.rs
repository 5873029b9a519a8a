//! Shortcodes that nothing expanded: the brackets go, what they enclosed stays.

use std::collections::VecDeque;
use std::ops::Range;

use crate::html::block::{Inline, Style};
use crate::html::inline::is_unseen;
use crate::html::policy;
use crate::html::tree::{Element, Node};

/// What a removed shortcode leaves may make another; after so many rounds it is an attack.
const PASSES: usize = 8;
/// Bytes of the longest shortcode anybody writes.
const LONGEST: usize = 2_000;

/// Removes known shortcodes from a text. `[youtube https://…]` leaves its address, which becomes
/// an embed when it stands alone.
pub fn strip(mut text: String) -> String {
    if !text.contains('[') {
        return text;
    }
    // What no reader sees must not hide a name either.
    text.retain(|c| !unseen(c));
    text = played(text);
    for _ in 0..PASSES {
        match stripped(&text) {
            Some(less) => text = less,
            None => return text,
        }
    }
    // Nobody writes brackets this deep; what is left of them can never be one again.
    text.replace('[', "")
}

/// `[youtube dQw4w9WgXcQ]` and `[vimeo id="12345"]` name what they play without its address, which
/// takes their place.
fn played(text: String) -> String {
    let mut out = String::new();
    let mut rest = text.as_str();
    while let Some(at) = rest.find('[') {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let inner = from[1..].split(['[', ']']).next().unwrap_or_default();
        let end = 1 + inner.len();
        let address = (from[end..].starts_with(']') && inner.len() < 200)
            .then(|| address_of(inner))
            .flatten();
        match address {
            Some(address) => {
                out.push_str(&address);
                rest = &from[end + 1..];
            }
            None => {
                out.push('[');
                rest = &from[1..];
            }
        }
    }
    if out.is_empty() {
        return text;
    }
    out.push_str(rest);
    out
}

fn address_of(inner: &str) -> Option<String> {
    let (name, said) = inner.split_once([' ', '\u{a0}'])?;
    let (place, is_id): (_, fn(&str) -> bool) = match name {
        "youtube" => ("https://www.youtube.com/watch?v=", |id| id.len() == 11),
        "vimeo" => ("https://vimeo.com/", |id| {
            id.len() > 4 && id.bytes().all(|b| b.is_ascii_digit())
        }),
        _ => return None,
    };
    let sound = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    if said.contains("http") {
        return None;
    }
    let id = said.split(|c| !sound(c)).find(|id| is_id(id))?;
    Some([place, id].concat())
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
    let mut end = 0;
    while let Some(found) = text[at..].find('[') {
        at += found;
        if end <= at {
            match text[at..].find(']') {
                Some(found) => end = at + found,
                None => break,
            }
        }
        if end - at >= LONGEST {
            at += 1;
            continue;
        }
        let after_word = text[..at].ends_with(char::is_alphanumeric);
        match shortcode(&text[at..], end - at, after_word) {
            Some((length, address)) => {
                if let Some(opening) = opening(&text[..at], &text[at..at + length], &cuts) {
                    cuts.push(opening);
                    cuts.sort_unstable_by_key(|cut| cut.start);
                }
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

/// Where the opening stands of an end whose name is a word too: alone it would have stayed.
fn opening(before: &str, end: &str, cuts: &[Range<usize>]) -> Option<Range<usize>> {
    let name = end.strip_prefix("[/")?.strip_suffix(']')?;
    if !policy::is_doubtful(name) {
        return None;
    }
    let opening = ["[", name, "]"].concat();
    let at = before.rfind(&opening)?;
    let is_cut = cuts.iter().any(|cut| cut.contains(&at));
    (!is_cut).then_some(at..at + opening.len())
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
        let told = text[at..end].split_once("caption=\"");
        let told = told.and_then(|(_, told)| told.split('"').next());
        let mut words = within.split_off(picture + 1);
        words.extend(told.map(|told| Node::Text([" ", told].concat())));
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

/// The length of the shortcode that `text` begins with, and where the address is that it holds; its
/// bracket closes at `end`.
fn shortcode(text: &str, end: usize, after_word: bool) -> Option<(usize, Option<Range<usize>>)> {
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
    // `array[row=1]` is no shortcode, `words[/row]` is the end of one.
    let certain = certain && (closes || !after_word);
    if !policy::is_shortcode(name, certain) {
        return None;
    }
    let plays = matches!(
        name,
        "youtube"
            | "vimeo"
            | "embed"
            | "video"
            | "audio"
            | "soundcloud"
            | "tweet"
            | "instagram"
            | "dailymotion"
    );
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
            (
                "[highlight]y[/highlight] [dropcap]W[/dropcap]ords",
                "y Words",
            ),
            (
                "We [video] it, array[row=1] and [audio]",
                "We [video] it, array[row=1] and [audio]",
            ),
            (
                "[youtube dQw4w9WgXcQ]",
                "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
            ),
            ("[vimeo id=\"12345\"]", "https://vimeo.com/12345"),
            (
                "[video mp4=\"https://a.b/v.mp4\"][/video]",
                "https://a.b/v.mp4",
            ),
            // What the fuzzer found: white space and control characters in and after a name.
            ("<[caption[caption=  '[]=  '[]", "<"),
            ("[vc_row\t]a[v\u{0}c_row\u{0}\n]b", "ab"),
        ] {
            assert_eq!(strip(given.to_owned()), left);
        }
    }
}
