//! "Worth reading": the next unread story, offered once a visit at the end of the text.
//!
//! It stands after `main` in the document, takes no focus and announces nothing. The rules are
//! `page::worth`'s; here is only when they are asked.

use leptos::ev;
use leptos::prelude::*;

use crate::page::{Offer, worth};
use crate::platform::{local, viewport};
use crate::strings::Key;
use crate::view::parts::picture::card_picture;
use crate::view::{IntoShape, Live, View};

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
pub fn worth_reading(cx: &Live) -> Option<View> {
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
    Effect::new(move |started: Option<()>| {
        if started.is_some() {
            return;
        }
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
    let shown = move || {
        (state.get() == State::Offered && fits.get())
            .then(|| next.get_value())
            .flatten()
            .map(|story| panel(&cx, &story, close))
    };
    Some(shown.shape())
}

/// Escape closes the offer wherever the focus is; nothing else on the page is touched by it.
fn close_by_escape(state: RwSignal<State>, close: impl Fn() + Copy + Send + Sync + 'static) {
    Effect::new(move |started: Option<()>| {
        if started.is_none() {
            let handle = window_event_listener(ev::keydown, move |event| {
                if event.key() == "Escape" && state.try_get_untracked() == Some(State::Offered) {
                    close();
                }
            });
            on_cleanup(move || handle.remove());
        }
    });
}

fn panel(cx: &Live, story: &Offer, close: impl Fn() + 'static) -> View {
    let image = story
        .image
        .as_ref()
        .map(|image| card_picture(cx, image, "96px", false));
    let label = cx.text(Key::WorthReading);
    view! {
        <aside class="worth-reading" aria-label=label>
            <div class="card-text">
                <p class="kicker">{cx.text(Key::WorthReading)}</p>
                <p class="card-headline" lang=story.language.clone()>
                    <a class="card-link" href=story.href.clone()>{story.headline.clone()}</a>
                </p>
            </div>
            {image}
            <button
                class="close"
                type="button"
                aria-label=cx.text(Key::Close)
                on:click=move |_| close()
            ></button>
        </aside>
    }
    .shape()
}
