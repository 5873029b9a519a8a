//! Feeds as widgets see them, over canned answers.

use super::*;
use crate::html::Sink;
use crate::model::Instant;
use crate::platform::HOST;
use crate::source::{self, Query, Response, Step};

/// Elements as text, attributes and all.
#[derive(Default)]
struct Text(String);

impl Sink for Text {
    fn open(&mut self, name: &'static str) {
        self.0 += &format!("<{name}>");
    }
    fn attribute(&mut self, name: &'static str, value: &str) {
        self.0 += &format!("[{name}={value}]");
    }
    fn text(&mut self, text: &str) {
        self.0 += text;
    }
    fn close(&mut self, name: &'static str) {
        self.0 += &format!("</{name}>");
    }
}

fn resolve(base: &str, reference: &str) -> Option<String> {
    (HOST.resolve)(base, reference)
}

const LENT: Lent<'static> = Lent { resolve: &resolve };

fn answered(reading: &mut Reading, status: u16, body: &str) -> Result<(), Failure> {
    let url = reading.ask().expect("a question").to_owned();
    let answer = Answer {
        status,
        url: &url,
        body: body.as_bytes(),
    };
    reading.answer(&answer, &LENT)
}

fn read_from(body: &str, kind: &str, category: &str) -> Result<Feed, Failure> {
    let mut reading = Reading::new("https://a.example/posts", kind, category);
    answered(&mut reading, 200, body)?;
    assert_eq!(reading.ask(), None);
    Ok(reading.feed)
}

fn shown(feed: &Feed, attributes: &[(&str, &str)]) -> String {
    let options = Options::read(&|name| {
        let found = attributes.iter().find(|(key, _)| *key == name);
        found.map(|(_, value)| (*value).to_owned())
    });
    let words = |_: &str, moment: Instant, relative: bool| match relative {
        true => "lately".into(),
        false => moment.to_string(),
    };
    let mut out = Text::default();
    write(feed, &options, &words, &mut out);
    out.0
}

const FEED: &str = r#"{ "version": "https://jsonfeed.org/version/1.1", "title": "Post", "language": "en",
  "items": [
    { "id": "1", "url": "https://a.example/1", "title": "One & only", "summary": "First.",
      "date_published": "2026-11-23T08:00:00Z", "image": "https://a.example/1.jpg",
      "_dateline": { "section": "world/europe" } },
    { "id": "2", "url": "https://a.example/2", "title": "Two", "tags": ["Tides"] },
    { "id": "3", "url": "javascript:alert(1)", "title": "<img src=x onerror=alert(1)>" },
    { "id": "4", "url": "https://a.example/4", "title": "<script>alert(1)</script>",
      "image": "javascript:alert(1)", "content_html": "<img src=x onerror=alert(1)>text" }
  ] }"#;

const RSS: &str = r#"<?xml version="1.0"?><rss version="2.0"><channel><title>Wire</title>
  <item><title>From the wire</title><link>https://a.example/w</link></item></channel></rss>"#;

const WORDPRESS: &str = r#"[{ "id": 7, "link": "https://a.example/q", "title": { "rendered": "Q&#038;A" },
  "date_gmt": "2026-11-23T08:00:00", "content": { "rendered": "<p>Text</p>" } }]"#;

const GHOST: &str = r#"{ "posts": [{ "id": "g", "url": "https://a.example/g", "title": "Boo",
  "published_at": "2026-11-23T08:00:00Z" }] }"#;

fn headlines(feed: &Feed) -> Vec<&str> {
    let stories = feed.stories.iter();
    stories.map(|story| story.headline.as_str()).collect()
}

#[test]
fn an_address_alone_tells_the_format() {
    let feed = |body| read_from(body, "", "").expect("a feed");
    assert_eq!(feed(FEED).title, "Post");
    assert_eq!(headlines(&feed(RSS)), ["From the wire"]);
    assert_eq!(headlines(&feed(WORDPRESS)), ["Q&A"]);
    assert_eq!(headlines(&feed(GHOST)), ["Boo"]);
}

#[test]
fn a_category_is_a_section_what_is_below_it_or_a_tag() {
    let of = |category| {
        let feed = read_from(FEED, "", category).expect("a feed");
        feed.stories
            .into_iter()
            .map(|story| story.headline)
            .collect::<Vec<_>>()
    };
    assert_eq!(of("world"), ["One & only"]);
    assert_eq!(of("world/europe"), ["One & only"]);
    assert_eq!(of("tides"), ["Two"]);
    assert_eq!(of("wor"), [""; 0]);
}

