//! Hostile words in every place a source controls: headline, summary, byline, label, address,
//! caption, alternative text, body. A site is built from them as a publisher would build it, and
//! every file of it is read as a browser would read it: nothing in it may run, load or take over.
//!
//! `tests/e2e/attacks.spec.mjs` opens the same pages in Chromium; both use
//! `tests/attacks/payloads.json`.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use dateline::html::tree::{Element, Node, text_of};
use dateline::model::Instant;
use dateline::platform::HOST;
use dateline::prerender::{self, Options};
use serde_json::{Value, json};
use tempfile::TempDir;

/// Every hostile text, with the family it belongs to.
fn payloads() -> Vec<String> {
    let groups: Value =
        serde_json::from_str(include_str!("attacks/payloads.json")).expect("the payloads");
    let texts = |group: &Value| group["texts"].as_array().cloned().unwrap_or_default();
    let mut found: Vec<String> = groups
        .as_array()
        .expect("a list of groups")
        .iter()
        .flat_map(texts)
        .filter_map(|text| text.as_str().map(str::to_owned))
        .collect();
    // Too long to be read in a file.
    found.push("<b>".repeat(3_000));
    found.push("<table><tr><td>".repeat(400));
    found.push("[".repeat(9_000));
    found.push(format!(
        "<a href=\"https://x.example/{}\">x</a>",
        "a".repeat(9_000)
    ));
    found
}

/// A story with one text in every field that a feed can carry.
fn story(at: usize, text: &str) -> Value {
    let body = format!(
        "<p>Before {text} after.</p><h2 id=\"{text}\">{text}</h2>\
         <figure><img src=\"/pictures/quay.png\" alt=\"{text}\"><figcaption>{text} <span class=credit>{text}</span></figcaption></figure>\
         <a href=\"{text}\" title=\"{text}\">link</a><blockquote cite=\"{text}\">{text}</blockquote>\
         <pre><code class=\"language-{text}\">{text}</code></pre><table><caption>{text}</caption><tr><td>{text}</table>\
         <iframe src=\"https://www.youtube.com/embed/abcdefghijk\" title=\"{text}\"></iframe>\
         <div class=\"kg-card kg-bookmark-card\"><a href=\"https://x.example/\"><div class=kg-bookmark-title>{text}</div></a></div>"
    );
    json!({
        "id": format!("{at} {text}"), "url": format!("https://post.example/article/s{at}/"),
        "external_url": text, "title": format!("{at} {text}"), "summary": text,
        "content_html": body, "image": "/pictures/quay.png", "banner_image": text,
        "date_published": "2026-11-23T08:00:00Z", "date_modified": text, "language": text,
        "tags": [format!("T{at} {text}"), text], "attachments": [{ "url": text, "mime_type": text, "title": text }],
        "authors": [{ "name": format!("A{at} {text}"), "url": text, "_dateline": { "slug": text, "bio": text } }],
        "_dateline": {
            "section": { "path": format!("desk{}", at % 7), "name": format!("Desk {text}") },
            "kicker": text, "standfirst": text, "key_points": [text, text], "kind": text,
            "pull_quotes": [{ "text": text, "attribution": text }],
            "corrections": [{ "date": text, "text": text }], "related": [text],
            "image": { "alt": text, "caption": text, "credit": text },
            "comments": { "url": text, "count": 3 },
        },
    })
}

/// A built site in a temporary folder.
struct Built {
    root: TempDir,
}

fn built(items: Vec<Value>) -> Built {
    let root = tempfile::tempdir().expect("a temporary folder");
    let path = |name: &str| root.path().join(name);
    fs::create_dir_all(path("site/pictures")).expect("folders");
    fs::create_dir_all(path("app/bundles")).expect("folders");
    for file in [
        "bundles/app.js",
        "bundles/app_bg.wasm",
        "bundles/desk.js",
        "bundles/desk_bg.wasm",
        "press-1.js",
        "press-1_bg.wasm",
    ] {
        fs::write(path("app").join(file), "").expect("a bundle");
    }
    image::RgbImage::new(90, 60)
        .save(path("site/pictures/quay.png"))
        .expect("a picture");
    let site = json!({
        "title": "The Post", "description": "News.", "url": "https://post.example",
        "language": "en-GB", "source": { "kind": "jsonfeed", "url": "feed.json" }, "page_size": 12,
    });
    fs::write(path("site/site.json"), site.to_string()).expect("site.json");
    let feed = json!({ "version": "https://jsonfeed.org/version/1.1", "title": "The Post", "items": items });
    fs::write(path("site/feed.json"), feed.to_string()).expect("feed.json");
    prerender::run(&Options {
        app: path("app"),
        site: path("site/site.json"),
        out: path("out"),
        base: "/".into(),
        now: Instant::parse("2026-11-23T10:00:00Z"),
    })
    .expect("a build");
    Built { root }
}

