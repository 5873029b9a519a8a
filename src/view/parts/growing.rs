//! The cards of a list page, and "Load more" where nobody knows how long the list is.

use leptos::prelude::*;

use super::card::{Shape, card};
use crate::model::Summary;
use crate::page::More;
use crate::strings::Key;
use crate::view::{Cx, IntoShape, View};

/// A list that may grow: the link leads to its longer version, at what that has more.
pub fn growing(cx: &Cx, stories: &[Summary], more: &More) -> View {
    let (known, new) = stories.split_at(more.known.min(stories.len()));
    let cards = |stories: &[Summary], id: Option<&'static str>| {
        let list = stories
            .iter()
            .map(|story| card(cx, story, Shape::List, 2))
            .collect_view();
        (!stories.is_empty()).then(|| {
            view! {
                <div class="cards" id=id>
                    {list}
                </div>
            }
        })
    };
    let place = (!known.is_empty()).then_some("more");
    let longer = more.href.clone().map(|href| {
        view! {
            <p>
                <a class="button" href=href>
                    {cx.text(Key::LoadMore)}
                </a>
            </p>
        }
    });
    view! {
        {cards(known, None)}
        {cards(new, place)}
        {longer}
    }
    .shape()
}
