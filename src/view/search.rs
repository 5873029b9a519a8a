//! The search page: its form, and what is new until something is asked for.

use leptos::prelude::*;

use super::parts::card::{CardOptions, card};
use crate::page::Search;
use crate::route::Route;
use crate::strings::Key;
use crate::view::Cx;

pub fn search(cx: &Cx, search: &Search) -> AnyView {
    let options = CardOptions {
        level: 2,
        ..CardOptions::default()
    };
    let cards = search
        .latest
        .iter()
        .map(|story| card(cx, story, options))
        .collect_view();
    view! {
        <div class="list">
            <h1>{cx.text(Key::Search)}</h1>
            <form role="search" action=Route::Search.href(cx.site())>
                <label for="q">{cx.text(Key::SearchStories)}</label>
                " "
                <input id="q" type="search" name="q" autocomplete="off" />
                " "
                <button type="submit">{cx.text(Key::Search)}</button>
            </form>
            {cards}
        </div>
    }
    .into_any()
}
