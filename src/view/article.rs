//! The article page: head, lead picture, key points, the opaque body, and what stands after it.

use leptos::prelude::*;

use super::parts::body::{BodySource, body};
use super::parts::comment_form::comment_form;
use super::parts::live;
use super::parts::password::password;
use super::parts::picture::lead_picture;
use super::parts::story_end::{corrections, related, story_end};
use super::parts::time::{Shown, age, time};
use super::parts::worth_reading::END_OF_BODY;
use crate::model::{Access, Author, Direction, Fresh, Image, Site, SourceKind};
use crate::page::{Story, when};
use crate::platform::intl;
use crate::route::Route;
use crate::strings::Key;
use crate::view::{Cx, IntoShape, View};

/// Texts from this length get a list of their sub-headings.
const LONG: u32 = 900;
/// More headings than this are a list to open.
const FOLDED: usize = 8;

pub fn article(cx: &Cx, story: &Story) -> View {
    let summary = &story.summary;
    let language = summary.language.clone();
    let direction = language
        .as_deref()
        .map(|tag| Direction::of_language(tag).as_str().to_owned());
    let long = summary.headline.chars().count() > 90;
    let headline_class = if long { "headline long" } else { "headline" };
    let limit = story.limit.as_deref().and_then(Key::by_name);
    // A text that breaks off leads on where it ends.
    let goes_on = limit.filter(|key| *key == Key::LimitLength && story.url.is_some());
    let goes_on = goes_on.map(|key| notice(cx, story, key));
    let limit = limit.map(|key| notice(cx, story, key));
    let body = body(cx, language.clone(), direction.clone());
    let told = cx.island.story.as_ref().filter(|story| story.open);
    let replies = told.map(|told| {
        view! {
            <section class="reply" id="reply" data-part="comments">
                {comment_form(cx, told)}
            </section>
        }
    });
    let changed = summary.modified.or(summary.published);
    let changed = changed.map(|at| at.epoch.to_string());
    view! {
        <article class="story" lang=language dir=direction data-changed=changed>
            <div class="story-head">
                {kicker(cx, story)} <h1 class=headline_class>{summary.headline.clone()}</h1>
                {story.standfirst.clone().map(|text| view! { <p class="standfirst">{text}</p> })}
                {byline(cx, story)} {dates(cx, story)}
            </div>
            {story.image.as_ref().map(|image| lead(cx, story, image))}
            {summary.published.map(|at| age(cx, summary, at))}
            {live_state(cx, story)}
            {key_points(cx, story)}
            {key_events(cx, story)}
            {outline(cx, story)}
            {limit}
            {body}
            {goes_on}
            <span class="end-of-body" id=END_OF_BODY></span>
            {access(cx, story)}
            {corrections(cx, story)}
            {story_end(cx, story)}
        </article>
        {related(cx, story)}
        {replies}
    }
    .shape()
}

fn kicker(cx: &Cx, story: &Story) -> View {
    let summary = &story.summary;
    let section = summary.section.as_ref().map(|section| {
        let route = Route::Category {
            path: section.path.clone(),
            page: 1,
        };
        let (language, direction) = cx.own_words(summary);
        view! { <a href=route.href(cx.site()) lang=language dir=direction>{section.name.clone()}</a> }
    });
    // A kicker that only repeats the section says nothing twice.
    let named = summary.section.as_ref().map(|section| &section.name);
    let own = summary
        .kicker
        .clone()
        .filter(|text| Some(text) != named)
        .map(|text| view! { <span>{text}</span> });
    if section.is_none() && own.is_none() {
        return ().shape();
    }
    let gap = (section.is_some() && own.is_some()).then_some(" ");
    view! { <p class="kicker">{section}{gap}{own}</p> }.shape()
}

/// "By A, B and C", each name a link, joined as the language joins names.
fn byline(cx: &Cx, story: &Story) -> View {
    let authors = &story.authors;
    if authors.is_empty() {
        return ().shape();
    }
    // The language's own list format joins stand-ins, which links then replace.
    let stand_in = |index: usize| char::from_u32(0xE100 + index as u32).unwrap_or(' ');
    let marks: Vec<String> = (0..authors.len())
        .map(|index| stand_in(index).to_string())
        .collect();
    let joined = cx.fill(
        Key::By,
        &[("names", &intl::list(&cx.site().language, &marks))],
    );
    let mut parts: Vec<View> = Vec::new();
    let mut text = String::new();
    for c in joined.chars() {
        let author = (c as usize)
            .checked_sub(0xE100)
            .and_then(|index| authors.get(index));
        match author {
            Some(author) => {
                parts.push(std::mem::take(&mut text).shape());
                parts.push(name(cx.site(), author));
            }
            None => text.push(c),
        }
    }
    if !text.is_empty() {
        parts.push(text.shape());
    }
    let (language, direction) = cx.own_words(&story.summary);
    view! { <p class="byline" lang=language dir=direction>{parts}</p> }.shape()
}

fn name(site: &Site, author: &Author) -> View {
    if author.slug.is_empty() {
        return view! { <span>{author.name.clone()}</span> }.shape();
    }
    let route = Route::Author {
        slug: author.slug.clone(),
        page: 1,
    };
    view! { <a rel="author" href=route.href(site)>{author.name.clone()}</a> }.shape()
}

