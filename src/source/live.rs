//! The updates of a live story as Dateline writes and reads them: in `_dateline` of a feed's item,
//! and in the small document that open pages ask for (`docs/sources.md`).

use serde_json::{Value, json};

use super::place::Place;
use super::{Response, SourceError, json, text};
use crate::model::{Body, Instant, Live, LiveUpdate};

/// Updates of a story that are read; the oldest of a longer one are left out.
const MOST: usize = 1000;

/// What an object with `updates` or `live` says.
pub(crate) fn of(own: &Value, place: &Place) -> Option<Live> {
    let state = own.get("live").unwrap_or(&Value::Null);
    (state.is_object() || own.get("updates").is_some_and(Value::is_array)).then(|| Live {
        updates: updates(own),
        ended: json::flag(state, "ended").unwrap_or(false),
        url: json::text(state, "url").and_then(|url| place.address(url)),
    })
}

/// Reads the document that open pages ask for: `updates`, and whether the story has `ended`.
///
/// # Errors
/// A failure of the host, a web page, or no such document.
pub fn read(response: Response) -> Result<Live, SourceError> {
    let url = super::shown(&response.url);
    let document = json::document(response)?;
    if !document.get("updates").is_some_and(Value::is_array) {
        return Err(SourceError::Unexpected {
            url,
            expected: "the updates of a live story",
            found: json::kind_of(&document).to_owned(),
        });
    }
    Ok(Live {
        updates: updates(&document),
        ended: json::flag(&document, "ended").unwrap_or(false),
        url: None,
    })
}

/// The same document, to be written.
pub fn write(live: &Live) -> String {
    let update = |update: &LiveUpdate| {
        let mut node = json!({ "id": update.id });
        let html = match &update.body {
            Body::Html(html) => Some(("html", html)),
            Body::Text(text) => Some(("text", text)),
            Body::Absent => None,
        };
        let published = update.published.map(|at| at.to_string());
        let published = published.as_ref().map(|at| ("published", at));
        let title = update.title.as_ref().map(|title| ("title", title));
        for (key, value) in published.into_iter().chain(title).chain(html) {
            node[key] = value.as_str().into();
        }
        if update.key {
            node["key"] = true.into();
        }
        node
    };
    let updates: Vec<Value> = live.updates.iter().map(update).collect();
    json!({ "version": 1, "ended": live.ended, "updates": updates }).to_string()
}

fn updates(value: &Value) -> Vec<LiveUpdate> {
    let list = json::list(value, "updates").iter().take(MOST);
    list.filter_map(update).collect()
}

/// One update; `None` for what says nothing at all.
fn update(value: &Value) -> Option<LiveUpdate> {
    let body = match (json::text(value, "html"), json::text(value, "text")) {
        (Some(html), _) => Body::Html(html.to_owned()),
        (None, Some(text)) => Body::Text(text.to_owned()),
        (None, None) => Body::Absent,
    };
    let title = json::text(value, "title").map(text::unescaped);
    if body == Body::Absent && title.is_none() {
        return None;
    }
    let published = json::date(value, "published");
    Some(LiveUpdate {
        id: named(value.get("id").and_then(json::id), published, &title, &body),
        published,
        title,
        body,
        key: json::flag(value, "key").unwrap_or(false),
    })
}

/// An update's own id, else one made of when it was published, else of its words.
pub(crate) fn named(
    own: Option<String>,
    published: Option<Instant>,
    title: &Option<String>,
    body: &Body,
) -> String {
    own.or_else(|| published.map(|at| at.epoch.to_string()))
        .unwrap_or_else(|| {
            let (Body::Html(words) | Body::Text(words)) = body else {
                return text::hash(title.as_deref().unwrap_or_default()).to_string();
            };
            text::hash(words).to_string()
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(body: &str) -> Response {
        Response {
            status: 200,
            url: "https://post.example/article/surge/updates.json".into(),
            body: body.as_bytes().to_vec(),
            ..Response::default()
        }
    }

    #[test]
    fn what_is_written_is_read_back() {
        let live = Live {
            updates: vec![
                LiveUpdate {
                    id: "2".into(),
                    published: Instant::parse("2026-11-23T04:40:00+00:00"),
                    title: Some("It has turned & is going home".into()),
                    body: Body::Html("<p>4.10 metres.</p>".into()),
                    key: true,
                },
                LiveUpdate {
                    id: "1".into(),
                    body: Body::Text("Wind north, nine.".into()),
                    ..LiveUpdate::default()
                },
            ],
            ended: true,
            url: None,
        };
        assert_eq!(read(answer(&write(&live))), Ok(live));
    }

    #[test]
    fn one_bad_update_costs_no_other_and_none_is_lost_for_want_of_an_id() {
        let live = read(answer(
            r#"{ "updates": [7, {}, { "id": "a" }, { "text": "one" }, { "html": "<p>two" },
                { "published": "2026-11-23T02:14:00Z", "title": "three" }, null] }"#,
        ))
        .expect("updates");
        let ids: Vec<&str> = live.updates.iter().map(|update| &*update.id).collect();
        assert_eq!(ids.len(), 3);
        assert_eq!(ids[2], "1795400040");
        assert_ne!(ids[0], ids[1]);
    }

    #[test]
    fn what_is_no_such_document_is_an_error() {
        assert!(read(answer("<!doctype html><p>hello")).is_err());
        assert!(read(answer(r#"{"items":[]}"#)).is_err());
        let busy = Response {
            status: 503,
            ..answer("")
        };
        assert!(read(busy).is_err());
    }
}
