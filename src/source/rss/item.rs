//! One `item` or `entry` to an article.

use super::beside::Beside;
use super::media;
use super::words::{self, Reading, Words};
use super::{based, child, children, content, exact, markup, value};
use crate::html::tree::Element;
use crate::model::{Article, Author, Body, CommentThread, Image, Instant, Section, Tag};
use crate::source::place::{Place, is_absolute, last_segment};
use crate::source::{Skipped, json_feed, text};

/// What a feed lends to its items.
pub(super) struct Feed {
    pub authors: Vec<Author>,
    pub home: Option<String>,
    /// The base of references that say no other.
    pub place: Place,
    /// Whether an `xml:base` names it; else a story's references are relative to the story.
    pub moved: bool,
    /// The prefix of Media RSS.
    pub media: String,
    pub reading: Reading,
}

impl Feed {
    /// What the references in a story's text are relative to, where that is not its own address.
    fn base(&self, item: &Element, place: &Place, url: Option<&str>) -> Option<Place> {
        if self.moved || item.attribute("xml:base").is_some() {
            return Some(place.clone());
        }
        let homeless = !url.is_some_and(is_absolute);
        self.outside().filter(|_| homeless)
    }

    /// The channel's own page, where that is not a file beside ours.
    fn outside(&self) -> Option<Place> {
        let home = self.home.as_deref().filter(|home| is_absolute(home))?;
        Some(Place::of(home, self.reading.host))
    }
}

/// A description longer than this is the story itself.
const LONG: usize = 600;

