//! Native fetching: HTTP(S) with limits and retries, and files of the site's folder.
//!
//! An address without a scheme is a file of the site ([`super::keep`]). No address is ever shown with
//! a key in it (`source::shown`).

use std::path::PathBuf;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use super::keep::{Keep, Kept, file, kept};
use crate::source::place::origin;
use crate::source::{Batch, Cursor, Query, Source, SourceError, Step};
use crate::source::{FetchError, Method, Request, Response, shown};

/// How long, how much and from where.
#[derive(Clone, Debug)]
pub struct Limits {
    /// For one attempt, from connecting to the last byte.
    pub timeout: Duration,
    /// Bytes of a body after decompression; what is beyond is cut and said to be cut.
    pub bytes: usize,
    /// Attempts after the first, for 429 and 503 only.
    pub retries: u32,
    /// The longest that a `Retry-After` may make us wait.
    pub patience: Duration,
    /// Where the site's files lie; without it there are none.
    pub root: Option<PathBuf>,
}

impl Limits {
    /// What a build may take: nobody is waiting for a page, and a source that asks for a few
    /// minutes of patience gets them rather than a build that fails.
    #[must_use]
    pub fn for_build() -> Self {
        Self {
            timeout: Duration::from_secs(60),
            patience: Duration::from_secs(300),
            ..Self::default()
        }
    }
}

/// What happens between us and a server, for those who show progress.
pub enum Seen<'a> {
    Answer(&'a Request, &'a Response),
    /// The server is busy (`status`) and will be asked again after `wait`.
    Busy {
        request: &'a Request,
        status: u16,
        wait: Duration,
    },
}

/// Takes what is seen.
pub type Watch<'a> = &'a mut dyn FnMut(Seen<'_>);

impl Default for Limits {
    fn default() -> Self {
        Self {
            timeout: Duration::from_secs(10),
            bytes: 1 << 30,
            retries: 3,
            patience: Duration::from_secs(30),
            root: None,
        }
    }
}

const REDIRECTS: u32 = 5;

static AGENT: LazyLock<ureq::Agent> = LazyLock::new(|| {
    ureq::Agent::config_builder()
        .http_status_as_error(false)
        // Redirects are followed here: a secret header goes to the origin it was given for only.
        .max_redirects(0)
        .max_redirects_will_error(false)
        .user_agent(concat!("dateline/", env!("CARGO_PKG_VERSION")))
        .build()
        .into()
});

/// Sends a request, or reads a file. Blocks the thread; the future is ready at once.
///
/// # Errors
/// When no complete answer came. A status of any kind is an answer.
pub async fn fetch(request: Request, limits: &Limits) -> Result<Response, FetchError> {
    fetch_now(&request, limits)
}

/// The same without a future around it.
///
/// # Errors
/// As [`fetch`].
pub fn fetch_now(request: &Request, limits: &Limits) -> Result<Response, FetchError> {
    fetch_watched(request, limits, &mut |_| {}, Keep::Memory).map(|(response, _)| response)
}

pub(super) fn fetch_watched(
    request: &Request,
    limits: &Limits,
    watch: Watch<'_>,
    keep: Keep,
) -> Result<Kept, FetchError> {
    let lower = request
        .url
        .get(..8)
        .unwrap_or(&request.url)
        .to_ascii_lowercase();
    if !lower.starts_with("http://") && !lower.starts_with("https://") {
        return file(&request.url, limits, keep);
    }
    let mut attempt = 0;
    loop {
        let (response, large) = redirected(request, limits, keep)?;
        if !matches!(response.status, 429 | 503) || attempt >= limits.retries {
            return Ok((response, large));
        }
        let Some(wait) = pause(&response, attempt, limits) else {
            return Ok((response, large));
        };
        watch(Seen::Busy {
            request,
            status: response.status,
            wait,
        });
        std::thread::sleep(wait);
        attempt += 1;
    }
}

/// Carries one reading of a source to its end, telling `watch` of every answer and every wait.
///
/// # Errors
/// When a request gets no answer, or the source cannot use one.
pub fn read_watched(
    source: &Source,
    query: Query,
    cursor: Option<Cursor>,
    limits: &Limits,
    watch: Watch<'_>,
) -> Result<Batch, SourceError> {
    let mut conversation = source.converse(query, cursor);
    let mut step = conversation.start()?;
    loop {
        match step {
            Step::Done(batch) => return Ok(batch),
            Step::Ask(request) => {
                let (response, _) = fetch_watched(&request, limits, watch, Keep::Memory)?;
                watch(Seen::Answer(&request, &response));
                step = conversation.answer(response)?;
            }
        }
    }
}

/// Carries one reading of a source to its end.
///
/// # Errors
/// As [`read_watched`].
pub fn read(
    source: &Source,
    query: Query,
    cursor: Option<Cursor>,
    limits: &Limits,
) -> Result<Batch, SourceError> {
    read_watched(source, query, cursor, limits, &mut |_| {})
}

/// How long to wait before asking again; `None` when the server asks for more than our patience.
fn pause(response: &Response, attempt: u32, limits: &Limits) -> Option<Duration> {
    let asked = response.header("retry-after").and_then(|text| {
        let text = text.trim();
        let seconds = text.parse::<u64>().ok().or_else(|| {
            let until = crate::model::Instant::parse(text)?.epoch;
            Some(u64::try_from(until - (super::HOST.now)()).unwrap_or(0))
        });
        seconds.map(Duration::from_secs)
    });
    let wait = match asked {
        Some(wait) => wait,
        // Doubling, with up to half of it more by chance, so that many readers do not come at once.
        None => {
            let base = Duration::from_millis(250 << attempt.min(6));
            base + base.mul_f64(chance() / 2.0)
        }
    };
    (wait <= limits.patience).then_some(wait)
}

/// A number below one; the clock's nanoseconds are chance enough for spreading retries.
fn chance() -> f64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    f64::from(since.map_or(0, |since| since.subsec_nanos()) % 1000) / 1000.0
}

