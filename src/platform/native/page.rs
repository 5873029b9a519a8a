//! One page of a source's list, from its first request to its last item: in one piece, or slice by
//! slice where the page is one large document. Called by `reading`, page after page.

use std::io::{Read, Seek};

use super::fetch::{Limits, Seen, fetch_now, fetch_watched, read_watched};
use super::keep::Keep;
use super::reading::{Reader, Reading};
use super::sightings::{Sight, Sightings};
use super::slices::Slices;
use crate::model::{Article, Body, SourceConfig, SourceKind};
use crate::source::place::is_absolute;
use crate::source::{
    Batch, Cursor, FetchError, Query, Response, Source, SourceError, Step, Wanted, shown,
};

/// Whether the list may be one large document, to be read slice by slice: a file, or a format that
/// knows no pages. Pages of an API are small, and some count what they hold.
pub(super) fn kept_apart(config: &SourceConfig) -> Keep {
    let one = match config.kind {
        SourceKind::JsonFeed | SourceKind::Rss | SourceKind::Ninjs => true,
        SourceKind::Mapped => {
            let list = config.options.get("list");
            list.is_some_and(|list| list.get("next").is_none())
        }
        SourceKind::WordPress | SourceKind::Ghost | SourceKind::Guardian => false,
    };
    if one || !is_absolute(&config.url) {
        Keep::File
    } else {
        Keep::Memory
    }
}

/// Tells a reader what is seen.
pub(super) fn watching(reader: &mut dyn Reader) -> impl FnMut(Seen<'_>) {
    |seen| match seen {
        Seen::Answer(request, response) => reader.saw(request, response),
        Seen::Busy {
            request,
            status,
            wait,
        } => reader.waits(request, status, wait),
    }
}

/// One page of a list while it is read, and what its items go into.
pub(super) struct Page<'a> {
    pub(super) source: &'a Source,
    pub(super) limits: &'a Limits,
    pub(super) reader: &'a mut dyn Reader,
    pub(super) reading: &'a mut Reading,
    pub(super) seen: &'a mut Sightings,
}

impl Page<'_> {
    /// Reads the page and hands its items on; where the next one is.
    pub(super) fn read(
        &mut self,
        cursor: Option<Cursor>,
        keep: Keep,
    ) -> Result<Option<Cursor>, SourceError> {
        let mut conversation = self.source.converse(Query::Latest, cursor.clone());
        let mut step = conversation.start()?;
        let mut keep = keep;
        loop {
            let request = match step {
                Step::Ask(request) => request,
                Step::Done(batch) => return Ok(self.take(batch)),
            };
            let (mut response, large) =
                fetch_watched(&request, self.limits, &mut watching(self.reader), keep)?;
            // Only the first answer of a page is its list.
            keep = Keep::Memory;
            self.reader.saw(&request, &response);
            if let Some(mut file) = large {
                let unreadable = |error: &std::io::Error| {
                    SourceError::Fetch(FetchError::Unreachable {
                        url: shown(&request.url),
                        detail: error.to_string(),
                    })
                };
                let copy = file.try_clone().map_err(|error| unreadable(&error))?;
                match Slices::of(copy).map_err(|error| unreadable(&error))? {
                    Some(slices) => return self.slices(slices, &cursor, &response),
                    None => {
                        let whole = file.rewind().and_then(|()| {
                            let most = self.limits.bytes as u64;
                            file.take(most).read_to_end(&mut response.body)
                        });
                        whole.map_err(|error| unreadable(&error))?;
                    }
                }
            }
            step = conversation.answer(response)?;
        }
    }

    /// Reads a large page slice by slice, each as if it were the whole answer.
    fn slices(
        &mut self,
        mut slices: Slices,
        cursor: &Option<Cursor>,
        head: &Response,
    ) -> Result<Option<Cursor>, SourceError> {
        let url = shown(&head.url);
        let mut next = None;
        let mut notes: Option<Vec<String>> = None;
        loop {
            let slice = slices.next().map_err(|error| {
                SourceError::Fetch(FetchError::Unreachable {
                    url: url.clone(),
                    detail: error.to_string(),
                })
            })?;
            let Some(body) = slice else { break };
            let mut conversation = self.source.converse(Query::Latest, cursor.clone());
            let mut step = conversation.start()?;
            let mut answer = Some(Response {
                body,
                ..head.clone()
            });
            let mut batch = loop {
                step = match step {
                    Step::Done(batch) => break batch,
                    Step::Ask(request) => conversation.answer(match answer.take() {
                        Some(answer) => answer,
                        None => fetch_now(&request, self.limits)?,
                    })?,
                };
            };
            // What is silent in one slice may speak in another.
            let own = std::mem::take(&mut batch.notes);
            notes = Some(match notes {
                None => own,
                Some(all) => all.into_iter().filter(|note| own.contains(note)).collect(),
            });
            next = self.take(batch);
        }
        for note in notes.into_iter().flatten() {
            if !self.reading.notes.contains(&note) {
                self.reading.notes.push(note);
            }
        }
        if head.truncated {
            let limit = self.limits.bytes;
            return Err(SourceError::TooLong { url, limit });
        }
        if slices.broken {
            return Err(SourceError::Broken {
                url,
                line: slices.lines,
                column: 0,
                message: "the document ends in the middle".into(),
            });
        }
        Ok(next)
    }

    /// Hands a batch on; where the next one is.
    fn take(&mut self, batch: Batch) -> Option<Cursor> {
        let reading = &mut *self.reading;
        if let Some(about) = batch.about.filter(|_| reading.about.title.is_none()) {
            reading.about = about;
        }
        reading.unread.extend(batch.unread);
        for note in batch.notes {
            if !reading.notes.contains(&note) {
                reading.notes.push(note);
            }
        }
        for mut article in batch.items {
            let sight = self.seen.story(&article);
            let new = sight == Sight::New;
            // A sticky post stands in front and again in its place.
            if sight == Sight::Again || (!new && article.featured) {
                continue;
            }
            if new {
                reading.count(&article);
            }
            if new
                && self.source.bodies_apart()
                && article.body == Body::Absent
                && self.reader.wants_body(reading.bodies)
            {
                reading.bodies += 1;
                if let Err(error) = complete(self.source, self.limits, self.reader, &mut article) {
                    reading.without.get_or_insert((0, error)).0 += 1;
                }
            }
            self.reader.item(Ok(article));
        }
        for skipped in batch.skipped {
            if self.seen.skipped(&skipped) {
                self.reader.item(Err(skipped));
            }
        }
        self.seen.total(batch.total);
        reading.total = self.seen.of();
        reading.early |= batch.cut;
        if batch.incomplete.is_some() {
            reading.incomplete = batch.incomplete;
        }
        batch.next
    }
}

/// Asks for one story's body; a story whose own answer fails keeps what its list said.
fn complete(
    source: &Source,
    limits: &Limits,
    reader: &mut dyn Reader,
    article: &mut Article,
) -> Result<(), SourceError> {
    let wanted = Wanted {
        id: Some(article.id.clone()),
        slug: article.slug.clone(),
        ..Wanted::default()
    };
    let batch = read_watched(
        source,
        Query::One(wanted),
        None,
        limits,
        &mut watching(reader),
    )?;
    let whole = batch.items.into_iter().next();
    let whole = whole.ok_or(SourceError::NotFound)?;
    article.body = whole.body;
    if article.tags.is_empty() {
        article.tags = whole.tags;
    }
    Ok(())
}
