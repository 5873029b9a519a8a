//! The prerenderer as a publisher meets it: a folder goes in, a whole site comes out, the same one
//! every time, and nothing of it lies outside the folder it was asked to fill.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use dateline::model::{Instant, SiteConfig};
use dateline::prerender::{self, Options, Report, Why};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tempfile::TempDir;

/// A newsroom in a temporary folder.
struct Newsroom {
    root: TempDir,
    base: &'static str,
}

impl Newsroom {
    fn new() -> Self {
        let newsroom = Self {
            root: tempfile::tempdir().expect("a temporary folder"),
            base: "/",
        };
        let site = newsroom.path("site");
        for folder in ["pages", "pictures"] {
            fs::create_dir_all(site.join(folder)).expect("folders");
        }
        fs::create_dir_all(newsroom.path("app")).expect("folders");
        newsroom.bundle("1111");
        let picture = image::RgbImage::from_fn(900, 600, |x, y| {
            image::Rgb([
                (x * 7 % 256) as u8,
                (y * 5 % 256) as u8,
                ((x ^ y) % 256) as u8,
            ])
        });
        picture
            .save(site.join("pictures/quay.png"))
            .expect("a picture");
        fs::write(site.join("secret.json"), "{}").expect("a file");
        fs::write(site.join("pictures/unused.png"), "x").expect("a file");
        let about = "<h1>About &amp; us</h1><p>See <a href=\"/article/ferry/\">the ferry</a>.</p>\
                     <script>alert(1)</script>";
        fs::write(site.join("pages/about.html"), about).expect("a page");
        newsroom.configure(|_| {});
        newsroom.publish(&stories());
        newsroom
    }

    fn path(&self, name: &str) -> PathBuf {
        self.root.path().join(name)
    }

    /// What Trunk would have built.
    fn bundle(&self, hash: &str) {
        let app = self.path("app");
        fs::remove_dir_all(&app).expect("the app folder");
        for folder in ["bundles", "embed"] {
            fs::create_dir_all(app.join(folder)).expect("the app folder");
        }
        for name in [
            "bundles/app",
            "bundles/desk",
            "embed/widget",
            &format!("press-{hash}"),
        ] {
            fs::write(app.join(format!("{name}.js")), hash).expect("a bundle");
            fs::write(app.join(format!("{name}_bg.wasm")), hash).expect("a bundle");
        }
    }

    fn configure(&self, change: impl FnOnce(&mut Value)) {
        let mut site = json!({
            "title": "The Post", "description": "News.", "url": "https://post.example",
            "language": "en-GB", "source": { "kind": "jsonfeed", "url": "feed.json" },
            "pages": "pages/", "redirects": { "/old/": "/article/ferry/" }, "page_size": 2,
        });
        change(&mut site);
        fs::write(self.path("site/site.json"), site.to_string()).expect("site.json");
    }

    fn publish(&self, items: &[Value]) {
        let feed = json!({
            "version": "https://jsonfeed.org/version/1.1", "title": "The Post", "items": items,
        });
        fs::write(self.path("site/feed.json"), feed.to_string()).expect("feed.json");
    }

    fn build(&self) -> Report {
        self.build_into("out").expect("a build")
    }

    fn build_into(&self, out: &str) -> anyhow::Result<Report> {
        self.build_at(out, "2026-11-23T10:00:00Z")
    }

    fn build_at(&self, out: &str, now: &str) -> anyhow::Result<Report> {
        prerender::run(&Options {
            app: self.path("app"),
            site: self.path("site/site.json"),
            out: self.path(out),
            base: self.base.into(),
            now: Instant::parse(now),
        })
    }

    fn read(&self, file: &str) -> String {
        fs::read_to_string(self.path("out").join(file))
            .unwrap_or_else(|error| panic!("{file}: {error}"))
    }

    fn json(&self, file: &str) -> Value {
        serde_json::from_str(&self.read(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
    }

    fn has(&self, file: &str) -> bool {
        self.path("out").join(file).is_file()
    }
}

fn stories() -> Vec<Value> {
    vec![
        json!({
            "id": "1", "url": "https://post.example/article/ferry/", "title": "Ferry & <b>bridge",
            "content_html": "<p>It went to <a href=\"https://post.example/article/quay/#top\">the \
                quay</a> and <a href=\"https://elsewhere.example/\">away</a>.</p>\
                <p><img src=\"/pictures/quay.png\" alt=\"A quay\"></p>",
            "summary": "A </script><script>alert(1)</script> summary", "image": "/pictures/quay.png",
            "date_published": "2026-11-23T08:00:00Z", "tags": ["Sea", "Ships"],
            "authors": [{ "name": "Ada Quill" }], "_dateline": { "section": "harbour/ferries" },
        }),
        json!({
            "id": "2", "url": "https://post.example/article/quay/", "title": "Quay",
            "content_html": "<p>Words about the quay.</p>", "tags": ["Sea"],
            "date_published": "2026-11-22T08:00:00Z", "authors": [{ "name": "Ada Quill" }],
            "_dateline": { "section": "harbour" },
        }),
        json!({
            "id": "3", "url": "https://post.example/article/gull/", "title": "Gull",
            "content_html": "<p>A gull.</p>", "date_published": "2026-10-01T08:00:00Z",
            "_dateline": { "section": "harbour" },
        }),
        json!({
            "id": "4", "url": "https://post.example/article/tide/", "title": "Tide",
            "content_html": "<p>High.</p>", "date_published": "2025-10-01T08:00:00Z",
        }),
    ]
}

/// Every file of a folder with its bytes.
fn tree(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(root).expect("a path below the root");
                let bytes = fs::read(&path).expect("a file");
                files.insert(name.to_string_lossy().into_owned(), bytes);
            }
        }
    }
    files
}

fn well_formed(name: &str, text: &str) {
    let mut reader = quick_xml::Reader::from_str(text);
    reader.config_mut().check_end_names = true;
    let mut depth = 0_i32;
    loop {
        match reader.read_event() {
            Ok(quick_xml::events::Event::Start(_)) => depth += 1,
            Ok(quick_xml::events::Event::End(_)) => depth -= 1,
            Ok(quick_xml::events::Event::Eof) => break,
            Ok(_) => {}
            Err(error) => panic!("{name} at {}: {error}", reader.error_position()),
        }
    }
    assert_eq!(depth, 0, "{name} ends inside an element");
}