/// Follows a few redirects, to http(s) only. Errors name the address that was configured and the
/// host that it led to, never more: a redirect may repeat our key in any part of its address.
fn redirected(asked: &Request, limits: &Limits, keep: Keep) -> Result<Kept, FetchError> {
    let mut request = asked.clone();
    for hop in 0..=REDIRECTS {
        let (response, large) = http(&request, limits, keep).map_err(|error| match error {
            FetchError::Unreachable { detail, .. } if hop > 0 => FetchError::Unreachable {
                url: shown(&asked.url),
                detail: format!(
                    "it leads to {}, and there: {detail}",
                    shown(origin(&request.url))
                ),
            },
            FetchError::Timeout { seconds, .. } => FetchError::Timeout {
                url: shown(&asked.url),
                seconds,
            },
            other => other,
        })?;
        let to = response
            .header("location")
            .filter(|_| matches!(response.status, 301 | 302 | 303 | 307 | 308))
            .and_then(|to| (super::HOST.resolve)(&request.url, to));
        let Some(to) = to else {
            return Ok((response, large));
        };
        if !to.starts_with("https://") && !to.starts_with("http://") {
            return Ok((response, large));
        }
        if origin(&to) != origin(&request.url) {
            request.headers.clear();
        }
        if response.status < 307 {
            (request.method, request.body) = (Method::Get, None);
        }
        request.url = to;
    }
    Err(FetchError::Unreachable {
        url: shown(&asked.url),
        detail: format!("more than {REDIRECTS} redirects"),
    })
}

fn http(request: &Request, limits: &Limits, keep: Keep) -> Result<Kept, FetchError> {
    let begun = Instant::now();
    let answer = match (request.method, &request.body) {
        (Method::Post, body) => {
            let mut builder = AGENT.post(&request.url);
            for (name, value) in &request.headers {
                builder = builder.header(name, value);
            }
            let builder = builder
                .config()
                .timeout_global(Some(limits.timeout))
                .build();
            builder.send(body.as_deref().unwrap_or_default())
        }
        (Method::Get, _) => {
            let mut builder = AGENT.get(&request.url);
            for (name, value) in &request.headers {
                builder = builder.header(name, value);
            }
            builder
                .config()
                .timeout_global(Some(limits.timeout))
                .build()
                .call()
        }
    };
    let mut answer = answer.map_err(|error| failed(&request.url, &error, limits))?;
    let url = ureq::ResponseExt::get_uri(&answer).to_string();
    let headers = answer
        .headers()
        .iter()
        .map(|(name, value)| {
            (
                name.as_str().to_owned(),
                String::from_utf8_lossy(value.as_bytes()).into_owned(),
            )
        })
        .collect();
    let status = answer.status().as_u16();
    let reader = answer.body_mut().with_config().limit(u64::MAX).reader();
    let (body, large, truncated) = kept(reader, limits, keep).map_err(|error| {
        if begun.elapsed() >= limits.timeout || error.kind() == std::io::ErrorKind::TimedOut {
            return timed_out(&request.url, limits);
        }
        FetchError::Unreachable {
            url: shown(&request.url),
            detail: format!("the answer broke off ({error})"),
        }
    })?;
    let response = Response {
        status,
        url,
        headers,
        body,
        truncated,
    };
    Ok((response, large))
}

fn timed_out(url: &str, limits: &Limits) -> FetchError {
    let seconds = limits.timeout.as_secs_f64().ceil() as u32;
    FetchError::Timeout {
        url: shown(url),
        seconds,
    }
}

/// What libraries say of names and of encryption, in words for a publisher.
fn plain(detail: &str) -> String {
    let said = |part: &str| detail.contains(part);
    let words = if said("certificate") {
        "its certificate is not trusted: it is expired, for another name, or signed by nobody that \
         browsers know"
    } else if said("InvalidContentType") || said("corrupt message") {
        "it does not answer with https; is it http:// there?"
    } else if said("failed to lookup address") || said("Name or service not known") {
        "there is no host of that name, or no network"
    } else {
        return detail.to_owned();
    };
    format!("{words} ({detail})")
}

/// What went wrong, without the address that the library would repeat in full.
fn failed(url: &str, error: &ureq::Error, limits: &Limits) -> FetchError {
    let detail = match error {
        ureq::Error::Timeout(_) => return timed_out(url, limits),
        ureq::Error::HostNotFound => "no such host".into(),
        ureq::Error::ConnectionFailed => "no connection".into(),
        ureq::Error::Io(error) if error.kind() == std::io::ErrorKind::ConnectionRefused => {
            "nobody listens there (connection refused)".into()
        }
        ureq::Error::Io(error) => plain(&error.to_string()),
        ureq::Error::Protocol(_) => "the answer is not HTTP".into(),
        ureq::Error::BadUri(_) | ureq::Error::Http(_) => "this is no valid address".into(),
        other => {
            let text = other.to_string();
            if text.contains(url) {
                "the request failed".into()
            } else {
                plain(&text)
            }
        }
    };
    FetchError::Unreachable {
        url: shown(url),
        detail,
    }
}
