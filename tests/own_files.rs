//! Files that lie beside `site.json`: whose word publishes them.
//!
//! A feed that the publisher keeps in the folder may name any; one that lies elsewhere may be hostile
//! and guess names (`drafts.csv`, `backup.zip`), so it gets what `"files"` lists and nothing else.

#[path = "support/server.rs"]
mod server;
#[path = "support/site.rs"]
mod site;

use std::fs;

use serde_json::{Value, json};
use server::Server;
use site::Site;

const SECRETS: [&str; 6] = [
    "drafts.csv",
    "backup.zip",
    "passport.png",
    "call.mp3",
    "downloads-old/old.pdf",
    "downloads/.private/pay.pdf",
];

/// A feed that names files of the site's folder in every way there is.
fn greedy() -> Value {
    let own = |name: &str| format!("https://post.example/{name}");
    let links: String = SECRETS
        .iter()
        .chain(&["downloads/report.pdf", "downloads/quay.png", "map.pdf"])
        .flat_map(|name| [own(name), format!("/{name}"), format!("../../{name}")])
        .map(|href| format!("<p><a href=\"{href}\">x</a></p><p><img src=\"{href}\" alt=\"\"></p>"))
        .collect();
    let more = format!(
        "<p><img src=\"https://p.example/a.png\" srcset=\"{0} 400w, {0}?x 800w\" alt=\"\"></p>\
         <video src=\"{1}\" poster=\"{0}\"></video><audio src=\"{1}\"></audio>",
        own("passport.png"),
        own("call.mp3"),
    );
    json!({ "version": "https://jsonfeed.org/version/1.1", "title": "Greedy", "items": [
        { "id": "1", "title": "Here", "url": own("article/here/"), "content_html": links + &more,
          "image": own("passport.png"), "authors": [{ "name": "Ada", "avatar": own("passport.png") }] },
        { "id": "2", "title": "Nowhere", "image": "/passport.png", "banner_image": "passport.png",
          "content_html": "<p><a href=\"backup.zip\">x</a> <a href=\"/drafts.csv\">y</a></p>",
          "attachments": [{ "url": own("backup.zip"), "mime_type": "application/zip" }] },
    ] })
}

/// A site whose folder holds what the feed would like to have.
fn newsroom(source: &str) -> Site {
    let site = Site::new(&json!({}));
    for name in SECRETS
        .iter()
        .chain(&["downloads/report.pdf", "map.pdf", "kit.zip", "terms.pdf"])
    {
        let path = site.path(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, "mine").expect("a file");
    }
    let picture = image::RgbImage::from_pixel(40, 30, image::Rgb([9, 9, 9]));
    let path = site.path("downloads/quay.png");
    picture.save(path).expect("a picture");
    fs::create_dir_all(site.path("pages")).expect("a folder");
    let terms = "<h1>Terms</h1><p><a href=\"/terms.pdf\">All of them</a></p>";
    fs::write(site.path("pages/terms.html"), terms).expect("a page");
    site.configure(&configured(source));
    site
}

fn configured(source: &str) -> Value {
    json!({
        "url": "https://post.example/", "source": { "url": source }, "pages": "pages/",
        "menu": [{ "title": "Press kit", "url": "/kit.zip" }],
    })
}

#[test]
fn a_source_from_elsewhere_publishes_no_file_that_is_not_listed() {
    let server = Server::start(|_| server::json(greedy().to_string()));
    let source = format!("{}/feed.json", server.url);
    let site = newsroom(&source);
    let built = site.build(&[]);
    assert!(built.ok, "{}", built.said);
    for name in SECRETS
        .iter()
        .chain(&["downloads/report.pdf", "downloads/quay.png", "map.pdf"])
    {
        assert!(!site.has(name), "{name} was published");
    }
    assert!(site.has("kit.zip"), "site.json itself names it");
    assert!(site.has("terms.pdf"), "a page of the publisher names it");
    let told = built.said.contains("backup.zip") && built.said.contains("\"files\"");
    assert!(told, "{}", built.said);

    let mut listed = configured(&source);
    listed["files"] = json!(["./downloads/", "map.pdf"]);
    site.configure(&listed);
    let built = site.build(&[]);
    assert!(built.ok, "{}", built.said);
    for name in SECRETS {
        assert!(!site.has(name), "{name} was published");
    }
    for name in ["downloads/report.pdf", "downloads/quay.png", "map.pdf"] {
        assert!(site.has(name), "{name} is listed and named");
    }
    let page = site.read("article/here/index.html");
    assert!(page.contains("href=\"/downloads/report.pdf\""));
    assert!(page.contains("src=\"/downloads/quay.png\""), "{page}");
    assert!(
        page.contains("width=\"40\" height=\"30\""),
        "its size is known"
    );
}

