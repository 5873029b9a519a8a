//! Node and its packages: wasm-opt, the headline face, and what the browser tests use.
//!
//! `package-lock.json` pins them all; `npm ci` runs only when that file has changed.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::process::{answer, quiet};
use crate::progress::Step;
use crate::stamp;

/// `node --test` with more than one reporter, and `fetch`, begin here.
const OLDEST: u32 = 20;

/// Installs the packages when the lock file changed since they last were.
pub fn packages(root: &Path) -> Result<()> {
    let kept = root.join("node_modules/.dateline-stamp");
    let now = stamp::of(root, &["package.json", "package-lock.json"], &[])?;
    if stamp::holds(&kept, &now) {
        return Ok(());
    }
    exists()?;
    let step =
        Step::start("Installing Node packages (half a minute, when their lock file changed)");
    let mut npm = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
    npm.args(["ci", "--no-audit", "--no-fund"])
        .current_dir(root);
    quiet(root, "npm", &mut npm).context("`npm ci` could not install the packages")?;
    stamp::keep(&kept, &now)?;
    step.done();
    Ok(())
}

/// A program that one of the packages brings.
pub fn program(root: &Path, name: &str) -> PathBuf {
    let suffix = if cfg!(windows) { ".cmd" } else { "" };
    root.join("node_modules/.bin")
        .join(format!("{name}{suffix}"))
}

/// Node, ready to be given a script.
pub fn node(root: &Path) -> Command {
    let mut command = Command::new("node");
    command.current_dir(root);
    crate::process::plain(&mut command);
    command
}

fn exists() -> Result<()> {
    let remedy = "install Node 20 or newer (https://nodejs.org, or your system's packages)";
    let Some(text) = answer(Command::new("node").arg("--version")) else {
        bail!("there is no `node` on PATH; {remedy}");
    };
    let major = text
        .trim_start_matches('v')
        .split('.')
        .next()
        .and_then(|n| n.parse::<u32>().ok());
    if major.is_none_or(|major| major < OLDEST) {
        bail!("node is {text}, which is too old; {remedy}");
    }
    Ok(())
}
