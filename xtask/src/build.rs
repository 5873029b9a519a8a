//! `cargo xtask build`: from sources and a `site.json` to a folder for any static host.
//!
//! Three steps. Trunk builds the app for the browser into `target/app` (it empties that folder
//! each time, which is why it is not the site's own). Cargo builds the native `dateline`. Then
//! `dateline prerender` writes the pages around the app. The first step is skipped while nothing
//! it depends on has changed, so new stories are out in seconds.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::args::Build;
use crate::process::{cannot_start, plain, quiet};
use crate::progress::Step;
use crate::tools::{TRUNK, Tools, cargo};
use crate::{font, root, smaller, stamp};

/// What the app for the browser is made from.
const APP_SOURCES: &[&str] = &[
    "src",
    "style",
    "public/app",
    "index.html",
    "Trunk.toml",
    "Cargo.toml",
    "Cargo.lock",
    "package-lock.json",
    "vendor",
    // What is done to the bundles after Trunk.
    "xtask/src/smaller.rs",
    "xtask/src/names.rs",
    "xtask/src/wasm.rs",
];

/// Builds a site with everything that belongs to it.
pub fn run(root: &Path, options: &Build) -> Result<()> {
    app(root, &options.site)?;
    dateline(root)?;
    prerender(root, options)
}

/// The app for the browser, in `target/app`.
pub fn app(root: &Path, site: &Path) -> Result<()> {
    let features = features(site)?;
    let kept = root::state(root).join("app.stamp");
    let now = stamp::of(root, APP_SOURCES, &[TRUNK, &features])?;
    if stamp::holds(&kept, &now) && root::app(root).join("index.html").is_file() {
        return Ok(());
    }
    let tools = Tools::ready(root)?;
    let fetch = Step::start("Fetching crates");
    quiet(
        root,
        "fetch",
        cargo::cargo(root).args(["fetch", "--locked"]),
    )
    .context("the crates that Cargo.lock names could not be fetched")?;
    // Trunk works offline, so what the standard library is made of has to be here too.
    let small = smaller::has_standard_library(root) && smaller::fetch(root);
    fetch.done();
    let step = Step::start("Building the app for the browser (a minute or two)");
    if small {
        let mut small = trunk(root, &tools, &features)?;
        small.envs(smaller::STANDARD_LIBRARY);
        if let Err(error) = quiet(root, "trunk", &mut small) {
            eprintln!("  {error:#}\n\n  Trying again with the standard library as it is shipped");
            quiet(root, "trunk", &mut trunk(root, &tools, &features)?)?;
        }
    } else {
        quiet(root, "trunk", &mut trunk(root, &tools, &features)?)?;
    }
    smaller::bundles(root)?;
    keep_only_what_every_site_ships(root)?;
    font::into_app(root)?;
    stamp::keep(&kept, &now)?;
    step.done();
    Ok(())
}

/// Trunk's build of the bundles.
fn trunk(root: &Path, tools: &Tools, features: &str) -> Result<Command> {
    let mut trunk = tools.trunk(root)?;
    trunk.args([
        "build",
        "--release",
        "--cargo-profile",
        "wasm",
        "--no-default-features",
        "--features",
        features,
        "--public-url",
        "/",
        "--dist",
    ]);
    trunk.arg(root::app(root));
    if tools.offline {
        trunk.arg("--offline");
    }
    Ok(trunk)
}

