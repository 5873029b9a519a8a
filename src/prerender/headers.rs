//! How a host should answer: `_headers`, `_redirects` and stub pages; `nginx` writes the snippet.
//!
//! On some hosts every matching rule of `_headers` applies and values are joined, so no two rules
//! here set the same header for the same path, and nothing under `/*` restricts framing. Hosts that
//! send no headers are served by the policy's `meta` element in every page.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use anyhow::Result;

use super::assets::Assets;
use super::document::escape;
use super::nginx;
use super::output::Output;
use crate::html::FRAME_HOSTS;
use crate::model::{Fresh, Site, SiteConfig, SourceKind};
use crate::route::{percent_decode, percent_encode};
use crate::source::place::{is_absolute, origin, plain_origin};

/// Hosts take 100 rules; what is left of them is for the publisher's own.
const MOST_RULES: usize = 90;
const DAY: &str = "public, max-age=86400";
const MINUTES: &str = "public, max-age=300";

/// Sends every request of an https page to https; only said in headers, because a page that lies
/// on a host without any (a folder on a laptop, say) may be read over http, and only where the site's
/// address is https: a paper of an intranet would ask for nothing that is there.
const UPGRADE: &str = "; upgrade-insecure-requests";

/// The Content Security Policy of a build, as a page itself may say it in a `meta` element.
/// `threads` are the origins that stories name for their comments and live updates.
pub fn policy(config: &SiteConfig, assets: &Assets, threads: &BTreeSet<String>) -> String {
    let mut connect: BTreeSet<&str> = threads.iter().map(String::as_str).collect();
    let source = source_address(config);
    let asked = config.fresh == Fresh::Api || !config.prerender;
    let posted = config.comments.post && config.source.kind == SourceKind::WordPress;
    if (asked && !config.source.has_secrets()) || posted {
        connect.extend(plain_origin(&source));
    }
    if let Some(endpoint) = config
        .comments
        .endpoint
        .as_deref()
        .filter(|_| config.comments.post)
    {
        connect.extend(plain_origin(endpoint));
    }
    let action = config
        .newsletter
        .as_ref()
        .map(|letter| origin(&letter.action).to_owned());
    let mut out = format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval' '{}'; style-src 'self' '{}'; \
         img-src 'self' https: data:; media-src 'self' https:; font-src 'self'; connect-src 'self'",
        assets.theme_hash, assets.css_hash
    );
    for origin in &connect {
        let _ = write!(out, " {origin}");
    }
    let _ = write!(
        out,
        "; frame-src 'self' {}; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'",
        FRAME_HOSTS.join(" ")
    );
    if let Some(action) = action.filter(|action| !action.is_empty()) {
        let _ = write!(out, " {action}");
    }
    out.push_str("; require-trusted-types-for 'script'; trusted-types dateline default");
    out
}

/// The address of the source; a preset of a mapped one brings its own.
fn source_address(config: &SiteConfig) -> String {
    if config.source.url.is_empty() {
        return crate::source::preset_address(&config.source.options).unwrap_or_default();
    }
    config.source.url.clone()
}

/// Writes the files that hosts read.
///
/// # Errors
/// When a file cannot be written.
pub fn write(
    config: &SiteConfig,
    site: &Site,
    assets: &Assets,
    roots: &BTreeSet<String>,
    folders: &BTreeSet<String>,
    out: &Output,
) -> Result<()> {
    let secure = site.url.starts_with("https://");
    let policy = [assets.policy.as_str(), if secure { UPGRADE } else { "" }].concat();
    let everywhere = [
        ("Content-Security-Policy", policy.as_str()),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "strict-origin-when-cross-origin"),
        (
            "Permissions-Policy",
            "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
        ),
        ("Cross-Origin-Opener-Policy", "same-origin"),
    ];
    let base = &site.base;
    let mut rules: Vec<(String, Vec<(&str, &str)>)> =
        vec![(format!("{base}*"), everywhere.to_vec())];
    let shared = ("Access-Control-Allow-Origin", "*");
    let immutable = ("Cache-Control", "public, max-age=31536000, immutable");
    rules.push((format!("{base}assets/*"), vec![immutable, shared]));
    rules.push((
        format!("{base}embed/*"),
        vec![("Cache-Control", MINUTES), shared],
    ));
    rules.push((
        format!("{base}data/*"),
        vec![("Cache-Control", "no-cache"), shared],
    ));
    // A worker that a cache keeps alive could not be taken back.
    for file in ["sw.js", "offline.html"] {
        let fresh = vec![("Cache-Control", "no-cache")];
        rules.push((format!("{base}{file}"), fresh));
    }
    for file in ["feed.json", "rss.xml", "atom.xml"] {
        let feed = vec![("Cache-Control", MINUTES), shared];
        rules.push((format!("{base}{file}"), feed));
    }
    for folder in folders.iter().filter(|folder| !roots.contains(*folder)) {
        rules.push((
            format!("{base}{folder}/*"),
            vec![("Cache-Control", DAY), shared],
        ));
    }
    let page = vec![
        ("X-Frame-Options", "SAMEORIGIN"),
        ("Cache-Control", "no-cache"),
    ];
    rules.push((base.clone(), page.clone()));
    for root in roots {
        if rules.len() < MOST_RULES {
            let mut headers = page.clone();
            // The feeds of sections stand among their pages.
            headers.extend((root == "category").then_some(shared));
            rules.push((format!("{base}{root}/*"), headers));
        }
    }
    let mut text = String::new();
    for (path, headers) in &rules {
        let _ = writeln!(text, "{path}");
        for (name, value) in headers {
            let _ = writeln!(text, "  {name}: {value}");
        }
    }
    out.put("_headers", text.as_bytes())?;
    let moved = sound_redirects(config, site, out);
    let snippet = nginx::snippet(site, &everywhere, (MINUTES, DAY), &moved);
    out.put("nginx.conf", snippet.as_bytes())?;
    out.put(".nojekyll", b"")?;
    redirects(&moved, site, out)
}

