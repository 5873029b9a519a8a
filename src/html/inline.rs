//! Runs of inline content made tidy: white space collapsed across elements, empty ones gone,
//! nothing but words at either end, no shortcodes.
//!
//! Works in place; a run that is already tidy costs one look at each character.

use super::Inline;
use super::walk::shortcodes;

/// What stands before the next character.
#[derive(Clone, Copy, PartialEq)]
enum Before {
    Nothing,
    Space,
    Word,
}

/// Tidies a run. An empty result means there was nothing to read.
pub fn tidy(run: &mut Vec<Inline>) {
    shortcodes::strip_run(run, |run| collapse(run, &mut Before::Nothing));
    trim_end(run);
    if is_blank(run) {
        let mut places = Vec::new();
        gather_places(std::mem::take(run), &mut places);
        *run = places;
    }
}

/// The places in a run, however deep they stand.
fn gather_places(run: Vec<Inline>, places: &mut Vec<Inline>) {
    for inline in run {
        match inline {
            Inline::Anchor(_) => places.push(inline),
            Inline::Styled(_, text)
            | Inline::Link(_, text)
            | Inline::Abbreviation(_, text)
            | Inline::Foreign(_, text) => gather_places(text, places),
            Inline::Text(_) | Inline::Break | Inline::Icon(_) => {}
        }
    }
}

/// Whether nothing in it can be read: no-break spaces alone are an empty paragraph too, and joiners
/// that join nothing, which some editors keep an empty line open with.
pub fn is_blank(run: &[Inline]) -> bool {
    let is_nothing = |c: char| c.is_whitespace() || matches!(c, '\u{200c}' | '\u{200d}');
    run.iter().all(|inline| match inline {
        Inline::Text(text) => text.chars().all(is_nothing),
        Inline::Break | Inline::Anchor(_) => true,
        Inline::Icon(_) => false,
        Inline::Styled(_, text)
        | Inline::Link(_, text)
        | Inline::Abbreviation(_, text)
        | Inline::Foreign(_, text) => is_blank(text),
    })
}

fn collapse(run: &mut Vec<Inline>, before: &mut Before) {
    merge(run);
    run.retain_mut(|inline| match inline {
        Inline::Text(text) => {
            collapse_text(text, before);
            !text.is_empty()
        }
        Inline::Break => {
            let kept = *before != Before::Nothing;
            if kept {
                *before = Before::Space;
            }
            kept
        }
        Inline::Styled(_, text)
        | Inline::Link(_, text)
        | Inline::Abbreviation(_, text)
        | Inline::Foreign(_, text) => {
            collapse(text, before);
            !text.is_empty()
        }
        Inline::Icon(_) => {
            *before = Before::Word;
            true
        }
        Inline::Anchor(_) => true,
    });
    // An element that went may leave two texts side by side, as a parser would never have them.
    merge(run);
}

/// Tidies a run whose white space means something: texts merge, empty ones and controls go. At either
/// end it means nothing, however deep that is: a link or a place there may go later, when nothing
/// leads anywhere.
pub fn keep_spaces(run: &mut Vec<Inline>) {
    shortcodes::strip_run(run, merge_spaced);
    trim_last(run);
    trim_first(run);
    merge_spaced(run);
}

/// Takes white space off the end of what has it in its last words; whether there were words.
fn trim_last(run: &mut [Inline]) -> bool {
    run.iter_mut().rev().any(|inline| match inline {
        Inline::Text(text) => {
            text.truncate(text.trim_end().len());
            !text.is_empty()
        }
        Inline::Anchor(_) => false,
        Inline::Break | Inline::Icon(_) => true,
        other => other.children_mut().is_some_and(|within| trim_last(within)),
    })
}

/// Takes the line breaks off that stand before all words; whether there were words.
fn trim_first(run: &mut [Inline]) -> bool {
    run.iter_mut().any(|inline| match inline {
        Inline::Text(text) => {
            text.drain(..text.len() - text.trim_start_matches('\n').len());
            !text.is_empty()
        }
        Inline::Anchor(_) => false,
        Inline::Break | Inline::Icon(_) => true,
        other => other
            .children_mut()
            .is_some_and(|within| trim_first(within)),
    })
}

