//! Live stories: from a feed to a page that needs no script, and the small file that open pages ask
//! for.

use std::fs;
use std::path::PathBuf;

use dateline::html::{Context, WriteOptions, clean_live, update_id, updates, write};
use dateline::model::{Body, Instant, LiveUpdate};
use dateline::platform::{HOST, moment};
use dateline::prerender::{self, Options};
use dateline::strings::Strings;
use serde_json::{Value, json};
use tempfile::TempDir;

fn update(id: &str, at: &str, html: &str) -> LiveUpdate {
    LiveUpdate {
        id: id.into(),
        published: Instant::parse(at),
        body: Body::Html(html.into()),
        ..LiveUpdate::default()
    }
}

fn page(body: &str, live: &[LiveUpdate]) -> String {
    let context = Context::new(&HOST, Some("https://post.example/article/surge/"));
    let locale = include_str!("../public/app/locales/en.json");
    let strings = Strings::parse("en-GB", locale).expect("the English locale");
    let options = WriteOptions {
        strings: &strings,
        moment,
        comment: false,
    };
    write(
        &clean_live(&Body::Html(body.into()), live, &context).blocks,
        &options,
    )
}

#[test]
fn updates_stand_newest_first_whatever_their_order_each_with_its_time_and_address() {
    let live = [
        update("a 1", "2026-11-23T01:00:00Z", "<p>one</p>"),
        update("3", "2026-11-23T03:00:00Z", "<p>three</p>"),
        update("2", "2026-11-23T01:30:00+01:00", "<p>two</p>"),
    ];
    let html = page("<p>Before.</p>", &live);
    let at = |text: &str| {
        html.find(text)
            .unwrap_or_else(|| panic!("no {text} in {html}"))
    };
    assert!(at("Before.") < at("three") && at("three") < at("one") && at("one") < at("two"));
    assert!(html.contains(
        "<section class=\"update\" id=\"update-a-1\" data-time=\"2026-11-23T01:00:00Z\">\
         <a class=\"update-time\" href=\"#update-a-1\"><time datetime=\"2026-11-23T01:00:00Z\">\
         23 November 2026 at 01:00</time></a><p>one</p></section>"
    ));
}

#[test]
fn what_one_update_leaves_open_swallows_no_other_and_nothing_hostile_stays() {
    let live = [
        update("1", "", "<p>one <!-- <script>alert(1)</script>"),
        update("2", "", "<textarea><p>two"),
        update(
            "3",
            "",
            "<p onclick=alert(1)>three</p></section></div><h1 id=update-4>x</h1>",
        ),
        update(
            "4",
            "",
            "<p>four <a href=javascript:alert(1)>link</a> <a href=\"#top\">up</a></p>",
        ),
        update("4", "", "<p>the same id again</p>"),
        update("5", "", "<style>p{}</style>"),
    ];
    let html = page("", &live);
    for word in ["one", "three", "four"] {
        assert!(html.contains(word), "{word} is lost: {html}");
    }
    for word in ["script", "onclick", "javascript", "<style", "again"] {
        assert!(!html.contains(word), "{word} stayed: {html}");
    }
    assert_eq!(html.matches("id=\"update-4\"").count(), 1, "{html}");
    assert_eq!(
        html.matches("<section").count(),
        html.matches("</section>").count()
    );
    assert!(
        !html.contains("update-5"),
        "an update without words is none: {html}"
    );
}

#[test]
fn an_update_without_a_title_is_known_by_its_first_words() {
    let live = [update(
        "1",
        "",
        "<p>The water is going home.</p><p>More.</p>",
    )];
    let context = Context::new(&HOST, None);
    let cleaned = clean_live(&Body::Absent, &live, &context);
    let told: Vec<String> = updates(&cleaned.blocks).map(|told| told.title).collect();
    assert_eq!(told, ["The water is going home.\nMore."]);
}

/// A site of one live story, built.
struct Site(TempDir);

impl Site {
    fn of(live: Value, change: impl FnOnce(&mut Value)) -> Self {
        Self::with_text(live, "", change)
    }

