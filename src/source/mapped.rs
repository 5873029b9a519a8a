//! Any other JSON API, by configuration: where its lists are, how it pages, which field is which.
//!
//! A preset (`"preset": "dev.to"`) is the same configuration shipped as data under
//! `public/app/presets/`; what the site writes beside it wins. Everything that can be checked
//! without asking the API is checked when the source is opened.

mod article;
mod endpoint;
mod expression;
mod links;
mod lists;
mod pointer;
mod post;
mod presets;
mod remarks;
mod withheld;

use std::sync::Arc;

use serde_json::Value;

use super::chain::{Link, ask};
use super::json;
use super::open::{Format, unsupported};
use super::place::{Place, is_absolute, origin};
use super::{
    Batch, Capabilities, Cursor, Method, Query, Request, Response, Skipped, SourceError, Wanted,
};
use crate::host::Host;
use crate::model::keys::{Keys, wrong};
use crate::model::{ConfigError, SourceConfig};
use endpoint::{Endpoint, filled};
use expression::Expression;
use pointer::Pointer;
pub use presets::preset_address;
use presets::with_preset;
#[cfg(feature = "ssr")]
pub(crate) use withheld::{Sign, WITHIN, unpublished};

const KEYS: &[&str] = &[
    "preset", "base", "list", "one", "search", "section", "tag", "author", "only", "map", "vars",
    "error", "headers",
];

/// The fields that hold a body, by what it is written in; the first that an item has counts.
const BODIES: [&str; 3] = ["html", "markdown", "text"];

/// What a mapping may fill.
const FIELDS: &[&str] = &[
    "id",
    "title",
    "slug",
    "url",
    "external_url",
    "html",
    "markdown",
    "text",
    "summary",
    "standfirst",
    "kicker",
    "published",
    "modified",
    "image",
    "image_alt",
    "image_caption",
    "image_credit",
    "image_width",
    "image_height",
    "author",
    "author_slug",
    "author_url",
    "author_avatar",
    "section",
    "section_path",
    "tags",
    "kind",
    "language",
    "comments",
    "comments_url",
    "rights",
    "featured",
    "rank",
];

/// An opened mapped API.
#[derive(Clone)]
pub(crate) struct Mapped(Arc<Inner>);

