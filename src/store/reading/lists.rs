//! Lists in the browser: as far as a page needs them, from the source's own answers or, where it
//! cannot answer, from among its latest stories.

use std::mem::discriminant;
use std::rc::Rc;

use super::{Shown, Store};
use crate::model::{Article, SectionRef, Slug, Summary};
use crate::page::{self, Content, List, More};
use crate::platform::fetch::Canceller;
use crate::platform::timer;
use crate::route::Route;
use crate::source::{Cursor, Query, SourceError};
use crate::view::BodySource;

/// Requests for one page at most: a list that is longer ends with "next".
const MOST_BATCHES: usize = 6;
/// A list is read again after this many milliseconds.
const FRESH: u64 = 120_000;
/// Stories a front page is composed from.
const FRONT: usize = 40;
/// Where the reader's place is in a list that has grown (`view::parts::growing`).
pub(super) const MORE: &str = "#more";
/// Sections in the navigation of a site that names none.
const SECTIONS: usize = 8;

/// The lists of this visit.
#[derive(Default)]
pub(super) struct Lists(Vec<Loaded>);

/// A list, as far as it has been read.
struct Loaded {
    query: Query,
    at: u64,
    stories: Vec<Rc<Article>>,
    next: Option<Cursor>,
    total: Option<u64>,
    /// The source's answer broke off.
    broken: bool,
}

/// What is known of a list.
pub(super) struct Found {
    pub stories: Vec<Summary>,
    /// The stories themselves, for those who need more than a card.
    pub articles: Vec<Rc<Article>>,
    /// Whether the source may have more.
    pub more: bool,
    /// How many there are, where it is known.
    pub total: Option<usize>,
    /// Set when only so many of the latest were looked through.
    pub among: Option<u32>,
}

impl Store {
    /// What the source is asked for a list: the question itself, or its latest stories.
    fn question(&self, query: &Query) -> Query {
        let can = self.source.capabilities();
        let own = match query {
            Query::Section(_) => can.section,
            Query::Tag(_) => can.tag,
            Query::Author(_) => can.author,
            Query::Search(_) => can.search,
            _ => true,
        };
        let refused = self.refused.borrow().contains(&discriminant(query));
        if own && !refused {
            query.clone()
        } else {
            Query::Latest
        }
    }

    /// A list of at least `need` stories, where there are that many.
    pub(super) async fn read(
        &self,
        query: &Query,
        need: usize,
        canceller: &Canceller,
    ) -> Result<Found, SourceError> {
        let mut question = self.question(query);
        let mut derived = question != *query;
        for _ in 0..MOST_BATCHES {
            let cursor = {
                let lists = self.lists.borrow();
                match lists.of(&question) {
                    None => None,
                    Some(loaded) => {
                        let enough = loaded.matching(query).count() >= need;
                        match &loaded.next {
                            Some(next) if !enough => Some(next.clone()),
                            _ => break,
                        }
                    }
                }
            };
            let first = cursor.is_none();
            match self.ask(question.clone(), cursor, canceller).await {
                Ok(batch) => {
                    self.learn(&batch.items);
                    self.lists.borrow_mut().put(&question, batch, first);
                }
                // This site keeps that to itself (its authors, say): look through its latest stories.
                Err(SourceError::Unsupported { .. }) if first && !derived => {
                    self.refused.borrow_mut().push(discriminant(query));
                    question = Query::Latest;
                    derived = true;
                }
                // What was read before is still worth showing.
                Err(error) if first => return Err(error),
                Err(error) => {
                    leptos::logging::error!("Dateline: {error}");
                    break;
                }
            }
        }
        let lists = self.lists.borrow();
        let loaded = lists.of(&question).ok_or(SourceError::NotFound)?;
        let articles: Vec<Rc<Article>> = loaded.matching(query).cloned().collect();
        let more = loaded.next.is_some();
        let seen = u32::try_from(loaded.stories.len()).unwrap_or(u32::MAX);
        Ok(Found {
            stories: articles.iter().map(|article| self.card(article)).collect(),
            more,
            total: match (derived, more) {
                (false, true) => loaded.total.and_then(|total| usize::try_from(total).ok()),
                (true, true) => None,
                (_, false) => Some(articles.len()),
            },
            among: ((derived && more) || loaded.broken).then_some(seen),
            articles,
        })
    }

