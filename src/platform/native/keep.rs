//! Where bodies are kept, and the site's own files.
//!
//! A large answer may go into a temporary file instead of memory, to be read slice by slice
//! ([`super::slices`]). An address without a scheme is a file below [`Limits::root`] and can be
//! nothing else: `..`, absolute paths and links that lead out of the folder are refused.

use std::fs::File;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use super::fetch::Limits;
use super::slices;
use crate::source::text::percent_decoded;
use crate::source::{FetchError, Response, shown};

/// Where the body of a large answer goes.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Keep {
    Memory,
    /// Into a file of its own, and the response's body stays empty.
    File,
}

/// An answer, and the file that holds its body when it is large and was to be kept in one.
pub(super) type Kept = (Response, Option<File>);

/// Reads a body up to the limit: into memory, or into a file once it turns out to be large. Says
/// whether it was cut.
pub(super) fn kept(
    reader: impl Read,
    limits: &Limits,
    keep: Keep,
) -> std::io::Result<(Vec<u8>, Option<File>, bool)> {
    let most = limits.bytes as u64;
    let mut reader = reader.take(most.saturating_add(1));
    let mut body = Vec::new();
    if keep == Keep::File {
        reader.by_ref().take(slices::LARGE).read_to_end(&mut body)?;
        if body.len() as u64 == slices::LARGE {
            let mut file = tempfile::tempfile()?;
            file.write_all(&body)?;
            let all = slices::LARGE + std::io::copy(&mut reader, &mut file)?;
            if all > most {
                file.set_len(most)?;
            }
            return Ok((Vec::new(), Some(file), all > most));
        }
    }
    reader.read_to_end(&mut body)?;
    let truncated = body.len() as u64 > most;
    body.truncate(limits.bytes);
    Ok((body, None, truncated))
}

/// A file of the site. A missing one is a 404, like anywhere else.
pub(super) fn file(reference: &str, limits: &Limits, keep: Keep) -> Result<Kept, FetchError> {
    let refused = |detail: &str| FetchError::Unreachable {
        url: shown(reference),
        detail: detail.to_owned(),
    };
    let Some(path) = path_in(limits.root.as_deref(), reference) else {
        return Err(refused("the path leads out of the site's folder"));
    };
    let answer = |status, body, truncated| Response {
        status,
        url: reference.to_owned(),
        headers: Vec::new(),
        body,
        truncated,
    };
    let file = match File::open(&path) {
        Ok(file) if path.is_file() => file,
        Ok(_) => return Ok((answer(404, Vec::new(), false), None)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return Ok((answer(404, Vec::new(), false), None));
        }
        Err(error) => return Err(refused(&error.to_string())),
    };
    let large = file.metadata().is_ok_and(|meta| meta.len() > slices::LARGE);
    if keep == Keep::File && large {
        return Ok((answer(200, Vec::new(), false), Some(file)));
    }
    let (body, _, truncated) =
        kept(file, limits, Keep::Memory).map_err(|error| refused(&error.to_string()))?;
    Ok((answer(200, body, truncated), None))
}

/// The file a site-relative address names, or `None` when it would lie outside the folder.
pub fn path_in(root: Option<&Path>, reference: &str) -> Option<PathBuf> {
    let root = root?;
    let plain = reference.split(['?', '#']).next().unwrap_or(reference);
    let plain = percent_decoded(plain);
    let plain = plain.trim_start_matches('/');
    let outside = plain.is_empty()
        || plain.contains(['\0', '\\', ':'])
        || plain.split('/').any(|segment| segment == "..");
    if outside {
        return None;
    }
    let path = root.join(plain);
    // A link inside the folder may point out of it; what does not exist cannot.
    match (path.canonicalize(), root.canonicalize()) {
        (Ok(real), Ok(folder)) if !real.starts_with(&folder) => None,
        _ => Some(path),
    }
}