struct Inner {
    base: String,
    headers: Vec<(String, String)>,
    vars: Vec<(String, String)>,
    list: Endpoint,
    one: Option<Endpoint>,
    search: Option<Endpoint>,
    section: Option<Endpoint>,
    tag: Option<Endpoint>,
    author: Option<Endpoint>,
    /// What finds a value in an item that is for readers.
    only: Option<Expression>,
    fields: Vec<(&'static str, Expression)>,
    error: Option<Pointer>,
    host: Host,
}

impl Mapped {
    pub fn open(config: &SourceConfig, host: Host) -> Result<Self, ConfigError> {
        let options = with_preset(&config.options)?;
        let keys = Keys::of_map(&options, "source.", KEYS)?;
        let base = match keys.text("base")? {
            Some(base) if config.url.is_empty() => base,
            _ => config.url.clone(),
        };
        if base.is_empty() {
            return Err(ConfigError::Missing {
                key: "source.base",
                remedy: "write the address that every path of the API begins with",
            });
        }
        let mut vars: Vec<(String, String)> = Vec::new();
        if let Some(Value::Object(map)) = keys.object("vars", None)? {
            for (name, value) in &map {
                let value = json::id(value).ok_or_else(|| wrong("source.vars", "texts", value))?;
                vars.push((name.clone(), value));
            }
        }
        if let Some(key) = config.key.as_ref().and_then(|key| key.open()) {
            vars.push(("key".into(), key.to_owned()));
        } else if !is_absolute(&base) {
            // An answer saved as a file needs no key.
            vars.push(("key".into(), String::new()));
        }
        let endpoint = |name: &'static str| Endpoint::parse(name, keys.get(name), &vars);
        let list = endpoint("list")?.ok_or(ConfigError::Missing {
            key: "source.list",
            remedy: "write { \"path\": …, \"items\": … } or name a \"preset\"",
        })?;
        let map = keys
            .object("map", Some(FIELDS))?
            .ok_or(ConfigError::Missing {
                key: "source.map",
                remedy: "write which field is which, at least \"id\" and \"title\"",
            })?;
        let mut fields = Vec::new();
        for (name, value) in map.as_object().into_iter().flatten() {
            if let Some(known) = FIELDS.iter().find(|known| *known == name) {
                let key = ["source.map.", name].concat();
                fields.push((*known, Expression::parse(&key, value, host)?));
            }
        }
        for (name, key) in [("id", "source.map.id"), ("title", "source.map.title")] {
            if !fields.iter().any(|(field, _)| *field == name) {
                return Err(ConfigError::Missing {
                    key,
                    remedy: "no story can do without it",
                });
            }
        }
        let only = match keys.get("only") {
            Some(value) => Some(Expression::parse("source.only", value, host)?),
            None => None,
        };
        let mut headers = super::open::headers(config);
        if let Some(Value::Object(map)) = keys.object("headers", None)? {
            for (name, value) in &map {
                let template = json::plain(value).unwrap_or_default();
                if template.contains("{key}") && !vars.iter().any(|(name, _)| name == "key") {
                    return Err(ConfigError::Missing {
                        key: "source.key",
                        remedy: "this API needs a key: write { \"env\": \"NAME\" }",
                    });
                }
                headers.push((
                    name.clone(),
                    filled(template, &vars, &[], "headers", false)?,
                ));
            }
        }
        let error = match keys.text("error")? {
            Some(pointer) => Some(Pointer::parse("source.error", &pointer)?),
            None => None,
        };
        Ok(Self(Arc::new(Inner {
            base: base.trim_end_matches('/').to_owned(),
            headers,
            list,
            one: endpoint("one")?,
            search: endpoint("search")?,
            section: endpoint("section")?,
            tag: endpoint("tag")?,
            author: endpoint("author")?,
            vars,
            only,
            fields,
            error,
            host,
        })))
    }

    /// Whether an answer of the API lies in the site's folder as a file.
    fn saved(&self) -> bool {
        !is_absolute(&self.0.base) && self.0.base.ends_with(".json")
    }

    fn address(&self, endpoint: &Endpoint, given: &[(&str, &str)]) -> Result<String, SourceError> {
        if self.saved() {
            // An answer saved as a file takes no questions.
            return Ok(self.0.base.clone());
        }
        let path = filled(&endpoint.path, &self.0.vars, given, "path", true)
            .map_err(|_| SourceError::NotFound)?;
        if is_absolute(&path) {
            return Ok(path);
        }
        let mut url = self.0.base.clone();
        if !path.starts_with(['/', '?']) && !path.is_empty() && is_absolute(&url) {
            url.push('/');
        }
        url.push_str(&path);
        Ok(url)
    }

    /// What asks an endpoint.
    fn question(
        &self,
        endpoint: &Endpoint,
        given: &[(&str, &str)],
    ) -> Result<Request, SourceError> {
        let mut request = self.request(self.address(endpoint, given)?);
        if let Some(post) = endpoint.post.as_ref().filter(|_| !self.saved()) {
            request.method = Method::Post;
            request.body = Some(post.filled(&self.0.vars, given));
            let kind = ("Content-Type".to_owned(), "application/json".to_owned());
            request.headers.push(kind);
        }
        Ok(request)
    }

    /// Headers, which may hold a key, go to the API's own origin only, wherever a link to the next
    /// page points.
    fn request(&self, url: String) -> Request {
        let own = origin(&url) == origin(&self.0.base);
        Request {
            headers: if own {
                self.0.headers.clone()
            } else {
                Vec::new()
            },
            url,
            ..Request::default()
        }
    }