#[test]
fn every_route_is_a_file() {
    let newsroom = Newsroom::new();
    newsroom.build();
    for file in [
        "index.html",
        "page/2/index.html",
        "category/harbour/index.html",
        "category/harbour/page/2/index.html",
        "category/harbour/ferries/index.html",
        "tag/sea/index.html",
        "author/ada-quill/index.html",
        "article/ferry/index.html",
        "about/index.html",
        "search/index.html",
        "saved/index.html",
        "drafts/index.html",
        "archive/index.html",
        "archive/2026/index.html",
        "archive/2026/11/index.html",
        "embed/index.html",
        "shell.html",
        "404.html",
        "feed.json",
        "rss.xml",
        "atom.xml",
        "category/harbour/feed.json",
        "category/harbour/rss.xml",
        "category/harbour/atom.xml",
        "sitemap.xml",
        "sitemap-1.xml",
        "sitemap-news.xml",
        "robots.txt",
        "manifest.webmanifest",
        "_headers",
        "_redirects",
        "nginx.conf",
        ".nojekyll",
        "data/latest.json",
        "site.json",
        "withdrawn.json",
        "embed/latest.json",
        "embed/harbour.json",
        "embed/latest.html",
        "old/index.html",
        "pictures/quay.png",
    ] {
        assert!(newsroom.has(file), "{file} was not written");
    }
    assert!(!newsroom.has("pictures/unused.png"), "nothing refers to it");
    assert!(
        !newsroom.has("secret.json"),
        "configuration is not published"
    );
}

#[test]
fn a_story_says_in_its_head_what_others_read_of_it() {
    let newsroom = Newsroom::new();
    newsroom.build();
    let page = newsroom.read("article/ferry/index.html");
    for part in [
        "<html lang=\"en-GB\" dir=\"ltr\">",
        "rel=\"canonical\" href=\"https://post.example/article/ferry/\"",
        "property=\"og:image\" content=\"https://post.example/pictures/quay.png\"",
        "property=\"og:image:width\" content=\"900\"",
        "property=\"article:published_time\" content=\"2026-11-23T08:00:00Z\"",
        "name=\"twitter:card\" content=\"summary_large_image\"",
        "rel=\"preload\" as=\"image\" fetchpriority=\"high\"",
        "rel=\"modulepreload\"",
    ] {
        assert!(page.contains(part), "the head lacks {part}");
    }
    let from = page
        .find("application/ld+json\">")
        .expect("structured data")
        + 21;
    let text = &page[from..from + page[from..].find("</script>").expect("an end")];
    let graph: Value = serde_json::from_str(text).expect("JSON-LD");
    let nodes = graph["@graph"].as_array().expect("a graph");
    let article = &nodes[0];
    assert_eq!(article["@type"], "NewsArticle");
    assert_eq!(article["headline"], "Ferry & <b>bridge");
    assert_eq!(article["author"][0]["name"], "Ada Quill");
    assert_eq!(article["isAccessibleForFree"], true);
    assert_eq!(article["image"][0]["width"], 900);
    assert!(nodes.iter().any(|node| node["@type"] == "BreadcrumbList"));
    assert!(newsroom.read("index.html").contains("SearchAction"));
    assert!(!page.contains("<script>alert(1)"), "texts end no script");
}

#[test]
fn a_link_means_the_story_that_its_query_names_and_no_other() {
    let newsroom = Newsroom::new();
    let links = [
        "/article.php?id=1",
        "/article.php?utm_source=x&id=2#end",
        "/article.php?id=3",
        "/article.php",
        "/slow/?utm_medium=mail",
        "/slow/?download=report.pdf",
        "/#/post/1",
        "/#/post/2",
    ];
    let to = |path: &str| format!("https://old.example{path}");
    let html: String = links
        .iter()
        .map(|it| format!("<p><a href=\"{}\">x</a></p>", to(it)))
        .collect();
    let own = "<p><a href=\"https://post.example/search/?q=ferry\">y</a></p>";
    let text = [html.as_str(), own].concat();
    let story = |id: &str, path: &str, title: &str| json!({ "id": id, "url": to(path), "title": title, "content_html": text });
    newsroom.publish(&[
        story("a", "/article.php?id=1", "One"),
        story("b", "/article.php?id=2", "Two"),
        story("c", "/slow/", "Slow"),
        story("d", "/#/post/1", "Hash"),
    ]);
    newsroom.build();
    let page = newsroom.read("article/slow/index.html");
    let body = &page[page.find("class=\"body\"").expect("a body")..];
    let leads = |href: &str| assert!(body.contains(&format!("href=\"{href}\"")), "{href}: {body}");
    for href in [
        "/article/one/",
        "/article/two/#end",
        "/article/slow/",
        "/article/hash/",
    ] {
        leads(href);
    }
    for there in [2, 3, 5, 7] {
        leads(&to(links[there]));
    }
    leads("/search/?q=ferry");
}

#[test]
fn without_pretty_permalinks_in_a_folder_no_story_takes_anothers_address() {
    let newsroom = Newsroom::new();
    newsroom.configure(|site| site["permalink"] = "source".into());
    let items: Vec<_> = ["One", "Two", "Three"]
        .iter()
        .zip(1..)
        .map(|(title, n)| {
            json!({ "id": n, "url": format!("https://old.example/blog/?p={n}"), "title": title,
                    "content_html": "<p>x</p>" })
        })
        .collect();
    newsroom.publish(&items);
    newsroom.build();
    for slug in ["one", "two", "three"] {
        assert!(newsroom.has(&format!("story/{slug}/index.html")), "{slug}");
    }
}

#[test]
fn links_and_pictures_of_a_body_belong_to_the_site() {
    let newsroom = Newsroom::new();
    newsroom.build();
    let page = newsroom.read("article/ferry/index.html");
    assert!(page.contains("<a href=\"/article/quay/#top\">"), "{page}");
    assert!(page.contains("href=\"https://elsewhere.example/\" rel="));
    assert!(
        newsroom
            .read("about/index.html")
            .contains("<a href=\"/article/ferry/\">")
    );
    assert!(!newsroom.read("about/index.html").contains("alert(1)"));
    let webp: Vec<String> = tree(&newsroom.path("out/assets"))
        .into_keys()
        .filter(|name| name.ends_with(".webp"))
        .collect();
    assert_eq!(
        webp.len(),
        2,
        "a picture 900 wide has versions of 360 and 720: {webp:?}"
    );
    for name in &webp {
        assert!(page.contains(name.as_str()), "{name} is not offered");
    }
    assert!(page.contains("width=\"900\" height=\"600\""));
}

