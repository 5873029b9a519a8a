//! Every way a comment can travel.

use std::pin::pin;
use std::task::{Context, Poll, Waker};

use super::*;
use crate::reader::keys::{Place, beside};
use crate::reader::storage::LocalStore;
use crate::reader::storage::fakes::pair;

const NOW: u64 = 1_790_000_000_000;

fn outgoing() -> Outgoing {
    Outgoing {
        v: VERSION,
        rev: 1,
        text: "Well said.".into(),
        ..Outgoing::default()
    }
}

fn waits(verdict: Verdict) -> Outgoing {
    match verdict {
        Verdict::Waits(next) => next,
        other => panic!("should wait: {other:?}"),
    }
}

#[test]
fn offline_it_waits_for_days_without_counting() {
    let mut comment = outgoing();
    for _ in 0..100 {
        comment = waits(judge(&comment, &Outcome::Offline, NOW, 0.5));
    }
    assert_eq!((comment.tries, comment.doubt), (0, false));
    assert!(comment.due(NOW));
}

#[test]
fn a_pause_that_was_asked_for_is_honoured_to_the_second() {
    let next = waits(judge(
        &outgoing(),
        &Outcome::Later { after: Some(90) },
        NOW,
        0.9,
    ));
    assert!(!next.due(NOW + 89_999));
    assert!(next.due(NOW + 90_000));
}

#[test]
fn without_a_stated_pause_attempts_spread_and_slow_down() {
    let pause = |tries, chance| {
        let comment = Outgoing {
            tries,
            ..outgoing()
        };
        waits(judge(
            &comment,
            &Outcome::Later { after: None },
            NOW,
            chance,
        ))
        .after
            - NOW
    };
    assert_eq!((pause(0, 0.0), pause(0, 1.0)), (3000, 5000));
    assert_eq!((pause(1, 0.0), pause(1, 1.0)), (6000, 10_000));
}

#[test]
fn a_busy_receiver_gets_three_more_attempts_then_the_text_comes_back() {
    let mut comment = outgoing();
    for _ in 0..RETRIES {
        comment = waits(judge(&comment, &Outcome::Later { after: None }, NOW, 0.5));
    }
    let verdict = judge(&comment, &Outcome::Later { after: None }, NOW, 0.5);
    assert_eq!(verdict, Verdict::Returned(Refusal::Busy));
}

#[test]
fn a_duplicate_after_an_attempt_of_unknown_end_is_the_confirmation() {
    let next = waits(judge(&outgoing(), &Outcome::Unknown, NOW, 0.5));
    assert_eq!(
        judge(&next, &Outcome::Duplicate, NOW, 0.5),
        Verdict::Delivered { held: false }
    );
    assert_eq!(
        judge(&outgoing(), &Outcome::Duplicate, NOW, 0.5),
        Verdict::Returned(Refusal::Duplicate)
    );
}

#[test]
fn the_reader_is_asked_when_nobody_can_tell() {
    let mut comment = outgoing();
    for _ in 0..RETRIES {
        comment = waits(judge(&comment, &Outcome::Unknown, NOW, 0.5));
    }
    let Verdict::Asks(asked) = judge(&comment, &Outcome::Unknown, NOW, 0.5) else {
        panic!("should ask")
    };
    assert!(!asked.due(u64::MAX));
    let again = asked.again(NOW);
    assert!(again.due(NOW) && again.doubt && again.rev > asked.rev);
    assert_eq!(again.text, "Well said.");
}

#[test]
fn a_refusal_returns_the_text_at_once() {
    let verdict = judge(&outgoing(), &Outcome::Refused(Refusal::Closed), NOW, 0.5);
    assert_eq!(verdict, Verdict::Returned(Refusal::Closed));
}

#[test]
fn a_tombstone_keeps_neither_words_nor_person() {
    let mut comment = outgoing();
    comment.author.email = "ada@example.org".into();
    let gone = comment.tombstone(NOW).to_json();
    assert!(!gone.contains("ada") && !gone.contains("said"));
}

/// A waiting comment under the name that it has in a place.
fn queued(article: &str, id: &str, at: u64) -> (String, Outgoing) {
    let place = Place {
        article: article.into(),
        ..Place::default()
    };
    let name = match id {
        "" => place.queue(),
        id => beside(&place.queue(), id),
    };
    let comment = Outgoing {
        at,
        text: id.into(),
        ..outgoing()
    };
    (name, comment)
}

fn next_id(comments: &[(String, Outgoing)]) -> Option<&str> {
    next(comments, NOW).map(|(_, outgoing)| outgoing.text.as_str())
}

#[test]
fn comments_of_one_place_go_one_after_the_other() {
    let mut comments = [
        queued("a", "first", 1),
        queued("a", "second", 2),
        queued("b", "elsewhere", 3),
    ];
    assert_eq!(next_id(&comments), Some("first"));
    comments[0].1.after = NOW + 1;
    assert_eq!(next_id(&comments), Some("elsewhere"));
    comments[2].1.after = NOW + 1;
    assert_eq!(next_id(&comments), None);
    // What the reader is asked about may stay so for long.
    comments[0].1.asks = true;
    assert_eq!(next_id(&comments), Some("second"));
    let spoken_of = foremost(&comments).map(|(_, outgoing)| outgoing.text.as_str());
    assert_eq!(spoken_of, Some("first"));
}

/// Stores in memory answer at once, so one poll is all there is to wait for.
fn wait_for<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("a store in memory answers at once"),
    }
}

#[test]
fn what_waits_is_read_in_the_order_of_writing_and_old_tombstones_are_swept() {
    let (storage, local, durable) = pair();
    let (later, earlier) = (queued("a", "1x1", 7), queued("a", "", 5));
    let (ended_name, ended) = queued("a", "0x0", 1);
    for (name, comment) in [&later, &earlier, &(ended_name, ended.tombstone(3))] {
        drop(storage.put(name, &comment.to_json()));
    }
    let found = wait_for(waiting(&storage, EXPIRE_AFTER));
    assert_eq!(found, [earlier, later]);
    assert_eq!(local.names("").expect("names").len(), 3);
    wait_for(waiting(&storage, 3 + EXPIRE_AFTER));
    for store in [local, durable] {
        assert_eq!(store.names("").expect("names").len(), 2);
    }
}

#[test]
fn a_tombstone_says_what_became_of_the_comment() {
    for verdict in [
        Verdict::Delivered { held: false },
        Verdict::Delivered { held: true },
        Verdict::Returned(Refusal::Closed),
        Verdict::Returned(Refusal::Busy),
        Verdict::Returned(Refusal::Other(418)),
    ] {
        let record = outgoing().following(&verdict, NOW).to_json();
        let read = Outgoing::read(&record).expect("a record");
        assert!(read.gone && read.text.is_empty());
        assert_eq!(read.verdict(), Some(verdict));
    }
    assert_eq!(outgoing().tombstone(NOW).verdict(), None);
}

#[test]
fn a_record_of_the_release_before_is_read() {
    let record = outgoing().to_json().replace(",\"end\":null", "");
    assert!(!record.contains("end"), "{record}");
    assert_eq!(Outgoing::read(&record), Some(outgoing()));
}
