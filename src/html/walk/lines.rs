//! What belongs to one line: inline content forced into one, formulas, abbreviations, and the
//! questions the walk asks before it decides.

use super::{Flow, Walker};
use crate::html::block::{Block, Inline, Style};
use crate::html::clean::Dropped;
use crate::html::policy::{self, Meaning, Rule};
use crate::html::tree::{Element, Node, text_of};
use crate::html::{Provider, inline, inline_text, text, url};

impl Walker<'_> {
    /// Inline content of nodes that may not hold blocks: what is one is taken apart.
    pub(super) fn inlines(&mut self, nodes: Vec<Node>, run: &mut Vec<Inline>) {
        let mut flow = Flow::default();
        // What stands around the line is applied to it as a whole, by the caller.
        let around = std::mem::take(&mut self.wrappers);
        self.lines += 1;
        self.nodes(nodes, &mut flow);
        self.lines -= 1;
        self.wrappers = around;
        flatten(flow.blocks, run);
        run.append(&mut flow.run);
    }

    /// A paragraph that is nothing but an address was meant to become what is there.
    pub(super) fn lone_link(&self, run: &[Inline]) -> Option<Block> {
        if self.context.comment || self.lines > 0 {
            return None;
        }
        let mut words = run
            .iter()
            .filter(|inline| !matches!(inline, Inline::Anchor(_)));
        let (Some(only), None) = (words.next(), words.next()) else {
            return None;
        };
        let address = match only {
            // A link within the body goes later where it leads nowhere, and leaves the address.
            Inline::Link(super::Link::Fragment(_), words) => return self.lone_link(words),
            Inline::Text(text) if text.starts_with("http") && !text.contains(' ') => {
                url::link(self.context.host, None, text)?
            }
            Inline::Link(link, words) => {
                let super::Link::External(url) = link else {
                    return None;
                };
                let words = inline_text(words);
                let shown = words.trim_end_matches('…');
                if !url.as_str().contains(shown) || shown.len() < 8 {
                    return None;
                }
                url.clone()
            }
            _ => return None,
        };
        let (provider, id) = Provider::recognise(address.as_str())?;
        Some(self.embed(provider, id, None))
    }
}

impl Walker<'_> {
    /// A paragraph that is nothing but an address leads there.
    pub(super) fn link_address(&mut self, run: &mut [Inline]) {
        let is_place = |inline: &&mut Inline| !matches!(inline, Inline::Anchor(_));
        let mut words = run.iter_mut().filter(is_place);
        if self.context.comment || self.lines > 0 {
            return;
        }
        let (Some(only), None) = (words.next(), words.next()) else {
            return;
        };
        // A link within the body goes later where it leads nowhere, and leaves the address.
        if let Inline::Link(super::Link::Fragment(_), words) = only
            && matches!(words.as_slice(), [Inline::Text(text)] if text.starts_with("http"))
            && let Some(address) = words.pop()
        {
            *only = address;
        }
        if let Inline::Text(text) = &*only
            && (text.starts_with("https://") || text.starts_with("http://"))
            && !text.contains(char::is_whitespace)
            && let Some(link) = self.link(&text.clone())
        {
            let text = std::mem::replace(only, Inline::Break);
            *only = Inline::Link(link, vec![text]);
        }
    }
}

/// Whether a button shows or hides what stands beside it: an accordion's question.
pub(super) fn opens_something(button: &Element) -> bool {
    ["aria-expanded", "aria-controls"]
        .iter()
        .any(|name| button.attribute(name).is_some())
}

/// A number that a script would count up stands at its end.
pub(super) fn count_up(element: &mut Element) {
    let Some(end) = element.attribute("data-to-value").map(str::trim) else {
        return;
    };
    let is_number = |text: &str| text.parse::<f64>().is_ok_and(f64::is_finite);
    let begins = text_of(&element.children);
    if is_number(end) && (is_number(begins.trim()) || begins.trim().is_empty()) {
        let mark = element.attribute("data-delimiter").unwrap_or_default();
        element.children = vec![Node::Text(grouped(end, mark))];
    }
}

/// A number with a mark between its thousands.
fn grouped(number: &str, mark: &str) -> String {
    let whole = number.find('.').unwrap_or(number.len());
    let mut out = String::with_capacity(number.len() + 4);
    for (at, c) in number.char_indices() {
        let before = out.chars().next_back().is_some_and(|c| c.is_ascii_digit());
        if before && at < whole && (whole - at).is_multiple_of(3) {
            out.push_str(mark);
        }
        out.push(c);
    }
    out
}

/// A heading that is a button is a heading.
pub(super) fn free_buttons(nodes: &mut [Node]) {
    for node in nodes {
        if let Node::Element(element) = node {
            if element.html && element.name == "button" {
                element.name = "span".into();
            }
            free_buttons(&mut element.children);
        }
    }
}

