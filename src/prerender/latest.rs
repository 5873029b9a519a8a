//! Small files that programs look at: what is new, what was withdrawn, the resolved site, the
//! widget's feeds.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Write;

use anyhow::Result;
use serde_json::{Map, Value, json};

use super::archive::{Archive, Entry};
use super::document::escape;
use super::feeds::{Feed, Item};
use super::output::Output;
use crate::model::{Instant, Secret, Site, SiteConfig, percent_decode};

const LATEST_BYTES: usize = 2048;
const WIDGET_BYTES: usize = 6 * 1024;
const WIDGET_STORIES: usize = 20;
const STORIES: &str = "data/stories.txt";
const WITHDRAWN: &str = "withdrawn.json";
/// Withdrawn stories are named for as many builds as this list has room.
const WITHDRAWN_MOST: usize = 500;

/// `data/latest.json`: the newest stories, as many as 2 KB hold, for "3 new stories" and
/// "Updated". `changed` is the newest moment of any of them.
pub fn latest(archive: &Archive, withdrawn: usize, out: &Output) -> Result<()> {
    let story = |entry: &Entry| {
        let summary = &entry.summary;
        let mut node = Map::new();
        node.insert("id".into(), summary.id.as_str().into());
        node.insert("href".into(), summary.href.as_str().into());
        node.insert("headline".into(), summary.headline.as_str().into());
        for (key, at) in [
            ("published", summary.published),
            ("modified", summary.modified),
        ] {
            if let Some(at) = at {
                node.insert(key.into(), at.to_string().into());
            }
        }
        Value::Object(node)
    };
    let moments = archive.entries.iter().filter_map(|entry| {
        let summary = &entry.summary;
        summary
            .modified
            .into_iter()
            .chain(summary.published)
            .max_by_key(|at| at.epoch)
    });
    let changed: Option<Instant> = moments.max_by_key(|at| at.epoch);
    let mut count = archive.len().min(20);
    loop {
        let stories: Vec<Value> = archive.entries[..count].iter().map(story).collect();
        let text = json!({
            "version": 1,
            "changed": changed.map(|at| at.to_string()),
            "total": archive.len(),
            "withdrawn": withdrawn,
            "stories": stories,
        })
        .to_string();
        if text.len() <= LATEST_BYTES || count == 0 {
            return out.put("data/latest.json", text.as_bytes());
        }
        count -= 1;
    }
}

/// The stories of the build before this one: ids, and the paths they had.
pub fn before(out: &Output, base: &str) -> HashMap<String, String> {
    let list = out.previous(STORIES).unwrap_or_default();
    let of = |(href, id): (&str, &str)| {
        let path = percent_decode(href.strip_prefix(base)?.trim_end_matches('/'));
        Some((id.to_owned(), path))
    };
    listed(&list).filter_map(of).collect()
}

/// Addresses and ids as `data/stories.txt` has them.
fn listed(list: &str) -> impl Iterator<Item = (&str, &str)> {
    list.lines().filter_map(|line| line.split_once(' '))
}

/// `withdrawn.json`: stories that an earlier build had and the source no longer has. Returns how
/// many there are.
pub fn withdrawn(archive: &Archive, site: &Site, now: Instant, out: &Output) -> Result<usize> {
    let here: BTreeMap<&str, &str> = archive
        .entries
        .iter()
        .filter(|entry| !entry.path.is_empty())
        .map(|entry| (entry.summary.id.as_str(), entry.summary.href.as_str()))
        .collect();
    let hrefs: BTreeSet<&str> = here.values().copied().collect();
    let mut list: Vec<Value> = Vec::new();
    let before = out.previous(STORIES).unwrap_or_default();
    for (href, id) in listed(&before) {
        if !here.contains_key(id) && !hrefs.contains(href) {
            list.push(json!({ "id": id, "href": href, "noticed": now.to_string() }));
        }
    }
    let earlier = out
        .previous(WITHDRAWN)
        .and_then(|text| serde_json::from_str::<Value>(&text).ok());
    let earlier = earlier
        .as_ref()
        .and_then(|value| value["stories"].as_array());
    for story in earlier.into_iter().flatten() {
        let id = story["id"].as_str().unwrap_or_default();
        if !here.contains_key(id) && list.iter().all(|other| other["id"] != id) {
            list.push(story.clone());
        }
    }
    list.truncate(WITHDRAWN_MOST);
    let text = json!({ "version": 1, "site": site.url, "stories": list }).to_string();
    out.put(WITHDRAWN, text.as_bytes())?;
    let mut lines = String::new();
    for (id, href) in &here {
        // Ids are the source's own texts; a line break in one would be another line here.
        let _ = writeln!(lines, "{href} {}", id.replace(['\n', '\r'], " "));
    }
    out.put(STORIES, lines.as_bytes())?;
    Ok(list.len())
}

