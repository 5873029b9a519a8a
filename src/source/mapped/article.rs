//! One item becomes an article, field by field as the mapping says.

use serde_json::Value;

use super::Mapped;
use super::expression::{Expression, slug};
use crate::html::text::collapse;
use crate::model::{Article, Author, Body, CommentThread, Image, Kind, Section, Tag};
use crate::source::place::{Place, is_absolute};
use crate::source::text;

impl Mapped {
    pub(super) fn field(&self, name: &str) -> Option<&Expression> {
        self.0
            .fields
            .iter()
            .find(|(field, _)| *field == name)
            .map(|(_, field)| field)
    }

    pub(super) fn raw(&self, name: &str, item: &Value) -> Option<String> {
        self.field(name)?.value(item, self.0.host)
    }

    /// A field as plain text.
    pub(super) fn text(&self, name: &str, item: &Value) -> Option<String> {
        let field = self.field(name)?;
        self.worded(field, &field.value(item, self.0.host)?)
    }

    /// Every value of a field as plain text.
    fn texts(&self, name: &str, item: &Value) -> Vec<String> {
        self.field(name).map_or_else(Vec::new, |field| {
            let values = field.values(item, self.0.host);
            values
                .iter()
                .filter_map(|value| self.worded(field, value))
                .collect()
        })
    }

    fn worded(&self, field: &Expression, value: &str) -> Option<String> {
        let text = if field.plain {
            collapse(value)
        } else {
            text::of_headline(value, self.0.host)
        };
        (!text.is_empty()).then_some(text)
    }

    /// Every value of a body's field, one after the other: bodies may come in blocks.
    fn blocks(&self, name: &str, item: &Value, between: &str) -> Option<String> {
        let values = self.field(name)?.values(item, self.0.host);
        (!values.is_empty()).then(|| values.join(between))
    }

    fn body(&self, item: &Value) -> Body {
        let html = self.blocks("html", item, "\n");
        let markdown = || {
            let written = self.blocks("markdown", item, "\n\n")?;
            Some(text::markdown::html(&written))
        };
        let text = || self.blocks("text", item, "\n\n").map(Body::Text);
        html.or_else(markdown)
            .map(Body::Html)
            .or_else(text)
            .unwrap_or(Body::Absent)
    }

    pub(super) fn article(&self, item: &Value, place: &Place) -> Result<Article, String> {
        let host = self.0.host;
        let id = self
            .raw("id", item)
            .ok_or("\"source.map.id\" finds nothing in this item")?;
        let body = self.body(item);
        let summary = self.text("summary", item);
        let headline = self
            .text("title", item)
            .or_else(|| summary.as_deref().map(|text| text::shortened(text, 80)))
            // Of the body's opening it is made when everything else is settled.
            .or_else(|| (body != Body::Absent).then(String::new))
            .ok_or("the item has neither a title nor a summary nor a body")?;
        let address = |name| self.raw(name, item).and_then(|url| place.address(&url));
        let picture = |name| self.raw(name, item).and_then(|url| place.picture(&url));
        let url = address("url").filter(|url| is_absolute(url));
        let section = self.text("section", item).and_then(|name| {
            let path = self.raw("section_path", item).or_else(|| slug(&name))?;
            Some(Section {
                name: crate::source::json_feed::named(&name),
                path,
                ..Section::default()
            })
        });
        let names = self.texts("author", item);
        let single = names.len() == 1;
        let number = |name| {
            self.raw(name, item)
                .and_then(|text| text.parse::<u32>().ok())
        };
        let article = Article {
            slug: self.raw("slug", item),
            external_url: address("external_url")
                .or_else(|| {
                    url.clone()
                        .filter(|_| body == Body::Absent && self.0.one.is_none())
                })
                .filter(|external| body == Body::Absent || Some(external) != url.as_ref()),
            standfirst: self.text("standfirst", item),
            kicker: self.text("kicker", item),
            published: self.field("published").and_then(|it| it.date(item, host)),
            modified: self.field("modified").and_then(|it| it.date(item, host)),
            image: picture("image").map(|src| Image {
                src,
                alt: self.text("image_alt", item).unwrap_or_default(),
                caption: self.text("image_caption", item),
                credit: self.text("image_credit", item),
                width: number("image_width").filter(|n| *n > 0),
                height: number("image_height").filter(|n| *n > 0),
                ..Image::default()
            }),
            authors: names
                .into_iter()
                .map(|name| Author {
                    name,
                    slug: self
                        .raw("author_slug", item)
                        .filter(|_| single)
                        .unwrap_or_default(),
                    url: address("author_url").filter(|_| single),
                    avatar: picture("author_avatar").filter(|_| single),
                    ..Author::default()
                })
                .collect(),
            tags: self
                .texts("tags", item)
                .into_iter()
                .filter_map(|name| {
                    Some(Tag {
                        slug: slug(&name)?,
                        name,
                    })
                })
                .collect(),
            kind: match self.raw("kind", item).as_deref() {
                Some("live" | "liveblog") => Kind::Live,
                Some("video") => Kind::Video,
                Some("gallery") => Kind::Gallery,
                Some("opinion") => Kind::Opinion,
                Some("link") => Kind::Link,
                _ => Kind::Article,
            },
            language: self.raw("language", item),
            comments: match (number("comments"), address("comments_url")) {
                (None, None) => None,
                (count, url) => Some(CommentThread {
                    open: false,
                    count,
                    url,
                }),
            },
            rights: self.text("rights", item),
            featured: self
                .field("featured")
                .and_then(|field| field.flag(item, host))
                .is_some_and(|flag| flag == "true" || flag == "1"),
            rank: number("rank"),
            id,
            headline,
            url,
            body,
            summary,
            section,
            ..Article::default()
        };
        Ok(text::settled(article, host))
    }
}
