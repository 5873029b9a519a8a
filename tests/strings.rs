//! The catalogue of interface texts: every locale has every key and no other, every key is used,
//! every count has the forms its language asks for, and nothing is left in English.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use dateline::platform::intl;
use dateline::strings::{Key, LOCALES, Plural};
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
fn every_language_that_is_promised_has_its_file_and_no_file_is_forgotten() {
    let files: BTreeSet<String> = locales().into_iter().map(|(name, _)| name).collect();
    let promised: BTreeSet<String> = LOCALES.into_iter().map(str::to_owned).collect();
    assert_eq!(files, promised);
}

/// The plural categories that whole numbers have in a language, each with how many of the numbers
/// tried are in it. (A million is where Spanish, French and Portuguese say "de".)
fn categories(language: &str) -> BTreeMap<&'static str, usize> {
    let mut found = BTreeMap::new();
    for number in (0..=200).chain([1000, 1_000_000, 2_000_000]) {
        let category = Plural::NAMES[intl::plural(language, number) as usize];
        *found.entry(category).or_default() += 1;
    }
    found
}

#[test]
fn a_count_has_exactly_the_forms_of_its_language() {
    let all = locales();
    let (_, english) = all.iter().find(|(name, _)| name == "en").expect("English");
    for (name, map) in &all {
        let wanted: BTreeSet<&str> = categories(name).into_keys().collect();
        for (key, value) in map {
            match value {
                Value::String(text) => {
                    assert!(!text.trim().is_empty(), "{name}: {key} says nothing");
                    assert!(english[key].is_string(), "{name}: {key} is a count");
                }
                Value::Object(forms) => {
                    let own: BTreeSet<&str> = forms.keys().map(String::as_str).collect();
                    assert_eq!(own, wanted, "{name}: {key}");
                    assert!(english[key].is_object(), "{name}: {key} is no count");
                }
                _ => panic!("{name}: {key} is neither a text nor forms of one"),
            }
        }
    }
}

fn places(text: &str) -> BTreeSet<String> {
    text.split('{')
        .skip(1)
        .filter_map(|part| part.split_once('}'))
        .map(|(place, _)| place.to_owned())
        .collect()
}

/// The texts of a value with their plural category, `other` for one that has no forms.
fn texts(value: &Value) -> Vec<(&str, &str)> {
    match value {
        Value::Object(forms) => forms
            .iter()
            .map(|(form, text)| (form.as_str(), text.as_str().expect("a text")))
            .collect(),
        text => vec![("other", text.as_str().expect("a text"))],
    }
}

#[test]
fn a_translation_fills_the_same_places_as_english() {
    let all = locales();
    let (_, english) = all.iter().find(|(name, _)| name == "en").expect("English");
    for (name, map) in &all {
        let categories = categories(name);
        for (key, value) in map {
            let wanted = places(texts(&english[key]).last().expect("a text").1);
            for (form, text) in texts(value) {
                let own = places(text);
                // "دقيقتان" is two minutes and holds no number: only a form that one single number
                // takes may do without it.
                let spelt = categories[form] == 1
                    && own
                        .iter()
                        .map(String::as_str)
                        .chain(["n"])
                        .collect::<BTreeSet<_>>()
                        == wanted.iter().map(String::as_str).collect();
                assert!(own == wanted || spelt, "{name}: {key} ({form}): {own:?}");
            }
        }
    }
}

/// Texts that are rightly the same as in English, and why.
const SAME: &[(&str, &str, &str)] = &[
    ("de", "name", "the German word"),
    ("de", "website", "the word German uses"),
    ("de", "widget", "the word German uses"),
    ("de", "live", "the word German papers use"),
    ("fr", "menu", "the French word"),
    ("fr", "page", "the French word"),
    ("fr", "pagination", "the French word"),
    ("pt", "menu", "the Portuguese word"),
    ("es", "widget", "the word Spanish uses"),
    ("fr", "widget", "the word French uses"),
    ("pt", "widget", "the word Portuguese uses"),
    ("de", "size_normal", "the word German uses"),
    ("es", "size_normal", "the word Spanish uses"),
    ("pt", "size_normal", "the word Portuguese uses"),
];

/// Words by which English text is known, none of which another of our languages has.
const ENGLISH: [&str; 9] = [
    "the", "your", "this", "story", "stories", "of", "with", "and", "here",
];

/// What is written in Latin letters whatever the language.
const LATIN: [&str; 4] = ["name@example.org", "example.org", "JavaScript", "*"];

#[test]
fn nothing_is_left_in_english() {
    let all = locales();
    let (_, english) = all.iter().find(|(name, _)| name == "en").expect("English");
    let mut left = Vec::new();
    let mut excused = BTreeSet::new();
    for (name, map) in all.iter().filter(|(name, _)| name != "en") {
        let own_script = matches!(name.as_str(), "ar" | "hi" | "ja" | "zh");
        for (key, value) in map {
            if *key == "embed_frame" {
                continue; // Two places and a colon.
            }
            for (_, text) in texts(value) {
                if texts(&english[key]).iter().any(|(_, other)| *other == text) {
                    excused.insert((name.as_str(), key.as_str()));
                    let known = |(language, known, _): &&(&str, &str, &str)| {
                        language == name && known == key
                    };
                    if !SAME.iter().any(|same| known(&same)) {
                        left.push(format!("{name}: {key}: {text}"));
                    }
                }
                let mut bare = text.to_owned();
                for place in places(text) {
                    bare = bare.replace(&format!("{{{place}}}"), " ");
                }
                for latin in LATIN {
                    bare = bare.replace(latin, " ");
                }
                let words = bare.split(|letter: char| !letter.is_alphanumeric());
                let foreign = words.filter(|word| {
                    ENGLISH.contains(&word.to_lowercase().as_str())
                        || (own_script && word.chars().any(|letter| letter.is_ascii_alphabetic()))
                });
                left.extend(foreign.map(|word| format!("{name}: {key}: {word}")));
            }
        }
    }
    assert!(left.is_empty(), "left in English:\n{}", left.join("\n"));
    let idle: Vec<_> = SAME
        .iter()
        .filter(|(name, key, _)| !excused.contains(&(*name, *key)))
        .collect();
    assert!(idle.is_empty(), "excused for nothing: {idle:?}");
}

#[test]
fn every_key_is_used_somewhere() {
    fn walk(folder: &Path, text: &mut String) {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                walk(&path, text);
            } else if !path.ends_with("src/strings.rs") {
                text.push_str(&fs::read_to_string(&path).unwrap_or_default());
            }
        }
    }
    let mut code = String::new();
    walk(&root().join("src"), &mut code);
    let variants: BTreeSet<&str> = code
        .split("Key::")
        .skip(1)
        .filter_map(|rest| rest.split(|letter: char| !letter.is_alphanumeric()).next())
        .collect();
    let declared = fs::read_to_string(root().join("src/strings.rs")).expect("the catalogue");
    let unused: Vec<&str> = declared
        .lines()
        .filter_map(|line| line.trim().split_once(" => \""))
        .filter(|(variant, name)| {
            let name = name.trim_end_matches("\",");
            // An island names texts too; those names have two words, so that no attribute or class
            // of one word passes for one.
            let named = name.contains('_') && code.contains(&format!("\"{name}\""));
            !variants.contains(variant) && !named
        })
        .map(|(variant, _)| variant)
        .collect();
    assert!(unused.is_empty(), "unused: {unused:?}");
}
