//! The folder to publish: only changed files are written, stale ones removed, none outside it.
//!
//! `data/manifest.txt` lists every file of the build with a hash of its bytes and of what it was
//! made of ([`super::reasons`]); the next build compares against it. Files that no build wrote (a `CNAME`,
//! say) are never touched. Hashed assets that no page asks for any more stay for a day, for readers who
//! still have earlier pages open: `*` and the moment in the manifest say since when.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use anyhow::{Context, Result, bail};

use super::reasons::{Made, Shared, Why};
use crate::model::Instant;

const MANIFEST: &str = "data/manifest.txt";

/// Bytes of a name that file systems take.
const LONGEST_NAME: usize = 255;

/// Seconds that assets stay which no page asks for any more: readers have pages of yesterday open.
const KEPT: i64 = 24 * 60 * 60;

/// What a build did to the folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    pub files: usize,
    /// Whether the folder held no build before.
    pub first: bool,
    /// Files that were written or removed and why, in order of their paths.
    pub changes: Vec<Change>,
}

/// A file that is not what it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub path: String,
    pub why: Why,
}

impl Report {
    /// Paths of the files that were written.
    pub fn written(&self) -> impl Iterator<Item = &str> {
        let written = self.changes.iter().filter(|it| it.why != Why::Removed);
        written.map(|change| change.path.as_str())
    }

    /// Paths of the files that were removed.
    pub fn removed(&self) -> impl Iterator<Item = &str> {
        let removed = self.changes.iter().filter(|it| it.why == Why::Removed);
        removed.map(|change| change.path.as_str())
    }

    /// Why a file was written; `None` when it was not.
    pub fn why(&self, path: &str) -> Option<Why> {
        let found = self.changes.iter().find(|change| change.path == path);
        found.map(|change| change.why)
    }

    /// The changes by their reason.
    pub fn by_reason(&self) -> BTreeMap<Why, Vec<&str>> {
        let mut reasons: BTreeMap<Why, Vec<&str>> = BTreeMap::new();
        for change in &self.changes {
            reasons.entry(change.why).or_default().push(&change.path);
        }
        reasons
    }
}

/// A file as the manifest knows it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Known {
    hash: u64,
    made: Made,
    /// An asset that is only kept for readers of earlier builds: since when, in seconds of the epoch.
    kept: Option<i64>,
}

/// An open output folder. Pages may be put from several threads.
pub struct Output {
    root: PathBuf,
    before: HashMap<String, Known>,
    shared_before: Shared,
    shared: OnceLock<Shared>,
    now: Mutex<HashMap<String, Known>>,
    changes: Mutex<Vec<Change>>,
}

impl Output {
    /// # Errors
    /// When the folder cannot be made.
    pub fn open(root: &Path) -> Result<Self> {
        fs::create_dir_all(root)
            .with_context(|| format!("{} cannot be created", root.display()))?;
        let manifest = fs::read_to_string(root.join(MANIFEST)).unwrap_or_default();
        let mut before = HashMap::new();
        let mut shared_before = Shared::default();
        for line in manifest.lines() {
            if let Some(shared) = line.strip_prefix("shared\t").and_then(pair) {
                shared_before = Shared {
                    site: shared.0,
                    look: shared.1,
                };
            } else if let Some((path, known)) = entry(line)
                // The manifest lies in a published folder; it may name nothing outside of it.
                && is_safe(path)
            {
                before.insert(path.to_owned(), known);
            }
        }
        Ok(Self {
            root: root.to_owned(),
            before,
            shared_before,
            shared: OnceLock::new(),
            now: Mutex::default(),
            changes: Mutex::default(),
        })
    }

    /// Says what all pages of this build share; the first word counts.
    pub fn share(&self, shared: Shared) {
        let _ = self.shared.set(shared);
    }

    /// Writes a file unless the folder already holds it with these bytes.
    ///
    /// # Errors
    /// A path that would leave the folder, two different files of one name, or a failed write.
    pub fn put(&self, path: &str, bytes: &[u8]) -> Result<()> {
        self.put_made(path, bytes, Made::default())
    }

    /// Writes a page, remembering what it is made of.
    ///
    /// # Errors
    /// As [`Output::put`].
    pub fn put_made(&self, path: &str, bytes: &[u8], made: Made) -> Result<()> {
        if !is_safe(path) {
            bail!("refusing to write {path:?}: it would leave the output folder");
        }
        let known = Known {
            hash: hash_of(bytes),
            made,
            kept: None,
        };
        if let Some(other) = lock(&self.now).insert(path.to_owned(), known) {
            if other.hash == known.hash {
                return Ok(());
            }
            bail!("two different files want to be {path}");
        }
        let file = self.root.join(path);
        let before = self.before.get(path);
        let why = match before {
            None => Why::New,
            Some(before) if before.hash == known.hash => {
                let there = file.metadata();
                if there.is_ok_and(|meta| meta.len() == bytes.len() as u64) {
                    return Ok(());
                }
                Why::Lost
            }
            Some(before) => {
                let shared = self.shared.get().copied().unwrap_or_default();
                Why::of((before.made, self.shared_before), (made, shared))
            }
        };
        if let Err(error) = fs::write(&file, bytes) {
            if error.kind() != std::io::ErrorKind::NotFound {
                return Err(error).with_context(|| format!("{} cannot be written", file.display()));
            }
            if let Some(folder) = file.parent() {
                fs::create_dir_all(folder)?;
            }
            fs::write(&file, bytes)
                .with_context(|| format!("{} cannot be written", file.display()))?;
        }
        lock(&self.changes).push(Change {
            path: path.to_owned(),
            why,
        });
        Ok(())
    }

