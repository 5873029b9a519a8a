//! Markdown, as many content systems keep their texts: CommonMark with what GitHub adds to it.

use std::collections::{HashMap, HashSet};

use pulldown_cmark::{CodeBlockKind, CowStr, Event, Options, Parser, Tag, TagEnd, html::push_html};

/// What is read beside CommonMark.
const KNOWN: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_HEADING_ATTRIBUTES)
    .union(Options::ENABLE_YAML_STYLE_METADATA_BLOCKS);

/// The text as HTML, which is untrusted as any other: HTML within Markdown stays. A text that is all
/// HTML is left alone, for editors switch from one to the other and their fields hold both; its
/// indented lines are no code.
pub(crate) fn html(text: &str) -> String {
    if text.trim_start().starts_with('<') && text.contains("</") && !has_markdown(text) {
        return text.to_owned();
    }
    let mut html = String::with_capacity(text.len() * 5 / 4);
    let mut notes = Notes::default();
    let events = Parser::new_ext(text, KNOWN).map(ticked);
    let events: Vec<_> = notes.apart(events).collect();
    push_html(&mut html, events.into_iter());
    notes.write(&mut html);
    html
}

/// Whether a text that begins with HTML goes on as Markdown. Indented HTML would be code there, so where
/// such is, all of it is HTML.
fn has_markdown(text: &str) -> bool {
    let mut found = false;
    let mut events = Parser::new_ext(text, KNOWN);
    while let Some(event) = events.next() {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => {
                let html = |event| matches!(event, Event::Text(line) if line.trim_start().starts_with('<'));
                if events.next().is_some_and(html) {
                    return false;
                }
            }
            Event::Start(
                Tag::Heading { .. }
                | Tag::List(_)
                | Tag::BlockQuote(_)
                | Tag::CodeBlock(_)
                | Tag::Table(_)
                | Tag::Emphasis
                | Tag::Strong
                | Tag::Link { .. }
                | Tag::Image { .. },
            ) => found = true,
            _ => {}
        }
    }
    found
}

