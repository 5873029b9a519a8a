//! What a page says about itself in its `<head>`: title, description, canonical address.
//!
//! Made once from the page, in both worlds; the prerenderer writes the tags, the app takes over
//! those of a fetched page and sets title and language of a page it made itself.

use crate::model::{Direction, Site};
use crate::page::{Content, Page};
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
    let mut tags = Vec::new();
    let description = match &page.content {
        Content::Story(story) => &story.summary.excerpt,
        _ => &site.description,
    };
    if !description.is_empty() {
        tags.push(HeadTag::meta("description", description.as_str()));
    }
    match &page.content {
        Content::NotFound { .. } | Content::Problem(_) => {
            tags.push(HeadTag::meta("robots", "noindex"));
        }
        _ => tags.extend(canonical(site, page)),
    }
    let language = site.language.clone();
    Head {
        title: title(page, strings),
        language,
        direction: site.direction,
        tags,
    }
}

fn canonical(site: &Site, page: &Page) -> Option<HeadTag> {
    (!site.url.is_empty())
        .then(|| HeadTag::link("canonical", absolute(site, &page.route.href(site))))
}

/// The public address of a path under the base.
pub fn absolute(site: &Site, href: &str) -> String {
    let tail = href
        .strip_prefix(&site.base)
        .unwrap_or(href.trim_start_matches('/'));
    format!("{}{tail}", site.url)
}
