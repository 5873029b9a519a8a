//! Path patterns as `_headers` and `_redirects` write them: `/news/*`, `/:year/:slug/`.

/// What the placeholders of a pattern stood for, the star as `splat`.
pub type Captures = Vec<(String, String)>;

/// Matches `path` against `pattern`. A star takes the rest, slashes included, and may stand
/// anywhere once; `:name` takes one segment's text up to the next slash.
pub fn matches(pattern: &str, path: &str) -> Option<Captures> {
    let mut captures = Captures::new();
    walk(pattern, path, &mut captures).then_some(captures)
}

fn walk(pattern: &str, path: &str, captures: &mut Captures) -> bool {
    let Some(first) = pattern.chars().next() else {
        return path.is_empty();
    };
    match first {
        '*' => {
            let rest = &pattern[1..];
            // The longest first: a star at the end takes everything.
            let ends = (0..=path.len())
                .rev()
                .filter(|&end| path.is_char_boundary(end));
            for end in ends {
                let known = captures.len();
                captures.push(("splat".into(), path[..end].into()));
                if walk(rest, &path[end..], captures) {
                    return true;
                }
                captures.truncate(known);
            }
            false
        }
        ':' if pattern[1..].starts_with(|c: char| c.is_ascii_alphabetic()) => {
            let end = pattern[1..]
                .find(|c: char| !c.is_ascii_alphanumeric() && c != '_')
                .map_or(pattern.len(), |end| end + 1);
            let taken = path.find('/').unwrap_or(path.len());
            if taken == 0 {
                return false;
            }
            captures.push((pattern[1..end].into(), path[..taken].into()));
            walk(&pattern[end..], &path[taken..], captures)
        }
        _ => path
            .strip_prefix(first)
            .is_some_and(|rest| walk(&pattern[first.len_utf8()..], rest, captures)),
    }
}

/// Puts captures into a target such as `/archive/:splat`.
pub fn fill(target: &str, captures: &Captures) -> String {
    let mut filled = target.to_owned();
    let mut longest_first: Vec<_> = captures.iter().collect();
    longest_first.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    for (name, value) in longest_first {
        filled = filled.replace(&format!(":{name}"), value);
    }
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_takes_the_rest_and_may_take_nothing() {
        assert!(matches("/*", "/").is_some());
        assert!(matches("/*", "/a/b/c.html").is_some());
        assert!(matches("/a/*", "/b/").is_none());
        assert!(matches("/*.wasm", "/x/app.wasm").is_some());
        assert!(matches("/*.wasm", "/x/app.wasm.map").is_none());
    }

    #[test]
    fn a_name_takes_one_segment() {
        let captures = matches("/:year/:slug/", "/2026/storm/").expect("two segments");
        assert_eq!(
            fill("/news/:slug/?y=:year", &captures),
            "/news/storm/?y=2026"
        );
        assert!(matches("/:year/:slug/", "/2026/a/b/").is_none());
        assert!(matches("/:year/", "//").is_none());
    }

    #[test]
    fn a_splat_is_carried_over() {
        let captures = matches("/old/*", "/old/a/b/").expect("under /old/");
        assert_eq!(fill("/new/:splat", &captures), "/new/a/b/");
    }
}
