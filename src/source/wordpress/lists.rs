//! Lists of posts: the newest, a section's, a tag's or an author's, related ones; and the categories
//! whose paths they need.

use std::sync::atomic::Ordering;
use std::sync::{Arc, PoisonError};

use super::WordPress;
use super::answer::Answer;
use super::categories::Categories;
use super::item::Reader;
use super::steps::{after, recovering};
use crate::source::chain::Link;
use crate::source::place::{Place, last_segment};
use crate::source::{Batch, Cursor, SourceError, Wanted, json, query};

/// What a list needs of each story. Links come along because a category's parent stands there.
const FIELDS: &str = "id,date,date_gmt,modified,modified_gmt,slug,link,title,content,excerpt,\
                      sticky,format,comment_status,categories,tags,type,featured_media,\
                      jetpack_featured_media_url,_links,_embedded";
const EMBED: &str = "author,wp:featuredmedia,wp:term";

/// Whether there is a page after `page`, which had `count` items where `full` were asked for. Numbers
/// that the page itself belies (page 1 of 0, with 50 of 0 stories) are none.
fn goes_on(answer: &Answer, page: u64, count: usize, full: usize) -> bool {
    match answer.pages {
        _ if count == 0 => false,
        Some(pages) if pages >= page => page < pages,
        _ => count >= full,
    }
}

impl WordPress {
    /// A list of stories or pages, with the paths of their categories.
    pub(super) fn list(
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
                if answer.pages.is_none() && count > 0 && !envelope {
                    // A short page may be all there is, or as much as this site gives at once.
                    this.learnt.envelope.store(true, Ordering::Relaxed);
                    return this.list(&what, filter, cursor);
                }
                let next = goes_on(&answer, page, count, full).then(|| query::cursor(page + 1));
                this.finish(answer, next)
            }),
        )
    }

    pub(super) fn embedded(&self, route: &mut String) {
        query::with(route, "_embed", EMBED);
        query::with(route, "_fields", FIELDS);
    }

    /// Turns posts into articles, asking for the categories first where their paths are needed.
    pub(super) fn finish(&self, answer: Answer, next: Option<Cursor>) -> Result<Link, SourceError> {
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

    pub(super) fn batch(&self, reader: &Reader, answer: &Answer, next: Option<Cursor>) -> Batch {
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

    pub(super) fn categories(&self) -> Option<Arc<Categories>> {
        self.learnt
            .categories
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Reads every category once; a site that refuses them has sections without ancestors.
    pub(super) fn load_categories(
        &self,
        then: Box<dyn FnOnce(()) -> Result<Link, SourceError> + Send>,
    ) -> Result<Link, SourceError> {
        if self.categories().is_some() {
            return then(());
        }
        self.more_categories(1, Categories::default(), then)
    }

    pub(super) fn more_categories(
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
                // Sites may keep their categories to themselves; one in trouble would move every section.
                if response.status >= 500 || response.status == 429 {
                    return Err(crate::source::json::failure(&response));
                }
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
    pub(super) fn latest(&self, cursor: Option<Cursor>) -> Result<Link, SourceError> {
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

    pub(super) fn section(
        &self,
        path: String,
        cursor: Option<Cursor>,
    ) -> Result<Link, SourceError> {
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
    pub(super) fn by_term(
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
                if matches!(response.status, 401 | 403 | 404) {
                    // Many sites keep their authors' names to themselves.
                    return Err(SourceError::Unsupported {
                        what: "for the stories of an author or with a tag",
                    });
                }
                let found = json::document(response)?;
                let id = found.get(0).and_then(|term| json::id(term.get("id")?));
                let id = id.ok_or(SourceError::NotFound)?;
                this.list("posts", ["&", filter, "=", &id].concat(), cursor)
            }),
        )
    }

    /// Finds the story, then others with one of its tags, or else of its categories.
    pub(super) fn related(
        &self,
        wanted: Wanted,
        cursor: Option<Cursor>,
    ) -> Result<Link, SourceError> {
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
}
