//! Ghost's Content API: posts, pages, settings and tags under a key that is public by design.
//!
//! Titles and excerpts are plain text and are never decoded. No `Accept-Version` is sent: it would
//! force a preflight in browsers. `limit` was the text "all" in old versions, so it is not read.

use serde_json::Value;

use super::chain::{Link, ask};
use super::open::{Format, gathered, only, unsupported};
use super::place::{Place, last_segment, path};
use super::{About, Batch, Capabilities, Cursor, Query, Request, Response, SourceError};
use super::{Wanted, json, query, text};
use crate::host::Host;
use crate::model::keys::Keys;
use crate::model::{Access, Article, Author, Body, ConfigError, Image, Section, SourceConfig, Tag};

/// An opened Ghost site.
#[derive(Clone)]
pub(crate) struct Ghost {
    /// `{site}/ghost/api/content`.
    api: String,
    key: String,
    headers: Vec<(String, String)>,
    per_page: usize,
    host: Host,
}

impl Ghost {
    pub fn open(config: &SourceConfig, host: Host) -> Result<Self, ConfigError> {
        let keys = Keys::of_map(&config.options, "source.", &["per_page"])?;
        let key = config
            .key
            .as_ref()
            .and_then(|key| key.open())
            .unwrap_or_default();
        if key.is_empty() {
            return Err(ConfigError::Missing {
                key: "source.key",
                remedy: "make a custom integration in Ghost's settings and copy its content key",
            });
        }
        let mut api = config.url.trim_end_matches('/').to_owned();
        if !(api.contains("/ghost/api/") && api.ends_with("/content")) {
            api.push_str("/ghost/api/content");
        }
        Ok(Self {
            api,
            key: key.to_owned(),
            headers: super::open::headers(config),
            per_page: keys.count("per_page", 1, 100)?.unwrap_or(50),
            host,
        })
    }

    fn request(&self, route: &str, parameters: &[(&str, &str)]) -> Request {
        let mut url = self.api.clone();
        url.push_str(route);
        query::with(&mut url, "key", &self.key);
        for (name, value) in parameters {
            query::with(&mut url, name, value);
        }
        Request {
            headers: self.headers.clone(),
            url,
            ..Request::default()
        }
    }

    fn list(
        &self,
        what: &'static str,
        filter: &str,
        cursor: Option<Cursor>,
    ) -> Result<Link, SourceError> {
        let page = query::page(cursor.as_ref());
        let (number, limit) = (page.to_string(), self.per_page.to_string());
        let mut parameters = vec![
            ("include", "authors,tags"),
            ("limit", &limit),
            ("page", &number),
        ];
        if !filter.is_empty() {
            parameters.push(("filter", filter));
        }
        let (host, full) = (self.host, self.per_page);
        ask(
            self.request(&["/", what, "/"].concat(), &parameters),
            move |response| {
                let mut batch = parse(response, host)?;
                if batch.total.is_none() && batch.items.len() + batch.skipped.len() >= full {
                    // Something on the way (a cache, a function of the site's own) left the paging out.
                    batch.next = batch.next.or_else(|| Some(query::cursor(page + 1)));
                }
                Ok(Link::Done(batch))
            },
        )
    }

    fn one(&self, wanted: Wanted, what: &'static str) -> Result<Link, SourceError> {
        let slug = wanted
            .path
            .as_deref()
            .and_then(last_segment)
            .or(wanted.slug.clone());
        let route = match (&wanted.id, slug) {
            (Some(id), _) => ["/", what, "/", &text::percent_encoded(id), "/"].concat(),
            (None, Some(slug)) => {
                ["/", what, "/slug/", &text::percent_encoded(&slug), "/"].concat()
            }
            (None, None) => return Err(SourceError::NotFound),
        };
        let this = self.clone();
        ask(
            self.request(&route, &[("include", "authors,tags")]),
            move |response| {
                if response.status == 404 {
                    return if what == "posts" {
                        this.one(wanted, "pages")
                    } else {
                        Err(SourceError::NotFound)
                    };
                }
                only(parse(response, this.host)?, |_| true)
            },
        )
    }

