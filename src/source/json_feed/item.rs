//! One item of a feed to an [`Article`], and the feed's own fields to [`FeedHead`].

use serde_json::{Map, Value};

use crate::host::Host;
use crate::model::{
    Access, Article, Author, Body, CommentThread, Correction, Image, ImageSize, Kind, PullQuote,
    Section, Slug, Tag,
};
use crate::source::place::{self, Place};
use crate::source::{About, Skipped, Unread, json, live, text};

/// What a feed says of itself and lends to its items.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FeedHead {
    pub about: About,
    pub authors: Vec<Author>,
    /// The address of the next page, resolved.
    pub next: Option<String>,
    /// What its items gave for dates; known when they have been read.
    pub unread: Unread,
}

/// Where an item has its dates.
const PUBLISHED: &str = "date_published";
const MODIFIED: &str = "date_modified";

/// Notes what an item gives for dates and is none.
pub(super) fn unread(item: &Value, unread: &mut Unread) {
    json::unread(item, PUBLISHED, &mut unread.published);
    json::unread(item, MODIFIED, &mut unread.modified);
}

pub(super) fn head(fields: &Map<String, Value>, place: &Place) -> FeedHead {
    let fields = Value::Object(fields.clone());
    FeedHead {
        about: About {
            title: json::text(&fields, "title").map(text::unescaped),
            description: json::text(&fields, "description").map(text::unescaped),
            language: json::owned(&fields, "language"),
            home: json::text(&fields, "home_page_url").and_then(|url| place.address(url)),
            icon: json::first(&fields, &["icon", "favicon"]).and_then(|url| place.picture(url)),
            sections: Vec::new(),
        },
        authors: authors(&fields, place),
        next: json::text(&fields, "next_url").and_then(|url| place.address(url)),
        unread: Unread::default(),
    }
}

/// Reads one item. `position` counts from 1 and names an item that says nothing else of itself.
pub(super) fn article(
    item: &Value,
    position: usize,
    head: &FeedHead,
    place: &Place,
    host: Host,
) -> Result<Article, Skipped> {
    if !item.is_object() {
        return Err(Skipped {
            item: numbered(position),
            reason: ["the item should be an object, but is ", json::kind_of(item)].concat(),
        });
    }
    // A story's own address is relative to the site it appears on, pictures to the feed's folder.
    let home = head
        .about
        .home
        .as_deref()
        .filter(|home| place::is_absolute(home));
    let links = home.map_or_else(|| place.clone(), |home| Place::of(home, host));
    let own = item.get("_dateline").unwrap_or(&Value::Null);

    let url = json::text(item, "url").and_then(|url| links.address(url));
    let external_url = json::text(item, "external_url").and_then(|url| links.address(url));
    let id = item
        .get("id")
        .and_then(json::id)
        .or_else(|| url.clone())
        .or(external_url.clone());
    let Some(id) = id else {
        return Err(Skipped {
            item: json::text(item, "title").map_or_else(|| numbered(position), str::to_owned),
            reason: "the item has neither an id nor an address".into(),
        });
    };
    let kind = json::text(own, "kind").and_then(kind).unwrap_or_default();
    let live = live::of(own, &links).filter(|_| kind == Kind::Live);
    let told = live.as_ref().is_some_and(|live| !live.updates.is_empty());
    let body = match (
        json::text(item, "content_html"),
        json::text(item, "content_text"),
    ) {
        (Some(html), _) => Body::Html(html.to_owned()),
        (None, Some(text)) => Body::Text(text.to_owned()),
        // The updates are the text.
        (None, None) if told => Body::Text(String::new()),
        (None, None) => Body::Absent,
    };
    // A year may be a title.
    let line = |key| Some(text::unescaped(&json::id(item.get(key)?)?));
    let summary = line("summary");
    let slug = json::owned(own, "slug")
        .or_else(|| url.as_deref().and_then(place::last_segment))
        .or_else(|| {
            place::is_absolute(&id)
                .then(|| place::last_segment(&id))
                .flatten()
        });
    let tags = tags(item);
    let article = Article {
        headline: line("title").unwrap_or_default(),
        section: own.get("section").and_then(section).or_else(|| {
            tags.first().map(|tag| Section {
                name: tag.name.clone(),
                path: tag.slug.clone(),
                ..Section::default()
            })
        }),
        standfirst: json::text(own, "standfirst").map(text::unescaped),
        kicker: json::text(own, "kicker").map(text::unescaped),
        published: json::date(item, PUBLISHED),
        modified: json::date(item, MODIFIED),
        image: image(item, own, place),
        authors: match authors(item, &links) {
            none if none.is_empty() => head.authors.clone(),
            some => some,
        },
        access: match json::text(own, "access") {
            Some("preview") => Access::Preview,
            Some("locked") => Access::Locked,
            _ => Access::Full,
        },
        language: json::owned(item, "language"),
        comments: own
            .get("comments")
            .and_then(|thread| comments(thread, place)),
        key_points: texts(own, "key_points"),
        pull_quotes: json::list(own, "pull_quotes")
            .iter()
            .filter_map(pull_quote)
            .collect(),
        corrections: json::list(own, "corrections")
            .iter()
            .filter_map(correction)
            .collect(),
        related: json::list(own, "related")
            .iter()
            .filter_map(json::id)
            .collect(),
        featured: json::flag(own, "featured").unwrap_or(false),
        rank: json::count(own, "rank").and_then(|rank| u32::try_from(rank).ok()),
        rights: None,
        id,
        kind,
        live,
        slug,
        url,
        external_url,
        body,
        summary,
        tags,
    };
    Ok(text::settled(article, host))
}