/// The app's cargo features. A wire format costs its bytes only where browsers read that source:
/// a prerendered site's app reads pages, not the source (`docs/decisions/0020-formats.md`).
///
/// # Errors
/// When there is no such file, or it is no JSON: said now, and not after minutes of building.
fn features(site: &Path) -> Result<String> {
    let named = site.display();
    let text = std::fs::read_to_string(site).with_context(|| {
        format!("{named} cannot be read; write one (README.md, \"Your own newspaper\") or name another with --site")
    })?;
    let text = text.trim_start_matches('\u{feff}');
    let value: serde_json::Value =
        serde_json::from_str(text).with_context(|| format!("{named} is no JSON"))?;
    let in_browser = value["prerender"] == false || value["fresh"] == "api";
    Ok(match value["source"]["kind"].as_str() {
        Some(kind @ ("wordpress" | "ghost" | "guardian" | "ninjs" | "mapped" | "rss"))
            if in_browser =>
        {
            format!("hydrate,{kind}")
        }
        _ => "hydrate".to_owned(),
    })
}

/// `index.html` serves plain `trunk serve` too and therefore copies all of `public/`. The demo
/// newsroom in it is not part of other people's sites, so it leaves the app folder again.
fn keep_only_what_every_site_ships(root: &Path) -> Result<()> {
    let Ok(entries) = std::fs::read_dir(root.join("public")) else {
        return Ok(());
    };
    for entry in entries {
        let name = entry?.file_name();
        if name == "app" {
            continue;
        }
        let copy = root::app(root).join(&name);
        if copy.is_dir() {
            std::fs::remove_dir_all(&copy)?;
        } else if copy.is_file() {
            std::fs::remove_file(&copy)?;
        }
    }
    Ok(())
}

/// The native program.
pub fn dateline(root: &Path) -> Result<()> {
    let step = Step::start("Building the native program");
    let arguments = ["build", "--release", "--locked", "--bin", "dateline"];
    quiet(root, "cargo", cargo::cargo(root).args(arguments))?;
    step.done();
    Ok(())
}

/// Where cargo puts the native program.
pub fn program(root: &Path) -> PathBuf {
    root.join("target/release/dateline")
        .with_extension(std::env::consts::EXE_EXTENSION)
}

/// The pages. The program reports for itself, so its output is left in view.
pub fn prerender(root: &Path, options: &Build) -> Result<()> {
    let program = root
        .join("target/release/dateline")
        .with_extension(std::env::consts::EXE_EXTENSION);
    let mut command = Command::new(program);
    command.arg("prerender").arg("--app").arg(root::app(root));
    command
        .arg("--site")
        .arg(&options.site)
        .arg("--out")
        .arg(&options.out);
    if options.base != "/" {
        command.args(["--base", &options.base]);
    }
    let status = plain(&mut command)
        .status()
        .with_context(|| cannot_start(&command))?;
    anyhow::ensure!(
        status.success(),
        "the pages could not be written ({status}); the reason stands above"
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::features;

    fn of(name: &str, text: &str) -> Result<String, String> {
        let name = format!("dateline-xtask-{}-{name}", std::process::id());
        let path = std::env::temp_dir().join(name);
        std::fs::write(&path, text).expect("a file");
        let found = features(&path).map_err(|error| format!("{error:#}"));
        std::fs::remove_file(&path).expect("the file");
        found
    }

    #[test]
    fn a_format_is_built_in_where_browsers_read_the_source() {
        let rss = |more: &str| format!("{{ \"source\": {{ \"kind\": \"rss\" }} {more} }}");
        assert_eq!(of("pages", &rss("")), Ok("hydrate".into()));
        let shell = rss(", \"prerender\": false");
        assert_eq!(of("shell", &shell), Ok("hydrate,rss".into()));
        let fresh = rss(", \"fresh\": \"api\"");
        assert_eq!(of("fresh", &fresh), Ok("hydrate,rss".into()));
    }

    #[test]
    fn a_file_that_cannot_be_read_is_told_before_anything_is_built() {
        let error = of("broken", "{ \"source\": }").expect_err("an error");
        assert!(
            error.contains("no JSON") && error.contains("line 1"),
            "{error}"
        );
        let missing = features(std::path::Path::new("/nowhere/site.json"));
        let error = format!("{:#}", missing.expect_err("an error"));
        assert!(error.contains("--site"), "{error}");
    }
}
