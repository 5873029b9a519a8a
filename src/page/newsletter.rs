//! The newsletter call-out inside a story: where it goes, and its elements.
//!
//! The body is opaque, so the call-out is written into it block by block, natively and in the
//! browser by the same [`Sink`] calls. `view/parts/newsletter.rs` shows the same form elsewhere.

use crate::html::{Block, Sink, Width, words_of_blocks};
use crate::model::Newsletter;
use crate::strings::{Key, Strings};

/// Bodies up to this length are not interrupted.
const LEAST_WORDS: usize = 600;

/// The index of the block it goes before: after the middle, between two paragraphs that have no
/// figure and nothing that text flows around near them.
pub fn place(blocks: &[Block]) -> Option<usize> {
    let words: Vec<usize> = blocks
        .iter()
        .map(|block| words_of_blocks(std::slice::from_ref(block)))
        .collect();
    let total: usize = words.iter().sum();
    if total <= LEAST_WORDS {
        return None;
    }
    let mut before = 0;
    (1..blocks.len()).find(|&at| {
        before += words[at - 1];
        before * 2 >= total
            && is_text(&blocks[at - 1])
            && is_text(&blocks[at])
            && !blocks[at.saturating_sub(3)..at].iter().any(flows)
    })
}

fn is_text(block: &Block) -> bool {
    matches!(block, Block::Paragraph(_))
}

/// Text may stand beside this block, so that a full-width call-out would collide with it.
fn flows(block: &Block) -> bool {
    match block {
        Block::Figure(figure) => matches!(figure.width, Width::Start | Width::End),
        Block::PullQuote { .. } => true,
        _ => false,
    }
}

/// Writes the call-out: a link past it, the form, and the place that link leads to.
pub fn write(letter: &Newsletter, strings: &Strings, sink: &mut dyn Sink) {
    let text = |sink: &mut dyn Sink, name: &'static str, class: &str, text: &str| {
        sink.open(name);
        sink.attribute("class", class);
        sink.text(text);
        sink.close(name);
    };
    sink.open("a");
    sink.attribute("class", "skip-newsletter");
    sink.attribute("href", "#after-newsletter");
    sink.text(strings.get(Key::SkipNewsletter));
    sink.close("a");
    sink.open("aside");
    sink.attribute("class", "newsletter");
    sink.attribute("aria-label", &letter.title);
    text(sink, "p", "newsletter-title", &letter.title);
    if !letter.text.is_empty() {
        text(sink, "p", "newsletter-text", &letter.text);
    }
    sink.open("form");
    sink.attribute("class", "newsletter-form");
    sink.attribute("action", &letter.action);
    sink.attribute("method", "post");
    sink.open("label");
    sink.attribute("for", "newsletter-email");
    sink.text(strings.get(Key::NewsletterEmail));
    sink.close("label");
    sink.open("input");
    for (name, value) in FIELD {
        sink.attribute(name, value);
    }
    sink.close("input");
    sink.open("button");
    sink.attribute("type", "submit");
    sink.text(strings.get(Key::NewsletterSubscribe));
    sink.close("button");
    sink.open("p");
    sink.attribute("class", "newsletter-problem");
    sink.attribute("id", "newsletter-problem");
    sink.attribute("role", "alert");
    sink.attribute("data-text", strings.get(Key::NewsletterInvalid));
    sink.close("p");
    sink.close("form");
    sink.close("aside");
    sink.open("span");
    sink.attribute("id", "after-newsletter");
    sink.attribute("tabindex", "-1");
    sink.close("span");
}

/// The email field's attributes.
const FIELD: &[(&str, &str)] = &[
    ("id", "newsletter-email"),
    ("name", "email"),
    ("type", "email"),
    ("required", ""),
    ("autocomplete", "email"),
    ("aria-describedby", "newsletter-problem"),
];

/// Whether a text could be an address: one `@` with something before it and a dotted host behind.
pub fn looks_like_email(text: &str) -> bool {
    let text = text.trim();
    let Some((name, host)) = text.split_once('@') else {
        return false;
    };
    let spaced = text.chars().any(|c| c.is_whitespace() || c == ',');
    let dotted = host
        .rsplit_once('.')
        .is_some_and(|(first, last)| !first.is_empty() && last.chars().count() >= 2);
    !name.is_empty() && !host.contains('@') && !host.starts_with('.') && dotted && !spaced
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::Inline;

    fn paragraph(words: usize) -> Block {
        Block::Paragraph(vec![Inline::Text("word ".repeat(words))])
    }

    #[test]
    fn a_short_story_is_not_interrupted() {
        assert_eq!(place(&[paragraph(300), paragraph(300)]), None);
    }

    #[test]
    fn the_call_out_comes_after_the_middle_and_between_two_paragraphs() {
        let mut blocks: Vec<Block> = (0..10).map(|_| paragraph(100)).collect();
        assert_eq!(place(&blocks), Some(5));
        blocks[5] = Block::Separator;
        assert_eq!(place(&blocks), Some(7));
    }

    #[test]
    fn it_keeps_clear_of_what_text_flows_around() {
        let mut blocks: Vec<Block> = (0..10).map(|_| paragraph(100)).collect();
        blocks[3] = Block::PullQuote {
            text: vec![Inline::Text("Two words".into())],
            cite: Vec::new(),
        };
        assert_eq!(place(&blocks), Some(7));
    }

    #[test]
    fn an_address_has_a_name_one_at_sign_and_a_dotted_host() {
        for good in ["a@b.co", " ada.lovelace+x@mail.example.org ", "ü@käse.de"] {
            assert!(looks_like_email(good), "{good}");
        }
        for bad in [
            "", "ada", "ada@", "@b.co", "a@b", "a@b@c.de", "a b@c.de", "a@.de", "a@b.c",
        ] {
            assert!(!looks_like_email(bad), "{bad}");
        }
    }
}
