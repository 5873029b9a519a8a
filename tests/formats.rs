//! Every format against real payloads, counted by an independent reader, and against the traps
//! those payloads showed.

mod support;

use dateline::model::{Access, Article, Body, Kind};
use dateline::source::{Batch, Query, Response, SourceError, Step, Wanted};
use serde_json::json;
use support::{World, open, refused, samples};

/// Reads a sample as a file in the site's folder.
fn saved(source: &str, file: &str) -> Option<Result<Batch, SourceError>> {
    let body = std::fs::read(samples()?.join(file)).expect(file);
    let name = file.rsplit('/').next().unwrap_or(file);
    let source = source.replace("FILE", name);
    let mut world = World::default().with(name, body);
    Some(world.read(&open(&source), Query::Latest, None))
}

/// Sample, articles in it, things in it that are none.
type Counts = &'static [(&'static str, usize, usize)];

fn counted(source: &str, counts: Counts) {
    for (file, articles, skipped) in counts {
        let Some(batch) = saved(source, file) else {
            return;
        };
        let batch = batch.unwrap_or_else(|error| panic!("{file}: {error}"));
        assert_eq!(
            (batch.items.len(), batch.skipped.len()),
            (*articles, *skipped),
            "{file}"
        );
        for article in &batch.items {
            assert!(
                !article.id.is_empty() && !article.headline.is_empty(),
                "{file}: {article:?}"
            );
            assert!(
                !article.headline.contains("&#"),
                "{file}: {}",
                article.headline
            );
        }
    }
}

#[test]
fn wordpress_samples_hold_the_posts_a_person_counts() {
    counted(
        r#"{ "kind": "wordpress", "url": "FILE" }"#,
        &[
            ("wordpress/ptom76-ja/posts.json", 10, 0),
            ("wordpress/python-wp/posts.json", 10, 0),
            ("wordpress/python-wp/post-448.json", 1, 0),
            ("wordpress/frontity/posts.json", 3, 0),
            ("wordpress/frontity/posts-from-category-7.json", 5, 0),
            ("wordpress/frontity/posts-from-category-7-page-2.json", 5, 0),
            ("wordpress/frontity/post-60.json", 1, 0),
            ("wordpress/frontity/page-211.json", 1, 0),
            ("wordpress/frontity/page-with-subpage.json", 1, 0),
            // Pictures and sounds are attached to stories, and none themselves.
            ("wordpress/frontity/media-list.json", 0, 10),
            (
                "wordpress/captured-http/posts-embed-author-error-2026.json",
                1,
                0,
            ),
        ],
    );
}

#[test]
fn ghost_samples_hold_the_posts_a_person_counts() {
    counted(
        r#"{ "kind": "ghost", "url": "FILE" }"#,
        &[
            ("ghost/posts.json", 3, 0),
            ("ghost/pages.json", 4, 0),
            ("ghost/post.json", 1, 0),
        ],
    );
}

#[test]
fn guardian_samples_hold_the_articles_a_person_counts() {
    counted(
        r#"{ "kind": "guardian", "url": "FILE" }"#,
        &[
            ("guardian/search-show-fields-cypress.json", 10, 0),
            ("guardian/content-api-models/search.json", 10, 0),
            ("guardian/content-api-models/item-section.json", 10, 0),
            ("guardian/content-api-models/item-content.json", 1, 0),
            (
                "guardian/content-api-models/item-content-with-blocks.json",
                1,
                0,
            ),
            ("guardian/content-api-models/content.json", 1, 0),
            // Ten ids of content that was removed.
            ("guardian/content-api-models/removed.json", 0, 10),
        ],
    );
    if let Some(error) = saved(
        r#"{ "kind": "guardian", "url": "FILE" }"#,
        "guardian/content-api-models/error.json",
    ) {
        assert!(error.expect_err("an error").to_string().contains("Uh oh"));
    }
}

#[test]
fn ninjs_samples_hold_one_item_each() {
    counted(
        r#"{ "kind": "ninjs", "url": "FILE" }"#,
        &[
            ("ninjs/examples/2.1/ap_image.json", 1, 0),
            ("ninjs/examples/2.1/dpa_text.json", 1, 0),
            ("ninjs/examples/2.1/ntb_text.json", 1, 0),
            ("ninjs/examples/2.1/tt_text_image_2.json", 1, 0),
            ("ninjs/examples/3.0/20231004-UEFA-ChampionLeague.json", 1, 0),
            (
                "ninjs/examples/3.0/20231008-anti-doping-measures-at-the-tour-down-under-will-be-the-toughest-ever-addb-ninjs-nitf.json",
                1,
                0,
            ),
        ],
    );
}

#[test]
fn rss_and_atom_samples_hold_the_items_a_person_counts() {
    counted(
        r#"{ "kind": "rss", "url": "FILE" }"#,
        &[
            ("rss-atom/feed-rs/atom_example_7.xml", 1, 0),
            ("rss-atom/feed-rs/rss_2.0_bbc.xml", 1, 0),
            ("rss-atom/feed-rs/rss_2.0_ghost_1.xml", 1, 0),
            ("rss-atom/feed-rs/rss_2.0_relurl_1.xml", 2, 0),
            ("rss-atom/feed-rs/rss_2.0_spiegel.xml", 1, 0),
        ],
    );
}

