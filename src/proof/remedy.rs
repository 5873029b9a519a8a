//! What to do when a source cannot be read: the error says what happened, this what its publisher
//! may have meant.

use crate::model::{SourceConfig, SourceKind};
use crate::source::place::{is_absolute, origin, path};
use crate::source::{FetchError, SourceError, shown};

/// Whether somebody looked what stands where the source should be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Looked {
    Not,
    /// A source of this kind; `None` where it is of none that is known.
    At(Option<SourceKind>),
}

/// An error with what can be done about it.
pub fn remedied(error: &SourceError, source: &SourceConfig, looked: Looked) -> String {
    match remedy(error, source, looked) {
        Some(remedy) => format!("{error}; {remedy}"),
        None => error.to_string(),
    }
}

fn remedy(error: &SourceError, source: &SourceConfig, looked: Looked) -> Option<String> {
    if let Looked::At(Some(kind)) = looked
        && kind != source.kind
    {
        return Some(format!(
            "it looks like \"kind\": \"{}\", and \"source\" says \"{}\"",
            kind.name(),
            source.kind.name()
        ));
    }
    let nowhere = matches!(
        error,
        SourceError::NotFound
            | SourceError::WebPage { .. }
            | SourceError::Status {
                status: 404 | 405 | 410,
                ..
            }
    );
    let remedy = match (source.kind, error) {
        (SourceKind::WordPress | SourceKind::Ghost, _) if nowhere => return Some(moved(source)),
        (_, SourceError::WebPage { url }) if is_absolute(url) => {
            return Some(format!(
                "dateline check {url} finds the feed that a page names"
            ));
        }
        (_, SourceError::Fetch(FetchError::Timeout { .. })) => {
            "the server is slow or stuck; try again, or ask its host"
        }
        (_, SourceError::Status { status: 404, .. }) => "check the address",
        (
            _,
            SourceError::Status {
                status: 429 | 503, ..
            },
        ) => "the server asks for patience; try later",
        (_, SourceError::Status { status: 500.., .. }) => {
            "the server fails; its error log says why"
        }
        (SourceKind::Mapped, SourceError::Unexpected { .. }) => {
            "compare the pointers in \"source\" with a real answer"
        }
        (_, SourceError::Unexpected { .. } | SourceError::Broken { .. })
            if looked == Looked::Not =>
        {
            let what = match is_absolute(&source.url) {
                true => shown(&source.url),
                false => "--site with your site.json".into(),
            };
            return Some(format!("dateline check {what} says what it is"));
        }
        _ => return None,
    };
    Some(remedy.into())
}

/// No API answers where the site should be.
fn moved(source: &SourceConfig) -> String {
    let name = match source.kind {
        SourceKind::Ghost => "Ghost",
        _ => "WordPress",
    };
    let home = origin(&source.url);
    match path(&source.url).trim_matches('/') {
        "" => format!(
            "no {name} answers at {home}; dateline check {home} says what is there, and the site may \
             have closed its API"
        ),
        _ => format!(
            "\"source.url\" is the address of a {name} as a whole and not of a page or feed of it; try \
             \"{home}\""
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(kind: SourceKind, url: &str) -> SourceConfig {
        SourceConfig {
            kind,
            url: url.into(),
            ..SourceConfig::default()
        }
    }

    fn page(url: &str) -> SourceError {
        SourceError::WebPage { url: url.into() }
    }

    #[test]
    fn a_page_of_a_wordpress_leads_to_its_home() {
        let said = |url: &str, error: &SourceError| {
            remedy(error, &source(SourceKind::WordPress, url), Looked::Not).expect("a remedy")
        };
        let deep = "https://a.example/2026/ferry/";
        assert!(said(deep, &SourceError::NotFound).contains("try \"https://a.example\""));
        assert!(said(deep, &page(deep)).contains("try \"https://a.example\""));
        let home = said("https://a.example/", &SourceError::NotFound);
        assert!(home.contains("dateline check https://a.example"), "{home}");
    }

    #[test]
    fn a_page_in_place_of_a_feed_leads_to_check_and_a_wrong_kind_to_the_right_one() {
        let url = "https://a.example/feeds";
        let rss = source(SourceKind::Rss, url);
        let said = remedy(&page(url), &rss, Looked::Not).expect("a remedy");
        assert!(said.contains(&["dateline check ", url].concat()), "{said}");
        let said =
            remedy(&page(url), &rss, Looked::At(Some(SourceKind::JsonFeed))).expect("a remedy");
        assert!(said.contains("\"kind\": \"jsonfeed\""), "{said}");
        let same = Looked::At(Some(SourceKind::Rss));
        assert_eq!(remedy(&SourceError::Withdrawn, &rss, same), None);
    }
}
