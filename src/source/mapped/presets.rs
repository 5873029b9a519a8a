//! Configurations that are shipped as data under `public/app/presets/`; what a site writes beside
//! the name of one wins.

use serde_json::{Map, Value};

use crate::model::{ConfigError, nearest};
use crate::source::json;

/// The presets by name.
const PRESETS: [(&str, &str); 5] = [
    (
        "dev.to",
        include_str!("../../../public/app/presets/dev.to.json"),
    ),
    (
        "newsapi",
        include_str!("../../../public/app/presets/newsapi.json"),
    ),
    ("nyt", include_str!("../../../public/app/presets/nyt.json")),
    ("hn", include_str!("../../../public/app/presets/hn.json")),
    (
        "strapi",
        include_str!("../../../public/app/presets/strapi.json"),
    ),
];

/// The address that a preset begins its paths with, for those who must know whom a page will ask.
pub fn preset_address(options: &Map<String, Value>) -> Option<String> {
    let merged = with_preset(options).ok()?;
    json::owned(&Value::Object(merged), "base")
}

/// The options with a named preset underneath; maps are merged key by key.
pub(super) fn with_preset(options: &Map<String, Value>) -> Result<Map<String, Value>, ConfigError> {
    let Some(name) = options.get("preset") else {
        return Ok(options.clone());
    };
    let known: Vec<&'static str> = PRESETS.iter().map(|(name, _)| *name).collect();
    let wanted = json::plain(name).unwrap_or_default();
    let preset = PRESETS
        .iter()
        .find(|(name, _)| *name == wanted)
        .map(|(_, text)| *text);
    let Some(Ok(Value::Object(mut merged))) = preset.map(serde_json::from_str) else {
        return Err(ConfigError::UnknownKey {
            key: ["source.preset: ", wanted].concat(),
            meant: nearest(wanted, known.iter().copied()).map(str::to_owned),
            known,
        });
    };
    merged.remove("$about");
    for (key, value) in options {
        match (merged.get_mut(key), value) {
            (Some(Value::Object(under)), Value::Object(over)) if key == "map" || key == "vars" => {
                under.extend(over.clone());
            }
            _ => {
                merged.insert(key.clone(), value.clone());
            }
        }
    }
    Ok(merged)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::keys::Keys;
    use crate::source::mapped::KEYS;

    #[test]
    fn every_preset_is_a_sound_configuration() {
        for (name, text) in PRESETS {
            let options: Map<String, Value> =
                serde_json::from_str(&[r#"{"preset":""#, name, r#""}"#].concat()).expect("JSON");
            let merged = with_preset(&options).expect(name);
            assert!(
                text.contains("\"map\"") && merged.contains_key("list"),
                "{name}"
            );
            let map = Value::Object(merged);
            assert!(Keys::of(&map, "", KEYS).is_ok(), "{name}");
        }
    }
}
