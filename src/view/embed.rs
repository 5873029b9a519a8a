//! How to take the latest stories to another site.
//!
//! The two lines stand there for everyone; `configure.js`, which the prerenderer puts beside the
//! widget's loader, makes a form of them with the widget itself beside it. What it fills is opaque:
//! the app counts no nodes in there.

use leptos::prelude::*;

use crate::strings::Key;
use crate::view::{Cx, IntoShape, View};

pub fn embed(cx: &Cx) -> View {
    let site = cx.site();
    let code = format!(
        "<script type=\"module\" src=\"{url}embed/v1/embed.js\"></script>\n\
         <dateline-widget src=\"{url}embed/v1/latest.json\" limit=\"5\">\
         <a href=\"{url}\">{title}</a></dateline-widget>",
        url = site.url,
        // It is pasted elsewhere as it stands.
        title = site
            .title
            .replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('"', "&quot;"),
    );
    let sections: Vec<_> = site
        .sections
        .iter()
        .filter(|section| !section.path.contains('/'))
        .map(|section| [section.path.as_str(), "\t", section.name.as_str()].concat())
        .collect();
    view! {
        <div class="list">
            <h1>{cx.text(Key::Widget)}</h1>
            <div
                data-opaque=""
                data-configurator=""
                data-url=site.url.clone()
                data-title=site.title.clone()
                data-copy=cx.text(Key::DraftCopy)
                data-sections=sections.join("\n")
            >
                <pre tabindex="0"><code>{code}</code></pre>
            </div>
            <script type="module" src=format!("{}embed/configure.js", site.base)></script>
        </div>
    }
    .shape()
}
