//! Feeds for other programs: JSON Feed, RSS and Atom of the site and of each section, and the
//! small ones that the widget reads.
//!
//! The site's own feeds carry whole texts, those of sections summaries. Nothing here holds a build
//! time, so that a build without news changes no feed.

use std::fmt::Write;

use serde_json::{Map, Value, json};

use crate::head::{absolute, absolute_asset};
use crate::model::{Instant, Site, Summary};
use crate::route::percent_encode;

/// A feed's stories and what it is called.
pub struct Feed<'a> {
    pub site: &'a Site,
    pub title: String,
    /// Path under the base of the page this feed belongs to: empty, or `category/…/`.
    pub folder: String,
    pub items: Vec<Item<'a>>,
}

pub struct Item<'a> {
    pub summary: &'a Summary,
    pub tags: Vec<&'a str>,
    /// The whole text with absolute addresses, where the feed carries texts.
    pub html: Option<String>,
}

impl Feed<'_> {
    fn page(&self) -> String {
        format!("{}{}", self.site.url, percent_encode(&self.folder))
    }

    fn own(&self, file: &str) -> String {
        format!("{}{file}", self.page())
    }

    /// The newest moment of its stories: what feeds call their own date.
    fn moment(&self) -> Option<Instant> {
        self.items
            .iter()
            .filter_map(|item| item.summary.modified.or(item.summary.published))
            .max_by_key(|at| at.epoch)
    }

    /// JSON Feed 1.1.
    pub fn json(&self) -> String {
        let items: Vec<Value> = self.items.iter().map(|item| self.json_item(item)).collect();
        let mut feed = json!({
            "version": "https://jsonfeed.org/version/1.1",
            "title": self.title,
            "home_page_url": self.page(),
            "feed_url": self.own("feed.json"),
            "language": self.site.language,
            "items": items,
        });
        if !self.site.description.is_empty() {
            feed["description"] = self.site.description.as_str().into();
        }
        if let Some(icon) = &self.site.icon {
            feed["icon"] = absolute_asset(self.site, icon).into();
        }
        feed.to_string()
    }

    fn json_item(&self, item: &Item<'_>) -> Value {
        let summary = item.summary;
        let mut node = Map::new();
        let mut put = |key: &str, value: Value| {
            node.insert(key.to_owned(), value);
        };
        put("id", summary.id.as_str().into());
        put("url", absolute(self.site, &summary.href).into());
        put("title", summary.headline.as_str().into());
        if !summary.excerpt.is_empty() {
            put("summary", summary.excerpt.as_str().into());
        }
        match &item.html {
            Some(html) => put("content_html", html.as_str().into()),
            None => put("content_text", summary.excerpt.as_str().into()),
        }
        if let Some(at) = summary.published {
            put("date_published", at.to_string().into());
        }
        if let Some(at) = summary.modified {
            put("date_modified", at.to_string().into());
        }
        if let Some(image) = &summary.image {
            put("image", absolute_asset(self.site, &image.src).into());
        }
        if !summary.byline.is_empty() {
            let authors = summary.byline.iter().map(|name| json!({ "name": name }));
            put("authors", authors.collect());
        }
        if !item.tags.is_empty() {
            put("tags", item.tags.iter().copied().collect());
        }
        if let Some(language) = &summary.language {
            put("language", language.as_str().into());
        }
        Value::Object(node)
    }

    /// RSS 2.0.
    pub fn rss(&self) -> String {
        let mut out = String::from(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" \
             xmlns:atom=\"http://www.w3.org/2005/Atom\" \
             xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" \
             xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><channel>",
        );
        element(&mut out, "title", &self.title);
        element(&mut out, "link", &self.page());
        let about = match self.site.description.as_str() {
            "" => &self.title,
            text => text,
        };
        element(&mut out, "description", about);
        element(&mut out, "language", &self.site.language);
        let _ = write!(
            out,
            "<atom:link href=\"{}\" rel=\"self\" type=\"application/rss+xml\"/>",
            xml(&self.own("rss.xml"))
        );
        if let Some(at) = self.moment() {
            element(&mut out, "lastBuildDate", &at.rfc2822());
        }
        for Item {
            summary,
            tags,
            html,
        } in &self.items
        {
            out.push_str("<item>");
            element(&mut out, "title", &summary.headline);
            element(&mut out, "link", &absolute(self.site, &summary.href));
            let _ = write!(
                out,
                "<guid isPermaLink=\"false\">{}</guid>",
                xml(&summary.id)
            );
            if let Some(at) = summary.published {
                element(&mut out, "pubDate", &at.rfc2822());
            }
            for name in &summary.byline {
                element(&mut out, "dc:creator", name);
            }
            for category in summary
                .section
                .iter()
                .map(|s| s.name.as_str())
                .chain(tags.iter().copied())
            {
                element(&mut out, "category", category);
            }
            if !summary.excerpt.is_empty() {
                element(&mut out, "description", &summary.excerpt);
            }
            if let Some(html) = html {
                element(&mut out, "content:encoded", html);
            }
            out.push_str("</item>");
        }
        out.push_str("</channel></rss>\n");
        out
    }

    /// Atom 1.0.
    pub fn atom(&self) -> String {
        let mut out = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
             <feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">",
            xml(&self.site.language)
        );
        element(&mut out, "title", &self.title);
        element(&mut out, "id", &self.page());
        let _ = write!(
            out,
            "<link rel=\"self\" type=\"application/atom+xml\" href=\"{}\"/><link rel=\"alternate\" \
             type=\"text/html\" href=\"{}\"/>",
            xml(&self.own("atom.xml")),
            xml(&self.page())
        );
        let never = Instant::from_epoch(0);
        element(
            &mut out,
            "updated",
            &self.moment().unwrap_or(never).to_string(),
        );
        let _ = write!(
            out,
            "<author><name>{}</name></author>",
            xml(&self.site.title)
        );
        for Item {
            summary,
            tags,
            html,
        } in &self.items
        {
            out.push_str("<entry>");
            element(&mut out, "title", &summary.headline);
            let url = absolute(self.site, &summary.href);
            element(&mut out, "id", &url);
            let _ = write!(out, "<link rel=\"alternate\" href=\"{}\"/>", xml(&url));
            let updated = summary.modified.or(summary.published).unwrap_or(never);
            element(&mut out, "updated", &updated.to_string());
            if let Some(at) = summary.published {
                element(&mut out, "published", &at.to_string());
            }
            for name in &summary.byline {
                let _ = write!(out, "<author><name>{}</name></author>", xml(name));
            }
            for tag in tags {
                let _ = write!(out, "<category term=\"{}\"/>", xml(tag));
            }
            if !summary.excerpt.is_empty() {
                element(&mut out, "summary", &summary.excerpt);
            }
            if let Some(html) = html {
                let _ = write!(out, "<content type=\"html\">{}</content>", xml(html));
            }
            out.push_str("</entry>");
        }
        out.push_str("</feed>\n");
        out
    }

    /// The widget's feed: summaries in the shape of JSON Feed, as many as `most` bytes hold.
    pub fn widget(&self, most: usize) -> String {
        let mut count = self.items.len();
        loop {
            let items: Vec<Value> = self.items[..count]
                .iter()
                .map(|item| widget_item(self.site, item.summary))
                .collect();
            let text = json!({
                "version": "https://jsonfeed.org/version/1.1",
                "title": self.title,
                "home_page_url": self.page(),
                "language": self.site.language,
                "_dateline": { "direction": self.site.direction, "accent": self.site.accent },
                "items": items,
            })
            .to_string();
            if text.len() <= most || count == 0 {
                return text;
            }
            count -= 1;
        }
    }
}

