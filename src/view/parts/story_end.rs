//! What stands after a story's text: corrections, author note, tags, share, related posts.

use leptos::prelude::*;

use super::card::{Shape, noted_card};
use super::share::share;
use crate::model::{Author, Summary};
use crate::page::Story;
use crate::platform::{DateStyle, intl};
use crate::route::Route;
use crate::strings::Key;
use crate::view::{Cx, IntoShape, View};

pub fn corrections(cx: &Cx, story: &Story) -> View {
    if story.corrections.is_empty() {
        return ().shape();
    }
    let notes = story
        .corrections
        .iter()
        .map(|note| {
            let date = note.date.map(|at| {
                let (language, direction) = cx.own_words(&story.summary);
                view! {
                    <time datetime=at.to_string() lang=language dir=direction>
                        {cx.date(at, DateStyle::Day)}
                    </time>
                }
            });
            view! { <p>{date} " " {note.text.clone()}</p> }
        })
        .collect_view();
    let title = if story.corrections.len() == 1 {
        Key::Correction
    } else {
        Key::Corrections
    };
    let (language, direction) = cx.own_words(&story.summary);
    view! {
        <section class="corrections" aria-labelledby="corrections">
            <h2 id="corrections" lang=language dir=direction>{cx.text(title)}</h2>
            {notes}
        </section>
    }
    .shape()
}

/// Author note, tags and share, in the language of the site whatever the story's is.
pub fn story_end(cx: &Cx, story: &Story) -> View {
    let site = cx.site();
    let (language, direction) = cx.own_words(&story.summary);
    let notes = story
        .authors
        .iter()
        .filter(|author| author.bio.is_some())
        .map(|author| author_note(cx, author))
        .collect_view();
    let tags = (!story.tags.is_empty()).then(|| {
        let links = story
            .tags
            .iter()
            .map(|tag| {
                let route = Route::Tag {
                    slug: tag.slug.clone(),
                    page: 1,
                };
                view! {
                    <li>
                        <a rel="tag" href=route.href(site)>{tag.name.clone()}</a>
                    </li>
                }
            })
            .collect_view();
        view! { <ul class="tags" aria-label=cx.text(Key::Tags)>{links}</ul> }
    });
    let sharing = cx.island.story.as_ref().map(|told| {
        view! { <div class="share" data-part="share">{share(cx, told)}</div> }
    });
    let rights = story
        .rights
        .clone()
        .map(|text| view! { <p class="rights">{text}</p> });
    view! {
        <div class="story-end" lang=language dir=direction>
            {notes} {tags} {sharing} {rights}
        </div>
    }
    .shape()
}

fn author_note(cx: &Cx, author: &Author) -> View {
    let picture = author.avatar.as_ref().map(|src| {
        view! {
            <img
                class="avatar"
                src=cx.asset(src)
                alt=""
                width="64"
                height="64"
                loading="lazy"
            />
        }
    });
    let bio = author.bio.clone().unwrap_or_default();
    view! { <div class="author-note">{picture} <p>{bio}</p></div> }.shape()
}

/// A card near a story, with the reason for its being there.
pub fn related_card(cx: &Cx, own: &Summary, other: &Summary, shape: Shape, level: u8) -> View {
    let terms = || intl::list(&cx.site().language, &other.shared);
    let section = other
        .section
        .as_ref()
        .filter(|_| own.section == other.section);
    let why = match section {
        _ if !other.shared.is_empty() => cx.fill(Key::AlsoAbout, &[("terms", &terms())]),
        Some(section) => cx.fill(Key::AlsoIn, &[("section", &section.name)]),
        None => cx.text(Key::EditorsChoice),
    };
    noted_card(cx, other, shape, level, Some(why))
}

/// At most four stories like this one, and the way to more.
pub fn related(cx: &Cx, story: &Story) -> View {
    if story.related.is_empty() {
        return ().shape();
    }
    let cards = story
        .related
        .iter()
        .map(|other| related_card(cx, &story.summary, other, Shape::Related, 3))
        .collect_view();
    let more = match &cx.page.route {
        Route::Article { path } if story.more_related => {
            let href = Route::Related { path: path.clone() }.href(cx.site());
            Some(view! {
                <p class="strip-all">
                    <a href=href>{cx.text(Key::MoreRelated)}</a>
                </p>
            })
        }
        _ => None,
    };
    view! {
        <aside class="related strip strip-pictures" aria-labelledby="related-posts">
            <div class="strip-head">
                <h2 id="related-posts">{cx.text(Key::RelatedPosts)}</h2>
                {more}
            </div>
            <div class="strip-cards">{cards}</div>
        </aside>
    }
    .shape()
}
