//! Cleans HTML files and prints the body, or measures how fast that goes.
//!
//! `cargo run --example clean -- FILE` prints the body; `--bench FILES…` prints one line of JSON
//! with the megabytes a second of cleaning and of cleaning with writing, for `cargo xtask bench`.

use std::time::{Duration, Instant};

use dateline::html::{Context, WriteOptions, clean, write};
use dateline::model::Body;
use dateline::platform::HOST;
use dateline::strings::Strings;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let bench = arguments.first().is_some_and(|first| first == "--bench");
    if bench {
        arguments.remove(0);
    }
    let strings = Strings::parse("en", include_str!("../public/app/locales/en.json"))?;
    let options = WriteOptions {
        strings: &strings,
        moment: dateline::platform::moment,
        comment: false,
    };
    let context = Context {
        host: &HOST,
        base_url: Some("https://news.example/story"),
        site_links: &|_| None,
        headline: None,
        lead_image: None,
        id_prefix: "s-",
        comment: false,
        language: Some("en"),
    };
    let bodies = arguments
        .iter()
        .map(|path| std::fs::read_to_string(path).map(Body::Html))
        .collect::<Result<Vec<_>, _>>()?;
    if !bench {
        for body in &bodies {
            println!("{}", write(&clean(body, &context).blocks, &options));
        }
        return Ok(());
    }
    let bytes: usize = bodies.iter().map(size).sum();
    let cleaning = rate(bytes, || {
        bodies.iter().map(|body| clean(body, &context).words).sum()
    });
    let writing = rate(bytes, || {
        bodies
            .iter()
            .map(|body| write(&clean(body, &context).blocks, &options).len())
            .sum()
    });
    println!(
        "{{\"bytes\":{bytes},\"clean_mb_s\":{cleaning:.1},\"clean_and_write_mb_s\":{writing:.1}}}"
    );
    Ok(())
}

fn size(body: &Body) -> usize {
    match body {
        Body::Html(html) => html.len(),
        Body::Text(_) | Body::Absent => 0,
    }
}

/// Megabytes a second over two seconds; the sum keeps the work from being left out.
fn rate(bytes: usize, work: impl Fn() -> usize) -> f64 {
    let start = Instant::now();
    let mut rounds = 0;
    let mut sum = 0_usize;
    while start.elapsed() < Duration::from_secs(2) {
        sum = sum.wrapping_add(work());
        rounds += 1;
    }
    assert!(sum > 0, "something was cleaned");
    bytes as f64 * f64::from(rounds) / 1e6 / start.elapsed().as_secs_f64()
}
