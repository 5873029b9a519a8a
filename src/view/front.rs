//! The front page: lead, seconds, latest, section strips in three alternating patterns.

use leptos::prelude::*;

use super::parts::card::{Shape, card};
use super::parts::newsletter::newsletter;
use crate::model::Summary;
use crate::page::{Front, Pattern, Strip};
use crate::route::Route;
use crate::strings::Key;
use crate::view::{Cx, IntoShape, OPENED, View};

pub fn front(cx: &Cx, front: &Front) -> View {
    let Some(lead) = &front.lead else {
        return super::notice::empty(cx);
    };
    let strips = front
        .strips
        .iter()
        .map(|strip| section(cx, strip))
        .collect_view();
    view! {
        <div class="front">
            {opening(cx, lead, &front.seconds)}
            <span id=OPENED></span>
            {latest(cx, front)}
            {most_read(cx, &front.most_read)}
            {strips}
            {newsletter(cx)}
        </div>
    }
    .shape()
}

/// The lead and its seconds.
pub fn opening(cx: &Cx, lead: &Summary, seconds: &[Summary]) -> View {
    let class = match (&lead.image, seconds.is_empty()) {
        (Some(_), false) => "top",
        (Some(_), true) => "top top-alone",
        (None, _) => "top top-text",
    };
    let seconds = (!seconds.is_empty()).then(|| {
        let cards = seconds.iter().enumerate().map(|(index, story)| {
            let shape = if index == 0 {
                Shape::First
            } else {
                Shape::Text
            };
            card(cx, story, shape, 3)
        });
        view! { <div class="seconds">{cards.collect_view()}</div> }
    });
    view! { <div class=class>{card(cx, lead, Shape::Lead, 2)} {seconds}</div> }.shape()
}

fn latest(cx: &Cx, front: &Front) -> View {
    if front.latest.is_empty() {
        return ().shape();
    }
    let more = front.more.then(|| {
        let href = Route::Front { page: 2 }.href(cx.site());
        view! {
            <p class="strip-all">
                <a href=href>{cx.text(Key::AllLatest)}</a>
            </p>
        }
    });
    view! {
        <section class="strip strip-latest" aria-labelledby="latest">
            <div class="strip-head">
                <h2 id="latest">{cx.text(Key::Latest)}</h2>
                {more}
            </div>
            <div class="strip-cards">{cards(cx, &front.latest, Shape::Latest)}</div>
        </section>
    }
    .shape()
}

fn most_read(cx: &Cx, stories: &[Summary]) -> View {
    if stories.is_empty() {
        return ().shape();
    }
    view! {
        <section class="strip strip-ranked" aria-labelledby="most-read">
            <div class="strip-head">
                <h2 id="most-read">{cx.text(Key::MostRead)}</h2>
            </div>
            <div class="strip-cards">{cards(cx, stories, Shape::Ranked)}</div>
        </section>
    }
    .shape()
}

fn section(cx: &Cx, strip: &Strip) -> View {
    let route = Route::Category {
        path: strip.section.path.clone(),
        page: 1,
    };
    let href = route.href(cx.site());
    let name = &strip.section.name;
    let label = cx.fill(Key::AllOf, &[("section", name)]);
    let (class, inside) = match (strip.pattern, strip.stories.split_first()) {
        (Pattern::Lead, Some((first, rest))) => {
            let lead = card(cx, first, Shape::StripLead, 3);
            let rest = cards(cx, rest, Shape::Text);
            let both = view! { {lead} <div class="stack">{rest}</div> };
            ("strip strip-lead", both.shape())
        }
        (Pattern::Text, _) => ("strip strip-text", cards(cx, &strip.stories, Shape::Byline)),
        _ => (
            "strip strip-pictures",
            cards(cx, &strip.stories, Shape::Picture),
        ),
    };
    view! {
        <section class=class>
            <div class="strip-head">
                <h2>
                    <a href=href.clone()>{name.clone()}</a>
                </h2>
                <p class="strip-all">
                    <a href=href aria-label=label>{cx.text(Key::All)}</a>
                </p>
            </div>
            <div class="strip-cards">{inside}</div>
        </section>
    }
    .shape()
}

fn cards(cx: &Cx, stories: &[Summary], shape: Shape) -> View {
    stories
        .iter()
        .map(|story| card(cx, story, shape, 3))
        .collect_view()
        .shape()
}