impl Built {
    fn files(&self, extension: &str) -> Vec<PathBuf> {
        let mut found = Vec::new();
        let mut folders = vec![self.root.path().join("out")];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(&folder).expect("a folder").flatten() {
                let path = entry.path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|is| is == extension) {
                    found.push(path);
                }
            }
        }
        found.sort();
        found
    }

    fn name(&self, path: &Path) -> String {
        path.strip_prefix(self.root.path().join("out"))
            .unwrap_or(path)
            .display()
            .to_string()
    }
}

/// What a harmless site is made of: whatever may run or bear a name in a hostile one.
#[derive(Default)]
struct Furniture {
    scripts: BTreeSet<String>,
    elements: BTreeSet<String>,
    attributes: BTreeSet<String>,
    names: BTreeSet<String>,
    links: BTreeSet<String>,
    actions: BTreeSet<String>,
    metas: BTreeSet<String>,
}

/// A script's own markup, without the data that differs from page to page.
fn script(element: &Element) -> String {
    let kind = element.attribute("type").unwrap_or_default();
    let is_data = matches!(kind, "application/json" | "application/ld+json");
    let words = if is_data {
        String::new()
    } else {
        text_of(&element.children)
    };
    format!("{:?} {words}", element.attributes)
}

/// A `link` as what it asks the browser to do; addresses of pages and feeds differ.
fn link(element: &Element) -> String {
    let rel = element.attribute("rel").unwrap_or_default();
    let own = matches!(rel, "stylesheet" | "modulepreload" | "manifest" | "icon")
        || element.attribute("as").is_some_and(|kind| kind != "image");
    let href = if own { element.attribute("href") } else { None };
    format!("{rel} {}", href.unwrap_or_default())
}

impl Furniture {
    fn collect(&mut self, nodes: &[Node]) {
        each(nodes, &mut |element, within_body| {
            self.elements.insert(element.name.clone());
            match element.name.as_str() {
                "script" | "style" => drop(self.scripts.insert(script(element))),
                "link" => drop(self.links.insert(link(element))),
                "meta" => drop(self.metas.insert(meta(element))),
                _ => {}
            }
            for (name, value) in &element.attributes {
                self.attributes.insert(name.clone());
                if name == "action" {
                    self.actions.insert(value.clone());
                }
                if matches!(name.as_str(), "id" | "name") && !within_body {
                    self.names.insert(value.clone());
                }
            }
        });
    }
}

fn meta(element: &Element) -> String {
    let of = |name: &str| element.attribute(name).unwrap_or_default().to_owned();
    [of("name"), of("property"), of("http-equiv"), of("charset")].join("|")
}

/// Visits every element, saying whether it stands in a story's text.
fn each(nodes: &[Node], visit: &mut dyn FnMut(&Element, bool)) {
    fn walk(nodes: &[Node], within_body: bool, visit: &mut dyn FnMut(&Element, bool)) {
        for node in nodes {
            if let Node::Element(element) = node {
                visit(element, within_body);
                let body = within_body || element.attribute("data-opaque").is_some();
                walk(&element.children, body, visit);
            }
        }
    }
    walk(nodes, false, visit);
}

/// Forms go by another name: the parser keeps no attributes of theirs, and here they matter.
fn parsed(html: &str) -> Vec<Node> {
    (HOST.parse_html)(
        &html
            .replace("<form", "<x-form")
            .replace("</form", "</x-form"),
    )
}

fn is_harmless_address(value: &str) -> bool {
    // The icon of a site that has none.
    if value == "data:," {
        return true;
    }
    let lower = value.trim_start().to_ascii_lowercase();
    let scheme = lower
        .split(['/', '?', '#'])
        .next()
        .and_then(|head| head.split_once(':'))
        .map(|(scheme, _)| scheme.to_owned());
    match scheme.as_deref() {
        None => !value.starts_with("//"),
        Some(scheme) => matches!(scheme, "http" | "https" | "mailto" | "tel"),
    }
}

