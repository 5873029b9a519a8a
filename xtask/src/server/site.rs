//! What a request gets: the host's rules over one folder, without any sockets.
//!
//! The order is the one hosts follow: forced redirects, then files, then other redirects, then
//! `404.html`; `_headers` is laid over whatever comes out. Files are read as they are on disk at
//! that moment, because `serve` rewrites them while it runs.

use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use super::address::{decoded, encoded, hidden, with_query};
use super::compress::{Cache, Effort, Encoding};
use super::http::{Body, Request, Response};
use super::live::{self, Live};
use super::mime;
use super::rules::{self, HeaderRule, Redirect};

/// A folder, served.
pub struct Site {
    dir: PathBuf,
    /// `/` or `/news/`.
    base: String,
    effort: Effort,
    live: Option<Arc<Live>>,
    cache: Cache,
}

/// A file to answer with.
struct Found {
    path: PathBuf,
    status: u16,
}

impl Site {
    pub fn new(dir: PathBuf, base: String, effort: Effort, live: Option<Arc<Live>>) -> Site {
        Site {
            dir,
            base,
            effort,
            live,
            cache: Cache::default(),
        }
    }

    pub fn base(&self) -> &str {
        &self.base
    }

    /// The answer to a request.
    pub fn answer(&self, request: &Request) -> Response {
        if request.method != "GET" && request.method != "HEAD" {
            return Response::text(405, "A static host answers GET and HEAD.\n")
                .with("Allow", "GET, HEAD");
        }
        let (path, query) = match request.target.split_once('?') {
            Some((path, query)) => (path, Some(query)),
            None => (request.target.as_str(), None),
        };
        if let Some(live) = &self.live
            && let Some(name) = path.strip_prefix(live::PREFIX)
        {
            return live_answer(live, name);
        }
        let Some(path) = decoded(path) else {
            return Response::text(400, "This address cannot be read.\n");
        };
        let mut response = self.route(&path, query, request);
        let below = self.below_base(&path);
        rules::apply(
            &self.header_rules(),
            &[&path, below.unwrap_or(&path)],
            &mut response.headers,
        );
        response
    }

    fn route(&self, path: &str, query: Option<&str>, request: &Request) -> Response {
        let Some(below) = self.below_base(path) else {
            return self.outside(path);
        };
        let redirects = self.redirects();
        let rule = |forced: bool| {
            redirects
                .iter()
                .filter(|rule| rule.force == forced)
                .find_map(|rule| {
                    // Like headers, rules may be written with the base path or without it.
                    let target = rule.target(path).or_else(|| rule.target(below))?;
                    Some((rule.status, target))
                })
        };
        if let Some((status, target)) = rule(true) {
            return self.redirect(status, &target, query, request);
        }
        match self.find(below) {
            Lookup::File(file) => {
                return self.file(
                    Found {
                        path: file,
                        status: 200,
                    },
                    request,
                );
            }
            Lookup::Folder => {
                let location = with_query(&format!("{}/", encoded(path)), query);
                return Response::new(301).with("Location", location);
            }
            Lookup::Nothing => {}
        }
        match rule(false) {
            Some((status, target)) => self.redirect(status, &target, query, request),
            None => self.missing(404, request),
        }
    }