/// The box of a task as a character: no form of a text comes onto a page.
fn ticked(event: Event<'_>) -> Event<'_> {
    match event {
        Event::TaskListMarker(done) => Event::Text(if done { "☑ " } else { "☐ " }.into()),
        other => other,
    }
}

/// Footnotes stand where they are written; a story has them at its end, in the order in which the text
/// refers to them.
#[derive(Default)]
struct Notes<'a> {
    numbers: HashMap<CowStr<'a>, usize>,
    referred: HashSet<usize>,
    /// Those that were read, by the number of their name.
    read: Vec<(usize, Vec<Event<'a>>)>,
    /// Those that are being read: one may stand within another.
    open: Vec<(usize, Vec<Event<'a>>)>,
}

impl<'a> Notes<'a> {
    /// A name's number, from 1 on.
    fn number(&mut self, name: CowStr<'a>) -> usize {
        let next = self.numbers.len() + 1;
        *self.numbers.entry(name).or_insert(next)
    }

    /// The text without its notes.
    fn apart(&mut self, text: impl Iterator<Item = Event<'a>>) -> impl Iterator<Item = Event<'a>> {
        text.filter_map(|event| {
            let event = match event {
                Event::Start(Tag::FootnoteDefinition(name)) => {
                    let number = self.number(name);
                    self.open.push((number, Vec::new()));
                    return None;
                }
                Event::End(TagEnd::FootnoteDefinition) => {
                    self.read.extend(self.open.pop());
                    return None;
                }
                Event::FootnoteReference(name) => {
                    let number = self.number(name);
                    // A note leads back to the first place that refers to it.
                    let place = if self.referred.insert(number) {
                        format!(" id=\"fnref-{number}\"")
                    } else {
                        String::new()
                    };
                    let link = format!("<sup><a href=\"#fn-{number}\"{place}>{number}</a></sup>");
                    Event::InlineHtml(link.into())
                }
                other => other,
            };
            match self.open.last_mut() {
                Some((_, note)) => {
                    note.push(event);
                    None
                }
                None => Some(event),
            }
        })
    }

    fn write(mut self, html: &mut String) {
        if self.read.is_empty() {
            return;
        }
        self.read.sort_by_key(|(number, _)| *number);
        html.push_str("<section class=\"footnotes\"><ol>");
        for (number, note) in self.read {
            html.push_str(&format!("<li id=\"fn-{number}\">"));
            push_html(html, note.into_iter());
            html.push_str(&format!(
                "<a href=\"#fnref-{number}\" class=\"footnote-backref\">↩</a></li>"
            ));
        }
        html.push_str("</ol></section>");
    }
}

#[cfg(test)]
mod tests {
    use super::html;

    #[test]
    fn markdown_is_html_and_html_stays() {
        for (text, made) in [
            (
                "One *word*.\n\nTwo",
                "<p>One <em>word</em>.</p>\n<p>Two</p>\n",
            ),
            ("## Tide {#tide}", "<h2 id=\"tide\">Tide</h2>\n"),
            ("---\ntitle: T\n---\nText", "<p>Text</p>\n"),
            ("~~a~~ <b>b</b>", "<p><del>a</del> <b>b</b></p>\n"),
            (
                "<div>\n\n    <p>Not code</p>\n</div>",
                "<div>\n\n    <p>Not code</p>\n</div>",
            ),
            ("<3 of you", "<p>&lt;3 of you</p>\n"),
            (
                "<div align=center>\n<img src=a.png>\n</div>\n\n# Title",
                "<div align=center>\n<img src=a.png>\n</div>\n<h1>Title</h1>\n",
            ),
            (
                "<details>\n<summary>More</summary>\n\n- [x] Done\n- [ ] Open\n\n</details>",
                "<details>\n<summary>More</summary>\n<ul>\n<li>☑ Done</li>\n<li>☐ Open</li>\n</ul>\n\
                 </details>",
            ),
            (
                "<p>A</p>\n\n<b>x</b> *y*",
                "<p>A</p>\n<p><b>x</b> <em>y</em></p>\n",
            ),
            (
                "<ul>\n\n    <li>5 - 3</li>\n</ul>\n\n- no list",
                "<ul>\n\n    <li>5 - 3</li>\n</ul>\n\n- no list",
            ),
            ("<p>A</p>\n\nsnake_case_word", "<p>A</p>\n\nsnake_case_word"),
        ] {
            assert_eq!(html(text), made, "{text}");
        }
        assert!(html("|a|b|\n|-|-|\n|1|2|").contains("<td>1</td>"));
    }

    #[test]
    fn notes_stand_at_the_end_in_the_order_of_the_text() {
        let made =
            html("A[^b], B[^a].\n\n[^a]: *Second*.\n\nMore.\n\n[^b]: First[^c].\n\n[^c]: Third.\n");
        let (text, notes) = made
            .split_once("<section class=\"footnotes\">")
            .expect("notes");
        let link = |n: u8| format!("<sup><a href=\"#fn-{n}\" id=\"fnref-{n}\">{n}</a></sup>");
        let wanted = format!("<p>A{}, B{}.</p>\n<p>More.</p>\n", link(1), link(2));
        assert_eq!(text, wanted);
        let note = |n: u8, text: &str| {
            let back = format!("<a href=\"#fnref-{n}\" class=\"footnote-backref\">↩</a>");
            format!("<li id=\"fn-{n}\"><p>{text}</p>\n{back}</li>")
        };
        let first = note(1, &format!("First{}.", link(3)));
        let all = [first, note(2, "<em>Second</em>."), note(3, "Third.")].concat();
        assert_eq!(notes, format!("<ol>{all}</ol></section>"));
    }

    #[test]
    fn nesting_without_end_is_read_in_time_and_space_of_its_length() {
        for sign in [
            ">", "* ", "[", "![", "**", "`", "<a", "\\[", "[^a]: ", "[^a]",
        ] {
            let made = html(&sign.repeat(30_000));
            assert!(made.len() < 80 * 30_000, "{sign}: {}", made.len());
        }
    }
}
