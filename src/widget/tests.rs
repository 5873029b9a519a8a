//! Feeds as widgets see them, over canned answers.

use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use super::*;
use crate::html::Sink;
use crate::model::Instant;
use crate::platform::HOST;
use crate::source::{Answering, Request, Response, SourceError};

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

fn read_from(body: &'static str, kind: &str, category: &str) -> Result<Feed, SourceError> {
    let fetch = |request: Request| -> Answering<'static> {
        Box::pin(async move {
            Ok(Response {
                status: 200,
                url: request.url,
                body: body.as_bytes().to_vec(),
                ..Response::default()
            })
        })
    };
    let reading = read("https://a.example/feed", kind, category, HOST, &fetch);
    match pin!(reading).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(feed) => feed,
        Poll::Pending => panic!("a canned answer keeps nobody waiting"),
    }
}

fn shown(feed: &Feed, attributes: &[(&str, &str)]) -> String {
    let options = Options::read(&|name| {
        let found = attributes.iter().find(|(key, _)| *key == name);
        found.map(|(_, value)| (*value).to_owned())
    });
    let date = |_: &str, moment: Instant| moment.to_string();
    let words = Words {
        date: &date,
        relative: &|_, _| "lately".into(),
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
            .map(|story| story.id)
            .collect::<Vec<_>>()
    };
    assert_eq!(of("world"), ["1"]);
    assert_eq!(of("world/europe"), ["1"]);
    assert_eq!(of("tides"), ["2"]);
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
fn a_web_page_and_broken_data_are_errors_with_a_name() {
    let web_page = read_from("<!doctype html><p>Hello", "", "");
    assert!(
        matches!(web_page, Err(SourceError::WebPage { .. })),
        "{web_page:?}"
    );
    let broken = read_from("{\"version\": ", "", "");
    assert!(broken.is_err(), "{broken:?}");
}
