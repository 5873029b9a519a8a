//! The comments of a story, where its source has them: threads, three indents at most, answered in
//! place. They are loaded when the reader comes near, and their HTML is cleaned as untrusted.

use std::sync::Arc;

use leptos::prelude::*;

use super::comment_form::{Answered, form};
use super::comment_state::button;
use crate::html;
use crate::model::Body;
use crate::page::Story;
use crate::platform::{DateStyle, HOST, fields, timer};
use crate::reader::session::UNDO_FOR;
use crate::source::comments::{DEEPEST_INDENT, Threaded, initials};
use crate::store::thread::{Load, Thread};
use crate::strings::Key;
use crate::view::Cx;

/// The thread of a story, below its form. `answering` is set while a reply is being written.
pub fn comments(
    cx: &Cx,
    story: &Story,
    url: &str,
    answering: RwSignal<Option<Answered>>,
) -> AnyView {
    let thread = Thread::new();
    let address = url.to_owned();
    Effect::new(move |started: Option<()>| {
        if started.is_none() {
            thread.start("comments", address.clone());
        }
    });
    let again = url.to_owned();
    let (list_cx, story) = (cx.clone(), Arc::new(story.clone()));
    let list =
        move || {
            let cx = &list_cx;
            match thread.load.get() {
                Load::Waiting => None,
                Load::Loading => Some(view! { <p>{cx.text(Key::Loading)}</p> }.into_any()),
                Load::Failed => {
                    let again = again.clone();
                    let retry = button(cx.text(Key::TryAgain), move || thread.fetch(again.clone()));
                    Some(view! { <p>{cx.text(Key::CommentsFailed)} " " {retry}</p> }.into_any())
                }
                Load::Ready(comments) if comments.is_empty() => {
                    Some(view! { <p>{cx.text(Key::CommentsNone)}</p> }.into_any())
                }
                Load::Ready(comments) => {
                    let rows = thread
                        .ordered()
                        .into_iter()
                        .map(|comment| row(cx, &story, comment, answering))
                        .collect_view();
                    let order = if thread.newest_first.get() {
                        Key::OldestFirst
                    } else {
                        Key::NewestFirst
                    };
                    let turn = move || thread.newest_first.update(|newest| *newest = !*newest);
                    // Permalinks lead to comments that were not there when the page was loaded.
                    timer::later(0, fields::reveal_fragment);
                    Some(view! {
                    <p class="comments-line">
                        <span>{cx.count(Key::CommentsCount, comments.len() as u64)}</span> " "
                        {button(cx.text(order), turn)}
                    </p>
                    <ol class="comments-list">{rows}</ol>
                }
                .into_any())
                }
            }
        };
    view! {
        <section class="comments" id="comments" aria-labelledby="comments-title">
            <h2 id="comments-title">{cx.text(Key::CommentsTitle)}</h2>
            {list}
        </section>
    }
    .into_any()
}

fn row(
    cx: &Cx,
    story: &Arc<Story>,
    threaded: Threaded,
    answering: RwSignal<Option<Answered>>,
) -> AnyView {
    let Threaded { comment, depth, to } = threaded;
    let id = format!("comment-{}", crate::reader::keys::encode(&comment.id));
    let context = html::Context {
        host: &HOST,
        base_url: story.url.as_deref(),
        site_links: &|_| None,
        headline: None,
        lead_image: None,
        id_prefix: &format!("{id}-"),
        comment: true,
        language: None,
    };
    let cleaned = html::clean(&Body::Html(comment.html.clone()), &context);
    let text = text(cx, cleaned.blocks);
    let when = comment.published.map(|at| {
        view! {
            <a href=format!("#{id}")>
                <time datetime=at.to_string()>{cx.date(at, DateStyle::Moment)}</time>
            </a>
        }
    });
    // Below the deepest indent the name says what the indent cannot.
    let to = to.filter(|_| depth >= DEEPEST_INDENT).map(|name| {
        view! { <span class="form-note">{cx.fill(Key::ReplyTo, &[("name", &name)])}</span> }
    });
    let answered = Answered {
        id: comment.id.clone(),
        name: comment.author.clone(),
        text: String::new(),
    };
    let cancelled = RwSignal::new(String::new());
    let reply = story.comments_open.then(|| {
        let answered = answered.clone();
        let label = cx.fill(Key::ReplyTo, &[("name", &answered.name)]);
        let open = move |_| answering.set(Some(answered.clone()));
        view! {
            <button type="button" class="quiet" aria-label=label on:click=open>{cx.text(Key::Reply)}</button>
        }
    });
    let (form_cx, form_story) = (cx.clone(), story.clone());
    let own = answered.id.clone();
    let place = move || {
        answering.get().filter(|open| open.id == own).map(|open| {
            form(&form_cx, &form_story, Some(open), move |text| {
                answering.set(None);
                cancelled.set(text);
                timer::later(UNDO_FOR, move || {
                    cancelled.try_set(String::new());
                });
            })
        })
    };
    let undo = {
        let (cx, answered) = (cx.clone(), answered.clone());
        move || {
            let text = cancelled.get();
            (!text.trim().is_empty()).then(|| {
                let open = Answered {
                    text,
                    ..answered.clone()
                };
                let undo = move || {
                    cancelled.set(String::new());
                    answering.set(Some(open.clone()));
                };
                view! {
                    <p class="form-notice" role="status">
                        <span>{cx.text(Key::DraftDiscarded)}</span> " "
                        {button(cx.text(Key::Undo), undo)}
                    </p>
                }
            })
        }
    };
    let class = format!("comment indent-{}", depth.min(DEEPEST_INDENT));
    view! {
        <li class=class id=id>
            <p class="comment-head">
                <span class="initials" aria-hidden="true">{initials(&comment.author)}</span>
                <strong>{comment.author.clone()}</strong> " " {when} " " {to}
            </p>
            {text}
            {reply}
            {place}
            {undo}
        </li>
    }
    .into_any()
}

/// The cleaned words, built node by node: a comment's HTML never becomes markup again.
#[cfg(target_arch = "wasm32")]
fn text(cx: &Cx, blocks: Vec<html::Block>) -> AnyView {
    let container = NodeRef::<leptos::html::Div>::new();
    let strings = cx.strings.clone();
    container.on_load(move |element| {
        let options = html::WriteOptions {
            strings: &strings,
            comment: true,
        };
        crate::platform::body::build(&blocks, &options, &element);
    });
    view! { <div class="comment-text" node_ref=container></div> }.into_any()
}

/// Comments are never part of a prerendered page.
#[cfg(not(target_arch = "wasm32"))]
fn text(_: &Cx, _: Vec<html::Block>) -> AnyView {
    view! { <div class="comment-text"></div> }.into_any()
}