#[test]
fn feeds_and_sitemaps_are_well_formed_and_absolute() {
    let newsroom = Newsroom::new();
    newsroom.build();
    for (name, bytes) in tree(&newsroom.path("out")) {
        let text = String::from_utf8_lossy(&bytes);
        if name.ends_with(".xml") {
            well_formed(&name, &text);
        } else if name.ends_with(".json") || name.ends_with(".webmanifest") {
            serde_json::from_str::<Value>(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        }
    }
    let feed = newsroom.json("feed.json");
    assert_eq!(
        feed["items"][0]["url"],
        "https://post.example/article/ferry/"
    );
    let html = feed["items"][0]["content_html"].as_str().expect("a text");
    assert!(
        html.contains("src=\"https://post.example/pictures/quay.png\""),
        "{html}"
    );
    let news = newsroom.read("sitemap-news.xml");
    assert!(news.contains("/article/quay/") && !news.contains("/article/gull/"));
    assert!(newsroom.read("sitemap-1.xml").contains("/article/tide/"));
    assert!(
        newsroom
            .read("robots.txt")
            .contains("https://post.example/sitemap.xml")
    );
}

#[test]
fn small_files_stay_small_and_name_what_is_new() {
    let newsroom = Newsroom::new();
    let many: Vec<Value> = (0..60)
        .map(|n| {
            json!({
                "id": n.to_string(), "url": format!("https://post.example/article/story-{n}/"),
                "title": format!("Story {n} with a headline of quite ordinary length, as they are"),
                "content_html": "<p>Words, and more of them.</p>".repeat(20),
                "date_published": "2026-11-23T08:00:00Z",
            })
        })
        .collect();
    newsroom.publish(&many);
    newsroom.build();
    assert!(newsroom.read("data/latest.json").len() <= 2048);
    assert!(newsroom.read("embed/latest.json").len() <= 6 * 1024);
    assert_eq!(
        newsroom.json("feed.json")["items"].as_array().map(Vec::len),
        Some(50)
    );
    let latest = newsroom.json("data/latest.json");
    assert_eq!(latest["stories"][0]["href"], "/article/story-0/");
}

#[test]
fn the_same_input_gives_the_same_bytes_and_a_second_build_writes_nothing() {
    let newsroom = Newsroom::new();
    newsroom.build();
    newsroom.build_into("twin").expect("a build");
    assert!(tree(&newsroom.path("out")) == tree(&newsroom.path("twin")));
    let again = newsroom.build();
    assert_eq!(again.changes, []);
}

#[test]
fn a_changed_story_changes_its_own_pages_only() {
    let newsroom = Newsroom::new();
    newsroom.build();
    let before = tree(&newsroom.path("out"));
    let mut items = stories();
    items[3]["content_html"] = "<p>Low, as it turned out.</p>".into();
    items[3]["summary"] = "High.".into();
    newsroom.publish(&items);
    let report = newsroom.build();
    let after = tree(&newsroom.path("out"));
    let differing: Vec<String> = after
        .iter()
        .filter(|(name, bytes)| before.get(*name) != Some(bytes) && *name != "data/manifest.txt")
        .map(|(name, _)| name.clone())
        .collect();
    let written: Vec<&str> = report.written().collect();
    assert_eq!(written, differing, "exactly what differs is written");
    assert_eq!(report.why("article/tide/index.html"), Some(Why::Text));
    assert_eq!(report.why("rss.xml"), Some(Why::Bytes));
    assert_eq!(report.why("about/index.html"), None);
}

#[test]
fn a_build_says_why_it_wrote_each_file() {
    let newsroom = Newsroom::new();
    assert!(newsroom.build().first);
    let mut items = stories();
    items[1]["title"] = "Quay, again".into();
    items.push(
        json!({ "id": "5", "title": "Eel", "content_html": "<p>An eel.</p>",
        "date_published": "2026-11-23T09:00:00Z" }),
    );
    items.remove(2);
    newsroom.publish(&items);
    let report = newsroom.build();
    for (file, why) in [
        ("article/eel/index.html", Some(Why::New)),
        ("article/quay/index.html", Some(Why::Data)),
        ("article/gull/index.html", Some(Why::Removed)),
        ("index.html", Some(Why::Data)),
        ("search/index.html", Some(Why::Data)),
        ("saved/index.html", None),
    ] {
        assert_eq!(report.why(file), why, "{file}");
    }
    newsroom.configure(|site| site["description"] = "Other news.".into());
    let report = newsroom.build();
    assert_eq!(report.why("saved/index.html"), Some(Why::Site));
    newsroom.configure(|site| {
        site["description"] = "Other news.".into();
        site["newsletter"] = json!({ "title": "T", "text": "t", "action": "/join" });
    });
    newsroom.build();
    newsroom.bundle("2222");
    let report = newsroom.build();
    assert_eq!(report.why("saved/index.html"), Some(Why::Look));
    newsroom.build();
    fs::write(newsroom.path("out/about/index.html"), "cut off").expect("a file");
    let report = newsroom.build();
    assert_eq!(
        report.by_reason().into_keys().collect::<Vec<_>>(),
        [Why::Lost]
    );
    assert_eq!(report.why("about/index.html"), Some(Why::Lost));
}

#[test]
fn a_story_of_tomorrow_has_a_date_and_one_without_a_date_none() {
    let newsroom = Newsroom::new();
    let mut items = stories();
    items[1]["date_published"] = "2031-02-03T08:00:00Z".into();
    items[2]["date_published"] = "soon".into();
    newsroom.publish(&items);
    newsroom.build();
    let tomorrow = newsroom.read("article/quay/index.html");
    assert!(tomorrow.contains("datetime=\"2031-02-03T08:00:00Z\""));
    assert!(tomorrow.contains(">3 February 2031<") || tomorrow.contains(">February 3, 2031<"));
    let undated = newsroom.read("article/gull/index.html");
    let head = undated.split("data-opaque").next().unwrap_or_default();
    let dates = head.split("class=\"dates\"").nth(1).unwrap_or_default();
    assert!(!dates.contains("<time"), "no date is not today: {dates}");
}

#[test]
fn a_withdrawn_story_is_gone_and_named() {
    let newsroom = Newsroom::new();
    newsroom.build();
    fs::write(newsroom.path("out/CNAME"), "post.example").expect("a file of the publisher's");
    newsroom.publish(&stories()[1..]);
    newsroom.build();
    assert!(!newsroom.has("article/ferry/index.html"));
    assert!(!newsroom.path("out/article/ferry").exists());
    assert_eq!(
        newsroom.json("withdrawn.json")["stories"][0]["href"],
        "/article/ferry/"
    );
    for (name, bytes) in tree(&newsroom.path("out")) {
        // A redirect is the publisher's own word, the withdrawal names the story.
        let told = [
            "withdrawn.json",
            "_redirects",
            "nginx.conf",
            "old/index.html",
            "about/index.html",
        ];
        let text = String::from_utf8_lossy(&bytes);
        assert!(
            told.contains(&name.as_str()) || !text.contains("article/ferry/"),
            "{name} still leads to it"
        );
    }
    assert!(newsroom.has("CNAME"), "what no build wrote is not touched");
    newsroom.publish(&stories());
    newsroom.build();
    assert_eq!(newsroom.json("withdrawn.json")["stories"], json!([]));
}

#[test]
fn no_story_stops_a_build_or_takes_anothers_file() {
    let newsroom = Newsroom::new();
    newsroom.configure(|site| site["permalink"] = "source".into());
    let deep = vec!["x".repeat(170); 30].join("/");
    let mut items = stories();
    for (at, (path, section)) in [
        ("sw.js/", "Latest"),
        ("feed.json/", "v1/latest"),
        ("_headers/", "v1/harbour"),
        ("quay/", "harbour/page/2"),
        ("quay/index.html/more/", "harbour/feed.json"),
        ("page/2/", "../../etc"),
        (&format!("{deep}/"), &deep),
        ("404.html", "index.html"),
    ]
    .into_iter()
    .enumerate()
    {
        items.push(json!({
            "id": format!("odd {at}"), "url": format!("https://post.example/{path}"),
            "title": format!("Odd {at}"), "content_text": "Words.", "tags": [section, ".."],
            "_dateline": { "section": section },
        }));
    }
    newsroom.publish(&items);
    newsroom.build();
    for at in 0..8 {
        let latest = newsroom.json("data/latest.json").to_string();
        assert!(latest.contains(&format!("Odd {at}")), "Odd {at} is lost");
    }
    assert!(newsroom.read("sw.js").contains("addEventListener"));
    assert!(
        newsroom
            .read("_headers")
            .contains("Content-Security-Policy")
    );
    assert!(
        newsroom
            .json("embed/latest.json")
            .to_string()
            .contains("Quay")
    );
}

#[test]
fn a_story_called_as_a_list_is_a_story() {
    let newsroom = Newsroom::new();
    newsroom.configure(|site| site["permalink"] = "/{slug}/".into());
    let titles = ["Archive", "Search", "Ferry", "404", "Data"];
    let items: Vec<Value> = titles
        .iter()
        .map(|title| json!({ "id": title, "title": title, "content_text": "Words." }))
        .collect();
    newsroom.publish(&items);
    newsroom.build();
    assert!(newsroom.has("ferry/index.html"));
    for slug in ["archive", "search", "404", "data"] {
        assert!(
            newsroom.has(&format!("story/{slug}/index.html")),
            "{slug} is lost"
        );
    }
    newsroom.configure(|site| site["permalink"] = "/archive/{slug}/".into());
    let error = newsroom.build_into("out").expect_err("no build");
    assert!(format!("{error:#}").contains("permalink"), "{error:#}");
}

#[test]
fn what_a_feed_says_stays_what_it_is() {
    let newsroom = Newsroom::new();
    let mark = "<!--dateline:body-->\u{e000}\u{e001}\u{e000}";
    let mut items = stories();
    items[0]["title"] = format!("x data-part=\"y\" id=\"opened\" {mark}").into();
    items[0]["content_html"] = "<p>a\" onload=alert(1) b=\"c</p>".into();
    items[0]["external_url"] = "https://site.invalid/javascript:alert(1)".into();
    items[0]["_dateline"] = json!({
        "section": { "path": "harbour", "name": mark }, "kicker": mark,
        "image": { "src": "/pictures/quay.png", "alt": mark, "caption": mark },
        "comments": { "url": "https://a.example;require-trusted-types-for/c", "count": 1 },
    });
    items[1]["external_url"] = "./javascript:alert(1)".into();
    items[1]["_dateline"]["comments"] = json!({ "url": "https://*/c", "count": 1 });
    items[2]["_dateline"]["comments"] = json!({ "url": "https://talk.example/c", "count": 1 });
    newsroom.publish(&items);
    newsroom.build();
    let page = newsroom.read("article/ferry/index.html");
    assert_eq!(
        page.matches("<p>a\" onload=alert(1) b=\"c</p>").count(),
        1,
        "{page}"
    );
    assert!(
        page.contains("class=\"body\"><p>a\" onload"),
        "the body is elsewhere"
    );
    for (name, bytes) in tree(&newsroom.path("out")) {
        let text = String::from_utf8_lossy(&bytes);
        assert!(
            !text.contains("\"javascript:"),
            "{name} has an address that runs"
        );
        let policy = text.split("connect-src").nth(1).unwrap_or_default();
        let policy = policy.split("frame-src").next().unwrap_or_default();
        assert!(
            !policy.contains("a.example") && !policy.contains('*'),
            "{name} lists what is no origin"
        );
    }
    let headers = newsroom.read("_headers");
    assert!(
        headers.contains("connect-src 'self' https://talk.example;"),
        "{headers}"
    );
}

#[test]
fn a_build_writes_over_nothing_of_the_publishers() {
    let newsroom = Newsroom::new();
    for out in ["site", "site/", ".", "site/../site"] {
        let error = newsroom.build_into(out).expect_err("no build");
        assert!(format!("{error:#}").contains("--out"), "{out}: {error:#}");
    }
    newsroom.configure(|site| {
        site["redirects"] = json!({
            "/old/": "/article/ferry/", "/article/quay/": "/elsewhere/",
            "/a/": "/b/", "/b/": "/a", "/c/": "/c/", "/d/": "https://other.example/",
        });
    });
    newsroom.build();
    for file in ["_redirects", "nginx.conf"] {
        let text = newsroom.read(file);
        assert!(
            text.contains("/old") && text.contains("other.example"),
            "{text}"
        );
        for from in ["/article/quay", "\"/a/", "\n/b/ ", "\"/c/"] {
            assert!(!text.contains(from), "{file} redirects {from}");
        }
    }
    let story = newsroom.read("article/quay/index.html");
    assert!(story.contains("Words about the quay"));
}

#[test]
fn a_source_that_gives_nothing_does_not_empty_a_paper() {
    let newsroom = Newsroom::new();
    newsroom.build();
    let before = tree(&newsroom.path("out"));
    let refused = |items: &[Value], into: &str| {
        newsroom.publish(items);
        let error = newsroom.build_into(into).expect_err("no build");
        format!("{error:#}")
    };
    let error = refused(&[], "out");
    assert!(
        error.contains("no story") && error.contains("had 4"),
        "{error}"
    );
    let moved = [json!({ "attributes": { "title": "Ferry" } })];
    let error = refused(&moved, "out");
    assert!(
        error.contains("had 4") && error.contains("neither an id"),
        "{error}"
    );
    assert!(
        tree(&newsroom.path("out")) == before,
        "the last build has changed"
    );
    let error = refused(&moved, "new");
    assert!(error.contains("nothing was written"), "{error}");
    newsroom.publish(&[]);
    newsroom
        .build_into("new")
        .expect("a first build may be empty");
}

#[test]
fn a_story_keeps_the_address_that_it_has() {
    let newsroom = Newsroom::new();
    let weather = |id: &str| json!({ "id": id, "title": "Weather", "content_text": id });
    newsroom.publish(&[weather("day 1"), weather("day 2")]);
    newsroom.build();
    assert!(
        newsroom
            .read("article/weather-2/index.html")
            .contains("day 2")
    );
    newsroom.publish(&[weather("day 2"), weather("day 3")]);
    newsroom.build();
    assert!(
        newsroom
            .read("article/weather-2/index.html")
            .contains("day 2")
    );
    assert!(
        newsroom
            .read("article/weather/index.html")
            .contains("day 3")
    );
}

#[test]
fn assets_of_the_last_release_stay_for_a_day() {
    let newsroom = Newsroom::new();
    newsroom.build();
    newsroom.bundle("2222");
    newsroom.build();
    let kept = |release: &str| {
        let digest = Sha256::digest(release.as_bytes());
        let start: String = digest
            .iter()
            .take(8)
            .map(|byte| format!("{byte:02x}"))
            .collect();
        newsroom.has(&format!("assets/app-{start}.js"))
    };
    let at = |now: &str| newsroom.build_at("out", now).expect("a build");
    // News every quarter of an hour is no reason to take them from who reads an earlier page.
    assert_eq!(at("2026-11-23T10:15:00Z").changes, []);
    assert!(kept("1111") && kept("2222"));
    newsroom.bundle("3333");
    at("2026-11-23T18:00:00Z");
    assert!(kept("1111") && kept("2222") && kept("3333"));
    at("2026-11-24T10:30:00Z");
    assert!(!kept("1111"), "a day later");
    assert!(kept("2222"), "half a day later");
    at("2026-11-24T18:30:00Z");
    assert!(!kept("2222") && kept("3333"));
}

#[test]
fn redirects_that_no_host_could_follow_are_named_and_stop_no_build() {
    let newsroom = Newsroom::new();
    let long = format!("/{}/", "%E0%A4%B8".repeat(90));
    newsroom.configure(|site| {
        site["redirects"] = json!({
            "/caf%C3%A9/": "/article/ferry/", "/a b/": "/", "/a\\b/": "/", "/a//b/": "/",
            "/a/../b/": "/", "/feed.json/": "/", "/sw.js": "/", "/pictures/quay.png/x/": "/",
            "/?p=12": "/article/quay/", "/x%0Ay/": "/", "/twice": "/", "/twice/": "/about/", long: "/",
        });
    });
    newsroom.build();
    assert!(newsroom.has("café/index.html"));
    let redirects = newsroom.read("_redirects");
    assert_eq!(redirects.lines().count(), 2, "{redirects}");
    assert!(redirects.contains("/caf%C3%A9/ /article/ferry/ 301"));
    assert!(
        newsroom
            .read("nginx.conf")
            .contains("location = \"/café/\"")
    );
}

#[test]
fn a_paper_on_http_is_not_sent_to_https() {
    let newsroom = Newsroom::new();
    newsroom.configure(|site| site["url"] = "http://post.intranet/".into());
    newsroom.build();
    for file in ["_headers", "nginx.conf"] {
        assert!(!newsroom.read(file).contains("upgrade-insecure"), "{file}");
    }
}

#[test]
fn hostile_addresses_stay_inside_and_apart() {
    let newsroom = Newsroom::new();
    let items: Vec<Value> = [
        "../../../etc/passwd",
        "CON",
        "Ferry",
        "ferry",
        "a\\b",
        "..",
        "%2e%2e",
        "\u{0}x",
    ]
    .iter()
    .chain([&"x".repeat(4096).as_str()])
    .enumerate()
    .map(|(n, slug)| {
        json!({
            "id": format!("h{n}"), "title": format!("Story {n}"), "content_html": "<p>x</p>",
            "_dateline": { "slug": slug, "section": slug }, "tags": [slug],
            "authors": [{ "name": slug }], "image": format!("../{slug}.png"),
        })
    })
    .collect();
    newsroom.publish(&items);
    newsroom.build();
    let outside: Vec<String> = fs::read_dir(newsroom.root.path())
        .expect("the folder")
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    let outside: BTreeSet<&str> = outside.iter().map(String::as_str).collect();
    assert_eq!(outside, BTreeSet::from(["app", "out", "site"]));
    let names: Vec<String> = tree(&newsroom.path("out/article")).into_keys().collect();
    let stories = names
        .iter()
        .filter(|name| !name.contains("related"))
        .count();
    assert_eq!(
        stories,
        items.len(),
        "each story has its own page: {names:?}"
    );
    let lower: BTreeSet<String> = names.iter().map(|name| name.to_lowercase()).collect();
    assert_eq!(lower.len(), names.len(), "no two differ by case only");
}

#[test]
fn everything_lives_under_the_base_path() {
    let mut newsroom = Newsroom::new();
    newsroom.base = "/news/";
    newsroom.configure(|site| site["url"] = "https://post.example/news/".into());
    newsroom.build();
    for (name, bytes) in tree(&newsroom.path("out")) {
        if !name.ends_with(".html") {
            continue;
        }
        let text = String::from_utf8_lossy(&bytes).into_owned();
        for attribute in [" href=\"/", " src=\"/", " action=\"/"] {
            for (at, _) in text.match_indices(attribute) {
                let value = &text[at + attribute.len() - 1..];
                assert!(
                    value.starts_with("/news/"),
                    "{name}: {attribute}{}",
                    &value[..30]
                );
            }
        }
    }
    assert!(
        newsroom
            .read("_redirects")
            .contains("/news/old/ /news/article/ferry/ 301")
    );
    assert!(newsroom.read("_headers").contains("/news/assets/*"));
}

#[test]
fn no_two_elements_of_a_page_share_an_id() {
    let newsroom = Newsroom::new();
    newsroom.build();
    for (name, bytes) in tree(&newsroom.path("out")) {
        if !name.ends_with(".html") {
            continue;
        }
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let markup = text
            .split("<script type=\"application/json\"")
            .next()
            .unwrap_or_default();
        let mut seen = BTreeSet::new();
        for (at, _) in markup.match_indices(" id=\"") {
            let id = markup[at + 5..].split('"').next().unwrap_or_default();
            assert!(seen.insert(id), "{name} has {id} twice");
        }
    }
}

#[test]
fn the_policy_names_the_hash_of_every_inline_script_and_style() {
    let newsroom = Newsroom::new();
    newsroom.build();
    let headers = newsroom.read("_headers");
    let rules = headers
        .lines()
        .filter(|line| !line.starts_with(' '))
        .count();
    assert!(rules <= 100, "{rules} rules");
    assert!(headers.lines().all(|line| line.len() <= 2000));
    assert!(!headers.contains("unsafe-inline") && !headers.contains("'unsafe-eval'"));
    let page = newsroom.read("index.html");
    for (open, close) in [("<style>", "</style>"), ("<script>", "</script>")] {
        for (at, _) in page.match_indices(open) {
            let text = &page[at + open.len()..];
            let text = &text[..text.find(close).expect("an end")];
            assert!(
                headers.contains(&hash(text)),
                "{open} is not allowed: {text}"
            );
        }
    }
    assert!(!page.contains(" style=\""), "no style attributes");
}

/// What a policy allows under a directive.
fn allowed<'a>(policy: &'a str, directive: &str) -> Vec<&'a str> {
    let found = policy
        .split("; ")
        .find_map(|part| part.strip_prefix(directive));
    found.unwrap_or_default().split_whitespace().collect()
}

