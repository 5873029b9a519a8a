//! The quiet line at the foot of the window that offers what is newer than the page. It stands in
//! a layer of its own, so nothing that is being read moves.

use leptos::prelude::*;

use crate::strings::{Key, Strings};
use crate::view::{IntoShape, View};

/// An offer to show something, with a way to send it off. `href` reloads the page in place.
pub fn offer(
    strings: &Strings,
    text: String,
    href: String,
    dismiss: impl Fn() + Clone + Send + 'static,
) -> View {
    let close = strings.get(Key::Close).to_owned();
    view! {
        <p class="fresh">
            <a rel="external" href=href>
                {text}
            </a>
            <button type="button" aria-label=close on:click=move |_| dismiss()>
                "×"
            </button>
        </p>
    }
    .shape()
}

/// Something that is only said.
pub fn notice(text: String) -> View {
    view! { <p class="fresh">{text}</p> }.shape()
}
