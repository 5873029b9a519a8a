//! The search page: its form, and what is new until something is asked for.

use leptos::prelude::*;

use super::parts::finder::finder;
use super::parts::growing::growing;
use crate::page::Search;
use crate::strings::Key;
use crate::view::{Cx, IntoShape, View};

pub fn search(cx: &Cx, search: &Search) -> View {
    let said = match (search.latest.len(), search.total) {
        _ if search.asked.is_empty() => None,
        (0, _) => Some(cx.fill(Key::SearchNone, &[("query", &search.asked)])),
        (_, Some(total)) => Some(cx.count(Key::SearchFound, total as u64)),
        // How many there are, nobody knows.
        (_, None) => None,
    };
    let said = said.map(|text| view! { <p role="status">{text}</p> });
    let among = search.among.map(|number| {
        view! { <p class="form-note">{cx.count(Key::AmongLatest, u64::from(number))}</p> }
    });
    view! {
        <div class="list">
            <div class="list-head">
                <h1>{cx.text(Key::Search)}</h1>
            </div>
            <div data-part="search">{finder(cx)}</div>
            {said}
            {among}
            {growing(cx, &search.latest, &search.more)}
        </div>
    }
    .shape()
}
