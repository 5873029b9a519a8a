//! Builds that read an API: what a publisher sees, what a server is asked, what ends up in the
//! folder, and what must never be in it. The command itself runs, as on a publisher's machine.

#[path = "support/server.rs"]
mod server;
#[path = "support/site.rs"]
mod site;

use std::process::Command;

use serde_json::{Value, json};
use server::{Answer, Asked, Server};
use site::{Site, tree};

fn answer(body: &Value) -> Answer {
    server::json(body.to_string())
}

/// A page of a list with WordPress's own headers.
fn listed(body: &Value, total: usize, pages: usize) -> Answer {
    Answer::Full(
        200,
        vec![
            ("Content-Type", "application/json".into()),
            ("X-WP-Total", total.to_string()),
            ("X-WP-TotalPages", pages.to_string()),
        ],
        body.to_string().into_bytes(),
    )
}

fn post(id: usize, path: &str, title: &str, html: &str) -> Value {
    let slug = path
        .trim_end_matches('/')
        .rsplit('/')
        .next()
        .unwrap_or_default();
    json!({
        "id": id, "slug": slug, "link": format!("https://old.example{path}"),
        "date_gmt": format!("2026-11-{:02}T08:00:00", id % 28 + 1),
        "title": { "rendered": title }, "content": { "rendered": html, "protected": false },
        "excerpt": { "rendered": "<p>Short.</p>" },
    })
}

/// A small WordPress: three stories on two pages, an imprint and a page below another.
fn wordpress(asked: &Asked) -> Answer {
    let path = asked.path.as_str();
    if path.starts_with("/wp-json/wp/v2/posts") {
        if path.contains("sticky=true") {
            return listed(&json!([]), 0, 0);
        }
        let imprint = "<p>See <a href=\"https://old.example/imprint/\">who we are</a>.</p>";
        let page = match path.contains("&page=2") || path.contains("?page=2") {
            false => json!([
                post(1, "/2026/ferry/", "Ferry", imprint),
                post(2, "/2026/quay/", "Quay", "<p>Words.</p>"),
            ]),
            true => json!([post(3, "/2026/gull/", "Gull", "<p>A gull.</p>")]),
        };
        return listed(&page, 3, 2);
    }
    if path.starts_with("/wp-json/wp/v2/pages") {
        let mut locked = post(14, "/staff/", "Staff", "");
        locked["content"]["protected"] = true.into();
        let pages = json!([
            post(10, "/", "Home", "<p>Welcome.</p>"),
            post(
                11,
                "/imprint/",
                "Imprint",
                "<p>Written by us.</p><script>alert(1)</script>"
            ),
            post(12, "/about/team/", "Team", "<p>Four people.</p>"),
            post(13, "/search/", "Search", "<p>Find.</p>"),
            post(15, "/robots.txt/", "Robots", "<p>A file of ours.</p>"),
            post(16, "/about/feed.json/", "Feed", "<p>Another.</p>"),
            locked,
        ]);
        return listed(&pages, 7, 1);
    }
    match path {
        path if path.starts_with("/wp-json/?") => {
            answer(&json!({ "name": "Old Post", "description": "Since 1871.", "namespaces": [] }))
        }
        path if path.starts_with("/wp-json/wp/v2/categories") => listed(&json!([]), 0, 0),
        _ => Answer::Full(404, vec![], Vec::new()),
    }
}

fn wordpress_site(server: &Server) -> Value {
    json!({ "source": { "kind": "wordpress", "url": server.url, "per_page": 2 } })
}

