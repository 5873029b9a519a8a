//! The HTML document around a rendered page: head, inlined styles, island, start script.

use std::fmt::Write;

use super::assets::Assets;
use super::render::Markup;
use crate::head::Head;
use crate::model::Site;
use crate::page::Page;

/// The whole file of a page.
pub fn document(page: &Page, head: &Head, markup: &Markup, assets: &Assets) -> String {
    let site = &page.site;
    let island = serde_json::to_string(page)
        .unwrap_or_default()
        .replace('<', "\\u003c");
    let mut out = String::with_capacity(markup.html.len() + island.len() + assets.css.len() + 2048);
    open(&mut out, site, head, assets);
    let _ = write!(
        out,
        "<div id=\"app\" data-route=\"{}\" data-nodes=\"{}\" data-strings=\"{}\" data-style=\"{}\">{}</div>\
         <script type=\"application/json\" id=\"page\">{island}</script></body></html>\n",
        escape(&page.route.href(site)),
        markup.nodes,
        assets.locale,
        assets.app_css,
        markup.html,
    );
    out
}

/// The empty shell, for hosts that rewrite unknown paths to it.
pub fn shell(site: &Site, head: &Head, assets: &Assets, noscript: &str) -> String {
    let mut out = String::new();
    open(&mut out, site, head, assets);
    let _ = write!(
        out,
        "<div id=\"app\" data-strings=\"{}\" data-style=\"{}\"></div><noscript>{noscript}</noscript></body></html>\n",
        assets.locale, assets.app_css,
    );
    out
}

fn open(out: &mut String, site: &Site, head: &Head, assets: &Assets) {
    let _ = write!(
        out,
        "<!DOCTYPE html><html lang=\"{}\" dir=\"{}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <title>{}</title>",
        escape(&head.language),
        head.direction.as_str(),
        escape(&head.title),
    );
    for tag in &head.tags {
        tag.write(out);
    }
    let _ = write!(
        out,
        "<style>{}</style><link rel=\"modulepreload\" href=\"{}\" fetchpriority=\"low\">\
         <link rel=\"preload\" as=\"fetch\" href=\"{}\" crossorigin fetchpriority=\"low\">\
         <link rel=\"preload\" as=\"fetch\" href=\"{}\" crossorigin fetchpriority=\"low\">\
         <script type=\"module\" src=\"{}\"></script></head><body>",
        assets.css, assets.js, assets.wasm, assets.locale, assets.boot,
    );
    let _ = site;
}

/// Escapes text for HTML content and quoted attributes.
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
