//! Mapped sources, field by field: what a mapping makes of what one item holds.

mod support;

use dateline::model::{Article, Body};
use dateline::source::{Batch, Query, SourceError, Unread, Wanted};
use serde_json::{Value, json};
use support::{World, open};

/// What a source, whose answer lies in `rows.json`, makes of items.
fn batch(source: &Value, items: &Value) -> Batch {
    let mut world = World::default().with("rows.json", items.to_string());
    world
        .read(&open(&source.to_string()), Query::Latest, None)
        .expect("a batch")
}

fn by_map(map: &Value, item: &Value) -> Batch {
    let source = json!({ "kind": "mapped", "base": "rows.json", "list": { "path": "" },
        "map": map });
    batch(&source, &json!([item]))
}

fn article(map: &Value, item: &Value) -> Article {
    by_map(map, item).items.remove(0)
}

fn headline(title: &str) -> String {
    let map = json!({ "id": "/id", "title": "/t" });
    article(&map, &json!({ "id": 1, "t": title })).headline
}

#[test]
fn what_is_written_about_tags_and_types_stays() {
    for text in [
        "Stop using <div> for everything",
        "Vec<T> vs Box<dyn Error>",
        "Option<A>, Result<B, I> and Box<S>",
        "Ask HN: x<y?",
        "a<b and c>d",
        "1 < 2 && 3 > 2",
        "Too many <b>s and <span>s",
        "Use <section>, not <main> or </div>",
        "<i> or <em>?",
        "<script> in <head>, or at the end of <body>",
        "What <!doctype html> does",
        "a <b",
        "i <a href and <video controls>",
    ] {
        assert_eq!(headline(text), text);
    }
}

#[test]
fn markup_is_taken_out() {
    for (html, text) in [
        ("A <b>bold</b> <I>move</I>", "A bold move"),
        ("<div><p>One</p><p>two</p></div>", "One two"),
        ("<p>One<p>two", "One two"),
        ("</br>One</br>two", "One two"),
        ("One<br>two<br/>three<hr />four", "One two three four"),
        ("<a href=\"https://n.example/?a>b\">Link", "Link"),
        ("<strong>Cut in the mid", "Cut in the mid"),
        ("Cut in the <a href=\"https://n.ex", "Cut in the"),
        ("the end of it.</p>", "the end of it."),
        ("<script>if (a<b) c()</script>Calm", "Calm"),
        ("don<!-- <b> -->e", "done"),
        ("Use <code>Vec<T></code> here", "Use Vec<T> here"),
        ("R&amp;D &lt;b&gt;", "R&D <b>"),
    ] {
        assert_eq!(headline(html), text, "{html}");
    }
}

#[test]
fn what_is_said_to_be_plain_text_is_kept_to_the_letter() {
    let map = json!({ "id": "/id", "title": { "at": "/t", "plain": true } });
    let item = json!({ "id": 1, "t": " Use <b>&amp;</b>\n in HTML " });
    assert_eq!(article(&map, &item).headline, "Use <b>&amp;</b> in HTML");
}

#[test]
fn many_openings_cost_one_pass() {
    let odd = "<b <b> ".repeat(20_000);
    assert!(headline(&odd).starts_with("<b <b>"));
}

#[test]
fn presets_of_plain_text_keep_what_looks_like_markup() {
    let title = "Replace <b>&amp;</b> by <strong>";
    let hit = json!({ "objectID": "1", "title": title });
    let post = json!({ "id": 1, "title": title, "description": "<p>s and <div>s",
        "user": { "name": "Ann <3" } });
    for (preset, answer) in [("hn", json!({ "hits": [hit] })), ("dev.to", json!([post]))] {
        let source = json!({ "kind": "mapped", "preset": preset, "url": "rows.json" });
        let article = batch(&source, &answer).items.remove(0);
        assert_eq!(article.headline, title);
        if preset == "dev.to" {
            assert_eq!(article.summary.as_deref(), Some("<p>s and <div>s"));
            assert_eq!(article.authors[0].name, "Ann <3");
        }
    }
}

