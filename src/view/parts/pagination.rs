//! Newer and older pages of a list.

use leptos::prelude::*;

use crate::page::List;
use crate::strings::Key;
use crate::view::{Cx, IntoShape, View};

/// Links to the pages around this one; nothing when there is only one.
pub fn pagination(cx: &Cx, list: &List) -> View {
    let at = |page: u32| cx.page.route.on_page(page).href(cx.site());
    let page = list.page.max(1);
    let previous = (page > 1).then(|| {
        view! { <a rel="prev" href=at(page - 1)>{cx.text(Key::Previous)}</a> }
    });
    let next = list
        .next
        .then(|| view! { <a rel="next" href=at(page + 1)>{cx.text(Key::Next)}</a> });
    if previous.is_none() && next.is_none() {
        return ().shape();
    }
    let here = match list.pages {
        Some(pages) => cx.fill(
            Key::PageOf,
            &[("page", &page.to_string()), ("pages", &pages.to_string())],
        ),
        None => cx.fill(Key::Page, &[("page", &page.to_string())]),
    };
    view! {
        <nav class="pagination" aria-label=cx.text(Key::Pagination)>
            {previous} <span aria-current="page">{here}</span> {next}
        </nav>
    }
    .shape()
}
