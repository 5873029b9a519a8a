//! HTTP/1.1 on a socket: requests in, responses out, the connection kept open between them.
//!
//! Only what a static host needs: GET and HEAD, no request bodies. Each response leaves in one
//! write with Nagle's algorithm off; headers and body in two small writes would meet the delayed
//! acknowledgement of the other side and cost 40 ms each, which no real host does.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Arc;
use std::time::Duration;

use super::live::Listener;

/// A request, as far as it matters here.
#[derive(Clone, Debug, Default)]
pub struct Request {
    pub method: String,
    /// Path and query as sent.
    pub target: String,
    pub headers: Vec<(String, String)>,
}

impl Request {
    /// A header's value; the name in any case.
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self
            .headers
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }
}

/// What is sent back.
pub enum Body {
    Empty,
    Bytes(Arc<[u8]>),
    /// Server-sent events: the connection belongs to them from here on.
    Events(Listener),
}

pub struct Response {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Body,
}

impl Response {
    pub fn new(status: u16) -> Response {
        Response {
            status,
            headers: Vec::new(),
            body: Body::Empty,
        }
    }

    /// A few words in plain text, for answers no page exists for.
    pub fn text(status: u16, text: &str) -> Response {
        Response::new(status)
            .with("Content-Type", "text/plain; charset=utf-8")
            .body(text.as_bytes().into())
    }

    pub fn with(mut self, name: &str, value: impl Into<String>) -> Response {
        self.headers.push((name.to_owned(), value.into()));
        self
    }

    pub fn body(mut self, bytes: Arc<[u8]>) -> Response {
        self.body = Body::Bytes(bytes);
        self
    }
}

/// The longest head of a request that is read.
const LONGEST_HEAD: usize = 64 * 1024;

/// Answers requests until the other side closes, errs or says nothing for half a minute.
pub fn converse(
    mut stream: &TcpStream,
    answer: impl Fn(&Request) -> Response,
) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(Duration::from_secs(30)))?;
    let mut unread = Vec::new();
    loop {
        let request = match read_request(stream, &mut unread)? {
            Read1::Request(request) => request,
            Read1::Closed => return Ok(()),
            Read1::Nonsense => {
                let refusal =
                    Response::text(400, "This is not a request this server understands.\n");
                stream.write_all(&head(&refusal, false))?;
                return Ok(());
            }
        };
        let with_body = request
            .header("content-length")
            .is_some_and(|length| length.trim() != "0")
            || request.header("transfer-encoding").is_some();
        let wants_close = request
            .header("connection")
            .is_some_and(|value| value.to_ascii_lowercase().contains("close"));
        // A body would have to be read to find the next request; nothing here takes one.
        let keep = !with_body && !wants_close;
        let response = if with_body {
            Response::text(413, "A static host takes no request bodies.\n")
        } else {
            answer(&request)
        };
        let mut bytes = head(&response, keep);
        match response.body {
            Body::Bytes(body) if request.method != "HEAD" => bytes.extend_from_slice(&body),
            Body::Events(listener) if request.method != "HEAD" => {
                stream.write_all(&bytes)?;
                return listener.tell(|message| stream.write_all(message));
            }
            _ => {}
        }
        stream.write_all(&bytes)?;
        if !keep {
            return Ok(());
        }
    }
}

enum Read1 {
    Request(Request),
    Closed,
    Nonsense,
}

/// Reads one request's head; what follows it stays in `unread` for the next.
fn read_request(mut stream: &TcpStream, unread: &mut Vec<u8>) -> std::io::Result<Read1> {
    let mut chunk = [0; 8 * 1024];
    loop {
        if let Some(parsed) = parse(unread) {
            let Ok((request, length)) = parsed else {
                return Ok(Read1::Nonsense);
            };
            unread.drain(..length);
            return Ok(Read1::Request(request));
        }
        if unread.len() > LONGEST_HEAD {
            return Ok(Read1::Nonsense);
        }
        match stream.read(&mut chunk)? {
            0 => return Ok(Read1::Closed),
            read => unread.extend_from_slice(&chunk[..read]),
        }
    }
}

/// A complete head and its length; `None` while some of it has not arrived.
fn parse(bytes: &[u8]) -> Option<Result<(Request, usize), httparse::Error>> {
    let mut headers = [httparse::EMPTY_HEADER; 100];
    let mut parsed = httparse::Request::new(&mut headers);
    let length = match parsed.parse(bytes) {
        Ok(httparse::Status::Complete(length)) => length,
        Ok(httparse::Status::Partial) => return None,
        Err(error) => return Some(Err(error)),
    };
    let text = |header: &httparse::Header| {
        (
            header.name.to_owned(),
            String::from_utf8_lossy(header.value).into_owned(),
        )
    };
    let request = Request {
        method: parsed.method.unwrap_or_default().to_owned(),
        target: parsed.path.unwrap_or_default().to_owned(),
        headers: parsed.headers.iter().map(text).collect(),
    };
    Some(Ok((request, length)))
}

fn head(response: &Response, keep: bool) -> Vec<u8> {
    let mut text = format!(
        "HTTP/1.1 {} {}\r\n",
        response.status,
        reason(response.status)
    );
    for (name, value) in &response.headers {
        // A line break in a value, from a hand-written `_headers`, would end the head early.
        let value: String = value.chars().filter(|c| !c.is_control()).collect();
        text.push_str(&format!("{name}: {value}\r\n"));
    }
    match &response.body {
        Body::Bytes(bytes) => text.push_str(&format!("Content-Length: {}\r\n", bytes.len())),
        // An answer without content has no length either (RFC 9110, 8.6).
        Body::Empty if response.status != 304 && response.status != 204 => {
            text.push_str("Content-Length: 0\r\n");
        }
        Body::Empty | Body::Events(_) => {}
    }
    text.push_str(if keep {
        "Connection: keep-alive\r\n\r\n"
    } else {
        "Connection: close\r\n\r\n"
    });
    text.into_bytes()
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        301 => "Moved Permanently",
        302 => "Found",
        303 => "See Other",
        304 => "Not Modified",
        307 => "Temporary Redirect",
        308 => "Permanent Redirect",
        400 => "Bad Request",
        404 => "Not Found",
        405 => "Method Not Allowed",
        410 => "Gone",
        413 => "Content Too Large",
        500 => "Internal Server Error",
        _ => "Status",
    }
}

#[cfg(test)]
#[path = "http_tests.rs"]
mod tests;
