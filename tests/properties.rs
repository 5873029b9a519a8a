//! What holds for every input of the pure layers, tried on generated ones. Bodies have their own
//! properties in `tests/html.rs`, JSON its own beside it; `fuzz/` looks longer for the same.

use dateline::html::text;
use dateline::model::{Article, Instant, Section, Site, Slug, Summary, Tag};
use dateline::platform::HOST;
use dateline::reader::draft::{Draft, Read};
use dateline::related::{Index, Told};
use dateline::route::{RESERVED, Route, story_path};
use dateline::strings::{Key, Strings};
use dateline::words::Vocabulary;
use proptest::prelude::*;

#[path = "support/generated.rs"]
mod generated;

fn site(permalink: &str) -> Site {
    Site {
        base: "/news/".into(),
        permalink: permalink.into(),
        ..Site::default()
    }
}

const PERMALINKS: [&str; 4] = [
    "/article/{slug}/",
    "/{yyyy}/{mm}/{dd}/{slug}/",
    "/{section}/{id}/",
    "source",
];

fn permalink() -> impl Strategy<Value = &'static str> {
    prop::sample::select(&PERMALINKS[..])
}

/// Words as hostile sources write them: paths, dots, names of devices, marks of other scripts.
fn segment() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[a-zA-Z0-9./\\\\:%_~ -]{0,24}",
        "(\\.\\.|con|COM1|page/|page/2|category|404|related|index\\.html|%2e%2e|%2F|/|\u{202e}|é|हि|日本){1,6}",
        "[a-z]{170,200}",
    ]
}

fn article() -> impl Strategy<Value = Article> {
    (
        segment(),
        prop::option::of(segment()),
        any::<String>(),
        prop::option::of(segment()),
        prop::option::of(any::<i32>()),
    )
        .prop_map(|(id, slug, headline, path, at)| Article {
            id,
            slug,
            headline,
            url: path.map(|path| format!("https://post.example/{path}")),
            published: at.map(|at| Instant::from_epoch(i64::from(at))),
            section: Some(Section {
                name: "World".into(),
                path: "world".into(),
                ..Section::default()
            }),
            ..Article::default()
        })
}

/// Whether one segment may be the name of a file or folder on any machine.
fn is_safe(segment: &str) -> bool {
    let stem = segment.split('.').next().unwrap_or_default();
    !segment.is_empty()
        && segment != "."
        && segment != ".."
        && segment.len() <= 180 + "-story".len()
        && !segment.contains(|c: char| c.is_control() || "/\\:*?\"<>|".contains(c))
        && !["con", "prn", "aux", "nul"].contains(&stem.to_ascii_lowercase().as_str())
}

