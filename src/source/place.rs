//! Where a document came from, and so what its relative references mean.
//!
//! An address without a scheme names a file in the site's own folder: `feed.json`,
//! `pictures/quay.jpg`. It stays relative all the way to `platform`, which knows where the folder
//! is. Everything else is absolute http(s); other schemes are no addresses here.

use crate::host::Host;

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

    /// A reference as an address: absolute http(s), or site-relative without a leading slash.
    pub(crate) fn address(&self, reference: &str) -> Option<String> {
        let url = (self.host.resolve)(&self.base, reference.trim())?;
        if let Some(local) = url.strip_prefix(FOLDER) {
            return Some(local.to_owned());
        }
        is_absolute(&url).then_some(url)
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

fn is_loopback(rest: &str) -> bool {
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
pub(crate) fn last_segment(url: &str) -> Option<String> {
    let segment = path(url).rsplit('/').find(|segment| !segment.is_empty())?;
    let segment = super::text::percent_decoded(segment);
    let stem = [".html", ".htm", ".php", ".aspx"]
        .iter()
        .find_map(|suffix| segment.strip_suffix(suffix))
        .unwrap_or(&segment);
    (!stem.is_empty()).then(|| stem.to_owned())
}