#[test]
fn a_wordpress_moves_in_with_its_pages_at_their_own_addresses() {
    let server = Server::start(wordpress);
    let site = Site::new(&wordpress_site(&server));
    let built = site.build(&[]);
    assert!(built.ok, "{}", built.said);
    for file in [
        "2026/ferry/index.html",
        "2026/gull/index.html",
        "about/team/index.html",
    ] {
        assert!(site.has(file), "{file} was not written: {}", built.said);
    }
    let imprint = site.read("imprint/index.html");
    assert!(imprint.contains("Written by us.") && !imprint.contains("alert(1)"));
    assert!(imprint.contains("<title>Imprint"), "{imprint}");
    let story = site.read("2026/ferry/index.html");
    assert!(
        story.contains("<a href=\"/imprint/\">who we are</a>"),
        "a link to a page of the site"
    );
    assert!(
        story.contains("<a href=\"/imprint/\">Imprint</a>"),
        "the foot leads to it"
    );
    for (page, why) in [
        ("Home", "front page"),
        ("Search", "Dateline's own"),
        ("Robots", "Dateline's own"),
        ("Feed", "Dateline's own"),
        ("Staff", "password"),
    ] {
        let line = built
            .said
            .lines()
            .find(|line| line.contains(&format!("page \"{page}\"")));
        assert!(
            line.is_some_and(|line| line.contains(why)),
            "{page}: {}",
            built.said
        );
    }
    assert!(
        site.read("index.html").contains("Old Post"),
        "the title comes along"
    );
}

#[test]
fn a_build_tells_how_far_it_is_and_why_it_waits() {
    let server = Server::start(|asked| {
        let second = asked.path.contains("posts") && asked.path.contains("&page=2");
        if second && asked.before == 0 {
            return Answer::Full(429, vec![("Retry-After", "1".into())], Vec::new());
        }
        wordpress(asked)
    });
    let site = Site::new(&wordpress_site(&server));
    let begun = std::time::Instant::now();
    let built = site.build(&[]);
    assert!(built.ok, "{}", built.said);
    assert!(
        begun.elapsed() >= std::time::Duration::from_secs(1),
        "it waits as it is told"
    );
    assert!(
        built.said.contains("1 page read, 2 of 3 stories"),
        "{}",
        built.said
    );
    assert!(
        built.said.contains("2 pages read, 3 of 3 stories"),
        "{}",
        built.said
    );
    let wait = built
        .said
        .lines()
        .find(|line| line.contains("answered 429"));
    assert!(
        wait.is_some_and(|line| line.contains("asking again in 1 s")),
        "{}",
        built.said
    );
}

#[test]
fn a_source_that_fails_ends_the_build_with_its_reason_and_the_last_site_in_place() {
    let fail = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false));
    let now = fail.clone();
    let server = Server::start(move |asked| {
        let failing = now.load(std::sync::atomic::Ordering::SeqCst);
        if failing && (asked.path.contains("&page=2") || asked.path.contains("/pages")) {
            return Answer::Full(500, vec![], b"oops".to_vec());
        }
        wordpress(asked)
    });
    let site = Site::new(&wordpress_site(&server));
    assert!(site.build(&[]).ok);
    let before = tree(&site.path("out"));
    fail.store(true, std::sync::atomic::Ordering::SeqCst);
    let built = site.build(&[]);
    assert!(!built.ok);
    assert!(
        built.said.contains("answered 500") && built.said.contains("after 2 stories"),
        "{}",
        built.said
    );
    assert!(
        tree(&site.path("out")) == before,
        "half a site replaces no whole one"
    );
    let nobody = json!({ "source": { "kind": "ghost", "url": "http://127.0.0.1:9", "key": "k" } });
    site.configure(&nobody);
    let built = site.build(&[]);
    assert!(
        !built.ok && built.said.contains("127.0.0.1:9"),
        "{}",
        built.said
    );
    assert!(tree(&site.path("out")) == before);
}

