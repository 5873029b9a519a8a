//! The newsletter call-out outside of stories, as a view.
//!
//! Inside a story it is part of the opaque body (`page::newsletter` writes the same elements). The
//! form is the publisher's own: it works without the app, which only checks the address in place.

use leptos::prelude::*;

use crate::strings::Key;
use crate::view::{Cx, IntoShape, View};

/// The call-out, on sites that have one.
pub fn newsletter(cx: &Cx) -> View {
    let Some(letter) = &cx.site().newsletter else {
        return ().shape();
    };
    let text = (!letter.text.is_empty())
        .then(|| view! { <p class="newsletter-text">{letter.text.clone()}</p> });
    view! {
        <aside class="newsletter" aria-label=letter.title.clone()>
            <p class="newsletter-title">{letter.title.clone()}</p>
            {text}
            <form class="newsletter-form" action=letter.action.clone() method="post">
                <label for="newsletter-email">{cx.text(Key::NewsletterEmail)}</label>
                <input
                    id="newsletter-email"
                    name="email"
                    type="email"
                    required
                    autocomplete="email"
                    aria-describedby="newsletter-problem"
                />
                <button type="submit">{cx.text(Key::NewsletterSubscribe)}</button>
                <p
                    class="newsletter-problem"
                    id="newsletter-problem"
                    role="alert"
                    data-text=cx.text(Key::NewsletterInvalid)
                ></p>
            </form>
        </aside>
    }
    .shape()
}