/// The redirects that can be written down: old path under the base, decoded, and where it leads. Called
/// when every file of the site is there, so that none of them is in the way of a page that leads on.
fn sound_redirects(config: &SiteConfig, site: &Site, out: &Output) -> Vec<(String, String)> {
    let all = config.redirects.iter();
    let steps = all
        .map(|(from, to)| (from.trim_matches('/'), to.trim_matches('/')))
        .collect();
    let mut sound: Vec<(String, String)> = Vec::new();
    for (from, to) in &config.redirects {
        let from = from.trim_start_matches('/');
        let to = if is_absolute(to) {
            to.clone()
        } else {
            format!("{}{}", site.base, to.trim_start_matches('/'))
        };
        // As an address bar shows it: what hosts compare, and what a folder is called.
        let path = percent_decode(from);
        let stub = stub_of(&path);
        let known = |(other, _): &(String, String)| stub_of(other) == stub;
        // A line break in either would be a rule of its own.
        let why = if from.is_empty()
            || [from, &to]
                .iter()
                .any(|it| it.contains(char::is_whitespace))
        {
            "an address holds no white space"
        } else if from.contains(['?', '#']) {
            "a host of files looks at the path alone, not at what follows it"
        } else if path.contains(char::is_control) || !out.fits(&stub) {
            "no file can have that name"
        } else if !ends(from, &steps) {
            "it leads back to itself"
        } else if out.has(&stub) {
            "a page stands at that address"
        } else if sound.iter().any(known) {
            "another redirect begins there"
        } else {
            sound.push((path, to));
            continue;
        };
        eprintln!("  skipped redirect /{from}: {why}");
    }
    sound
}

/// Whether who follows redirects from a path arrives anywhere.
fn ends(from: &str, steps: &BTreeMap<&str, &str>) -> bool {
    let mut at = from.trim_matches('/');
    for _ in 0..=steps.len() {
        match steps.get(at) {
            Some(to) => at = to,
            None => return true,
        }
    }
    false
}

/// The file of the page that leads on from an old path.
fn stub_of(from: &str) -> String {
    match from.trim_end_matches('/') {
        name if name.ends_with(".html") => name.to_owned(),
        name => format!("{name}/index.html"),
    }
}

/// `_redirects` for hosts that read it, a page that leads on for those that do not.
fn redirects(redirects: &[(String, String)], site: &Site, out: &Output) -> Result<()> {
    let mut lines = String::new();
    for (from, to) in redirects {
        let _ = writeln!(lines, "{}{} {to} 301", site.base, percent_encode(from));
        let stub = format!(
            "<!DOCTYPE html><html lang=\"{}\"><head><meta charset=\"utf-8\"><title>{}</title>\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'\">\
             <meta name=\"robots\" content=\"noindex\"><link rel=\"canonical\" href=\"{2}\">\
             <meta http-equiv=\"refresh\" content=\"0; url={2}\"></head>\
             <body><p><a href=\"{2}\">{2}</a></p></body></html>\n",
            escape(&site.language),
            escape(&site.title),
            escape(to),
        );
        out.put(&stub_of(from), stub.as_bytes())?;
    }
    out.put("_redirects", lines.as_bytes())
}