/// The policy in a page's own head.
fn policy_of(page: &str) -> String {
    let from = "http-equiv=\"Content-Security-Policy\" content=\"";
    let at = page.find(from).expect("a policy in the page") + from.len();
    page[at..].split('"').next().unwrap_or_default().to_owned()
}

#[test]
fn hosts_without_headers_get_the_same_policy_in_every_page() {
    let newsroom = Newsroom::new();
    newsroom.build();
    let headers = newsroom.read("_headers");
    let said = headers
        .lines()
        .find_map(|line| line.trim().strip_prefix("Content-Security-Policy: "));
    let said = said.expect("a policy in _headers");
    for (name, bytes) in tree(&newsroom.path("out")) {
        let page = String::from_utf8_lossy(&bytes);
        if !page.contains("<div id=\"app\"") {
            continue;
        }
        let own = policy_of(&page);
        assert_eq!(format!("{own}; upgrade-insecure-requests"), said, "{name}");
        // What a meta element cannot say makes browsers complain, and it must stand before
        // anything that it rules.
        for refused in ["frame-ancestors", "report-uri", "sandbox"] {
            assert!(!own.contains(refused), "{name}: {refused}");
        }
        let at = page.find("Content-Security-Policy").expect("a policy");
        assert!(
            page.find("<script").is_none_or(|script| at < script),
            "{name}"
        );
        assert!(page.find("<link").is_none_or(|link| at < link), "{name}");
    }
}

