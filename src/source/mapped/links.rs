//! The next page's address in an answer's `Link` header (RFC 8288).

use crate::source::Response;

/// The reference whose relation is `next`, as it stands there.
pub(super) fn next(response: &Response) -> Option<&str> {
    let headers = response.headers.iter();
    headers
        .filter(|(name, _)| name == "link")
        .find_map(|(_, value)| next_of(value))
}

/// The same of one header, which may hold several links.
fn next_of(mut rest: &str) -> Option<&str> {
    while let Some((_, from)) = rest.split_once('<') {
        let (reference, after) = from.split_once('>')?;
        // A comma ends a link; one in quotes (a title) does not.
        let mut quoted = false;
        let end = after.find(|c| {
            quoted ^= c == '"';
            c == ',' && !quoted
        });
        let (parameters, others) = after.split_at(end.unwrap_or(after.len()));
        if parameters.split(';').any(says_next) {
            return Some(reference);
        }
        rest = others;
    }
    None
}

/// Whether a parameter is `rel=next`, in quotes or not, alone or among other relations.
fn says_next(parameter: &str) -> bool {
    let Some((name, value)) = parameter.split_once('=') else {
        return false;
    };
    let mut relations = value.trim().trim_matches('"').split_whitespace();
    name.trim().eq_ignore_ascii_case("rel") && relations.any(|it| it.eq_ignore_ascii_case("next"))
}

#[cfg(test)]
mod tests {
    use super::next_of;

    #[test]
    fn the_next_page_is_found_among_links() {
        for (header, next) in [
            (
                "<https://n.example/?page=2>; rel=\"next\"",
                Some("https://n.example/?page=2"),
            ),
            ("<?page=1>; rel=prev, <?page=3>; rel=next", Some("?page=3")),
            (
                "<a>; title=\"x, <b>; y\"; rel=\"last\", <c>;REL=\"up Next\"",
                Some("c"),
            ),
            ("<a>; rel=\"nextpage\"", None),
            ("<a>; title=\"rel=next\"", None),
            ("<a; rel=next", None),
            ("", None),
        ] {
            assert_eq!(next_of(header), next, "{header}");
        }
    }
}
