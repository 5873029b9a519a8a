//! The addresses of `site.json`: the site's own, and whom comments are sent to.

use super::Proof;
use crate::model::{SiteConfig, SourceKind};
use crate::platform::HOST;
use crate::source::place::{is_absolute, is_loopback, origin, path, plain_origin};
use crate::source::shown;

pub(super) fn look(config: &SiteConfig, base: Option<&str>, proof: &mut Proof) {
    match config.url.as_str() {
        "" => {}
        url => match public(url) {
            Ok(()) => told(url, base, proof),
            Err(problem) => proof.error(format!("\"url\" is {:?}, {problem}", shown(url))),
        },
    }
    comments(config, proof);
    if let Some(accent) = &config.accent
        && crate::prerender::accent::parse(accent).is_none()
    {
        proof.note(format!(
            "\"accent\" is {accent:?}, which is not read; write a colour as \"#0B4A6F\""
        ));
    }
}

/// Whether everything that is made of the site's address will be one.
fn public(url: &str) -> Result<(), String> {
    let bare = url.trim();
    if bare != url {
        return Err(format!("with white space around it; write {bare:?}"));
    }
    if !is_absolute(url) {
        return Err(match url.split_once("://") {
            Some((_, rest)) => {
                format!("which browsers do not open; write \"https://{rest}\"")
            }
            None => {
                let host = url.trim_start_matches('/');
                format!("which has no scheme; write \"https://{host}\"")
            }
        });
    }
    let front = &url[..url.find(['?', '#']).unwrap_or(url.len())];
    if front != url {
        let rest = &url[front.len()..];
        return Err(format!(
            "and addresses of pages are put behind it, so it can hold no {rest:?}; write {front:?}"
        ));
    }
    if origin(url).contains('@') {
        let front = shown(url);
        return Err(format!(
            "behind a name or a password, which every page would repeat; write {front:?}"
        ));
    }
    if (HOST.resolve)(url, "").is_none() {
        return Err("which is no address of a site; write it as \"https://news.example/\"".into());
    }
    let last = path(url).rsplit('/').next().unwrap_or_default();
    if [".html", ".htm", ".php"]
        .iter()
        .any(|it| last.ends_with(it))
    {
        let folder = &url[..url.len() - last.len()];
        return Err(format!(
            "which names a page and not the site; write {folder:?}"
        ));
    }
    Ok(())
}

fn told(url: &str, base: Option<&str>, proof: &mut Proof) {
    let own = format!("/{}/", path(url).trim_matches('/')).replace("//", "/");
    match base {
        Some(base) if base != own => proof.note(format!(
            "\"url\" is {url:?}, whose path is {own}, and the site is built for {base}: links begin with \
             {base}, and what others are told (canonical addresses, feeds, sitemap) with {url:?}. Unless \
             this is a preview, build with --base {own} or change \"url\""
        )),
        None if own != "/" => proof.note(format!(
            "\"url\" has the path {own}: build the site with --base {own}"
        )),
        _ => {}
    }
    if is_here(url) {
        proof.note(format!(
            "\"url\" is {url:?}, which is each reader's own machine; write the public address before \
             the site is published"
        ));
    } else if url
        .get(..5)
        .is_some_and(|it| it.eq_ignore_ascii_case("http:"))
    {
        let rest = &url[7..];
        proof.note(format!(
            "\"url\" is {url:?}: readers and search engines are told an address that is not encrypted; \
             write \"https://{rest}\" if the host answers there"
        ));
    }
}

fn comments(config: &SiteConfig, proof: &mut Proof) {
    let comments = &config.comments;
    if let Some(endpoint) = &comments.endpoint {
        if let Err(problem) = receiver(endpoint, &config.url) {
            let shown = shown(endpoint);
            proof.error(format!("\"comments.endpoint\" is {shown:?}, {problem}"));
        }
        if !comments.post {
            proof.note(
                "\"comments.endpoint\" is set, but nothing is sent to it; write \"post\": true beside it"
                    .into(),
            );
        }
    } else if comments.post && config.source.kind != SourceKind::WordPress {
        proof.note(format!(
            "\"comments.post\" is true, but a source of kind \"{}\" takes none, so readers can only copy \
             what they wrote; name a \"comments.endpoint\" (docs/comments.md)",
            config.source.kind.name()
        ));
    }
    if let Some(email) = &comments.email {
        let named = email.split_once('@');
        let whole = named.is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
        if !whole || email.contains(char::is_whitespace) || email.contains(':') {
            proof.note(format!(
                "\"comments.email\" is {email:?}, which is no mail address; write it as \
                 \"letters@news.example\""
            ));
        }
    }
}

/// Whether an address means the machine that asks.
pub(super) fn is_here(url: &str) -> bool {
    url.split_once("://")
        .is_some_and(|(_, rest)| is_loopback(rest))
}

