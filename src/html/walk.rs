//! The walk over the neutral tree: elements become blocks and inline content by the policy.
//!
//! A [`Flow`] collects blocks and the run of inline content that will be the next paragraph.
//! Inline elements that hold blocks (`<a><div>…`) are not kept as such: they become wrappers that
//! every paragraph within is given.

mod cards;
pub mod figures;
mod inserts;
mod lines;
mod links;
mod lists;
pub mod pictures;
pub mod shortcodes;
mod speech;
mod srcset;
mod styles;
mod tables;

use super::block::{Align, Block, Heading, Inline, Link, Speech, Style};
use super::clean::{Context, Dropped};
use super::ids::Ids;
use super::policy::{self, Rule};
use super::tree::{Element, Node};
use super::{inline, url};
use styles::Set;

/// Deeper trees are shown as plain text.
const DEPTH: usize = 200;
/// Elements around blocks, copied into each of them; beyond this a body is shown as plain text.
const COPIES: usize = 50_000;

pub struct Walker<'a> {
    pub context: &'a Context<'a>,
    pub dropped: Dropped,
    /// The tree was deeper than anyone writes; what was made of it is not used.
    pub too_deep: bool,
    pub ids: Ids<'a>,
    wrappers: Vec<Wrapper>,
    depth: usize,
    links: usize,
    /// Within something that can only be a line.
    lines: usize,
    /// Within an item or a cell, where marks are marks and part nothing.
    cells: usize,
    /// Within inline code, where brackets are only brackets.
    literal: bool,
    /// What elements around blocks have cost so far: each is made anew in every paragraph.
    copies: usize,
}

/// An inline element around blocks.
#[derive(Clone)]
enum Wrapper {
    Style(Style),
    Link(Link),
    /// Around a picture: where its large version is.
    Zoom(url::SafeUrl),
    Foreign(Speech),
}

/// Blocks so far, and the paragraph that is being collected.
#[derive(Default)]
pub struct Flow {
    blocks: Vec<Block>,
    run: Vec<Inline>,
}

impl<'a> Walker<'a> {
    pub fn new(context: &'a Context<'a>, nodes: &[Node]) -> Self {
        Self {
            context,
            dropped: Dropped::default(),
            too_deep: false,
            ids: Ids::of(nodes, context.id_prefix),
            wrappers: Vec::new(),
            depth: 0,
            links: 0,
            lines: 0,
            cells: 0,
            literal: false,
            copies: 0,
        }
    }

    /// The blocks of a list of nodes.
    pub fn blocks(&mut self, nodes: Vec<Node>) -> Vec<Block> {
        let mut flow = Flow::default();
        // Items and cells come here without being elements of the walk: they are a level, too.
        if self.depth >= DEPTH {
            self.too_deep = true;
            return flow.blocks;
        }
        self.depth += 1;
        self.nodes(nodes, &mut flow);
        self.flush(&mut flow);
        self.depth -= 1;
        flow.blocks
    }

    /// What stands in an item or a cell, in the language it says; nothing where it is hidden.
    fn cell(&mut self, mut element: Element) -> Vec<Block> {
        let speech = self.speech(&element);
        self.cells += 1;
        let blocks = self.blocks(std::mem::take(&mut element.children));
        self.cells -= 1;
        match speech {
            Some(speech) if !blocks.is_empty() => vec![Block::Region { speech, blocks }],
            _ => blocks,
        }
    }

    fn nodes(&mut self, nodes: Vec<Node>, flow: &mut Flow) {
        for node in shortcodes::captions(nodes) {
            match node {
                Node::Text(text) if self.literal => flow.run.push(Inline::Text(text)),
                Node::Text(text) => flow.run.push(Inline::Text(shortcodes::strip(text))),
                Node::Element(element) => self.element(element, flow),
            }
        }
    }

    fn element(&mut self, element: Element, flow: &mut Flow) {
        if self.depth >= DEPTH {
            self.too_deep = true;
            return;
        }
        let literal = self.literal;
        self.depth += 1;
        self.element_within(element, flow);
        self.depth -= 1;
        self.literal = literal;
    }

    fn element_within(&mut self, element: Element, flow: &mut Flow) {
        if !element.html {
            lines::formula(element, flow, &mut self.dropped);
            return;
        }
        if self.is_hidden(&element) {
            return;
        }
        let Some(mut element) = self.card(element, flow) else {
            return;
        };
        lines::count_up(&mut element);
        if element.name == "button" && lines::opens_something(&element) {
            // What it opens stands open here: its words are the heading.
            element.name = "span".into();
        }
        let rule = policy::rule(&element.name);
        if let Some(speech) = self.speech(&element)
            && rule != Rule::Drop
        {
            self.foreign(speech, element, rule, flow);
            return;
        }
        self.ruled(element, rule, flow);
    }

