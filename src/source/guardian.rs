//! The Guardian's Open Platform: search, sections, tags and single items under a key.
//!
//! An item's id is its path on theguardian.com. `fields` hold booleans and numbers as texts;
//! `results` may hold bare ids where content was removed; live blogs carry `blocks`, not a body.

use serde_json::Value;

use super::chain::{Link, ask};
use super::open::{Format, gathered, only, unsupported};
use super::place::Place;
use super::{Batch, Capabilities, Cursor, Query, Request, Response, SourceError, Wanted};
use super::{json, live, query, text};
use crate::host::Host;
use crate::model::keys::Keys;
use crate::model::{
    Article, Author, Body, CommentThread, ConfigError, Image, ImageSize, Kind, Live, LiveUpdate,
    Section, SourceConfig, Tag,
};

/// The opened platform.
#[derive(Clone)]
pub(crate) struct Guardian {
    api: String,
    key: String,
    headers: Vec<(String, String)>,
    per_page: usize,
    /// Parameters that narrow every list (`section`, `tag`, `q`), as the site chose them.
    only: Vec<(String, String)>,
    host: Host,
}

impl Guardian {
    pub fn open(config: &SourceConfig, host: Host) -> Result<Self, ConfigError> {
        const NARROW: [&str; 3] = ["section", "tag", "q"];
        let keys = Keys::of_map(
            &config.options,
            "source.",
            &["per_page", "section", "tag", "q"],
        )?;
        let key = config
            .key
            .as_ref()
            .and_then(|key| key.open())
            .unwrap_or_default();
        if key.is_empty() {
            return Err(ConfigError::Missing {
                key: "source.key",
                remedy: "write { \"env\": \"NAME\" } for the variable that holds the API key",
            });
        }
        let mut only = Vec::new();
        for name in NARROW {
            if let Some(value) = keys.text(name)? {
                only.push((name.to_owned(), value));
            }
        }
        Ok(Self {
            api: config
                .url
                .trim_end_matches('/')
                .trim_end_matches("/search")
                .to_owned(),
            key: key.to_owned(),
            headers: super::open::headers(config),
            per_page: keys.count("per_page", 1, 50)?.unwrap_or(50),
            only,
            host,
        })
    }

    fn request(&self, route: &str, parameters: &[(&str, &str)]) -> Request {
        let mut url = self.api.clone();
        url.push_str(route);
        for (name, value) in [
            ("api-key", self.key.as_str()),
            ("show-fields", "all"),
            ("show-tags", "contributor,keyword"),
            ("show-elements", "all"),
            ("show-blocks", "body"),
        ]
        .iter()
        .chain(parameters)
        {
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
        filter: Option<(&str, &str)>,
        cursor: Option<Cursor>,
    ) -> Result<Link, SourceError> {
        let page = query::page(cursor.as_ref()).to_string();
        let size = self.per_page.to_string();
        let mut parameters = vec![
            ("page", page.as_str()),
            ("page-size", &size),
            ("order-by", "newest"),
        ];
        let asked = |name: &str| filter.is_some_and(|(filter, _)| filter == name);
        for (name, value) in self.only.iter().filter(|(name, _)| !asked(name)) {
            parameters.push((name, value));
        }
        parameters.extend(filter);
        let host = self.host;
        ask(self.request("/search", &parameters), move |response| {
            parse(response, host).map(Link::Done)
        })
    }

    fn one(&self, wanted: Wanted) -> Result<Link, SourceError> {
        let id = wanted
            .id
            .or(wanted.path)
            .or(wanted.slug)
            .ok_or(SourceError::NotFound)?;
        let id = id.trim_matches('/');
        if id.split('/').any(|segment| segment == "..") {
            return Err(SourceError::NotFound);
        }
        let host = self.host;
        ask(self.request(&["/", id].concat(), &[]), move |response| {
            if response.status == 404 {
                return Err(SourceError::NotFound);
            }
            only(parse(response, host)?, |_| true)
        })
    }
}

impl Format for Guardian {
    fn capabilities(&self) -> Capabilities {
        Capabilities {
            search: true,
            section: true,
            tag: true,
            author: true,
            body_in_list: true,
            ..Capabilities::default()
        }
    }

