//! Where a story is behind a password: the notice, and the form that opens it.

use leptos::prelude::*;

use super::after_render;
use crate::page::Told;
use crate::platform::fields::Place;
use crate::platform::markup::{Node, changing, el};
use crate::store::locked::{Door, Locked};
use crate::strings::Key;
use crate::view::Live;

/// The notice with the way to the original, and the form; gone once the story is open.
pub fn password(cx: &Live, story: &Told) -> Node {
    let locked = Locked::new(cx.island.clone(), cx.strings.clone(), story.id.clone());
    let field = Place::empty();
    let live = RwSignal::new(false);
    let (door, earlier) = (locked.door, locked.clone());
    after_render(move || {
        live.set(true);
        earlier.remember();
    });
    let link = story.url.clone();
    let link = link.map(|url| el("a").attr("href", url).with(cx.text(Key::ReadOnSource)));
    let texts = cx.clone();
    let said = changing(move || match door.get() {
        Door::Wrong => Some(texts.text(Key::PasswordWrong)),
        Door::Failed => Some(texts.text(Key::ProblemUnreachable)),
        Door::Closed | Door::Asking | Door::Open => None,
    });
    let input = el("input")
        .id("password")
        .attr("type", "password")
        .attr("autocomplete", "off")
        .flag("required", true)
        .place(field);
    let label = el("label").attr("for", "password");
    let open = el("button")
        .attr("type", "submit")
        .follows("disabled", move || (!live.get()).then(String::new))
        .with(cx.text(Key::PasswordOpen));
    let form = el("form")
        .class("search-box")
        .on("submit", move |event| {
            event.prevent();
            locked.open(field.value());
        })
        .with(label.with(cx.text(Key::Password)))
        .with(input)
        .with(open);
    el("div")
        .follows("hidden", move || {
            (door.get() == Door::Open).then(String::new)
        })
        .with(
            el("p")
                .class("notice")
                .with(cx.text(Key::Locked))
                .with(" ")
                .with(link),
        )
        .with(form)
        .with(el("p").class("form-note").attr("role", "status").with(said))
        .into()
}
