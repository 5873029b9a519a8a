//! Addresses: path to [`Route`] and back, and the address of each story.
//!
//! Pure; `platform::web` feeds it the browser's paths, the prerenderer and the views ask it for
//! links. Trailing slashes are canonical, everything lives under the site's base path.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::model::{Article, Instant, Site, Slug};
pub use crate::model::{RESERVED, percent_decode};
use crate::source::place::{last_segment, told_by_query};

/// What a path asks for. Pages count from 1.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Route {
    Front {
        page: u32,
    },
    /// A section by its full path.
    Category {
        path: String,
        page: u32,
    },
    Tag {
        slug: String,
        page: u32,
    },
    Author {
        slug: String,
        page: u32,
    },
    /// A story by its path under the base, without slashes at the ends.
    Article {
        path: String,
    },
    Related {
        path: String,
    },
    Search,
    Saved,
    Drafts,
    /// `""`, `2026` or `2026/11`.
    Archive {
        period: String,
    },
    Embed,
    /// One of the publisher's own pages.
    Plain {
        slug: String,
    },
    NotFound,
}

/// Files that folders of a build hold beside stories, and those of its root: no story's path runs
/// through one.
const FOLDER_FILES: [&str; 4] = ["index.html", "feed.json", "rss.xml", "atom.xml"];
const ROOT_FILES: [&str; 13] = [
    "site.json",
    "404.html",
    "shell.html",
    "offline.html",
    "robots.txt",
    "sitemap.xml",
    "sitemap-news.xml",
    "sw.js",
    "manifest.webmanifest",
    "nginx.conf",
    "_headers",
    "_redirects",
    "withdrawn.json",
];

/// Whether a path would stand where a list or a file of a build does.
pub fn is_taken(path: &str) -> bool {
    let first = path.split('/').next().unwrap_or_default();
    let part = first
        .strip_prefix("sitemap-")
        .and_then(|rest| rest.strip_suffix(".xml"));
    // Large sites have `sitemap-2.xml` and more.
    let numbered = part.is_some_and(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
    RESERVED.contains(&first)
        || ROOT_FILES.contains(&first)
        || numbered
        || path.split('/').any(|part| FOLDER_FILES.contains(&part))
}

/// Bytes of a story's path that every file system takes.
const LONGEST_PATH: usize = 900;

impl Route {
    /// Reads a URL path (percent-encoded, with or without base and trailing slash).
    ///
    /// A path that fits the permalink is an article, whether or not the story exists; with
    /// `permalink: source` that is every path that nothing else claims.
    pub fn parse(site: &Site, path: &str) -> Self {
        let Some(rest) = strip_base(&site.base, path) else {
            return Self::NotFound;
        };
        let decoded = percent_decode(rest);
        let mut rest = decoded.trim_matches('/');
        while let Some(folder) = rest.strip_suffix("index.html")
            && (folder.is_empty() || folder.ends_with('/'))
        {
            rest = folder.trim_end_matches('/');
        }
        if rest.split('/').any(|part| matches!(part, "." | "..")) {
            return Self::NotFound;
        }
        let (rest, page) = split_page(rest);
        let (first, tail) = rest.split_once('/').unwrap_or((rest, ""));
        let tail_owned = || tail.to_owned();
        match (first, tail.is_empty(), page) {
            ("", _, _) => {
                return Self::Front {
                    page: page.unwrap_or(1),
                };
            }
            ("category", false, _) => {
                return Self::Category {
                    path: tail_owned(),
                    page: page.unwrap_or(1),
                };
            }
            ("tag", false, _) => {
                return Self::Tag {
                    slug: tail_owned(),
                    page: page.unwrap_or(1),
                };
            }
            ("author", false, _) => {
                return Self::Author {
                    slug: tail_owned(),
                    page: page.unwrap_or(1),
                };
            }
            (_, _, Some(_)) => return Self::NotFound,
            ("search", true, _) => return Self::Search,
            ("saved", true, _) => return Self::Saved,
            ("drafts", true, _) => return Self::Drafts,
            ("embed", true, _) => return Self::Embed,
            ("archive", _, _) => {
                return Self::Archive {
                    period: tail_owned(),
                };
            }
            _ => {}
        }
        if RESERVED.contains(&first) {
            return Self::NotFound;
        }
        let (story, related) = match rest.strip_suffix("/related") {
            Some(story) => (story, true),
            None => (rest, false),
        };
        if read_permalink(&site.permalink, story).is_some() {
            let path = story.to_owned();
            return if related {
                Self::Related { path }
            } else {
                Self::Article { path }
            };
        }
        if tail.is_empty() {
            Self::Plain {
                slug: rest.to_owned(),
            }
        } else {
            Self::NotFound
        }
    }

    /// The path of this route under the site's base, percent-encoded, with its trailing slash.
    pub fn href(&self, site: &Site) -> String {
        let tail = match self {
            Self::Front { page } => return with_page(&site.base, "", *page),
            Self::Category { path, page } => {
                return with_page(&site.base, &format!("category/{path}/"), *page);
            }
            Self::Tag { slug, page } => {
                return with_page(&site.base, &format!("tag/{slug}/"), *page);
            }
            Self::Author { slug, page } => {
                return with_page(&site.base, &format!("author/{slug}/"), *page);
            }
            Self::Article { path } => format!("{path}/"),
            Self::Related { path } => format!("{path}/related/"),
            Self::Search => "search/".into(),
            Self::Saved => "saved/".into(),
            Self::Drafts => "drafts/".into(),
            Self::Archive { period } if period.is_empty() => "archive/".into(),
            Self::Archive { period } => format!("archive/{period}/"),
            Self::Embed => "embed/".into(),
            Self::Plain { slug } => format!("{slug}/"),
            Self::NotFound => "404.html".into(),
        };
        percent_encode(&format!("{}{tail}", site.base))
    }

    /// Another page of the same list; a route that has no pages stays what it is.
    pub fn on_page(&self, page: u32) -> Self {
        let mut route = self.clone();
        match &mut route {
            Self::Front { page: own }
            | Self::Category { page: own, .. }
            | Self::Tag { page: own, .. }
            | Self::Author { page: own, .. } => *own = page,
            _ => {}
        }
        route
    }

    /// The value of `#app[data-route]`: names the kind of page, for styles and checks.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Front { .. } => "front",
            Self::Category { .. } => "category",
            Self::Tag { .. } => "tag",
            Self::Author { .. } => "author",
            Self::Article { .. } => "article",
            Self::Related { .. } => "related",
            Self::Search => "search",
            Self::Saved => "saved",
            Self::Drafts => "drafts",
            Self::Archive { .. } => "archive",
            Self::Embed => "embed",
            Self::Plain { .. } => "plain",
            Self::NotFound => "notfound",
        }
    }
}

