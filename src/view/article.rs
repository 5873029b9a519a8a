//! The article page.

use leptos::prelude::*;

use super::parts::body::body;
use super::parts::card::{CardOptions, card};
use super::parts::comment_form::comment_form;
use super::parts::picture::picture;
use crate::model::{Access, Direction};
use crate::page::Story;
use crate::platform::{DateStyle, intl};
use crate::route::Route;
use crate::strings::Key;
use crate::view::Cx;

pub fn article(cx: &Cx, story: &Story) -> AnyView {
    let summary = &story.summary;
    let language = summary.language.clone();
    let direction = language
        .as_deref()
        .map(|tag| Direction::of_language(tag).as_str().to_owned());
    let names = intl::list(&cx.site().language, &summary.byline);
    let byline = (!names.is_empty())
        .then(|| view! { <p class="byline">{cx.fill(Key::By, &[("names", &names)])}</p> });
    let published = summary.published.map(|at| {
        view! {
            <time datetime=at.to_string() title=cx.date(at, DateStyle::Moment)>
                {cx.date(at, DateStyle::Day)}
            </time>
        }
    });
    let lead = story.image.as_ref().map(|image| {
        let caption = image
            .caption
            .clone()
            .map(|text| view! { <figcaption>{text}</figcaption> });
        view! { <figure class="lead-picture">{picture(cx, image, "", true)} {caption}</figure> }
    });
    let key_points = (!story.key_points.is_empty()).then(|| {
        let points = story
            .key_points
            .iter()
            .map(|point| view! { <li>{point.clone()}</li> })
            .collect_view();
        view! {
            <section class="key-points" aria-label=cx.text(Key::KeyPoints)>
                <h2>{cx.text(Key::KeyPoints)}</h2>
                <ul>{points}</ul>
            </section>
        }
    });
    let limit = story
        .limit
        .as_deref()
        .and_then(Key::by_name)
        .map(|key| view! { <p class="notice">{cx.text(key)}</p> });
    let access = match summary.access {
        Access::Full => None,
        Access::Preview => Some(Key::Preview),
        Access::Locked => Some(Key::Locked),
    }
    .map(|key| {
        let link = story
            .url
            .clone()
            .map(|url| view! { <a href=url>{cx.text(Key::ReadOnSource)}</a> });
        view! { <p class="notice">{cx.text(key)} " " {link}</p> }
    });
    let options = CardOptions {
        read_more: true,
        ..CardOptions::default()
    };
    let related = (!story.related.is_empty()).then(|| {
        let cards = story
            .related
            .iter()
            .map(|story| card(cx, story, options))
            .collect_view();
        let path = match &cx.page.route {
            Route::Article { path } => path.clone(),
            _ => String::new(),
        };
        let more = story.more_related.then(|| {
            let href = Route::Related { path }.href(cx.site());
            view! { <p><a href=href>{cx.text(Key::MoreRelated)}</a></p> }
        });
        view! {
            <aside class="related" aria-label=cx.text(Key::RelatedPosts)>
                <h2>{cx.text(Key::RelatedPosts)}</h2>
                {cards}
                {more}
            </aside>
        }
    });
    let body = body(cx, language.clone(), direction.clone());
    view! {
        <article class="story" lang=language dir=direction>
            {summary.kicker.clone().map(|kicker| view! { <p class="kicker">{kicker}</p> })}
            <h1>{summary.headline.clone()}</h1>
            {story.standfirst.clone().map(|text| view! { <p class="standfirst">{text}</p> })}
            {byline}
            <p class="meta">{published}</p>
            {lead}
            {key_points}
            {limit}
            {body}
            {access}
        </article>
        {related}
        {story.comments_open.then(|| comment_form(cx, story))}
    }
    .into_any()
}
