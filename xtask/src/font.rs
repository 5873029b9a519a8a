//! The headline face: cut from its npm package once, then copied into every build.
//!
//! The site looks right without it (`font-display: optional`), so a machine without Node's
//! packages builds a site all the same and is told what is missing.

use std::path::Path;

use anyhow::Result;

use crate::process::quiet;
use crate::progress::Step;
use crate::tools::node;
use crate::{root, stamp};

/// Puts `fonts/newsreader-600.woff2` and its licence into the app folder.
pub fn into_app(root: &Path) -> Result<()> {
    if let Err(error) = node::packages(root).and_then(|()| cut(root)) {
        eprintln!("  The headline face is left out: {error:#}");
        return Ok(());
    }
    let target = root::app(root).join("fonts");
    std::fs::create_dir_all(&target)?;
    for name in ["newsreader-600.woff2", "OFL.txt"] {
        std::fs::copy(
            root::state(root).join("fonts").join(name),
            target.join(name),
        )?;
    }
    Ok(())
}

fn cut(root: &Path) -> Result<()> {
    let folder = root::state(root).join("fonts");
    let kept = folder.join("stamp");
    let now = stamp::of(root, &["package-lock.json", "xtask/font.mjs"], &[])?;
    if stamp::holds(&kept, &now) {
        return Ok(());
    }
    let step = Step::start("Cutting the headline face (once)");
    quiet(
        root,
        "font",
        node::node(root).arg("xtask/font.mjs").arg(&folder),
    )?;
    stamp::keep(&kept, &now)?;
    step.done();
    Ok(())
}
