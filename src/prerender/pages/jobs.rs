//! Which pages a build has, and the addresses they are known by: the plan that `pages` carries out.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::{Build, LATEST};
use crate::model::{Instant, SectionRef};
use crate::page::{self, Content, List, page_count};
use crate::prerender::addresses::normal;
use crate::prerender::plain::PlainPage;
use crate::prerender::sitemaps::Place;
use crate::route::Route;

/// A page still to be written. Few of them are held at a time's cost of a page each, so their size
/// does not matter.
#[allow(clippy::large_enum_variant)]
pub(super) enum Job<'a> {
    Front,
    List {
        route: Route,
        list: List,
        stories: Arc<[usize]>,
    },
    Story(usize),
    Plain(&'a PlainPage),
    /// A page whose content is small and known already.
    Ready(Route, Content),
    Month {
        archive: page::Archive,
        stories: Vec<usize>,
    },
}

impl<'a> Build<'a> {
    /// Every page that search engines should know, stories with their dates.
    pub fn places(&self) -> Vec<Place> {
        let place = |route: &Route, changed: Option<Instant>| Place {
            href: route.href(&self.site),
            changed,
        };
        let newest = |index: usize| {
            let summary = &self.archive.entries[index].summary;
            summary.modified.or(summary.published)
        };
        self.jobs
            .iter()
            .filter_map(|job| match job {
                Job::Front => Some(place(&Route::Front { page: 1 }, None)),
                Job::Story(index) => {
                    let route = self.story_route(*index);
                    Some(place(&route, newest(*index)))
                }
                Job::List { route, list, .. } if list.page == 1 => Some(place(route, None)),
                Job::Plain(plain) => Some(place(&plain.route(), None)),
                _ => None,
            })
            .collect()
    }

    /// First segments of every page's path.
    pub fn roots(&self) -> BTreeSet<String> {
        let inside = |route: &Route| {
            let href = route.href(&self.site);
            let path = href.strip_prefix(&self.site.base).unwrap_or(&href);
            path.split('/').next().unwrap_or_default().to_owned()
        };
        let mut roots: BTreeSet<String> = self
            .jobs
            .iter()
            .map(|job| inside(&self.route_of(job)))
            .filter(|root| !root.is_empty() && root != "embed")
            .collect();
        roots.insert("page".into());
        roots
    }

    pub(super) fn story_route(&self, index: usize) -> Route {
        Route::Article {
            path: self.archive.entries[index].path.clone(),
        }
    }

    pub(super) fn route_of(&self, job: &Job<'_>) -> Route {
        match job {
            Job::Front => Route::Front { page: 1 },
            Job::List { route, .. } | Job::Ready(route, _) => route.clone(),
            Job::Story(index) => self.story_route(*index),
            Job::Plain(plain) => plain.route(),
            Job::Month { archive, .. } => archive_route(archive),
        }
    }

    pub(super) fn known(&self) -> HashMap<String, String> {
        let mut known = HashMap::new();
        let own = [self.site.url.as_str(), crate::prerender::files::NO_ADDRESS];
        for job in &self.jobs {
            let href = self.route_of(job).href(&self.site);
            let inside = href.strip_prefix(&self.site.base).unwrap_or(&href);
            for own in own.iter().filter(|own| !own.is_empty()) {
                known.insert(normal(&format!("{own}{inside}")), href.clone());
            }
        }
        for entry in self
            .archive
            .entries
            .iter()
            .filter(|entry| !entry.path.is_empty())
        {
            if let Some(url) = &entry.url {
                known.insert(normal(url), entry.summary.href.clone());
            }
        }
        for job in &self.jobs {
            if let Job::Plain(page) = job
                && let Some(url) = &page.url
            {
                known.insert(normal(url), page.route().href(&self.site));
            }
        }
        known
    }

