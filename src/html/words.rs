//! The words of a cleaned body: plain text for excerpts, feeds and search, counts for reading time.
//!
//! Anything above may call this; it makes no markup.

use super::text::words;
use super::{Block, Inline};

/// The words of inline content.
pub fn of_inlines(inlines: &[Inline]) -> String {
    let mut out = String::new();
    push_inlines(inlines, &mut out);
    out
}

fn push_inlines(inlines: &[Inline], out: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(text) => out.push_str(text),
            Inline::Break => out.push(' '),
            Inline::Styled(_, text)
            | Inline::Link(_, text)
            | Inline::Abbreviation(_, text)
            | Inline::Foreign(_, text) => push_inlines(text, out),
            Inline::Icon(picture) => out.push_str(&picture.alt),
            Inline::Anchor(_) => {}
        }
    }
}

/// The words of blocks, a line a paragraph: for excerpts, search and feeds.
pub fn of_blocks(blocks: &[Block]) -> String {
    let mut out = String::new();
    each_text(blocks, &mut |inlines| {
        if !out.is_empty() {
            out.push('\n');
        }
        push_inlines(inlines, &mut out);
    });
    out
}

/// Words of blocks as reading time counts them.
pub fn words_of_blocks(blocks: &[Block]) -> usize {
    let mut count = 0;
    let mut line = String::new();
    each_text(blocks, &mut |inlines| {
        line.clear();
        push_inlines(inlines, &mut line);
        count += words(&line);
    });
    count
}

/// Visits every run of readable text in order; captions count, alternative texts do not.
fn each_text(blocks: &[Block], visit: &mut dyn FnMut(&[Inline])) {
    for block in blocks {
        match block {
            Block::Paragraph(text)
            | Block::Aligned { text, .. }
            | Block::Verse(text)
            | Block::Button { text, .. } => visit(text),
            Block::Heading(heading) => visit(&heading.text),
            Block::List(list) => {
                list.items
                    .iter()
                    .for_each(|item| each_text(&item.blocks, visit));
            }
            Block::Definitions(list) => {
                list.iter()
                    .for_each(|definition| each_text(&definition.blocks, visit));
            }
            Block::Quote { blocks, cite } => {
                each_text(blocks, visit);
                visit_some(cite, visit);
            }
            Block::PullQuote { text, cite } => {
                visit(text);
                visit_some(cite, visit);
            }
            Block::KeyPoints { title, items } => {
                visit_some(title, visit);
                items.iter().for_each(|item| each_text(item, visit));
            }
            Block::Figure(figure) => visit_some(&figure.caption, visit),
            Block::Gallery { figures, caption } => {
                figures
                    .iter()
                    .for_each(|figure| visit_some(&figure.caption, visit));
                visit_some(caption, visit);
            }
            Block::Media(media) => visit_some(&media.caption, visit),
            Block::Table(table) => {
                visit_some(&table.caption, visit);
                for cell in [&table.head, &table.body, &table.foot]
                    .into_iter()
                    .flatten()
                    .flatten()
                {
                    each_text(&cell.blocks, visit);
                }
            }
            Block::Code { text, .. } => visit(&[Inline::Text(text.clone())]),
            Block::Embed(embed) => {
                each_text(&embed.text, visit);
                visit_some(&embed.caption, visit);
            }
            Block::Callout { blocks, .. } | Block::Region { blocks, .. } => {
                each_text(blocks, visit);
            }
            Block::Details { summary, blocks } => {
                visit_some(summary, visit);
                each_text(blocks, visit);
            }
            Block::Footnotes(notes) => notes.iter().for_each(|note| each_text(&note.blocks, visit)),
            Block::Update(update) => {
                visit_some(&update.title, visit);
                each_text(&update.blocks, visit);
            }
            Block::LinkCard(_) | Block::Separator | Block::Anchor(_) => {}
        }
    }
}

fn visit_some(text: &[Inline], visit: &mut dyn FnMut(&[Inline])) {
    if !text.is_empty() {
        visit(text);
    }
}
