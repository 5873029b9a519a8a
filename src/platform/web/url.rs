//! URL resolution by the browser's own `URL`.

use web_sys::Url;

/// Resolves `reference` against the absolute `base`.
pub fn resolve(base: &str, reference: &str) -> Option<String> {
    Url::new_with_base(reference, base)
        .ok()
        .map(|url| url.href())
}
