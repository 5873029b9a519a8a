//! Continuing a chain of questions where it would have ended.

use crate::source::chain::Link;
use crate::source::{Batch, SourceError};

pub(super) type WithBatch = Box<dyn FnOnce(Batch) -> Result<Link, SourceError> + Send>;
pub(super) type WithOutcome =
    Box<dyn FnOnce(Result<Batch, SourceError>) -> Result<Link, SourceError> + Send>;

/// Continues a chain where it would have ended.
pub(super) fn after(link: Link, then: WithBatch) -> Link {
    match link {
        Link::Done(batch) => match then(batch) {
            Ok(link) => link,
            Err(error) => failed(error),
        },
        Link::Ask(request, first) => Link::Ask(
            request,
            Box::new(move |response| match first(response)? {
                Link::Done(batch) => then(batch),
                more => Ok(after(more, then)),
            }),
        ),
    }
}

/// The same, where failing must not spoil what is already there.
pub(super) fn recovering(link: Link, then: WithOutcome) -> Link {
    match link {
        Link::Done(batch) => match then(Ok(batch)) {
            Ok(link) => link,
            Err(error) => failed(error),
        },
        Link::Ask(request, first) => Link::Ask(
            request,
            Box::new(move |response| match first(response) {
                Ok(Link::Done(batch)) => then(Ok(batch)),
                Ok(more) => Ok(recovering(more, then)),
                Err(error) => then(Err(error)),
            }),
        ),
    }
}

/// A link that ends with what went wrong.
pub(super) fn failed(error: SourceError) -> Link {
    Link::Done(Batch {
        incomplete: Some(error),
        ..Batch::default()
    })
}