    fn ask(&self, query: Query, cursor: Option<Cursor>) -> Result<Link, SourceError> {
        match query {
            Query::Latest => self.list(None, cursor),
            Query::One(wanted) => self.one(wanted),
            Query::Section(path) => self.list(Some(("section", &path)), cursor),
            Query::Tag(slug) => self.list(Some(("tag", &slug.replace('~', "/"))), cursor),
            Query::Author(slug) => self.list(Some(("tag", &["profile/", &slug].concat())), cursor),
            Query::Search(words) => self.list(Some(("q", &words)), cursor),
            other => Err(unsupported(&other)),
        }
    }
}

/// A list, a section page or a single item.
pub(crate) fn parse(response: Response, host: Host) -> Result<Batch, SourceError> {
    let place = Place::of(&response.url, host);
    let (url, status) = (super::shown(&response.url), response.status);
    let document = json::document(response)?;
    let Some(answer) = document
        .get("response")
        .or(document.get("webTitle").and(Some(&document)))
    else {
        return Err(SourceError::Unexpected {
            url,
            expected: "an answer of the Guardian's Open Platform",
            found: json::kind_of(&document).to_owned(),
        });
    };
    if json::text(answer, "status") == Some("error") {
        let message = json::owned(answer, "message").unwrap_or_default();
        return Err(SourceError::Status {
            url,
            status,
            message,
            retry_after: None,
        });
    }
    let single = answer
        .get("content")
        .or(answer.get("webTitle").and(Some(answer)));
    let mut batch = gathered(
        json::list(answer, "results").iter().chain(single),
        json::id,
        |item| {
            article(item, &place, host).ok_or(if item.is_string() {
                "the content was removed at the source"
            } else {
                "the item has neither an id nor a title"
            })
        },
    );
    if single.is_none() {
        batch.total = json::count(answer, "total");
        let page = json::count(answer, "currentPage").unwrap_or(1);
        let pages = json::count(answer, "pages").unwrap_or(0);
        batch.next = (page < pages).then(|| query::cursor(page + 1));
    }
    Ok(batch)
}

fn article(item: &Value, place: &Place, host: Host) -> Option<Article> {
    let id = json::owned(item, "id")?;
    let fields = item.get("fields").unwrap_or(&Value::Null);
    let title = json::text(fields, "headline").or_else(|| json::text(item, "webTitle"))?;
    let plain = |key| {
        json::text(fields, key)
            .map(|html| text::of_html(html, host))
            .filter(|text| !text.is_empty())
    };
    let kind = kind(item);
    let told = (kind == Kind::Live && item.get("blocks").is_some()).then(|| posts(item, fields));
    let has_posts = told.as_ref().is_some_and(|live| !live.updates.is_empty());
    let body = match json::text(fields, "body").filter(|body| is_there(body)) {
        // The field repeats the updates.
        _ if has_posts => Body::Text(String::new()),
        Some(body) => Body::Html(body.to_owned()),
        None => Body::Absent,
    };
    let url = json::text(item, "webUrl").and_then(|url| place.address(url));
    let section = json::text(item, "sectionId").map(|id| Section {
        id: id.to_owned(),
        name: json::text(item, "sectionName").unwrap_or(id).to_owned(),
        path: id.to_owned(),
        ..Section::default()
    });
    let article = Article {
        headline: text::of_html(title, host),
        slug: Some(id.clone()),
        external_url: url.clone().filter(|_| body == Body::Absent),
        summary: plain("trailText"),
        standfirst: plain("standfirst"),
        published: json::date(item, "webPublicationDate"),
        modified: json::date(fields, "lastModified"),
        image: image(item, fields, place),
        authors: authors(item, fields, place, host),
        tags: tags(item, "keyword")
            .filter_map(|tag| {
                Some(Tag {
                    name: json::owned(tag, "webTitle")?,
                    slug: json::text(tag, "id")?.replace('/', "~"),
                })
            })
            .collect(),
        language: json::owned(fields, "lang"),
        comments: json::flag(fields, "commentable").map(|open| CommentThread {
            open,
            ..CommentThread::default()
        }),
        rights: json::owned(fields, "copyright"),
        id,
        url,
        body,
        section,
        kind,
        live: told,
        ..Article::default()
    };
    Some(text::settled(article, host))
}

/// Where rights are missing the field holds nothing but a comment that says so.
fn is_there(html: &str) -> bool {
    !(html.starts_with("<!--")
        && html.trim_end().ends_with("-->")
        && html.matches("<!--").count() == 1)
}

/// A live blog's posts.
fn posts(item: &Value, fields: &Value) -> Live {
    let blocks = item.get("blocks").unwrap_or(&Value::Null);
    let post = |block: &Value| {
        let said = block.get("attributes").unwrap_or(&Value::Null);
        let title = json::owned(block, "title");
        let body = Body::Html(json::owned(block, "bodyHtml")?);
        let published =
            json::date(block, "firstPublishedDate").or_else(|| json::date(block, "publishedDate"));
        Some(LiveUpdate {
            id: live::named(json::owned(block, "id"), published, &title, &body),
            published,
            title,
            body,
            key: json::flag(said, "keyEvent").unwrap_or(false),
        })
    };
    Live {
        updates: json::list(blocks, "body").iter().filter_map(post).collect(),
        ended: json::flag(fields, "liveBloggingNow") == Some(false),
        url: None,
    }
}

fn kind(item: &Value) -> Kind {
    match json::text(item, "type") {
        Some("liveblog") => Kind::Live,
        Some("video" | "audio") => Kind::Video,
        Some("gallery" | "picture") => Kind::Gallery,
        _ if json::text(item, "pillarId") == Some("pillar/opinion")
            || json::text(item, "sectionId") == Some("commentisfree") =>
        {
            Kind::Opinion
        }
        _ => Kind::Article,
    }
}

fn tags<'a>(item: &'a Value, kind: &'static str) -> impl Iterator<Item = &'a Value> {
    json::list(item, "tags")
        .iter()
        .filter(move |tag| json::text(tag, "type") == Some(kind))
}

/// Contributors, else the byline as it stands.
fn authors(item: &Value, fields: &Value, place: &Place, host: Host) -> Vec<Author> {
    let found: Vec<Author> = tags(item, "contributor")
        .filter_map(|tag| {
            Some(Author {
                name: json::owned(tag, "webTitle")?,
                slug: json::text(tag, "id")?
                    .trim_start_matches("profile/")
                    .to_owned(),
                url: json::text(tag, "webUrl").and_then(|url| place.address(url)),
                avatar: json::text(tag, "bylineImageUrl").and_then(|url| place.picture(url)),
                bio: json::text(tag, "bio").map(|html| text::of_html(html, host)),
            })
        })
        .collect();
    if !found.is_empty() {
        return found;
    }
    let byline = json::text(fields, "byline").map(|html| text::of_html(html, host));
    byline
        .map(|name| Author {
            name,
            ..Author::default()
        })
        .into_iter()
        .collect()
}

/// The main element's picture in all its widths, else the thumbnail.
fn image(item: &Value, fields: &Value, place: &Place) -> Option<Image> {
    let main = json::list(item, "elements").iter().find(|element| {
        json::text(element, "relation") == Some("main")
            && json::text(element, "type") == Some("image")
    });
    let mut found: Vec<(ImageSize, Option<u32>, &Value)> = Vec::new();
    for asset in main.map_or(&[][..], |main| json::list(main, "assets")) {
        let data = asset.get("typeData").unwrap_or(&Value::Null);
        let src = json::first(data, &["secureFile"]).or_else(|| json::text(asset, "file"));
        if let (Some(src), Some(width)) = (
            src.and_then(|src| place.picture(src)),
            json::pixels(data, "width"),
        ) {
            found.push((ImageSize { src, width }, json::pixels(data, "height"), data));
        }
    }
    found.sort_by_key(|(size, _, _)| size.width);
    found.dedup_by_key(|(size, _, _)| size.width);
    let Some((largest, height, data)) = found.last().cloned() else {
        let src = json::first(fields, &["secureThumbnail", "thumbnail"])?;
        return Some(Image {
            src: place.picture(src)?,
            ..Image::default()
        });
    };
    Some(Image {
        width: Some(largest.width),
        src: largest.src,
        height,
        alt: json::owned(data, "altText").unwrap_or_default(),
        caption: json::owned(data, "caption"),
        credit: json::owned(data, "credit"),
        sizes: found
            .into_iter()
            .map(|(size, _, _)| size)
            .take(12)
            .collect(),
        ..Image::default()
    })
}
