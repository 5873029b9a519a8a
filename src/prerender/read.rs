//! The first pass: the source is streamed, each body cleaned and written, the result spooled.
//!
//! Reading is one thread's work, cleaning every core's. A story whose address is taken gets `-2`
//! in the order of ids; an id that was seen before is skipped (the first wins).

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, sync_channel};

use anyhow::{Context, Result};

use super::Options;
use super::archive::{Archive, Builder, NewEntry};
use super::files::{Files, NO_ADDRESS};
use super::pictures::Pictures;
use crate::html;
use crate::model::{Article, Body, Site, SiteConfig};
use crate::page::{self, Story, newsletter};
use crate::platform::{self, HOST, Limits, Reading};
use crate::route::{percent_encode, story_path};
use crate::source::Skipped;
use crate::strings::Strings;

/// What the first pass leaves.
pub struct Read {
    pub site: Site,
    pub archive: Archive,
    pub skipped: Vec<Skipped>,
}

/// Stories waiting to be cleaned; a full channel makes the reader wait instead of filling memory.
const WAITING: usize = 64;

/// Reads the whole source.
///
/// # Errors
/// When the source gives nothing at all; single bad items are in `skipped`.
pub fn read(
    config: &SiteConfig,
    options: &Options,
    strings: &Strings,
    folder: (&Files, &Pictures),
) -> Result<Read> {
    let mut site = page::resolve(config, &options.base, Vec::new());
    let mut skipped = Vec::new();
    let mut cleaned: Vec<(usize, Cleaned)> = Vec::new();
    let mut builder = Builder::new()?;
    let workers = std::thread::available_parallelism().map_or(2, usize::from);
    let (send, receive) = sync_channel::<(usize, Article)>(WAITING);
    let receive = Mutex::new(receive);
    let (done, results) = sync_channel::<(usize, Cleaned)>(WAITING);
    let outcome = std::thread::scope(|scope| {
        for _ in 0..workers {
            let (receive, done, site) = (&receive, done.clone(), &site);
            scope.spawn(move || {
                while let Some((index, article)) = next(receive) {
                    if done
                        .send((index, clean(site, strings, folder, article)))
                        .is_err()
                    {
                        return;
                    }
                }
            });
        }
        drop(done);
        let collector = scope.spawn(|| collect(results));
        let reader = read_source(config, options, &mut skipped, |index, article| {
            send.send((index, article)).is_ok()
        });
        drop(send);
        match collector.join() {
            Ok(list) => cleaned = list,
            Err(_) => anyhow::bail!("cleaning stopped unexpectedly"),
        }
        reader
    });
    let about = outcome?.about;
    if site.title.is_empty() {
        site.title = about.title.unwrap_or_default();
    }
    if site.description.is_empty() {
        site.description = about.description.unwrap_or_default();
    }
    cleaned.sort_by_key(|(index, _)| *index);
    let mut addresses = Addresses::default();
    for (_, mut one) in cleaned {
        let summary = &mut one.story.summary;
        if !addresses.new_id(&summary.id) {
            skipped.push(Skipped {
                item: summary.id.clone(),
                reason: "another story has the same id; the first one is shown".into(),
            });
            continue;
        }
        if !one.path.is_empty() {
            one.path = addresses.claim(&one.path);
            summary.href = percent_encode(&format!("{}{}/", site.base, one.path));
        }
        builder.push(NewEntry {
            story: one.story,
            body: one.body,
            path: one.path,
            featured: one.featured,
            related: one.related,
        })?;
    }
    let archive = builder.finish()?;
    site.sections = archive.sections(&config.sections);
    Ok(Read {
        site,
        archive,
        skipped,
    })
}

fn next(receive: &Mutex<Receiver<(usize, Article)>>) -> Option<(usize, Article)> {
    receive
        .lock()
        .unwrap_or_else(|poisoned| poisoned.into_inner())
        .recv()
        .ok()
}

fn collect(results: Receiver<(usize, Cleaned)>) -> Vec<(usize, Cleaned)> {
    results.into_iter().collect()
}

