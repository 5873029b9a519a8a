//! What a page says about itself in its `<head>`: title, description, canonical address.
//!
//! Made once from the page, in both worlds; the prerenderer writes the tags, the app takes over
//! those of a fetched page and sets title and language of a page it made itself.

mod structured;

use crate::model::{Direction, Site};
use crate::page::{Content, Page};
use crate::route::{Route, percent_encode};
use crate::strings::{Key, Strings};

/// The head of a page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Head {
    pub title: String,
    /// BCP 47, of the page.
    pub language: String,
    pub direction: Direction,
    pub tags: Vec<HeadTag>,
}

/// A `<meta>` or `<link>` with its attributes, or a script of JSON-LD with its text.
#[derive(Clone, Debug, PartialEq)]
pub struct HeadTag {
    pub name: &'static str,
    pub attributes: Vec<(&'static str, String)>,
    /// JSON text of a script, already safe inside one.
    pub text: Option<String>,
}

impl HeadTag {
    pub fn meta(name: &'static str, content: impl Into<String>) -> Self {
        Self {
            name: "meta",
            attributes: vec![("name", name.into()), ("content", content.into())],
            text: None,
        }
    }

    pub fn property(name: &'static str, content: impl Into<String>) -> Self {
        Self {
            name: "meta",
            attributes: vec![("property", name.into()), ("content", content.into())],
            text: None,
        }
    }

    pub fn link(rel: &'static str, href: impl Into<String>) -> Self {
        Self {
            name: "link",
            attributes: vec![("rel", rel.into()), ("href", href.into())],
            text: None,
        }
    }

    /// Writes the tag as HTML, marked so that the app can exchange it on navigation.
    pub fn write(&self, out: &mut String) {
        out.push('<');
        out.push_str(self.name);
        out.push_str(" data-head");
        for (name, value) in &self.attributes {
            out.push(' ');
            out.push_str(name);
            out.push_str("=\"");
            for c in value.chars() {
                match c {
                    '&' => out.push_str("&amp;"),
                    '"' => out.push_str("&quot;"),
                    '<' => out.push_str("&lt;"),
                    c => out.push(c),
                }
            }
            out.push('"');
        }
        out.push('>');
        if let Some(text) = &self.text {
            out.push_str(text);
            out.push_str("</script>");
        }
    }
}

/// The title of a page: what it is, then the site.
pub fn title(page: &Page, strings: &Strings) -> String {
    let site = &page.site;
    let own = match &page.content {
        Content::Front(_) => return site.title.clone(),
        Content::List(list) if list.title.is_empty() => strings.get(Key::Latest).to_owned(),
        Content::List(list) => list.title.clone(),
        Content::Story(story) => story.summary.headline.clone(),
        Content::Related(related) => {
            strings.fill(Key::RelatedTo, &[("headline", &related.story.headline)])
        }
        Content::Plain(plain) => plain.title.clone(),
        Content::Search(_) => strings.get(Key::Search).to_owned(),
        Content::Saved => strings.get(Key::SavedStories).to_owned(),
        Content::Drafts => strings.get(Key::Drafts).to_owned(),
        Content::Archive(_) => strings.get(Key::Archive).to_owned(),
        Content::Embed => strings.get(Key::Widget).to_owned(),
        Content::NotFound { .. } => strings.get(Key::NotFoundTitle).to_owned(),
        Content::Problem(_) => strings.get(Key::ProblemTitle).to_owned(),
    };
    if site.title.is_empty() {
        own
    } else {
        format!("{own} — {}", site.title)
    }
}

/// The head of a page.
pub fn head(page: &Page, strings: &Strings) -> Head {
    let site = &page.site;
    let title = title(page, strings);
    let mut tags = Vec::new();
    let description = description(page);
    if !description.is_empty() {
        tags.push(HeadTag::meta("description", description));
    }
    match robots(page) {
        Some(rule) => tags.push(HeadTag::meta("robots", rule)),
        None => tags.push(HeadTag::meta("robots", "max-image-preview:large")),
    }
    if addressed(page) {
        tags.extend(canonical(site, page));
        social(page, description, &mut tags);
    }
    tags.extend(feeds(page));
    if let Some(text) = structured::graph(page, strings) {
        tags.push(HeadTag {
            name: "script",
            attributes: vec![("type", "application/ld+json".into())],
            text: Some(text),
        });
    }
    Head {
        title,
        language: site.language.clone(),
        direction: site.direction,
        tags,
    }
}

fn description(page: &Page) -> &str {
    match &page.content {
        Content::Story(story) => &story.summary.excerpt,
        Content::List(list) => match (&list.description, &list.author) {
            (Some(text), _) => text,
            (None, Some(author)) => author.bio.as_deref().unwrap_or_default(),
            (None, None) if list.title.is_empty() => &page.site.description,
            (None, None) => "",
        },
        Content::Front(_) => &page.site.description,
        _ => "",
    }
}

/// What search engines are asked not to list: pages without anything of their own.
fn robots(page: &Page) -> Option<&'static str> {
    match &page.content {
        // A page of ours beside the site's own, such as the one for readers without a network.
        _ if page.route == Route::NotFound => Some("noindex"),
        Content::NotFound { .. } | Content::Problem(_) => Some("noindex"),
        Content::Search(_) | Content::Saved | Content::Drafts | Content::Related(_) => {
            Some("noindex, follow")
        }
        _ => None,
    }
}

