//! The structural count of a page's live parts (`data-nodes`): elements, texts and comments as a
//! browser's parser will make them. `platform::web::page::count_nodes` counts the same in the live
//! document, and a part that was altered in between is not hydrated but made anew.

/// Elements that have no end tag.
const VOID: &[&str] = &["img", "input", "br", "source", "hr", "wbr"];

/// Writes into every part of a page (an element with `data-part`) how many nodes it holds. The
/// markup is our own views': every attribute quoted, every element closed. The contents of
/// `noscript` are left out of the count; parts do not stand inside each other.
pub fn mark_parts(html: &str) -> String {
    let mut out = String::with_capacity(html.len() + 96);
    let mut rest = html;
    while let Some(at) = rest.find(" data-part=\"") {
        let Some(start) = tag_around(rest, at) else {
            out.push_str(&rest[..=at]);
            rest = &rest[at + 1..];
            continue;
        };
        let inside = start + tag_end(&rest[start..]);
        let (nodes, length) = count(&rest[inside..]);
        out.push_str(&rest[..inside - 1]);
        out.push_str(" data-nodes=\"");
        out.push_str(&nodes.to_string());
        out.push_str("\">");
        out.push_str(&rest[inside..inside + length]);
        rest = &rest[inside + length..];
    }
    out.push_str(rest);
    out
}

/// The nodes up to the end tag that nothing inside opened, and where that tag begins.
fn count(html: &str) -> (u32, usize) {
    let (mut count, mut depth, mut at) = (0, 0_u32, 0);
    while let Some(open) = html[at..].find('<') {
        count += u32::from(open > 0);
        at += open;
        let rest = &html[at..];
        if rest.starts_with("<!--") {
            count += 1;
            at += rest.find("-->").map_or(rest.len(), |end| end + 3);
        } else if rest.starts_with("<!") {
            count += 1;
            at += rest.find('>').map_or(rest.len(), |end| end + 1);
        } else if rest.starts_with("</") {
            if depth == 0 {
                return (count, at);
            }
            depth -= 1;
            at += tag_end(rest);
        } else {
            count += 1;
            let end = tag_end(rest);
            let tag = &rest[1..end];
            let name = tag.split([' ', '>', '/']).next().unwrap_or_default();
            at += end;
            if name == "noscript" {
                at += html[at..].find("</noscript>").map_or(0, |end| end + 11);
            } else if !VOID.contains(&name) && !tag.ends_with("/>") {
                depth += 1;
            }
        }
    }
    (count + u32::from(at < html.len()), html.len())
}

/// Where the tag begins that a place stands in; `None` where it stands in a text, which may say
/// whatever a tag can.
pub fn tag_around(html: &str, at: usize) -> Option<usize> {
    let start = html[..at].rfind('<')?;
    (start + tag_end(&html[start..]) > at).then_some(start)
}

/// The length of the tag at the start of `html`, minding `>` inside quoted attributes.
fn tag_end(html: &str) -> usize {
    let mut quote = None;
    for (index, byte) in html.bytes().enumerate() {
        match (quote, byte) {
            (None, b'"' | b'\'') => quote = Some(byte),
            (None, b'>') => return index + 1,
            (Some(q), b) if q == b => quote = None,
            _ => {}
        }
    }
    html.len()
}

#[cfg(test)]
mod tests {
    use super::{count, mark_parts};

    #[test]
    fn elements_texts_and_comments_count_one_each() {
        let inside = "<p title=\"a > b\">x<!>y<b>z</b></p>";
        assert_eq!(count(&[inside, "</div>after"].concat()), (6, inside.len()));
        assert_eq!(count("<a></a>text").0, 2);
        assert_eq!(
            count("<noscript><p>no</p></noscript><!--c--><br/><br>").0,
            4
        );
    }

    #[test]
    fn a_text_that_looks_like_an_attribute_is_a_text() {
        let html = "<p>x data-part=\"y\"<b>z</b></p><div data-part=\"x\">b</div>";
        assert_eq!(
            mark_parts(html),
            "<p>x data-part=\"y\"<b>z</b></p><div data-part=\"x\" data-nodes=\"1\">b</div>"
        );
    }

    #[test]
    fn each_part_says_how_many_nodes_it_holds() {
        let html =
            "<p>a</p><div data-part=\"x\"><i>b</i></div><div class=\"y\" data-part=\"y\"></div><p>";
        assert_eq!(
            mark_parts(html),
            "<p>a</p><div data-part=\"x\" data-nodes=\"2\"><i>b</i></div>\
             <div class=\"y\" data-part=\"y\" data-nodes=\"0\"></div><p>"
        );
    }
}
