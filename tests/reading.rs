//! Reading a live source to its end: lists that move, servers that forget pages or leave their number
//! out, and what a build makes of a list that is not whole.

#[path = "support/server.rs"]
mod server;
#[path = "support/site.rs"]
mod site;
mod support;

use dateline::model::SourceConfig;
use dateline::platform::{Limits, Reader, Reading, read_all};
use dateline::source::{Query, Skipped, SourceError};
use serde_json::{Value, json};
use server::{Answer, Asked, Server};
use site::Site;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use support::World;

/// The ids that were read, and what was said of others.
#[derive(Default)]
struct Heard {
    ids: Vec<String>,
    skipped: Vec<String>,
}

impl Reader for Heard {
    fn item(&mut self, item: Result<dateline::model::Article, Skipped>) {
        match item {
            Ok(article) => self.ids.push(article.id),
            Err(skipped) => self.skipped.push(skipped.reason),
        }
    }
}

fn read(source: &Value) -> (Heard, Reading) {
    let config = SourceConfig::from_value(source).expect("a source");
    let mut heard = Heard::default();
    let reading = read_all(&config, &Limits::default(), &mut heard).expect("a reading");
    (heard, reading)
}

fn said(reading: &Reading) -> String {
    reading.notes.join("\n")
}

/// A number in an address's query.
fn number(asked: &Asked, name: &str) -> usize {
    let (_, query) = asked.path.split_once('?').unwrap_or_default();
    let value = query
        .split('&')
        .find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
    value.and_then(|value| value.parse().ok()).unwrap_or(1)
}

fn post(id: usize) -> Value {
    json!({ "id": id, "slug": format!("s{id}"), "link": format!("https://n.example/s{id}/"),
        "title": { "rendered": format!("Story {id}") }, "content": { "rendered": "<p>Words.</p>" } })
}

fn row(id: usize) -> Value {
    json!({ "id": id, "title": format!("Story {id}") })
}

/// The items of a page of `size`, of the numbers from 1 to `last`.
fn page(page: usize, size: usize, last: usize, item: fn(usize) -> Value) -> Vec<Value> {
    (1..=last)
        .skip((page - 1) * size)
        .take(size)
        .map(item)
        .collect()
}

/// Posts in a list; anything else of a WordPress is empty.
fn wordpress(posts: impl Fn(&Asked) -> Answer + Send + Sync + 'static) -> Server {
    Server::start(move |asked| {
        let stories = asked.path.contains("/wp/v2/posts") && !asked.path.contains("sticky=true");
        if stories {
            posts(asked)
        } else {
            server::json("[]")
        }
    })
}

fn totals(body: &[Value], total: usize, pages: usize) -> Answer {
    let headers = vec![
        ("X-WP-Total", total.to_string()),
        ("X-WP-TotalPages", pages.to_string()),
    ];
    Answer::Full(200, headers, json!(body).to_string().into_bytes())
}

fn mapped(server: &Server, next: &Value) -> Value {
    json!({ "kind": "mapped", "base": server.url, "map": { "id": "/id", "title": "/title" },
        "list": { "path": "/rows?page={page}", "items": "/rows", "next": next } })
}

#[test]
fn a_wordpress_without_headers_that_gives_less_than_asked_for_is_read_whole() {
    let server = wordpress(|asked| {
        let posts = page(number(asked, "page"), 20, 50, post);
        if asked.path.contains("_envelope") {
            let headers = json!({ "X-WP-Total": 50, "X-WP-TotalPages": 3 });
            let answer = json!({ "body": posts, "status": 200, "headers": headers });
            return server::json(answer.to_string());
        }
        server::json(json!(posts).to_string())
    });
    let (heard, reading) = read(&json!({ "kind": "wordpress", "url": server.url }));
    assert_eq!(heard.ids.len(), 50);
    assert_eq!(reading.total, Some(50));
}

