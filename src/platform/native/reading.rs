//! Reads a whole source, page after page: for `prerender` and `check`.
//!
//! Large documents are read slice by slice ([`super::slices`]), so their size does not matter; APIs
//! come in pages. A source that promises more and brings nothing new is not followed for ever
//! ([`super::sightings`]).

use std::collections::HashSet;
use std::fmt;
use std::fs::File;
use std::time::Duration;

use super::fetch::{Limits, read_watched};
use super::hush::{Hush, Hushed};
use super::keep::{Keep, path_in};
use super::page::{Page, kept_apart, watching};
use super::sightings::{Sight, Sightings};
use crate::model::{Article, ConfigError, SourceConfig, SourceKind};
use crate::platform::HOST;
use crate::source::place::is_absolute;
use crate::source::{
    About, Batch, Cursor, FetchError, Query, Request, Response, Skipped, Source, SourceError,
    Tally, Unread, json_feed, open, shown,
};

/// What happens while a source is read.
pub trait Reader {
    /// An item was read, or left out.
    fn item(&mut self, item: Result<Article, Skipped>);

    /// Whether the body of a story should be asked for where lists have none; `asked` were so far.
    fn wants_body(&mut self, asked: usize) -> bool {
        let _ = asked;
        true
    }

    /// A page is done; `articles` is the number of new ones so far, `total` what the source says
    /// it has.
    fn page(&mut self, page: usize, articles: usize, total: Option<u64>) {
        let _ = (page, articles, total);
    }

    /// A busy server will be asked again after a wait.
    fn waits(&mut self, request: &Request, status: u16, wait: Duration) {
        let _ = (request, status, wait);
    }

    /// An answer came.
    fn saw(&mut self, request: &Request, response: &Response) {
        let _ = (request, response);
    }
}