    fn with_text(live: Value, text: &str, change: impl FnOnce(&mut Value)) -> Self {
        let site = Self(tempfile::tempdir().expect("a temporary folder"));
        fs::create_dir_all(site.path("app/bundles")).expect("folders");
        for name in ["bundles/app", "bundles/desk", "press-1111"] {
            fs::write(site.path(&format!("app/{name}.js")), "1").expect("a bundle");
            fs::write(site.path(&format!("app/{name}_bg.wasm")), "1").expect("a bundle");
        }
        let mut config = json!({
            "title": "The Post", "url": "https://post.example", "language": "en-GB",
            "source": { "kind": "jsonfeed", "url": "feed.json" },
        });
        change(&mut config);
        let mut own = json!({ "kind": "live", "slug": "surge" });
        for (key, value) in live.as_object().expect("an object") {
            own[key] = value.clone();
        }
        let feed = json!({
            "version": "https://jsonfeed.org/version/1.1", "title": "The Post",
            "items": [{
                "id": "7", "title": "The surge", "date_published": "2026-11-22T20:30:00Z",
                "date_modified": "2026-11-23T04:40:00Z", "content_html": text, "_dateline": own,
            }],
        });
        for (file, text) in [("site.json", config), ("feed.json", feed)] {
            fs::write(site.path(file), text.to_string()).expect("a file");
        }
        site.build();
        site
    }