#[test]
fn names_of_tags_and_people_are_read_as_headlines_are() {
    let map = json!({ "id": "/id", "title": "/t", "tags": "/tags", "author": "/by" });
    let item = json!({ "id": 1, "t": "R&amp;D", "tags": ["R&amp;D", "<b>C</b>", " "],
        "by": ["Ann &amp; Bo", "<i></i>"] });
    let article = article(&map, &item);
    assert_eq!(article.headline, "R&D");
    let tags: Vec<_> = article
        .tags
        .iter()
        .map(|it| (&*it.slug, &*it.name))
        .collect();
    assert_eq!(tags, [("r-d", "R&D"), ("c", "C")]);
    assert_eq!(article.authors.len(), 1);
    assert_eq!(article.authors[0].name, "Ann & Bo");
}

#[test]
fn an_item_without_a_title_is_named_by_what_it_says() {
    let map = json!({ "id": "/id", "title": "/t", "summary": "/s", "html": "/h", "text": "/x" });
    let headline = |item: Value| {
        let found = by_map(&map, &item).items.pop();
        found.map(|article| article.headline)
    };
    assert_eq!(
        headline(json!({ "id": 1, "h": "<p>The quay is <b>closed</b>.</p>" })).as_deref(),
        Some("The quay is closed.")
    );
    assert_eq!(
        headline(json!({ "id": 1, "t": " ", "x": "Low water" })).as_deref(),
        Some("Low water")
    );
    assert_eq!(
        headline(json!({ "id": 1, "s": "In short", "x": "At length" })).as_deref(),
        Some("In short")
    );
    assert_eq!(headline(json!({ "id": 1, "t": "" })), None);
}

#[test]
fn a_body_in_blocks_is_read_whole() {
    let map = json!({ "id": "/id", "title": "/t", "html": "/h/*/body", "text": "/x/*/body" });
    let blocks = json!([{ "body": "<p>One</p>" }, { "src": "a.jpg" }, { "body": "<p>Two</p>" }]);
    let body = |item: Value| article(&map, &item).body;
    assert_eq!(
        body(json!({ "id": 1, "t": "T", "h": blocks })),
        Body::Html("<p>One</p>\n<p>Two</p>".into())
    );
    assert_eq!(
        body(json!({ "id": 1, "t": "T", "x": [{ "body": "One" }, { "body": "Two" }] })),
        Body::Text("One\n\nTwo".into())
    );
}

#[test]
fn several_values_of_a_headline_are_told_unless_one_is_meant() {
    let notes = |title: Value| {
        let map = json!({ "id": "/id", "title": title });
        let batch = by_map(&map, &json!({ "id": 1, "t": ["One", "Two"] }));
        assert_eq!(batch.items[0].headline.get(..3), Some("One"));
        batch.notes.concat()
    };
    assert!(notes(json!("/t")).contains("source.map.title"));
    assert_eq!(notes(json!({ "at": "/t", "first": true })), "");
    assert_eq!(notes(json!({ "at": "/t", "join": ", " })), "");
}

#[test]
fn strapis_rich_text_is_read_as_markdown() {
    let source = json!({ "kind": "mapped", "preset": "strapi", "url": "rows.json" });
    let item = json!({ "documentId": "a", "title": "T", "blocks": [
        { "__component": "shared.rich-text", "body": "## Tides\n\nHigh at *six*." },
        { "__component": "shared.media" },
        { "__component": "shared.quote", "title": "Ann", "body": "Mind the step" }] });
    assert_eq!(
        batch(&source, &json!({ "data": [item] })).items[0].body,
        Body::Html("<h2>Tides</h2>\n<p>High at <em>six</em>.</p>\n<p>Mind the step</p>\n".into())
    );
}

#[test]
fn a_body_is_the_first_of_html_markdown_and_text_that_an_item_has() {
    let map = json!({ "id": "/id", "title": "/t", "html": "/h", "markdown": "/m", "text": "/x" });
    let body = |mut item: Value| {
        item["id"] = 1.into();
        item["t"] = "T".into();
        article(&map, &item).body
    };
    let html = |html: &str| Body::Html(html.into());
    let all = json!({ "h": "<p>H</p>", "m": "*M*", "x": "X" });
    assert_eq!(body(all), html("<p>H</p>"));
    assert_eq!(
        body(json!({ "m": "*M*", "x": "X" })),
        html("<p><em>M</em></p>\n")
    );
    assert_eq!(body(json!({ "x": "*X*" })), Body::Text("*X*".into()));
    assert_eq!(body(json!({ "m": "<p>1 *</p>" })), html("<p>1 *</p>"));
    assert_eq!(body(json!({})), Body::Absent);
}

