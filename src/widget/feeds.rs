//! Sources in JSON: JSON Feed (our own embed files too), WordPress posts, Ghost posts.
//!
//! The app's readers in `source/` know far more of each; a widget needs a headline, a link and four
//! small things beside, and pays for every byte on someone else's page. `tests.rs` holds both
//! readings against each other, so that they cannot part.

use super::Lent;
use super::fields::Fields;
use super::story::{Feed, Picture, Story, excerpt, leads_somewhere, plain, slug};
use crate::json::Json;
use crate::model::Instant;

/// The stories of a document and what it calls itself; `None` when it is none of the three.
pub fn read(document: &Json, url: &str, lent: &Lent<'_>) -> Option<Feed> {
    if let Json::List(posts) = document {
        return Some(feed(posts, &|post| word_press(post, url, lent)));
    }
    if let Some(Json::List(posts)) = document.get("posts") {
        return Some(feed(posts, &|post| ghost(post, url, lent)));
    }
    let Some(Json::List(items)) = document.get("items") else {
        return None;
    };
    let home = document
        .said("home_page_url")
        .filter(|home| leads_somewhere(home));
    let own = |key: &str| document.said(key).unwrap_or_default().to_owned();
    Some(Feed {
        title: own("title"),
        language: own("language"),
        ..feed(items, &|item| {
            json_feed(item, home.unwrap_or(url), url, lent)
        })
    })
}

fn feed(items: &[Json], read: &dyn Fn(&Json) -> Option<Story>) -> Feed {
    Feed {
        stories: items.iter().filter_map(read).collect(),
        ..Feed::default()
    }
}

fn json_feed(item: &Json, home: &str, url: &str, lent: &Lent<'_>) -> Option<Story> {
    let href = ["url", "external_url"]
        .iter()
        .find_map(|key| lent.address(home, item.said(key)?))?;
    let own = item.get("_dateline").unwrap_or(&Json::Null);
    let body = || match (item.said("content_html"), item.said("content_text")) {
        (Some(html), _) => plain(html),
        (None, text) => text.unwrap_or_default().to_owned(),
    };
    let said = own.said("standfirst").or(item.said("summary"));
    let excerpt = said.map_or_else(|| excerpt(&body()), excerpt);
    let mut pictures = Vec::new();
    for size in own.at(&["image", "sizes"]).map_or(&[][..], Json::list) {
        picture(
            &mut pictures,
            size.said("src"),
            size.get("width").and_then(Fields::whole),
            url,
            lent,
        );
    }
    if pictures.is_empty() {
        let one = item.said("image").or(item.said("banner_image"));
        picture(&mut pictures, one, None, url, lent);
    }
    // A path, a name, or an object with both.
    let section = own.get("section").unwrap_or(&Json::Null);
    let path = section
        .own()
        .or(section.said("path"))
        .or(section.said("name"));
    let path = path.unwrap_or_default();
    let tags = item.items("tags").iter().filter_map(Fields::own);
    let name = match section.said("name").or(own.said("kicker")) {
        Some(name) => name.to_owned(),
        None if path.is_empty() => tags.clone().next().unwrap_or_default().to_owned(),
        None => named(path),
    };
    Some(Story {
        headline: headline(item.said("title").map(str::to_owned), &excerpt)?,
        href,
        section: name,
        excerpt,
        published: date(item, "date_published"),
        pictures,
        language: item.said("language").unwrap_or_default().to_owned(),
        categories: [path].into_iter().chain(tags).map(slug).collect(),
        featured: own.flag("featured"),
    })
}

