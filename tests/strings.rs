//! The catalogue of interface texts: every locale has every key and no other, every key is used.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use dateline::strings::{Key, Plural};
use serde_json::{Map, Value};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn locales() -> Vec<(String, Map<String, Value>)> {
    let folder = root().join("public/app/locales");
    let mut found: Vec<_> = fs::read_dir(folder)
        .expect("the locales")
        .map(|entry| {
            let path = entry.expect("an entry").path();
            let text = fs::read_to_string(&path).expect("a readable locale");
            let map = serde_json::from_str(&text)
                .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            (
                path.file_stem()
                    .expect("a name")
                    .to_string_lossy()
                    .into_owned(),
                map,
            )
        })
        .collect();
    found.sort_by(|a, b| a.0.cmp(&b.0));
    found
}

#[test]
fn every_locale_has_every_key_and_no_other() {
    let known: BTreeSet<&str> = Key::NAMES.iter().copied().collect();
    assert_eq!(known.len(), Key::NAMES.len(), "two keys share a name");
    for (name, map) in locales() {
        let own: BTreeSet<&str> = map.keys().map(String::as_str).collect();
        let missing: Vec<_> = known.difference(&own).collect();
        let unknown: Vec<_> = own.difference(&known).collect();
        assert!(
            missing.is_empty() && unknown.is_empty(),
            "{name}: {missing:?} {unknown:?}"
        );
    }
}

#[test]
fn every_text_says_something_and_plurals_have_their_other_form() {
    for (name, map) in locales() {
        for (key, value) in &map {
            let sound = match value {
                Value::String(text) => !text.is_empty(),
                Value::Object(forms) => {
                    forms.contains_key("other")
                        && forms.iter().all(|(form, text)| {
                            Plural::NAMES.contains(&form.as_str()) && text.is_string()
                        })
                }
                _ => false,
            };
            assert!(sound, "{name}: {key}");
        }
    }
}

#[test]
fn a_translation_fills_the_same_places_as_english() {
    let all = locales();
    let (_, english) = all.iter().find(|(name, _)| name == "en").expect("English");
    let places = |value: &Value| -> BTreeSet<String> {
        let text = value["other"]
            .as_str()
            .or(value.as_str())
            .unwrap_or_default();
        text.split('{')
            .skip(1)
            .filter_map(|part| part.split_once('}'))
            .map(|p| p.0.into())
            .collect()
    };
    for (name, map) in &all {
        for (key, value) in map {
            assert_eq!(places(value), places(&english[key]), "{name}: {key}");
        }
    }
}

#[test]
fn every_key_is_used_somewhere() {
    fn walk(folder: &Path, text: &mut String) {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                walk(&path, text);
            } else if !path.ends_with("strings.rs") {
                text.push_str(&fs::read_to_string(&path).unwrap_or_default());
            }
        }
    }
    let mut code = String::new();
    walk(&root().join("src"), &mut code);
    let declared = fs::read_to_string(root().join("src/strings.rs")).expect("the catalogue");
    let unused: Vec<&str> = declared
        .lines()
        .filter_map(|line| line.trim().split_once(" => \""))
        .filter(|(variant, name)| {
            let name = name.trim_end_matches("\",");
            !code.contains(&format!("Key::{variant}")) && !code.contains(&format!("\"{name}\""))
        })
        .map(|(variant, _)| variant)
        .collect();
    assert!(unused.is_empty(), "unused: {unused:?}");
}