    /// The path below the base, with its leading slash.
    fn below_base<'a>(&self, path: &'a str) -> Option<&'a str> {
        path.starts_with(&self.base)
            .then(|| &path[self.base.len() - 1..])
    }

    fn outside(&self, path: &str) -> Response {
        if format!("{path}/") == self.base {
            return Response::new(301).with("Location", self.base.clone());
        }
        let words = format!("Nothing is here: this site lives under {}\n", self.base);
        Response::text(404, &words)
    }

    /// A rewrite (200, 404, 410) answers with another file, everything else with its address.
    fn redirect(
        &self,
        status: u16,
        target: &str,
        query: Option<&str>,
        request: &Request,
    ) -> Response {
        if matches!(status, 301 | 302 | 303 | 307 | 308) {
            let location = if target.contains('?') {
                target.into()
            } else {
                with_query(target, query)
            };
            return Response::new(status).with("Location", location);
        }
        let target = target.split(['?', '#']).next().unwrap_or_default();
        match self.find(self.below_base(target).unwrap_or(target)) {
            Lookup::File(path) => self.file(Found { path, status }, request),
            Lookup::Folder | Lookup::Nothing => self.missing(404, request),
        }
    }

    fn missing(&self, status: u16, request: &Request) -> Response {
        let page = self.dir.join("404.html");
        if page.is_file() {
            return self.file(Found { path: page, status }, request);
        }
        Response::text(
            status,
            "There is nothing at this address, and the site has no 404.html.\n",
        )
    }

    fn find(&self, below: &str) -> Lookup {
        let mut file = self.dir.clone();
        for segment in below.split('/').filter(|segment| !segment.is_empty()) {
            // `..`, a drive, a NUL or a file the host keeps to itself: none of them is served.
            let plain = matches!(
                Path::new(segment).components().collect::<Vec<_>>().as_slice(),
                [Component::Normal(name)] if name.to_str() == Some(segment)
            );
            if !plain || segment.contains(['\\', '\0']) || hidden(segment) {
                return Lookup::Nothing;
            }
            file.push(segment);
        }
        if below.ends_with('/') {
            let index = file.join("index.html");
            return if index.is_file() {
                Lookup::File(index)
            } else {
                Lookup::Nothing
            };
        }
        if file.is_file() {
            return Lookup::File(file);
        }
        if file.join("index.html").is_file() {
            return Lookup::Folder;
        }
        // `/about` for `about.html`, as all of them do.
        let page = file.with_extension("html");
        if file.extension().is_none() && page.is_file() {
            Lookup::File(page)
        } else {
            Lookup::Nothing
        }
    }

    fn file(&self, found: Found, request: &Request) -> Response {
        let media_type = mime::of(&found.path);
        let html = media_type.starts_with("text/html");
        let inject = html && self.live.is_some();
        let contents = self.cache.read(
            &found.path,
            |bytes| if inject { with_tag(bytes) } else { bytes },
        );
        let contents = match contents {
            Ok(contents) => contents,
            Err(error) => {
                let words = format!("{} cannot be read: {error}\n", found.path.display());
                return Response::text(500, &words);
            }
        };
        let compressible = mime::compressible(media_type) && contents.plain().len() > 256;
        let encoding = if compressible {
            Encoding::agreed(request.header("accept-encoding").unwrap_or_default())
        } else {
            Encoding::Plain
        };
        let tag = contents.tag(encoding);
        let known = |tags: &str| {
            let mut tags = tags
                .split(',')
                .map(|tag| tag.trim().trim_start_matches("W/"));
            tags.any(|known| known == tag || known == "*")
        };
        let fresh = found.status == 200 && request.header("if-none-match").is_some_and(known);
        let mut response = Response::new(if fresh { 304 } else { found.status })
            .with("ETag", tag.as_str())
            .with("Cache-Control", "public, max-age=0, must-revalidate");
        if compressible {
            response = response.with("Vary", "Accept-Encoding");
        }
        if fresh {
            return response;
        }
        if let Some(name) = encoding.name() {
            response = response.with("Content-Encoding", name);
        }
        response
            .with("Content-Type", media_type)
            .body(contents.encoded(encoding, self.effort))
    }

    fn header_rules(&self) -> Vec<HeaderRule> {
        // This server speaks http; WebKit would ask for everything by https, also on loopback.
        let told = self.text("_headers");
        rules::parse_headers(&told.replace("; upgrade-insecure-requests", ""))
    }

    fn redirects(&self) -> Vec<Redirect> {
        rules::parse_redirects(&self.text("_redirects"))
    }

    fn text(&self, name: &str) -> String {
        let contents = self.cache.read(&self.dir.join(name), |bytes| bytes);
        contents.map_or_else(
            |_| String::new(),
            |c| String::from_utf8_lossy(c.plain()).into_owned(),
        )
    }
}

enum Lookup {
    File(PathBuf),
    /// There is a folder of this name with an index, but the address lacks its slash.
    Folder,
    Nothing,
}

fn live_answer(live: &Live, name: &str) -> Response {
    match name {
        "reload.js" => Response::new(200)
            .with("Content-Type", mime::of(Path::new(name)))
            .with("Cache-Control", "no-store")
            .body(live::SCRIPT.as_bytes().into()),
        "events" => {
            let mut response = Response::new(200)
                .with("Content-Type", "text/event-stream")
                .with("Cache-Control", "no-store");
            response.body = Body::Events(live.listen());
            response
        }
        _ => Response::text(404, "No such thing.\n"),
    }
}

/// Puts the reload script at the end of the head, outside of anything the app looks at.
fn with_tag(mut bytes: Vec<u8>) -> Vec<u8> {
    let head_ends = bytes
        .windows(7)
        .position(|window| window.eq_ignore_ascii_case(b"</head>"));
    if let Some(at) = head_ends {
        bytes.splice(at..at, live::TAG.bytes());
    }
    bytes
}

#[cfg(test)]
#[path = "site_tests.rs"]
mod tests;
