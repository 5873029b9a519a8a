//! Looks for news on the host a while after start and when the reader comes back to the page, and
//! offers it in a layer of its own. Nothing is asked where `fresh` is off or data is to be saved.

use std::cell::{Cell, RefCell};
use std::sync::Arc;

use super::pages;
use crate::model::Fresh;
use crate::page::Island;
use crate::page::fresh::{News, fresh, withdrawals, withdrawn};
use crate::platform::fetch::{Canceller, fetch};
use crate::platform::markup::Node;
use crate::platform::nodes::{self, Mounted};
use crate::platform::{DateStyle, events, intl, page as document, prefetch, spawn, timer};
use crate::source::Request;
use crate::strings::{Key, Strings};
use crate::view::parts::fresh as parts;

/// The first look, after the page has come to rest.
const FIRST: u32 = 3_000;
/// Milliseconds between two looks.
const BETWEEN: u64 = 300_000;

thread_local! {
    static WATCH: RefCell<Option<(timer::Timer, Vec<events::Listener>)>> =
        const { RefCell::new(None) };
    static LAST: Cell<u64> = const { Cell::new(0) };
    static SHOWN: RefCell<Option<Mounted>> = const { RefCell::new(None) };
}

/// Starts looking; `open` says which page is being read.
pub fn watch(strings: Arc<Strings>, open: fn() -> Option<Arc<Island>>) {
    let look = move || {
        let now = timer::millis();
        let soon = LAST.get() != 0 && now.saturating_sub(LAST.get()) < BETWEEN;
        let Some(page) = open() else { return };
        if soon || page.fresh == Fresh::Off || prefetch::frugal() {
            return;
        }
        LAST.set(now);
        let strings = strings.clone();
        spawn(async move { look(&strings, page, open).await });
    };
    let later = look.clone();
    WATCH.set(Some((timer::after(FIRST, later), events::on_return(look))));
}

/// Takes an offer away, because its page was left.
pub fn clear() {
    drop(SHOWN.take());
}

async fn look(strings: &Strings, page: Arc<Island>, open: fn() -> Option<Arc<Island>>) {
    let Some(latest) = text(&page, "data/latest.json").await else {
        return;
    };
    let still = open().is_some_and(|now| Arc::ptr_eq(&now, &page));
    if !still {
        return;
    }
    if withdrawals(&latest)
        && let Some(story) = &page.story
        && let Some(list) = text(&page, "withdrawn.json").await
        && withdrawn(&story.id, &list)
    {
        pages::forget();
        let text = strings.get(Key::WithdrawnTitle).to_owned();
        return show(move || parts::notice(text));
    }
    let Some(news) = fresh(&page, &latest) else {
        return;
    };
    pages::forget();
    let language = &page.language;
    let text = match news {
        News::Stories(n) => {
            let plural = intl::plural(strings.plurals(), n.into());
            let n = intl::number(language, n.into());
            strings.fill_form(Key::NewStories, plural, &[("n", &n)])
        }
        News::Updated(at) => {
            let time = intl::date(language, at, DateStyle::Time);
            strings.fill(Key::UpdatedShow, &[("time", &time)])
        }
    };
    let href = page.route.clone();
    let strings = strings.clone();
    show(move || parts::offer(&strings, text, href, clear));
}

async fn text(page: &Island, name: &str) -> Option<String> {
    let url = page.base.clone() + name;
    let answer = fetch(&Request::get(url), &Canceller::new()).await.ok()?;
    answer
        .ok()
        .then(|| String::from_utf8_lossy(&answer.body).into_owned())
}

fn show(view: impl FnOnce() -> Node) {
    clear();
    let Some(layer) = document::layer("dateline-fresh") else {
        return;
    };
    SHOWN.set(Some(nodes::mount(&layer, view)));
}
