//! `srcset`: the sizes of a picture, read as browsers read them, and kept to a few.

use crate::html::block::{Candidate, Descriptor};
use crate::html::url::SafeUrl;

/// Candidates a `srcset` may keep.
const CANDIDATES: usize = 12;

pub(super) fn pixels(candidate: &Candidate) -> u32 {
    match candidate.size {
        Descriptor::Width(pixels) => pixels,
        Descriptor::Density(thousandths) => thousandths,
    }
}

pub(super) fn largest(candidates: &[Candidate]) -> Option<&Candidate> {
    candidates.iter().max_by_key(|candidate| pixels(candidate))
}

/// The one nearest to a column's width at twice the density.
pub(super) fn middle(candidates: &[Candidate]) -> Option<SafeUrl> {
    candidates
        .iter()
        .min_by_key(|candidate| pixels(candidate).abs_diff(1_280))
        .map(|found| found.url.clone())
}

/// Reads a `srcset`: addresses may hold commas, a descriptor may not; at most twelve are kept,
/// all by width where any is.
pub fn srcset(set: &str, resolve: &dyn Fn(&str) -> Option<SafeUrl>) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = Vec::new();
    let mut rest = set;
    // Nobody writes more, and each costs a resolution.
    for _ in 0..64 {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == ',');
        if rest.is_empty() {
            break;
        }
        let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let (address, after) = rest.split_at(end);
        let bare = address.trim_end_matches(',');
        let descriptor;
        if bare.len() < address.len() {
            descriptor = "";
            rest = after;
        } else {
            let end = after.find(',').unwrap_or(after.len());
            descriptor = after[..end].trim();
            rest = &after[end..];
        }
        let size = match descriptor.split_ascii_whitespace().next() {
            None => Some(Descriptor::Density(1_000)),
            Some(text) => self::descriptor(text),
        };
        if let Some(size) = size
            && let Some(url) = resolve(bare)
            && !found.iter().any(|candidate| candidate.size == size)
        {
            found.push(Candidate { url, size });
        }
    }
    let by_width = found
        .iter()
        .any(|candidate| matches!(candidate.size, Descriptor::Width(_)));
    found.retain(|candidate| matches!(candidate.size, Descriptor::Width(_)) == by_width);
    found.sort_by_key(pixels);
    if found.len() > CANDIDATES {
        // Evenly spread, the largest included.
        let last = found.len() - 1;
        found = (0..CANDIDATES)
            .map(|at| found[at * last / (CANDIDATES - 1)].clone())
            .collect();
    }
    if let [only] = found.as_slice()
        && only.size == Descriptor::Density(1_000)
    {
        // It says no more than `src` does.
        found.clear();
    }
    found
}

fn descriptor(text: &str) -> Option<Descriptor> {
    if let Some(width) = text.strip_suffix('w') {
        return width
            .parse()
            .ok()
            .filter(|w| (1..=20_000).contains(w))
            .map(Descriptor::Width);
    }
    let density: f64 = text.strip_suffix('x')?.parse().ok()?;
    let thousandths = (density * 1_000.0).round();
    ((100.0..=10_000.0).contains(&thousandths)).then_some(Descriptor::Density(thousandths as u32))
}