#[test]
fn what_a_feed_says_is_text_and_its_addresses_are_the_webs() {
    let feed = read_from(FEED, "", "").expect("a feed");
    let list = shown(&feed, &[("summary", "on"), ("layout", "cards")]);
    assert!(list.contains("One & only"), "{list}");
    assert!(!list.contains("javascript:"), "{list}");
    assert!(!list.contains("<img>[src=x"), "{list}");
    assert!(!list.contains("onerror="), "{list}");
    assert!(
        list.contains("<script>alert(1)</script></a>"),
        "text of a link: {list}"
    );
}

#[test]
fn attributes_choose_what_is_shown() {
    let feed = read_from(FEED, "", "").expect("a feed");
    let plain = shown(&feed, &[("layout", "headlines"), ("limit", "1")]);
    assert_eq!(
        plain,
        "<ol>[part=list][role=list][class=headlines]<li>[part=item]<div>[class=text]\
         <a>[part=link][href=https://a.example/1]One & only</a></div></li></ol>"
    );
    let more = shown(
        &feed,
        &[
            ("heading", "News"),
            ("heading-level", "3"),
            ("target", "_blank"),
            ("limit", "1"),
        ],
    );
    assert!(
        more.starts_with("<h3>[part=heading]News</h3><ol>"),
        "{more}"
    );
    assert!(more.contains("[target=_blank][rel=noopener]"), "{more}");
    assert!(more.contains("[src=https://a.example/1.jpg]"), "{more}");
    assert!(
        more.contains("<time>[datetime=2026-11-23T08:00:00Z]"),
        "{more}"
    );
    assert!(!shown(&feed, &[("images", "off")]).contains("<img>"));
    assert!(!shown(&feed, &[("date", "off")]).contains("<time>"));
    assert!(shown(&feed, &[("date", "relative")]).contains("lately"));
}

#[test]
fn typing_mistakes_of_a_host_page_are_the_defaults() {
    let feed = read_from(FEED, "", "").expect("a feed");
    let wrong = [
        ("limit", "many"),
        ("layout", "grid"),
        ("heading-level", "9"),
        ("target", "a b<"),
    ];
    assert_eq!(shown(&feed, &wrong), shown(&feed, &[]));
}

#[test]
fn what_is_no_feed_is_told_by_a_code() {
    let code = |body| read_from(body, "", "").expect_err("a failure").code;
    assert_eq!(code("<!doctype html><p>Hello"), "not-a-feed");
    assert_eq!(code("{\"version\": "), "broken");
    assert_eq!(code("{}"), "not-a-feed");
    let mut reading = Reading::new("https://a.example/feed", "", "");
    let refused = answered(&mut reading, 404, "no").expect_err("a failure");
    assert_eq!(refused.code, "status");
    assert!(
        refused.message.ends_with("status 404"),
        "{}",
        refused.message
    );
    let mut reading = Reading::new("https://a.example/feed", "", "");
    assert_eq!(
        answered(&mut reading, 403, "no")
            .expect_err("a failure")
            .code,
        "forbidden"
    );
}

#[test]
fn a_wordpress_site_is_asked_in_its_other_form_and_for_everything_below_a_category() {
    let mut reading = Reading::new("https://a.example/", "wordpress", "world/asia");
    let asked = |reading: &Reading| reading.ask().expect("a question").to_owned();
    assert!(asked(&reading).starts_with("https://a.example/wp-json/wp/v2/categories?"));
    answered(&mut reading, 404, "<!doctype html>").expect("another form");
    assert!(asked(&reading).starts_with("https://a.example/?rest_route=/wp/v2/categories&"));
    let categories = r#"[{"id":3,"parent":0,"slug":"asia"},{"id":5,"parent":3,"slug":"japan"},{"id":6,"parent":0,"slug":"x"}]"#;
    answered(&mut reading, 200, categories).expect("categories");
    assert!(
        asked(&reading).ends_with("&categories=3,5"),
        "{}",
        asked(&reading)
    );
    answered(&mut reading, 200, WORDPRESS).expect("posts");
    assert_eq!(headlines(&reading.feed), ["Q&A"]);
}

#[test]
fn a_ghost_site_is_asked_with_its_key() {
    let reading = Reading::new("https://a.example/?key=0123", "ghost", "World");
    assert_eq!(
        reading.ask(),
        Some(
            "https://a.example/ghost/api/content/posts/?key=0123&include=tags&limit=20&filter=tag:world"
        )
    );
}

#[test]
fn the_browser_chooses_among_versions_of_a_picture() {
    let post = r#"[{ "id": 7, "link": "https://a.example/q", "title": { "rendered": "Q" }, "_embedded": { "wp:featuredmedia": [{ "media_details": { "sizes": {
        "thumbnail": { "source_url": "https://a.example/t.jpg", "width": 150 },
        "medium": { "source_url": "https://a.example/m, 1.jpg", "width": 300 },
        "large": { "source_url": "https://a.example/l.jpg", "width": "1024" } } } }] } }]"#;
    let list = shown(&read_from(post, "", "").expect("a feed"), &[]);
    let set = "[srcset=https://a.example/m%2C%201.jpg 300w, https://a.example/l.jpg 1024w]";
    assert!(list.contains(set), "{list}");
    assert!(list.contains("[src=https://a.example/m, 1.jpg]"), "{list}");
}

