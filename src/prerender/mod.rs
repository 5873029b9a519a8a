//! Native only: every route becomes a file.
//!
//! Two passes, so that memory follows the number of stories and never their text. The first
//! (`read`) streams the source, cleans each body and puts the result on a spool file, keeping
//! only summaries. The second (`pages`) reads stories back from the spool, renders and writes
//! them on all cores. What was already on disk with the same bytes is left alone (`output`).

pub(crate) mod accent;
pub(crate) mod addresses;
mod archive;
mod assets;
mod clean;
mod document;
mod early;
mod embed;
mod feeds;
pub(crate) mod files;
mod headers;
mod icons;
mod latest;
mod live;
mod locales;
mod nginx;
mod nodes;
mod offline;
mod output;
mod pages;
mod pictures;
mod plain;
mod read;
mod reasons;
mod remarks;
mod remote;
mod render;
mod rewrite;
mod search;
mod shell;
mod sitemaps;
mod styles;
mod world;

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::time::Instant as Stopwatch;

use anyhow::Result;

use crate::model::Instant;
use crate::page;
use crate::proof;
use crate::strings;
use styles::Sheets;

pub use output::{Change, Report};
pub use reasons::Why;

/// What `dateline prerender` was asked to do.
#[derive(Clone, Debug)]
pub struct Options {
    /// Trunk's output: the bundles and what every build ships.
    pub app: PathBuf,
    /// The publisher's `site.json`.
    pub site: PathBuf,
    /// The folder to publish.
    pub out: PathBuf,
    /// Path the site lives under, with slashes at both ends.
    pub base: String,
    /// The moment to build for; fixed for builds that must repeat byte by byte.
    pub now: Option<Instant>,
}

/// Skipped items and changed files that a build names one by one.
const MOST_NAMED: usize = 20;

/// Builds the site.
///
/// # Errors
/// An unreadable or invalid `site.json`, a source that gives nothing, or an output folder that
/// cannot be written. Single bad items are skipped and reported instead.
pub fn run(options: &Options) -> Result<Report> {
    let started = Stopwatch::now();
    let path = &options.site;
    let config = remarks::proofed(path, &options.base)?;
    let now = options.now.unwrap_or_else(crate::platform::clock::now);
    apart(path, &options.out)?;
    remarks::formats(&config, options)?;
    let out = output::Output::open(&options.out)?;
    let strings = locales::strings(&config.language)?;
    if let Some(note) = strings::without_locale(&config.language) {
        eprintln!("  {note}");
    }
    let folder = proof::folder_of(path);
    let bare = page::resolve(&config, &options.base, Vec::new());
    let files = files::Files::new(folder, &config, &bare);
    let links = config.menu.iter().chain(&config.footer);
    for address in links.map(|link| &link.url).chain(config.redirects.values()) {
        // A menu may lead to a file: asking for it publishes it.
        drop(files.local(address, files::By::Config));
    }
    let pictures = pictures::Pictures::new(&config, folder, &out);
    if !config.prerender {
        let parts = (&config, bare, &files, strings);
        shell::write(options, parts, &out)?;
        return finish(out, now, started);
    }
    let plain = match &config.pages {
        Some(pages) => plain::read(folder, pages, files::home(&bare), &strings)?,
        None => Vec::new(),
    };
    let before = latest::before(&out, &bare.base);
    let mut read = read::read(
        &config,
        options,
        &strings,
        (&files, &pictures),
        plain,
        &before,
    )?;
    eprintln!(
        "Read {} stories and {} pages ({} skipped) in {:.1} s",
        read.archive.len(),
        read.plain.len(),
        read.skipped.len(),
        started.elapsed().as_secs_f32()
    );
    remarks::skipped(&read.skipped);
    remarks::tell(&read.notes);
    sure(&read, before.len())?;
    whole(&read, &before)?;
    let entries = &read.archive.entries;
    let languages = entries
        .iter()
        .filter_map(|entry| entry.summary.language.as_deref());
    let sheets = Sheets::of(languages.chain([read.site.language.as_str()]));
    let mut assets = assets::gather(options, &read.site, &sheets, strings, &out)?;
    settle_icons(&mut assets, &mut read.site, (folder, &files), &out)?;
    assets.early = early::requests(&config, &read.site.base);
    assets.policy = headers::policy(&config, &assets, &read.archive.threads);
    remarks::tell(&remarks::unfound(&config, &read));
    let build = pages::Build::new(pages::Parts {
        config: &config,
        read: &read,
        assets: &assets,
        files: &files,
        pictures: &pictures,
        out: &out,
    });
    build.write_all()?;
    world::write(&build, now)?;
    offline::write(&build)?;
    let searching = Stopwatch::now();
    search::write(&read.archive, &read.site, &out)?;
    eprintln!(
        "Related stories in {:.2} s of all cores, search index in {:.2} s",
        build.ranking().as_secs_f32(),
        searching.elapsed().as_secs_f32()
    );
    files.publish(&out)?;
    world::for_hosts(
        &config,
        &read.site,
        &assets,
        (&build.roots(), &files.folders()),
        &out,
    )?;
    remarks::tell(&files.notes());
    drop(build);
    drop(pictures);
    let report = finish(out, now, started)?;
    remarks::tell(&remarks::nowhere(&config, options, &read));
    Ok(report)
}

