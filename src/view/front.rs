//! The front page.

use leptos::prelude::*;

use super::parts::card::{CardOptions, card};
use crate::page::Front;
use crate::route::Route;
use crate::strings::Key;
use crate::view::Cx;

pub fn front(cx: &Cx, front: &Front) -> AnyView {
    if front.lead.is_none() && front.latest.is_empty() {
        return super::notice::empty(cx);
    }
    let lead = front.lead.as_ref().map(|story| {
        card(
            cx,
            story,
            CardOptions {
                level: 2,
                eager: true,
                ..CardOptions::default()
            },
        )
    });
    let seconds = front
        .seconds
        .iter()
        .map(|story| card(cx, story, CardOptions::default()))
        .collect_view();
    let latest = front
        .latest
        .iter()
        .map(|story| card(cx, story, CardOptions::default()))
        .collect_view();
    let strips = front
        .strips
        .iter()
        .map(|strip| {
            let route = Route::Category {
                path: strip.section.path.clone(),
                page: 1,
            };
            let cards = strip
                .stories
                .iter()
                .map(|s| card(cx, s, CardOptions::default()))
                .collect_view();
            view! {
                <section class="strip">
                    <h2><a href=route.href(cx.site())>{strip.section.name.clone()}</a></h2>
                    {cards}
                </section>
            }
        })
        .collect_view();
    let more = front.more.then(|| {
        let href = Route::Front { page: 2 }.href(cx.site());
        view! { <p><a href=href>{cx.text(Key::AllLatest)}</a></p> }
    });
    view! {
        <div class="front">
            {lead} {seconds} <section class="latest">
                <h2>{cx.text(Key::Latest)}</h2>
                {latest}
                {more}
            </section> {strips}
        </div>
    }
    .into_any()
}
