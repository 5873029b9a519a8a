//! A story that is told while it happens.

use serde::{Deserialize, Serialize};

use super::{Body, Instant};

/// What a source says of a live story beside its text.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Live {
    pub updates: Vec<LiveUpdate>,
    /// Nothing more will come.
    pub ended: bool,
    /// Where newer updates can be read as data.
    pub url: Option<String>,
}

/// One update, as it came: its body is untrusted.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct LiveUpdate {
    /// Unique within the story; part of the update's own address.
    pub id: String,
    pub published: Option<Instant>,
    /// Plain text.
    pub title: Option<String>,
    pub body: Body,
    /// One of those that tell the story in short.
    pub key: bool,
}
