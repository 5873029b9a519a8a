//! What makes the bundles smaller than Trunk alone: the standard library built with them, and
//! minified glue. Both are left out where they cannot be had; the site then works the same and
//! weighs more (`docs/decisions/0073-standard-library.md` has the figures).

use std::path::Path;
use std::process::Command;

use anyhow::Result;

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

/// Minifies the scripts that wasm-bindgen wrote.
pub fn scripts(root: &Path) -> Result<()> {
    let terser = node::program(root, "terser");
    if !terser.is_file() && (node::packages(root).is_err() || !terser.is_file()) {
        eprintln!(
            "  Node's packages are not there, so the scripts stay as wasm-bindgen wrote them"
        );
        return Ok(());
    }
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
    for script in found.iter().filter(|script| script.is_file()) {
        let mut command = Command::new(&terser);
        command
            .arg(script)
            .args(["--module", "-c", "-m", "-o"])
            .arg(script);
        quiet(root, "terser", &mut command)?;
    }
    Ok(())
}
