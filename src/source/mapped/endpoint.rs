//! An address of the API: how its path is filled, where its answer holds the items, how it goes on.

use serde_json::Value;

use super::pointer::Pointer;
use super::post::Post;
use crate::model::keys::{Keys, wrong};
use crate::model::{ConfigError, nearest};
use crate::source::place::Place;
use crate::source::{Cursor, SourceError, json, text};

/// One address of the API and where its answer holds what is wanted.
pub(super) struct Endpoint {
    pub path: String,
    /// What is posted there; else it is asked for.
    pub post: Option<Post>,
    pub at: Pointer,
    /// The pointer as it was written, for messages.
    pub written: String,
    pub next: Option<Next>,
}

/// How a list goes on.
pub(super) struct Next {
    pub by: By,
    pub start: u64,
    /// Stop when a page has fewer items than the first, or only when one is empty.
    pub short: bool,
    /// Where the answer says how many pages there are.
    pub pages: Option<Pointer>,
}

pub(super) enum By {
    Page,
    Offset,
    /// A pointer to what fills `{cursor}`.
    Cursor(Pointer),
    /// A pointer to the next page's address; where it finds none, the answer's `Link` header has it.
    Link(Option<Pointer>),
}

impl Endpoint {
    pub(super) fn parse(
        name: &str,
        value: Option<&Value>,
        vars: &[(String, String)],
    ) -> Result<Option<Self>, ConfigError> {
        let Some(value) = value else { return Ok(None) };
        let prefix = ["source.", name, "."].concat();
        let keys = Keys::of(value, &prefix, &["path", "post", "items", "item", "next"])?;
        let path = keys.text("path")?.unwrap_or_default();
        for part in path.split('{').skip(1) {
            let place = part.split('}').next().unwrap_or_default();
            checked_place(place, &keys.path("path"), vars)?;
        }
        let (key, other) = if name == "one" {
            ("item", "items")
        } else {
            ("items", "item")
        };
        if keys.get(other).is_some() {
            return Err(ConfigError::UnknownKey {
                key: keys.path(other),
                meant: Some(keys.path(key)),
                known: vec!["path", "post", "items", "next"],
            });
        }
        let written = keys.text(key)?.unwrap_or_default();
        Ok(Some(Self {
            at: Pointer::parse(&keys.path(key), &written)?,
            written,
            path,
            post: Post::parse(&keys.path("post"), keys.get("post"), vars)?,
            next: Next::parse(&prefix, keys.get("next"))?,
        }))
    }

    /// Whether the question has this place in it.
    pub(super) fn needs(&self, place: &str) -> bool {
        self.path.contains(place) || self.post.as_ref().is_some_and(|post| post.has(place))
    }

    pub(super) fn items<'a>(
        &self,
        document: &'a Value,
        url: &str,
    ) -> Result<Vec<&'a Value>, SourceError> {
        let found = self.at.find(document);
        if let Some(list) = self.at.before_each()
            && list
                .find(document)
                .first()
                .is_some_and(|list| list.is_array())
        {
            return Ok(found);
        }
        match found.as_slice() {
            [Value::Array(list)] => Ok(list.iter().collect()),
            [] => Err(SourceError::Unexpected {
                url: url.to_owned(),
                expected: "an answer with a list where \"source.list.items\" points",
                found: ["one without \"", &self.written, "\""].concat(),
            }),
            // NYT and others write "" or null for an empty list.
            [Value::Null] if !failed(document) => Ok(Vec::new()),
            [Value::String(text)] if text.is_empty() => Ok(Vec::new()),
            [single, ..] => Err(SourceError::Unexpected {
                url: url.to_owned(),
                expected: "an answer with a list where \"source.list.items\" points",
                found: [json::kind_of(single), " at \"", &self.written, "\""].concat(),
            }),
        }
    }
}

/// # Errors
/// A place that is neither one of a question's nor one of the site's own `vars`.
pub(super) fn checked_place(
    place: &str,
    key: &str,
    vars: &[(String, String)],
) -> Result<(), ConfigError> {
    const PLACES: [&str; 9] = [
        "page", "offset", "cursor", "id", "slug", "query", "section", "tag", "author",
    ];
    if PLACES.contains(&place) || vars.iter().any(|(name, _)| name == place) {
        return Ok(());
    }
    if place == "key" {
        return Err(ConfigError::Missing {
            key: "source.key",
            remedy: "this API needs a key: write { \"env\": \"NAME\" }",
        });
    }
    let mut known: Vec<&'static str> = PLACES.to_vec();
    known.push("key");
    Err(ConfigError::UnknownKey {
        meant: nearest(place, known.iter().copied()).map(str::to_owned),
        key: [key, ": {", place, "}"].concat(),
        known,
    })
}

/// GraphQL and others answer `"data": null` with what went wrong beside it.
fn failed(document: &Value) -> bool {
    ["error", "errors"]
        .iter()
        .any(|key| match document.get(key) {
            Some(Value::Array(list)) => !list.is_empty(),
            Some(value) => !matches!(value, Value::Null | Value::Bool(false)),
            None => false,
        })
}

