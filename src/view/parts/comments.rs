//! The comments of a story, where its source has them: threads, three indents at most, answered in
//! place. They are loaded when the reader comes near, and their HTML is cleaned as untrusted.

use leptos::prelude::*;

use super::comment_form::{Answered, form};
use super::comment_state::button;
use crate::page::Told;
use crate::platform::{DateStyle, fields, timer};
use crate::reader::session::UNDO_FOR;
use crate::source::comments::{DEEPEST_INDENT, Threaded, initials};
use crate::store::thread::{Load, Thread};
use crate::strings::Key;
use crate::view::{IntoShape, Live, View};

/// The thread of a story, below its form. `answering` is set while a reply is being written.
pub fn comments(cx: &Live, story: &Told, url: &str, answering: RwSignal<Option<Answered>>) -> View {
    let thread = Thread::new();
    let (address, base) = (url.to_owned(), story.url.clone());
    Effect::new(move |started: Option<()>| {
        if started.is_none() {
            thread.start("comments", address.clone(), base.clone());
        }
    });
    let again = url.to_owned();
    let (list_cx, story) = (cx.clone(), story.clone());
    let list =
        move || {
            let cx = &list_cx;
            match thread.load.get() {
                Load::Waiting => None,
                Load::Loading => Some(view! { <p>{cx.text(Key::Loading)}</p> }.shape()),
                Load::Failed => {
                    let (again, base) = (again.clone(), story.url.clone());
                    let again = move || thread.fetch(again.clone(), base.clone());
                    let retry = button(cx.text(Key::TryAgain), again);
                    Some(view! { <p>{cx.text(Key::CommentsFailed)} " " {retry}</p> }.shape())
                }
                Load::Ready(comments) if comments.is_empty() => {
                    Some(view! { <p>{cx.text(Key::CommentsNone)}</p> }.shape())
                }
                Load::Ready(comments) => {
                    let rows = thread
                        .ordered()
                        .into_iter()
                        .map(|comment| row(cx, &story, thread, comment, answering))
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
                .shape())
                }
            }
        };
    view! {
        <section class="comments" id="comments" aria-labelledby="comments-title">
            <h2 id="comments-title">{cx.text(Key::CommentsTitle)}</h2>
            {list}
        </section>
    }
    .shape()
}

fn row(
    cx: &Live,
    story: &Told,
    thread: Thread,
    threaded: Threaded,
    answering: RwSignal<Option<Answered>>,
) -> View {
    let Threaded { comment, depth, to } = threaded;
    let id = format!("comment-{}", crate::reader::keys::encode(&comment.id));
    let text = text(thread, &comment.id);
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
    let reply = story.open.then(|| {
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
    .shape()
}

/// The cleaned words, which the reading made nodes of.
#[cfg(target_arch = "wasm32")]
fn text(thread: Thread, id: &str) -> View {
    let container = NodeRef::<leptos::html::Div>::new();
    let words = thread.words(id);
    container.on_load(move |element| {
        if let Some(words) = &words {
            // A detached element can always be taken in.
            let _ = element.append_child(words);
        }
    });
    view! { <div class="comment-text" node_ref=container></div> }.shape()
}

/// Comments are never part of a prerendered page.
#[cfg(not(target_arch = "wasm32"))]
fn text(_: Thread, _: &str) -> View {
    view! { <div class="comment-text"></div> }.shape()
}
