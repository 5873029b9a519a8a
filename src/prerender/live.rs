//! What open pages of a live story ask for: `updates.json` beside the page, with the newest updates
//! in the words and pictures of the page itself.

use anyhow::Result;

use super::files::By;
use super::pages::Build;
use crate::html::{Block, WriteOptions, updates, write};
use crate::model::{Body, Fresh, Live, LiveUpdate};
use crate::page::Story;
use crate::source::live;

/// A reader who was away for more than these loads the page anew.
const MOST: usize = 20;
/// Asked for every minute, so it has to be small.
const MOST_BYTES: usize = 16 * 1024;

/// The newest updates among the blocks of a body, written; at least one.
pub fn latest(blocks: &[Block], options: &WriteOptions<'_>) -> Vec<LiveUpdate> {
    let mut latest = Vec::new();
    let mut bytes = 0;
    for told in updates(blocks).take(MOST) {
        let html = write(told.blocks, options);
        bytes += html.len() + told.title.len();
        if bytes > MOST_BYTES && !latest.is_empty() {
            break;
        }
        latest.push(LiveUpdate {
            id: told.id.to_owned(),
            published: told.at,
            title: Some(told.title).filter(|_| told.titled),
            body: Body::Html(html),
            key: told.key,
        });
    }
    latest
}

/// Writes the file beside a story's page, and says in the page where it is.
///
/// # Errors
/// When the file cannot be written.
pub fn publish(build: &Build<'_>, story: &mut Story, path: &str) -> Result<()> {
    let Some(live) = &mut story.live else {
        return Ok(());
    };
    let Some(mut updates) = live.latest.take() else {
        return Ok(());
    };
    if build.site.fresh == Fresh::Off || live.url.is_some() {
        return Ok(());
    }
    for update in &mut updates {
        if let Body::Html(html) = &mut update.body {
            *html = build.settled(html, By::Source);
        }
    }
    let ended = live.ended;
    live.url = Some([&story.summary.href, "updates.json"].concat());
    let document = live::write(&Live {
        updates,
        ended,
        url: None,
    });
    let file = format!("{path}/updates.json");
    build.out.put(&file, document.as_bytes())
}
