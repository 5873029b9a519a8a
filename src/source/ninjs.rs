//! ninjs, the IPTC's "News in JSON", 1.x to 3.x: a document format, one item or a list of them.
//!
//! 1.x has `headline` and `body_html`, 2.x lists in lower case, 3.x the same in camel case, so keys
//! are matched whatever their case. Stated content types are sometimes wrong: bodies are looked at.
//! What is cancelled or withheld is not shown.

use serde_json::Value;

use super::open::gathered;
use super::place::{Place, last_segment};
use super::{Batch, Response, SourceError};
use super::{json, text};
use crate::host::Host;
use crate::model::{Article, Author, Body, Image, ImageSize, Instant, Kind, Section, Slug, Tag};

/// One item, a list, or an envelope with a list of `items`.
pub(crate) fn parse(response: Response, host: Host) -> Result<Batch, SourceError> {
    let place = Place::of(&response.url, host);
    let url = super::shown(&response.url);
    let document = json::document(response)?;
    let enveloped = ["items", "_items", "results"]
        .iter()
        .find_map(|key| field(&document, key));
    let items = match (&document, enveloped) {
        (Value::Array(items), _) => items.as_slice(),
        (_, Some(Value::Array(items))) => items.as_slice(),
        (item, _) if field(item, "uri").is_some() => std::slice::from_ref(item),
        (other, _) => {
            return Err(SourceError::Unexpected {
                url,
                expected: "a ninjs item, or a list of them",
                found: json::kind_of(other).to_owned(),
            });
        }
    };
    Ok(gathered(
        items.iter(),
        |item| words(item, "uri"),
        |item| article(item, &place, host),
    ))
}

fn article(item: &Value, place: &Place, host: Host) -> Result<Article, &'static str> {
    let id = words(item, "uri").ok_or("the item has no uri")?;
    match words(item, "pubStatus").as_deref() {
        Some("canceled" | "cancelled") => return Err("the item was cancelled"),
        Some("withheld") => return Err("the item is withheld"),
        _ => {}
    }
    let published = ["contentCreated", "firstCreated", "versionCreated"]
        .iter()
        .find_map(|key| date(item, key));
    if let Some(until) = date(item, "embargoed")
        && until.epoch > (host.now)()
    {
        return Err("the item is under embargo");
    }
    let body = body(item);
    let summary = by_role(
        item,
        "descriptions",
        &["text", "lead", "summary", "caption"],
    )
    .or_else(|| words(item, "description_text"))
    .map(|text| text::of_html(&text, host));
    let headline = by_role(item, "headlines", &["main"])
        .or_else(|| words(item, "headline"))
        .or_else(|| words(item, "title"))
        .or_else(|| words(item, "slugline").filter(|_| body == Body::Absent && summary.is_none()))
        .map(|title| text::of_html(&title, host))
        .unwrap_or_default();
    let subjects = list(item, &["subjects", "subject"]);
    let tags: Vec<Tag> = subjects.iter().filter_map(|subject| tag(subject)).collect();
    let url = place.elsewhere(&id);
    let article = Article {
        url,
        published,
        modified: date(item, "versionCreated"),
        image: picture(item, place).or_else(|| {
            list(item, &["associations"])
                .iter()
                .find_map(|part| picture(part, place))
        }),
        authors: byline(item, host),
        section: tags.first().map(|tag| Section {
            name: tag.name.clone(),
            path: tag.slug.clone(),
            ..Section::default()
        }),
        kind: match words(item, "type").as_deref() {
            Some("video") => Kind::Video,
            Some("composite" | "graphic") => Kind::Gallery,
            _ => Kind::Article,
        },
        language: words(item, "language"),
        rights: words(item, "copyrightNotice").or_else(|| words(item, "usageTerms")),
        id,
        headline,
        body,
        summary,
        tags,
        ..Article::default()
    };
    let mut article = text::settled(article, host);
    article.slug = Slug::from_text(&article.headline)
        .map(|slug| slug.as_str().to_owned())
        .or_else(|| last_segment(&article.id));
    Ok(article)
}

/// A key whatever its case.
fn field<'a>(value: &'a Value, key: &str) -> Option<&'a Value> {
    let map = value.as_object()?;
    map.get(key).or_else(|| {
        map.iter()
            .find(|(name, _)| name.eq_ignore_ascii_case(key))
            .map(|(_, value)| value)
    })
}

fn words(value: &Value, key: &str) -> Option<String> {
    field(value, key).and_then(json::id)
}

fn date(value: &Value, key: &str) -> Option<Instant> {
    field(value, key)
        .and_then(json::plain)
        .and_then(Instant::parse)
}

/// A list by the first key that is there; 1.x writes some lists as objects of named parts.
fn list<'a>(value: &'a Value, keys: &[&str]) -> Vec<&'a Value> {
    match keys.iter().find_map(|key| field(value, key)) {
        Some(Value::Array(list)) => list.iter().collect(),
        Some(Value::Object(map)) => map.values().collect(),
        _ => Vec::new(),
    }
}

