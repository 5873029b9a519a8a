//! Tells a known system by the shape of its JSON. What several systems have in common (a list of
//! `posts`, `items` with an `id`) is no sign of any: a wrong guess reads nothing and says nothing.

use serde_json::{Map, Value, json};

use super::guess::{Guess, config, wordpress_site};
use crate::model::{SourceConfig, SourceKind};
use crate::source::place::{is_absolute, origin};

/// The source of an answer whose shape is known.
pub(super) fn by_shape(address: &str, value: &Value) -> Option<Guess> {
    let of = |kind| Some(Guess::of(config(kind, address)));
    if version(value).is_some_and(|it| it.contains("jsonfeed")) {
        return of(SourceKind::JsonFeed);
    }
    let first = first(value)?;
    if is_wordpress(value, first) {
        let url = if is_absolute(address) {
            wordpress_site(address)
        } else {
            address.to_owned()
        };
        return Some(Guess::of(config(SourceKind::WordPress, &url)));
    }
    if is_ghost(value) {
        return of(SourceKind::Ghost);
    }
    if value.pointer("/response/status").is_some()
        || has(first, &["webTitle", "webPublicationDate"])
    {
        return of(SourceKind::Guardian);
    }
    if is_ninjs(value.pointer("/_items/0").unwrap_or(first)) {
        return of(SourceKind::Ninjs);
    }
    if let Some(config) = by_preset(address, value, first) {
        return Some(Guess::of(config));
    }
    if is_json_feed(value) {
        return of(SourceKind::JsonFeed);
    }
    None
}

fn has(value: &Value, keys: &[&str]) -> bool {
    keys.iter().all(|key| value.get(key).is_some())
}

fn has_any(value: &Value, keys: &[&str]) -> bool {
    keys.iter().any(|key| value.get(key).is_some())
}

fn version(value: &Value) -> Option<&str> {
    value.get("version").and_then(Value::as_str)
}

/// The document itself or its first element, also of a list from which WordPress has lost something
/// (an object whose keys are numbers).
fn first(value: &Value) -> Option<&Value> {
    let first = match value {
        Value::Array(list) => list.first()?,
        other => other,
    };
    let is_number = |name: &String| name.bytes().all(|it| it.is_ascii_digit());
    match first.as_object() {
        Some(map) if map.keys().all(is_number) => map.values().next(),
        _ => Some(first),
    }
}

/// A post, the API's root, or a refusal: its code is a word and its data tells the status. Other
/// systems answer `{ "code": 0, "message": "ok", "data": [ … ] }`.
fn is_wordpress(value: &Value, first: &Value) -> bool {
    let refused = value.get("code").is_some_and(Value::is_string)
        && value.get("message").is_some_and(Value::is_string)
        && value
            .get("data")
            .is_some_and(|data| data.is_object() || data.is_null());
    has(value, &["namespaces", "routes"]) || first.pointer("/title/rendered").is_some() || refused
}

/// Posts or pages with the id that Ghost gives them, which is a text.
fn is_ghost(value: &Value) -> bool {
    let is_post = |post: &Value| {
        let id = post.get("id").is_some_and(Value::is_string);
        id && has(post, &["slug", "title"]) && has_any(post, &["uuid", "html"])
    };
    let listed = ["posts", "pages"].iter().any(|key| {
        let list = value.get(key).and_then(Value::as_array);
        list.is_some_and(|list| list.first().is_none_or(is_post))
    });
    let refused =
        value.pointer("/errors/0/type").is_some() || value.pointer("/errors/0/errorType").is_some();
    listed || refused || has(value, &["uuid", "comment_id", "slug"])
}

fn is_ninjs(item: &Value) -> bool {
    const MARKS: [&str; 8] = [
        "headlines",
        "headline",
        "bodies",
        "body_html",
        "body_text",
        "versioncreated",
        "pubstatus",
        "descriptions",
    ];
    let names: Vec<String> = item
        .as_object()
        .map(|map| map.keys().map(|key| key.to_lowercase()).collect())
        .unwrap_or_default();
    let named = |name: &str| names.iter().any(|known| known == name);
    named("uri") && MARKS.iter().any(|mark| named(mark))
}

