//! What a reader downloads: every script, module and template of a built site, after brotli 11.

use std::path::Path;

use anyhow::{Context, Result};

use crate::server::{Effort, brotli};
use crate::stamp;

/// A file as it is and as it travels.
pub struct Size {
    pub name: String,
    pub raw: usize,
    pub packed: usize,
}

impl Size {
    pub fn of(name: impl Into<String>, bytes: &[u8]) -> Size {
        Size {
            name: name.into(),
            raw: bytes.len(),
            packed: packed(bytes),
        }
    }
}

/// A page, taken apart.
pub struct Page {
    pub whole: Size,
    pub css: Size,
    pub island: Size,
    /// What is left without style and island: what static peers send.
    pub text: Size,
}

fn packed(bytes: &[u8]) -> usize {
    if bytes.is_empty() {
        0
    } else {
        brotli(bytes, Effort::Best).len()
    }
}

/// All WebAssembly, scripts and style sheets of the site.
pub fn assets(site: &Path) -> Result<Vec<Size>> {
    let mut sizes = Vec::new();
    for file in stamp::files(site)? {
        let kind = file
            .extension()
            .and_then(|extension| extension.to_str())
            .unwrap_or_default();
        if matches!(kind, "wasm" | "js" | "mjs" | "css") {
            let name = file
                .strip_prefix(site)
                .unwrap_or(&file)
                .to_string_lossy()
                .into_owned();
            sizes.push(Size::of(name, &std::fs::read(&file)?));
        }
    }
    Ok(sizes)
}

/// What of `assets` belongs to the bundle called `name`: `app-0123_bg.wasm`, `embed/widget.js`.
pub fn bundle(assets: &[Size], name: &str) -> usize {
    let ours = |size: &&Size| {
        let file = size.name.rsplit('/').next().unwrap_or_default();
        (file.ends_with(".wasm") || file.ends_with(".js"))
            && file
                .strip_prefix(name)
                .is_some_and(|rest| rest.starts_with(['-', '_', '.']))
    };
    assets.iter().filter(ours).map(|size| size.packed).sum()
}

/// A page of the site by its file.
pub fn page(name: &str, file: &Path) -> Result<Page> {
    let html = std::fs::read_to_string(file)
        .with_context(|| format!("the built site has no {}", file.display()))?;
    let css = between(&html, "<style", "</style>");
    let island = between(&html, "id=\"page\"", "</script>");
    let text = html.replacen(css, "", 1).replacen(island, "", 1);
    Ok(Page {
        whole: Size::of(name, html.as_bytes()),
        css: Size::of("css", css.as_bytes()),
        island: Size::of("island", island.as_bytes()),
        text: Size::of("text", text.as_bytes()),
    })
}

/// What stands between the end of the tag in which `start` occurs and `end`.
fn between<'a>(html: &'a str, start: &str, end: &str) -> &'a str {
    let inner = html
        .find(start)
        .and_then(|at| html[at..].find('>').map(|close| &html[at + close + 1..]))
        .unwrap_or_default();
    inner.find(end).map_or("", |stop| &inner[..stop])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn style_and_island_are_found_in_a_page() {
        let html = "<head><style nonce>a{}</style></head><script type=\"application/json\" id=\"page\">{\"a\":1}</script>";
        assert_eq!(between(html, "<style", "</style>"), "a{}");
        assert_eq!(between(html, "id=\"page\"", "</script>"), "{\"a\":1}");
        assert_eq!(between("<p>none</p>", "<style", "</style>"), "");
    }

    #[test]
    fn a_bundle_is_its_module_and_its_script() {
        let size = |name: &str, packed| Size {
            name: name.into(),
            raw: 0,
            packed,
        };
        let assets = [
            size("app-1_bg.wasm", 60),
            size("app-1.js", 6),
            size("embed/widget.js", 4),
            size("apple.js", 9),
            size("app-1.css", 3),
        ];
        assert_eq!(bundle(&assets, "app"), 66);
        assert_eq!(bundle(&assets, "widget"), 4);
    }
}
