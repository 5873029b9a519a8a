//! WordPress REST v2, with pretty permalinks or without, behind proxies that eat headers too.
//!
//! The first answer decides between `{site}/wp-json/wp/v2/…` and `{site}/?rest_route=/wp/v2/…`; the
//! source remembers which, and whether paging has to come in an envelope. Categories are asked for
//! once, when a story first needs the path of a nested one.

mod answer;
mod categories;
mod item;
mod lists;
mod single;
mod steps;

use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};
use std::sync::{Arc, Mutex};

use super::chain::{Link, Then, ask};
use super::open::Format;
use super::place::Place;
use super::text;
use super::{Batch, Capabilities, Cursor, Query, Request, Response, SourceError};
use crate::host::Host;
use crate::model::keys::Keys;
use crate::model::{ConfigError, SourceConfig};
use answer::{Answer, speaks_rest};
use categories::Categories;
use item::Reader;

/// An opened WordPress site.
#[derive(Clone)]
pub(crate) struct WordPress {
    /// The site's address, or the API's own where it ends in `/wp/v2`; no trailing slash.
    site: String,
    headers: Vec<(String, String)>,
    per_page: usize,
    host: Host,
    learnt: Arc<Learnt>,
}

/// What earlier answers have taught.
#[derive(Default)]
struct Learnt {
    /// [`UNKNOWN`], [`PRETTY`] or [`PLAIN`].
    form: AtomicU8,
    /// Headers do not arrive: ask for them in the body.
    envelope: AtomicBool,
    categories: Mutex<Option<Arc<Categories>>>,
}

const UNKNOWN: u8 = 0;
const PRETTY: u8 = 1;
const PLAIN: u8 = 2;

impl WordPress {
    pub fn open(config: &SourceConfig, host: Host) -> Result<Self, ConfigError> {
        let keys = Keys::of_map(&config.options, "source.", &["per_page"])?;
        let site = config.url.trim_end_matches('/').to_owned();
        let site = site
            .strip_suffix("/wp-json")
            .map_or(site.clone(), str::to_owned);
        Ok(Self {
            site,
            headers: super::open::headers(config),
            per_page: keys.count("per_page", 1, 100)?.unwrap_or(50),
            host,
            learnt: Arc::default(),
        })
    }

    /// The address of a REST route in the form that is known or supposed to work.
    fn address(&self, route: &str, form: u8) -> String {
        let mut url = self.site.clone();
        if self.is_api() {
            url.push_str(route.strip_prefix("/wp/v2").unwrap_or(route));
        } else if form == PLAIN {
            url.push_str("/?rest_route=");
            url.push_str(&route.replace('?', "&"));
        } else {
            url.push_str("/wp-json");
            url.push_str(route);
        }
        url
    }

    fn is_api(&self) -> bool {
        self.site.ends_with("/wp/v2") || self.site.contains("/wp/v2/sites/")
    }

    fn request(&self, url: String) -> Request {
        Request {
            headers: self.headers.clone(),
            url,
            ..Request::default()
        }
    }

    /// Asks a route; the first time, in the other form as well where the first does not answer.
    fn call(&self, route: String, then: Then) -> Result<Link, SourceError> {
        let form = self.learnt.form.load(Ordering::Relaxed);
        let this = self.clone();
        ask(self.request(self.address(&route, form)), move |response| {
            if form != UNKNOWN || this.is_api() {
                return then(response);
            }
            if speaks_rest(&response) {
                this.learnt.form.store(PRETTY, Ordering::Relaxed);
                return then(response);
            }
            if response.status >= 500 || response.status == 429 {
                return then(response);
            }
            let url = this.address(&route, PLAIN);
            ask(this.request(url), move |plain| {
                if speaks_rest(&plain) {
                    this.learnt.form.store(PLAIN, Ordering::Relaxed);
                    return then(plain);
                }
                // Neither form answers: the first answer says more about what is there instead.
                then(response)
            })
        })
    }
}

impl Format for WordPress {
    fn capabilities(&self) -> Capabilities {
        Capabilities {
            search: true,
            section: true,
            tag: true,
            author: true,
            related: true,
            comments_read: true,
            comments_post: true,
            body_in_list: true,
        }
    }

    fn ask(&self, query: Query, cursor: Option<Cursor>) -> Result<Link, SourceError> {
        match query {
            Query::Latest => self.latest(cursor),
            Query::One(wanted) => self.one(wanted),
            Query::Section(path) => self.section(path, cursor),
            Query::Tag(slug) => self.by_term("tags", "tags", &slug, cursor),
            Query::Author(slug) => self.by_term("users", "author", &slug, cursor),
            Query::Search(words) => {
                let mut filter = String::from("&orderby=relevance&search=");
                filter.push_str(&text::percent_encoded(&words));
                self.list("posts", filter, cursor)
            }
            Query::Related(wanted) => self.related(wanted, cursor),
            Query::Pages => self.list("pages", String::new(), cursor),
            Query::About => self.about(),
            Query::Comments(wanted) => self.comments(wanted, cursor),
        }
    }
}

/// Posts saved in a file.
pub(crate) fn parse(response: Response, host: Host) -> Result<Batch, SourceError> {
    let answer = Answer::of(response)?.unwrap_or_default();
    let reader = Reader {
        place: Place::of(&answer.url, host),
        host,
    };
    Ok(reader.batch(&answer.items, None))
}
