//! The search page's state as its address, and what the search of the static index answers.
//!
//! Pure: the view draws it, `store::finder` drives it.

use crate::json::Json;
use crate::model::Instant;
use crate::route::percent_decode;

/// What is asked for. In the address, so that a search can be shared and gone back to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    pub words: String,
    /// Path of a section; empty for all.
    pub section: String,
    /// Not older than so many days; 0 for any time.
    pub days: u32,
    /// Newest first instead of best first.
    pub newest: bool,
    /// How far "Load more" has gone, where the source itself is searched; 0 and 1 are the first.
    pub page: u32,
}

/// Longer queries say no more.
const LONGEST: usize = 200;

impl Asked {
    /// Reads the query of an address (with or without what stands before the `?`).
    pub fn read(address: &str) -> Self {
        let query = address.split_once('?').map_or("", |(_, query)| query);
        let mut asked = Self::default();
        for pair in query.split('#').next().unwrap_or_default().split('&') {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let value = percent_decode(&value.replace('+', " "));
            match name {
                "q" => asked.words = value.chars().take(LONGEST).collect(),
                "section" => asked.section = value,
                "days" => asked.days = value.parse().unwrap_or(0),
                "newest" => asked.newest = value == "1",
                "page" => asked.page = value.parse().unwrap_or(0),
                _ => {}
            }
        }
        asked
    }

    /// The query with its `?`; empty where nothing is asked.
    pub fn query(&self) -> String {
        let mut out = String::new();
        let mut add = |name: &str, value: &str| {
            if !value.is_empty() {
                out.push(if out.is_empty() { '?' } else { '&' });
                out.push_str(name);
                out.push('=');
                encode(value, &mut out);
            }
        };
        add("q", self.words.trim());
        add("section", &self.section);
        if self.days > 0 {
            add("days", &self.days.to_string());
        }
        add("newest", if self.newest { "1" } else { "" });
        if self.page > 1 {
            add("page", &self.page.to_string());
        }
        out
    }

    /// The options as the search takes them.
    pub fn options(&self, limit: u32) -> String {
        let mut out = String::from("{\"section\":\"");
        for c in self.section.chars().filter(|c| !c.is_control()) {
            if matches!(c, '"' | '\\') {
                out.push('\\');
            }
            out.push(c);
        }
        out.push_str("\",\"days\":");
        out.push_str(&self.days.to_string());
        out.push_str(",\"newest\":");
        out.push_str(if self.newest { "true" } else { "false" });
        out.push_str(",\"limit\":");
        out.push_str(&limit.to_string());
        out.push('}');
        out
    }
}

fn encode(text: &str, out: &mut String) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    for byte in text.bytes() {
        match byte {
            b' ' => out.push('+'),
            _ if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) => {
                out.push(char::from(byte));
            }
            _ => {
                out.push('%');
                out.push(char::from(HEX[usize::from(byte >> 4)]));
                out.push(char::from(HEX[usize::from(byte & 15)]));
            }
        }
    }
}

/// A text in pieces: every second one is what was asked for.
pub type Pieces = Vec<String>;

/// A story that was found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Hit {
    pub href: String,
    pub headline: Pieces,
    pub excerpt: Pieces,
    pub section: Option<String>,
    pub published: Option<Instant>,
    pub language: Option<String>,
}

/// What a search found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    pub total: u32,
    /// The query that was searched for instead of a mistyped one.
    pub instead: Option<String>,
    pub hits: Vec<Hit>,
    /// Path and name of the sections there are.
    pub sections: Vec<(String, String)>,
}

impl Found {
    /// Reads what `search.js` answers.
    pub fn read(json: &str) -> Option<Self> {
        let value = Json::parse(json)?;
        let hits = value.get("stories")?.list().iter();
        let sections = value.get("sections")?.list().iter();
        Some(Self {
            total: value.number("total")?,
            instead: value.text("corrected"),
            hits: hits.filter_map(hit).collect(),
            sections: sections
                .filter_map(|pair| match pair.list() {
                    [path, name] => Some((path.as_str()?.into(), name.as_str()?.into())),
                    _ => None,
                })
                .collect(),
        })
    }
}

fn hit(value: &Json) -> Option<Hit> {
    let summary = value.get("summary")?;
    let pieces = |name: &str| -> Pieces {
        let list = value.get(name).map_or(&[][..], Json::list).iter();
        list.filter_map(|piece| piece.as_str().map(str::to_owned))
            .collect()
    };
    Some(Hit {
        href: summary.text("href")?,
        headline: pieces("headline"),
        excerpt: pieces("excerpt"),
        section: summary
            .get("section")
            .and_then(|section| section.text("name")),
        published: summary.text("published").and_then(|at| Instant::read(&at)),
        language: summary.text("language"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_comes_back_from_its_own_address() {
        let asked = Asked {
            words: "tide & gauge 港+".into(),
            section: "harbour/ferry".into(),
            days: 31,
            newest: true,
            page: 3,
        };
        assert_eq!(Asked::read(&["/search/", &asked.query()].concat()), asked);
        assert_eq!(Asked::default().query(), "");
        assert_eq!(Asked::read("/search/?q=a+b%20c&x=1#d").words, "a b c");
        assert_eq!(Asked::read("/search/?days=x&newest=0"), Asked::default());
    }

    #[test]
    fn options_stay_json_whatever_the_address_says() {
        let asked = Asked::read("/search/?section=%22%7D\\%0a");
        let options = Json::parse(&asked.options(10)).expect("JSON");
        assert_eq!(options.text("section").as_deref(), Some("\"}\\"));
        assert_eq!(options.number("limit"), Some(10));
    }

    #[test]
    fn an_answer_is_read_and_a_broken_one_refused() {
        let found = Found::read(
            r#"{"total":3,"corrected":"harbour","sections":[["a","A"],["b"]],"stories":[
            {"summary":{"href":"/x/","headline":"X","section":{"name":"A","path":"a"},
             "published":"2026-11-03T08:00:00Z"},"headline":["","X",""],"excerpt":["y"]},{}]}"#,
        )
        .expect("an answer");
        assert_eq!((found.total, found.hits.len()), (3, 1));
        assert_eq!(found.hits[0].headline, ["", "X", ""]);
        assert_eq!(found.sections, [("a".to_owned(), "A".to_owned())]);
        assert_eq!(found.instead.as_deref(), Some("harbour"));
        assert_eq!(Found::read("<html>"), None);
    }
}
