//! Regular expressions by the `regex` crate, with replacement texts written as browsers take them.

use std::cell::RefCell;

use regex::Regex;

thread_local! {
    /// A mapping applies the same few patterns to every item of a list.
    static COMPILED: RefCell<Vec<(String, Regex)>> = const { RefCell::new(Vec::new()) };
}

/// How many compiled patterns are kept; mappings have a handful.
const KEPT: usize = 32;

/// Replaces every match of `pattern`; `with` may use `$1`, `$&` and `$$` as in a browser.
pub fn replace(pattern: &str, text: &str, with: &str) -> Result<String, String> {
    COMPILED.with_borrow_mut(|compiled| {
        let at = match compiled.iter().position(|(key, _)| key == pattern) {
            Some(at) => at,
            None => {
                let regex = Regex::new(pattern).map_err(|error| error.to_string())?;
                if compiled.len() == KEPT {
                    compiled.remove(0);
                }
                compiled.push((pattern.to_owned(), regex));
                compiled.len() - 1
            }
        };
        Ok(compiled[at]
            .1
            .replace_all(text, template(with).as_str())
            .into_owned())
    })
}

/// `$1x` means group 1 to a browser but a group named `1x` to the crate.
fn template(with: &str) -> String {
    let mut out = String::with_capacity(with.len());
    let mut characters = with.chars().peekable();
    while let Some(c) = characters.next() {
        if c != '$' {
            out.push(c);
            continue;
        }
        match characters.peek().copied() {
            Some('&') => {
                characters.next();
                out.push_str("${0}");
            }
            Some('$') => {
                characters.next();
                out.push_str("$$");
            }
            Some(digit) if digit.is_ascii_digit() => {
                characters.next();
                out.push_str("${");
                out.push(digit);
                out.push('}');
            }
            _ => out.push_str("$$"),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::replace;

    #[test]
    fn replacements_mean_what_they_mean_in_a_browser() {
        assert_eq!(
            replace(r"(\w+)@", "me@x you@y", "$1x ").as_deref(),
            Ok("mex x youx y")
        );
        assert_eq!(replace("b", "abc", "[$&$$$]").as_deref(), Ok("a[b$$]c"));
        assert!(replace("(", "abc", "").is_err());
    }
}