/// Why nothing could be read.
#[derive(Debug)]
pub enum ReadError {
    Config(ConfigError),
    Source(SourceError),
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Config(error) => error.fmt(f),
            Self::Source(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for ReadError {}

/// What a whole reading found beside its items.
#[derive(Debug, Default)]
pub struct Reading {
    pub about: About,
    pub pages: usize,
    /// Items that were new by their id.
    pub articles: usize,
    /// Bodies that were asked for one by one.
    pub bodies: usize,
    /// How many of those did not come, and the first reason.
    pub without: Option<(usize, SourceError)>,
    pub total: Option<u64>,
    pub unread: Unread,
    /// Stories that are dated days ahead.
    pub ahead: Tally,
    /// What the publisher should know: reading stopped early, a mapping never matches.
    pub notes: Vec<String>,
    /// There may be more than the source gave; `notes` say why, unless its last page was only refused.
    pub early: bool,
    /// The source broke off after some items; a build should say so and not remove what it knew.
    pub incomplete: Option<SourceError>,
}

impl Reading {
    /// Counts a story that was not read before.
    pub(super) fn count(&mut self, article: &Article) {
        // A zone that a source does not name moves a date by less.
        const AHEAD: i64 = 2 * 24 * 3600;
        self.articles += 1;
        let limit = (HOST.now)() + AHEAD;
        if let Some(date) = article.published.filter(|date| date.epoch > limit) {
            self.ahead.add(date.to_string());
        }
    }

    fn dated_ahead(&self) -> Option<String> {
        let first = self.ahead.first.as_ref()?;
        let stories = match self.ahead.count {
            1 => "one story is".to_owned(),
            many => format!("{many} stories are"),
        };
        Some(format!(
            "{stories} dated in the future, for example {first}: until then nothing newer stands before it"
        ))
    }
}

/// Reads everything a source has. Secrets must have been revealed in `config`.
///
/// # Errors
/// When the source cannot be opened, or nothing at all could be read.
pub fn read_all(
    config: &SourceConfig,
    limits: &Limits,
    reader: &mut dyn Reader,
) -> Result<Reading, ReadError> {
    let source = open(config, HOST).map_err(ReadError::Config)?;
    let hush = Hush::of(config);
    let reader = &mut Hushed {
        hush: &hush,
        reader,
    };
    let mut reading = Reading::default();
    let mut seen = Sightings::default();
    let file = config.kind == SourceKind::JsonFeed && !is_absolute(&config.url);
    let outcome = if file {
        files(config, limits, reader, &mut reading, &mut seen)
    } else {
        let keep = kept_apart(config);
        pages(&source, keep, limits, reader, &mut reading, &mut seen)
    };
    if let Some((count, error)) = &reading.without {
        let (count, of) = (*count, reading.bodies);
        reading.notes.push(format!(
            "{count} of {of} texts that were asked for one by one did not come; the first: {error}"
        ));
    }
    reading.notes.extend(reading.unread.notes());
    reading.notes.extend(reading.dated_ahead());
    match outcome {
        Err(error) if reading.articles == 0 => return Err(ReadError::Source(error)),
        Err(error) => reading.incomplete = Some(error),
        Ok(()) => {}
    }
    // Only these have a place of their own that says who they are; asking others would read their
    // whole list again.
    let tells = matches!(config.kind, SourceKind::WordPress | SourceKind::Ghost);
    if reading.about.title.is_none()
        && tells
        && is_absolute(&config.url)
        && let Ok(Batch {
            about: Some(about), ..
        }) = read_watched(&source, Query::About, None, limits, &mut watching(reader))
    {
        reading.about = about;
    }
    hush.about(&mut reading.about);
    for note in &mut reading.notes {
        hush.text(note);
    }
    Ok(reading)
}

/// Page after page, until there is no next one or they bring nothing new.
fn pages(
    source: &Source,
    keep: Keep,
    limits: &Limits,
    reader: &mut dyn Reader,
    reading: &mut Reading,
    seen: &mut Sightings,
) -> Result<(), SourceError> {
    let mut cursor: Option<Cursor> = None;
    loop {
        let mut page = Page {
            source,
            limits,
            reader: &mut *reader,
            reading: &mut *reading,
            seen: &mut *seen,
        };
        cursor = page.read(cursor, keep)?;
        reading.pages += 1;
        reader.page(reading.pages, reading.articles, reading.total);
        if seen.turn() && cursor.is_some() {
            continue;
        }
        if seen.anew() {
            cursor = None;
            continue;
        }
        let early = seen.early(cursor.is_some());
        reading.early |= early.is_some();
        reading.notes.extend(early);
        return Ok(());
    }
}

/// A feed file and the pages it names, streamed.
fn files(
    config: &SourceConfig,
    limits: &Limits,
    reader: &mut dyn Reader,
    reading: &mut Reading,
    seen: &mut Sightings,
) -> Result<(), SourceError> {
    let mut visited = HashSet::new();
    let mut next = Some(config.url.clone());
    while let Some(address) = next {
        if !visited.insert(address.clone()) {
            return Ok(());
        }
        let unreachable = |detail: String| {
            SourceError::Fetch(FetchError::Unreachable {
                url: shown(&address),
                detail,
            })
        };
        let path = path_in(limits.root.as_deref(), &address)
            .ok_or_else(|| unreachable("the path leads out of the site's folder".into()))?;
        let file = File::open(&path).map_err(|error| unreachable(error.to_string()))?;
        let mut each = |item: Result<Article, Skipped>| {
            if let Ok(article) = &item {
                match seen.story(article) {
                    Sight::New => reading.count(article),
                    Sight::Again => return,
                    Sight::Twin => {}
                }
            }
            reader.item(item);
        };
        let head = json_feed::stream(file, &address, HOST, &mut each)?;
        reading.pages += 1;
        seen.turn();
        reading.unread.extend(head.unread);
        if reading.about.title.is_none() {
            reading.about = head.about;
        }
        reader.page(reading.pages, reading.articles, None);
        next = head.next;
        if let Some(elsewhere) = next.as_ref().filter(|next| is_absolute(next)) {
            // Only what the configuration names is asked: a file's pages are files.
            reading.notes.push(format!(
                "the next page lies elsewhere: {}",
                shown(elsewhere)
            ));
            return Ok(());
        }
    }
    Ok(())
}

/// Reads the source's own pages (contact, imprint, privacy), where it has such.
///
/// # Errors
/// When the source cannot be opened, or has pages and does not give them.
pub fn read_pages(
    config: &SourceConfig,
    limits: &Limits,
    reader: &mut dyn Reader,
) -> Result<Vec<Article>, ReadError> {
    let source = open(config, HOST).map_err(ReadError::Config)?;
    let hush = Hush::of(config);
    let mut found: Vec<Article> = Vec::new();
    let mut seen = Sightings::default();
    let mut cursor = None;
    loop {
        match read_watched(&source, Query::Pages, cursor, limits, &mut watching(reader)) {
            Ok(batch) => {
                let mut new = |page: &Article| seen.story(page) == Sight::New;
                found.extend(batch.items.into_iter().filter(|page| new(page)));
                seen.total(batch.total);
                cursor = batch.next;
            }
            Err(SourceError::Unsupported { .. }) => break,
            Err(error) => return Err(ReadError::Source(error)),
        }
        if !seen.turn() || cursor.is_none() {
            break;
        }
    }
    Ok(found.into_iter().map(|page| hush.article(page)).collect())
}

/// A line of progress: how far a long reading is.
pub fn paged(page: usize, articles: usize, total: Option<u64>) -> String {
    let of = total.map_or(String::new(), |total| format!(" of {total}"));
    let plural = if page == 1 { "" } else { "s" };
    format!("{page} page{plural} read, {articles}{of} stories …")
}

/// A line of progress: why nothing seems to happen.
pub fn waited(request: &Request, status: u16, wait: Duration) -> String {
    format!(
        "{} answered {status}; asking again in {:.0} s …",
        shown(&request.url),
        wait.as_secs_f32().ceil()
    )
}
