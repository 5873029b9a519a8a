//! Lists, definitions, quotations, preformatted text, details.

use super::speech::append;
use super::{Flow, Walker};
use crate::html::block::{Block, Definition, Inline, Item, List, Style};
use crate::html::tree::{Element, Node, take_out_unless};
use crate::html::{inline, policy};

impl Walker<'_> {
    pub(super) fn list(&mut self, mut element: Element, ordered: bool, flow: &mut Flow) {
        self.flush(flow);
        self.anchor(&element, flow);
        self.flush(flow);
        if ordered && element.children.iter().any(is_bullet) {
            for (ordered, children) in alike(std::mem::take(&mut element.children)) {
                let list = Element {
                    name: element.name.clone(),
                    html: true,
                    children,
                    ..Element::default()
                };
                self.list(list, ordered, flow);
            }
            return;
        }
        let first = element
            .attribute("start")
            .and_then(|start| start.trim().parse().ok());
        let start = ordered.then(|| first.unwrap_or(1));
        let reversed = ordered && element.attribute("reversed").is_some();
        let wanted = element.attribute("type").filter(|_| ordered);
        let numerals = ["a", "A", "i", "I"];
        let numerals = numerals.into_iter().find(|known| wanted == Some(*known));
        let is_item = |node: &Node| matches!(node, Node::Element(child) if child.name == "li");
        if !element.children.iter().any(is_item) {
            // A list without items was meant as an indent.
            self.nodes(element.children, flow);
            self.flush(flow);
            return;
        }
        let items = self.items(std::mem::take(&mut element.children));
        if !items.is_empty() {
            flow.blocks.push(Block::List(List {
                start,
                reversed,
                numerals,
                items,
            }));
        }
    }

    /// The items of a list; what stands between them belongs to the one before.
    pub(super) fn items(&mut self, nodes: Vec<Node>) -> Vec<Item> {
        let mut items: Vec<Item> = Vec::new();
        let mut between: Vec<Node> = Vec::new();
        for node in nodes {
            match node {
                Node::Element(element) if element.html && element.name == "li" => {
                    self.join(std::mem::take(&mut between), &mut items);
                    if self.is_left_out(&element) {
                        continue;
                    }
                    let id = self.ids.take(&element);
                    let value = element.attribute("value");
                    let value = value.and_then(|value| value.trim().parse().ok());
                    let blocks = self.cell(element);
                    if !blocks.is_empty() || id.is_some() {
                        items.push(Item { id, value, blocks });
                    }
                }
                node => between.push(node),
            }
        }
        self.join(between, &mut items);
        items
    }

    fn join(&mut self, between: Vec<Node>, items: &mut Vec<Item>) {
        let blocks = self.blocks(between);
        match items.last_mut() {
            _ if blocks.is_empty() => {}
            Some(item) => append(&mut item.blocks, blocks),
            None => items.push(Item {
                id: None,
                value: None,
                blocks,
            }),
        }
    }

    pub(super) fn definitions(&mut self, mut element: Element, flow: &mut Flow) {
        self.flush(flow);
        let mut definitions = Vec::new();
        let mut pending: Vec<Node> = std::mem::take(&mut element.children);
        pending.reverse();
        while let Some(node) = pending.pop() {
            match node {
                Node::Text(text) if text.trim().is_empty() => {}
                // HTML allows a `div` around each group.
                Node::Element(group) if group.html && group.name == "div" => {
                    pending.extend(group.children.into_iter().rev());
                }
                node => {
                    let term = matches!(&node, Node::Element(element) if element.name == "dt");
                    self.cells += 1;
                    let blocks = self.blocks(vec![node]);
                    self.cells -= 1;
                    if !blocks.is_empty() {
                        definitions.push(Definition { term, blocks });
                    }
                }
            }
        }
        // Old galleries are definition lists of pictures.
        let pictures = definitions.iter().flat_map(|definition| &definition.blocks);
        if pictures
            .clone()
            .all(|block| matches!(block, Block::Figure(_)))
        {
            flow.blocks.extend(
                definitions
                    .into_iter()
                    .flat_map(|definition| definition.blocks),
            );
        } else {
            flow.blocks.push(Block::Definitions(definitions));
        }
    }

    pub(super) fn quote(&mut self, mut element: Element, flow: &mut Flow) {
        self.flush(flow);
        let cite = self.citation(&mut element);
        let blocks = self.inner(&mut element, flow);
        match (blocks.is_empty(), cite.is_empty()) {
            (true, true) => {}
            (true, false) => self.paragraph(cite, flow),
            (false, _) => flow.blocks.push(Block::Quote { blocks, cite }),
        }
    }

    /// Who is quoted: a `footer` or `cite` at the end of the quotation.
    fn citation(&mut self, element: &mut Element) -> Vec<Inline> {
        let last = element
            .children
            .iter()
            .rposition(|node| !matches!(node, Node::Text(text) if text.trim().is_empty()));
        let Some(at) = last else { return Vec::new() };
        let is_citation = matches!(&element.children[at],
            Node::Element(element) if element.html && matches!(element.name.as_str(), "footer" | "cite"));
        if !is_citation {
            return Vec::new();
        }
        let Node::Element(cite) = element.children.remove(at) else {
            return Vec::new();
        };
        self.cite_line(cite)
    }

    pub(super) fn cite_line(&mut self, cite: Element) -> Vec<Inline> {
        let mut line = self.line(cite.children);
        if let [Inline::Styled(Style::Citation, words)] = line.as_mut_slice() {
            line = std::mem::take(words);
        }
        // A dash that was alone in its line leaves another first text.
        while let Some(Inline::Text(text)) = line.first_mut() {
            let kept = text
                .trim_start_matches(['—', '–', '-', '―', ' ', '\u{a0}'])
                .len();
            if kept == text.len() {
                break;
            }
            text.drain(..text.len() - kept);
            inline::tidy(&mut line);
        }
        line
    }

    pub(super) fn preformatted(&mut self, mut element: Element, flow: &mut Flow) {
        self.flush(flow);
        let mut language = language(&element);
        let code = element.children.iter().find_map(|node| match node {
            Node::Element(child) if child.html && child.name == "code" => Some(child),
            _ => None,
        });
        language = language.or_else(|| code.and_then(self::language));
        let is_verse = element.attribute("class").is_some_and(|class| {
            policy::meanings(class).any(|meaning| meaning == policy::Meaning::Verse)
        });
        if is_verse || (code.is_none() && has_emphasis(&element.children)) {
            breaks_to_lines(&mut element.children);
            let mut run = Vec::new();
            self.inlines(element.children, &mut run);
            inline::keep_spaces(&mut run);
            if !inline::is_blank(&run) {
                flow.blocks.push(Block::Verse(run));
            }
            return;
        }
        let mut text = String::new();
        source_text(&element.children, &mut text);
        text.retain(|c| !inline::is_unseen(c) || matches!(c, '\n' | '\t'));
        let text = text.trim_start_matches('\n').trim_end().to_owned();
        if !text.is_empty() {
            flow.blocks.push(Block::Code { text, language });
        }
    }

    pub(super) fn details(&mut self, mut element: Element, flow: &mut Flow) {
        // Details within keep theirs.
        let summary = take_out_unless(
            &mut element.children,
            &|child| child.name == "summary",
            &|child| child.name == "details",
        );
        let summary = summary
            .map(|summary| self.line(summary.children))
            .unwrap_or_default();
        let blocks = self.inner(&mut element, flow);
        match (summary.is_empty(), blocks.is_empty()) {
            (_, true) if !summary.is_empty() => self.paragraph(summary, flow),
            (_, true) => {}
            (true, false) => append(&mut flow.blocks, blocks),
            (false, false) => flow.blocks.push(Block::Details { summary, blocks }),
        }
    }
}

