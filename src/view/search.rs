//! The search page: its form, and what is new until something is asked for.

use leptos::prelude::*;

use super::parts::card::{Shape, card};
use super::parts::search_box::search_box;
use crate::page::Search;
use crate::strings::Key;
use crate::view::{Cx, IntoShape, View};

pub fn search(cx: &Cx, search: &Search) -> View {
    let cards = search
        .latest
        .iter()
        .map(|story| card(cx, story, Shape::List, 2))
        .collect_view();
    view! {
        <div class="list">
            <div class="list-head">
                <h1>{cx.text(Key::Search)}</h1>
                {search_box(cx)}
            </div>
            <div class="cards">{cards}</div>
        </div>
    }
    .shape()
}
