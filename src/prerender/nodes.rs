//! The structural count of a rendered page (`data-nodes`): elements, texts and comments as a
//! browser's parser will make them, opaque parts left out. `platform::web::page::count_nodes`
//! counts the same in the live document.

/// Counts the nodes of markup that our own views rendered (so it is well-formed: every attribute
/// quoted, every non-void element closed). The contents of `data-opaque` elements must be empty
/// here, those of `noscript` are left out.
pub fn count(html: &str) -> u32 {
    let mut count = 0;
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        count += u32::from(open > 0);
        rest = &rest[open..];
        if rest.starts_with("<!--") {
            count += 1;
            rest = rest.find("-->").map_or("", |end| &rest[end + 3..]);
        } else if rest.starts_with("<!") {
            count += 1;
            rest = rest.find('>').map_or("", |end| &rest[end + 1..]);
        } else {
            let end = tag_end(rest);
            let tag = &rest[..end];
            rest = &rest[end..];
            if tag.starts_with("</") {
                continue;
            }
            count += 1;
            if tag.starts_with("<noscript") {
                rest = rest.find("</noscript>").map_or("", |end| &rest[end + 11..]);
            }
        }
    }
    count + u32::from(!rest.is_empty())
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
    use super::count;

    #[test]
    fn elements_texts_and_comments_count_one_each() {
        assert_eq!(count("<p title=\"a > b\">x<!>y<b>z</b></p>"), 6);
        assert_eq!(count("<a></a>text"), 2);
        assert_eq!(count("<noscript><p>no</p></noscript><!--c--><br/>"), 3);
    }
}
