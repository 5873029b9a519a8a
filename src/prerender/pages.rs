//! The second pass: every page of the site, rendered and written on all cores. [`jobs`] says which
//! pages there are.

mod jobs;

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::{Duration, Instant as Stopwatch};

use anyhow::Result;

use super::addresses::normal;
use super::archive::{Archive, Entry};
use super::assets::Assets;
use super::document::{document, shell};
use super::files::{By, Files, NO_ADDRESS};
use super::live;
use super::output::Output;
use super::pictures::Pictures;
use super::read::Read;
use super::reasons::{Made, Shared, short, short_of};
use super::render::{render, render_shell};
use super::rewrite::{Settle, rewrite};
use crate::head::{Head, head};
use crate::model::{Fresh, Site, SiteConfig, Summary};
use crate::page::{self, Content, List, Page, slice};
use crate::related;
use crate::route::Route;
use crate::strings::{Key, Strings};
use jobs::{Job, archive_route};

/// Stories the front page is composed from: independent of the archive's size.
pub const FRONT_STORIES: usize = 200;
const LATEST: usize = 6;

/// What all pages of a build share.
pub struct Build<'a> {
    pub config: &'a SiteConfig,
    pub site: Arc<Site>,
    pub strings: Arc<Strings>,
    pub assets: &'a Assets,
    pub archive: &'a Archive,
    pub files: &'a Files,
    pub pictures: &'a Pictures<'a>,
    pub out: &'a Output,
    related: related::Index,
    /// Nanoseconds that ranking has taken, on whatever core.
    ranking: AtomicU64,
    /// Path of this site by the (normal form of an) absolute address that means it.
    known: HashMap<String, String>,
    jobs: Vec<Job<'a>>,
}

/// What a build is made from.
pub struct Parts<'a> {
    pub config: &'a SiteConfig,
    pub read: &'a Read,
    pub assets: &'a Assets,
    pub files: &'a Files,
    pub pictures: &'a Pictures<'a>,
    pub out: &'a Output,
}

impl<'a> Build<'a> {
    pub fn new(parts: Parts<'a>) -> Self {
        let archive = &parts.read.archive;
        let started = Stopwatch::now();
        let related = related::Index::new(
            archive.entries.iter().map(|entry| related::Told {
                summary: &entry.summary,
                tags: &entry.tags,
                bag: &entry.bag,
            }),
            &archive.terms,
        );
        let mut build = Self {
            config: parts.config,
            site: Arc::new(parts.read.site.clone()),
            strings: Arc::new(parts.assets.strings.clone()),
            assets: parts.assets,
            archive,
            files: parts.files,
            pictures: parts.pictures,
            out: parts.out,
            related,
            ranking: AtomicU64::new(
                u64::try_from(started.elapsed().as_nanos()).unwrap_or(u64::MAX),
            ),
            known: HashMap::new(),
            jobs: Vec::new(),
        };
        let bare = shell(&Site::default(), &Head::default(), parts.assets, "", "");
        build.out.share(Shared {
            site: short_of(&*build.site),
            look: short(&bare),
        });
        build.jobs = build.jobs();
        build.jobs.extend(parts.read.plain.iter().map(Job::Plain));
        build.known = build.known();
        build
    }