/// The path of a story under the base, decoded and without slashes at the ends, by the site's
/// permalink. `None` when the pattern needs what the story lacks.
pub fn story_path(permalink: &str, article: &Article) -> Option<String> {
    if permalink == "source" {
        let url = article.url.as_deref().filter(|url| !told_by_query(url))?;
        let path = match url.find("://") {
            Some(at) => url[at + 3..].split_once('/').map_or("", |(_, path)| path),
            None => url.trim_start_matches('/'),
        };
        let path = path.split(['?', '#']).next().unwrap_or_default();
        let mut parts = Vec::new();
        for part in path.split('/').filter(|part| !part.is_empty()) {
            parts.push(Slug::from_segment(&percent_decode(part))?.to_string());
        }
        parts.first()?;
        return own_path(&parts.join("/"));
    }
    let mut path = String::new();
    let mut rest = permalink.trim_matches('/');
    while let Some(open) = rest.find('{') {
        let close = rest[open..].find('}')? + open;
        path.push_str(&rest[..open]);
        let date = || article.published.map(Instant::civil);
        match &rest[open + 1..close] {
            "slug" => path.push_str(story_slug(article)?.as_str()),
            "id" => path.push_str(Slug::from_segment(&article.id)?.as_str()),
            "section" => path.push_str(article.section.as_ref().map_or("news", |s| &s.path)),
            "yyyy" => path.push_str(&format!("{:04}", date()?.year)),
            "mm" => path.push_str(&format!("{:02}", date()?.month)),
            "dd" => path.push_str(&format!("{:02}", date()?.day)),
            _ => return None,
        }
        rest = &rest[close + 1..];
    }
    path.push_str(rest);
    own_path(&path)
}