    fn ruled(&mut self, mut element: Element, rule: Rule, flow: &mut Flow) {
        match rule {
            Rule::Drop => self.left_out(&element, flow),
            Rule::Nothing => {}
            Rule::Unwrap => {
                if element.name == "ruby" {
                    lines::bracket_readings(&mut element);
                }
                let set = styles::set(&element);
                let style = set.and_then(Set::style).map(Wrapper::Style);
                self.inline_element(element, style, flow);
            }
            // A word processor wraps whole texts in `<b style="font-weight:normal">`.
            Rule::Style(Style::Strong | Style::Emphasis)
                if styles::set(&element) == Some(Set::Plain) =>
            {
                self.inline_element(element, None, flow);
            }
            Rule::Style(style) => {
                self.literal |= style == Style::Code && !lines::holds_blocks(&element.children);
                self.inline_element(element, Some(Wrapper::Style(style)), flow);
            }
            Rule::Abbreviation => lines::abbreviation(self, element, flow),
            Rule::Link => self.link_element(element, flow),
            Rule::Block | Rule::Paragraph | Rule::Item => {
                self.flush(flow);
                let align = match rule {
                    Rule::Paragraph if !self.context.comment => styles::alignment(&element),
                    _ => Align::Start,
                };
                let before = flow.blocks.len();
                self.anchor(&element, flow);
                self.nodes(element.children, flow);
                self.flush(flow);
                if align != Align::Start {
                    aligned(&mut flow.blocks[before..], align);
                }
            }
            Rule::Heading(level) => self.heading(element, level, flow),
            Rule::List { ordered } => self.list(element, ordered, flow),
            Rule::Definitions => self.definitions(element, flow),
            Rule::Quote => self.quote(element, flow),
            Rule::Aside => {
                let blocks = self.inner(&mut element, flow);
                if self.context.comment {
                    speech::append(&mut flow.blocks, blocks);
                } else if !blocks.is_empty() {
                    flow.blocks.push(Block::Callout { icon: None, blocks });
                }
            }
            Rule::Preformatted => self.preformatted(element, flow),
            Rule::Figure => self.figure(element, flow),
            Rule::Caption => {
                // Behind a picture that has none it is that picture's; else it belongs to nothing.
                self.under(element, flow);
            }
            Rule::Image => self.image_element(&element, &[], flow),
            Rule::Picture => self.picture_element(element, flow),
            Rule::Fallback => self.fallback(element, flow),
            Rule::Media { video } => self.media(element, video, flow),
            Rule::Frame => self.frame(&element, flow),
            Rule::Plugin => self.plugin(element, flow),
            Rule::Table => self.table(element, flow),
            Rule::Details => self.details(element, flow),
            Rule::Separator => {
                self.flush(flow);
                flow.blocks.push(Block::Separator);
            }
            Rule::Break => {
                // Two in a row were meant as a new paragraph.
                let last = flow
                    .run
                    .iter()
                    .rev()
                    .find(|inline| !lines::is_space(inline));
                if matches!(last, Some(Inline::Break)) {
                    self.flush(flow);
                } else {
                    flow.run.push(Inline::Break);
                }
            }
        }
    }

    /// The children as blocks of their own; what came before is a paragraph by itself.
    fn inner(&mut self, element: &mut Element, flow: &mut Flow) -> Vec<Block> {
        self.flush(flow);
        self.anchor(element, flow);
        self.flush(flow);
        // Whatever it stands in, here it is a text again.
        let cells = std::mem::take(&mut self.cells);
        let blocks = self.blocks(std::mem::take(&mut element.children));
        self.cells = cells;
        blocks
    }

    fn anchor(&mut self, element: &Element, flow: &mut Flow) {
        if let Some(id) = self.ids.take(element) {
            flow.run.push(Inline::Anchor(id));
        }
    }

    /// Ends the paragraph that is being collected.
    fn flush(&mut self, flow: &mut Flow) {
        if flow.run.is_empty() {
            return;
        }
        let mut run = std::mem::take(&mut flow.run);
        inline::tidy(&mut run);
        if run.is_empty() {
            return;
        }
        if run.iter().all(|inline| matches!(inline, Inline::Anchor(_))) {
            flow.blocks.extend(anchors_of(run));
            return;
        }
        if self.lines == 0 && self.cells == 0 && lines::is_ornament(&run) {
            flow.blocks.extend(anchors_of(run));
            flow.blocks.push(Block::Separator);
            return;
        }
        let mut run = self.wrapped(run);
        if let Some(embed) = self.lone_link(&run) {
            flow.blocks.extend(anchors_of(run));
            flow.blocks.push(embed);
            return;
        }
        self.link_address(&mut run);
        flow.blocks.push(Block::Paragraph(run));
    }

