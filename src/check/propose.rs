//! A mapping for JSON of no known system: the list that looks most like stories, and for each field
//! the first of the names that APIs give it. A publisher corrects it; that is less work than to
//! begin with nothing.

use serde_json::{Map, Value, json};

use super::guess::{Guess, config};
use crate::model::{Instant, SourceKind};
use crate::source::place::{is_absolute, origin, path};
use crate::source::{Sign, WITHIN, unpublished};

/// Items that are looked at: what the first lacks, one of the next may have.
const LOOKED_AT: usize = 20;

const TITLES: &[&str] = &["title", "headline", "webTitle", "name", "subject"];
const IDS: &[&str] = &[
    "id",
    "_id",
    "ID",
    "documentId",
    "uuid",
    "guid",
    "uid",
    "objectID",
    "sys/id",
];
const ADDRESSES: &[&str] = &[
    "url",
    "URL",
    "link",
    "permalink",
    "fullUrl",
    "web_url",
    "webUrl",
    "canonical_url",
];
const BODIES: &[&str] = &[
    "content_html",
    "body_html",
    "html",
    "body_markdown",
    "markdown",
    "body/processed",
    "body/value",
    "body",
    "content",
    "content_text",
    "text",
];
const SUMMARIES: &[&str] = &[
    "summary",
    "excerpt",
    "description",
    "abstract",
    "standfirst",
    "teaser",
];
const PUBLISHED: &[&str] = &[
    "published",
    "published_at",
    "publishedAt",
    "publishOn",
    "publish_date",
    "publishDate",
    "first_publication_date",
    "pubDate",
    "datePublished",
    "date",
    "created_at",
    "createdAt",
    "_createdAt",
    "date_created",
    "created",
    "timestamp",
    "sys/createdAt",
    "postDate",
    "dateCreated",
];
const MODIFIED: &[&str] = &[
    "modified",
    "modified_at",
    "updated",
    "updated_at",
    "updatedAt",
    "updatedOn",
    "changed",
    "date_updated",
    "dateUpdated",
];
const PICTURES: &[&str] = &[
    "image/url",
    "image/src",
    "image/filename",
    "image",
    "image_url",
    "imageUrl",
    "featured_image",
    "cover/data/attributes/url",
    "cover/url",
    "cover_image",
    "mainImage/asset/url",
    "thumbnail",
    "assetUrl",
    "picture",
];
const AUTHORS: &[&str] = &[
    "author/name",
    "author/displayName",
    "author/data/attributes/name",
    "authors/*/name",
    "author",
    "authors",
    "byline",
    "creator",
    "user/name",
];
const SECTIONS: &[&str] = &[
    "section/name",
    "section",
    "category/name",
    "category/data/attributes/name",
    "categories/*/name",
    "category",
    "categories",
];
const TAGS: &[&str] = &[
    "tags/*/name",
    "tags/data/*/attributes/name",
    "tags",
    "labels",
    "keywords",
];

/// A mapped source for what looks like a list of stories: each with an id and a title.
pub(super) fn proposed(address: &str, document: &Value) -> Option<Guess> {
    let (items, map, stories) = lists(document, String::new(), 0)
        .into_iter()
        .filter_map(|(at, list)| Some((at, fields(list, is_absolute(address))?, list)))
        .max_by_key(|(_, map, _)| map.len())?;
    let mut config = config(SourceKind::Mapped, address);
    // What pages so and is not the preset's flat Strapi 5 is Strapi 4.
    let strapi = document.pointer("/meta/pagination/pageCount").is_some();
    let system = if strapi {
        "Strapi 4"
    } else {
        "no system that Dateline knows"
    };
    let mut notes = vec![format!(
        "{system}: the mapping below is guessed from the names of the fields; see that each holds what \
         it says"
    )];
    let list = if strapi {
        if is_absolute(address) {
            config.url = origin(address).to_owned();
        }
        json!({ "path": format!("{}?populate=*&sort=publishedAt:desc&pagination[page]={{page}}",
                    if is_absolute(address) { path(address) } else { "/api/articles" }),
                "items": items, "next": { "by": "page", "pages": "/meta/pagination/pageCount" } })
    } else {
        notes.push(
            "only this answer is read: \"next\" in \"list\" says where the API goes on".to_owned(),
        );
        json!({ "path": "", "items": items })
    };
    notes.extend(wordpress_com(address, document));
    if let Some((only, note)) = only(stories) {
        config.options.insert("only".into(), only);
        notes.push(note);
    }
    config.options.insert("list".into(), list);
    config.options.insert("map".into(), Value::Object(map));
    Some(Guess { config, notes })
}

