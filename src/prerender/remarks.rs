//! What a build tells the publisher of `site.json`: before anything is read, when the stories are
//! known, and when every page is there.

use std::path::Path;

use anyhow::Result;

use super::{MOST_NAMED, Options, assets, pages, read};
use crate::model::SiteConfig;
use crate::proof;
use crate::source::Skipped;

/// What the publisher should know; the build goes on.
pub fn tell(notes: &[String]) {
    for note in notes {
        eprintln!("  note: {note}");
    }
}

/// Names the first of the stories that cannot be shown.
pub fn skipped(skipped: &[Skipped]) {
    for skipped in skipped.iter().take(MOST_NAMED) {
        eprintln!("  skipped {}: {}", skipped.item, skipped.reason);
    }
    if skipped.len() > MOST_NAMED {
        eprintln!(
            "  … and {} more; dateline check names them all",
            skipped.len() - MOST_NAMED
        );
    }
}

/// Reads `site.json` and tells what in it is likely not as meant.
///
/// # Errors
/// What would leave the site broken, all of it at once.
pub fn proofed(path: &Path, base: &str) -> Result<SiteConfig> {
    let (config, mut notes) = proof::read(path).map_err(anyhow::Error::msg)?;
    let found = proof::Proof::of(&config, proof::folder_of(path), Some(base));
    notes.extend(found.notes);
    tell(&notes);
    match found.errors.as_slice() {
        [] => Ok(config),
        [only] => anyhow::bail!("{}: {only}", path.display()),
        several => anyhow::bail!("{}:\n  - {}", path.display(), several.join("\n  - ")),
    }
}

/// Tells where browsers are to read a source whose format the app was built without; known before
/// the source is asked.
///
/// # Errors
/// Where there would be nothing else to read.
pub fn formats(config: &SiteConfig, options: &Options) -> Result<()> {
    // An app that is not there is told of when its files are gathered.
    let press = || {
        let [_, wasm] = assets::press(&options.app).ok()?;
        std::fs::read(options.app.join(wasm)).ok()
    };
    match proof::lacks(config, press) {
        Some(lack) if !config.prerender => anyhow::bail!("{lack}"),
        lack => tell(&Vec::from_iter(lack)),
    }
    Ok(())
}

/// What `site.json` names and the source has not.
pub fn unfound(config: &SiteConfig, read: &read::Read) -> Vec<String> {
    let names = read.archive.section_names();
    let known: Vec<(&str, &str)> = names
        .iter()
        .map(|it| (it.0.as_str(), it.1.as_str()))
        .collect();
    let mut notes = proof::unknown_sections(config, &known);
    let mut pins = proof::Pins::of(config);
    for (place, entry) in read.archive.entries.iter().enumerate() {
        let slug = entry.path.rsplit('/').next().unwrap_or_default();
        pins.see(&entry.summary.id, slug, place < pages::FRONT_STORIES);
    }
    notes.extend(pins.notes());
    notes
}

/// Links of `site.json` to pages that a finished build has not.
pub fn nowhere(config: &SiteConfig, options: &Options, read: &read::Read) -> Vec<String> {
    let has = |path: &str| {
        let file = options.out.join(path);
        file.is_file() || file.join("index.html").is_file()
    };
    let sections = read.archive.by_section().into_keys();
    let sections: Vec<String> = sections.map(|path| format!("category/{path}")).collect();
    let stories = read.archive.entries.iter().map(|entry| entry.path.as_str());
    let pages = read.plain.iter().map(|page| page.path.as_str());
    let own = ["archive", "search", "saved", "drafts", "embed"];
    let known: Vec<&str> = (own.into_iter().chain(pages).chain(stories))
        .chain(sections.iter().map(String::as_str))
        .collect();
    proof::leads_nowhere(config, &options.base, &has, &known)
}
