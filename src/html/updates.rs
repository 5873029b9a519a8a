//! The updates of a live story: each is cleaned by itself, so that nothing one leaves open can
//! swallow the others, and stands in the body as a block of its own.

use super::block::Update;
use super::clean::{Cleaned, Context, clean, clean_part};
use super::ids::{OF_TEXT, prefixed};
use super::{Block, Inline, inline_text, text, words};
use crate::model::{Body, Instant, LiveUpdate};

/// Characters of the words that stand for a missing title.
const TITLE: usize = 80;

/// An update as lists of updates name it.
#[derive(Clone, Debug, PartialEq)]
pub struct Told<'a> {
    /// The fragment of its address.
    pub id: &'a str,
    pub at: Option<Instant>,
    /// Its title, else its first words.
    pub title: String,
    /// Whether the title is its own.
    pub titled: bool,
    pub key: bool,
    pub blocks: &'a [Block],
}

/// The fragment of an update's address, from its own id. One that is part of a text has it there.
pub fn update_id(id: &str) -> Option<String> {
    let of_text = id.starts_with(OF_TEXT);
    prefixed(if of_text { OF_TEXT } else { "update-" }, id)
}

/// Cleans a live story: its text, then its updates, newest first.
pub fn clean_live(body: &Body, updates: &[LiveUpdate], context: &Context<'_>) -> Cleaned {
    let mut cleaned = clean(body, context);
    let mut seen: Vec<String> = self::updates(&cleaned.blocks)
        .map(|told| told.id.to_owned())
        .collect();
    for update in updates {
        let id = update_id(&update.id).filter(|id| !seen.contains(id));
        let Some(id) = id else { continue };
        let prefix = [context.id_prefix, &id, "-"].concat();
        let own = Context {
            headline: None,
            lead_image: None,
            id_prefix: &prefix,
            ..*context
        };
        let part = clean_part(&update.body, &own);
        let title = update.title.as_ref().map(|title| text::collapse(title));
        let title = title.filter(|title| !title.is_empty());
        if part.blocks.is_empty() && title.is_none() {
            continue;
        }
        cleaned.words += part.words + title.as_deref().map_or(0, text::words);
        cleaned.limit = cleaned.limit.or(part.limit);
        cleaned.dropped.add(part.dropped);
        cleaned.blocks.push(Block::Update(Update {
            id: id.clone(),
            time: update.published,
            title: title.into_iter().map(Inline::Text).collect(),
            key: update.key,
            blocks: part.blocks,
        }));
        seen.push(id);
    }
    newest_first(&mut cleaned.blocks);
    cleaned
}

/// Orders each run of updates; one without a time stays where its source put it.
fn newest_first(blocks: &mut [Block]) {
    let time = |block: &Block| match block {
        Block::Update(update) => update.time,
        _ => None,
    };
    for run in blocks.chunk_by_mut(|a, b| time(a).is_some() && time(b).is_some()) {
        run.sort_by_key(|block| std::cmp::Reverse(time(block)));
    }
}

/// The updates among the blocks of a body, in their order.
pub fn updates(blocks: &[Block]) -> impl Iterator<Item = Told<'_>> {
    blocks.iter().filter_map(|block| match block {
        Block::Update(update) => Some(told(update)),
        _ => None,
    })
}

fn told(update: &Update) -> Told<'_> {
    let title = inline_text(&update.title);
    let titled = !title.trim().is_empty();
    let opening = || text::excerpt(&words::of_blocks(&update.blocks), TITLE);
    Told {
        id: &update.id,
        at: update.time,
        title: if titled { title } else { opening() },
        titled,
        key: update.key,
        blocks: &update.blocks,
    }
}
