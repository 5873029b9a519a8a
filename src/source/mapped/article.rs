//! One item becomes an article, field by field as the mapping says.

use serde_json::Value;

use super::expression::{Expression, slug};
use super::{Mapped, words};
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
            words::of_plain(value)
        } else {
            words::of_either(value, self.0.host)
        };
        (!text.is_empty()).then_some(text)
    }

    /// Every value of a body's field, one after the other: bodies may come in blocks.
    fn blocks(&self, name: &str, item: &Value, between: &str) -> Option<String> {
        let values = self.field(name)?.values(item, self.0.host);
        (!values.is_empty()).then(|| values.join(between))
    }

    pub(super) fn article(&self, item: &Value, place: &Place) -> Result<Article, String> {
        let host = self.0.host;
        let id = self
            .raw("id", item)
            .ok_or("\"source.map.id\" finds nothing in this item")?;
        let body = match self.blocks("html", item, "\n") {
            Some(html) => Body::Html(html),
            None => self
                .blocks("text", item, "\n\n")
                .map_or(Body::Absent, Body::Text),
        };
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
                .raw("featured", item)
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

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use serde_json::{Value, json};

    use crate::model::{Article, Body, SourceConfig};
    use crate::platform::HOST;
    use crate::source::mapped::Mapped;
    use crate::source::place::Place;

    fn mapped(source: &Value) -> Mapped {
        let config = SourceConfig::from_value(source).expect("a source");
        Mapped::open(&config, HOST).expect("a mapping")
    }

    fn read(map: &Value, item: &Value) -> Result<Article, String> {
        let source = json!({ "kind": "mapped", "base": "rows.json", "list": { "path": "" },
            "map": map });
        mapped(&source).article(item, &Place::of("rows.json", HOST))
    }

    #[test]
    fn presets_of_plain_text_keep_what_looks_like_markup() {
        let item = json!({ "id": 1, "objectID": "1", "title": "Replace <b>&amp;</b> by <strong>",
            "description": "<p>s and <div>s", "user": { "name": "Ann <3" } });
        for preset in ["dev.to", "hn"] {
            let mapped = mapped(&json!({ "kind": "mapped", "preset": preset, "url": "a.json" }));
            let article = mapped.article(&item, &Place::of("a.json", HOST));
            let article = article.expect(preset);
            assert_eq!(article.headline, "Replace <b>&amp;</b> by <strong>");
            if preset == "dev.to" {
                assert_eq!(article.summary.as_deref(), Some("<p>s and <div>s"));
                assert_eq!(article.authors[0].name, "Ann <3");
            }
        }
    }

    #[test]
    fn names_of_tags_and_people_are_read_as_headlines_are() {
        let map = json!({ "id": "/id", "title": "/t", "tags": "/tags", "author": "/by" });
        let item = json!({ "id": 1, "t": "R&amp;D", "tags": ["R&amp;D", "<b>C</b>", " "],
            "by": ["Ann &amp; Bo", "<i></i>"] });
        let article = read(&map, &item).expect("an article");
        assert_eq!(article.headline, "R&D");
        let tags: Vec<_> = article
            .tags
            .iter()
            .map(|it| (&*it.slug, &*it.name))
            .collect();
        assert_eq!(tags, [("r-d", "R&D"), ("c", "C")]);
        assert_eq!(article.authors.len(), 1);
        assert_eq!(article.authors[0].name, "Ann & Bo");
    }

    #[test]
    fn an_item_without_a_title_is_named_by_what_it_says() {
        let map =
            json!({ "id": "/id", "title": "/t", "summary": "/s", "html": "/h", "text": "/x" });
        let headline = |item: Value| read(&map, &item).map(|article| article.headline);
        assert_eq!(
            headline(json!({ "id": 1, "h": "<p>The quay is <b>closed</b>.</p>" })).as_deref(),
            Ok("The quay is closed.")
        );
        assert_eq!(
            headline(json!({ "id": 1, "t": " ", "x": "Low water" })).as_deref(),
            Ok("Low water")
        );
        assert_eq!(
            headline(json!({ "id": 1, "s": "In short", "x": "At length" })).as_deref(),
            Ok("In short")
        );
        assert!(headline(json!({ "id": 1, "t": "" })).is_err());
    }

    #[test]
    fn a_body_in_blocks_is_read_whole() {
        let map = json!({ "id": "/id", "title": "/t", "html": "/h/*/body", "text": "/x/*/body" });
        let blocks =
            json!([{ "body": "<p>One</p>" }, { "src": "a.jpg" }, { "body": "<p>Two</p>" }]);
        let body = |item: Value| read(&map, &item).expect("an article").body;
        assert_eq!(
            body(json!({ "id": 1, "t": "T", "h": blocks })),
            Body::Html("<p>One</p>\n<p>Two</p>".into())
        );
        assert_eq!(
            body(json!({ "id": 1, "t": "T", "x": [{ "body": "One" }, { "body": "Two" }] })),
            Body::Text("One\n\nTwo".into())
        );
    }

    #[test]
    fn several_values_of_a_headline_are_told_unless_one_is_meant() {
        let notes = |title: Value| {
            let source = json!({ "kind": "mapped", "base": "rows.json", "list": { "path": "" },
                "map": { "id": "/id", "title": title } });
            let batch = mapped(&source).batch(
                &[&json!({ "id": 1, "t": ["One", "Two"] })],
                &Place::of("rows.json", HOST),
            );
            assert_eq!(batch.items[0].headline.get(..3), Some("One"));
            batch.notes.concat()
        };
        assert!(notes(json!("/t")).contains("source.map.title"));
        assert_eq!(notes(json!({ "at": "/t", "first": true })), "");
        assert_eq!(notes(json!({ "at": "/t", "join": ", " })), "");
    }

    #[test]
    fn markdown_of_strapis_blog_template_keeps_its_paragraphs() {
        let mapped = mapped(&json!({ "kind": "mapped", "preset": "strapi", "url": "a.json" }));
        let item = json!({ "documentId": "a", "title": "T", "blocks": [
            { "__component": "shared.rich-text", "body": "## Tides\n\nHigh at *six*." },
            { "__component": "shared.media" },
            { "__component": "shared.quote", "title": "Ann", "body": "Mind the step" }] });
        let article = mapped.article(&item, &Place::of("a.json", HOST));
        assert_eq!(
            article.expect("an article").body,
            Body::Text("## Tides\n\nHigh at *six*.\n\nMind the step".into())
        );
    }
}
