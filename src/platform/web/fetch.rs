//! Requests from the reader's browser, with a time limit, a size limit and cancellation.

use gloo_net::http::{Request as Gloo, RequestBuilder};
use js_sys::{Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, AbortSignal};

use super::timer;
use crate::source::{FetchError, Method, Request, Response};

/// No answer within this many seconds is a [`FetchError::Timeout`].
const SECONDS: u32 = 10;
/// Reading stops here; the response then says so (`truncated`).
const MOST_BYTES: usize = 10 << 20;

/// Cancels the requests it was given to. Dropping it cancels nothing.
#[derive(Clone)]
pub struct Canceller(Option<AbortController>);

impl Canceller {
    pub fn new() -> Self {
        Self(AbortController::new().ok())
    }

    /// Requests under way end with [`FetchError::Aborted`].
    pub fn cancel(&self) {
        if let Some(controller) = &self.0 {
            controller.abort();
        }
    }

    /// Whether [`Self::cancel`] was called.
    pub fn cancelled(&self) -> bool {
        self.0
            .as_ref()
            .is_some_and(|controller| controller.signal().aborted())
    }
}

impl Default for Canceller {
    fn default() -> Self {
        Self::new()
    }
}

/// Sends a request without credentials and reads the whole answer.
///
/// # Errors
/// When no complete answer came: unreachable (or refused by CORS), too slow, or cancelled.
pub async fn fetch(request: &Request, canceller: &Canceller) -> Result<Response, FetchError> {
    let limit = Canceller::new();
    let timer = timer::after(SECONDS * 1000, {
        let limit = limit.clone();
        move || limit.cancel()
    });
    let outcome = send(request, canceller, &limit).await;
    drop(timer);
    outcome.map_err(|error| {
        if canceller.cancelled() {
            FetchError::Aborted
        } else if limit.cancelled() {
            FetchError::Timeout {
                url: crate::source::shown(&request.url),
                seconds: SECONDS,
            }
        } else {
            let detail = error.unwrap_or_else(|| "no network, or the server forbids it".into());
            FetchError::Unreachable {
                url: crate::source::shown(&request.url),
                detail,
            }
        }
    })
}

async fn send(
    request: &Request,
    canceller: &Canceller,
    limit: &Canceller,
) -> Result<Response, Option<String>> {
    if let Some(response) = early(request).await {
        return answer(&response).await;
    }
    let mut builder: RequestBuilder = match request.method {
        Method::Get => Gloo::get(&request.url),
        Method::Post => Gloo::post(&request.url),
    }
    .credentials(credentials(&request.url));
    for (name, value) in &request.headers {
        builder = builder.header(name, value);
    }
    if let Some(signal) = either(canceller, limit) {
        builder = builder.abort_signal(Some(&signal));
    }
    let built = match &request.body {
        Some(body) => builder.body(body.as_str()),
        None => builder.build(),
    };
    let response = built
        .map_err(|_| None)?
        .send()
        .await
        .map_err(|error| Some(error.to_string()))?;
    answer(&response).await
}

/// The answer that the start script asked for while this bundle was on its way; each serves once.
async fn early(request: &Request) -> Option<gloo_net::http::Response> {
    if request.method != Method::Get || !request.headers.is_empty() {
        return None;
    }
    let asked = Reflect::get(&js_sys::global(), &"datelineEarly".into()).ok()?;
    let promise: js_sys::Promise = Reflect::get(&asked, &request.url.as_str().into())
        .ok()?
        .dyn_into()
        .ok()?;
    let _ = Reflect::set(&asked, &request.url.as_str().into(), &JsValue::UNDEFINED);
    let response: web_sys::Response = JsFuture::from(promise).await.ok()?.dyn_into().ok()?;
    Some(response.into())
}

async fn answer(response: &gloo_net::http::Response) -> Result<Response, Option<String>> {
    let (body, truncated) = read(response).await.map_err(|_| None)?;
    Ok(Response {
        status: response.status(),
        url: response.url(),
        headers: response
            .headers()
            .entries()
            .map(|(k, v)| (k.to_ascii_lowercase(), v))
            .collect(),
        body,
        truncated,
    })
}

/// Reads the body piece by piece, so that a huge feed stops at the limit instead of filling memory.
async fn read(response: &gloo_net::http::Response) -> Result<(Vec<u8>, bool), JsValue> {
    let Some(stream) = response.body() else {
        return Ok((Vec::new(), false));
    };
    let reader: web_sys::ReadableStreamDefaultReader = stream.get_reader().unchecked_into();
    let mut bytes = Vec::new();
    loop {
        let piece = JsFuture::from(reader.read()).await?;
        if Reflect::get(&piece, &"done".into())?.is_truthy() {
            return Ok((bytes, false));
        }
        let chunk: Uint8Array = Reflect::get(&piece, &"value".into())?.unchecked_into();
        let room = MOST_BYTES - bytes.len();
        let taken = chunk.length().min(room as u32);
        let start = bytes.len();
        bytes.resize(start + taken as usize, 0);
        chunk.subarray(0, taken).copy_to(&mut bytes[start..]);
        if taken < chunk.length() {
            let _ = reader.cancel();
            return Ok((bytes, true));
        }
    }
}

/// A signal that follows both; `AbortSignal.any` is missing in browsers before 2023, where the
/// time limit is given up rather than the cancellation.
fn either(canceller: &Canceller, limit: &Canceller) -> Option<AbortSignal> {
    let (first, second) = (canceller.0.as_ref()?.signal(), limit.0.as_ref()?.signal());
    let class = Reflect::get(&js_sys::global(), &"AbortSignal".into()).ok()?;
    match Reflect::get(&class, &"any".into())
        .ok()?
        .dyn_into::<js_sys::Function>()
    {
        Ok(any) => any
            .call1(&class, &js_sys::Array::of2(&first, &second))
            .ok()?
            .dyn_into()
            .ok(),
        Err(_) => Some(first),
    }
}

/// A source never sees who reads; the site's own files are asked for as the browser's preloads are,
/// so that one download serves both.
fn credentials(url: &str) -> web_sys::RequestCredentials {
    if url.starts_with('/') && !url.starts_with("//") {
        web_sys::RequestCredentials::SameOrigin
    } else {
        web_sys::RequestCredentials::Omit
    }
}
