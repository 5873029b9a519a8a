//! Drafts as a plain text that a reader can keep, mail or paste anywhere.

use super::draft::Draft;
use crate::model::Instant;

/// Every draft under its headline, newest first, with its address and date. Interface words are
/// given, since this layer does not know the language: `reply` is "Reply to {name}".
pub fn as_text<'a>(
    drafts: impl Iterator<Item = &'a Draft>,
    reply: impl Fn(&str) -> String,
) -> String {
    let mut out = String::new();
    for draft in drafts {
        if !out.is_empty() {
            out.push_str("\n\n----------\n\n");
        }
        out.push_str(&draft.title);
        out.push('\n');
        out.push_str(&draft.href);
        out.push('\n');
        let at = Instant::from_epoch(i64::try_from(draft.at / 1000).unwrap_or_default());
        out.push_str(&at.to_string());
        out.push('\n');
        if let Some(name) = &draft.to {
            out.push_str(&reply(name));
            out.push('\n');
        }
        out.push('\n');
        out.push_str(draft.text.trim_end());
    }
    out.push('\n');
    out
}

/// The first words of a draft for a list, cut at a word's end and marked when cut.
pub fn excerpt(text: &str, longest: usize) -> String {
    let mut out = String::new();
    let mut count = 0;
    for word in text.split_whitespace() {
        let length = word.chars().count();
        if count > 0 && count + 1 + length > longest {
            out.push('…');
            return out;
        }
        if count > 0 {
            out.push(' ');
            count += 1;
        }
        out.extend(word.chars().take(longest));
        count += length;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_draft_is_exported_with_where_and_when() {
        let one = Draft {
            title: "Crane repaired".into(),
            href: "/article/crane/".into(),
            at: 1_790_000_000_000,
            text: "Well done.\n".into(),
            to: Some("Ada".into()),
            ..Draft::default()
        };
        let text = as_text([&one, &one].into_iter(), |name| format!("Reply to {name}"));
        assert!(text.starts_with(
            "Crane repaired\n/article/crane/\n2026-09-21T14:13:20Z\nReply to Ada\n\nWell done.\n"
        ), "{text}");
        assert_eq!(text.matches("Well done.").count(), 2);
    }

    #[test]
    fn an_excerpt_ends_with_a_whole_word() {
        assert_eq!(excerpt("one two\nthree", 9), "one two…");
        assert_eq!(excerpt("one two", 9), "one two");
        assert_eq!(excerpt("abcdefghijkl", 5), "abcde");
    }
}
