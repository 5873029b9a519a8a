//! "Leave a reply": the comment form under an article, and the one that answers a comment.
//!
//! What the first render writes is a pure function of the island and works without the app as far
//! as a form may: fields can be filled, the button is disabled, nothing can be sent by accident.
//! Drafts, identity and counters come in an effect after start (`store::desk`). Fields are not
//! controlled, so that words typed before the start stay where they are.

use leptos::prelude::*;

use super::after_render;
use super::comment_state::{actions, button, notice, problems, progress, saving};
use super::comments::comments;
use crate::page::Told;
use crate::platform::events::Happening;
use crate::platform::markup::{Element, Node, changing, el};
use crate::reader::form::{Field, Rules};
use crate::reader::keys::{Place, encode};
use crate::reader::session::Subject;
use crate::store::desk::{Desk, Spoken, part_id};
use crate::store::outbox;
use crate::strings::Key;
use crate::view::Live;

/// Whom a reply answers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answered {
    pub id: String,
    pub name: String,
    /// Words that "Undo" brings back with the form.
    pub text: String,
}

/// The form under an article, and the comments that are there: the inside of `#reply`.
pub fn comment_form(cx: &Live, story: &Told) -> Node {
    let answering = RwSignal::new(None::<Answered>);
    let thread = story
        .thread
        .as_deref()
        .map(|url| comments(cx, story, url, answering));
    // One form at a time: while a reply is open this one only waits, with its words.
    let away = move || answering.with(Option::is_some).then(String::new);
    let own = el("div").follows("hidden", away);
    [
        own.with(form(cx, story, None, |_| {})).into(),
        thread.into(),
    ]
    .into()
}

/// A form with its own draft. `closed` is called with what stood in it when the reader cancels.
pub fn form(
    cx: &Live,
    story: &Told,
    answered: Option<Answered>,
    closed: impl Fn(String) + Send + 'static,
) -> Node {
    form_of(cx, story, answered, Box::new(closed))
}

/// What the reader's words are handed to when a reply is cancelled.
type Closed = Box<dyn Fn(String) + Send>;

