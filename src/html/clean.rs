//! The one way from a body as it came to blocks: limits, parsing, policy, finishing.
//!
//! `store` (in the browser) and `prerender` call [`clean`]; comments pass through the same door
//! with `comment` set. Nothing here knows how blocks are shown.

use super::anchors;
use super::ids::OF_TEXT;
use super::limits::{self, Limit};
use super::policy::{self, Rule};
use super::tree::{Node, text_of};
use super::walk::Walker;
use super::walk::figures::split_credit;
use super::walk::pictures::same_picture;
use super::words::{of_blocks, words_of_blocks};
use super::{Block, Figure, Inline, List, inline, inline_text, text};
use crate::host::Host;
use crate::model::Body;

/// What cleaning needs to know of the page a body stands on.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    pub host: &'a Host,
    /// The article's own address, to resolve relative ones against.
    pub base_url: Option<&'a str>,
    /// Maps the absolute address of one of the source's own articles to a path of this site.
    pub site_links: &'a dyn Fn(&str) -> Option<String>,
    /// A first heading that only repeats it is dropped.
    pub headline: Option<&'a str>,
    /// A first picture that only repeats it is dropped.
    pub lead_image: Option<&'a str>,
    /// Put before every id, so that none of the body's clashes with the page's.
    pub id_prefix: &'a str,
    /// A reader's comment: no headings, pictures, embeds or tables, and links are marked as such.
    pub comment: bool,
    /// The article's language; a region that only repeats it is not marked.
    pub language: Option<&'a str>,
}

impl<'a> Context<'a> {
    /// Of a text of which nothing is known but its address, on a page of its own.
    pub fn new(host: &'a Host, base_url: Option<&'a str>) -> Self {
        Self {
            host,
            base_url,
            site_links: &|_| None,
            headline: None,
            lead_image: None,
            id_prefix: OF_TEXT,
            comment: false,
            language: None,
        }
    }
}

/// A cleaned body and what became of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cleaned {
    pub blocks: Vec<Block>,
    /// Sub-headings for "Jump to".
    pub outline: Vec<Entry>,
    pub words: usize,
    /// Key points that stood at the top, lifted out to be shown above the body.
    pub key_points: Vec<String>,
    /// The picture that was left out because it only repeats the lead; what it says of itself may be
    /// more than the lead does.
    pub repeated: Option<Figure>,
    /// Why the body is shown as plain text, if it is.
    pub limit: Option<Limit>,
    pub dropped: Dropped,
}

/// A sub-heading as a list of contents shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    pub level: u8,
    pub id: String,
    pub text: String,
}

/// What the policy left out, for `dateline check`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Dropped {
    /// Scripts, styles, forms and other elements that were dropped with their content.
    pub elements: usize,
    /// Links whose address was refused; their words stayed.
    pub links: usize,
    /// Pictures and films without a usable address, and tracking pixels.
    pub pictures: usize,
    /// Frames of unknown providers, shown as link cards.
    pub frames: usize,
}

impl Dropped {
    pub(super) fn add(&mut self, other: Self) {
        self.elements += other.elements;
        self.links += other.links;
        self.pictures += other.pictures;
        self.frames += other.frames;
    }
}

/// Cleans a body.
pub fn clean(body: &Body, context: &Context<'_>) -> Cleaned {
    match body {
        Body::Absent => Cleaned::default(),
        Body::Text(text) => {
            let (blocks, breaks_off) = paragraphs(text);
            finish(blocks, breaks_off.then_some(Limit::Length))
        }
        Body::Html(html) => {
            let html = &limits::light(html);
            match limits::check(html) {
                Some(limit) => plain(html, limit, context),
                None => parsed(html, context),
            }
        }
    }
}

/// Why a body would not be shown as it came, as far as that is known without parsing it.
pub fn limit_of(body: &Body, host: &Host) -> Option<Limit> {
    match body {
        Body::Html(html) if limits::check(&limits::light(html)).is_none() => None,
        Body::Text(text) if text.len() <= limits::PLAIN => None,
        large => clean(large, &Context::new(host, None)).limit,
    }
}

/// Cleans what stands among other things on its page: nothing of it belongs elsewhere there.
pub(super) fn clean_part(body: &Body, context: &Context<'_>) -> Cleaned {
    let Body::Html(html) = body else {
        return clean(body, context);
    };
    let html = &limits::light(html);
    let walked = match limits::check(html) {
        Some(limit) => Err(limit),
        None => walked(html, context),
    };
    match walked {
        Ok((mut blocks, dropped, _)) => {
            tidy_separators(&mut blocks);
            level_headings(&mut blocks, &mut 2);
            Cleaned {
                dropped,
                ..finish(blocks, None)
            }
        }
        Err(limit) => plain(html, limit, context),
    }
}