/// The older API of WordPress.com: the newer one says more, and is read in full.
fn wordpress_com(address: &str, document: &Value) -> Option<String> {
    let post = document.pointer("/posts/0")?;
    let site = post.get("site_ID").filter(|_| post.get("ID").is_some())?;
    let named = address
        .split_once("/sites/")
        .and_then(|(_, rest)| rest.split(['/', '?']).next().map(str::to_owned));
    Some(format!(
        "this is WordPress.com's API of version 1; \"kind\": \"wordpress\" with \"url\": \
         \"https://public-api.wordpress.com/wp/v2/sites/{}\" reads its newer one, with sections, \
         authors and every page",
        named.unwrap_or_else(|| site.to_string())
    ))
}

/// Lists of objects with the pointers that lead to them.
fn lists(value: &Value, at: String, depth: usize) -> Vec<(String, &[Value])> {
    const DEEPEST: usize = 3;
    match value {
        Value::Array(list) if list.first().is_some_and(Value::is_object) => vec![(at, list)],
        Value::Object(map) if depth < DEEPEST => map
            .iter()
            .flat_map(|(key, value)| {
                let key = key.replace('~', "~0").replace('/', "~1");
                lists(value, format!("{at}/{key}"), depth + 1)
            })
            .collect(),
        _ => Vec::new(),
    }
}

/// A mapping of what the items hold; none without an id and a title. In a file (not `live`) an
/// address without a host says nothing.
fn fields(items: &[Value], live: bool) -> Option<Map<String, Value>> {
    let items = &items[..items.len().min(LOOKED_AT)];
    let mut map = Map::new();
    let mut put = |field: &str, expression: Value| drop(map.insert(field.to_owned(), expression));
    put("title", json!(place(items, TITLES, is_text)?.0));
    let url = place(
        items,
        ADDRESSES,
        if live {
            is_address
        } else {
            is_absolute_address
        },
    );
    match (place(items, IDS, is_id), &url) {
        (Some((id, _)), _) => put("id", json!(id)),
        (None, Some((url, _))) => put("id", json!({ "at": url, "hash": true })),
        (None, None) => return None,
    }
    if let Some((url, _)) = url {
        put("url", json!(url));
    }
    if let Some((body, value)) = place(items, BODIES, is_whole) {
        let written = match value {
            value if is_html(value) => "html",
            value if is_markdown(value) => "markdown",
            _ => "text",
        };
        put(written, json!(body));
    }
    if let Some((tags, value)) = place(items, TAGS, is_text) {
        match value.as_str().filter(|tags| tags.contains(',')) {
            Some(_) => put("tags", json!({ "at": tags, "split": "," })),
            None => put("tags", json!(tags)),
        }
    }
    for (field, names) in [("published", PUBLISHED), ("modified", MODIFIED)] {
        if let Some(at) = dated(items, names) {
            put(field, json!(at));
        }
    }
    let others: [(&str, &[&str], Is); 5] = [
        ("slug", &["slug", "slug/current"], is_text),
        ("summary", SUMMARIES, is_text),
        ("image", PICTURES, is_address),
        ("author", AUTHORS, is_text),
        ("section", SECTIONS, is_text),
    ];
    for (field, names, is) in others {
        if let Some((at, _)) = place(items, names, is) {
            put(field, json!(at));
        }
    }
    Some(map)
}

/// What keeps the items that are not published out, where there are such: the one thing that all others
/// say in the same place, else whatever these say.
fn only(items: &[Value]) -> Option<(Value, String)> {
    let Sign {
        pointer,
        said,
        pattern,
        is_state,
    } = items.iter().find_map(unpublished)?;
    let mut others = items
        .iter()
        .filter(|item| unpublished(item).is_none())
        .map(|item| word(item.pointer(&pointer)));
    let first = others.next().flatten();
    let only = match first.filter(|first| is_state && others.all(|it| it.as_ref() == Some(first))) {
        Some(published) => json!({ "at": pointer, "keep_if": format!("^{published}$") }),
        None => json!({ "at": pointer, "drop_if": pattern }),
    };
    let note = format!(
        "there are items that are not published (\"{pointer}\" is \"{said}\"): \"only\" leaves them out"
    );
    Some((only, note))
}

/// A value that is one word, and so its own pattern.
fn word(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::Bool(flag) => Some(flag.to_string()),
        Value::String(text) => {
            let letters = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
            (!text.is_empty() && text.chars().all(letters)).then(|| text.clone())
        }
        _ => None,
    }
}

