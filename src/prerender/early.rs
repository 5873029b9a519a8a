//! What a shell's start script asks for while the press is still on its way: the requests that the
//! press will make first, known at build time. The press then finds them answered.

use serde_json::json;

use crate::model::SiteConfig;
use crate::platform::HOST;
use crate::source::{self, Method, Query, Step, Wanted};

/// Stands for the story's last path segment; the start script puts the real one in its place.
const SLUG: &str = "DATELINE-SLUG";

/// The first requests of a list and of a story, as JSON; empty where browsers cannot read the
/// source, or where it takes more than an address to ask.
pub fn requests(config: &SiteConfig, base: &str) -> String {
    if config.source.has_secrets() {
        return String::new();
    }
    let Ok(opened) = source::open(&config.source, HOST) else {
        return String::new();
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
    json!({ "list": list, "story": story }).to_string()
}