/// Whether a page of the site may send to an address.
fn receiver(endpoint: &str, site: &str) -> Result<(), String> {
    if endpoint.starts_with('/') && !endpoint.starts_with("//") {
        return Ok(());
    }
    if !is_absolute(endpoint) {
        let host = endpoint.trim_start_matches('/');
        let host = host.split_once("://").map_or(host, |(_, host)| host);
        return Err(format!(
            "which has no scheme that comments can be sent by; write \"https://{host}\", or a path of \
             the site that begins with /"
        ));
    }
    if plain_origin(endpoint).is_none() {
        return Err(
            "whose host is no plain name; write it as \"https://comments.example/\"".into(),
        );
    }
    let open = endpoint
        .get(..5)
        .is_some_and(|it| it.eq_ignore_ascii_case("http:"));
    let secure = site
        .get(..6)
        .is_some_and(|it| it.eq_ignore_ascii_case("https:"));
    if open && secure && !is_here(endpoint) {
        let rest = &endpoint[7..];
        return Err(format!(
            "which browsers do not let a page on https send to; write \"https://{rest}\""
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn proof(more: &str, base: Option<&str>) -> Proof {
        let text = format!("{{ {more}, \"source\": {{ \"url\": \"feed.json\" }} }}");
        let config = SiteConfig::parse(&text).expect("a site");
        let mut proof = Proof::default();
        look(&config, base, &mut proof);
        proof
    }

    fn error(more: &str) -> String {
        proof(more, None).errors.join("\n")
    }

    fn note(more: &str, base: Option<&str>) -> String {
        let proof = proof(more, base);
        assert_eq!(proof.errors, [""; 0], "{more}");
        proof.notes.join("\n")
    }

    #[test]
    fn an_address_that_pages_cannot_stand_behind_is_an_error_with_the_right_one() {
        for (url, remedy) in [
            ("example.org", "\"https://example.org\""),
            ("//example.org/", "\"https://example.org/\""),
            ("ftp://example.org", "\"https://example.org\""),
            ("https://example.org/?p=1", "\"https://example.org/\""),
            (
                "https://example.org/news/#top",
                "\"https://example.org/news/\"",
            ),
            ("https://example.org/index.html", "\"https://example.org/\""),
            (" https://example.org", "\"https://example.org\""),
            ("https://", "\"https://news.example/\""),
            ("https://me:w0rd@example.org/", "\"https://example.org/\""),
        ] {
            let error = error(&format!("\"url\": {url:?}"));
            assert!(!error.contains("w0rd"), "{error}");
            assert!(
                error.contains("\"url\"") && error.contains(remedy),
                "{url}: {error}"
            );
        }
        assert_eq!(note("\"url\": \"https://example.org\"", Some("/")), "");
        assert_eq!(
            note("\"url\": \"https://example.org/a/b\"", Some("/a/b/")),
            ""
        );
    }

    #[test]
    fn a_path_and_a_base_that_contradict_each_other_are_told() {
        let under = "\"url\": \"https://example.org/news/\"";
        assert!(note(under, Some("/")).contains("--base /news/"));
        assert!(note(under, Some("/paper/")).contains("--base /news/"));
        assert!(note("\"url\": \"https://example.org\"", Some("/paper/")).contains("--base /"));
        assert!(
            note(under, None).contains("--base /news/"),
            "check knows no base"
        );
    }

    #[test]
    fn an_address_that_is_not_the_public_one_is_told() {
        assert!(note("\"url\": \"http://localhost:8080/\"", None).contains("own machine"));
        assert!(
            note("\"url\": \"http://example.org/\"", None).contains("\"https://example.org/\"")
        );
    }

    #[test]
    fn comments_go_where_a_page_may_send_them() {
        let sent = |endpoint: &str| {
            format!(
                "\"url\": \"https://a.example\", \
                 \"comments\": {{ \"post\": true, \"endpoint\": {endpoint:?} }}"
            )
        };
        for (endpoint, remedy) in [
            ("http://c.example/in", "\"https://c.example/in\""),
            ("c.example/in", "\"https://c.example/in\""),
            ("//c.example/in", "\"https://c.example/in\""),
            ("https://c.example;x/in", "plain name"),
        ] {
            let error = error(&sent(endpoint));
            assert!(error.contains(remedy), "{endpoint}: {error}");
        }
        for fine in ["https://c.example/in", "/comments", "http://127.0.0.1:9/in"] {
            assert_eq!(note(&sent(fine), Some("/")), "", "{fine}");
        }
        let unused = "\"comments\": { \"endpoint\": \"/in\" }";
        assert!(note(unused, None).contains("\"post\": true"));
        let nobody = "\"comments\": { \"post\": true }";
        assert!(note(nobody, None).contains("comments.endpoint"));
        assert!(note("\"comments\": { \"email\": \"us\" }", None).contains("comments.email"));
    }

    #[test]
    fn a_colour_that_is_not_read_is_told() {
        assert!(note("\"accent\": \"blue\"", None).contains("#0B4A6F"));
        assert_eq!(note("\"accent\": \"#abc\"", None), "");
    }
}