    pub(super) fn jobs(&self) -> Vec<Job<'a>> {
        let mut jobs = vec![Job::Front];
        let everything: Arc<[usize]> = (0..self.archive.len()).collect();
        self.lists(&mut jobs, everything, List::default(), |page| {
            Route::Front { page }
        });
        let names = self.archive.section_names();
        let named = |path: &str| SectionRef {
            name: names
                .get(path)
                .cloned()
                .unwrap_or_else(|| page::section_name(path)),
            path: path.to_owned(),
        };
        let mut sections = self.archive.by_section();
        for section in &self.site.sections {
            sections.entry(section.path.clone()).or_default();
        }
        let paths: Vec<String> = sections.keys().cloned().collect();
        for (path, stories) in sections {
            let list = List {
                title: named(&path).name,
                parents: path
                    .match_indices('/')
                    .map(|(at, _)| named(&path[..at]))
                    .collect(),
                children: paths
                    .iter()
                    .filter(|other| {
                        other
                            .strip_prefix(&path)
                            .and_then(|tail| tail.strip_prefix('/'))
                            .is_some_and(|tail| !tail.contains('/'))
                    })
                    .map(|other| named(other))
                    .collect(),
                ..List::default()
            };
            self.lists(&mut jobs, stories.into(), list, |page| Route::Category {
                path: path.clone(),
                page,
            });
        }
        for (slug, (name, stories)) in self.archive.by_tag() {
            let list = List {
                title: name,
                ..List::default()
            };
            self.lists(&mut jobs, stories.into(), list, |page| Route::Tag {
                slug: slug.clone(),
                page,
            });
        }
        for (slug, (author, stories)) in self.archive.by_author() {
            let list = List {
                title: author.name.clone(),
                author: Some(author),
                ..List::default()
            };
            self.lists(&mut jobs, stories.into(), list, |page| Route::Author {
                slug: slug.clone(),
                page,
            });
        }
        let stories = self.archive.entries.iter().enumerate();
        jobs.extend(
            stories
                .filter(|(_, e)| !e.path.is_empty())
                .map(|(i, _)| Job::Story(i)),
        );
        self.own_pages(&mut jobs);
        jobs
    }

    /// Search, the reader's own pages, the archive by month, the widget's page.
    pub(super) fn own_pages(&self, jobs: &mut Vec<Job<'a>>) {
        let search = page::Search {
            index: true,
            latest: self.summaries(0..self.archive.len().min(LATEST)),
            ..page::Search::default()
        };
        jobs.push(Job::Ready(Route::Search, Content::Search(search)));
        jobs.push(Job::Ready(Route::Saved, Content::Saved));
        jobs.push(Job::Ready(Route::Drafts, Content::Drafts));
        jobs.push(Job::Ready(Route::Embed, Content::Embed));
        let by_month = self.archive.by_month();
        let months: Vec<(i64, u8, u32)> = by_month
            .iter()
            .map(|((year, month), stories)| (*year, *month, stories.len() as u32))
            .collect();
        let years: BTreeSet<i64> = months.iter().map(|(year, ..)| *year).collect();
        let whole = std::iter::once(None).chain(years.into_iter().map(Some));
        for year in whole {
            let months = months.iter().copied();
            let archive = page::Archive {
                year,
                months: months
                    .filter(|m| year.is_none_or(|year| year == m.0))
                    .collect(),
                ..page::Archive::default()
            };
            jobs.push(Job::Ready(
                archive_route(&archive),
                Content::Archive(archive),
            ));
        }
        for ((year, month), stories) in by_month {
            let archive = page::Archive {
                year: Some(year),
                month: Some(month),
                ..page::Archive::default()
            };
            jobs.push(Job::Month { archive, stories });
        }
    }

    pub(super) fn lists(
        &self,
        jobs: &mut Vec<Job<'a>>,
        stories: Arc<[usize]>,
        list: List,
        route: impl Fn(u32) -> Route,
    ) {
        let pages = page_count(stories.len(), self.site.page_size);
        for page in 1..=pages {
            let route = route(page);
            if route == (Route::Front { page: 1 }) {
                continue;
            }
            let list = List {
                page,
                pages: Some(pages),
                next: page < pages,
                ..list.clone()
            };
            jobs.push(Job::List {
                route,
                list,
                stories: stories.clone(),
            });
        }
    }
}

impl PlainPage {
    pub(super) fn route(&self) -> Route {
        Route::Plain {
            slug: self.path.clone(),
        }
    }
}

pub(super) fn archive_route(archive: &page::Archive) -> Route {
    let period = match (archive.year, archive.month) {
        (Some(year), Some(month)) => format!("{year:04}/{month:02}"),
        (Some(year), None) => format!("{year:04}"),
        _ => String::new(),
    };
    Route::Archive { period }
}
