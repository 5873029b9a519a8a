//! The house rules of `docs/ARCHITECTURE.md` that a search can hold: who may name what.

use std::fs;
use std::path::{Path, PathBuf};

/// Every Rust file below a folder of `src/` (or a single file), with its text without comments.
fn sources(place: &str) -> Vec<(PathBuf, String)> {
    fn walk(path: &Path, found: &mut Vec<PathBuf>) {
        if path.is_dir() {
            for entry in fs::read_dir(path).expect("a readable folder") {
                walk(&entry.expect("an entry").path(), found);
            }
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path.to_owned());
        }
    }
    let mut files = Vec::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    walk(&root.join(place), &mut files);
    files
        .into_iter()
        .map(|path| {
            let text = fs::read_to_string(&path).expect("a readable file");
            let code: String = text
                .lines()
                .filter(|line| !line.trim_start().starts_with("//"))
                .flat_map(|line| [line, "\n"])
                .collect();
            (path, code)
        })
        .collect()
}

/// No file of these places names any of these words.
fn never(places: &[&str], words: &[&str]) {
    let mut broken = Vec::new();
    for place in places {
        let files = sources(place);
        assert!(!files.is_empty(), "src/{place} is gone: mend this test");
        for (path, text) in files {
            for word in words.iter().filter(|word| text.contains(**word)) {
                broken.push(format!("{} names {word}", path.display()));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

const PURE: &[&str] = &[
    "model",
    "source",
    "html",
    "page",
    "reader",
    "related.rs",
    "route.rs",
    "head.rs",
    "strings.rs",
    "host.rs",
    "words.rs",
];

#[test]
fn the_pure_layers_know_no_framework_and_no_browser() {
    never(
        PURE,
        &["leptos", "web_sys", "js_sys", "gloo_", "wasm_bindgen"],
    );
}

#[test]
fn the_pure_layers_do_no_io() {
    never(
        PURE,
        &["std::fs", "std::net", "std::env", "ureq", "SystemTime"],
    );
}

#[test]
fn nothing_but_the_platform_touches_the_browser() {
    never(
        &["view", "store", "prerender"],
        &["js_sys", "gloo_", "wasm_bindgen::"],
    );
}

#[test]
fn a_view_never_fetches() {
    never(
        &["view"],
        &["platform::fetch", "source::run", "source::open", "gloo_net"],
    );
}

#[test]
fn a_source_never_renders() {
    never(
        &["source"],
        &[
            "crate::view",
            "crate::store",
            "crate::platform",
            "crate::prerender",
        ],
    );
}

#[test]
fn only_the_publishers_commands_read_proofs() {
    let mut places = PURE.to_vec();
    places.extend(["view", "store", "app", "widget"]);
    never(&places, &["crate::proof"]);
}

#[test]
fn the_model_stands_on_nothing() {
    never(
        &["model"],
        &[
            "crate::source",
            "crate::html",
            "crate::page",
            "crate::platform",
            "crate::view",
        ],
    );
}

#[test]
fn only_the_opaque_body_sets_html() {
    for (path, text) in sources("view") {
        if !path.ends_with("parts/body.rs") {
            assert!(!text.contains("inner_html"), "{} sets HTML", path.display());
        }
    }
    never(
        &["store", "app", "platform"],
        &["set_inner_html", "set_outer_html"],
    );
}

#[test]
fn every_file_opens_with_its_essay() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut silent = Vec::new();
    for (path, _) in sources("") {
        let text = fs::read_to_string(&path).expect("a readable file");
        if !text.starts_with("//!") {
            silent.push(
                path.strip_prefix(&root)
                    .expect("under src")
                    .display()
                    .to_string(),
            );
        }
    }
    assert!(silent.is_empty(), "no //! in {silent:?}");
}
