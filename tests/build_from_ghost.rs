//! A Ghost site moves in: what its settings, tags, previews and pages become.

#[path = "support/server.rs"]
mod server;
#[path = "support/site.rs"]
mod site;

use serde_json::{Value, json};
use server::{Answer, Asked, Server, json as answered};
use site::Site;

const KEY: &str = "0123456789abcdef0123456789";

fn tag(name: &str, slug: &str) -> Value {
    let visibility = if name.starts_with('#') {
        "internal"
    } else {
        "public"
    };
    json!({ "id": slug, "name": name, "slug": slug, "visibility": visibility })
}

fn post(slug: &str, more: &Value) -> Value {
    let mut post = json!({
        "id": format!("id-{slug}"), "slug": slug, "title": slug, "html": format!("<p>Words of {slug}.</p>"),
        "url": format!("https://blog.example/{slug}/"), "published_at": "2026-11-20T08:00:00.000+00:00",
        "authors": [{ "name": "Ada Quill", "slug": "ada", "bio": "Writes of tides." }],
        "tags": [], "primary_tag": null, "access": true, "visibility": "public",
    });
    for (key, value) in more.as_object().into_iter().flatten() {
        post[key] = value.clone();
    }
    post
}

/// Three posts on two pages, one of them for members; settings, tags, two pages.
fn ghost(asked: &Asked) -> Answer {
    let (path, query) = asked.path.split_once('?').unwrap_or((&asked.path, ""));
    if !query.contains(&format!("key={KEY}")) {
        let message = "Unknown Content API Key";
        let body = json!({ "errors": [{ "message": message, "type": "UnauthorizedError" }] });
        return Answer::Full(401, vec![], body.to_string().into_bytes());
    }
    let second = query.split('&').any(|part| part == "page=2");
    let body = match path.trim_start_matches("/ghost/api/content/") {
        "settings/" => json!({ "settings": { "title": "The Tide Table",
            "description": "High water, low water.", "locale": "en", "url": "https://blog.example/" } }),
        "tags/" => json!({ "tags": [tag("Harbour", "harbour"), tag("#desk", "hash-desk")] }),
        "pages/" => json!({ "pages": [post("imprint", &json!({ "title": "Imprint" }))],
            "meta": { "pagination": { "page": 1, "pages": 1, "next": null } } }),
        "posts/" if second => json!({ "posts": [
            post("members", &json!({ "title": "For members", "access": false, "visibility": "members",
                "html": "<p>The first lines.</p>" })) ],
            "meta": { "pagination": { "page": 2, "pages": 2, "total": 3, "next": null } } }),
        "posts/" => json!({ "posts": [
            post("ferry", &json!({ "title": "Ferry &amp; quay",
                "primary_tag": tag("Harbour", "harbour"),
                "tags": [tag("#desk", "hash-desk"), tag("Boats", "boats"), tag("Harbour", "harbour")] })),
            post("gull", &json!({ "title": "Gull", "primary_tag": tag("#desk", "hash-desk"),
                "tags": [tag("#desk", "hash-desk"), tag("Boats", "boats")] })) ],
            "meta": { "pagination": { "page": 1, "pages": 2, "total": 3, "next": 2 } } }),
        _ => return Answer::Full(404, vec![], Vec::new()),
    };
    answered(body.to_string())
}

fn built() -> (Server, Site) {
    let server = Server::start(ghost);
    let source = json!({ "kind": "ghost", "url": server.url, "key": KEY });
    let site = Site::new(&json!({ "url": "https://new.example/", "source": source }));
    let built = site.build(&[]);
    assert!(built.ok, "{}", built.said);
    assert!(built.said.contains("3 of 3 stories"), "{}", built.said);
    (server, site)
}

#[test]
fn a_ghost_moves_in_with_its_settings_tags_and_pages() {
    let (server, site) = built();
    let front = site.read("index.html");
    assert!(front.contains("The Tide Table") && front.contains("High water, low water."));
    let story = site.read("ferry/index.html");
    // Ghost's titles are plain text: what looks like an entity was typed.
    assert!(story.contains(">Ferry &amp;amp; quay</h1>"));
    assert!(
        story.contains("href=\"/category/harbour/\""),
        "the primary tag is its section"
    );
    assert!(site.has("category/harbour/index.html"));
    assert!(site.has("tag/boats/index.html"));
    // A post whose primary tag is the desk's own stands in the first tag that readers see.
    assert!(
        site.read("gull/index.html")
            .contains("href=\"/category/boats/\"")
    );
    assert!(
        site.read("author/ada/index.html")
            .contains("Writes of tides.")
    );
    let imprint = site.read("imprint/index.html");
    assert!(imprint.contains("Words of imprint."));
    assert!(
        story.contains("<a href=\"/imprint/\">Imprint</a>"),
        "the foot leads to it"
    );
    for (name, bytes) in site::tree(&site.path("out")) {
        let text = String::from_utf8_lossy(&bytes);
        assert!(
            !text.contains("#desk") && !text.contains("hash-desk"),
            "{name}"
        );
    }
    assert!(
        !server.asked().iter().any(|path| path.contains("page=3")),
        "nothing is asked past the end: {:?}",
        server.asked()
    );
}

#[test]
fn a_post_for_members_is_a_preview_that_leads_to_the_publisher() {
    let (_server, site) = built();
    let story = site.read("members/index.html");
    assert!(story.contains("The first lines."));
    assert!(
        story.contains("href=\"https://blog.example/members/\""),
        "{story}"
    );
    let data = story
        .split("application/ld+json")
        .nth(1)
        .unwrap_or_default();
    assert!(data.contains("\"isAccessibleForFree\":false"), "{data}");
    let free = site.read("ferry/index.html");
    assert!(!free.contains("href=\"https://blog.example/ferry/\">Read"));
    assert!(free.contains("\"isAccessibleForFree\":true"));
}

#[test]
fn a_key_that_ghost_refuses_ends_the_build_in_its_words() {
    let server = Server::start(ghost);
    let source = json!({ "kind": "ghost", "url": server.url, "key": "f00" });
    let built = Site::new(&json!({ "source": source })).build(&[]);
    assert!(!built.ok);
    assert!(
        built.said.contains("Unknown Content API Key"),
        "{}",
        built.said
    );
    assert!(!built.said.contains("f00"), "{}", built.said);
}
