//! The HTML document around a rendered page: head, inlined styles, island, start script.
//!
//! What carries `data-head` is the page's own and exchanged by the app on navigation; the rest is
//! the same on every page.

use std::fmt::Write;

use super::assets::Assets;
use super::nodes::tag_around;
use crate::head::Head;
use crate::model::Site;
use crate::page::{Island, Page};
use crate::view::OPENED;

/// The whole file of a page.
pub fn document(page: &Page, head: &Head, markup: &str, assets: &Assets) -> String {
    let island = island(page);
    let mut out = String::with_capacity(markup.len() + island.len() + assets.css.len() + 6144);
    open(
        &mut out,
        &page.site,
        head,
        assets,
        &[painted_from(markup), lead_preload(markup)].concat(),
        &assets.app.js,
        [&assets.app.wasm, &assets.locale],
    );
    let _ = writeln!(
        out,
        "<div id=\"app\" data-route=\"{}\" data-strings=\"{}\" data-style=\"{}\" data-search=\"{}\" data-shelf=\"{}\">{}</div>\
         <script type=\"application/json\" id=\"page\">{island}</script></body></html>",
        escape(&page.route.href(&page.site)),
        assets.locale,
        assets.app_css,
        assets.search,
        assets.shelf,
        markup,
    );
    out
}

/// The data island: JSON without a `<`, so that no text can end the script element.
fn island(page: &Page) -> String {
    let json = serde_json::to_string(&Island::of(page)).unwrap_or_default();
    if json.contains('<') {
        json.replace('<', "\\u003c")
    } else {
        json
    }
}

/// The empty shell: for hosts that rewrite unknown paths to it, for sites that are not
/// prerendered, and as `404.html` where stories may be newer than the build. `markup` is what it
/// shows until the press has come.
pub fn shell(site: &Site, head: &Head, assets: &Assets, markup: &str, noscript: &str) -> String {
    let mut out = String::new();
    let first = format!("<script type=\"module\" src=\"{}\"></script>", assets.shell);
    let widget = assets.widget.as_ref().filter(|_| assets.early.galley);
    let (script, ahead) = match widget {
        // The press is asked for when the galley has what it needs: together they would share a
        // narrow line, and the small one come late.
        Some(widget) => (&widget.js, [&widget.wasm, &assets.early.own]),
        None => (&assets.press.js, [&assets.press.wasm, &assets.locale]),
    };
    open(&mut out, site, head, assets, &first, script, ahead);
    let _ = writeln!(
        out,
        "<div id=\"app\" data-base=\"{}\" data-early=\"{}\" data-strings=\"{}\" data-style=\"{}\" data-shelf=\"{}\">{markup}</div><noscript>{noscript}</noscript></body></html>",
        escape(&site.base),
        escape(&assets.early.json),
        assets.locale,
        assets.app_css,
        assets.shelf,
    );
    out
}

fn open(
    out: &mut String,
    site: &Site,
    head: &Head,
    assets: &Assets,
    first: &str,
    script: &str,
    ahead: [&String; 2],
) {
    let _ = write!(
        out,
        "<!DOCTYPE html><html lang=\"{}\" dir=\"{}\"><head><meta charset=\"utf-8\">\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <title>{}</title>{first}<script data-ahead=\"{}\">{}</script><style>{}</style>",
        escape(&head.language),
        head.direction.as_str(),
        escape(&assets.policy),
        escape(&head.title),
        ahead.map(String::as_str).join(" ").trim_end(),
        assets.theme,
        assets.css,
    );
    for tag in &head.tags {
        tag.write(out);
    }
    let base = escape(&site.base);
    // Without a word on icons a browser asks the host for `/favicon.ico`.
    let icon = assets.icon.as_deref().unwrap_or("data:,");
    let _ = write!(out, "<link rel=\"icon\" href=\"{}\">", escape(icon));
    if let Some(accent) = &site.accent {
        let _ = write!(
            out,
            "<meta name=\"theme-color\" content=\"{}\">",
            escape(accent)
        );
    }
    let _ = write!(
        out,
        "<link rel=\"stylesheet\" media=\"print\" href=\"{}\">\
         <link rel=\"manifest\" href=\"{base}manifest.webmanifest\">\
         <link rel=\"modulepreload\" href=\"{}\" fetchpriority=\"low\">\
         <script type=\"module\" src=\"{}\"></script></head><body>",
        assets.print, script, assets.boot,
    );
}

