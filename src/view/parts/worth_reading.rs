//! "Worth reading": the next unread story, offered once a visit at the end of the text.
//!
//! It stands after `main` in the document, takes no focus and announces nothing. The rules are
//! `page::worth`'s; here is only when they are asked.

use leptos::prelude::*;

use super::after_render;
use crate::page::{Offer, worth};
use crate::platform::markup::{Element, Node, changing, el};
use crate::platform::{events, local, viewport};
use crate::strings::Key;
use crate::view::Live;
use crate::view::parts::picture::card_picture;

/// The id of the mark behind the text.
pub const END_OF_BODY: &str = "end-of-body";

/// Notes of this tab: that the offer was made, and what was read.
const OFFERED: &str = "dateline:1:worth-reading";
const READ: &str = "dateline:1:read";

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// Not earned yet.
    Waiting,
    /// Earned; it shows wherever it fits.
    Offered,
    /// Closed, or not to be made on this page.
    Over,
}

/// The panel, once it is earned; nothing where the story has nothing to offer.
pub fn worth_reading(cx: &Live) -> Option<Node> {
    let story = cx
        .island
        .story
        .as_ref()
        .filter(|story| !story.offers.is_empty())?;
    let state = RwSignal::new(State::Waiting);
    let fits = RwSignal::new(false);
    let next = StoredValue::new(None::<Offer>);
    let listening = StoredValue::new_local(Vec::new());
    let own = story.href.clone();
    let candidates = story.offers.clone();
    after_render(move || {
        let read = worth::remember(&local::recall(READ).unwrap_or_default(), &own);
        local::note(READ, Some(&read));
        let unread = worth::next_unread(&candidates, &read).cloned();
        if unread.is_none() || local::recall(OFFERED).is_some() {
            state.set(State::Over);
            return;
        }
        next.set_value(unread);
        let look = move || {
            // A frame that was asked for on this page may come after it has been left.
            let (Some(was), Some(fitted)) = (state.try_get_untracked(), fits.try_get_untracked())
            else {
                return;
            };
            let sight = viewport::sight();
            if was == State::Waiting && worth::earned(&sight) && worth::fits(&sight) {
                local::note(OFFERED, Some("1"));
                state.set(State::Offered);
            }
            // Whoever is in it with the keyboard does not have it taken away.
            let stay = viewport::holds_focus(".worth-reading");
            let now = worth::fits(&sight) || stay;
            if fitted != now {
                fits.set(now);
            }
        };
        listening.set_value(viewport::on_move(look));
    });
    let close = move || {
        state.set(State::Over);
        listening.set_value(Vec::new());
    };
    close_by_escape(state, close);
    let cx = cx.clone();
    Some(changing(move || {
        (state.get() == State::Offered && fits.get())
            .then(|| next.get_value())
            .flatten()
            .map(|story| panel(&cx, &story, close))
    }))
}

/// Escape closes the offer wherever the focus is; nothing else on the page is touched by it.
fn close_by_escape(state: RwSignal<State>, close: impl Fn() + Copy + Send + Sync + 'static) {
    let listening = StoredValue::new_local(Vec::new());
    after_render(move || {
        listening.set_value(events::on_key(move |key| {
            if key == "Escape" && state.try_get_untracked() == Some(State::Offered) {
                close();
            }
        }));
    });
}

fn panel(cx: &Live, story: &Offer, close: impl Fn() + Send + 'static) -> Element {
    let image = story.image.as_ref();
    let image = image.map(|image| card_picture(cx, image, "96px", false));
    let link = el("a").class("card-link").attr("href", story.href.clone());
    let headline = el("p")
        .class("card-headline")
        .maybe("lang", story.language.clone())
        .with(link.with(story.headline.clone()));
    let kicker = el("p").class("kicker").with(cx.text(Key::WorthReading));
    let button = el("button")
        .class("close")
        .attr("type", "button")
        .attr("aria-label", cx.text(Key::Close))
        .on("click", move |_| close());
    el("aside")
        .class("worth-reading")
        .attr("aria-label", cx.text(Key::WorthReading))
        .with(el("div").class("card-text").with(kicker).with(headline))
        .with(image)
        .with(button)
}
