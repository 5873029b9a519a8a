//! The second pass: every page of the site, rendered and written on all cores.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::Result;

use super::archive::{Archive, Entry};
use super::assets::Assets;
use super::document::{document, shell};
use super::output::Output;
use super::read::Read;
use super::render::render;
use crate::head::head;
use crate::model::{Instant, SectionRef, Site, SiteConfig, Summary};
use crate::page::{self, Content, List, Page, page_count, slice};
use crate::related;
use crate::route::Route;
use crate::strings::{Key, Strings};

/// Stories the front page is composed from: independent of the archive's size.
const FRONT_STORIES: usize = 200;
const LATEST: usize = 6;

/// What all pages of a build share.
struct Build<'a> {
    site: Arc<Site>,
    strings: Arc<Strings>,
    assets: &'a Assets,
    archive: &'a Archive,
    related: related::Index,
    out: &'a Output,
    now: Instant,
}

/// A page still to be written.
enum Job {
    Front,
    List {
        route: Route,
        list: List,
        stories: Arc<[usize]>,
    },
    Story(usize),
}

/// Writes every page.
///
/// # Errors
/// When a file cannot be written.
pub fn write_all(
    config: &SiteConfig,
    read: &Read,
    assets: &Assets,
    now: Instant,
    out: &mut Output,
) -> Result<()> {
    let archive = &read.archive;
    let build = Build {
        site: Arc::new(read.site.clone()),
        strings: Arc::new(assets.strings.clone()),
        assets,
        archive,
        related: related::Index::new(
            archive
                .entries
                .iter()
                .map(|entry| (&entry.summary, entry.tags.as_slice())),
        ),
        out,
        now,
    };
    let jobs = build.jobs();
    let next = AtomicUsize::new(0);
    let workers = std::thread::available_parallelism().map_or(2, usize::from);
    std::thread::scope(|scope| {
        let handles: Vec<_> = (0..workers)
            .map(|_| {
                scope.spawn(|| -> Result<()> {
                    while let Some(job) = jobs.get(next.fetch_add(1, Ordering::Relaxed)) {
                        build.write(config, job)?;
                    }
                    Ok(())
                })
            })
            .collect();
        for handle in handles {
            match handle.join() {
                Ok(result) => result?,
                Err(_) => anyhow::bail!("rendering stopped unexpectedly"),
            }
        }
        Ok(())
    })?;
    build.not_found()
}

impl Build<'_> {
    fn jobs(&self) -> Vec<Job> {
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
        jobs
    }

    fn lists(
        &self,
        jobs: &mut Vec<Job>,
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

    fn write(&self, config: &SiteConfig, job: &Job) -> Result<()> {
        match job {
            Job::Front => {
                let stories = self.summaries(0..self.archive.len().min(FRONT_STORIES));
                let pins = self.pins(config, stories.len());
                let more = self.archive.len() > self.site.page_size;
                let front = page::front(&self.site, &stories, &pins, more);
                self.page(Route::Front { page: 1 }, Content::Front(front), "")
            }
            Job::List {
                route,
                list,
                stories,
            } => {
                let own = slice(stories, list.page, self.site.page_size);
                let list = List {
                    stories: self.summaries(own.iter().copied()),
                    ..list.clone()
                };
                self.page(route.clone(), Content::List(list), "")
            }
            Job::Story(index) => self.story(*index),
        }
    }

    fn story(&self, index: usize) -> Result<()> {
        let entry = &self.archive.entries[index];
        let (mut story, body) = self.archive.read(entry)?;
        story.summary.clone_from(&entry.summary);
        let related = self.related.near(index, &entry.related, 24);
        let cards = |n: usize| related.iter().take(n).map(|near| self.near(near)).collect();
        story.related = cards(4);
        story.more_related = related.len() > 4;
        story.next = related
            .iter()
            .skip(4)
            .take(3)
            .map(|near| self.near(near))
            .collect();
        let path = entry.path.clone();
        if story.more_related {
            let related = page::Related {
                story: entry.summary.clone(),
                stories: cards(related.len()),
            };
            let route = Route::Related { path: path.clone() };
            self.page(route, Content::Related(related), "")?;
        }
        self.page(
            Route::Article { path },
            Content::Story(Box::new(story)),
            &body,
        )
    }

    fn near(&self, near: &related::Near) -> Summary {
        let mut summary = self.archive.entries[near.index].summary.clone();
        summary.shared.clone_from(&near.shared);
        summary
    }

    fn summaries(&self, indices: impl Iterator<Item = usize>) -> Vec<Summary> {
        indices
            .map(|index| self.archive.entries[index].summary.clone())
            .collect()
    }

    /// Indices of the stories that lead: pinned ones in their order, then featured ones.
    fn pins(&self, config: &SiteConfig, among: usize) -> Vec<usize> {
        let entries = &self.archive.entries[..among];
        let is = |entry: &Entry, pin: &str| {
            entry.summary.id == pin || entry.path.rsplit('/').next() == Some(pin)
        };
        let pinned = config.front.pins.iter();
        let mut pins: Vec<usize> = pinned
            .filter_map(|pin| entries.iter().position(|e| is(e, pin)))
            .collect();
        pins.extend((0..among).filter(|&i| entries[i].featured));
        pins
    }

    fn not_found(&self) -> Result<()> {
        let latest = self.summaries(0..self.archive.len().min(LATEST));
        let page = self.island(Route::NotFound, Content::NotFound { latest });
        self.put("404.html", &page, "")?;
        let head = head(&page, &self.strings);
        let text = self.strings.get(Key::NeedsJavascript);
        self.out.put(
            "shell.html",
            shell(&self.site, &head, self.assets, text).as_bytes(),
        )
    }

    fn page(&self, route: Route, content: Content, body: &str) -> Result<()> {
        let href = route.href(&self.site);
        let inside = href.strip_prefix(&self.site.base).unwrap_or(&href);
        let file = format!("{}index.html", crate::route::percent_decode(inside));
        self.put(&file, &self.island(route, content), body)
    }

    fn island(&self, route: Route, content: Content) -> Arc<Page> {
        Arc::new(Page {
            version: page::VERSION,
            route,
            site: (*self.site).clone(),
            content,
            built: Some(self.now),
        })
    }

    fn put(&self, file: &str, page: &Arc<Page>, body: &str) -> Result<()> {
        let markup = render(page.clone(), self.strings.clone(), body);
        let head = head(page, &self.strings);
        self.out
            .put(file, document(page, &head, &markup, self.assets).as_bytes())
    }
}
