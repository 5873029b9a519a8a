//! Feeds as chains of pages: each document may name the address of the next. JSON Feed and RSS read
//! their documents differently and follow them alike.

use super::chain::{Link, ask};
use super::place::origin;
use super::{Batch, Cursor, Request, Response, SourceError, Wanted, text};
use crate::host::Host;
use crate::model::SourceConfig;

/// More pages than any archive has; a server that invents addresses must not be followed for ever.
const MOST_PAGES: usize = 10_000;

/// An answer to a batch, and the address of the next page; the address that was asked says where a
/// document lies whose answer does not.
pub(super) type Read = fn(Response, &str, Host) -> Result<(Batch, Option<String>), SourceError>;

/// Where a chain begins, and how its documents are read.
#[derive(Clone)]
pub(super) struct Pages {
    pub url: String,
    headers: Vec<(String, String)>,
    pub host: Host,
    read: Read,
}

impl Pages {
    pub fn open(config: &SourceConfig, host: Host, read: Read) -> Self {
        Self {
            url: config.url.clone(),
            headers: super::open::headers(config),
            host,
            read,
        }
    }

    /// Secret headers go to the feed's own origin only, wherever a next address points.
    fn request(&self, url: &str) -> Request {
        let own = origin(url) == origin(&self.url);
        Request {
            headers: if own {
                self.headers.clone()
            } else {
                Vec::new()
            },
            url: url.to_owned(),
            ..Request::default()
        }
    }

    /// The page that `visited` leads to, or the one at `url`, or the first.
    pub fn page(&self, url: Option<String>, mut visited: Visited) -> Result<Link, SourceError> {
        let next = visited.next.take();
        let url = next.or(url).unwrap_or_else(|| self.url.clone());
        visited.visit(&url);
        let (read, host) = (self.read, self.host);
        ask(self.request(&url), move |response| {
            let (mut batch, next) = read(response, &url, host)?;
            batch.next = next.and_then(|next| visited.cursor(next));
            Ok(Link::Done(batch))
        })
    }

    /// Looks for one story: in the document at `file`, if there is such a one, else page by page.
    pub fn one(&self, wanted: Wanted, file: Option<String>) -> Result<Link, SourceError> {
        let Some(file) = file else {
            return self.search(wanted, self.url.clone(), Visited::default());
        };
        let this = self.clone();
        ask(self.request(&file), move |response| {
            match (this.read)(response, &file, this.host) {
                Ok((batch, _)) if !batch.items.is_empty() => Ok(Link::Done(Batch {
                    items: batch.items.into_iter().take(1).collect(),
                    about: batch.about,
                    ..Batch::default()
                })),
                _ => this.search(wanted, this.url.clone(), Visited::default()),
            }
        })
    }

    fn search(
        &self,
        wanted: Wanted,
        url: String,
        mut visited: Visited,
    ) -> Result<Link, SourceError> {
        visited.visit(&url);
        let this = self.clone();
        ask(self.request(&url), move |response| {
            let (batch, next) = (this.read)(response, &url, this.host)?;
            if let Some(found) = batch.items.into_iter().find(|article| wanted.is(article)) {
                let (items, about) = (vec![found], batch.about);
                return Ok(Link::Done(Batch {
                    items,
                    about,
                    ..Batch::default()
                }));
            }
            match next.filter(|next| visited.is_new(next)) {
                Some(next) => this.search(wanted, next, visited),
                // What broke off may have held it: that is not the same as "no such story".
                None => Err(batch.incomplete.unwrap_or(SourceError::NotFound)),
            }
        })
    }
}

/// The pages of a chain so far, so that a chain that bites its own tail ends.
#[derive(Clone, Default)]
pub(super) struct Visited {
    next: Option<String>,
    seen: Vec<u64>,
}

impl Visited {
    /// A cursor is the next address, then the visited ones as hashes, one a line.
    pub fn from(cursor: Option<Cursor>) -> Self {
        let Some(Cursor(cursor)) = cursor else {
            return Self::default();
        };
        let mut lines = cursor.lines();
        let next = lines.next().map(str::to_owned);
        Self {
            next,
            seen: lines
                .filter_map(|line| u64::from_str_radix(line, 16).ok())
                .collect(),
        }
    }

    fn visit(&mut self, url: &str) {
        self.seen.push(text::hash(url));
    }

    fn is_new(&self, next: &str) -> bool {
        self.seen.len() < MOST_PAGES && !self.seen.contains(&text::hash(next))
    }

    fn cursor(&self, next: String) -> Option<Cursor> {
        if !self.is_new(&next) {
            return None;
        }
        let mut cursor = next;
        for hash in &self.seen {
            cursor.push('\n');
            cursor.push_str(&format!("{hash:x}"));
        }
        Some(Cursor(cursor))
    }
}
