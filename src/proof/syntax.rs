//! JSON as people get it wrong: what the parser says, in words for somebody who never heard of JSON.

use std::collections::HashSet;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

use crate::model::ConfigError;

/// The error of a `site.json`, with what is wrong at its place where the text is no JSON.
pub(super) fn plain(error: &ConfigError, text: &str) -> String {
    let ConfigError::Syntax {
        line,
        column,
        message,
    } = error
    else {
        return error.to_string();
    };
    let text = text.trim_start_matches('\u{feff}');
    if text.trim().is_empty() {
        return "the file is empty; write for example { \"source\": { \"url\": \"feed.json\" } }"
            .into();
    }
    let (found, before) = at(text, *line, *column);
    let column = before
        .rsplit('\n')
        .next()
        .unwrap_or_default()
        .chars()
        .count()
        + 1;
    format!(
        "line {line}, column {column}: {}",
        words(message, found, before)
    )
}

/// What stands at a place, and all that comes before it. Columns are counted in bytes, from 1.
fn at(text: &str, line: usize, column: usize) -> (&str, &str) {
    let start: usize = text
        .split_inclusive('\n')
        .take(line - 1)
        .map(str::len)
        .sum();
    let mut place = (start + column.saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(place) {
        place -= 1;
    }
    (&text[place..], &text[..place])
}

fn words(message: &str, found: &str, before: &str) -> String {
    let first = found.chars().next().unwrap_or(' ');
    let said = |text: &str| message.starts_with(text);
    if "“”„‟«»‘’‚".contains(first) {
        return format!("{first} is a typographic quotation mark; JSON wants the straight one, \"");
    }
    if first == '\'' {
        return "texts and keys stand in \" and not in '".into();
    }
    if found.starts_with("//") || found.starts_with("/*") || first == '#' {
        return "JSON has no comments; take it out".into();
    }
    if said("trailing comma") {
        return format!("a comma too many: nothing follows it before the {first}; take it out");
    }
    if said("EOF") {
        return "the file ends too early; a closing \", ] or } is missing".into();
    }
    if said("control character") {
        return "a text goes on over the end of its line; close it with \", or write \\n for a new line"
            .into();
    }
    if said("invalid escape") {
        return "\\ has a meaning of its own in a text; write / in paths, or \\\\".into();
    }
    if said("key must be a string") || (said("expected `,` or `}`") && first == ':') {
        return "a key stands in straight quotation marks: \"title\"".into();
    }
    if said("expected `,`") {
        let missing = matches!(first, '"' | '{' | '[') || first.is_alphanumeric();
        return match missing && !before.trim_end().ends_with(',') {
            true => "a comma is missing before this".into(),
            false => format!("a comma or the closing bracket belongs before {first:?}"),
        };
    }
    if said("expected `:`") {
        return "a colon belongs between a key and its value: \"title\": \"The Post\"".into();
    }
    if said("trailing characters") {
        return "the file goes on after its closing }; take the rest out".into();
    }
    if said("expected value") || said("expected ident") {
        return match first {
            '}' | ']' | ',' => format!("a value is missing before the {first}"),
            _ => "here belongs a text in quotation marks, a number, true, false, [ or {".into(),
        };
    }
    let end = message.rfind(" at line ").unwrap_or(message.len());
    message[..end].to_owned()
}

/// Keys that stand twice in one object: the last one counts, which hides the others.
pub(super) fn twice(text: &str) -> Vec<String> {
    let text = text.trim_start_matches('\u{feff}');
    let found = serde_json::from_str(text).map_or_else(|_| Vec::new(), |Twice(found)| found);
    let note = |key| format!("\"{key}\" stands twice; the last one counts, so take the other out");
    found.into_iter().map(note).collect()
}

/// Paths of the keys that stand twice below a value.
struct Twice(Vec<String>);

impl<'de> Deserialize<'de> for Twice {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(Looking)
    }
}

struct Looking;