#[test]
fn the_policy_lets_a_page_ask_whom_it_is_meant_to_and_nobody_else() {
    let newsroom = Newsroom::new();
    newsroom.build();
    assert_eq!(
        allowed(&policy_of(&newsroom.read("index.html")), "connect-src"),
        ["'self'"]
    );
    newsroom.configure(|site| {
        site["comments"] = json!({ "post": true, "endpoint": "https://talk.example/new?site=1" });
        site["newsletter"] =
            json!({ "title": "T", "text": "t", "action": "https://mail.example/join" });
    });
    let mut items = stories();
    items[1]["_dateline"]["comments"] =
        json!({ "url": "https://cms.example/wp/v2/comments?post=2" });
    newsroom.publish(&items);
    newsroom.build();
    let policy = policy_of(&newsroom.read("article/quay/index.html"));
    assert_eq!(
        allowed(&policy, "connect-src"),
        ["'self'", "https://cms.example", "https://talk.example"]
    );
    assert_eq!(
        allowed(&policy, "form-action"),
        ["'self'", "https://mail.example"]
    );
    newsroom.configure(|site| {
        site["comments"] = json!({ "post": false, "endpoint": "https://talk.example/" })
    });
    newsroom.publish(&stories());
    newsroom.build();
    assert_eq!(
        allowed(&policy_of(&newsroom.read("index.html")), "connect-src"),
        ["'self'"]
    );
    newsroom.configure(|site| {
        site["prerender"] = false.into();
        site["source"] = json!({ "kind": "mapped", "preset": "dev.to" });
    });
    newsroom.build();
    assert_eq!(
        allowed(&policy_of(&newsroom.read("index.html")), "connect-src"),
        ["'self'", "https://dev.to"],
        "a preset's address counts"
    );
}

