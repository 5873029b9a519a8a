//! Search as one types: a plain form that the app brings to life, filters, and what was found.
//!
//! The first render is the form; without the app it loads this page with its words in the address,
//! and the reader has the sections and the archive.

use leptos::prelude::*;

use super::after_render;
use crate::page::find::{Asked, Found, Hit, Pieces};
use crate::platform::fields::{self, Place as Field};
use crate::platform::markup::{Element, Node, changing, el};
use crate::platform::{DateStyle, events, module, navigation};
use crate::store::finder::{Finder, Place};
use crate::strings::Key;
use crate::view::Live;

/// Where the root says which script searches.
const ENGINE: &str = "data-search";
/// Links among which the arrow keys move.
const LINKS: &str = "#q, .found a";

pub fn finder(cx: &Live) -> Node {
    let finder = Finder::new();
    let field = Field::empty();
    let place = Place {
        base: cx.island.base.clone(),
        engine: module::address(ENGINE),
    };
    let index = cx.island.index;
    let at = place.clone();
    after_render(move || {
        let mut asked = Asked::read(&navigation::current());
        let typed = field.value();
        // What was typed before the start outranks the address.
        if typed.is_empty() {
            field.set_value(&asked.words);
        } else {
            asked.words = typed;
        }
        if index && asked != Asked::default() {
            finder.asked.set(asked);
            finder.search(&at);
        }
    });
    let form = form(cx, finder, field, &place);
    let (texts, at) = (cx.clone(), place.clone());
    let filters = changing(move || {
        let known = finder.sections.get();
        (!known.is_empty()).then(|| filters(&texts, finder, &at, &known))
    });
    let texts = cx.clone();
    let said = changing(move || {
        if finder.failed.get() {
            return Some(texts.text(Key::SearchFailed));
        }
        let number = finder.spoken.get()?;
        Some(texts.count(Key::SearchFound, u64::from(number)))
    });
    let status = el("p").class("form-note").attr("role", "status").with(said);
    let (texts, at) = (cx.clone(), place);
    let found = changing(move || {
        finder
            .found
            .get()
            .map(|found| list(&texts, finder, &at, &found))
    });
    let list = el("div").class("found").on("keydown", steps).with(found);
    [form.into(), filters, status.into(), list.into()].into()
}

/// Up and down move through the field and the stories.
fn steps(event: events::Happening) {
    let forward = match event.key().as_str() {
        "ArrowDown" => true,
        "ArrowUp" => false,
        _ => return,
    };
    if fields::step(LINKS, forward) {
        event.prevent();
    }
}

fn form(cx: &Live, finder: Finder, field: Field, place: &Place) -> Element {
    let action = [&cx.island.base, "search/"].concat();
    let input = el("input")
        .id("q")
        .attr("type", "search")
        .attr("name", "q")
        .attr("autocomplete", "off")
        .place(field);
    let form = el("form")
        .class("search-box")
        .attr("role", "search")
        .attr("action", action)
        .attr("method", "get");
    let typed = place.clone();
    let submitted = place.clone();
    let live = cx.island.index;
    form.on("input", move |_| {
        if live {
            finder.ask(&typed, |asked| asked.words = field.value());
        }
    })
    .on("submit", move |event| {
        if live {
            event.prevent();
            finder.asked.update(|asked| asked.words = field.value());
            finder.search(&submitted);
        }
    })
    .on("keydown", steps)
    .with(
        el("label")
            .class("unseen")
            .attr("for", "q")
            .with(cx.text(Key::SearchStories)),
    )
    .with(input)
    .with(
        el("button")
            .attr("type", "submit")
            .with(cx.text(Key::Search)),
    )
}

