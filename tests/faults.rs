//! What a source can do wrong over the network, and what that costs: nothing but the source.

#[path = "support/server.rs"]
mod server;
mod support;

use std::time::{Duration, Instant};

use dateline::platform::{Limits, fetch_now, read};
use dateline::source::{FetchError, Query, Request, SourceError};
use server::{Answer, Server, json};
use support::open;

const FEED: &str = r#"{ "items": [{ "id": 1, "title": "One" }, { "id": 2, "title": "Two" }] }"#;

fn limits() -> Limits {
    Limits {
        patience: Duration::from_secs(2),
        ..Limits::default()
    }
}

fn latest(server: &Server, limits: &Limits) -> Result<dateline::source::Batch, SourceError> {
    let source = format!(
        r#"{{ "kind": "jsonfeed", "url": "{}/feed.json" }}"#,
        server.url
    );
    read(&open(&source), Query::Latest, None, limits)
}

fn full(status: u16, body: &str) -> Answer {
    Answer::Full(status, vec![], body.into())
}

#[test]
fn a_slow_server_is_given_up_within_the_limit() {
    let server = Server::start(|_| Answer::Silence);
    let begun = Instant::now();
    let limits = Limits {
        timeout: Duration::from_millis(300),
        ..limits()
    };
    let error = latest(&server, &limits).expect_err("no answer");
    assert!(
        matches!(error, SourceError::Fetch(FetchError::Timeout { .. })),
        "{error}"
    );
    assert!(begun.elapsed() < Duration::from_secs(5));
}

#[test]
fn a_failing_server_is_asked_once_and_named() {
    let server = Server::start(|_| full(500, "<h1>oops</h1>"));
    let error = latest(&server, &limits()).expect_err("a failure");
    assert!(
        matches!(error, SourceError::Status { status: 500, .. }),
        "{error}"
    );
    assert_eq!(server.asked().len(), 1);
}

#[test]
fn a_busy_server_is_asked_again_when_it_says() {
    let server = Server::start(|asked| match asked.before {
        0 => Answer::Full(429, vec![("Retry-After", "1".into())], vec![]),
        1 => Answer::Full(503, vec![("Retry-After", "0".into())], vec![]),
        _ => json(FEED),
    });
    let begun = Instant::now();
    assert_eq!(latest(&server, &limits()).expect("a feed").items.len(), 2);
    assert!(begun.elapsed() >= Duration::from_secs(1));
    assert_eq!(server.asked().len(), 3);
}

#[test]
fn a_server_that_stays_busy_is_asked_four_times_and_one_that_wants_an_hour_once() {
    let server = Server::start(|_| Answer::Full(429, vec![("Retry-After", "0".into())], vec![]));
    let error = latest(&server, &limits()).expect_err("busy");
    assert!(
        matches!(error, SourceError::Status { status: 429, .. }),
        "{error}"
    );
    assert_eq!(server.asked().len(), 4);
    let server = Server::start(|_| Answer::Full(503, vec![("Retry-After", "3600".into())], vec![]));
    let error = latest(&server, &limits()).expect_err("busy");
    assert!(
        matches!(
            error,
            SourceError::Status {
                retry_after: Some(3600),
                ..
            }
        ),
        "{error}"
    );
    assert_eq!(server.asked().len(), 1);
}

#[test]
fn a_connection_that_breaks_is_no_short_feed() {
    let server = Server::start(|_| Answer::Cut(FEED.as_bytes()[..40].to_vec()));
    let error = latest(&server, &limits()).expect_err("broken");
    assert!(
        matches!(error, SourceError::Fetch(FetchError::Unreachable { .. })),
        "{error}"
    );
}

#[test]
fn a_web_page_and_broken_json_are_told_apart() {
    let server = Server::start(|_| full(200, "<!doctype html><title>Welcome</title>"));
    let error = latest(&server, &limits()).expect_err("a page");
    assert!(matches!(error, SourceError::WebPage { .. }));
    let server = Server::start(|_| full(200, "{ \"items\":\n [ } ] }"));
    let error = latest(&server, &limits()).expect_err("broken");
    assert!(
        matches!(error, SourceError::Broken { line: 2, .. }),
        "{error}"
    );
}

