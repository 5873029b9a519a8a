//! The search page: its form, and what is new until something is asked for.

use leptos::prelude::*;

use super::parts::card::{Shape, card};
use super::parts::finder::finder;
use crate::page::Search;
use crate::strings::Key;
use crate::view::{Cx, IntoShape, View};

pub fn search(cx: &Cx, search: &Search) -> View {
    let cards = search
        .latest
        .iter()
        .map(|story| card(cx, story, Shape::List, 2))
        .collect_view();
    let said = (!search.asked.is_empty()).then(|| {
        let text = match search.latest.len() {
            0 => cx.fill(Key::SearchNone, &[("query", &search.asked)]),
            found => cx.count(Key::SearchFound, found as u64),
        };
        view! { <p role="status">{text}</p> }
    });
    let among = search
        .among
        .then(|| view! { <p class="form-note">{cx.text(Key::SearchAmong)}</p> });
    view! {
        <div class="list">
            <div class="list-head">
                <h1>{cx.text(Key::Search)}</h1>
            </div>
            <div data-part="search">{finder(cx)}</div>
            {said}
            {among}
            <div class="cards">{cards}</div>
        </div>
    }
    .shape()
}