#[test]
fn mapped_samples_hold_the_items_a_person_counts() {
    counted(
        r#"{ "kind": "mapped", "preset": "dev.to", "url": "FILE" }"#,
        &[
            ("devto/articles.200.json", 1, 0),
            ("devto/articles-latest.200.json", 3, 0),
            ("devto/articles-id.200.json", 1, 0),
            ("devto/articles-username-slug.200.json", 1, 0),
            ("devto/articles-me.200.json", 0, 0),
            ("devto/organizations-username-articles.200.json", 1, 0),
        ],
    );
    counted(
        r#"{ "kind": "mapped", "preset": "hn", "url": "FILE" }"#,
        &[("hn-algolia/search.json", 2, 0)],
    );
    counted(
        r#"{ "kind": "mapped", "preset": "newsapi", "url": "FILE", "key": "abc" }"#,
        &[("newsapi/top-headlines-us-2020.json", 20, 0)],
    );
}

#[test]
fn wordpress_authors_bring_the_largest_of_their_pictures() {
    let body = r#"[{ "id": 1, "slug": "a", "link": "https://blog.example/a/", "title": { "rendered": "A" },
        "_embedded": { "author": [{ "id": 3, "name": "Ada &amp; Co", "slug": "ada", "description": "Writes.",
            "avatar_urls": { "24": "https://blog.example/24.png", "96": "https://blog.example/96.png" } }] } }]"#;
    let mut world = World::default().with("posts.json", body);
    let source = open(r#"{ "kind": "wordpress", "url": "posts.json" }"#);
    let batch = world.read(&source, Query::Latest, None).expect("a list");
    let author = &batch.items[0].authors[0];
    assert_eq!(author.name, "Ada & Co");
    assert_eq!(
        author.avatar.as_deref(),
        Some("https://blog.example/96.png")
    );
    assert_eq!(author.bio.as_deref(), Some("Writes."));
}

/// Of each kind: its configuration at one address, and an answer full of other addresses.
const ELSEWHERE: [(&str, &str); 7] = [
    (
        r#"{ "kind": "jsonfeed", "url": "https://own.example/in" }"#,
        r#"{ "version": "https://jsonfeed.org/version/1.1", "home_page_url": "https://other.example/",
        "feed_url": "https://other.example/feed.json", "hubs": [{ "url": "https://other.example/hub" }],
        "items": [{ "id": "https://other.example/1", "url": "https://other.example/1", "title": "A",
            "image": "https://other.example/a.jpg", "content_html": "<img src='https://other.example/b.jpg'>",
            "attachments": [{ "url": "https://other.example/c.mp3", "mime_type": "audio/mpeg" }] }] }"#,
    ),
    (
        r#"{ "kind": "rss", "url": "https://own.example/in" }"#,
        r#"<rss version="2.0" xmlns:a="http://www.w3.org/2005/Atom"><channel><title>T</title><link>https://other.example/</link>
        <a:link rel="self" href="https://other.example/feed"/><a:link rel="hub" href="https://other.example/hub"/>
        <item><title>A</title><link>https://other.example/1</link><comments>https://other.example/1#c</comments>
        <enclosure url="https://other.example/c.mp3" type="audio/mpeg"/></item></channel></rss>"#,
    ),
    (
        r#"{ "kind": "wordpress", "url": "https://own.example/in" }"#,
        r#"[{ "id": 1, "slug": "a", "link": "https://other.example/a/", "title": { "rendered": "A" },
        "content": { "rendered": "<iframe src='https://other.example/f'></iframe>" },
        "_links": { "author": [{ "embeddable": true, "href": "https://other.example/wp-json/wp/v2/users/1" }],
            "replies": [{ "href": "https://other.example/wp-json/wp/v2/comments" }] } }]"#,
    ),
    (
        r#"{ "kind": "ghost", "url": "https://own.example/in", "key": "k" }"#,
        r#"{ "posts": [{ "id": "1", "slug": "a", "title": "A", "url": "https://other.example/a/",
        "feature_image": "https://other.example/a.jpg", "tags": [{ "name": "T", "slug": "t" }] }],
        "settings": { "title": "T", "url": "https://other.example/", "icon": "https://other.example/i.png" } }"#,
    ),
    (
        r#"{ "kind": "guardian", "url": "https://own.example/in", "key": "k" }"#,
        r#"{ "response": { "status": "ok", "pages": 1, "currentPage": 1, "results": [{ "id": "world/a", "webTitle": "A",
        "webUrl": "https://other.example/a", "apiUrl": "https://other.example/api/a" }] } }"#,
    ),
    (
        r#"{ "kind": "ninjs", "url": "https://own.example/in" }"#,
        r#"{ "uri": "https://other.example/1", "headline": "A", "type": "text",
        "associations": [{ "name": "main", "renditions": [{ "href": "https://other.example/a.jpg" }] }],
        "altids": [{ "value": "https://other.example/2" }] }"#,
    ),
    (
        r#"{ "kind": "mapped", "base": "https://own.example/in", "list": { "path": "/list" },
        "one": { "path": "/one/{id}" }, "map": { "id": "/id", "title": "/t", "url": "/u", "image": "/u" } }"#,
        r#"[{ "id": "https://other.example/1", "t": "A", "u": "https://other.example/a" }]"#,
    ),
];

