//! An address to a [`Feed`]: the reading itself, and which of its stories were asked for.

use super::story;
use crate::host::Host;
use crate::model::{Article, SourceKind, Summary};
use crate::source::{Answering, Request, SourceError, lean, run};

/// More stories than any widget shows; the rest of a long feed costs nothing.
const MOST: usize = 50;

/// What a source gave, ready to be shown in any layout.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Feed {
    pub title: String,
    /// BCP 47; empty when the source does not say.
    pub language: String,
    pub stories: Vec<Summary>,
}

/// Reads a source. `kind` is a name of `site.json` or empty, `category` a section's path or empty.
///
/// # Errors
/// Whatever the source or the network answers instead of stories.
pub async fn read(
    url: &str,
    kind: &str,
    category: &str,
    host: Host,
    fetch: &dyn Fn(Request) -> Answering<'static>,
) -> Result<Feed, SourceError> {
    let kind = SourceKind::from_name(kind);
    let batch = run(lean::converse(kind, url, category, host), fetch).await?;
    let about = batch.about.unwrap_or_default();
    // WordPress and Ghost sites have already chosen, and may name a section otherwise than its path.
    let chosen =
        matches!(kind, Some(SourceKind::WordPress | SourceKind::Ghost)) && !url.contains("/posts");
    let stories = batch
        .items
        .iter()
        .filter(|article| chosen || belongs(article, category))
        .filter_map(|article| story::summary(article, &host))
        .take(MOST)
        .collect();
    Ok(Feed {
        title: about.title.unwrap_or_default(),
        language: about.language.unwrap_or_default(),
        stories,
    })
}

/// Whether a story stands in a section, below it, or carries it as a tag.
fn belongs(article: &Article, category: &str) -> bool {
    let wanted = category.trim_matches('/');
    if wanted.is_empty() {
        return true;
    }
    let section = article.section.as_ref().is_some_and(|section| {
        section.path.eq_ignore_ascii_case(wanted)
            || section.name.eq_ignore_ascii_case(wanted)
            || section
                .path
                .strip_prefix(wanted)
                .is_some_and(|rest| rest.starts_with('/'))
    });
    section
        || article
            .tags
            .iter()
            .any(|tag| tag.slug.eq_ignore_ascii_case(wanted) || tag.name == wanted)
}
