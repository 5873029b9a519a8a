//! What is asked for on its own: one story, the site's title, the comments under a story.

use serde_json::Value;

use super::answer::{Answer, missing, rest_code};
use super::steps::after;
use super::{WordPress, item};
use crate::source::chain::Link;
use crate::source::place::last_segment;
use crate::source::{About, Batch, Cursor, SourceError, Wanted, json, query, shown, text};

impl WordPress {
    /// One story or page by id, else by the last part of its address.
    pub(super) fn one(&self, wanted: Wanted) -> Result<Link, SourceError> {
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

    pub(super) fn by_id(
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

    pub(super) fn by_slug(
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
                            text::percent_decoded(crate::source::place::path(link))
                                .trim_matches('/')
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

    /// Title, description and icon from the API's root, sections from the categories.
    pub(super) fn about(&self) -> Result<Link, SourceError> {
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
                        url: shown(&this.site),
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

    pub(super) fn comments(
        &self,
        wanted: Wanted,
        cursor: Option<Cursor>,
    ) -> Result<Link, SourceError> {
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

/// The id in a plain permalink (`/?p=12`, `/?page_id=12`).
fn id_in(path: &str) -> Option<String> {
    let query = path.split_once('?')?.1;
    query.split('&').find_map(|pair| {
        let (name, value) = pair.split_once('=')?;
        (matches!(name, "p" | "page_id") && value.bytes().all(|byte| byte.is_ascii_digit()))
            .then(|| value.to_owned())
    })
}
