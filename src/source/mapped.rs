//! Any other JSON API, by configuration: where its lists are, how it pages, which field is which.
//!
//! A preset (`"preset": "dev.to"`) is the same configuration shipped as data under
//! `public/app/presets/`; what the site writes beside it wins. Everything that can be checked
//! without asking the API is checked when the source is opened.

mod expression;

use std::sync::Arc;

use serde_json::{Map, Value};

use super::chain::{Link, ask};
use super::open::{Format, unsupported};
use super::place::{Place, is_absolute, origin};
use super::{Batch, Capabilities, Cursor, Query, Request, Response, Skipped, SourceError, Wanted};
use super::{json, text};
use crate::host::Host;
use crate::model::keys::{Keys, wrong};
use crate::model::{
    Article, Author, Body, CommentThread, ConfigError, Image, Kind, Section, SourceConfig, Tag,
    nearest,
};
use expression::{Expression, Pointer, slug};

/// The address that a preset begins its paths with, for those who must know whom a page will ask.
pub fn preset_address(options: &Map<String, Value>) -> Option<String> {
    let merged = with_preset(options).ok()?;
    json::owned(&Value::Object(merged), "base")
}

/// The presets by name.
const PRESETS: [(&str, &str); 5] = [
    (
        "dev.to",
        include_str!("../../public/app/presets/dev.to.json"),
    ),
    (
        "newsapi",
        include_str!("../../public/app/presets/newsapi.json"),
    ),
    ("nyt", include_str!("../../public/app/presets/nyt.json")),
    ("hn", include_str!("../../public/app/presets/hn.json")),
    (
        "strapi",
        include_str!("../../public/app/presets/strapi.json"),
    ),
];

const KEYS: &[&str] = &[
    "preset", "base", "list", "one", "search", "section", "tag", "author", "map", "vars", "error",
    "headers",
];

