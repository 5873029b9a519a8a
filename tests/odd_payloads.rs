//! Payloads as servers really send them: other charsets, halves of characters, notices and comments
//! around the answer, lists with gaps. Each costs itself and nothing else.

mod support;

use dateline::source::{Batch, Query, SourceError};
use support::{World, open};

fn read(kind: &str, name: &str, body: impl AsRef<[u8]>) -> Result<Batch, SourceError> {
    let config = format!(r#"{{ "kind": "{kind}", "url": "{name}" }}"#);
    let mut world = World::default().with(name, body.as_ref());
    world.read(&open(&config), Query::Latest, None)
}

fn headlines(batch: &Batch) -> Vec<&str> {
    batch.items.iter().map(|it| it.headline.as_str()).collect()
}

/// "Привет", "こんにちは" and "你好" as feeds of their countries still encode them.
#[test]
fn feeds_are_decoded_by_the_charset_they_name() {
    for (charset, bytes, text) in [
        ("windows-1251", &b"\xcf\xf0\xe8\xe2\xe5\xf2"[..], "Привет"),
        ("koi8-r", b"\xf0\xd2\xc9\xd7\xc5\xd4", "Привет"),
        (
            "Shift_JIS",
            b"\x82\xb1\x82\xf1\x82\xc9\x82\xbf\x82\xcd",
            "こんにちは",
        ),
        ("gb2312", b"\xc4\xe3\xba\xc3", "你好"),
        ("iso-8859-15", b"5 \xa4", "5 €"),
        ("no-such-thing", b"caf\xc3\xa9", "café"),
    ] {
        let head = format!(
            "<?xml version=\"1.0\" encoding=\"{charset}\"?><rss><channel><item><guid>1</guid><title>"
        );
        let feed = [head.as_bytes(), bytes, b"</title></item></channel></rss>"].concat();
        let batch = read("rss", "feed.xml", feed).expect(charset);
        assert_eq!(headlines(&batch), [text], "{charset}");
    }
}

#[test]
fn half_a_character_costs_a_character_and_no_feed() {
    let feed = r#"{ "version": "https://jsonfeed.org/version/1.1", "items": [
        { "id": 1, "title": "cut \ud83d" }, { "id": 2, "title": "\udc4d too" },
        { "id": 3, "title": "whole \ud83d\udc4d, \\ud83d as words" } ] }"#;
    let expected = ["cut \u{fffd}", "\u{fffd} too", "whole 👍, \\ud83d as words"];
    let batch = read("jsonfeed", "feed.json", feed).expect("a feed");
    assert_eq!(headlines(&batch), expected);

    let mut titles = Vec::new();
    let mut each = |item: Result<dateline::model::Article, dateline::source::Skipped>| {
        titles.push(item.expect("an item").headline);
    };
    let stream = std::io::Cursor::new(feed.as_bytes());
    let host = dateline::platform::HOST;
    dateline::source::json_feed::stream(stream, "feed.json", host, &mut each).expect("a feed");
    assert_eq!(titles, expected, "a file is read as a stream");
}

#[test]
fn a_feed_file_in_utf_16_is_read_as_a_stream_too() {
    let text = "\u{feff}{ \"items\": [{ \"id\": 1, \"title\": \"é\" }] }";
    for bytes in [u16::to_le_bytes, u16::to_be_bytes] {
        let file: Vec<u8> = text.encode_utf16().flat_map(bytes).collect();
        let mut found = 0;
        let mut each = |item: Result<dateline::model::Article, dateline::source::Skipped>| {
            assert_eq!(item.expect("an item").headline, "é");
            found += 1;
        };
        let stream = std::io::Cursor::new(file);
        let host = dateline::platform::HOST;
        dateline::source::json_feed::stream(stream, "feed.json", host, &mut each).expect("a feed");
        assert_eq!(found, 1);
    }
}

const POST: &str = r#"{ "id": ID, "slug": "s", "link": "https://w.example/s/",
    "title": { "rendered": "A" }, "content": { "rendered": "<p>x</p>" } }"#;

#[test]
fn what_stands_around_an_answer_is_no_part_of_it() {
    let posts = format!("[{}]", POST.replace("ID", "1"));
    for answer in [
        format!("<br />\n<b>Warning</b>: [x] in <b>/y.php</b> on line <b>3</b><br />\n{posts}"),
        format!("{posts}\n<!-- served by a cache -->\n<!-- in 3 ms -->\n"),
        format!("{posts}\0\0"),
    ] {
        let batch = read("wordpress", "posts.json", &answer).expect(&answer);
        assert_eq!(batch.items.len(), 1, "{answer}");
    }
    let words = posts.replace("<p>x</p>", "<p>x</p><!-- more -->");
    let batch = read("wordpress", "posts.json", words).expect("posts");
    assert!(format!("{:?}", batch.items[0].body).contains("<!-- more -->"));
}

