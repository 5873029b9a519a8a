//! Dates: absolute in the first render, worded for the reader's clock after start.
//!
//! What depends on the clock is marked with `data-when`; one walk after start words all of it, in
//! views and inside the opaque body alike.

use leptos::prelude::*;

use crate::model::{Instant, Summary};
use crate::page::when::{self, Wording, wording};
use crate::platform::{DateStyle, clock, intl};
use crate::strings::Key;
use crate::view::{Cx, IntoShape, Live, View};

/// How a date is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// "3 hours ago" within a week, else the day.
    Ago,
    /// The time on the day itself, else a short date: for columns of times.
    Clock,
}

/// A moment, with the full date in its title.
pub fn time(cx: &Cx, at: Instant, shown: Shown) -> View {
    let (mark, text) = match shown {
        Shown::Ago => ("ago", cx.date(at, DateStyle::Day)),
        Shown::Clock => {
            let today = cx.page.built.is_some_and(|built| when::same_day(at, built));
            ("clock", cx.date(at, clock_style(today)))
        }
    };
    view! {
        <time datetime=at.to_string() title=cx.date(at, DateStyle::Moment) data-when=mark>
            {text}
        </time>
    }
    .shape()
}

fn clock_style(today: bool) -> DateStyle {
    if today {
        DateStyle::Time
    } else {
        DateStyle::Short
    }
}

/// The day the page was built where it says so, and after start today. Its line is kept open, so
/// that nothing moves when the day comes.
pub fn today(cx: &Cx) -> View {
    let day = match cx.page.built {
        Some(built) => view! {
            <time datetime=built.to_string() data-when="today">
                {cx.date(built, DateStyle::Weekday)}
            </time>
        }
        .shape(),
        None => view! { <span data-when="today"></span> }.shape(),
    };
    view! { <p class="masthead-date">{day}</p> }.shape()
}

/// The notice on stories over a year old. Its years are those at the time of the build until the
/// reader's clock is known.
pub fn age(cx: &Cx, story: &Summary, published: Instant) -> View {
    let (language, direction) = cx.own_words(story);
    let years = cx
        .page
        .built
        .map_or(0, |built| when::years_old(published, built));
    view! {
        <p class="notice age" lang=language dir=direction hidden=years == 0 data-when="age" data-at=published.to_string()>
            {age_text(cx, years.max(1))}
        </p>
    }
    .shape()
}

fn age_text(cx: &Live, years: u64) -> String {
    cx.count(Key::OlderThanAYear, years)
}

/// Words every marked date of the document for the reader's clock; `seen` as in [`clock::reword`].
pub fn freshen(cx: &Live, seen: bool) {
    let now = clock::now();
    clock::reword("[data-when]", seen, &|mark, at| {
        let text = match (mark, at) {
            ("today", _) => cx.date(clock::local(), DateStyle::Weekday),
            ("ago", Some(at)) => match wording(at, now) {
                Wording::Ago(seconds) => intl::relative(cx.language(), seconds),
                Wording::Date => return None,
            },
            ("clock", Some(at)) => {
                let here = Instant {
                    offset: at.offset,
                    ..now
                };
                cx.date(at, clock_style(when::same_day(at, here)))
            }
            ("age", Some(at)) => match when::years_old(at, now) {
                0 => return None,
                years => age_text(cx, years),
            },
            _ => return None,
        };
        Some(text)
    });
}
