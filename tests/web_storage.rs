//! The reader's stores in a real browser: what `reader` relies on and only a browser can show.
//!
//! Run by `cargo xtask test --only wasm`, in headless Chromium.
#![cfg(target_arch = "wasm32")]

use std::cell::Cell;
use std::rc::Rc;

use dateline::platform::{locks, storage};
use dateline::reader::{Draft, draft::VERSION, keys};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

const NOW: u64 = 1_790_000_000_000;

fn draft(rev: u32, text: &str) -> Draft {
    Draft {
        v: VERSION,
        rev,
        at: NOW,
        text: text.into(),
        ..Draft::default()
    }
}

#[wasm_bindgen_test]
async fn a_draft_is_in_both_stores_once_it_is_written() {
    let (storage, name) = (storage(), "dateline:1:draft:both");
    let value = draft(1, "Zwölf 🦆").to_json();
    storage.put(name, &value).await.expect("working stores");
    assert_eq!(storage.local.read(name), Ok(Some(value.clone())));
    assert_eq!(storage.durable.read(name).await, Ok(Some(value)));
    storage.remove(name).await.expect("working stores");
    assert_eq!(storage.local.read(name), Ok(None));
    assert_eq!(storage.durable.read(name).await, Ok(None));
}

#[wasm_bindgen_test]
async fn what_only_the_durable_store_has_is_found_and_healed() {
    let (storage, name) = (storage(), "dateline:1:draft:healed");
    let value = draft(4, "survived").to_json();
    storage
        .durable
        .write(name, &value)
        .await
        .expect("a working store");
    let found = storage.drafts(name, NOW).await;
    assert_eq!(found.drafts, [(name.to_owned(), draft(4, "survived"))]);
    assert_eq!(storage.local.read(name), Ok(Some(value)));
    storage.remove(name).await.expect("working stores");
}

#[wasm_bindgen_test]
async fn a_prefix_selects_its_own_names_only() {
    let storage = storage();
    for name in ["dateline:1:draft:p1", "dateline:1:queue:p1"] {
        storage
            .put(name, &draft(1, "x").to_json())
            .await
            .expect("working stores");
    }
    let names = storage.local.names(keys::QUEUE).expect("names");
    assert_eq!(names, ["dateline:1:queue:p1"]);
    let durable = storage.durable.all(keys::QUEUE).await.expect("values");
    assert_eq!(durable.len(), 1);
    storage
        .forget(&["dateline:1:"])
        .await
        .expect("working stores");
    assert!(storage.values("dateline:1:").await.is_empty());
}

#[wasm_bindgen_test]
async fn a_job_under_a_lock_is_done_before_its_caller_goes_on() {
    let done = Rc::new(Cell::new(0));
    for _ in 0..3 {
        let count = done.clone();
        locks::alone("dateline-test", async move { count.set(count.get() + 1) }).await;
    }
    assert_eq!(done.get(), 3);
}