fn numbered(position: usize) -> String {
    let mut name = String::from("item ");
    name.push_str(&position.to_string());
    name
}

/// `authors`, else the `author` of version 1.0; either may be a list or one alone.
fn authors(value: &Value, place: &Place) -> Vec<Author> {
    let read = |key| -> Vec<Author> {
        json::each(value, key)
            .iter()
            .filter_map(|author| self::author(author, place))
            .collect()
    };
    match read("authors") {
        none if none.is_empty() => read("author"),
        some => some,
    }
}

fn author(value: &Value, place: &Place) -> Option<Author> {
    let name = json::plain(value).or_else(|| json::text(value, "name"))?;
    // JSON Feed has no place for what an author's page says, so it stands in our own extension.
    let own = value.get("_dateline").unwrap_or(&Value::Null);
    Some(Author {
        name: text::unescaped(name),
        slug: json::text(own, "slug")
            .and_then(Slug::from_text)
            .map(|slug| slug.as_str().to_owned())
            .unwrap_or_default(),
        url: json::text(value, "url").and_then(|url| place.address(url)),
        avatar: json::text(value, "avatar").and_then(|url| place.picture(url)),
        bio: json::text(own, "bio").map(text::unescaped),
    })
}

/// The tags of an item, which some write as one text with commas.
fn tags(item: &Value) -> Vec<Tag> {
    match json::text(item, "tags") {
        Some(all) => all
            .split(',')
            .filter_map(|name| tag(&name.into()))
            .collect(),
        None => json::list(item, "tags").iter().filter_map(tag).collect(),
    }
}

pub(crate) fn tag(value: &Value) -> Option<Tag> {
    let name = json::id(value).or_else(|| json::owned(value, "name"))?;
    let name = text::unescaped(&name);
    let slug = Slug::from_label(&name)?.as_str().to_owned();
    Some(Tag { name, slug })
}

/// A section as its path (`world/europe`), its name (`Arts & Books`), or an object with both.
fn section(value: &Value) -> Option<Section> {
    let path = json::plain(value)
        .or_else(|| json::first(value, &["path", "slug"]))
        .or_else(|| json::text(value, "name"))?;
    let last = path.trim_matches('/').rsplit('/').next()?;
    let name = json::text(value, "name").map_or_else(|| named(last), str::to_owned);
    let name = text::unescaped(&name);
    let segments = path.split('/').filter_map(Slug::from_text);
    let path: Vec<String> = segments.map(|slug| slug.as_str().to_owned()).collect();
    if path.is_empty() {
        return None;
    }
    Some(Section {
        name,
        path: path.join("/"),
        description: json::owned(value, "description"),
        ..Section::default()
    })
}