    /// Adds a line that is a paragraph after all.
    fn paragraph(&mut self, line: Vec<Inline>, flow: &mut Flow) {
        self.flush(flow);
        flow.run = line;
        self.flush(flow);
    }

    /// Gives a run the inline elements that stand around its blocks.
    fn wrapped(&mut self, mut run: Vec<Inline>) -> Vec<Inline> {
        for wrapper in self.wrappers.iter().rev() {
            self.copies += match wrapper {
                // A long address weighs as much as many elements.
                Wrapper::Link(Link::External(url) | Link::Internal(url)) => {
                    1 + url.as_str().len() / 64
                }
                _ => 1,
            };
            if self.copies > COPIES {
                self.too_deep = true;
                return run;
            }
            run = wrap(wrapper.clone(), run);
        }
        run
    }

    /// Content that can only be a line: headings, captions, summaries.
    fn line(&mut self, nodes: Vec<Node>) -> Vec<Inline> {
        let mut run = Vec::new();
        self.inlines(nodes, &mut run);
        inline::tidy(&mut run);
        run
    }

    fn inline_element(&mut self, mut element: Element, wrapper: Option<Wrapper>, flow: &mut Flow) {
        if let Some(id) = self.ids.take(&element) {
            flow.run.push(Inline::Anchor(id));
        }
        let children = std::mem::take(&mut element.children);
        if lines::holds_blocks(&children) {
            let Some(wrapper) = wrapper else {
                return self.nodes(children, flow);
            };
            self.flush(flow);
            let is_link = matches!(wrapper, Wrapper::Link(_));
            self.links += usize::from(is_link);
            self.wrappers.push(wrapper);
            self.nodes(children, flow);
            self.flush(flow);
            self.wrappers.pop();
            self.links -= usize::from(is_link);
            return;
        }
        match wrapper {
            None => self.nodes(children, flow),
            Some(wrapper) => {
                let is_link = matches!(wrapper, Wrapper::Link(_));
                self.links += usize::from(is_link);
                let mut within = Flow::default();
                self.nodes(children, &mut within);
                self.links -= usize::from(is_link);
                // Something that looked like a line made a block after all.
                flow.run.extend(wrap(wrapper, within.run));
                if !within.blocks.is_empty() {
                    self.flush(flow);
                    speech::append(&mut flow.blocks, within.blocks);
                }
            }
        }
    }

    fn heading(&mut self, element: Element, level: u8, flow: &mut Flow) {
        self.flush(flow);
        // A picture in a heading is still a picture, and stands before it.
        if lines::holds_blocks(&element.children) && lines::holds_pictures(&element.children) {
            self.nodes(element.children, flow);
            self.flush(flow);
            return;
        }
        let own = element.attribute("id").map(str::to_owned);
        let mut element = element;
        lines::free_buttons(&mut element.children);
        let run = self.line(element.children);
        if inline::is_blank(&run) {
            return;
        }
        if self.context.comment {
            flow.blocks
                .push(Block::Paragraph(vec![Inline::Styled(Style::Strong, run)]));
            return;
        }
        let id = self.ids.make(own.as_deref(), &super::inline_text(&run));
        let text = self.wrapped(run);
        flow.blocks
            .push(Block::Heading(Heading { level, id, text }));
    }
}

/// Sets paragraphs to the middle or the end; what is no paragraph stands where it stands.
fn aligned(blocks: &mut [Block], align: Align) {
    for block in blocks {
        if let Block::Paragraph(text) = block {
            let text = std::mem::take(text);
            *block = Block::Aligned { align, text };
        }
    }
}

/// The places in a run whose words become something else.
fn anchors_of(run: Vec<Inline>) -> impl Iterator<Item = Block> {
    run.into_iter().filter_map(|inline| match inline {
        Inline::Anchor(id) => Some(Block::Anchor(id)),
        _ => None,
    })
}

fn wrap(wrapper: Wrapper, run: Vec<Inline>) -> Vec<Inline> {
    match wrapper {
        Wrapper::Style(style) => vec![Inline::Styled(style, run)],
        Wrapper::Link(link) => vec![Inline::Link(link, run)],
        Wrapper::Foreign(speech) => vec![Inline::Foreign(speech, run)],
        Wrapper::Zoom(_) => run,
    }
}