fn form_of(cx: &Live, story: &Told, answered: Option<Answered>, closed: Closed) -> Node {
    let desk = desk(cx, story, answered.as_ref());
    let island = cx.island.clone();
    let back = answered
        .as_ref()
        .map(|answered| answered.text.clone())
        .unwrap_or_default();
    let answers = answered.is_some();
    after_render(move || {
        outbox::open(&island);
        desk.start(&back);
        if answers {
            desk.focus("comment");
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
    let note = [
        cx.text(Key::EmailNotPublished),
        cx.text(Key::RequiredMarked),
    ];
    let keys = move |event: Happening| {
        // While an input method is composing, Enter belongs to it.
        if event.key() == "Enter" && event.commands() {
            event.prevent();
            desk.submit();
        }
    };
    let submit = move |event: Happening| {
        event.prevent();
        desk.submit();
    };
    let comment = el("textarea")
        .id(id("comment"))
        .attr("rows", "6")
        .attr("autocomplete", "off")
        .flag("required", true)
        .place(desk.fields.comment);
    let comment = alive(comment, desk, Field::Comment, &id("comment"));
    let remember = el("input")
        .attr("type", "checkbox")
        .id(id("remember"))
        .place(desk.fields.remember)
        .on("change", move |_| desk.remember());
    el("form")
        .class("comment-form")
        .id(id("form"))
        .attr("aria-labelledby", id("title"))
        .flag("novalidate", true)
        .on("submit", submit)
        .on("keydown", keys)
        .with(el("h2").id(id("title")).with(title))
        .with(el("p").class("form-note").with(note.join(" ")))
        .with(problems(cx, desk, &parent))
        .with(
            el("div")
                .class("field")
                .with(label(cx, Key::Comment, id("comment"), true))
                .with(comment)
                .with(fault(cx, desk, Field::Comment, id("comment")))
                .with(saving(cx, desk))
                .with(notice(cx, desk)),
        )
        .with(
            el("div")
                .class("fields")
                .with(input(cx, desk, Field::Name, &parent))
                .with(input(cx, desk, Field::Email, &parent))
                .with(input(cx, desk, Field::Website, &parent)),
        )
        .with(trap(cx, desk))
        .with(
            el("p").class("tick").with(remember).with(
                el("label")
                    .attr("for", id("remember"))
                    .with(cx.text(Key::RememberMe)),
            ),
        )
        .with(buttons(cx, story, desk, answers, closed))
        .with(el("noscript").with(cx.text(Key::NeedsJavascript)))
        .with(progress(cx, desk, &parent))
        .with(
            el("p")
                .class("unseen")
                .attr("role", "status")
                .with(said(cx, desk)),
        )
        .into()
}

fn buttons(cx: &Live, story: &Told, desk: Desk, answers: bool, closed: Closed) -> Element {
    let key = if desk.rules.posts {
        Key::PostComment
    } else {
        Key::CopyComment
    };
    let send = el("button")
        .attr("type", "submit")
        .follows("disabled", move || (!desk.live.get()).then(String::new))
        // The field keeps the focus until the click: leaving it may move the button away.
        .on("mousedown", |event| event.prevent())
        .with(cx.text(key));
    let cancel = answers.then(|| button(cx.text(Key::CancelReply), move || closed(desk.cancel())));
    el("p")
        .class("form-buttons")
        .with(send)
        .with(cancel)
        .with(elsewhere(cx, story, desk))
}

/// A field that people leave empty; only where the endpoint checks it.
fn trap(cx: &Live, desk: Desk) -> Option<Element> {
    let name = cx.island.comments.honeypot.clone();
    let name = name.filter(|_| desk.rules.posts)?;
    let field = el("input")
        .class("trap unseen")
        .attr("name", name)
        .attr("tabindex", "-1")
        .attr("autocomplete", "off")
        .attr("aria-hidden", "true");
    Some(field.place(desk.fields.trap))
}

/// What a screen reader hears.
fn said(cx: &Live, desk: Desk) -> Node {
    let cx = cx.clone();
    changing(move || match desk.spoken.get() {
        Spoken::Nothing => String::new(),
        Spoken::Saved => cx.text(Key::Saved),
        Spoken::NotSaved => cx.text(Key::NotSaved),
        Spoken::Restored => cx.text(Key::DraftRestored),
        Spoken::Left(left) => actions::count(&cx, left),
    })
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
        needs_author: !island.comments.anonymous,
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

fn label(cx: &Live, key: Key, id: String, required: bool) -> Element {
    let mark = required.then(|| el("span").attr("aria-hidden", "true").with(" *"));
    el("label").attr("for", id).with(cx.text(key)).with(mark)
}

fn input(cx: &Live, desk: Desk, field: Field, parent: &str) -> Element {
    let (key, part, kind, complete, place) = match field {
        Field::Email => (Key::Email, "email", "email", "email", desk.fields.email),
        Field::Website => (Key::Website, "website", "url", "url", desk.fields.website),
        Field::Name | Field::Comment => (Key::Name, "name", "text", "name", desk.fields.name),
    };
    let id = part_id(parent, part);
    let required = desk.rules.requires(field);
    let input = el("input")
        .id(id.clone())
        .attr("type", kind)
        .attr("autocomplete", complete)
        .flag("required", required)
        .place(place);
    el("div")
        .class("field")
        .with(label(cx, key, id.clone(), required))
        .with(alive(input, desk, field, &id))
        .with(fault(cx, desk, field, id))
}

/// What every field does when it is filled and left, and says of itself when it is faulty.
fn alive(input: Element, desk: Desk, field: Field, id: &str) -> Element {
    let faulty = move || {
        desk.faults
            .with(|faults| faults.iter().any(|(faulty, _)| *faulty == field))
    };
    let description = fault_id(id);
    input
        .follows("aria-invalid", move || faulty().then(|| "true".to_owned()))
        .follows("aria-describedby", move || {
            faulty().then(|| description.clone())
        })
        .on("input", move |_| match field {
            Field::Comment => desk.typed(),
            field => desk.edited(field),
        })
        .on("blur", move |_| desk.left_field(field))
}

fn fault_id(id: &str) -> String {
    [id, "-fault"].concat()
}

/// What is wrong with a field, below it.
fn fault(cx: &Live, desk: Desk, field: Field, id: String) -> Node {
    let cx = cx.clone();
    changing(move || {
        let faults = desk.faults.get();
        let found = faults.into_iter().find(|(faulty, _)| *faulty == field)?;
        let sentence = actions::fault(&cx, found.0, found.1);
        Some(el("p").class("fault").id(fault_id(&id)).with(sentence))
    })
}

/// Longer addresses are cut or refused on the way to a mail program.
const LONGEST_MAILTO: usize = 2000;

/// The way by mail with the reader's words in it, unless they are too many: half a comment must not
/// look like the whole one, and the words still stand in the form.
fn with_body(mail: &str, text: &str) -> String {
    let whole = [mail, "&body=", &encode(text.trim())].concat();
    if text.trim().is_empty() || whole.len() > LONGEST_MAILTO {
        return mail.to_owned();
    }
    whole
}

/// Where a comment can be taken that cannot be posted from here.
fn elsewhere(cx: &Live, story: &Told, desk: Desk) -> Option<Node> {
    if desk.rules.posts {
        return None;
    }
    let original = story.url.clone().map(|url| {
        el("a")
            .attr("href", url)
            .attr("rel", "noopener")
            .with(cx.text(Key::OpenOriginal))
    });
    let address = cx.island.comments.email.as_deref().unwrap_or_default();
    let mail = ["mailto:", address, "?subject=", &encode(&story.headline)].concat();
    let mail = el("a")
        // The counter moves with every change of the text.
        .follows("href", move || {
            desk.left.track();
            Some(with_body(&mail, &desk.entries().comment))
        })
        .with(cx.text(Key::SendByMail));
    Some([original.into(), " ".into(), mail.into()].into())
}

#[cfg(test)]
mod tests {
    use super::with_body;

    #[test]
    fn a_mail_carries_the_words_whole_or_not_at_all() {
        let mail = "mailto:?subject=x";
        assert_eq!(with_body(mail, " "), mail);
        let short = "mailto:?subject=x&body=Tea%20%26%20cake%3F";
        assert_eq!(with_body(mail, "Tea & cake?\n"), short);
        assert_eq!(with_body(mail, &"é".repeat(400)), mail);
    }
}
