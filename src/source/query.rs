//! Addresses with questions in them: what every API format needs to ask page by page.

use super::{Cursor, text};

/// Adds a query parameter, its value encoded.
pub(crate) fn with(url: &mut String, name: &str, value: &str) {
    url.push(if url.contains('?') { '&' } else { '?' });
    url.push_str(name);
    url.push('=');
    url.push_str(&text::percent_encoded(value));
}

/// The page number in a cursor; the first page without one.
pub(crate) fn page(cursor: Option<&Cursor>) -> u64 {
    cursor.and_then(|cursor| cursor.0.parse().ok()).unwrap_or(1)
}

/// The cursor of a page number.
pub(crate) fn cursor(page: u64) -> Cursor {
    Cursor(page.to_string())
}
