//! A thread as it is read: page by page, comment by comment, then in reading order.

use serde_json::Value;

use super::ROUTE;
use crate::source::{Comment, Request, Response, SourceError};

/// The request for a page of a thread, counted from 1. WordPress gives at most a hundred a page;
/// a thread that a feed links is one file.
pub fn thread_request(url: &str, page: u32) -> Option<Request> {
    if url.contains(ROUTE) {
        let sign = if url.contains('?') { '&' } else { '?' };
        return Some(Request::get(format!(
            "{url}{sign}per_page=100&order=asc&page={page}"
        )));
    }
    (page == 1).then(|| Request::get(url))
}

/// How many pages the thread has, where the answer says so.
pub fn thread_pages(response: &Response) -> u32 {
    response
        .header("x-wp-totalpages")
        .and_then(|pages| pages.parse().ok())
        .unwrap_or(1)
}

/// Reads a page of a thread: WordPress' list, or `{ "comments": [...] }` as `docs/comments.md` has
/// it. What cannot be read is left out; the others are not harmed.
///
/// # Errors
/// When the answer is no such list at all.
pub fn read_thread(response: &Response) -> Result<Vec<Comment>, SourceError> {
    let url = response.url.clone();
    if !response.ok() {
        let (status, message) = (response.status, String::new());
        return Err(SourceError::Status {
            url,
            status,
            message,
            retry_after: None,
        });
    }
    let value: Value = match serde_json::from_slice(&response.body) {
        Ok(value) => value,
        Err(_) if response.body.trim_ascii_start().starts_with(b"<") => {
            return Err(SourceError::WebPage { url });
        }
        Err(error) => {
            let (line, column) = (error.line(), error.column());
            return Err(SourceError::Broken {
                url,
                line,
                column,
                message: error.to_string(),
            });
        }
    };
    let list = value.get("comments").unwrap_or(&value).as_array();
    let expected = "a list of comments";
    let list = list.ok_or_else(|| SourceError::Unexpected {
        url,
        expected,
        found: "something else".into(),
    })?;
    Ok(list.iter().filter_map(read_comment).collect())
}

fn read_comment(item: &Value) -> Option<Comment> {
    let id = |key: &str| match item.get(key)? {
        Value::String(id) => Some(id.clone()).filter(|id| !id.is_empty()),
        Value::Number(id) => Some(id.to_string()).filter(|id| id != "0"),
        _ => None,
    };
    let text = |keys: &[&str]| {
        let found = keys
            .iter()
            .find_map(|key| item.get(key).and_then(Value::as_str));
        found
            .map(str::trim)
            .filter(|text| !text.is_empty())
            .map(str::to_owned)
    };
    let rendered = item
        .pointer("/content/rendered")
        .and_then(Value::as_str)
        .map(str::to_owned);
    let html = rendered
        .or_else(|| text(&["html", "content_html"]))
        .or_else(|| {
            text(&["text", "content_text"]).map(|text| escape(&text).replace('\n', "<br>"))
        })?;
    Some(Comment {
        id: id("id")?,
        parent: id("parent"),
        author: text(&["author_name", "name"])
            .or_else(|| {
                item.pointer("/author/name")
                    .and_then(Value::as_str)
                    .map(str::to_owned)
            })
            .or_else(|| text(&["author"]))
            .map(|name| crate::source::text::unescaped(&name))
            .unwrap_or_default(),
        author_url: text(&["author_url"]),
        published: text(&["date_gmt", "published", "date"])
            .and_then(|date| crate::model::Instant::parse(&date)),
        html,
    })
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

/// At most two letters that stand for a person, instead of a picture from a third party. The style
/// sheet makes them capitals, as the language has it.
pub fn initials(name: &str) -> String {
    let letter = |c: &char| c.is_ascii_alphanumeric() || !c.is_ascii();
    let mut letters = name
        .split_whitespace()
        .filter_map(|word| word.chars().find(letter));
    let mut initials = String::new();
    initials.extend(letters.next());
    initials.extend(letters.next_back());
    initials
}

/// How far a reply is indented at most, whatever its depth in the data.
pub const DEEPEST_INDENT: usize = 3;

/// A comment in reading order.
#[derive(Clone, Debug, PartialEq)]
pub struct Threaded {
    pub comment: Comment,
    /// How many comments it answers, one above the other.
    pub depth: usize,
    /// Whom it answers.
    pub to: Option<String>,
}

/// Comments in reading order: each answer below what it answers, the older answer first; threads
/// by date as asked. What answers a comment that is not here stands by itself; circles are cut.
pub fn thread(comments: Vec<Comment>, newest_first: bool) -> Vec<Threaded> {
    let mut comments = comments;
    // Stable: comments without a date keep the source's order.
    comments.sort_by_key(|comment| comment.published.map_or(i64::MAX, |at| at.epoch));
    let above: Vec<Option<usize>> = comments
        .iter()
        .map(|comment| {
            let parent = comment.parent.as_deref()?;
            comments
                .iter()
                .position(|other| other.id == parent && other.id != comment.id)
        })
        .collect();
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); comments.len()];
    let mut roots = Vec::new();
    for (index, parent) in above.iter().enumerate() {
        match parent {
            Some(parent) if !in_circle(&above, index) => children[*parent].push(index),
            _ => roots.push(index),
        }
    }
    if newest_first {
        roots.reverse();
    }
    // A stack instead of recursion: a hostile thread may be as deep as it is long.
    let mut stack: Vec<(usize, usize)> = roots.into_iter().rev().map(|root| (root, 0)).collect();
    let mut out = Vec::with_capacity(comments.len());
    while let Some((index, depth)) = stack.pop() {
        let to = (depth > 0)
            .then(|| above[index].map(|parent| comments[parent].author.clone()))
            .flatten();
        out.push(Threaded {
            comment: comments[index].clone(),
            depth,
            to,
        });
        stack.extend(
            children[index]
                .iter()
                .rev()
                .map(|child| (*child, depth + 1)),
        );
    }
    out
}

/// Whether following parents from here comes back here.
fn in_circle(above: &[Option<usize>], start: usize) -> bool {
    let mut at = above[start];
    for _ in 0..above.len() {
        match at {
            Some(index) if index == start => return true,
            Some(index) => at = above[index],
            None => return false,
        }
    }
    false
}
