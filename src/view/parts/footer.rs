//! The foot of every page.

use leptos::prelude::*;

use crate::strings::Key;
use crate::view::Cx;

pub fn footer(cx: &Cx) -> AnyView {
    let site = cx.site();
    let links = site
        .footer
        .iter()
        .map(|link| view! { <li><a href=cx.asset(&link.url)>{link.title.clone()}</a></li> })
        .collect_view();
    view! {
        <footer class="footer">
            <nav aria-label=cx.text(Key::Footer)>
                <ul>{links}</ul>
            </nav>
            <p>{site.title.clone()}</p>
        </footer>
    }
    .into_any()
}
