//! `dateline check` as a publisher meets it: what it guesses, what it says, how it ends.

#[path = "support/server.rs"]
mod server;
mod support;

use std::path::PathBuf;
use std::process::{Command, Output};

use serde_json::Value;
use server::{Answer, Server, json};

fn run(args: &[&str], env: &[(&str, &str)]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_dateline"))
        .arg("check")
        .args(args)
        .envs(env.iter().copied())
        .output()
        .expect("the command")
}

fn report(args: &[&str]) -> (Value, bool) {
    let mut all = vec!["--json"];
    all.extend(args);
    let output = run(&all, &[]);
    let value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&output.stdout)));
    (value, output.status.success())
}

/// A file of this test alone, gone afterwards.
struct File(PathBuf);

impl File {
    fn new(name: &str, text: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("dateline-check-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder");
        let path = folder.join(name);
        std::fs::write(&path, text).expect("a file");
        Self(path)
    }

    fn path(&self) -> &str {
        self.0.to_str().expect("a path")
    }
}

impl Drop for File {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

const FEED: &str = r#"{ "version": "https://jsonfeed.org/version/1.1", "title": "Harbour", "items": [
    { "id": 1, "title": "One", "url": "https://n.example/world/one/", "tags": ["World"], "date_published": "2026-11-23",
      "content_html": "<p>x</p><img src=\"http://i.example/a.jpg\"><img src='https://i.example/b.jpg' alt='B'>" },
    { "id": 2, "title": "Two", "content_html": "y", "date_published": "2026-11-20" },
    { "id": 2, "title": "Twice" }, { "title": "nothing" }] }"#;

#[test]
fn a_feed_file_is_recognised_read_and_described() {
    let file = File::new("feed.json", FEED);
    let (report, ok) = report(&[file.path()]);
    assert!(ok);
    assert_eq!(report["kind"], "jsonfeed");
    assert_eq!(report["articles"], 2);
    assert_eq!(report["pages"], 1);
    assert_eq!(report["title"], "Harbour");
    assert_eq!(report["skipped"].as_array().map(Vec::len), Some(2));
    // The first story with an id is the one that counts.
    assert_eq!(report["skipped"][0]["item"], "Twice");
    assert_eq!(report["skipped"][1]["item"], "nothing");
    assert_eq!(report["fields"]["headline"], 1.0);
    assert_eq!(report["fields"]["section"], 0.5);
    assert_eq!(report["sections"][0]["path"], "world");
    assert_eq!(
        report["pictures"],
        serde_json::json!({ "all": 2, "without_alt": 1, "http": 1 })
    );
    assert!(
        report["problems"][0]
            .as_str()
            .is_some_and(|text| text.contains("http"))
    );
    assert_eq!(report["newest"], "2026-11-23T00:00:00Z");
    assert_eq!(report["site"]["source"]["kind"], "jsonfeed");
    dateline::model::SiteConfig::parse(&report["site"].to_string()).expect("a ready site.json");
}

