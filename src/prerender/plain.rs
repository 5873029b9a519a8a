//! The publisher's own pages: HTML fragments and Markdown of a folder, and the pages that a source has
//! (imprint, about, contact), cleaned like any other body.
//!
//! `about.html` and `about.md` become `/about/`; the leading `h1` is the title (without one, what
//! Markdown's front matter or else the file's name says). A
//! page of the source keeps its own path, `/about/team/` included. Where both have a page of one
//! path the folder's is meant: it lies nearer to hand.

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use super::addresses;
use super::archive::Archive;
use super::files::{By, home};
use crate::html;
use crate::model::{Access, Article, Body, Link, Site, Slug};
use crate::platform::HOST;
use crate::proof::{Written, written_in};
use crate::route::{is_taken, percent_encode};
use crate::source::Skipped;
use crate::source::text::markdown;
use crate::strings::Strings;

/// A page as it will be written.
pub struct PlainPage {
    /// Path under the base, without slashes at the ends.
    pub path: String,
    pub title: String,
    pub body: String,
    /// Its address at the source, to know links to it by.
    pub url: Option<String>,
    /// Whose words it is.
    pub by: By,
}

/// Reads the pages of a folder, by name.
///
/// # Errors
/// When the folder that `site.json` names is not there or a file in it cannot be read.
pub fn read(
    site_folder: &Path,
    pages: &str,
    base_url: &str,
    strings: &Strings,
) -> Result<Vec<PlainPage>> {
    let folder = super::files::inside(site_folder, pages).with_context(|| {
        format!("\"pages\": {pages} in site.json leads out of the site's folder")
    })?;
    let entries = fs::read_dir(&folder).with_context(|| {
        format!(
            "{} (\"pages\" in site.json) cannot be read",
            folder.display()
        )
    })?;
    let mut found = Vec::new();
    for entry in entries {
        let path = entry?.path();
        let written = written_in(&path).filter(|_| path.is_file());
        let stem = path.file_stem().and_then(|stem| stem.to_str());
        if let (Some(written), Some(stem)) = (written, stem) {
            let text = fs::read_to_string(&path)
                .with_context(|| format!("{} cannot be read", path.display()))?;
            let (title, text) = match written {
                Written::Html => (None, text),
                Written::Markdown => (front_title(&text), markdown::html(&text)),
            };
            found.push(one(stem, title, &text, base_url, strings).with_context(|| {
                format!(
                    "{} cannot be a page of that name; rename it",
                    path.display()
                )
            })?);
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    if let Some(pair) = found.windows(2).find(|pair| pair[0].path == pair[1].path) {
        bail!(
            "two files of {pages} (\"pages\" in site.json) would be the page /{}/; rename one",
            pair[0].path
        );
    }
    Ok(found)
}

fn one(
    stem: &str,
    title: Option<String>,
    text: &str,
    base_url: &str,
    strings: &Strings,
) -> Option<PlainPage> {
    let slug = Slug::from_segment(stem)?.to_string();
    if is_taken(&slug) {
        return None;
    }
    let (heading, rest) = split_title(text);
    let title = heading
        .or(title)
        .unwrap_or_else(|| crate::page::section_name(&slug));
    let page = (slug.as_str(), title.as_str(), None);
    let body = Body::Html(rest.to_owned());
    Some(written(page, By::Page, &body, base_url, strings))
}

/// A page of this path, title and address at the source.
fn written(
    (path, title, url): (&str, &str, Option<&str>),
    by: By,
    body: &Body,
    base_url: &str,
    strings: &Strings,
) -> PlainPage {
    let context = html::Context {
        headline: Some(title),
        ..html::Context::new(&HOST, Some(url.unwrap_or(base_url)))
    };
    let cleaned = html::clean(body, &context);
    let options = html::WriteOptions {
        strings,
        moment: crate::platform::moment,
        comment: false,
    };
    PlainPage {
        path: path.to_owned(),
        body: html::write(&cleaned.blocks, &options),
        title: title.to_owned(),
        url: url.map(str::to_owned),
        by,
    }
}

/// Adds the source's pages to the folder's, each at its own path. What cannot be a page is named
/// in `skipped`.
pub fn add(
    pages: &mut Vec<PlainPage>,
    theirs: Vec<Article>,
    (site, strings): (&Site, &Strings),
    archive: &Archive,
    skipped: &mut Vec<Skipped>,
) {
    let stories = archive.entries.iter().map(|entry| &entry.path);
    let mut taken: HashSet<String> = stories
        .chain(pages.iter().map(|page| &page.path))
        .map(|path| path.to_lowercase())
        .collect();
    let mut found = Vec::new();
    for page in theirs {
        let reason = match path_of(&page, &site.base) {
            _ if page.access == Access::Locked || page.body == Body::Absent => {
                "the page is empty or protected by a password"
            }
            None => "it is the source's front page",
            Some(path) if is_taken(&path) => "its address is one of Dateline's own",
            Some(path) if !taken.insert(path.to_lowercase()) => {
                "another page or story has its address"
            }
            Some(path) => {
                let about = (path.as_str(), page.headline.as_str(), page.url.as_deref());
                let (body, home) = (&page.body, home(site));
                found.push(written(about, By::Source, body, home, strings));
                continue;
            }
        };
        skipped.push(Skipped {
            item: format!("page \"{}\"", page.headline),
            reason: reason.into(),
        });
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    pages.extend(found);
}

/// Links for the foot of a site that configured none: an imprint that nothing leads to might as
/// well not be there.
pub fn links(pages: &[PlainPage]) -> Vec<Link> {
    const MOST: usize = 12;
    let top = pages.iter().filter(|page| !page.path.contains('/'));
    let link = |page: &PlainPage| Link {
        title: page.title.clone(),
        url: percent_encode(&format!("{}/", page.path)),
    };
    top.take(MOST).map(link).collect()
}

/// A page's own path under the base; without one its slug. `None` for the front page.
fn path_of(page: &Article, base: &str) -> Option<String> {
    let own = page.url.as_deref().map(addresses::own).unwrap_or_default();
    let inside = match own.strip_prefix(base.trim_matches('/')) {
        Some(rest) if rest.is_empty() || rest.starts_with('/') => rest,
        _ => &own,
    };
    if inside.is_empty() && page.url.is_some() {
        return None;
    }
    if inside.is_empty() || inside.starts_with('?') {
        return page
            .slug
            .as_deref()
            .and_then(Slug::from_segment)
            .map(|slug| slug.to_string());
    }
    let parts = inside.split('/').filter(|part| !part.is_empty());
    let safe: Option<Vec<String>> = parts
        .map(|part| Slug::from_segment(part).map(|slug| slug.to_string()))
        .collect();
    safe.map(|parts| parts.join("/"))
}

/// The title in the front matter of a Markdown file, as site generators write it.
fn front_title(text: &str) -> Option<String> {
    let mut lines = text.trim_start_matches('\u{feff}').lines();
    lines.next().filter(|line| line.trim_end() == "---")?;
    let mut front = lines.take_while(|line| line.trim_end() != "---");
    let title = front.find_map(|line| line.strip_prefix("title:"))?.trim();
    let title = title.trim_matches(['"', '\'']).trim();
    (!title.is_empty()).then(|| title.to_owned())
}

/// The text of a leading `h1`, and what follows it.
fn split_title(text: &str) -> (Option<String>, &str) {
    let trimmed = text.trim_start_matches('\u{feff}').trim_start();
    let after = trimmed
        .strip_prefix("<h1")
        .and_then(|rest| rest.split_once('>'));
    let Some((title, rest)) = after.and_then(|(_, rest)| rest.split_once("</h1>")) else {
        return (None, trimmed);
    };
    let title = html::text::plain(&HOST, title);
    ((!title.is_empty()).then_some(title), rest)
}