/// Publication, a change after its day, reading time: a line each, so that words which change
/// after start move nothing.
fn dates(cx: &Cx, story: &Story) -> View {
    let summary = &story.summary;
    let published = summary.published.map(|at| {
        view! {
            <p>
                <span>{cx.text(Key::Published)}</span>
                " "
                {time(cx, at, Shown::Ago)}
            </p>
        }
    });
    let updated = summary
        .modified
        .filter(|_| when::updated_later(summary.published, summary.modified))
        .map(|at| {
            view! {
                <p>
                    <span>{cx.text(Key::Updated)}</span>
                    " "
                    {time(cx, at, Shown::Ago)}
                </p>
            }
        });
    let minutes = (story.minutes > 0).then(|| {
        view! { <p>{cx.count(Key::ReadingTime, u64::from(story.minutes))}</p> }
    });
    let (language, direction) = cx.own_words(summary);
    view! {
        <div class="dates" lang=language dir=direction>{minutes} {published} {updated}</div>
    }
    .shape()
}

fn lead(cx: &Cx, story: &Story, image: &Image) -> View {
    let credit = image.credit.as_ref().map(|credit| {
        // One that says itself what it is ("Photograph: A. Name", "© Agency") is in the story's own words.
        if credit.contains([':', '\u{ff1a}', '©']) {
            return view! { <span class="credit">{credit.clone()}</span> }.shape();
        }
        let (language, direction) = cx.own_words(&story.summary);
        view! {
            <span class="credit" lang=language dir=direction>
                {cx.fill(Key::PictureCredit, &[("credit", credit)])}
            </span>
        }
        .shape()
    });
    let caption = image
        .caption
        .clone()
        .map(|text| view! { <span>{text}</span> });
    let text = (caption.is_some() || credit.is_some())
        .then(|| view! { <figcaption>{caption} " " {credit}</figcaption> });
    view! { <figure class="lead-picture">{lead_picture(cx, image)} {text}</figure> }.shape()
}

fn key_points(cx: &Cx, story: &Story) -> View {
    if story.key_points.is_empty() {
        return ().shape();
    }
    let points = story
        .key_points
        .iter()
        .map(|point| view! { <li>{point.clone()}</li> })
        .collect_view();
    let (language, direction) = cx.own_words(&story.summary);
    view! {
        <section class="points" aria-labelledby="key-points">
            <h2 id="key-points" lang=language dir=direction>{cx.text(Key::KeyPoints)}</h2>
            <ul>{points}</ul>
        </section>
    }
    .shape()
}

/// Whether a live story goes on; where it does, the part that offers what is new.
fn live_state(cx: &Cx, story: &Story) -> View {
    let Some(live) = &story.live else {
        return ().shape();
    };
    let (language, direction) = cx.own_words(&story.summary);
    if live.living().is_some() {
        view! { <div data-part="live" lang=language dir=direction>{live::live(cx)}</div> }.shape()
    } else if live.ended {
        view! { <div lang=language dir=direction>{live::ended(cx)}</div> }.shape()
    } else {
        ().shape()
    }
}

fn key_events(cx: &Cx, story: &Story) -> View {
    let events = |live| live::events(cx, live, cx.own_words(&story.summary));
    story.live.as_ref().map(events).shape()
}

fn outline(cx: &Cx, story: &Story) -> View {
    // A live story's key events lead into it.
    let events = story
        .live
        .as_ref()
        .is_some_and(|live| live.events().next().is_some());
    if events || story.words < LONG || story.outline.len() < 3 {
        return ().shape();
    }
    let links = story
        .outline
        .iter()
        .map(|(text, id)| {
            view! {
                <li>
                    <a href=["#", id].concat()>{text.clone()}</a>
                </li>
            }
        })
        .collect_view();
    let (language, direction) = cx.own_words(&story.summary);
    let title = view! { <h2 id="jump-to" lang=language dir=direction>{cx.text(Key::JumpTo)}</h2> };
    let list = view! { <ul>{links}</ul> };
    // A screen of headings would stand between a phone's reader and the story.
    let contents = match story.outline.len() > FOLDED {
        true => view! { <details><summary>{title}</summary>{list}</details> }.shape(),
        false => (title, list).shape(),
    };
    view! { <nav class="outline" aria-labelledby="jump-to">{contents}</nav> }.shape()
}

/// Whether a password may be entered here: the source takes one, and browsers may ask it.
fn opens(cx: &Cx, story: &Story) -> bool {
    let asks = cx.island.fresh == Fresh::Api || matches!(cx.body, BodySource::Blocks(_));
    story.summary.access == Access::Locked && cx.island.kind == SourceKind::WordPress && asks
}

/// What a source that shows only the beginning lets us say, and the way to the rest.
fn access(cx: &Cx, story: &Story) -> View {
    if let Some(told) = cx.island.story.as_ref().filter(|_| opens(cx, story)) {
        return view! { <div data-part="password">{password(cx, told)}</div> }.shape();
    }
    let key = match story.summary.access {
        Access::Full => return ().shape(),
        Access::Preview => Key::Preview,
        Access::Locked => Key::Locked,
    };
    notice(cx, story, key)
}

/// That the story is not here as its source has it, and the way to where it is.
fn notice(cx: &Cx, story: &Story, key: Key) -> View {
    let link = story
        .url
        .clone()
        .map(|url| view! { <a href=url>{cx.text(Key::ReadOnSource)}</a> });
    let (language, direction) = cx.own_words(&story.summary);
    view! { <p class="notice" lang=language dir=direction>{cx.text(key)} " " {link}</p> }.shape()
}
