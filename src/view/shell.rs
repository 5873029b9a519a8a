//! What an empty shell holds until the press has come: the masthead, and stand-ins for the first
//! headlines. `public/app/shell.js` sets them when the source's answer is there; the press draws
//! over all of it.

use leptos::prelude::*;

use super::front::opening;
use super::parts::header::header;
use crate::model::{Image, SectionRef, Summary};
use crate::page::SECONDS;
use crate::route::Route;
use crate::strings::Key;
use crate::view::{Cx, IntoShape, View};

/// A picture of nothing: the room that the real one will take.
const NOTHING: &str =
    "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7";

pub fn shell(cx: &Cx) -> View {
    let front = matches!(cx.page.route, Route::Front { page: 1 }).then(|| {
        let lead = stand_in();
        let seconds = vec![stand_in(); SECONDS];
        view! {
            <template id="galley-front"><div class="front">{opening(cx, &lead, &seconds)}</div></template>
        }
    });
    // Hosts that rewrite paths may give the front's shell for a story's.
    view! {
        <a class="skip" href="#main">{cx.text(Key::SkipToContent)}</a>
        {header(cx)}
        <main id="main" tabindex="-1" aria-busy="true">
            {front} <template id="galley-story">
                <article class="story">
                    <div class="story-head">
                        <p class="kicker">
                            <a></a>
                        </p>
                        <h1 class="headline"></h1>
                    </div>
                </article>
            </template>
        </main>
    }
    .shape()
}

/// A story of which nothing is known but that its card has everything a card can have.
fn stand_in() -> Summary {
    let words = || "…".to_owned();
    Summary {
        headline: words(),
        excerpt: words(),
        section: Some(SectionRef {
            name: words(),
            path: String::new(),
        }),
        image: Some(Image {
            src: NOTHING.into(),
            ..Image::default()
        }),
        ..Summary::default()
    }
}
