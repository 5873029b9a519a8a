//! Answers of the REST API: data or an error object, paging in headers or in an envelope.

use serde_json::Value;

use crate::source::{Response, SourceError, json, shown};

/// A REST answer with its paging, wherever that stood.
#[derive(Default)]
pub(super) struct Answer {
    pub url: String,
    pub items: Value,
    pub total: Option<u64>,
    pub pages: Option<u64>,
}

impl Answer {
    /// `None` past the last page, which WordPress answers with an error.
    pub(super) fn of(response: Response) -> Result<Option<Self>, SourceError> {
        const PAST: &str = "rest_post_invalid_page_number";
        if rest_code(&response).as_deref() == Some(PAST) {
            return Ok(None);
        }
        let header = |name| {
            response
                .header(name)
                .and_then(|text| text.trim().parse().ok())
        };
        let (total, pages) = (header("x-wp-total"), header("x-wp-totalpages"));
        let url = response.url.clone();
        let document = json::document(response)?;
        let enveloped = document.get("headers").is_some() && document.get("status").is_some();
        if !enveloped {
            if let Some(code) = json::text(&document, "code") {
                return Err(SourceError::Status {
                    url: shown(&url),
                    status: 200,
                    message: json::text(&document, "message").unwrap_or(code).to_owned(),
                    retry_after: None,
                });
            }
            return Ok(Some(Self {
                url,
                items: document,
                total,
                pages,
            }));
        }
        let body = document.get("body").cloned().unwrap_or_default();
        if json::text(&body, "code") == Some(PAST) {
            return Ok(None);
        }
        let headers = &document["headers"];
        Ok(Some(Self {
            url,
            total: json::count(headers, "X-WP-Total"),
            pages: json::count(headers, "X-WP-TotalPages"),
            items: body,
        }))
    }
}

/// Whether the REST API itself has spoken: data, or an error object with a code.
pub(super) fn speaks_rest(response: &Response) -> bool {
    if response.ok() {
        return matches!(
            response
                .body
                .iter()
                .find(|byte| !byte.is_ascii_whitespace() && **byte < 0x80),
            Some(b'{' | b'[')
        );
    }
    rest_code(response).is_some()
}

/// The `code` of a REST error; messages are localised, codes are not.
pub(super) fn rest_code(response: &Response) -> Option<String> {
    if response.ok() {
        return None;
    }
    let body = serde_json::from_slice::<Value>(&response.body).ok()?;
    json::owned(&body, "code")
}

/// A 404 on one story means that there is no such story.
pub(super) fn missing(error: SourceError) -> SourceError {
    match error {
        SourceError::Status { status: 404, .. } => SourceError::NotFound,
        other => other,
    }
}
