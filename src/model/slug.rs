//! One segment of an address or of an output path, safe on every file system we write to.
//!
//! Made at the edge, so that nothing below has to check again: never empty, never `.` or `..`, no
//! separators or control characters, no name that Windows reserves, at most 180 bytes.

use std::fmt;

const LONGEST: usize = 180;

/// A safe path segment. See the module for what it never holds.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Slug(String);

impl Slug {
    /// Keeps letters and digits of every script, turns everything else into single hyphens.
    /// `None` when nothing is left.
    pub fn from_text(text: &str) -> Option<Self> {
        let mut slug = String::with_capacity(text.len().min(LONGEST));
        for c in text.chars() {
            if c.is_alphanumeric() || is_mark(c) {
                let lower: String = c.to_lowercase().collect();
                if slug.len() + lower.len() > LONGEST {
                    break;
                }
                slug.push_str(&lower);
            } else if matches!(c, '\'' | '’' | '\u{ad}' | '\u{200b}'..='\u{200f}') {
                // Left out without a hyphen: "don't" is "dont", invisible characters are nothing.
            } else if !slug.ends_with('-') && !slug.is_empty() && slug.len() < LONGEST {
                slug.push('-');
            }
        }
        Self::checked(slug.trim_matches('-'))
    }

    /// Of a tag's name: `C`, `C++` and `C#` are three, `.NET` is not `Net`, and a name of signs alone is
    /// told by their code points.
    pub fn from_label(name: &str) -> Option<Self> {
        let mut spelt = String::with_capacity(name.len());
        let mut before = ' ';
        for c in name.trim().chars() {
            match c {
                '+' if before.is_alphanumeric() || before == '+' => spelt.push_str(" plus "),
                '#' if before.is_alphanumeric() => spelt.push_str(" sharp "),
                '.' if spelt.is_empty() => spelt.push_str("dot "),
                _ => spelt.push(c),
            }
            before = c;
        }
        let signs = || {
            let all = name.chars().filter(|c| !c.is_whitespace() && !c.is_ascii());
            let codes: Vec<String> = all
                .take(8)
                .map(|c| format!("u{:x}", u32::from(c)))
                .collect();
            Self::checked(&codes.join("-"))
        };
        Self::from_text(&spelt).or_else(signs)
    }

    /// A segment that a source already made: kept as it is when safe, else as [`Self::from_text`].
    pub fn from_segment(segment: &str) -> Option<Self> {
        let safe = segment.len() <= LONGEST
            && segment
                .chars()
                .all(|c| c.is_alphanumeric() || is_mark(c) || matches!(c, '-' | '_' | '.' | '~'))
            && !segment.starts_with('.')
            && !segment.ends_with('.');
        if safe && let Some(slug) = Self::checked(segment) {
            return Some(slug);
        }
        Self::from_text(segment)
    }

    fn checked(text: &str) -> Option<Self> {
        if text.is_empty() {
            return None;
        }
        let stem = text.split('.').next().unwrap_or(text).to_ascii_lowercase();
        let reserved = matches!(stem.as_str(), "con" | "prn" | "aux" | "nul")
            || (stem.len() == 4
                && (stem.starts_with("com") || stem.starts_with("lpt"))
                && stem.ends_with(|c: char| c.is_ascii_digit()));
        // Windows looks at what stands before the first dot, whatever follows.
        Some(Self(if reserved {
            let (name, rest) = text.split_at(stem.len());
            [name, "-story", rest].concat()
        } else {
            text.to_owned()
        }))
    }

    /// The same slug with `-n` behind it, for clashes; still within the length limit.
    pub fn numbered(&self, n: usize) -> Self {
        let suffix = format!("-{n}");
        let mut end = self.0.len().min(LONGEST - suffix.len());
        while !self.0.is_char_boundary(end) {
            end -= 1;
        }
        Self(format!("{}{suffix}", &self.0[..end]))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Combining marks: without them Hindi, Thai and Arabic words fall apart.
pub(crate) fn is_mark(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36f}' | '\u{483}'..='\u{487}' | '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{61a}'
        | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{900}'..='\u{dff}' | '\u{e31}' | '\u{e34}'..='\u{e4e}'
        | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{3099}'..='\u{309a}')
        && !matches!(c, '\u{964}' | '\u{965}')
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(given: &str) -> String {
        Slug::from_text(given).map_or_else(|| "none".into(), |slug| slug.to_string())
    }

    fn segment(given: &str) -> String {
        Slug::from_segment(given).map_or_else(|| "none".into(), |slug| slug.to_string())
    }

    #[test]
    fn words_of_every_script_survive() {
        assert_eq!(text("Ferry strike: day 3!"), "ferry-strike-day-3");
        assert_eq!(text("Don’t panic"), "dont-panic");
        assert_eq!(text("港の朝市"), "港の朝市");
        assert_eq!(text("हिन्दी समाचार"), "हिन्दी-समाचार");
    }

    #[test]
    fn labels_that_differ_in_signs_are_told_apart() {
        let label =
            |given: &str| Slug::from_label(given).map_or_else(String::new, |it| it.to_string());
        for (given, expected) in [
            ("C", "c"),
            ("C++", "c-plus-plus"),
            ("C#", "c-sharp"),
            (".NET", "dot-net"),
            ("#MeToo", "metoo"),
            ("A + B", "a-b"),
            ("Disney+", "disney-plus"),
            ("🎉", "u1f389"),
            ("…", "u2026"),
            ("?!", ""),
        ] {
            assert_eq!(label(given), expected, "{given}");
        }
    }

    #[test]
    fn hostile_segments_cannot_leave_the_folder() {
        assert_eq!(segment("../../etc/passwd"), "etc-passwd");
        assert_eq!(segment(".."), "none");
        assert_eq!(segment("a/b\\c"), "a-b-c");
        assert_eq!(segment("a\0b\nc"), "a-b-c");
        assert_eq!(segment(".htaccess"), "htaccess");
        assert_eq!(segment("CON"), "CON-story");
        // Windows takes `com1.html-story` for the device, too.
        assert_eq!(segment("com1.html"), "com1-story.html");
        assert!(segment(&"x".repeat(4096)).len() <= LONGEST);
        assert_eq!(text("…?!"), "none");
    }

    #[test]
    fn a_numbered_slug_stays_within_the_limit() {
        let slug = Slug::from_text(&"長".repeat(200)).expect("a slug");
        assert!(slug.numbered(2).as_str().len() <= LONGEST);
        assert!(slug.numbered(2).as_str().ends_with("-2"));
    }
}
