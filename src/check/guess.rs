//! Finds out what kind of source an address or a file is: by the shape of its JSON, by what a web
//! page's head points to, by asking where a WordPress would answer.

use serde_json::Value;

use super::propose::proposed;
use super::shape::by_shape;
use crate::html::tree::{Element, Node};
use crate::model::{SourceConfig, SourceKind};
use crate::platform::{HOST, Limits, fetch_now};
use crate::source::place::{is_absolute, origin};
use crate::source::{Request, Response, shown, text};

/// A source as it was recognised.
pub(super) struct Guess {
    pub config: SourceConfig,
    pub notes: Vec<String>,
}

impl Guess {
    pub(super) fn of(config: SourceConfig) -> Self {
        Self {
            config,
            notes: Vec::new(),
        }
    }
}

/// The kind was told: only the address is tidied.
pub(super) fn told(kind: SourceKind, address: &str) -> Guess {
    let mut config = config(kind, address);
    if kind == SourceKind::WordPress && is_absolute(address) {
        config.url = wordpress_site(address);
    }
    Guess::of(config)
}

pub(super) fn config(kind: SourceKind, address: &str) -> SourceConfig {
    SourceConfig {
        kind,
        url: address.to_owned(),
        ..SourceConfig::default()
    }
}

/// Reads the beginning of what is there and decides.
pub(super) fn guess(
    address: &str,
    limits: &Limits,
    progress: &mut dyn FnMut(&str),
) -> Result<Guess, String> {
    if is_absolute(address) {
        progress(&format!("asking {} …", shown(address)));
    }
    // Of a large file the beginning says enough; a feed of 200 MB is not read for this.
    const ENOUGH: usize = 4 << 20;
    let bounded = Limits {
        bytes: ENOUGH,
        ..limits.clone()
    };
    let response =
        fetch_now(&Request::get(address), &bounded).map_err(|error| error.to_string())?;
    if let Some(guess) = by_content(address, &response) {
        return Ok(guess);
    }
    if !is_absolute(address) {
        return Err(unknown(address, &response));
    }
    if crate::source::json::looks_like_web_page(&response.body) && response.ok() {
        return by_page(address, &response, limits, progress);
    }
    // No page to go by (an error, an empty one, a theme that fails): the API may answer all the same.
    if let Some(guess) = by_root(address, limits, progress) {
        return Ok(guess);
    }
    if !response.ok() {
        return Err(format!(
            "{} answers {}; check the address",
            shown(address),
            response.status
        ));
    }
    Err(unknown(address, &response))
}

fn unknown(address: &str, response: &Response) -> String {
    let what = match serde_json::from_slice::<Value>(&response.body) {
        Ok(Value::Array(list)) if list.is_empty() => "is an empty list".to_owned(),
        Ok(_) => {
            "is JSON of no known shape; describe it with \"kind\": \"mapped\" (docs/sources.md) \
             and check it with --site"
                .to_owned()
        }
        Err(error) if matches!(response.body.trim_ascii_start().first(), Some(b'{' | b'[')) => {
            format!("is broken JSON ({error})")
        }
        Err(_) if response.body.trim_ascii().is_empty() => "is empty".to_owned(),
        Err(_) if crate::source::json::looks_like_web_page(&response.body) => {
            "is a web page, not articles; check the address that it came from".to_owned()
        }
        Err(_) => "is neither a feed nor JSON nor a web page".to_owned(),
    };
    format!("{} {what}", shown(address))
}

/// By what the bytes are. Only a success can be data.
fn by_content(address: &str, response: &Response) -> Option<Guess> {
    if !response.ok() {
        return None;
    }
    let body = text::cleaned(response.body.clone());
    let start = body.trim_ascii_start();
    let guess = match start.first()? {
        b'<' => {
            let head = String::from_utf8_lossy(&start[..start.len().min(4000)]).to_lowercase();
            let feed = ["<rss", "<feed", "<rdf:rdf", ":feed", "<channel", "<entry"];
            let page = crate::source::json::looks_like_web_page(start);
            (!page && feed.iter().any(|tag| head.contains(tag)))
                .then(|| Guess::of(config(SourceKind::Rss, address)))?
        }
        b'{' | b'[' => match serde_json::from_slice::<Value>(&body) {
            Ok(value) => by_shape(address, &value).or_else(|| proposed(address, &value))?,
            // Cut at our own limit or broken: its beginning still tells a JSON Feed.
            Err(_) => {
                let head = String::from_utf8_lossy(&start[..start.len().min(4000)]).into_owned();
                let is_feed = head.contains("jsonfeed.org") || head.contains("\"items\"");
                is_feed.then(|| Guess::of(config(SourceKind::JsonFeed, address)))?
            }
        },
        _ => return None,
    };
    Some(guess)
}

