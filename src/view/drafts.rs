//! `/drafts/`: everything the reader has begun on this device, with open, copy, delete, export.
//!
//! The first render knows nothing of it; the list comes in an effect after start.

use leptos::prelude::*;

use super::parts::after_render;
use super::parts::comment_state::{button, notice_line};
use crate::model::Instant;
use crate::platform::DateStyle;
use crate::platform::markup::{Element, Node, changing, el};
use crate::store::shelf::{Item, Shelf};
use crate::strings::Key;
use crate::view::Live;

pub fn drafts(cx: &Live) -> Node {
    let shelf = Shelf::new();
    after_render(move || shelf.load());
    let texts = cx.clone();
    let list = changing(move || Some(list(&texts, shelf, shelf.items.get()?)));
    let texts = cx.clone();
    let undo = changing(move || {
        let undo = button(texts.text(Key::Undo), move || shelf.undo());
        let line = || notice_line(texts.text(Key::DraftDiscarded)).with(undo);
        (!shelf.deleted.with(Vec::is_empty)).then(line)
    });
    let texts = cx.clone();
    let forget = changing(move || {
        let hint = texts.text(match shelf.forgotten.get() {
            None => Key::ForgetHint,
            Some(true) => Key::Forgotten,
            Some(false) => Key::ForgetFailed,
        });
        let line = || {
            el("p")
                .class("form-buttons")
                .with(button(texts.text(Key::ForgetMe), move || shelf.forget()))
                .with(
                    el("span")
                        .class("form-note")
                        .attr("role", "status")
                        .with(hint),
                )
        };
        shelf.items.get().map(|_| line())
    });
    [
        el("h1").class("headline").with(cx.text(Key::Drafts)).into(),
        el("p")
            .class("form-note")
            .with(cx.text(Key::DraftsHint))
            .into(),
        el("noscript")
            .with(cx.text(Key::ShellNeedsJavascript))
            .into(),
        el("div").attr("role", "status").with(undo).into(),
        list,
        forget,
    ]
    .into()
}

fn list(cx: &Live, shelf: Shelf, items: Vec<Item>) -> Node {
    if items.is_empty() {
        return el("p").with(cx.text(Key::DraftsEmpty)).into();
    }
    let mut rows = el("ul").class("drafts");
    for item in items {
        rows = rows.with(row(cx, shelf, item));
    }
    let texts = cx.clone();
    let export = move || shelf.export(|name| texts.fill(Key::ReplyTo, &[("name", name)]));
    let buttons = el("p")
        .class("form-buttons")
        .with(button(cx.text(Key::DraftsExport), export))
        .with(button(cx.text(Key::DraftsDeleteAll), move || {
            shelf.delete_all()
        }));
    [rows.into(), buttons.into()].into()
}

fn row(cx: &Live, shelf: Shelf, item: Item) -> Element {
    let at = Instant::from_epoch(i64::try_from(item.draft.at / 1000).unwrap_or_default());
    let state = cx.text(match &item.outgoing {
        None => Key::DraftState,
        Some(outgoing) if outgoing.asks => Key::AskingState,
        Some(_) => Key::WaitingState,
    });
    let to = item.draft.to.as_ref().map(|name| {
        el("p")
            .class("form-note")
            .with(cx.fill(Key::ReplyTo, &[("name", name)]))
    });
    let title = if item.draft.title.is_empty() {
        item.draft.href.clone()
    } else {
        item.draft.title.clone()
    };
    let href = [&item.draft.href, "#reply"].concat();
    let (text, excerpt) = (item.draft.text.clone(), item.excerpt.clone());
    let time = el("time")
        .attr("datetime", at.to_string())
        .with(cx.date(at, DateStyle::Moment));
    let note = el("p")
        .class("form-note")
        .with(state)
        .with(" · ")
        .with(time);
    let copy = button(cx.text(Key::DraftCopy), move || shelf.copy(text.clone()));
    let delete = button(cx.text(Key::DraftDelete), move || {
        shelf.delete(item.clone())
    });
    let buttons = el("p")
        .class("form-buttons")
        .with(el("a").attr("href", href).with(cx.text(Key::DraftOpen)))
        .with(copy)
        .with(delete);
    el("li")
        .with(el("h2").with(title))
        .with(to)
        .with(el("p").with(excerpt))
        .with(note)
        .with(buttons)
}