#[test]
fn attachments_and_what_is_not_published_are_no_stories() {
    let posts = r#"[
        { "id": 1, "link": "https://a.example/1", "title": { "rendered": "A sound" }, "type": "attachment" },
        { "id": 2, "link": "https://a.example/2", "title": { "rendered": "A plan" }, "type": "post", "status": "draft" },
        { "id": 3, "link": "https://a.example/3", "title": { "rendered": "A story" }, "type": "post", "status": "publish" }]"#;
    let feed = read_from(posts, "", "").expect("a feed");
    assert_eq!(headlines(&feed), ["A story"]);
    same("wordpress", posts);
}

/// Both readers of a format, the widget's small one and the app's, over one answer.
fn both(kind: &str, body: &str) -> (Vec<Story>, Vec<crate::model::Article>) {
    let own = read_from(body, "", "").expect("a feed").stories;
    let config = serde_json::json!({ "kind": kind, "url": "https://a.example/posts", "key": "0123456789abcdef0123456789" });
    let mut config = crate::model::SourceConfig::from_value(&config).expect("a source");
    if kind != "ghost" {
        config.key = None;
    }
    let source = source::open(&config, HOST).expect("an opened source");
    let mut conversation = source.converse(Query::Latest, None);
    let mut step = conversation.start().expect("a question");
    for _ in 0..9 {
        match step {
            Step::Done(batch) => return (own, batch.items),
            Step::Ask(request) => {
                let first = !request.url.contains("categories?") && !request.url.contains("about");
                step = conversation
                    .answer(Response {
                        status: if first { 200 } else { 404 },
                        url: request.url,
                        body: if first { body.into() } else { Vec::new() },
                        ..Response::default()
                    })
                    .expect("an answer of use");
            }
        }
    }
    panic!("a conversation without end")
}

#[test]
fn the_small_readers_say_what_the_large_ones_say() {
    let demo = include_str!("../../public/feed.json");
    for (kind, body) in [
        ("jsonfeed", FEED),
        ("jsonfeed", demo),
        ("rss", RSS),
        ("wordpress", WORDPRESS),
        ("ghost", GHOST),
    ] {
        same(kind, body);
    }
}

/// Real answers, where they lie beside the checkout.
#[test]
fn the_small_readers_say_it_of_real_answers_too() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = std::env::var_os("DATELINE_SAMPLES")
        .map_or_else(|| root.join("../shared/samples"), std::path::PathBuf::from);
    if !folder.is_dir() {
        eprintln!("SKIPPED: no samples beside the checkout, and DATELINE_SAMPLES is not set");
        return;
    }
    let mut compared = 0;
    for (kind, place) in [
        ("rss", "rss-atom/feed-rs"),
        ("jsonfeed", "jsonfeed"),
        ("wordpress", "wordpress/frontity"),
        ("ghost", "ghost"),
    ] {
        for entry in std::fs::read_dir(folder.join(place))
            .into_iter()
            .flatten()
            .flatten()
        {
            let name = entry.file_name().to_string_lossy().into_owned();
            let Ok(body) = std::fs::read_to_string(entry.path()) else {
                continue;
            };
            if read_from(&body, "", "").is_ok_and(|feed| !feed.stories.is_empty()) {
                eprintln!("{place}/{name}");
                same(kind, &body);
                compared += 1;
            }
        }
    }
    assert!(
        compared > 0,
        "{} holds something to compare",
        folder.display()
    );
}

fn same(kind: &str, body: &str) {
    let (own, other) = both(kind, body);
    let other: Vec<_> = other
        .iter()
        .filter(|it| {
            let url = it.url.as_ref().or(it.external_url.as_ref());
            url.is_some_and(|url| super::story::leads_somewhere(url))
        })
        .take(50)
        .collect();
    assert_eq!(own.len(), other.len(), "{kind}");
    for (own, other) in own.iter().zip(other) {
        assert_eq!(
            own.headline,
            crate::html::text::collapse(&other.headline),
            "{kind}"
        );
        let url = other.url.as_ref().or(other.external_url.as_ref());
        let settled = |url: &str| resolve(url, "").unwrap_or_default();
        assert_eq!(
            Some(settled(&own.href)),
            url.map(|url| settled(url)),
            "{kind}: {}",
            own.headline
        );
        assert_eq!(
            own.published.map(|at| at.epoch),
            other.published.map(|at| at.epoch),
            "{kind}: {}",
            own.headline
        );
        assert_eq!(own.featured, other.featured, "{kind}: {}", own.headline);
    }
}
