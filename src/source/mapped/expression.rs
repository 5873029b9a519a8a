//! What a mapping says about one field: a pointer, a list of parts, or an object with operators.
//!
//! Operators are applied in one fixed order, whatever order they are written in: value,
//! `first`, `split`, `strip`, `keep_if`, `drop_if`, `join`, `resolve`, `date`, `hash`.

use serde_json::Value;

use super::pointer::Pointer;
use crate::host::Host;
use crate::model::keys::{Keys, wrong};
use crate::model::{ConfigError, Instant, Slug};
use crate::source::{json, text};

/// A compiled expression.
#[derive(Clone, Debug, Default)]
pub(super) struct Expression {
    /// As it stands in the mapping, for messages.
    pub written: String,
    source: Operand,
    first: bool,
    split: Option<String>,
    strip: Option<String>,
    keep_if: Option<String>,
    drop_if: Option<String>,
    join: Option<String>,
    resolve: Option<String>,
    date: Option<Date>,
    hash: bool,
    /// The value is no HTML: what looks like a tag in it is meant.
    pub plain: bool,
}

#[derive(Clone, Debug, Default)]
enum Operand {
    #[default]
    Nothing,
    At(Pointer),
    Const(String),
    /// The first part that has a value.
    Or(Vec<Expression>),
    /// Parts joined into one text, when every pointer among them has a value.
    Parts(Vec<Expression>),
}

/// How dates come, and the offset in minutes of those that name none.
#[derive(Clone, Debug)]
struct Date {
    milliseconds: bool,
    zone: i16,
}

const OPERATORS: &[&str] = &[
    "at", "first", "join", "split", "const", "or", "resolve", "hash", "keep_if", "drop_if",
    "strip", "date", "zone", "plain",
];

/// How values are taken out of a document.
#[derive(Clone, Copy, Default)]
struct Taking {
    /// `false` is a value. Elsewhere it is none: PHP writes it for what is not there.
    flags: bool,
    /// The spaces around a value stay, for it is a piece of a text.
    spaces: bool,
}

impl Expression {
    /// Compiles what stands under `key`.
    ///
    /// # Errors
    /// An unknown operator with the nearest known one, a pattern or a pointer that cannot be read.
    pub fn parse(key: &str, value: &Value, host: Host) -> Result<Self, ConfigError> {
        Ok(Self {
            written: value.to_string(),
            ..Self::compiled(key, value, host)?
        })
    }

    fn compiled(key: &str, value: &Value, host: Host) -> Result<Self, ConfigError> {
        match value {
            Value::String(text) => Ok(Self {
                source: Operand::At(Pointer::parse(key, text)?),
                ..Self::default()
            }),
            Value::Array(parts) => {
                let parts = parts
                    .iter()
                    .map(|part| match part {
                        // "/" alone is a separator, as in ["/user", "/", "/slug"].
                        Value::String(text) if text == "/" || !text.starts_with('/') => {
                            Ok(Self::constant(text))
                        }
                        other => Self::parse(key, other, host),
                    })
                    .collect::<Result<_, _>>()?;
                Ok(Self {
                    source: Operand::Parts(parts),
                    ..Self::default()
                })
            }
            Value::Object(_) => Self::operators(key, value, host),
            other => Err(wrong(
                key,
                "a pointer, a list of parts, or an object",
                other,
            )),
        }
    }

    fn constant(text: &str) -> Self {
        Self {
            source: Operand::Const(text.to_owned()),
            ..Self::default()
        }
    }

