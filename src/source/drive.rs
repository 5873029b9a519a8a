//! Carries a conversation to its end over whatever can fetch. Pure: the fetching is lent.

use std::future::Future;
use std::pin::Pin;

use super::{Batch, Conversation, FetchError, Request, Response, SourceError, Step};

/// An answer on its way.
pub type Answering<'a> = Pin<Box<dyn Future<Output = Result<Response, FetchError>> + 'a>>;

/// More questions than any honest reading needs (a look-up, a fallback, a thousand pages).
const MOST: usize = 2_000;

/// Sends every request of a conversation until it is done.
///
/// # Errors
/// When a request gets no answer, or the conversation cannot use one.
pub async fn run(
    mut conversation: Box<dyn Conversation + Send>,
    fetch: &dyn Fn(Request) -> Answering<'static>,
) -> Result<Batch, SourceError> {
    let mut step = conversation.start()?;
    for _ in 0..MOST {
        match step {
            Step::Done(batch) => return Ok(batch),
            Step::Ask(request) => step = conversation.answer(fetch(request).await?)?,
        }
    }
    Err(SourceError::Unsupported {
        what: "a question that takes thousands of requests",
    })
}
