//! Which items of a list are not for readers: those that `only` finds nothing in, and where a mapping
//! has no `only`, those that say themselves that they are not published.
//!
//! APIs answer whoever holds a key with drafts among the stories. A story left out by mistake is
//! reported and comes back with one line of the mapping; a draft that went out stays out.

use serde_json::Value;

use super::Mapped;
use crate::source::json;

/// Where systems put an item's own fields.
pub(crate) const WITHIN: [&str; 5] = ["", "/attributes", "/fields", "/node", "/content"];

/// Keys that name an item's state, and the states that are not for readers.
const STATES: [&str; 2] = ["status", "_status"];
const UNPUBLISHED: [&str; 8] = [
    "archived",
    "deleted",
    "draft",
    "pending",
    "private",
    "scheduled",
    "trash",
    "unpublished",
];

/// Flags of what is not for readers.
const FLAGS: [(&str, bool); 6] = [
    ("published", false),
    ("is_published", false),
    ("isPublished", false),
    ("draft", true),
    ("is_draft", true),
    ("isDraft", true),
];

/// How ids begin that are a draft's, where drafts lie beside what is published.
const DRAFTS: (&str, &str) = ("_id", "drafts.");

/// What tells that an item is not published. All of it is for `check`, which proposes a mapping.
#[cfg_attr(not(feature = "ssr"), allow(dead_code))]
pub(crate) struct Sign {
    pub pointer: String,
    pub said: String,
    /// What matches all that would be such a sign there.
    pub pattern: String,
    /// Whether published items have a state there too; else it is what tells one from another.
    pub is_state: bool,
}

/// Whether an item says itself that it is not published, and how.
pub(crate) fn unpublished(item: &Value) -> Option<Sign> {
    WITHIN.iter().find_map(|within| {
        let fields = item.pointer(within)?;
        let sign = state(fields)
            .or_else(|| flag(fields))
            .or_else(|| draft(fields))?;
        Some(Sign {
            pointer: [within, "/", &sign.pointer].concat(),
            ..sign
        })
    })
}

fn state(fields: &Value) -> Option<Sign> {
    STATES.iter().find_map(|key| {
        let said = json::text(fields, key)?;
        UNPUBLISHED
            .iter()
            .find(|state| state.eq_ignore_ascii_case(said))?;
        let as_said = UNPUBLISHED.map(|state| cased_as(said, state));
        Some(Sign {
            pointer: (*key).to_owned(),
            said: said.to_owned(),
            pattern: ["^(", &as_said.join("|"), ")$"].concat(),
            is_state: true,
        })
    })
}

fn flag(fields: &Value) -> Option<Sign> {
    FLAGS.iter().find_map(|(key, hides)| {
        let said = fields.get(key)?.as_bool().filter(|said| said == hides)?;
        Some(Sign {
            pointer: (*key).to_owned(),
            said: said.to_string(),
            pattern: ["^", &said.to_string(), "$"].concat(),
            is_state: true,
        })
    })
}

fn draft(fields: &Value) -> Option<Sign> {
    let (key, begins) = DRAFTS;
    let said = json::text(fields, key).filter(|id| id.starts_with(begins))?;
    Some(Sign {
        pointer: key.to_owned(),
        said: said.to_owned(),
        pattern: ["^", &begins.replace('.', "\\.")].concat(),
        is_state: false,
    })
}

/// A word in the case of another: patterns of browsers and builds have no common way to ignore it.
fn cased_as(model: &str, word: &str) -> String {
    let capital = |c: char| c.is_ascii_uppercase();
    if model.chars().all(capital) {
        return word.to_ascii_uppercase();
    }
    let mut word = word.to_owned();
    if let (true, Some(first)) = (model.starts_with(capital), word.get_mut(..1)) {
        first.make_ascii_uppercase();
    }
    word
}

impl Mapped {
    /// Why an item is left out, if it is.
    pub(super) fn withheld(&self, item: &Value) -> Option<String> {
        if let Some(only) = &self.0.only {
            let out = !only.holds(item, self.0.host);
            return out.then(|| "\"source.only\" finds nothing in it".into());
        }
        let Sign { pointer, said, .. } = unpublished(item)?;
        Some(
            [
                "its \"",
                &pointer,
                "\" is \"",
                &said,
                "\", so it is not published; \"source.only\" may say otherwise",
            ]
            .concat(),
        )
    }
}