#[test]
fn a_wordpress_list_with_gaps_is_a_list_and_what_is_not_published_is_named() {
    let post = |id: &str, more: &str| POST.replace("ID", &[id, more].concat());
    let posts = format!(
        r#"{{ "0": {}, "2": {}, "3": {}, "5": {} }}"#,
        post("1", ""),
        post("2", r#", "status": "future""#),
        post("3", r#", "type": "attachment""#),
        post("4", r#", "status": "publish""#),
    );
    let batch = read("wordpress", "posts.json", posts).expect("posts");
    let ids: Vec<&str> = batch.items.iter().map(|it| it.id.as_str()).collect();
    assert_eq!(ids, ["1", "4"]);
    let reasons: Vec<&str> = batch.skipped.iter().map(|it| it.reason.as_str()).collect();
    assert_eq!(
        reasons,
        [
            "its status is \"future\", not \"publish\"",
            "an attachment, not a story"
        ]
    );
}

/// Articles, items left out, and whether the feed broke off.
fn counted(feed: &str) -> (usize, usize, bool) {
    let batch = read("rss", "feed.xml", feed).expect("items");
    let broken = batch.incomplete.is_some();
    (batch.items.len(), batch.skipped.len(), broken)
}

#[test]
fn an_item_that_is_no_xml_costs_itself_alone() {
    let rss = "<rss><channel><title>T</title><item><title>A</title></item>\
               <item><b>never closed</item><item><title>C</title></item></channel></rss>";
    assert_eq!(counted(rss), (2, 1, false));
    let rdf = "<rdf:RDF><channel><items/></channel><item a='1'><title>A</title></item>\
               <item></x></item></rdf:RDF>";
    assert_eq!(counted(rdf), (1, 1, false));
}

#[test]
fn a_feed_that_ends_in_the_middle_gives_its_whole_items() {
    let head = "<?xml version='1.0'?><!-- c --><feed xmlns='http://www.w3.org/2005/Atom'>";
    let entries = "<entry><id>1</id><title>A</title></entry><entry><id>2</";
    assert_eq!(counted(&[head, entries].concat()), (1, 0, true));
    let none = read("rss", "feed.xml", "<rss>\n<channel><item><ti");
    let error = none.expect_err("not one whole item").to_string();
    assert!(error.contains("line 2, column"), "{error}");
}

#[test]
fn a_notice_before_a_feed_is_no_part_of_it() {
    let rss = "<br />\n<b>Notice</b>: x<br />\n\
               <rss><channel><item><title>A</title></item></channel></rss>";
    assert_eq!(counted(rss), (1, 0, false));
}

#[test]
fn an_atom_entry_alone_is_a_feed_of_one() {
    let entry = "<entry xmlns='http://www.w3.org/2005/Atom'><id>1</id><title>T</title></entry>";
    let batch = read("rss", "entry.xml", entry).expect("a feed");
    assert_eq!(headlines(&batch), ["T"]);
}

#[test]
fn one_story_of_an_api_that_was_saved_is_one_story() {
    let source = open(r#"{ "kind": "mapped", "preset": "dev.to", "url": "one.json" }"#);
    let story = r#"{ "type_of": "article", "id": 7, "title": "T", "body_html": "<p>x</p>" }"#;
    let mut world = World::default().with("one.json", story.as_bytes());
    let batch = world.read(&source, Query::Latest, None).expect("a story");
    assert_eq!(headlines(&batch), ["T"]);
}

#[test]
fn a_ghost_that_refuses_a_key_says_so_from_a_file_too() {
    let answer = r#"{ "errors": [{ "message": "Unknown Content API Key" }] }"#;
    let error = read("ghost", "posts.json", answer).expect_err("an error");
    assert!(
        error.to_string().contains("Unknown Content API Key"),
        "{error}"
    );
}

/// One item of each kind, with the given title and text as markup.
fn each_kind(title: &str, text: &str) -> Vec<(&'static str, Batch)> {
    let quoted = |words: &str| serde_json::to_string(words).expect("a text");
    let (title_json, text_json) = (quoted(title), quoted(text));
    let escaped = |words: &str| words.replace('&', "&amp;").replace('<', "&lt;");
    let fill = |shape: &str| {
        shape
            .replace("TITLE_XML", &escaped(title))
            .replace("TEXT_XML", &escaped(text))
            .replace("TITLE", &title_json)
            .replace("TEXT", &text_json)
    };
    [
        (
            "jsonfeed",
            r#"{ "items": [{ "id": "1", "title": TITLE, "content_html": TEXT }] }"#,
        ),
        (
            "wordpress",
            r#"[{ "id": 1, "title": { "rendered": TITLE }, "content": { "rendered": TEXT } }]"#,
        ),
        (
            "ghost",
            r#"{ "posts": [{ "id": "1", "title": TITLE, "html": TEXT }] }"#,
        ),
        (
            "guardian",
            r#"{ "response": { "status": "ok", "results": [
                { "id": "1", "webTitle": TITLE, "fields": { "body": TEXT } }] } }"#,
        ),
        (
            "ninjs",
            r#"{ "uri": "1", "headline": TITLE, "body_html": TEXT }"#,
        ),
        (
            "rss",
            "<rss><channel><item><guid>1</guid><title>TITLE_XML</title>\
             <description>TEXT_XML</description></item></channel></rss>",
        ),
    ]
    .map(|(kind, shape)| (kind, read(kind, "in", fill(shape)).expect(kind)))
    .into()
}

#[test]
fn a_title_without_words_is_made_from_the_text_whatever_the_kind() {
    let link = "<a href=\"https://x.example/\"></a>";
    for title in [link, "\u{202e}", "\u{200b}\u{a0}"] {
        for (kind, batch) in each_kind(title, "<p>The ferry sails &amp; returns.</p>") {
            // Titles of these two are text, and that is text about markup.
            if title == link && matches!(kind, "jsonfeed" | "ghost") {
                continue;
            }
            let expected = ["The ferry sails & returns."];
            assert_eq!(headlines(&batch), expected, "{kind}: {title:?}");
        }
        for (kind, batch) in each_kind(title, "<p>\u{2067}</p>") {
            if title == link && matches!(kind, "jsonfeed" | "ghost") {
                continue;
            }
            assert_eq!(headlines(&batch), ["1"], "{kind}: {title:?} and no text");
        }
    }
}

#[test]
fn no_headline_turns_around_what_stands_behind_it_whatever_the_kind() {
    for (kind, batch) in each_kind("Ferry \u{202e}sails", "<p>x</p>") {
        assert_eq!(headlines(&batch), ["Ferry sails"], "{kind}");
    }
}