/// Where the items have a date: as a value, else as PHP writes one out, `{ "date": …, "timezone": … }`.
fn dated(items: &[Value], names: &[&str]) -> Option<String> {
    let (at, _) = place(items, names, is_date).or_else(|| {
        let written: Vec<String> = names.iter().map(|name| format!("{name}/date")).collect();
        let written: Vec<&str> = written.iter().map(String::as_str).collect();
        place(items, &written, is_date)
    })?;
    Some(at)
}

type Is = fn(&Value) -> bool;

/// The first pointer of a field's usual names at which an item holds what the field needs, and what
/// is there.
fn place<'a>(items: &'a [Value], names: &[&str], is: Is) -> Option<(String, &'a Value)> {
    let pointers = names
        .iter()
        .flat_map(|name| WITHIN.iter().map(move |within| format!("{within}/{name}")));
    pointers.into_iter().find_map(|pointer| {
        let found = items
            .iter()
            .filter_map(|item| at(item, &pointer))
            .find(|value| is(value))?;
        Some((pointer, found))
    })
}

/// The first value at a pointer; of a list of texts its first.
fn at<'a>(item: &'a Value, pointer: &str) -> Option<&'a Value> {
    let first = |value: &'a Value| match value {
        Value::Array(list) => list.first(),
        Value::Object(map) => map.values().next(),
        _ => None,
    };
    let found = pointer
        .split('/')
        .skip(1)
        .try_fold(item, |value, key| match key {
            "*" => first(value),
            key => value.get(key),
        })?;
    match found {
        Value::Array(list) => list.first(),
        other => Some(other),
    }
}

fn is_text(value: &Value) -> bool {
    value.as_str().is_some_and(|text| !text.trim().is_empty())
}

fn is_id(value: &Value) -> bool {
    value.is_number() || is_text(value)
}

fn is_address(value: &Value) -> bool {
    let local = |text: &str| text.starts_with('/') || text.contains('.') && !text.contains(' ');
    value
        .as_str()
        .is_some_and(|text| is_absolute(text) || local(text))
}

fn is_absolute_address(value: &Value) -> bool {
    value.as_str().is_some_and(is_absolute)
}

/// A text that was not cut ("… [+1200 chars]"), as news APIs do to bodies.
fn is_whole(value: &Value) -> bool {
    is_text(value)
        && value
            .as_str()
            .is_some_and(|text| !text.trim_end().ends_with("chars]"))
}

fn is_html(value: &Value) -> bool {
    let marks = ["</", "<p", "<br", "<img"];
    value
        .as_str()
        .is_some_and(|text| marks.iter().any(|mark| text.contains(mark)))
}

/// Headings, lists, links, quotations, emphasis: what Markdown has and plain text hardly.
fn is_markdown(value: &Value) -> bool {
    let begins = ["# ", "## ", "### ", "* ", "- ", "> ", "```", "1. "];
    value.as_str().is_some_and(|text| {
        let line = |line: &str| {
            begins
                .iter()
                .any(|mark| line.trim_start().starts_with(mark))
        };
        text.lines().any(line)
            || ["](http", "](/", "**"]
                .iter()
                .any(|mark| text.contains(mark))
    })
}

