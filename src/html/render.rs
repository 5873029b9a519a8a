//! Blocks to elements, once for both worlds.
//!
//! `html::write` (text, natively) and `platform::body` (nodes, in the browser) are the two sinks,
//! so they cannot differ in more than how an element is spelled. Every element and attribute a
//! body can have is named in this file and the two beside it.

use super::block::{Align, Block, Figure, Footnote, Heading, Item, Link, List, Speech, Update};
use super::{Inline, Style};
use crate::model::Instant;
use crate::strings::{Key, Strings};

mod inserts;
mod pictures;

/// Takes elements in document order.
pub trait Sink {
    fn open(&mut self, name: &'static str);
    /// Only between `open` and whatever comes next.
    fn attribute(&mut self, name: &'static str, value: &str);
    fn text(&mut self, text: &str);
    fn close(&mut self, name: &'static str);
}

/// What rendering needs beside the blocks.
#[derive(Clone, Copy)]
pub struct WriteOptions<'a> {
    pub strings: &'a Strings,
    /// How the interface's language words a moment.
    pub moment: fn(&str, Instant) -> String,
    /// Links were given by a reader, not an editor.
    pub comment: bool,
}

/// Sends a body to a sink.
pub fn render(blocks: &[Block], options: &WriteOptions<'_>, sink: &mut dyn Sink) {
    Renderer { sink, options }.blocks(blocks);
}

struct Renderer<'a> {
    sink: &'a mut dyn Sink,
    options: &'a WriteOptions<'a>,
}

impl Renderer<'_> {
    fn word(&self, key: Key) -> &str {
        self.options.strings.get(key)
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Paragraph(text) => self.wrapped("p", "", text),
            Block::Aligned { align, text } => self.wrapped("p", align.class(), text),
            Block::Heading(heading) => self.heading(heading),
            Block::List(list) => self.list(list),
            Block::Definitions(definitions) => {
                self.sink.open("dl");
                for definition in definitions {
                    let name = if definition.term { "dt" } else { "dd" };
                    self.sink.open(name);
                    self.tight(&definition.blocks);
                    self.sink.close(name);
                }
                self.sink.close("dl");
            }
            Block::Quote { blocks, cite } => {
                self.sink.open("blockquote");
                self.blocks(blocks);
                self.cite(cite);
                self.sink.close("blockquote");
            }
            Block::PullQuote { text, cite } => {
                self.start("blockquote", "pull-quote");
                self.wrapped("p", "", text);
                self.cite(cite);
                self.sink.close("blockquote");
            }
            Block::KeyPoints { title, items } => {
                self.start("section", "key-points");
                if !title.is_empty() {
                    self.wrapped("p", "key-points-title", title);
                }
                self.sink.open("ul");
                for item in items {
                    self.sink.open("li");
                    self.tight(item);
                    self.sink.close("li");
                }
                self.sink.close("ul");
                self.sink.close("section");
            }
            Block::Figure(figure) => self.figure(figure),
            Block::Gallery { figures, caption } => self.gallery(figures, caption),
            Block::Media(media) => self.media(media),
            Block::Table(table) => self.table(table),
            Block::Code { text, language } => {
                self.start("pre", "code");
                // A block that scrolls sideways has to be reachable by keyboard.
                self.sink.attribute("tabindex", "0");
                self.sink.open("code");
                if let Some(language) = language {
                    self.sink
                        .attribute("class", &format!("language-{language}"));
                }
                self.sink.text(text);
                self.sink.close("code");
                self.sink.close("pre");
            }
            Block::Verse(text) => self.wrapped("pre", "verse", text),
            Block::Embed(embed) => self.embed(embed),
            Block::LinkCard(card) => self.link_card(card),
            Block::Callout { icon, blocks } => {
                self.start("div", "callout");
                self.sink.attribute("role", "note");
                if let Some(icon) = icon {
                    self.start("span", "callout-icon");
                    self.sink.text(icon);
                    self.sink.close("span");
                }
                self.sink.open("div");
                self.blocks(blocks);
                self.sink.close("div");
                self.sink.close("div");
            }
            Block::Details { summary, blocks } => {
                self.sink.open("details");
                self.wrapped("summary", "", summary);
                self.blocks(blocks);
                self.sink.close("details");
            }
            Block::Button { link, text } => {
                self.start("p", "action");
                self.link(link, text);
                self.sink.close("p");
            }
            Block::Separator => {
                self.sink.open("hr");
                self.sink.close("hr");
            }
            Block::Footnotes(notes) => self.footnotes(notes),
            Block::Update(update) => self.update(update),
            Block::Region { speech, blocks } => {
                self.sink.open("div");
                self.speech(speech);
                self.blocks(blocks);
                self.sink.close("div");
            }
            Block::Anchor(id) => {
                self.sink.open("div");
                self.sink.attribute("id", id);
                self.sink.close("div");
            }
        }
    }

    fn start(&mut self, name: &'static str, class: &str) {
        self.sink.open(name);
        if !class.is_empty() {
            self.sink.attribute("class", class);
        }
    }

    fn wrapped(&mut self, name: &'static str, class: &str, text: &[Inline]) {
        self.start(name, class);
        self.inlines(text);
        self.sink.close(name);
    }

    /// The content of an item or cell: a lone paragraph needs no `<p>` there.
    fn tight(&mut self, blocks: &[Block]) {
        match blocks {
            [Block::Paragraph(text), rest @ ..]
                if !rest
                    .iter()
                    .any(|block| matches!(block, Block::Paragraph(_))) =>
            {
                self.inlines(text);
                self.blocks(rest);
            }
            _ => self.blocks(blocks),
        }
    }

    fn cite(&mut self, cite: &[Inline]) {
        if !cite.is_empty() {
            self.sink.open("footer");
            self.wrapped("cite", "", cite);
            self.sink.close("footer");
        }
    }

    fn heading(&mut self, heading: &Heading) {
        let name = ["h2", "h3", "h4", "h5", "h6"][usize::from(heading.level.clamp(2, 6)) - 2];
        self.sink.open(name);
        self.sink.attribute("id", &heading.id);
        self.inlines(&heading.text);
        if !self.options.comment {
            self.start("a", "anchor");
            self.sink.attribute("href", &format!("#{}", heading.id));
            let label = self.options.strings.get(Key::LinkToHeading);
            self.sink.attribute("aria-label", label);
            self.sink.close("a");
        }
        self.sink.close(name);
    }

    fn list(&mut self, list: &List) {
        let name = if list.start.is_some() { "ol" } else { "ul" };
        self.sink.open(name);
        if let Some(start) = list.start.filter(|start| *start != 1) {
            self.sink.attribute("start", &start.to_string());
        }
        if let Some(numerals) = list.numerals {
            self.sink.attribute("type", numerals);
        }
        if list.reversed {
            self.sink.attribute("reversed", "");
        }
        for Item { id, value, blocks } in &list.items {
            self.sink.open("li");
            if let Some(id) = id {
                self.sink.attribute("id", id);
            }
            // In a list without numbers it would mean nothing.
            if let Some(value) = value.filter(|_| list.start.is_some()) {
                self.sink.attribute("value", &value.to_string());
            }
            self.tight(blocks);
            self.sink.close("li");
        }
        self.sink.close(name);
    }

    fn footnotes(&mut self, notes: &[Footnote]) {
        self.start("section", "footnotes");
        self.sink.attribute("role", "doc-endnotes");
        let label = self.options.strings.get(Key::Footnotes);
        self.sink.attribute("aria-label", label);
        self.sink.open("ol");
        for note in notes {
            self.sink.open("li");
            self.sink.attribute("id", &note.id);
            self.tight(&note.blocks);
            if let Some(back) = &note.back {
                self.sink.text(" ");
                self.start("a", "back");
                self.sink.attribute("href", &format!("#{back}"));
                let label = self.options.strings.get(Key::BackToText);
                self.sink.attribute("aria-label", label);
                self.sink.text("↩");
                self.sink.close("a");
            }
            self.sink.close("li");
        }
        self.sink.close("ol");
        self.sink.close("section");
    }

    fn update(&mut self, update: &Update) {
        self.start("section", "update");
        self.sink.attribute("id", &update.id);
        if let Some(time) = update.time {
            let written = time.to_string();
            self.sink.attribute("data-time", &written);
            if update.key {
                self.sink.attribute("data-key", "");
            }
            self.start("a", "update-time");
            self.sink.attribute("href", &format!("#{}", update.id));
            self.sink.open("time");
            self.sink.attribute("datetime", &written);
            let language = &self.options.strings.language;
            self.sink.text(&(self.options.moment)(language, time));
            self.sink.close("time");
            self.sink.close("a");
        }
        if !update.title.is_empty() {
            self.wrapped("h2", "update-title", &update.title);
        }
        self.blocks(&update.blocks);
        self.sink.close("section");
    }

    fn speech(&mut self, speech: &Speech) {
        if let Some(language) = &speech.language {
            self.sink.attribute("lang", language);
        }
        if let Some(direction) = speech.direction {
            self.sink.attribute("dir", direction.as_str());
        }
    }

    fn inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            self.inline(inline);
        }
    }

    fn inline(&mut self, inline: &Inline) {
        match inline {
            Inline::Text(text) => self.sink.text(text),
            Inline::Break => {
                self.sink.open("br");
                self.sink.close("br");
            }
            Inline::Styled(style, text) => self.wrapped(style.element(), "", text),
            Inline::Link(link, text) => self.link(link, text),
            Inline::Abbreviation(title, text) => {
                self.sink.open("abbr");
                self.sink.attribute("title", title);
                self.inlines(text);
                self.sink.close("abbr");
            }
            Inline::Foreign(speech, text) => {
                self.sink.open("span");
                self.speech(speech);
                self.inlines(text);
                self.sink.close("span");
            }
            Inline::Icon(picture) => self.image(picture, "icon", ""),
            Inline::Anchor(id) => {
                self.sink.open("span");
                self.sink.attribute("id", id);
                self.sink.close("span");
            }
        }
    }

    fn link(&mut self, link: &Link, text: &[Inline]) {
        self.sink.open("a");
        self.href(link);
        self.inlines(text);
        self.sink.close("a");
    }

    fn href(&mut self, link: &Link) {
        match link {
            Link::Internal(url) | Link::Contact(url) => self.sink.attribute("href", url.as_str()),
            Link::External(url) => {
                self.sink.attribute("href", url.as_str());
                let rel = match self.options.comment {
                    true => "noopener nofollow ugc",
                    false => "noopener nofollow",
                };
                self.sink.attribute("rel", rel);
            }
            Link::Fragment(id) => self.sink.attribute("href", &format!("#{id}")),
        }
    }

    fn figure(&mut self, figure: &Figure) {
        self.picture_figure(figure, None);
    }
}

impl Align {
    /// What the style sheet calls it; nothing for where text begins anyway.
    pub(super) fn class(self) -> &'static str {
        match self {
            Self::Start => "",
            Self::Centre => "centre",
            Self::End => "end",
        }
    }
}

impl Style {
    /// The element that says it.
    pub(super) fn element(self) -> &'static str {
        match self {
            Self::Strong => "strong",
            Self::Emphasis => "em",
            Self::Code => "code",
            Self::Keyboard => "kbd",
            Self::Mark => "mark",
            Self::Deleted => "del",
            Self::Inserted => "ins",
            Self::Small => "small",
            Self::Subscript => "sub",
            Self::Superscript => "sup",
            Self::Quotation => "q",
            Self::Citation => "cite",
        }
    }
}