/// Whatever addresses an answer holds: only the configured one is asked.
#[test]
fn no_source_asks_anybody_the_configuration_did_not_name() {
    for (config, body) in ELSEWHERE {
        let wanted = Wanted {
            id: Some("https://other.example/1".into()),
            slug: Some("a".into()),
            path: Some("//other.example/a".into()),
            ..Wanted::default()
        };
        let mut asked = 0;
        for query in [
            Query::Latest,
            Query::One(wanted.clone()),
            Query::Section("//other.example".into()),
            Query::Tag("https://other.example/".into()),
            Query::Author("@other.example".into()),
            Query::Search("https://other.example".into()),
            Query::Related(wanted.clone()),
            Query::Pages,
            Query::About,
            Query::Comments(wanted),
        ] {
            let source = open(config);
            let mut conversation = source.converse(query.clone(), None);
            let mut step = conversation.start();
            while let Ok(Step::Ask(request)) = step {
                assert!(
                    request.url.starts_with("https://own.example/"),
                    "{config}: {query:?} asks {}",
                    request.url
                );
                asked += 1;
                assert!(asked < 200, "{config}: without end");
                step = conversation.answer(Response {
                    status: 200,
                    url: request.url,
                    body: body.as_bytes().to_vec(),
                    ..Response::default()
                });
            }
        }
        assert!(asked > 0, "{config}");
    }
}

const SITE: &str = "https://news.example";

fn wordpress() -> dateline::source::Source {
    open(r#"{ "kind": "wordpress", "url": "https://news.example/", "per_page": 2 }"#)
}

/// Answers a WordPress without pretty permalinks, or with them, by route and a part of the query.
struct WordPress {
    pretty: bool,
    headers: bool,
    routes: Vec<(&'static str, &'static str, u16, String)>,
    asked: Vec<String>,
}

impl WordPress {
    fn read(
        &mut self,
        source: &dateline::source::Source,
        query: Query,
        cursor: Option<dateline::source::Cursor>,
    ) -> Result<Batch, SourceError> {
        let mut conversation = source.converse(query, cursor);
        let mut step = conversation.start()?;
        loop {
            match step {
                Step::Done(batch) => return Ok(batch),
                Step::Ask(request) => {
                    self.asked.push(request.url.clone());
                    assert!(self.asked.len() < 50, "{:?}", self.asked);
                    step = conversation.answer(self.answer(&request.url))?;
                }
            }
        }
    }

    fn answer(&self, url: &str) -> Response {
        let page = |status, body: &str| Response {
            status,
            url: url.into(),
            body: body.into(),
            ..Response::default()
        };
        let route = match (url.strip_prefix(&[SITE, "/wp-json"].concat()), self.pretty) {
            (Some(route), true) => route.to_owned(),
            (None, false) => url
                .split_once("rest_route=")
                .map_or("", |(_, it)| it)
                .replacen('&', "?", 1),
            // The theme's page in the place of the API.
            _ => return page(404, "<!doctype html><title>Not here</title>"),
        };
        let found = self.routes.iter().find(|(path, part, _, _)| {
            route.split('?').next() == Some(path) && route.contains(part)
        });
        let Some((_, _, status, body)) = found else {
            return page(
                404,
                r#"{ "code": "rest_no_route", "message": "Keine Route" }"#,
            );
        };
        let total = ("x-wp-total".to_owned(), "3".to_owned());
        let pages = ("x-wp-totalpages".to_owned(), "2".to_owned());
        if self.headers {
            Response {
                headers: vec![total, pages],
                ..page(*status, body)
            }
        } else if route.contains("_envelope=1") {
            let body = format!(
                r#"{{ "status": 200, "headers": {{ "X-WP-Total": 3, "X-WP-TotalPages": 2 }}, "body": {body} }}"#
            );
            page(200, &body)
        } else {
            page(*status, body)
        }
    }
}

fn post(id: u32, more: &str) -> String {
    format!(
        r#"{{ "id": {id}, "slug": "post-{id}", "link": "{SITE}/2026/post-{id}/",
        "date": "2026-11-23T09:00:00", "date_gmt": "2026-11-23T08:00:00",
        "title": {{ "rendered": "Q&#038;A <em>no. {id}</em><script>x</script>" }},
        "content": {{ "rendered": "<p>Text</p>", "protected": false }},
        "excerpt": {{ "rendered": "<p>Short [&hellip;]</p>" }},
        "comment_status": "open", "categories": [5], "tags": [9]{more} }}"#
    )
}