/// What a mapping may fill.
const FIELDS: &[&str] = &[
    "id",
    "title",
    "slug",
    "url",
    "external_url",
    "html",
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
    fields: Vec<(&'static str, Expression)>,
    error: Option<Pointer>,
    host: Host,
}

/// One address of the API and where its answer holds what is wanted.
struct Endpoint {
    path: String,
    at: Pointer,
    /// The pointer as it was written, for messages.
    written: String,
    next: Option<Next>,
}

/// How a list goes on.
struct Next {
    by: By,
    start: u64,
    /// Stop when a page has fewer items than the first, or only when one is empty.
    short: bool,
    /// Where the answer says how many pages there are.
    pages: Option<Pointer>,
}

enum By {
    Page,
    Offset,
    /// A pointer to what fills `{cursor}`.
    Cursor(Pointer),
    /// A pointer to the next page's address.
    Link(Pointer),
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
            fields,
            error,
            host,
        })))
    }

    fn address(&self, endpoint: &Endpoint, given: &[(&str, &str)]) -> Result<String, SourceError> {
        if self.0.base.ends_with(".json") && !is_absolute(&self.0.base) {
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

    fn listed(
        &self,
        which: fn(&Inner) -> Option<&Endpoint>,
        given: Vec<(&'static str, String)>,
        cursor: Option<Cursor>,
    ) -> Result<Link, SourceError> {
        let Some(endpoint) = which(&self.0) else {
            return Err(SourceError::NotFound);
        };
        let start = endpoint.next.as_ref().map_or(1, |next| next.start);
        let (at, first_size) = position(cursor.as_ref(), start);
        let link = cursor
            .as_ref()
            .map(|cursor| cursor.0.as_str())
            .unwrap_or_default();
        let place = at.to_string();
        let mut all: Vec<(&str, &str)> =
            vec![("page", &place), ("offset", &place), ("cursor", link)];
        all.extend(given.iter().map(|(name, value)| (*name, value.as_str())));
        let url = match endpoint.next.as_ref().map(|next| &next.by) {
            Some(By::Link(_)) if cursor.is_some() => link.to_owned(),
            _ => self.address(endpoint, &all)?,
        };
        let this = self.clone();
        let cursor = cursor.clone();
        ask(self.request(url), move |response| {
            let place = Place::of(&response.url, this.0.host);
            let shown = super::shown(&response.url);
            let document = this.document(response)?;
            let Some(endpoint) = which(&this.0) else {
                return Err(SourceError::NotFound);
            };
            let items = endpoint.items(&document, &shown)?;
            let mut batch = this.batch(&items, &place);
            let saved = !is_absolute(&this.0.base) && this.0.base.ends_with(".json");
            batch.next = endpoint
                .next
                .as_ref()
                .filter(|_| !saved)
                .and_then(|next| next.after(&document, items.len(), at, first_size, &place))
                .filter(|next| Some(next) != cursor.as_ref());
            Ok(Link::Done(batch))
        })
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
        let needs_id = endpoint.path.contains("{id}");
        let needs_slug = endpoint.path.contains("{slug}");
        if (needs_id && id.is_empty()) || (needs_slug && slug.is_empty()) {
            // The address does not say what this API needs to know: look through the list.
            return self.searched(wanted, None, 0);
        }
        let url = self.address(endpoint, &[("id", &id), ("slug", &slug)])?;
        let this = self.clone();
        ask(self.request(url), move |response| {
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
            let article = item.and_then(|item| this.article(item, &place).ok());
            let article = article.ok_or(SourceError::NotFound)?;
            Ok(Link::Done(Batch {
                items: vec![article],
                ..Batch::default()
            }))
        })
    }

    /// Looks for a story page by page; most APIs hold what is asked for on the first ones.
    fn searched(
        &self,
        wanted: Wanted,
        cursor: Option<Cursor>,
        page: usize,
    ) -> Result<Link, SourceError> {
        const MOST_PAGES: usize = 10;
        let Link::Ask(request, then) = self.listed(|it| Some(&it.list), Vec::new(), cursor)? else {
            return Err(SourceError::NotFound);
        };
        let this = self.clone();
        ask(request, move |response| {
            let Link::Done(batch) = then(response)? else {
                return Err(SourceError::NotFound);
            };
            let next = batch.next;
            match batch.items.into_iter().find(|article| wanted.is(article)) {
                Some(found) => Ok(Link::Done(Batch {
                    items: vec![found],
                    ..Batch::default()
                })),
                None if next.is_some() && page < MOST_PAGES => {
                    this.searched(wanted, next, page + 1)
                }
                None => Err(SourceError::NotFound),
            }
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

    fn batch(&self, items: &[&Value], place: &Place) -> Batch {
        let mut batch = Batch::default();
        for (n, item) in items.iter().enumerate() {
            match self.article(item, place) {
                Ok(article) => batch.items.push(article),
                Err(reason) => batch.skipped.push(Skipped {
                    item: self
                        .text("title", item)
                        .unwrap_or_else(|| ["item ", &(n + 1).to_string()].concat()),
                    reason,
                }),
            }
        }
        batch.notes = self.silent(items);
        batch
    }

    /// Mapped fields that no item of a page fills: most likely a pointer with a typo.
    fn silent(&self, items: &[&Value]) -> Vec<String> {
        const FEW: usize = 3;
        if items.len() < FEW {
            return Vec::new();
        }
        let bodies_elsewhere = self.0.one.is_some();
        self.0
            .fields
            .iter()
            .filter(|(name, _)| !(bodies_elsewhere && matches!(*name, "html" | "text")))
            .filter(|(_, field)| {
                items
                    .iter()
                    .all(|item| field.values(item, self.0.host).is_empty())
            })
            .map(|(name, _)| {
                [
                    "\"source.map.",
                    name,
                    "\" finds nothing in any of the items",
                ]
                .concat()
            })
            .collect()
    }

    fn field(&self, name: &str) -> Option<&Expression> {
        self.0
            .fields
            .iter()
            .find(|(field, _)| *field == name)
            .map(|(_, field)| field)
    }

    fn raw(&self, name: &str, item: &Value) -> Option<String> {
        self.field(name)?.value(item, self.0.host)
    }

    /// A field as plain text.
    fn text(&self, name: &str, item: &Value) -> Option<String> {
        self.raw(name, item)
            .map(|html| text::of_html(&html, self.0.host))
            .filter(|text| !text.is_empty())
    }

    fn all(&self, name: &str, item: &Value) -> Vec<String> {
        self.field(name)
            .map_or_else(Vec::new, |field| field.values(item, self.0.host))
    }

    fn article(&self, item: &Value, place: &Place) -> Result<Article, String> {
        let host = self.0.host;
        let id = self
            .raw("id", item)
            .ok_or("\"source.map.id\" finds nothing in this item")?;
        let body = match (self.raw("html", item), self.raw("text", item)) {
            (Some(html), _) => Body::Html(html),
            (None, Some(text)) => Body::Text(text),
            (None, None) => Body::Absent,
        };
        let summary = self.text("summary", item);
        let headline = self
            .text("title", item)
            .or_else(|| summary.as_deref().map(|text| text::shortened(text, 80)))
            .ok_or("the item has neither a title nor a summary")?;
        let address = |name| self.raw(name, item).and_then(|url| place.address(&url));
        let picture = |name| self.raw(name, item).and_then(|url| place.picture(&url));
        let url = address("url").filter(|url| is_absolute(url));
        let section = self.text("section", item).and_then(|name| {
            let path = self.raw("section_path", item).or_else(|| slug(&name))?;
            Some(Section {
                name: super::json_feed::named(&name),
                path,
                ..Section::default()
            })
        });
        let names = self.all("author", item);
        let single = names.len() == 1;
        let number = |name| {
            self.raw(name, item)
                .and_then(|text| text.parse::<u32>().ok())
        };
        let mut article = Article {
            slug: self.raw("slug", item),
            external_url: address("external_url")
                .or_else(|| {
                    url.clone()
                        .filter(|_| body == Body::Absent && self.0.one.is_none())
                })
                .filter(|external| body == Body::Absent || Some(external) != url.as_ref()),
            standfirst: self.text("standfirst", item),
            kicker: self.text("kicker", item),
            published: self.field("published").and_then(|it| it.date(item, host)),
            modified: self.field("modified").and_then(|it| it.date(item, host)),
            image: picture("image").map(|src| Image {
                src,
                alt: self.text("image_alt", item).unwrap_or_default(),
                caption: self.text("image_caption", item),
                credit: self.text("image_credit", item),
                width: number("image_width").filter(|n| *n > 0),
                height: number("image_height").filter(|n| *n > 0),
                ..Image::default()
            }),
            authors: names
                .into_iter()
                .map(|name| Author {
                    name: text::of_html(&name, host),
                    slug: self
                        .raw("author_slug", item)
                        .filter(|_| single)
                        .unwrap_or_default(),
                    url: address("author_url").filter(|_| single),
                    avatar: picture("author_avatar").filter(|_| single),
                    ..Author::default()
                })
                .filter(|author| !author.name.is_empty())
                .collect(),
            tags: self
                .all("tags", item)
                .into_iter()
                .filter_map(|name| {
                    Some(Tag {
                        slug: slug(&name)?,
                        name,
                    })
                })
                .collect(),
            kind: match self.raw("kind", item).as_deref() {
                Some("live" | "liveblog") => Kind::Live,
                Some("video") => Kind::Video,
                Some("gallery") => Kind::Gallery,
                Some("opinion") => Kind::Opinion,
                Some("link") => Kind::Link,
                _ => Kind::Article,
            },
            language: self.raw("language", item),
            comments: match (number("comments"), address("comments_url")) {
                (None, None) => None,
                (count, url) => Some(CommentThread {
                    open: false,
                    count,
                    url,
                }),
            },
            rights: self.text("rights", item),
            featured: self
                .raw("featured", item)
                .is_some_and(|flag| flag == "true" || flag == "1"),
            id,
            headline,
            url,
            body,
            summary,
            section,
            ..Article::default()
        };
        text::straighten(&mut article);
        Ok(article)
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
            body_in_list: (fields("html") || fields("text")) && self.0.one.is_none(),
            ..Capabilities::default()
        }
    }

    fn bodies_apart(&self) -> bool {
        let saved = !is_absolute(&self.0.base) && self.0.base.ends_with(".json");
        self.0.one.is_some() && !saved
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

impl Endpoint {
    fn parse(
        name: &str,
        value: Option<&Value>,
        vars: &[(String, String)],
    ) -> Result<Option<Self>, ConfigError> {
        const PLACES: [&str; 9] = [
            "page", "offset", "cursor", "id", "slug", "query", "section", "tag", "author",
        ];
        let Some(value) = value else { return Ok(None) };
        let prefix = ["source.", name, "."].concat();
        let keys = Keys::of(value, &prefix, &["path", "items", "item", "next"])?;
        let path = keys.text("path")?.unwrap_or_default();
        for part in path.split('{').skip(1) {
            let place = part.split('}').next().unwrap_or_default();
            if !PLACES.contains(&place) && !vars.iter().any(|(name, _)| name == place) {
                if place == "key" {
                    return Err(ConfigError::Missing {
                        key: "source.key",
                        remedy: "this API needs a key: write { \"env\": \"NAME\" }",
                    });
                }
                let mut known: Vec<&'static str> = PLACES.to_vec();
                known.push("key");
                return Err(ConfigError::UnknownKey {
                    meant: nearest(place, known.iter().copied()).map(str::to_owned),
                    key: [&keys.path("path"), ": {", place, "}"].concat(),
                    known,
                });
            }
        }
        let (key, other) = if name == "one" {
            ("item", "items")
        } else {
            ("items", "item")
        };
        if keys.get(other).is_some() {
            return Err(ConfigError::UnknownKey {
                key: keys.path(other),
                meant: Some(keys.path(key)),
                known: vec!["path", "items", "next"],
            });
        }
        let written = keys.text(key)?.unwrap_or_default();
        Ok(Some(Self {
            at: Pointer::parse(&keys.path(key), &written)?,
            written,
            path,
            next: Next::parse(&prefix, keys.get("next"))?,
        }))
    }

    fn items<'a>(&self, document: &'a Value, url: &str) -> Result<Vec<&'a Value>, SourceError> {
        let found = self.at.find(document);
        if let Some(list) = self.at.before_each()
            && list
                .find(document)
                .first()
                .is_some_and(|list| list.is_array())
        {
            return Ok(found);
        }
        match found.as_slice() {
            [Value::Array(list)] => Ok(list.iter().collect()),
            [] => Err(SourceError::Unexpected {
                url: url.to_owned(),
                expected: "an answer with a list where \"source.list.items\" points",
                found: ["one without \"", &self.written, "\""].concat(),
            }),
            // NYT and others write "" or null for an empty list.
            [Value::Null] => Ok(Vec::new()),
            [Value::String(text)] if text.is_empty() => Ok(Vec::new()),
            [single, ..] => Err(SourceError::Unexpected {
                url: url.to_owned(),
                expected: "an answer with a list where \"source.list.items\" points",
                found: [json::kind_of(single), " at \"", &self.written, "\""].concat(),
            }),
        }
    }
}

impl Next {
    fn parse(prefix: &str, value: Option<&Value>) -> Result<Option<Self>, ConfigError> {
        let Some(value) = value else { return Ok(None) };
        let prefix = [prefix, "next."].concat();
        let keys = Keys::of(value, &prefix, &["by", "at", "start", "stop", "pages"])?;
        let at = || -> Result<Pointer, ConfigError> {
            match keys.text("at")? {
                Some(at) => Pointer::parse(&keys.path("at"), &at),
                None => Err(wrong(
                    &keys.path("at"),
                    "a pointer to what comes next",
                    &Value::Null,
                )),
            }
        };
        let by = match keys.text("by")?.as_deref() {
            None | Some("page") => By::Page,
            Some("offset") => By::Offset,
            Some("cursor") => By::Cursor(at()?),
            Some("link") => By::Link(at()?),
            Some(other) => {
                let known = "\"page\", \"offset\", \"cursor\" or \"link\"";
                return Err(wrong(&keys.path("by"), known, &other.into()));
            }
        };
        let short = match keys.text("stop")?.as_deref() {
            None | Some("short") => true,
            Some("empty") => false,
            Some(other) => {
                let known = "\"short\" or \"empty\"";
                return Err(wrong(&keys.path("stop"), known, &other.into()));
            }
        };
        let start = if matches!(by, By::Offset) { 0 } else { 1 };
        Ok(Some(Self {
            start: keys
                .count("start", 0, 1_000_000)?
                .map_or(start, |n| n as u64),
            pages: match keys.text("pages")? {
                Some(at) => Some(Pointer::parse(&keys.path("pages"), &at)?),
                None => None,
            },
            by,
            short,
        }))
    }

    /// Where the next page begins; `first_size` is the number of items on the first page.
    fn after(
        &self,
        document: &Value,
        count: usize,
        at: u64,
        first_size: Option<usize>,
        place: &Place,
    ) -> Option<Cursor> {
        let size = first_size.unwrap_or(count);
        let found = |pointer: &Pointer| pointer.find(document).first().and_then(|it| json::id(it));
        match &self.by {
            By::Cursor(pointer) => found(pointer).map(Cursor),
            By::Link(pointer) => place.address(&found(pointer)?).map(Cursor),
            _ if count == 0 => None,
            _ if self.short && count < size => None,
            By::Page => {
                if let Some(pages) = self.pages.as_ref().and_then(found) {
                    let last = pages.parse::<u64>().ok()? + self.start;
                    if at + 1 >= last {
                        return None;
                    }
                }
                Some(numbered(at + 1, size))
            }
            By::Offset => Some(numbered(at + count as u64, size)),
        }
    }
}

/// A cursor of a number and the size of the first page.
fn numbered(at: u64, size: usize) -> Cursor {
    Cursor([at.to_string(), size.to_string()].join(" "))
}

fn position(cursor: Option<&Cursor>, start: u64) -> (u64, Option<usize>) {
    let Some((at, size)) = cursor.and_then(|cursor| cursor.0.split_once(' ')) else {
        return (start, None);
    };
    (at.parse().unwrap_or(start), size.parse().ok())
}

/// A template with its places filled; what is filled in is encoded and never leaves its segment.
fn filled(
    template: &str,
    vars: &[(String, String)],
    given: &[(&str, &str)],
    key: &str,
    encode: bool,
) -> Result<String, ConfigError> {
    let mut out = String::with_capacity(template.len() + 16);
    let mut rest = template;
    while let Some(at) = rest.find('{') {
        out.push_str(&rest[..at]);
        let Some(end) = rest[at..].find('}') else {
            break;
        };
        let name = &rest[at + 1..at + end];
        let value = given
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, value)| *value)
            .or_else(|| {
                vars.iter()
                    .find(|(known, _)| known == name)
                    .map(|(_, value)| value.as_str())
            })
            .ok_or_else(|| wrong(&["source.", key].concat(), "a known place", &name.into()))?;
        if !encode {
            out.push_str(value);
        } else if matches!(name, "id" | "slug") && !value.split('/').any(|part| part == "..") {
            // Ids of some APIs are paths.
            let parts: Vec<String> = value.split('/').map(text::percent_encoded).collect();
            out.push_str(&parts.join("/"));
        } else {
            out.push_str(&text::percent_encoded(value));
        }
        rest = &rest[at + end + 1..];
    }
    out.push_str(rest);
    Ok(out)
}

/// The options with a named preset underneath; maps are merged key by key.
fn with_preset(options: &Map<String, Value>) -> Result<Map<String, Value>, ConfigError> {
    let Some(name) = options.get("preset") else {
        return Ok(options.clone());
    };
    let known: Vec<&'static str> = PRESETS.iter().map(|(name, _)| *name).collect();
    let wanted = json::plain(name).unwrap_or_default();
    let preset = PRESETS
        .iter()
        .find(|(name, _)| *name == wanted)
        .map(|(_, text)| *text);
    let Some(Ok(Value::Object(mut merged))) = preset.map(serde_json::from_str) else {
        return Err(ConfigError::UnknownKey {
            key: ["source.preset: ", wanted].concat(),
            meant: nearest(wanted, known.iter().copied()).map(str::to_owned),
            known,
        });
    };
    merged.remove("$about");
    for (key, value) in options {
        match (merged.get_mut(key), value) {
            (Some(Value::Object(under)), Value::Object(over)) if key == "map" || key == "vars" => {
                under.extend(over.clone());
            }
            _ => {
                merged.insert(key.clone(), value.clone());
            }
        }
    }
    Ok(merged)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_preset_is_a_sound_configuration() {
        for (name, text) in PRESETS {
            let options: Map<String, Value> =
                serde_json::from_str(&[r#"{"preset":""#, name, r#""}"#].concat()).expect("JSON");
            let merged = with_preset(&options).expect(name);
            assert!(
                text.contains("\"map\"") && merged.contains_key("list"),
                "{name}"
            );
            let map = Value::Object(merged);
            assert!(Keys::of(&map, "", KEYS).is_ok(), "{name}");
        }
    }
}
