//! Pages that say that something is not there, or not yet.

use leptos::prelude::*;

use super::parts::card::{Shape, card};
use super::parts::search_box::search_box;
use crate::model::Summary;
use crate::page::Problem;
use crate::platform::markup::{Node, el};
use crate::strings::Key;
use crate::view::{Cx, IntoShape, Live, View};

/// An empty list.
pub fn empty(cx: &Cx) -> View {
    view! {
        <div class="empty">
            <p>{cx.text(Key::NoStories)}</p>
            <p>{cx.text(Key::NoStoriesHint)}</p>
        </div>
    }
    .shape()
}

pub fn not_found(cx: &Cx, latest: &[Summary]) -> View {
    let cards = latest
        .iter()
        .map(|story| card(cx, story, Shape::Latest, 3))
        .collect_view();
    let latest = (!latest.is_empty()).then(|| {
        view! {
            <section class="strip strip-latest" aria-labelledby="latest">
                <div class="strip-head">
                    <h2 id="latest">{cx.text(Key::Latest)}</h2>
                </div>
                <div class="strip-cards">{cards}</div>
            </section>
        }
    });
    view! {
        <div class="list not-found">
            <div class="list-head">
                <h1>{cx.text(Key::NotFoundTitle)}</h1>
                <p class="list-description">{cx.text(Key::NotFoundText)}</p>
                {search_box(cx)}
                <p>
                    <a href=cx.site().base.clone()>{cx.text(Key::BackToFront)}</a>
                </p>
            </div>
            {latest}
        </div>
    }
    .shape()
}

/// A page of the site cannot be reached just now; `href` is tried again by the browser itself.
pub fn unreachable(cx: &Live, href: String) -> Node {
    let again = el("a")
        .attr("rel", "external")
        .attr("href", href)
        .with(cx.text(Key::TryAgain));
    let text = el("p")
        .class("list-description")
        .with(cx.text(Key::ProblemUnreachable));
    el("div")
        .class("list list-head")
        .with(el("h1").with(cx.text(Key::ProblemTitle)))
        .with(text)
        .with(el("p").with(again))
        .into()
}

/// Nothing could be loaded: plain words, a detail for the publisher, and a way on.
pub fn problem(cx: &Cx, problem: &Problem) -> View {
    let text = Key::by_name(&problem.text).unwrap_or(Key::ProblemUnreachable);
    let href = cx.page.route.href(cx.site());
    view! {
        <div class="list list-head">
            <h1>{cx.text(Key::ProblemTitle)}</h1>
            <p class="list-description">{cx.text(text)}</p>
            {problem.detail.clone().map(|detail| view! { <p class="detail">{detail}</p> })}
            {problem
                .retry
                .then(|| view! { <p><a rel="external" href=href>{cx.text(Key::TryAgain)}</a></p> })}
        </div>
    }
    .shape()
}
