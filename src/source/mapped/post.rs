//! Questions that are posted, as GraphQL wants them: a JSON document with places in it.

use serde_json::{Map, Value};

use super::endpoint::checked_place;
use crate::model::ConfigError;
use crate::model::keys::wrong;

/// What is posted. A text that is a place and nothing else (`"{cursor}"`) stands for its value; a text
/// that only holds braces is a text, for queries are full of them.
#[derive(Clone)]
pub(super) struct Post(Map<String, Value>);

impl Post {
    /// # Errors
    /// What is no object, and a place that is not known.
    pub(super) fn parse(
        key: &str,
        value: Option<&Value>,
        vars: &[(String, String)],
    ) -> Result<Option<Self>, ConfigError> {
        let Some(value) = value else { return Ok(None) };
        let Value::Object(map) = value else {
            return Err(wrong(key, "an object that is posted as JSON", value));
        };
        checked(value, key, vars)?;
        Ok(Some(Self(map.clone())))
    }

    pub(super) fn has(&self, place: &str) -> bool {
        fn within(it: &Value, place: &str) -> bool {
            match it {
                Value::String(text) => text == place,
                Value::Array(list) => list.iter().any(|it| within(it, place)),
                Value::Object(map) => map.values().any(|it| within(it, place)),
                _ => false,
            }
        }
        self.0.values().any(|it| within(it, place))
    }

    /// The document with its places filled.
    pub(super) fn filled(&self, vars: &[(String, String)], given: &[(&str, &str)]) -> String {
        let value = |name: &str| {
            let own = vars.iter().map(|(name, value)| (&**name, &**value));
            let found = given.iter().copied().chain(own).find(|it| it.0 == name);
            meant(name, found.map_or("", |it| it.1))
        };
        Value::Object(each(&self.0, &value)).to_string()
    }
}

/// A place's value as JSON has it: pages and offsets are numbers, and the first page has no cursor.
fn meant(name: &str, value: &str) -> Value {
    match (name, value.parse::<u64>()) {
        ("page" | "offset", Ok(number)) => number.into(),
        ("cursor", _) if value.is_empty() => Value::Null,
        _ => value.into(),
    }
}

fn each(map: &Map<String, Value>, value: &dyn Fn(&str) -> Value) -> Map<String, Value> {
    map.iter()
        .map(|(key, it)| (key.clone(), one(it, value)))
        .collect()
}

fn one(it: &Value, value: &dyn Fn(&str) -> Value) -> Value {
    match it {
        Value::String(text) => place(text).map_or_else(|| it.clone(), value),
        Value::Array(list) => list.iter().map(|it| one(it, value)).collect(),
        Value::Object(map) => Value::Object(each(map, value)),
        other => other.clone(),
    }
}

/// The place that a text is, if it is nothing else.
fn place(text: &str) -> Option<&str> {
    let name = text.strip_prefix('{')?.strip_suffix('}')?;
    let word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    (!name.is_empty() && name.chars().all(word)).then_some(name)
}

fn checked(value: &Value, key: &str, vars: &[(String, String)]) -> Result<(), ConfigError> {
    match value {
        Value::String(text) => place(text).map_or(Ok(()), |name| checked_place(name, key, vars)),
        Value::Array(list) => list.iter().try_for_each(|it| checked(it, key, vars)),
        Value::Object(map) => map
            .iter()
            .try_for_each(|(name, it)| checked(it, &[key, ".", name].concat(), vars)),
        _ => Ok(()),
    }
}
