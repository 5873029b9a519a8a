//! A conversation as a chain of questions: each link is a request and what to do with its answer,
//! which may be another link. Formats write their fallbacks and look-ups as plain functions.

use std::sync::Arc;

use super::{Batch, Conversation, Request, Response, SourceError, Step, text};

/// What comes next in a chain.
pub(crate) enum Link {
    Ask(Request, Then),
    Done(Batch),
}

/// What to do with an answer.
pub(crate) type Then = Box<dyn FnOnce(Response) -> Result<Link, SourceError> + Send>;

/// A question and its continuation.
pub(crate) fn ask(
    request: Request,
    then: impl FnOnce(Response) -> Result<Link, SourceError> + Send + 'static,
) -> Result<Link, SourceError> {
    Ok(Link::Ask(request, Box::new(then)))
}

/// The conversation that walks a chain.
pub(crate) struct Chain {
    first: Option<Result<Link, SourceError>>,
    then: Option<Then>,
}

impl Chain {
    pub(crate) fn new(first: Result<Link, SourceError>) -> Self {
        Self {
            first: Some(first),
            then: None,
        }
    }

    fn step(&mut self, link: Link) -> Step {
        match link {
            Link::Ask(request, then) => {
                self.then = Some(then);
                Step::Ask(request)
            }
            Link::Done(batch) => Step::Done(batch),
        }
    }
}

impl Conversation for Chain {
    fn start(&mut self) -> Result<Step, SourceError> {
        match self.first.take() {
            Some(first) => first
                .map(|link| self.step(link))
                .map_err(|error| self.hushed(error)),
            None => Ok(Step::Done(Batch::default())),
        }
    }

    fn answer(&mut self, response: Response) -> Result<Step, SourceError> {
        match self.then.take() {
            Some(then) => then(response)
                .map(|link| self.step(link))
                .map_err(|error| self.hushed(error)),
            None => Ok(Step::Done(Batch::default())),
        }
    }
}
