//! A site that is not prerendered: the shell at every address, what it starts from, and the feed of
//! the folder that browsers will read, with the files that its stories name.
//!
//! Such a feed is read here as a browser reads it, so that of the folder's files those are published
//! that a story names, and none because it happens to lie there. What a source elsewhere may name,
//! `"files"` lists.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result};

use super::assets::{self, Assets};
use super::files::{Files, below, inside};
use super::output::Output;
use super::read::Reading;
use super::render::render_shell;
use super::styles::Sheets;
use super::{Options, clean, document, early, headers, offline, remarks, world};
use crate::head;
use crate::model::{Site, SiteConfig, SourceConfig};
use crate::page::{self, Content, Front, Page, VERSION};
use crate::platform::HOST;
use crate::proof;
use crate::route::Route;
use crate::source::place::Place;
use crate::strings::{Key, Strings};

/// Writes all of it.
///
/// # Errors
/// When the app is incomplete, the folder's feed cannot be read, or a file cannot be written.
pub fn write(
    options: &Options,
    (config, mut site, files, strings): (&SiteConfig, Site, &Files, Strings),
    out: &Output,
) -> Result<()> {
    let folder = proof::folder_of(&options.site);
    site.sections = page::named_sections(config);
    let sheets = Sheets::unread(&site.language);
    let mut assets = assets::gather(options, &site, &sheets, strings, out)?;
    super::settle_icons(&mut assets, &mut site, (folder, files), out)?;
    assets.policy = headers::policy(config, &assets, &BTreeSet::new());
    assets.early = early::requests(config, &site.base);
    pages(&site, &assets, out)?;
    let feeds = publish_feeds(config, folder, out)?;
    for feed in feeds {
        let source = SourceConfig {
            url: feed,
            ..config.source.clone()
        };
        let skipped = Reading::of(&source, options)?.each(|article| {
            clean::ask(&site, &assets.strings, files, &article);
        })?;
        remarks::skipped(&skipped);
    }
    files.want_listed();
    files.publish(out)?;
    let roots = BTreeSet::new();
    world::for_hosts(config, &site, &assets, (&roots, &files.folders()), out)?;
    remarks::tell(&files.notes());
    Ok(())
}

/// The shell at every address.
fn pages(site: &Site, assets: &Assets, out: &Output) -> Result<()> {
    let text = format!(
        "<p class=\"notice\">{}</p>",
        assets.strings.get(Key::ShellNeedsJavascript)
    );
    let strings = Arc::new(assets.strings.clone());
    let page = |route: Route, content: Content| {
        Arc::new(Page {
            version: VERSION,
            route,
            site: site.clone(),
            content,
            built: None,
        })
    };
    let front = page(Route::Front { page: 1 }, Content::Front(Front::default()));
    let other = page(Route::NotFound, Content::NotFound { latest: Vec::new() });
    // The head is the front's everywhere: a story may stand at any address.
    let head = head::head(&front, &assets.strings);
    for (file, page) in [
        ("index.html", &front),
        ("shell.html", &other),
        ("404.html", &other),
    ] {
        let markup = render_shell(page.clone(), strings.clone());
        let shell = document::shell(site, &head, assets, &markup, &text);
        out.put(file, shell.as_bytes())?;
    }
    offline::worker(&assets.strings, site, out)
}

/// Publishes the feed of the folder, with the pages that it names in turn, and where it is split the
/// feeds beside it. With the first document of each.
fn publish_feeds(config: &SiteConfig, folder: &Path, out: &Output) -> Result<Vec<String>> {
    let feed = config.source.url.trim_start_matches('/');
    let mut feeds = vec![feed.to_owned()];
    if config.source.options.get("split") == Some(&true.into()) {
        let beside = feed.rsplit_once('/').map_or("", |(folder, _)| folder);
        for parts in ["article", "section"] {
            let parts = format!("{beside}/{parts}");
            let mut parts = below(folder, parts.trim_start_matches('/'));
            parts.retain(|path| path.ends_with(".json") && !path.contains("/."));
            feeds.append(&mut parts);
        }
    }
    feeds.retain(|feed| inside(folder, feed).is_some_and(|path| path.is_file()));
    for feed in &feeds {
        publish(feed, folder, out)?;
    }
    Ok(feeds)
}

/// Publishes a document and those that it says come after it.
fn publish(feed: &str, folder: &Path, out: &Output) -> Result<()> {
    let mut next = Some(feed.to_owned());
    while let Some(name) = next.take().filter(|name| !out.has(name)) {
        let Some(path) = inside(folder, &name) else {
            break;
        };
        let bytes =
            fs::read(&path).with_context(|| format!("{} cannot be read", path.display()))?;
        out.put(&name, &bytes)?;
        let page: Option<serde_json::Value> = serde_json::from_slice(&bytes).ok();
        let named = page
            .as_ref()
            .and_then(|page| page.get("next_url")?.as_str());
        next = named.and_then(|named| Place::of(&name, HOST).address(named));
    }
    Ok(())
}
