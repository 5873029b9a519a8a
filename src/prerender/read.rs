//! The first pass: the source is streamed, each body cleaned and written, the result spooled.
//!
//! Reading is one thread's work, cleaning every core's, spooling one more's: no text stays in
//! memory. When all stories are known they get their addresses ([`addresses`]); an id that was seen
//! before is skipped (the first wins).

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, sync_channel};
use std::time::Duration;

use anyhow::{Context, Result};

use super::Options;
use super::addresses::{self, Claim};
use super::archive::{Archive, Builder, Entry, NewEntry};
use super::clean::clean;
use super::files::Files;
use super::pictures::Pictures;
use super::plain::{self, PlainPage};
use super::remarks::tell;
use super::search;
use crate::model::{Article, Site, SiteConfig, SourceConfig};
use crate::page;
use crate::platform::{self, Limits, ReadError};
use crate::proof;
use crate::route::percent_encode;
use crate::source::place::is_absolute;
use crate::source::{About, Request, Skipped, SourceError};
use crate::strings::Strings;
use crate::words::Vocabulary;

/// What the first pass leaves.
pub struct Read {
    pub site: Site,
    pub archive: Archive,
    /// The publisher's own pages: those of the site's folder, then those of the source.
    pub plain: Vec<PlainPage>,
    pub skipped: Vec<Skipped>,
    /// What bodies lost on the way to their pages.
    pub notes: Vec<String>,
    /// There may be more than the source gave.
    pub early: bool,
}

/// Stories waiting to be cleaned; a full channel makes the reader wait instead of filling memory.
const WAITING: usize = 64;

/// Reads the whole source. `before` are the paths that stories had in the last build, by their ids.
///
/// # Errors
/// When the source gives nothing at all, or breaks off; single bad items are in `skipped`.
pub fn read(
    config: &SiteConfig,
    options: &Options,
    strings: &Strings,
    folder: (&Files, &Pictures),
    plain: Vec<PlainPage>,
    before: &HashMap<String, String>,
) -> Result<Read> {
    let mut site = page::resolve(config, &options.base, Vec::new());
    let mut skipped = Vec::new();
    let mut builder = Builder::new()?;
    let workers = std::thread::available_parallelism().map_or(2, usize::from);
    let (send, receive) = sync_channel::<(usize, Article)>(WAITING);
    let receive = Mutex::new(receive);
    let vocabulary = Mutex::new(Vocabulary::default());
    let losses = Mutex::new(proof::Losses::default());
    let (done, results) = sync_channel::<(usize, NewEntry)>(WAITING);
    let source = Reading::of(&config.source, options)?;
    let outcome = std::thread::scope(|scope| {
        for _ in 0..workers {
            let (receive, done, site) = (&receive, done.clone(), &site);
            let seen = (&vocabulary, &losses);
            scope.spawn(move || {
                while let Some((place, article)) = next(receive) {
                    let entry = clean(site, strings, folder, seen, article);
                    if done.send((place, entry)).is_err() {
                        return;
                    }
                }
            });
        }
        drop(done);
        let spooling = scope.spawn(|| -> Result<()> {
            results
                .into_iter()
                .try_for_each(|(place, entry)| builder.push(place, entry))
        });
        let about = source.stories(&mut skipped, |place, article| {
            send.send((place, article)).is_ok()
        });
        drop(send);
        match spooling.join() {
            Ok(spooled) => spooled?,
            Err(_) => anyhow::bail!("cleaning stopped unexpectedly"),
        }
        about
    });
    let (about, early) = outcome?;
    if site.title.is_empty() {
        site.title = about.title.unwrap_or_default();
    }
    if site.description.is_empty() {
        site.description = about.description.unwrap_or_default();
    }
    let entries = builder.entries();
    first_of_each_id(entries, &mut skipped);
    let own: BTreeSet<String> = plain.iter().map(|page| page.path.clone()).collect();
    addressed(&site, entries, (&own, before), &mut skipped);
    let losses = losses
        .into_inner()
        .unwrap_or_else(|poisoned| poisoned.into_inner());
    let vocabulary = vocabulary
        .into_inner()
        .unwrap_or_else(|poisoned| poisoned.into_inner());
    let archive = builder.finish(search::terms(vocabulary, &site.language))?;
    site.sections = archive.sections(&config.sections);
    let mut plain = plain;
    let theirs = source.pages()?;
    let local = plain.len();
    plain::add(&mut plain, theirs, (&site, strings), &archive, &mut skipped);
    if site.footer.is_empty() {
        site.footer = plain::links(&plain[local..]);
    }
    Ok(Read {
        site,
        archive,
        plain,
        skipped,
        notes: losses.notes(),
        early,
    })
}

fn first_of_each_id(entries: &mut Vec<Entry>, skipped: &mut Vec<Skipped>) {
    let mut seen = HashSet::new();
    entries.retain(|entry| {
        let new = seen.insert(entry.summary.id.clone());
        if !new {
            skipped.push(Skipped {
                item: entry.summary.id.clone(),
                reason: "another story has the same id; the first one is shown".into(),
            });
        }
        new
    });
}

