//! What a reader without a network needs: the service worker with its texts, and the page for what
//! is not on the device.
//!
//! Both stand at the site's own folder. The worker's name holds no hash: its address is how browsers
//! know it, and taking it away is how a publisher gets rid of it (`docs/publishing.md`).

use anyhow::Result;
use serde_json::json;

use super::document::escape;
use super::output::Output;
use super::pages::Build;
use crate::model::Site;
use crate::strings::{Key, Strings};

const WORKER: &str = include_str!("../../public/app/sw.js");

/// Writes worker and page.
///
/// # Errors
/// When a file cannot be written.
pub fn write(build: &Build<'_>) -> Result<()> {
    let strings = &build.strings;
    worker(strings, &build.site, build.out)?;
    // The worker puts its list in the place of the empty paragraph.
    let body = format!(
        "<p>{}</p><p data-kept></p>",
        escape(strings.get(Key::OfflineText))
    );
    build.beside("offline.html", strings.get(Key::Offline), &body)
}

/// Writes the worker alone: a site that is only a shell has no page for what is not there.
///
/// # Errors
/// When the file cannot be written.
pub fn worker(strings: &Strings, site: &Site, out: &Output) -> Result<()> {
    let texts = json!({
        "language": site.language,
        "offline": strings.get(Key::Offline),
        "saved": strings.get(Key::SavedAt),
        "stories": strings.get(Key::SavedStories),
        "pages": strings.get(Key::SeenHere),
        "nothing": strings.get(Key::OfflineNothing),
    });
    let worker = WORKER.replace("\"TEXTS\"", &texts.to_string());
    out.put("sw.js", worker.as_bytes())
}