/// The value with the first of several roles, else the first value of all.
fn by_role(item: &Value, key: &str, roles: &[&str]) -> Option<String> {
    let parts = list(item, &[key]);
    let role = |part: &Value, role: &str| {
        words(part, "role").is_some_and(|found| found.eq_ignore_ascii_case(role))
    };
    roles
        .iter()
        .find_map(|wanted| parts.iter().find(|part| role(part, wanted)))
        .or_else(|| parts.iter().find(|part| !role(part, "creditline")))
        .and_then(|part| words(part, "value"))
}

fn body(item: &Value) -> Body {
    let mut plain = None;
    for part in list(item, &["bodies"]) {
        let Some(value) = words(part, "value") else {
            continue;
        };
        if is_markup(&value) {
            return Body::Html(inner(&value).to_owned());
        }
        plain = plain.or(Some(value));
    }
    if let Some(html) = ["body_html", "body_xhtml"]
        .iter()
        .find_map(|key| words(item, key))
    {
        return Body::Html(inner(&html).to_owned());
    }
    plain
        .or_else(|| words(item, "body_text"))
        .map_or(Body::Absent, Body::Text)
}

/// Whether a text is markup, whatever its stated type: it begins with a tag, or closes one.
fn is_markup(text: &str) -> bool {
    let text = text.trim_start();
    (text.starts_with('<') && text.contains('>')) || text.contains("</p>")
}

/// What stands inside the body of a whole document (HTML, or NITF's `body.content`).
fn inner(markup: &str) -> &str {
    for (open, close) in [("<body.content", "</body.content>"), ("<body", "</body>")] {
        let Some(start) = markup.find(open) else {
            continue;
        };
        let Some(begin) = markup[start..].find('>').map(|at| start + at + 1) else {
            continue;
        };
        let end = markup
            .rfind(close)
            .filter(|end| *end >= begin)
            .unwrap_or(markup.len());
        return markup[begin..end].trim();
    }
    markup
}

fn tag(subject: &Value) -> Option<Tag> {
    let name = words(subject, "name").or_else(|| json::plain(subject).map(str::to_owned))?;
    let mut chars = name.chars();
    let first = chars.next()?;
    let slug = Slug::from_label(&name)?.as_str().to_owned();
    Some(Tag {
        name: first.to_uppercase().chain(chars).collect(),
        slug,
    })
}

fn byline(item: &Value, host: Host) -> Vec<Author> {
    let by = words(item, "by").or_else(|| words(item, "byline"));
    let by = by.map(|by| text::of_html(&by, host));
    let by = by
        .as_deref()
        .map(|by| by.strip_prefix("By ").unwrap_or(by).to_owned());
    by.into_iter()
        .filter(|name| !name.is_empty())
        .map(|name| Author {
            name,
            ..Author::default()
        })
        .collect()
}

/// A picture item's renditions, widest last.
fn picture(item: &Value, place: &Place) -> Option<Image> {
    if words(item, "type").is_some_and(|kind| kind != "picture" && kind != "graphic") {
        return None;
    }
    let mut found: Vec<(ImageSize, Option<u32>)> = Vec::new();
    for rendition in list(item, &["renditions"]) {
        let mime = words(rendition, "contentType").or_else(|| words(rendition, "mimetype"));
        if mime.is_some_and(|mime| !mime.starts_with("image/")) {
            continue;
        }
        let src = words(rendition, "href").and_then(|href| place.picture(&href));
        let size = |key| {
            field(rendition, key)
                .and_then(Value::as_u64)
                .and_then(|n| u32::try_from(n).ok())
        };
        if let Some(src) = src {
            found.push((
                ImageSize {
                    src,
                    width: size("width").unwrap_or(0),
                },
                size("height"),
            ));
        }
    }
    found.sort_by_key(|(size, _)| size.width);
    let (largest, height) = found.last().cloned()?;
    let caption = by_role(item, "descriptions", &["caption", "text"])
        .or_else(|| words(item, "description_text"));
    found.retain(|(size, _)| size.width > 0);
    Some(Image {
        src: largest.src,
        width: Some(largest.width).filter(|width| *width > 0),
        height,
        alt: words(item, "altText")
            .or_else(|| caption.clone())
            .unwrap_or_default(),
        caption,
        credit: list(item, &["descriptions"])
            .into_iter()
            .find(|part| words(part, "role").as_deref() == Some("creditline"))
            .and_then(|part| words(part, "value"))
            .or_else(|| words(item, "creditLine"))
            .or_else(|| words(item, "by").or_else(|| words(item, "byline"))),
        sizes: same_shape(&found, largest.width, height),
        ..Image::default()
    })
}

/// Renditions of the largest one's shape; crops would show another picture.
fn same_shape(
    found: &[(ImageSize, Option<u32>)],
    width: u32,
    height: Option<u32>,
) -> Vec<ImageSize> {
    let Some(height) = height.map(u64::from) else {
        return Vec::new();
    };
    let width = u64::from(width);
    let mut sizes: Vec<ImageSize> = found
        .iter()
        .filter(|(size, down)| {
            down.is_some_and(|down| {
                (u64::from(size.width) * height).abs_diff(u64::from(down) * width)
                    <= width.max(height)
            })
        })
        .map(|(size, _)| size.clone())
        .collect();
    sizes.dedup_by_key(|size| size.width);
    sizes.truncate(12);
    sizes
}
