//! Stamps: has anything under these paths changed since a step last succeeded?
//!
//! A stamp is a 64-bit hash over the names and contents of all files involved (plus whatever text
//! the caller adds, such as a tool's version). Contents rather than times, because a checkout, a
//! branch switch and a copied cache all change times without changing anything. Not for security.

use std::hash::{DefaultHasher, Hasher};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// Hashes every file below `paths` (files or folders; what does not exist counts as absent).
pub fn of(root: &Path, paths: &[&str], also: &[&str]) -> Result<String> {
    let mut hasher = DefaultHasher::new();
    for path in paths {
        for file in files(&root.join(path))? {
            let name = file.strip_prefix(root).unwrap_or(&file);
            let bytes =
                std::fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
            hasher.write(name.as_os_str().as_encoded_bytes());
            hasher.write_usize(bytes.len());
            hasher.write(&bytes);
        }
    }
    for text in also {
        hasher.write(text.as_bytes());
        hasher.write_u8(0);
    }
    Ok(format!("{:016x}", hasher.finish()))
}

/// All files below `path`, sorted, so that two runs over the same tree agree.
pub fn files(path: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut open = vec![path.to_path_buf()];
    while let Some(path) = open.pop() {
        if path.is_file() {
            found.push(path);
        } else if path.is_dir() {
            let entries = std::fs::read_dir(&path)
                .with_context(|| format!("cannot list {}", path.display()))?;
            for entry in entries {
                open.push(entry?.path());
            }
        }
    }
    found.sort();
    Ok(found)
}

/// Is the stamp kept in `file` still `stamp`?
pub fn holds(file: &Path, stamp: &str) -> bool {
    std::fs::read_to_string(file).is_ok_and(|kept| kept == stamp)
}

/// Keeps `stamp` in `file`, after the step it vouches for has succeeded.
pub fn keep(file: &Path, stamp: &str) -> Result<()> {
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(file, stamp).with_context(|| format!("cannot write {}", file.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stamp_follows_contents_and_names_but_not_times() {
        let root = std::env::temp_dir().join(format!("xtask-stamp-{}", std::process::id()));
        std::fs::create_dir_all(root.join("src")).expect("a temporary folder");
        let write = |name: &str, text: &str| {
            std::fs::write(root.join(name), text).expect("a file in a temporary folder");
        };
        let stamp = || of(&root, &["src", "absent"], &["trunk 1"]).expect("readable files");
        write("src/a.rs", "fn a() {}");
        let first = stamp();
        write("src/a.rs", "fn a() {}");
        assert_eq!(first, stamp(), "the same contents, written again");
        write("src/a.rs", "fn b() {}");
        assert_ne!(first, stamp(), "other contents");
        write("src/a.rs", "fn a() {}");
        std::fs::rename(root.join("src/a.rs"), root.join("src/b.rs")).expect("a rename");
        assert_ne!(first, stamp(), "another name");
        std::fs::remove_dir_all(&root).expect("the folder was made above");
    }
}
