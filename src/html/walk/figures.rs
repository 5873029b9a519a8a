//! Figures and galleries: captions and credits find their pictures, and go when there is none.

use super::speech::append;
use super::{Flow, Walker};
use crate::html::block::{Block, Figure, Inline, Width};
use crate::html::policy::{self, Meaning};
use crate::html::tree::{Element, Node, take_all};
use crate::html::{inline, inline_text};

impl Walker<'_> {
    pub(super) fn figure(&mut self, mut element: Element, flow: &mut Flow) {
        self.flush(flow);
        let class = element.attribute("class").unwrap_or_default().to_owned();
        let is_gallery = policy::meanings(&class).any(|meaning| meaning == Meaning::Gallery);
        let said = self.caption(&mut element.children);
        let blocks = self.inner(&mut element, flow);
        let figures = blocks
            .iter()
            .filter(|block| matches!(block, Block::Figure(_)))
            .count();
        if self.context.comment {
            append(&mut flow.blocks, blocks);
            return;
        }
        if is_gallery || (figures > 1 && figures == blocks.len()) {
            self.gallery(blocks, said, flow);
            return;
        }
        let mut blocks = blocks;
        blocks.retain(|block| !is_label(block));
        // Only a picture says by itself whose it is; elsewhere the credit ends the caption.
        let whole = said.clone().whole();
        let (mut caption, mut credit) = said.parted();
        adopt_words(&mut blocks, &mut caption, &mut credit);
        let width = width_of(&class);
        let mut told = false;
        for block in &mut blocks {
            let mut words = &whole;
            let place = match block {
                Block::Figure(figure) if figures == 1 => {
                    if width != Width::Text {
                        figure.width = width;
                    }
                    if figure.credit.is_empty() {
                        figure.credit.clone_from(&credit);
                    }
                    words = &caption;
                    &mut figure.caption
                }
                Block::Media(media) => &mut media.caption,
                Block::Embed(embed) => &mut embed.caption,
                Block::Table(table) => &mut table.caption,
                _ => continue,
            };
            if place.is_empty() && !told {
                place.clone_from(words);
            }
            told = true;
        }
        // Under words the caption is a line of its own; under nothing it goes.
        if told || inline::is_blank(&whole) {
            if !told {
                blocks.extend(super::anchors_of(whole));
            }
        } else if !blocks.is_empty() {
            blocks.push(Block::Paragraph(vec![Inline::Styled(
                super::Style::Small,
                whole,
            )]));
        }
        append(&mut flow.blocks, blocks);
    }

    /// Makes a gallery of every picture in the blocks; anything else follows it.
    fn gallery(&self, blocks: Vec<Block>, said: Said, flow: &mut Flow) {
        let mut figures = Vec::new();
        let mut rest = Vec::new();
        collect(blocks, &mut figures, &mut rest);
        match figures.as_mut_slice() {
            [] => {}
            [figure] => {
                let (caption, credit) = said.parted();
                if figure.caption.is_empty() {
                    figure.caption = caption;
                }
                if figure.credit.is_empty() {
                    figure.credit = credit;
                }
                flow.blocks.extend(figures.pop().map(Block::Figure));
            }
            several => {
                for figure in several {
                    figure.width = Width::Text;
                }
                let caption = said.whole();
                flow.blocks.push(Block::Gallery { figures, caption });
            }
        }
        self.loosen(&mut rest);
        append(&mut flow.blocks, rest);
    }

    /// A caption that stands behind its picture, outside any figure; gives back what is none.
    pub(super) fn under(&mut self, element: Element, flow: &mut Flow) -> Option<Element> {
        let waits = flow.run.iter().all(super::lines::is_space)
            && matches!(flow.blocks.last(), Some(Block::Figure(figure)) if figure.is_silent());
        if !waits || super::lines::holds_pictures(&element.children) {
            return Some(element);
        }
        flow.run.clear();
        let said = self.caption(&mut vec![Node::Element(element)]);
        if let Some(Block::Figure(figure)) = flow.blocks.last_mut() {
            (figure.caption, figure.credit) = said.parted();
        }
        None
    }

    /// Takes the caption out of a figure's content, and the credit out of the caption. Captions of
    /// figures within are theirs.
    pub(super) fn caption(&mut self, nodes: &mut Vec<Node>) -> Said {
        let mut caption = Vec::new();
        let mut credit = Vec::new();
        let is_figure = |element: &Element| {
            element.name == "figure" || has(element, Meaning::Figure) || element.name == "table"
        };
        let is_caption = |element: &Element| {
            element.name == "figcaption"
                || has(element, Meaning::Caption)
                || has(element, Meaning::Under)
        };
        for mut found in take_all(nodes, &is_caption, &is_figure) {
            if self.is_left_out(&found) {
                continue;
            }
            for by in take_all(&mut found.children, &is_credit, &|_| false) {
                add(&mut credit, self.line(by.children));
            }
            let speech = self.speech(&found);
            let words = self.line(found.children);
            match speech {
                Some(speech) if !words.is_empty() => {
                    add(&mut caption, vec![Inline::Foreign(speech, words)]);
                }
                _ => add(&mut caption, words),
            }
        }
        for by in take_all(nodes, &is_credit, &is_figure) {
            add(&mut credit, self.line(by.children));
        }
        inline::tidy(&mut caption);
        inline::tidy(&mut credit);
        Said { caption, credit }
    }
}