#[test]
fn a_feed_of_the_folder_names_what_it_likes() {
    let site = newsroom("feed.json");
    fs::write(site.path("feed.json"), greedy().to_string()).expect("a feed");
    let built = site.build(&[]);
    assert!(built.ok, "{}", built.said);
    for name in ["drafts.csv", "backup.zip", "passport.png", "map.pdf"] {
        assert!(site.has(name), "{name}: {}", built.said);
    }
    assert!(!built.said.contains("not published"), "{}", built.said);
}

#[test]
fn a_shell_of_a_source_from_elsewhere_ships_what_is_listed_alone() {
    let mut bare = configured("https://cms.example/feed.json");
    bare["prerender"] = json!(false);
    bare["files"] = json!(["downloads"]);
    let site = newsroom("feed.json");
    site.configure(&bare);
    let built = site.build(&[]);
    assert!(built.ok, "{}", built.said);
    assert!(site.has("downloads/report.pdf") && site.has("kit.zip"));
    for name in SECRETS {
        assert!(!site.has(name), "{name} was published");
    }
}

#[test]
fn what_stories_name_and_the_folder_lacks_is_told() {
    let site = newsroom("feed.json");
    let feed = json!({ "version": "https://jsonfeed.org/version/1.1", "items": [
        { "id": "1", "title": "A", "image": "pictures/quai.png", "content_html": "<p>x</p>" }] });
    fs::write(site.path("feed.json"), feed.to_string()).expect("a feed");
    let built = site.build(&[]);
    assert!(built.ok, "{}", built.said);
    let told = "not in the site's folder: pictures/quai.png";
    assert!(built.said.contains(told), "{}", built.said);
}

#[test]
fn a_shell_publishes_what_the_stories_of_its_feed_name_and_nothing_that_lies_beside_it() {
    let site = newsroom("feed.json");
    let mut bare = configured("feed.json");
    bare["prerender"] = json!(false);
    bare["files"] = json!(["terms.pdf"]);
    site.configure(&bare);
    let feed = json!({ "version": "https://jsonfeed.org/version/1.1", "next_url": "older.json", "items": [
        { "id": "1", "title": "A", "image": "downloads/quay.png",
          "content_html": "<p>See <a href=\"/map.pdf\">the map</a>.</p><p><img src=\"gone.png\" alt=\"\"></p>" }] });
    // The host has what comes after it.
    let older = json!({ "version": "https://jsonfeed.org/version/1.1", "next_url": "oldest.json", "items": [
        { "id": "2", "title": "B", "content_html": "<p><a href=\"downloads/report.pdf\">x</a></p>" }] });
    fs::write(site.path("feed.json"), feed.to_string()).expect("a feed");
    fs::write(site.path("older.json"), older.to_string()).expect("a feed");
    let built = site.build(&[]);
    assert!(built.ok, "{}", built.said);
    for name in SECRETS {
        assert!(!site.has(name), "{name} was published");
    }
    for name in [
        "feed.json",
        "older.json",
        "downloads/quay.png",
        "map.pdf",
        "downloads/report.pdf",
        "terms.pdf",
        "kit.zip",
    ] {
        assert!(site.has(name), "{name} is named");
    }
    assert!(built.said.contains("gone.png"), "{}", built.said);
    assert!(
        built.said.contains("broke off after 2 stories"),
        "{}",
        built.said
    );
}

#[test]
fn a_shell_of_a_split_feed_ships_its_parts() {
    let site = newsroom("news/feed.json");
    let mut bare = configured("news/feed.json");
    bare["prerender"] = json!(false);
    bare["source"]["split"] = json!(true);
    site.configure(&bare);
    let feed = |id: &str, html: Value| {
        json!({ "version": "https://jsonfeed.org/version/1.1",
                "items": [{ "id": id, "title": id, "content_html": html }] })
    };
    let whole = json!("<p><img src=\"/downloads/quay.png\" alt=\"\"></p>");
    for (path, feed) in [
        ("news/feed.json", feed("a", json!("<p>x</p>"))),
        ("news/article/a.json", feed("a", whole)),
        (
            "news/section/town/harbour/feed.json",
            feed("b", json!("<p>y</p>")),
        ),
        ("elsewhere/c.json", feed("c", json!("<p>z</p>"))),
    ] {
        let path = site.path(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, feed.to_string()).expect("a feed");
    }
    let built = site.build(&[]);
    assert!(built.ok, "{}", built.said);
    for name in [
        "news/feed.json",
        "news/article/a.json",
        "news/section/town/harbour/feed.json",
        "downloads/quay.png",
    ] {
        assert!(site.has(name), "{name}: {}", built.said);
    }
    assert!(!site.has("elsewhere/c.json") && !site.has("passport.png"));
}

#[test]
fn a_shell_of_a_feed_that_cannot_be_read_is_not_built() {
    let site = newsroom("feed.json");
    let mut bare = configured("feed.json");
    bare["prerender"] = json!(false);
    site.configure(&bare);
    fs::write(site.path("feed.json"), "{ \"items\": [").expect("a feed");
    let built = site.build(&[]);
    assert!(
        !built.ok && built.said.contains("feed.json"),
        "{}",
        built.said
    );
}
