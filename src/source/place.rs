//! Where a document came from, and so what its relative references mean.
//!
//! An address without a scheme names a file in the site's own folder: `feed.json`,
//! `pictures/quay.jpg`. It stays relative all the way to `platform`, which knows where the folder
//! is. Everything else is absolute http(s); other schemes are no addresses here.

use crate::host::Host;
use crate::html::LONGEST_ADDRESS;

/// Stands for the site's folder while the WHATWG rules do their work; `.invalid` never resolves.
const FOLDER: &str = "https://site.invalid/";

/// A document's address as a base for the references in it.
#[derive(Clone)]
pub(crate) struct Place {
    base: String,
    host: Host,
}

impl Place {
    /// A place from a request's or response's address, site-relative or absolute.
    pub(crate) fn of(address: &str, host: Host) -> Self {
        let base = if is_absolute(address) {
            address.to_owned()
        } else {
            (host.resolve)(FOLDER, address).unwrap_or_else(|| FOLDER.to_owned())
        };
        Self { base, host }
    }

    /// Whether it lies in the site's folder.
    pub(crate) fn is_ours(&self) -> bool {
        self.base.starts_with(FOLDER)
    }

    /// A reference as an address: absolute http(s), or site-relative without a leading slash. Only what
    /// stands in a file of the site's folder can name another there, and nothing that would read as
    /// another scheme or host.
    pub(crate) fn address(&self, reference: &str) -> Option<String> {
        if reference.len() > LONGEST_ADDRESS || self.base.len() > LONGEST_ADDRESS {
            return None;
        }
        let url = (self.host.resolve)(&self.base, reference.trim())?;
        let Some(local) = url.strip_prefix(FOLDER) else {
            return (is_absolute(&url) && !is_folder(&url)).then_some(url);
        };
        let first = local.split(['/', '?', '#']).next().unwrap_or_default();
        let means = first.contains(':') || local.starts_with(['/', '\\']);
        (self.is_ours() && !means).then(|| local.to_owned())
    }

    /// What is written as an address of its own, with its scheme.
    pub(crate) fn elsewhere(&self, written: &str) -> Option<String> {
        is_absolute(written)
            .then(|| self.address(written))
            .flatten()
    }

    /// A picture's address; foreign pictures named with http are asked for with https, because a
    /// page on https would show no others.
    pub(crate) fn picture(&self, reference: &str) -> Option<String> {
        let url = self.address(reference).filter(|url| !url.is_empty())?;
        match url.strip_prefix("http://") {
            Some(rest) if origin(&url) != origin(&self.base) && !is_loopback(rest) => {
                let mut secure = String::from("https://");
                secure.push_str(rest);
                Some(secure)
            }
            _ => Some(url),
        }
    }
}

/// Whether the host of a resolved address is the one that stands for the site's folder, with whatever
/// scheme, port or name before it: one of those may be taken away later (pictures are asked for by https).
fn is_folder(url: &str) -> bool {
    let host = origin(url).rsplit(['/', '@']).next().unwrap_or_default();
    let host = host.split(':').next().unwrap_or_default();
    FOLDER
        .trim_end_matches('/')
        .ends_with(&["://", host].concat())
}

/// Whether the address has a scheme we fetch.
pub(crate) fn is_absolute(address: &str) -> bool {
    let head = address.get(..8).unwrap_or(address).to_ascii_lowercase();
    head.starts_with("https://") || head.starts_with("http://")
}

/// Scheme, host and port of an absolute address; empty for a site-relative one.
pub(crate) fn origin(url: &str) -> &str {
    if !is_absolute(url) {
        return "";
    }
    let start = url.find("://").map_or(0, |at| at + 3);
    let end = url[start..]
        .find(['/', '?', '#'])
        .map_or(url.len(), |at| start + at);
    &url[..end]
}

/// The origin of an address whose host is a plain name or number. The URL standard also lets `;`, `,`,
/// `"` and `*` into a host, which mean something where origins are listed (a Content Security Policy,
/// a server's configuration).
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn plain_origin(url: &str) -> Option<&str> {
    let found = origin(url);
    let (_, host) = found.split_once("://")?;
    let plain =
        |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ':' | '[' | ']');
    (!host.is_empty() && host.chars().all(plain)).then_some(found)
}

/// Whether what follows a scheme is the machine that asks.
pub(crate) fn is_loopback(rest: &str) -> bool {
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let name = if host.starts_with('[') {
        host.split(']').next().unwrap_or(host)
    } else {
        host.split(':').next().unwrap_or(host)
    };
    name == "localhost" || name == "[::1" || name.starts_with("127.")
}

/// The path of an address without query and fragment, with its leading slash.
pub(crate) fn path(url: &str) -> &str {
    let start = origin(url).len();
    let rest = &url[start..];
    let rest = &rest[..rest.find(['?', '#']).unwrap_or(rest.len())];
    if rest.is_empty() { "/" } else { rest }
}

