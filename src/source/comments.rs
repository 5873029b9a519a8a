//! Comments over the wire: how one is sent, what the answer means, and how a thread is ordered.
//!
//! Two receivers are known: WordPress' REST API (form-encoded, which needs no preflight) and a
//! publisher's own endpoint (JSON, `docs/comments.md` is its contract). Both answers become one
//! [`Outcome`], so that nobody above has to know whom we spoke to. Pure: no I/O.

mod thread;

use super::{FetchError, Method, Request, Response};
use crate::json::{Json, Writer};

pub use thread::{
    DEEPEST_INDENT, Threaded, initials, read_thread, thread, thread_pages, thread_request,
};

/// WordPress' route for comments, behind `/wp-json` or in `?rest_route=`.
const ROUTE: &str = "/wp/v2/comments";

/// The address that takes comments, from the address of a thread in WordPress: the same without
/// naming the story.
pub fn posting_address(thread: &str) -> Option<String> {
    let end = thread.find(ROUTE)? + ROUTE.len();
    Some(thread[..end].to_owned())
}

/// Where comments are posted to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Receiver {
    /// The full address of `…/wp/v2/comments`.
    WordPress(String),
    /// A publisher's own endpoint, and the name of its honeypot field if it has one.
    Endpoint {
        url: String,
        honeypot: Option<String>,
    },
}

impl Receiver {
    /// The receiver behind an address: WordPress is known by its route.
    pub fn at(url: &str, honeypot: Option<&str>) -> Self {
        if url.contains(ROUTE) {
            Self::WordPress(url.to_owned())
        } else {
            Self::Endpoint {
                url: url.to_owned(),
                honeypot: honeypot.map(str::to_owned),
            }
        }
    }
}

/// A comment to be sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Posting<'a> {
    /// The same for every attempt, so that a receiver can tell a repetition from a second comment.
    pub id: &'a str,
    pub article: &'a str,
    pub url: &'a str,
    pub parent: Option<&'a str>,
    pub text: &'a str,
    pub name: &'a str,
    pub email: &'a str,
    pub website: &'a str,
    /// What stands in the field that people do not see.
    pub trap: &'a str,
}

/// What became of an attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Taken; `held` when it waits for a moderator.
    Taken { held: bool },
    /// It is there already.
    Duplicate,
    /// Refused, and refused again if nothing changes.
    Refused(Refusal),
    /// Not now. Seconds, where the receiver said how long.
    Later { after: Option<u32> },
    /// Nobody knows whether it arrived.
    Unknown,
    /// There is no network; it certainly did not arrive.
    Offline,
}

/// Why a comment was refused; each is one sentence for the reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    LoginRequired,
    AuthorMissing,
    EmailInvalid,
    Content,
    TooLong,
    Closed,
    NoSuchStory,
    Flood,
    Duplicate,
    Busy,
    Other(u16),
}

/// The request that sends a comment. No credentials go with it.
pub fn request(receiver: &Receiver, posting: &Posting<'_>) -> Request {
    match receiver {
        Receiver::WordPress(url) => {
            let mut body = String::new();
            let fields = [
                ("post", posting.article),
                ("content", posting.text),
                ("author_name", posting.name),
                ("author_email", posting.email),
                ("author_url", posting.website),
                ("parent", posting.parent.unwrap_or_default()),
            ];
            for (name, value) in fields {
                if value.is_empty() {
                    continue;
                }
                if !body.is_empty() {
                    body.push('&');
                }
                body.push_str(name);
                body.push('=');
                encode_into(&mut body, value);
            }
            post(url, "application/x-www-form-urlencoded", body)
        }
        Receiver::Endpoint { url, honeypot } => {
            let author = Writer::default()
                .text("name", posting.name)
                .text("email", posting.email)
                .text("website", posting.website)
                .end();
            let mut body = Writer::default()
                .text("id", posting.id)
                .text("article", posting.article)
                .text("url", posting.url)
                .option("parent", posting.parent)
                .text("content", posting.text)
                .raw("author", &author);
            if let Some(name) = honeypot {
                body = body.text(name, posting.trap);
            }
            post(url, "application/json", body.end())
        }
    }
}

fn post(url: &str, kind: &str, body: String) -> Request {
    Request {
        method: Method::Post,
        url: url.to_owned(),
        headers: vec![("content-type".into(), kind.into())],
        body: Some(body),
    }
}

