//! One story between the source and the spool: its body cleaned and written, its pictures settled,
//! the address it would like.
//!
//! Called by `read` on every core; holds no state. What needs the whole archive (final addresses,
//! related stories, links between stories) happens later, in `read` and `pages`.

use std::sync::{Mutex, PoisonError};

use super::addresses;
use super::archive::NewEntry;
use super::files::{self, By, Files};
use super::live;
use super::pictures::Pictures;
use super::rewrite;
use super::search;
use crate::html;
use crate::model::{Article, Body, Site};
use crate::page::{self, newsletter};
use crate::platform::HOST;
use crate::proof::Losses;
use crate::route::percent_encode;
use crate::strings::Strings;
use crate::words::Vocabulary;

/// The text of a story, cleaned.
fn text(site: &Site, article: &Article) -> html::Cleaned {
    let mut context = page::body_context(&HOST, article);
    // A story without an address of its own means the site's folder.
    context.base_url = context.base_url.or(Some(files::home(site)));
    page::cleaned(article, &context)
}

fn options(strings: &Strings) -> html::WriteOptions<'_> {
    html::WriteOptions {
        strings,
        moment: crate::platform::moment,
        comment: false,
    }
}

/// Asks for each file of the site's folder that a story names, for a site whose pages browsers make.
pub fn ask(site: &Site, strings: &Strings, files: &Files, article: &Article) {
    let ask = |address: &str| drop(files.local(address, By::Source));
    if let Some(image) = &article.image {
        ask(&image.src);
        let sizes = image.sizes.iter().chain(&image.modern);
        sizes.for_each(|size| ask(&size.src));
    }
    let avatars = article.authors.iter().filter_map(|it| it.avatar.as_deref());
    avatars.for_each(ask);
    let body = html::write(&text(site, article).blocks, &options(strings));
    rewrite::each_address(&body, &ask);
}

/// Cleans one story.
pub fn clean(
    site: &Site,
    strings: &Strings,
    (files, pictures): (&Files, &Pictures),
    (vocabulary, losses): (&Mutex<Vocabulary>, &Mutex<Losses>),
    mut article: Article,
) -> NewEntry {
    if let Some(image) = &mut article.image {
        files.settle(image);
        pictures.settle(image, files);
    }
    for author in &mut article.authors {
        author.avatar = author
            .avatar
            .take()
            .and_then(|url| match files.local(&url, By::Source) {
                Some(local) => Some(percent_encode(&local)),
                None => pictures.avatar(&url),
            });
    }
    let path = match (&article.body, &article.external_url) {
        // List-and-link sources: the card leads to the publisher.
        (Body::Absent, Some(_)) => String::new(),
        _ => addresses::wanted(&site.permalink, &site.base, &article),
    };
    let cleaned = text(site, &article);
    let mut seen = losses.lock().unwrap_or_else(PoisonError::into_inner);
    seen.see(&article, cleaned.limit);
    drop(seen);
    let write = options(strings);
    let letter = site.newsletter.as_ref();
    let body = match letter.zip(newsletter::place(&cleaned.blocks)) {
        Some((letter, place)) => html::write_around(&cleaned.blocks, &write, place, &|sink| {
            newsletter::write(letter, strings, sink);
        }),
        None => html::write(&cleaned.blocks, &write),
    };
    let text = html::plain_text(&cleaned.blocks);
    let external = path.is_empty();
    let href = match (&article.external_url, &article.url) {
        (Some(url), _) | (None, Some(url)) if external => url.clone(),
        _ => String::new(),
    };
    let summary = page::summary(site, &article, href, external, &text);
    let mut story = page::story(site, &article, summary, &cleaned);
    // Whether its source keeps them apart or in the text, updates are updates.
    if let Some(live) = &mut story.live
        && (article.live.is_some() || !live.updates.is_empty())
    {
        live.latest = Some(live::latest(&cleaned.blocks, &write));
    }
    let bag = search::bag(vocabulary, &story, &text);
    NewEntry {
        story,
        body,
        text,
        bag,
        path,
        featured: article.featured,
        related: article.related,
    }
}
