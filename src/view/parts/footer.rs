//! The foot of every page.

use leptos::prelude::*;

use crate::strings::Key;
use crate::view::{Cx, IntoShape, View};

pub fn footer(cx: &Cx) -> View {
    let site = cx.site();
    let links = site
        .footer
        .iter()
        .map(|link| view! { <li><a href=cx.asset(&link.url)>{link.title.clone()}</a></li> })
        .collect_view();
    let links = (!site.footer.is_empty()).then(|| {
        view! {
            <nav aria-label=cx.text(Key::Footer)>
                <ul>{links}</ul>
            </nav>
        }
    });
    let about = (!site.description.is_empty())
        .then(|| view! { <p class="footer-about">{site.description.clone()}</p> });
    view! {
        <footer class="footer">
            <p class="footer-title">
                <a href=site.base.clone()>{site.title.clone()}</a>
            </p>
            {about} {links}
        </footer>
    }
    .shape()
}
