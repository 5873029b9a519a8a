//! WordPress objects to the model: posts, pages, media, comments.
//!
//! Titles, names, captions and excerpts are HTML and become text; anything embedded may be an error
//! object instead (`code`), and PHP writes an empty object as `[]`.

use std::cmp::Ordering;

use serde_json::Value;

use super::categories::Categories;
use crate::host::Host;
use crate::model::{
    Access, Article, Author, Body, CommentThread, Image, ImageSize, Instant, Kind, Section, Tag,
};
use crate::source::place::{Place, is_absolute, last_segment};
use crate::source::{Batch, Comment, Skipped, json, text};

/// Reads posts of one answer.
pub(super) struct Reader {
    pub place: Place,
    pub host: Host,
}

impl Reader {
    /// Whether some story's category has a parent, or comes as a bare number.
    pub fn needs_categories(&self, items: &Value) -> bool {
        each(items).any(|post| match terms(post, "category").next() {
            Some(term) => term
                .get("_links")
                .and_then(|links| links.get("up"))
                .is_some(),
            None => !json::list(post, "categories").is_empty(),
        })
    }

    /// Every post that can be read; the others are named.
    pub fn batch(&self, items: &Value, categories: Option<&Categories>) -> Batch {
        let mut batch = Batch::default();
        for (n, post) in each(items).enumerate() {
            let read = match hidden(post) {
                Some(reason) => Err(reason),
                None => self
                    .article(post, categories)
                    .ok_or("the post has no id".into()),
            };
            match read {
                Ok(article) => batch.items.push(article),
                Err(reason) => batch.skipped.push(Skipped {
                    item: json::owned(post, "slug")
                        .unwrap_or_else(|| ["item ", &(n + 1).to_string()].concat()),
                    reason,
                }),
            }
        }
        batch
    }

    fn article(&self, post: &Value, categories: Option<&Categories>) -> Option<Article> {
        let id = post.get("id").and_then(json::id)?;
        let url = json::text(post, "link").and_then(|link| self.place.elsewhere(link));
        let slug = json::text(post, "slug")
            .map(text::percent_decoded)
            .or_else(|| last_segment(url.as_deref()?));
        let content = rendered(post, "content").unwrap_or_default();
        let protected = ["content", "excerpt"]
            .iter()
            .any(|key| post.get(key).and_then(|part| json::flag(part, "protected")) == Some(true));
        let locked = protected && content.is_empty();
        let summary = rendered(post, "excerpt").and_then(|html| excerpt(html, self.host));
        let headline = rendered(post, "title")
            .map(|html| text::of_html(html, self.host))
            .unwrap_or_default();
        let article = Article {
            headline,
            body: if content.is_empty() {
                Body::Absent
            } else {
                Body::Html(content.to_owned())
            },
            access: if locked { Access::Locked } else { Access::Full },
            summary,
            published: date(post, "date", "date_gmt"),
            modified: date(post, "modified", "modified_gmt"),
            image: self.image(post),
            authors: embedded(post, "author")
                .filter_map(|author| self.author(author))
                .collect(),
            section: self.section(post, categories),
            tags: terms(post, "post_tag")
                .filter_map(|term| self.tag(term))
                .collect(),
            kind: match json::text(post, "format") {
                Some("video") => Kind::Video,
                Some("gallery") => Kind::Gallery,
                Some("link") => Kind::Link,
                _ => Kind::Article,
            },
            comments: json::text(post, "comment_status").map(|status| CommentThread {
                open: status == "open",
                ..CommentThread::default()
            }),
            featured: json::flag(post, "sticky").unwrap_or(false),
            id,
            slug,
            url,
            ..Article::default()
        };
        Some(text::settled(article, self.host))
    }

    fn author(&self, author: &Value) -> Option<Author> {
        let name = html_text(author.get("name"), self.host)?;
        let avatars = author.get("avatar_urls").and_then(Value::as_object);
        let largest = avatars.and_then(|sizes| {
            sizes
                .iter()
                .max_by_key(|(size, _)| size.parse::<u32>().unwrap_or(0))
        });
        Some(Author {
            name,
            slug: json::owned(author, "slug").unwrap_or_default(),
            url: json::text(author, "url").and_then(|url| self.place.address(url)),
            avatar: largest
                .and_then(|(_, url)| json::plain(url))
                .and_then(|url| self.place.picture(url)),
            bio: html_text(author.get("description"), self.host),
        })
    }