    /// The latest stories, as far as they have been read.
    pub(super) fn read_so_far(&self) -> Vec<Rc<Article>> {
        let lists = self.lists.borrow();
        lists
            .of(&Query::Latest)
            .map(|loaded| loaded.stories.clone())
            .unwrap_or_default()
    }

    /// Sections are named by the stories in them.
    fn learn(&self, stories: &[Article]) {
        let mut site = self.site.borrow_mut();
        let room = SECTIONS.saturating_sub(site.sections.len());
        let mut room = if self.config.sections.is_empty() {
            room
        } else {
            0
        };
        for section in stories.iter().filter_map(|story| story.section.as_ref()) {
            match site
                .sections
                .iter_mut()
                .find(|own| own.path == section.path)
            {
                Some(own) => own.name.clone_from(&section.name),
                None if room > 0 && !section.path.contains('/') => {
                    room -= 1;
                    site.sections.push(SectionRef {
                        name: section.name.clone(),
                        path: section.path.clone(),
                    });
                }
                None => {}
            }
        }
    }

    pub(super) async fn front(&self, canceller: &Canceller) -> Result<Shown, SourceError> {
        let mut found = self.read(&Query::Latest, FRONT, canceller).await?;
        let is = |article: &Article, pin: &str| {
            article.id == pin || article.slug.as_deref() == Some(pin)
        };
        let index = |pin: &String| found.articles.iter().position(|article| is(article, pin));
        let mut pins: Vec<usize> = self.config.front.pins.iter().filter_map(index).collect();
        for (at, article) in found.articles.iter().enumerate() {
            if article.featured && !pins.contains(&at) {
                pins.push(at);
            }
        }
        let site = self.site();
        let more = found.more || found.stories.len() > site.page_size;
        let shown = found.stories.len().min(FRONT.max(site.page_size));
        found.stories.truncate(shown);
        pins.retain(|&pin| pin < shown);
        let front = page::front(&site, &found.stories, &pins, more);
        Ok((Content::Front(front), BodySource::Present))
    }

    /// A page of the latest, of a section, a tag or an author.
    pub(super) async fn list(
        &self,
        route: &Route,
        canceller: &Canceller,
    ) -> Result<Shown, SourceError> {
        let (query, page) = match route {
            Route::Category { path, page } => (Query::Section(path.clone()), *page),
            Route::Tag { slug, page } => (Query::Tag(slug.clone()), *page),
            Route::Author { slug, page } => (Query::Author(slug.clone()), *page),
            Route::Front { page } => (Query::Latest, *page),
            _ => return Err(SourceError::NotFound),
        };
        let size = self.site.borrow().page_size.max(1);
        let need = size * page as usize + 1;
        let found = self.read(&query, need, canceller).await?;
        let site = self.site();
        let own = |path: &str| site.sections.iter().find(|section| section.path == path);
        let next = found.more || found.stories.len() >= need;
        let mut list = if self.question(&query) == query {
            List {
                page,
                stories: page::slice(&found.stories, page, size).to_vec(),
                pages: found.total.map(|total| page::page_count(total, size)),
                next,
                among: found.among,
                ..List::default()
            }
        } else {
            // Nobody knows how long this list is: it grows where it stands.
            let shown = found.stories.len().min(need - 1);
            let longer = || [&route.on_page(page + 1).href(&site), MORE].concat();
            List {
                page: 1,
                stories: found.stories[..shown].to_vec(),
                among: found.among,
                more: More {
                    href: next.then(longer),
                    known: need - 1 - size,
                },
                ..List::default()
            }
        };
        let known = match route {
            Route::Category { path, .. } => {
                list.title = own(path).map_or_else(
                    || self.section_name(path, &found.articles),
                    |section| section.name.clone(),
                );
                list.parents = above(path)
                    .map(|path| SectionRef {
                        name: own(path).map_or_else(
                            || page::section_name(path),
                            |section| section.name.clone(),
                        ),
                        path: path.to_owned(),
                    })
                    .collect();
                own(path).is_some()
            }
            Route::Tag { slug, .. } => {
                let mut tags = found.articles.iter().flat_map(|article| &article.tags);
                let tag = tags.find(|tag| tag.slug == *slug);
                list.title = tag.map_or_else(|| slug.clone(), |tag| tag.name.clone());
                false
            }
            Route::Author { slug, .. } => {
                let mut authors = found.articles.iter().flat_map(|article| &article.authors);
                let author = authors.find(|author| is_author(author, slug)).cloned();
                list.title = author
                    .as_ref()
                    .map_or_else(|| slug.clone(), |author| author.name.clone());
                list.author = author;
                false
            }
            _ => page == 1,
        };
        // Where the source has more, what was not among the first may be among the next.
        if list.stories.is_empty() && list.more.href.is_none() && (page > 1 || !known) {
            return Err(SourceError::NotFound);
        }
        Ok((Content::List(list), BodySource::Present))
    }