/// The body parsed and through the policy, and whether anything in it leads to a place within.
fn walked(html: &str, context: &Context<'_>) -> Result<(Vec<Block>, Dropped, bool), Limit> {
    let mut nodes = (context.host.parse_html)(html);
    if let Some(markup) = escaped_once_more(&nodes).filter(|_| !context.comment) {
        if let Some(limit) = limits::check(&markup) {
            return Err(limit);
        }
        nodes = (context.host.parse_html)(&markup);
    }
    let mut walker = Walker::new(context, &nodes);
    let mut blocks = walker.blocks(nodes);
    if walker.too_deep {
        return Err(Limit::Depth);
    }
    if walker.ids.used {
        anchors::settle(&mut blocks);
    }
    Ok((blocks, walker.dropped, walker.ids.used))
}

/// Markup that came as the text of a body without any element: its source escaped it once too often.
/// A text that only speaks of tags stands in some element, or begins or ends otherwise.
fn escaped_once_more(nodes: &[Node]) -> Option<String> {
    let is_text = |node: &Node| matches!(node, Node::Text(_));
    let text = nodes.iter().all(is_text).then(|| text_of(nodes))?;
    let mut markup = text.trim();
    while let Some((_, rest)) = markup
        .strip_prefix("<!--")
        .and_then(|it| it.split_once("-->"))
    {
        markup = rest.trim_start();
    }
    while let Some((rest, _)) = markup
        .strip_suffix("-->")
        .and_then(|it| it.rsplit_once("<!--"))
    {
        markup = rest.trim_end();
    }
    let (_, last) = markup.strip_suffix('>')?.rsplit_once("</")?;
    let first = markup.strip_prefix('<')?;
    let first = first.split([' ', '\n', '\t', '>']).next()?;
    (is_block(first) && is_block(last)).then(|| markup.to_owned())
}

/// Whether a tag's name is that of something a body is made of.
fn is_block(name: &str) -> bool {
    matches!(
        policy::rule(&name.to_ascii_lowercase()),
        Rule::Block
            | Rule::Paragraph
            | Rule::Heading(_)
            | Rule::List { .. }
            | Rule::Quote
            | Rule::Figure
            | Rule::Table
    )
}

fn parsed(html: &str, context: &Context<'_>) -> Cleaned {
    let (mut blocks, dropped, leads) = match walked(html, context) {
        Ok(walked) => walked,
        Err(limit) => return plain(html, limit, context),
    };
    let repeated = drop_repetitions(&mut blocks, context);
    tidy_separators(&mut blocks);
    let key_points = lift_key_points(&mut blocks);
    if leads {
        // What was taken out may have led somewhere, or been where something led.
        anchors::settle(&mut blocks);
    }
    tidy_separators(&mut blocks);
    adopt_captions(&mut blocks);
    level_headings(&mut blocks, &mut 1);
    if context.lead_image.is_none() && !context.comment {
        mark_first(&mut blocks);
    }
    let mut outline = Vec::new();
    collect_outline(&blocks, &mut outline);
    Cleaned {
        outline,
        key_points,
        repeated,
        dropped,
        ..finish(blocks, None)
    }
}

/// Drops a first heading and a first picture that the page's head has shown already; gives back the
/// picture.
fn drop_repetitions(blocks: &mut Vec<Block>, context: &Context<'_>) -> Option<Figure> {
    if let Some(headline) = context.headline
        && let Some(Block::Heading(heading)) = blocks.first()
        && same_words(&inline_text(&heading.text), headline)
    {
        blocks.remove(0);
    }
    let lead = context.lead_image?;
    let at = blocks.iter().take(2).position(|block| {
        matches!(block, Block::Figure(figure) if same_picture(figure.picture.src.as_str(), lead))
    })?;
    match blocks.remove(at) {
        Block::Figure(figure) => Some(figure),
        _ => None,
    }
}

fn same_words(a: &str, b: &str) -> bool {
    let letters = |text: &str| {
        text.chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect::<String>()
    };
    !b.is_empty() && letters(a) == letters(b)
}

/// Key points among the first blocks are the page's, not the body's; all of them, or a second list
/// would be among the first once the first is gone.
fn lift_key_points(blocks: &mut Vec<Block>) -> Vec<String> {
    let mut points = Vec::new();
    let mut kept = Vec::new();
    let mut rest = std::mem::take(blocks).into_iter();
    while kept.len() < 3
        && let Some(block) = rest.next()
    {
        match block {
            Block::KeyPoints { items, .. } => {
                let words = |item: &Vec<Block>| of_blocks(item).replace('\n', " ");
                points.extend(items.iter().map(words));
            }
            other => kept.push(other),
        }
    }
    kept.extend(rest);
    *blocks = kept;
    points
}

/// No rule at either end, no two in a row.
fn tidy_separators(blocks: &mut Vec<Block>) {
    blocks.dedup_by(|a, b| matches!((a, b), (Block::Separator, Block::Separator)));
    if matches!(blocks.first(), Some(Block::Separator)) {
        blocks.remove(0);
    }
    if matches!(blocks.last(), Some(Block::Separator)) {
        blocks.pop();
    }
}