#[test]
fn two_stories_on_one_path_are_named_and_the_first_is_kept() {
    let server = Server::start(|asked| {
        if asked.path.starts_with("/wp-json/wp/v2/posts") && !asked.path.contains("sticky=true") {
            let twice = json!([
                post(12, "/2026/ferry/", "Ferry again", "<p>Second.</p>"),
                post(7, "/2026/ferry/", "Ferry", "<p>First.</p>"),
            ]);
            return listed(&twice, 2, 1);
        }
        wordpress(asked)
    });
    let site = Site::new(&wordpress_site(&server));
    let built = site.build(&[]);
    assert!(built.ok, "{}", built.said);
    let said = built
        .said
        .lines()
        .find(|line| line.contains("skipped 12"))
        .unwrap_or_default();
    assert!(
        said.contains("story 7") && said.contains("/2026/ferry/"),
        "{}",
        built.said
    );
    assert!(said.contains("permalink"), "a remedy: {said}");
    assert!(site.read("2026/ferry/index.html").contains("First."));
    let check = Command::new(env!("CARGO_BIN_EXE_dateline"))
        .args(["check", "--site"])
        .arg(site.path("site.json"))
        .output()
        .expect("the command");
    let said = String::from_utf8_lossy(&check.stdout);
    assert_eq!(check.status.code(), Some(1), "{said}");
    assert!(
        said.contains("(id 12)") && said.contains("(id 7)"),
        "{said}"
    );
}

#[test]
fn stories_that_are_only_links_lead_to_their_publisher_and_have_no_page() {
    let server = Server::start(|_| {
        answer(&json!([
            { "id": 1, "t": "Elsewhere", "u": "https://other.example/a", "d": "2026-11-20T08:00:00Z" },
            { "id": 2, "t": "Here", "u": "https://other.example/b", "d": "2026-11-19T08:00:00Z", "b": "<p>Words.</p>" },
        ]))
    });
    let site = Site::new(
        &json!({ "url": "https://new.example/", "permalink": "/story/{id}/", "source": {
        "kind": "mapped", "base": server.url, "list": { "path": "/list" },
        "map": { "id": "/id", "title": "/t", "url": "/u", "published": "/d", "html": "/b" } } }),
    );
    let built = site.build(&[]);
    assert!(built.ok, "{}", built.said);
    let front = site.read("index.html");
    assert!(front.contains("<a href=\"https://other.example/a\" class=\"card-link\""));
    assert!(front.contains("<a href=\"/story/2/\" class=\"card-link\""));
    assert!(!site.has("story/1/index.html"), "no page without words");
    assert!(site.has("story/2/index.html"));
    assert!(!site.read("sitemap.xml").contains("/story/1/"));
}

/// What no file, line or report may hold: characters that every spelling changes differently.
const SECRET: &str = "s3cr3t&\"value/42";
/// The same as a request's address spells it.
const ENCODED: &str = "s3cr3t%26%22value%2F42";
/// What every spelling of it has in common.
const TRACE: &str = "s3cr3t";

/// A source that repeats what it was asked with wherever a story has room for it.
fn echo(asked: &Asked) -> String {
    let header = asked
        .head
        .lines()
        .find(|line| line.to_lowercase().starts_with("x-key:"));
    let header = header
        .and_then(|line| line.split_once(": "))
        .map_or("", |(_, value)| value);
    format!("{} {header} {SECRET}", asked.path)
}

fn ghost(asked: &Asked) -> Value {
    let echo = echo(asked);
    let link = format!("https://old.example/one/?key={ENCODED}");
    let post = json!({
        "id": "1", "slug": "one", "url": link, "title": echo, "feature_image": link,
        "html": format!("<p>{echo}</p><p><a href=\"{link}\">next</a></p>"),
        "primary_author": { "name": echo }, "authors": [{ "name": echo, "slug": "a" }],
        "published_at": "2026-11-01T08:00:00Z", "tags": [{ "name": echo, "slug": "t" }],
    });
    match asked.path.as_str() {
        path if path.contains("/settings/") => {
            json!({ "settings": { "title": echo, "description": link } })
        }
        path if path.contains("/pages/") => {
            json!({ "pages": [{ "id": "9", "slug": "imprint", "title": echo, "html": echo,
                "url": "https://old.example/imprint/" }] })
        }
        path if path.contains("/tags/") => json!({ "tags": [] }),
        _ => json!({ "posts": [post, { "title": echo }],
            "meta": { "pagination": { "page": 1, "next": null } } }),
    }
}

