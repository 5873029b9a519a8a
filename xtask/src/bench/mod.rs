//! `cargo xtask bench`: what a reader downloads, and what a publisher waits for.
//!
//! Prints tables, writes `target/bench.json`, and with `--check` fails when a budget of
//! `docs/ARCHITECTURE.md` is passed. A kilobyte is 1,000 bytes here, the stricter reading.

mod archive;
mod cleaning;
mod measure;
mod report;
mod sizes;
mod sources;
mod weight;

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::args::{BenchOptions, Build};
use crate::progress::Step;
use crate::{build, root, stamp};
use report::{Budget, Report, Scale};

/// The pages that are taken apart, by where the demo has them.
const TEMPLATES: &[(&str, &str)] = &[
    ("front", "index.html"),
    ("category", "category/harbour/index.html"),
    ("article", "article/the-gauge-at-150/index.html"),
    ("related", "article/the-gauge-at-150/related/index.html"),
    ("search", "search/index.html"),
    ("not found", "404.html"),
];

/// Measures; gives false when `--check` was asked for and a budget is passed.
pub fn run(root: &Path, options: &BenchOptions) -> Result<bool> {
    let folder = root.join("target/bench");
    let demo = folder.join("demo");
    // A site built over an older one keeps the older one's scripts; only the new ones count.
    empty(&demo)?;
    build::run(
        root,
        &Build {
            site: root.join("public/site.json"),
            out: demo.clone(),
            base: "/".into(),
        },
    )?;

    let step = Step::start("Compressing what readers download");
    let assets = sizes::assets(&demo)?;
    let mut pages = Vec::new();
    for (name, file) in TEMPLATES {
        if demo.join(file).is_file() {
            pages.push(sizes::page(name, &demo.join(file))?);
        }
    }
    step.done();

    let step = Step::start("Weighing the WebAssembly");
    let mut weights = Vec::new();
    for bundle in ["app", "desk", "widget"] {
        weights.extend(weight::of(root, bundle)?);
    }
    step.done();

    let mut scales = Vec::new();
    let mut thousand = None;
    for &count in &options.articles {
        let (scale, out) = scale(root, &folder, count)?;
        if thousand.is_none() {
            thousand = Some(sizes::page("1,000 words", &out.join(archive::THOUSAND))?);
        }
        scales.push(scale);
    }
    pages.extend(thousand);
    let cleaning = cleaning::measure(root, &folder)?;

    let reading = sources::reading(root, &folder.join("sources"))?;

    let budgets = Budget::all(&assets, &pages, &scales, &reading);
    let report = Report {
        assets,
        weights,
        pages,
        scales,
        cleaning,
        reading,
        budgets,
    };
    print!("\n{report}");
    let path = root.join("target/bench.json");
    std::fs::write(&path, serde_json::to_vec_pretty(&report.json())?)?;
    println!("\nWritten to {}", path.display());
    Ok(!options.check || report.budgets.iter().all(Budget::holds))
}

/// Prerenders a generated archive from nothing.
fn scale(root: &Path, folder: &Path, articles: usize) -> Result<(Scale, PathBuf)> {
    let home = folder.join(articles.to_string());
    let out = home.join("out");
    empty(&out)?;
    let site = archive::write(&home, articles, &pictures(root)?)?;
    let step = Step::start(format!("Prerendering {articles} articles"));
    let mut command = Command::new(build::program(root));
    command.arg("prerender").arg("--app").arg(root::app(root));
    command.arg("--site").arg(&site).arg("--out").arg(&out);
    let run = measure::run(&mut command, &home.join("log"))?;
    step.done();
    let is_page = |file: &PathBuf| {
        file.extension()
            .is_some_and(|extension| extension == "html")
    };
    let pages = stamp::files(&out)?
        .iter()
        .filter(|file| is_page(file))
        .count();
    Ok((
        Scale {
            articles,
            pages,
            took: run.took,
            parts: measure::parts(&std::fs::read_to_string(home.join("log")).unwrap_or_default()),
            peak_bytes: run.peak_bytes,
        },
        out,
    ))
}

/// Pictures of the demo newsroom in full size; a dozen do for any number of stories.
fn pictures(root: &Path) -> Result<Vec<PathBuf>> {
    let full_size = |file: &PathBuf| {
        let name = file.file_stem().unwrap_or_default().to_string_lossy();
        file.extension().is_some_and(|extension| extension == "png") && !name.ends_with(['0'])
    };
    let all = stamp::files(&root.join("public/pictures"))?;
    Ok(all.into_iter().filter(full_size).take(12).collect())
}

fn empty(folder: &Path) -> Result<()> {
    if folder.exists() {
        std::fs::remove_dir_all(folder)
            .with_context(|| format!("cannot empty {}", folder.display()))?;
    }
    Ok(())
}
