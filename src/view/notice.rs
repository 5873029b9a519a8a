//! Pages that say that something is not there, or not yet.

use leptos::prelude::*;

use super::parts::card::{CardOptions, card};
use crate::model::Summary;
use crate::page::Problem;
use crate::strings::Key;
use crate::view::Cx;

/// An empty list.
pub fn empty(cx: &Cx) -> AnyView {
    view! {
        <div class="empty">
            <p>{cx.text(Key::NoStories)}</p>
            <p>{cx.text(Key::NoStoriesHint)}</p>
        </div>
    }
    .into_any()
}

pub fn not_found(cx: &Cx, latest: &[Summary]) -> AnyView {
    let options = CardOptions {
        level: 2,
        ..CardOptions::default()
    };
    let cards = latest
        .iter()
        .map(|story| card(cx, story, options))
        .collect_view();
    view! {
        <div class="list">
            <h1>{cx.text(Key::NotFoundTitle)}</h1>
            <p>{cx.text(Key::NotFoundText)}</p>
            <p><a href=cx.site().base.clone()>{cx.text(Key::BackToFront)}</a></p>
            {cards}
        </div>
    }
    .into_any()
}

/// Nothing could be loaded: plain words, a detail for the publisher, and a way on.
pub fn problem(cx: &Cx, problem: &Problem) -> AnyView {
    let text = Key::by_name(&problem.text).unwrap_or(Key::ProblemUnreachable);
    let href = cx.page.route.href(cx.site());
    view! {
        <div class="list">
            <h1>{cx.text(Key::ProblemTitle)}</h1>
            <p>{cx.text(text)}</p>
            {problem.detail.clone().map(|detail| view! { <p class="detail">{detail}</p> })}
            {problem
                .retry
                .then(|| view! { <p><a rel="external" href=href>{cx.text(Key::TryAgain)}</a></p> })}
        </div>
    }
    .into_any()
}
