//! The last look at `#` links: those that lead nowhere become words again, and places nothing
//! leads to go. What the walk dropped in between decides, so this runs after it.

use std::collections::HashSet;

use super::block::{Block, Inline, Link};
use super::inline;

/// Makes links and their places agree, until nothing that goes takes another's place along.
pub fn settle(blocks: &mut Vec<Block>) {
    for _ in 0..8 {
        if !settled(blocks) {
            return;
        }
    }
}

/// One round; whether anything went that may have held a place.
fn settled(blocks: &mut Vec<Block>) -> bool {
    let mut places = HashSet::new();
    visit(blocks, &mut |part| collect_place(&part, &mut places));
    visit(blocks, &mut |part| match part {
        Part::Run(run) => unlink(run, &places),
        Part::Link(link) => {
            if matches!(link, Some(Link::Fragment(id)) if !places.contains(id)) {
                *link = None;
            }
        }
        Part::Back(back) => {
            back.take_if(|id| !places.contains(id));
        }
        Part::Place(_) | Part::Fixed(_) => {}
    });
    let mut wanted = HashSet::new();
    visit(blocks, &mut |part| collect_wanted(&part, &mut wanted));
    visit(blocks, &mut |part| match part {
        Part::Run(run) => prune(run, &wanted),
        Part::Place(id) => {
            id.take_if(|id| !wanted.contains(id));
        }
        Part::Link(_) | Part::Back(_) | Part::Fixed(_) => {}
    });
    retain(blocks, &wanted)
}

