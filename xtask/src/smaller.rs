//! What makes the bundles smaller than Trunk alone: the standard library built with them, minified glue,
//! and short names between the two. Each is left out where it cannot be had; the site then works the
//! same and weighs more (decisions 0073 and 0089 have the figures).

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use crate::names;
use crate::process::{answer, quiet};
use crate::root;
use crate::tools::{cargo, node};

/// What is set around Trunk so that cargo builds the standard library for the bundle: without its
/// panic messages, which no reader ever sees, and optimised together with the rest.
///
/// The switches are unstable ones of a pinned stable compiler (`rust-toolchain.toml`), so they mean
/// the same on every machine until the pin is moved; then a build without them is tried.
pub const STANDARD_LIBRARY: [(&str, &str); 4] = [
    ("RUSTC_BOOTSTRAP", "1"),
    ("CARGO_UNSTABLE_BUILD_STD", "std panic_abort"),
    ("CARGO_UNSTABLE_BUILD_STD_FEATURES", ""),
    (
        "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS",
        "-Cpanic=immediate-abort -Zunstable-options",
    ),
];

/// Whether the standard library's source is there, installing it where rustup can.
pub fn has_standard_library(root: &Path) -> bool {
    let there = || {
        let mut rustc = Command::new("rustc");
        rustc.current_dir(root).args(["--print", "sysroot"]);
        answer(&mut rustc).is_some_and(|sysroot| {
            let source = "lib/rustlib/src/rust/library/std/Cargo.toml";
            Path::new(&sysroot).join(source).is_file()
        })
    };
    if there() {
        return true;
    }
    let mut rustup = Command::new("rustup");
    rustup
        .current_dir(root)
        .args(["component", "add", "rust-src"]);
    let added = quiet(root, "rust-src", &mut rustup);
    if added.is_err() {
        eprintln!(
            "  The standard library's source cannot be installed (rustup component add rust-src), \
             so the bundles are about a tenth larger"
        );
    }
    added.is_ok() && there()
}

/// Fetches the crates that the standard library is made of; whether they are here.
pub fn fetch(root: &Path) -> bool {
    let mut fetch = cargo::cargo(root);
    fetch
        .args(["fetch", "--locked", "--target", "wasm32-unknown-unknown"])
        .envs(STANDARD_LIBRARY);
    quiet(root, "fetch-std", &mut fetch).is_ok()
}

/// Makes what wasm-bindgen wrote smaller: its scripts by `terser`, then the names that they share with
/// their modules.
pub fn bundles(root: &Path) -> Result<()> {
    let scripts = scripts(root)?;
    minify(root, &scripts)?;
    for script in &scripts {
        let stem = script.file_stem().unwrap_or_default().to_string_lossy();
        let module = script.with_file_name(format!("{stem}_bg.wasm"));
        let (Ok(bytes), Ok(text)) = (std::fs::read(&module), std::fs::read_to_string(script))
        else {
            continue;
        };
        match names::shortened(&bytes, &text) {
            Some((bytes, text)) => {
                std::fs::write(&module, bytes)?;
                std::fs::write(script, text)?;
            }
            None => eprintln!(
                "  {} and its script name each other in a way that is not known, so both keep their \
                 long names",
                module.display()
            ),
        }
    }
    Ok(())
}

/// The scripts that wasm-bindgen wrote.
fn scripts(root: &Path) -> Result<Vec<PathBuf>> {
    let app = root::app(root);
    let mut found = ["bundles/app.js", "bundles/desk.js", "embed/widget.js"]
        .map(|name| app.join(name))
        .to_vec();
    for entry in std::fs::read_dir(&app)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.starts_with("press-") && name.ends_with(".js") {
            found.push(path);
        }
    }
    found.retain(|script| script.is_file());
    Ok(found)
}

fn minify(root: &Path, scripts: &[PathBuf]) -> Result<()> {
    let terser = node::program(root, "terser");
    if !terser.is_file() && (node::packages(root).is_err() || !terser.is_file()) {
        eprintln!(
            "  Node's packages are not there, so the scripts stay as wasm-bindgen wrote them"
        );
        return Ok(());
    }
    for script in scripts {
        let mut command = Command::new(&terser);
        command
            .arg(script)
            .args(["--module", "-c", "-m", "-o"])
            .arg(script);
        quiet(root, "terser", &mut command)?;
    }
    Ok(())
}
