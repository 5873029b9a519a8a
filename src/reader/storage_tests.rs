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
fn what_two_find_at_once_is_moved_aside_once() {
    let (storage, local, _) = pair();
    put(&local, NAME, "{\"v\":1,");
    for at in [NOW, NOW + 5] {
        now(storage.set_aside(NAME, "{\"v\":1,", None, at));
    }
    assert_eq!(local.names(keys::ASIDE).expect("names").len(), 1);
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

/// What a store holds, as it lists it.
fn all(store: &Memory) -> Vec<(String, String)> {
    now(DurableStore::all(store, "")).expect("a working store")
}

/// A field was opened with `seen` of the local store; the durable one comes later.
fn joined(storage: &Storage, durable: &Memory, seen: &[(String, Draft)]) -> Vec<(String, Draft)> {
    storage.join(NAME, seen, &all(durable), "t7")
}

#[test]
fn a_store_that_comes_late_catches_up_with_what_was_written_meanwhile() {
    let (storage, local, durable) = pair();
    let seen = [(NAME.to_owned(), draft(3, "known to both"))];
    put(&durable, NAME, &seen[0].1.to_json());
    put(&local, NAME, &draft(5, "written meanwhile").to_json());
    put(&local, "dateline:1:draft:a~new", &draft(1, "new").to_json());
    put(
        &local,
        "dateline:1:draft:b",
        &draft(1, "another place").to_json(),
    );
    assert_eq!(joined(&storage, &durable, &seen), []);
    let found = now(durable.all(keys::DRAFT)).expect("a working store");
    let found: String = found.into_iter().map(|(_, value)| value).collect();
    assert!(found.contains("written meanwhile") && found.contains("new"));
    assert!(!found.contains("another place"));
}

#[test]
fn words_that_only_a_late_store_has_are_brought_to_the_field() {
    let (storage, local, durable) = pair();
    let seen = [(NAME.to_owned(), draft(3, "lost with the browser"))];
    put(&local, NAME, &seen[0].1.to_json());
    put(&durable, NAME, &draft(5, "survived").to_json());
    let news = joined(&storage, &durable, &seen);
    assert_eq!(news, [(NAME.to_owned(), draft(5, "survived"))]);
    assert_eq!(storage.peek(NAME), Some(draft(5, "survived")));
}

#[test]
fn words_of_a_late_store_and_words_written_meanwhile_both_live_on() {
    let (storage, local, durable) = pair();
    let seen = [(NAME.to_owned(), draft(3, "lost with the browser"))];
    put(&local, NAME, &draft(4, "written meanwhile").to_json());
    put(&durable, NAME, &draft(5, "survived").to_json());
    let news = joined(&storage, &durable, &seen);
    let beside = keys::beside(NAME, "t7");
    let both = [
        (beside.clone(), draft(1, "survived")),
        (NAME.to_owned(), draft(6, "written meanwhile")),
    ];
    assert_eq!(news, both);
    for (name, draft) in both {
        assert_eq!(storage.peek(&name).as_ref(), Some(&draft));
        assert_eq!(
            now(DurableStore::read(&durable, &name)),
            Ok(Some(draft.to_json()))
        );
    }
}

#[test]
fn a_removal_that_only_a_late_store_has_is_a_removal() {
    let (storage, local, durable) = pair();
    let seen = [(NAME.to_owned(), draft(3, "removed"))];
    put(&local, NAME, &seen[0].1.to_json());
    put(
        &durable,
        NAME,
        &draft(3, "removed").tombstone(NOW).to_json(),
    );
    let news = joined(&storage, &durable, &seen);
    assert!(news.len() == 1 && !news[0].1.alive());
    assert!(storage.peek(NAME).is_some_and(|draft| !draft.alive()));
}
