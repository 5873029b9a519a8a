//! The `source` of `site.json`: an address that cannot be one, a key that is another's.

use std::path::Path;

use super::Proof;
use super::files::nearby;
use crate::model::{Secret, SiteConfig, SourceConfig, SourceKind};
use crate::platform::HOST;
use crate::prerender::files::inside;
use crate::source::place::{is_absolute, origin};
use crate::source::shown;

pub(super) fn look(config: &SiteConfig, folder: &Path, proof: &mut Proof) {
    let source = &config.source;
    if let Err(problem) = address(source, folder) {
        // A password or a key in it is not repeated.
        let shown = shown(&source.url);
        proof.error(format!("\"source.url\" is {shown:?}, {problem}"));
    }
    if admin(source) {
        proof.error(
            "\"source.key\" is Ghost's Admin API key, which may change the site; copy the Content API \
             key of the same integration"
                .into(),
        );
    }
}

/// Whether the source can be asked where its address says.
fn address(source: &SourceConfig, folder: &Path) -> Result<(), String> {
    let url = source.url.as_str();
    let bare = url.trim();
    if url.is_empty() {
        return Ok(()); // A preset brings its own.
    }
    if bare != url {
        return Err(format!(
            "with white space around it; write {:?}",
            shown(bare)
        ));
    }
    if is_absolute(url) {
        return absolute(source.kind, url);
    }
    if let Some((scheme, rest)) = url.split_once("://") {
        return Err(match scheme {
            "file" => {
                "but a file is named by its path in the folder of site.json: \"feed.json\"".into()
            }
            _ => format!("which nobody can ask for; write \"https://{rest}\""),
        });
    }
    file(url, folder)
}

fn absolute(kind: SourceKind, url: &str) -> Result<(), String> {
    if (HOST.resolve)(url, "").is_none() {
        return Err("which is no address; write it as \"https://blog.example/feed\"".into());
    }
    let host = origin(url);
    if host.contains('@') {
        return Err(
            "which holds a name or a password, and a build publishes the address; send them in \
             \"headers\": { \"Authorization\": { \"env\": \"NAME\" } } instead"
                .into(),
        );
    }
    let behind = |parts: &[&str]| parts.iter().filter_map(|part| url.find(part)).min();
    let desk = match kind {
        SourceKind::WordPress => behind(&["/wp-admin", "/wp-login.php", "/wp-content/"]),
        SourceKind::Ghost => url
            .find("/ghost")
            .filter(|at| !url[*at..].contains("/api/") && !url[at + 6..].starts_with('-')),
        _ => None,
    };
    match desk {
        Some(at) if at >= host.len() => Err(format!(
            "which is where its editors work; write the address of the site: {:?}",
            &url[..at]
        )),
        _ => Ok(()),
    }
}

/// A path names a file of the folder.
fn file(url: &str, folder: &Path) -> Result<(), String> {
    let plain = url.split(['?', '#']).next().unwrap_or_default();
    let plain = crate::route::percent_decode(plain);
    if plain.split(['/', '\\']).any(|part| part == "..") {
        return Err(
            "which leads out of the folder of site.json; copy the file into it, or give an address"
                .into(),
        );
    }
    match inside(folder, &plain) {
        Some(path) if path.is_file() => return Ok(()),
        Some(_) => return Err("which is a folder; name the file in it".into()),
        None => {}
    }
    let first = plain.split('/').next().unwrap_or_default();
    if is_host(first) || (first.starts_with("localhost") && plain != first) {
        let scheme = if first.starts_with("localhost") || first.starts_with("127.") {
            "http"
        } else {
            "https"
        };
        return Err(format!(
            "which has no scheme and is read as a file of the site's folder, where there is none; write \
             \"{scheme}://{url}\""
        ));
    }
    if plain.contains(['\\', ':'])
        || plain.chars().any(char::is_control)
        || Path::new(&plain).exists() && plain.starts_with('/')
    {
        return Err(
            "but a file is named by its path in the folder of site.json, with / between folders; copy it \
             there and write for example \"feed.json\""
                .into(),
        );
    }
    let hint = nearby(folder, &plain).map_or_else(
        || "put it there, or give an address that begins with https://".into(),
        |near| format!("did you mean {near:?}?"),
    );
    Err(format!(
        "and there is no such file in {}; {hint}",
        folder.display()
    ))
}