#[test]
fn a_wrong_charset_costs_characters_not_stories() {
    let server = Server::start(|_| {
        let body: Vec<u8> = FEED
            .replace("One", "Gr\u{f6}\u{df}e")
            .chars()
            .map(|c| c as u8)
            .collect();
        Answer::Full(
            200,
            vec![("Content-Type", "application/json; charset=utf-8".into())],
            body,
        )
    });
    let batch = latest(&server, &limits()).expect("a feed");
    assert_eq!(batch.items.len(), 2);
    assert_eq!(batch.items[0].headline, "Gr\u{fffd}\u{fffd}e");
}

#[test]
fn redirects_are_followed_but_not_for_ever() {
    let server = Server::start(|asked| match asked.path.as_str() {
        "/feed.json" => Answer::Full(301, vec![("Location", "/new/feed.json".into())], vec![]),
        _ => json(FEED),
    });
    assert_eq!(latest(&server, &limits()).expect("a feed").items.len(), 2);
    let server =
        Server::start(|_| Answer::Full(302, vec![("Location", "/feed.json".into())], vec![]));
    let error = latest(&server, &limits()).expect_err("a loop").to_string();
    assert!(error.contains("redirects"), "{error}");
    assert!(server.asked().len() < 10);
}

#[test]
fn a_redirect_to_another_origin_takes_no_secret_along() {
    let other = Server::start(|asked| {
        assert!(
            !asked.head.to_lowercase().contains("x-key"),
            "{}",
            asked.head
        );
        json(FEED)
    });
    let to = format!("{}/feed.json", other.url);
    let server = Server::start(move |_| Answer::Full(302, vec![("Location", to.clone())], vec![]));
    let request = Request {
        headers: vec![("X-Key".into(), "secret".into())],
        ..Request::get(format!("{}/feed.json", server.url))
    };
    let response = fetch_now(&request, &limits()).expect("an answer");
    assert_eq!((response.status, other.asked().len()), (200, 1));
    let file = Server::start(|_| {
        Answer::Full(302, vec![("Location", "file:///etc/passwd".into())], vec![])
    });
    let response = fetch_now(&Request::get(&file.url), &limits()).expect("an answer");
    assert_eq!(response.status, 302);
}