proptest! {
    #![proptest_config(generated::config(512))]

    #[test]
    fn a_slug_is_a_safe_name_whatever_it_is_made_from(text in segment(), n in 2_usize..100_000) {
        for slug in [Slug::from_text(&text), Slug::from_segment(&text)].into_iter().flatten() {
            prop_assert!(is_safe(slug.as_str()), "{slug:?}");
            prop_assert!(is_safe(slug.numbered(n).as_str()), "{slug:?} {n}");
            let again = Slug::from_segment(slug.as_str());
            prop_assert_eq!(again.as_ref(), Some(&slug), "a slug is its own slug");
        }
    }

    #[test]
    fn the_address_of_a_story_leads_back_to_it(article in article(), permalink in permalink()) {
        let site = site(permalink);
        let Some(path) = story_path(permalink, &article) else { return Ok(()) };
        prop_assert!(path.split('/').all(is_safe), "{path:?}");
        let first = path.split('/').next().unwrap_or_default();
        if permalink == "source" {
            prop_assert!(!RESERVED.contains(&first), "{path:?}");
        }
        for route in [Route::Article { path: path.clone() }, Route::Related { path: path.clone() }] {
            let href = route.href(&site);
            prop_assert!(href.is_ascii() && href.starts_with("/news/") && href.ends_with('/'), "{href}");
            prop_assert_eq!(Route::parse(&site, &href), route, "{}", href);
        }
    }

    #[test]
    fn any_path_is_some_route_and_stays_it(path in segment(), permalink in permalink()) {
        let site = site(permalink);
        let route = Route::parse(&site, &format!("/news/{path}"));
        let href = route.href(&site);
        prop_assert!(href.starts_with("/news/") && !href.contains("/../"), "{href}");
        // What an address means does not change when it is written as we write it.
        let again = Route::parse(&site, &href);
        prop_assert!(again == route || route == Route::NotFound, "{path:?}: {route:?} {href} {again:?}");
    }

    #[test]
    fn a_date_that_is_read_is_written_and_read_alike(text in "[0-9TZ:. +-]{0,30}|[A-Za-z, 0-9:+-]{0,34}|.{0,20}") {
        if let Some(at) = Instant::parse(&text) {
            let again = Instant::parse(&at.to_string());
            prop_assert_eq!(again.map(|again| again.epoch), Some(at.epoch), "{}", at);
            let mail = Instant::parse(&at.rfc2822());
            prop_assert_eq!(mail.map(|mail| mail.epoch), Some(at.epoch), "{}", at.rfc2822());
        }
    }

    #[test]
    fn a_draft_is_what_was_stored(text: String, title: String, to: Option<String>, rev: u32, at in 0_u64..1 << 53, caret: u32, off: bool) {
        let draft = Draft { v: 1, rev, at, text, caret, title, href: "/a/".into(), to, gone: false, off };
        prop_assert_eq!(Draft::read(&draft.to_json()), Read::Sound(draft));
    }

    #[test]
    fn what_is_stored_for_a_draft_may_be_anything(value in "\\{(\"[a-z]{1,5}\":(1|2|true|null|\"x\"|[0-9]{12}),?){0,8}\\}|.{0,40}") {
        if let Read::Sound(draft) = Draft::read(&value) {
            prop_assert_eq!(Draft::read(&draft.to_json()), Read::Sound(draft));
        }
    }

    #[test]
    fn an_excerpt_is_the_beginning_and_no_longer_than_asked(html: String, most in 1_usize..200) {
        let plain = text::plain(&HOST, &html);
        prop_assert_eq!(text::collapse(&plain), plain.clone(), "white space is settled");
        let excerpt = text::excerpt(&plain, most);
        let begun = excerpt.trim_end_matches('…');
        prop_assert!(excerpt.chars().count() <= most + 1, "{excerpt:?}");
        prop_assert!(plain.starts_with(begun), "{plain:?}: {excerpt:?}");
    }

    #[test]
    fn what_is_filled_into_a_text_is_never_read_as_a_place(value: String) {
        let strings = Strings::parse("en", include_str!("../public/app/locales/en.json")).expect("English");
        let filled = strings.fill(Key::By, &[("names", &value)]);
        prop_assert!(filled.contains(&value), "{filled:?}");
    }

    #[test]
    fn related_stories_are_others_once_each_and_the_same_every_time(
        stories in prop::collection::vec((".{0,30}|(ferry|quay|tide|[a-z]{3,8}| ){1,8}", prop::collection::vec("[abc]", 0..3), prop::option::of(-62_135_596_800_i64..253_402_300_800)), 1..24),
        given in prop::collection::vec("[0-9]{1,2}", 0..4),
        most in 0_usize..8,
    ) {
        let summaries: Vec<(Summary, Vec<Tag>)> = stories
            .iter()
            .enumerate()
            .map(|(n, (headline, tags, at))| {
                let summary = Summary {
                    id: n.to_string(),
                    headline: headline.clone(),
                    published: at.map(Instant::from_epoch),
                    ..Summary::default()
                };
                let tags = tags.iter().map(|tag| Tag { name: tag.clone(), slug: tag.clone() });
                (summary, tags.collect())
            })
            .collect();
        let mut vocabulary = Vocabulary::default();
        let bags: Vec<_> = stories.iter().map(|(headline, ..)| vocabulary.bag(&[(headline, 1)])).collect();
        let terms = vocabulary.settle(&str::to_lowercase, &str::to_owned);
        let bags: Vec<_> = bags.iter().map(|bag| terms.translate(bag)).collect();
        let told = || {
            summaries.iter().zip(&bags).map(|((summary, tags), bag)| Told { summary, tags, bag })
        };
        let index = Index::new(told(), &terms);
        let again = Index::new(told(), &terms);
        for story in 0..stories.len() {
            let near = index.near(story, &given, most);
            let mut places: Vec<usize> = near.iter().map(|near| near.index).collect();
            prop_assert!(near.len() <= most && places.iter().all(|&at| at != story && at < stories.len()));
            places.sort_unstable();
            places.dedup();
            prop_assert_eq!(places.len(), near.len(), "each once");
            prop_assert_eq!(again.near(story, &given, most), near, "the same every time");
        }
    }
}
