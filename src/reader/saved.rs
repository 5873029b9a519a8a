//! The stories a reader saved: the list of them, as it is kept and shown.
//!
//! Texts and pictures are the browser's cache's; `public/app/shelf.js` puts them there and keeps
//! this list. Nothing but the reader takes a story off it; one that its source withdrew stays named
//! and is no longer readable.

use crate::json::Json;

/// A saved story.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Saved {
    pub href: String,
    pub headline: String,
    /// Milliseconds since 1970.
    pub at: u64,
    pub bytes: u64,
    /// The source took it back; what was kept of it is gone.
    pub withdrawn: bool,
}

/// Reads the list, newest first as it is kept. `None` when it is none.
pub fn read(json: &str) -> Option<Vec<Saved>> {
    match Json::parse(json)? {
        Json::List(list) => Some(list.iter().filter_map(one).collect()),
        _ => None,
    }
}

fn one(value: &Json) -> Option<Saved> {
    Some(Saved {
        href: value.text("href").filter(|href| href.starts_with('/'))?,
        headline: value.text("headline")?,
        at: value.own_number("at")?,
        bytes: value.own_number("bytes")?,
        withdrawn: value.flag("withdrawn"),
    })
}

/// Whether a story is on the list, and readable.
pub fn holds(list: &[Saved], href: &str) -> bool {
    list.iter()
        .any(|story| story.href == href && !story.withdrawn)
}

/// Kilobytes, at least one for what is there at all.
pub fn kilobytes(bytes: u64) -> u64 {
    bytes.div_ceil(1000)
}

/// A story as the shelf takes it.
pub fn order(href: &str, headline: &str) -> String {
    let mut out = String::from("{\"href\":\"");
    escape(href, &mut out);
    out.push_str("\",\"headline\":\"");
    escape(headline, &mut out);
    out.push_str("\"}");
    out
}

fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                out.push('\\');
                out.push(c);
            }
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_read_and_what_is_broken_in_it_left_out() {
        let list = read(
            r#"[{"href":"/a/","headline":"A","at":5,"bytes":1200},{"href":"javascript:x","headline":"B"},
            {"href":"/c/","headline":"C","withdrawn":true},7]"#,
        )
        .expect("a list");
        assert_eq!(list.len(), 2);
        assert!(holds(&list, "/a/") && !holds(&list, "/c/"));
        assert_eq!(kilobytes(list[0].bytes), 2);
        assert_eq!(read("{}"), None);
    }

    #[test]
    fn an_order_is_json_whatever_the_headline_says() {
        let order = order("/a/", "\"Quoted\" \\ and\nbroken");
        let value = Json::parse(&order).expect("JSON");
        assert_eq!(
            value.text("headline").as_deref(),
            Some("\"Quoted\" \\ and broken")
        );
    }
}