#[test]
fn the_zone_of_a_mapping_is_for_dates_that_name_none() {
    let map = json!({ "id": "/id", "title": "/t",
        "published": { "at": "/d", "date": "iso", "zone": "+05:30" } });
    for (given, expected) in [
        ("2026-11-20 10:00:00", "2026-11-20T10:00:00+05:30"),
        ("Fri, 20 Nov 2026 10:00:00", "2026-11-20T10:00:00+05:30"),
        ("Nov 20, 2026", "2026-11-20T00:00:00+05:30"),
        ("Fri, 20 Nov 2026 10:00:00 UTC", "2026-11-20T10:00:00Z"),
        ("Fri, 20 Nov 2026 10:00:00 UT", "2026-11-20T10:00:00Z"),
        ("2026-11-20 10:00:00 UTC", "2026-11-20T10:00:00Z"),
        ("2026-11-20T10:00:00Z", "2026-11-20T10:00:00Z"),
        ("20261120T100000Z", "2026-11-20T10:00:00Z"),
        ("2026-11-20T10:00:00+00:00", "2026-11-20T10:00:00Z"),
        ("Fri, 20 Nov 2026 10:00:00 EST", "2026-11-20T10:00:00-05:00"),
    ] {
        let article = article(&map, &json!({ "id": 1, "t": "T", "d": given }));
        let date = article.published.expect(given);
        assert_eq!(date.to_string(), expected, "{given}");
    }
}

#[test]
fn false_is_no_value_but_where_a_field_is_on_or_off() {
    let map = json!({ "id": "/id", "title": "/t", "html": "/h", "summary": "/s", "image": "/i",
        "author": "/by", "section": "/sec", "tags": "/tags", "published": "/d", "modified": "/e",
        "kicker": { "or": ["/k", "/sec", "/l"] }, "featured": { "or": ["/f", "/lead"] } });
    let item = json!({ "id": 1, "t": "T", "h": false, "s": false, "i": false, "by": false,
        "sec": false, "tags": false, "d": false, "e": false, "k": false, "l": "Ports",
        "f": false, "lead": true });
    let batch = by_map(&map, &item);
    assert_eq!(batch.unread, Unread::default());
    let article = &batch.items[0];
    assert_eq!(article.body, Body::Absent);
    assert_eq!((&article.summary, &article.image), (&None, &None));
    assert_eq!((article.authors.len(), article.tags.len()), (0, 0));
    assert_eq!(article.section, None);
    assert_eq!(article.kicker.as_deref(), Some("Ports"));
    assert!(!article.featured, "an \"or\" of flags ends at the first");
}

#[test]
fn a_date_of_a_change_that_is_none_is_told_apart() {
    let map = json!({ "id": "/id", "title": "/t", "published": "/d", "modified": "/e" });
    let unread = by_map(
        &map,
        &json!({ "id": 1, "t": "T", "d": "2026-11-23", "e": "soon" }),
    )
    .unread;
    let notes: Vec<String> = unread.notes().collect();
    assert_eq!(notes.len(), 1);
    assert!(
        notes[0].starts_with("1 date of a change could not be read"),
        "{notes:?}"
    );
}

#[test]
fn what_is_joined_without_anything_between_keeps_its_spaces() {
    let parts =
        json!([{ "p": " The " }, { "p": "bold" }, { "p": " " }, { "p": "word" }, { "p": "" }]);
    let joined = |by: &str| {
        let map = json!({ "id": "/id", "title": { "at": "/t/*/p", "join": by, "plain": true } });
        article(&map, &json!({ "id": 1, "t": parts })).headline
    };
    assert_eq!(joined(""), "The bold word");
    assert_eq!(joined("|"), "The|bold|word");
    let map = json!({ "id": "/id", "title": { "or": ["/s/*/p", "/t/*/p"], "join": "" },
        "text": { "at": "/t/*/p", "strip": "b", "join": "" } });
    let article = article(&map, &json!({ "id": 1, "t": parts }));
    assert_eq!(article.headline, "The bold word");
    assert_eq!(article.body, Body::Text("The old word".into()));
}

