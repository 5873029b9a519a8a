//! Strict reading of configuration objects: every key is known, every wrong type names its key.
//!
//! `site.json` is read with it, and each source format reads its own options with it. Nothing here
//! is for data from outside, which is read tolerantly (`source::json`).

use std::borrow::Cow;

use serde_json::{Map, Value};

use super::{ConfigError, nearest};

/// The error for a value of the wrong shape, with at most 60 characters of what was found.
pub(crate) fn wrong(
    key: &str,
    expected: impl Into<Cow<'static, str>>,
    found: &Value,
) -> ConfigError {
    let mut found = found.to_string();
    if found.chars().count() > 60 {
        found = found.chars().take(60).chain(['…']).collect();
    }
    ConfigError::Wrong {
        key: key.into(),
        expected: expected.into(),
        found,
    }
}

/// An object whose keys are all known, with typed access that names the key in its errors.
pub(crate) struct Keys<'a> {
    map: &'a Map<String, Value>,
    prefix: String,
}

impl<'a> Keys<'a> {
    pub(crate) fn of(
        value: &'a Value,
        prefix: &str,
        known: &[&'static str],
    ) -> Result<Self, ConfigError> {
        let Value::Object(map) = value else {
            let key = prefix.trim_end_matches('.');
            let key = if key.is_empty() { "site.json" } else { key };
            return Err(wrong(key, "an object", value));
        };
        Self::of_map(map, prefix, known)
    }

    pub(crate) fn of_map(
        map: &'a Map<String, Value>,
        prefix: &str,
        known: &[&'static str],
    ) -> Result<Self, ConfigError> {
        if let Some(key) = map.keys().find(|key| !known.contains(&key.as_str())) {
            return Err(ConfigError::UnknownKey {
                key: format!("{prefix}{key}"),
                meant: nearest(key, known.iter().copied()).map(|near| format!("{prefix}{near}")),
                known: known.to_vec(),
            });
        }
        Ok(Self {
            map,
            prefix: prefix.into(),
        })
    }

    pub(crate) fn path(&self, key: &str) -> String {
        format!("{}{key}", self.prefix)
    }

    pub(crate) fn get(&self, key: &str) -> Option<&'a Value> {
        self.map.get(key).filter(|value| !value.is_null())
    }

    pub(crate) fn text(&self, key: &str) -> Result<Option<String>, ConfigError> {
        match self.get(key) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text.clone())),
            Some(other) => Err(wrong(&self.path(key), "a text", other)),
        }
    }

    pub(crate) fn flag(&self, key: &str) -> Result<Option<bool>, ConfigError> {
        match self.get(key) {
            None => Ok(None),
            Some(Value::Bool(flag)) => Ok(Some(*flag)),
            Some(other) => Err(wrong(&self.path(key), "true or false", other)),
        }
    }

    pub(crate) fn count(
        &self,
        key: &str,
        least: u64,
        most: u64,
    ) -> Result<Option<usize>, ConfigError> {
        match self.get(key) {
            None => Ok(None),
            Some(value) => match value.as_u64() {
                Some(n) if (least..=most).contains(&n) => Ok(Some(n as usize)),
                _ => {
                    let expected = format!("a whole number from {least} to {most}");
                    Err(wrong(&self.path(key), expected, value))
                }
            },
        }
    }

    pub(crate) fn texts(&self, key: &str) -> Result<Vec<String>, ConfigError> {
        match self.get(key) {
            None => Ok(Vec::new()),
            Some(Value::Array(items)) => items
                .iter()
                .map(|item| match item {
                    Value::String(text) => Ok(text.clone()),
                    other => Err(wrong(&self.path(key), "a list of texts", other)),
                })
                .collect(),
            Some(other) => Err(wrong(&self.path(key), "a list of texts", other)),
        }
    }

    pub(crate) fn object(
        &self,
        key: &str,
        known: Option<&[&'static str]>,
    ) -> Result<Option<Value>, ConfigError> {
        match self.get(key) {
            None => Ok(None),
            Some(value @ Value::Object(_)) => {
                if let Some(known) = known {
                    Keys::of(value, &format!("{}{key}.", self.prefix), known)?;
                }
                Ok(Some(value.clone()))
            }
            Some(other) => Err(wrong(&self.path(key), "an object", other)),
        }
    }
}
