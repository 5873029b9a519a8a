//! `nginx.conf`: a host of one's own, as a snippet to include.
//!
//! `add_header` is not inherited by a location that has one of its own, so every location repeats
//! what holds everywhere. Written by `headers`, which also decides what the values are.

use std::fmt::Write;

use crate::model::Site;

/// Files that only hosts read.
const UNSEEN: &str = "_headers|_redirects|nginx\\.conf";
const PICTURES: &str = "png|jpe?g|webp|avif|gif|svg|ico|mp4|webm|mp3|m4a|ogg|wav|pdf|woff2?";

/// The snippet. `redirects` are old paths under the base and where they lead.
pub fn snippet(
    site: &Site,
    everywhere: &[(&str, &str)],
    (minutes, day): (&str, &str),
    redirects: &[(String, String)],
) -> String {
    let base = &site.base;
    let mut common = String::new();
    for (name, value) in everywhere {
        let _ = writeln!(common, "    add_header {name} \"{value}\" always;");
    }
    let shared = "    add_header Access-Control-Allow-Origin * always;\n";
    let mut out = format!(
        "# Include this in a server block whose root is the published folder{}.\n\
         error_page 404 {base}404.html;\n",
        if base == "/" { "" } else { "'s parent" }
    );
    let mut location = |of: String, cache: &str, rest: &str| {
        let _ = write!(
            out,
            "location {of} {{\n{common}    add_header Cache-Control \"{cache}\" always;\n{rest}}}\n"
        );
    };
    let page =
        "    add_header X-Frame-Options SAMEORIGIN always;\n    try_files $uri $uri/ =404;\n";
    location(base.clone(), "no-cache", page);
    // `^~` keeps these from the patterns below.
    let forever = "public, max-age=31536000, immutable";
    location(format!("^~ {base}assets/"), forever, shared);
    location(format!("^~ {base}embed/"), minutes, shared);
    location(format!("^~ {base}data/"), "no-cache", shared);
    let feeds = format!("~ ^{base}(.+/)?(feed\\.json|rss\\.xml|atom\\.xml)$");
    location(feeds, minutes, shared);
    location(format!("~* ^{base}.+\\.({PICTURES})$"), day, shared);
    // The file of types that nginx brings does not know this one.
    let manifest = "    types { }\n    default_type application/manifest+json;\n";
    location(
        format!("= {base}manifest.webmanifest"),
        "no-cache",
        manifest,
    );
    let _ = writeln!(out, "location ~ ^{base}({UNSEEN})$ {{ return 404; }}");
    for (from, to) in redirects {
        // In quotes only these mean something.
        let plain = |text: &str| !text.contains(['"', '\\', '$', ';', '{', '}']);
        if plain(from) && plain(to) {
            let _ = writeln!(
                out,
                "location = \"{base}{from}\" {{ return 301 \"{to}\"; }}"
            );
        }
    }
    out
}