    fn build(&self) {
        prerender::run(&Options {
            app: self.path("app"),
            site: self.path("site.json"),
            out: self.path("out"),
            base: "/".into(),
            now: Instant::parse("2026-11-23T10:00:00Z"),
        })
        .expect("a build");
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn read(&self, file: &str) -> String {
        fs::read_to_string(self.path("out").join(file)).expect(file)
    }

    fn page(&self) -> String {
        self.read("article/surge/index.html")
    }

    fn island(&self) -> Value {
        let page = self.page();
        let (_, rest) = page.split_once("id=\"page\">").expect("an island");
        let (json, _) = rest.split_once("</script>").expect("an end");
        serde_json::from_str(json).expect("JSON")
    }
}

fn surge() -> Value {
    json!({ "updates": [
        { "id": "2", "published": "2026-11-23T02:14:00Z", "title": "Six metres",
          "html": "<p>Level with <a href=\"/article/surge/\">the coping</a>.</p>", "key": true },
        { "id": "3", "published": "2026-11-23T04:40:00Z", "title": "Going home",
          "html": "<p>4.10 m<script>alert(1)</script></p>" },
        { "id": "1", "published": "2026-11-22T20:30:00Z", "text": "Wind north, nine." },
    ] })
}

#[test]
fn a_live_page_is_whole_without_any_script() {
    let site = Site::of(surge(), |_| {});
    let page = site.page();
    let at = |text: &str| page.find(text).unwrap_or_else(|| panic!("no {text}"));
    assert!(at("id=\"update-3\"") < at("id=\"update-2\""));
    assert!(at("id=\"update-2\"") < at("id=\"update-1\""));
    let events = "<section class=\"points events\" aria-labelledby=\"key-events\">";
    assert!(
        at(events) < at("id=\"update-3\""),
        "key events lead into the story"
    );
    assert!(page.contains("<li><a href=\"#update-2\">Six metres</a> <time"));
    assert!(!page.contains("<li><a href=\"#update-3\">"));
    // What stands there without a script may promise nothing that takes one.
    assert!(page.contains("Updates to this story are added here, newest first."));
    assert!(!page.contains("alert(1)"));
}

#[test]
fn search_engines_read_a_live_blog_posting() {
    let page = Site::of(surge(), |_| {}).page();
    let (_, rest) = page
        .split_once("application/ld+json\"")
        .expect("structured data");
    let (_, rest) = rest.split_once('>').expect("a tag");
    let (json, _) = rest.split_once("</script>").expect("an end");
    let graph: Value = serde_json::from_str(json).expect("JSON");
    let story = &graph["@graph"][0];
    assert_eq!(story["@type"], "LiveBlogPosting");
    assert_eq!(story["coverageStartTime"], "2026-11-22T20:30:00Z");
    assert_eq!(story["coverageEndTime"], Value::Null);
    let first = &story["liveBlogUpdate"][0];
    assert_eq!(first["@type"], "BlogPosting");
    assert_eq!(first["headline"], "Going home");
    assert_eq!(first["datePublished"], "2026-11-23T04:40:00Z");
    assert_eq!(first["url"], "https://post.example/article/surge/#update-3");
    assert_eq!(story["liveBlogUpdate"].as_array().map(Vec::len), Some(3));
}

#[test]
fn open_pages_ask_a_small_clean_file_beside_the_page() {
    let mut live = surge();
    let long: String = "The wind is north. ".repeat(400);
    for hour in 0..30 {
        live["updates"].as_array_mut().expect("updates").push(json!({
            "id": format!("long-{hour}"), "published": format!("2026-11-21T{:02}:00:00Z", hour % 24),
            "html": format!("<p>{long}</p>"),
        }));
    }
    let site = Site::of(live, |_| {});
    assert_eq!(
        site.island()["living"]["url"],
        "/article/surge/updates.json"
    );
    assert_eq!(site.island()["living"]["newest"], "2026-11-23T04:40:00Z");
    assert_eq!(
        site.island()["newest"],
        Value::Null,
        "no second offer of the whole page"
    );
    let file = site.read("article/surge/updates.json");
    assert!(file.len() < 20 * 1024, "{} bytes", file.len());
    assert!(!file.contains("alert(1)"));
    let file: Value = serde_json::from_str(&file).expect("JSON");
    assert_eq!(file["ended"], false);
    assert_eq!(file["updates"][0]["id"], "update-3");
    assert_eq!(file["updates"][0]["html"], "<p>4.10 m</p>");
    assert_eq!(file["updates"][1]["key"], true);
    assert_eq!(
        file["updates"][1]["html"],
        "<p>Level with <a href=\"/article/surge/\">the coping</a>.</p>"
    );
    let island = site.island().to_string();
    assert!(
        !island.contains("4.10 m"),
        "no text is sent twice: {island}"
    );
}

#[test]
fn a_story_that_ended_says_so_and_asks_nobody() {
    let mut live = surge();
    live["live"] = json!({ "ended": true });
    let site = Site::of(live, |_| {});
    assert!(site.page().contains("This live story has ended."));
    assert!(!site.page().contains("data-part=\"live\""));
    assert_eq!(site.island()["living"], Value::Null);
    assert!(
        site.page()
            .contains("\"coverageEndTime\":\"2026-11-23T04:40:00Z\"")
    );
    // Pages that were opened before learn it from the file.
    assert!(
        site.read("article/surge/updates.json")
            .contains("\"ended\":true")
    );
}

#[test]
fn nobody_is_asked_where_the_site_says_so_and_the_source_only_where_it_may_be() {
    let mut live = surge();
    live["live"] = json!({ "url": "https://live.example/surge.json" });
    let off = Site::of(live.clone(), |site| site["fresh"] = "off".into());
    assert_eq!(off.island()["living"], Value::Null);
    assert!(!off.path("out/article/surge/updates.json").exists());
    let host = Site::of(live.clone(), |_| {});
    assert_eq!(
        host.island()["living"]["url"],
        "/article/surge/updates.json"
    );
    assert!(
        !host.page().contains("https://live.example"),
        "the policy names nobody in vain"
    );
    let api = Site::of(live, |site| site["fresh"] = "api".into());
    assert_eq!(
        api.island()["living"]["url"],
        "https://live.example/surge.json"
    );
    let policy = api.page();
    let (_, connect) = policy.split_once("connect-src ").expect("a policy");
    let (connect, _) = connect.split_once(';').expect("an end");
    assert!(connect.contains("https://live.example"), "{connect}");
}

#[test]
fn updates_that_are_part_of_the_text_are_asked_for_too_at_the_same_addresses() {
    let text = "<p>Before.</p>\
        <section class=\"update\" id=\"b2\" data-time=\"2026-11-23T02:14:00Z\"><p>Two.</p></section>\
        <section class=\"update\" id=\"b1\" data-time=\"2026-11-23T01:00:00Z\"><p>One, see \
        <a href=\"#b2\">two</a>.</p></section>";
    let site = Site::with_text(json!({}), text, |_| {});
    assert!(site.page().contains("id=\"s-b2\""));
    assert!(site.page().contains("data-part=\"live\""));
    let file: Value = serde_json::from_str(&site.read("article/surge/updates.json")).expect("JSON");
    let ids: Vec<&str> = file["updates"]
        .as_array()
        .expect("updates")
        .iter()
        .filter_map(|update| update["id"].as_str())
        .collect();
    assert_eq!(ids, ["s-b2", "s-b1"]);
    assert_eq!(file["updates"][0]["html"], "<p>Two.</p>");
    for id in ids {
        assert_eq!(update_id(id).as_deref(), Some(id), "the address stays");
    }
}

#[test]
fn a_live_story_without_updates_stays_as_it_is() {
    let site = Site::of(json!({}), |_| {});
    assert!(!site.path("out/article/surge/updates.json").exists());
    assert!(!site.page().contains("data-part=\"live\""));
    assert_eq!(site.island()["newest"], "2026-11-23T04:40:00Z");
}
