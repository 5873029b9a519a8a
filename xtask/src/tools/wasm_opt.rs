//! wasm-opt: PATH's if it is young enough, else the one in the npm package `binaryen`.
//!
//! Debian's version 108 is too old for what today's rustc emits. Where neither is to be had, Trunk
//! downloads its own.

use std::path::{Path, PathBuf};

use super::{installed, node, version};

/// The first version that knows the features rustc now switches on by default.
const OLDEST: u32 = 116;

/// A usable wasm-opt.
pub fn find(root: &Path) -> Option<PathBuf> {
    let young = |program: &PathBuf| {
        version(program)
            .and_then(|text| text.parse::<u32>().ok())
            .is_some_and(|n| n >= OLDEST)
    };
    if let Some(found) = installed("wasm-opt").into_iter().find(young) {
        return Some(found);
    }
    if let Err(error) = node::packages(root) {
        eprintln!(
            "  Node's packages could not be installed, so Trunk fetches wasm-opt itself ({error:#})"
        );
        return None;
    }
    let bundled = node::program(root, "wasm-opt");
    young(&bundled).then_some(bundled)
}