/// A list of one line under a picture that has no caption is its caption: so the Guardian's bodies
/// have it, and others that were taken from its pages.
fn adopt_captions(blocks: &mut Vec<Block>) {
    let mut kept: Vec<Block> = Vec::with_capacity(blocks.len());
    for mut block in std::mem::take(blocks) {
        if let (Some(Block::Figure(figure)), Block::List(list)) = (kept.last_mut(), &mut block)
            && figure.is_silent()
            && let Some(words) = only_line(list)
        {
            figure.caption = std::mem::take(words);
            figure.credit = split_credit(&mut figure.caption);
            continue;
        }
        kept.push(block);
    }
    *blocks = kept;
}

/// The line of a list that has no more, and no numbers.
fn only_line(list: &mut List) -> Option<&mut Vec<Inline>> {
    match list.items.as_mut_slice() {
        [item] if list.start.is_none() && item.id.is_none() => match item.blocks.as_mut_slice() {
            [Block::Paragraph(words)] => Some(words),
            _ => None,
        },
        _ => None,
    }
}

/// Headings go down one level at a time, whatever sizes the editor chose by eye.
fn level_headings(blocks: &mut [Block], last: &mut u8) {
    for block in blocks {
        match block {
            Block::Heading(heading) => {
                heading.level = heading.level.min(*last + 1);
                *last = heading.level;
            }
            Block::Update(update) => level_headings(&mut update.blocks, &mut 2),
            Block::Region { blocks, .. } | Block::Callout { blocks, .. } => {
                level_headings(blocks, last);
            }
            Block::Details { blocks, .. } | Block::Quote { blocks, .. } => {
                level_headings(blocks, last);
            }
            Block::List(list) => {
                list.items
                    .iter_mut()
                    .for_each(|item| level_headings(&mut item.blocks, last));
            }
            _ => {}
        }
    }
}

/// Without a lead picture, the first picture of the text is what the reader waits for.
fn mark_first(blocks: &mut [Block]) {
    if let Some(Block::Figure(figure)) = blocks
        .iter_mut()
        .take(3)
        .find(|b| matches!(b, Block::Figure(_)))
    {
        figure.picture.first = true;
    }
}

fn collect_outline(blocks: &[Block], outline: &mut Vec<Entry>) {
    for block in blocks {
        match block {
            Block::Heading(heading) => outline.push(Entry {
                level: heading.level,
                id: heading.id.clone(),
                text: inline_text(&heading.text),
            }),
            Block::Update(update) if !update.title.is_empty() => outline.push(Entry {
                level: 2,
                id: update.id.clone(),
                text: inline_text(&update.title),
            }),
            Block::Region { blocks, .. } => collect_outline(blocks, outline),
            _ => {}
        }
    }
}

/// The text of a body that is too much to parse.
fn plain(html: &str, limit: Limit, context: &Context<'_>) -> Cleaned {
    let most = html.floor_char_boundary(limits::PLAIN * 8);
    let most = match html[..most].rfind('<') {
        Some(tag) if most < html.len() => tag,
        _ => most,
    };
    let text = text::decode(context.host, &text::strip(&html[..most], "\n\n"));
    let (mut blocks, mut breaks_off) = paragraphs(&text);
    // As in markup: shortcodes that nothing expanded are no words.
    blocks.retain_mut(|block| match block {
        Block::Paragraph(run) => {
            inline::tidy(run);
            !inline::is_blank(run)
        }
        _ => true,
    });
    if most < html.len() && !breaks_off {
        breaks_off = true;
        blocks.push(Block::Paragraph(vec![Inline::Text("…".into())]));
    }
    finish(blocks, Some(if breaks_off { Limit::Length } else { limit }))
}

fn finish(blocks: Vec<Block>, limit: Option<Limit>) -> Cleaned {
    let words = words_of_blocks(&blocks);
    Cleaned {
        blocks,
        words,
        limit,
        ..Cleaned::default()
    }
}

/// Plain text as paragraphs: empty lines part them, single line ends stay as such. Says whether the
/// text breaks off because it is too long.
fn paragraphs(text: &str) -> (Vec<Block>, bool) {
    let mut blocks = Vec::new();
    let mut inlines: Vec<Inline> = Vec::new();
    let mut left = limits::PLAIN;
    let mut breaks_off = false;
    for line in text.lines().chain([""]) {
        let mut line = text::collapse(line);
        let length = line.chars().count();
        if length > left {
            breaks_off = true;
            line = text::excerpt(&line, left);
        }
        left = left.saturating_sub(length);
        if !line.is_empty() {
            if !inlines.is_empty() {
                inlines.push(Inline::Break);
            }
            inlines.push(Inline::Text(line));
        } else if !inlines.is_empty() {
            blocks.push(Block::Paragraph(std::mem::take(&mut inlines)));
        }
        if breaks_off {
            blocks.push(Block::Paragraph(inlines));
            break;
        }
    }
    (blocks, breaks_off)
}