    fn tag(&self, term: &Value) -> Option<Tag> {
        Some(Tag {
            name: html_text(term.get("name"), self.host)?,
            slug: text::percent_decoded(json::text(term, "slug")?),
        })
    }

    /// The first category that says something; "Uncategorized" only when it is the only one.
    fn section(&self, post: &Value, categories: Option<&Categories>) -> Option<Section> {
        let known = json::list(post, "categories")
            .iter()
            .filter_map(Value::as_u64);
        if let Some(categories) = categories {
            let mut found: Vec<_> = known.filter_map(|id| categories.get(id)).collect();
            found.sort_by_key(|category| category.slug == "uncategorized");
            if let Some(first) = found.first() {
                return Some(categories.section(first));
            }
        }
        let mut found: Vec<&Value> = terms(post, "category").collect();
        found.sort_by_key(|term| json::text(term, "slug") == Some("uncategorized"));
        let first = found.first()?;
        Some(Section {
            id: first.get("id").and_then(json::id).unwrap_or_default(),
            name: html_text(first.get("name"), self.host)?,
            path: text::percent_decoded(json::text(first, "slug")?),
            description: html_text(first.get("description"), self.host),
        })
    }

    fn image(&self, post: &Value) -> Option<Image> {
        let Some(media) = embedded(post, "wp:featuredmedia").next() else {
            let src = json::text(post, "jetpack_featured_media_url")?;
            return Some(Image {
                src: self.place.picture(src)?,
                ..Image::default()
            });
        };
        if json::text(media, "media_type").is_some_and(|kind| kind != "image") {
            return None;
        }
        let details = media.get("media_details").unwrap_or(&Value::Null);
        let (width, height) = (
            json::pixels(details, "width"),
            json::pixels(details, "height"),
        );
        Some(Image {
            src: self.place.picture(json::text(media, "source_url")?)?,
            sizes: self.sizes(details, width.zip(height)),
            alt: html_text(media.get("alt_text"), self.host).unwrap_or_default(),
            caption: rendered(media, "caption")
                .map(|html| text::of_html(html, self.host))
                .filter(|text| !text.is_empty()),
            credit: details
                .get("image_meta")
                .and_then(|meta| json::owned(meta, "credit")),
            width,
            height,
            ..Image::default()
        })
    }

    /// The sizes that show the same picture: thumbnails are cropped, plug-ins add icons.
    fn sizes(&self, details: &Value, full: Option<(u32, u32)>) -> Vec<ImageSize> {
        let (Some((full_width, full_height)), Some(sizes)) =
            (full, details.get("sizes").and_then(Value::as_object))
        else {
            return Vec::new();
        };
        let (full_width, full_height) = (u64::from(full_width), u64::from(full_height));
        let mut found: Vec<ImageSize> = sizes
            .values()
            .filter_map(|size| {
                let (width, height) = (json::pixels(size, "width")?, json::pixels(size, "height")?);
                let (across, down) = (
                    u64::from(width) * full_height,
                    u64::from(height) * full_width,
                );
                // Sides are rounded to whole pixels, so the ratio may be off by one of them.
                let same = across.abs_diff(down) <= full_width.max(full_height);
                let src = self.place.picture(json::text(size, "source_url")?)?;
                (same && width >= 100).then_some(ImageSize { src, width })
            })
            .collect();
        found.sort_by_key(|size| size.width);
        found.dedup_by_key(|size| size.width);
        found.truncate(12);
        found
    }
}

/// Comments of an answer, flat, with their parents.
pub(super) fn comments(items: &Value, host: Host) -> Vec<Comment> {
    each(items)
        .filter_map(|comment| {
            Some(Comment {
                id: comment.get("id").and_then(json::id)?,
                parent: json::count(comment, "parent")
                    .filter(|id| *id > 0)
                    .map(|id| id.to_string()),
                author: html_text(comment.get("author_name"), host).unwrap_or_default(),
                author_url: json::text(comment, "author_url")
                    .filter(|url| is_absolute(url))
                    .map(str::to_owned),
                published: date(comment, "date", "date_gmt"),
                html: rendered(comment, "content")?.to_owned(),
            })
        })
        .collect()
}