fn guardian(asked: &Asked) -> Value {
    let echo = echo(asked);
    json!({ "response": { "status": "ok", "total": 1, "pages": 1, "currentPage": 1, "results": [{
        "id": "world/one", "webTitle": echo, "webUrl": format!("https://g.example/one?k={ENCODED}"),
        "apiUrl": format!("https://api.example/one?api-key={ENCODED}"), "sectionId": "world",
        "sectionName": echo, "webPublicationDate": "2026-11-01T08:00:00Z",
        "fields": { "body": format!("<p>{echo}</p>"), "trailText": echo },
    }] } })
}

fn mapped(asked: &Asked) -> Value {
    let echo = echo(asked);
    json!([{ "id": 1, "t": echo, "b": format!("<p>{echo}</p>"), "i": format!("/p.png?{ENCODED}") }])
}

/// A source of each kind that needs a key, and its configuration.
type Keyed = (&'static str, fn(&Asked) -> Value, fn(&str) -> Value);

const KEYED: [Keyed; 3] = [
    (
        "ghost",
        ghost,
        |url| json!({ "kind": "ghost", "url": url, "key": { "env": "TEST_KEY" } }),
    ),
    (
        "guardian",
        guardian,
        |url| json!({ "kind": "guardian", "url": url, "key": { "env": "TEST_KEY" } }),
    ),
    ("mapped", mapped, |url| {
        json!({ "kind": "mapped", "base": url, "headers": { "X-Key": { "env": "TEST_KEY" } },
            "list": { "path": "/list" },
            "map": { "id": "/id", "title": "/t", "html": "/b", "image": "/i" } })
    }),
];

fn silent(named: &str, text: &str) {
    let at = text.find(TRACE);
    let around = at.map(|at| {
        text[at.saturating_sub(60)..]
            .chars()
            .take(120)
            .collect::<String>()
    });
    assert_eq!(around, None, "{named} holds the secret");
}

#[test]
fn no_file_line_or_report_holds_a_secret_though_the_server_repeats_it() {
    for (kind, story, source) in KEYED {
        let server = Server::start(move |asked| {
            let known = asked.path.contains(TRACE) || asked.head.contains(TRACE);
            assert!(known, "{kind} is asked without its key: {}", asked.head);
            answer(&story(asked))
        });
        let site = Site::new(&json!({ "source": source(&server.url) }));
        let built = site.build(&[("TEST_KEY", SECRET)]);
        assert!(built.ok, "{kind}: {}", built.said);
        silent(kind, &built.said);
        let files = tree(&site.path("out"));
        assert!(
            files
                .keys()
                .any(|name| name.ends_with("index.html") && name.contains("one"))
                || files.keys().any(|name| name.starts_with("article/")),
            "{kind}: {files:?}",
            files = files.keys()
        );
        for (name, bytes) in files.iter().chain(&tree(&site.path("cache"))) {
            silent(&format!("{kind}: {name}"), name);
            silent(&format!("{kind}: {name}"), &String::from_utf8_lossy(bytes));
        }
        for format in [&["check"][..], &["check", "--json"]] {
            let check = Command::new(env!("CARGO_BIN_EXE_dateline"))
                .args(format)
                .arg("--site")
                .arg(site.path("site.json"))
                .env("TEST_KEY", SECRET)
                .output()
                .expect("the command");
            silent(
                kind,
                &String::from_utf8_lossy(&[check.stdout, check.stderr].concat()),
            );
        }
    }
}

#[test]
fn no_complaint_of_a_server_leads_a_secret_into_an_error() {
    type Complaint = fn(String) -> Answer;
    let complaints: [(&str, Complaint); 6] = [
        ("401", |echo| {
            Answer::Full(
                401,
                vec![],
                json!({ "message": echo,
            "errors": [{ "message": echo }], "response": { "message": echo } })
                .to_string()
                .into(),
            )
        }),
        ("500", |echo| Answer::Full(500, vec![], echo.into())),
        ("an error object", |echo| {
            answer(&json!({ "code": echo, "message": echo,
            "errors": [{ "message": echo }], "response": { "status": "error", "message": echo } }))
        }),
        ("broken JSON", |echo| server::json(format!("{{ \"{echo}"))),
        ("another shape", |echo| {
            answer(&json!({ echo.clone(): [echo] }))
        }),
        ("a loop", |echo| {
            Answer::Full(
                302,
                vec![("Location", format!("/x?k={}", echo.replace([' ', '"'], "")))],
                vec![],
            )
        }),
    ];
    for (kind, _, source) in KEYED {
        for (complaint, answers) in complaints {
            let server = Server::start(move |asked| answers(echo(asked)));
            let site = Site::new(&json!({ "source": source(&server.url) }));
            let built = site.build(&[("TEST_KEY", SECRET)]);
            assert!(!built.ok, "{kind}, {complaint}: {}", built.said);
            assert!(
                built.said.contains("127.0.0.1"),
                "{kind}, {complaint}: {}",
                built.said
            );
            silent(&format!("{kind}, {complaint}"), &built.said);
            assert!(!site.has("index.html"));
        }
    }
}

#[test]
fn a_moment_that_is_none_is_an_error_and_not_today() {
    let output = Command::new(env!("CARGO_BIN_EXE_dateline"))
        .args(["prerender", "--app", "nowhere", "--now", "yesterday"])
        .output()
        .expect("the command");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        !output.status.success() && said.contains("--now yesterday"),
        "{said}"
    );
}

