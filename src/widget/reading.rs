//! An address to a [`Feed`]: what to ask next, and what an answer means. The asking itself is
//! `embed.js`'s, so that nothing here waits.

use super::fields::Fields;
use super::story::{Feed, decimal, slug};
use super::{feeds, rss, xml};
use crate::json::Json;

/// More stories than any widget shows; the rest of a long feed costs nothing.
const MOST: usize = 50;
/// What sites with an API are asked for.
const WANTED: &str = "20";

/// What the machine lends.
pub struct Lent<'a> {
    /// Resolves a reference by the WHATWG URL standard.
    pub resolve: &'a dyn Fn(&str, &str) -> Option<String>,
}

impl Lent<'_> {
    /// An absolute web address; `None` for every other scheme.
    pub fn address(&self, base: &str, reference: &str) -> Option<String> {
        let leads = super::story::leads_somewhere;
        if leads(reference) {
            return Some(reference.to_owned());
        }
        (self.resolve)(base, reference).filter(|url| leads(url))
    }
}

/// An answer to a question.
pub struct Answer<'a> {
    pub status: u16,
    pub url: &'a str,
    pub body: &'a [u8],
}

/// Why there is no feed: a code of `dateline-error`, and words for whoever reads the console.
#[derive(Clone, Debug, PartialEq)]
pub struct Failure {
    pub code: &'static str,
    pub message: String,
}

fn failure(code: &'static str, parts: &[&str]) -> Failure {
    let message = parts.concat();
    Failure { code, message }
}

/// The state of a conversation.
pub struct Reading {
    category: String,
    /// The next address, until there is a feed.
    ask: Option<String>,
    site: Option<Site>,
    pub feed: Feed,
}

/// A WordPress site, whose API answers at one of two addresses.
struct Site {
    address: String,
    plain: bool,
    /// The question is for its categories.
    categories: bool,
}

impl Reading {
    /// Begins to read `src`; `kind` is a name of the attribute or empty.
    pub fn new(src: &str, kind: &str, category: &str) -> Self {
        let category = category.trim().to_owned();
        let is_site = !src.contains("/posts");
        let mut reading = Self {
            ask: Some(src.to_owned()),
            category,
            site: None,
            feed: Feed::default(),
        };
        if kind == "ghost" && is_site {
            // Ghost chooses by the last part; nothing is left to be chosen here but by that.
            reading.category = last(&reading.category).unwrap_or_default();
            reading.ask = Some(reading.ghost(src));
        } else if kind == "wordpress" && is_site {
            let address = src.trim_end_matches('/').trim_end_matches("/wp-json");
            let site = Site {
                address: address.to_owned(),
                plain: false,
                categories: !reading.category.is_empty(),
            };
            reading.ask = Some(site.question(""));
            reading.site = Some(site);
        }
        reading
    }

    /// The address to fetch next; `None` when the feed is there.
    pub fn ask(&self) -> Option<&str> {
        self.ask.as_deref()
    }

    /// Ghost's key stands in the address: `?key=…`.
    fn ghost(&self, src: &str) -> String {
        let (site, query) = src.split_once('?').unwrap_or((src, ""));
        let key = query.split('&').find(|pair| pair.starts_with("key="));
        let mut url = [
            site.trim_end_matches('/')
                .trim_end_matches("/ghost/api/content"),
            "/ghost/api/content/posts/?",
            key.unwrap_or("key="),
            "&include=tags&limit=",
            WANTED,
        ]
        .concat();
        if let Some(last) = last(&self.category) {
            url.push_str("&filter=tag:");
            url.push_str(&last);
        }
        url
    }

