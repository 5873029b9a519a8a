//! Where the repository is, and the folders xtask uses in it.
//!
//! Every command works from the root, wherever it was started; all that is made goes under
//! `target/`, so that `cargo clean` is a true fresh start.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// The repository's root: the folder above xtask's own, as it was when xtask was compiled.
pub fn find() -> Result<PathBuf> {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = xtask.parent().context("xtask lies at the root of a disk")?;
    anyhow::ensure!(
        root.join("Cargo.toml").is_file(),
        "the repository is no longer at {}; run `cargo clean -p xtask` and try again",
        root.display()
    );
    Ok(root.to_path_buf())
}

/// Stamps and logs of xtask itself.
pub fn state(root: &Path) -> PathBuf {
    root.join("target/xtask")
}

/// What Trunk builds into; it empties the folder each time.
pub fn app(root: &Path) -> PathBuf {
    root.join("target/app")
}
