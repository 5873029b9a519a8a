//! Any markup: the tree and the policy neither panic nor let a script, handler or unsafe address
//! through.
//!
//! `cargo +nightly fuzz run body -- -max_len=4096 -timeout=10`
#![no_main]

use std::sync::LazyLock;

use dateline::html::{Context, WriteOptions, clean, tree::Node, write};
use dateline::model::Body;
use dateline::platform::HOST;
use dateline::strings::Strings;
use libfuzzer_sys::fuzz_target;

static STRINGS: LazyLock<Strings> =
    LazyLock::new(|| Strings::parse("en", "{}").expect("an empty locale"));

fn cleaned(html: &str) -> String {
    let context = Context {
        language: Some("en"),
        ..Context::new(&HOST, Some("https://news.example/own/story"))
    };
    let blocks = clean(&Body::Html(html.to_owned()), &context).blocks;
    write(
        &blocks,
        &WriteOptions {
            strings: &STRINGS,
            moment: dateline::platform::moment,
            comment: false,
        },
    )
}

fn check(nodes: &[Node]) {
    for node in nodes {
        let Node::Element(element) = node else {
            continue;
        };
        assert!(element.html);
        assert!(!matches!(
            element.name.as_str(),
            "script"
                | "style"
                | "iframe"
                | "object"
                | "embed"
                | "form"
                | "input"
                | "base"
                | "meta"
                | "link"
                | "template"
        ));
        for (name, value) in &element.attributes {
            assert!(!name.starts_with("on") && name != "style" && name != "srcdoc");
            if matches!(name.as_str(), "href" | "src" | "poster") {
                let safe = ["https://", "http://", "mailto:", "tel:", "#s-"];
                assert!(safe.iter().any(|start| value.starts_with(start)), "{value}");
            }
        }
        check(&element.children);
    }
}

fuzz_target!(|html: &str| {
    let once = cleaned(html);
    check(&(HOST.parse_html)(&once));
    // What was cleaned once is clean: a second pass finds nothing to change.
    assert_eq!(cleaned(&once), once);
});
