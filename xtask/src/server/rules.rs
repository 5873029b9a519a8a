//! `_headers` and `_redirects`, in the syntax Netlify and Cloudflare Pages share.
//!
//! Hosts differ in one thing: on some, every matching block of `_headers` applies, on others only
//! the first. Here all apply, the stricter case for a site: what breaks under it breaks somewhere.

use super::pattern::{Captures, fill, matches};

/// One block of `_headers`: a path and what to add to or take from its answers.
#[derive(Debug, PartialEq, Eq)]
pub struct HeaderRule {
    path: String,
    set: Vec<(String, String)>,
    unset: Vec<String>,
}

/// Reads `_headers`. Lines at the margin are paths, indented ones headers, `#` begins a comment.
pub fn parse_headers(text: &str) -> Vec<HeaderRule> {
    let mut rules: Vec<HeaderRule> = Vec::new();
    for line in text.lines() {
        let content = line.trim();
        if content.is_empty() || content.starts_with('#') {
            continue;
        }
        if !line.starts_with([' ', '\t']) {
            rules.push(HeaderRule {
                path: content.into(),
                set: Vec::new(),
                unset: Vec::new(),
            });
            continue;
        }
        let Some(rule) = rules.last_mut() else {
            continue;
        };
        if let Some(name) = content.strip_prefix('!') {
            rule.unset.push(name.trim().into());
        } else if let Some((name, value)) = content.split_once(':') {
            rule.set.push((name.trim().into(), value.trim().into()));
        }
    }
    rules
}

/// Applies every rule that matches one of `paths` (the same path as different hosts see it) to
/// `headers`. A header set twice has both values, joined by a comma, as on those hosts.
pub fn apply(rules: &[HeaderRule], paths: &[&str], headers: &mut Vec<(String, String)>) {
    let mut set: Vec<(String, String)> = Vec::new();
    for rule in rules {
        if !paths.iter().any(|path| matches(&rule.path, path).is_some()) {
            continue;
        }
        for name in &rule.unset {
            set.retain(|(known, _)| !known.eq_ignore_ascii_case(name));
        }
        for (name, value) in &rule.set {
            match set
                .iter_mut()
                .find(|(known, _)| known.eq_ignore_ascii_case(name))
            {
                Some((_, known)) => {
                    known.push_str(", ");
                    known.push_str(value);
                }
                None => set.push((name.clone(), value.clone())),
            }
        }
    }
    // What the site says outranks what the server would have said by itself.
    for (name, value) in set {
        headers.retain(|(known, _)| !known.eq_ignore_ascii_case(&name));
        headers.push((name, value));
    }
}

/// One line of `_redirects`.
#[derive(Debug, PartialEq, Eq)]
pub struct Redirect {
    from: String,
    to: String,
    pub status: u16,
    /// Written `301!`: applies even where a file exists.
    pub force: bool,
}

impl Redirect {
    /// Where `path` goes by this rule.
    pub fn target(&self, path: &str) -> Option<String> {
        // `/old` and `/old/` are one address to the hosts that read this file.
        let found: Option<Captures> = matches(&self.from, path)
            .or_else(|| {
                path.strip_suffix('/')
                    .and_then(|bare| matches(&self.from, bare))
            })
            .or_else(|| matches(&self.from, &format!("{path}/")));
        found.map(|captures| fill(&self.to, &captures))
    }
}

/// Reads `_redirects`: `from to [status]`, one a line. Conditions (country, language) and query
/// parameters are another kind of line, which a static site has no use for; they are passed over.
pub fn parse_redirects(text: &str) -> Vec<Redirect> {
    let line = |line: &str| {
        let mut words = line
            .split('#')
            .next()
            .unwrap_or_default()
            .split_whitespace();
        let (from, to) = (words.next()?, words.next()?);
        let status = words.next().unwrap_or("301");
        let (number, force) = status
            .strip_suffix('!')
            .map_or((status, false), |n| (n, true));
        let status = number.parse().ok()?;
        let known = matches!(status, 200 | 301 | 302 | 303 | 307 | 308 | 404 | 410);
        let plain = from.starts_with('/') && words.next().is_none();
        (known && plain).then(|| Redirect {
            from: from.into(),
            to: to.into(),
            status,
            force,
        })
    };
    text.lines().filter_map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn applied(text: &str, path: &str) -> Vec<(String, String)> {
        let mut headers = vec![("Cache-Control".to_owned(), "no-cache".to_owned())];
        apply(&parse_headers(text), &[path], &mut headers);
        headers
    }

    #[test]
    fn every_matching_rule_applies_and_repeated_headers_join() {
        let text =
            "# all\n/*\n  X-Content-Type-Options: nosniff\n  Link: <a>\n/embed/*\n  Link: <b>\n";
        let headers = applied(text, "/embed/x.js");
        assert!(headers.contains(&("X-Content-Type-Options".into(), "nosniff".into())));
        assert!(headers.contains(&("Link".into(), "<a>, <b>".into())));
        assert!(applied(text, "/").contains(&("Link".into(), "<a>".into())));
    }

    #[test]
    fn a_rule_replaces_what_the_server_would_say_and_can_take_back() {
        let text = "/*\n  Cache-Control: max-age=60\n  X-Frame-Options: DENY\n/embed/*\n  ! X-Frame-Options\n";
        let headers = applied(text, "/embed/");
        assert_eq!(
            headers,
            [("Cache-Control".to_owned(), "max-age=60".to_owned())]
        );
    }

    #[test]
    fn redirects_take_status_force_and_splats() {
        let rules =
            parse_redirects("/old/* /new/:splat\n/a /b 302 # why\n/app/* /shell.html 200!\n");
        assert_eq!(rules[0].target("/old/x/").as_deref(), Some("/new/x/"));
        assert_eq!(
            (rules[0].status, rules[1].status, rules[2].status),
            (301, 302, 200)
        );
        assert!(rules[2].force && !rules[1].force);
        assert_eq!(
            rules[1].target("/a/").as_deref(),
            Some("/b"),
            "with or without the slash"
        );
        assert_eq!(rules[1].target("/ab"), None);
    }

    #[test]
    fn lines_that_are_not_plain_rules_are_passed_over() {
        assert_eq!(
            parse_redirects("/\n/x /y 999\n/x id=:id /y 301\nhttps://a/ /b\n"),
            []
        );
    }
}
