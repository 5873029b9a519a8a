//! Keeps a source's secrets out of what the source says.
//!
//! A server may repeat the key it was asked with: in a link to the next page, in the address of a
//! picture, in a title that quotes the request. What a build read from the environment must not
//! reach a page, a log or a report, so every item is looked through before anyone else sees it.
//! Only secrets of the environment count: what stands open in `site.json` is no secret, and may
//! well be a common word. Sources without such secrets cost nothing here.

use std::time::Duration;

use super::reading::Reader;
use crate::model::{Article, SourceConfig};
use crate::source::{About, Request, Response, Skipped, text};

/// What stands where a secret stood.
const INSTEAD: &str = "…";
/// A shorter one would be found in ordinary words.
const SHORTEST: usize = 4;

/// The secrets of a source in every spelling that a text could hold.
pub(super) struct Hush {
    spellings: Vec<String>,
}

impl Hush {
    pub(super) fn of(config: &SourceConfig) -> Self {
        let mut spellings = Vec::new();
        // Of `Bearer abc` a server repeats `abc`.
        let bare = config
            .secrets()
            .filter_map(|secret| secret.rsplit(' ').next());
        let secrets = config.secrets().chain(bare);
        for secret in secrets.filter(|secret| secret.len() >= SHORTEST) {
            let html = secret
                .replace('&', "&amp;")
                .replace('<', "&lt;")
                .replace('"', "&quot;");
            for spelling in [secret.to_owned(), text::percent_encoded(secret), html] {
                if !spellings.contains(&spelling) {
                    spellings.push(spelling);
                }
            }
        }
        Self { spellings }
    }

    pub(super) fn text(&self, text: &mut String) {
        for spelling in &self.spellings {
            if text.contains(spelling.as_str()) {
                *text = text.replace(spelling.as_str(), INSTEAD);
            }
        }
    }

    /// An article without them, whatever field they stood in.
    pub(super) fn article(&self, article: Article) -> Article {
        if self.spellings.is_empty() {
            return article;
        }
        let Ok(mut json) = serde_json::to_string(&article) else {
            return article;
        };
        let before = json.len();
        for spelling in &self.spellings {
            let quoted = serde_json::Value::from(spelling.as_str()).to_string();
            let escaped = quoted.trim_matches('"');
            if json.contains(escaped) {
                json = json.replace(escaped, INSTEAD);
            }
        }
        if json.len() == before {
            return article;
        }
        // Replacing text inside JSON strings leaves JSON; if ever not, no article is the safe one.
        serde_json::from_str(&json).unwrap_or_default()
    }

    pub(super) fn about(&self, about: &mut About) {
        let texts = [
            &mut about.title,
            &mut about.description,
            &mut about.home,
            &mut about.icon,
        ];
        for text in texts.into_iter().flatten() {
            self.text(text);
        }
    }
}

/// A reader that is told nothing secret.
pub(super) struct Hushed<'a> {
    pub(super) hush: &'a Hush,
    pub(super) reader: &'a mut dyn Reader,
}

impl Reader for Hushed<'_> {
    fn item(&mut self, item: Result<Article, Skipped>) {
        self.reader.item(match item {
            Ok(article) => Ok(self.hush.article(article)),
            Err(mut skipped) => {
                self.hush.text(&mut skipped.item);
                self.hush.text(&mut skipped.reason);
                Err(skipped)
            }
        });
    }

    fn wants_body(&mut self, asked: usize) -> bool {
        self.reader.wants_body(asked)
    }

    fn page(&mut self, page: usize, articles: usize, total: Option<u64>) {
        self.reader.page(page, articles, total);
    }

    fn waits(&mut self, request: &Request, status: u16, wait: Duration) {
        self.reader.waits(request, status, wait);
    }

    fn saw(&mut self, request: &Request, response: &Response) {
        self.reader.saw(request, response);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Body, Secret, SourceConfig};

    fn config(key: Secret) -> SourceConfig {
        SourceConfig {
            key: Some(key),
            ..SourceConfig::default()
        }
    }

    fn echoing(secret: &str) -> Article {
        Article {
            id: "1".into(),
            headline: format!("You asked with {secret}"),
            body: Body::Html(format!(
                "<a href=\"/next?key={}\">",
                text::percent_encoded(secret)
            )),
            ..Article::default()
        }
    }

    #[test]
    fn a_secret_is_found_in_every_field_and_spelling() {
        let secret = "a\"b&c d";
        let hush = Hush::of(&config(Secret::Revealed(secret.into())));
        let article = hush.article(echoing(secret));
        assert_eq!(article.headline, "You asked with …");
        assert_eq!(article.body, Body::Html("<a href=\"/next?key=…\">".into()));
    }

    #[test]
    fn what_stands_open_in_the_configuration_may_stand_in_a_story() {
        let hush = Hush::of(&config(Secret::Open("harbour".into())));
        assert_eq!(hush.article(echoing("harbour")), echoing("harbour"));
    }
}