fn newsroom() -> WordPress {
    let categories = r#"[
        { "id": 4, "name": "World", "slug": "world", "parent": 0, "count": 2 },
        { "id": 5, "name": "Europe &amp; Asia", "slug": "europe", "parent": 4, "count": 9 },
        { "id": 6, "name": "A", "slug": "a", "parent": 7, "count": 1 },
        { "id": 7, "name": "B", "slug": "b", "parent": 6, "count": 1 }]"#;
    let list = |posts: &[String]| format!("[{}]", posts.join(","));
    let first = list(&[post(1, ""), post(2, "")]);
    WordPress {
        pretty: true,
        headers: true,
        routes: vec![
            ("/", "", 200, r#"{ "name": "The &#8220;Post&#8221;", "description": "News", "home": "https://news.example" }"#.into()),
            ("/wp/v2/categories", "", 200, categories.into()),
            ("/wp/v2/posts", "sticky=true", 200, list(&[post(9, r#", "sticky": true"#), post(1, "")])),
            ("/wp/v2/posts", "categories=4,5", 200, list(&[post(7, "")])),
            ("/wp/v2/posts", "exclude=1", 200, list(&[post(2, "")])),
            ("/wp/v2/posts", "include=1", 200, list(&[post(1, "")])),
            ("/wp/v2/posts", "tags=9", 200, list(&[post(6, "")])),
            ("/wp/v2/posts", "slug=contact", 200, "[]".into()),
            ("/wp/v2/posts", "slug=nobody", 200, "[]".into()),
            ("/wp/v2/posts", "slug=post-1", 200, list(&[post(1, "")])),
            ("/wp/v2/posts", "&page=1", 200, first),
            ("/wp/v2/posts", "&page=2", 200, list(&[post(3, "")])),
            ("/wp/v2/posts", "&page=9", 400, r#"{ "code": "rest_post_invalid_page_number", "message": "Zu weit" }"#.into()),
            ("/wp/v2/pages", "slug=contact", 200, list(&[post(77, "")])),
            ("/wp/v2/pages", "slug=nobody", 200, "[]".into()),
            ("/wp/v2/tags", "slug=harbour", 200, r#"[{ "id": 9 }]"#.into()),
            ("/wp/v2/posts/1", "password=sesame", 200, post(1, "")),
            ("/wp/v2/comments", "post=1", 200, r#"[
                { "id": 5, "parent": 0, "author_name": "Ann", "date_gmt": "2026-11-23T08:00:00", "content": { "rendered": "<p>A</p>" } },
                { "id": 6, "parent": 5, "author_name": "Bo", "content": { "rendered": "<p>B</p>" } }]"#.into()),
        ],
        asked: Vec::new(),
    }
}

fn ids(batch: &Batch) -> Vec<&str> {
    batch
        .items
        .iter()
        .map(|article| article.id.as_str())
        .collect()
}

#[test]
fn wordpress_lists_page_by_page_with_sticky_posts_first() {
    let (source, mut site) = (wordpress(), newsroom());
    let first = site.read(&source, Query::Latest, None).expect("a page");
    assert_eq!(ids(&first), ["9", "1", "2"]);
    assert!(first.items[0].featured);
    assert_eq!(first.total, Some(3));
    let second = site
        .read(&source, Query::Latest, first.next)
        .expect("a page");
    assert_eq!(ids(&second), ["3"]);
    assert_eq!(second.next, None);
    let past = site.read(
        &source,
        Query::Latest,
        Some(dateline::source::Cursor("9".into())),
    );
    assert!(past.expect("nothing").items.is_empty());
}

#[test]
fn wordpress_text_is_decoded_once_and_dates_keep_the_publishers_offset() {
    let (source, mut site) = (wordpress(), newsroom());
    let batch = site.read(&source, Query::Latest, None).expect("a page");
    let article = &batch.items[1];
    assert_eq!(article.headline, "Q&A no. 1");
    assert_eq!(article.summary.as_deref(), Some("Short…"));
    assert_eq!(
        article.published.expect("a date").to_string(),
        "2026-11-23T09:00:00+01:00"
    );
    let section = article.section.as_ref().expect("a section");
    assert_eq!(
        (&*section.path, &*section.name),
        ("world/europe", "Europe & Asia")
    );
    assert!(article.comments.as_ref().is_some_and(|thread| thread.open));
}

#[test]
fn wordpress_without_pretty_permalinks_is_found_and_remembered() {
    let (source, mut site) = (wordpress(), newsroom());
    site.pretty = false;
    site.read(&source, Query::Latest, None).expect("a page");
    let tries = site
        .asked
        .iter()
        .filter(|url| url.contains("/wp-json"))
        .count();
    assert_eq!(tries, 1, "{:?}", site.asked);
    assert!(site.asked[1].starts_with("https://news.example/?rest_route=/wp/v2/posts&"));
}

#[test]
fn wordpress_behind_a_proxy_that_eats_headers_pages_by_envelope() {
    let (source, mut site) = (wordpress(), newsroom());
    site.headers = false;
    let first = site.read(&source, Query::Latest, None).expect("a page");
    assert_eq!((first.total, first.next.is_some()), (Some(3), true));
}

#[test]
fn a_site_that_is_no_wordpress_is_named_as_what_it_is() {
    let source = wordpress();
    let mut world = World::default();
    for url in [
        "https://news.example/wp-json/",
        "https://news.example/?rest_route=/",
    ] {
        world = world.with(url, "<html>");
    }
    let page = Response {
        status: 200,
        body: b"<html>a site".to_vec(),
        ..Response::default()
    };
    let mut conversation = source.converse(Query::Latest, None);
    let Ok(Step::Ask(_)) = conversation.start() else {
        panic!("a question")
    };
    let Ok(Step::Ask(_)) = conversation.answer(page.clone()) else {
        panic!("the other form")
    };
    assert!(matches!(
        conversation.answer(page),
        Err(SourceError::WebPage { .. })
    ));
}

#[test]
fn wordpress_sections_include_what_is_below_them_and_cycles_end() {
    let (source, mut site) = (wordpress(), newsroom());
    let world = site
        .read(&source, Query::Section("world".into()), None)
        .expect("a section");
    assert_eq!(ids(&world), ["7"]);
    let missing = site.read(&source, Query::Section("sport".into()), None);
    assert_eq!(missing, Err(SourceError::NotFound));
    let about = site
        .read(&source, Query::About, None)
        .expect("about")
        .about
        .expect("about");
    assert_eq!(about.title.as_deref(), Some("The “Post”"));
    let paths: Vec<&str> = about
        .sections
        .iter()
        .map(|section| section.path.as_str())
        .collect();
    assert_eq!(&paths[..2], ["world/europe", "world"]);
    assert_eq!(paths.len(), 4);
}

#[test]
fn wordpress_answers_tags_related_stories_pages_and_comments() {
    let (source, mut site) = (wordpress(), newsroom());
    let tag = site
        .read(&source, Query::Tag("harbour".into()), None)
        .expect("a tag");
    assert_eq!(ids(&tag), ["6"]);
    let one = Wanted {
        id: Some("1".into()),
        ..Wanted::default()
    };
    let related = site
        .read(&source, Query::Related(one.clone()), None)
        .expect("related");
    assert_eq!(ids(&related), ["2"]);
    let comments = site
        .read(&source, Query::Comments(one), None)
        .expect("comments")
        .comments;
    assert_eq!(comments.len(), 2);
    assert_eq!(
        (comments[1].parent.as_deref(), &*comments[1].author),
        (Some("5"), "Bo")
    );
    let page = Wanted {
        path: Some("/contact/".into()),
        ..Wanted::default()
    };
    let page = site.read(&source, Query::One(page), None).expect("a page");
    assert_eq!(ids(&page), ["77"]);
    let nobody = Wanted {
        slug: Some("nobody".into()),
        ..Wanted::default()
    };
    assert_eq!(
        site.read(&source, Query::One(nobody), None),
        Err(SourceError::NotFound)
    );
}

#[test]
fn a_password_is_sent_for_the_one_story_and_shown_nowhere() {
    let (source, mut site) = (wordpress(), newsroom());
    let wanted = Wanted {
        slug: Some("post-1".into()),
        password: Some("sesame".into()),
        ..Wanted::default()
    };
    let story = site
        .read(&source, Query::One(wanted), None)
        .expect("a story");
    assert_eq!(story.items[0].access, Access::Full);
    let asked = site
        .asked
        .iter()
        .find(|url| url.contains("password=sesame"))
        .expect("a request");
    assert!(!dateline::source::shown(asked).contains("sesame"));
}

fn first(source: &str, body: &str) -> Article {
    let name = if source.contains("rss") {
        "f.xml"
    } else {
        "f.json"
    };
    let mut world = World::default().with(name, body);
    let source = open(&source.replace("FILE", name));
    let batch = world.read(&source, Query::Latest, None).expect("a list");
    batch.items.into_iter().next().expect("an article")
}

#[test]
fn wordpress_errors_among_embedded_things_and_php_empties_harm_nothing() {
    let article = first(
        r#"{ "kind": "wordpress", "url": "FILE" }"#,
        r#"[{ "id": 1, "title": { "rendered": "T" }, "content": { "rendered": "", "protected": true },
        "meta": [], "_embedded": { "author": [{ "code": "rest_user_invalid_id" }],
        "wp:featuredmedia": [{ "media_type": "image", "source_url": "https://a.example/p.jpg", "alt_text": "P",
          "media_details": { "width": 1600, "height": 900, "sizes": {
            "thumbnail": { "width": 150, "height": 150, "source_url": "https://a.example/t.jpg" },
            "flag": { "width": 18, "height": 10, "source_url": "https://a.example/f.jpg" },
            "large": { "width": 1024, "height": 576, "source_url": "https://a.example/l.jpg" },
            "medium": { "width": 300, "height": 169, "source_url": "https://a.example/m.jpg" } } } }],
        "wp:term": [[{ "taxonomy": "post_tag", "name": "Tag", "slug": "tag" }],
                    [{ "taxonomy": "category", "id": 3, "name": "Cat", "slug": "cat" }]] } }]"#,
    );
    assert!(article.authors.is_empty());
    assert_eq!(
        (article.access, &article.body),
        (Access::Locked, &Body::Absent)
    );
    let image = article.image.expect("a picture");
    let widths: Vec<u32> = image.sizes.iter().map(|size| size.width).collect();
    assert_eq!((widths, &*image.alt), (vec![300, 1024], "P"));
    assert_eq!(article.section.expect("a section").path, "cat");
    assert_eq!(article.tags[0].slug, "tag");
}

const GHOST: &str = r#"{ "kind": "ghost", "url": "FILE" }"#;

#[test]
fn ghost_hides_internal_tags_and_says_what_is_a_preview() {
    let article = first(
        GHOST,
        r##"{ "posts": [{ "id": "a", "title": "A &amp; B", "slug": "s", "html": "", "access": false,
        "url": "https://blog.example/s/", "canonical_url": "https://first.example/s",
        "primary_tag": null, "authors": [{ "name": "Ada", "slug": "ada" }],
        "tags": [{ "name": "#hash", "slug": "hash-hash", "visibility": "internal" },
                 { "name": "News", "slug": "news", "visibility": "public" }] }] }"##,
    );
    // Ghost's titles are plain text: what looks like an entity is meant.
    assert_eq!(article.headline, "A &amp; B");
    assert_eq!(article.access, Access::Preview);
    assert_eq!(article.tags.len(), 1);
    assert_eq!(article.section.expect("a section").path, "news");
    assert_eq!(
        article.external_url.as_deref(),
        Some("https://first.example/s")
    );
}

#[test]
fn ghost_asks_with_its_key_and_filters_are_quoted() {
    let source = open(r#"{ "kind": "ghost", "url": "https://blog.example", "key": "k3y" }"#);
    let mut world = World::default();
    let search = world.read(&source, Query::Search("it's".into()), None);
    assert!(search.is_err());
    let asked = world.asked()[0];
    assert!(
        asked.starts_with("https://blog.example/ghost/api/content/posts/?key=k3y&"),
        "{asked}"
    );
    assert!(asked.contains("title%3A~%27it%5C%27s%27"), "{asked}");
    assert!(!search.expect_err("a 404").to_string().contains("k3y"));
    assert!(
        refused(r#"{ "kind": "ghost", "url": "https://blog.example" }"#).contains("source.key")
    );
}

#[test]
fn a_server_that_repeats_our_key_does_not_make_us_repeat_it() {
    let source =
        open(r#"{ "kind": "guardian", "url": "https://api.example", "key": "s3cret-key" }"#);
    let mut conversation = source.converse(Query::Latest, None);
    conversation.start().expect("a question");
    let answer = Response {
        status: 403,
        url: "https://api.example/search?api-key=s3cret-key&page=1".into(),
        body: br#"{ "message": "Key s3cret-key is not valid" }"#.to_vec(),
        ..Response::default()
    };
    let error = conversation.answer(answer).expect_err("a refusal");
    assert!(!format!("{error} {error:?}").contains("s3cret"), "{error}");
}

#[test]
fn guardian_items_keep_their_path_their_people_and_their_kind() {
    let article = first(
        r#"{ "kind": "guardian", "url": "FILE" }"#,
        r#"{ "response": { "status": "ok", "results": [{ "id": "world/2026/x", "type": "liveblog",
        "webTitle": "T | Ann", "sectionId": "world", "sectionName": "World news", "webUrl": "https://g.example/world/2026/x",
        "fields": { "headline": "T", "trailText": "<b>Short</b>", "body": "<!-- Redistribution rights -->",
                    "commentable": "true", "lang": "en", "liveBloggingNow": "false" },
        "blocks": { "body": [{ "id": "5f", "title": "9:00 <", "bodyHtml": "<p>one</p>",
                    "firstPublishedDate": "2026-11-23T09:00:00Z", "attributes": { "keyEvent": true } }, { "bodyHtml": "<p>two</p>" }] },
        "tags": [{ "type": "contributor", "id": "profile/ann", "webTitle": "Ann" },
                 { "type": "keyword", "id": "world/france", "webTitle": "France" }],
        "elements": [{ "relation": "main", "type": "image", "assets": [
          { "file": "https://i.example/500.jpg", "typeData": { "width": "500", "height": "300", "altText": "A" } },
          { "file": "https://i.example/1000.jpg", "typeData": { "width": "1000", "height": "600", "altText": "A" } }] }] }] } }"#,
    );
    assert_eq!(article.headline, "T");
    let live = article.live.as_ref().expect("posts");
    let posts = live.updates.iter().map(|post| {
        let title = post.title.as_deref().unwrap_or_default();
        (title, &post.body, post.key, post.published.is_some())
    });
    let (one, two) = (
        Body::Html("<p>one</p>".into()),
        Body::Html("<p>two</p>".into()),
    );
    assert!(posts.eq([("9:00 <", &one, true, true), ("", &two, false, false)]));
    assert!(live.ended);
    assert_eq!(article.kind, Kind::Live);
    assert_eq!(
        (&*article.authors[0].name, &*article.authors[0].slug),
        ("Ann", "ann")
    );
    assert_eq!(article.tags[0].slug, "world~france");
    assert_eq!(
        article.image.as_ref().and_then(|image| image.width),
        Some(1000)
    );
    assert!(article.comments.expect("comments").open);
}

