//! Any bytes as the answer of any source: read without a panic, and what is read has an id, a headline
//! and addresses that are fetched. That an id counts once is settled later, when all pages are known.
//!
//! `cargo +nightly fuzz run feed -- -max_len=8192 -timeout=10`
#![no_main]

use std::sync::LazyLock;

use dateline::model::SourceConfig;
use dateline::platform::HOST;
use dateline::source::{self, Query, Response, Source, Step};
use libfuzzer_sys::fuzz_target;

static SOURCES: LazyLock<Vec<Source>> = LazyLock::new(|| {
    [
        r#"{ "kind": "jsonfeed", "url": "https://own.example/in" }"#,
        r#"{ "kind": "rss", "url": "https://own.example/in" }"#,
        r#"{ "kind": "wordpress", "url": "https://own.example/in" }"#,
        r#"{ "kind": "ghost", "url": "https://own.example/in", "key": "k" }"#,
        r#"{ "kind": "guardian", "url": "https://own.example/in", "key": "k" }"#,
        r#"{ "kind": "ninjs", "url": "https://own.example/in" }"#,
        r#"{ "kind": "mapped", "preset": "dev.to" }"#,
        r#"{ "kind": "mapped", "base": "https://own.example", "error": "/errors/0/message",
            "list": { "post": { "query": "q", "variables": { "after": "{cursor}" } },
                      "items": "/d", "next": { "by": "cursor", "at": "/c" } },
            "map": { "id": "/i", "title": "/t", "slug": "/s", "markdown": { "or": ["/m/*/b", "/m"] },
                     "summary": "/u", "author": "/a", "section": "/k", "tags": "/g/*/n",
                     "published": { "at": "/p", "date": "epoch_s" },
                     "url": { "at": "/l", "resolve": "https://own.example/" }, "image": "/f" } }"#,
        r#"{ "kind": "mapped", "base": "https://own.example",
            "list": { "path": "/x", "items": "", "next": { "by": "link" } },
            "map": { "id": "/i", "title": "/t", "html": "/h" } }"#,
    ]
    .iter()
    .map(|text| {
        let value = serde_json::from_str(text).expect("JSON");
        let config = SourceConfig::from_value(&value).expect("a source");
        source::open(&config, HOST).expect("an opened source")
    })
    .collect()
});

fuzz_target!(|bytes: &[u8]| {
    // The first byte chooses the kind, or nearly everything would be refused by all of them.
    let Some((kind, body)) = bytes.split_first() else {
        return;
    };
    let source = &SOURCES[usize::from(*kind) % SOURCES.len()];
    let mut conversation = source.converse(Query::Latest, None);
    let mut step = conversation.start();
    for _ in 0..20 {
        match step {
            Ok(Step::Ask(request)) => {
                step = conversation.answer(Response {
                    status: 200,
                    url: request.url,
                    // For sources that say in a header where the next page is.
                    headers: vec![("link".into(), String::from_utf8_lossy(body).into_owned())],
                    body: body.to_vec(),
                    ..Response::default()
                });
            }
            Ok(Step::Done(batch)) => {
                for article in &batch.items {
                    assert!(!article.id.is_empty() && !article.headline.is_empty());
                    // The source is elsewhere: no address of it is one of the site's folder.
                    let image = article.image.as_ref().map(|image| &image.src);
                    let all = [article.url.as_ref(), article.external_url.as_ref(), image];
                    for address in all.into_iter().flatten() {
                        let mut fetched = ["https://", "http://"].into_iter();
                        let host = fetched
                            .find_map(|it| address.strip_prefix(it))
                            .expect(address);
                        assert!(!host.starts_with("site.invalid/"), "{address}");
                    }
                }
                return;
            }
            Err(error) => {
                let _ = error.to_string();
                return;
            }
        }
    }
});
