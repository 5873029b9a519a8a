//! What a comment form says about itself: faults, room left, saved or not, on its way or arrived.
//!
//! Everything here appears after start, from the signals of `store::desk`; nothing of it is in the
//! prerendered page but empty places.

use leptos::prelude::*;

use crate::platform::{fields, intl, timer};
use crate::source::comments::Refusal;
use crate::store::desk::{Desk, Notice, Saving, Sending, part_id};
use crate::strings::Key;
use crate::view::{IntoShape, Live, View};

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
pub fn button(text: String, act: impl Fn() + Send + 'static) -> View {
    view! { <button type="button" class="quiet" on:click=move |_| act()>{text}</button> }.shape()
}

/// The summary above the fields after a failed attempt: each fault with a link to its field.
pub fn problems(cx: &Live, desk: Desk, parent: &str) -> impl IntoView + use<> {
    let (cx, parent) = (cx.clone(), parent.to_owned());
    move || {
        let faults = desk.faults.get();
        if !desk.summary.get() || faults.is_empty() {
            return None;
        }
        let items = faults
            .into_iter()
            .map(|(field, fault)| {
                use crate::reader::form::Field;

                let id = part_id(
                    &parent,
                    match field {
                        Field::Comment => "comment",
                        Field::Name => "name",
                        Field::Email => "email",
                        Field::Website => "website",
                    },
                );
                let href = format!("#{id}");
                let go = move |event: leptos::ev::MouseEvent| {
                    event.prevent_default();
                    fields::focus(&id);
                };
                view! { <li><a href=href on:click=go>{actions::fault(&cx, field, fault)}</a></li> }
            })
            .collect_view();
        let title = cx.text(Key::FaultsTitle);
        Some(view! {
            <div
                class="problems" role="group" tabindex="-1"
                id=part_id(&parent, "problems") aria-label=title.clone()
            >
                <p>{title.clone()}</p>
                <ul>{items}</ul>
            </div>
        })
    }
}

/// Below the text field: room left, whether it is stored, and whether it is to be.
pub fn saving(cx: &Live, desk: Desk) -> impl IntoView + use<> {
    let cx = cx.clone();
    move || {
        if !desk.live.get() {
            return None;
        }
        let left = desk.left.get();
        let class = if left < 0 { "count over" } else { "count" };
        let keeps = desk.keeps.get();
        let saved = match desk.saving.get() {
            Saving::Nothing => None,
            Saving::Saved => {
                Some(view! { <span class="saved">{cx.text(Key::Saved)}</span> }.shape())
            }
            Saving::Failed => {
                Some(view! { <strong class="saved">{cx.text(Key::NotSaved)}</strong> }.shape())
            }
        };
        let (kept, toggle) = if keeps {
            (Key::KeptHere, Key::DontKeep)
        } else {
            (Key::NotKeptHere, Key::Keep)
        };
        Some(view! {
            <p class="form-line">
                <span class=class>{actions::count(&cx, left)}</span>
                {saved}
                <span class="kept">
                    {cx.text(kept)} " · "
                    {button(cx.text(toggle), move || desk.set_keep(!keeps))}
                </span>
            </p>
        })
    }
}

/// What became of an earlier text: restored, offered, in another tab, discarded.
pub fn notice(cx: &Live, desk: Desk) -> impl IntoView + use<> {
    let cx = cx.clone();
    move || {
        let (text, buttons) = match desk.notice.get() {
            Notice::Nothing => return None,
            Notice::Restored => (
                cx.text(Key::DraftRestored),
                view! { {button(cx.text(Key::Discard), move || desk.discard())} }.shape(),
            ),
            Notice::Offered(at) => {
                let seconds = timer::millis().saturating_sub(at) / 1000;
                let seconds = i64::try_from(seconds).unwrap_or(i64::MAX);
                let age = intl::relative(cx.language(), seconds);
                let buttons = view! {
                    {button(cx.text(Key::UseIt), move || desk.use_other())}
                    {button(cx.text(Key::Discard), move || desk.discard())}
                };
                (
                    cx.fill(Key::DraftOffered, &[("age", &age)]),
                    buttons.shape(),
                )
            }
            Notice::Other => {
                let buttons = view! {
                    <q>{desk.other_excerpt()}</q>
                    {button(cx.text(Key::UseOther), move || desk.use_other())}
                    {button(cx.text(Key::KeepMine), move || desk.keep_mine())}
                };
                (cx.text(Key::OtherTab), buttons.shape())
            }
            Notice::Discarded => (
                cx.text(Key::DraftDiscarded),
                view! { {button(cx.text(Key::Undo), move || desk.undo())} }.shape(),
            ),
        };
        Some(view! { <p class="form-notice"><span>{text}</span> " " {buttons}</p> })
    }
}

/// Where the comment is on its way, and what the reader can do about it.
pub fn progress(cx: &Live, desk: Desk, parent: &str) -> impl IntoView + use<> {
    let (cx, parent) = (cx.clone(), parent.to_owned());
    move || {
        let mut buttons = Vec::new();
        let retry = |key| button(cx.text(key), move || desk.try_again());
        let back = || button(cx.text(Key::BackToDraft), move || desk.take_back(false));
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
                buttons = vec![retry(Key::TryAgain), arrived, back()];
                (cx.text(Key::CommentAsks), "way")
            }
            Sending::Refused(refusal) => {
                let reason = actions::refusal(&cx, refusal);
                (format!("{reason} {}", cx.text(Key::TextKept)), "way")
            }
            Sending::Copied => (cx.text(Key::CommentCopied), "done"),
            Sending::CopyFailed => (cx.text(Key::CommentNotCopied), "way"),
        };
        Some(view! {
            <div class="progress" role="status" tabindex="-1" id=part_id(&parent, part)>
                <p>{text}</p>
                {buttons}
            </div>
        })
    }
}