/// Gives every story its address; one that claims another's own is left out.
fn addressed(
    site: &Site,
    entries: &mut Vec<Entry>,
    (pages, before): (&BTreeSet<String>, &HashMap<String, String>),
    skipped: &mut Vec<Skipped>,
) {
    let keeps = site.permalink == "source";
    let mut places = Vec::new();
    let mut claims = Vec::new();
    for (index, entry) in entries.iter_mut().enumerate() {
        if !entry.path.is_empty() {
            places.push(index);
            claims.push(Claim {
                id: &entry.summary.id,
                own: entry.url.as_deref().filter(|_| keeps).map(addresses::own),
                path: &mut entry.path,
            });
        }
    }
    let clashes = addresses::settle(&mut claims, pages, before);
    let mut refused = HashSet::new();
    for clash in clashes {
        let (first, second) = (
            &entries[places[clash.first]].summary,
            &entries[places[clash.refused]].summary,
        );
        skipped.push(Skipped {
            item: second.id.clone(),
            reason: format!(
                "it has the same address as story {}, /{}/, and is left out; give one of them \
                 another address at the source, or set \"permalink\" to a pattern with {{id}}",
                first.id, entries[places[clash.first]].path
            ),
        });
        refused.insert(second.id.clone());
    }
    entries.retain(|entry| !refused.contains(&entry.summary.id));
    for entry in entries.iter_mut().filter(|entry| !entry.path.is_empty()) {
        entry.summary.href = percent_encode(&format!("{}{}/", site.base, entry.path));
    }
}

fn next(receive: &Mutex<Receiver<(usize, Article)>>) -> Option<(usize, Article)> {
    receive
        .lock()
        .unwrap_or_else(|poisoned| poisoned.into_inner())
        .recv()
        .ok()
}

/// The source, opened, with what the build may take to read it.
pub struct Reading {
    source: SourceConfig,
    limits: Limits,
    /// `site.json`, to name it in errors.
    named: String,
}

impl Reading {
    /// # Errors
    /// A variable that a secret is to come from is not there.
    pub fn of(source: &SourceConfig, options: &Options) -> Result<Self> {
        let secret = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        Ok(Self {
            source: source.reveal(&secret)?,
            limits: Limits {
                root: Some(proof::folder_of(&options.site).to_owned()),
                ..Limits::for_build()
            },
            named: options.site.display().to_string(),
        })
    }

    /// Every story, one after another, of a source that readers will ask; with those that cannot be
    /// shown. What its later documents lack may come to the host another way.
    ///
    /// # Errors
    /// When the source gives nothing.
    pub fn each(&self, mut take: impl FnMut(Article)) -> Result<Vec<Skipped>> {
        let mut skipped = Vec::new();
        let reading = self.all(&mut skipped, |_, article| {
            take(article);
            true
        })?;
        tell(&reading.notes);
        if let Some(error) = reading.incomplete {
            let read = reading.articles;
            tell(&[format!(
                "the source broke off after {read} stories: {error}"
            )]);
        }
        Ok(skipped)
    }

    /// Reads the source's stories in its own order, whatever its kind. With what the source says of
    /// itself, whether there may be more than it gave.
    fn stories(
        &self,
        skipped: &mut Vec<Skipped>,
        take: impl FnMut(usize, Article) -> bool,
    ) -> Result<(About, bool)> {
        let reading = self.all(skipped, take)?;
        if let Some(error) = &reading.incomplete {
            anyhow::bail!(
                "the source broke off after {} stories, so nothing was written and the last build \
                 stays as it is: {error}",
                reading.articles
            );
        }
        tell(&reading.notes);
        Ok((reading.about, reading.early))
    }

    fn all(
        &self,
        skipped: &mut Vec<Skipped>,
        take: impl FnMut(usize, Article) -> bool,
    ) -> Result<platform::Reading> {
        let mut taking = Taking {
            take,
            skipped,
            index: 0,
            speaks: is_absolute(&self.source.url),
        };
        platform::read_all(&self.source, &self.limits, &mut taking)
            .map_err(|error| match error {
                ReadError::Source(error) => {
                    anyhow::anyhow!(proof::remedied(&error, &self.source, proof::Looked::Not))
                }
                ReadError::Config(error) => error.into(),
            })
            .with_context(|| format!("the source in {} cannot be read", self.named))
    }

    /// The source's own pages. A source that has them and fails to give them stops the build, as
    /// its stories would: an imprint must not vanish because a server was busy.
    fn pages(&self) -> Result<Vec<Article>> {
        let mut skipped = Vec::new();
        let mut taking = Taking {
            take: |_, _| true,
            skipped: &mut skipped,
            index: 0,
            speaks: true,
        };
        match platform::read_pages(&self.source, &self.limits, &mut taking) {
            Ok(pages) => Ok(pages),
            // Some sites lock that part of their API; then they have no pages to give.
            Err(ReadError::Source(
                error @ (SourceError::NotFound
                | SourceError::Forbidden { .. }
                | SourceError::Status {
                    status: 400..=499, ..
                }),
            )) => {
                eprintln!("  note: the source gives none of its own pages: {error}");
                Ok(Vec::new())
            }
            Err(error) => {
                Err(error).with_context(|| format!("the pages of the source in {}", self.named))
            }
        }
    }
}

/// Hands stories on as they come.
struct Taking<'a, Take> {
    take: Take,
    skipped: &'a mut Vec<Skipped>,
    index: usize,
    /// Whether progress is told: a file is read before anyone could wonder.
    speaks: bool,
}

impl<Take: FnMut(usize, Article) -> bool> platform::Reader for Taking<'_, Take> {
    fn item(&mut self, item: Result<Article, Skipped>) {
        match item {
            Ok(article) => {
                (self.take)(self.index, article);
                self.index += 1;
            }
            Err(skip) => self.skipped.push(skip),
        }
    }

    fn page(&mut self, page: usize, articles: usize, total: Option<u64>) {
        if self.speaks {
            eprintln!("  {}", platform::paged(page, articles, total));
        }
    }

    fn waits(&mut self, request: &Request, status: u16, wait: Duration) {
        eprintln!("  {}", platform::waited(request, status, wait));
    }
}
