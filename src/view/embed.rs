//! How to take the latest stories to another site.

use leptos::prelude::*;

use crate::strings::Key;
use crate::view::{Cx, IntoShape, View};

pub fn embed(cx: &Cx) -> View {
    let site = cx.site();
    let code = format!(
        "<script type=\"module\" src=\"{url}embed/embed.js\"></script>\n\
         <dateline-widget src=\"{url}embed/latest.json\" limit=\"5\">\
         <a href=\"{url}\">{title}</a></dateline-widget>",
        url = site.url,
        title = site.title,
    );
    view! {
        <div class="list">
            <h1>{cx.text(Key::Widget)}</h1>
            <pre tabindex="0"><code>{code}</code></pre>
        </div>
    }
    .shape()
}
