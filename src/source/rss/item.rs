//! One `item` or `entry` to an article.

use super::{based, child, children, content, exact, local, value};
use crate::host::Host;
use crate::html::tree::{Element, Node};
use crate::model::{Article, Author, Body, CommentThread, Image, Instant, Section, Tag};
use crate::source::place::{Place, is_absolute, last_segment};
use crate::source::{Skipped, json_feed, text};

/// What a feed lends to its items.
pub(super) struct Feed {
    pub authors: Vec<Author>,
    pub home: Option<String>,
    pub place: Place,
    pub host: Host,
}

/// A description longer than this is the story itself.
const LONG: usize = 600;

pub(super) fn article(item: &Element, position: usize, feed: &Feed) -> Result<Article, Skipped> {
    let host = feed.host;
    let place = based(item, &feed.place, host);
    let title = child(item, "title")
        .map(|title| text_of(title, host))
        .unwrap_or_default();
    let url = link(item, &place).or_else(|| permalink(item));
    let (body, summary) = body(item, host);
    let id = ["guid", "id"]
        .iter()
        .find_map(|key| value(item, key))
        .or_else(|| item.attribute("rdf:about").map(str::to_owned))
        .or_else(|| url.clone())
        .or_else(|| made_id(&title, &body, summary.as_deref()));
    let Some(id) = id else {
        return Err(Skipped {
            item: ["item ", &position.to_string()].concat(),
            reason: "the item is empty".into(),
        });
    };
    let slug = url.as_deref().and_then(last_segment);
    let tags = tags(item, host);
    let article = Article {
        headline: title,
        external_url: url.clone().filter(|_| body == Body::Absent),
        published: date(item, &["pubDate", "published", "date", "issued", "updated"]),
        modified: date(item, &["updated", "modified"]),
        image: image(item, &place),
        authors: match authors(item, &place, host) {
            none if none.is_empty() => feed.authors.clone(),
            some => some,
        },
        section: tags.first().map(|tag| Section {
            name: tag.name.clone(),
            path: tag.slug.clone(),
            ..Section::default()
        }),
        language: item
            .attribute("xml:lang")
            .map(str::to_owned)
            .or_else(|| value(item, "language")),
        comments: comments(item, &place),
        rights: value(item, "rights"),
        id,
        slug,
        url,
        body,
        summary,
        tags,
        ..Article::default()
    };
    Ok(text::settled(article, host))
}

/// An item that says nothing else of itself is named after its content, the same every time.
fn made_id(title: &str, body: &Body, summary: Option<&str>) -> Option<String> {
    let said = match body {
        Body::Html(text) | Body::Text(text) => text.as_str(),
        Body::Absent => summary.unwrap_or(title),
    };
    let mut id = String::from("item-");
    for byte in text::hash(&[title, said].concat()).to_be_bytes() {
        const HEX: &[u8; 16] = b"0123456789abcdef";
        id.push(char::from(HEX[usize::from(byte >> 4)]));
        id.push(char::from(HEX[usize::from(byte & 15)]));
    }
    (!title.is_empty() || !said.is_empty()).then_some(id)
}

/// The page the item stands for: an Atom link without `rel` or with `alternate`, RSS's own `link`.
pub(super) fn link(item: &Element, place: &Place) -> Option<String> {
    let links = children(item, "link");
    let alternate = links.iter().find(|link| {
        matches!(link.attribute("rel"), None | Some("alternate"))
            && link.attribute("href").is_some()
    });
    let written = links
        .iter()
        .filter(|link| link.attribute("href").is_none())
        .map(|link| content(link));
    alternate
        .and_then(|link| link.attribute("href").map(str::to_owned))
        .or_else(|| written.into_iter().find(|text| !text.is_empty()))
        .and_then(|url| place.address(&url))
        .filter(|url| !url.is_empty())
}

/// A guid is an address unless it says otherwise.
fn permalink(item: &Element) -> Option<String> {
    let guid = child(item, "guid")?;
    let text = content(guid);
    (guid.attribute("isPermaLink") != Some("false") && is_absolute(&text)).then_some(text)
}