/// Excerpts of the widget's stories are cut to this many characters, pictures are the smallest.
const WIDGET_EXCERPT: usize = 80;

fn widget_item(site: &Site, summary: &Summary) -> Value {
    let mut node = Map::new();
    let url = absolute(site, &summary.href);
    node.insert("id".into(), url.as_str().into());
    node.insert("url".into(), url.into());
    node.insert("title".into(), summary.headline.as_str().into());
    let excerpt = crate::html::text::excerpt(&summary.excerpt, WIDGET_EXCERPT);
    if !excerpt.is_empty() {
        node.insert("summary".into(), excerpt.into());
    }
    if let Some(at) = summary.published {
        node.insert("date_published".into(), at.to_string().into());
    }
    if let Some(image) = &summary.image {
        let sizes = image.modern.iter().chain(&image.sizes);
        let small = sizes
            .min_by_key(|size| size.width)
            .map_or(&image.src, |size| &size.src);
        node.insert("image".into(), absolute_asset(site, small).into());
    }
    if let Some(section) = &summary.section {
        node.insert("_dateline".into(), json!({ "section": section.name }));
    }
    Value::Object(node)
}

fn element(out: &mut String, name: &str, text: &str) {
    let _ = write!(out, "<{name}>{}</{name}>", xml(text));
}

/// Escapes text for XML, and leaves out what XML cannot hold at all.
pub fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(c),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => out.push(c),
        }
    }
    out
}