#[test]
fn what_the_app_could_not_show_ends_with_one_and_says_why() {
    for (name, text, why) in [
        ("page.html", "<!doctype html><p>hello", "web page"),
        ("odd.json", r#"{ "rows": [] }"#, "mapped"),
        ("broken.json", "{ \"items\": [", "broken"),
        (
            "none.json",
            r#"{ "version": "https://jsonfeed.org/version/1", "items": [] }"#,
            "no article",
        ),
        ("empty", "", "empty"),
    ] {
        let file = File::new(name, text);
        let output = run(&[file.path()], &[]);
        let said = String::from_utf8_lossy(&output.stdout);
        assert_eq!(output.status.code(), Some(1), "{name}: {said}");
        assert!(said.contains(why), "{name}: {said}");
    }
    for (target, meant) in [
        ("Cargo.tml", "did you mean Cargo.toml or https://Cargo.tml?"),
        (
            "news.example/feed",
            "did you mean https://news.example/feed?",
        ),
        ("src", "src is a folder"),
    ] {
        let output = run(&[target], &[]);
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(
            output.status.code() == Some(1) && said.contains(meant),
            "{said}"
        );
    }
    let (report, ok) = report(&["--kind", "wordpres", "x"]);
    assert!(
        !ok && report["problems"][0]
            .as_str()
            .is_some_and(|text| text.contains("wordpress"))
    );
}

#[test]
fn a_page_leads_to_its_wordpress_and_its_feeds() {
    let site = Server::start(|asked| {
        match asked.path.split('?').next().unwrap_or_default() {
        "/" if asked.path == "/" => Answer::Full(200, vec![("Content-Type", "text/html".into())],
            b"<!doctype html><html><head><link rel='https://api.w.org/' href='/wp-json/'></head></html>".to_vec()),
        "/wp-json/" => json(r#"{ "name": "Blog", "namespaces": ["wp/v2"] }"#),
        "/wp-json/wp/v2/posts" => Answer::Full(200,
            vec![("X-WP-TotalPages", "1".into()), ("X-WP-Total", "1".into()),
                 ("Access-Control-Allow-Origin", "https://reader.example".into()),
                 ("Access-Control-Expose-Headers", "X-WP-Total, Link".into())],
            br#"[{ "id": 1, "title": { "rendered": "One" }, "content": { "rendered": "<p>x</p>" } }]"#.to_vec()),
        _ => json("[]"),
    }
    });
    let (found, ok) = report(&[&site.url]);
    assert!(ok, "{found}");
    assert_eq!(
        (&found["kind"], &found["articles"]),
        (&"wordpress".into(), &1.into())
    );
    assert_eq!(found["title"], "Blog");
    assert_eq!(found["cors"]["allowed"], true);
    assert_eq!(found["cors"]["exposed"][0], "X-WP-Total");
    assert_eq!(found["site"]["source"]["url"], site.url.as_str());

    let blog = Server::start(|asked| {
        match asked.path.as_str() {
        "/" => Answer::Full(200, vec![("Content-Type", "text/html".into())],
            b"<html><head><link rel=alternate type=application/rss+xml href=feed.xml></head></html>".to_vec()),
        "/feed.xml" => Answer::Full(200, vec![],
            b"<rss><channel><title>F</title><item><title>A</title><link>https://n.example/a</link></item></channel></rss>".to_vec()),
        _ => Answer::Full(404, vec![], vec![]),
    }
    });
    let (found, ok) = report(&[&blog.url]);
    assert!(ok, "{found}");
    assert_eq!(found["kind"], "rss");
    assert_eq!(found["cors"]["allowed"], false);
    assert!(found["notes"].to_string().contains("no CORS"));
}

#[test]
fn a_site_file_is_read_with_its_secrets_and_none_is_printed() {
    let api = Server::start(|asked| {
        if asked.path.contains("key=s3cr3t-value") {
            json(
                r#"{ "rows": [{ "id": 1, "t": "A" }, { "id": 2, "t": "B" }, { "id": 3, "t": "C" }] }"#,
            )
        } else {
            Answer::Full(403, vec![], br#"{ "message": "no" }"#.to_vec())
        }
    });
    let site = |map: &str| {
        format!(
            r#"{{ "title": "T", "permalink": "/story/{{slug}}/", "source": {{ "kind": "mapped", "base": "{}",
            "key": {{ "env": "CHECK_TEST_KEY" }}, "list": {{ "path": "/list?key={{key}}", "items": "/rows" }}, "map": {map} }} }}"#,
            api.url
        )
    };
    let file = File::new(
        "site.json",
        &site(r#"{ "id": "/id", "title": "/t", "summary": "/nothing" }"#),
    );
    let secret = [("CHECK_TEST_KEY", "s3cr3t-value")];
    for args in [vec!["--site", file.path()], vec!["--json", file.path()]] {
        let output = run(&args, &secret);
        let said = [output.stdout, output.stderr].concat();
        let said = String::from_utf8_lossy(&said);
        assert!(output.status.success(), "{said}");
        assert!(!said.contains("s3cr3t"), "{said}");
        assert!(said.contains("CHECK_TEST_KEY"), "{said}");
        assert!(said.contains("source.map.summary"), "{said}");
        assert!(said.contains("never a browser"), "{said}");
    }
    let output = run(&["--site", file.path()], &[]);
    let said = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(1));
    assert!(said.contains("CHECK_TEST_KEY"), "{said}");
    let output = run(
        &["--site", file.path()],
        &[("CHECK_TEST_KEY", "wrong-value")],
    );
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        said.contains("refused") && !said.contains("wrong-value"),
        "{said}"
    );
}

