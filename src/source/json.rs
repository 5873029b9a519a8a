//! Tolerant walking over JSON that somebody else wrote: the few helpers every JSON format shares.
//!
//! No wire types are derived: real payloads put `""` or `[]` where an object belongs, numbers where
//! texts do, and a derived type would lose the whole item for it. These helpers answer `None` or
//! nothing instead. Only `source` uses them.

use serde_json::Value;

use super::{Response, SourceError};
use crate::model::Instant;

/// A text that says something: a trimmed, non-empty string.
pub(crate) fn text<'a>(value: &'a Value, key: &str) -> Option<&'a str> {
    plain(value.get(key)?)
}

/// The same, owned.
pub(crate) fn owned(value: &Value, key: &str) -> Option<String> {
    text(value, key).map(str::to_owned)
}

/// The value itself as a trimmed, non-empty string.
pub(crate) fn plain(value: &Value) -> Option<&str> {
    value
        .as_str()
        .map(str::trim)
        .filter(|text| !text.is_empty())
}

/// The first of several keys that holds a text.
pub(crate) fn first<'a>(value: &'a Value, keys: &[&str]) -> Option<&'a str> {
    keys.iter().find_map(|key| text(value, key))
}

/// An identifier: a text, or a number as feeds of all kinds write it.
pub(crate) fn id(value: &Value) -> Option<String> {
    match value {
        Value::Number(number) => Some(number.to_string()),
        other => plain(other).map(str::to_owned),
    }
}

/// The elements of an array; anything else has none.
pub(crate) fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value
        .get(key)
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}

/// The elements of an array, or a single value as the only one.
pub(crate) fn each<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    match value.get(key) {
        None | Some(Value::Null) => &[],
        Some(Value::Array(list)) => list,
        Some(single) => std::slice::from_ref(single),
    }
}

/// A date in any of the shapes [`Instant::parse`] knows, or an epoch number.
pub(crate) fn date(value: &Value, key: &str) -> Option<Instant> {
    match value.get(key)? {
        Value::Number(number) => Instant::from_number(number.as_f64()?),
        other => Instant::parse(plain(other)?),
    }
}

/// Notes a date that is there and cannot be read.
pub(crate) fn unread(value: &Value, key: &str, misread: &mut super::Tally) {
    if date(value, key).is_none()
        && let Some(said) = value.get(key).and_then(id)
    {
        misread.add(said);
    }
}

/// `true`, `"true"` and `1` alike.
pub(crate) fn flag(value: &Value, key: &str) -> Option<bool> {
    match value.get(key)? {
        Value::Bool(flag) => Some(*flag),
        Value::Number(number) => Some(number.as_f64() != Some(0.0)),
        Value::String(text) => match text.as_str() {
            "true" | "1" => Some(true),
            "false" | "0" => Some(false),
            _ => None,
        },
        _ => None,
    }
}

/// A whole number, also where it comes as a text.
pub(crate) fn count(value: &Value, key: &str) -> Option<u64> {
    match value.get(key)? {
        Value::Number(number) => number
            .as_u64()
            .or_else(|| number.as_f64().filter(|n| *n >= 0.0).map(|n| n as u64)),
        other => plain(other)?.parse().ok(),
    }
}

/// A size in pixels; nothing is no size.
pub(crate) fn pixels(value: &Value, key: &str) -> Option<u32> {
    count(value, key)
        .and_then(|n| u32::try_from(n).ok())
        .filter(|n| *n > 0)
}

/// What a value is, in words for an error message.
pub(crate) fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

/// The whole answer as one document, its status checked first.
///
/// # Errors
/// A status that is no success, a web page, or broken JSON with its position.
pub(crate) fn document(response: Response) -> Result<Value, SourceError> {
    checked(&response)?;
    let url = super::shown(&response.url);
    let body = super::text::cleaned(response.body);
    serde_json::from_slice(&body).map_err(|error| broken(&url, &error))
}

/// A parser's complaint as ours.
pub(crate) fn broken(url: &str, error: &serde_json::Error) -> SourceError {
    let message = error.to_string();
    // The parser repeats the position in its message; ours states it once.
    let message = message
        .split(" at line ")
        .next()
        .unwrap_or_default()
        .to_owned();
    SourceError::Broken {
        url: url.to_owned(),
        line: error.line(),
        column: error.column(),
        message,
    }
}

/// Refuses answers that cannot hold data: failures, and web pages in the place of data.
pub(crate) fn checked(response: &Response) -> Result<(), SourceError> {
    if !response.ok() {
        return Err(failure(response));
    }
    match no_document(&response.body, &super::shown(&response.url)) {
        Some(error) => Err(error),
        None => Ok(()),
    }
}

/// What the beginning of an answer shows to be no data at all: a web page, packed bytes, nothing.
pub(crate) fn no_document(start: &[u8], url: &str) -> Option<SourceError> {
    let url = url.to_owned();
    if looks_like_web_page(start) {
        return Some(SourceError::WebPage { url });
    }
    let found = match start {
        [0x1f, 0x8b, ..] => "packed by gzip, and no header says so; unpack it",
        _ if start.trim_ascii().is_empty() => "empty",
        _ => return None,
    };
    Some(SourceError::Unexpected {
        url,
        expected: "a list of articles",
        found: found.to_owned(),
    })
}

/// The error behind a status, with the source's own words where it gave some.
pub(crate) fn failure(response: &Response) -> SourceError {
    let url = super::shown(&response.url);
    let message = serde_json::from_slice::<Value>(&response.body)
        .ok()
        .and_then(|body| message_in(&body).map(str::to_owned))
        .unwrap_or_default();
    match response.status {
        401 | 403 => SourceError::Forbidden {
            url,
            message: if message.is_empty() {
                if response.status == 401 { "401" } else { "403" }.to_owned()
            } else {
                message
            },
        },
        410 | 451 => SourceError::Withdrawn,
        status => {
            let retry_after = response
                .header("retry-after")
                .and_then(|text| text.trim().parse().ok());
            SourceError::Status {
                url,
                status,
                message,
                retry_after,
            }
        }
    }
}

/// Where APIs put what went wrong.
fn message_in(body: &Value) -> Option<&str> {
    let words = ["message", "error", "detail", "title"];
    first(body, &words)
        .or_else(|| {
            list(body, "errors")
                .first()
                .and_then(|error| first(error, &words))
        })
        .or_else(|| {
            ["response", "error", "fault"]
                .iter()
                .find_map(|key| first(body.get(key)?, &["message", "faultstring", "detail"]))
        })
}

/// Whether the bytes begin as an HTML page does.
pub(crate) fn looks_like_web_page(body: &[u8]) -> bool {
    let start = body
        .iter()
        .position(|byte| !byte.is_ascii_whitespace() && *byte < 0x80);
    let Some(mut head) = start.map(|start| &body[start..]) else {
        return false;
    };
    // A comment or a declaration may come first.
    while head.starts_with(b"<!--") {
        match head.windows(3).position(|end| end == b"-->") {
            Some(end) => head = head[end + 3..].trim_ascii_start(),
            None => return true,
        }
    }
    let start: Vec<u8> = head.iter().take(14).map(u8::to_ascii_lowercase).collect();
    start.starts_with(b"<!doctype html")
        || [&b"<html"[..], b"<head", b"<body"]
            .iter()
            .any(|tag| start.starts_with(tag))
}