/// With what the shell's own templates hold in the open.
fn opened(html: &str) -> String {
    let mut html = html.to_owned();
    for id in ["galley-front", "galley-story"] {
        let start = format!("<template id=\"{id}\">");
        let Some(at) = html.find(&start) else {
            continue;
        };
        html.replace_range(at..at + start.len(), "");
        if let Some(end) = html[at..].find("</template>") {
            html.replace_range(at + end..at + end + "</template>".len(), "");
        }
    }
    html
}

/// Holds one file against what a harmless site is made of.
fn check(file: &str, html: &str, furniture: &Furniture) {
    let html = &opened(html);
    assert!(
        !html.contains("<template"),
        "{file}: a template hides its content from this test"
    );
    // A page that is JSON has no `<` in it, whatever the texts say.
    let mut ids = BTreeSet::new();
    each(&parsed(html), &mut |element, within_body| {
        let name = element.name.as_str();
        if !within_body {
            assert!(
                furniture.elements.contains(name),
                "{file}: <{name}> {:?}",
                element.attributes
            );
        }
        match name {
            "script" | "style" => {
                let script = script(element);
                assert!(furniture.scripts.contains(&script), "{file}: {script:.200}");
                if element
                    .attribute("type")
                    .is_some_and(|kind| kind.ends_with("json"))
                {
                    let json = text_of(&element.children);
                    assert!(!json.contains('<'), "{file}: a `<` in its data");
                    serde_json::from_str::<Value>(&json)
                        .unwrap_or_else(|error| panic!("{file}: its data is broken: {error}"));
                }
            }
            "link" => {
                let link = link(element);
                assert!(furniture.links.contains(&link), "{file}: {link}");
            }
            "meta" => {
                let meta = meta(element);
                assert!(furniture.metas.contains(&meta), "{file}: {meta}");
            }
            "iframe" | "object" | "embed" | "base" | "frame" | "portal" | "applet" | "marquee"
            | "dialog" => panic!("{file}: <{name}>"),
            _ => {}
        }
        for (key, value) in &element.attributes {
            assert!(!key.starts_with("on"), "{file}: <{name} {key}={value:?}>");
            assert!(
                !matches!(
                    key.as_str(),
                    "style"
                        | "srcdoc"
                        | "ping"
                        | "formaction"
                        | "background"
                        | "http-equiv"
                        | "autofocus"
                ) || furniture.attributes.contains(key),
                "{file}: <{name} {key}={value:?}>"
            );
            if matches!(
                key.as_str(),
                "href" | "src" | "action" | "poster" | "xlink:href" | "data"
            ) {
                assert!(
                    is_harmless_address(value),
                    "{file}: <{name} {key}={value:?}>"
                );
                let leaves = value.contains("canary.example")
                    && !matches!(name, "a" | "img" | "link" | "meta");
                assert!(!leaves, "{file}: <{name} {key}={value:?}>");
            }
            if key == "action" {
                assert!(
                    furniture.actions.contains(value),
                    "{file}: a form for {value:?}"
                );
            }
            if key == "id" || key == "name" && name != "meta" {
                let known = furniture.names.contains(value);
                let of_body = within_body && key == "id" && !known;
                let of_page = !within_body && (known || value.starts_with("desk"));
                assert!(
                    of_body || of_page,
                    "{file}: {name} takes the name {value:?}"
                );
                assert!(
                    key != "id" || ids.insert(value.clone()),
                    "{file}: two have the id {value:?}"
                );
            }
        }
    });
}

fn furniture() -> Furniture {
    let harmless: Vec<Value> = (0..140)
        .map(|at| story(at, "https://news.example/plain"))
        .chain([story(140, "plain words"), story(141, "ar")])
        .collect();
    let site = built(harmless);
    let mut furniture = Furniture::default();
    for path in site.files("html") {
        furniture.collect(&parsed(&fs::read_to_string(&path).expect("a page")));
    }
    furniture
}

fn hostile() -> Built {
    let texts = payloads();
    // One in another script, as among the harmless: both have the same style then.
    let texts = texts.iter().map(String::as_str).chain(["ar"]);
    built(
        texts
            .enumerate()
            .map(|(at, text)| story(at, text))
            .collect(),
    )
}