fn hash(text: &str) -> String {
    use base64::Engine;
    use sha2::{Digest, Sha256};
    let digest = Sha256::digest(text.as_bytes());
    let text = base64::engine::general_purpose::STANDARD.encode(digest);
    format!("'sha256-{text}'")
}

#[test]
fn the_published_configuration_is_readable_and_holds_no_secret() {
    let newsroom = Newsroom::new();
    newsroom.configure(|site| {
        site["source"]["headers"] = json!({ "X-Key": { "env": "PATH" } });
    });
    newsroom.build();
    let secret = std::env::var("PATH").expect("every machine has a PATH");
    for (name, bytes) in tree(&newsroom.path("out")) {
        assert!(
            !String::from_utf8_lossy(&bytes).contains(&secret),
            "{name} holds the secret"
        );
    }
    assert_eq!(newsroom.json("site.json").get("source"), None);
    newsroom.configure(|_| {});
    newsroom.build();
    let site = SiteConfig::parse(&newsroom.read("site.json")).expect("a readable site.json");
    assert_eq!(site.source.url, "feed.json");
}

#[test]
fn a_site_without_prerendering_is_a_shell_that_reads_its_source() {
    let newsroom = Newsroom::new();
    newsroom.configure(|site| site["prerender"] = false.into());
    newsroom.build();
    let shell = newsroom.read("index.html");
    // What the press will read is asked for while it is on its way.
    assert!(shell.contains("&quot;list&quot;:&quot;/feed.json&quot;"));
    assert!(shell.contains("&quot;link&quot;:&quot;/article/{slug}/&quot;"));
    assert!(newsroom.has("sw.js"), "the start script registers it");
    // Elsewhere than on the front the masthead is another; everything else is the same.
    let other = newsroom.read("404.html");
    assert_eq!(other, newsroom.read("shell.html"));
    let head = |page: &str| {
        page.split_once("<div id=\"app\"")
            .map(|(head, _)| head.to_owned())
    };
    assert_eq!(head(&shell), head(&other));
    assert!(
        shell.contains("masthead-front")
            && !other.contains("<header class=\"masthead masthead-front")
    );
    // What the galley needs is on its way from the first line; the press is not before it.
    let ahead = shell
        .split_once("data-ahead=\"")
        .and_then(|(_, rest)| rest.split_once('"'));
    let ahead = ahead.expect("what is asked for ahead").0;
    assert!(
        ahead.contains("/assets/widget-") && ahead.ends_with(" /feed.json"),
        "{ahead}"
    );
    SiteConfig::parse(&newsroom.read("site.json")).expect("a readable site.json");
    assert_eq!(
        newsroom.json("feed.json")["items"].as_array().map(Vec::len),
        Some(4)
    );
    assert!(newsroom.has("pictures/quay.png"));
}

