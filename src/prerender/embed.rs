//! The widget's files: its bundle under names that carry their hashes, and `embed.js` that names it.
//!
//! The bundle lies in `assets/`, which hosts keep for ever and which the next build keeps once
//! more: an `embed.js` that a browser cached for five minutes still finds what it names.

use std::fs;

use anyhow::Result;

use super::Options;
use super::assets::{Bundle, hashed, script};
use super::output::Output;

const LOADER: &str = include_str!("../../public/app/embed/embed.js");
/// The page `/embed/` comes alive with it.
const CONFIGURE: &str = include_str!("../../public/app/embed/configure.js");
/// The address that snippets may name and that never changes.
const STABLE: &str = "import '../embed.js';\n";

/// Puts bundle and loader into the output folder. Gives the bundle's addresses under `base`.
///
/// # Errors
/// When a file cannot be read or written. A build without the bundle gets no loader, and says so:
/// pages that name it keep their fallback links.
pub fn put(options: &Options, base: &str, out: &Output) -> Result<Option<Bundle>> {
    let folder = options.app.join("embed");
    let (Ok(js), Ok(wasm)) = (
        fs::read(folder.join("widget.js")),
        fs::read(folder.join("widget_bg.wasm")),
    ) else {
        eprintln!("  no widget: {} holds no widget.js", folder.display());
        return Ok(None);
    };
    let js_name = ["assets/", &hashed("widget", "js", &js)].concat();
    let wasm_name = ["assets/", &hashed("widget", "wasm", &wasm)].concat();
    out.put(&js_name, &js)?;
    out.put(&wasm_name, &wasm)?;
    let loader = filled(&js_name, &wasm_name);
    out.put("embed/embed.js", loader.as_bytes())?;
    out.put("embed/configure.js", script(CONFIGURE).as_bytes())?;
    out.put("embed/v1/embed.js", STABLE.as_bytes())?;
    Ok(Some(Bundle {
        js: [base, &js_name].concat(),
        wasm: [base, &wasm_name].concat(),
    }))
}

fn filled(js: &str, wasm: &str) -> String {
    script(LOADER)
        .replace("WIDGET_JS", &["../", js].concat())
        .replace("WIDGET_WASM", &["../", wasm].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_loader_names_the_bundle_relative_to_itself_and_nothing_is_left_to_fill_in() {
        let loader = filled("assets/widget-1.js", "assets/widget-2.wasm");
        assert!(loader.contains("new URL('../assets/widget-1.js', import.meta.url)"));
        assert!(loader.contains("new URL('../assets/widget-2.wasm', import.meta.url)"));
        assert!(!loader.contains("WIDGET_"));
    }
}
