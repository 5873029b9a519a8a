//! "Leave a reply": the comment form under an article, and the one that answers a comment.
//!
//! What the first render writes is a pure function of the island and works without the app as far
//! as a form may: fields can be filled, the button is disabled, nothing can be sent by accident.
//! Drafts, identity and counters come in an effect after start (`store::desk`). Fields are not
//! controlled, so that words typed before the start stay where they are.

use leptos::prelude::*;

use super::comment_state::{actions, notice, problems, progress, saving};
use super::comments::comments;
use crate::page::Told;
use crate::reader::form::{Field, Rules};
use crate::reader::keys::{Place, encode};
use crate::reader::session::Subject;
use crate::store::desk::{Desk, Spoken, part_id};
use crate::store::outbox;
use crate::strings::Key;
use crate::view::{IntoShape, Live, View};

/// Whom a reply answers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answered {
    pub id: String,
    pub name: String,
    /// Words that "Undo" brings back with the form.
    pub text: String,
}

/// The form under an article, and the comments that are there: the inside of `#reply`.
pub fn comment_form(cx: &Live, story: &Told) -> View {
    let answering = RwSignal::new(None::<Answered>);
    let thread = story
        .thread
        .as_deref()
        .map(|url| comments(cx, story, url, answering));
    // One form at a time: while a reply is open this one only waits, with its words.
    let away = move || answering.with(Option::is_some);
    view! {
        <div hidden=away>{form(cx, story, None, |_| {})}</div>
        {thread}
    }
    .shape()
}

/// A form with its own draft. `closed` is called with what stood in it when the reader cancels.
pub fn form(
    cx: &Live,
    story: &Told,
    answered: Option<Answered>,
    closed: impl Fn(String) + Copy + Send + Sync + 'static,
) -> View {
    let desk = desk(cx, story, answered.as_ref());
    let island = cx.island.clone();
    let back = answered
        .as_ref()
        .map(|answered| answered.text.clone())
        .unwrap_or_default();
    let answers = answered.is_some();
    Effect::new(move |started: Option<()>| {
        if started.is_none() {
            outbox::open(&island);
            desk.start(&back);
            if answers {
                desk.focus("comment");
            }
        }
    });
    on_cleanup(move || desk.stop());

    let parent = answered
        .as_ref()
        .map(|answered| answered.id.clone())
        .unwrap_or_default();
    let id = |part: &str| part_id(&parent, part);
    let title = match &answered {
        Some(answered) => cx.fill(Key::ReplyTo, &[("name", &answered.name)]),
        None => cx.text(Key::LeaveAReply),
    };
    let note = format!(
        "{} {}",
        cx.text(Key::EmailNotPublished),
        cx.text(Key::RequiredMarked)
    );
    let send = if desk.rules.posts {
        Key::PostComment
    } else {
        Key::CopyComment
    };
    let cancel = answered.is_some().then(|| {
        let cancel = move |_| {
            closed(desk.cancel());
        };
        view! { <button type="button" class="quiet" on:click=cancel>{cx.text(Key::CancelReply)}</button> }
    });
    let trap = cx
        .island
        .comments
        .honeypot
        .clone()
        .filter(|_| desk.rules.posts)
        .map(|name| {
            view! {
                <input
                    class="trap" name=name tabindex="-1" autocomplete="off" aria-hidden="true"
                    node_ref=desk.fields.trap
                />
            }
        });
    let said = {
        let cx = cx.clone();
        move || match desk.spoken.get() {
            Spoken::Nothing => String::new(),
            Spoken::Saved => cx.text(Key::Saved),
            Spoken::NotSaved => cx.text(Key::NotSaved),
            Spoken::Restored => cx.text(Key::DraftRestored),
            Spoken::Left(left) => actions::count(&cx, left),
        }
    };
    let keys = move |event: leptos::ev::KeyboardEvent| {
        // While an input method is composing, Enter belongs to it.
        let sends = event.key() == "Enter" && (event.ctrl_key() || event.meta_key());
        if sends && !event.is_composing() {
            event.prevent_default();
            desk.submit();
        }
    };
    let required = Rules::requires;
    view! {
        <form
            class="comment-form" id=id("form") aria-labelledby=id("title") novalidate
            on:submit=move |event| {
                event.prevent_default();
                desk.submit();
            }
            on:keydown=keys
        >
            <h2 id=id("title")>{title}</h2>
            <p class="form-note">{note}</p>
            {problems(cx, desk, &parent)}
            <div class="field">
                {label(cx, Key::Comment, id("comment"), true)}
                <textarea
                    id=id("comment") rows="6" autocomplete="off" required
                    node_ref=desk.fields.comment
                    aria-invalid=invalid(desk, Field::Comment)
                    aria-describedby=described(desk, Field::Comment, id("comment"))
                    on:input=move |_| desk.typed()
                    on:blur=move |_| desk.left_field(Field::Comment)
                ></textarea>
                {fault(cx, desk, Field::Comment, id("comment"))}
                {saving(cx, desk)}
                {notice(cx, desk)}
            </div>
            <div class="fields">
                {input(cx, desk, Field::Name, &parent, required(desk.rules, Field::Name))}
                {input(cx, desk, Field::Email, &parent, required(desk.rules, Field::Email))}
                {input(cx, desk, Field::Website, &parent, false)}
            </div>
            {trap}
            <p class="tick">
                <input
                    type="checkbox" id=id("remember")
                    node_ref=desk.fields.remember on:change=move |_| desk.remember()
                />
                <label for=id("remember")>{cx.text(Key::RememberMe)}</label>
            </p>
            <p class="form-buttons">
                // The field keeps the focus until the click: leaving it may move the button away.
                <button
                    type="submit" disabled=move || !desk.live.get()
                    on:mousedown=|event| event.prevent_default()
                >
                    {cx.text(send)}
                </button>
                {cancel}
                {elsewhere(cx, story, desk)}
            </p>
            <noscript>{cx.text(Key::NeedsJavascript)}</noscript>
            {progress(cx, desk, &parent)}
            <p class="unseen" role="status">{said}</p>
        </form>
    }
    .shape()
}