    fn one(&self, wanted: Wanted) -> Result<Link, SourceError> {
        let Some(endpoint) = &self.0.one else {
            return self.searched(wanted, None, 0);
        };
        let id = wanted.id.clone().unwrap_or_default();
        let path = wanted
            .path
            .as_deref()
            .map(|path| path.trim_matches('/').to_owned());
        let slug = wanted.slug.clone().or(path).unwrap_or_default();
        let needs_id = endpoint.needs("{id}");
        let needs_slug = endpoint.needs("{slug}");
        if (needs_id && id.is_empty()) || (needs_slug && slug.is_empty()) {
            // The address does not say what this API needs to know: look through the list.
            return self.searched(wanted, None, 0);
        }
        let request = self.question(endpoint, &[("id", &id), ("slug", &slug)])?;
        let this = self.clone();
        ask(request, move |response| {
            if response.status == 404 {
                return Err(SourceError::NotFound);
            }
            let place = Place::of(&response.url, this.0.host);
            let document = this.document(response)?;
            let found = this
                .0
                .one
                .as_ref()
                .map_or(Vec::new(), |one| one.at.find(&document));
            let item = match found.first() {
                Some(Value::Array(list)) => list.first(),
                Some(item) => Some(*item),
                None => None,
            };
            let article = item
                .filter(|item| this.withheld(item).is_none())
                .and_then(|item| this.article(item, &place).ok());
            let article = article.ok_or(SourceError::NotFound)?;
            Ok(Link::Done(Batch {
                items: vec![article],
                ..Batch::default()
            }))
        })
    }

    /// The answer as a document; where the API says what went wrong, in its words.
    fn document(&self, response: Response) -> Result<Value, SourceError> {
        let (url, status) = (super::shown(&response.url), response.status);
        if let Some(pointer) = &self.0.error
            && let Ok(body) = serde_json::from_slice::<Value>(&response.body)
            && let Some(message) = pointer.find(&body).first().and_then(|it| json::plain(it))
        {
            let message = message.to_owned();
            return Err(match status {
                401 | 403 => SourceError::Forbidden { url, message },
                _ => SourceError::Status {
                    url,
                    status,
                    message,
                    retry_after: None,
                },
            });
        }
        json::document(response)
    }

    /// `first` where no page of the list was read before.
    fn batch(&self, items: &[&Value], place: &Place, first: bool) -> Batch {
        let mut batch = Batch::default();
        let mut told = Vec::new();
        for (n, item) in items.iter().enumerate() {
            let read = match self.withheld(item) {
                Some(reason) => Err(reason),
                None => {
                    told.push(*item);
                    self.article(item, place)
                }
            };
            match read {
                Ok(article) => batch.items.push(article),
                Err(reason) => batch.skipped.push(Skipped {
                    item: self
                        .text("title", item)
                        .unwrap_or_else(|| ["item ", &(n + 1).to_string()].concat()),
                    reason,
                }),
            }
        }
        batch.notes = self.remarks(&told, first);
        batch.unread = self.unread(&told);
        batch
    }
}

impl Format for Mapped {
    fn capabilities(&self) -> Capabilities {
        let fields = |name| self.field(name).is_some();
        Capabilities {
            search: self.0.search.is_some(),
            section: self.0.section.is_some(),
            tag: self.0.tag.is_some(),
            author: self.0.author.is_some(),
            body_in_list: BODIES.iter().any(|name| fields(name)) && self.0.one.is_none(),
            ..Capabilities::default()
        }
    }

    fn bodies_apart(&self) -> bool {
        self.0.one.is_some() && !self.saved()
    }

    fn ask(&self, query: Query, cursor: Option<Cursor>) -> Result<Link, SourceError> {
        match query {
            Query::Latest => self.listed(|it| Some(&it.list), Vec::new(), cursor),
            Query::One(wanted) => self.one(wanted),
            Query::Search(words) if self.0.search.is_some() => {
                self.listed(|it| it.search.as_ref(), vec![("query", words)], cursor)
            }
            Query::Section(path) if self.0.section.is_some() => {
                self.listed(|it| it.section.as_ref(), vec![("section", path)], cursor)
            }
            Query::Tag(slug) if self.0.tag.is_some() => {
                self.listed(|it| it.tag.as_ref(), vec![("tag", slug)], cursor)
            }
            Query::Author(slug) if self.0.author.is_some() => {
                self.listed(|it| it.author.as_ref(), vec![("author", slug)], cursor)
            }
            other => Err(unsupported(&other)),
        }
    }
}
