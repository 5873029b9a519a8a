//! The site's own folder: which of its files pages refer to, how large its pictures are.
//!
//! A relative or root-relative address means this folder first; so does one under the site's own
//! public address. `..` and links that lead out of the folder are refused. Only files of the kinds
//! in [`KINDS`] are ever published from it, and only those that something refers to.
//!
//! Who refers counts ([`By`]). The publisher's own words (`site.json`, its pages, a feed that lies in
//! the folder) may name any file. A source that lies elsewhere is somebody else's word: it may name
//! what `"files"` in `site.json` lists, so that no hostile feed publishes `drafts.csv` by linking it.

use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard};

use anyhow::{Context, Result};

use super::output::Output;
use crate::model::{Image, Site, SiteConfig};
use crate::route::{percent_decode, percent_encode};
use crate::source::place::is_absolute;

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

/// Whose words name a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    Config,
    /// The publisher's own pages.
    Page,
    /// Stories and pages of the source.
    Source,
}

/// The folder of `site.json` as pages see it. Shared between threads.
#[derive(Debug)]
pub struct Files {
    root: PathBuf,
    /// Prefixes that mean the folder: public address, placeholder, base.
    prefixes: Vec<String>,
    base: String,
    /// What `"files"` in `site.json` lists.
    listed: Vec<String>,
    /// Whether the source lies in the folder itself and may name all of it.
    ours: bool,
    /// Path within the folder by address as written, for each that may name it; `None` for what is
    /// not in it.
    known: [Mutex<HashMap<String, Option<String>>>; 3],
    sizes: Mutex<HashMap<String, Option<(u32, u32)>>>,
    kept_back: Mutex<BTreeSet<String>>,
    missing: Mutex<BTreeSet<String>>,
}

impl Files {
    pub fn new(root: &Path, config: &SiteConfig, site: &Site) -> Self {
        let prefixes = [home(site), site.base.as_str(), "/"]
            .map(str::to_owned)
            .into();
        let listed = config.files.iter().map(|path| tidy(path).to_owned());
        Self {
            root: root.to_owned(),
            prefixes,
            base: site.base.clone(),
            listed: listed.collect(),
            ours: !config.source.url.is_empty() && !is_absolute(&config.source.url),
            known: Default::default(),
            sizes: Mutex::default(),
            kept_back: Mutex::default(),
            missing: Mutex::default(),
        }
    }

    /// The path within the folder that an address means, when the file exists and may be shown.
    pub fn local(&self, address: &str, by: By) -> Option<String> {
        let known = &self.known[by as usize];
        if let Some(known) = lock(known).get(address) {
            return known.clone();
        }
        let found = self.find(address, by);
        lock(known).insert(address.to_owned(), found.clone());
        found
    }

    /// Whether a file, or a folder that it is in, is listed. What hides behind a dot is in no list.
    fn is_listed(&self, path: &str) -> bool {
        self.listed.iter().any(|listed| {
            path.strip_prefix(listed.as_str()).is_some_and(|rest| {
                rest.is_empty() || (rest.starts_with('/') && !rest.contains("/."))
            })
        })
    }

    fn find(&self, address: &str, by: By) -> Option<String> {
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
        let is_there = inside(&self.root, &path).is_some_and(|file| file.is_file());
        if is_there && (by != By::Source || self.ours || self.is_listed(&path)) {
            return Some(path);
        }
        if is_there {
            lock(&self.kept_back).insert(path);
        } else if by == By::Page || (by == By::Source && self.ours) {
            // Whatever else a source from elsewhere names may be on the host already.
            lock(&self.missing).insert(path);
        }
        None
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
        if let Some(local) = self.local(&image.src, By::Source) {
            if (image.width.is_none() || image.height.is_none())
                && let Some((width, height)) = self.size(&local)
            {
                (image.width, image.height) = (Some(width), Some(height));
            }
            image.src = percent_encode(&local);
        }
        for size in image.sizes.iter_mut().chain(&mut image.modern) {
            if let Some(local) = self.local(&size.src, By::Source) {
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
        let folder = |local: &String| Some(local.split_once('/')?.0.to_owned());
        self.wanted().iter().filter_map(folder).collect()
    }

    fn wanted(&self) -> BTreeSet<String> {
        let of = |known: &Mutex<HashMap<_, Option<String>>>| {
            lock(known).values().flatten().cloned().collect::<Vec<_>>()
        };
        self.known.iter().flat_map(of).collect()
    }

    /// Asks for every file that is listed: nobody knows which of them the stories of a source that only
    /// browsers read will name.
    pub fn want_listed(&self) {
        for path in below(&self.root, "") {
            if self.is_listed(&path) {
                drop(self.local(&percent_encode(&path), By::Source));
            }
        }
    }

    /// Publishes every file that was asked for.
    ///
    /// # Errors
    /// When a file cannot be read or written.
    pub fn publish(&self, out: &Output) -> Result<()> {
        for local in self.wanted() {
            let path = self.path(&local);
            let bytes =
                fs::read(&path).with_context(|| format!("{} cannot be read", path.display()))?;
            out.put(&local, &bytes)?;
        }
        Ok(())
    }

    /// What the publisher should know of files that were named and are not on the site.
    pub fn notes(&self) -> Vec<String> {
        let published = self.wanted();
        let mut kept_back = lock(&self.kept_back).clone();
        kept_back.retain(|path| !published.contains(path));
        let missing = lock(&self.missing);
        let mut notes = Vec::new();
        if !kept_back.is_empty() {
            notes.push(format!(
                "the source names files of the site's folder, which were not published because it \
                 lies elsewhere: {}. If readers may have them, list them or their folder in site.json: \
                 \"files\": [\"downloads/\"]",
                few(&kept_back)
            ));
        }
        if !missing.is_empty() {
            notes.push(format!(
                "named by stories or pages, but not in the site's folder: {}",
                few(&missing)
            ));
        }
        notes
    }
}

/// The first of many names, and how many more there are.
fn few(names: &BTreeSet<String>) -> String {
    const MOST: usize = 5;
    let mut out: Vec<&str> = names.iter().take(MOST).map(String::as_str).collect();
    let more = format!("{} more", names.len().saturating_sub(MOST));
    if names.len() > MOST {
        out.push(&more);
    }
    out.join(", ")
}

/// The files of a folder and of those below it that are not hidden, by their paths from `root`.
pub fn below(root: &Path, folder: &str) -> Vec<String> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(root.join(&folder)) else {
            continue;
        };
        for entry in entries.flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let slash = if folder.is_empty() { "" } else { "/" };
            let path = [folder.as_str(), slash, &name].concat();
            match entry.file_type() {
                Ok(kind) if !kind.is_dir() => files.push(path),
                Ok(_) if !name.starts_with('.') => folders.push(path),
                _ => {}
            }
        }
    }
    files
}

/// A path of the folder as [`Files`] compares them.
pub fn tidy(path: &str) -> &str {
    path.trim_start_matches("./").trim_matches('/')
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