    /// Takes an answer: a next question, or the feed.
    ///
    /// # Errors
    /// When the answer is no feed, or the source refuses.
    pub fn answer(&mut self, answer: &Answer<'_>, lent: &Lent<'_>) -> Result<(), Failure> {
        self.ask = None;
        let text = String::from_utf8_lossy(answer.body);
        let text = text.trim_start_matches(|c: char| c == '\u{feff}' || c.is_whitespace());
        let ok = (200..300).contains(&answer.status);
        let document = if text.starts_with('<') {
            None
        } else {
            Json::parse(text)
        };
        if let Some(site) = &mut self.site {
            let list = document
                .as_ref()
                .filter(|it| ok && matches!(it, Json::List(_)));
            match list {
                None if !site.plain && answer.status < 500 => {
                    site.plain = true;
                    self.ask = Some(site.question(""));
                    return Ok(());
                }
                Some(list) if site.categories => {
                    let Some(ids) = below(list.list(), &self.category) else {
                        return Ok(());
                    };
                    site.categories = false;
                    self.ask = Some(site.question(&ids));
                    return Ok(());
                }
                _ => {}
            }
        }
        if !ok {
            return Err(refused(answer.status));
        }
        let feed = match &document {
            Some(document) => feeds::read(document, answer.url, lent),
            None if text.starts_with('<') => {
                xml::parse(text).and_then(|root| rss::read(&root, answer.url, lent))
            }
            None => {
                return Err(failure(
                    "broken",
                    &[
                        answer.url,
                        " answers with data that breaks off or is no JSON",
                    ],
                ));
            }
        };
        let Some(mut feed) = feed else {
            return Err(failure(
                "not-a-feed",
                &[
                    answer.url,
                    " answers, but with no JSON Feed, RSS, Atom, WordPress or Ghost posts",
                ],
            ));
        };
        // WordPress has chosen by category already, and so has a Ghost site that was asked to.
        if self.site.is_none() {
            feed.stories.retain(|story| story.belongs(&self.category));
        }
        feed.stories.truncate(MOST);
        self.feed = feed;
        Ok(())
    }
}

fn refused(status: u16) -> Failure {
    let code = if matches!(status, 401 | 403) {
        "forbidden"
    } else {
        "status"
    };
    let number = decimal(status.into());
    failure(code, &["the source answers with status ", &number])
}

fn last(category: &str) -> Option<String> {
    let last = category.trim_matches('/').rsplit('/').next()?;
    Some(slug(last)).filter(|last| !last.is_empty())
}

impl Site {
    /// The categories, or the posts of those with these ids.
    fn question(&self, ids: &str) -> String {
        let middle = match self.plain {
            true => "/?rest_route=/wp/v2/",
            false => "/wp-json/wp/v2/",
        };
        let mark = if self.plain { "&" } else { "?" };
        let mut url = [self.address.as_str(), middle].concat();
        if self.categories {
            let rest = ["categories", mark, "per_page=100&_fields=id,parent,slug"];
            url.push_str(&rest.concat());
            return url;
        }
        let rest = [
            "posts",
            mark,
            "per_page=",
            WANTED,
            "&_embed=wp:featuredmedia,wp:term",
        ];
        url.push_str(&rest.concat());
        if !ids.is_empty() {
            url.push_str("&categories=");
            url.push_str(ids);
        }
        url
    }
}

/// The ids of a category and of everything below it, joined by commas; `None` where nobody has it.
fn below(categories: &[Json], path: &str) -> Option<String> {
    let wanted = last(path)?;
    let id = |category: &Json, key: &str| category.get(key).and_then(Fields::whole);
    let root = categories
        .iter()
        .find(|it| it.said("slug") == Some(&wanted))?;
    let mut ids = vec![id(root, "id")?];
    let mut at = 0;
    while at < ids.len() {
        for category in categories {
            if let Some(own) = id(category, "id")
                && id(category, "parent") == Some(ids[at])
                && !ids.contains(&own)
            {
                ids.push(own);
            }
        }
        at += 1;
    }
    let ids: Vec<String> = ids.into_iter().map(decimal).collect();
    Some(ids.join(","))
}