fn is_date(value: &Value) -> bool {
    match value {
        // Less is a count or a year: no story is older than 1973 by its number of seconds.
        Value::Number(number) => number.as_f64().is_some_and(|seconds| seconds >= 1e8),
        other => other
            .as_str()
            .is_some_and(|text| Instant::parse(text).is_some()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(address: &str, document: &Value) -> (Value, Vec<String>) {
        let guess = proposed(address, document).expect("a proposal");
        (Value::Object(guess.config.options), guess.notes)
    }

    #[test]
    fn a_list_of_stories_is_found_with_its_fields() {
        let (source, notes) = source(
            "a.json",
            &json!({ "users": [{ "id": 1, "name": "Ann" }], "result": { "rows": [
                { "id": 1, "title": "One", "body": null, "created": 1_763_885_520_123_u64 },
                { "id": 2, "title": "Two", "body": "<p>x</p>", "tags": "a, b", "teaser": "T" }] } }),
        );
        assert_eq!(source["list"]["items"], "/result/rows");
        assert_eq!(
            source["map"],
            json!({ "id": "/id", "title": "/title", "html": "/body", "published": "/created",
                "summary": "/teaser", "tags": { "at": "/tags", "split": "," } })
        );
        assert!(notes[0].contains("guessed") && notes[1].contains("next"));
    }

    #[test]
    fn what_only_links_and_is_cut_is_named_by_its_address_and_has_no_body() {
        let (source, _) = source(
            "a.json",
            &json!([{ "title": "A", "url": "https://n.example/a", "content": "Cut… [+12 chars]" }]),
        );
        assert_eq!(source["list"]["items"], "");
        assert_eq!(
            source["map"],
            json!({ "id": { "at": "/url", "hash": true }, "title": "/title", "url": "/url" })
        );
    }

    #[test]
    fn strapi_4_is_asked_for_all_pages_and_read_within_its_attributes() {
        let (source, notes) = source(
            "https://cms.example/api/posts?populate=*",
            &json!({ "data": [{ "id": 1, "attributes": { "title": "A", "content": "# B",
                "cover": { "data": { "attributes": { "url": "/uploads/a.jpg" } } } } }],
                "meta": { "pagination": { "page": 1, "pageCount": 1 } } }),
        );
        let path = source["list"]["path"].as_str().unwrap_or_default();
        assert!(
            path.starts_with("/api/posts?") && path.contains("{page}"),
            "{path}"
        );
        assert_eq!(
            source["map"],
            json!({ "id": "/id", "title": "/attributes/title", "markdown": "/attributes/content",
                "image": "/attributes/cover/data/attributes/url" })
        );
        assert!(notes[0].contains("Strapi 4"), "{notes:?}");
    }

    #[test]
    fn a_date_that_php_writes_out_is_found_within() {
        let date = |day: &str| {
            json!({ "date": format!("{day} 12:00:00.000000"), "timezone_type": 3,
            "timezone": "Europe/Berlin" })
        };
        let row = json!({ "id": 1, "title": "A", "postDate": date("2026-11-30"),
            "dateUpdated": date("2026-12-01") });
        let map = source("a.json", &json!([row])).0["map"].clone();
        assert_eq!(
            (&map["published"], &map["modified"]),
            (&json!("/postDate/date"), &json!("/dateUpdated/date"))
        );
    }

    #[test]
    fn drafts_among_the_stories_bring_what_keeps_them_out() {
        let only = |rows: Value| source("a.json", &json!({ "data": rows })).0["only"].clone();
        let row = |key: &str, said: Value| json!({ "id": 1, "title": "A", key: said });
        assert_eq!(
            only(json!([row("status", json!("published"))])),
            Value::Null
        );
        assert_eq!(
            only(json!([
                row("status", json!("published")),
                row("status", json!("draft"))
            ])),
            json!({ "at": "/status", "keep_if": "^published$" })
        );
        let three = ["in print", "Draft", "online"].map(|it| row("status", json!(it)));
        assert_eq!(
            only(json!(three))["drop_if"],
            "^(Archived|Deleted|Draft|Pending|Private|Scheduled|Trash|Unpublished)$"
        );
        assert_eq!(
            only(json!([
                row("draft", json!(true)),
                row("draft", Value::Null)
            ])),
            json!({ "at": "/draft", "drop_if": "^true$" })
        );
        assert_eq!(
            only(json!([
                row("_id", json!("drafts.a")),
                row("_id", json!("b-1")),
                row("_id", json!("b-1"))
            ])),
            json!({ "at": "/_id", "drop_if": "^drafts\\." })
        );
        let (_, notes) = source("a.json", &json!([row("published", json!(false))]));
        assert!(
            notes
                .iter()
                .any(|it| it.contains("\"/published\" is \"false\"")),
            "{notes:?}"
        );
    }

    #[test]
    fn the_older_wordpress_com_leads_to_the_newer() {
        let document = json!({ "found": 1, "posts": [{ "ID": 9, "site_ID": 7, "slug": "a", "title": "A",
            "categories": { "News": { "name": "News" } } }] });
        let (source, notes) = source(
            "https://public-api.wordpress.com/rest/v1.1/sites/n.example/posts/?number=5",
            &document,
        );
        assert_eq!(source["map"]["section"], "/categories/*/name");
        let hint = notes.last().expect("a hint");
        assert!(hint.contains("/wp/v2/sites/n.example\""), "{hint}");
        let hint = wordpress_com("posts.json", &document).expect("a hint");
        assert!(hint.contains("/wp/v2/sites/7\""), "{hint}");
    }

    #[test]
    fn what_holds_no_stories_is_not_proposed() {
        for document in [
            json!({ "rows": [] }),
            json!({ "list": [{ "dt": 1, "main": {} }] }),
            json!({ "users": [{ "name": "Ann" }] }),
            json!([1, 2]),
        ] {
            assert!(proposed("a.json", &document).is_none(), "{document}");
        }
    }
}
