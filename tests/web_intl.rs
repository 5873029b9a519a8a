//! The browser's half of the comparison in `tests/intl.rs`: what its own `Intl` says, in a real
//! browser, is what the publisher's machine wrote.
#![cfg(target_arch = "wasm32")]

#[path = "support/wording.rs"]
mod wording;

use dateline::platform::intl;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
fn the_browser_words_as_the_publishers_machine_did() {
    let differences = wording::differences(&wording::lines(), include_str!("fixtures/wording.txt"));
    assert!(differences.is_empty(), "\n{}", differences.join("\n"));
}

#[wasm_bindgen_test]
fn a_feed_with_a_broken_language_cannot_make_the_browser_throw() {
    for language in ["en_US", "english please", "", "x", "a-DE"] {
        assert_eq!(intl::list(language, &["A".into(), "B".into()]), "A and B");
        assert_eq!(intl::number(language, 1234), "1,234");
    }
}