#[test]
fn numbers_of_pages_that_contradict_the_page_are_not_believed() {
    let server = wordpress(|asked| totals(&page(number(asked, "page"), 10, 25, post), 0, 0));
    let (heard, reading) = read(&json!({ "kind": "wordpress", "url": server.url, "per_page": 10 }));
    assert_eq!(heard.ids.len(), 25);
    assert_eq!(reading.total, None, "25 of 0 stories is nonsense");
    assert!(!reading.early, "{}", said(&reading));
}

#[test]
fn a_story_that_moves_up_while_a_list_is_read_is_not_lost() {
    let gone = Arc::new(AtomicBool::new(false));
    let unpublished = gone.clone();
    let server = wordpress(move |asked| {
        let all: Vec<Value> = if unpublished.load(Ordering::SeqCst) {
            (1..=9).filter(|id| *id != 2).map(post).collect()
        } else {
            (1..=9).map(post).collect()
        };
        let at = number(asked, "page");
        // Story 2 is taken down once the first page has been read, so story 4 moves onto that page.
        unpublished.store(true, Ordering::SeqCst);
        let posts: Vec<Value> = all.iter().skip((at - 1) * 3).take(3).cloned().collect();
        totals(&posts, all.len(), all.len().div_ceil(3))
    });
    let (mut heard, reading) =
        read(&json!({ "kind": "wordpress", "url": server.url, "per_page": 3 }));
    heard.ids.sort();
    let all: Vec<String> = (1..=9).map(|id| id.to_string()).collect();
    assert_eq!(heard.ids, all, "each once");
    assert!(!reading.early, "{}", said(&reading));
}

#[test]
fn a_story_that_moves_down_is_neither_twice_there_nor_a_fault() {
    let server = Server::start(|asked| match number(asked, "page") {
        1 => server::json(json!({ "rows": [row(1), row(2)] }).to_string()),
        2 => server::json(json!({ "rows": [row(2), row(3)] }).to_string()),
        _ => server::json(json!({ "rows": [] }).to_string()),
    });
    let (heard, reading) = read(&mapped(&server, &json!({ "by": "page" })));
    assert_eq!(heard.ids, ["1", "2", "3"]);
    assert!(!reading.early, "{}", said(&reading));
}

#[test]
fn a_page_without_news_does_not_end_a_list_and_pages_without_end_do() {
    let server = Server::start(|asked| {
        let rows = match number(asked, "page") {
            at @ (1 | 2) => page(1, 2, 2 * at, row),
            3 => page(2, 2, 4, row),
            _ => Vec::new(),
        };
        server::json(json!({ "rows": rows }).to_string())
    });
    let (heard, _) = read(&mapped(&server, &json!({ "by": "page" })));
    assert_eq!(heard.ids, ["1", "2", "3", "4"]);

    let server = Server::start(|_| server::json(json!({ "rows": page(1, 2, 2, row) }).to_string()));
    let (heard, reading) = read(&mapped(&server, &json!({ "by": "page" })));
    assert_eq!(heard.ids, ["1", "2"]);
    assert!(reading.early && said(&reading).contains("brings nothing new"));
    assert_eq!(server.asked().len(), 4, "{:?}", server.asked());
}

