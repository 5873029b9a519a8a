//! One of the publisher's own pages.

use leptos::prelude::*;

use super::parts::body::body;
use crate::page::Plain;
use crate::view::{Cx, IntoShape, View};

pub fn plain(cx: &Cx, plain: &Plain) -> View {
    view! {
        <article class="plain">
            <h1>{plain.title.clone()}</h1>
            {body(cx, None, None)}
        </article>
    }
    .shape()
}
