//! A story in a list. One link covers the card and its text is the headline.

use leptos::prelude::*;

use super::picture::picture;
use crate::model::Summary;
use crate::platform::DateStyle;
use crate::strings::Key;
use crate::view::Cx;

/// Which parts a card shows.
#[derive(Clone, Copy)]
pub struct CardOptions {
    /// `h2` or `h3`.
    pub level: u8,
    pub image: bool,
    pub excerpt: bool,
    /// A visible "Read more" whose accessible name carries the headline.
    pub read_more: bool,
    /// The picture is in the first view: load it at once.
    pub eager: bool,
}

impl Default for CardOptions {
    fn default() -> Self {
        Self {
            level: 3,
            image: true,
            excerpt: true,
            read_more: false,
            eager: false,
        }
    }
}

pub fn card(cx: &Cx, story: &Summary, options: CardOptions) -> AnyView {
    let image = story
        .image
        .as_ref()
        .filter(|_| options.image)
        .map(|image| picture(cx, image, "card-picture", options.eager));
    let link = view! { <a class="card-link" href=story.href.clone()>{story.headline.clone()}</a> };
    let headline = match options.level {
        2 => view! { <h2 class="card-headline">{link}</h2> }.into_any(),
        _ => view! { <h3 class="card-headline">{link}</h3> }.into_any(),
    };
    let time = story.published.map(|at| {
        view! { <time datetime=at.to_string()>{cx.date(at, DateStyle::Day)}</time> }
    });
    view! {
        <article class="card" lang=story.language.clone()>
            {image}
            <div class="card-text">
                {story.kicker.clone().map(|kicker| view! { <p class="kicker">{kicker}</p> })}
                {headline}
                {(options.excerpt && !story.excerpt.is_empty())
                    .then(|| view! { <p class="card-excerpt">{story.excerpt.clone()}</p> })}
                <p class="meta">{time}</p>
                {options
                    .read_more
                    .then(|| {
                        view! { <span class="read-more" aria-hidden="true">{cx.text(Key::ReadMore)}</span> }
                    })}
            </div>
        </article>
    }
    .into_any()
}
