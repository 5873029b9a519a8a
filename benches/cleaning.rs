//! How fast bodies are cleaned: untrusted HTML through the parser and the policy to blocks and back
//! to HTML, on one core. `cargo xtask bench` runs it on a generated archive.
//!
//! Usage: `cargo bench --bench cleaning -- FEED.json`. Prints one line, `N bytes in S seconds`.

use std::time::{Duration, Instant};

use dateline::html::{Context, WriteOptions, clean, write};
use dateline::model::Body;
use dateline::platform::HOST;
use dateline::strings::Strings;

/// Long enough for the clock and the caches to settle.
const ENOUGH: Duration = Duration::from_secs(2);

fn main() {
    // Cargo passes `--bench` along; the feed is the argument that is not an option.
    let Some(path) = std::env::args()
        .skip(1)
        .find(|argument| !argument.starts_with('-'))
    else {
        eprintln!("skipped: name a JSON Feed, or run `cargo xtask bench`");
        return;
    };
    let feed = std::fs::read(&path).expect("the feed named on the command line can be read");
    let feed: serde_json::Value = serde_json::from_slice(&feed).expect("the feed is JSON");
    let html = |item: &serde_json::Value| item["content_html"].as_str().map(str::to_owned);
    let items = feed["items"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default();
    let bodies: Vec<String> = items.iter().filter_map(html).collect();
    assert!(!bodies.is_empty(), "{path} has no item with content_html");

    let texts = include_str!("../public/app/locales/en.json");
    let strings = Strings::parse("en", texts).expect("the English texts are in order");
    let options = WriteOptions {
        strings: &strings,
        moment: dateline::platform::moment,
        comment: false,
    };
    let context = Context {
        language: Some("en"),
        ..Context::new(&HOST, Some("https://news.example/article/"))
    };
    let (mut bytes, mut written) = (0, 0);
    let started = Instant::now();
    while started.elapsed() < ENOUGH {
        for body in &bodies {
            bytes += body.len();
            let cleaned = clean(&Body::Html(body.clone()), &context);
            written += write(&cleaned.blocks, &options).len();
        }
    }
    assert!(written > 0, "nothing came out of the policy");
    println!(
        "{bytes} bytes in {} seconds",
        started.elapsed().as_secs_f64()
    );
}
