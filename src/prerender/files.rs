//! The site's own folder: which of its files pages refer to, how large its pictures are.
//!
//! A relative or root-relative address means this folder first; so does one under the site's own
//! public address. `..` and links that lead out of the folder are refused. Only files of the kinds
//! in [`KINDS`] are ever published from it, and only those that something refers to.

use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard};

use anyhow::{Context, Result};

use super::output::Output;
use crate::model::{Image, Site};
use crate::route::{percent_decode, percent_encode};

/// Stands for the folder where a document has no address of its own.
pub const NO_ADDRESS: &str = "https://site.invalid/";

/// What a reference without a host means: the site's own address, or its folder.
pub fn home(site: &Site) -> &str {
    match site.url.as_str() {
        "" => NO_ADDRESS,
        url => url,
    }
}

/// What a page can refer to. Configuration, feeds and pages are not files in this sense.
const KINDS: [&str; 24] = [
    "png", "jpg", "jpeg", "gif", "webp", "avif", "svg", "ico", "mp4", "webm", "mp3", "m4a", "ogg",
    "oga", "wav", "vtt", "pdf", "csv", "zip", "xlsx", "docx", "epub", "woff2", "woff",
];

/// The folder of `site.json` as pages see it. Shared between threads.
pub struct Files {
    root: PathBuf,
    /// Prefixes that mean the folder: public address, placeholder, base.
    prefixes: Vec<String>,
    base: String,
    /// Path within the folder by address as written; `None` for what is not in it.
    known: Mutex<HashMap<String, Option<String>>>,
    sizes: Mutex<HashMap<String, Option<(u32, u32)>>>,
}

impl Files {
    pub fn new(root: &Path, site: &Site) -> Self {
        let prefixes = [home(site), site.base.as_str(), "/"]
            .map(str::to_owned)
            .into();
        Self {
            root: root.to_owned(),
            prefixes,
            base: site.base.clone(),
            known: Mutex::default(),
            sizes: Mutex::default(),
        }
    }

    /// The path within the folder that an address means, when the file exists and may be shown.
    pub fn local(&self, address: &str) -> Option<String> {
        if let Some(known) = lock(&self.known).get(address) {
            return known.clone();
        }
        let found = self.find(address);
        lock(&self.known).insert(address.to_owned(), found.clone());
        found
    }

    fn find(&self, address: &str) -> Option<String> {
        let plain = address.split(['?', '#']).next().unwrap_or_default();
        let rest = self
            .prefixes
            .iter()
            .find_map(|p| plain.strip_prefix(p.as_str()));
        let rest = match rest {
            Some(rest) => rest,
            None if plain.contains(':') || plain.starts_with("//") => return None,
            None => plain,
        };
        let path = percent_decode(rest.trim_start_matches("./"));
        if path.starts_with('/') {
            return None;
        }
        let extension = path.rsplit_once('.')?.1.to_ascii_lowercase();
        if !KINDS.contains(&extension.as_str()) {
            return None;
        }
        inside(&self.root, &path).filter(|file| file.is_file())?;
        Some(path)
    }

    /// The address of a local file on the published site.
    pub fn href(&self, local: &str) -> String {
        percent_encode(&format!("{}{local}", self.base))
    }

    /// Where a local file lies.
    pub fn path(&self, local: &str) -> PathBuf {
        self.root.join(local)
    }

    /// Makes a picture's addresses relative where they mean the folder, and fills in its size.
    pub fn settle(&self, image: &mut Image) {
        if let Some(local) = self.local(&image.src) {
            if (image.width.is_none() || image.height.is_none())
                && let Some((width, height)) = self.size(&local)
            {
                (image.width, image.height) = (Some(width), Some(height));
            }
            image.src = percent_encode(&local);
        }
        for size in image.sizes.iter_mut().chain(&mut image.modern) {
            if let Some(local) = self.local(&size.src) {
                size.src = percent_encode(&local);
            }
        }
    }

    /// Width and height of a local picture, read from its first bytes.
    pub fn size(&self, local: &str) -> Option<(u32, u32)> {
        if let Some(known) = lock(&self.sizes).get(local) {
            return *known;
        }
        let size = super::pictures::dimensions(&self.path(local));
        lock(&self.sizes).insert(local.to_owned(), size);
        size
    }

    /// First segments of the paths of what will be published.
    pub fn folders(&self) -> BTreeSet<String> {
        let known = lock(&self.known);
        let folders = known
            .values()
            .flatten()
            .filter_map(|local| local.split_once('/'));
        folders.map(|(folder, _)| folder.to_owned()).collect()
    }

    /// Asks for every file of the folder that could be published: without prerendering nobody
    /// knows yet what stories will refer to.
    pub fn want_all(&self) {
        let mut folders = vec![String::new()];
        while let Some(folder) = folders.pop() {
            let Ok(entries) = fs::read_dir(self.root.join(&folder)) else {
                continue;
            };
            for entry in entries.flatten() {
                let name = entry.file_name().to_string_lossy().into_owned();
                let path = format!("{folder}{name}");
                match entry.file_type() {
                    Ok(kind) if kind.is_dir() && !name.starts_with('.') => {
                        folders.push(format!("{path}/"));
                    }
                    Ok(_) => drop(self.local(&percent_encode(&path))),
                    Err(_) => {}
                }
            }
        }
    }

    /// Publishes every file that was asked for.
    ///
    /// # Errors
    /// When a file cannot be read or written.
    pub fn publish(&self, out: &Output) -> Result<()> {
        let wanted: BTreeSet<String> = lock(&self.known).values().flatten().cloned().collect();
        for local in wanted {
            let path = self.path(&local);
            let bytes =
                fs::read(&path).with_context(|| format!("{} cannot be read", path.display()))?;
            out.put(&local, &bytes)?;
        }
        Ok(())
    }
}

/// A path below a folder; `None` when it would lead out of it.
pub fn inside(root: &Path, path: &str) -> Option<PathBuf> {
    let path = path.trim_matches('/');
    let tame = path
        .split('/')
        .all(|part| !part.is_empty() && part != "." && part != "..")
        && !path.contains(['\\', '\0', ':']);
    if !tame {
        return None;
    }
    let joined = root.join(path).canonicalize().ok()?;
    let root = root.canonicalize().ok()?;
    joined.starts_with(root).then_some(joined)
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner)
}
