//! Proof-reading: what `site.json` says and its publisher cannot have meant.
//!
//! Native only, for `check` and `prerender`, which say the same of the same file. [`SiteConfig::parse`]
//! knows what a valid file is, also in a browser; here is what only somebody with the folder at hand,
//! and later with the source read, can know. An **error** is what would leave the site broken: nothing
//! is built. A **note** is what works, but likely not as meant. Both name the key, what was found and
//! what to do. What the stories themselves lose on the way to a page is noted here too ([`Losses`]). No
//! value of a key or header is ever repeated.

mod addresses;
mod bodies;
mod browsers;
mod bundle;
mod files;
mod language;
mod names;
mod remedy;
mod source;
mod syntax;

use std::path::Path;

use crate::model::SiteConfig;

pub use bodies::{Losses, limit_of};
pub use bundle::lacks;
pub(crate) use files::{Written, nearby, written_in};
pub use names::{Pins, leads_nowhere, unknown_sections};
pub use remedy::{Looked, remedied};
pub(crate) use source::is_host;

/// What was found in a `site.json` that can be read.
#[derive(Debug, Default, PartialEq)]
pub struct Proof {
    /// What would leave the site broken.
    pub errors: Vec<String>,
    /// What works, but likely not as meant.
    pub notes: Vec<String>,
}

impl Proof {
    fn error(&mut self, text: String) {
        self.errors.push(text);
    }

    fn note(&mut self, text: String) {
        self.notes.push(text);
    }

    /// Looks at everything that can be told before the source is read. `folder` is that of
    /// `site.json`, `base` the path that is built for, where one is.
    pub fn of(config: &SiteConfig, folder: &Path, base: Option<&str>) -> Self {
        let mut proof = Self::default();
        addresses::look(config, base, &mut proof);
        language::look(config, &mut proof);
        files::look(config, folder, &mut proof);
        names::look(config, &mut proof);
        source::look(config, folder, &mut proof);
        browsers::look(config, &mut proof);
        proof
    }
}

/// Reads a `site.json`, with what there is to note of its text.
///
/// # Errors
/// Why it cannot be used, in plain words.
pub fn read(path: &Path) -> Result<(SiteConfig, Vec<String>), String> {
    let named = path.display();
    let bytes = std::fs::read(path).map_err(|error| {
        if path.is_dir() {
            return format!("{named} is a folder; name the site.json in it");
        }
        format!("{named} cannot be read ({error}); write one or name another with --site")
    })?;
    let text = String::from_utf8(bytes).map_err(|_| {
        format!("{named} is not saved as UTF-8; save it again with that encoding in your editor")
    })?;
    let config = SiteConfig::parse(&text)
        .map_err(|error| format!("{named}: {}", syntax::plain(&error, &text)))?;
    Ok((config, syntax::twice(&text)))
}

/// The folder that a `site.json` lies in.
pub fn folder_of(path: &Path) -> &Path {
    path.parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."))
}
