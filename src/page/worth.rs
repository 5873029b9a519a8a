//! "Worth reading": which story is offered at the end of another, and when. Pure; the view measures.

use crate::page::Offer;

/// What is in view at one moment, in CSS pixels and plain facts.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Sight {
    /// How far the page has been scrolled.
    pub scrolled: f64,
    /// Height of the story's text.
    pub body: f64,
    /// The end of the text is in view, or above it.
    pub end_reached: bool,
    /// Related posts, comments or a form are in view.
    pub busy: bool,
    /// The reader is in a field, or the keyboard's focus is where the offer would stand.
    pub typing: bool,
}

/// Whether the reader has come to the end of the text by reading, not because it is short.
pub fn earned(sight: &Sight) -> bool {
    sight.end_reached && sight.scrolled > 0.0 && sight.scrolled >= sight.body / 2.0
}

/// Whether the offer may stand on the page right now.
pub fn fits(sight: &Sight) -> bool {
    !sight.busy && !sight.typing
}

/// The first story not read yet, best candidates first.
pub fn next_unread<'a>(candidates: &'a [Offer], read: &str) -> Option<&'a Offer> {
    candidates
        .iter()
        .find(|story| !read.lines().any(|line| line == story.href))
}

/// Stories remembered as read in this visit; enough for a long evening.
const REMEMBERED: usize = 100;

/// The list of read addresses, one a line, with one more at its end.
pub fn remember(read: &str, href: &str) -> String {
    let mut lines: Vec<&str> = read.lines().filter(|line| *line != href).collect();
    lines.push(href);
    let from = lines.len().saturating_sub(REMEMBERED);
    lines[from..].join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_offer_is_earned_by_reading_half_of_the_text_to_its_end() {
        let read = Sight {
            scrolled: 1500.0,
            body: 2000.0,
            end_reached: true,
            ..Sight::default()
        };
        assert!(earned(&read));
        let short = Sight {
            scrolled: 0.0,
            body: 200.0,
            ..read
        };
        assert!(!earned(&short), "a text that ends on the first screen");
        let middle = Sight {
            end_reached: false,
            ..read
        };
        assert!(!earned(&middle));
    }

    #[test]
    fn nothing_is_offered_over_a_field_or_beside_related_posts() {
        assert!(fits(&Sight::default()));
        let typing = Sight {
            typing: true,
            ..Sight::default()
        };
        let busy = Sight {
            busy: true,
            ..Sight::default()
        };
        assert!(!fits(&typing) && !fits(&busy));
    }

    #[test]
    fn stories_read_before_are_passed_over() {
        let story = |href: &str| Offer {
            href: href.into(),
            ..Offer::default()
        };
        let all = [story("/a/"), story("/b/"), story("/c/")];
        let read = remember(&remember("", "/a/"), "/b/");
        let next = next_unread(&all, &read).map(|story| story.href.as_str());
        assert_eq!(next, Some("/c/"));
        assert_eq!(remember(&read, "/a/"), "/b/\n/a/");
        assert_eq!(next_unread(&all, &remember(&read, "/c/")), None);
    }
}