impl Next {
    pub(super) fn parse(prefix: &str, value: Option<&Value>) -> Result<Option<Self>, ConfigError> {
        let Some(value) = value else { return Ok(None) };
        let prefix = [prefix, "next."].concat();
        let keys = Keys::of(value, &prefix, &["by", "at", "start", "stop", "pages"])?;
        let at = match keys.text("at")? {
            Some(at) => Some(Pointer::parse(&keys.path("at"), &at)?),
            None => None,
        };
        let by = match keys.text("by")?.as_deref() {
            None | Some("page") => By::Page,
            Some("offset") => By::Offset,
            Some("cursor") => By::Cursor(at.ok_or_else(|| {
                wrong(
                    &keys.path("at"),
                    "a pointer to what comes next",
                    &Value::Null,
                )
            })?),
            Some("link") => By::Link(at),
            Some(other) => {
                let known = "\"page\", \"offset\", \"cursor\" or \"link\"";
                return Err(wrong(&keys.path("by"), known, &other.into()));
            }
        };
        let short = match keys.text("stop")?.as_deref() {
            None | Some("short") => true,
            Some("empty") => false,
            Some(other) => {
                let known = "\"short\" or \"empty\"";
                return Err(wrong(&keys.path("stop"), known, &other.into()));
            }
        };
        let start = if matches!(by, By::Offset) { 0 } else { 1 };
        Ok(Some(Self {
            start: keys
                .count("start", 0, 1_000_000)?
                .map_or(start, |n| n as u64),
            pages: match keys.text("pages")? {
                Some(at) => Some(Pointer::parse(&keys.path("pages"), &at)?),
                None => None,
            },
            by,
            short,
        }))
    }

    /// Whether pages have numbers, so that asking for one behind the last is answered somehow.
    pub(super) fn numbered(&self) -> bool {
        matches!(self.by, By::Page | By::Offset)
    }

    /// Whether an answer lacks even the place where the way on should stand.
    pub(super) fn is_lost(&self, document: &Value) -> bool {
        match &self.by {
            By::Cursor(pointer) | By::Link(Some(pointer)) => pointer.find(document).is_empty(),
            _ => false,
        }
    }

    /// Where the next page begins; `first_size` is the number of items on the first page, `linked` what
    /// the answer's `Link` header says.
    pub(super) fn after(
        &self,
        document: &Value,
        linked: Option<&str>,
        count: usize,
        at: u64,
        first_size: Option<usize>,
        place: &Place,
    ) -> Option<Cursor> {
        let size = first_size.unwrap_or(count);
        let found = |pointer: &Pointer| pointer.find(document).first().and_then(|it| json::id(it));
        match &self.by {
            By::Cursor(pointer) => found(pointer).map(Cursor),
            By::Link(pointer) => {
                let said = pointer.as_ref().and_then(found);
                place.address(said.as_deref().or(linked)?).map(Cursor)
            }
            _ if count == 0 => None,
            _ if self.short && count < size => None,
            By::Page => {
                if let Some(pages) = self.pages.as_ref().and_then(found) {
                    let last = pages.parse::<u64>().ok()? + self.start;
                    if at + 1 >= last {
                        return None;
                    }
                }
                Some(numbered(at + 1, size))
            }
            By::Offset => Some(numbered(at + count as u64, size)),
        }
    }
}

/// A cursor of a number and the size of the first page.
pub(super) fn numbered(at: u64, size: usize) -> Cursor {
    Cursor([at.to_string(), size.to_string()].join(" "))
}

pub(super) fn position(cursor: Option<&Cursor>, start: u64) -> (u64, Option<usize>) {
    let Some((at, size)) = cursor.and_then(|cursor| cursor.0.split_once(' ')) else {
        return (start, None);
    };
    (at.parse().unwrap_or(start), size.parse().ok())
}

/// A template with its places filled; what is filled in is encoded and never leaves its segment.
pub(super) fn filled(
    template: &str,
    vars: &[(String, String)],
    given: &[(&str, &str)],
    key: &str,
    encode: bool,
) -> Result<String, ConfigError> {
    let mut out = String::with_capacity(template.len() + 16);
    let mut rest = template;
    while let Some(at) = rest.find('{') {
        out.push_str(&rest[..at]);
        let Some(end) = rest[at..].find('}') else {
            break;
        };
        let name = &rest[at + 1..at + end];
        let value = given
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, value)| *value)
            .or_else(|| {
                vars.iter()
                    .find(|(known, _)| known == name)
                    .map(|(_, value)| value.as_str())
            })
            .ok_or_else(|| wrong(&["source.", key].concat(), "a known place", &name.into()))?;
        if !encode {
            out.push_str(value);
        } else if matches!(name, "id" | "slug") && !value.split('/').any(|part| part == "..") {
            // Ids of some APIs are paths.
            let parts: Vec<String> = value.split('/').map(text::percent_encoded).collect();
            out.push_str(&parts.join("/"));
        } else {
            out.push_str(&text::percent_encoded(value));
        }
        rest = &rest[at + end + 1..];
    }
    out.push_str(rest);
    Ok(out)
}
