//! The demo newsroom in `public/`: whole, consistent with itself, and with every feature of an
//! article page somewhere, so that other tests and people who look can count on finding it.

mod support;

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use dateline::model::{Article, Body, Kind};
use dateline::source::Query;
use support::{World, open};

fn public() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("public")
}

fn stories() -> Vec<Article> {
    let feed = std::fs::read(public().join("feed.json")).expect("public/feed.json");
    let mut world = World::default().with("feed.json", feed);
    let source = open(r#"{ "kind": "jsonfeed", "url": "feed.json" }"#);
    let batch = world
        .read(&source, Query::Latest, None)
        .expect("a readable feed");
    assert_eq!(batch.skipped, [], "no story may be skipped");
    batch.items
}

/// The text of a story with all its updates.
fn html(story: &Article) -> String {
    let updates = story.live.iter().flat_map(|live| &live.updates);
    let bodies = updates.map(|update| &update.body).chain([&story.body]);
    let html: Vec<&str> = bodies
        .filter_map(|body| match body {
            Body::Html(html) => Some(&**html),
            _ => None,
        })
        .collect();
    assert!(!html.is_empty(), "{} has no HTML body", story.id);
    html.join("\n")
}

fn slug(story: &Article) -> &str {
    story.slug.as_deref().expect("a slug")
}

/// What stands between `before` and the next double quote, wherever it occurs.
fn values<'a>(text: &'a str, before: &'a str) -> impl Iterator<Item = &'a str> {
    text.split(before)
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
}

/// Words as a reader counts them; Japanese has no spaces, and two signs make about a word.
fn words(story: &Article) -> usize {
    let mut inside = false;
    let text: String = html(story)
        .chars()
        .map(|c| {
            let shown = !inside && c != '<';
            inside = c == '<' || (inside && c != '>');
            if shown { c } else { ' ' }
        })
        .collect();
    if story.language.as_deref() == Some("ja") {
        text.chars().filter(|c| !c.is_whitespace()).count() / 2
    } else {
        text.split_whitespace().count()
    }
}

#[test]
fn the_demo_has_at_least_36_stories_in_6_sections_by_6_bylines() {
    let stories = stories();
    assert!(stories.len() >= 36, "{} stories", stories.len());
    let sections: HashSet<&str> = stories
        .iter()
        .filter_map(|story| story.section.as_ref()?.path.split('/').next())
        .collect();
    assert_eq!(sections.len(), 6, "{sections:?}");
    let bylines: HashSet<&str> = stories
        .iter()
        .flat_map(|story| &story.authors)
        .map(|author| &*author.name)
        .collect();
    assert_eq!(bylines.len(), 6, "{bylines:?}");
}

#[test]
fn every_story_is_250_to_1200_words_long_but_one() {
    let mut longer = Vec::new();
    for story in &stories() {
        match words(story) {
            250..=1200 => {}
            more if more > 1200 => longer.push(slug(story).to_owned()),
            few => panic!("{} has only {few} words", slug(story)),
        }
    }
    assert_eq!(longer, ["one-tide"]);
}

#[test]
fn every_feature_of_an_article_page_occurs_somewhere() {
    let stories = stories();
    let has = |what: &str, test: &dyn Fn(&Article) -> bool| {
        assert!(stories.iter().any(test), "no story with {what}");
    };
    has("key points", &|it| !it.key_points.is_empty());
    has("a pull quote of the source", &|it| {
        it.pull_quotes
            .iter()
            .any(|quote| quote.attribution.is_some())
    });
    has("a pull quote in the body", &|it| {
        html(it).contains("wp-block-pullquote")
    });
    has("a table", &|it| html(it).contains("<table>"));
    has("a figure with a credit", &|it| {
        html(it).contains("<figcaption>") && html(it).contains("class=\"credit\"")
    });
    has("a list", &|it| html(it).contains("<ul>"));
    has("a numbered list", &|it| html(it).contains("<ol>"));
    has("a quotation", &|it| html(it).contains("\n<blockquote>"));
    has("code", &|it| html(it).contains("<pre><code>"));
    has("footnotes", &|it| html(it).contains("href=\"#fn1\""));
    has("a gallery", &|it| {
        it.kind == Kind::Gallery && html(it).contains("wp-block-gallery")
    });
    has("live updates", &|it| {
        let live = it.live.as_ref().filter(|_| it.kind == Kind::Live);
        live.is_some_and(|live| live.updates.len() >= 3 && live.updates.iter().any(|it| it.key))
    });
    has("an opinion", &|it| it.kind == Kind::Opinion);
    has("a correction", &|it| !it.corrections.is_empty());
    has("a later edit", &|it| it.modified > it.published);
    has("no picture", &|it| it.image.is_none());
    has("two bylines", &|it| it.authors.len() > 1);
    has("closed comments", &|it| {
        it.comments.as_ref().is_some_and(|thread| !thread.open)
    });
    has("related stories of its own", &|it| !it.related.is_empty());
    has("a headline of one word", &|it| !it.headline.contains(' '));
    has("a headline over 130 characters", &|it| {
        it.headline.chars().count() > 130
    });
    has("Arabic", &|it| it.language.as_deref() == Some("ar"));
    has("Japanese", &|it| it.language.as_deref() == Some("ja"));
    assert_eq!(stories.iter().filter(|story| story.featured).count(), 1);
    assert!(
        stories
            .iter()
            .flat_map(|story| &story.authors)
            .all(|author| author.bio.is_some()),
        "every author has a line about them"
    );
}

#[test]
fn links_between_stories_and_related_ids_lead_to_stories() {
    let stories = stories();
    let slugs: HashSet<&str> = stories.iter().map(slug).collect();
    let ids: HashSet<&str> = stories.iter().map(|story| &*story.id).collect();
    assert_eq!(slugs.len(), stories.len(), "slugs are unique");
    assert_eq!(ids.len(), stories.len(), "ids are unique");
    for story in &stories {
        for link in values(&html(story), "href=\"/article/") {
            let target = link.trim_end_matches('/');
            assert!(
                slugs.contains(target) && target != slug(story),
                "{} links to {link}",
                slug(story)
            );
        }
        for related in &story.related {
            assert!(
                ids.contains(&**related) && *related != story.id,
                "{} is related to {related}",
                slug(story)
            );
        }
    }
}

#[test]
fn every_picture_is_there_small_and_described() {
    for story in &stories() {
        let body = html(story);
        let mut sources: Vec<&str> = values(&body, "src=\"").collect();
        for alt in values(&body, "alt=\"") {
            assert!(
                alt.len() > 20,
                "{} shows a picture undescribed",
                slug(story)
            );
        }
        if let Some(image) = &story.image {
            assert!(
                image.alt.len() > 20 && image.caption.is_some() && image.credit.is_some(),
                "{} has a picture without words",
                slug(story)
            );
            assert_eq!((image.width, image.height), (Some(1440), Some(960)));
            assert_eq!(image.sizes.len(), 3, "{}", slug(story));
            sources.push(&image.src);
            sources.extend(image.sizes.iter().map(|size| &*size.src));
        }
        for src in sources {
            let file = public().join(src.trim_start_matches('/'));
            let size = std::fs::metadata(&file)
                .unwrap_or_else(|error| panic!("{}: {error}", file.display()))
                .len();
            assert!(size <= 120 * 1024, "{src} is {size} bytes");
        }
    }
}