    fn section_name(&self, path: &str, articles: &[Rc<Article>]) -> String {
        let mut sections = articles
            .iter()
            .filter_map(|article| article.section.as_ref());
        let named = sections.find(|section| section.path == path);
        named.map_or_else(|| page::section_name(path), |section| section.name.clone())
    }
}

impl Lists {
    fn of(&self, query: &Query) -> Option<&Loaded> {
        let now = timer::millis();
        self.0
            .iter()
            .find(|loaded| loaded.query == *query && now.saturating_sub(loaded.at) < FRESH)
    }

    fn put(&mut self, query: &Query, batch: crate::source::Batch, first: bool) {
        if first {
            self.0.retain(|loaded| loaded.query != *query);
            self.0.push(Loaded {
                query: query.clone(),
                at: timer::millis(),
                stories: Vec::new(),
                next: None,
                total: None,
                broken: false,
            });
        }
        let Some(loaded) = self.0.iter_mut().find(|loaded| loaded.query == *query) else {
            return;
        };
        let before = loaded.stories.len();
        for article in batch.items {
            if loaded.stories.iter().all(|known| known.id != article.id) {
                loaded.stories.push(Rc::new(article));
            }
        }
        // An answer that brings nothing new would be asked for again without end.
        loaded.next = batch.next.filter(|_| loaded.stories.len() > before);
        loaded.total = batch.total.or(loaded.total);
        loaded.broken |= batch.incomplete.is_some();
    }
}

impl Loaded {
    fn matching(&self, query: &Query) -> impl Iterator<Item = &Rc<Article>> {
        let all = self.query == *query;
        let query = query.clone();
        self.stories
            .iter()
            .filter(move |article| all || is_in(article, &query))
    }
}

/// Whether a story answers a question that its source could not be asked.
fn is_in(article: &Article, query: &Query) -> bool {
    match query {
        Query::Section(path) => article.section.as_ref().is_some_and(|section| {
            section.path == *path
                || section
                    .path
                    .strip_prefix(path.as_str())
                    .is_some_and(|rest| rest.starts_with('/'))
        }),
        Query::Tag(slug) => article.tags.iter().any(|tag| tag.slug == *slug),
        Query::Author(slug) => article.authors.iter().any(|author| is_author(author, slug)),
        Query::Search(words) => {
            let headline = article.headline.to_lowercase();
            words
                .to_lowercase()
                .split_whitespace()
                .all(|word| headline.contains(word))
        }
        _ => true,
    }
}

fn is_author(author: &crate::model::Author, slug: &str) -> bool {
    author.slug == slug
        || (author.slug.is_empty()
            && Slug::from_text(&author.name).is_some_and(|own| own.as_str() == slug))
}

/// The paths above one, from the top.
fn above(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(at, _)| &path[..at])
}
