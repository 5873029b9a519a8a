//! `{article}related/`: more stories like this one.

use leptos::prelude::*;

use super::parts::card::Shape;
use super::parts::story_end::related_card;
use crate::page::Related;
use crate::strings::Key;
use crate::view::{Cx, IntoShape, View};

pub fn related(cx: &Cx, related: &Related) -> View {
    let cards = related
        .stories
        .iter()
        .map(|other| related_card(cx, &related.story, other, Shape::List, 2))
        .collect_view();
    view! {
        <div class="list">
            <div class="list-head">
                <h1>{cx.text(Key::RelatedPosts)}</h1>
                <p class="list-description">
                    <a href=related.story.href.clone()>{related.story.headline.clone()}</a>
                </p>
            </div>
            {related.stories.is_empty().then(|| super::notice::empty(cx))}
            <div class="cards">{cards}</div>
        </div>
    }
    .shape()
}