/// The last non-empty segment of an address's path, percent-decoded, without `.html` and the like.
/// `None` where it names a program and the query the story (`viewtopic.php?t=1`, `item?id=1`): such
/// a segment is every story's.
pub(crate) fn last_segment(url: &str) -> Option<String> {
    let segment = path(url).rsplit('/').find(|segment| !segment.is_empty())?;
    let (stem, program) = stem(segment);
    let told = tells(query(url), program);
    (!stem.is_empty() && (names(&stem) || !told)).then_some(stem)
}

/// Whether an address's query tells one story from another and nothing of its path does: `/?p=1`,
/// `/blog/?p=1`, `article.php?id=1`.
pub(crate) fn told_by_query(url: &str) -> bool {
    let mut segments = path(url).split('/').map(stem);
    let program = segments.clone().any(|(_, program)| program);
    tells(query(url), program) && !segments.any(|(stem, _)| names(&stem))
}

/// What of an address's query may mean another page: all but what only says who sent the reader.
/// Empty without such.
pub(crate) fn query(url: &str) -> Vec<&str> {
    let query = url.split('#').next().and_then(|url| url.split_once('?'));
    let parameters = query.map_or("", |(_, query)| query).split('&');
    let of_sender = ["fbclid", "gclid", "msclkid", "mc_cid", "mc_eid", "ref"];
    parameters
        .filter(|parameter| {
            let name = parameter.split('=').next().unwrap_or_default();
            !name.is_empty() && !name.starts_with("utm_") && !of_sender.contains(&name)
        })
        .collect()
}

/// A segment of a path, percent-decoded, without its ending; whether that is a program's.
fn stem(segment: &str) -> (String, bool) {
    let mut stem = super::text::percent_decoded(segment);
    let program = [".php", ".aspx", ".asp", ".cgi", ".jsp"];
    let ending = program.iter().chain(&[".html", ".htm"]);
    let found = ending.copied().find(|ending| stem.ends_with(ending));
    stem.truncate(stem.len() - found.map_or(0, str::len));
    (stem, found.is_some_and(|found| program.contains(&found)))
}

/// Whether a segment looks like the name of one story.
fn names(stem: &str) -> bool {
    stem.contains(|c: char| c.is_ascii_digit() || matches!(c, '-' | '_'))
}

/// Whether a query may tell one story from another: any of a program's does, else a number.
fn tells(query: Vec<&str>, program: bool) -> bool {
    query
        .iter()
        .filter_map(|parameter| parameter.split_once('='))
        .filter(|(_, value)| !value.is_empty())
        .any(|(_, value)| program || value.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::{last_segment, plain_origin, told_by_query};

    #[test]
    fn an_origin_that_is_listed_has_a_plain_host() {
        for (url, expected) in [
            ("https://a.example:8443/c", Some("https://a.example:8443")),
            ("http://[::1]:3000/c", Some("http://[::1]:3000")),
            ("https://a.example;require-trusted-types-for/c", None),
            ("https://*/c", None),
            ("https://a\";internal;x/c", None),
            ("https://a.example,default-src/c", None),
            ("https:///c", None),
            ("feed.json", None),
        ] {
            assert_eq!(plain_origin(url), expected, "{url}");
        }
    }

    #[test]
    fn a_segment_names_a_story_unless_the_query_does() {
        for (url, expected) in [
            ("https://a.example/news/the-quay/", Some("the-quay")),
            (
                "https://a.example/2026/quay.html?utm_source=rss",
                Some("quay"),
            ),
            ("https://a.example/quay?ref=rss", Some("quay")),
            ("https://a.example/the-quay?page=2", Some("the-quay")),
            ("https://a.example/quay.php", Some("quay")),
            ("https://a.example/the-quay.php?id=7", Some("the-quay")),
            ("https://a.example/viewtopic.php?f=3&t=1", None),
            ("https://a.example/item?id=41", None),
            ("https://a.example/item?utm_id=41", Some("item")),
            ("https://a.example/news.aspx?story=quay#end", None),
            ("https://a.example/", None),
        ] {
            assert_eq!(last_segment(url).as_deref(), expected, "{url}");
        }
    }

    #[test]
    fn a_query_tells_stories_apart_where_the_path_does_not() {
        for (url, told) in [
            ("https://a.example/?p=1", true),
            ("https://a.example/blog/?page_id=12#top", true),
            ("https://a.example/article.php?id=quay", true),
            ("https://a.example/blog/?utm_id=1", false),
            ("https://a.example/2026/quay/?p=1", false),
            ("https://a.example/the-quay/?page=2", false),
            ("https://a.example/blog/?ref=12", false),
            ("https://a.example/", false),
        ] {
            assert_eq!(told_by_query(url), told, "{url}");
        }
    }
}
