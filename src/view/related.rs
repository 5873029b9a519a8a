//! `{article}related/`: more stories like this one.

use leptos::prelude::*;

use super::parts::card::{CardOptions, card};
use crate::page::Related;
use crate::strings::Key;
use crate::view::Cx;

pub fn related(cx: &Cx, related: &Related) -> AnyView {
    let options = CardOptions {
        level: 2,
        read_more: true,
        ..CardOptions::default()
    };
    let cards = related
        .stories
        .iter()
        .map(|story| card(cx, story, options))
        .collect_view();
    view! {
        <div class="list">
            <h1>{cx.text(Key::RelatedPosts)}</h1>
            <p class="list-description">
                <a href=related.story.href.clone()>{related.story.headline.clone()}</a>
            </p>
            {related.stories.is_empty().then(|| super::notice::empty(cx))}
            {cards}
        </div>
    }
    .into_any()
}
