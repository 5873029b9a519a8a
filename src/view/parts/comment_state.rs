//! What a comment form says about itself: faults, room left, saved or not, on its way or arrived.
//!
//! Everything here appears after start, from the signals of `store::desk`; nothing of it is in the
//! prerendered page but empty places.

use leptos::prelude::*;

use crate::platform::events::Happening;
use crate::platform::markup::{Element, Node, changing, el};
use crate::platform::{fields, intl, timer};
use crate::source::comments::Refusal;
use crate::store::desk::{Desk, Notice, Saving, Sending, part_id};
use crate::strings::Key;
use crate::view::Live;

/// Sentences, chosen by what happened.
pub mod actions {
    use super::*;
    use crate::reader::form::{Fault, Field};

    pub fn count(cx: &Live, left: i64) -> String {
        let key = if left < 0 {
            Key::CharactersOver
        } else {
            Key::CharactersLeft
        };
        cx.count(key, left.unsigned_abs())
    }

    pub fn fault(cx: &Live, field: Field, fault: Fault) -> String {
        cx.text(match (field, fault) {
            (Field::Comment, Fault::TooLong) => Key::FaultLength,
            (Field::Comment, _) => Key::FaultComment,
            (Field::Name, Fault::TooLong) => Key::FaultNameLength,
            (Field::Name, _) => Key::FaultName,
            (Field::Email, _) => Key::FaultEmail,
            (Field::Website, _) => Key::FaultWebsite,
        })
    }

    pub fn refusal(cx: &Live, refusal: Refusal) -> String {
        let key = match refusal {
            Refusal::LoginRequired => Key::RefusedLogin,
            Refusal::AuthorMissing => Key::RefusedAuthor,
            Refusal::EmailInvalid => Key::RefusedEmail,
            Refusal::Content => Key::RefusedContent,
            Refusal::TooLong => Key::RefusedLong,
            Refusal::Closed => Key::RefusedClosed,
            Refusal::NoSuchStory => Key::RefusedStory,
            Refusal::Flood => Key::RefusedFlood,
            Refusal::Duplicate => Key::RefusedDuplicate,
            Refusal::Busy => Key::RefusedBusy,
            Refusal::Other(status) => {
                return cx.fill(Key::RefusedOther, &[("status", &status.to_string())]);
            }
        };
        cx.text(key)
    }
}

/// A quiet button that does one thing.
pub fn button(text: String, act: impl Fn() + Send + 'static) -> Element {
    el("button")
        .attr("type", "button")
        .class("quiet")
        .on("click", move |_| act())
        .with(text)
}

/// The summary above the fields after a failed attempt: each fault with a link to its field.
pub fn problems(cx: &Live, desk: Desk, parent: &str) -> Node {
    let (cx, parent) = (cx.clone(), parent.to_owned());
    changing(move || {
        let faults = desk.faults.get();
        if !desk.summary.get() || faults.is_empty() {
            return None;
        }
        let mut items = el("ul");
        for (field, fault) in faults {
            let id = part_id(&parent, field.part());
            let href = ["#", &id].concat();
            let go = move |event: Happening| {
                event.prevent();
                fields::focus(&id);
            };
            let link = el("a").attr("href", href).on("click", go);
            items = items.with(el("li").with(link.with(actions::fault(&cx, field, fault))));
        }
        let title = cx.text(Key::FaultsTitle);
        Some(
            el("div")
                .class("problems")
                .attr("role", "group")
                .attr("tabindex", "-1")
                .id(part_id(&parent, "problems"))
                .attr("aria-label", title.clone())
                .with(el("p").with(title))
                .with(items),
        )
    })
}

