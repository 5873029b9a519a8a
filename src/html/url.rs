//! Addresses out of untrusted markup: cleaned, resolved, allowed or refused.
//!
//! [`SafeUrl`] is the proof that this file has seen an address; nothing else can make one.

use crate::host::Host;

/// An address that may stand in a page: `https:`, `http:`, `mailto:` or `tel:`, or a path of this
/// site that the caller's own link map gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SafeUrl(String);

impl SafeUrl {
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// A path the site itself decided (the link map of the context).
    pub(super) fn internal(path: String) -> Option<Self> {
        (path.starts_with('/') && !path.starts_with("//")).then_some(Self(path))
    }

    /// The host, without `www.`.
    pub fn host(&self) -> &str {
        host_of(&self.0)
    }
}

/// Longer addresses are data in disguise.
pub(crate) const LONGEST: usize = 4096;

/// Stands in for a base nobody knows, so that a relative address can be told from a broken one.
const NOWHERE: &str = "https://nowhere.invalid/";

/// The host part of an absolute address, without `www.` and port.
pub(super) fn host_of(url: &str) -> &str {
    let rest = url.split_once("://").map_or("", |(_, rest)| rest);
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let host = rest[..end].rsplit('@').next().unwrap_or_default();
    let host = host.split(':').next().unwrap_or_default();
    host.strip_prefix("www.").unwrap_or(host)
}

/// Resolves what a link says. `None` is refused: the text stays, the link goes.
pub(super) fn link(host: &Host, base: Option<&str>, reference: &str) -> Option<SafeUrl> {
    resolve(
        host,
        base,
        reference,
        &["https:", "http:", "mailto:", "tel:"],
    )
}

/// Resolves the address of a picture or film: only `https:` (`http:` is lifted, since a page of
/// `https:` would not load it).
pub(super) fn picture(host: &Host, base: Option<&str>, reference: &str) -> Option<SafeUrl> {
    let url = resolve(host, base, reference, &["https:", "http:"])?;
    match url.0.strip_prefix("http://") {
        Some(rest) if !rest.contains(':') || rest.find(':') > rest.find('/') => {
            Some(SafeUrl(format!("https://{rest}")))
        }
        // An explicit port means a server that may not speak https at all: a development machine.
        _ => Some(url),
    }
}

fn resolve(host: &Host, base: Option<&str>, reference: &str, schemes: &[&str]) -> Option<SafeUrl> {
    // What browsers strip themselves, and what they would encode anyway.
    let reference = reference.trim_matches(|c: char| c.is_whitespace() || c.is_control());
    let cleaned: String;
    let reference = if reference.contains(|c: char| c.is_control()) {
        cleaned = reference.chars().filter(|c| !c.is_control()).collect();
        cleaned.as_str()
    } else {
        reference
    };
    if reference.is_empty() || reference.len() > LONGEST {
        return None;
    }
    let base = base.filter(|base| base.len() <= LONGEST);
    let url = (host.resolve)(base.unwrap_or(NOWHERE), reference)?;
    if url.starts_with(NOWHERE) || url.len() > LONGEST {
        return None;
    }
    schemes
        .iter()
        .any(|scheme| url.starts_with(scheme))
        .then_some(SafeUrl(url))
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::platform::HOST;

    fn links(reference: &str) -> Option<String> {
        link(&HOST, Some("https://news.example/2026/a"), reference).map(|url| url.0)
    }

    #[test]
    fn only_addresses_that_lead_somewhere_safe_survive() {
        for refused in [
            "javascript:alert(1)",
            " JaVaScRiPt:alert(1)",
            "java\nscript:alert(1)",
            "\u{1}javascript:alert(1)",
            "data:text/html,<script>",
            "vbscript:x",
            "file:///etc/passwd",
            "blob:https://news.example/1",
            "https://",
            "",
        ] {
            assert_eq!(links(refused), None, "{refused:?}");
        }
        assert_eq!(
            links("../b?x=1#y").as_deref(),
            Some("https://news.example/b?x=1#y")
        );
        assert_eq!(
            links("//cdn.example/x").as_deref(),
            Some("https://cdn.example/x")
        );
        assert_eq!(
            links("mailto:desk@news.example").as_deref(),
            Some("mailto:desk@news.example")
        );
        assert_eq!(
            links("java\tscript.html").as_deref(),
            Some("https://news.example/2026/javascript.html")
        );
    }

    #[test]
    fn without_a_base_a_relative_address_is_no_link() {
        assert!(link(&HOST, None, "/about").is_none());
        assert!(link(&HOST, None, "https://a.example/").is_some());
    }

    #[test]
    fn pictures_are_lifted_to_https() {
        let lifted = |url| picture(&HOST, None, url).map(|url| url.0);
        assert_eq!(
            lifted("http://a.example/x:y.jpg").as_deref(),
            Some("https://a.example/x:y.jpg")
        );
        assert_eq!(
            lifted("http://127.0.0.1:9/x.jpg").as_deref(),
            Some("http://127.0.0.1:9/x.jpg")
        );
        assert_eq!(lifted("data:image/gif;base64,R0"), None);
        assert_eq!(lifted("mailto:a@b.example"), None);
    }

    #[test]
    fn hosts_are_read_without_their_trimmings() {
        assert_eq!(host_of("https://user@www.a.example:80/x@y"), "a.example");
        assert_eq!(host_of("mailto:x"), "");
    }
}