/// What an answer, or its absence, means. `online` is what the browser believes of its network.
pub fn outcome(answer: Result<Response, FetchError>, online: bool) -> Outcome {
    let response = match answer {
        Ok(response) => response,
        Err(FetchError::Unreachable { .. }) if !online => return Outcome::Offline,
        Err(_) => return Outcome::Unknown,
    };
    let said = Json::parse(&String::from_utf8_lossy(&response.body));
    let is_object = response.body.trim_ascii_start().starts_with(b"{") && said.is_some();
    let said = |key| said.as_ref().and_then(|said| said.get(key)?.as_str());
    let after = response
        .header("retry-after")
        .and_then(|value| value.trim().parse().ok());
    match response.status {
        // A page of somebody between (a captcha, a login, a list after a redirect) took nothing.
        200..=299 if !response.body.trim_ascii().is_empty() && !is_object => Outcome::Unknown,
        200..=299 => {
            let held =
                response.status == 202 || said("status").is_some_and(|status| status != "approved");
            Outcome::Taken { held }
        }
        409 => Outcome::Duplicate,
        425 | 429 | 503 => Outcome::Later { after },
        408 | 500..=599 => Outcome::Unknown,
        status => Outcome::Refused(refusal(said("code").unwrap_or_default(), status)),
    }
}

impl Refusal {
    /// A refusal in one word, for a record: the code that an endpoint says it by.
    pub fn code(self) -> String {
        let code = match self {
            Self::LoginRequired => "login_required",
            Self::AuthorMissing => "author_required",
            Self::EmailInvalid => "email_invalid",
            Self::Content => "content_invalid",
            Self::TooLong => "too_long",
            Self::Closed => "closed",
            Self::NoSuchStory => "no_such_article",
            Self::Flood => "flood",
            Self::Duplicate => "duplicate",
            Self::Busy => "busy",
            Self::Other(status) => return status.to_string(),
        };
        code.to_owned()
    }

    /// The refusal that [`Self::code`] wrote.
    pub fn by_code(code: &str) -> Self {
        match code {
            "duplicate" => Self::Duplicate,
            "busy" => Self::Busy,
            _ => refusal(code, code.parse().unwrap_or_default()),
        }
    }
}

fn refusal(code: &str, status: u16) -> Refusal {
    match code {
        "rest_comment_login_required" | "login_required" => Refusal::LoginRequired,
        "rest_comment_author_data_required" | "author_required" => Refusal::AuthorMissing,
        "rest_comment_author_email_invalid" | "email_invalid" => Refusal::EmailInvalid,
        "rest_comment_content_invalid" | "content_invalid" => Refusal::Content,
        "rest_comment_closed" | "rest_comment_draft_post" | "closed" => Refusal::Closed,
        "rest_comment_invalid_post_id" | "rest_post_invalid_id" | "no_such_article" => {
            Refusal::NoSuchStory
        }
        "comment_flood" | "flood" => Refusal::Flood,
        _ if code.ends_with("_column_length") || code == "too_long" || status == 413 => {
            Refusal::TooLong
        }
        _ => match status {
            401 => Refusal::LoginRequired,
            404 | 410 => Refusal::NoSuchStory,
            _ => Refusal::Other(status),
        },
    }
}

