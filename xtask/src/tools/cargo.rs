//! What comes from rustup and cargo: the wasm target, and tools installed as crates.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use super::{folder, installed, version};
use crate::process::{answer, quiet};
use crate::progress::Step;

const TARGET: &str = "wasm32-unknown-unknown";

/// Cargo itself, the one that started xtask.
pub fn cargo(root: &Path) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root);
    crate::process::plain(&mut command);
    command
}

/// Adds the wasm target where it is missing. Its own library folder is the proof that it is there,
/// with or without rustup.
pub fn wasm_target(root: &Path) -> Result<()> {
    let question = ["--print", "target-libdir", "--target", TARGET];
    let there = answer(Command::new("rustc").args(question).current_dir(root))
        .is_some_and(|folder| Path::new(&folder).is_dir());
    if there {
        return Ok(());
    }
    let step = Step::start(format!("Adding Rust's {TARGET} target (once)"));
    quiet(
        root,
        "rustup-target",
        Command::new("rustup")
            .args(["target", "add", TARGET])
            .current_dir(root),
    )
    .with_context(|| format!("without the target {TARGET} nothing can be built for the browser"))?;
    step.done();
    Ok(())
}

/// The version of `package` that Cargo.lock asks for.
pub fn locked_version(root: &Path, package: &str) -> Result<String> {
    let path = root.join("Cargo.lock");
    let text = std::fs::read_to_string(&path).with_context(|| {
        format!(
            "cannot read {}; run `cargo generate-lockfile`",
            path.display()
        )
    })?;
    version_in_lock(&text, package)
        .with_context(|| format!("{} names no version of {package}", path.display()))
}

/// Cargo.lock is written by a machine, always in this shape; a TOML parser would be a long way
/// round to one line.
fn version_in_lock(lock: &str, package: &str) -> Option<String> {
    let head = format!("[[package]]\nname = \"{package}\"\nversion = \"");
    let lock = lock.replace("\r\n", "\n");
    let rest = &lock[lock.find(&head)? + head.len()..];
    Some(rest[..rest.find('"')?].to_owned())
}

/// The program `program` of crate `krate` in exactly `wanted`, installed if need be.
pub fn tool(
    root: &Path,
    krate: &str,
    program: &str,
    wanted: &str,
    locked: bool,
    how_long: &str,
) -> Result<PathBuf> {
    let home = folder()?.join(format!("{krate}-{wanted}"));
    let own = home
        .join("bin")
        .join(format!("{program}{}", std::env::consts::EXE_SUFFIX));
    let fits = |candidate: &Path| version(candidate).is_some_and(|found| found == wanted);
    if own.is_file() && fits(&own) {
        return Ok(own);
    }
    if let Some(found) = installed(program)
        .into_iter()
        .find(|candidate| fits(candidate))
    {
        return Ok(found);
    }
    if answer(Command::new("cargo").args(["binstall", "-V"])).is_some() {
        let step = Step::start(format!(
            "Installing {krate} {wanted} (a ready-made one, once)"
        ));
        let mut command = Command::new("cargo");
        command
            .args(["binstall", "--no-confirm", "--force", "--root"])
            .arg(&home);
        command.arg(format!("{krate}@{wanted}"));
        // Whatever binstall cannot do, cargo can, only slower.
        if quiet(root, &format!("binstall-{krate}"), &mut command).is_ok() && fits(&own) {
            step.done();
            return Ok(own);
        }
    }
    let step = Step::start(format!("Installing {krate} {wanted} ({how_long}, once)"));
    let mut command = cargo(root);
    // Started from the root for its toolchain, but built apart from the checkout.
    command
        .args(["install", krate, "--version", wanted, "--root"])
        .arg(&home);
    command.env_remove("CARGO_TARGET_DIR");
    if locked {
        command.arg("--locked");
    }
    quiet(root, &format!("install-{krate}"), &mut command)
        .with_context(|| format!("{krate} {wanted} could not be installed"))?;
    step.done();
    anyhow::ensure!(
        fits(&own),
        "{} is not {krate} {wanted}; remove {} and try again",
        own.display(),
        home.display()
    );
    Ok(own)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCK: &str = "[[package]]\nname = \"wasm-bindgen-futures\"\nversion = \"0.4.80\"\n\n\
        [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\nsource = \"registry\"\n";

    #[test]
    fn the_lock_file_decides_the_version() {
        assert_eq!(
            version_in_lock(LOCK, "wasm-bindgen").as_deref(),
            Some("0.2.130")
        );
        assert_eq!(version_in_lock(LOCK, "wasm").as_deref(), None);
    }
}