/// A picture that compresses badly enough for its smaller versions to be worth having.
fn png(width: u32, height: u32) -> Vec<u8> {
    let picture = image::RgbImage::from_fn(width, height, |x, y| {
        image::Rgb([
            (x * 7 % 256) as u8,
            (y * 5 % 256) as u8,
            ((x ^ y) % 256) as u8,
        ])
    });
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture
        .write_to(&mut bytes, image::ImageFormat::Png)
        .expect("a picture");
    bytes.into_inner()
}

/// A feed with a picture at the head, one in the text and an author's, each at a base address.
fn illustrated(own: &str, other: &str) -> Value {
    json!({ "version": "https://jsonfeed.org/version/1.1", "title": "Pictures", "items": [{
        "id": "1", "title": "Quay", "image": format!("{own}/lead.png"),
        "url": "https://old.example/quay/",
        "content_html": format!("<p>Words.</p><p><img src=\"{own}/inside.png\" alt=\"\"></p>\
            <p><img src=\"{other}/far.png\" alt=\"\"></p>"),
        "authors": [{ "name": "Ada", "avatar": format!("{other}/ada.png") },
            { "name": "Bo", "avatar": format!("{other}/none.png") }],
    }] })
}

#[test]
fn pictures_of_the_source_get_versions_and_authors_are_copied() {
    let far = Server::start(|asked| match asked.path.as_str() {
        "/far.png" | "/ada.png" => Answer::Full(200, vec![], png(400, 400)),
        _ => Answer::Full(404, vec![], Vec::new()),
    });
    let other = far.url.clone();
    let near = Server::start(move |asked| match asked.path.as_str() {
        "/feed.json" => {
            let host = asked
                .head
                .lines()
                .find_map(|line| line.strip_prefix("host: "));
            answer(&illustrated(
                &format!("http://{}", host.expect("a host")),
                &other,
            ))
        }
        _ => Answer::Full(200, vec![], png(800, 600)),
    });
    let configured = |remote: Option<bool>| {
        let mut site = json!({ "source": { "url": format!("{}/feed.json", near.url) } });
        if let Some(remote) = remote {
            site["pictures"] = json!({ "remote": remote });
        }
        site
    };
    let site = Site::new(&configured(None));
    let built = site.build(&[]);
    assert!(built.ok, "{}", built.said);
    let page = site.read("article/quay/index.html");
    let webp = tree(&site.path("out/assets"))
        .into_keys()
        .filter(|name| name.ends_with(".webp"));
    // 360 and 720 of the two near ones, which are the same picture, and the author's.
    assert_eq!(webp.count(), 3, "{}", built.said);
    assert!(
        page.matches("width=\"800\" height=\"600\"").count() >= 2,
        "sizes are known"
    );
    assert!(page.contains("-360.webp 360w") && page.contains("-720.webp 720w"));
    let (ada, bo) = (
        site.read("author/ada/index.html"),
        site.read("author/bo/index.html"),
    );
    assert!(
        ada.contains("-144.webp"),
        "the author's picture is the site's own"
    );
    assert!(!ada.contains("ada.png"));
    assert!(
        !bo.contains("none.png"),
        "one that is not there is not asked for by readers"
    );
    assert!(
        page.contains(&format!("{}/far.png", far.url)),
        "a foreign picture stays where it is"
    );
    assert_eq!(far.asked(), ["/ada.png", "/none.png"]);

    let asked = near.asked().len();
    let built = site.build(&[]);
    assert!(built.said.contains("Wrote 0 of"), "{}", built.said);
    assert_eq!(
        near.asked().len(),
        asked + 1,
        "only the feed is asked for again"
    );

    site.configure(&configured(Some(true)));
    assert!(site.build(&[]).ok);
    assert!(far.asked().contains(&"/far.png".to_owned()));
    assert!(
        site.read("article/quay/index.html")
            .contains("width=\"400\" height=\"400\"")
    );

    site.configure(&configured(Some(false)));
    assert!(site.build(&[]).ok);
    let page = site.read("article/quay/index.html");
    assert!(!page.contains(".webp") && page.contains("/lead.png"));
    assert!(site.read("author/ada/index.html").contains("/ada.png"));
}

