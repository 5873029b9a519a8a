//! What readers' browsers get of a source: secrets that a build would publish, and a source that they
//! are to read and cannot.

use super::Proof;
use super::addresses::is_here;
use crate::model::{Fresh, Secret, SiteConfig, SourceConfig, SourceKind};

pub(super) fn look(config: &SiteConfig, proof: &mut Proof) {
    public(&config.source, proof);
    in_browsers(config, proof);
}

/// Secrets that stand in the file, which a build writes out with it.
fn public(source: &SourceConfig, proof: &mut Proof) {
    let open = |secret: &Secret| matches!(secret, Secret::Open(_));
    if source.kind != SourceKind::Ghost && source.key.as_ref().is_some_and(open) {
        proof.note(
            "\"source.key\" stands in the file, and a build publishes it; if it is secret, write \
             { \"env\": \"NAME\" } and set that variable"
                .into(),
        );
    }
    for (name, _) in source.headers.iter().filter(|(_, value)| open(value)) {
        let lower = name.to_ascii_lowercase();
        if ["authorization", "cookie", "key", "token"]
            .iter()
            .any(|it| lower.contains(it))
        {
            proof.note(format!(
                "\"source.headers.{name}\" stands in the file, and a build publishes it; write \
                 {{ \"env\": \"NAME\" }} and set that variable"
            ));
        }
    }
}

/// Why readers' browsers read the source themselves; `None` where they need not.
pub(super) fn why_read(config: &SiteConfig) -> Option<&'static str> {
    match (config.prerender, config.fresh) {
        (false, _) => Some("\"prerender\" is false"),
        (true, Fresh::Api) => Some("\"fresh\" is \"api\""),
        (true, _) => None,
    }
}

/// What keeps a browser from reading the source where it is to.
fn in_browsers(config: &SiteConfig, proof: &mut Proof) {
    let source = &config.source;
    let Some(why) = why_read(config) else { return };
    if source.has_secrets() {
        let said = format!(
            "{why}, but browsers cannot read a source that needs a secret from the environment"
        );
        if config.prerender {
            proof.note(format!(
                "{said}, so the app looks at the host; write \"fresh\": \"host\""
            ));
        } else {
            proof.error(format!(
                "{said}: every page would show an error in place of stories; take \"prerender\" out"
            ));
        }
    }
    let http = source.url.starts_with("http://") && config.url.starts_with("https://");
    if http && !is_here(&source.url) {
        proof.note(format!(
            "{why}, but the source is named with http, which a page on https does not ask; write \
             \"https://{}\"",
            &source.url[7..]
        ));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn proof(source: &str, more: &str) -> Proof {
        let text = format!("{{ \"source\": {{ {source} }} {more} }}");
        let mut proof = Proof::default();
        look(&SiteConfig::parse(&text).expect("a site"), &mut proof);
        proof
    }

    #[test]
    fn a_secret_in_the_open_is_noted_and_not_repeated() {
        let source = "\"kind\": \"guardian\", \"url\": \"https://a.example\", \"key\": \"s3cret\", \
                      \"headers\": { \"Authorization\": \"s3cret\", \"Accept\": \"x\" }";
        let notes = proof(source, "").notes;
        assert_eq!(notes.len(), 2, "{notes:?}");
        assert!(!notes.join("").contains("s3cret"));
    }

    #[test]
    fn a_browser_cannot_read_what_needs_a_secret_or_is_not_encrypted() {
        let secret = "\"url\": \"https://a.example/f\", \"key\": { \"env\": \"NOBODY_SET_THIS\" }";
        assert_eq!(proof(secret, ", \"prerender\": false").errors.len(), 1);
        assert_eq!(proof(secret, ", \"fresh\": \"api\"").notes.len(), 1);
        assert_eq!(proof(secret, ""), Proof::default());
        let http = proof(
            "\"url\": \"http://a.example/f\"",
            ", \"url\": \"https://b.example\", \"prerender\": false",
        );
        assert!(
            http.notes[0].contains("\"https://a.example/f\""),
            "{http:?}"
        );
    }
}