/// Whether the page stands at an address of its own.
fn addressed(page: &Page) -> bool {
    page.route != Route::NotFound
        && !matches!(page.content, Content::NotFound { .. } | Content::Problem(_))
}

fn canonical(site: &Site, page: &Page) -> Option<HeadTag> {
    (!site.url.is_empty())
        .then(|| HeadTag::link("canonical", absolute(site, &page.route.href(site))))
}

/// Open Graph, the card of X, and the times of an article.
fn social(page: &Page, description: &str, tags: &mut Vec<HeadTag>) {
    let site = &page.site;
    let story = match &page.content {
        Content::Story(story) => Some(story.as_ref()),
        _ => None,
    };
    let kind = match (&page.content, story) {
        (_, Some(_)) => "article",
        (Content::List(list), _) if list.author.is_some() => "profile",
        _ => "website",
    };
    let headline = match (story, &page.content) {
        (Some(story), _) => story.summary.headline.as_str(),
        (_, Content::List(list)) if !list.title.is_empty() => list.title.as_str(),
        (_, Content::Plain(plain)) => plain.title.as_str(),
        _ => site.title.as_str(),
    };
    tags.push(HeadTag::property("og:type", kind));
    tags.push(HeadTag::property("og:title", headline));
    if !site.title.is_empty() {
        tags.push(HeadTag::property("og:site_name", site.title.as_str()));
    }
    if !description.is_empty() {
        tags.push(HeadTag::property("og:description", description));
    }
    if !site.url.is_empty() {
        let url = absolute(site, &page.route.href(site));
        tags.push(HeadTag::property("og:url", url));
    }
    let language = story
        .and_then(|story| story.summary.language.as_ref())
        .unwrap_or(&site.language);
    if language.contains('-') {
        tags.push(HeadTag::property("og:locale", language.replace('-', "_")));
    }
    let image = match (story, &page.content) {
        (Some(story), _) => story.image.as_ref().or(story.summary.image.as_ref()),
        (_, Content::Front(front)) => front.lead.as_ref().and_then(|lead| lead.image.as_ref()),
        _ => None,
    };
    // A link preview is fetched by other machines: without the site's address there is none.
    let image = image.filter(|image| !site.url.is_empty() || image.src.contains("://"));
    if let Some(image) = image {
        tags.push(HeadTag::property(
            "og:image",
            absolute_asset(site, &image.src),
        ));
        if let (Some(width), Some(height)) = (image.width, image.height) {
            tags.push(HeadTag::property("og:image:width", width.to_string()));
            tags.push(HeadTag::property("og:image:height", height.to_string()));
        }
        if !image.alt.is_empty() {
            tags.push(HeadTag::property("og:image:alt", image.alt.as_str()));
        }
    }
    let card = if image.is_some() {
        "summary_large_image"
    } else {
        "summary"
    };
    tags.push(HeadTag::meta("twitter:card", card));
    let Some(story) = story else { return };
    if let Some(at) = story.summary.published {
        tags.push(HeadTag::property("article:published_time", at.to_string()));
    }
    if let Some(at) = story.summary.modified {
        tags.push(HeadTag::property("article:modified_time", at.to_string()));
    }
    for author in &story.authors {
        tags.push(HeadTag::property("article:author", author.name.as_str()));
    }
    if let Some(section) = &story.summary.section {
        tags.push(HeadTag::property("article:section", section.name.as_str()));
    }
    for tag in &story.tags {
        tags.push(HeadTag::property("article:tag", tag.name.as_str()));
    }
}

/// The feeds of the site, and of the section a page belongs to.
fn feeds(page: &Page) -> Vec<HeadTag> {
    let site = &page.site;
    let mut tags = Vec::new();
    let mut add = |folder: &str, title: &str| {
        for (kind, file) in [
            ("application/feed+json", "feed.json"),
            ("application/rss+xml", "rss.xml"),
            ("application/atom+xml", "atom.xml"),
        ] {
            let href = percent_encode(&format!("{}{folder}{file}", site.base));
            let mut tag = HeadTag::link("alternate", href);
            tag.attributes.push(("type", kind.into()));
            tag.attributes.push(("title", title.to_owned()));
            tags.push(tag);
        }
    };
    match (&page.route, &page.content) {
        (Route::Front { page: 1 }, _) => add("", &site.title),
        (Route::Category { path, .. }, Content::List(list)) => {
            let title = format!("{} — {}", list.title, site.title);
            add(&format!("category/{path}/"), &title);
        }
        _ => {
            let href = format!("{}rss.xml", site.base);
            let mut tag = HeadTag::link("alternate", href);
            tag.attributes.push(("type", "application/rss+xml".into()));
            tag.attributes.push(("title", site.title.clone()));
            tags.push(tag);
        }
    }
    tags
}

/// The public address of a path under the base.
pub fn absolute(site: &Site, href: &str) -> String {
    if href.contains("://") {
        return href.to_owned();
    }
    let tail = href
        .strip_prefix(&site.base)
        .unwrap_or(href.trim_start_matches('/'));
    format!("{}{tail}", site.url)
}

/// The public address of a file of the site's own folder; other addresses stay as they are.
pub fn absolute_asset(site: &Site, url: &str) -> String {
    absolute(site, url)
}
