//! The masthead: date, site title, search, menu, sections. One row on every page but the front.

use leptos::prelude::*;

use super::settings::settings;
use super::time::today;
use crate::page::Content;
use crate::route::Route;
use crate::strings::Key;
use crate::view::{Cx, IntoShape, View};

pub fn header(cx: &Cx) -> View {
    let site = cx.site();
    let front = matches!(cx.page.content, Content::Front(_));
    let logo = site.logo.as_ref().map(|logo| {
        view! { <img class="masthead-logo" src=cx.asset(logo) alt="" width="40" height="40" /> }
    });
    let title = view! { <a href=site.base.clone()>{logo}<span>{site.title.clone()}</span></a> };
    let title = if front {
        view! { <h1 class="masthead-title">{title}</h1> }.shape()
    } else {
        view! { <p class="masthead-title">{title}</p> }.shape()
    };
    let class = if front {
        "masthead masthead-front"
    } else {
        "masthead"
    };
    view! {
        <header class=class>
            <div class="masthead-row">
                {front.then(|| today(cx))} {title} <div class="masthead-tools">
                    <a class="tool tool-search" href=Route::Search.href(site)>
                        <span class="tool-text">{cx.text(Key::Search)}</span>
                    </a>
                    <div data-part="settings">{settings(cx)}</div>
                    <details class="menu">
                        <summary class="tool tool-menu">
                            <span class="tool-text">{cx.text(Key::Menu)}</span>
                        </summary>
                        <nav class="menu-list" aria-label=cx.text(Key::Menu)>
                            <ul>{sections(cx)}</ul>
                            {(!site.menu.is_empty()).then(|| view! { <ul>{menu(cx)}</ul> })}
                        </nav>
                    </details>
                </div>
            </div>
            {(!site.sections.is_empty()).then(|| view! {
                <nav class="sections" aria-label=cx.text(Key::Sections)>
                    <ul>{sections(cx)}</ul>
                </nav>
            })}
        </header>
    }
    .shape()
}

fn sections(cx: &Cx) -> View {
    let site = cx.site();
    site.sections
        .iter()
        .map(|section| {
            let route = Route::Category {
                path: section.path.clone(),
                page: 1,
            };
            let current = match &cx.page.route {
                Route::Category { path, page } if *path == section.path => {
                    Some(if *page == 1 { "page" } else { "true" })
                }
                Route::Category { path, .. } => within(path, &section.path).then_some("true"),
                _ => None,
            };
            view! {
                <li>
                    <a href=route.href(site) aria-current=current>
                        {section.name.clone()}
                    </a>
                </li>
            }
        })
        .collect_view()
        .shape()
}

fn within(path: &str, section: &str) -> bool {
    path.strip_prefix(section)
        .is_some_and(|tail| tail.starts_with('/'))
}

fn menu(cx: &Cx) -> View {
    cx.site()
        .menu
        .iter()
        .map(|link| view! { <li><a href=cx.asset(&link.url)>{link.title.clone()}</a></li> })
        .collect_view()
        .shape()
}
