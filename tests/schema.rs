//! The schema that editors use and the code that reads `site.json` say the same.

mod support;

use std::collections::BTreeSet;

use dateline::model::{ConfigError, SiteConfig, SourceConfig, SourceKind};
use serde_json::{Value, json};

fn schema() -> Value {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/public/app/site.schema.json");
    serde_json::from_str(&std::fs::read_to_string(file).expect("the schema")).expect("JSON")
}

fn names(properties: &Value) -> BTreeSet<String> {
    properties
        .as_object()
        .expect("properties")
        .keys()
        .cloned()
        .collect()
}

/// The keys the code knows in some object, by what it says of one that it does not know.
fn known(result: Result<impl Sized, ConfigError>) -> BTreeSet<String> {
    match result {
        Err(ConfigError::UnknownKey { known, .. }) => {
            known.into_iter().map(str::to_owned).collect()
        }
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("an unknown key was accepted"),
    }
}

#[test]
fn every_key_of_site_json_is_in_the_schema_and_no_other() {
    let schema = schema();
    let site = |more: Value| {
        let mut site = json!({ "source": { "url": "feed.json" } });
        site.as_object_mut()
            .expect("an object")
            .extend(more.as_object().expect("an object").clone());
        SiteConfig::parse(&site.to_string())
    };
    assert_eq!(
        known(site(json!({ "zzzzzzzzzz": 1 }))),
        names(&schema["properties"])
    );
    for object in ["front", "comments", "newsletter", "pictures"] {
        assert_eq!(
            known(site(json!({ object: { "zzzzzzzzzz": 1 } }))),
            names(&schema["properties"][object]["properties"]),
            "{object}"
        );
    }
    assert_eq!(
        known(site(json!({ "menu": [{ "zzzzzzzzzz": 1 }] }))),
        names(&schema["$defs"]["link"]["properties"])
    );
}

#[test]
fn every_option_of_every_kind_of_source_is_in_the_schema_and_no_other() {
    let schema = schema();
    let mut options: BTreeSet<String> = ["kind", "url", "key", "headers"].map(str::to_owned).into();
    for kind in SourceKind::ALL {
        let source =
            json!({ "kind": kind.name(), "url": "https://n.example", "key": "k", "zzzzzzzzzz": 1 });
        let config = SourceConfig::from_value(&source).expect("a source");
        let host = support::host();
        match dateline::source::open(&config, host) {
            Err(ConfigError::UnknownKey { known, .. }) => {
                options.extend(known.into_iter().map(str::to_owned));
            }
            other => panic!("{}: {:?}", kind.name(), other.err()),
        }
    }
    assert_eq!(options, names(&schema["$defs"]["source"]["properties"]));
    let kinds: Vec<&str> = SourceKind::ALL.iter().map(|kind| kind.name()).collect();
    assert_eq!(
        schema["$defs"]["source"]["properties"]["kind"]["enum"],
        json!(kinds)
    );
}

#[test]
fn every_part_of_a_mapping_is_in_the_schema_and_no_other() {
    let schema = schema();
    let mapped = |list: Value, id: Value| {
        let source = json!({ "kind": "mapped", "url": "https://n.example", "list": list,
            "map": { "id": id, "title": "/t" } });
        dateline::source::open(&SourceConfig::from_value(&source)?, support::host()).map(|_| ())
    };
    let operators = known(mapped(json!({ "path": "" }), json!({ "zzzzzzzzzz": 1 })));
    let expression = &schema["$defs"]["expression"]["oneOf"][2]["properties"];
    assert_eq!(operators, names(expression));
    let endpoint = &schema["$defs"]["endpoint"]["properties"];
    assert_eq!(
        known(mapped(json!({ "zzzzzzzzzz": 1 }), json!("/id"))),
        names(endpoint)
    );
    let next = json!({ "next": { "zzzzzzzzzz": 1 } });
    assert_eq!(
        known(mapped(next, json!("/id"))),
        names(&endpoint["next"]["properties"])
    );
}
