//! A story in a list. One link covers the card and its text is the headline.
//!
//! The text comes before the picture in the document, whatever the style sheet makes of it, so a
//! reader who listens hears the headline first. Cards are plain boxes: the one `article` of a page
//! is the story itself.

use leptos::prelude::*;

use super::picture::card_picture;
use super::time::{Shown, time};
use crate::model::{Direction, Kind, Summary};
use crate::platform::intl;
use crate::route::Route;
use crate::strings::Key;
use crate::view::{Cx, IntoShape, View};

/// What a card looks like; the style sheet has a rule for each.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// The story the front page leads with.
    Lead,
    /// The first of the seconds.
    First,
    /// Headline and kicker only.
    Text,
    /// A time, then the headline.
    Latest,
    /// The large one of a strip.
    StripLead,
    /// Picture above the headline; on phones a row.
    Picture,
    /// Byline first, no picture.
    Byline,
    /// A row of a list page.
    List,
    /// Picture, headline, excerpt, "Read more".
    Related,
    /// The number is the style sheet's.
    Ranked,
}

impl Shape {
    fn class(self) -> &'static str {
        match self {
            Self::Lead => "card card-lead",
            Self::First => "card card-first",
            Self::Text => "card card-plain",
            Self::Latest => "card card-latest",
            Self::StripLead => "card card-strip-lead",
            Self::Picture => "card card-above",
            Self::Byline => "card card-byline",
            Self::List => "card card-list",
            Self::Related => "card card-related",
            Self::Ranked => "card card-ranked",
        }
    }

    /// The `sizes` of its picture; none for shapes of text.
    fn picture(self) -> Option<&'static str> {
        match self {
            Self::Lead => Some("(min-width:78rem) 824px,(min-width:56.25rem) 64vw,100vw"),
            Self::First => Some("(min-width:56.25rem) 296px,(min-width:37.5rem) 46vw,120px"),
            Self::StripLead => Some("(min-width:56.25rem) 50vw,100vw"),
            Self::Picture | Self::Related => {
                Some("(min-width:56.25rem) 296px,(min-width:37.5rem) 46vw,96px")
            }
            Self::Text => Some("(min-width:37.5rem) 46vw,120px"),
            Self::List => Some("(min-width:37.5rem) 296px,120px"),
            Self::Latest | Self::Byline | Self::Ranked => None,
        }
    }

    fn excerpt(self) -> bool {
        matches!(
            self,
            Self::Lead | Self::First | Self::StripLead | Self::List | Self::Related | Self::Byline
        )
    }
}

/// A card with its headline at a level (2 or 3).
pub fn card(cx: &Cx, story: &Summary, shape: Shape, level: u8) -> View {
    noted_card(cx, story, shape, level, None)
}

/// A card with a line about why it stands there.
pub fn noted_card(cx: &Cx, story: &Summary, shape: Shape, level: u8, note: Option<String>) -> View {
    let note = note.map(|note| view! { <p class="card-note">{note}</p> });
    let image = story.image.as_ref().zip(shape.picture());
    let class = match image {
        Some(_) => shape.class().to_owned(),
        None => [shape.class(), " no-picture"].concat(),
    };
    let image = image.map(|(image, sizes)| card_picture(cx, image, sizes, shape == Shape::Lead));
    let long = story.headline.chars().count() > 90;
    let headline_class = if long {
        "card-headline long"
    } else {
        "card-headline"
    };
    let link = view! { <a class="card-link" href=story.href.clone()>{story.headline.clone()}</a> };
    // A story in another language marks its own words only: the card stays in the site's order,
    // and its date in the site's language.
    let language = || story.language.clone();
    let direction = language().map(|tag| Direction::of_language(&tag).as_str());
    let headline = match level {
        2 => view! { <h2 class=headline_class lang=language() dir=direction>{link}</h2> }.shape(),
        _ => view! { <h3 class=headline_class lang=language() dir=direction>{link}</h3> }.shape(),
    };
    let excerpt = (shape.excerpt() && !story.excerpt.is_empty()).then(|| {
        view! {
            <p class="card-excerpt" lang=language() dir=direction>{story.excerpt.clone()}</p>
        }
    });
    let more = (shape == Shape::Related).then(|| {
        let words = cx.text(Key::ReadMore);
        let whole = cx.fill(Key::ReadMoreOf, &[("headline", &story.headline)]);
        // Screen readers take the label, search engines the words: both name the story, so that the
        // link makes sense alone.
        let rest = whole.strip_prefix(&*words).unwrap_or_default().to_owned();
        // The covering link is the card's one tab stop; this one is for the pointer and for those
        // who look for the words.
        view! {
            <a class="read-more" href=story.href.clone() tabindex="-1" aria-label=whole>
                {words}
                <span class="unseen">{rest}</span>
            </a>
        }
    });
    // For the reading history: what says "Updated since you read it".
    let changed = story
        .modified
        .filter(|at| story.published.is_none_or(|first| first.epoch < at.epoch));
    let changed = changed.map(|at| at.epoch.to_string());
    view! {
        <div class=class data-changed=changed>
            <div class="card-text">{kicker(cx, story)} {headline} {excerpt} {meta(cx, story, shape)} {note} {more}</div>
            {image}
        </div>
    }
    .shape()
}

/// The label above a headline: the story's own, else its section; what is live says so.
fn kicker(cx: &Cx, story: &Summary) -> View {
    let own = story.kicker.clone();
    // What is live says so in the site's language, and the section is the site's anyway.
    let foreign = story.kind != Kind::Live && own.is_some();
    let language = story.language.clone().filter(|_| foreign);
    let direction = language
        .as_deref()
        .map(|tag| Direction::of_language(tag).as_str());
    let text = own.or_else(|| story.section.as_ref().map(|section| section.name.clone()));
    let word = cx.text(Key::Live);
    let text = text.filter(|text| story.kind != Kind::Live || *text != word);
    let live = (story.kind == Kind::Live).then(|| view! { <span class="live">{word}</span> });
    if text.is_none() && live.is_none() {
        return ().shape();
    }
    // Whoever copies or hears it is not to get one word of the two.
    let gap = (text.is_some() && live.is_some()).then_some(" ");
    view! { <p class="kicker" lang=language dir=direction>{live}{gap}{text}</p> }.shape()
}

fn meta(cx: &Cx, story: &Summary, shape: Shape) -> View {
    // A page of an author needs the name on what was written with others only.
    let alone = matches!(cx.page.route, Route::Author { .. }) && story.byline.len() == 1;
    let names = match shape {
        _ if alone => String::new(),
        Shape::Lead | Shape::StripLead | Shape::Byline | Shape::List => {
            intl::list(&cx.site().language, &story.byline)
        }
        _ => String::new(),
    };
    let shown = if shape == Shape::Latest {
        Shown::Clock
    } else {
        Shown::Ago
    };
    let names = (!names.is_empty()).then(|| view! { <span class="card-names">{names}</span> });
    let at = story.published.map(|at| time(cx, at, shown));
    if names.is_none() && at.is_none() {
        return ().shape();
    }
    let class = if names.is_some() {
        "meta named"
    } else {
        "meta"
    };
    view! { <p class=class>{names}{at}</p> }.shape()
}