fn desk(cx: &Live, story: &Told, answered: Option<&Answered>) -> Desk {
    let island = &cx.island;
    let place = Place {
        site: island.site_key().to_owned(),
        source: island.kind.name().to_owned(),
        article: story.id.clone(),
        parent: answered
            .map(|answered| answered.id.clone())
            .unwrap_or_default(),
    };
    let receiver = outbox::receiver(island, story.thread.as_deref());
    let rules = Rules {
        posts: receiver.is_some(),
        needs_author: true,
        max_length: island.comments.max_length,
    };
    let to = answered.map(|answered| answered.name.clone());
    let subject = Subject {
        title: story.headline.clone(),
        href: story.href.clone(),
        to,
        ..Subject::default()
    };
    Desk::new(place, subject, receiver.unwrap_or_default(), rules)
}

fn label(cx: &Live, key: Key, id: String, required: bool) -> View {
    let mark = required.then(|| view! { <span aria-hidden="true">" *"</span> });
    view! { <label for=id>{cx.text(key)}{mark}</label> }.shape()
}

fn input(cx: &Live, desk: Desk, field: Field, parent: &str, required: bool) -> View {
    let (key, part, kind, complete, node) = match field {
        Field::Email => (Key::Email, "email", "email", "email", desk.fields.email),
        Field::Website => (Key::Website, "website", "url", "url", desk.fields.website),
        Field::Name | Field::Comment => (Key::Name, "name", "text", "name", desk.fields.name),
    };
    let id = part_id(parent, part);
    view! {
        <div class="field">
            {label(cx, key, id.clone(), required)}
            <input
                id=id.clone() type=kind autocomplete=complete required=required node_ref=node
                aria-invalid=invalid(desk, field)
                aria-describedby=described(desk, field, id.clone())
                on:input=move |_| desk.edited(field)
                on:blur=move |_| desk.left_field(field)
            />
            {fault(cx, desk, field, id)}
        </div>
    }
    .shape()
}

fn faulty(desk: Desk, field: Field) -> bool {
    desk.faults
        .with(|faults| faults.iter().any(|(faulty, _)| *faulty == field))
}

fn invalid(desk: Desk, field: Field) -> impl Fn() -> Option<&'static str> + Send + 'static {
    move || faulty(desk, field).then_some("true")
}

fn described(desk: Desk, field: Field, id: String) -> impl Fn() -> Option<String> + Send + 'static {
    move || faulty(desk, field).then(|| format!("{id}-fault"))
}

/// What is wrong with a field, below it.
fn fault(cx: &Live, desk: Desk, field: Field, id: String) -> impl IntoView + use<> {
    let cx = cx.clone();
    move || {
        let faults = desk.faults.get();
        let found = faults.into_iter().find(|(faulty, _)| *faulty == field)?;
        let sentence = actions::fault(&cx, found.0, found.1);
        Some(view! { <p class="fault" id=format!("{id}-fault")>{sentence}</p> })
    }
}

/// Where a comment can be taken that cannot be posted from here.
fn elsewhere(cx: &Live, story: &Told, desk: Desk) -> Option<View> {
    if desk.rules.posts {
        return None;
    }
    let original = story.url.clone().map(|url| {
        view! { <a href=url rel="noopener">{cx.text(Key::OpenOriginal)}</a> }
    });
    let mail = format!(
        "mailto:{}?subject={}",
        cx.island.comments.email.as_deref().unwrap_or_default(),
        encode(&story.headline)
    );
    Some(view! { {original} <a href=mail>{cx.text(Key::SendByMail)}</a> }.shape())
}