#[test]
fn ninjs_of_every_generation_is_read_and_withheld_items_are_not() {
    let source = r#"{ "kind": "ninjs", "url": "FILE" }"#;
    let old = first(
        source,
        r#"{ "uri": "urn:a", "headline": "Old", "body_html": "<p>x</p>", "byline": "By Ann",
        "versioncreated": "2020-01-01T00:00:00Z", "subject": [{ "name": "sport" }],
        "associations": { "main": { "type": "picture", "renditions": {
          "small": { "href": "https://i.example/s.jpg", "width": 300, "height": 200, "mimetype": "image/jpeg" },
          "large": { "href": "https://i.example/l.jpg", "width": 1200, "height": 800, "mimetype": "image/jpeg" } } } } }"#,
    );
    assert_eq!((&*old.headline, &*old.authors[0].name), ("Old", "Ann"));
    assert_eq!(old.image.as_ref().map(|image| image.sizes.len()), Some(2));
    assert_eq!(old.section.expect("a section").name, "Sport");
    let new = first(
        source,
        r#"[{ "uri": "urn:b", "headlines": [{ "role": "short", "value": "S" }, { "role": "main", "value": "Main" }],
        "bodies": [{ "contentType": "text/plain", "value": "<html><head><title>t</title></head><body><p>y</p></body></html>" }] }]"#,
    );
    assert_eq!(
        (&*new.headline, &new.body),
        ("Main", &Body::Html("<p>y</p>".into()))
    );
    let mut world = World::default().with(
        "f.json",
        r#"[{ "uri": "a", "title": "A", "pubstatus": "canceled" }, { "uri": "b", "title": "B", "pubStatus": "withheld" },
            { "uri": "c", "title": "C", "embargoed": "2999-01-01T00:00:00Z" }, { "title": "no uri" }, { "uri": "e", "title": "E" }]"#,
    );
    let batch = world
        .read(
            &open(&source.replace("FILE", "f.json")),
            Query::Latest,
            None,
        )
        .expect("a list");
    assert_eq!((ids(&batch), batch.skipped.len()), (vec!["e"], 4));
}