/// Refuses to build into the folder of `site.json` or one above it: a build writes a `site.json` and
/// feeds of its own, over the publisher's.
///
/// # Errors
/// Names both folders.
fn apart(site: &Path, out: &Path) -> Result<()> {
    let whole =
        |path: &Path| std::path::absolute(path).map(|path| path.canonicalize().unwrap_or(path));
    let (site, out) = (whole(site)?, whole(out)?);
    if site.starts_with(&out) {
        anyhow::bail!(
            "--out {} holds {}: a build would write its own files over the publisher's; name a folder \
             for the output alone",
            out.display(),
            site.display()
        );
    }
    Ok(())
}

/// Refuses a source that gives no story where it had some, or none that can be read: a paper is not
/// emptied because somebody's program changed the shape of its answers. A first build may be empty.
///
/// # Errors
/// Says what the source gave, and what to do if it is meant.
fn sure(read: &read::Read, before: usize) -> Result<()> {
    if read.archive.len() > 0 || (before == 0 && read.skipped.is_empty()) {
        return Ok(());
    }
    let gave = match read.skipped.as_slice() {
        [] => "the source answered, but with no story".to_owned(),
        [first, ..] => format!(
            "none of the {} stories that the source gave can be shown (of {}: {})",
            read.skipped.len(),
            first.item,
            first.reason
        ),
    };
    let then = match before {
        0 => "; nothing was written. dateline check says more".to_owned(),
        count => format!(
            "; the last build had {count}, so nothing was written and it stays as it is. If the paper \
             is to be empty, build into another folder"
        ),
    };
    anyhow::bail!("{gave}{then}")
}

/// Refuses a list that did not end with its last page, where more than half of the last build's
/// stories are not in it: a cache that forgets the page's number must not empty an archive.
///
/// # Errors
/// Says how many stories there were and are.
fn whole(read: &read::Read, before: &HashMap<String, String>) -> Result<()> {
    if !read.early {
        return Ok(());
    }
    let entries = &read.archive.entries;
    let now: HashSet<&str> = entries.iter().map(|it| it.summary.id.as_str()).collect();
    let gone = before
        .keys()
        .filter(|id| !now.contains(id.as_str()))
        .count();
    if gone * 2 <= before.len() {
        return Ok(());
    }
    anyhow::bail!(
        "{gone} of the {} stories of the last build did not come, and the source may have more than it \
         gave, so nothing was written and the last build stays as it is. dateline check says more; if \
         they are to go, build into another folder",
        before.len()
    )
}

/// Publishes logo and icon, and what is made of the icon: how large it is, and its other sizes.
fn settle_icons(
    assets: &mut assets::Assets,
    site: &mut crate::model::Site,
    (folder, files): (&Path, &files::Files),
    out: &output::Output,
) -> Result<()> {
    let named = |address: &str| files.local(address, files::By::Config);
    if let Some(local) = site.logo.as_deref().and_then(named) {
        site.logo = Some(local);
    }
    let Some(icon) = site.icon.clone() else {
        return Ok(());
    };
    assets.icons = icons::make(folder, &icon, &site.base, out)?;
    // Pixels of an icon in the site's folder; a drawing has none.
    let own = files::inside(folder, &icon);
    assets.icon_size = own.and_then(|path| image::image_dimensions(path).ok());
    assets.icon = match named(&icon) {
        Some(local) => {
            let href = files.href(&local);
            site.icon = Some(local);
            Some(href)
        }
        None => icon.contains("://").then_some(icon),
    };
    Ok(())
}

fn finish(out: output::Output, now: Instant, started: Stopwatch) -> Result<Report> {
    let report = out.finish(now)?;
    eprintln!(
        "Wrote {} of {} files, removed {}, in {:.1} s",
        report.written().count(),
        report.files,
        report.removed().count(),
        started.elapsed().as_secs_f32()
    );
    if !report.first {
        for (why, paths) in report.by_reason() {
            eprintln!("  {} because: {why}", counted(paths.len()));
            for path in paths.iter().take(MOST_NAMED) {
                eprintln!("    {path}");
            }
            if paths.len() > MOST_NAMED {
                eprintln!("    … and {} more", paths.len() - MOST_NAMED);
            }
        }
    }
    Ok(report)
}

fn counted(files: usize) -> String {
    match files {
        1 => "1 file".into(),
        files => format!("{files} files"),
    }
}
