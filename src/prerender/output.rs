//! The folder to publish: only changed files are written, stale ones removed, none outside it.
//!
//! `data/manifest.txt` lists every file of the build with a hash of its bytes; the next build
//! compares against it. Files that no build wrote (a `CNAME`, say) are never touched, and the
//! previous build's hashed assets stay for one more, for readers who still have its pages open
//! (marked `kept` in the manifest: the build after that removes them).

use std::collections::{HashMap, HashSet};
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::{Context, Result, bail};

const MANIFEST: &str = "data/manifest.txt";

/// What a build did to the folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    pub files: usize,
    pub written: usize,
    pub removed: usize,
    /// Paths of the files that were written, in order.
    pub changed: Vec<String>,
}

/// An open output folder. Pages may be put from several threads.
pub struct Output {
    root: PathBuf,
    before: HashMap<String, u64>,
    /// Assets that the previous build only kept.
    kept: HashSet<String>,
    now: Mutex<HashMap<String, u64>>,
    changed: Mutex<Vec<String>>,
    written: AtomicUsize,
}

impl Output {
    /// # Errors
    /// When the folder cannot be made.
    pub fn open(root: &Path) -> Result<Self> {
        fs::create_dir_all(root)
            .with_context(|| format!("{} cannot be created", root.display()))?;
        let mut before = HashMap::new();
        let mut kept = HashSet::new();
        for line in fs::read_to_string(root.join(MANIFEST))
            .unwrap_or_default()
            .lines()
        {
            let Some((hash, path)) = line.split_once(' ') else {
                continue;
            };
            // The manifest lies in a published folder; what it names is removed only inside it.
            let (hash, Ok(number)) = (hash, u64::from_str_radix(hash.trim_end_matches('*'), 16))
            else {
                continue;
            };
            if !is_safe(path) {
                continue;
            }
            if hash.ends_with('*') {
                kept.insert(path.to_owned());
            }
            before.insert(path.to_owned(), number);
        }
        Ok(Self {
            root: root.to_owned(),
            before,
            kept,
            now: Mutex::default(),
            changed: Mutex::default(),
            written: AtomicUsize::new(0),
        })
    }

    /// Writes a file unless the folder already holds it with these bytes.
    ///
    /// # Errors
    /// A path that would leave the folder, two different files of one name, or a failed write.
    pub fn put(&self, path: &str, bytes: &[u8]) -> Result<()> {
        if !is_safe(path) {
            bail!("refusing to write {path:?}: it would leave the output folder");
        }
        let hash = hash_of(bytes);
        let mut now = self
            .now
            .lock()
            .unwrap_or_else(|poisoned| poisoned.into_inner());
        if let Some(other) = now.insert(path.to_owned(), hash) {
            if other == hash {
                return Ok(());
            }
            bail!("two different files want to be {path}");
        }
        drop(now);
        let file = self.root.join(path);
        if self.before.get(path) == Some(&hash)
            && file
                .metadata()
                .is_ok_and(|meta| meta.len() == bytes.len() as u64)
        {
            return Ok(());
        }
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
        self.written.fetch_add(1, Ordering::Relaxed);
        self.changed
            .lock()
            .unwrap_or_else(|poisoned| poisoned.into_inner())
            .push(path.to_owned());
        Ok(())
    }

    /// Whether this build has put a file of that name.
    pub fn has(&self, path: &str) -> bool {
        self.now
            .lock()
            .unwrap_or_else(|poisoned| poisoned.into_inner())
            .contains_key(path)
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
    pub fn finish(self) -> Result<Report> {
        let now = self
            .now
            .into_inner()
            .unwrap_or_else(|poisoned| poisoned.into_inner());
        let mut removed = 0;
        let mut lines: Vec<String> = now
            .iter()
            .map(|(path, hash)| format!("{hash:016x} {path}\n"))
            .collect();
        for (path, hash) in &self.before {
            if now.contains_key(path) || path == MANIFEST {
                continue;
            }
            let file = self.root.join(path);
            if path.starts_with("assets/") && !self.kept.contains(path) && file.exists() {
                lines.push(format!("{hash:016x}* {path}\n"));
            } else if fs::remove_file(file).is_ok() {
                removed += 1;
                remove_empty_parents(&self.root, path);
            }
        }
        lines.sort_by(|a, b| a[16..].cmp(&b[16..]));
        let manifest = self.root.join(MANIFEST);
        if let Some(folder) = manifest.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(&manifest, lines.concat())?;
        let mut changed = self.changed.into_inner().unwrap_or_else(|p| p.into_inner());
        changed.sort();
        Ok(Report {
            files: now.len(),
            written: self.written.into_inner(),
            removed,
            changed,
        })
    }
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
