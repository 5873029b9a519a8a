//! Pointers of a mapping that found nothing in any item: most likely a slip in the configuration.

use crate::model::SourceKind;

use super::Plan;
use super::report::Report;

/// What a key of a mapping fills, as the report counts it.
const FILLS: [(&str, &str); 15] = [
    ("title", "headline"),
    ("slug", "slug"),
    ("url", "url"),
    ("html", "body"),
    ("markdown", "body"),
    ("text", "body"),
    ("summary", "summary"),
    ("standfirst", "standfirst"),
    ("kicker", "kicker"),
    ("published", "published"),
    ("modified", "modified"),
    ("image", "image"),
    ("author", "authors"),
    ("section", "section"),
    ("tags", "tags"),
];

/// A line for each key of the site's own mapping that found nothing. A preset's keys are known to
/// be right, and may still be empty in one answer. What the reading said already is not said again.
pub(super) fn silent(report: &Report, plan: &Plan) -> Vec<String> {
    let items = report.articles + report.skipped.len();
    let map = plan
        .config
        .options
        .get("map")
        .and_then(|map| map.as_object());
    let Some(map) = map.filter(|_| plan.config.kind == SourceKind::Mapped && items > 0) else {
        return Vec::new();
    };
    let found = |fills: &str| report.present.contains_key(fills);
    let said = |key: &str| {
        let begins = format!("\"source.map.{key}\" finds ");
        report.problems.iter().any(|it| it.starts_with(&begins))
    };
    FILLS
        .iter()
        // Where no item became a story, only its headline is known to be missing.
        .filter(|(key, _)| report.articles > 0 || *key == "title")
        .filter(|(key, _)| !said(key))
        .filter_map(|(key, fills)| Some((key, map.get(*key).filter(|_| !found(fills))?)))
        .map(|(key, pointer)| {
            format!("\"source.map.{key}\" finds nothing in any of {items} items: {pointer}")
        })
        .collect()
}