/// Items with one of the keys that only JSON Feed writes so. An `id` alone is everybody's.
fn is_json_feed(value: &Value) -> bool {
    const MARKS: [&str; 5] = [
        "content_html",
        "content_text",
        "date_published",
        "date_modified",
        "_dateline",
    ];
    let items = value.get("items").and_then(Value::as_array);
    items.is_some_and(|items| items.iter().any(|item| has_any(item, &MARKS)))
}

fn by_preset(address: &str, value: &Value, first: &Value) -> Option<SourceConfig> {
    if first.get("type_of").is_some_and(|kind| kind == "article") {
        return Some(preset("dev.to", address));
    }
    if value.get("hits").is_some() && value.pointer("/hits/0/objectID").is_some() {
        return Some(preset("hn", address));
    }
    if value.pointer("/articles/0/publishedAt").is_some() && value.get("totalResults").is_some() {
        return Some(preset("newsapi", address));
    }
    if value.get("num_results").is_some() && value.pointer("/results/0/abstract").is_some() {
        return Some(preset("nyt", address));
    }
    // Strapi 4 wraps every object in "attributes"; the preset is for the flat answers of Strapi 5.
    let is_strapi_5 = value.pointer("/meta/pagination/pageCount").is_some()
        && value.get("data").is_some()
        && value.pointer("/data/0/attributes").is_none();
    is_strapi_5.then(|| {
        let mut config = preset("strapi", address);
        if is_absolute(address) {
            config.url = origin(address).to_owned();
        }
        config
    })
}

fn preset(name: &str, address: &str) -> SourceConfig {
    let mut options = Map::new();
    options.insert("preset".into(), json!(name));
    // A saved answer is read where it lies; a live one from its API.
    let url = if is_absolute(address) {
        String::new()
    } else {
        address.to_owned()
    };
    SourceConfig {
        options,
        ..config(SourceKind::Mapped, &url)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(value: &Value) -> Option<SourceKind> {
        by_shape("answer.json", value).map(|guess| guess.config.kind)
    }

    #[test]
    fn what_other_systems_have_too_is_no_sign() {
        for value in [
            json!({ "items": [{ "id": "5f", "urlId": "a", "publishOn": 1, "title": "A" }] }),
            json!({ "kind": "blogger#postList", "items": [{ "id": "77", "title": "A" }] }),
            json!({ "found": 1, "posts": [{ "ID": 9, "site_ID": 1, "slug": "a", "title": "A" }] }),
            json!({ "posts": [{ "id": 1, "slug": "a", "title": "A", "html": "x" }] }),
            json!({ "code": 0, "message": "ok", "data": [{ "id": 1 }] }),
            json!({ "data": [{ "id": 1, "attributes": {} }],
                "meta": { "pagination": { "pageCount": 1 } } }),
        ] {
            assert_eq!(kind(&value), None, "{value}");
        }
    }

    #[test]
    fn a_known_shape_is_told_by_what_only_it_has() {
        for (value, expected) in [
            (
                json!({ "items": [{ "id": "1", "date_published": "2026-11-23" }] }),
                SourceKind::JsonFeed,
            ),
            (
                json!({ "items": [{ "content_text": "x" }] }),
                SourceKind::JsonFeed,
            ),
            (
                json!({ "code": "rest_no_route", "message": "No", "data": { "status": 404 } }),
                SourceKind::WordPress,
            ),
            (
                json!({ "posts": [{ "id": "1", "uuid": "u", "slug": "a", "title": "A" }] }),
                SourceKind::Ghost,
            ),
            (json!({ "posts": [] }), SourceKind::Ghost),
            (
                json!({ "data": [{ "documentId": "a" }],
                    "meta": { "pagination": { "pageCount": 1 } } }),
                SourceKind::Mapped,
            ),
        ] {
            assert_eq!(kind(&value), Some(expected), "{value}");
        }
    }
}
