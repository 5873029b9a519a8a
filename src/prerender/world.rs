//! Everything beside the pages: feeds, sitemaps, the manifest, what hosts read, what programs ask.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use serde_json::{Value, json};

use super::assets::Assets;
use super::feeds::{Feed, Item};
use super::files::By;
use super::output::Output;
use super::pages::Build;
use super::{headers, latest, rewrite, sitemaps};
use crate::model::{Instant, Site, SiteConfig, Summary};

/// Stories of a public feed.
const FEED: usize = 50;

/// Writes all of it.
///
/// # Errors
/// When a file cannot be written.
pub fn write(build: &Build<'_>, now: Instant) -> Result<()> {
    let (site, out, archive) = (&build.site, build.out, build.archive);
    let names = archive.section_names();
    let sections: BTreeMap<String, (String, Vec<usize>)> = archive
        .by_section()
        .into_iter()
        .map(|(path, stories)| {
            let name = names
                .get(&path)
                .cloned()
                .unwrap_or_else(|| crate::page::section_name(&path));
            (path, (name, stories))
        })
        .collect();
    let all: Vec<usize> = (0..archive.len().min(FEED)).collect();
    put(build, site.title.clone(), String::new(), &all, true)?;
    for (path, (name, stories)) in &sections {
        let title = format!("{name} — {}", site.title);
        let newest = &stories[..stories.len().min(FEED)];
        put(build, title, format!("category/{path}/"), newest, false)?;
    }
    let news: Vec<&Summary> = archive.entries.iter().map(|entry| &entry.summary).collect();
    sitemaps::write(site, &build.places(), &news, now, out)?;
    let withdrawn = latest::withdrawn(archive, site, now, out)?;
    latest::latest(archive, withdrawn, out)?;
    latest::widget(archive, site, &sections, out)
}

/// What hosts and installed apps read; when all other files are there. `roots` are the first segments
/// of the pages' paths, `folders` those of the publisher's files.
///
/// # Errors
/// When a file cannot be written.
pub fn for_hosts(
    config: &SiteConfig,
    site: &Site,
    assets: &Assets,
    (roots, folders): (&BTreeSet<String>, &BTreeSet<String>),
    out: &Output,
) -> Result<()> {
    latest::site_json(config, site, out)?;
    out.put(
        "manifest.webmanifest",
        manifest(site, assets).to_string().as_bytes(),
    )?;
    headers::write(config, site, assets, roots, folders, out)
}

fn put(
    build: &Build<'_>,
    title: String,
    folder: String,
    indices: &[usize],
    texts: bool,
) -> Result<()> {
    let site = &build.site;
    let mut items = Vec::with_capacity(indices.len());
    for &index in indices {
        let entry = &build.archive.entries[index];
        let html = if texts && !entry.path.is_empty() {
            let (_, body) = build.archive.read(entry)?;
            let body = build.settled(&body, By::Source);
            Some(match site.url.as_str() {
                "" => body,
                url => rewrite::absolute(&body, &site.base, url),
            })
        } else {
            None
        };
        items.push(Item {
            summary: &entry.summary,
            tags: entry.tags.iter().map(|tag| tag.name.as_str()).collect(),
            html,
        });
    }
    let feed = Feed {
        site,
        title,
        folder: folder.clone(),
        items,
    };
    build
        .out
        .put(&format!("{folder}feed.json"), feed.json().as_bytes())?;
    build
        .out
        .put(&format!("{folder}rss.xml"), feed.rss().as_bytes())?;
    build
        .out
        .put(&format!("{folder}atom.xml"), feed.atom().as_bytes())
}

/// The media type that an icon's name promises.
fn kind_of(icon: &str) -> Option<&'static str> {
    match icon.rsplit('.').next()? {
        "png" => Some("image/png"),
        "svg" => Some("image/svg+xml"),
        "jpg" | "jpeg" => Some("image/jpeg"),
        "webp" => Some("image/webp"),
        _ => None,
    }
}

fn manifest(site: &Site, assets: &Assets) -> Value {
    let icons: Vec<Value> = assets
        .icon
        .iter()
        .map(|icon| {
            let sizes = assets.icon_size.map_or_else(
                || "any".to_owned(),
                |(width, height)| format!("{width}x{height}"),
            );
            let mut entry = json!({ "src": icon, "sizes": sizes, "purpose": "any" });
            if let Some(kind) = kind_of(icon) {
                entry["type"] = kind.into();
            }
            entry
        })
        .chain(assets.icons.iter().cloned())
        .collect();
    let accent = site.accent.as_deref().unwrap_or("#ffffff");
    json!({
        "name": site.title,
        "short_name": site.title,
        "description": site.description,
        "lang": site.language,
        "dir": site.direction,
        "id": site.base,
        "start_url": site.base,
        "scope": site.base,
        "display": "minimal-ui",
        "background_color": "#ffffff",
        "theme_color": accent,
        "icons": icons,
    })
}
