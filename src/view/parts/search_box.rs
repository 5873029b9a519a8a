//! A search box that works as a plain form.

use leptos::prelude::*;

use crate::route::Route;
use crate::strings::Key;
use crate::view::{Cx, IntoShape, View};

pub fn search_box(cx: &Cx) -> View {
    view! {
        <form class="search-box" role="search" action=Route::Search.href(cx.site()) method="get">
            <label class="unseen" for="q">{cx.text(Key::SearchStories)}</label>
            <input id="q" type="search" name="q" autocomplete="off" />
            <button type="submit">{cx.text(Key::Search)}</button>
        </form>
    }
    .shape()
}
