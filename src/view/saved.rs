//! `/saved/`: the stories kept on this device, with their size, remove and clear.
//!
//! The first render knows nothing of them; the list comes after start.

use leptos::prelude::*;

use super::parts::after_render;
use super::parts::comment_state::button;
use crate::model::Instant;
use crate::platform::DateStyle;
use crate::platform::markup::{Element, Node, changing, el};
use crate::reader::saved::{Saved, kilobytes};
use crate::store::keepsakes::Keepsakes;
use crate::strings::Key;
use crate::view::Live;

pub fn saved(cx: &Live) -> Node {
    let keepsakes = Keepsakes::new(&cx.island.base);
    after_render(move || keepsakes.load());
    let texts = cx.clone();
    let list = changing(move || Some(list(&texts, keepsakes, &keepsakes.items.get()?)));
    let texts = cx.clone();
    let failed = changing(move || keepsakes.failed.get().then(|| texts.text(Key::NotSaved)));
    [
        el("h1")
            .class("headline")
            .with(cx.text(Key::SavedStories))
            .into(),
        el("p")
            .class("form-note")
            .with(cx.text(Key::SavedHint))
            .into(),
        el("noscript")
            .with(cx.text(Key::ShellNeedsJavascript))
            .into(),
        el("p").attr("role", "status").with(failed).into(),
        list,
    ]
    .into()
}

fn list(cx: &Live, keepsakes: Keepsakes, items: &[Saved]) -> Node {
    if items.is_empty() {
        return el("p").with(cx.text(Key::SavedEmpty)).into();
    }
    let mut rows = el("ul").class("drafts");
    for item in items {
        rows = rows.with(row(cx, keepsakes, item));
    }
    let bytes = items.iter().map(|item| item.bytes).sum();
    let total = el("p")
        .class("form-buttons")
        .with(button(cx.text(Key::RemoveAll), move || keepsakes.clear()))
        .with(
            el("span")
                .class("form-note")
                .with(cx.count(Key::SavedTotal, kilobytes(bytes))),
        );
    [rows.into(), total.into()].into()
}

fn row(cx: &Live, keepsakes: Keepsakes, item: &Saved) -> Element {
    let headline = item.headline.clone();
    let title = el("h2").class("card-headline");
    let title = match item.withdrawn {
        true => title.with(headline),
        false => title.with(el("a").attr("href", item.href.clone()).with(headline)),
    };
    let at = Instant::from_epoch(i64::try_from(item.at / 1000).unwrap_or_default());
    let note = el("p").class("form-note");
    let note = match item.withdrawn {
        true => note.with(cx.text(Key::WithdrawnTitle)),
        false => note
            .with(cx.date(at, DateStyle::Moment))
            .with(" · ")
            .with(cx.count(Key::SavedSize, kilobytes(item.bytes))),
    };
    let href = item.href.clone();
    let remove = button(cx.text(Key::Remove), move || keepsakes.remove(&href)).attr(
        "aria-label",
        [&cx.text(Key::Remove), ": ", &item.headline].concat(),
    );
    el("li")
        .with(title)
        .with(note)
        .with(el("p").class("form-buttons").with(remove))
}