/// The story and its summary: `content` is the story, a long or structured `description` too.
fn body(item: &Element, host: Host) -> (Body, Option<String>) {
    let summary = ["description", "summary"]
        .iter()
        .find_map(|key| child(item, key))
        .map(markup_of)
        .filter(|html| !html.is_empty());
    let full = exact(item, "content:encoded")
        .or_else(|| child(item, "encoded"))
        .or_else(|| {
            children(item, "content")
                .into_iter()
                .find(|it| it.attribute("url").is_none())
        })
        .map(markup_of)
        .filter(|html| !html.is_empty());
    let plain = |html: &String| {
        let text = text::of_html(html, host);
        (!text.is_empty()).then(|| text::shortened(&text, 300))
    };
    match (full, summary) {
        (Some(full), summary) => (Body::Html(full), summary.as_ref().and_then(plain)),
        (None, Some(only)) => {
            // One short paragraph is a summary; several, or a long one, are the story.
            let paragraphs = only.matches("<p").count() + only.matches("<br").count();
            let text = text::of_html(&only, host);
            let long = paragraphs > 2 || text.chars().nth(LONG).is_some();
            let text = Some(text::shortened(&text, 300)).filter(|text| !text.is_empty());
            (if long { Body::Html(only) } else { Body::Absent }, text)
        }
        (None, None) => (Body::Absent, None),
    }
}

/// An element's markup: escaped HTML as it is, XHTML children written out.
fn markup_of(element: &Element) -> String {
    let kind = element.attribute("type").unwrap_or_default();
    let nested = element
        .children
        .iter()
        .any(|node| matches!(node, Node::Element(_)));
    if kind == "xhtml" || nested {
        let mut html = String::new();
        write(&element.children, &mut html, 0);
        return html.trim().to_owned();
    }
    let text = content(element);
    if kind == "text" || kind == "text/plain" {
        escaped(&text)
    } else {
        text
    }
}

