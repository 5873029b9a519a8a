//! The widget's bundle: what `embed.js` calls. Two functions, reading a feed and showing it; the
//! element's own life stays in `embed.js`, which also lends the fetching, so that a feed's request
//! is on its way before this module is.

#[cfg(target_arch = "wasm32")]
mod exports {
    use js_sys::{Function, Promise, Uint8Array};
    use wasm_bindgen::prelude::*;
    use wasm_bindgen_futures::JsFuture;
    use web_sys::Element;

    use dateline::html::tree::Node;
    use dateline::model::Direction;
    use dateline::platform::{self, DateStyle, HOST};
    use dateline::source::{Answering, FetchError, Request, Response, SourceError};
    use dateline::widget::{self, Options, Words};

    #[wasm_bindgen]
    extern "C" {
        /// What `embed.js` makes of an answer.
        type Answer;
        #[wasm_bindgen(method, getter)]
        fn status(this: &Answer) -> u16;
        #[wasm_bindgen(method, getter)]
        fn url(this: &Answer) -> String;
        #[wasm_bindgen(method, getter, js_name = type)]
        fn content_type(this: &Answer) -> String;
        #[wasm_bindgen(method, getter)]
        fn body(this: &Answer) -> Uint8Array;
        #[wasm_bindgen(method, getter)]
        fn truncated(this: &Answer) -> bool;
    }

    /// A feed that has been read. Freed by `embed.js` when no element shows it.
    #[wasm_bindgen]
    pub struct Feed(widget::Feed);

    #[wasm_bindgen]
    impl Feed {
        #[wasm_bindgen(getter)]
        pub fn title(&self) -> String {
            self.0.title.clone()
        }

        #[wasm_bindgen(getter)]
        pub fn language(&self) -> String {
            self.0.language.clone()
        }
    }

    /// Reads a source; rejects with an error whose `name` is the code of `dateline-error`.
    #[wasm_bindgen]
    pub async fn read(
        url: String,
        kind: String,
        category: String,
        fetch: Function,
    ) -> Result<Feed, JsValue> {
        let host = dateline::host::Host { parse_html, ..HOST };
        let lent = move |request: Request| -> Answering<'static> {
            let fetch = fetch.clone();
            Box::pin(async move { answer(&fetch, &request.url).await })
        };
        widget::read(&url, &kind, &category, host, &lent)
            .await
            .map(Feed)
            .map_err(|error| {
                let thrown = js_sys::Error::new(&error.to_string());
                thrown.set_name(code(&error));
                thrown.into()
            })
    }

    /// Fills `container` as the element's attributes say; how many stories that were.
    #[wasm_bindgen]
    pub fn show(feed: &Feed, element: &Element, container: &Element) -> usize {
        let options = Options::read(&|name| element.get_attribute(name));
        let words = Words {
            date: &|language, moment| {
                let style = if same_year(moment.civil().year) {
                    DateStyle::Short
                } else {
                    DateStyle::Day
                };
                platform::intl::date(language, moment, style)
            },
            relative: &|language, moment| {
                let ago = (HOST.now)() - moment.epoch;
                if (0..7 * 86_400).contains(&ago) {
                    platform::intl::relative(language, ago)
                } else {
                    platform::intl::date(language, moment, DateStyle::Day)
                }
            },
        };
        platform::body::fill(container, |sink| {
            widget::write(&feed.0, &options, &words, sink)
        })
        .unwrap_or_default()
    }

    /// `rtl` or `ltr`, for the root of a feed in another language than its page.
    #[wasm_bindgen]
    pub fn direction(language: &str) -> String {
        Direction::of_language(language).as_str().to_owned()
    }

    fn same_year(year: i64) -> bool {
        let now = dateline::model::Instant::from_epoch((HOST.now)());
        now.civil().year == year
    }

    async fn answer(fetch: &Function, url: &str) -> Result<Response, FetchError> {
        let outcome = match fetch.call1(&JsValue::UNDEFINED, &url.into()) {
            Ok(promise) => JsFuture::from(promise.unchecked_into::<Promise>()).await,
            Err(error) => Err(error),
        };
        let answer: Answer = match outcome {
            Ok(answer) => answer.unchecked_into(),
            Err(error) => return Err(failure(&error, url)),
        };
        Ok(Response {
            status: answer.status(),
            url: answer.url(),
            headers: vec![("content-type".into(), answer.content_type())],
            body: answer.body().to_vec(),
            truncated: answer.truncated(),
        })
    }

    fn failure(error: &JsValue, url: &str) -> FetchError {
        let error: &js_sys::Error = error.unchecked_ref();
        if error.name() == "AbortError" {
            return FetchError::Aborted;
        }
        if error.name() == "TimeoutError" {
            return FetchError::Timeout {
                url: url.to_owned(),
                seconds: 10,
            };
        }
        FetchError::Unreachable {
            url: url.to_owned(),
            detail: "no network, or the server allows no other site to read it (CORS)".into(),
        }
    }

    /// The names in `docs/widget.md`.
    fn code(error: &SourceError) -> &'static str {
        match error {
            SourceError::Fetch(FetchError::Timeout { .. }) => "timeout",
            SourceError::Fetch(FetchError::Aborted) => "aborted",
            SourceError::Fetch(_) => "unreachable",
            SourceError::NotFound | SourceError::Withdrawn | SourceError::Status { .. } => "status",
            SourceError::WebPage { .. } | SourceError::Unexpected { .. } => "not-a-feed",
            SourceError::Broken { .. } | SourceError::TooLong { .. } => "broken",
            SourceError::Forbidden { .. } => "forbidden",
            SourceError::Unsupported { .. } => "unsupported",
        }
    }

    /// The browser's parser, else, on a page whose Trusted Types policies leave none for us, the
    /// few entities that titles really hold.
    fn parse_html(html: &str) -> Vec<Node> {
        let parsed = (HOST.parse_html)(html);
        if !parsed.is_empty() || html.trim().is_empty() {
            return parsed;
        }
        vec![Node::Text(widget::decoded(html))]
    }
}

fn main() {}