/// Reads the source's stories in its own order, whatever its kind.
fn read_source(
    config: &SiteConfig,
    options: &Options,
    skipped: &mut Vec<Skipped>,
    take: impl FnMut(usize, Article) -> bool,
) -> Result<Reading> {
    let secret = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let source = config.source.reveal(&secret)?;
    let folder = options
        .site
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let limits = Limits {
        root: Some(folder.unwrap_or(Path::new(".")).to_owned()),
        ..Limits::default()
    };
    let mut taking = Taking {
        take,
        skipped,
        index: 0,
    };
    let reading = platform::read_all(&source, &limits, &mut taking)
        .with_context(|| format!("the source in {} cannot be read", options.site.display()))?;
    if let Some(error) = &reading.incomplete {
        anyhow::bail!("the source broke off, so nothing was written: {error}");
    }
    for note in &reading.notes {
        eprintln!("  note: {note}");
    }
    Ok(reading)
}

/// Hands stories on as they come.
struct Taking<'a, Take> {
    take: Take,
    skipped: &'a mut Vec<Skipped>,
    index: usize,
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
}

/// A story after its body has been cleaned and written, before its address is final.
struct Cleaned {
    story: Story,
    body: String,
    path: String,
    featured: bool,
    related: Vec<String>,
}

/// Cleans one story.
fn clean(
    site: &Site,
    strings: &Strings,
    (files, pictures): (&Files, &Pictures),
    mut article: Article,
) -> Cleaned {
    if let Some(image) = &mut article.image {
        files.settle(image);
        pictures.settle(image, files);
    }
    for author in &mut article.authors {
        if let Some(local) = author.avatar.as_deref().and_then(|url| files.local(url)) {
            author.avatar = Some(percent_encode(&local));
        }
    }
    let path = match (&article.body, &article.external_url) {
        // List-and-link sources: the card leads to the publisher.
        (Body::Absent, Some(_)) => String::new(),
        _ => story_path(&site.permalink, &article).unwrap_or_default(),
    };
    let mut context = page::body_context(&HOST, &article);
    // A story without an address of its own means the site's folder.
    let home = if site.url.is_empty() {
        NO_ADDRESS
    } else {
        &site.url
    };
    context.base_url = context.base_url.or(Some(home));
    let cleaned = html::clean(&article.body, &context);
    let write = html::WriteOptions {
        strings,
        comment: false,
    };
    let letter = site.newsletter.as_ref();
    let body = match letter.zip(newsletter::place(&cleaned.blocks)) {
        Some((letter, place)) => html::write_around(&cleaned.blocks, &write, place, &|sink| {
            newsletter::write(letter, strings, sink);
        }),
        None => html::write(&cleaned.blocks, &write),
    };
    let text = html::plain_text(&cleaned.blocks);
    let external = path.is_empty();
    let href = match (&article.external_url, &article.url) {
        (Some(url), _) | (None, Some(url)) if external => url.clone(),
        _ => String::new(),
    };
    let summary = page::summary(site, &article, href, external, &text);
    let story = page::story(&article, summary, &cleaned);
    Cleaned {
        story,
        body,
        path,
        featured: article.featured,
        related: article.related,
    }
}

/// Ids and addresses taken so far.
#[derive(Default)]
struct Addresses {
    ids: HashSet<String>,
    paths: HashMap<String, ()>,
}

impl Addresses {
    fn new_id(&mut self, id: &str) -> bool {
        self.ids.insert(id.to_owned())
    }

    /// The path itself, or the first free one with a number behind it; case does not distinguish
    /// paths, because some file systems do not.
    fn claim(&mut self, path: &str) -> String {
        let mut wanted = path.to_owned();
        let mut number = 2;
        while self.paths.insert(wanted.to_lowercase(), ()).is_some() {
            wanted = match path.rsplit_once('/') {
                Some((folder, last)) => format!("{folder}/{}", numbered(last, number)),
                None => numbered(path, number),
            };
            number += 1;
        }
        wanted
    }
}

fn numbered(segment: &str, number: usize) -> String {
    crate::model::Slug::from_segment(segment).map_or_else(
        || format!("{segment}-{number}"),
        |slug| slug.numbered(number).to_string(),
    )
}
