//! What the source tests share: a world of canned answers, and the samples that lie outside.

#![allow(dead_code)] // Each test program uses a part of it.

use std::collections::BTreeMap;
use std::path::PathBuf;

use dateline::host::Host;
use dateline::source::{Batch, Cursor, Query, Request, Response, Source, SourceError, Step};

/// Answers by exact address; anything else is a 404. Remembers what was asked.
#[derive(Default)]
pub struct World {
    pub answers: BTreeMap<String, Response>,
    pub asked: Vec<Request>,
}

impl World {
    pub fn with(mut self, url: &str, body: impl AsRef<[u8]>) -> Self {
        let body = body.as_ref().to_vec();
        let answer = Response {
            status: 200,
            url: url.into(),
            body,
            ..Response::default()
        };
        self.answers.insert(url.into(), answer);
        self
    }

    pub fn with_answer(mut self, asked: &str, answer: Response) -> Self {
        self.answers.insert(asked.into(), answer);
        self
    }

    /// Runs one reading to its end.
    pub fn read(
        &mut self,
        source: &Source,
        query: Query,
        cursor: Option<Cursor>,
    ) -> Result<Batch, SourceError> {
        let mut conversation = source.converse(query, cursor);
        let mut step = conversation.start()?;
        loop {
            match step {
                Step::Done(batch) => return Ok(batch),
                Step::Ask(request) => {
                    let missing = Response {
                        status: 404,
                        url: request.url.clone(),
                        ..Response::default()
                    };
                    let answer = self.answers.get(&request.url).cloned().unwrap_or(missing);
                    self.asked.push(request);
                    assert!(self.asked.len() < 200, "a conversation without end");
                    step = conversation.answer(answer)?;
                }
            }
        }
    }

    pub fn asked(&self) -> Vec<&str> {
        self.asked
            .iter()
            .map(|request| request.url.as_str())
            .collect()
    }
}

/// The machine's functions.
pub fn host() -> Host {
    dateline::platform::HOST
}

/// Opens a source from the text of its `source` object.
pub fn open(text: &str) -> Source {
    let value = serde_json::from_str(text).expect("JSON");
    let config = dateline::model::SourceConfig::from_value(&value).expect("a source");
    dateline::source::open(&config, host()).expect("an opened source")
}

/// The error of a `source` object that cannot be opened.
pub fn refused(text: &str) -> String {
    let value = serde_json::from_str(text).expect("JSON");
    dateline::model::SourceConfig::from_value(&value)
        .and_then(|config| dateline::source::open(&config, host()))
        .map(|_| ())
        .expect_err("a refusal")
        .to_string()
}

/// Real payloads, which live outside the project. `None`, said aloud, where they are absent.
pub fn samples() -> Option<PathBuf> {
    let folder = std::env::var_os("DATELINE_SAMPLES")
        .map(PathBuf::from)
        .or_else(|| {
            let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
            root.ancestors()
                .skip(1)
                .map(|it| it.join("shared/samples"))
                .find(|it| it.is_dir())
        });
    if folder.is_none() {
        eprintln!("SKIPPED: no samples beside the checkout; set DATELINE_SAMPLES to their folder");
    }
    folder
}
