//! Structured data (JSON-LD, schema.org): what search engines read of a page.
//!
//! Only [`super::head`] calls this. The texts come from outside, so the result is escaped for a
//! script element: no `<` survives in it.

use serde_json::{Map, Value, json};

use super::{absolute, absolute_asset};
use crate::model::{Access, Author, Image, Instant, Kind, SectionRef, Site};
use crate::page::{Content, List, Page, Story, live};
use crate::route::Route;
use crate::strings::{Key, Strings};

/// Updates of a live story that are named.
const UPDATES: usize = 20;

/// The page's graph as JSON text; `None` where a page says nothing of its own, or the site has no
/// address that its things could be named by.
pub fn graph(page: &Page, strings: &Strings) -> Option<String> {
    let site = &page.site;
    if site.url.is_empty() {
        return None;
    }
    let mut nodes = Vec::new();
    match &page.content {
        Content::Front(_) => {
            nodes.push(website(site));
            nodes.push(publisher(site));
        }
        Content::Story(story) => {
            nodes.push(news_article(page, story));
            nodes.push(publisher(site));
            nodes.extend(breadcrumbs(site, strings, &trail(site, story)));
        }
        Content::List(list) => {
            let author = list.author.as_ref().map(|author| person(site, author));
            nodes.extend(author);
            nodes.extend(breadcrumbs(site, strings, &list_trail(page, list)));
        }
        _ => return None,
    }
    let graph = json!({ "@context": "https://schema.org", "@graph": nodes });
    Some(
        graph
            .to_string()
            .replace('<', "\\u003c")
            .replace('\u{2028}', "\\u2028")
            .replace('\u{2029}', "\\u2029"),
    )
}

fn website(site: &Site) -> Value {
    let search = format!("{}search/?q={{search_term_string}}", site.url);
    json!({
        "@type": "WebSite",
        "@id": format!("{}#website", site.url),
        "url": site.url,
        "name": site.title,
        "description": site.description,
        "inLanguage": site.language,
        "publisher": { "@id": publisher_id(site) },
        "potentialAction": {
            "@type": "SearchAction",
            "target": { "@type": "EntryPoint", "urlTemplate": search },
            "query-input": "required name=search_term_string",
        },
    })
}

fn publisher_id(site: &Site) -> String {
    format!("{}#publisher", site.url)
}

fn publisher(site: &Site) -> Value {
    let mut node = Map::new();
    node.insert("@type".into(), "NewsMediaOrganization".into());
    node.insert("@id".into(), publisher_id(site).into());
    node.insert("name".into(), site.title.as_str().into());
    node.insert("url".into(), site.url.as_str().into());
    if let Some(logo) = site.logo.as_deref().or(site.icon.as_deref()) {
        let url = absolute_asset(site, logo);
        node.insert("logo".into(), json!({ "@type": "ImageObject", "url": url }));
    }
    Value::Object(node)
}

fn news_article(page: &Page, story: &Story) -> Value {
    let (site, summary) = (&page.site, &story.summary);
    let url = absolute(site, &summary.href);
    let kind = match summary.kind {
        Kind::Opinion => "OpinionNewsArticle",
        Kind::Live => "LiveBlogPosting",
        _ => "NewsArticle",
    };
    let mut node = Map::new();
    let mut put = |key: &str, value: Value| {
        node.insert(key.to_owned(), value);
    };
    put("@type", kind.into());
    put("@id", format!("{url}#article").into());
    put("mainEntityOfPage", url.as_str().into());
    put("url", url.as_str().into());
    put("headline", summary.headline.as_str().into());
    if !summary.excerpt.is_empty() {
        put("description", summary.excerpt.as_str().into());
    }
    if let Some(at) = summary.published {
        put("datePublished", at.to_string().into());
        let modified = summary.modified.unwrap_or(at);
        put("dateModified", modified.to_string().into());
    }
    let authors: Vec<Value> = story.authors.iter().map(|a| person(site, a)).collect();
    if authors.is_empty() {
        put("author", json!({ "@id": publisher_id(site) }));
    } else {
        put("author", authors.into());
    }
    put("publisher", json!({ "@id": publisher_id(site) }));
    if let Some(image) = story.image.as_ref().or(summary.image.as_ref()) {
        put("image", json!([picture(site, image)]));
    }
    if let Some(section) = &summary.section {
        put("articleSection", section.name.as_str().into());
    }
    if !story.tags.is_empty() {
        let names: Vec<&str> = story.tags.iter().map(|tag| tag.name.as_str()).collect();
        put("keywords", names.into());
    }
    if story.words > 0 {
        put("wordCount", story.words.into());
    }
    if let Some(count) = summary.comments {
        put("commentCount", count.into());
    }
    let language = summary.language.as_ref().unwrap_or(&site.language);
    put("inLanguage", language.as_str().into());
    put(
        "isAccessibleForFree",
        (summary.access == Access::Full).into(),
    );
    if let Some(live) = &story.live {
        for (key, value) in coverage(live, story, &url) {
            put(key, value);
        }
    }
    Value::Object(node)
}