impl<'de> Visitor<'de> for Looking {
    type Value = Twice;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("JSON")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Twice, A::Error> {
        let (mut seen, mut twice) = (HashSet::new(), Vec::new());
        while let Some((key, Twice(below))) = map.next_entry::<String, Twice>()? {
            twice.extend(below.into_iter().map(|it| format!("{key}.{it}")));
            if !seen.insert(key.clone()) {
                twice.push(key);
            }
        }
        Ok(Twice(twice))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Twice, A::Error> {
        let mut twice = Vec::new();
        while let Some(Twice(below)) = list.next_element()? {
            twice.extend(below);
        }
        Ok(Twice(twice))
    }

    fn visit_str<E>(self, _: &str) -> Result<Twice, E> {
        Ok(Twice(Vec::new()))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Twice, E> {
        Ok(Twice(Vec::new()))
    }

    fn visit_u64<E>(self, _: u64) -> Result<Twice, E> {
        Ok(Twice(Vec::new()))
    }

    fn visit_i64<E>(self, _: i64) -> Result<Twice, E> {
        Ok(Twice(Vec::new()))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Twice, E> {
        Ok(Twice(Vec::new()))
    }

    fn visit_unit<E>(self) -> Result<Twice, E> {
        Ok(Twice(Vec::new()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::SiteConfig;

    fn said(text: &str) -> String {
        plain(&SiteConfig::parse(text).expect_err("an error"), text)
    }

    #[test]
    fn each_mistake_in_json_is_told_in_plain_words_at_its_place() {
        for (text, place, words) in [
            (
                "{ \"title\": \"T\",\n}",
                "line 2, column 1: ",
                "comma too many",
            ),
            (
                "{ \"sections\": [\"a\",] }",
                "line 1, column 20: ",
                "before the ]",
            ),
            ("{ “title”: 1 }", "line 1, column 3: ", "“ is a typographic"),
            ("{ \"title\": “T” }", "line 1, column 12: ", "straight one"),
            ("{ \"Ä\": “T” }", "line 1, column 8: ", "straight one"),
            ("{ 'title': 1 }", "line 1, column 3: ", "not in '"),
            (
                "{\n // mine\n \"title\": 1 }",
                "line 2, column 2: ",
                "no comments",
            ),
            ("# mine\n{}", "line 1, column 1: ", "no comments"),
            ("{ title: 1 }", "line 1, column 3: ", "quotation marks"),
            (
                "{ \"title\": \"T\"\n \"url\": 1 }",
                "line 2, column 2: ",
                "comma is missing",
            ),
            (
                "{ \"sections\": [\"a\" \"b\"] }",
                "line 1, column 20: ",
                "comma is missing",
            ),
            ("{ \"title\" \"T\" }", "line 1, column 11: ", "a colon"),
            (
                "{ \"title\": \"T\"",
                "line 1, column 14: ",
                "ends too early",
            ),
            (
                "{ \"title\": \"T\n\" }",
                "line 2, column 1: ",
                "end of its line",
            ),
            (
                "{ \"url\": \"C:\\feeds\\data\" }",
                "line 1, column ",
                "write / in paths",
            ),
            ("{ \"title\": }", "line 1, column 12: ", "value is missing"),
            (
                "{ \"prerender\": False }",
                "line 1, column 16: ",
                "true, false",
            ),
            ("{} {}", "line 1, column 4: ", "goes on after"),
        ] {
            let said = said(text);
            assert!(
                said.starts_with(place) && said.contains(words),
                "{text}: {said}"
            );
            assert!(
                !said.contains(" at line "),
                "the place is said once: {said}"
            );
        }
        assert!(said(" \n").starts_with("the file is empty"));
    }

    #[test]
    fn a_key_that_stands_twice_is_noted_with_its_path() {
        let text = "\u{feff}{ \"a\": 1, \"b\": [{ \"c\": 1.5, \"c\": null }], \"d\": { \"e\": -1, \"e\": true }, \
                    \"a\": \"x\" }";
        let notes = twice(text);
        assert_eq!(notes.len(), 3, "{notes:?}");
        for (note, key) in notes.iter().zip(["\"b.c\"", "\"d.e\"", "\"a\""]) {
            assert!(note.starts_with(key), "{note}");
        }
        assert_eq!(
            twice("{ \"a\": { \"b\": 1 }, \"c\": { \"b\": 1 } }"),
            [""; 0]
        );
    }
}