#[test]
fn a_pattern_that_cannot_find_a_story_again_is_refused() {
    let rows = File::new("rows.json", r#"[{ "id": 1, "t": "A" }]"#);
    let site = File::new(
        "by-id.json",
        r#"{ "permalink": "/story/{slug}/", "source": { "kind": "mapped", "base": "rows.json",
        "list": { "path": "" }, "one": { "path": "/{id}" }, "map": { "id": "/id", "title": "/t" } } }"#,
    );
    let (found, ok) = report(&["--site", site.path()]);
    assert!(
        !ok && found["problems"].to_string().contains("{id}"),
        "{found}"
    );
    drop(rows);
}

#[test]
fn a_pointer_that_matches_in_no_item_is_named() {
    let rows = File::new(
        "links.json",
        r#"[{ "id": 1, "t": "A", "u": "https://elsewhere.example/a", "d": "2026-11-20" },
            { "id": 2, "t": "B", "u": "https://elsewhere.example/b", "d": "2026-11-19" }]"#,
    );
    let with = |map: &str| {
        let site = File::new(
            "links-site.json",
            &format!(
                r#"{{ "source": {{ "kind": "mapped", "base": "links.json", "list": {{ "path": "" }}, "map": {map} }} }}"#
            ),
        );
        let (found, ok) = report(&["--site", site.path()]);
        (
            found["problems"].to_string(),
            found["notes"].to_string(),
            ok,
        )
    };
    let (problems, notes, ok) =
        with(r#"{ "id": "/id", "title": "/t", "url": "/u", "published": "/d" }"#);
    assert!(ok && problems == "[]", "{problems}");
    // Nothing but headlines and links: the cards lead to the publisher.
    assert!(
        notes.contains("cards will lead to the publisher"),
        "{notes}"
    );
    let (problems, _, ok) =
        with(r#"{ "id": "/id", "title": "/t", "url": "/u", "published": "/date" }"#);
    assert!(
        ok && problems.contains("source.map.published") && problems.contains("/date"),
        "{problems}"
    );
    assert!(!problems.contains("source.map.url"), "{problems}");
    let (problems, _, ok) = with(r#"{ "id": "/id", "title": "/titel", "url": "/u" }"#);
    assert!(
        !ok && problems.contains("source.map.title") && problems.contains("/titel"),
        "{problems}"
    );
    assert!(!problems.contains("source.map.url"), "{problems}");
    drop(rows);
}

#[test]
fn a_document_tells_its_kind_by_its_shape() {
    for (name, text, kind) in [
        (
            "g.json",
            r#"{ "posts": [{ "id": "1", "slug": "a", "title": "A", "url": "https://b.example/a/", "html": "<p>x</p>" }],
            "meta": { "pagination": { "page": 1, "next": null } } }"#,
            "ghost",
        ),
        (
            "u.json",
            r#"{ "response": { "status": "ok", "pages": 1, "currentPage": 1, "results": [{ "id": "world/a", "webTitle": "A",
            "webUrl": "https://g.example/a", "type": "article" }] } }"#,
            "guardian",
        ),
        (
            "n.json",
            r#"{ "uri": "urn:a:1", "type": "text", "headline": "A", "body_html": "<p>x</p>", "versioncreated": "2026-11-20T08:00:00Z" }"#,
            "ninjs",
        ),
        (
            "n3.json",
            r#"{ "uri": "urn:a:1", "type": "text", "standard": { "name": "ninjs", "version": "3.0" },
            "headlines": [{ "value": "A" }], "bodies": [{ "role": "main", "value": "x" }] }"#,
            "ninjs",
        ),
        (
            "w.json",
            r#"[{ "id": 1, "slug": "a", "link": "https://w.example/a/", "title": { "rendered": "A" }, "content": { "rendered": "x" } }]"#,
            "wordpress",
        ),
        (
            "a.xml",
            r#"<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><entry><id>1</id><title>A</title></entry></feed>"#,
            "rss",
        ),
        (
            "d.xml",
            r#"<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel><title>T</title></channel>
            <item rdf:about="https://r.example/1"><title>A</title><link>https://r.example/1</link></item></rdf:RDF>"#,
            "rss",
        ),
        (
            "r.xml",
            "<rss version=\"0.91\"><channel><title>T</title><item><title>A</title></item></channel></rss>",
            "rss",
        ),
    ] {
        let file = File::new(name, text);
        let (found, ok) = report(&[file.path()]);
        assert!(ok, "{name}: {found}");
        assert_eq!(
            (found["kind"].as_str(), found["articles"].as_u64()),
            (Some(kind), Some(1)),
            "{name}"
        );
    }
}