#[test]
fn a_shell_finds_every_page_of_a_feed_in_the_folder() {
    let newsroom = Newsroom::new();
    newsroom.configure(|site| site["prerender"] = false.into());
    let page = |next: &str| json!({ "next_url": next, "items": stories() }).to_string();
    fs::create_dir(newsroom.path("site/more")).expect("a folder");
    for (name, next) in [
        ("feed.json", "more/2.json"),
        ("more/2.json", "3.json"),
        ("more/3.json", "../feed.json"),
        ("secret.json", "feed.json"),
    ] {
        fs::write(newsroom.path("site").join(name), page(next)).expect("a feed");
    }
    newsroom.build();
    assert!(newsroom.has("more/2.json") && newsroom.has("more/3.json"));
    assert!(!newsroom.has("secret.json"), "nothing names it");
    fs::write(newsroom.path("site/more/3.json"), page("../../secret.json")).expect("a feed");
    fs::write(newsroom.path("secret.json"), "mine").expect("a file");
    newsroom.build();
    let secret = fs::read_to_string(newsroom.path("out/secret.json"));
    assert!(
        secret.map_or(true, |it| it != "mine"),
        "nothing outside of the folder"
    );
}

#[test]
fn a_shell_of_a_source_that_the_widget_cannot_read_asks_for_the_press_at_once() {
    let newsroom = Newsroom::new();
    newsroom.configure(|site| {
        site["prerender"] = false.into();
        site["source"] =
            serde_json::json!({ "kind": "ninjs", "url": "https://wire.example/items.json" });
    });
    newsroom.build();
    let shell = newsroom.read("index.html");
    assert!(shell.contains("data-ahead=\"/assets/press-"));
    assert!(!shell.contains("widget-"));
}

#[test]
fn a_source_that_cannot_be_read_leaves_the_last_build_as_it_was() {
    let newsroom = Newsroom::new();
    newsroom.build();
    let before = tree(&newsroom.path("out"));
    fs::write(newsroom.path("site/feed.json"), "<!DOCTYPE html><p>Oops").expect("a file");
    let error = newsroom
        .build_into("out")
        .expect_err("a web page is no feed");
    assert!(format!("{error:#}").contains("feed.json"), "{error:#}");
    assert!(tree(&newsroom.path("out")) == before);
}

fn locales(newsroom: &Newsroom) -> Vec<String> {
    let files = tree(&newsroom.path("out"));
    let names = files.into_keys().filter(|name| {
        let texts = name
            .strip_prefix("assets/")
            .and_then(|name| name.strip_suffix(".json"));
        texts.is_some() || name.contains("locales")
    });
    names.collect()
}

#[test]
fn a_site_speaks_its_own_language_and_ships_the_texts_of_no_other() {
    let newsroom = Newsroom::new();
    newsroom.configure(|site| site["language"] = "pt-BR".into());
    let shipped = newsroom.path("app/app/locales");
    fs::create_dir_all(&shipped).expect("a folder");
    fs::write(shipped.join("en.json"), "{}").expect("a file");
    newsroom.build();
    let front = newsroom.read("index.html");
    assert!(front.contains("<html lang=\"pt-BR\""), "{front}");
    assert!(front.contains("Ir para o conteúdo"));
    assert!(front.contains("23 de novembro de 2026"));
    let locales = locales(&newsroom);
    assert_eq!(locales.len(), 1, "{locales:?}");
    assert!(locales[0].starts_with("assets/pt-"), "{locales:?}");
    assert!(front.contains(&format!("data-strings=\"/{}\"", locales[0])));
}

#[test]
fn a_language_without_texts_has_english_ones_and_its_own_dates() {
    let newsroom = Newsroom::new();
    newsroom.configure(|site| site["language"] = "pl".into());
    newsroom.build();
    let front = newsroom.read("index.html");
    assert!(front.contains("<html lang=\"pl\"") && front.contains("Skip to content"));
    assert!(front.contains("23 listopada 2026"));
    assert!(locales(&newsroom)[0].starts_with("assets/en-"));
}

#[test]
fn rules_for_other_scripts_are_sent_where_a_site_has_one() {
    let newsroom = Newsroom::new();
    newsroom.build();
    let has = |newsroom: &Newsroom| newsroom.read("index.html").contains(":lang(ar)");
    assert!(!has(&newsroom), "an English paper");
    newsroom.configure(|site| site["language"] = "hi".into());
    newsroom.build();
    assert!(has(&newsroom), "a Hindi paper");
    newsroom.configure(|_| {});
    let mut stories = stories();
    stories[3]["language"] = "ar".into();
    newsroom.publish(&stories);
    newsroom.build();
    assert!(has(&newsroom), "an English paper with an Arabic story");
    let story = newsroom.read("article/tide/index.html");
    assert!(
        story.contains("<div lang=\"en-GB\" dir=\"ltr\" class=\"dates\">"),
        "the site's own words in it are English"
    );
}

