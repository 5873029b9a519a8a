//! Any address in any position: what comes out has an allowed scheme and holds no control
//! character, and an embed's frame is always one of the listed hosts.
//!
//! `cargo +nightly fuzz run url`
#![no_main]

use dateline::html::{Block, Context, FRAME_HOSTS, Inline, Link, Provider, clean, player};
use dateline::model::Body;
use dateline::platform::HOST;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|address: &str| {
    if let Some((provider, id)) = Provider::recognise(address) {
        let (_, frame) = player(provider.key, &id).expect("what is recognised can be played");
        assert!(FRAME_HOSTS.iter().any(|host| {
            frame
                .strip_prefix(host)
                .is_some_and(|rest| rest.starts_with('/'))
        }));
        assert!(!frame.contains(['"', '<', '>', ' ', '\\']));
    }
    let escaped = address.replace('&', "&amp;").replace('"', "&quot;");
    let context = Context {
        comment: true,
        ..Context::new(&HOST, Some("https://news.example/own/story"))
    };
    let html = format!("<p><a href=\"{escaped}\">x</a></p>");
    for block in clean(&Body::Html(html), &context).blocks {
        let Block::Paragraph(run) = block else {
            continue;
        };
        for inline in run {
            if let Inline::Link(Link::External(url) | Link::Contact(url), _) = inline {
                let url = url.as_str();
                assert!(
                    ["https:", "http:", "mailto:", "tel:"]
                        .iter()
                        .any(|s| url.starts_with(s)),
                    "{url}"
                );
                assert!(!url.contains(|c: char| c.is_ascii_control()), "{url:?}");
            }
        }
    }
});
