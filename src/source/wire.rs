//! Requests, responses and what can go wrong between them: the vocabulary that sources, `platform`
//! and `store` share.

use std::fmt;

/// A request as plain data; `platform::fetch` sends it.
///
/// An address without a scheme (`feed.json`, `pictures/quay.jpg`) is a file in the site's folder,
/// which `platform` knows: the page's base in a browser, the folder of `site.json` natively.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request {
    pub method: Method,
    pub url: String,
    pub headers: Vec<(String, String)>,
    /// A form-encoded or JSON body, for `Method::Post`.
    pub body: Option<String>,
}

impl Request {
    pub fn get(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            ..Self::default()
        }
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Method {
    #[default]
    Get,
    Post,
}

/// An answer of any status; transport failures are [`FetchError`]s instead.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Response {
    pub status: u16,
    /// Final address after redirects.
    pub url: String,
    /// Names in lower case. In a browser only what CORS exposes.
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
    /// Reading stopped at the stated limit; `body` is the part before it.
    pub truncated: bool,
}

impl Response {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    pub fn ok(&self) -> bool {
        (200..300).contains(&self.status)
    }
}

/// Why no answer came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FetchError {
    /// No network, DNS, TLS, connection refused, or (browsers do not tell which) CORS.
    Unreachable { url: String, detail: String },
    /// No complete answer within the limit.
    Timeout { url: String, seconds: u32 },
    /// The caller went elsewhere. Never shown.
    Aborted,
}

impl fmt::Display for FetchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreachable { url, detail } => write!(f, "{url} cannot be reached: {detail}"),
            Self::Timeout { url, seconds } => {
                write!(f, "{url} did not answer within {seconds} seconds")
            }
            Self::Aborted => f.write_str("the request was given up"),
        }
    }
}

impl std::error::Error for FetchError {}

/// Why a source could not answer. `Display` is for the publisher; readers get a catalogue string
/// chosen by variant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SourceError {
    Fetch(FetchError),
    /// The story, section or page does not exist at the source.
    NotFound,
    /// The story existed and is gone (410, or withheld).
    Withdrawn,
    /// Any other status, with the source's own words where it gave some.
    Status {
        url: String,
        status: u16,
        message: String,
        retry_after: Option<u32>,
    },
    /// HTML where data was expected.
    WebPage {
        url: String,
    },
    /// The data is broken: position and the parser's message.
    Broken {
        url: String,
        line: usize,
        column: usize,
        message: String,
    },
    /// The data is sound but not of this format.
    Unexpected {
        url: String,
        expected: &'static str,
        found: String,
    },
    /// A key or password is needed or was refused.
    Forbidden {
        url: String,
        message: String,
    },
    /// The source cannot answer this kind of question.
    Unsupported {
        what: &'static str,
    },
    /// The answer was cut at our own limit.
    TooLong {
        url: String,
        limit: usize,
    },
}

impl fmt::Display for SourceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fetch(error) => error.fmt(f),
            Self::NotFound => f.write_str("the source has no such story"),
            Self::Withdrawn => f.write_str("the source has withdrawn this story"),
            Self::Status {
                url,
                status,
                message,
                ..
            } => {
                write!(f, "{url} answered {status}")?;
                if !message.is_empty() {
                    write!(f, " ({message})")?;
                }
                Ok(())
            }
            Self::WebPage { url } => write!(
                f,
                "{url} answers with a web page, not articles; point \"source\" at a feed or an API"
            ),
            Self::Broken {
                url,
                line,
                column,
                message,
            } => {
                write!(
                    f,
                    "{url} is broken at line {line}, column {column}: {message}"
                )
            }
            Self::Unexpected {
                url,
                expected,
                found,
            } => {
                write!(f, "{url} should be {expected}, but is {found}")
            }
            Self::Forbidden { url, message } => {
                write!(
                    f,
                    "{url} refused us: {message}; check the key in \"source\""
                )
            }
            Self::Unsupported { what } => write!(f, "this source cannot answer {what}"),
            Self::TooLong { url, limit } => {
                write!(
                    f,
                    "{url} is longer than the {limit} bytes that are read of it"
                )
            }
        }
    }
}

impl std::error::Error for SourceError {}

impl From<FetchError> for SourceError {
    fn from(error: FetchError) -> Self {
        Self::Fetch(error)
    }
}

/// An address as messages may show it: no credentials, and no value of a query parameter that is
/// not known to be harmless. A key may be called anything, so this names what is safe instead.
pub fn shown(url: &str) -> String {
    const SAFE: [&str; 24] = [
        "page",
        "per_page",
        "limit",
        "offset",
        "slug",
        "order",
        "orderby",
        "order-by",
        "page-size",
        "include",
        "formats",
        "_embed",
        "_fields",
        "rest_route",
        "categories",
        "tags",
        "author",
        "exclude",
        "post",
        "section",
        "tag",
        "show-fields",
        "show-tags",
        "_envelope",
    ];
    let (front, query) = match url.split_once('?') {
        Some((front, query)) => (front, Some(query)),
        None => (url, None),
    };
    let mut out = match front.split_once("://") {
        Some((scheme, rest)) => {
            let host = rest.find('/').unwrap_or(rest.len());
            let start = rest[..host].rfind('@').map_or(0, |at| at + 1);
            let mut out = String::with_capacity(url.len());
            out.push_str(scheme);
            out.push_str("://");
            out.push_str(&rest[start..]);
            out
        }
        None => front.to_owned(),
    };
    for (n, pair) in query
        .into_iter()
        .flat_map(|query| query.split('&'))
        .enumerate()
    {
        out.push(if n == 0 { '?' } else { '&' });
        match pair.split_once('=') {
            // A long list of fields hides what matters: which address it was.
            Some((name, value)) if !SAFE.contains(&name) || value.len() > 40 => {
                out.push_str(name);
                out.push_str("=…");
            }
            _ => out.push_str(pair),
        }
    }
    out
}
