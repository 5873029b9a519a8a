//! The native static format: what a JSON Feed becomes, and what a broken one costs.

mod support;

use dateline::model::{Access, Body, Kind};
use dateline::source::{Query, Response, SourceError, Wanted, json_feed};
use support::{World, host, open, refused};

const SITE: &str = r#"{ "kind": "jsonfeed", "url": "feed.json" }"#;

fn latest(body: &str) -> dateline::source::Batch {
    let mut world = World::default().with("feed.json", body);
    world
        .read(&open(SITE), Query::Latest, None)
        .expect("a feed")
}

fn failure(body: impl AsRef<[u8]>) -> SourceError {
    let mut world = World::default().with("feed.json", body);
    world
        .read(&open(SITE), Query::Latest, None)
        .expect_err("a failure")
}

fn items(items: &str) -> String {
    format!(r#"{{ "version": "https://jsonfeed.org/version/1.1", "items": [{items}] }}"#)
}

#[test]
fn every_field_of_an_item_and_of_the_extension_is_read() {
    let batch = latest(&items(
        r#"{ "id": "quay-1", "url": "https://news.example/world/quay.html", "title": "Quay &#8211; open",
        "content_html": "<p>Text</p>", "summary": "Short", "date_published": "2026-11-23T08:12:00+01:00",
        "image": "pictures/quay.jpg", "tags": ["Harbour", "Trade"], "authors": [{ "name": "Ada", "_dateline": { "slug": "ada-l", "bio": "Tide clerk" } }],
        "language": "de", "_dateline": { "slug": "quay", "section": "world/europe", "kicker": "Port",
        "standfirst": "It opens.", "key_points": ["One", "Two"], "pull_quotes": [{ "text": "Ja." }],
        "kind": "live", "access": "preview", "featured": true, "related": ["quay-2", 7],
        "corrections": [{ "date": "2026-11-24", "text": "Was late." }],
        "comments": { "open": true, "count": 3, "url": "/c.json" },
        "image": { "srcset": "pictures/a.jpg 360w, pictures/b.jpg 720w", "alt": "A quay",
                   "caption": "C", "credit": "D", "width": 1440, "height": "960" } } }"#,
    ));
    let article = &batch.items[0];
    assert_eq!(article.headline, "Quay – open");
    assert_eq!(article.slug.as_deref(), Some("quay"));
    assert_eq!(article.body, Body::Html("<p>Text</p>".into()));
    assert_eq!(
        article.section.as_ref().map(|s| (&*s.path, &*s.name)),
        Some(("world/europe", "Europe"))
    );
    assert_eq!(
        (article.kind, article.access, article.featured),
        (Kind::Live, Access::Preview, true)
    );
    assert_eq!(article.key_points, ["One", "Two"]);
    assert_eq!(article.related, ["quay-2", "7"]);
    assert_eq!(article.corrections[0].text, "Was late.");
    assert_eq!(article.pull_quotes[0].text, "Ja.");
    assert_eq!(
        article.comments.as_ref().and_then(|thread| thread.count),
        Some(3)
    );
    let image = article.image.as_ref().expect("a picture");
    assert_eq!(
        (&*image.src, image.width, image.height),
        ("pictures/quay.jpg", Some(1440), Some(960))
    );
    assert_eq!(image.sizes[1].src, "pictures/b.jpg");
    assert_eq!(image.sizes[1].width, 720);
    let author = &article.authors[0];
    assert_eq!((&*author.name, &*author.slug), ("Ada", "ada-l"));
    assert_eq!(author.bio.as_deref(), Some("Tide clerk"));
    assert_eq!(
        article.published.expect("a date").to_string(),
        "2026-11-23T08:12:00+01:00"
    );
}

#[test]
fn items_without_title_id_or_html_survive_with_what_they_have() {
    let batch = latest(&items(
        r#"{ "id": 42, "content_text": "The ferry is late again this morning." },
           { "url": "https://news.example/b/", "title": "B" },
           { "id": "c", "content_html": "<p>Only <b>markup</b></p>" },
           { "title": "Nobody can address this" }, "not an object", null"#,
    ));
    assert_eq!(batch.items.len(), 3);
    assert_eq!(batch.items[0].id, "42");
    assert_eq!(
        batch.items[0].headline,
        "The ferry is late again this morning."
    );
    assert_eq!(batch.items[1].id, "https://news.example/b/");
    assert_eq!(batch.items[1].slug.as_deref(), Some("b"));
    assert_eq!(batch.items[2].headline, "Only markup");
    assert_eq!(batch.skipped.len(), 3);
    assert_eq!(batch.skipped[0].item, "Nobody can address this");
    assert!(batch.skipped[1].reason.contains("a text"));
}