/// By what a page's head points to: the WordPress API first, then feeds, richest first.
fn by_page(
    address: &str,
    response: &Response,
    limits: &Limits,
    progress: &mut dyn FnMut(&str),
) -> Result<Guess, String> {
    let nodes = (HOST.parse_html)(&text::decoded(
        &response.body,
        response.header("content-type"),
        HOST,
    ));
    let mut links = Vec::new();
    let mut generator = String::new();
    heads(&nodes, &mut |element| match element.name.as_str() {
        "link" => {
            let rel = element
                .attribute("rel")
                .unwrap_or_default()
                .to_ascii_lowercase();
            let mime = element
                .attribute("type")
                .unwrap_or_default()
                .to_ascii_lowercase();
            let href = element.attribute("href").unwrap_or_default();
            if let Some(href) = (HOST.resolve)(&response.url, href) {
                links.push((rel, mime, href));
            }
        }
        "meta" if element.attribute("name") == Some("generator") => {
            generator = element.attribute("content").unwrap_or_default().to_owned();
        }
        _ => {}
    });
    let api = links
        .iter()
        .find(|(rel, _, _)| rel == "https://api.w.org/")
        .map(|link| &link.2);
    let header = response
        .header("link")
        .filter(|link| link.contains("api.w.org"));
    let header = header.and_then(|link| link.split(['<', '>']).nth(1).map(str::to_owned));
    if let Some(api) = api.cloned().or(header) {
        let note = format!("the page names its WordPress API: {}", shown(&api));
        let config = config(SourceKind::WordPress, &wordpress_site(&api));
        return Ok(Guess {
            config,
            notes: vec![note],
        });
    }
    let mut notes = Vec::new();
    if generator.to_ascii_lowercase().starts_with("ghost") {
        notes.push(format!(
            "made with {generator}: with its content key, \"kind\": \"ghost\" and \"url\": \"{}\" read \
             it in full; without a key its feed is read",
            origin(address)
        ));
    }
    let feeds = [
        ("application/feed+json", SourceKind::JsonFeed),
        ("application/json", SourceKind::JsonFeed),
        ("application/atom+xml", SourceKind::Rss),
        ("application/rss+xml", SourceKind::Rss),
    ];
    for (mime, kind) in feeds {
        let feed = links.iter().find(|(rel, found, href)| {
            let comments = href.contains("/comments/");
            rel.split_whitespace().any(|rel| rel == "alternate") && found == mime && !comments
        });
        // A page names other JSON as alternate too (oEmbed, the REST object of itself).
        let feed = feed.filter(|(_, _, href)| {
            mime != "application/json" || href.contains("feed") || href.ends_with(".json")
        });
        if let Some((_, _, href)) = feed {
            notes.push(format!("the page names a feed: {}", shown(href)));
            return Ok(Guess {
                config: config(kind, href),
                notes,
            });
        }
    }
    if let Some(guess) = by_root(address, limits, progress) {
        return Ok(guess);
    }
    Err(format!(
        "{} is a web page that names no feed and has no WordPress API; give the address of a feed \
         or an API",
        shown(address)
    ))
}

/// Asks where a WordPress would answer.
fn by_root(address: &str, limits: &Limits, progress: &mut dyn FnMut(&str)) -> Option<Guess> {
    let site = wordpress_site(address);
    let site = site.trim_end_matches('/');
    for route in ["/wp-json/", "/?rest_route=/"] {
        let url = [site, route].concat();
        progress(&format!("asking {} …", shown(&url)));
        let response = fetch_now(&Request::get(&url), limits).ok()?;
        let root = serde_json::from_slice::<Value>(&response.body).ok();
        if root.is_some_and(|root| root.get("namespaces").is_some()) {
            let notes = vec![format!("a WordPress answers at {}", shown(&url))];
            return Some(Guess {
                config: config(SourceKind::WordPress, site),
                notes,
            });
        }
    }
    None
}

/// The site in front of an address of its API.
pub(super) fn wordpress_site(address: &str) -> String {
    if address.contains("/wp/v2/sites/") {
        let end = address
            .find("/wp/v2/sites/")
            .map_or(0, |at| at + "/wp/v2/sites/".len());
        let rest = address[end..]
            .find(['/', '?'])
            .map_or(address.len(), |at| end + at);
        return address[..rest].to_owned();
    }
    let cut = [
        "/wp-json",
        "/?rest_route",
        "?rest_route",
        "/index.php?rest_route",
    ]
    .iter()
    .filter_map(|part| address.find(part))
    .min();
    let site = cut.map_or(address, |at| &address[..at]);
    site.split(['?', '#'])
        .next()
        .unwrap_or(site)
        .trim_end_matches('/')
        .to_owned()
}

/// Calls `each` for every element, outermost first.
fn heads(nodes: &[Node], each: &mut dyn FnMut(&Element)) {
    for node in nodes {
        if let Node::Element(element) = node {
            each(element);
            heads(&element.children, each);
        }
    }
}