#[test]
fn what_says_that_it_is_not_published_is_left_out_and_named() {
    let map = json!({ "id": "/id", "title": "/t", "html": "/h" });
    let rows = json!([
        { "id": 1, "t": "Out", "status": "published" },
        { "id": 2, "t": "A draft", "status": "draft" },
        { "id": 3, "t": "Kept", "status": "ARCHIVED" },
        { "id": 4, "t": "Flagged", "published": false },
        { "id": 5, "t": "Within", "attributes": { "_status": "draft" } },
        { "_id": "drafts.6", "id": 6, "t": "Beside" },
        { "id": 7, "t": "A state that nobody knows", "status": "corrected", "draft": false } ]);
    let read = |only: Option<Value>| {
        let mut source = json!({ "kind": "mapped", "base": "rows.json", "list": { "path": "" },
            "map": map });
        if let Some(only) = only {
            source["only"] = only;
        }
        batch(&source, &rows)
    };
    let ids =
        |batch: &Batch| -> Vec<String> { batch.items.iter().map(|it| it.id.clone()).collect() };
    let found = read(None);
    assert_eq!(ids(&found), ["1", "7"]);
    assert_eq!(found.skipped.len(), 5);
    assert_eq!(found.skipped[0].item, "A draft");
    assert!(found.skipped[0].reason.contains("\"/status\" is \"draft\""));
    // The mapping's own word is the only one.
    assert_eq!(ids(&read(Some(json!("/id")))).len(), 7);
    let published = json!({ "at": "/status", "keep_if": "^published$" });
    assert_eq!(ids(&read(Some(published))), ["1"]);
    let no_drafts = json!({ "at": "/draft", "drop_if": "^true$" });
    assert_eq!(ids(&read(Some(no_drafts))), ["7"]);
    assert_eq!(ids(&read(Some(json!("/published")))), [""; 0]);
}

#[test]
fn a_draft_is_no_story_either_where_it_is_asked_for_alone() {
    let source = json!({ "kind": "mapped", "base": "https://a.example",
        "list": { "path": "/all" }, "one": { "path": "/{id}" }, "map": { "id": "/id", "title": "/t" } });
    let asked = |item: Value| {
        let mut world = World::default().with("https://a.example/7", item.to_string());
        let wanted = Wanted {
            id: Some("7".into()),
            ..Wanted::default()
        };
        world.read(&open(&source.to_string()), Query::One(wanted), None)
    };
    assert!(asked(json!({ "id": 7, "t": "T" })).is_ok());
    let draft = asked(json!({ "id": 7, "t": "T", "status": "draft" }));
    assert!(matches!(draft, Err(SourceError::NotFound)), "{draft:?}");
}

#[test]
fn pointers_that_find_nothing_or_no_text_are_named_however_few_items_there_are() {
    let map = json!({ "id": "/id", "title": "/t", "html": "/body", "kicker": "/k", "tags": "/tags",
        "featured": "/f", "summary": { "or": ["/s", "/parts"] } });
    let item = json!({ "id": 1, "t": "T", "body": { "nodeType": "document", "content": [] },
        "parts": [{ "text": "S" }], "tags": [], "f": false });
    let notes = by_map(&map, &item).notes;
    let of = |field: &str| {
        let begins = format!("\"source.map.{field}\" finds ");
        let mut found = notes.iter().filter_map(|it| it.strip_prefix(&begins));
        found.next().unwrap_or_default().to_owned()
    };
    assert!(of("html").starts_with("an object, not a text"), "{notes:?}");
    assert!(of("summary").starts_with("a list of objects, not a text"));
    assert_eq!(of("kicker"), "nothing in any of the items: \"/k\"");
    assert!(of("tags").starts_with("nothing"));
    assert_eq!((&*of("featured"), notes.len()), ("", 4));
}
