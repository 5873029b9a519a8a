//! Stories by month: a year's months, a month's stories.

use leptos::prelude::*;

use super::parts::card::{Shape, card};
use crate::model::Instant;
use crate::page::Archive;
use crate::platform::DateStyle;
use crate::route::Route;
use crate::strings::Key;
use crate::view::{Cx, IntoShape, View};

pub fn archive(cx: &Cx, archive: &Archive) -> View {
    let period = match (archive.year, archive.month) {
        (Some(year), Some(month)) => month_name(cx, year, month),
        (Some(year), None) => format!("{year:04}"),
        _ => String::new(),
    };
    let months = archive
        .months
        .iter()
        .map(|(year, month, stories)| {
            let period = format!("{year:04}/{month:02}");
            let href = Route::Archive { period }.href(cx.site());
            let count = cx.count(Key::Stories, u64::from(*stories));
            view! { <li><a href=href>{month_name(cx, *year, *month)}</a> " " {count}</li> }
        })
        .collect_view();
    let cards = archive
        .stories
        .iter()
        .map(|story| card(cx, story, Shape::List, 2))
        .collect_view();
    let nothing = archive.months.is_empty() && archive.stories.is_empty();
    view! {
        <div class="list">
            <div class="list-head">
                <h1>{cx.text(Key::Archive)} {period}</h1>
            </div>
            {nothing.then(|| super::notice::empty(cx))}
            {(!archive.months.is_empty()).then(|| view! { <ul class="months">{months}</ul> })}
            {(!archive.stories.is_empty()).then(|| view! { <div class="cards">{cards}</div> })}
        </div>
    }
    .shape()
}

/// "November 2026", as the site's language writes it.
fn month_name(cx: &Cx, year: i64, month: u8) -> String {
    match Instant::from_civil(year, month, 1, 0, 0, 0, 0) {
        Some(first) => cx.date(first, DateStyle::Month),
        None => format!("{year:04}-{month:02}"),
    }
}