const RSS: &str = r#"{ "kind": "rss", "url": "FILE" }"#;

#[test]
fn rss_items_are_read_with_the_modules_feeds_use() {
    let article = first(
        RSS,
        r#"<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
        xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/"
        xmlns:slash="http://purl.org/rss/1.0/modules/slash/"><channel><title>Feed</title><item>
        <title>A &amp;amp; B</title><media:title>wrong</media:title><link>https://n.example/a?x=1&amp;y=2</link>
        <guid isPermaLink="false">42</guid><pubDate>Mon, 23 Nov 2026 08:12:00 GMT</pubDate>
        <dc:creator><![CDATA[Ann]]></dc:creator><category>World</category><category>World</category>
        <description>&lt;p&gt;Short&lt;/p&gt;</description><slash:comments>4</slash:comments>
        <content:encoded><![CDATA[<p>Full & whole</p>]]></content:encoded>
        <media:content url="https://i.example/s.jpg" width="100"/>
        <media:content url="https://i.example/l.jpg" width="900" height="600"><media:credit>C</media:credit></media:content>
        <enclosure url="https://i.example/pod.mp3" type="audio/mpeg"/></item></channel></rss>"#,
    );
    assert_eq!((&*article.headline, &*article.id), ("A & B", "42"));
    assert_eq!(article.url.as_deref(), Some("https://n.example/a?x=1&y=2"));
    let player = "<audio src=\"https://i.example/pod.mp3\" controls></audio>";
    let body = [player, "<p>Full & whole</p>"].concat();
    assert_eq!(article.body, Body::Html(body));
    assert_eq!(article.summary.as_deref(), Some("Short"));
    assert_eq!(article.authors[0].name, "Ann");
    assert_eq!(article.tags.len(), 1);
    let image = article.image.expect("a picture");
    assert_eq!(
        (&*image.src, image.credit.as_deref()),
        ("https://i.example/l.jpg", Some("C"))
    );
    assert_eq!(article.comments.and_then(|thread| thread.count), Some(4));
}