/// The language of code, from the classes that highlighters agree on.
fn language(element: &Element) -> Option<String> {
    let class = element.attribute("class")?;
    let name = class.split_ascii_whitespace().find_map(|token| {
        token
            .strip_prefix("language-")
            .or_else(|| token.strip_prefix("lang-"))
    })?;
    let sound = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'#' | b'-' | b'.');
    ((1..=24).contains(&name.len()) && name.bytes().all(sound)).then(|| name.to_ascii_lowercase())
}

fn has_emphasis(nodes: &[Node]) -> bool {
    nodes.iter().any(|node| match node {
        Node::Element(element) => {
            matches!(element.name.as_str(), "b" | "strong" | "i" | "em" | "a")
                || has_emphasis(&element.children)
        }
        Node::Text(_) => false,
    })
}

fn breaks_to_lines(nodes: &mut [Node]) {
    for node in nodes {
        match node {
            Node::Element(element) if element.name == "br" => *node = Node::Text("\n".into()),
            Node::Element(element) => breaks_to_lines(&mut element.children),
            Node::Text(_) => {}
        }
    }
}

/// Text as it stands, line breaks included; line-number columns left out.
fn source_text(nodes: &[Node], out: &mut String) {
    for node in nodes {
        match node {
            Node::Text(text) => out.push_str(text),
            Node::Element(element) if element.name == "br" => out.push('\n'),
            Node::Element(element) => {
                let dropped = element.attribute("class").is_some_and(|class| {
                    policy::meanings(class).any(|meaning| {
                        matches!(meaning, policy::Meaning::Drop | policy::Meaning::Gutter)
                    })
                });
                if !dropped && policy::rule(&element.name) != policy::Rule::Drop {
                    source_text(&element.children, out);
                    if matches!(element.name.as_str(), "div" | "p" | "tr") && !out.ends_with('\n') {
                        out.push('\n');
                    }
                }
            }
        }
    }
}

/// Whether an item of a numbered list says that it has a bullet or a box: Quill writes every list as a
/// numbered one.
fn is_bullet(node: &Node) -> bool {
    let mark = match node {
        Node::Element(item) if item.name == "li" => item.attribute("data-list"),
        _ => None,
    };
    matches!(mark, Some("bullet" | "checked" | "unchecked"))
}

/// The nodes of a list in runs of items of one kind; whether each run is numbered. What stands between
/// items belongs to the one before.
fn alike(nodes: Vec<Node>) -> Vec<(bool, Vec<Node>)> {
    let mut runs: Vec<(bool, Vec<Node>)> = Vec::new();
    for node in nodes {
        let is_item = matches!(&node, Node::Element(item) if item.name == "li");
        let ordered = !is_bullet(&node);
        match runs.last_mut() {
            Some((kind, run)) if !is_item || *kind == ordered => run.push(node),
            _ if is_item => runs.push((ordered, vec![node])),
            _ => runs.push((true, vec![node])),
        }
    }
    runs
}
