//! How fast each format is read, and what a feed of 200 MB costs.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};
use serde_json::Value;

use super::{archive, measure};
use crate::build;
use crate::process::answer;
use crate::progress::Step;

/// Bytes of the large feed.
const LARGE: usize = 200_000_000;

/// What reading costs.
#[derive(Default)]
pub struct Reading {
    /// Format and MB of it that are read a second, on one core.
    pub formats: Vec<(String, f64)>,
    /// The most memory that reading the large feed took, where the system tells.
    pub large_peak: Option<u64>,
    /// Seconds that it took.
    pub large_seconds: f64,
}

/// Measures both.
pub fn reading(root: &Path, folder: &Path) -> Result<Reading> {
    let step = Step::start("Reading every format");
    let said = answer(Command::new(build::program(root)).arg("bench-sources"))
        .context("dateline bench-sources failed; build again")?;
    let speeds: Value =
        serde_json::from_str(&said).with_context(|| format!("bench-sources said {said:?}"))?;
    let formats = speeds.as_object().into_iter().flatten();
    let formats = formats
        .filter_map(|(name, speed)| Some((name.clone(), speed.as_f64()?)))
        .collect();
    step.done();

    std::fs::create_dir_all(folder)?;
    let feed = folder.join("large.xml");
    write(&feed)?;
    let step = Step::start("Reading a feed of 200 MB");
    let mut command = Command::new(build::program(root));
    command.arg("check").arg(&feed).args(["--kind", "rss"]);
    let run = measure::run(&mut command, &folder.join("large.log"));
    std::fs::remove_file(&feed)?;
    let run = run?;
    step.done();
    Ok(Reading {
        formats,
        large_peak: run.peak_bytes,
        large_seconds: run.took.as_secs_f64(),
    })
}

/// An RSS feed of the archive's stories, until it is large.
fn write(path: &Path) -> Result<()> {
    let file = File::create(path).with_context(|| format!("cannot write {}", path.display()))?;
    let mut out = BufWriter::new(file);
    out.write_all(b"<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Large</title>\n")?;
    let (mut written, mut number) = (0, 0);
    while written < LARGE {
        let story = archive::item(number, &[]);
        let text = |key: &str| story[key].as_str().unwrap_or_default().to_owned();
        let item = format!(
            "<item><guid>{}</guid><title>{}</title><description><![CDATA[{}]]></description></item>\n",
            text("id"),
            text("title"),
            text("content_html")
        );
        out.write_all(item.as_bytes())?;
        written += item.len();
        number += 1;
    }
    out.write_all(b"</channel></rss>\n")?;
    out.flush()?;
    Ok(())
}
