//! Category, tag and author pages, and the latest behind the front page.

use leptos::prelude::*;

use super::parts::card::{CardOptions, card};
use super::parts::pagination::pagination;
use crate::page::List;
use crate::strings::Key;
use crate::view::Cx;

pub fn list(cx: &Cx, list: &List) -> AnyView {
    let title = if list.title.is_empty() {
        cx.text(Key::Latest)
    } else {
        list.title.clone()
    };
    let options = CardOptions {
        level: 2,
        ..CardOptions::default()
    };
    let cards = list
        .stories
        .iter()
        .map(|story| card(cx, story, options))
        .collect_view();
    view! {
        <div class="list">
            <h1>{title}</h1>
            {list.description.clone().map(|text| view! { <p class="list-description">{text}</p> })}
            {list.stories.is_empty().then(|| super::notice::empty(cx))}
            {cards}
            {pagination(cx, list)}
        </div>
    }
    .into_any()
}