/// A slug as a name: `local-news` is "Local news"; what is no slug is a name already.
pub(crate) fn named(text: &str) -> String {
    if text.chars().any(|c| c.is_uppercase() || c.is_whitespace()) {
        return text.to_owned();
    }
    let spaced = text.replace(['-', '_'], " ");
    let mut chars = spaced.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => spaced,
    }
}

fn kind(name: &str) -> Option<Kind> {
    Some(match name {
        "live" => Kind::Live,
        "video" => Kind::Video,
        "gallery" => Kind::Gallery,
        "opinion" => Kind::Opinion,
        "link" => Kind::Link,
        "article" => Kind::Article,
        _ => return None,
    })
}

fn image(item: &Value, own: &Value, place: &Place) -> Option<Image> {
    let more = own.get("image").unwrap_or(&Value::Null);
    let src = json::first(item, &["image", "banner_image"])
        .or_else(|| json::text(more, "src"))
        .or_else(|| json::plain(more))
        .or_else(|| json::first(item.get("image")?, &["url", "src"]))
        .or_else(|| attached_picture(item))
        .and_then(|src| place.picture(src))?;
    Some(Image {
        src,
        sizes: sizes(more.get("srcset"), place),
        alt: json::owned(more, "alt").unwrap_or_default(),
        caption: json::owned(more, "caption"),
        credit: json::owned(more, "credit"),
        width: json::pixels(more, "width"),
        height: json::pixels(more, "height"),
        ..Image::default()
    })
}

fn attached_picture(item: &Value) -> Option<&str> {
    json::list(item, "attachments")
        .iter()
        .find(|it| json::text(it, "mime_type").is_some_and(|mime| mime.starts_with("image/")))
        .and_then(|attachment| json::text(attachment, "url"))
}

/// A `srcset` text with width descriptors, or a list of `{ src, width }`; 12 candidates at most.
fn sizes(value: Option<&Value>, place: &Place) -> Vec<ImageSize> {
    let mut sizes = Vec::new();
    match value {
        Some(Value::String(srcset)) => {
            let mut words = srcset.split_whitespace();
            while let (Some(src), Some(descriptor)) = (words.next(), words.next()) {
                let width = descriptor.trim_end_matches(',').strip_suffix('w');
                if let (Some(src), Some(Ok(width))) = (
                    place.picture(src.trim_start_matches(',')),
                    width.map(str::parse),
                ) {
                    sizes.push(ImageSize { src, width });
                }
            }
        }
        Some(Value::Array(list)) => {
            for size in list {
                if let (Some(src), Some(width)) = (
                    json::text(size, "src").and_then(|src| place.picture(src)),
                    json::pixels(size, "width"),
                ) {
                    sizes.push(ImageSize { src, width });
                }
            }
        }
        _ => {}
    }
    sizes.truncate(12);
    sizes
}

fn comments(value: &Value, place: &Place) -> Option<CommentThread> {
    value.is_object().then(|| CommentThread {
        open: json::flag(value, "open").unwrap_or(false),
        count: json::count(value, "count").and_then(|n| u32::try_from(n).ok()),
        url: json::text(value, "url").and_then(|url| place.address(url)),
    })
}

fn texts(value: &Value, key: &str) -> Vec<String> {
    json::list(value, key)
        .iter()
        .filter_map(json::plain)
        .map(str::to_owned)
        .collect()
}

fn pull_quote(value: &Value) -> Option<PullQuote> {
    Some(PullQuote {
        text: json::plain(value)
            .or_else(|| json::text(value, "text"))?
            .to_owned(),
        attribution: json::owned(value, "attribution"),
    })
}

fn correction(value: &Value) -> Option<Correction> {
    Some(Correction {
        date: json::date(value, "date"),
        text: json::plain(value)
            .or_else(|| json::text(value, "text"))?
            .to_owned(),
    })
}
