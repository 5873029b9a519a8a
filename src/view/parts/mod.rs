//! What several pages share, and the parts of a page that come alive.

use leptos::prelude::{Effect, untrack};

use super::{Live, drafts, saved};
use crate::platform::markup::Node;

pub mod body;
pub mod card;
pub mod comment_form;
pub mod comment_state;
pub mod comments;
pub mod finder;
pub mod footer;
pub mod fresh;
pub mod growing;
pub mod header;
pub mod history;
pub mod live;
pub mod newsletter;
pub mod pagination;
pub mod password;
pub mod picture;
pub mod search_box;
pub mod settings;
pub mod share;
pub mod story_end;
pub mod time;
pub mod worth_reading;

/// Does something once, when the page stands in the browser. Never natively.
pub fn after_render(act: impl FnOnce() + 'static) {
    // Boxed, so that the effect is compiled once and not for every act.
    let mut act: Option<Box<dyn FnOnce()>> = Some(Box::new(act));
    Effect::new(move |_: Option<()>| {
        if let Some(act) = act.take() {
            untrack(act);
        }
    });
}

/// Which bundle brings a part to life. Every reader downloads the app, so it has only what most
/// pages need at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Home {
    App,
    /// Comments, drafts, saved stories, search.
    Desk,
    /// Parts of few pages.
    Press,
}

/// The home of a part by its name in `data-part`.
pub fn home_of(name: &str) -> Home {
    match name {
        "comments" | "drafts" | "saved" | "search" => Home::Desk,
        "live" | "password" => Home::Press,
        _ => Home::App,
    }
}

/// A part of the app. The page writes the same view into the same element, so that a part as it was
/// written can be hydrated.
pub fn live_part(name: &str, live: &Live) -> Node {
    match (name, &live.island.story) {
        ("share", Some(story)) => share::share(live, story),
        ("worth-reading", _) => worth_reading::worth_reading(live).into(),
        ("settings", _) => settings::settings(live),
        // A newer build knows more parts than an app that was loaded before it.
        _ => ().into(),
    }
}

/// A part of the desk.
pub fn desk_part(name: &str, live: &Live) -> Node {
    match (name, &live.island.story) {
        ("comments", Some(story)) => comment_form::comment_form(live, story),
        ("drafts", _) => drafts::drafts(live),
        ("saved", _) => saved::saved(live),
        ("search", _) => finder::finder(live),
        _ => ().into(),
    }
}

/// A part of the press.
pub fn rare_part(name: &str, cx: &Live) -> Node {
    match (name, &cx.island.story) {
        ("live", _) => live::live(cx),
        ("password", Some(story)) => password::password(cx, story),
        _ => ().into(),
    }
}
