//! WordPress REST v2, with pretty permalinks or without, behind proxies that eat headers too.
//!
//! The first answer decides between `{site}/wp-json/wp/v2/…` and `{site}/?rest_route=/wp/v2/…`; the
//! source remembers which, and whether paging has to come in an envelope. Categories are asked for
//! once, when a story first needs the path of a nested one.

mod item;

use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::Value;

use super::chain::{Link, Then, ask};
use super::open::Format;
use super::place::{Place, last_segment};
use super::{About, Batch, Capabilities, Cursor, Query, Request, Response, SourceError, Wanted};
use super::{json, query, text};
use crate::host::Host;
use crate::model::keys::Keys;
use crate::model::{ConfigError, SourceConfig};
use item::{Categories, Reader};

/// What a list needs of each story. Links come along because a category's parent stands there.
const FIELDS: &str = "id,date,date_gmt,modified,modified_gmt,slug,link,title,content,excerpt,\
                      sticky,format,comment_status,categories,tags,type,featured_media,\
                      jetpack_featured_media_url,_links,_embedded";
const EMBED: &str = "author,wp:featuredmedia,wp:term";

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

    /// A list of stories or pages, with the paths of their categories.
    fn list(
        &self,
        what: &str,
        filter: String,
        cursor: Option<Cursor>,
    ) -> Result<Link, SourceError> {
        let page = query::page(cursor.as_ref());
        let mut route = ["/wp/v2/", what].concat();
        query::with(&mut route, "per_page", &self.per_page.to_string());
        query::with(&mut route, "page", &page.to_string());
        self.embedded(&mut route);
        route.push_str(&filter);
        let envelope = self.learnt.envelope.load(Ordering::Relaxed);
        if envelope {
            query::with(&mut route, "_envelope", "1");
        }
        let (this, what) = (self.clone(), what.to_owned());
        self.call(
            route,
            Box::new(move |response| {
                let full = this.per_page;
                let answer = match Answer::of(response)? {
                    Some(answer) => answer,
                    None => return Ok(Link::Done(Batch::default())),
                };
                let count = answer.items.as_array().map_or(0, Vec::len);
                if answer.pages.is_none() && count >= full && !envelope {
                    this.learnt.envelope.store(true, Ordering::Relaxed);
                    return this.list(&what, filter, cursor);
                }
                let more = answer.pages.map_or(count >= full, |pages| page < pages);
                let next = more.then(|| query::cursor(page + 1));
                this.finish(answer, next)
            }),
        )
    }

    fn embedded(&self, route: &mut String) {
        query::with(route, "_embed", EMBED);
        query::with(route, "_fields", FIELDS);
    }

    /// Turns posts into articles, asking for the categories first where their paths are needed.
    fn finish(&self, answer: Answer, next: Option<Cursor>) -> Result<Link, SourceError> {
        let reader = Reader {
            place: Place::of(&answer.url, self.host),
            host: self.host,
        };
        if self.categories().is_none() && reader.needs_categories(&answer.items) {
            let this = self.clone();
            return self.load_categories(Box::new(move |_| {
                Ok(Link::Done(this.batch(&reader, &answer, next)))
            }));
        }
        Ok(Link::Done(self.batch(&reader, &answer, next)))
    }

    fn batch(&self, reader: &Reader, answer: &Answer, next: Option<Cursor>) -> Batch {
        let categories = self.categories();
        let mut batch = reader.batch(&answer.items, categories.as_deref());
        for article in &mut batch.items {
            if let Some(comments) = &mut article.comments {
                let route = ["/wp/v2/comments?post=", &article.id].concat();
                comments.url = Some(self.address(&route, self.learnt.form.load(Ordering::Relaxed)));
            }
        }
        Batch {
            next,
            total: answer.total,
            ..batch
        }
    }

    fn categories(&self) -> Option<Arc<Categories>> {
        self.learnt
            .categories
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Reads every category once; a site that refuses them has sections without ancestors.
    fn load_categories(
        &self,
        then: Box<dyn FnOnce(()) -> Result<Link, SourceError> + Send>,
    ) -> Result<Link, SourceError> {
        if self.categories().is_some() {
            return then(());
        }
        self.more_categories(1, Categories::default(), then)
    }

    fn more_categories(
        &self,
        page: u64,
        mut known: Categories,
        then: Box<dyn FnOnce(()) -> Result<Link, SourceError> + Send>,
    ) -> Result<Link, SourceError> {
        const MOST: u64 = 20;
        let mut route = String::from("/wp/v2/categories?per_page=100");
        query::with(&mut route, "page", &page.to_string());
        query::with(
            &mut route,
            "_fields",
            "id,name,slug,parent,description,count",
        );
        let this = self.clone();
        self.call(
            route,
            Box::new(move |response| {
                let read = Answer::of(response).ok().flatten().map_or(0, |answer| {
                    known.read(&answer.items, this.host);
                    answer.items.as_array().map_or(0, Vec::len)
                });
                if read == 100 && page < MOST {
                    return this.more_categories(page + 1, known, then);
                }
                *this
                    .learnt
                    .categories
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(known));
                then(())
            }),
        )
    }

    /// The newest stories, sticky ones that are older in front of the first page.
    fn latest(&self, cursor: Option<Cursor>) -> Result<Link, SourceError> {
        if cursor.is_some() {
            return self.list("posts", String::new(), cursor);
        }
        let this = self.clone();
        let first = self.list("posts", String::new(), None)?;
        Ok(after(
            first,
            Box::new(move |mut batch| {
                if batch.next.is_none() {
                    return Ok(Link::Done(batch));
                }
                let sticky = this.list("posts", "&sticky=true".into(), None)?;
                Ok(recovering(
                    sticky,
                    Box::new(move |found| {
                        if let Ok(found) = found {
                            let seen = |id: &str| batch.items.iter().any(|item| item.id == id);
                            let older: Vec<_> = found
                                .items
                                .into_iter()
                                .filter(|item| !seen(&item.id))
                                .collect();
                            batch.items.splice(0..0, older);
                        }
                        Ok(Link::Done(batch))
                    }),
                ))
            }),
        ))
    }

    fn section(&self, path: String, cursor: Option<Cursor>) -> Result<Link, SourceError> {
        let this = self.clone();
        self.load_categories(Box::new(move |()| {
            let ids = this
                .categories()
                .and_then(|known| known.with_descendants(&path));
            let Some(ids) = ids else {
                return Err(SourceError::NotFound);
            };
            this.list("posts", ["&categories=", &ids].concat(), cursor)
        }))
    }

    /// Looks up the id behind a slug (of a tag or an author), then lists.
    fn by_term(
        &self,
        route: &str,
        filter: &'static str,
        slug: &str,
        cursor: Option<Cursor>,
    ) -> Result<Link, SourceError> {
        let mut route = ["/wp/v2/", route].concat();
        query::with(&mut route, "slug", slug);
        query::with(&mut route, "_fields", "id");
        let this = self.clone();
        self.call(
            route,
            Box::new(move |response| {
                let found = json::document(response)?;
                let id = found.get(0).and_then(|term| json::id(term.get("id")?));
                let id = id.ok_or(SourceError::NotFound)?;
                this.list("posts", ["&", filter, "=", &id].concat(), cursor)
            }),
        )
    }

    /// One story or page by id, else by the last part of its address.
    fn one(&self, wanted: Wanted) -> Result<Link, SourceError> {
        if let Some(id) = wanted.id.clone().or_else(|| id_in(wanted.path.as_deref()?)) {
            return self.by_id("posts", id, wanted.password);
        }
        let slug = wanted
            .path
            .as_deref()
            .and_then(last_segment)
            .or(wanted.slug.clone());
        let slug = slug.ok_or(SourceError::NotFound)?;
        self.by_slug("posts", slug, wanted)
    }

    fn by_id(
        &self,
        what: &'static str,
        id: String,
        password: Option<String>,
    ) -> Result<Link, SourceError> {
        let mut route = ["/wp/v2/", what, "/", &text::percent_encoded(&id)].concat();
        self.embedded(&mut route);
        if let Some(password) = password {
            query::with(&mut route, "password", &password);
        }
        let this = self.clone();
        self.call(
            route,
            Box::new(move |response| {
                let error = rest_code(&response);
                match error.as_deref() {
                    Some("rest_post_invalid_id" | "rest_no_route") => Err(SourceError::NotFound),
                    Some("rest_forbidden") => Err(SourceError::Withdrawn),
                    _ => {
                        let answer = Answer::of(response).map_err(missing)?;
                        this.finish(answer.ok_or(SourceError::NotFound)?, None)
                    }
                }
            }),
        )
    }

    fn by_slug(
        &self,
        what: &'static str,
        slug: String,
        wanted: Wanted,
    ) -> Result<Link, SourceError> {
        let mut route = ["/wp/v2/", what].concat();
        query::with(&mut route, "slug", &slug);
        self.embedded(&mut route);
        let this = self.clone();
        self.call(
            route,
            Box::new(move |response| {
                let answer = Answer::of(response)?.ok_or(SourceError::NotFound)?;
                let none = Vec::new();
                let found = answer.items.as_array().unwrap_or(&none);
                // Stories of one slug may live on different paths; the address asked for decides.
                let exact = wanted.path.as_deref().and_then(|path| {
                    let path = text::percent_decoded(path);
                    found.iter().find(|post| {
                        json::text(post, "link").is_some_and(|link| {
                            text::percent_decoded(super::place::path(link)).trim_matches('/')
                                == path.trim_matches('/')
                        })
                    })
                });
                match exact
                    .or(found.first())
                    .and_then(|post| json::id(post.get("id")?))
                {
                    Some(id) if wanted.password.is_some() => this.by_id(what, id, wanted.password),
                    Some(id) => {
                        let of =
                            |post: &&Value| post.get("id").and_then(json::id).as_ref() == Some(&id);
                        let post = found.iter().find(of).cloned();
                        let items = Value::Array(post.into_iter().collect());
                        this.finish(Answer { items, ..answer }, None)
                    }
                    None if what == "posts" => this.by_slug("pages", slug, wanted),
                    None if slug.bytes().all(|byte| byte.is_ascii_digit()) => {
                        this.by_id("posts", slug, wanted.password)
                    }
                    None => Err(SourceError::NotFound),
                }
            }),
        )
    }

    /// Finds the story, then others with one of its tags, or else of its categories.
    fn related(&self, wanted: Wanted, cursor: Option<Cursor>) -> Result<Link, SourceError> {
        let mut route = String::from("/wp/v2/posts");
        match (
            &wanted.id,
            wanted
                .path
                .as_deref()
                .and_then(last_segment)
                .or(wanted.slug),
        ) {
            (Some(id), _) => query::with(&mut route, "include", id),
            (None, Some(slug)) => query::with(&mut route, "slug", &slug),
            (None, None) => return Err(SourceError::NotFound),
        }
        query::with(&mut route, "_fields", "id,tags,categories");
        let this = self.clone();
        self.call(
            route,
            Box::new(move |response| {
                let found = json::document(response)?;
                let post = found.get(0).ok_or(SourceError::NotFound)?;
                let ids = |key| -> Vec<String> {
                    json::list(post, key).iter().filter_map(json::id).collect()
                };
                let (tags, categories) = (ids("tags"), ids("categories"));
                let mut filter = String::new();
                if let Some(id) = post.get("id").and_then(json::id) {
                    filter.push_str("&exclude=");
                    filter.push_str(&id);
                }
                let (name, ids) = if tags.is_empty() {
                    ("&categories=", categories)
                } else {
                    ("&tags=", tags)
                };
                if ids.is_empty() {
                    return Ok(Link::Done(Batch::default()));
                }
                filter.push_str(name);
                filter.push_str(&ids.join(","));
                this.list("posts", filter, cursor)
            }),
        )
    }

    /// Title, description and icon from the API's root, sections from the categories.
    fn about(&self) -> Result<Link, SourceError> {
        let this = self.clone();
        let finish = move |this: &Self, mut about: About| {
            let inner = this.clone();
            this.load_categories(Box::new(move |()| {
                about.sections = inner
                    .categories()
                    .map_or(Vec::new(), |known| known.sections());
                Ok(Link::Done(Batch {
                    about: Some(about),
                    ..Batch::default()
                }))
            }))
        };
        if self.is_api() {
            return finish(self, About::default());
        }
        let route = "/?_fields=name,description,url,home,site_icon_url".to_owned();
        self.call(
            route,
            Box::new(move |response| {
                let root = json::document(response)?;
                let words = |key| {
                    json::text(&root, key)
                        .map(|html| text::of_html(html, this.host))
                        .filter(|text| !text.is_empty())
                };
                if root.get("name").is_none() && root.get("namespaces").is_none() {
                    return Err(SourceError::Unexpected {
                        url: super::shown(&this.site),
                        expected: "a WordPress site",
                        found: json::kind_of(&root).to_owned(),
                    });
                }
                let about = About {
                    title: words("name"),
                    description: words("description"),
                    home: json::owned(&root, "home"),
                    icon: json::owned(&root, "site_icon_url"),
                    ..About::default()
                };
                finish(&this, about)
            }),
        )
    }

    fn comments(&self, wanted: Wanted, cursor: Option<Cursor>) -> Result<Link, SourceError> {
        let Some(id) = wanted.id.clone() else {
            let this = self.clone();
            return Ok(after(
                self.one(wanted)?,
                Box::new(move |batch| {
                    let id = batch.items.first().map(|story| story.id.clone());
                    let wanted = Wanted {
                        id,
                        ..Wanted::default()
                    };
                    if wanted.id.is_none() {
                        return Err(SourceError::NotFound);
                    }
                    this.comments(wanted, cursor)
                }),
            ));
        };
        let page = query::page(cursor.as_ref());
        let mut route = String::from("/wp/v2/comments?order=asc&per_page=100");
        query::with(&mut route, "post", &id);
        query::with(&mut route, "page", &page.to_string());
        query::with(
            &mut route,
            "_fields",
            "id,parent,author_name,author_url,date,date_gmt,content,type",
        );
        let this = self.clone();
        self.call(
            route,
            Box::new(move |response| {
                let Some(answer) = Answer::of(response)? else {
                    return Ok(Link::Done(Batch::default()));
                };
                let comments = item::comments(&answer.items, this.host);
                let more = answer
                    .pages
                    .map_or(comments.len() >= 100, |pages| page < pages);
                Ok(Link::Done(Batch {
                    next: more.then(|| query::cursor(page + 1)),
                    total: answer.total,
                    comments,
                    ..Batch::default()
                }))
            }),
        )
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

/// A REST answer with its paging, wherever that stood.
#[derive(Default)]
struct Answer {
    url: String,
    items: Value,
    total: Option<u64>,
    pages: Option<u64>,
}

impl Answer {
    /// `None` past the last page, which WordPress answers with an error.
    fn of(response: Response) -> Result<Option<Self>, SourceError> {
        const PAST: &str = "rest_post_invalid_page_number";
        if rest_code(&response).as_deref() == Some(PAST) {
            return Ok(None);
        }
        let header = |name| {
            response
                .header(name)
                .and_then(|text| text.trim().parse().ok())
        };
        let (total, pages) = (header("x-wp-total"), header("x-wp-totalpages"));
        let url = response.url.clone();
        let document = json::document(response)?;
        let enveloped = document.get("headers").is_some() && document.get("status").is_some();
        if !enveloped {
            if let Some(code) = json::text(&document, "code") {
                return Err(SourceError::Status {
                    url: super::shown(&url),
                    status: 200,
                    message: json::text(&document, "message").unwrap_or(code).to_owned(),
                    retry_after: None,
                });
            }
            return Ok(Some(Self {
                url,
                items: document,
                total,
                pages,
            }));
        }
        let body = document.get("body").cloned().unwrap_or_default();
        if json::text(&body, "code") == Some(PAST) {
            return Ok(None);
        }
        let headers = &document["headers"];
        Ok(Some(Self {
            url,
            total: json::count(headers, "X-WP-Total"),
            pages: json::count(headers, "X-WP-TotalPages"),
            items: body,
        }))
    }
}

/// Whether the REST API itself has spoken: data, or an error object with a code.
fn speaks_rest(response: &Response) -> bool {
    if response.ok() {
        return matches!(
            response
                .body
                .iter()
                .find(|byte| !byte.is_ascii_whitespace() && **byte < 0x80),
            Some(b'{' | b'[')
        );
    }
    rest_code(response).is_some()
}

/// The `code` of a REST error; messages are localised, codes are not.
fn rest_code(response: &Response) -> Option<String> {
    if response.ok() {
        return None;
    }
    let body = serde_json::from_slice::<Value>(&response.body).ok()?;
    json::owned(&body, "code")
}

/// A 404 on one story means that there is no such story.
fn missing(error: SourceError) -> SourceError {
    match error {
        SourceError::Status { status: 404, .. } => SourceError::NotFound,
        other => other,
    }
}

/// The id in a plain permalink (`/?p=12`, `/?page_id=12`).
fn id_in(path: &str) -> Option<String> {
    let query = path.split_once('?')?.1;
    query.split('&').find_map(|pair| {
        let (name, value) = pair.split_once('=')?;
        (matches!(name, "p" | "page_id") && value.bytes().all(|byte| byte.is_ascii_digit()))
            .then(|| value.to_owned())
    })
}

type WithBatch = Box<dyn FnOnce(Batch) -> Result<Link, SourceError> + Send>;
type WithOutcome = Box<dyn FnOnce(Result<Batch, SourceError>) -> Result<Link, SourceError> + Send>;

/// Continues a chain where it would have ended.
fn after(link: Link, then: WithBatch) -> Link {
    match link {
        Link::Done(batch) => match then(batch) {
            Ok(link) => link,
            Err(error) => failed(error),
        },
        Link::Ask(request, first) => Link::Ask(
            request,
            Box::new(move |response| match first(response)? {
                Link::Done(batch) => then(batch),
                more => Ok(after(more, then)),
            }),
        ),
    }
}

/// The same, where failing must not spoil what is already there.
fn recovering(link: Link, then: WithOutcome) -> Link {
    match link {
        Link::Done(batch) => match then(Ok(batch)) {
            Ok(link) => link,
            Err(error) => failed(error),
        },
        Link::Ask(request, first) => Link::Ask(
            request,
            Box::new(move |response| match first(response) {
                Ok(Link::Done(batch)) => then(Ok(batch)),
                Ok(more) => Ok(recovering(more, then)),
                Err(error) => then(Err(error)),
            }),
        ),
    }
}

/// A link that ends with what went wrong.
fn failed(error: SourceError) -> Link {
    Link::Done(Batch {
        incomplete: Some(error),
        ..Batch::default()
    })
}