fn word_press(post: &Json, url: &str, lent: &Lent<'_>) -> Option<Story> {
    let rendered = |key: &str| {
        plain(
            post.at(&[key, "rendered"])
                .and_then(Fields::own)
                .unwrap_or_default(),
        )
    };
    // As the app reads them: what is attached is no story, what is not published is nobody's yet.
    let published = post.said("status").is_none_or(|status| status == "publish");
    if !published || post.said("type") == Some("attachment") {
        return None;
    }
    let href = lent.address(url, post.said("link")?)?;
    let said = match rendered("excerpt") {
        none if none.is_empty() => rendered("content"),
        text => text,
    };
    let mut pictures = Vec::new();
    let embedded = |key: &str| post.at(&["_embedded", key]).map_or(&[][..], Json::list);
    if let Some(media) = embedded("wp:featuredmedia").first() {
        if let Some(Json::Object(sizes)) = media.at(&["media_details", "sizes"]) {
            for (name, size) in sizes {
                // Cut to a square, a thumbnail is another picture.
                if name != "thumbnail" {
                    picture(
                        &mut pictures,
                        size.said("source_url"),
                        size.get("width").and_then(Fields::whole),
                        url,
                        lent,
                    );
                }
            }
        }
        if pictures.is_empty() {
            let width = media
                .at(&["media_details", "width"])
                .and_then(Fields::whole);
            picture(&mut pictures, media.said("source_url"), width, url, lent);
        }
    }
    let terms = embedded("wp:term").iter().flat_map(Json::list);
    let mut section = String::new();
    let mut categories = Vec::new();
    for term in terms {
        if section.is_empty() && term.said("taxonomy") == Some("category") {
            section = plain(term.said("name").unwrap_or_default());
        }
        categories.extend(
            ["slug", "name"]
                .iter()
                .filter_map(|key| Some(slug(term.said(key)?))),
        );
    }
    let excerpt = excerpt(&said);
    Some(Story {
        headline: headline(Some(rendered("title")), &excerpt)?,
        href,
        section,
        excerpt,
        published: date(post, "date_gmt").or_else(|| date(post, "date")),
        pictures,
        categories,
        featured: post.flag("sticky"),
        ..Story::default()
    })
}

fn ghost(post: &Json, url: &str, lent: &Lent<'_>) -> Option<Story> {
    let href = lent.address(url, post.said("url")?)?;
    let said = post.said("custom_excerpt").or(post.said("excerpt"));
    let body = || plain(post.said("html").unwrap_or_default());
    let excerpt = said.map_or_else(|| excerpt(&body()), excerpt);
    let mut pictures = Vec::new();
    picture(&mut pictures, post.said("feature_image"), None, url, lent);
    // Tags that begin with # are the editors' own.
    let shown = |tag: &&Json| tag.said("name").is_some_and(|name| !name.starts_with('#'));
    let primary = post.get("primary_tag").into_iter();
    let tags: Vec<&Json> = primary.chain(post.items("tags")).filter(shown).collect();
    let name = tags.first().and_then(|tag| tag.said("name"));
    Some(Story {
        headline: headline(post.said("title").map(str::to_owned), &excerpt)?,
        href,
        section: name.unwrap_or_default().to_owned(),
        excerpt,
        published: date(post, "published_at"),
        pictures,
        categories: tags
            .iter()
            .filter_map(|tag| Some(slug(tag.said("slug")?)))
            .collect(),
        featured: post.flag("featured"),
        ..Story::default()
    })
}

/// The headline, else the first words; a story without either says nothing.
pub(super) fn headline(title: Option<String>, excerpt: &str) -> Option<String> {
    let title = title.map(|title| crate::html::text::collapse(&title));
    title
        .filter(|title| !title.is_empty())
        .or_else(|| Some(excerpt.to_owned()))
        .filter(|title| !title.is_empty())
}

fn date(item: &Json, key: &str) -> Option<Instant> {
    Instant::parse(item.said(key)?)
}

/// Adds a version of a picture, if its address can be one.
pub(super) fn picture(
    to: &mut Vec<Picture>,
    src: Option<&str>,
    width: Option<u32>,
    base: &str,
    lent: &Lent<'_>,
) {
    let width = width.unwrap_or_default();
    if let Some(src) = src.and_then(|src| lent.address(base, src))
        && !to
            .iter()
            .any(|known| known.src == src || (width > 0 && known.width == width))
    {
        to.push(Picture { src, width });
    }
}

/// A name for a section that only has a path: `arts-and-books` is "Arts and books".
fn named(path: &str) -> String {
    let last = path
        .trim_matches('/')
        .rsplit('/')
        .next()
        .unwrap_or(path)
        .replace('-', " ");
    // Paths are addresses, and so ASCII; the tables of all other letters are kilobytes.
    let mut name = last;
    if let Some(first) = name.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    name
}