/// Nothing is painted before what a page opens with has been parsed: on a line that stalls within it,
/// masthead and cards would be seen to move as the rest comes. Chromium lets go at the start tag of
/// the element that is named, so it is the one after it. Other browsers take no notice.
fn painted_from(html: &str) -> String {
    let after = [" id=\"", OPENED, "\""].concat();
    let id = match in_tag(html, &after) {
        Some(_) => OPENED,
        None => "main",
    };
    format!("<link rel=\"expect\" href=\"#{id}\" blocking=\"render\">")
}

/// A preload of the picture in the first view, read from the markup itself so that the browser's
/// choice among its sizes is the same in both places; empty when the page has none.
fn lead_preload(html: &str) -> String {
    let Some(at) = in_tag(html, " fetchpriority=\"high\"") else {
        return String::new();
    };
    let (Some(start), Some(length)) = (html[..at].rfind("<img"), html[at..].find('>')) else {
        return String::new();
    };
    let image = &html[start..at + length];
    // A modern format stands in a source element right before.
    let source = html[..start].rfind("<picture").and_then(|picture| {
        let inside = &html[picture..start];
        let from = inside.find("<source")?;
        (!inside.contains("</picture>")).then_some(&inside[from..])
    });
    let from = source.unwrap_or(image);
    let mut out = String::from("<link rel=\"preload\" as=\"image\" fetchpriority=\"high\"");
    match (attribute(image, "src"), attribute(from, "srcset")) {
        (Some(src), None) => {
            let _ = write!(out, " href=\"{src}\"");
        }
        (_, Some(srcset)) => {
            let _ = write!(out, " imagesrcset=\"{srcset}\"");
            if let Some(sizes) = attribute(from, "sizes") {
                let sizes = sizes.trim_start_matches("auto, ");
                let _ = write!(out, " imagesizes=\"{sizes}\"");
            }
        }
        (None, None) => return String::new(),
    }
    if let Some(kind) = source.and_then(|source| attribute(source, "type")) {
        let _ = write!(out, " type=\"{kind}\"");
    }
    out.push_str(" data-head>");
    out
}

/// The first place of an attribute that stands in a tag: texts may say the same.
fn in_tag(html: &str, attribute: &str) -> Option<usize> {
    html.match_indices(attribute)
        .map(|(at, _)| at)
        .find(|at| tag_around(html, *at).is_some())
}

/// The (still escaped) value of an attribute in a start tag of our own rendering.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let from = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    let length = tag[from..].find('"')?;
    Some(&tag[from..from + length])
}

/// Escapes text for HTML content and quoted attributes.
pub fn escape(text: &str) -> String {
    if !text.contains(['&', '<', '>', '"']) {
        return text.to_owned();
    }
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::lead_preload;

    #[test]
    fn the_preload_says_what_the_picture_says() {
        let html = "<picture class=\"\"><source type=\"image/webp\" srcset=\"/a.webp 360w\" \
                    sizes=\"auto, 100vw\"><img src=\"/a.jpg\" alt=\"\" fetchpriority=\"high\">";
        assert_eq!(
            lead_preload(html),
            "<link rel=\"preload\" as=\"image\" fetchpriority=\"high\" imagesrcset=\"/a.webp 360w\" \
             imagesizes=\"100vw\" type=\"image/webp\" data-head>"
        );
        assert_eq!(lead_preload("<img src=\"/a.jpg\" loading=\"lazy\">"), "");
        assert!(
            lead_preload("<img src=\"/a.jpg\" fetchpriority=\"high\">").contains("href=\"/a.jpg\"")
        );
    }
}