pub(super) fn article(item: &Element, position: usize, feed: &Feed) -> Result<Article, Skipped> {
    let host = feed.reading.host;
    let place = based(item, &feed.place, host);
    let title = child(item, "title")
        .map(|title| words::line(title, feed.reading))
        .unwrap_or_default();
    let outside = feed.outside().filter(|_| place.is_ours());
    let url = link(item, outside.as_ref().unwrap_or(&place)).or_else(|| permalink(item, &place));
    let base = feed.base(item, &place, url.as_deref());
    let found = media::found(item, &feed.media);
    let beside = Beside::of(&found, &place);
    let Told {
        body,
        summary,
        picture,
    } = told(item, base.as_ref(), url.as_deref(), feed, &beside);
    let image = media::picture(&found, &place, feed.reading)
        .or_else(|| media::cover(item, &place))
        .or(picture)
        .filter(|image| !media::is_too_small(image, &body))
        .map(|image| media::said_once(image, &title, summary.as_deref()));
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
    let tags = tags(item, feed.reading);
    let article = Article {
        headline: title,
        external_url: url.clone().filter(|_| body == Body::Absent),
        published: date(item, &PUBLISHED),
        modified: date(item, &["updated", "modified"]),
        image,
        authors: match authors(item, &place, feed.reading) {
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
fn permalink(item: &Element, place: &Place) -> Option<String> {
    let guid = child(item, "guid")?;
    (guid.attribute("isPermaLink") != Some("false"))
        .then(|| place.elsewhere(&content(guid)))
        .flatten()
}

/// What an item tells.
struct Told {
    body: Body,
    summary: Option<String>,
    /// The picture that a description shows beside its words, where no page will show it.
    picture: Option<Image>,
}

/// The story and its summary: `content` is the story, a long or structured `description` too, and
/// whatever there is beside a film or a recording. An item that leads nowhere has no other place for
/// what it says, so its description is the story however short.
fn told(
    item: &Element,
    base: Option<&Place>,
    url: Option<&str>,
    feed: &Feed,
    beside: &Beside,
) -> Told {
    let read = |element: &Element| {
        let moved = markup::moved(element, base, feed.reading.host);
        words::words(element, moved.as_ref().or(base), feed.reading)
    };
    let full = exact(item, "content:encoded")
        .or_else(|| child(item, "encoded"))
        .into_iter()
        .chain(stories(item, feed))
        .find_map(read);
    let summary = ["description", "summary"]
        .into_iter()
        .filter_map(|key| child(item, key))
        .chain(children(item, "description"))
        .chain(media::descriptions(item))
        .find_map(|it| Some((it, words::words(it, None, feed.reading)?)));
    let short = summary.as_ref().and_then(|(_, said)| {
        let text = said.plain(feed.reading);
        (!text.is_empty()).then(|| text::shortened(&text, 300))
    });
    let whole = beside.plays() || url.is_none();
    let only = summary
        .as_ref()
        .filter(|(_, said)| whole || is_story(said, feed.reading));
    let body = full
        .or_else(|| read(only?.0))
        .map_or(Body::Absent, Body::from);
    let body = beside.around(body, url.is_some());
    let picture = match summary {
        Some((_, Words::Html(html))) if body == Body::Absent => {
            let own = url.map(|url| Place::of(url, feed.reading.host));
            let near = base.or(own.as_ref()).unwrap_or(&feed.place);
            media::within(&html, near, feed.reading.host)
        }
        _ => None,
    };
    Told {
        body,
        summary: short,
        picture,
    }
}

/// Atom's `content` elements; those of Media RSS are pictures and films.
fn stories<'a>(item: &'a Element, feed: &Feed) -> impl Iterator<Item = &'a Element> {
    children(item, "content")
        .into_iter()
        .filter(|it| it.attribute("url").is_none() && !media::is_media(it, &feed.media))
}

/// One short paragraph is a summary; several, or a long one, are the story.
fn is_story(only: &Words, reading: Reading) -> bool {
    let paragraphs = match only {
        Words::Html(html) => html.matches("<p").count() + html.matches("<br").count(),
        Words::Text(_) => 0,
    };
    paragraphs > 2 || only.plain(reading).chars().nth(LONG).is_some()
}

impl From<Words> for Body {
    fn from(words: Words) -> Self {
        match words {
            Words::Html(html) => Self::Html(html),
            Words::Text(text) => Self::Text(text),
        }
    }
}

/// When an item came out, as RSS, Atom, Dublin Core and Atom 0.3 say it.
const PUBLISHED: [&str; 5] = ["pubDate", "published", "date", "issued", "updated"];

/// The date of an undated item that gives one.
pub(super) fn unread(item: &Element) -> Option<String> {
    match date(item, &PUBLISHED) {
        Some(_) => None,
        None => PUBLISHED.iter().find_map(|key| value(item, key)),
    }
}

fn date(item: &Element, keys: &[&str]) -> Option<Instant> {
    keys.iter()
        .find_map(|key| Instant::parse(&value(item, key)?))
}

/// `author` and `dc:creator`; RSS writes `mail@example (Name)`.
pub(super) fn authors(item: &Element, place: &Place, reading: Reading) -> Vec<Author> {
    let mut found: Vec<Author> = Vec::new();
    for author in children(item, "author") {
        let name = child(author, "name").map(|name| words::line(name, reading));
        if let Some(name) = name.filter(|name| !name.is_empty()) {
            found.push(Author {
                name,
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
        let text = words::line(author, reading);
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

fn tags(item: &Element, reading: Reading) -> Vec<Tag> {
    let mut tags: Vec<Tag> = Vec::new();
    for category in children(item, "category")
        .into_iter()
        .chain(children(item, "subject"))
        .filter(|category| !names_a_kind(category))
    {
        let name = ["label", "term", "text"]
            .iter()
            .find_map(|key| category.attribute(key).map(str::to_owned))
            .unwrap_or_else(|| content(category));
        let name = serde_json::Value::String(text::of_headline(&name, reading.host));
        if let Some(tag) = json_feed::tag(&name)
            && !tags.iter().any(|known| known.slug == tag.slug)
        {
            tags.push(tag);
        }
    }
    tags
}

/// Google's feeds say what sort of document an entry is among its subjects.
fn names_a_kind(category: &Element) -> bool {
    let scheme = category.attribute("scheme");
    scheme.is_some_and(|scheme| scheme.ends_with("#kind"))
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
