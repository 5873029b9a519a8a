//! Where a value is in a document: RFC 6901 with two more segments, `*` (each) and `?key=value` (the
//! first element that has it).

use serde_json::Value;

use crate::model::ConfigError;
use crate::model::keys::wrong;
use crate::source::json;

/// A place in a document.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Pointer(Vec<Segment>);

#[derive(Clone, Debug, PartialEq)]
enum Segment {
    Key(String),
    Each,
    Where(String, String),
}

impl Pointer {
    /// `""` is the whole document; anything else begins with `/`.
    pub fn parse(key: &str, text: &str) -> Result<Self, ConfigError> {
        if text.is_empty() {
            return Ok(Self::default());
        }
        let Some(rest) = text.strip_prefix('/') else {
            return Err(wrong(key, "a pointer that begins with \"/\"", &text.into()));
        };
        rest.split('/')
            .map(|part| {
                if part == "*" {
                    return Ok(Segment::Each);
                }
                let unescaped = part.replace("~1", "/").replace("~0", "~");
                match unescaped.strip_prefix('?') {
                    None => Ok(Segment::Key(unescaped)),
                    Some(test) => match test.split_once('=') {
                        Some((name, value)) => Ok(Segment::Where(name.into(), value.into())),
                        None => Err(wrong(key, "\"?key=value\" in a pointer", &part.into())),
                    },
                }
            })
            .collect::<Result<_, _>>()
            .map(Self)
    }

    /// What stands before the first `*`, for pointers that have one.
    pub fn before_each(&self) -> Option<Self> {
        let at = self
            .0
            .iter()
            .position(|segment| *segment == Segment::Each)?;
        Some(Self(self.0[..at].to_vec()))
    }

    /// Everything the pointer leads to.
    pub fn find<'a>(&self, value: &'a Value) -> Vec<&'a Value> {
        let mut at = vec![value];
        for segment in &self.0 {
            at = at
                .into_iter()
                .flat_map(|value| segment.step(value))
                .collect();
        }
        at
    }
}

impl Segment {
    fn step<'a>(&self, value: &'a Value) -> Vec<&'a Value> {
        match (self, value) {
            (Self::Key(key), Value::Object(map)) => map.get(key).into_iter().collect(),
            (Self::Key(key), Value::Array(list)) => key
                .parse::<usize>()
                .ok()
                .and_then(|n| list.get(n))
                .into_iter()
                .collect(),
            (Self::Each, Value::Array(list)) => list.iter().collect(),
            (Self::Each, Value::Object(map)) => map.values().collect(),
            (Self::Where(key, wanted), Value::Array(list)) => list
                .iter()
                .find(|item| item.get(key).and_then(json::id).as_ref() == Some(wanted))
                .into_iter()
                .collect(),
            _ => Vec::new(),
        }
    }
}
