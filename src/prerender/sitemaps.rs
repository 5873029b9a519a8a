//! What search engines are told: sitemap index and parts, the news sitemap, `robots.txt`.

use std::fmt::Write;

use anyhow::Result;

use super::feeds::xml;
use super::output::Output;
use crate::head::absolute;
use crate::model::{Instant, Site, Summary};

/// The limit of the sitemap protocol.
const PART: usize = 50_000;
const NEWS_DAYS: i64 = 2;
const NEWS_MOST: usize = 1_000;

/// A page with an address of its own, and when it last changed.
pub struct Place {
    pub href: String,
    pub changed: Option<Instant>,
}

/// Writes the sitemaps. Without a public address there are none: their entries must be absolute.
///
/// # Errors
/// When a file cannot be written.
pub fn write(
    site: &Site,
    places: &[Place],
    news: &[&Summary],
    now: Instant,
    out: &Output,
) -> Result<()> {
    let mut robots = String::from("User-agent: *\nAllow: /\n");
    if !site.url.is_empty() {
        let mut index = String::from(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
             <sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">",
        );
        for (number, part) in places.chunks(PART).enumerate() {
            let name = format!("sitemap-{}.xml", number + 1);
            out.put(&name, urls(site, part).as_bytes())?;
            let _ = write!(
                index,
                "<sitemap><loc>{}{name}</loc></sitemap>",
                xml(&site.url)
            );
        }
        index.push_str("</sitemapindex>\n");
        out.put("sitemap.xml", index.as_bytes())?;
        out.put("sitemap-news.xml", latest_news(site, news, now).as_bytes())?;
        let _ = write!(
            robots,
            "\nSitemap: {0}sitemap.xml\nSitemap: {0}sitemap-news.xml\n",
            site.url
        );
    }
    out.put("robots.txt", robots.as_bytes())
}

fn urls(site: &Site, places: &[Place]) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">",
    );
    for place in places {
        let _ = write!(out, "<url><loc>{}</loc>", xml(&absolute(site, &place.href)));
        if let Some(at) = place.changed {
            let _ = write!(out, "<lastmod>{at}</lastmod>");
        }
        out.push_str("</url>");
    }
    out.push_str("</urlset>\n");
    out
}

fn latest_news(site: &Site, news: &[&Summary], now: Instant) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" \
         xmlns:news=\"http://www.google.com/schemas/sitemap-news/0.9\">",
    );
    let since = now.epoch - NEWS_DAYS * 86_400;
    let fresh = |at: Instant| at.epoch >= since && at.epoch <= now.epoch;
    let recent = news
        .iter()
        .filter(|story| !story.external)
        .filter_map(|story| Some((story, story.published.filter(|at| fresh(*at))?)));
    for (story, at) in recent.take(NEWS_MOST) {
        let language = story.language.as_ref().unwrap_or(&site.language);
        let language = language.split('-').next().unwrap_or_default();
        let _ = write!(
            out,
            "<url><loc>{}</loc><news:news><news:publication><news:name>{}</news:name>\
             <news:language>{}</news:language></news:publication>\
             <news:publication_date>{at}</news:publication_date>\
             <news:title>{}</news:title></news:news></url>",
            xml(&absolute(site, &story.href)),
            xml(&site.title),
            xml(language),
            xml(&story.headline),
        );
    }
    out.push_str("</urlset>\n");
    out
}
