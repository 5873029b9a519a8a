//! How fast bodies are cleaned, natively and in Chromium beside DOMPurify, all on the same bodies;
//! and what cleaning adds to a bundle.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::Value;

use super::sizes::Size;
use super::{archive, measure};
use crate::process::{answer, quiet};
use crate::progress::Step;
use crate::smaller;
use crate::tools::{self, browser, cargo, node, wasm_opt};

/// What cleaning costs.
pub struct Cleaning {
    /// Bytes of HTML a second that become HTML again, on one core.
    pub native: f64,
    /// The same in Chromium, to nodes, by who did it: Dateline, and DOMPurify in two ways.
    pub browser: Vec<(String, f64)>,
    /// Bytes after brotli that a bundle with cleaning has more than one without.
    pub added: usize,
}

/// Measures all of it. What the browser's part needs and does not find is said and left out.
pub fn measure(root: &Path, folder: &Path) -> Result<Cleaning> {
    let home = folder.join("cleaning");
    archive::write(&home, 200, &[])?;
    let feed = home.join("feed.json");
    let step = Step::start("Cleaning bodies");
    let mut command = cargo::cargo(root);
    command.args(["bench", "--quiet", "--locked", "--bench", "cleaning", "--"]);
    let said = answer(command.arg(&feed))
        .context("the benchmark of cleaning failed; run `cargo bench --bench cleaning`")?;
    step.done();
    let native =
        measure::rate(&said).with_context(|| format!("the benchmark of cleaning said {said:?}"))?;
    let (browser, added) = in_browser(root, &home, &feed).unwrap_or_else(|error| {
        eprintln!("  Cleaning in a browser is left out: {error:#}");
        (Vec::new(), 0)
    });
    Ok(Cleaning {
        native,
        browser,
        added,
    })
}

fn in_browser(root: &Path, home: &Path, feed: &Path) -> Result<(Vec<(String, f64)>, usize)> {
    let chromium = browser::ready(root)?.chromium;
    node::packages(root)?;
    let step = Step::start("Building the module that cleans, and one that does not");
    let bare = module(root, &home.join("bare"), true)?;
    let whole = module(root, &home.join("whole"), false)?;
    step.done();
    let step = Step::start("Cleaning bodies in Chromium, beside DOMPurify");
    let mut command = node::node(root);
    command.arg("xtask/cleaning.mjs").arg(home.join("whole"));
    let said = answer(command.arg(feed).arg(chromium))
        .context("xtask/cleaning.mjs failed; run it to see why")?;
    let rates: Value =
        serde_json::from_str(&said).with_context(|| format!("cleaning.mjs said {said:?}"))?;
    let rates = rates.as_object().into_iter().flatten();
    let rates = rates.filter_map(|(name, rate)| Some((name.clone(), rate.as_f64()?)));
    step.done();
    Ok((rates.collect(), whole.saturating_sub(bare)))
}

/// Builds the module as bundles are built; its bytes after brotli, script included.
fn module(root: &Path, out: &Path, bare: bool) -> Result<usize> {
    const NAME: &str = "cleaning_in_browser";
    let mut command = cargo::cargo(root);
    command
        .args(["build", "--locked", "--profile", "wasm", "--example", NAME])
        .args(["--target", "wasm32-unknown-unknown"])
        .args(["--no-default-features", "--features", "hydrate"]);
    if smaller::has_standard_library(root) && smaller::fetch(root) {
        command.envs(smaller::STANDARD_LIBRARY);
    }
    if bare {
        command.env("DATELINE_BARE", "1");
    }
    quiet(root, "cargo", &mut command)?;
    let built = root.join("target/wasm32-unknown-unknown/wasm/examples");
    let mut bindgen = std::process::Command::new(tools::wasm_bindgen(root)?);
    bindgen
        .args(["--target", "web", "--no-typescript", "--out-name", "module"])
        .arg("--out-dir")
        .arg(out)
        .arg(built.join(NAME).with_extension("wasm"));
    quiet(root, "wasm-bindgen", &mut bindgen)?;
    let wasm = out.join("module_bg.wasm");
    let mut optimise = std::process::Command::new(
        wasm_opt::find(root).context("there is no wasm-opt; `npm ci` installs one")?,
    );
    // What today's rustc emits, as index.html tells Trunk.
    optimise.arg(&wasm).args([
        "-Oz",
        "--enable-bulk-memory",
        "--enable-nontrapping-float-to-int",
        "--enable-sign-ext",
        "--enable-mutable-globals",
        "--enable-reference-types",
        "--enable-multivalue",
    ]);
    quiet(root, "wasm-opt", optimise.arg("-o").arg(&wasm))?;
    let script = out.join("module.js");
    let mut terser = std::process::Command::new(node::program(root, "terser"));
    terser.arg(&script).args(["--module", "-c", "-m", "-o"]);
    quiet(root, "terser", terser.arg(&script))?;
    let packed =
        |file: &PathBuf| -> Result<usize> { Ok(Size::of("module", &std::fs::read(file)?).packed) };
    Ok(packed(&wasm)? + packed(&script)?)
}
