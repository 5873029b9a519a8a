//! What stands between paragraphs as elements: embeds, link cards, films, tables.

use super::Renderer;
use crate::html::block::{Align, Cell, Embed, LinkCard, Media, Table};
use crate::html::provider::Shape;
use crate::strings::Key;

impl Renderer<'_> {
    /// A plain link that works by itself, and a button that waits for the app.
    pub(super) fn embed(&mut self, embed: &Embed) {
        let class = match embed.provider.shape {
            Shape::Film => "embed film",
            Shape::Sound => "embed sound",
            Shape::Post => "embed post",
        };
        let provider = [("provider", embed.provider.name)];
        self.start("figure", class);
        self.sink.attribute("data-embed", embed.provider.key);
        self.sink.attribute("data-id", &embed.id);
        self.start("div", "embed-card");
        if !embed.text.is_empty() {
            self.sink.open("blockquote");
            self.blocks(&embed.text);
            self.sink.close("blockquote");
        }
        self.start("a", if embed.title.is_none() { "open" } else { "" });
        self.sink.attribute("href", embed.page.as_str());
        self.sink.attribute("rel", "noopener nofollow");
        match &embed.title {
            Some(title) => self.sink.text(title),
            None => self
                .sink
                .text(&self.options.strings.fill(Key::EmbedOpen, &provider)),
        }
        self.sink.close("a");
        self.sink.open("button");
        self.sink.attribute("type", "button");
        self.sink.attribute("disabled", "");
        self.sink
            .text(&self.options.strings.fill(Key::EmbedLoad, &provider));
        self.sink.close("button");
        self.sink.close("div");
        if !embed.caption.is_empty() {
            self.wrapped("figcaption", "", &embed.caption);
        }
        self.sink.close("figure");
    }

    pub(super) fn link_card(&mut self, card: &LinkCard) {
        self.start("div", "link-card");
        if let Some(picture) = &card.picture {
            self.sink.open("img");
            self.sink.attribute("src", picture.as_str());
            self.sink.attribute("alt", "");
            self.sink.attribute("class", "unsized");
            self.sink.attribute("loading", "lazy");
            self.sink.attribute("decoding", "async");
            self.sink.close("img");
        }
        self.sink.open("a");
        self.href(&card.link);
        self.sink.text(&card.title);
        self.sink.close("a");
        for (class, text) in [
            ("description", &card.description),
            ("publisher", &card.publisher),
        ] {
            if !text.is_empty() {
                self.start("p", class);
                self.sink.text(text);
                self.sink.close("p");
            }
        }
        self.sink.close("div");
    }

    pub(super) fn media(&mut self, media: &Media) {
        let name = if media.video { "video" } else { "audio" };
        self.start("figure", "media");
        self.sink.open(name);
        self.sink.attribute("src", media.src.as_str());
        self.sink.attribute("controls", "");
        self.sink.attribute("preload", "none");
        if media.video {
            if let Some(poster) = &media.poster {
                self.sink.attribute("poster", poster.as_str());
            }
            if let Some((width, height)) = media.size {
                self.sink.attribute("width", &width.to_string());
                self.sink.attribute("height", &height.to_string());
            }
        }
        self.sink.close(name);
        if !media.caption.is_empty() {
            self.wrapped("figcaption", "", &media.caption);
        }
        self.sink.close("figure");
    }

    pub(super) fn table(&mut self, table: &Table) {
        self.start("div", "table-scroll");
        self.sink.attribute("role", "region");
        self.sink.attribute("tabindex", "0");
        let mut label = self.word(Key::Table).to_owned();
        let caption = crate::html::inline_text(&table.caption);
        if !caption.is_empty() {
            label.push_str(": ");
            label.push_str(&caption);
        }
        self.sink.attribute("aria-label", &label);
        self.sink.open("table");
        if !table.caption.is_empty() {
            self.wrapped("caption", "", &table.caption);
        }
        self.rows("thead", &table.head);
        self.rows("tbody", &table.body);
        self.rows("tfoot", &table.foot);
        self.sink.close("table");
        self.sink.close("div");
    }

    fn rows(&mut self, name: &'static str, rows: &[Vec<Cell>]) {
        if rows.is_empty() {
            return;
        }
        self.sink.open(name);
        for row in rows {
            self.sink.open("tr");
            for cell in row {
                self.cell(cell, name == "thead");
            }
            self.sink.close("tr");
        }
        self.sink.close(name);
    }

    fn cell(&mut self, cell: &Cell, in_head: bool) {
        let name = if cell.header { "th" } else { "td" };
        self.sink.open(name);
        if cell.header {
            self.sink
                .attribute("scope", if in_head { "col" } else { "row" });
        }
        if cell.columns > 1 {
            self.sink.attribute("colspan", &cell.columns.to_string());
        }
        if cell.rows > 1 {
            self.sink.attribute("rowspan", &cell.rows.to_string());
        }
        if cell.align != Align::Start {
            self.sink.attribute("class", cell.align.class());
        }
        self.tight(&cell.blocks);
        self.sink.close(name);
    }
}
