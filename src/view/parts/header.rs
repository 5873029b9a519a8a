//! The masthead: site title, sections, search.

use leptos::prelude::*;

use crate::page::Content;
use crate::route::Route;
use crate::strings::Key;
use crate::view::Cx;

pub fn header(cx: &Cx) -> AnyView {
    let site = cx.site();
    let front = matches!(cx.page.content, Content::Front(_));
    let title = view! { <a href=site.base.clone()>{site.title.clone()}</a> };
    let title = if front {
        view! { <h1 class="masthead-title">{title}</h1> }.into_any()
    } else {
        view! { <p class="masthead-title">{title}</p> }.into_any()
    };
    let sections = site
        .sections
        .iter()
        .map(|section| {
            let route = Route::Category {
                path: section.path.clone(),
                page: 1,
            };
            let current = match &cx.page.route {
                Route::Category { path, .. } => *path == section.path,
                _ => false,
            };
            view! {
                <li>
                    <a href=route.href(site) aria-current=current.then_some("page")>
                        {section.name.clone()}
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <header class="masthead">
            {title} <nav aria-label=cx.text(Key::Sections)>
                <ul class="sections">{sections}</ul>
            </nav>
        </header>
    }
    .into_any()
}