/// Below the text field: room left, whether it is stored, and whether it is to be.
pub fn saving(cx: &Live, desk: Desk) -> Node {
    let cx = cx.clone();
    changing(move || {
        if !desk.live.get() {
            return None;
        }
        let left = desk.left.get();
        let class = if left < 0 { "count over" } else { "count" };
        let keeps = desk.keeps.get();
        let saved = match desk.saving.get() {
            Saving::Nothing => None,
            Saving::Saved => Some(el("span").class("saved").with(cx.text(Key::Saved))),
            Saving::Failed => Some(el("strong").class("saved").with(cx.text(Key::NotSaved))),
        };
        let (kept, toggle) = if keeps {
            (Key::KeptHere, Key::DontKeep)
        } else {
            (Key::NotKeptHere, Key::Keep)
        };
        // Where nothing could be stored there is nothing to keep or not.
        let kept = (desk.saving.get() != Saving::Failed).then(|| {
            el("span")
                .class("kept")
                .with(cx.text(kept))
                .with(" · ")
                .with(button(cx.text(toggle), move || desk.set_keep(!keeps)))
        });
        Some(
            el("p")
                .class("form-line")
                .with(el("span").class(class).with(actions::count(&cx, left)))
                .with(saved)
                .with(kept),
        )
    })
}

/// What became of an earlier text: restored, offered, in another tab, discarded.
pub fn notice(cx: &Live, desk: Desk) -> Node {
    let cx = cx.clone();
    changing(move || {
        let discard = || button(cx.text(Key::Discard), move || desk.discard());
        let (text, buttons): (String, Node) = match desk.notice.get() {
            Notice::Nothing => return None,
            Notice::Restored => (cx.text(Key::DraftRestored), discard().into()),
            Notice::Offered(at) => {
                let seconds = timer::millis().saturating_sub(at) / 1000;
                let seconds = i64::try_from(seconds).unwrap_or(i64::MAX);
                let age = intl::relative(cx.language(), seconds);
                let offered = cx.fill(Key::DraftOffered, &[("age", &age)]);
                let use_it = button(cx.text(Key::UseIt), move || desk.use_other());
                (offered, [use_it.into(), discard().into()].into())
            }
            Notice::Other => {
                let excerpt = el("q").with(desk.other_excerpt());
                let other = button(cx.text(Key::UseOther), move || desk.use_other());
                let mine = button(cx.text(Key::KeepMine), move || desk.keep_mine());
                let parts = [excerpt.into(), other.into(), mine.into()];
                (cx.text(Key::OtherTab), parts.into())
            }
            Notice::Discarded => {
                let undo = button(cx.text(Key::Undo), move || desk.undo());
                (cx.text(Key::DraftDiscarded), undo.into())
            }
        };
        Some(notice_line(text).with(buttons))
    })
}

/// A line that says what happened; its buttons follow.
pub fn notice_line(text: String) -> Element {
    el("p")
        .class("form-notice")
        .with(el("span").with(text))
        .with(" ")
}

/// Where the comment is on its way, and what the reader can do about it.
pub fn progress(cx: &Live, desk: Desk, parent: &str) -> Node {
    let (cx, parent) = (cx.clone(), parent.to_owned());
    changing(move || {
        let retry = |key| button(cx.text(key), move || desk.try_again()).into();
        let back = || button(cx.text(Key::BackToDraft), move || desk.take_back(false)).into();
        let mut buttons: Vec<Node> = Vec::new();
        let (text, part) = match desk.sending.get() {
            Sending::Idle => return None,
            Sending::Busy => (cx.text(Key::CommentSending), "way"),
            Sending::Done { held: false } => (cx.text(Key::CommentPublished), "done"),
            Sending::Done { held: true } => (cx.text(Key::CommentHeld), "done"),
            Sending::Waits => {
                buttons = vec![retry(Key::SendNow), back()];
                (cx.text(Key::CommentWaits), "way")
            }
            Sending::Asks => {
                let arrived = button(cx.text(Key::ItArrived), move || desk.take_back(true));
                buttons = vec![retry(Key::TryAgain), arrived.into(), back()];
                (cx.text(Key::CommentAsks), "way")
            }
            Sending::Refused(refusal) => {
                let reason = actions::refusal(&cx, refusal);
                ([&reason, " ", &cx.text(Key::TextKept)].concat(), "way")
            }
            Sending::Copied => (cx.text(Key::CommentCopied), "done"),
            Sending::CopyFailed => (cx.text(Key::CommentNotCopied), "way"),
        };
        Some(
            el("div")
                .class("progress")
                .attr("role", "status")
                .attr("tabindex", "-1")
                .id(part_id(&parent, part))
                .with(el("p").with(text))
                .with(buttons),
        )
    })
}
