//! RSS 2.0, RSS 1.0 and Atom, as far as a line of the widget goes.

use super::Lent;
use super::feeds::{headline, picture};
use super::story::{Feed, Story, excerpt, plain, slug};
use crate::html::tree::{Element, Node, text_of};
use crate::model::Instant;

/// The stories of a document; `None` when it is no feed.
pub fn read(root: &Element, url: &str, lent: &Lent<'_>) -> Option<Feed> {
    if !matches!(local(&root.name), "rss" | "feed" | "RDF") {
        return None;
    }
    let channel = child(root, "channel").unwrap_or(root);
    // RSS 1.0 writes its items beside the channel.
    let items = [channel, root]
        .into_iter()
        .take(if std::ptr::eq(channel, root) { 1 } else { 2 });
    let stories = items
        .flat_map(elements)
        .filter(|it| matches!(local(&it.name), "item" | "entry"))
        .filter_map(|item| story(item, url, lent))
        .collect();
    Some(Feed {
        title: value(channel, &["title"])
            .map(|title| plain(&title))
            .unwrap_or_default(),
        language: value(channel, &["language"])
            .or_else(|| root.attribute("xml:lang").map(str::to_owned))
            .unwrap_or_default(),
        stories,
    })
}

fn story(item: &Element, url: &str, lent: &Lent<'_>) -> Option<Story> {
    let alternate = elements(item).find(|it| {
        local(&it.name) == "link"
            && it.attribute("href").is_some()
            && matches!(it.attribute("rel"), None | Some("alternate"))
    });
    let written = || {
        let guid =
            child(item, "guid").filter(|guid| guid.attribute("isPermaLink") != Some("false"));
        value(item, &["link"]).or_else(|| Some(text_of(&guid?.children)))
    };
    let href = alternate
        .and_then(|link| link.attribute("href").map(str::to_owned))
        .or_else(written)?;
    let said = value(item, &["description", "summary", "encoded", "content"]);
    let excerpt = excerpt(&plain(&said.unwrap_or_default()));
    let categories: Vec<String> = elements(item)
        .filter(|it| matches!(local(&it.name), "category" | "subject"))
        .map(|it| {
            let named = it.attribute("label").or(it.attribute("term"));
            named.map_or_else(|| plain(&text_of(&it.children)), str::to_owned)
        })
        .collect();
    let mut pictures = Vec::new();
    collect_pictures(item, &mut |src, width| {
        picture(&mut pictures, Some(src), width, url, lent)
    });
    let date = value(item, &["pubDate", "published", "date", "issued", "updated"]);
    Some(Story {
        headline: headline(value(item, &["title"]).map(|title| plain(&title)), &excerpt)?,
        href: lent.address(url, href.trim())?,
        section: categories.first().cloned().unwrap_or_default(),
        excerpt,
        published: date.and_then(|date| Instant::parse(&date)),
        pictures,
        language: item.attribute("xml:lang").unwrap_or_default().to_owned(),
        categories: categories.iter().map(|name| slug(name)).collect(),
        featured: false,
    })
}

/// Enclosures and media by their stated type, medium, name or file name, groups included.
fn collect_pictures(within: &Element, found: &mut dyn FnMut(&str, Option<u32>)) {
    for media in elements(within) {
        let name = local(&media.name);
        if name == "group" {
            collect_pictures(media, found);
        }
        let (Some(src), "enclosure" | "content" | "thumbnail") = (media.attribute("url"), name)
        else {
            continue;
        };
        let kind = media.attribute("type").or(media.attribute("medium"));
        let file = src.split(['?', '#']).next().unwrap_or(src);
        let ends = [".jpg", ".jpeg", ".png", ".webp", ".avif", ".gif"];
        let is_picture = name == "thumbnail"
            || kind.map_or_else(
                || ends.iter().any(|end| file.ends_with(end)),
                |kind| kind.starts_with("image"),
            );
        if is_picture {
            found(
                src,
                media
                    .attribute("width")
                    .and_then(|width| width.parse().ok()),
            );
        }
    }
}

fn elements(of: &Element) -> impl Iterator<Item = &Element> {
    of.children.iter().filter_map(|node| match node {
        Node::Element(element) => Some(element),
        Node::Text(_) => None,
    })
}

/// A name without its prefix.
fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

fn child<'a>(of: &'a Element, name: &str) -> Option<&'a Element> {
    elements(of).find(|it| local(&it.name) == name)
}

/// The text of the first element with one of the names that has any.
fn value(of: &Element, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| {
        elements(of)
            .filter(|it| local(&it.name) == *name)
            .map(|it| text_of(&it.children).trim().to_owned())
            .find(|text| !text.is_empty())
    })
}
