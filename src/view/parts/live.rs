//! A live story: whether it goes on, its key events, and the offer of updates that came since.
//!
//! Nothing is put above what is being read before the reader asks for it: the offer lies over the
//! page, and is said once to those who hear the page.

use leptos::prelude::*;

use super::after_render;
use super::comment_state::button;
use crate::page::live::{Entry, Living, Story};
use crate::platform::DateStyle;
use crate::platform::live as page;
use crate::platform::markup::{Element, Node, changing, el};
use crate::store::live::Watch;
use crate::strings::Key;
use crate::view::Live;

/// The events that tell the story in short; a place for them where there are none yet.
pub fn events(cx: &Live, story: &Story, language: (Option<String>, Option<&'static str>)) -> Node {
    let none = story.events().next().is_none();
    if none && story.living().is_none() {
        return ().into();
    }
    let title = el("h2")
        .id("key-events")
        .maybe("lang", language.0)
        .maybe("dir", language.1)
        .with(cx.text(Key::KeyEvents));
    let items: Vec<Node> = story
        .events()
        .map(|entry| event(cx, entry).into())
        .collect();
    el("section")
        .class("points events")
        .attr("aria-labelledby", "key-events")
        .flag("hidden", none)
        .with(title)
        .with(el("ul").with(items))
        .into()
}

fn event(cx: &Live, entry: &Entry) -> Element {
    let time = entry.at.map(|at| {
        el("time")
            .attr("datetime", at.to_string())
            .with(cx.date(at, DateStyle::Moment))
    });
    let link = el("a").attr("href", ["#", &entry.id].concat());
    el("li")
        .with(link.with(entry.title.clone()))
        .with(" ")
        .with(time)
}

/// The line of a story that has ended.
pub fn ended(cx: &Live) -> Node {
    line().with(cx.text(Key::LiveEnded)).into()
}

fn line() -> Element {
    el("p").class("notice")
}

/// The part that asks for newer updates and offers them.
pub fn live(cx: &Live) -> Node {
    let watch = Watch::new();
    let read = || Living::read(&cx.island.written);
    if let Some(living) = cx.island.living.clone().or_else(read) {
        after_render(move || watch.start(living));
    }
    let texts = cx.clone();
    let state = changing(move || {
        texts.text(if watch.ended.get() {
            Key::LiveEnded
        } else {
            Key::LiveOn
        })
    });
    let texts = cx.clone();
    let said = changing(move || match watch.said.get() {
        0 => None,
        n => Some(texts.count(Key::NewUpdates, n)),
    });
    let texts = cx.clone();
    let offer = changing(move || {
        let news = watch.news.get();
        let n = news.updates.len() as u64;
        (n > 0).then(|| offer(&texts, watch, texts.count(Key::NewUpdates, n), news.gap))
    });
    [
        line().with(state).into(),
        el("p")
            .class("unseen")
            .attr("role", "status")
            .with(said)
            .into(),
        offer,
    ]
    .into()
}

fn offer(cx: &Live, watch: Watch, text: String, gap: bool) -> Element {
    let line = el("p").class("fresh live-news");
    if gap {
        // More came than the answer holds: the page itself has them all.
        let link = el("a")
            .attr("rel", "external")
            .attr("href", cx.island.route.clone());
        return line.with(link.with(text));
    }
    let cx = cx.clone();
    line.with(button(text, move || {
        let events: Vec<Node> = watch
            .show(&cx.strings)
            .iter()
            .map(|entry| event(&cx, entry).into())
            .collect();
        page::put_events(events);
    }))
}
