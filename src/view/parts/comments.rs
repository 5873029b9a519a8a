//! The comments of a story, where its source has them: threads, three indents at most, answered in
//! place. They are loaded when the reader comes near, and their HTML is cleaned as untrusted.

use leptos::prelude::*;

use super::after_render;
use super::comment_form::{Answered, form};
use super::comment_state::{button, notice_line};
use crate::page::Told;
use crate::platform::markup::{Element, Node, changing, el};
use crate::platform::{DateStyle, fields, timer};
use crate::reader::keys::encode;
use crate::reader::session::UNDO_FOR;
use crate::source::comments::{DEEPEST_INDENT, Threaded, initials};
use crate::store::thread::{Load, Thread};
use crate::strings::Key;
use crate::view::Live;

/// The thread of a story, below its form. `answering` is set while a reply is being written.
pub fn comments(
    cx: &Live,
    story: &Told,
    url: &str,
    answering: RwSignal<Option<Answered>>,
) -> Element {
    let thread = Thread::new();
    let (address, base) = (url.to_owned(), story.url.clone());
    after_render(move || thread.start("comments", address, base));
    let (again, list_cx, story) = (url.to_owned(), cx.clone(), story.clone());
    let list = changing(move || -> Node {
        let cx = &list_cx;
        match thread.load.get() {
            Load::Waiting => ().into(),
            Load::Loading => el("p").with(cx.text(Key::Loading)).into(),
            Load::Failed => {
                let (again, base) = (again.clone(), story.url.clone());
                let again = move || thread.fetch(again.clone(), base.clone());
                el("p")
                    .with(cx.text(Key::CommentsFailed))
                    .with(" ")
                    .with(button(cx.text(Key::TryAgain), again))
                    .into()
            }
            Load::Ready(comments) if comments.is_empty() => {
                el("p").with(cx.text(Key::CommentsNone)).into()
            }
            Load::Ready(comments) => {
                let mut rows = el("ol").class("comments-list");
                for comment in thread.ordered() {
                    rows = rows.with(row(cx, &story, thread, comment, answering));
                }
                let order = if thread.newest_first.get() {
                    Key::OldestFirst
                } else {
                    Key::NewestFirst
                };
                let turn = move || thread.newest_first.update(|newest| *newest = !*newest);
                // Permalinks lead to comments that were not there when the page was loaded.
                timer::later(0, fields::reveal_fragment);
                let count = cx.count(Key::CommentsCount, comments.len() as u64);
                let line = el("p")
                    .class("comments-line")
                    .with(el("span").with(count))
                    .with(" ")
                    .with(button(cx.text(order), turn));
                [line.into(), rows.into()].into()
            }
        }
    });
    el("section")
        .class("comments")
        .id("comments")
        .attr("aria-labelledby", "comments-title")
        .with(
            el("h2")
                .id("comments-title")
                .with(cx.text(Key::CommentsTitle)),
        )
        .with(list)
}

fn row(
    cx: &Live,
    story: &Told,
    thread: Thread,
    threaded: Threaded,
    answering: RwSignal<Option<Answered>>,
) -> Element {
    let Threaded { comment, depth, to } = threaded;
    let id = ["comment-", &encode(&comment.id)].concat();
    let when = comment.published.map(|at| {
        let time = el("time")
            .attr("datetime", at.to_string())
            .with(cx.date(at, DateStyle::Moment));
        el("a").attr("href", ["#", &id].concat()).with(time)
    });
    // Below the deepest indent the name says what the indent cannot.
    let to = to.filter(|_| depth >= DEEPEST_INDENT).map(|name| {
        el("span")
            .class("form-note")
            .with(cx.fill(Key::ReplyTo, &[("name", &name)]))
    });
    let answered = Answered {
        id: comment.id.clone(),
        name: comment.author.clone(),
        text: String::new(),
    };
    let reply = story.open.then(|| {
        let answered = answered.clone();
        let label = cx.fill(Key::ReplyTo, &[("name", &answered.name)]);
        let open = move || answering.set(Some(answered.clone()));
        button(cx.text(Key::Reply), open).attr("aria-label", label)
    });
    let cancelled = RwSignal::new(String::new());
    let (form_cx, form_story, own) = (cx.clone(), story.clone(), answered.id.clone());
    let place = changing(move || {
        let open = answering.get().filter(|open| open.id == own)?;
        Some(form(&form_cx, &form_story, Some(open), move |text| {
            answering.set(None);
            cancelled.set(text);
            timer::later(UNDO_FOR, move || {
                cancelled.try_set(String::new());
            });
        }))
    });
    let undo_cx = cx.clone();
    let undo = changing(move || {
        let text = Some(cancelled.get()).filter(|text| !text.trim().is_empty())?;
        let open = Answered {
            text,
            ..answered.clone()
        };
        let undo = move || {
            cancelled.set(String::new());
            answering.set(Some(open.clone()));
        };
        let line = notice_line(undo_cx.text(Key::DraftDiscarded)).attr("role", "status");
        Some(line.with(button(undo_cx.text(Key::Undo), undo)))
    });
    let class = ["comment indent-", &depth.min(DEEPEST_INDENT).to_string()].concat();
    let initials = el("span")
        .class("initials")
        .attr("aria-hidden", "true")
        .with(initials(&comment.author));
    let words = el("div").class("comment-text");
    let words = match thread.words(&comment.id) {
        Some(nodes) => words.hold(nodes),
        None => words,
    };
    let head = el("p")
        .class("comment-head")
        .with(initials)
        .with(el("strong").with(comment.author))
        .with(" ")
        .with(when)
        .with(" ")
        .with(to);
    el("li")
        .class(class)
        .id(id)
        .with(head)
        .with(words)
        .with(reply)
        .with(place)
        .with(undo)
}