/// Readings stand behind their characters in one line: in brackets, where the markup has none.
pub(super) fn bracket_readings(ruby: &mut Element) {
    let named = |node: &Node, name: &str| matches!(node, Node::Element(element) if element.html && element.name == name);
    if ruby.children.iter().any(|node| named(node, "rp")) {
        return;
    }
    for node in &mut ruby.children {
        if named(node, "rt")
            && let Node::Element(reading) = node
        {
            reading.children.insert(0, Node::Text("(".into()));
            reading.children.push(Node::Text(")".into()));
        }
    }
}

/// Blocks as parts of one line.
fn flatten(blocks: Vec<Block>, run: &mut Vec<Inline>) {
    for block in blocks {
        if !run.is_empty() {
            run.push(Inline::Text(" ".into()));
        }
        match block {
            Block::Paragraph(text)
            | Block::Aligned { text, .. }
            | Block::Verse(text)
            | Block::Button { text, .. } => {
                run.extend(text);
            }
            Block::Heading(heading) => run.extend(heading.text),
            Block::Code { text, .. } => {
                run.push(Inline::Styled(Style::Code, vec![Inline::Text(text)]));
            }
            Block::Quote { blocks, .. }
            | Block::Callout { blocks, .. }
            | Block::Region { blocks, .. }
            | Block::Details { blocks, .. } => flatten(blocks, run),
            Block::List(list) => list
                .items
                .into_iter()
                .for_each(|item| flatten(item.blocks, run)),
            Block::Anchor(id) => run.push(Inline::Anchor(id)),
            Block::PullQuote { text, cite } => {
                run.extend(text);
                if !cite.is_empty() {
                    run.push(Inline::Text(" ".into()));
                    run.extend(cite);
                }
            }
            Block::Definitions(definitions) => definitions
                .into_iter()
                .for_each(|definition| flatten(definition.blocks, run)),
            Block::KeyPoints { items, .. } => {
                items.into_iter().for_each(|item| flatten(item, run));
            }
            Block::Table(table) => {
                run.extend(table.caption);
                let rows = table.head.into_iter().chain(table.body).chain(table.foot);
                rows.flatten().for_each(|cell| flatten(cell.blocks, run));
            }
            Block::LinkCard(card) => run.push(Inline::Text(card.title)),
            _ => {}
        }
    }
}

pub(super) fn abbreviation(walker: &mut Walker<'_>, element: Element, flow: &mut Flow) {
    let title = text::collapse(element.attribute("title").unwrap_or_default());
    if title.is_empty() || holds_blocks(&element.children) {
        walker.inline_element(element, None, flow);
        return;
    }
    let mut run = Vec::new();
    walker.inlines(element.children, &mut run);
    flow.run.push(Inline::Abbreviation(title, run));
}

/// A formula as text: its source where the markup carries it, else its characters.
pub(super) fn formula(element: Element, flow: &mut Flow, dropped: &mut Dropped) {
    if element.name != "math" {
        dropped.elements += 1;
        return;
    }
    let source = element
        .attribute("alttext")
        .map(str::to_owned)
        .or_else(|| annotation(&element.children))
        .unwrap_or_else(|| {
            let mut words = String::new();
            characters(&element.children, &mut words);
            words
        });
    let source = text::collapse(&source);
    if !source.is_empty() {
        flow.run
            .push(Inline::Styled(Style::Code, vec![Inline::Text(source)]));
    }
}

fn annotation(nodes: &[Node]) -> Option<String> {
    nodes.iter().find_map(|node| {
        let Node::Element(element) = node else {
            return None;
        };
        if element.name == "annotation"
            && element
                .attribute("encoding")
                .is_some_and(|encoding| encoding.contains("tex"))
        {
            let mut words = String::new();
            characters(&element.children, &mut words);
            return Some(words);
        }
        annotation(&element.children)
    })
}

/// A formula in one line, as one would type it: powers, indices, fractions and roots keep their
/// meaning, layout goes.
fn characters(nodes: &[Node], out: &mut String) {
    for node in nodes {
        match node {
            Node::Text(text) => out.extend(text.chars().filter(|c| !c.is_whitespace())),
            Node::Element(element) if element.html => {}
            Node::Element(element) => {
                let between = match element.name.as_str() {
                    "msup" | "mover" => "^",
                    "msub" | "munder" => "_",
                    "mfrac" => "/",
                    "mtable" | "mtr" => {
                        let between = if element.name == "mtr" { " " } else { "; " };
                        for (at, part) in parts(element).enumerate() {
                            if at > 0 {
                                out.push_str(between);
                            }
                            characters(std::slice::from_ref(part), out);
                        }
                        continue;
                    }
                    "msubsup" | "munderover" => {
                        let marks = ["", "_", "^"];
                        for (part, mark) in parts(element).zip(marks) {
                            out.push_str(mark);
                            group(std::slice::from_ref(part), out);
                        }
                        continue;
                    }
                    "mroot" => {
                        // The index comes second, and is said first: `3√8`.
                        let parts: Vec<_> = parts(element).collect();
                        for (part, mark) in parts.iter().take(2).rev().zip(["", "√"]) {
                            out.push_str(mark);
                            group(std::slice::from_ref(*part), out);
                        }
                        continue;
                    }
                    "msqrt" => {
                        out.push('√');
                        group(&element.children, out);
                        continue;
                    }
                    name if name.starts_with("annotation") => continue,
                    "mtext" => {
                        out.push(' ');
                        characters(&element.children, out);
                        out.push(' ');
                        continue;
                    }
                    _ => {
                        characters(&element.children, out);
                        continue;
                    }
                };
                for (at, part) in parts(element).enumerate() {
                    if at > 0 {
                        out.push_str(between);
                    }
                    group(std::slice::from_ref(part), out);
                }
            }
        }
    }
}