    fn operators(key: &str, value: &Value, host: Host) -> Result<Self, ConfigError> {
        let mut prefix = key.to_owned();
        prefix.push('.');
        let keys = Keys::of(value, &prefix, OPERATORS)?;
        let source = match (keys.get("at"), keys.get("const"), keys.get("or")) {
            (Some(at), None, None) => match at {
                Value::String(text) => Operand::At(Pointer::parse(&keys.path("at"), text)?),
                Value::Array(_) => Operand::Parts(vec![Self::parse(&keys.path("at"), at, host)?]),
                other => return Err(wrong(&keys.path("at"), "a pointer", other)),
            },
            (None, Some(_), None) => Operand::Const(keys.text("const")?.unwrap_or_default()),
            (None, None, Some(Value::Array(parts))) => Operand::Or(
                parts
                    .iter()
                    .map(|part| Self::parse(&keys.path("or"), part, host))
                    .collect::<Result<_, _>>()?,
            ),
            _ => {
                return Err(wrong(
                    key,
                    "an object with one of \"at\", \"or\" and \"const\"",
                    value,
                ));
            }
        };
        for name in ["strip", "keep_if", "drop_if"] {
            if let Some(pattern) = keys.text(name)?
                && let Err(message) = (host.replace)(&pattern, "", "")
            {
                return Err(wrong(&keys.path(name), "a pattern", &message.into()));
            }
        }
        let zone = keys.text("zone")?.unwrap_or_default();
        let zone = match Instant::parse(&["2000-01-01T00:00:00", &zone].concat()) {
            Some(instant) => instant.offset,
            None => {
                return Err(wrong(
                    &keys.path("zone"),
                    "an offset such as +01:00",
                    &zone.into(),
                ));
            }
        };
        let date = match keys.text("date")?.as_deref() {
            None => None,
            Some("iso" | "rfc2822" | "epoch_s") => Some(Date {
                milliseconds: false,
                zone,
            }),
            Some("epoch_ms") => Some(Date {
                milliseconds: true,
                zone,
            }),
            Some(other) => {
                let known = "\"iso\", \"epoch_s\", \"epoch_ms\" or \"rfc2822\"";
                return Err(wrong(&keys.path("date"), known, &other.into()));
            }
        };
        Ok(Self {
            source,
            first: keys.flag("first")?.unwrap_or(false),
            split: keys.text("split")?,
            strip: keys.text("strip")?,
            keep_if: keys.text("keep_if")?,
            drop_if: keys.text("drop_if")?,
            join: keys.text("join")?,
            resolve: keys.text("resolve")?,
            date,
            hash: keys.flag("hash")?.unwrap_or(false),
            written: String::new(),
            plain: keys.flag("plain")?.unwrap_or(false),
        })
    }

    /// Every value of the expression, as texts.
    pub fn values(&self, item: &Value, host: Host) -> Vec<String> {
        self.taken(item, host, Taking::default())
    }

    /// The first value.
    pub fn value(&self, item: &Value, host: Host) -> Option<String> {
        self.values(item, host).into_iter().next()
    }

    /// The first value of a field that is on or off.
    pub fn flag(&self, item: &Value, host: Host) -> Option<String> {
        let flags = Taking {
            flags: true,
            ..Taking::default()
        };
        self.taken(item, host, flags).into_iter().next()
    }

    /// Whether there is a value. `false` is one where a pattern decides.
    pub fn holds(&self, item: &Value, host: Host) -> bool {
        if self.keep_if.is_some() || self.drop_if.is_some() {
            self.flag(item, host).is_some()
        } else {
            self.value(item, host).is_some()
        }
    }

