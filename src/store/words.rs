//! Reads a thread and cleans what its authors wrote: the press's part of the comments.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use crate::html;
use crate::model::Body;
use crate::platform::bundle::{Thread, Words};
use crate::platform::fetch::{Canceller, fetch};
use crate::platform::{HOST, body};
use crate::reader::keys::encode;
use crate::source::comments::{read_thread, thread_pages, thread_request};
use crate::source::{Comment, SourceError};
use crate::strings::Strings;

/// More pages than these are not fetched: the thread then ends with a link to the original.
const MOST_PAGES: u32 = 10;

/// Reads the thread at `url`; relative links are relative to `story`.
///
/// # Errors
/// The source's own, in words for the console.
pub fn read(
    strings: Arc<Strings>,
    url: String,
    story: Option<String>,
) -> Pin<Box<dyn Future<Output = Result<Thread, String>>>> {
    Box::pin(async move {
        let comments = comments(&url).await.map_err(|error| error.to_string())?;
        let clean = |mut comment: Comment| {
            let words = words(&comment, story.as_deref(), &strings)?;
            comment.html.clear();
            Some((comment, words))
        };
        Ok(comments.into_iter().filter_map(clean).collect())
    })
}

async fn comments(url: &str) -> Result<Vec<Comment>, SourceError> {
    let mut comments = Vec::new();
    let mut page = 1;
    while let Some(request) = thread_request(url, page).filter(|_| page <= MOST_PAGES) {
        let answer = fetch(&request, &Canceller::new()).await?;
        comments.extend(read_thread(&answer)?);
        if page >= thread_pages(&answer) {
            break;
        }
        page += 1;
    }
    Ok(comments)
}

/// The cleaned words, built node by node: a comment's HTML never becomes markup again.
fn words(comment: &Comment, story: Option<&str>, strings: &Strings) -> Option<Words> {
    let prefix = ["comment-", &encode(&comment.id), "-"].concat();
    let context = html::Context {
        id_prefix: &prefix,
        comment: true,
        ..html::Context::new(&HOST, story)
    };
    let cleaned = html::clean(&Body::Html(comment.html.clone()), &context);
    let options = html::WriteOptions {
        strings,
        moment: crate::platform::moment,
        comment: true,
    };
    body::detached(&cleaned.blocks, &options)
}
