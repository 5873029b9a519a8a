//! The reader's saved stories; they live in the browser, so the prerendered page is empty.

use leptos::prelude::*;

use crate::strings::Key;
use crate::view::{Cx, IntoShape, View};

pub fn saved(cx: &Cx) -> View {
    view! {
        <div class="list">
            <h1>{cx.text(Key::SavedStories)}</h1>
            {super::notice::empty(cx)}
        </div>
    }
    .shape()
}