#[test]
fn ten_megabytes_stop_at_the_stated_limit_with_the_first_stories() {
    let item = format!(r#"{{ "id": 0, "content_text": "{}" }},"#, "x".repeat(1000));
    let body = format!(r#"{{ "items": [{} {{ "id": 1 }}] }}"#, item.repeat(10_000));
    assert!(body.len() > 10 << 20 || body.len() > 10_000_000);
    let server = Server::start(move |_| json(body.clone()));
    let limits = Limits {
        bytes: 1 << 20,
        ..limits()
    };
    let batch = latest(&server, &limits).expect("the first stories");
    assert!(batch.items.len() > 900, "{}", batch.items.len());
    let said = batch.incomplete.expect("a limit").to_string();
    assert!(said.contains("1048576"), "{said}");
}

#[test]
fn nobody_listening_is_said_without_the_key() {
    let source = r#"{ "kind": "ghost", "url": "http://127.0.0.1:9", "key": "k3y0123" }"#;
    let error = read(&open(source), Query::Latest, None, &limits()).expect_err("nobody");
    let said = format!("{error} {error:?}");
    assert!(
        said.contains("127.0.0.1:9") && !said.contains("k3y0123"),
        "{said}"
    );
}

#[test]
fn files_stay_inside_the_sites_folder() {
    let folder = std::env::temp_dir().join(format!("dateline-faults-{}", std::process::id()));
    std::fs::create_dir_all(folder.join("site/sub")).expect("a folder");
    std::fs::write(folder.join("secret.json"), "{}").expect("a file");
    std::fs::write(folder.join("site/feed one.json"), FEED).expect("a file");
    #[cfg(unix)]
    std::os::unix::fs::symlink(folder.join("secret.json"), folder.join("site/link.json")).ok();
    let limits = Limits {
        root: Some(folder.join("site")),
        ..limits()
    };
    let fetch = |url: &str| fetch_now(&Request::get(url), &limits);
    assert_eq!(fetch("feed%20one.json").expect("a file").status, 200);
    assert_eq!(fetch("/feed one.json?x=1").expect("a file").status, 200);
    assert_eq!(fetch("missing.json").expect("an answer").status, 404);
    assert_eq!(fetch("sub").expect("an answer").status, 404);
    for outside in [
        "../secret.json",
        "sub/../../secret.json",
        "%2e%2e/secret.json",
        "file:///etc/passwd",
        "C:\\x",
    ] {
        assert!(fetch(outside).is_err(), "{outside}");
    }
    #[cfg(unix)]
    assert!(fetch("link.json").is_err());
    std::fs::remove_dir_all(&folder).expect("clean up");
}

struct Taken(Vec<dateline::model::Article>);

impl dateline::platform::Reader for Taken {
    fn item(&mut self, item: Result<dateline::model::Article, dateline::source::Skipped>) {
        self.0.extend(item);
    }
}

fn config(source: &str) -> dateline::model::SourceConfig {
    let value = serde_json::from_str(source).expect("JSON");
    dateline::model::SourceConfig::from_value(&value).expect("a source")
}

#[test]
fn a_build_asks_for_bodies_one_by_one_and_one_that_fails_costs_one() {
    let server = Server::start(|asked| match asked.path.as_str() {
        "/list" => json(r#"[{ "id": 1, "t": "A" }, { "id": 2, "t": "B" }]"#),
        "/one/1" => json(r#"{ "id": 1, "t": "A", "b": "<p>whole</p>" }"#),
        _ => full(500, ""),
    });
    let source = format!(
        r#"{{ "kind": "mapped", "base": "{}", "list": {{ "path": "/list" }}, "one": {{ "path": "/one/{{id}}" }},
        "map": {{ "id": "/id", "title": "/t", "html": "/b" }} }}"#,
        server.url
    );
    let mut taken = Taken(Vec::new());
    let reading = dateline::platform::read_all(&config(&source), &limits(), &mut taken);
    assert_eq!(reading.expect("a reading").bodies, 2);
    let bodies: Vec<bool> = taken
        .0
        .iter()
        .map(|it| it.body == dateline::model::Body::Html("<p>whole</p>".into()))
        .collect();
    assert_eq!(bodies, [true, false]);
}

#[test]
fn a_source_that_always_promises_more_is_not_followed_for_ever() {
    let server = Server::start(|_| json(r#"{ "rows": [{ "id": 1, "t": "A" }], "next": "again" }"#));
    let source = format!(
        r#"{{ "kind": "mapped", "base": "{}", "list": {{ "path": "/list?c={{cursor}}", "items": "/rows",
        "next": {{ "by": "cursor", "at": "/next" }} }}, "map": {{ "id": "/id", "title": "/t" }} }}"#,
        server.url
    );
    let mut taken = Taken(Vec::new());
    let reading = dateline::platform::read_all(&config(&source), &limits(), &mut taken);
    assert_eq!(reading.expect("a reading").articles, 1);
    assert!(server.asked().len() <= 3, "{:?}", server.asked());
}

#[test]
fn feed_files_follow_their_pages_inside_the_folder_and_ask_nobody_else() {
    let server = Server::start(|_| json(FEED));
    let folder = std::env::temp_dir().join(format!("dateline-chain-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let write = |name: &str, text: String| std::fs::write(folder.join(name), text).expect("a file");
    write(
        "feed.json",
        r#"{ "items": [{ "id": 1 }], "next_url": "/feed-2.json" }"#.into(),
    );
    write(
        "feed-2.json",
        format!(
            r#"{{ "items": [{{ "id": 2 }}], "next_url": "{}/3" }}"#,
            server.url
        ),
    );
    let limits = Limits {
        root: Some(folder.clone()),
        ..limits()
    };
    let mut taken = Taken(Vec::new());
    let reading =
        dateline::platform::read_all(&config(r#"{ "url": "feed.json" }"#), &limits, &mut taken)
            .expect("a reading");
    assert_eq!((taken.0.len(), reading.pages), (2, 2));
    assert!(reading.notes[0].contains("elsewhere"));
    assert!(server.asked().is_empty());
    std::fs::remove_dir_all(&folder).expect("clean up");
}
