//! Files in memory with their compressed forms and entity tags, each made once.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hasher};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::SystemTime;

/// How hard to compress: hosts do 5 on the fly and 11 for what they store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effort {
    Quick,
    Best,
}

/// What was agreed on for one response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    Plain,
    Gzip,
    Brotli,
}

impl Encoding {
    /// The best one that `accept`, an `Accept-Encoding` header, names and does not refuse.
    pub fn agreed(accept: &str) -> Encoding {
        let takes = |name: &str| {
            accept.split(',').any(|entry| {
                let (coding, quality) = entry.split_once(';').unwrap_or((entry, ""));
                let refused = quality
                    .trim()
                    .strip_prefix("q=")
                    .is_some_and(|q| q.parse::<f32>().is_ok_and(|q| q == 0.0));
                coding.trim().eq_ignore_ascii_case(name) && !refused
            })
        };
        if takes("br") {
            Encoding::Brotli
        } else if takes("gzip") {
            Encoding::Gzip
        } else {
            Encoding::Plain
        }
    }

    /// Its name in `Content-Encoding`.
    pub fn name(self) -> Option<&'static str> {
        match self {
            Encoding::Plain => None,
            Encoding::Gzip => Some("gzip"),
            Encoding::Brotli => Some("br"),
        }
    }
}

/// One file's contents.
pub struct Contents {
    plain: Arc<[u8]>,
    brotli: OnceLock<Arc<[u8]>>,
    gzip: OnceLock<Arc<[u8]>>,
    hash: u64,
}

impl Contents {
    pub fn new(bytes: Arc<[u8]>) -> Contents {
        let mut hasher = DefaultHasher::new();
        hasher.write(&bytes);
        let hash = hasher.finish();
        Contents {
            plain: bytes,
            brotli: OnceLock::new(),
            gzip: OnceLock::new(),
            hash,
        }
    }

    pub fn plain(&self) -> &Arc<[u8]> {
        &self.plain
    }

    /// The bytes to send in this encoding.
    pub fn encoded(&self, encoding: Encoding, effort: Effort) -> Arc<[u8]> {
        let form = match encoding {
            Encoding::Plain => return Arc::clone(&self.plain),
            Encoding::Brotli => self
                .brotli
                .get_or_init(|| brotli(&self.plain, effort).into()),
            Encoding::Gzip => self.gzip.get_or_init(|| gzip(&self.plain, effort).into()),
        };
        Arc::clone(form)
    }

    /// A strong entity tag; each encoding is a representation of its own.
    pub fn tag(&self, encoding: Encoding) -> String {
        match encoding.name() {
            None => format!("\"{:016x}\"", self.hash),
            Some(name) => format!("\"{:016x}-{name}\"", self.hash),
        }
    }
}

/// Compresses with brotli as hosts do.
pub fn brotli(bytes: &[u8], effort: Effort) -> Vec<u8> {
    let quality = match effort {
        Effort::Quick => 5,
        Effort::Best => 11,
    };
    let mut out = Vec::with_capacity(bytes.len() / 3);
    let mut writer = brotli::CompressorWriter::new(&mut out, 64 * 1024, quality, 22);
    // Writing into memory cannot fail.
    let _ = writer.write_all(bytes);
    drop(writer);
    out
}

fn gzip(bytes: &[u8], effort: Effort) -> Vec<u8> {
    let level = match effort {
        Effort::Quick => flate2::Compression::new(6),
        Effort::Best => flate2::Compression::best(),
    };
    let mut writer = flate2::write::GzEncoder::new(Vec::with_capacity(bytes.len() / 3), level);
    let _ = writer.write_all(bytes);
    writer.finish().unwrap_or_default()
}

/// Contents by path, read again when a file's time or length changes.
#[derive(Default)]
pub struct Cache {
    files: Mutex<HashMap<PathBuf, Cached>>,
}

struct Cached {
    modified: Option<SystemTime>,
    length: u64,
    contents: Arc<Contents>,
}

impl Cache {
    /// The file's contents as they are on disk now. `alter` is applied to freshly read bytes.
    pub fn read(
        &self,
        path: &Path,
        alter: impl FnOnce(Vec<u8>) -> Vec<u8>,
    ) -> std::io::Result<Arc<Contents>> {
        let metadata = std::fs::metadata(path)?;
        let (modified, length) = (metadata.modified().ok(), metadata.len());
        let lock = || {
            self.files
                .lock()
                .unwrap_or_else(std::sync::PoisonError::into_inner)
        };
        if let Some(cached) = lock().get(path)
            && cached.modified == modified
            && cached.length == length
        {
            return Ok(Arc::clone(&cached.contents));
        }
        let contents = Arc::new(Contents::new(alter(std::fs::read(path)?).into()));
        let cached = Cached {
            modified,
            length,
            contents: Arc::clone(&contents),
        };
        lock().insert(path.to_path_buf(), cached);
        Ok(contents)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brotli_is_preferred_and_refusals_are_heard() {
        assert_eq!(
            Encoding::agreed("gzip, deflate, br, zstd"),
            Encoding::Brotli
        );
        assert_eq!(Encoding::agreed("gzip, br;q=0"), Encoding::Gzip);
        assert_eq!(Encoding::agreed(""), Encoding::Plain);
    }

    #[test]
    fn each_encoding_has_its_own_tag() {
        let contents = Contents::new(b"text".as_slice().into());
        assert_ne!(
            contents.tag(Encoding::Plain),
            contents.tag(Encoding::Brotli)
        );
    }

    #[test]
    fn what_is_compressed_reads_back() {
        let text = "The harbour is quiet. ".repeat(200);
        let mut back = Vec::new();
        let packed = brotli(text.as_bytes(), Effort::Best);
        std::io::Read::read_to_end(&mut brotli::Decompressor::new(&packed[..], 4096), &mut back)
            .expect("brotli reads what brotli wrote");
        assert_eq!(back, text.as_bytes());
        assert!(packed.len() < 100, "{} bytes", packed.len());
    }
}
