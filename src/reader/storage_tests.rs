//! Two stores of which either may fail, lag behind or hold nonsense.

use std::pin::pin;
use std::task::{Context, Poll, Waker};

use super::fakes::{Memory, pair};
use super::*;
use crate::reader::draft::{EXPIRE_AFTER, VERSION};

const NAME: &str = "dateline:1:draft:a";
const NOW: u64 = 1_790_000_000_000;

/// Stores in memory answer at once, so one poll is all there is to wait for.
fn now<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("a store in memory answers at once"),
    }
}

fn draft(rev: u32, text: &str) -> Draft {
    Draft {
        v: VERSION,
        rev,
        at: NOW,
        text: text.into(),
        ..Draft::default()
    }
}

fn put(store: &Memory, name: &str, value: &str) {
    LocalStore::write(store, name, value).expect("a working store");
}

fn texts(found: &Found) -> Vec<&str> {
    found
        .drafts
        .iter()
        .map(|(_, draft)| draft.text.as_str())
        .collect()
}

#[test]
fn a_write_is_kept_while_one_of_the_stores_takes_it() {
    let (storage, local, durable) = pair();
    local.refuse(true);
    assert_eq!(now(storage.put(NAME, "x")), Ok(()));
    durable.refuse(true);
    assert_eq!(now(storage.put(NAME, "x")), Err(StoreError::Blocked));
    local.refuse(false);
    assert_eq!(now(storage.put(NAME, "x")), Ok(()));
}

#[test]
fn the_local_write_has_happened_before_anything_is_awaited() {
    let (storage, local, _) = pair();
    drop(storage.put(NAME, "last words"));
    assert_eq!(
        LocalStore::read(&local, NAME),
        Ok(Some("last words".into()))
    );
}

#[test]
fn the_newer_of_two_copies_is_read_and_the_local_one_is_healed() {
    let (storage, local, durable) = pair();
    put(&local, NAME, &draft(3, "lost with the browser").to_json());
    put(&durable, NAME, &draft(5, "survived").to_json());
    assert_eq!(texts(&now(storage.drafts(keys::DRAFT, NOW))), ["survived"]);
    assert_eq!(storage.peek(NAME).map(|draft| draft.rev), Some(5));
}

#[test]
fn a_tombstone_in_one_store_outranks_the_words_in_the_other() {
    let (storage, local, durable) = pair();
    let words = draft(3, "removed");
    put(&durable, NAME, &words.to_json());
    put(&local, NAME, &words.tombstone(NOW).to_json());
    let found = now(storage.drafts(keys::DRAFT, NOW));
    assert!(found.drafts.iter().all(|(_, draft)| !draft.alive()));
}

#[test]
fn corrupt_values_are_moved_aside_and_never_deleted() {
    let (storage, local, durable) = pair();
    put(&local, NAME, "{\"v\":1,\"text\":");
    put(&durable, NAME, &draft(2, "sound").to_json());
    put(&local, "dateline:1:draft:b", "only nonsense");
    let found = now(storage.drafts(keys::DRAFT, NOW));
    assert_eq!(texts(&found), ["sound"]);
    assert_eq!(found.corrupt.len(), 2);
    let aside = local.names(keys::ASIDE).expect("names");
    assert_eq!(aside.len(), 2);
    for name in aside {
        assert!(LocalStore::read(&local, &name).expect("a value").is_some());
    }
    assert_eq!(LocalStore::read(&local, "dateline:1:draft:b"), Ok(None));
    assert!(now(storage.drafts(keys::DRAFT, NOW)).corrupt.is_empty());
}

#[test]
fn a_corrupt_value_stays_where_it_is_while_nothing_can_be_written() {
    let (storage, local, durable) = pair();
    put(&durable, NAME, "nonsense");
    local.refuse(true);
    durable.refuse(true);
    now(storage.drafts(keys::DRAFT, NOW));
    durable.refuse(false);
    assert_eq!(
        LocalStore::read(&durable, NAME),
        Ok(Some("nonsense".into()))
    );
}

#[test]
fn a_record_of_a_later_version_is_named_and_not_touched() {
    let (storage, local, _) = pair();
    put(&local, NAME, r#"{"v":2,"text":"later"}"#);
    let found = now(storage.drafts(keys::DRAFT, NOW));
    assert_eq!(found.locked, [NAME]);
    assert_eq!(
        LocalStore::read(&local, NAME),
        Ok(Some(r#"{"v":2,"text":"later"}"#.into()))
    );
}

#[test]
fn drafts_and_tombstones_expire_after_thirty_days() {
    let (storage, local, durable) = pair();
    put(&local, NAME, &draft(1, "a month old").to_json());
    put(&durable, NAME, &draft(1, "a month old").to_json());
    assert_eq!(
        texts(&now(storage.drafts(keys::DRAFT, NOW + EXPIRE_AFTER - 1))),
        ["a month old"]
    );
    assert!(texts(&now(storage.drafts(keys::DRAFT, NOW + EXPIRE_AFTER))).is_empty());
    assert!(local.names("").expect("names").is_empty());
    assert!(durable.names("").expect("names").is_empty());
}

#[test]
fn forgetting_leaves_nothing_in_either_store() {
    let (storage, local, durable) = pair();
    put(&local, NAME, "x");
    put(&durable, "dateline:1:queue:b", "y");
    put(&local, "dateline:1:theme", "dark");
    now(storage.forget(&[keys::DRAFT, keys::QUEUE])).expect("working stores");
    assert_eq!(local.names("").expect("names"), ["dateline:1:theme"]);
    assert!(durable.names("").expect("names").is_empty());
}

#[test]
fn forgetting_says_so_when_a_store_cannot_be_read_and_clears_the_other() {
    for refuses in [true, false] {
        let (storage, local, durable) = pair();
        put(&local, NAME, "x");
        put(&durable, NAME, "x");
        local.refuse(refuses);
        durable.refuse(!refuses);
        assert!(now(storage.forget(&[keys::DRAFT])).is_err());
        local.refuse(false);
        durable.refuse(false);
        let left = |store: &Memory| store.names("").expect("names").len();
        assert_eq!(
            (left(&local), left(&durable)),
            (refuses.into(), (!refuses).into())
        );
        now(storage.forget(&[keys::DRAFT])).expect("working stores");
        assert_eq!((left(&local), left(&durable)), (0, 0));
    }
}