#[test]
fn rdf_and_atom_are_feeds_too_and_xhtml_stays_markup() {
    let rdf = first(
        RSS,
        r#"<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
        <channel rdf:about="x"><title>F</title></channel>
        <item rdf:about="https://n.example/1"><title>One</title><link>https://n.example/1</link></item></rdf:RDF>"#,
    );
    assert_eq!((&*rdf.headline, &*rdf.id), ("One", "https://n.example/1"));
    assert_eq!(
        (rdf.body, rdf.external_url.as_deref()),
        (Body::Absent, Some("https://n.example/1"))
    );
    let atom = first(
        RSS,
        r#"<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://n.example/blog/"><title>F</title>
        <author><name>Desk</name></author><entry><id>tag:1</id><title type="html">A &lt;b&gt;bold&lt;/b&gt; one</title>
        <link rel="self" href="x"/><link rel="alternate" href="one.html"/><updated>2026-11-23T08:12:00Z</updated>
        <category term="t" label="Tag"/>
        <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p class="q">1 &lt; 2<br/></p></div></content>
        </entry></feed>"#,
    );
    assert_eq!(
        (&*atom.headline, atom.url.as_deref()),
        ("A bold one", Some("https://n.example/blog/one.html"))
    );
    let Body::Html(html) = &atom.body else {
        panic!("a body")
    };
    assert!(html.contains(r#"<p class="q">1 &lt; 2<br></p>"#), "{html}");
    assert_eq!(
        (&*atom.authors[0].name, &*atom.tags[0].name),
        ("Desk", "Tag")
    );
    assert_eq!(atom.slug.as_deref(), Some("one"));
}

#[test]
fn a_feed_that_is_not_quite_xml_is_mended_and_latin_1_is_decoded() {
    let broken = "\n<rss><channel><title>Fish & Chips\u{8} &nbsp; more</title><item><title>A & B</title>\
                  <guid>1</guid></item></channel></rss>";
    assert_eq!(first(RSS, broken).headline, "A & B");
    let latin: Vec<u8> = "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><rss><channel><item>\
                          <title>Größe “x</title><guid>1</guid></item></channel></rss>"
        .chars()
        .map(|c| if c == '“' { 0x93 } else { c as u8 })
        .collect();
    let mut world = World::default().with("f.xml", latin);
    let batch = world
        .read(&open(&RSS.replace("FILE", "f.xml")), Query::Latest, None)
        .expect("a feed");
    assert_eq!(batch.items[0].headline, "Größe “x");
}

#[test]
fn what_is_no_feed_and_what_is_broken_are_told_apart() {
    let read = |body: &str| {
        let mut world = World::default().with("f.xml", body);
        world
            .read(&open(&RSS.replace("FILE", "f.xml")), Query::Latest, None)
            .expect_err("an error")
    };
    assert!(matches!(
        read("<!DOCTYPE html><html></html>"),
        SourceError::WebPage { .. }
    ));
    assert!(matches!(
        read("<opml></opml>"),
        SourceError::Unexpected { .. }
    ));
    assert!(matches!(
        read("<rss><channel><item></rss>"),
        SourceError::Broken { .. }
    ));
}

const MAPPED: &str = r#"{ "kind": "mapped", "url": "https://api.example/v1",
    "list": { "path": "/posts?page={page}", "items": "/data/*/node", "next": { "by": "page" } },
    "one": { "path": "/posts/{slug}", "item": "/node" },
    "map": { "id": "/id", "title": "/t", "slug": ["/user", "/", "/s"], "url": { "at": "/path", "resolve": "https://www.example/" },
      "published": { "at": "/ms", "date": "epoch_ms" }, "modified": { "at": "/local", "date": "iso", "zone": "+02:00" },
      "author": { "at": "/by", "strip": "^By ", "split": " and " },
      "tags": "/tags", "section": { "or": ["/none", { "const": "News" }] },
      "image": "/media/?size=large/src", "kicker": { "at": "/kick", "drop_if": "^\\s*none" } } }"#;

fn mapped_page(ids: std::ops::Range<u32>) -> String {
    let node = |id: u32| {
        format!(
            r#"{{ "node": {{ "id": {id}, "t": "T&amp;{id}", "user": "ann", "s": "s{id}", "path": "/p/{id}", "ms": 1763885520000,
            "local": "2026-11-23T10:00:00", "by": "By Ann and Bo", "tags": "one", "kick": "none",
            "media": [{{ "size": "small", "src": "https://i.example/s.jpg" }}, {{ "size": "large", "src": "https://i.example/l.jpg" }}] }} }}"#
        )
    };
    format!(
        r#"{{ "data": [{}] }}"#,
        ids.map(node).collect::<Vec<_>>().join(",")
    )
}

