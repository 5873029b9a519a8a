//! A publisher's first hour: what `check` and `prerender` say of a `site.json` written by hand. Each
//! single remark is tested where it is made (`src/proof/`); here, that both commands make them, stop
//! where the site would be broken and go on where it would not.

#[path = "support/server.rs"]
mod server;
#[path = "support/site.rs"]
mod site;

use std::fs;
use std::process::Command;

use serde_json::{Value, json};
use server::{Answer, Server};
use site::Site;

/// Three stories in a folder, and the rest of `site.json` as it is given.
fn newsroom(more: &Value) -> Site {
    let site = Site::new(&configured(more));
    let story = |id: &str, title: &str, section: &str| {
        json!({ "id": id, "title": title, "content_html": "<p>Words.</p>",
                "_dateline": { "section": section } })
    };
    let feed = json!({ "version": "https://jsonfeed.org/version/1.1", "title": "Harbour", "items": [
        story("1", "Ferry", "world"), story("2", "Quay", "technology"), story("3", "Gull", "world"),
    ] });
    fs::write(site.path("feed.json"), feed.to_string()).expect("a feed");
    site
}

fn configured(more: &Value) -> Value {
    let mut site = json!({ "title": "T", "url": "https://post.example/",
                           "source": { "kind": "jsonfeed", "url": "feed.json" } });
    let more = more.as_object().expect("an object").clone();
    site.as_object_mut().expect("an object").extend(more);
    site
}

/// What `check` says of the site, and whether it ends well.
fn checked(site: &Site) -> (Value, bool) {
    let output = Command::new(env!("CARGO_BIN_EXE_dateline"))
        .args(["check", "--json", "--site"])
        .arg(site.path("site.json"))
        .output()
        .expect("the command");
    let report = serde_json::from_slice(&output.stdout).expect("a report");
    (report, output.status.success())
}

fn lines(list: &Value) -> String {
    let lines: Vec<&str> = list
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(Value::as_str)
        .collect();
    lines.join("\n")
}

#[test]
fn a_sound_file_is_passed_without_a_word() {
    let site = newsroom(
        &json!({ "sections": ["world"], "front": { "pins": ["ferry", "2"] },
        "menu": [{ "title": "World", "url": "/category/world/" }, { "title": "RSS", "url": "/rss.xml" },
                 { "title": "Elsewhere", "url": "https://else.example/" }],
        "redirects": { "/old/": "/article/ferry/" } }),
    );
    let (report, ok) = checked(&site);
    assert!(ok, "{report}");
    assert_eq!(
        (lines(&report["problems"]), lines(&report["notes"])),
        (String::new(), String::new())
    );
    let built = site.build(&[]);
    assert!(built.ok && !built.said.contains("note:"), "{}", built.said);
}

#[test]
fn what_would_break_the_site_stops_both_and_is_said_all_at_once() {
    let site = newsroom(
        &json!({ "url": "example.org", "language": "Klingon!!", "pages": "pages/",
        "comments": { "post": true, "endpoint": "http//c.example" } }),
    );
    let (report, ok) = checked(&site);
    let built = site.build(&[]);
    assert!(!ok && !built.ok);
    assert!(!site.has("index.html"), "nothing is written");
    let problems = lines(&report["problems"]);
    for (key, remedy) in [
        ("\"url\"", "\"https://example.org\""),
        ("\"language\"", "\"en-GB\""),
        ("\"pages\"", "no such folder"),
        ("\"comments.endpoint\"", "https://"),
    ] {
        for said in [&problems, &built.said] {
            let line = said
                .lines()
                .find(|line| line.contains(key))
                .unwrap_or_default();
            assert!(line.contains(remedy), "{key}: {said}");
        }
    }
}