    /// Whether a file of that name can be put beside those that are there.
    pub fn fits(&self, path: &str) -> bool {
        let now = lock(&self.now);
        let mut folders = path.match_indices('/').map(|(at, _)| &path[..at]);
        is_safe(path)
            && path.split('/').all(|part| part.len() <= LONGEST_NAME)
            && !folders.any(|folder| now.contains_key(folder))
    }

    /// Whether this build has put a file of that name.
    pub fn has(&self, path: &str) -> bool {
        lock(&self.now).contains_key(path)
    }

    /// A file that the previous build put, if any.
    pub fn previous(&self, path: &str) -> Option<String> {
        self.before.get(path)?;
        fs::read_to_string(self.root.join(path)).ok()
    }

    /// Removes what the previous build wrote and this one did not, and writes the manifest.
    ///
    /// # Errors
    /// When the manifest cannot be written.
    pub fn finish(self, moment: Instant) -> Result<Report> {
        let mut now: BTreeMap<String, Known> = self
            .now
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner)
            .into_iter()
            .collect();
        let files = now.len();
        let mut changes = self
            .changes
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner);
        for (path, known) in &self.before {
            if now.contains_key(path) || path == MANIFEST {
                continue;
            }
            let file = self.root.join(path);
            let since = known.kept.unwrap_or(moment.epoch);
            let yet = (0..KEPT).contains(&(moment.epoch - since));
            if path.starts_with("assets/") && yet && file.exists() {
                let kept = Some(since);
                now.insert(path.clone(), Known { kept, ..*known });
            } else if fs::remove_file(file).is_ok() {
                changes.push(Change {
                    path: path.clone(),
                    why: Why::Removed,
                });
                remove_empty_parents(&self.root, path);
            }
        }
        let shared = self.shared.get().copied().unwrap_or_default();
        let mut lines = format!("shared\t{:08x}{:08x}\n", shared.site, shared.look);
        for (path, Known { hash, made, kept }) in &now {
            let kept = kept.map_or_else(String::new, |since| format!("*{since}"));
            let _ = writeln!(
                lines,
                "{hash:016x}{kept}\t{:08x}{:08x}\t{path}",
                made.text, made.data
            );
        }
        let manifest = self.root.join(MANIFEST);
        if let Some(folder) = manifest.parent() {
            fs::create_dir_all(folder)?;
        }
        // Without news the manifest keeps its date too: tools that upload by date leave it alone.
        if fs::read_to_string(&manifest).ok().as_ref() != Some(&lines) {
            fs::write(&manifest, lines)
                .with_context(|| format!("{} cannot be written", manifest.display()))?;
        }
        changes.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(Report {
            files,
            first: self.before.is_empty(),
            changes,
        })
    }
}

/// A line of the manifest: hash, what it was made of, path. Earlier releases wrote hash and path.
fn entry(line: &str) -> Option<(&str, Known)> {
    let (hash, rest) = line.split_once(['\t', ' '])?;
    let (made, path) = rest.split_once('\t').unwrap_or(("", rest));
    let (text, data) = pair(made).unwrap_or_default();
    // Earlier releases did not say since when: such an asset counts as kept from now on.
    let (hash, since) = hash.split_once('*').unwrap_or((hash, ""));
    let known = Known {
        hash: u64::from_str_radix(hash, 16).ok()?,
        made: Made { text, data },
        kept: since.parse().ok(),
    };
    Some((path, known))
}

/// Two numbers of eight hexadecimal digits each.
fn pair(text: &str) -> Option<(u32, u32)> {
    let number = |digits: Option<&str>| u32::from_str_radix(digits?, 16).ok();
    Some((number(text.get(..8))?, number(text.get(8..16))?))
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Whether a path stays within the folder.
fn is_safe(path: &str) -> bool {
    !path.is_empty()
        && path
            .split('/')
            .all(|part| !part.is_empty() && part != "." && part != "..")
        && !path.contains(['\\', '\0'])
}

fn remove_empty_parents(root: &Path, path: &str) {
    let mut folder = root.join(path);
    while folder.pop() && folder != root {
        if fs::remove_dir(&folder).is_err() {
            break;
        }
    }
}

/// SipHash with fixed keys: quick, and the same in every build.
fn hash_of(bytes: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    hasher.finish()
}
