//! Why a file of a build differs from the last one's.
//!
//! A page is made of four things that change for different reasons: its text, what it says and
//! lists around the text, the site's own configuration, and Dateline itself (styles, scripts,
//! templates). Of each the manifest keeps a short hash, so that a build can tell a publisher who
//! corrected one word why forty files were written, or that it was none of their doing.

use std::fmt;
use std::hash::{DefaultHasher, Hasher};
use std::io::{BufWriter, Write};

/// Hashes of what a page is made of; zero for files that are no pages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Made {
    pub text: u32,
    pub data: u32,
}

/// What all pages share.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shared {
    /// The resolved site, as islands have it.
    pub site: u32,
    /// Styles, scripts and whatever else stands in every head.
    pub look: u32,
}

/// Why a file was written or removed. In the order in which a build lists them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    New,
    Text,
    Data,
    Site,
    Look,
    Templates,
    /// A file that is no page.
    Bytes,
    /// The last build's file was gone or had another length.
    Lost,
    Removed,
}

impl Why {
    /// Why a page that differs does.
    pub fn of(before: (Made, Shared), now: (Made, Shared)) -> Self {
        let ((made, shared), (made_now, shared_now)) = (before, now);
        if made_now == Made::default() {
            Self::Bytes
        } else if made.text != made_now.text {
            Self::Text
        } else if made.data != made_now.data {
            Self::Data
        } else if shared.site != shared_now.site {
            Self::Site
        } else if shared.look != shared_now.look {
            Self::Look
        } else {
            Self::Templates
        }
    }
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::New => "new",
            Self::Text => "the text changed",
            Self::Data => "headline, dates, pictures or the stories listed beside it changed",
            Self::Site => "the site's configuration or sections changed",
            Self::Look => "styles, scripts or the policy changed",
            Self::Templates => "Dateline's templates changed",
            Self::Bytes => "its contents changed",
            Self::Lost => "the folder had lost or altered it",
            Self::Removed => "removed, nothing makes it any more",
        })
    }
}

/// A short hash with fixed keys: the same in every build.
pub fn short(text: &str) -> u32 {
    let mut hashing = Hashing(DefaultHasher::new());
    hashing.0.write(text.as_bytes());
    hashing.short()
}

/// The short hash of a value's JSON, without making the JSON.
pub fn short_of(value: &impl serde::Serialize) -> u32 {
    let mut hashing = Hashing(DefaultHasher::new());
    // Writing into a hash cannot fail, and our own types are all JSON.
    let _ = serde_json::to_writer(BufWriter::new(&mut hashing), value);
    hashing.short()
}

struct Hashing(DefaultHasher);

impl Hashing {
    fn short(&self) -> u32 {
        // Zero means "no page".
        (self.0.finish() as u32).max(1)
    }
}

impl Write for Hashing {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.write(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(text: &str, data: &str) -> Made {
        Made {
            text: short(text),
            data: short(data),
        }
    }

    #[test]
    fn the_nearest_reason_is_named() {
        let shared = Shared { site: 1, look: 1 };
        let page = made("text", "data");
        let why = |made, shared_now| Why::of((page, shared), (made, shared_now));
        assert_eq!(why(made("other", "other"), shared), Why::Text);
        assert_eq!(why(made("text", "other"), shared), Why::Data);
        assert_eq!(why(page, Shared { site: 2, look: 2 }), Why::Site);
        assert_eq!(why(page, Shared { site: 1, look: 2 }), Why::Look);
        assert_eq!(why(page, shared), Why::Templates);
        assert_eq!(why(Made::default(), shared), Why::Bytes);
    }
}
