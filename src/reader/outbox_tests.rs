//! Every way a comment can travel.

use super::*;

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