    /// Writes every page.
    ///
    /// # Errors
    /// When a file cannot be written.
    pub fn write_all(&self) -> Result<()> {
        let next = AtomicUsize::new(0);
        let workers = std::thread::available_parallelism().map_or(2, usize::from);
        std::thread::scope(|scope| {
            let handles: Vec<_> = (0..workers)
                .map(|_| {
                    scope.spawn(|| -> Result<()> {
                        while let Some(job) = self.jobs.get(next.fetch_add(1, Ordering::Relaxed)) {
                            self.write(job)?;
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
        self.not_found()
    }

    /// How long finding related stories took, of all cores together.
    pub fn ranking(&self) -> Duration {
        Duration::from_nanos(self.ranking.load(Ordering::Relaxed))
    }

    /// A written body with its links, files and pictures settled; `by` says whose words it is.
    pub fn settled(&self, body: &str, by: By) -> String {
        let page = |address: &str| self.page_at(address);
        let settle = Settle {
            files: self.files,
            by,
            pictures: self.pictures,
            page: &page,
        };
        rewrite(body, &settle)
    }

    /// The path of this site that an address means. An address of the site itself keeps a query that
    /// names no page of its own (`/search/?q=ferry`); elsewhere one may mean anything.
    fn page_at(&self, address: &str) -> Option<String> {
        if let Some(page) = self.known.get(&normal(address)) {
            return Some(page.clone());
        }
        let bare = address.split('#').next().unwrap_or_default();
        let (path, query) = bare.split_once('?')?;
        let ours = [self.site.url.as_str(), NO_ADDRESS];
        let ours = ours
            .iter()
            .any(|own| !own.is_empty() && path.starts_with(own));
        let page = self.known.get(&normal(path)).filter(|_| ours)?;
        Some(format!("{page}?{query}"))
    }

    fn write(&self, job: &Job<'_>) -> Result<()> {
        match job {
            Job::Front => {
                let stories = self.summaries(0..self.archive.len().min(FRONT_STORIES));
                let pins = self.pins(stories.len());
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
            Job::Plain(plain) => {
                let content = Content::Plain(page::Plain {
                    title: plain.title.clone(),
                });
                self.page(plain.route(), content, &self.settled(&plain.body, plain.by))
            }
            Job::Ready(route, content) => self.page(route.clone(), content.clone(), ""),
            Job::Month { archive, stories } => {
                let archive = page::Archive {
                    stories: self.summaries(stories.iter().copied()),
                    ..archive.clone()
                };
                self.page(archive_route(&archive), Content::Archive(archive), "")
            }
        }
    }

    fn story(&self, index: usize) -> Result<()> {
        let entry = &self.archive.entries[index];
        let (mut story, body) = self.archive.read(entry)?;
        story.summary.clone_from(&entry.summary);
        live::publish(self, &mut story, &entry.path)?;
        let started = Stopwatch::now();
        let related = self.related.near(index, &entry.related, 24);
        let took = u64::try_from(started.elapsed().as_nanos()).unwrap_or(u64::MAX);
        self.ranking.fetch_add(took, Ordering::Relaxed);
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
            &self.settled(&body, By::Source),
        )
    }

    fn near(&self, near: &related::Near) -> Summary {
        let mut summary = self.archive.entries[near.index].summary.clone();
        summary.shared.clone_from(&near.shared);
        summary
    }

    pub fn summaries(&self, indices: impl Iterator<Item = usize>) -> Vec<Summary> {
        indices
            .map(|index| self.archive.entries[index].summary.clone())
            .collect()
    }

    /// Indices of the stories that lead: pinned ones in their order, then featured ones.
    fn pins(&self, among: usize) -> Vec<usize> {
        let entries = &self.archive.entries[..among];
        let is = |entry: &Entry, pin: &str| {
            entry.summary.id == pin || entry.path.rsplit('/').next() == Some(pin)
        };
        let pinned = self.config.front.pins.iter();
        let mut pins: Vec<usize> = pinned
            .filter_map(|pin| entries.iter().position(|e| is(e, pin)))
            .collect();
        pins.extend((0..among).filter(|&i| entries[i].featured));
        pins
    }

    /// `404.html` and `shell.html`. Where stories can be newer than the build, a missing page may
    /// be one of them: then the app looks, and only readers without it are told at once.
    fn not_found(&self) -> Result<()> {
        let latest = self.summaries(0..self.archive.len().min(LATEST));
        let page = self.island(Route::NotFound, Content::NotFound { latest });
        let head = head(&page, &self.strings);
        let strings = &self.strings;
        let noscript = format!(
            "<h1>{}</h1><p>{}</p><p><a href=\"{}\">{}</a></p>",
            strings.get(Key::NotFoundTitle),
            strings.get(Key::NotFoundText),
            self.site.base,
            strings.get(Key::BackToFront),
        );
        let markup = render_shell(page.clone(), self.strings.clone());
        let shell = shell(&self.site, &head, self.assets, &markup, &noscript);
        self.out.put("shell.html", shell.as_bytes())?;
        if self.config.fresh == Fresh::Api && !self.config.source.has_secrets() {
            self.out.put("404.html", shell.as_bytes())
        } else {
            self.put("404.html", &page, "")
        }
    }

    /// A page of our own beside the site's: a title and a body.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn beside(&self, file: &str, title: &str, body: &str) -> Result<()> {
        let content = Content::Plain(page::Plain {
            title: title.to_owned(),
        });
        self.put(file, &self.island(Route::NotFound, content), body)
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
            // A build time in every page would change every page at every build.
            built: None,
        })
    }

    fn put(&self, file: &str, page: &Arc<Page>, body: &str) -> Result<()> {
        let markup = render(page.clone(), self.strings.clone(), body);
        let head = head(page, &self.strings);
        let made = Made {
            text: short(body),
            data: short_of(&page.content),
        };
        let document = document(page, &head, &markup, self.assets);
        self.out.put_made(file, document.as_bytes(), made)
    }
}