    fn related(&self, wanted: Wanted, cursor: Option<Cursor>) -> Result<Link, SourceError> {
        let Link::Ask(request, then) = self.one(wanted, "posts")? else {
            return Err(SourceError::NotFound);
        };
        let this = self.clone();
        ask(request, move |response| {
            let Link::Done(batch) = then(response)? else {
                return Err(SourceError::NotFound);
            };
            let story = batch.items.first().ok_or(SourceError::NotFound)?;
            let tags: Vec<&str> = story.tags.iter().map(|tag| tag.slug.as_str()).collect();
            if tags.is_empty() {
                return Ok(Link::Done(Batch::default()));
            }
            let filter = ["tags:[", &tags.join(","), "]+id:-", &story.id].concat();
            this.list("posts", &filter, cursor)
        })
    }

    fn about(&self) -> Result<Link, SourceError> {
        let this = self.clone();
        ask(self.request("/settings/", &[]), move |response| {
            let document = json::document(response)?;
            let settings = document.get("settings").unwrap_or(&Value::Null).clone();
            let parameters = [
                ("limit", "100"),
                ("filter", "visibility:public"),
                ("include", "count.posts"),
                ("order", "count.posts desc"),
            ];
            ask(this.request("/tags/", &parameters), move |response| {
                // A site without readable tags still has a title.
                let tags = json::document(response).unwrap_or_default();
                Ok(Link::Done(Batch {
                    about: Some(About {
                        title: json::owned(&settings, "title"),
                        description: json::owned(&settings, "description"),
                        language: json::first(&settings, &["locale", "lang"]).map(str::to_owned),
                        home: json::owned(&settings, "url"),
                        icon: json::first(&settings, &["icon", "logo"]).map(str::to_owned),
                        sections: json::list(&tags, "tags")
                            .iter()
                            .filter(|tag| !is_internal(tag) && holds_posts(tag))
                            .filter_map(section)
                            .collect(),
                    }),
                    ..Batch::default()
                }))
            })
        })
    }
}

impl Format for Ghost {
    fn capabilities(&self) -> Capabilities {
        Capabilities {
            search: true,
            section: true,
            tag: true,
            author: true,
            related: true,
            body_in_list: true,
            ..Capabilities::default()
        }
    }

    fn ask(&self, query: Query, cursor: Option<Cursor>) -> Result<Link, SourceError> {
        match query {
            Query::Latest => self.list("posts", "", cursor),
            Query::One(wanted) => self.one(wanted, "posts"),
            Query::Section(path) => {
                let slug = path.rsplit('/').next().unwrap_or(&path);
                self.list("posts", &["tag:", &quoted(slug)].concat(), cursor)
            }
            Query::Tag(slug) => self.list("posts", &["tag:", &quoted(&slug)].concat(), cursor),
            Query::Author(slug) => {
                self.list("posts", &["author:", &quoted(&slug)].concat(), cursor)
            }
            Query::Search(words) => {
                self.list("posts", &["title:~", &quoted(&words)].concat(), cursor)
            }
            Query::Related(wanted) => self.related(wanted, cursor),
            Query::Pages => self.list("pages", "", cursor),
            Query::About => self.about(),
            other @ Query::Comments(_) => Err(unsupported(&other)),
        }
    }
}

/// A value of Ghost's filter language: quotes inside are escaped, or they would end it.
fn quoted(text: &str) -> String {
    ["'", &text.replace('\\', "\\\\").replace('\'', "\\'"), "'"].concat()
}

/// Posts or pages of an answer.
pub(crate) fn parse(response: Response, host: Host) -> Result<Batch, SourceError> {
    let place = Place::of(&response.url, host);
    let url = super::shown(&response.url);
    let document = json::document(response)?;
    let list = ["posts", "pages"]
        .iter()
        .find_map(|key| document.get(key)?.as_array());
    let Some(list) = list else {
        if let Some(error) = json::list(&document, "errors").first() {
            return Err(SourceError::Forbidden {
                url,
                message: json::owned(error, "message").unwrap_or_default(),
            });
        }
        // A post saved on its own.
        if let Some(article) = article(&document, &place, host).filter(|it| it.url.is_some()) {
            return Ok(Batch {
                items: vec![article],
                ..Batch::default()
            });
        }
        return Err(SourceError::Unexpected {
            url,
            expected: "posts of a Ghost site",
            found: json::kind_of(&document).to_owned(),
        });
    };
    let mut batch = gathered(
        list.iter(),
        |post| json::first(post, &["slug", "title"]).map(str::to_owned),
        |post| article(post, &place, host).ok_or("the post has no id"),
    );
    let paging = document.get("meta").and_then(|meta| meta.get("pagination"));
    batch.total = paging.and_then(|paging| json::count(paging, "total"));
    batch.next = paging
        .and_then(|paging| json::count(paging, "next"))
        .map(query::cursor);
    Ok(batch)
}