/// A path that would mean something else gets another: one that begins as a list or a file of the
/// root does, one that runs through a folder's file, one that ends as related stories or the page of a
/// list do.
fn own_path(path: &str) -> Option<String> {
    let mut parts: Vec<Cow<'_, str>> = path.split('/').map(Cow::Borrowed).collect();
    for part in &mut parts {
        if FOLDER_FILES.contains(&&**part) {
            part.to_mut().push_str("-story");
        }
    }
    if is_taken(&parts.join("/")) {
        parts.insert(0, "story".into());
    }
    let mut path = parts.join("/");
    if split_page(&path).1.is_some() || path.rsplit('/').next() == Some("related") {
        path.push_str("-story");
    }
    (path.len() <= LONGEST_PATH).then_some(path)
}

/// A story's own segment: its slug, else the last segment of its address, its headline, its id.
pub fn story_slug(article: &Article) -> Option<Slug> {
    let from_url = || Slug::from_segment(&last_segment(article.url.as_deref()?)?);
    article
        .slug
        .as_deref()
        .and_then(Slug::from_segment)
        .or_else(from_url)
        .or_else(|| Slug::from_text(&article.headline))
        .or_else(|| Slug::from_segment(&article.id))
}

/// What a path says of a story: the values of the permalink's placeholders. `None` when the path
/// does not fit. Only the last placeholder may span slashes.
pub fn read_permalink(permalink: &str, path: &str) -> Option<Vec<(String, String)>> {
    if path.is_empty() {
        return None;
    }
    if permalink == "source" {
        let slug = path.rsplit('/').next()?.to_owned();
        return Some(vec![("path".into(), path.into()), ("slug".into(), slug)]);
    }
    let mut values = Vec::new();
    let mut pattern = permalink.trim_matches('/');
    let mut rest = path;
    while let Some(open) = pattern.find('{') {
        rest = rest.strip_prefix(&pattern[..open])?;
        let close = pattern[open..].find('}')? + open;
        let name = &pattern[open + 1..close];
        pattern = &pattern[close + 1..];
        let last = !pattern.contains('{');
        let end = if last {
            rest.len().checked_sub(pattern.len())?
        } else {
            let stop = pattern.split('{').next().unwrap_or_default();
            if stop.is_empty() {
                rest.len()
            } else {
                rest.find(stop)?
            }
        };
        let value = rest.get(..end)?;
        let digits = value.bytes().all(|b| b.is_ascii_digit());
        if value.is_empty()
            || (!last && value.contains('/'))
            || (matches!(name, "yyyy" | "mm" | "dd") && !digits)
        {
            return None;
        }
        values.push((name.to_owned(), value.to_owned()));
        rest = &rest[end..];
    }
    (rest == pattern).then_some(values)
}

fn strip_base<'a>(base: &str, path: &'a str) -> Option<&'a str> {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    if path == base.trim_end_matches('/') {
        return Some("");
    }
    path.strip_prefix(base)
}

fn split_page(rest: &str) -> (&str, Option<u32>) {
    let (before, last) = rest.rsplit_once('/').unwrap_or(("", rest));
    let (front, word) = before.rsplit_once('/').unwrap_or(("", before));
    match last.parse() {
        Ok(page) if word == "page" && page > 0 && !last.starts_with('0') => (front, Some(page)),
        _ => (rest, None),
    }
}

fn with_page(base: &str, tail: &str, page: u32) -> String {
    let page = if page > 1 {
        format!("page/{page}/")
    } else {
        String::new()
    };
    percent_encode(&format!("{base}{tail}{page}"))
}