/// What is said under a picture, and whose it is where an element of its own says so.
#[derive(Clone)]
pub(super) struct Said {
    caption: Vec<Inline>,
    credit: Vec<Inline>,
}

impl Said {
    /// Caption and credit apart, for what has a place for each.
    fn parted(mut self) -> (Vec<Inline>, Vec<Inline>) {
        if self.credit.is_empty() {
            self.credit = split_credit(&mut self.caption);
        }
        (self.caption, self.credit)
    }

    /// One caption that ends in the credit.
    pub(super) fn whole(mut self) -> Vec<Inline> {
        add(&mut self.caption, self.credit);
        inline::tidy(&mut self.caption);
        self.caption
    }
}

/// Whether an element says whose picture it is, by its class or as schema.org does.
fn is_credit(element: &Element) -> bool {
    has(element, Meaning::Credit) || element.attribute("itemprop") == Some("copyrightHolder")
}

/// Whether a paragraph in a figure only says that this is a picture, to those who do not see it.
fn is_label(block: &Block) -> bool {
    let Block::Paragraph(words) = block else {
        return false;
    };
    let words = inline_text(words);
    CREDITS
        .iter()
        .any(|mark| mark.strip_suffix(':') == Some(words.trim()))
}

pub(super) fn has(element: &Element, wanted: Meaning) -> bool {
    element
        .attribute("class")
        .is_some_and(|class| policy::meanings(class).any(|meaning| meaning == wanted))
}

/// Adds words behind others, with a space between.
fn add(to: &mut Vec<Inline>, mut more: Vec<Inline>) {
    if !to.is_empty() && !more.is_empty() {
        to.push(Inline::Text(" ".into()));
    }
    to.append(&mut more);
}

/// The one line that a figure holds beside its one picture and its caption says whose picture it
/// is; without a caption it is the caption.
fn adopt_words(blocks: &mut Vec<Block>, caption: &mut Vec<Inline>, credit: &mut Vec<Inline>) {
    let [Block::Figure(figure), Block::Paragraph(words)] = blocks.as_mut_slice() else {
        return;
    };
    if !figure.is_silent() || !credit.is_empty() {
        return;
    }
    if caption.is_empty() {
        *caption = std::mem::take(words);
        *credit = split_credit(caption);
    } else {
        *credit = std::mem::take(words);
    }
    blocks.pop();
}

/// Words that begin a credit at the end of a caption.
const CREDITS: [&str; 8] = [
    "Photograph:",
    "Photo:",
    "Foto:",
    "Credit:",
    "Image:",
    "Illustration:",
    "Picture:",
    "Bild:",
];

/// Parts "… at the quay. Photograph: A. Name/Agency" in two.
pub fn split_credit(caption: &mut Vec<Inline>) -> Vec<Inline> {
    let Some(Inline::Text(text)) = caption.last_mut() else {
        return Vec::new();
    };
    let marks = CREDITS.iter().flat_map(|mark| text.match_indices(mark));
    let begins = |at: &usize| !text[..*at].ends_with(char::is_alphanumeric);
    let Some(at) = marks.map(|(at, _)| at).filter(begins).min() else {
        return Vec::new();
    };
    let mut credit = text.split_off(at);
    // "(Photo: A. Name)": the brackets belong to neither, and what follows is the caption's.
    if text.trim_end().ends_with('(')
        && let Some(end) = credit.find(')')
    {
        let rest = credit.split_off(end);
        text.truncate(text.trim_end().len() - 1);
        text.truncate(text.trim_end().len());
        text.push_str(&rest[1..]);
    }
    inline::tidy(caption);
    vec![Inline::Text(credit.trim_end().to_owned())]
}

pub(super) fn width_of(class: &str) -> Width {
    policy::meanings(class)
        .find_map(|meaning| match meaning {
            Meaning::Start => Some(Width::Start),
            Meaning::End => Some(Width::End),
            Meaning::Centre => Some(Width::Centre),
            Meaning::Wide => Some(Width::Wide),
            Meaning::Full => Some(Width::Full),
            _ => None,
        })
        .unwrap_or_default()
}

fn collect(blocks: Vec<Block>, figures: &mut Vec<Figure>, rest: &mut Vec<Block>) {
    for block in blocks {
        match block {
            Block::Figure(figure) => figures.push(figure),
            Block::Gallery {
                figures: mut more, ..
            } => figures.append(&mut more),
            Block::List(list) => {
                let before = figures.len();
                let mut others = Vec::new();
                for item in list.items {
                    collect(item.blocks, figures, &mut others);
                }
                if figures.len() == before {
                    rest.append(&mut others);
                }
            }
            Block::Separator | Block::Anchor(_) => {}
            other => rest.push(other),
        }
    }
}
