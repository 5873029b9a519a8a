//! What a shell's own script asks for while the press is still on its way: the requests that the
//! press will make first, known at build time. The press then finds them answered.

use serde_json::json;

use crate::model::{SiteConfig, SourceKind};
use crate::platform::HOST;
use crate::source::{self, Method, Query, Step, Wanted};

/// Stands for the story's last path segment; the script puts the real one in its place.
const SLUG: &str = "DATELINE-SLUG";

/// What a shell asks for, and what it makes of it.
#[derive(Default)]
pub struct Early {
    /// The first requests of a list and of a story, as JSON; empty where browsers cannot read the
    /// source, or where it takes more than an address to ask.
    pub json: String,
    /// Whether the widget reads such answers too: then their headlines are set before the press is
    /// there (`public/app/shell.js`).
    pub galley: bool,
    /// The address of the list where this host has it: the page itself may ask for it. Else empty.
    pub own: String,
}

/// The first requests that the press will make of a source.
pub fn requests(config: &SiteConfig, base: &str) -> Early {
    if config.source.has_secrets() {
        return Early::default();
    }
    let Ok(opened) = source::open(&config.source, HOST) else {
        return Early::default();
    };
    let first = |query: Query| match opened.converse(query, None).start() {
        Ok(Step::Ask(request)) if request.method == Method::Get && request.headers.is_empty() => {
            Some(source::in_site(&request.url, base))
        }
        _ => None,
    };
    let wanted = Wanted {
        slug: Some(SLUG.into()),
        path: (config.permalink == "source").then(|| SLUG.into()),
        ..Wanted::default()
    };
    let list = first(Query::Latest);
    let story = first(Query::One(wanted)).filter(|url| Some(url) != list.as_ref());
    let galley = list.is_some()
        && matches!(
            config.source.kind,
            SourceKind::JsonFeed | SourceKind::Rss | SourceKind::WordPress | SourceKind::Ghost
        );
    // Where a story's address at its source tells its address here.
    let pattern = match config.permalink.trim_matches('/') {
        "source" => Some("{path}"),
        own => Some(own).filter(|own| own.matches('{').count() == 1 && own.contains("{slug}")),
    };
    let link = pattern.map(|pattern| [base, pattern, "/"].concat());
    let own = list
        .clone()
        .filter(|url| url.starts_with('/') && !url.starts_with("//"));
    let told = json!({
        "list": list, "story": story, "galley": galley, "link": link, "pins": config.front.pins,
    });
    Early {
        json: told.to_string(),
        galley,
        own: own.unwrap_or_default(),
    }
}