/// A list's elements, or a single object as its own list.
///
/// A list from which a plug-in has taken something out is an object with numbers for names: PHP
/// writes lists with gaps that way.
fn each(items: &Value) -> impl Iterator<Item = &Value> {
    let list = items.as_array().map_or(&[][..], Vec::as_slice);
    let gaps = items.as_object().filter(|map| numbered(map));
    let single = (items.is_object() && gaps.is_none()).then_some(items);
    list.iter()
        .chain(gaps.into_iter().flat_map(|map| map.values()))
        .chain(single)
}

/// Whether the names of an object are the places of a list.
pub(super) fn numbered(map: &serde_json::Map<String, Value>) -> bool {
    let is_number = |name: &String| name.bytes().all(|byte| byte.is_ascii_digit());
    !map.is_empty() && map.keys().all(is_number)
}

/// Why a post is not for readers: an error in its place, no story, or not published.
fn hidden(post: &Value) -> Option<String> {
    if post.get("code").is_some() {
        let said = json::first(post, &["message", "code"]).unwrap_or_default();
        return Some(["WordPress says: ", said].concat());
    }
    if json::text(post, "type") == Some("attachment") {
        return Some("an attachment, not a story".into());
    }
    json::text(post, "status")
        .filter(|status| *status != "publish")
        .map(|status| ["its status is \"", status, "\", not \"publish\""].concat())
}

/// Embedded resources that are no errors.
fn embedded<'a>(post: &'a Value, what: &str) -> impl Iterator<Item = &'a Value> {
    let list = post
        .get("_embedded")
        .map_or(&[][..], |all| json::list(all, what));
    list.iter()
        .filter(|resource| resource.is_object() && resource.get("code").is_none())
}

/// Embedded terms of one taxonomy: the outer list is not positional.
fn terms<'a>(post: &'a Value, taxonomy: &'static str) -> impl Iterator<Item = &'a Value> {
    let lists = post
        .get("_embedded")
        .map_or(&[][..], |all| json::list(all, "wp:term"));
    lists
        .iter()
        .filter_map(Value::as_array)
        .flatten()
        .filter(move |term| json::text(term, "taxonomy") == Some(taxonomy))
}

/// `{ "rendered": "…" }`, or the text itself.
fn rendered<'a>(value: &'a Value, key: &str) -> Option<&'a str> {
    let part = value.get(key)?;
    json::text(part, "rendered").or_else(|| json::plain(part))
}

pub(super) fn html_text(value: Option<&Value>, host: Host) -> Option<String> {
    let text = text::of_html(json::plain(value?)?, host);
    (!text.is_empty()).then_some(text)
}

/// An excerpt without the theme's "read more" and with one ellipsis for its "[…]".
pub(super) fn excerpt(html: &str, host: Host) -> Option<String> {
    // A theme's own button is not the author's text.
    let html = html
        .find("class=\"more-link")
        .map_or(html, |at| &html[..html[..at].rfind('<').unwrap_or(at)]);
    let text = text::of_html(html, host);
    let mut text = text.as_str();
    let mut cut = false;
    loop {
        let shorter = ["[…]", "[...]", "…", "..."]
            .iter()
            .find_map(|end| text.trim_end().strip_suffix(end));
        match shorter {
            Some(shorter) => (text, cut) = (shorter, true),
            None => break,
        }
    }
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let mut summary = text.to_owned();
    if cut {
        summary.push('…');
    }
    Some(summary)
}

/// The moment in the site's own offset, which is the difference between the two fields.
fn date(value: &Value, local: &str, gmt: &str) -> Option<Instant> {
    let local = json::date(value, local);
    let Some(moment) = json::date(value, gmt) else {
        return local;
    };
    let Some(local) = local else {
        return Some(moment);
    };
    let seconds = local.epoch - moment.epoch;
    let minutes = i16::try_from(seconds / 60).unwrap_or(0);
    match minutes.unsigned_abs().cmp(&(15 * 60)) {
        Ordering::Greater => Some(moment),
        _ => Some(Instant {
            offset: minutes,
            ..moment
        }),
    }
}