#[test]
fn a_host_without_pictures_is_soon_left_alone() {
    let server = Server::start(|asked| {
        if asked.path != "/feed.json" {
            return Answer::Full(500, vec![], Vec::new());
        }
        let host = asked
            .head
            .lines()
            .find_map(|line| line.strip_prefix("host: "));
        let host = host.expect("a host").to_owned();
        let items: Vec<Value> = (0..20)
            .map(|n| {
                json!({ "id": n, "title": format!("Story {n}"), "content_text": "x",
                "image": format!("http://{host}/{n}.png") })
            })
            .collect();
        answer(&json!({ "version": "https://jsonfeed.org/version/1.1", "items": items }))
    });
    let site = Site::new(&json!({ "source": { "url": format!("{}/feed.json", server.url) } }));
    let built = site.build(&[]);
    assert!(built.ok, "{}", built.said);
    assert!(
        built.said.contains("not asked again in this build"),
        "{}",
        built.said
    );
    let pictures = server
        .asked()
        .iter()
        .filter(|path| path.ends_with(".png"))
        .count();
    assert!((3..=6).contains(&pictures), "{pictures} requests");
    assert!(
        site.read("article/story-7/index.html").contains("/7.png"),
        "the page has the original"
    );
}

#[test]
fn a_next_page_on_another_host_is_asked_without_the_key() {
    let other = Server::start(|asked| {
        assert!(!asked.head.contains(TRACE), "{}", asked.head);
        answer(&json!({ "rows": [{ "id": 2, "t": "Two", "b": "x" }] }))
    });
    let next = format!("{}/page-2", other.url);
    let server = Server::start(move |asked| {
        assert!(asked.head.contains(TRACE), "the API itself needs its key");
        answer(&json!({ "rows": [{ "id": 1, "t": "One", "b": "x" }], "next": next }))
    });
    let site = Site::new(&json!({ "source": { "kind": "mapped", "base": server.url,
        "headers": { "X-Key": { "env": "TEST_KEY" } },
        "list": { "path": "/list", "items": "/rows", "next": { "by": "link", "at": "/next" } },
        "map": { "id": "/id", "title": "/t", "html": "/b" } } }));
    let built = site.build(&[("TEST_KEY", SECRET)]);
    assert!(built.ok, "{}", built.said);
    assert!(site.has("article/two/index.html") && other.asked().len() == 1);
}
