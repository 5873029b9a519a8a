//! Native only: every route becomes a file.
//!
//! Two passes, so that memory follows the number of stories and never their text. The first
//! ([`read`]) streams the source, cleans each body and puts the result on a spool file, keeping
//! only summaries. The second ([`pages`]) reads stories back from the spool, renders and writes
//! them on all cores. What was already on disk with the same bytes is left alone ([`output`]).

mod archive;
mod assets;
mod document;
mod nodes;
mod output;
mod pages;
mod read;
mod render;

use std::path::PathBuf;
use std::time::Instant as Stopwatch;

use anyhow::{Context, Result};

use crate::model::{Instant, SiteConfig};

pub use output::Report;

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

/// Builds the site.
///
/// # Errors
/// An unreadable or invalid `site.json`, a source that gives nothing, or an output folder that
/// cannot be written. Single bad items are skipped and reported instead.
pub fn run(options: &Options) -> Result<Report> {
    let started = Stopwatch::now();
    let path = &options.site;
    let text = std::fs::read_to_string(path).with_context(|| {
        format!(
            "{} cannot be read; write one or name another",
            path.display()
        )
    })?;
    let config = SiteConfig::parse(&text).with_context(|| format!("{}", path.display()))?;
    let now = options.now.unwrap_or_else(crate::platform::clock::now);
    let mut out = output::Output::open(&options.out)?;
    let strings = assets::strings(&config.language)?;
    let read = read::read(&config, options, &strings)?;
    eprintln!(
        "Read {} stories ({} skipped) in {:.1} s",
        read.archive.len(),
        read.skipped.len(),
        started.elapsed().as_secs_f32()
    );
    for skipped in read.skipped.iter().take(20) {
        eprintln!("  skipped {}: {}", skipped.item, skipped.reason);
    }
    let assets = assets::gather(options, &read.site, strings, &mut out)?;
    pages::write_all(&config, &read, &assets, now, &mut out)?;
    let report = out.finish()?;
    eprintln!(
        "Wrote {} of {} files, removed {}, in {:.1} s",
        report.written,
        report.files,
        report.removed,
        started.elapsed().as_secs_f32()
    );
    Ok(report)
}
