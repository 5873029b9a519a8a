//! Markdown, as many content systems keep their texts: CommonMark with what GitHub adds to it.

use pulldown_cmark::{Options, Parser, html::push_html};

/// The text as HTML, which is untrusted as any other: HTML within Markdown stays. A text that is HTML
/// from its first sign on is left alone, for editors switch from one to the other and their fields
/// hold both; its indented lines are no code.
pub(crate) fn html(text: &str) -> String {
    if text.trim_start().starts_with('<') && text.contains("</") {
        return text.to_owned();
    }
    let known = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    let mut html = String::with_capacity(text.len() * 5 / 4);
    push_html(&mut html, Parser::new_ext(text, known));
    html
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
        ] {
            assert_eq!(html(text), made, "{text}");
        }
        assert!(html("|a|b|\n|-|-|\n|1|2|").contains("<td>1</td>"));
        assert!(html("See[^1].\n\n[^1]: There.").contains("footnote"));
    }

    #[test]
    fn nesting_without_end_is_read_in_time_and_space_of_its_length() {
        for sign in [">", "* ", "[", "![", "**", "`", "<a", "\\["] {
            let made = html(&sign.repeat(30_000));
            assert!(made.len() < 60 * 30_000, "{sign}: {}", made.len());
        }
    }
}
