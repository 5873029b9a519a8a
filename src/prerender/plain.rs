//! The publisher's own pages: HTML fragments of a folder, cleaned like any other body.
//!
//! `about.html` becomes `/about/`; its leading `h1` is the title (without one, the file's name).

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::html;
use crate::model::{Body, Slug};
use crate::platform::HOST;
use crate::route::RESERVED;
use crate::strings::Strings;

/// A page as it will be written.
pub struct PlainPage {
    pub slug: String,
    pub title: String,
    pub body: String,
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
        let is_html = path
            .extension()
            .is_some_and(|extension| extension == "html");
        let stem = path.file_stem().and_then(|stem| stem.to_str());
        if let (true, Some(stem)) = (is_html, stem) {
            let text = fs::read_to_string(&path)
                .with_context(|| format!("{} cannot be read", path.display()))?;
            found.push(one(stem, &text, base_url, strings).with_context(|| {
                format!(
                    "{} cannot be a page of that name; rename it",
                    path.display()
                )
            })?);
        }
    }
    found.sort_by(|a, b| a.slug.cmp(&b.slug));
    Ok(found)
}

fn one(stem: &str, text: &str, base_url: &str, strings: &Strings) -> Option<PlainPage> {
    let slug = Slug::from_segment(stem)?.to_string();
    if RESERVED.contains(&slug.as_str()) {
        return None;
    }
    let (title, rest) = split_title(text);
    let title = title.unwrap_or_else(|| crate::page::section_name(&slug));
    let context = html::Context {
        host: &HOST,
        base_url: Some(base_url),
        site_links: &|_| None,
        headline: Some(&title),
        lead_image: None,
        id_prefix: "s-",
        comment: false,
        language: None,
    };
    let cleaned = html::clean(&Body::Html(rest.to_owned()), &context);
    let options = html::WriteOptions {
        strings,
        comment: false,
    };
    Some(PlainPage {
        slug,
        body: html::write(&cleaned.blocks, &options),
        title,
    })
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
