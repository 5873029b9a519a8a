//! Pictures of other hosts: which are fetched at build time, and how a host that does not answer
//! is left alone.
//!
//! Without a word in `site.json` only the source's own host is asked (the configuration named it);
//! `"pictures": { "remote": true }` asks every host, `false` none: then all stay where they are.
//! Pictures of authors are the exception in between: they are copied from wherever they lie unless
//! nothing may be, so that no reader's browser tells a third party what its owner reads. Called by
//! `pictures` on every core.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use sha2::{Digest, Sha256};

use crate::model::{RemotePictures, SiteConfig};
use crate::platform::{Limits, fetch_now};
use crate::source::place::{is_absolute, origin};
use crate::source::{Request, shown};

const MOST_BYTES: usize = 40 << 20;
/// Failures in a row after which a host is not asked again in this build.
const PATIENCE: u32 = 3;

/// Fetches pictures once and remembers them outside the build.
pub struct Remote {
    which: RemotePictures,
    /// The source's own scheme, host and port.
    source: String,
    cache: PathBuf,
    failures: Mutex<HashMap<String, u32>>,
}

impl Remote {
    pub fn new(config: &SiteConfig, cache: &Path) -> Self {
        Self {
            which: config.pictures.remote,
            source: origin(&config.source.url).to_owned(),
            cache: cache.join("remote"),
            failures: Mutex::default(),
        }
    }

    /// Whether a story's picture is fetched.
    pub fn takes(&self, url: &str) -> bool {
        is_absolute(url)
            && match self.which {
                RemotePictures::All => true,
                RemotePictures::Own => origin(url) == self.source,
                RemotePictures::None => false,
            }
    }

    /// Whether an author's picture is fetched.
    pub fn takes_avatar(&self, url: &str) -> bool {
        is_absolute(url) && self.which != RemotePictures::None
    }

    /// The bytes of a picture; `None` when they cannot be had, which is said once a host.
    pub fn bytes(&self, url: &str) -> Option<Vec<u8>> {
        let name: String = Sha256::digest(url.as_bytes())
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        let kept = self.cache.join(name);
        if let Ok(bytes) = fs::read(&kept) {
            return Some(bytes);
        }
        let host = origin(url);
        if self.failed(host) >= PATIENCE {
            return None;
        }
        let limits = Limits {
            bytes: MOST_BYTES,
            retries: 1,
            ..Limits::default()
        };
        let why = match fetch_now(&Request::get(url), &limits) {
            Ok(answer) if answer.ok() && !answer.truncated => {
                lock(&self.failures).remove(host);
                super::pictures::keep(&kept, &answer.body);
                return Some(answer.body);
            }
            Ok(answer) if answer.truncated => "it is larger than 40 MB".to_owned(),
            Ok(answer) => format!("status {}", answer.status),
            Err(error) => error.to_string(),
        };
        self.count(host, url, &why);
        None
    }

    fn failed(&self, host: &str) -> u32 {
        lock(&self.failures).get(host).copied().unwrap_or(0)
    }

    fn count(&self, host: &str, url: &str, why: &str) {
        let mut failures = lock(&self.failures);
        let count = failures.entry(host.to_owned()).or_insert(0);
        *count += 1;
        match *count {
            PATIENCE => eprintln!(
                "  note: {} gave no picture {PATIENCE} times in a row and is not asked again in \
                 this build; its pictures stay where they are",
                shown(host)
            ),
            count if count < PATIENCE => {
                eprintln!("  note: the picture {} was not fetched: {why}", shown(url));
            }
            _ => {}
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
