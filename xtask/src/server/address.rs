//! Addresses: percent-encoding, queries, and names that a host keeps to itself.

/// The hosts' own files, and dot files but `.well-known`.
pub fn hidden(segment: &str) -> bool {
    matches!(segment, "_headers" | "_redirects")
        || (segment.starts_with('.') && segment != ".well-known")
}

/// A path with the query of the request that led to it.
pub fn with_query(path: &str, query: Option<&str>) -> String {
    match query {
        Some(query) => format!("{path}?{query}"),
        None => path.to_owned(),
    }
}

/// Undoes percent-encoding; `None` when what comes out is not text.
pub fn decoded(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        if byte == b'%' {
            let digits = std::str::from_utf8(after.get(..2)?).ok()?;
            // The standard library's parser would also take a sign.
            if !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
                return None;
            }
            bytes.push(u8::from_str_radix(digits, 16).ok()?);
            rest = &after[2..];
        } else {
            bytes.push(byte);
            rest = after;
        }
    }
    String::from_utf8(bytes)
        .ok()
        .filter(|path| path.starts_with('/'))
}

/// Percent-encodes what may not stand in a `Location`.
pub fn encoded(path: &str) -> String {
    let mut text = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~!$&'()*+,;=:@".contains(&byte) {
            text.push(char::from(byte));
        } else {
            text.push_str(&format!("%{byte:02X}"));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_reads_back_as_it_was_written() {
        let path = "/zprávy/über uns/";
        assert_eq!(encoded("/über uns/"), "/%C3%BCber%20uns/");
        assert_eq!(decoded(&encoded(path)).as_deref(), Some(path));
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for text in ["", "news", "/%", "/%4", "/%zz", "/%ff", "/%+1"] {
            assert_eq!(decoded(text), None, "{text}");
        }
    }

    #[test]
    fn well_known_files_are_shown_and_other_dot_files_are_not() {
        assert!(hidden(".git") && hidden("_headers") && !hidden(".well-known") && !hidden("a.js"));
    }
}
