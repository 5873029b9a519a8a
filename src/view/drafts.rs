//! `/drafts/`: everything the reader has begun on this device, with open, copy, delete, export.
//!
//! The first render knows nothing of it; the list comes in an effect after start.

use leptos::prelude::*;

use super::parts::comment_state::button;
use crate::model::Instant;
use crate::platform::DateStyle;
use crate::store::shelf::{Item, Shelf};
use crate::strings::Key;
use crate::view::{IntoShape, Live, View};

pub fn drafts(cx: &Live) -> View {
    let shelf = Shelf::new();
    Effect::new(move |started: Option<()>| {
        if started.is_none() {
            shelf.load();
        }
    });
    let list = {
        let cx = cx.clone();
        move || {
            let items = shelf.items.get()?;
            Some(if items.is_empty() {
                view! { <p>{cx.text(Key::DraftsEmpty)}</p> }.shape()
            } else {
                let rows = items
                    .into_iter()
                    .map(|item| row(&cx, shelf, item))
                    .collect_view();
                let texts = cx.clone();
                let export = move || {
                    shelf.export(|name| texts.fill(Key::ReplyTo, &[("name", name)]));
                };
                view! {
                    <ul class="drafts">{rows}</ul>
                    <p class="form-buttons">
                        {button(cx.text(Key::DraftsExport), export)}
                        {button(cx.text(Key::DraftsDeleteAll), move || shelf.delete_all())}
                    </p>
                }
                .shape()
            })
        }
    };
    let undo = {
        let cx = cx.clone();
        move || {
            shelf.deleted.get().map(|_| {
                view! {
                    <p class="form-notice">
                        <span>{cx.text(Key::DraftDiscarded)}</span> " "
                        {button(cx.text(Key::Undo), move || shelf.undo())}
                    </p>
                }
            })
        }
    };
    let forget = {
        let cx = cx.clone();
        move || {
            shelf.items.get().map(|_| {
                let done = shelf.forgotten.get();
                let hint = cx.text(if done {
                    Key::Forgotten
                } else {
                    Key::ForgetHint
                });
                view! {
                    <p class="form-buttons">
                        {button(cx.text(Key::ForgetMe), move || shelf.forget())}
                        <span class="form-note">{hint}</span>
                    </p>
                }
            })
        }
    };
    view! {
        <h1>{cx.text(Key::Drafts)}</h1>
        <p class="form-note">{cx.text(Key::DraftsHint)}</p>
        <noscript>{cx.text(Key::NeedsJavascript)}</noscript>
        <div role="status">{undo}</div>
        {list}
        {forget}
    }
    .shape()
}

fn row(cx: &Live, shelf: Shelf, item: Item) -> View {
    let at = Instant::from_epoch(i64::try_from(item.draft.at / 1000).unwrap_or_default());
    let state = cx.text(match &item.outgoing {
        None => Key::DraftState,
        Some(outgoing) if outgoing.asks => Key::AskingState,
        Some(_) => Key::WaitingState,
    });
    let to = item.draft.to.as_ref().map(|name| {
        view! { <p class="form-note">{cx.fill(Key::ReplyTo, &[("name", name)])}</p> }
    });
    let title = if item.draft.title.is_empty() {
        item.draft.href.clone()
    } else {
        item.draft.title.clone()
    };
    let mut href = item.draft.href.clone();
    href.push_str("#reply");
    let (text, excerpt) = (item.draft.text.clone(), item.excerpt.clone());
    view! {
        <li>
            <h2>{title}</h2>
            {to}
            <p>{excerpt}</p>
            <p class="form-note">
                {state} " · " <time datetime=at.to_string()>{cx.date(at, DateStyle::Moment)}</time>
            </p>
            <p class="form-buttons">
                <a href=href>{cx.text(Key::DraftOpen)}</a>
                {button(cx.text(Key::DraftCopy), move || shelf.copy(text.clone()))}
                {button(cx.text(Key::DraftDelete), move || shelf.delete(item.clone()))}
            </p>
        </li>
    }
    .shape()
}