fn filters(cx: &Live, finder: Finder, place: &Place, sections: &[(String, String)]) -> Node {
    let asked = finder.asked.get_untracked();
    let mut section = vec![(String::new(), cx.text(Key::AllSections))];
    section.extend(sections.iter().cloned());
    let days = [
        (0, Key::AnyTime),
        (7, Key::PastWeek),
        (31, Key::PastMonth),
        (365, Key::PastYear),
    ];
    let days: Vec<(String, String)> = days
        .iter()
        .map(|(days, key)| (days.to_string(), cx.text(*key)))
        .collect();
    let order = vec![
        (String::new(), cx.text(Key::BestFirst)),
        ("1".to_owned(), cx.text(Key::NewestFirst)),
    ];
    let own = asked.days.to_string();
    let newest = if asked.newest { "1" } else { "" };
    el("p")
        .class("search-filters")
        .with(choice(
            cx,
            Key::SectionLabel,
            &section,
            &asked.section,
            finder,
            place,
            |asked, value| {
                asked.section = value;
            },
        ))
        .with(choice(
            cx,
            Key::PeriodLabel,
            &days,
            &own,
            finder,
            place,
            |asked, value| {
                asked.days = value.parse().unwrap_or(0);
            },
        ))
        .with(choice(
            cx,
            Key::OrderLabel,
            &order,
            newest,
            finder,
            place,
            |asked, value| {
                asked.newest = !value.is_empty();
            },
        ))
        .into()
}

/// A labelled choice that searches again when it changes.
fn choice(
    cx: &Live,
    label: Key,
    options: &[(String, String)],
    chosen: &str,
    finder: Finder,
    place: &Place,
    set: fn(&mut Asked, String),
) -> Element {
    let field = Field::empty();
    let place = place.clone();
    let mut select = el("select").place(field).on("change", move |_| {
        finder.ask(&place, |asked| set(asked, field.value()));
    });
    for (value, name) in options {
        let option = el("option")
            .attr("value", value.clone())
            .flag("selected", value == chosen)
            .with(name.clone());
        select = select.with(option);
    }
    el("label").with(cx.text(label)).with(" ").with(select)
}

fn list(cx: &Live, finder: Finder, place: &Place, found: &Found) -> Node {
    let asked = finder.asked.get_untracked();
    let instead = found
        .instead
        .as_ref()
        .map(|words| el("p").with(cx.fill(Key::SearchInstead, &[("query", words)])));
    let nothing = found
        .hits
        .is_empty()
        .then(|| el("p").with(cx.fill(Key::SearchNone, &[("query", asked.words.trim())])));
    let mut results = el("ol").class("results");
    for hit in &found.hits {
        results = results.with(result(cx, hit));
    }
    let left = found.total > found.hits.len() as u32;
    let place = place.clone();
    let more = left.then(|| {
        el("button")
            .class("button")
            .attr("type", "button")
            .on("click", move |_| finder.more(&place))
            .with(cx.text(Key::SearchMore))
    });
    [
        instead.into(),
        nothing.into(),
        (!found.hits.is_empty()).then_some(results).into(),
        more.into(),
    ]
    .into()
}

fn result(cx: &Live, hit: &Hit) -> Element {
    let link = pieces(el("a").attr("href", hit.href.clone()), &hit.headline);
    let date = hit.published.map(|at| {
        el("time")
            .attr("datetime", at.to_string())
            .with(cx.date(at, DateStyle::Day))
    });
    let section = hit
        .section
        .clone()
        .map(|name| el("span").class("card-names").with(name));
    // A story's own words run their own way; the section and the date are the paper's.
    let own = |element: Element| {
        element
            .attr("dir", "auto")
            .maybe("lang", hit.language.clone())
    };
    let text = pieces(own(el("p").class("result-text")), &hit.excerpt);
    let meta = if section.is_some() {
        "meta named"
    } else {
        "meta"
    };
    el("li")
        .with(own(el("h2").class("card-headline")).with(link))
        .with(text)
        .with(el("p").class(meta).with(section).with(date))
}

/// Every second piece is marked.
fn pieces(mut element: Element, pieces: &Pieces) -> Element {
    for (at, piece) in pieces.iter().enumerate() {
        element = match at % 2 {
            0 => element.with(piece.clone()),
            _ => element.with(el("mark").with(piece.clone())),
        };
    }
    element
}