/// The widget's feeds, and a page that shows the latest without any script, for plain frames.
pub fn widget<'a>(
    archive: &'a Archive,
    site: &'a Site,
    sections: &BTreeMap<String, (String, Vec<usize>)>,
    out: &Output,
) -> Result<()> {
    let feed = |title: String, folder: String, indices: &mut dyn Iterator<Item = usize>| Feed {
        site,
        title,
        folder,
        items: indices
            .take(WIDGET_STORIES)
            .map(|index| Item {
                summary: &archive.entries[index].summary,
                tags: Vec::new(),
                html: None,
            })
            .collect(),
    };
    let all = feed(site.title.clone(), String::new(), &mut (0..archive.len()));
    // Twice: snippets may name the address below `v1`, which stays whatever becomes of the other.
    let put = |name: &str, feed: &Feed<'_>| -> Result<()> {
        let text = feed.widget(WIDGET_BYTES);
        out.put(&format!("embed/{name}.json"), text.as_bytes())?;
        out.put(&format!("embed/v1/{name}.json"), text.as_bytes())
    };
    put("latest", &all)?;
    for (path, (name, indices)) in sections {
        // Those names are taken: of all stories, and of the addresses that stay.
        if path == "latest" || path.starts_with("v1/") {
            continue;
        }
        let folder = format!("category/{path}/");
        let own = feed(name.clone(), folder, &mut indices.iter().copied());
        put(path, &own)?;
    }
    let mut list = String::new();
    for item in &all.items {
        let _ = write!(
            list,
            "<li><a href=\"{}\" target=\"_top\">{}</a></li>",
            escape(&item.summary.href),
            escape(&item.summary.headline)
        );
    }
    let page = format!(
        "<!DOCTYPE html><html lang=\"{}\" dir=\"{}\"><head><meta charset=\"utf-8\">\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; \
         style-src 'self'; base-uri 'none'; form-action 'none'\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"robots\" content=\"noindex\"><title>{title}</title>\
         <link rel=\"stylesheet\" href=\"{2}embed/list.css\"></head><body>\
         <h1><a href=\"{2}\" target=\"_top\">{title}</a></h1><ul>{list}</ul></body></html>\n",
        escape(&site.language),
        site.direction.as_str(),
        escape(&site.base),
        title = escape(&site.title),
    );
    let look = include_bytes!("../../style/embed-list.css");
    out.put("embed/list.css", look)?;
    out.put("embed/latest.html", page.as_bytes())
}

/// `site.json` as the browser may know it: resolved, without what only the build may know.
pub fn site_json(config: &SiteConfig, site: &Site, out: &Output) -> Result<()> {
    let mut value = serde_json::to_value(site)?;
    let open_key = match &config.source.key {
        Some(Secret::Open(key)) => Some(key.as_str()),
        _ => None,
    };
    if let Value::Object(map) = &mut value {
        // A source that needs a secret cannot be read in a browser; its address helps nobody.
        let options = Value::Object(config.source.options.clone());
        if !config.source.has_secrets() && !names_secret(&options) {
            let mut source = config.source.options.clone();
            source.insert("kind".into(), config.source.kind.name().into());
            source.insert("url".into(), config.source.url.as_str().into());
            if let Some(key) = open_key {
                source.insert("key".into(), key.into());
            }
            for (name, header) in &config.source.headers {
                if let Some(value) = header.open() {
                    source.entry("headers").or_insert_with(|| json!({}))[name.as_str()] =
                        value.into();
                }
            }
            map.insert("source".into(), Value::Object(source));
        }
        for known_otherwise in ["base", "direction", "kind"] {
            map.remove(known_otherwise);
        }
        let sections = site
            .sections
            .iter()
            .map(|section| Value::from(section.path.as_str()));
        map.insert("sections".into(), sections.collect());
        map.insert("prerender".into(), config.prerender.into());
    }
    out.put("site.json", value.to_string().as_bytes())
}

/// Whether a value has `{ "env": … }` somewhere within.
fn names_secret(value: &Value) -> bool {
    match value {
        Value::Object(map) => map.contains_key("env") || map.values().any(names_secret),
        Value::Array(list) => list.iter().any(names_secret),
        _ => false,
    }
}
