//! Any `srcset`: at most twelve candidates, all of one kind, all with an allowed address.
//!
//! `cargo +nightly fuzz run srcset`
#![no_main]

use dateline::html::{Block, Context, Descriptor, clean};
use dateline::model::Body;
use dateline::platform::HOST;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|set: &str| {
    let escaped = set.replace('&', "&amp;").replace('"', "&quot;");
    let context = Context::new(&HOST, Some("https://news.example/own/story"));
    let html = format!("<img src=\"https://a.example/x.jpg\" srcset=\"{escaped}\">");
    for block in clean(&Body::Html(html), &context).blocks {
        let Block::Figure(figure) = block else {
            continue;
        };
        let candidates = &figure.picture.candidates;
        assert!(candidates.len() <= 12);
        let widths = candidates
            .iter()
            .filter(|c| matches!(c.size, Descriptor::Width(_)))
            .count();
        assert!(widths == 0 || widths == candidates.len());
        for candidate in candidates {
            let url = candidate.url.as_str();
            assert!(
                url.starts_with("https://") || url.starts_with("http://"),
                "{url}"
            );
        }
    }
});