/// What of a block has to do with links within the body.
enum Part<'a> {
    Run(&'a mut Vec<Inline>),
    Link(&'a mut Option<Link>),
    Back(&'a mut Option<String>),
    /// An id that is there only to be linked to.
    Place(&'a mut Option<String>),
    /// An id that is there anyhow.
    Fixed(&'a str),
}

fn visit(blocks: &mut [Block], each: &mut dyn FnMut(Part<'_>)) {
    for block in blocks {
        match block {
            Block::Paragraph(run)
            | Block::Aligned { text: run, .. }
            | Block::Verse(run)
            | Block::Button { text: run, .. } => {
                each(Part::Run(run));
            }
            Block::Heading(heading) => {
                each(Part::Fixed(&heading.id));
                each(Part::Run(&mut heading.text));
            }
            Block::List(list) => {
                for item in &mut list.items {
                    each(Part::Place(&mut item.id));
                    visit(&mut item.blocks, each);
                }
            }
            Block::Definitions(list) => {
                list.iter_mut()
                    .for_each(|definition| visit(&mut definition.blocks, each));
            }
            Block::Quote { blocks, cite } => {
                visit(blocks, each);
                each(Part::Run(cite));
            }
            Block::PullQuote { text, cite } => {
                each(Part::Run(text));
                each(Part::Run(cite));
            }
            Block::KeyPoints { title, items } => {
                each(Part::Run(title));
                items.iter_mut().for_each(|item| visit(item, each));
            }
            Block::Figure(figure) => {
                each(Part::Link(&mut figure.link));
                each(Part::Run(&mut figure.caption));
                each(Part::Run(&mut figure.credit));
            }
            Block::Gallery { figures, caption } => {
                for figure in figures {
                    each(Part::Link(&mut figure.link));
                    each(Part::Run(&mut figure.caption));
                    each(Part::Run(&mut figure.credit));
                }
                each(Part::Run(caption));
            }
            Block::Media(media) => each(Part::Run(&mut media.caption)),
            Block::Table(table) => {
                each(Part::Run(&mut table.caption));
                let parts = [&mut table.head, &mut table.body, &mut table.foot];
                for cell in parts.into_iter().flatten().flatten() {
                    visit(&mut cell.blocks, each);
                }
            }
            Block::Embed(embed) => {
                visit(&mut embed.text, each);
                each(Part::Run(&mut embed.caption));
            }
            Block::Callout { blocks, .. } | Block::Region { blocks, .. } => visit(blocks, each),
            Block::Details { summary, blocks } => {
                each(Part::Run(summary));
                visit(blocks, each);
            }
            Block::Footnotes(notes) => {
                for note in notes {
                    each(Part::Fixed(&note.id));
                    each(Part::Back(&mut note.back));
                    visit(&mut note.blocks, each);
                }
            }
            Block::Update(update) => {
                each(Part::Fixed(&update.id));
                each(Part::Run(&mut update.title));
                visit(&mut update.blocks, each);
            }
            Block::Anchor(id) => each(Part::Fixed(id)),
            Block::Code { .. } | Block::LinkCard(_) | Block::Separator => {}
        }
    }
}

fn collect_place(part: &Part<'_>, places: &mut HashSet<String>) {
    match part {
        Part::Run(run) => in_run(run, &mut |inline| {
            if let Inline::Anchor(id) = inline {
                places.insert(id.clone());
            }
        }),
        Part::Place(Some(id)) => {
            places.insert(id.clone());
        }
        Part::Fixed(id) => {
            places.insert((*id).to_owned());
        }
        _ => {}
    }
}

fn collect_wanted(part: &Part<'_>, wanted: &mut HashSet<String>) {
    match part {
        Part::Run(run) => in_run(run, &mut |inline| {
            if let Inline::Link(Link::Fragment(id), _) = inline {
                wanted.insert(id.clone());
            }
        }),
        Part::Link(Some(Link::Fragment(id))) => {
            wanted.insert(id.clone());
        }
        Part::Back(Some(id)) => {
            wanted.insert(id.clone());
        }
        _ => {}
    }
}

fn in_run(run: &[Inline], each: &mut dyn FnMut(&Inline)) {
    for inline in run {
        each(inline);
        in_run(inline.children().unwrap_or_default(), each);
    }
}

fn unlink(run: &mut Vec<Inline>, places: &HashSet<String>) {
    run.iter_mut()
        .filter_map(Inline::children_mut)
        .for_each(|text| unlink(text, places));
    let lost = |inline: &Inline| matches!(inline, Inline::Link(Link::Fragment(id), _) if !places.contains(id));
    if run.iter().any(lost) {
        *run = std::mem::take(run)
            .into_iter()
            .flat_map(|inline| match inline {
                Inline::Link(Link::Fragment(id), text) if !places.contains(&id) => text,
                other => vec![other],
            })
            .collect();
        inline::merge(run);
    }
}

fn prune(run: &mut Vec<Inline>, wanted: &HashSet<String>) {
    run.iter_mut()
        .filter_map(Inline::children_mut)
        .for_each(|text| prune(text, wanted));
    let before = run.len();
    run.retain_mut(|inline| match inline {
        Inline::Anchor(id) => wanted.contains(id),
        // What held nothing but a place goes with it.
        other => other.children_mut().is_none_or(|text| !text.is_empty()),
    });
    if run.len() < before {
        inline::merge(run);
    }
}

/// Takes out places between blocks that nothing leads to, at any depth, and what held nothing else;
/// whether there was any such thing.
fn retain(blocks: &mut Vec<Block>, wanted: &HashSet<String>) -> bool {
    let mut emptied = false;
    for block in blocks.iter_mut() {
        emptied |= retain_within(block, wanted);
    }
    blocks.retain_mut(|block| {
        if matches!(block, Block::Anchor(id) if !wanted.contains(id)) {
            return false;
        }
        let kept = remains(block);
        emptied |= !kept;
        kept
    });
    emptied
}

fn retain_within(block: &mut Block, wanted: &HashSet<String>) -> bool {
    let mut emptied = false;
    match block {
        Block::Quote { blocks, .. }
        | Block::Callout { blocks, .. }
        | Block::Region { blocks, .. }
        | Block::Details { blocks, .. } => emptied |= retain(blocks, wanted),
        Block::Update(update) => emptied |= retain(&mut update.blocks, wanted),
        Block::List(list) => {
            for item in &mut list.items {
                emptied |= retain(&mut item.blocks, wanted);
            }
            list.items
                .retain(|item| item.id.is_some() || !item.blocks.is_empty());
        }
        Block::Definitions(list) => {
            for definition in list.iter_mut() {
                emptied |= retain(&mut definition.blocks, wanted);
            }
            list.retain(|definition| !definition.blocks.is_empty());
        }
        Block::Footnotes(notes) => {
            for note in notes.iter_mut() {
                emptied |= retain(&mut note.blocks, wanted);
            }
            notes.retain(|note| !note.blocks.is_empty());
        }
        Block::KeyPoints { items, .. } => {
            for item in items.iter_mut() {
                emptied |= retain(item, wanted);
            }
            items.retain(|item| !item.is_empty());
        }
        Block::Embed(embed) => emptied |= retain(&mut embed.text, wanted),
        Block::Table(table) => {
            let parts = [&mut table.head, &mut table.body, &mut table.foot];
            for cell in parts.into_iter().flatten().flatten() {
                emptied |= retain(&mut cell.blocks, wanted);
            }
        }
        _ => {}
    }
    emptied
}

/// Whether there is anything left of a block; what is only a line now becomes one.
fn remains(block: &mut Block) -> bool {
    match block {
        Block::Paragraph(run) | Block::Aligned { text: run, .. } | Block::Verse(run) => {
            !run.is_empty()
        }
        Block::Quote { blocks, cite: line }
        | Block::Details {
            blocks,
            summary: line,
        } if blocks.is_empty() => {
            let line = std::mem::take(line);
            let kept = !line.is_empty();
            *block = Block::Paragraph(line);
            kept
        }
        Block::Callout { blocks, .. } | Block::Region { blocks, .. } => !blocks.is_empty(),
        Block::List(list) => !list.items.is_empty(),
        Block::Definitions(list) => !list.is_empty(),
        Block::Footnotes(notes) => !notes.is_empty(),
        Block::KeyPoints { items, .. } => !items.is_empty(),
        Block::Update(update) => !(update.blocks.is_empty() && update.title.is_empty()),
        Block::Table(table) => {
            let mut rows = table.head.iter().chain(&table.body).chain(&table.foot);
            rows.any(|row| row.iter().any(|cell| !cell.blocks.is_empty()))
        }
        _ => true,
    }
}