#[test]
fn dates_that_could_not_be_read_are_counted_and_one_is_shown() {
    let feed = File::new(
        "undated.json",
        r#"{ "version": "https://jsonfeed.org/version/1.1", "title": "T", "items": [
            { "id": 1, "title": "A", "date_published": "the day before" },
            { "id": 2, "title": "B", "date_published": "", "date_modified": "2026-13-40" },
            { "id": 3, "title": "C", "date_published": "2026-11-23" }] }"#,
    );
    let (found, ok) = report(&[feed.path()]);
    let said = found["problems"].to_string();
    assert!(
        ok && said.contains("1 date of publication could not be read")
            && said.contains("the day before")
            && said.contains("1 date of a change could not be read")
            && said.contains("2026-13-40"),
        "{found}"
    );
    let rows = File::new(
        "undated-rows.json",
        r#"[{ "id": 1, "t": "A", "d": "soon" }, { "id": 2, "t": "B", "d": null }, { "id": 3, "t": "C", "d": "2026-11-23" }]"#,
    );
    let site = File::new(
        "undated-site.json",
        r#"{ "source": { "kind": "mapped", "base": "undated-rows.json", "list": { "path": "" },
            "map": { "id": "/id", "title": "/t", "published": { "at": "/d", "date": "iso" } } } }"#,
    );
    let (found, ok) = report(&["--site", site.path()]);
    let said = found["problems"].to_string();
    assert!(
        ok && said.contains("1 date of publication could not be read") && said.contains("soon"),
        "{found}"
    );
    drop(rows);
}

#[test]
fn json_of_no_known_system_is_read_by_a_mapping_made_of_its_names() {
    for (name, text, fields) in [
        (
            "squarespace.json",
            r#"{ "website": { "id": "w" }, "pagination": { "nextPage": false }, "items": [{ "id": "5f", "urlId": "one",
            "publishOn": 1763885520123, "title": "R&amp;D", "body": "<div><p>x</p></div>", "excerpt": "<p>s</p>", "tags": ["t"],
            "categories": ["News"], "assetUrl": "https://i.example/a.jpg", "author": { "displayName": "Ann" } }] }"#,
            vec![
                "body",
                "summary",
                "published",
                "image",
                "authors",
                "section",
                "tags",
            ],
        ),
        (
            "blogger.json",
            r#"{ "kind": "blogger#postList", "items": [{ "kind": "blogger#post", "id": "77", "title": "One",
            "published": "2026-11-20T01:30:00-08:00", "url": "https://b.example/one.html", "content": "<p>x</p>",
            "author": { "displayName": "Ann" }, "labels": ["News"] }] }"#,
            vec!["body", "url", "published", "authors", "tags"],
        ),
    ] {
        let file = File::new(name, text);
        let (found, ok) = report(&[file.path()]);
        assert!(ok && found["kind"] == "mapped", "{name}: {found}");
        assert!(found["notes"].to_string().contains("guessed"), "{name}");
        assert_eq!(found["problems"], serde_json::json!([]), "{name}");
        for field in fields {
            assert_eq!(found["fields"][field], 1.0, "{name}: {field}");
        }
        assert_eq!(found["site"]["source"]["map"]["title"], "/title");
        dateline::model::SiteConfig::parse(&found["site"].to_string()).expect("a ready site.json");
    }
}

