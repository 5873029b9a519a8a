//! Any stored text as a draft: sound, corrupt or of a later version, and a sound one
//! is written as it was read.
//!
//! `cargo +nightly fuzz run draft`
#![no_main]

use dateline::reader::draft::{Draft, Read};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|value: &str| {
    if let Read::Sound(draft) = Draft::read(value) {
        let written = draft.to_json();
        assert_eq!(Draft::read(&written), Read::Sound(draft));
    }
});