#[test]
fn what_stands_behind_the_items_still_serves_them() {
    let batch = latest(
        r#"{ "items": [{ "id": 1, "url": "/a/" }], "title": "Late", "author": { "name": "Desk" },
             "home_page_url": "https://news.example/" }"#,
    );
    assert_eq!(batch.items[0].authors[0].name, "Desk");
    assert_eq!(
        batch.items[0].url.as_deref(),
        Some("https://news.example/a/")
    );
    assert_eq!(
        batch.about.and_then(|about| about.title).as_deref(),
        Some("Late")
    );
}

#[test]
fn pages_follow_next_url_and_a_chain_that_bites_its_tail_ends() {
    let mut world = World::default()
        .with(
            "news/feed.json",
            r#"{ "items": [{ "id": 1 }], "next_url": "feed-2.json" }"#,
        )
        .with(
            "news/feed-2.json",
            r#"{ "items": [{ "id": 2 }], "next_url": "feed-3.json" }"#,
        )
        .with(
            "news/feed-3.json",
            r#"{ "items": [{ "id": 3 }], "next_url": "feed-2.json" }"#,
        );
    let source = open(r#"{ "url": "news/feed.json" }"#);
    let mut cursor = None;
    let mut ids = Vec::new();
    loop {
        let batch = world.read(&source, Query::Latest, cursor).expect("a page");
        ids.extend(batch.items.into_iter().map(|item| item.id));
        cursor = batch.next;
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!(ids, ["1", "2", "3"]);
    assert_eq!(
        world.asked(),
        ["news/feed.json", "news/feed-2.json", "news/feed-3.json"]
    );
}

#[test]
fn one_story_is_found_on_a_later_page_and_a_missing_one_is_said_to_be_missing() {
    let mut world = World::default()
        .with(
            "feed.json",
            r#"{ "items": [{ "id": 1 }], "next_url": "2.json" }"#,
        )
        .with(
            "2.json",
            r#"{ "items": [{ "id": 2, "title": "Second one" }], "next_url": "feed.json" }"#,
        );
    let slug = |slug: &str| {
        Query::One(Wanted {
            slug: Some(slug.into()),
            ..Wanted::default()
        })
    };
    let found = world
        .read(&open(SITE), slug("second-one"), None)
        .expect("a story");
    assert_eq!(found.items[0].id, "2");
    assert_eq!(
        world.read(&open(SITE), slug("third"), None),
        Err(SourceError::NotFound)
    );
}

#[test]
fn a_split_feed_answers_sections_and_single_stories_from_their_own_files() {
    let source = open(r#"{ "url": "data/feed.json", "split": true }"#);
    let mut world = World::default()
        .with("data/feed.json", items(""))
        .with("data/section/world/feed.json", items(r#"{ "id": 1 }"#))
        .with(
            "data/article/old.json",
            items(r#"{ "id": 9, "title": "Old" }"#),
        );
    assert!(source.capabilities().section);
    let section = world
        .read(&source, Query::Section("world".into()), None)
        .expect("a section");
    assert_eq!(section.items[0].id, "1");
    let wanted = Wanted {
        slug: Some("old".into()),
        ..Wanted::default()
    };
    let one = world
        .read(&source, Query::One(wanted), None)
        .expect("a story");
    assert_eq!(one.items[0].headline, "Old");
}

#[test]
fn an_unsplit_feed_asks_for_nothing_that_was_not_named() {
    let mut world = World::default().with("feed.json", items(""));
    let section = world.read(&open(SITE), Query::Section("world".into()), None);
    assert!(matches!(section, Err(SourceError::Unsupported { .. })));
    assert!(world.asked().is_empty());
}

#[test]
fn marks_control_characters_and_wrong_bytes_cost_no_item() {
    let plain = items("{ \"id\": 1, \"title\": \"Tab\there\nand \x01 there\" }");
    let mut bytes = b"\xef\xbb\xbf".to_vec();
    bytes.extend(plain.replace("here", "h\u{e9}re").chars().map(|c| c as u8));
    let mut world = World::default().with("feed.json", bytes);
    let batch = world
        .read(&open(SITE), Query::Latest, None)
        .expect("a feed");
    assert_eq!(
        batch.items[0].headline,
        "Tab h\u{fffd}re and   th\u{fffd}re"
    );
    let mut wide = vec![0xff, 0xfe];
    wide.extend(
        items(r#"{ "id": 1, "title": "Größe" }"#)
            .encode_utf16()
            .flat_map(u16::to_le_bytes),
    );
    let mut world = World::default().with("feed.json", wide);
    let batch = world
        .read(&open(SITE), Query::Latest, None)
        .expect("a feed");
    assert_eq!(batch.items[0].headline, "Größe");
}

#[test]
fn what_is_no_feed_says_what_it_is() {
    assert!(matches!(
        failure("  <!DOCTYPE html><title>x</title>"),
        SourceError::WebPage { .. }
    ));
    assert!(
        failure(r#"{ "rss": { "channel": {} } }"#)
            .to_string()
            .contains("RSS in JSON")
    );
    assert!(failure("[1, 2]").to_string().contains("a list"));
    assert!(failure(r#"{ "title": "x" }"#).to_string().contains("items"));
    let broken = failure("{\n \"items\": [\n }");
    assert!(
        matches!(broken, SourceError::Broken { line: 3, .. }),
        "{broken}"
    );
}

#[test]
fn a_nesting_bomb_is_an_error_with_a_position() {
    let bomb = format!(r#"{{ "items": [{}"#, "[".repeat(100_000));
    assert!(matches!(failure(bomb), SourceError::Broken { line: 1, .. }));
    let bomb = format!(
        r#"{{ "_x": {}{}, "items": [{{ "id": 1 }}] }}"#,
        "[".repeat(100_000),
        "]".repeat(100_000)
    );
    let mut world = World::default().with("feed.json", bomb);
    // Outside what is read, depth harms nobody.
    assert!(world.read(&open(SITE), Query::Latest, None).is_ok());
}

#[test]
fn a_feed_that_breaks_off_shows_what_came_and_says_where_it_broke() {
    let batch = latest("{ \"items\": [{ \"id\": 1 },\n{ \"id\": 2 }, { \"id\": \"3");
    assert_eq!(batch.items.len(), 2);
    assert!(matches!(
        batch.incomplete,
        Some(SourceError::Broken { line: 2, .. })
    ));
}

#[test]
fn a_feed_cut_at_our_own_limit_states_the_limit() {
    let whole = items(r#"{ "id": 1 }, { "id": 2 }, { "id": 3 }"#);
    let body = whole.as_bytes()[..whole.len() - 12].to_vec();
    let limit = body.len();
    let cut = Response {
        status: 200,
        url: "feed.json".into(),
        body,
        truncated: true,
        ..Response::default()
    };
    let mut world = World::default().with_answer("feed.json", cut);
    let batch = world
        .read(&open(SITE), Query::Latest, None)
        .expect("the first items");
    assert_eq!(batch.items.len(), 2);
    assert_eq!(
        batch.incomplete,
        Some(SourceError::TooLong {
            url: "feed.json".into(),
            limit
        })
    );
}

#[test]
fn options_are_checked_when_the_source_is_opened() {
    assert!(
        refused(r#"{ "url": "f.json", "splitt": true }"#).contains("did you mean \"source.split\"")
    );
    assert!(refused(r#"{ "url": "../f.json" }"#).contains("inside the folder"));
    let secret = refused(
        r#"{ "url": "https://a.example/f", "headers": { "X-Key": { "env": "NEWS_KEY" } } }"#,
    );
    assert!(secret.contains("NEWS_KEY"));
}

#[test]
fn secret_headers_stay_with_the_origin_they_were_given_for() {
    let source = open(r#"{ "url": "https://a.example/f", "headers": { "X-Key": "k" } }"#);
    let mut world = World::default()
        .with(
            "https://a.example/f",
            r#"{ "items": [], "next_url": "https://b.example/f" }"#,
        )
        .with("https://b.example/f", r#"{ "items": [] }"#);
    let next = world
        .read(&source, Query::Latest, None)
        .expect("a page")
        .next;
    world.read(&source, Query::Latest, next).expect("a page");
    assert_eq!(world.asked[0].headers.len(), 1);
    assert_eq!(world.asked[1].headers.len(), 0);
}

#[test]
fn streaming_and_reading_at_once_agree() {
    let feed = items(r#"{ "id": 1, "title": "Ä\tB" }, 5, { "id": 2 }"#).replace("\\t", "\t");
    let mut streamed = Vec::new();
    let mut skipped = 0;
    let reader = std::io::Cursor::new(feed.as_bytes());
    let head = json_feed::stream(reader, "feed.json", host(), &mut |item| match item {
        Ok(article) => streamed.push(article),
        Err(_) => skipped += 1,
    })
    .expect("a feed");
    let batch = latest(&feed);
    assert_eq!((streamed, skipped), (batch.items, batch.skipped.len()));
    assert_eq!(Some(head.about), batch.about);
}

#[test]
fn only_the_sites_folder_names_its_files_and_nothing_becomes_another_scheme() {
    let own = "https://site.invalid/";
    let address = |at: &str, reference: &str| {
        let feed = items(&format!(r#"{{ "id": 1, "external_url": "{reference}" }}"#));
        let batch = json_feed::parse(feed.as_bytes(), at, host()).expect("a feed");
        batch.items[0].external_url.clone()
    };
    let remote = "https://a.example/feed.json";
    for hostile in ["javascript:alert(1)", "private.json", "data:text/html,x"] {
        assert_eq!(address(remote, &[own, hostile].concat()), None, "{hostile}");
    }
    assert_eq!(address("feed.json", "./javascript:alert(1)"), None);
    assert_eq!(
        address("feed.json", &[own, "/evil.example/x"].concat()),
        None
    );
    for (at, reference, expected) in [
        ("feed.json", "pictures/a.png", "pictures/a.png"),
        ("feed.json", "a/b:c.png", "a/b:c.png"),
        (remote, "/a.png", "https://a.example/a.png"),
    ] {
        assert_eq!(address(at, reference).as_deref(), Some(expected));
    }
    let page = format!(r#"{{ "items": [{{ "id": 1 }}], "next_url": "{own}private.json" }}"#);
    let mut each = |_: Result<_, _>| {};
    let feed = std::io::Cursor::new(page.as_bytes());
    let head = json_feed::stream(feed, remote, host(), &mut each).expect("a feed");
    assert_eq!(head.next, None, "a remote feed's next page is no file here");
}

#[test]
fn a_file_is_read_as_tolerantly_as_an_answer() {
    let feed = items(r#"{ "id": 1 }"#);
    let read = |bytes: &[u8]| {
        let mut found = 0;
        let reader = std::io::Cursor::new(bytes);
        let each = &mut |item: Result<_, _>| found += usize::from(item.is_ok());
        json_feed::stream(reader, "feed.json", host(), each)
            .map(|_| found)
            .map_err(|error| error.to_string())
    };
    for (before, after) in [
        ("<br />\n<b>Notice</b>: x in y on line 1<br />\n", ""),
        ("\nWarning: Undefined index in x.php on line 3\n", ""),
        ("", "\n<!-- cached in 0.2 s -->\n<!-- by a plugin -->\n"),
        ("", "\0\0\0"),
        ("\u{feff}", " \n"),
    ] {
        let text = [before, &feed, after].concat();
        assert_eq!(read(text.as_bytes()), Ok(1), "{text:?}");
        assert_eq!(latest(&text).items.len(), 1, "{text:?}");
    }
    for (text, named) in [
        (&b"<!DOCTYPE html><title>Moved</title>"[..], "web page"),
        (b"\x1f\x8b\x08\0\0", "gzip"),
        (b" \n", "empty"),
        (&[feed.as_bytes(), b"}"].concat(), "trailing"),
    ] {
        let error = read(text).expect_err("no feed");
        assert!(error.contains(named), "{error}");
    }
}

#[test]
fn real_json_feeds_hold_the_items_a_person_counts() {
    let Some(samples) = support::samples() else {
        return;
    };
    for (file, count) in [
        ("feed-rs/jsonfeed_elastic_1.1.json", 3),
        ("feed-rs/jsonfeed_example_1.json", 2),
        ("feed-rs/jsonfeed_spec_1.json", 1),
        ("rsparser/DaringFireball.json", 48),
        ("rsparser/allthis.json", 12),
        ("rsparser/authors.json", 4),
        ("rsparser/jsonfeed-extension.json", 3),
        // Cut off in the middle of its third item.
        ("rsparser/allthis-partial.json", 2),
    ] {
        let body = std::fs::read(samples.join("jsonfeed").join(file)).expect(file);
        let batch = json_feed::parse(&body, "https://feeds.example/feed.json", host()).expect(file);
        assert_eq!(batch.items.len(), count, "{file}");
        assert!(batch.skipped.is_empty(), "{file}: {:?}", batch.skipped);
        assert_eq!(
            batch.incomplete.is_some(),
            file.contains("partial"),
            "{file}"
        );
    }
}

#[test]
fn fields_of_another_type_are_read_for_what_they_say() {
    let batch = latest(&items(
        r#"{ "id": 1, "title": 1984, "summary": 2026, "tags": "world, books, ", "authors": { "name": "Ann" },
             "image": { "url": "/a.jpg" } },
           { "id": 2, "title": "B", "tags": [7, null, "a, b"], "authors": "Ann & Bob" },
           { "id": 3, "title": "C", "tags": { "name": "x" }, "author": "Cy" },
           { "id": 4, "title": "D", "authors": null, "author": [{ "name": "Di" }] }"#,
    ));
    let names = |n: usize| -> Vec<&str> {
        let tags = batch.items[n].tags.iter();
        tags.map(|tag| tag.name.as_str()).collect()
    };
    let by = |n: usize| batch.items[n].authors[0].name.as_str();
    assert_eq!(batch.items[0].headline, "1984");
    assert_eq!(batch.items[0].summary.as_deref(), Some("2026"));
    assert!(batch.items[0].image.is_some());
    assert_eq!(names(0), ["world", "books"]);
    assert_eq!(names(1), ["7", "a, b"]);
    assert_eq!(
        [by(0), by(1), by(2), by(3)],
        ["Ann", "Ann & Bob", "Cy", "Di"]
    );
}