#[test]
fn no_word_of_a_source_runs_loads_or_takes_a_name_on_any_page() {
    let furniture = furniture();
    let site = hostile();
    let pages = site.files("html");
    assert!(
        pages.len() > payloads().len(),
        "every hostile story has its page"
    );
    for path in pages {
        let html = fs::read_to_string(&path).expect("a page");
        check(&site.name(&path), &html, &furniture);
    }
}

#[test]
fn structured_data_says_what_the_source_said_and_stays_data() {
    let site = hostile();
    for (at, text) in payloads().iter().enumerate().take(40) {
        let file = site
            .root
            .path()
            .join(format!("out/article/s{at}/index.html"));
        let html = fs::read_to_string(&file).expect("a page");
        let mut found = false;
        each(&parsed(&html), &mut |element, _| {
            if element.attribute("type") == Some("application/ld+json") {
                let data: Value =
                    serde_json::from_str(&text_of(&element.children)).expect("structured data");
                found |= data.to_string().contains(&at.to_string());
            }
        });
        assert!(found, "{text}: its page has structured data");
    }
}

/// Whether XML 1.0 allows the character at all, escaped or not.
fn is_xml(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

#[test]
fn feeds_stay_well_formed_and_carry_only_cleaned_text() {
    let furniture = furniture();
    let site = hostile();
    let mut texts = 0;
    for path in site.files("xml") {
        let xml = fs::read_to_string(&path).expect("a feed");
        let name = site.name(&path);
        assert!(
            xml.chars().all(is_xml),
            "{name} holds characters XML does not have"
        );
        let mut reader = quick_xml::Reader::from_str(&xml);
        reader.config_mut().check_end_names = true;
        loop {
            match reader.read_event() {
                Ok(quick_xml::events::Event::Eof) => break,
                Ok(quick_xml::events::Event::Start(start)) => {
                    let tag = start.to_ascii_lowercase();
                    assert!(
                        !tag.contains("javascript:") && !tag.starts_with("script"),
                        "{name}: {tag}"
                    );
                }
                Ok(quick_xml::events::Event::DocType(_)) => panic!("{name} declares entities"),
                Ok(_) => {}
                Err(error) => panic!("{name} at {}: {error}", reader.error_position()),
            }
        }
    }
    for path in site.files("json") {
        let name = site.name(&path);
        let text = fs::read_to_string(&path).expect("a file");
        let feed: Value =
            serde_json::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        for item in feed["items"].as_array().into_iter().flatten() {
            if let Some(html) = item["content_html"].as_str() {
                texts += 1;
                // In a page its place is a body's.
                let html = format!("<div data-opaque>{html}</div>");
                check(&name, &html, &furniture);
            }
            if let Some(url) = item["url"].as_str() {
                assert!(is_harmless_address(url), "{name}: {url}");
            }
        }
    }
    assert!(texts > 0, "some feed carries whole texts");
}

#[test]
fn no_words_of_a_source_turn_around_what_stands_beside_them() {
    let site = hostile();
    for path in site.files("html") {
        let name = site.name(&path);
        let html = fs::read_to_string(&path).expect("a page");
        each(&parsed(&html), &mut |element, within_body| {
            let own = element.children.iter().filter_map(|node| match node {
                Node::Text(text) => Some(text.as_str()),
                Node::Element(_) => None,
            });
            if element.name == "script" {
                return;
            }
            let values = element.attributes.iter().map(|(_, value)| value.as_str());
            for text in own.chain(values) {
                assert!(!text.contains(['\u{202d}', '\u{202e}']), "{name}: {text:?}");
                let turns = ['\u{202a}', '\u{202b}', '\u{2066}', '\u{2067}', '\u{2068}'];
                let within_body = within_body || element.attribute("data-opaque").is_some();
                assert!(within_body || !text.contains(turns), "{name}: {text:?}");
            }
        });
    }
}

/// The check is worth something only if it finds what it looks for.
#[test]
fn the_check_itself_finds_what_is_hostile() {
    let furniture = furniture();
    for hostile in [
        "<p onclick=x>",
        "<p style=x>",
        "<a href=javascript:x>",
        "<a href=//x.example>",
        "<script>x</script>",
        "<script type=application/json>{</script>",
        "<link rel=prefetch href=https://canary.example/>",
        "<meta http-equiv=refresh content=0>",
        "<form action=https://canary.example/>",
        "<p id=app><p id=app>",
        "<img name=body>",
        "<iframe>",
        "<blink>",
    ] {
        let told = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            check("x", hostile, &furniture)
        }));
        assert!(told.is_err(), "{hostile} passes");
    }
}
