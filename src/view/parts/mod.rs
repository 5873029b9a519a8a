//! What several pages share, and the parts of a page that come alive.

use super::{IntoShape, Live, View, drafts};

pub mod body;
pub mod card;
pub mod comment_form;
pub mod comment_state;
pub mod comments;
pub mod footer;
pub mod fresh;
pub mod header;
pub mod newsletter;
pub mod pagination;
pub mod picture;
pub mod search_box;
pub mod share;
pub mod story_end;
pub mod time;
pub mod worth_reading;

/// A live part by its name in `data-part`. The page writes the same view into the same element, so
/// that a part as it was written can be hydrated.
pub fn live_part(name: &str, live: &Live) -> View {
    let story = live.island.story.as_ref();
    match (name, story) {
        ("comments", Some(story)) => comment_form::comment_form(live, story),
        ("share", Some(story)) => share::share(live, story),
        ("worth-reading", _) => worth_reading::worth_reading(live).shape(),
        ("drafts", _) => drafts::drafts(live),
        // A newer build knows more parts than an app that was loaded before it.
        _ => ().shape(),
    }
}