#[test]
fn what_is_likely_not_meant_is_noted_and_the_site_is_built() {
    let site = newsroom(&json!({ "logo": "logo.svg", "accent": "blue",
        "sections": ["wrold", "technology", "technology"], "front": { "pins": ["fery"] },
        "menu": [{ "title": "Ferry", "url": "/article/fery/" }] }));
    let (report, ok) = checked(&site);
    let built = site.build(&[]);
    assert!(ok && built.ok, "{}", built.said);
    let notes = lines(&report["notes"]);
    for said in [
        "\"logo\" is \"logo.svg\"",
        "\"accent\" is \"blue\"",
        "\"sections\" names \"technology\" twice",
        "\"sections\" names \"wrold\", which no story is in; did you mean \"world\"?",
        "\"front.pins\" names \"fery\", which is no story; did you mean \"ferry\"?",
    ] {
        assert!(notes.contains(said), "{said}: {notes}");
        assert!(built.said.contains(said), "{said}: {}", built.said);
    }
    // Only a build knows every page.
    let menu = "leads to \"/article/fery/\", and the site has no such page; did you mean \"/article/ferry/\"?";
    assert!(built.said.contains(menu), "{}", built.said);
}

#[test]
fn a_file_that_is_no_json_is_told_at_its_place() {
    let site = newsroom(&json!({}));
    fs::write(site.path("site.json"), "{ \"title\": \"T\",\n}").expect("site.json");
    let told = "line 2, column 1: a comma too many";
    let (report, ok) = checked(&site);
    assert!(!ok && lines(&report["problems"]).contains(told), "{report}");
    let built = site.build(&[]);
    assert!(!built.ok && built.said.contains(told), "{}", built.said);
    fs::write(site.path("site.json"), b"\xff\xfe{\0}\0").expect("site.json");
    assert!(site.build(&[]).said.contains("not saved as UTF-8"));
}

#[test]
fn pages_may_be_called_as_editors_call_them_and_each_has_its_own_address() {
    let site = newsroom(&json!({ "pages": "pages" }));
    fs::create_dir(site.path("pages")).expect("a folder");
    for name in ["about.HTM", "terms.html", "notes.mdx"] {
        fs::write(site.path("pages").join(name), "<p>x</p>").expect("a page");
    }
    let built = site.build(&[]);
    assert!(
        built.ok && built.said.contains("not read: notes.mdx"),
        "{}",
        built.said
    );
    assert!(site.has("about/index.html") && site.has("terms/index.html"));
    fs::write(site.path("pages/about.html"), "<p>y</p>").expect("a page");
    let built = site.build(&[]);
    assert!(
        !built.ok && built.said.contains("/about/"),
        "{}",
        built.said
    );
}

#[test]
fn pages_in_markdown_are_named_by_their_heading_or_their_front_matter() {
    let site =
        newsroom(&json!({ "pages": "pages", "menu": [{ "title": "Us", "url": "/about/" }] }));
    fs::create_dir(site.path("pages")).expect("a folder");
    for (name, text) in [
        (
            "about.md",
            "# About *us*\n\nSee [the terms](/terms/).\n\n<script>alert(1)</script>\n",
        ),
        (
            "terms.markdown",
            "---\ndate: 2026\ntitle: \"The terms\"\n---\n\n- One\n- Two\n",
        ),
        ("fees.md", "None.\n"),
    ] {
        fs::write(site.path("pages").join(name), text).expect("a page");
    }
    let built = site.build(&[]);
    assert!(
        built.ok && !built.said.contains("not read"),
        "{}",
        built.said
    );
    let about = site.read("about/index.html");
    assert!(
        about.contains("<title>About us") && !about.contains("alert(1)"),
        "{about}"
    );
    assert!(
        about.contains("<a href=\"/terms/\">the terms</a>"),
        "{about}"
    );
    let terms = site.read("terms/index.html");
    assert!(
        terms.contains("<title>The terms") && terms.contains("<li>Two</li>"),
        "{terms}"
    );
    assert!(!terms.contains("2026\n"), "front matter is no text");
    assert!(site.read("fees/index.html").contains("<title>Fees"));
}

