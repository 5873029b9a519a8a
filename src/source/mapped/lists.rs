//! The API's lists, page by page.

use super::endpoint::{By, Endpoint, Next, position};
use super::{Inner, Mapped, links};
use crate::source::chain::{Link, ask};
use crate::source::place::Place;
use crate::source::{Batch, Cursor, Response, SourceError, Wanted};

impl Mapped {
    /// A page of one of the API's lists.
    pub(super) fn listed(
        &self,
        which: fn(&Inner) -> Option<&Endpoint>,
        given: Vec<(&'static str, String)>,
        cursor: Option<Cursor>,
    ) -> Result<Link, SourceError> {
        let Some(endpoint) = which(&self.0) else {
            return Err(SourceError::NotFound);
        };
        let start = endpoint.next.as_ref().map_or(1, |next| next.start);
        let (at, first_size) = position(cursor.as_ref(), start);
        let link = cursor
            .as_ref()
            .map(|cursor| cursor.0.as_str())
            .unwrap_or_default();
        let place = at.to_string();
        let mut all: Vec<(&str, &str)> =
            vec![("page", &place), ("offset", &place), ("cursor", link)];
        all.extend(given.iter().map(|(name, value)| (*name, value.as_str())));
        let request = match endpoint.next.as_ref().map(|next| &next.by) {
            Some(By::Link(_)) if cursor.is_some() => self.request(link.to_owned()),
            _ => self.question(endpoint, &all)?,
        };
        let this = self.clone();
        let cursor = cursor.clone();
        ask(request, move |response| {
            let place = Place::of(&response.url, this.0.host);
            let shown = crate::source::shown(&response.url);
            let Some(endpoint) = which(&this.0) else {
                return Err(SourceError::NotFound);
            };
            let later = cursor.is_some() && endpoint.next.as_ref().is_some_and(Next::numbered);
            if later && let Some(batch) = this.behind_the_last(&response) {
                return Ok(Link::Done(batch));
            }
            let linked = links::next(&response).map(str::to_owned);
            let document = this.document(response)?;
            let saved = this.saved();
            let one = this
                .0
                .one
                .as_ref()
                .filter(|_| saved && document.is_object());
            let items = match (endpoint.items(&document, &shown), one) {
                // The answer that was saved is that of one story.
                (Err(_), Some(one)) => one.at.find(&document),
                (items, _) => items?,
            };
            let mut batch = this.batch(&items, &place, cursor.is_none());
            let next = endpoint.next.as_ref().filter(|_| !saved);
            let linked = linked.as_deref();
            batch.next = next
                .and_then(|it| it.after(&document, linked, items.len(), at, first_size, &place))
                .filter(|next| Some(next) != cursor.as_ref());
            let lost = next.is_some_and(|next| next.is_lost(&document));
            if lost && cursor.is_none() && batch.next.is_none() && !items.is_empty() {
                batch.notes.push(
                    "\"source.list.next.at\" points to nothing in the first answer, so only that was \
                     read; if there is more, point it to where the next page is named"
                        .into(),
                );
            }
            Ok(Link::Done(batch))
        })
    }

    /// Looks for a story page by page; most APIs hold what is asked for on the first ones.
    pub(super) fn searched(
        &self,
        wanted: Wanted,
        cursor: Option<Cursor>,
        page: usize,
    ) -> Result<Link, SourceError> {
        const MOST_PAGES: usize = 10;
        let Link::Ask(request, then) = self.listed(|it| Some(&it.list), Vec::new(), cursor)? else {
            return Err(SourceError::NotFound);
        };
        let this = self.clone();
        ask(request, move |response| {
            let Link::Done(batch) = then(response)? else {
                return Err(SourceError::NotFound);
            };
            let next = batch.next;
            match batch.items.into_iter().find(|article| wanted.is(article)) {
                Some(found) => Ok(Link::Done(Batch {
                    items: vec![found],
                    ..Batch::default()
                })),
                None if next.is_some() && page < MOST_PAGES => {
                    this.searched(wanted, next, page + 1)
                }
                None => Err(SourceError::NotFound),
            }
        })
    }

    /// Some APIs answer a page behind their last with an error: the list ends there. One that refuses
    /// more than so many pages ends as well, and the publisher is told.
    fn behind_the_last(&self, response: &Response) -> Option<Batch> {
        let notes = match response.status {
            404 | 410 | 416 => Vec::new(),
            400 | 422 | 426 => {
                let error = self.document(response.clone()).err()?;
                vec![format!("{error}; the pages before it count as the list")]
            }
            _ => return None,
        };
        Some(Batch {
            cut: true,
            notes,
            ..Batch::default()
        })
    }
}