fn encode_into(out: &mut String, text: &str) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => out.push(byte as char),
            b' ' => out.push('+'),
            _ => {
                out.push('%');
                out.push(HEX[usize::from(byte >> 4)] as char);
                out.push(HEX[usize::from(byte & 15)] as char);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Instant;
    use crate::source::Comment;

    fn answer(status: u16, body: &str) -> Result<Response, FetchError> {
        Ok(Response {
            status,
            body: body.into(),
            ..Response::default()
        })
    }

    fn coded(status: u16, code: &str) -> Outcome {
        outcome(
            answer(
                status,
                &format!(r#"{{"code":"{code}","message":"…","data":{{}}}}"#),
            ),
            true,
        )
    }

    #[test]
    fn wordpress_gets_a_form_and_only_what_is_filled_in() {
        let receiver = Receiver::at("https://w.example/wp-json/wp/v2/comments", None);
        let posting = Posting {
            article: "12",
            text: "Grüße & more\n+1",
            name: "Ada L",
            email: "a@b.example",
            parent: Some("7"),
            ..Posting::default()
        };
        let request = request(&receiver, &posting);
        assert_eq!(
            request.body.as_deref(),
            Some(
                "post=12&content=Gr%C3%BC%C3%9Fe+%26+more%0A%2B1&author_name=Ada+L&\
                 author_email=a%40b.example&parent=7"
            )
        );
        assert!(!request.url.contains('@'), "no personal data in an address");
    }

    #[test]
    fn wordpress_takes_comments_where_its_threads_are_read() {
        for (thread, posting) in [
            (
                "https://w.example/wp-json/wp/v2/comments?post=3",
                "https://w.example/wp-json/wp/v2/comments",
            ),
            (
                "https://w.example/?rest_route=/wp/v2/comments&post=3",
                "https://w.example/?rest_route=/wp/v2/comments",
            ),
        ] {
            assert_eq!(posting_address(thread).as_deref(), Some(posting));
        }
        assert_eq!(posting_address("https://f.example/thread.json"), None);
    }

    #[test]
    fn an_endpoint_gets_json_with_the_honeypot_only_where_it_names_one() {
        let plain = Receiver::at("https://c.example/post", None);
        let trapped = Receiver::at("https://c.example/post", Some("nickname"));
        let posting = Posting {
            id: "x1",
            article: "a",
            text: "\"",
            ..Posting::default()
        };
        let body = |receiver| {
            let body = request(receiver, &posting).body.unwrap_or_default();
            serde_json::from_str::<serde_json::Value>(&body).expect("JSON")
        };
        assert_eq!(body(&plain)["content"], "\"");
        assert!(body(&plain).get("nickname").is_none());
        assert_eq!(body(&trapped)["nickname"], "");
    }

    #[test]
    fn a_refusal_is_read_back_from_its_code() {
        use Refusal::*;
        for refusal in [
            LoginRequired,
            AuthorMissing,
            EmailInvalid,
            Content,
            TooLong,
            Closed,
            NoSuchStory,
            Flood,
            Duplicate,
            Busy,
            Other(418),
        ] {
            assert_eq!(Refusal::by_code(&refusal.code()), refusal);
        }
    }

    #[test]
    fn every_code_of_wordpress_means_one_thing() {
        use Refusal::*;
        for (status, code, meaning) in [
            (401, "rest_comment_login_required", LoginRequired),
            (400, "rest_comment_author_data_required", AuthorMissing),
            (400, "rest_comment_content_invalid", Content),
            (400, "comment_flood", Flood),
            (400, "comment_author_column_length", TooLong),
            (400, "comment_content_column_length", TooLong),
            (400, "rest_invalid_param", Other(400)),
            (403, "rest_comment_closed", Closed),
            (403, "rest_comment_invalid_post_id", NoSuchStory),
            (413, "", TooLong),
            (404, "rest_no_route", NoSuchStory),
        ] {
            assert_eq!(
                coded(status, code),
                Outcome::Refused(meaning),
                "{status} {code}"
            );
        }
        assert_eq!(coded(409, "comment_duplicate"), Outcome::Duplicate);
        assert_eq!(coded(500, ""), Outcome::Unknown);
        assert_eq!(coded(503, ""), Outcome::Later { after: None });
    }

    #[test]
    fn approved_and_held_are_told_apart() {
        let taken = |status, body| outcome(answer(status, body), true);
        assert_eq!(
            taken(201, r#"{"id":5,"status":"approved"}"#),
            Outcome::Taken { held: false }
        );
        assert_eq!(
            taken(201, r#"{"id":5,"status":"hold"}"#),
            Outcome::Taken { held: true }
        );
        assert_eq!(taken(202, ""), Outcome::Taken { held: true });
        assert_eq!(taken(201, ""), Outcome::Taken { held: false });
        // A captcha, a login, a list that a redirect led to.
        for body in ["<html>", "[]", "\"ok\"", "{"] {
            assert_eq!(taken(201, body), Outcome::Unknown, "{body}");
        }
    }

    #[test]
    fn a_pause_that_was_asked_for_is_kept() {
        let mut response = answer(429, "").expect("an answer");
        response.headers.push(("retry-after".into(), "17".into()));
        assert_eq!(
            outcome(Ok(response), true),
            Outcome::Later { after: Some(17) }
        );
    }

    #[test]
    fn without_an_answer_only_a_browser_offline_is_sure() {
        let lost = || {
            Err(FetchError::Unreachable {
                url: String::new(),
                detail: String::new(),
            })
        };
        assert_eq!(outcome(lost(), false), Outcome::Offline);
        assert_eq!(outcome(lost(), true), Outcome::Unknown);
        let slow = Err(FetchError::Timeout {
            url: String::new(),
            seconds: 10,
        });
        assert_eq!(outcome(slow, true), Outcome::Unknown);
    }

    fn comment(id: &str, parent: Option<&str>, at: i64) -> Comment {
        Comment {
            id: id.into(),
            parent: parent.map(str::to_owned),
            author: format!("by {id}"),
            published: Some(Instant::from_epoch(at)),
            ..Comment::default()
        }
    }

    fn order(comments: Vec<Comment>, newest_first: bool) -> Vec<(String, usize)> {
        let threaded = thread(comments, newest_first);
        threaded
            .into_iter()
            .map(|threaded| (threaded.comment.id, threaded.depth))
            .collect()
    }

    #[test]
    fn answers_stand_below_what_they_answer() {
        let comments = vec![
            comment("3", Some("1"), 3),
            comment("1", None, 1),
            comment("2", None, 2),
            comment("4", Some("1"), 4),
            comment("5", Some("3"), 5),
        ];
        let named = |list: &[(&str, usize)]| -> Vec<(String, usize)> {
            list.iter()
                .map(|(id, depth)| ((*id).to_owned(), *depth))
                .collect()
        };
        assert_eq!(
            order(comments.clone(), false),
            named(&[("1", 0), ("3", 1), ("5", 2), ("4", 1), ("2", 0)])
        );
        assert_eq!(
            order(comments, true),
            named(&[("2", 0), ("1", 0), ("3", 1), ("5", 2), ("4", 1)])
        );
    }

    #[test]
    fn orphans_and_circles_lose_nobody() {
        let comments = vec![
            comment("1", Some("gone"), 1),
            comment("2", Some("3"), 2),
            comment("3", Some("2"), 3),
            comment("4", Some("4"), 4),
            comment("5", Some("2"), 5),
        ];
        assert_eq!(order(comments, false).len(), 5);
        let deep: Vec<Comment> = (0..5000)
            .map(|n: i64| comment(&n.to_string(), Some(&(n - 1).to_string()), n))
            .collect();
        assert_eq!(order(deep, false).len(), 5000);
    }

    #[test]
    fn threads_of_wordpress_and_of_a_linked_file_are_read_item_by_item() {
        let wordpress = r#"[{"id":7,"parent":0,"author_name":"Ada","date_gmt":"2026-11-23T08:12:00",
            "content":{"rendered":"<p>Hm.</p>"}},{"id":"?"},{"id":8,"parent":7,"author_name":"",
            "content":{"rendered":"<p>Yes</p>"}}]"#;
        let read = read_thread(&answer(200, wordpress).expect("an answer")).expect("a thread");
        assert_eq!(read.len(), 2);
        assert_eq!(
            (read[0].parent.as_deref(), read[1].parent.as_deref()),
            (None, Some("7"))
        );
        assert!(read[0].published.is_some());
        let linked = r#"{"comments":[{"id":"a","author":{"name":"Bo"},"text":"1 < 2\n3"}]}"#;
        let read = read_thread(&answer(200, linked).expect("an answer")).expect("a thread");
        assert_eq!(
            (read[0].author.as_str(), read[0].html.as_str()),
            ("Bo", "1 &lt; 2<br>3")
        );
        assert!(read_thread(&answer(200, "<html>").expect("an answer")).is_err());
        assert!(read_thread(&answer(200, "{}").expect("an answer")).is_err());
        assert!(read_thread(&answer(404, "[]").expect("an answer")).is_err());
    }

    #[test]
    fn initials_are_two_letters_of_any_script() {
        assert_eq!(initials("ada king lovelace"), "al");
        assert_eq!(initials("  渡辺 "), "渡");
        assert_eq!(initials("\"Bo\""), "B");
        assert_eq!(initials("- (?)"), "");
    }
}