/// Whether the first part of an address without a scheme is the name of a host and not of a file.
pub(crate) fn is_host(first: &str) -> bool {
    const KINDS: [&str; 10] = [
        "json", "xml", "rss", "atom", "rdf", "html", "htm", "txt", "php", "feed",
    ];
    let (name, port) = first.split_once(':').unwrap_or((first, ""));
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-');
    let Some((before, last)) = name.rsplit_once('.') else {
        return name == "localhost" && !port.is_empty();
    };
    !before.is_empty()
        && last.len() >= 2
        && name.chars().all(plain)
        && port.bytes().all(|byte| byte.is_ascii_digit())
        && !KINDS.contains(&last.to_ascii_lowercase().as_str())
}

/// A key of Ghost's that has the form of the other one: an id and a secret, both hexadecimal.
fn admin(source: &SourceConfig) -> bool {
    let held;
    let key = match &source.key {
        Some(Secret::Env(name)) => {
            held = std::env::var(name).unwrap_or_default();
            held.as_str()
        }
        Some(key) => key.open().unwrap_or_default(),
        None => "",
    };
    let hex = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    source.kind == SourceKind::Ghost
        && key
            .trim()
            .split_once(':')
            .is_some_and(|(id, secret)| hex(id) && hex(secret))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn proof(source: &str, more: &str) -> Proof {
        let folder = tempfile::tempdir().expect("a folder");
        for name in ["feed.json", "news.example"] {
            std::fs::write(folder.path().join(name), "x").expect("a file");
        }
        std::fs::create_dir(folder.path().join("feeds")).expect("a folder");
        let text = format!("{{ \"source\": {{ {source} }} {more} }}");
        let mut proof = Proof::default();
        look(
            &SiteConfig::parse(&text).expect("a site"),
            folder.path(),
            &mut proof,
        );
        proof
    }

    #[test]
    fn an_address_that_nobody_can_ask_is_an_error_with_the_right_one() {
        for (kind, url, said) in [
            ("wordpress", "example.org", "write \"https://example.org\""),
            (
                "rss",
                "www.example.org/feed",
                "write \"https://www.example.org/feed\"",
            ),
            (
                "rss",
                "localhost:8080/feed",
                "write \"http://localhost:8080/feed\"",
            ),
            (
                "rss",
                "feed://example.org/rss",
                "write \"https://example.org/rss\"",
            ),
            (
                "rss",
                " https://example.org/rss",
                "write \"https://example.org/rss\"",
            ),
            ("rss", "https://", "no address"),
            ("rss", "https://me:w0rd@example.org/rss", "\"headers\""),
            ("jsonfeed", "file:///srv/feed.json", "\"feed.json\""),
            ("jsonfeed", "C:\\feeds\\feed.json", "with / between folders"),
            ("jsonfeed", "/etc/hostname", "copy it"),
            ("jsonfeed", "../feed.json", "copy the file into it"),
            ("jsonfeed", "fed.json", "did you mean \"feed.json\"?"),
            ("jsonfeed", "feeds", "is a folder"),
            ("jsonfeed", "stories.xml", "give an address"),
            (
                "wordpress",
                "https://a.example/wp-admin/",
                "\"https://a.example\"",
            ),
            (
                "wordpress",
                "https://a.example/b/wp-login.php?x",
                "\"https://a.example/b\"",
            ),
            (
                "ghost",
                "https://a.example/ghost/#/posts",
                "\"https://a.example\"",
            ),
        ] {
            let source = format!("\"kind\": {kind:?}, \"url\": {url:?}");
            let proof = proof(&source, "");
            let errors = proof.errors.join("\n");
            assert!(!errors.contains("w0rd"), "{errors}");
            assert!(
                errors.contains("\"source.url\"") && errors.contains(said),
                "{url}: {errors}"
            );
        }
        for (kind, url) in [
            ("jsonfeed", "feed.json"),
            ("jsonfeed", "/feed.json?x#y"),
            ("jsonfeed", "news.example"),
            ("wordpress", "https://a.example/wp-json/"),
            ("ghost", "https://ghost.example/ghost-stories"),
            ("ghost", "https://a.example/ghost/api/content"),
        ] {
            let source = format!("\"kind\": {kind:?}, \"url\": {url:?}");
            assert_eq!(proof(&source, ""), Proof::default(), "{url}");
        }
    }

    #[test]
    fn the_key_of_the_other_api_is_an_error_that_does_not_repeat_it() {
        let key = format!("{}:{}", "64f0a1b2c3d4e5f6a7b8c9d0", "ab".repeat(32));
        let source =
            format!("\"kind\": \"ghost\", \"url\": \"https://a.example\", \"key\": {key:?}");
        let errors = proof(&source, "").errors.join("\n");
        assert!(
            errors.contains("Content API key") && !errors.contains("64f0"),
            "{errors}"
        );
    }
}
