//! Category, tag and author pages, and the latest behind the front page.

use leptos::prelude::*;

use super::parts::growing::growing;
use super::parts::pagination::pagination;
use crate::model::{Author, SectionRef};
use crate::page::List;
use crate::route::Route;
use crate::strings::Key;
use crate::view::{Cx, IntoShape, View};

pub fn list(cx: &Cx, list: &List) -> View {
    let title = if list.title.is_empty() {
        cx.text(Key::Latest)
    } else {
        list.title.clone()
    };
    let title = match &cx.page.route {
        Route::Tag { .. } => cx.fill(Key::TagTitle, &[("tag", &title)]),
        _ => title,
    };
    let description = list
        .description
        .clone()
        .map(|text| view! { <p class="list-description">{text}</p> });
    let among = list.among.map(|number| {
        view! { <p class="list-description">{cx.count(Key::AmongLatest, u64::from(number))}</p> }
    });
    let author = list.author.as_ref().map(|author| portrait(cx, author));
    let parents = links(cx, &list.parents, "list-parents");
    view! {
        <div class="list">
            <div class="list-head">
                {parents} <h1>{title}</h1> {author} {description} {among}
                {links(cx, &list.children, "list-children")}
            </div>
            {list.stories.is_empty().then(|| super::notice::empty(cx))}
            {growing(cx, &list.stories, &list.more)}
            {pagination(cx, list)}
        </div>
    }
    .shape()
}

/// An author's picture and what is said of them.
fn portrait(cx: &Cx, author: &Author) -> View {
    let picture = author.avatar.as_ref().map(|src| {
        view! { <img class="avatar" src=cx.asset(src) alt="" width="96" height="96" /> }
    });
    let bio = author.bio.clone().map(|bio| view! { <p>{bio}</p> });
    if picture.is_none() && bio.is_none() {
        return ().shape();
    }
    view! { <div class="portrait">{picture} {bio}</div> }.shape()
}

fn links(cx: &Cx, sections: &[SectionRef], class: &'static str) -> View {
    if sections.is_empty() {
        return ().shape();
    }
    let links = sections
        .iter()
        .map(|section| {
            let route = Route::Category {
                path: section.path.clone(),
                page: 1,
            };
            view! {
                <li>
                    <a href=route.href(cx.site())>{section.name.clone()}</a>
                </li>
            }
        })
        .collect_view();
    view! { <ul class=class>{links}</ul> }.shape()
}
