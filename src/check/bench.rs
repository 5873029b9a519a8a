//! How fast each format is read, in MB/s on this machine: `cargo xtask bench` prints it.
//!
//! The payloads are made here, about 4 MB each, of the fields that real ones have.

use std::process::ExitCode;
use std::time::Instant;

use serde_json::{Value, json};

use crate::model::SourceConfig;
use crate::platform::HOST;
use crate::source::{Query, Response, Step, open};

/// Prints one line of JSON: format name to MB/s.
pub fn bench() -> ExitCode {
    let mut speeds = serde_json::Map::new();
    for (name, source, body) in payloads() {
        let Ok(config) = SourceConfig::from_value(&source) else {
            continue;
        };
        let Ok(source) = open(&config, HOST) else {
            continue;
        };
        let mut best = 0.0_f64;
        for _ in 0..3 {
            let mut conversation = source.converse(Query::Latest, None);
            let Ok(Step::Ask(request)) = conversation.start() else {
                continue;
            };
            let response = Response {
                status: 200,
                url: request.url,
                body: body.clone().into_bytes(),
                ..Response::default()
            };
            let begun = Instant::now();
            match conversation.answer(response) {
                Ok(Step::Done(batch)) if batch.items.len() > 100 => {}
                _ => {
                    eprintln!("{name}: the payload was not read");
                    return ExitCode::FAILURE;
                }
            }
            best = best.max(body.len() as f64 / 1e6 / begun.elapsed().as_secs_f64());
        }
        speeds.insert(name.to_owned(), json!((best * 10.0).round() / 10.0));
    }
    println!("{}", Value::Object(speeds));
    ExitCode::SUCCESS
}

fn payloads() -> Vec<(&'static str, Value, String)> {
    const STORIES: usize = 1_000;
    let paragraph = "<p>The ferry from the old quay left an hour late, and nobody on the pier was \
                     surprised: &quot;It is the tide&quot;, said the harbour master.</p>\n";
    let html = paragraph.repeat(25);
    let numbers = 0..STORIES;
    let feed = json!({ "version": "https://jsonfeed.org/version/1.1", "title": "T",
        "items": numbers.clone().map(|n| json!({ "id": n, "url": format!("https://n.example/{n}/"),
            "title": format!("Story {n}"), "content_html": html, "tags": ["a", "b"],
            "date_published": "2026-11-23T08:12:00Z", "authors": [{ "name": "Ann" }] }))
            .collect::<Vec<_>>() });
    let posts = numbers.clone().map(|n| {
        json!({ "id": n, "slug": format!("s{n}"),
        "link": format!("https://n.example/{n}/"), "date": "2026-11-23T09:12:00",
        "date_gmt": "2026-11-23T08:12:00", "title": { "rendered": format!("Q&#038;A {n}") },
        "content": { "rendered": html, "protected": false }, "excerpt": { "rendered": "<p>S</p>" },
        "_embedded": { "author": [{ "name": "Ann", "slug": "ann" }],
            "wp:term": [[{ "taxonomy": "category", "name": "A", "slug": "a", "id": 1 }]] } })
    });
    let ghost = numbers.clone().map(|n| {
        json!({ "id": n.to_string(), "slug": format!("s{n}"),
        "title": "T", "html": html, "url": format!("https://n.example/{n}/"),
        "published_at": "2026-11-23T08:12:00.000+00:00", "tags": [{ "name": "A", "slug": "a" }] })
    });
    let guardian = numbers.clone().map(|n| {
        json!({ "id": format!("world/{n}"), "webTitle": "T",
        "sectionId": "world", "sectionName": "World", "webPublicationDate": "2026-11-23T08:12:00Z",
        "fields": { "headline": "T", "trailText": "<b>S</b>", "body": html } })
    });
    let ninjs = numbers.clone().map(|n| {
        json!({ "uri": format!("urn:{n}"), "versioncreated":
        "2026-11-23T08:12:00Z", "headlines": [{ "role": "main", "value": "T" }],
        "bodies": [{ "contenttype": "text/html", "value": html }] })
    });
    let rows = numbers
        .clone()
        .map(|n| json!({ "id": n, "t": "T", "b": html, "d": 1_763_885_520 }));
    let mut rss = String::from("<rss version=\"2.0\"><channel><title>T</title>");
    for n in numbers.clone() {
        rss.push_str(&format!(
            "<item><title>T {n}</title><guid>{n}</guid><pubDate>Mon, 23 Nov 2026 08:12:00 GMT\
             </pubDate><content:encoded><![CDATA[{html}]]></content:encoded></item>"
        ));
    }
    rss.push_str("</channel></rss>");
    let list = |items: Vec<Value>| Value::Array(items);
    vec![
        ("jsonfeed", json!({ "url": "f.json" }), feed.to_string()),
        (
            "wordpress",
            json!({ "kind": "wordpress", "url": "f.json" }),
            list(posts.collect()).to_string(),
        ),
        (
            "ghost",
            json!({ "kind": "ghost", "url": "f.json" }),
            json!({ "posts": ghost.collect::<Vec<_>>() }).to_string(),
        ),
        (
            "guardian",
            json!({ "kind": "guardian", "url": "f.json" }),
            json!({ "response": { "results": guardian.collect::<Vec<_>>() } }).to_string(),
        ),
        (
            "ninjs",
            json!({ "kind": "ninjs", "url": "f.json" }),
            list(ninjs.collect()).to_string(),
        ),
        (
            "mapped",
            json!({ "kind": "mapped", "url": "f.json", "list": { "path": "", "items": "" },
            "map": { "id": "/id", "title": "/t", "html": "/b", "published": "/d" } }),
            list(rows.collect()).to_string(),
        ),
        ("rss", json!({ "kind": "rss", "url": "f.xml" }), rss),
    ]
}