fn merge_spaced(run: &mut Vec<Inline>) {
    run.retain_mut(|inline| match inline {
        Inline::Text(text) => {
            text.retain(|c| !is_unseen(c) || matches!(c, '\n' | '\t'));
            !text.is_empty()
        }
        Inline::Styled(_, text)
        | Inline::Link(_, text)
        | Inline::Abbreviation(_, text)
        | Inline::Foreign(_, text) => {
            merge_spaced(text);
            !text.is_empty()
        }
        Inline::Break | Inline::Icon(_) | Inline::Anchor(_) => true,
    });
    merge(run);
}

/// Makes neighbouring texts one, as a parser would have them, and neighbouring line breaks, which
/// it would read as the end of a paragraph.
pub fn merge(run: &mut Vec<Inline>) {
    let joins = |pair: &[Inline]| {
        matches!(
            pair,
            [Inline::Text(_), Inline::Text(_)] | [Inline::Break, Inline::Break]
        )
    };
    if !run.windows(2).any(joins) {
        return;
    }
    let mut merged: Vec<Inline> = Vec::with_capacity(run.len());
    for inline in run.drain(..) {
        match (merged.last_mut(), inline) {
            (Some(Inline::Text(before)), Inline::Text(text)) => before.push_str(&text),
            (Some(Inline::Break), Inline::Break) => {}
            (_, inline) => merged.push(inline),
        }
    }
    *run = merged;
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0c)
}

fn collapse_text(text: &mut String, before: &mut Before) {
    if is_tidy(text, *before) {
        if let Some(last) = text.bytes().last() {
            *before = if last == b' ' {
                Before::Space
            } else {
                Before::Word
            };
        }
        return;
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii() && is_space(c as u8) {
            if *before == Before::Word {
                out.push(' ');
                *before = Before::Space;
            }
        } else if !is_unseen(c) {
            out.push(c);
            *before = Before::Word;
        }
    }
    *text = out;
}

/// Whether collapsing would change nothing: the common case of text between tags.
fn is_tidy(text: &str, before: Before) -> bool {
    let mut after_space = before != Before::Word;
    let mut doubtful = false;
    for byte in text.bytes() {
        if byte <= b' ' {
            if byte != b' ' || after_space {
                return false;
            }
            after_space = true;
        } else {
            after_space = false;
            // The first bytes of C1 controls, of U+200B and overrides, and of U+FEFF.
            doubtful |= matches!(byte, 0x7f | 0xc2 | 0xe2 | 0xef);
        }
    }
    !(doubtful && text.contains(is_unseen))
}

/// Controls, zero-width spaces and byte-order marks: never meant, and words break on them. Direction
/// overrides show other letters than those that stand there; embeddings and isolates stay, old
/// Hebrew and Arabic texts need them, and a paragraph ends them.
pub(super) fn is_unseen(c: char) -> bool {
    c.is_control() || matches!(c, '\u{200b}' | '\u{feff}' | '\u{202d}' | '\u{202e}')
}

/// Takes spaces and line breaks off the end; the places that links lead to stay.
fn trim_end(run: &mut Vec<Inline>) {
    let mut at = run.len();
    while at > 0 {
        at -= 1;
        let ended = match &mut run[at] {
            Inline::Anchor(_) => continue,
            Inline::Icon(_) => true,
            Inline::Break => false,
            Inline::Text(text) => {
                text.truncate(text.trim_end_matches([' ', '\u{a0}']).len());
                !text.is_empty()
            }
            Inline::Styled(_, text)
            | Inline::Link(_, text)
            | Inline::Abbreviation(_, text)
            | Inline::Foreign(_, text) => {
                trim_end(text);
                !text.is_empty()
            }
        };
        if ended {
            return;
        }
        run.remove(at);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::Style;

    fn text(text: &str) -> Inline {
        Inline::Text(text.into())
    }

    fn strong(run: Vec<Inline>) -> Inline {
        Inline::Styled(Style::Strong, run)
    }

    #[test]
    fn white_space_collapses_across_elements() {
        let mut run = vec![
            text("\n A  b "),
            strong(vec![text(" c ")]),
            text(" d\u{200b}\n"),
        ];
        tidy(&mut run);
        assert_eq!(run, [text("A b "), strong(vec![text("c ")]), text("d")]);
    }

    #[test]
    fn empty_elements_and_edge_breaks_go() {
        let mut run = vec![
            Inline::Break,
            strong(vec![text(" ")]),
            text("a"),
            strong(vec![]),
            text("b"),
            Inline::Break,
        ];
        tidy(&mut run);
        assert_eq!(run, [text("ab")]);
        let mut blank = vec![text("\u{a0} "), strong(vec![text("\u{a0}")])];
        tidy(&mut blank);
        assert!(blank.is_empty());
    }
}