/// A page that names no API is asked for WordPress's own before it is given up.
#[test]
fn a_wordpress_is_found_where_its_page_does_not_name_it() {
    let server = Server::start(|asked| match asked.path.as_str() {
        "/" => Answer::Full(
            200,
            vec![("Content-Type", "text/html".into())],
            b"<!doctype html><title>T</title><p>x".to_vec(),
        ),
        path if path.starts_with("/wp-json/wp/v2/posts") && !path.contains("sticky=true") => json(
            r#"[{ "id": 1, "slug": "a", "link": "https://w.example/a/", "title": { "rendered": "A" }, "content": { "rendered": "x" } }]"#,
        ),
        path if path.starts_with("/wp-json/wp/v2/") => json("[]"),
        path if path.starts_with("/wp-json") => {
            json(r#"{ "name": "The Post", "namespaces": ["wp/v2"] }"#)
        }
        _ => Answer::Full(404, vec![], Vec::new()),
    });
    let (found, ok) = report(&[&format!("{}/", server.url)]);
    assert!(ok, "{found}");
    assert_eq!(found["kind"], "wordpress");
    assert_eq!(found["title"], "The Post");
}

/// Of each kind: a pattern, and what the refusal names; nothing where it is enough.
#[test]
fn each_kind_says_which_patterns_lead_back_to_its_stories() {
    let by = |one: &str| {
        format!(
            r#"{{ "kind": "mapped", "base": "https://127.0.0.1:1", "list": {{ "path": "/list" }},
            "one": {{ "path": "{one}" }}, "map": {{ "id": "/id", "title": "/t" }} }}"#
        )
    };
    let plain = |kind: &str| format!(r#"{{ "kind": "{kind}", "url": "http://127.0.0.1:1/" }}"#);
    let keyed =
        |kind: &str| format!(r#"{{ "kind": "{kind}", "url": "http://127.0.0.1:1/", "key": "a" }}"#);
    for (source, pattern, named) in [
        (plain("jsonfeed"), "/{slug}/", None),
        (plain("rss"), "/{yyyy}/{slug}/", None),
        (plain("ninjs"), "/{id}/", None),
        (plain("wordpress"), "/{slug}/", None),
        (plain("wordpress"), "/{id}/", None),
        (plain("wordpress"), "source", None),
        (keyed("ghost"), "/{slug}/", None),
        (keyed("ghost"), "source", None),
        (keyed("guardian"), "/{slug}/", Some("{id}")),
        (keyed("guardian"), "source", None),
        (keyed("guardian"), "/{id}/", None),
        (by("/a/{id}"), "/{slug}/", Some("{id}")),
        (by("/a/{id}"), "/{id}/", None),
        (by("/a/{slug}"), "/{id}/", Some("{slug}")),
        (by("/a/{slug}"), "/{slug}/", None),
        (plain("wordpress"), "/{yyyy}/", Some("{slug}")),
        (plain("jsonfeed"), "/news/", Some("{slug}")),
    ] {
        let site = File::new(
            "pattern.json",
            &format!(r#"{{ "permalink": "{pattern}", "source": {source} }}"#),
        );
        let (found, ok) = report(&["--site", site.path()]);
        assert!(!ok, "nobody listens there");
        let said = found["problems"].to_string();
        match named {
            Some(named) => assert!(
                said.contains("permalink") && said.contains(named),
                "{source} {pattern}: {said}"
            ),
            None => assert!(!said.contains("permalink"), "{source} {pattern}: {said}"),
        }
    }
}

#[test]
fn the_report_for_machines_keeps_its_keys() {
    let file = File::new("keys.json", FEED);
    let (report, _) = report(&[file.path()]);
    let keys: Vec<&str> = report
        .as_object()
        .expect("an object")
        .keys()
        .map(String::as_str)
        .collect();
    for key in [
        "kind", "articles", "skipped", "pages", "sections", "fields", "problems", "site", "title",
        "oldest", "newest", "pictures", "notes", "cors",
    ] {
        assert!(keys.contains(&key), "{key} of {keys:?}");
    }
    assert_eq!(report["oldest"], "2026-11-20T00:00:00Z");
    for skipped in report["skipped"].as_array().expect("a list") {
        assert!(skipped["item"].is_string() && skipped["reason"].is_string());
    }
    let fields = report["fields"].as_object().expect("shares");
    assert!(
        fields
            .values()
            .all(|share| (0.0..=1.0).contains(&share.as_f64().unwrap_or(2.0)))
    );
}

#[test]
fn the_report_for_people_says_what_a_publisher_asks() {
    let file = File::new("people.json", FEED);
    let output = run(&[file.path()], &[]);
    assert_eq!(output.status.code(), Some(0));
    let progress = String::from_utf8_lossy(&output.stderr);
    assert!(progress.contains("1 page read, 2 stories"), "{progress}");
    let said = String::from_utf8_lossy(&output.stdout);
    for part in [
        "jsonfeed",
        "Harbour",
        "2026-11-20",
        "2026-11-23",
        "world (1)",
        "skipped    2",
        "nothing",
        "headline",
        "100 %",
        "alt",
        "A site.json to begin with",
        "Give it a \"url\" as well",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
}

#[test]
fn two_stories_on_one_kept_path_are_both_named() {
    let posts = |second: &str| {
        format!(
            r#"[{{ "id": 1, "title": {{ "rendered": "One" }}, "link": "https://n.example/same/" }},
            {{ "id": 2, "title": {{ "rendered": "Two" }}, "link": "https://n.example/{second}" }}]"#
        )
    };
    let file = File::new("posts.json", &posts("same"));
    let (found, ok) = report(&[file.path()]);
    let problems = found["problems"].to_string();
    assert!(!ok, "a site cannot show both: {problems}");
    for part in ["One", "(id 1)", "Two", "(id 2)", "/same/", "permalink"] {
        assert!(problems.contains(part), "{part}: {problems}");
    }
    // What differs by case only is told apart by a number, and the second id bears it.
    let file = File::new("cases.json", &posts("Same"));
    let (found, ok) = report(&[file.path()]);
    assert!(ok, "{found}");
}

#[test]
fn stories_whose_made_addresses_clash_are_numbered_and_told() {
    let file = File::new(
        "twins.json",
        r#"{ "version": "https://jsonfeed.org/version/1.1", "title": "T", "items": [
            { "id": 1, "title": "Ferry", "content_text": "a" },
            { "id": 2, "title": "ferry!", "content_text": "b" }] }"#,
    );
    let (found, ok) = report(&[file.path()]);
    let notes = found["notes"].to_string();
    assert!(
        ok && notes.contains("-2") && notes.contains("(id 2)"),
        "{found}"
    );
}

