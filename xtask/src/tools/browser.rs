//! Chromium and its driver, for the tests that need a browser.
//!
//! `$CHROMIUM` and `$CHROMEDRIVER` name them where they lie elsewhere. Where they are missing and
//! the user may, they are installed through apt; a user who may not is told the one command.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::installed;
use crate::process::{answer, quiet};
use crate::progress::Step;

/// Names a Chromium goes by.
const NAMES: &[&str] = &[
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
];
const REMEDY: &str = "sudo apt-get update && sudo apt-get install -y chromium chromium-driver";

pub struct Browser {
    pub chromium: PathBuf,
    pub driver: PathBuf,
}

/// Finds or installs both.
pub fn ready(root: &Path) -> Result<Browser> {
    if let Some(browser) = find() {
        return Ok(browser);
    }
    let root_user = answer(Command::new("id").arg("-u")).as_deref() == Some("0");
    if !root_user || installed("apt-get").is_empty() {
        bail!(
            "Chromium and chromedriver are needed for the browser tests. Install them:\n\n  \
             {REMEDY}\n\nor name them in CHROMIUM and CHROMEDRIVER."
        );
    }
    let step =
        Step::start("Installing Chromium and its driver through apt (a minute or two, once)");
    let apt = |arguments: &[&str], name: &str| {
        let mut command = Command::new("apt-get");
        command
            .args(arguments)
            .env("DEBIAN_FRONTEND", "noninteractive");
        quiet(root, name, &mut command)
    };
    apt(&["update"], "apt-update")?;
    let packages = [
        "install",
        "-y",
        "--no-install-recommends",
        "chromium",
        "chromium-driver",
    ];
    apt(&packages, "apt-install")
        .with_context(|| format!("apt could not install Chromium; try yourself: {REMEDY}"))?;
    step.done();
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