#[test]
fn a_mapping_with_every_operator_reads_what_it_says() {
    let mut world = World::default()
        .with("https://api.example/v1/posts?page=1", mapped_page(1..4))
        .with("https://api.example/v1/posts?page=2", mapped_page(4..5));
    let source = open(MAPPED);
    let first = world.read(&source, Query::Latest, None).expect("a page");
    let article = &first.items[0];
    assert_eq!((&*article.id, &*article.headline), ("1", "T&1"));
    assert_eq!(article.slug.as_deref(), Some("ann/s1"));
    assert_eq!(article.url.as_deref(), Some("https://www.example/p/1"));
    assert_eq!(
        article.published.expect("a date").to_string(),
        "2025-11-23T08:12:00Z"
    );
    assert_eq!(
        article.modified.expect("a date").to_string(),
        "2026-11-23T10:00:00+02:00"
    );
    let names: Vec<&str> = article
        .authors
        .iter()
        .map(|author| author.name.as_str())
        .collect();
    assert_eq!(names, ["Ann", "Bo"]);
    assert_eq!(article.section.as_ref().map(|it| &*it.path), Some("news"));
    assert_eq!(
        article.image.as_ref().map(|it| &*it.src),
        Some("https://i.example/l.jpg")
    );
    assert_eq!(article.kicker, None);
    assert_eq!(article.tags[0].name, "one");
    assert_eq!(
        first.notes,
        [
            r#""source.map.kicker" finds nothing in any of the items: {"at":"/kick","drop_if":"^\\s*none"}"#
        ]
    );
    let second = world
        .read(&source, Query::Latest, first.next)
        .expect("a page");
    assert_eq!((ids(&second), &second.next), (vec!["4"], &None));
}

#[test]
fn a_mapping_with_a_typo_is_named_precisely_when_it_is_opened() {
    let with = |from: &str, to: &str| refused(&MAPPED.replacen(from, to, 1));
    assert!(with("\"id\": \"/id\", ", "").contains("source.map.id"));
    assert!(with("\"split\"", "\"splt\"").contains("did you mean \"source.map.author.split\""));
    assert!(with("\"epoch_ms\"", "\"epoch\"").contains("epoch_ms"));
    assert!(with("\"title\"", "\"titel\"").contains("did you mean \"source.map.title\""));
    assert!(with("{page}", "{pgae}").contains("did you mean \"page\""));
    assert!(with("\"/t\"", "\"t\"").contains("begins with"));
    assert!(with("^By ", "(").contains("source.map.author.strip"));
    assert!(with("\"items\"", "\"item\"").contains("source.list.items"));
    assert!(refused(r#"{ "kind": "mapped", "preset": "dev.two" }"#).contains("dev.to"));
    assert!(refused(r#"{ "kind": "mapped", "preset": "nyt" }"#).contains("source.key"));
}

#[test]
fn a_pointer_that_leads_nowhere_says_which_and_where() {
    let mut world =
        World::default().with("https://api.example/v1/posts?page=1", r#"{ "posts": [] }"#);
    let error = world
        .read(&open(MAPPED), Query::Latest, None)
        .expect_err("an error")
        .to_string();
    assert!(
        error.contains("/data/*/node") && error.contains("source.list.items"),
        "{error}"
    );
}

#[test]
fn no_format_takes_the_name_that_stands_for_the_sites_folder_for_an_address() {
    for ours in [
        "https://site.invalid/feed.json",
        "HTTPS://SITE.invalid:443/feed.json",
        "https://site.invalid/javascript:alert(1)",
        "http://site.invalid/feed.json",
        "http://user:word@site.invalid:443//feed.json",
    ] {
        let rss = format!(
            "<rss><channel><item><title>A</title><guid>{ours}</guid></item></channel></rss>"
        );
        let of = |kind: &str, body: String| {
            let source =
                format!(r#"{{ "kind": "{kind}", "url": "https://n.example/in", "key": "k" }}"#);
            // Every question is answered with it, whatever its parameters.
            let mut conversation = open(&source).converse(Query::Latest, None);
            let mut step = conversation.start().expect("a question");
            loop {
                match step {
                    Step::Ask(request) => {
                        let answer = Response {
                            status: 200,
                            url: request.url,
                            body: body.clone().into_bytes(),
                            ..Default::default()
                        };
                        step = conversation.answer(answer).expect("an answer");
                    }
                    Step::Done(batch) => return batch,
                }
            }
        };
        let post = json!({ "id": 1, "slug": "a", "link": ours, "url": ours, "external_url": ours,
            "title": { "rendered": "A" }, "content_text": "A" });
        let ghost =
            json!({ "id": "1", "slug": "a", "title": "A", "url": ours, "canonical_url": ours });
        for (kind, body) in [
            ("rss", rss),
            ("wordpress", json!([post]).to_string()),
            ("ghost", json!({ "posts": [ghost] }).to_string()),
            (
                "ninjs",
                json!([{ "uri": ours, "headline": "A" }]).to_string(),
            ),
            (
                "jsonfeed",
                json!({ "version": "https://jsonfeed.org/version/1.1", "items": [
                { "id": "1", "title": "A", "url": ours, "external_url": ours }] })
                .to_string(),
            ),
        ] {
            let batch = of(kind, body);
            assert_eq!(batch.items.len(), 1, "{kind}: {:?}", batch.skipped);
            let article = &batch.items[0];
            assert_eq!(
                (&article.url, &article.external_url),
                (&None, &None),
                "{kind} {ours}"
            );
        }
    }
}
