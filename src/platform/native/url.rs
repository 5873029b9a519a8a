//! URL resolution by the `url` crate, which follows the same standard as browsers do.

use url::Url;

/// Resolves `reference` against the absolute `base`.
pub fn resolve(base: &str, reference: &str) -> Option<String> {
    let base = Url::parse(base).ok()?;
    base.join(reference).ok().map(String::from)
}
