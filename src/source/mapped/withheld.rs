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

/// What tells that an item is not published.
pub(crate) struct Sign {
    pub pointer: String,
    pub said: String,
    /// What matches all that would be such a sign there.
    pub pattern: String,
}

/// Whether an item says itself that it is not published, and how.
pub(crate) fn unpublished(item: &Value) -> Option<Sign> {
    WITHIN.iter().find_map(|within| {
        let fields = item.pointer(within)?;
        let (key, said, pattern) = sign(fields)?;
        Some(Sign {
            pointer: [within, "/", key].concat(),
            said,
            pattern,
        })
    })
}

fn sign(fields: &Value) -> Option<(&'static str, String, String)> {
    let state = STATES.iter().find_map(|key| {
        let said = json::text(fields, key)?;
        let hidden = |state: &&str| state.eq_ignore_ascii_case(said);
        UNPUBLISHED.iter().find(|it| hidden(it))?;
        let as_said = UNPUBLISHED.map(|state| cased_as(said, state));
        let pattern = ["^(", &as_said.join("|"), ")$"].concat();
        Some((*key, said.to_owned(), pattern))
    });
    let flag = || {
        FLAGS.iter().find_map(|(key, hides)| {
            let said = fields.get(key)?.as_bool()?;
            let pattern = ["^", &hides.to_string(), "$"].concat();
            (said == *hides).then(|| (*key, said.to_string(), pattern))
        })
    };
    let draft = || {
        let (key, begins) = DRAFTS;
        let said = json::text(fields, key).filter(|id| id.starts_with(begins))?;
        Some((
            key,
            said.to_owned(),
            ["^", &begins.replace('.', "\\.")].concat(),
        ))
    };
    state.or_else(flag).or_else(draft)
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