/// A title's text; only Atom says whether it is markup, and RSS titles often are.
fn text_of(element: &Element, host: Host) -> String {
    let kind = element.attribute("type").unwrap_or_default();
    let text = content(element);
    if kind == "text" {
        return text.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    text::of_html(&text, host)
}

/// XHTML as HTML text, for the cleaner, which trusts nothing in it.
fn write(nodes: &[Node], html: &mut String, depth: usize) {
    const VOID: [&str; 6] = ["br", "hr", "img", "source", "wbr", "input"];
    for node in nodes {
        match node {
            Node::Text(text) => html.push_str(&escaped(text)),
            Node::Element(element) if depth < 200 => {
                let name = local(&element.name);
                html.push('<');
                html.push_str(name);
                for (key, value) in &element.attributes {
                    html.push(' ');
                    html.push_str(key);
                    html.push_str("=\"");
                    html.push_str(&escaped(value).replace('"', "&quot;"));
                    html.push('"');
                }
                html.push('>');
                if !VOID.contains(&name) {
                    write(&element.children, html, depth + 1);
                    html.push_str("</");
                    html.push_str(name);
                    html.push('>');
                }
            }
            Node::Element(_) => {}
        }
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

fn date(item: &Element, keys: &[&str]) -> Option<Instant> {
    keys.iter()
        .find_map(|key| Instant::parse(&value(item, key)?))
}

/// `author` and `dc:creator`; RSS writes `mail@example (Name)`.
pub(super) fn authors(item: &Element, place: &Place, host: Host) -> Vec<Author> {
    let mut found: Vec<Author> = Vec::new();
    let atom = children(item, "author")
        .into_iter()
        .filter(|it| child(it, "name").is_some());
    for author in atom {
        if let Some(name) = value(author, "name") {
            found.push(Author {
                name: text::of_html(&name, host),
                url: value(author, "uri")
                    .or_else(|| value(author, "url"))
                    .and_then(|url| place.address(&url)),
                ..Author::default()
            });
        }
    }
    if !found.is_empty() {
        return found;
    }
    let written = children(item, "creator")
        .into_iter()
        .chain(children(item, "author"));
    for author in written {
        let text = text::of_html(&content(author), host);
        let named = text
            .split_once('(')
            .and_then(|(_, rest)| rest.strip_suffix(')'));
        let name = match named {
            Some(name) => name.trim().to_owned(),
            // An address alone is nobody's byline.
            None if text.contains('@') && !text.contains(' ') => continue,
            None => text,
        };
        if !name.is_empty() && !found.iter().any(|author| author.name == name) {
            found.push(Author {
                name,
                ..Author::default()
            });
        }
    }
    found
}

fn tags(item: &Element, host: Host) -> Vec<Tag> {
    let mut tags: Vec<Tag> = Vec::new();
    for category in children(item, "category")
        .into_iter()
        .chain(children(item, "subject"))
    {
        let name = ["label", "term", "text"]
            .iter()
            .find_map(|key| category.attribute(key).map(str::to_owned))
            .unwrap_or_else(|| content(category));
        let name = serde_json::Value::String(text::of_html(&name, host));
        if let Some(tag) = json_feed::tag(&name)
            && !tags.iter().any(|known| known.slug == tag.slug)
        {
            tags.push(tag);
        }
    }
    tags
}

/// A picture by its stated type, medium or file name; podcasts' own images last.
fn image(item: &Element, place: &Place) -> Option<Image> {
    let mut candidates = children(item, "enclosure");
    candidates.extend(
        children(item, "content")
            .into_iter()
            .filter(|it| it.attribute("url").is_some()),
    );
    for group in children(item, "group") {
        candidates.extend(children(group, "content"));
        candidates.extend(children(group, "thumbnail"));
    }
    candidates.extend(children(item, "thumbnail"));
    let mut best: Option<Image> = None;
    for media in candidates {
        let Some(src) = media.attribute("url") else {
            continue;
        };
        let stem = src
            .split(['?', '#'])
            .next()
            .unwrap_or(src)
            .to_ascii_lowercase();
        let picture = media
            .attribute("type")
            .is_some_and(|mime| mime.starts_with("image/"))
            || media.attribute("medium") == Some("image")
            || local(&media.name) == "thumbnail"
            || (media.attribute("type").is_none()
                && [".jpg", ".jpeg", ".png", ".webp", ".avif", ".gif"]
                    .iter()
                    .any(|end| stem.ends_with(end)));
        if !picture {
            continue;
        }
        let size = |key| {
            media
                .attribute(key)
                .and_then(|n| n.parse().ok())
                .filter(|n: &u32| *n > 0)
        };
        let found = Image {
            src: match place.picture(src) {
                Some(src) => src,
                None => continue,
            },
            alt: child(media, "text")
                .or(child(media, "title"))
                .map(content)
                .unwrap_or_default(),
            caption: child(media, "description")
                .map(content)
                .filter(|text| !text.is_empty()),
            credit: child(media, "credit")
                .map(content)
                .filter(|text| !text.is_empty()),
            width: size("width"),
            height: size("height"),
            ..Image::default()
        };
        if best.as_ref().is_none_or(|best| found.width > best.width) {
            best = Some(found);
        }
    }
    best.or_else(|| {
        let href = children(item, "image")
            .into_iter()
            .find_map(|image| image.attribute("href"))?;
        Some(Image {
            src: place.picture(href)?,
            ..Image::default()
        })
    })
}

/// The feed's own picture.
pub(super) fn icon(channel: &Element, place: &Place) -> Option<String> {
    let written = value(channel, "icon").or_else(|| value(channel, "logo"));
    written
        .or_else(|| child(channel, "image").and_then(|image| value(image, "url")))
        .and_then(|url| place.picture(&url))
}

fn comments(item: &Element, place: &Place) -> Option<CommentThread> {
    let count = exact(item, "slash:comments").and_then(|count| content(count).parse().ok());
    let url = children(item, "comments")
        .into_iter()
        .find(|it| it.name == "comments")
        .and_then(|comments| place.address(&content(comments)));
    (count.is_some() || url.is_some()).then_some(CommentThread {
        open: false,
        count,
        url,
    })
}
