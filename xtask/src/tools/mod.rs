//! The tools a build needs, found or installed, each in exactly the version this checkout pins.
//!
//! A tool is looked for in the project's own folder, on PATH and in cargo's `bin`, and used only
//! when its version fits. What is missing is installed into the project's own folder, which all
//! checkouts on a machine share: `$DATELINE_TOOLS`, or `dateline/tools` in the user's cache.
//! Nothing is ever installed over what the user has.

pub mod browser;
pub mod cargo;
pub mod engines;
pub mod node;
pub mod wasm_opt;

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::process::{answer, plain, quiet};
use crate::progress::Step;

/// Trunk's version: the newest 0.21, which this project's `Trunk.toml` and `index.html` are for.
pub const TRUNK: &str = "0.21.14";

/// Everything needed to build, in place.
pub struct Tools {
    trunk: PathBuf,
    /// The folders that go before PATH, so that Trunk finds these tools and no others.
    folders: Vec<PathBuf>,
    /// Whether wasm-opt was found; if not, Trunk downloads its own.
    pub offline: bool,
}

impl Tools {
    /// Finds or installs what a build needs. Says what it is doing; does nothing when all is there.
    pub fn ready(root: &Path) -> Result<Tools> {
        cargo::wasm_target(root)?;
        let trunk = cargo::tool(root, "trunk", "trunk", TRUNK, true, "about 8 minutes")?;
        let bindgen = wasm_bindgen(root)?;
        let wasm_opt = wasm_opt::find(root);
        let folders = [Some(&bindgen), wasm_opt.as_ref()]
            .into_iter()
            .flatten()
            .filter_map(|tool| tool.parent().map(Path::to_path_buf))
            .collect();
        Ok(Tools {
            trunk,
            folders,
            offline: wasm_opt.is_some(),
        })
    }

    /// Trunk, ready to be given its arguments.
    pub fn trunk(&self, root: &Path) -> Result<Command> {
        let mut command = Command::new(&self.trunk);
        command
            .current_dir(root)
            .env("PATH", path_with(&self.folders)?);
        plain(&mut command);
        Ok(command)
    }
}

/// The wasm-bindgen tool; beside it lies the test runner of the same version. It is built without
/// its own lock file: only the version of wasm-bindgen itself has to agree with ours.
pub fn wasm_bindgen(root: &Path) -> Result<PathBuf> {
    let version = cargo::locked_version(root, "wasm-bindgen")?;
    cargo::tool(
        root,
        "wasm-bindgen-cli",
        "wasm-bindgen",
        &version,
        false,
        "about 4 minutes",
    )
}

/// The folder for what xtask installs, shared by all checkouts.
pub fn folder() -> Result<PathBuf> {
    let given = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
    if let Some(folder) = given("DATELINE_TOOLS") {
        return Ok(folder.into());
    }
    if let Some(cache) = given("XDG_CACHE_HOME") {
        return Ok(Path::new(&cache).join("dateline/tools"));
    }
    let home = given("HOME").or_else(|| given("USERPROFILE")).context(
        "neither HOME nor DATELINE_TOOLS is set; set DATELINE_TOOLS to a folder for the build tools",
    )?;
    Ok(Path::new(&home).join(".cache/dateline/tools"))
}

/// Every program called `name` on PATH and in cargo's `bin`.
pub fn installed(name: &str) -> Vec<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let home = |name: &str, below: &str| std::env::var_os(name).map(|p| Path::new(&p).join(below));
    std::env::split_paths(&path)
        .chain(home("CARGO_HOME", "bin"))
        .chain(home("HOME", ".cargo/bin"))
        .map(|folder| folder.join(format!("{name}{}", std::env::consts::EXE_SUFFIX)))
        .filter(|program| program.is_file())
        .collect()
}

/// A program that a variable names, or else the first on PATH (and in cargo's `bin`) of these names.
pub fn named(variable: &str, names: &[&str]) -> Option<PathBuf> {
    let told = std::env::var_os(variable).map(PathBuf::from);
    told.filter(|program| program.is_file()).or_else(|| {
        names
            .iter()
            .find_map(|name| installed(name).into_iter().next())
    })
}

/// What `find` finds, after `packages` were installed through apt where it finds nothing.
///
/// # Errors
/// Those of [`apt`]; or the packages do not hold what they should.
pub fn provided<T>(
    root: &Path,
    what: &str,
    packages: &[&str],
    find: impl Fn() -> Option<T>,
) -> Result<T> {
    if let Some(found) = find() {
        return Ok(found);
    }
    apt(root, what, packages)?;
    find().with_context(|| {
        let packages = packages.join(" and ");
        format!("apt installed {packages}, yet what is needed of them is not where Debian puts it")
    })
}

/// The first number with dots in what `program --version` says.
fn version(program: &Path) -> Option<String> {
    let text = answer(Command::new(program).arg("--version"))?;
    let number = text
        .split_whitespace()
        .map(|word| word.trim_start_matches('v'))
        .find(|word| word.starts_with(|c: char| c.is_ascii_digit()))?;
    Some(number.to_owned())
}

/// Installs Debian packages through apt, where that may be done without asking.
///
/// # Errors
/// Says the one command that does it where this user may not, or apt fails.
pub fn apt(root: &Path, what: &str, packages: &[&str]) -> Result<()> {
    let list = packages.join(" ");
    let remedy =
        format!("sudo apt-get update && sudo apt-get install -y --no-install-recommends {list}");
    let user = answer(Command::new("id").arg("-u"));
    anyhow::ensure!(
        user.as_deref() == Some("0") && !installed("apt-get").is_empty(),
        "{what} is needed. Install it:\n\n  {remedy}"
    );
    let step = Step::start(format!(
        "Installing {what} through apt (some minutes, once)"
    ));
    let apt = |arguments: &[&str], name: &str| {
        let mut command = Command::new("apt-get");
        command
            .args(arguments)
            .env("DEBIAN_FRONTEND", "noninteractive");
        quiet(root, name, &mut command)
    };
    apt(&["update"], "apt-update")?;
    let install = [&["install", "-y", "--no-install-recommends"], packages].concat();
    apt(&install, "apt-install")
        .with_context(|| format!("apt could not install {what}; try yourself: {remedy}"))?;
    step.done();
    Ok(())
}

/// PATH with `folders` before everything else.
pub fn path_with(folders: &[PathBuf]) -> Result<OsString> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let all = folders.iter().cloned().chain(std::env::split_paths(&path));
    std::env::join_paths(all).context("a folder on PATH has a colon in its name")
}