#[test]
fn a_language_without_texts_is_told_with_those_there_are() {
    let feed = File::new("polish.json", FEED);
    let name = feed.0.file_name().expect("a name").to_string_lossy();
    let site = |language: &str| {
        let text = format!(
            r#"{{ "title": "P", "language": "{language}", "source": {{ "kind": "jsonfeed", "url": "{name}" }} }}"#
        );
        let file = File::new(&format!("{language}-site.json"), &text);
        let output = run(&["--site", file.path()], &[]);
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    let polish = site("pl");
    assert!(polish.contains("no \"pl\" texts"), "{polish}");
    assert!(!site("pt-BR").contains("texts"));
}

#[test]
fn what_bodies_lose_on_the_way_to_a_page_is_told_with_the_story() {
    let large = "<p>One</p>".repeat(30_000);
    let pasted = format!(
        "<img src='data:image/png;base64,{}'>",
        "iVBORw0K".repeat(600)
    );
    let feed = serde_json::json!({
        "version": "https://jsonfeed.org/version/1.1", "title": "Harbour", "items": [
            { "id": "large", "title": "Results", "content_html": large },
            { "id": "pasted", "title": "Drawing", "content_html": pasted },
        ],
    });
    let file = File::new("losses.json", &feed.to_string());
    let (report, _) = report(&[file.path()]);
    let notes = report["notes"].to_string();
    assert!(
        notes.contains("(id large): its body has more than 2000000 bytes or 50000 tags"),
        "{notes}"
    );
    assert!(
        notes.contains("1 in 1 stories, such as \\\"Drawing\\\" (id pasted)"),
        "{notes}"
    );
}

#[test]
fn stories_of_the_future_are_told() {
    let feed = File::new(
        "ahead.json",
        r#"{ "version": "https://jsonfeed.org/version/1.1", "title": "T", "items": [
            { "id": 1, "title": "A", "date_published": "2926-11-30" },
            { "id": 2, "title": "B", "date_published": "2926-11-29" },
            { "id": 3, "title": "C", "date_published": "2026-11-23" }] }"#,
    );
    let (found, ok) = report(&[feed.path()]);
    let said = found["problems"].to_string();
    assert!(
        ok && said.contains("2 stories are dated in the future, for example 2926-11-30"),
        "{found}"
    );
}