fn article(post: &Value, place: &Place, host: Host) -> Option<Article> {
    let id = json::id(post.get("id")?)?;
    // A draft's address is the site's own "not found".
    let url = json::text(post, "url")
        .and_then(|url| place.elsewhere(url))
        .filter(|url| path(url) != "/404/");
    let html = json::text(post, "html").unwrap_or_default();
    let canonical = json::text(post, "canonical_url").filter(|link| place.elsewhere(link) != url);
    let tags: Vec<&Value> = json::list(post, "tags")
        .iter()
        .filter(|tag| !is_internal(tag))
        .collect();
    let primary = post
        .get("primary_tag")
        .filter(|tag| tag.is_object() && !is_internal(tag));
    let slug = json::owned(post, "slug");
    let headline = json::owned(post, "title")
        .filter(|title| title != "(Untitled)")
        .unwrap_or_default();
    let article = Article {
        headline,
        url,
        external_url: canonical.and_then(|link| place.address(link)),
        body: if html.is_empty() {
            Body::Absent
        } else {
            Body::Html(html.to_owned())
        },
        summary: json::first(post, &["custom_excerpt", "excerpt"])
            .map(|text| text.split_whitespace().collect::<Vec<_>>().join(" ")),
        published: json::date(post, "published_at"),
        modified: json::date(post, "updated_at"),
        image: json::text(post, "feature_image")
            .and_then(|src| place.picture(src))
            .map(|src| Image {
                src,
                alt: json::owned(post, "feature_image_alt").unwrap_or_default(),
                caption: json::text(post, "feature_image_caption")
                    .map(|html| text::of_html(html, host)),
                ..Image::default()
            }),
        authors: json::list(post, "authors")
            .iter()
            .filter_map(|it| author(it, place))
            .collect(),
        section: primary.or(tags.first().copied()).and_then(section),
        tags: tags
            .iter()
            .filter_map(|tag| {
                let (name, slug) = (json::owned(tag, "name")?, json::owned(tag, "slug")?);
                Some(Tag { name, slug })
            })
            .collect(),
        access: match json::flag(post, "access") {
            Some(false) => Access::Preview,
            _ => Access::Full,
        },
        featured: json::flag(post, "featured").unwrap_or(false),
        id,
        slug,
        ..Article::default()
    };
    Some(text::settled(article, host))
}

fn author(author: &Value, place: &Place) -> Option<Author> {
    Some(Author {
        name: json::owned(author, "name")?,
        slug: json::owned(author, "slug").unwrap_or_default(),
        url: json::first(author, &["website", "url"])
            .filter(|url| path(url) != "/404/")
            .and_then(|url| place.address(url)),
        avatar: json::text(author, "profile_image").and_then(|url| place.picture(url)),
        bio: json::owned(author, "bio"),
    })
}

fn section(tag: &Value) -> Option<Section> {
    Some(Section {
        id: tag.get("id").and_then(json::id).unwrap_or_default(),
        name: json::owned(tag, "name")?,
        path: json::owned(tag, "slug")?,
        description: json::owned(tag, "description"),
    })
}

/// Tags with a `#` organise the publisher's work and are never shown.
fn is_internal(tag: &Value) -> bool {
    json::text(tag, "visibility") == Some("internal")
        || json::text(tag, "name").is_some_and(|name| name.starts_with('#'))
}

fn holds_posts(tag: &Value) -> bool {
    tag.get("count")
        .and_then(|count| json::count(count, "posts"))
        != Some(0)
}