/// What a sign of two or three places has in them.
fn parts(element: &Element) -> impl Iterator<Item = &Node> {
    let children = element.children.iter();
    children.filter(|node| matches!(node, Node::Element(_)))
}

/// In brackets, unless it is a single sign or number.
fn group(nodes: &[Node], out: &mut String) {
    let mut part = String::new();
    characters(nodes, &mut part);
    let simple = part.chars().count() == 1 || part.chars().all(char::is_numeric);
    if simple {
        out.push_str(&part);
    } else {
        out.push('(');
        out.push_str(&part);
        out.push(')');
    }
}

pub(super) fn is_space(inline: &Inline) -> bool {
    matches!(inline, Inline::Text(text) if is_empty(text))
}

/// White space of any kind, and what goes from every text later.
fn is_empty(text: &str) -> bool {
    text.chars()
        .all(|c| c.is_whitespace() || inline::is_unseen(c))
}

/// Whether a paragraph is a typed separator: `* * *`, `---`, `⁂`.
pub(super) fn is_ornament(run: &[Inline]) -> bool {
    let mut words = run
        .iter()
        .filter(|inline| !matches!(inline, Inline::Anchor(_)));
    let text = match (words.next(), words.next()) {
        (Some(Inline::Text(text)), None) => text,
        // However bold.
        (Some(Inline::Styled(Style::Strong | Style::Emphasis, within)), None)
        | (Some(Inline::Link(super::Link::Fragment(_), within)), None) => {
            return is_ornament(within);
        }
        _ => return false,
    };
    let mut marks = 0;
    let only_marks = text.chars().all(|c| {
        let mark = matches!(
            c,
            '*' | '-' | '–' | '—' | '_' | '•' | '·' | '~' | '=' | '⁂' | '#'
        );
        marks += usize::from(mark);
        mark || c.is_whitespace()
    });
    only_marks && (marks >= 3 || text.trim() == "⁂")
}

/// Whether these nodes make blocks, so that an inline element around them cannot be kept.
pub(super) fn holds_blocks(nodes: &[Node]) -> bool {
    let mut after_break = false;
    nodes.iter().any(|node| match node {
        Node::Text(text) => {
            after_break &= is_empty(text);
            false
        }
        Node::Element(element) if !element.html => {
            after_break = false;
            false
        }
        Node::Element(element) if element.name == "br" => std::mem::replace(&mut after_break, true),
        Node::Element(element) => {
            after_break = false;
            match policy::rule(&element.name) {
                Rule::Drop if element.name == "button" && opens_something(element) => {
                    has_card(element) || holds_blocks(&element.children)
                }
                Rule::Drop if super::inserts::page_of(element).is_some() => true,
                // Whatever the element, its class is looked at first.
                Rule::Drop | Rule::Nothing | Rule::Break | Rule::Caption => has_card(element),
                Rule::Image => !super::pictures::is_icon(element),
                Rule::Unwrap | Rule::Style(_) | Rule::Link | Rule::Abbreviation => {
                    has_card(element) || holds_blocks(&element.children)
                }
                _ => true,
            }
        }
    })
}

/// Whether a class makes a block of an inline element.
fn has_card(element: &Element) -> bool {
    element.attribute("class").is_some_and(|class| {
        policy::meanings(class).any(|meaning| {
            !matches!(
                meaning,
                Meaning::Made
                    | Meaning::Emoji
                    | Meaning::Under
                    | Meaning::Credit
                    | Meaning::Icon
                    | Meaning::Drop
                    | Meaning::Gutter
                    | Meaning::Start
                    | Meaning::End
                    | Meaning::Centre
                    | Meaning::Wide
                    | Meaning::Full
            )
        })
    })
}

pub(super) fn holds_pictures(nodes: &[Node]) -> bool {
    nodes.iter().any(|node| match node {
        Node::Element(element) if element.html => {
            (policy::rule(&element.name) == Rule::Image && !super::pictures::is_icon(element))
                || holds_pictures(&element.children)
        }
        _ => false,
    })
}