#[test]
fn a_source_of_another_kind_or_place_is_named_as_what_it_is() {
    let server = Server::start(|asked| match asked.path.as_str() {
        "/rss" => Answer::Full(
            200,
            vec![],
            b"<rss><channel><title>R</title><item><title>A</title>\
            <description>d</description></item></channel></rss>"
                .to_vec(),
        ),
        "/page" => Answer::Full(
            200,
            vec![("Content-Type", "text/html".into())],
            b"<!doctype html><html><head><title>x</title></head></html>".to_vec(),
        ),
        _ => Answer::Full(404, vec![], Vec::new()),
    });
    let url = |path: &str| [&server.url, path].concat();
    for (source, checks, builds) in [
        (
            json!({ "kind": "jsonfeed", "url": url("/rss") }),
            "looks like \"kind\": \"rss\"",
            "dateline check",
        ),
        (
            json!({ "kind": "rss", "url": url("/page") }),
            "finds the feed",
            "finds the feed",
        ),
        (
            json!({ "kind": "wordpress", "url": url("/2026/a/") }),
            "try \"http",
            "try \"http",
        ),
    ] {
        let site = newsroom(&json!({ "source": source }));
        let (report, ok) = checked(&site);
        assert!(
            !ok && lines(&report["problems"]).contains(checks),
            "{source}: {report}"
        );
        let built = site.build(&[]);
        assert!(
            !built.ok && built.said.contains(builds),
            "{source}: {}",
            built.said
        );
    }
    let site = newsroom(&json!({ "source": { "kind": "rss", "url": "feed.json" } }));
    let (report, _) = checked(&site);
    assert!(
        lines(&report["problems"]).contains("looks like \"kind\": \"jsonfeed\""),
        "{report}"
    );
}

#[test]
fn pictures_that_the_folder_lacks_are_told_by_both() {
    let site = newsroom(&json!({}));
    let feed = json!({ "version": "https://jsonfeed.org/version/1.1", "items": [
        { "id": "1", "title": "A", "image": "pictures/lead.png",
          "content_html": "<p>x</p><img src='pictures/in.png' alt='x'>" },
        { "id": "2", "title": "B", "url": "https://old.example/b/",
          "content_html": "<p>x</p><img src=\"pictures/theirs.png\" alt=\"\">" }] });
    fs::write(site.path("feed.json"), feed.to_string()).expect("a feed");
    let told = "not in the site's folder: pictures/in.png, pictures/lead.png";
    let (report, _) = checked(&site);
    assert!(lines(&report["notes"]).ends_with(told), "{report}");
    let built = site.build(&[]);
    let line = built
        .said
        .lines()
        .find(|line| line.contains("not in the site's folder"));
    assert!(
        line.is_some_and(|line| line.ends_with(told)),
        "{}",
        built.said
    );
}

/// A press that says it reads JSON Feed alone: a module of one custom section.
fn bare_press(site: &Site) {
    let mut wasm = b"\0asm\x01\0\0\0\0\x18\x10dateline-formats".to_vec();
    wasm.extend(b"1000000");
    fs::write(site.path("app/press-1111_bg.wasm"), wasm).expect("a bundle");
}

#[test]
fn a_shell_that_could_not_read_its_source_is_not_built() {
    let rss = json!({ "kind": "rss", "url": "https://blog.example/feed" });
    let site = newsroom(&json!({ "prerender": false, "source": rss }));
    assert!(
        site.build(&[]).ok,
        "a bundle that says nothing is not judged"
    );
    bare_press(&site);
    let built = site.build(&[]);
    assert!(
        !built.ok && built.said.contains("without the format \"rss\""),
        "{}",
        built.said
    );
    site.configure(&configured(&json!({ "prerender": false })));
    assert!(site.build(&[]).ok, "JSON Feed is in every bundle");
}

#[test]
fn a_key_that_a_build_would_publish_is_told_and_never_repeated() {
    let site = newsroom(&json!({ "source": { "url": "feed.json",
        "headers": { "Authorization": "Basic s3cret" } } }));
    let built = site.build(&[]);
    assert!(
        built.ok && built.said.contains("source.headers.Authorization"),
        "{}",
        built.said
    );
    assert!(!built.said.contains("s3cret"));
}