/// When a live story was told, and its newest updates; their texts stand in the page.
fn coverage(live: &live::Story, story: &Story, url: &str) -> Vec<(&'static str, Value)> {
    let times = || live.updates.iter().filter_map(|update| update.at);
    let by_time = |at: &Instant| at.epoch;
    let first = times().chain(story.summary.published).min_by_key(by_time);
    let last = times().max_by_key(by_time).filter(|_| live.ended);
    let update = |update: &live::Entry| {
        let mut node = json!({
            "@type": "BlogPosting",
            "headline": update.title,
            "url": format!("{url}#{}", update.id),
        });
        if let Some(at) = update.at {
            node["datePublished"] = at.to_string().into();
        }
        node
    };
    let updates: Vec<Value> = live.updates.iter().take(UPDATES).map(update).collect();
    let mut said = Vec::new();
    said.extend(first.map(|at| ("coverageStartTime", at.to_string().into())));
    said.extend(last.map(|at| ("coverageEndTime", at.to_string().into())));
    if !updates.is_empty() {
        said.push(("liveBlogUpdate", updates.into()));
    }
    said
}

fn person(site: &Site, author: &Author) -> Value {
    let mut node = Map::new();
    node.insert("@type".into(), "Person".into());
    node.insert("name".into(), author.name.as_str().into());
    if !author.slug.is_empty() {
        let route = Route::Author {
            slug: author.slug.clone(),
            page: 1,
        };
        node.insert("url".into(), absolute(site, &route.href(site)).into());
    }
    if let Some(url) = &author.url {
        node.insert("sameAs".into(), url.as_str().into());
    }
    Value::Object(node)
}

fn picture(site: &Site, image: &Image) -> Value {
    let mut node = Map::new();
    node.insert("@type".into(), "ImageObject".into());
    node.insert("url".into(), absolute_asset(site, &image.src).into());
    if let (Some(width), Some(height)) = (image.width, image.height) {
        node.insert("width".into(), width.into());
        node.insert("height".into(), height.into());
    }
    Value::Object(node)
}

/// Where a story stands: its sections from the top, then itself.
fn trail(site: &Site, story: &Story) -> Vec<(String, String)> {
    let mut trail = Vec::new();
    if let Some(section) = &story.summary.section {
        for (at, _) in section.path.match_indices('/') {
            let path = &section.path[..at];
            let known = site.sections.iter().find(|known| known.path == path);
            let name = known.map_or_else(|| crate::page::section_name(path), |k| k.name.clone());
            trail.push((name, category(site, path)));
        }
        trail.push((section.name.clone(), category(site, &section.path)));
    }
    let own = absolute(site, &story.summary.href);
    trail.push((story.summary.headline.clone(), own));
    trail
}

fn list_trail(page: &Page, list: &List) -> Vec<(String, String)> {
    if list.title.is_empty() {
        return Vec::new();
    }
    let site = &page.site;
    let mut trail: Vec<(String, String)> = list
        .parents
        .iter()
        .map(|SectionRef { name, path }| (name.clone(), category(site, path)))
        .collect();
    trail.push((list.title.clone(), absolute(site, &page.route.href(site))));
    trail
}

fn category(site: &Site, path: &str) -> String {
    let route = Route::Category {
        path: path.to_owned(),
        page: 1,
    };
    absolute(site, &route.href(site))
}

fn breadcrumbs(site: &Site, strings: &Strings, trail: &[(String, String)]) -> Option<Value> {
    if trail.is_empty() {
        return None;
    }
    let home = (strings.get(Key::Home).to_owned(), site.url.clone());
    let items: Vec<Value> = std::iter::once(&home)
        .chain(trail)
        .enumerate()
        .map(|(index, (name, url))| {
            json!({ "@type": "ListItem", "position": index + 1, "name": name, "item": url })
        })
        .collect();
    Some(json!({ "@type": "BreadcrumbList", "itemListElement": items }))
}
