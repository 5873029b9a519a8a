//! What bodies lose on the way to a page: those beyond the limits, and pictures pasted into them.

use crate::html::{self, Limit};
use crate::model::{Article, Body};

/// Stories that are named one by one.
const MOST: usize = 10;

/// Looks for what bodies lose, while stories go by.
#[derive(Debug, Default)]
pub struct Losses {
    limited: Vec<String>,
    pasted: usize,
    pasting: Vec<String>,
}

impl Losses {
    /// A story, and the limit that its text is beyond, if it is.
    pub fn see(&mut self, article: &Article, limit: Option<Limit>) {
        let named = || format!("\"{}\" (id {})", article.headline, article.id);
        if let Some(limit) = limit {
            self.limited.push(format!("{}: {}", named(), limit.told()));
        }
        let pasted: usize = bodies(article).map(pasted).sum();
        if pasted > 0 {
            self.pasted += pasted;
            self.pasting.push(named());
        }
    }

    /// In the same order, whichever story was seen first.
    pub fn notes(&self) -> Vec<String> {
        let mut limited = self.limited.clone();
        limited.sort();
        let more = limited.len().saturating_sub(MOST);
        limited.truncate(MOST);
        if more > 0 {
            limited.push(format!("{more} more stories are beyond these limits"));
        }
        if let Some(first) = self.pasting.iter().min() {
            limited.push(format!(
                "pictures pasted into the text itself (\"data:\") are left out: {} in {} stories, such \
                 as {first}; give them files of their own at the source",
                self.pasted,
                self.pasting.len()
            ));
        }
        limited
    }
}

/// The limit that a story's text is beyond, as far as that is known without parsing it.
pub fn limit_of(article: &Article) -> Option<Limit> {
    bodies(article).find_map(|body| html::limit_of(body, &crate::platform::HOST))
}

/// A story's text and those of its updates.
fn bodies(article: &Article) -> impl Iterator<Item = &Body> {
    let updates = article.live.iter().flat_map(|live| &live.updates);
    std::iter::once(&article.body).chain(updates.map(|update| &update.body))
}

fn pasted(body: &Body) -> usize {
    match body {
        Body::Html(html) => html::pasted(html).count(),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn article(id: &str, body: &str) -> Article {
        Article {
            id: id.into(),
            headline: format!("Story {id}"),
            body: Body::Html(body.into()),
            ..Article::default()
        }
    }

    #[test]
    fn stories_beyond_a_limit_are_named_with_it_and_pasted_pictures_are_counted() {
        let picture = format!(
            "<img src='data:image/png;base64,{}'>",
            "iVBORw0K".repeat(600)
        );
        let mut losses = Losses::default();
        let large = "<p>One</p>".repeat(30_000);
        for (id, body) in [("b", large.as_str()), ("c", &picture), ("a", "<p>One</p>")] {
            let article = article(id, body);
            losses.see(&article, limit_of(&article));
        }
        let notes = losses.notes();
        assert_eq!(notes.len(), 2, "{notes:?}");
        assert!(notes[0].starts_with("\"Story b\" (id b): its body has more than"));
        assert!(notes[1].contains("1 in 1 stories, such as \"Story c\" (id c)"));
        assert!(Losses::default().notes().is_empty());
    }
}
