//! A real WordPress, where one is offered: `DATELINE_WORDPRESS=http://127.0.0.1:8099 cargo test
//! --test wordpress`. What it must hold is written in `docs/wordpress-for-tests.md`.

mod support;

use dateline::model::{Access, Body, SourceConfig};
use dateline::platform::{Limits, read, read_pages};
use dateline::source::{Batch, Query, Source, SourceError, Wanted};

fn offered() -> Option<(String, Source)> {
    let Ok(site) = std::env::var("DATELINE_WORDPRESS") else {
        eprintln!("SKIPPED: no WordPress offered; set DATELINE_WORDPRESS to its address");
        return None;
    };
    let source = support::open(&format!(r#"{{ "kind": "wordpress", "url": "{site}" }}"#));
    Some((site, source))
}

/// Watches nothing.
struct Quiet;

impl dateline::platform::Reader for Quiet {
    fn item(&mut self, _: Result<dateline::model::Article, dateline::source::Skipped>) {}
}

fn ask(source: &Source, query: Query) -> Result<Batch, SourceError> {
    read(source, query, None, &Limits::default())
}

fn by_slug(slug: &str) -> Wanted {
    Wanted {
        slug: Some(slug.into()),
        ..Wanted::default()
    }
}

#[test]
fn a_real_wordpress_answers_every_question() {
    let Some((site, source)) = offered() else {
        return;
    };
    let latest = ask(&source, Query::Latest).expect("stories");
    assert_eq!(latest.items[0].headline, "Old sticky");
    assert_eq!(latest.total, Some(133));
    let story = latest
        .items
        .iter()
        .find(|it| it.slug.as_deref() == Some("story-130-qa-x"))
        .expect("a story");
    assert_eq!(story.headline, "Story 130: Q&A x");
    assert_eq!(
        story.section.as_ref().map(|it| &*it.path),
        Some("world/europe/deep")
    );
    assert_eq!(story.authors[0].name, "admin");

    let about = ask(&source, Query::About)
        .expect("about")
        .about
        .expect("about");
    assert_eq!(about.title.as_deref(), Some("Harbour & \"Post\""));
    assert!(
        about
            .sections
            .iter()
            .any(|it| it.path == "world/europe" && it.name == "Europe & Asia")
    );

    let count = |query| ask(&source, query).expect("a list").total;
    assert_eq!(count(Query::Section("world".into())), Some(98));
    assert_eq!(count(Query::Section("world/europe/deep".into())), Some(33));
    assert_eq!(count(Query::Tag("tag-3".into())), Some(19));
    assert_eq!(count(Query::Author("admin".into())), Some(131));
    assert_eq!(count(Query::Search("\"story 42\"".into())), Some(1));
    assert!(
        ask(&source, Query::Related(by_slug("story-9-qa-x")))
            .expect("related")
            .items
            .len()
            > 10
    );
    assert_eq!(
        ask(&source, Query::Section("nowhere".into())),
        Err(SourceError::NotFound)
    );
    assert_eq!(
        ask(&source, Query::One(by_slug("nothing-here"))),
        Err(SourceError::NotFound)
    );

    let path = story
        .url
        .as_deref()
        .and_then(|url| url.strip_prefix(&site))
        .expect("a path")
        .to_owned();
    let kept = Wanted {
        path: Some(path),
        ..Wanted::default()
    };
    let one = ask(&source, Query::One(kept)).expect("one").items.remove(0);
    assert_eq!(one.id, story.id);
    assert_eq!(one.body, story.body);

    let value = serde_json::json!({ "kind": "wordpress", "url": site });
    let pages = read_pages(
        &SourceConfig::from_value(&value).expect("a source"),
        &Limits::default(),
        &mut Quiet,
    );
    assert!(
        pages
            .expect("pages")
            .iter()
            .any(|page| page.slug.as_deref() == Some("contact"))
    );
}

#[test]
fn a_real_wordpress_keeps_a_password_and_threads_its_comments() {
    let Some((_, source)) = offered() else { return };
    let locked = ask(&source, Query::One(by_slug("locked")))
        .expect("a story")
        .items
        .remove(0);
    assert_eq!((locked.access, locked.body), (Access::Locked, Body::Absent));
    assert!(!locked.summary.unwrap_or_default().contains("secret"));
    let with = |password: &str| Wanted {
        password: Some(password.into()),
        ..by_slug("locked")
    };
    let open = ask(&source, Query::One(with("sesame")))
        .expect("a story")
        .items
        .remove(0);
    assert!(matches!(open.body, Body::Html(html) if html.contains("secret words")));
    let wrong = ask(&source, Query::One(with("wrong"))).expect_err("a refusal");
    assert!(
        matches!(&wrong, SourceError::Forbidden { .. }) && !wrong.to_string().contains("wrong-"),
        "{wrong}"
    );

    let latest = ask(&source, Query::Latest).expect("stories");
    let threads: Vec<Batch> = latest
        .items
        .iter()
        .take(3)
        .filter_map(|story| {
            let wanted = Wanted {
                id: Some(story.id.clone()),
                ..Wanted::default()
            };
            ask(&source, Query::Comments(wanted)).ok()
        })
        .filter(|batch| batch.comments.len() > 1)
        .collect();
    let comments = &threads.first().expect("a thread").comments;
    let reply = comments
        .iter()
        .find(|comment| comment.author == "Bo")
        .expect("a reply");
    assert_eq!(
        reply.parent.as_ref(),
        comments
            .iter()
            .find(|it| it.author == "Ann")
            .map(|it| &it.id)
    );
}
