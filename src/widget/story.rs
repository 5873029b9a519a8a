//! An article as a line of the widget: plain text, an address that is safe to follow, one picture.

use crate::host::Host;
use crate::html::text;
use crate::model::{Article, Body, SectionRef, Summary};

/// Characters of an excerpt; the style sheet shows two or three lines of it.
const EXCERPT: usize = 180;
/// Bytes of a body that are looked at for an excerpt.
const BODY: usize = 4096;

/// What is shown of a story; `None` where it leads nowhere.
pub fn summary(article: &Article, host: &Host) -> Option<Summary> {
    let href = [&article.url, &article.external_url]
        .into_iter()
        .flatten()
        .find(|url| leads_somewhere(url))?;
    let excerpt = [&article.standfirst, &article.summary]
        .into_iter()
        .flatten()
        .find(|text| !text.is_empty())
        .cloned()
        .unwrap_or_else(|| opening(&article.body, host));
    Some(Summary {
        id: article.id.clone(),
        href: href.clone(),
        external: true,
        headline: article.headline.clone(),
        kicker: article.kicker.clone(),
        section: article.section.as_ref().map(|section| SectionRef {
            name: section.name.clone(),
            path: section.path.clone(),
        }),
        excerpt: shortened(&excerpt),
        published: article.published,
        image: article
            .image
            .clone()
            .filter(|image| leads_somewhere(&image.src)),
        language: article.language.clone(),
        ..Summary::default()
    })
}

/// Sources resolve their addresses, but this is where they meet someone else's page: nothing but
/// the web's own schemes goes on.
pub fn leads_somewhere(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}

fn opening(body: &Body, host: &Host) -> String {
    let (text, html) = match body {
        Body::Html(html) => (html, true),
        Body::Text(text) => (text, false),
        Body::Absent => return String::new(),
    };
    let mut end = text.len().min(BODY);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    if html {
        text::plain(host, &text[..end])
    } else {
        text[..end].to_owned()
    }
}

fn shortened(text: &str) -> String {
    let mut short = String::new();
    for word in text.split_whitespace() {
        if short.len() + word.len() > EXCERPT {
            short.push('…');
            break;
        }
        if !short.is_empty() {
            short.push(' ');
        }
        short.push_str(word);
    }
    short
}