#[test]
fn an_api_that_refuses_the_page_behind_its_last_is_read_whole() {
    for (status, told) in [(404, false), (422, true)] {
        let server = Server::start(move |asked| match number(asked, "page") {
            at @ 1..=2 => server::json(json!({ "rows": page(at, 2, 4, row) }).to_string()),
            _ => Answer::Full(status, vec![], br#"{ "detail": "Invalid page." }"#.to_vec()),
        });
        let (heard, reading) = read(&mapped(&server, &json!({ "by": "page" })));
        assert_eq!(heard.ids.len(), 4, "{status}");
        assert!(reading.incomplete.is_none(), "{status}");
        assert_eq!(said(&reading).contains("page=3 answered"), told, "{status}");
    }
    let server = Server::start(|asked| match number(asked, "page") {
        1 => server::json(json!({ "rows": page(1, 2, 4, row) }).to_string()),
        _ => Answer::Full(403, vec![], Vec::new()),
    });
    let (_, reading) = read(&mapped(&server, &json!({ "by": "page" })));
    assert!(
        reading.incomplete.is_some(),
        "a refusal of another kind is no end"
    );
}

#[test]
fn the_next_page_may_stand_in_the_link_header() {
    let server = Server::start(|asked| {
        let at = number(asked, "page");
        let links = [
            ("Link", "</about>; rel=\"author\"".to_owned()),
            (
                "Link",
                format!(
                    "</rows?page=1>; rel=first, </rows?page={}>; rel=\"next\"",
                    at + 1
                ),
            ),
        ];
        let links = links.into_iter().take(if at < 3 { 2 } else { 1 }).collect();
        Answer::Full(
            200,
            links,
            json!(page(at, 2, 5, row)).to_string().into_bytes(),
        )
    });
    for next in [
        json!({ "by": "link" }),
        json!({ "by": "link", "at": "/links/next" }),
    ] {
        let mut source = mapped(&server, &next);
        source["list"]["items"] = "".into();
        let (heard, reading) = read(&source);
        assert_eq!(heard.ids.len(), 5, "{next}");
        assert_eq!(said(&reading), "", "{next}");
    }
}

#[test]
fn a_way_on_that_is_nowhere_in_the_first_answer_is_told() {
    let lists = [
        (json!({ "rows": [row(1)] }), true),
        (json!({ "rows": [row(1)], "next": null }), false),
        (json!({ "rows": [] }), false),
    ];
    for (answer, told) in lists {
        let text = answer.to_string();
        let server = Server::start(move |_| server::json(text.clone()));
        for by in ["link", "cursor"] {
            let (_, reading) = read(&mapped(&server, &json!({ "by": by, "at": "/next" })));
            let says = said(&reading).contains("source.list.next.at");
            assert_eq!(says, told, "{by} of {answer}");
        }
    }
}

#[test]
fn graphql_is_asked_by_post_with_its_variables() {
    let server = Server::start(|asked| {
        let question: Value = serde_json::from_str(&asked.body).expect("JSON");
        assert!(asked.head.starts_with("POST /graphql "), "{}", asked.head);
        assert!(
            asked
                .head
                .to_lowercase()
                .contains("content-type: application/json")
        );
        assert!(
            question["query"]
                .as_str()
                .is_some_and(|it| it.contains("{ posts("))
        );
        let variables = &question["variables"];
        if let Some(slug) = variables["slug"].as_str() {
            let post = json!({ "id": slug, "title": "One", "text": "# Words" });
            return server::json(json!({ "data": { "post": post } }).to_string());
        }
        let (id, end) = match &variables["after"] {
            Value::Null => ("a", json!("c1")),
            Value::String(cursor) if cursor == "c1" => ("b", json!(null)),
            other => panic!("an unknown cursor: {other}"),
        };
        assert_eq!(variables["first"], 20);
        let nodes = json!([{ "id": id, "slug": id, "title": "Story" }]);
        let posts = json!({ "nodes": nodes, "pageInfo": { "endCursor": end } });
        server::json(json!({ "data": { "posts": posts } }).to_string())
    });
    let query =
        "query($first: Int, $after: String) { posts(first: $first, after: $after) { nodes } }";
    let source = json!({ "kind": "mapped", "base": format!("{}/graphql", server.url),
        "list": { "post": { "query": query, "variables": { "first": 20, "after": "{cursor}" } },
            "items": "/data/posts/nodes",
            "next": { "by": "cursor", "at": "/data/posts/pageInfo/endCursor" } },
        "one": { "post": { "query": "query($slug: ID) { posts(slug: $slug) { id } }",
            "variables": { "slug": "{slug}" } }, "item": "/data/post" },
        "map": { "id": "/id", "slug": "/slug", "title": "/title", "markdown": "/text" } });
    let (heard, reading) = read(&source);
    assert_eq!(heard.ids, ["a", "b"]);
    assert_eq!((reading.bodies, reading.without), (2, None));
}

#[test]
fn a_place_that_nobody_fills_is_no_post() {
    let with = |variables: &Value| {
        let list = json!({ "post": { "query": "{ posts { id } }", "variables": variables } });
        let source = json!({ "kind": "mapped", "base": "https://n.example", "list": list,
            "map": { "id": "/id", "title": "/title" } });
        support::refused(&source.to_string())
    };
    let said = with(&json!({ "after": "{cursr}" }));
    assert!(
        said.contains("variables.after") && said.contains("cursor"),
        "{said}"
    );
    assert!(with(&json!({ "key": ["{key}"] })).contains("source.key"));
}

#[test]
fn a_ghost_whose_paging_was_left_out_is_read_whole() {
    let server = Server::start(|asked| {
        let posts: Vec<Value> = page(number(asked, "page"), 2, 5, |id| {
            json!({ "id": id.to_string(), "slug": format!("s{id}"), "title": format!("Story {id}"),
                "url": format!("https://n.example/s{id}/"), "html": "<p>Words.</p>" })
        });
        server::json(json!({ "posts": posts }).to_string())
    });
    let source = json!({ "kind": "ghost", "url": server.url, "key": "k", "per_page": 2 });
    assert_eq!(read(&source).0.ids.len(), 5);
}

#[test]
fn a_feed_goes_on_in_its_archive() {
    let item = |id: usize| format!("<item><guid>{id}</guid><title>Story {id}</title></item>");
    let server = Server::start(move |asked| {
        let (items, archive) = match asked.path.as_str() {
            "/feed" => (item(3), "<a:link rel='prev-archive' href='/2025'/>"),
            "/2025" => (
                item(2) + &item(1),
                "<a:link rel='next-archive' href='/feed'/>",
            ),
            _ => return Answer::Full(404, vec![], Vec::new()),
        };
        let feed = format!(
            "<rss version='2.0' xmlns:a='http://www.w3.org/2005/Atom'><channel>{archive}{items}\
             </channel></rss>"
        );
        Answer::Full(
            200,
            vec![("Content-Type", "text/xml".into())],
            feed.into_bytes(),
        )
    });
    let source = json!({ "kind": "rss", "url": format!("{}/feed", server.url) });
    assert_eq!(read(&source).0.ids, ["3", "2", "1"]);
}

#[test]
fn a_list_that_shrinks_by_half_and_does_not_end_leaves_the_last_build() {
    let cached = Arc::new(AtomicBool::new(false));
    let forgets = cached.clone();
    let server = wordpress(move |asked| {
        let at = if forgets.load(Ordering::SeqCst) {
            1
        } else {
            number(asked, "page")
        };
        totals(&page(at, 2, 6, post), 6, 3)
    });
    let source = json!({ "kind": "wordpress", "url": server.url, "per_page": 2 });
    let site = Site::new(&json!({ "title": "Post", "source": source }));
    let built = site.build(&[]);
    assert!(built.ok && site.has("s6/index.html"), "{}", built.said);
    cached.store(true, Ordering::SeqCst);
    let built = site.build(&[]);
    assert!(!built.ok, "{}", built.said);
    assert!(built.said.contains("4 of the 6 stories"), "{}", built.said);
    assert!(site.has("s6/index.html"));
    // Where nothing is known yet, what came is shown, and the publisher is told.
    let fresh = Site::new(&json!({ "title": "Post", "source": source }));
    let built = fresh.build(&[]);
    assert!(
        built.ok && built.said.contains("2 of 6 stories were read"),
        "{}",
        built.said
    );
}

#[test]
fn a_site_that_keeps_its_authors_to_itself_says_so_in_a_way_that_helps() {
    let mut world = World::default().with("https://n.example/wp-json/wp/v2/posts", "[]");
    let closed = dateline::source::Response {
        status: 401,
        body: br#"{ "code": "rest_user_cannot_view", "message": "Sorry." }"#.to_vec(),
        ..Default::default()
    };
    let users = "https://n.example/wp-json/wp/v2/users?slug=ann&_fields=id";
    world = world.with_answer(users, closed);
    let source = support::open(r#"{ "kind": "wordpress", "url": "https://n.example" }"#);
    let answer = world.read(&source, Query::Author("ann".into()), None);
    assert!(
        matches!(answer, Err(SourceError::Unsupported { .. })),
        "{answer:?}"
    );
}
