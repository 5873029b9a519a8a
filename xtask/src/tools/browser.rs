//! Chromium and its driver, for the tests that need a browser.
//!
//! `$CHROMIUM` and `$CHROMEDRIVER` name them where they lie elsewhere. Where they are missing and
//! the user may, they are installed through apt; a user who may not is told the one command.

use std::path::{Path, PathBuf};

use anyhow::Result;

use super::{named, provided};

/// Names a Chromium goes by.
const NAMES: &[&str] = &[
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
];

pub struct Browser {
    pub chromium: PathBuf,
    pub driver: PathBuf,
}

/// Finds or installs both.
pub fn ready(root: &Path) -> Result<Browser> {
    let what = "Chromium with its driver (or name them in CHROMIUM and CHROMEDRIVER)";
    provided(root, what, &["chromium", "chromium-driver"], || {
        Some(Browser {
            chromium: named("CHROMIUM", NAMES)?,
            driver: named("CHROMEDRIVER", &["chromedriver"])?,
        })
    })
}