#[test]
fn long_words_are_hyphenated_where_a_site_has_a_story_in_a_language_of_such() {
    let newsroom = Newsroom::new();
    newsroom.build();
    let has = |newsroom: &Newsroom| newsroom.read("index.html").contains("hyphens:auto");
    assert!(!has(&newsroom), "an English paper");
    newsroom.configure(|site| site["language"] = "de-AT".into());
    newsroom.build();
    assert!(has(&newsroom), "a German paper");
    newsroom.configure(|_| {});
    let mut stories = stories();
    stories[3]["language"] = "fi".into();
    newsroom.publish(&stories);
    newsroom.build();
    assert!(has(&newsroom), "an English paper with a Finnish story");
}

#[test]
fn a_long_list_of_sub_headings_folds_and_a_short_one_stands_open() {
    let newsroom = Newsroom::new();
    for (headings, folded) in [(4, false), (12, true)] {
        let text = "Words of the tide. ".repeat(1_200 / 4 / headings + 1);
        let part = |n: usize| format!("<h2>Part {n}</h2><p>{text}</p>");
        let mut stories = stories();
        stories[0]["content_html"] = (0..headings).map(part).collect::<String>().into();
        newsroom.publish(&stories);
        newsroom.build();
        let slug = stories[0]["url"].as_str().expect("an address");
        let path = slug.trim_start_matches("https://post.example/");
        let page = newsroom.read(&format!("{path}index.html"));
        let (_, contents) = page.split_once("class=\"outline\"").expect("a list");
        let contents = contents.split("</nav>").next().unwrap_or_default();
        assert_eq!(contents.matches("<li>").count(), headings);
        assert_eq!(
            contents.contains("<details><summary><h2"),
            folded,
            "{contents}"
        );
    }
}

#[test]
fn related_stories_say_why_and_are_listed_on_a_page_of_their_own() {
    let newsroom = Newsroom::new();
    let tagged = |n: usize| {
        json!({
            "id": format!("t{n}"), "title": format!("Part {n}"), "content_text": "Words.",
            "url": format!("https://post.example/article/t{n}/"), "tags": ["Ariane 6"],
            "date_published": format!("2026-10-{:02}T08:00:00Z", 1 + n % 28),
        })
    };
    let items: Vec<_> = (0..30).map(tagged).collect();
    newsroom.publish(&items);
    newsroom.build();
    let story = newsroom.read("article/t3/index.html");
    assert!(story.contains("Also about: Ariane 6"));
    let list = newsroom.read("article/t3/related/index.html");
    assert_eq!(list.matches("Also about: Ariane 6").count(), 24);
    let own = list.matches("href=\"/article/t3/\"").count();
    assert_eq!(own, 1, "the story itself is named once, above the list");
}

#[test]
fn the_search_index_names_files_that_are_there_and_is_the_same_every_time() {
    let newsroom = Newsroom::new();
    newsroom.build();
    let before = newsroom.read("data/search.json");
    let entry: Value = serde_json::from_str(&before).expect("JSON");
    let shards = entry["shards"].as_array().expect("shards");
    assert!(!shards.is_empty());
    for shard in shards {
        let name = shard[1].as_str().expect("a name");
        let text = newsroom.read(&format!("assets/search/{name}"));
        let first = text.split(['\t', '>']).next();
        assert_eq!(first, shard[0].as_str(), "{name}");
    }
    let stories = entry["stories"].as_u64().expect("a number") as usize;
    let together = entry["together"].as_u64().expect("a number") as usize;
    for file in 0..stories.div_ceil(together) {
        newsroom.read(&format!("data/search/{file}.json"));
    }
    fs::remove_dir_all(newsroom.path("out")).expect("a folder");
    newsroom.build();
    assert_eq!(newsroom.read("data/search.json"), before);
}

#[test]
fn the_worker_speaks_the_language_of_the_site() {
    let newsroom = Newsroom::new();
    newsroom.build();
    let worker = newsroom.read("sw.js");
    assert!(worker.contains("You are offline.") && !worker.contains("\"TEXTS\""));
    let offline = newsroom.read("offline.html");
    assert!(offline.contains("<p data-kept></p>") && offline.contains("noindex"));
    assert!(
        newsroom
            .read("_headers")
            .contains("/sw.js\n  Cache-Control: no-cache")
    );
}

#[test]
fn the_manifest_says_how_large_the_icon_is() {
    let newsroom = Newsroom::new();
    let icon = image::RgbImage::new(192, 192);
    icon.save(newsroom.path("site/icon.png")).expect("an icon");
    newsroom.configure(|site| site["icon"] = "icon.png".into());
    newsroom.build();
    let manifest = newsroom.json("manifest.webmanifest");
    assert_eq!(manifest["icons"][0]["sizes"], "192x192");
    assert_eq!(manifest["icons"][0]["type"], "image/png");
    let maskable = &manifest["icons"][2];
    assert_eq!(maskable["purpose"], "maskable");
    let file = maskable["src"].as_str().expect("an address");
    let path = newsroom.path("out").join(file.trim_start_matches('/'));
    let bytes = fs::read(path).expect("the icon");
    let made = image::load_from_memory(&bytes).expect("a picture");
    assert_eq!((made.width(), made.height()), (512, 512));
    assert_eq!(manifest["scope"], "/");
}

#[test]
fn a_text_beyond_the_limits_ends_with_the_way_to_the_original_and_is_named() {
    let newsroom = Newsroom::new();
    newsroom.publish(&[json!({
        "id": "long", "title": "Minutes", "url": "https://source.example/minutes/",
        "content_text": "harbour ".repeat(70_000), "date_published": "2026-11-20T10:00:00Z",
    })]);
    let path = |name: &str| newsroom.path(name).into_os_string();
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_dateline"))
        .arg("prerender")
        .args([
            "--app".into(),
            path("app"),
            "--site".into(),
            path("site/site.json"),
        ])
        .args(["--out".into(), path("out")])
        .output()
        .expect("the command");
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(
        told.contains("note: \"Minutes\" (id long): its text is longer than 500000 characters"),
        "{told}"
    );
    let page = newsroom.read("article/minutes/index.html");
    let (text, end) = page
        .split_once("harbour…</p>")
        .expect("an end between words");
    let link = "<a href=\"https://source.example/minutes/\">Open the original article</a>";
    assert!(text.contains("too long to be shown whole") && text.contains(link));
    assert!(end.contains("too long to be shown whole") && end.contains(link));
}