/// Encodes a path for a URL: everything but RFC 3986 `pchar` and `/`.
pub fn percent_encode(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' => out.push(byte as char),
            b'-' | b'.' | b'_' | b'~' | b'/' | b'!' | b'$' | b'&' | b'(' | b')' | b'*' | b'+'
            | b',' | b';' | b'=' | b':' | b'@' => out.push(byte as char),
            _ => {
                const HEX: &[u8; 16] = b"0123456789ABCDEF";
                out.push('%');
                out.push(HEX[usize::from(byte >> 4)] as char);
                out.push(HEX[usize::from(byte & 15)] as char);
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(permalink: &str) -> Site {
        Site {
            base: "/news/".into(),
            permalink: permalink.into(),
            ..Site::default()
        }
    }

    #[test]
    fn no_story_takes_the_path_of_a_list_or_a_file() {
        let path = |permalink: &str, slug: &str, url: &str| {
            let article = Article {
                slug: Some(slug.into()),
                url: Some(url.into()),
                ..Article::default()
            };
            story_path(permalink, &article).unwrap_or_default()
        };
        let own = |slug: &str| path("/{slug}/", slug, "");
        assert_eq!(own("archive"), "story/archive");
        assert_eq!(own("feed.json"), "feed.json-story");
        assert_eq!(own("sw.js"), "story/sw.js");
        assert_eq!(own("site.json"), "story/site.json");
        for part in ["sitemap-1.xml", "sitemap-2.xml", "sitemap-130.xml"] {
            assert_eq!(own(part), ["story/", part].concat());
        }
        assert_eq!(
            own("sitemap-of-the-harbour.xml"),
            "sitemap-of-the-harbour.xml"
        );
        assert_eq!(own("related"), "related-story");
        assert_eq!(own("ferry"), "ferry");
        let kept = |url: &str| path("source", "", &["https://a.example/", url].concat());
        assert_eq!(kept("2026/ferry/"), "2026/ferry");
        assert_eq!(kept("category/page/2/"), "story/category/page/2-story");
        assert_eq!(kept("ferry/index.html/more"), "ferry/index.html-story/more");
        assert_eq!(kept(&"x/".repeat(600)), "", "too long for a file system");
    }

    #[test]
    fn every_route_comes_back_from_its_own_path() {
        let site = site("/article/{slug}/");
        for route in [
            Route::Front { page: 1 },
            Route::Front { page: 3 },
            Route::Category {
                path: "world/europe".into(),
                page: 1,
            },
            Route::Category {
                path: "world".into(),
                page: 2,
            },
            Route::Tag {
                slug: "港".into(),
                page: 1,
            },
            Route::Author {
                slug: "ada".into(),
                page: 4,
            },
            Route::Article {
                path: "article/a b".into(),
            },
            Route::Related {
                path: "article/ferry".into(),
            },
            Route::Search,
            Route::Saved,
            Route::Drafts,
            Route::Archive {
                period: String::new(),
            },
            Route::Archive {
                period: "2026/11".into(),
            },
            Route::Embed,
            Route::Plain {
                slug: "about".into(),
            },
        ] {
            assert_eq!(Route::parse(&site, &route.href(&site)), route);
        }
    }

    #[test]
    fn unknown_and_hostile_paths_are_not_found() {
        let site = site("/article/{slug}/");
        for path in [
            "/other/",
            "/news/data/x",
            "/news/a/b/c",
            "/news/../etc",
            "/news/%2e%2e/x",
            "/news/article/",
            "/news/about/page/2/",
        ] {
            let route = Route::parse(&site, path);
            assert!(
                matches!(route, Route::NotFound | Route::Plain { .. }),
                "{path}: {route:?}"
            );
        }
        assert_eq!(Route::parse(&site, "/news/a/b/c"), Route::NotFound);
    }

    #[test]
    fn permalinks_read_back_what_they_were_made_from() {
        let article = Article {
            id: "7".into(),
            headline: "Ferry".into(),
            published: Instant::parse("2026-11-03T08:00:00Z"),
            ..Article::default()
        };
        let pattern = "/{yyyy}/{mm}/{slug}/";
        let path = story_path(pattern, &article).expect("a path");
        assert_eq!(path, "2026/11/ferry");
        let values = read_permalink(pattern, &path).expect("values");
        assert_eq!(values[2], ("slug".into(), "ferry".into()));
        assert!(read_permalink(pattern, "20x6/11/ferry").is_none());
    }

    #[test]
    fn a_storys_own_path_is_kept_and_made_safe() {
        let mut article = Article {
            url: Some("https://news.example/2026/11/%E6%B8%AF/?p=1".into()),
            ..Article::default()
        };
        assert_eq!(
            story_path("source", &article).as_deref(),
            Some("2026/11/港")
        );
        for every in [
            "https://news.example/blog/?p=1",
            "https://news.example/a.php?id=1",
        ] {
            article.url = Some(every.into());
            assert_eq!(story_path("source", &article), None, "{every}");
        }
        article.url = Some("https://news.example/category/x".into());
        assert_eq!(
            story_path("source", &article).as_deref(),
            Some("story/category/x")
        );
    }
}