    /// What stands where a text should: an object, or a list of such.
    pub fn misfit(&self, item: &Value) -> Option<&'static str> {
        match &self.source {
            Operand::At(pointer) => pointer.find(item).into_iter().find_map(no_text),
            Operand::Or(parts) | Operand::Parts(parts) => {
                parts.iter().find_map(|part| part.misfit(item))
            }
            Operand::Nothing | Operand::Const(_) => None,
        }
    }

    fn taken(&self, item: &Value, host: Host, taking: Taking) -> Vec<String> {
        let taking = Taking {
            // What is joined without anything between has its spaces itself.
            spaces: taking.spaces || self.join.as_deref() == Some(""),
            ..taking
        };
        let mut values = self.source.values(item, host, taking);
        if self.first {
            values.truncate(1);
        }
        if let Some(separator) = &self.split {
            values = values
                .iter()
                .flat_map(|value| value.split(separator.as_str()))
                .map(|part| part.trim().to_owned())
                .collect();
        }
        if let Some(pattern) = &self.strip {
            for value in &mut values {
                if let Ok(stripped) = (host.replace)(pattern, value, "") {
                    *value = taking.piece(&stripped).to_owned();
                }
            }
        }
        if let Some(pattern) = &self.keep_if {
            values.retain(|value| matches(pattern, value, host) == Some(true));
        }
        if let Some(pattern) = &self.drop_if {
            values.retain(|value| matches(pattern, value, host) == Some(false));
        }
        values.retain(|value| !value.is_empty());
        if let Some(separator) = &self.join
            && !values.is_empty()
        {
            let whole = values.join(separator).trim().to_owned();
            values = vec![whole];
            values.retain(|whole| !whole.is_empty());
        }
        if let Some(base) = &self.resolve {
            values = values
                .iter()
                .filter_map(|value| (host.resolve)(base, value))
                .collect();
        }
        if self.hash {
            for value in &mut values {
                *value = format!("{:016x}", text::hash(value));
            }
        }
        values
    }

    /// The first value as a date.
    pub fn date(&self, item: &Value, host: Host) -> Option<Instant> {
        let text = self.value(item, host)?;
        let number = text.parse::<f64>().ok();
        let Some(date) = &self.date else {
            return number
                .and_then(Instant::from_number)
                .or_else(|| Instant::parse(&text));
        };
        if let Some(number) = number {
            let seconds = if date.milliseconds {
                number / 1000.0
            } else {
                number
            };
            let instant = Instant::from_number(seconds)?;
            return Some(Instant {
                offset: date.zone,
                ..instant
            });
        }
        Instant::parse_in(&text, date.zone)
    }
}

impl Operand {
    fn values(&self, item: &Value, host: Host, taking: Taking) -> Vec<String> {
        match self {
            Self::Nothing => Vec::new(),
            Self::Const(text) => vec![text.clone()],
            Self::At(pointer) => {
                // A list of texts counts as several values: APIs write one tag as a text.
                let found = pointer
                    .find(item)
                    .into_iter()
                    .flat_map(|value| match value {
                        Value::Array(list) => {
                            list.iter().filter_map(|it| taking.said(it)).collect()
                        }
                        other => taking.said(other).into_iter().collect::<Vec<_>>(),
                    });
                found.collect()
            }
            Self::Or(parts) => parts
                .iter()
                .map(|part| part.taken(item, host, taking))
                .find(|values| !values.is_empty())
                .unwrap_or_default(),
            Self::Parts(parts) => parts
                .iter()
                .map(|part| part.value(item, host))
                .collect::<Option<Vec<_>>>()
                .map(|parts| parts.concat())
                .into_iter()
                .collect(),
        }
    }
}

impl Taking {
    /// A value that says something: texts, numbers and truths; not objects, not emptiness.
    fn said(self, value: &Value) -> Option<String> {
        match value {
            Value::Bool(false) if !self.flags => None,
            Value::Bool(flag) => Some(flag.to_string()),
            Value::String(text) => {
                let piece = self.piece(text);
                (!piece.is_empty()).then(|| piece.to_owned())
            }
            other => json::id(other),
        }
    }

    fn piece(self, text: &str) -> &str {
        if self.spaces { text } else { text.trim() }
    }
}

fn no_text(value: &Value) -> Option<&'static str> {
    match value {
        // PHP writes an empty object for nothing.
        Value::Object(map) if !map.is_empty() => Some("an object"),
        Value::Array(list) => list.iter().find_map(no_text).map(|_| "a list of objects"),
        _ => None,
    }
}

/// Whether a pattern matches anything of a value: replacing it by something no text holds tells.
fn matches(pattern: &str, value: &str, host: Host) -> Option<bool> {
    let replaced = (host.replace)(pattern, value, "\u{1}").ok()?;
    Some(replaced != value)
}

/// An address segment of a name, where a mapping gives none.
pub(super) fn slug(name: &str) -> Option<String> {
    Slug::from_label(name).map(|slug| slug.as_str().to_owned())
}
