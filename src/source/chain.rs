//! A conversation as a chain of questions: each link is a request and what to do with its answer,
//! which may be another link. Formats write their fallbacks and look-ups as plain functions.

use std::sync::Arc;

use super::{Batch, Conversation, Request, Response, SourceError, Step, text};

/// What comes next in a chain.
#[allow(clippy::large_enum_variant)] // Made a few times a reading and moved at once.
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
    secrets: Arc<[String]>,
}

impl Chain {
    pub(crate) fn new(first: Result<Link, SourceError>, secrets: Arc<[String]>) -> Self {
        Self {
            first: Some(first),
            then: None,
            secrets,
        }
    }

    /// A server may repeat our key in its complaint, or lead us to an address that holds it; we
    /// do not repeat it.
    fn hushed(&self, mut error: SourceError) -> SourceError {
        if let SourceError::Status { url, message, .. }
        | SourceError::Forbidden { url, message }
        | SourceError::Unexpected {
            url,
            found: message,
            ..
        }
        | SourceError::Broken { url, message, .. } = &mut error
        {
            for secret in self.secrets.iter().filter(|secret| secret.len() > 3) {
                for said in [&mut *url, &mut *message] {
                    *said = said.replace(secret.as_str(), "…");
                    *said = said.replace(&text::percent_encoded(secret), "…");
                }
            }
        }
        error
    }

    fn taken(&mut self, link: Result<Link, SourceError>) -> Result<Step, SourceError> {
        match link {
            Ok(link) => Ok(self.step(link)),
            Err(error) => Err(self.hushed(error)),
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
            Some(first) => self.taken(first),
            None => Ok(Step::Done(Batch::default())),
        }
    }

    fn answer(&mut self, response: Response) -> Result<Step, SourceError> {
        match self.then.take() {
            Some(then) => {
                let link = then(response);
                self.taken(link)
            }
            None => Ok(Step::Done(Batch::default())),
        }
    }
}
