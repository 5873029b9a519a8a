//! Chromium and its driver, for the tests that need a browser.
//!
//! `$CHROMIUM` and `$CHROMEDRIVER` name them where they lie elsewhere. Where they are missing and
//! the user may, they are installed through apt; a user who may not is told the one command.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::installed;

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
    if let Some(browser) = find() {
        return Ok(browser);
    }
    super::apt(
        root,
        "Chromium with its driver (or name them in CHROMIUM and CHROMEDRIVER)",
        &["chromium", "chromium-driver"],
    )?;
    find().context("apt installed chromium and chromium-driver, yet they are not on PATH")
}

fn find() -> Option<Browser> {
    let named = |variable: &str| {
        std::env::var_os(variable)
            .map(PathBuf::from)
            .filter(|program| program.is_file())
    };
    let chromium = named("CHROMIUM").or_else(|| {
        NAMES
            .iter()
            .find_map(|name| installed(name).into_iter().next())
    })?;
    let driver = named("CHROMEDRIVER").or_else(|| installed("chromedriver").into_iter().next())?;
    Some(Browser { chromium, driver })
}
