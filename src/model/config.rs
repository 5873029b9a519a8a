//! `site.json` as a publisher writes it: read strictly, so that a typo is an error that names the
//! key that was meant, and a wrong type names the key and what belongs there.
//!
//! `public/app/site.schema.json` describes the same file for editors; a test holds the two
//! together. The resolved, secret-free form is [`super::Site`].

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::keys::{Keys, wrong};
use super::{Fresh, SourceKind, nearest};

/// Everything `site.json` can say, with defaults filled in.
#[derive(Clone, Debug, PartialEq)]
pub struct SiteConfig {
    /// Empty when left out: the source's own title is used where it has one.
    pub title: String,
    pub description: String,
    /// Public address, absolute; empty when the site does not know it yet.
    pub url: String,
    pub language: String,
    pub logo: Option<String>,
    pub icon: Option<String>,
    pub accent: Option<String>,
    pub source: SourceConfig,
    /// Section paths in navigation order; empty means by number of stories.
    pub sections: Vec<String>,
    pub menu: Vec<Link>,
    pub footer: Vec<Link>,
    /// Folder with the publisher's own pages, relative to `site.json`.
    pub pages: Option<String>,
    /// Files of the site's folder, and folders of such, that a source from elsewhere may name.
    pub files: Vec<String>,
    /// Old path to new path or address.
    pub redirects: BTreeMap<String, String>,
    pub page_size: usize,
    pub permalink: String,
    pub front: FrontConfig,
    pub comments: CommentsConfig,
    pub newsletter: Option<Newsletter>,
    pub worth_reading: bool,
    pub fresh: Fresh,
    pub prerender: bool,
    pub pictures: PictureConfig,
}

/// Where articles come from. What only one format needs stays in `options`, which that format
/// checks when it is opened.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SourceConfig {
    pub kind: SourceKind,
    /// Address or path (relative to `site.json`) of the feed, site or API.
    pub url: String,
    /// An API key; Ghost's content key is public by design and may be written out.
    pub key: Option<Secret>,
    /// Extra request headers.
    pub headers: BTreeMap<String, Secret>,
    /// Every other key of the `source` object.
    pub options: Map<String, Value>,
}

/// A value given in the open, or the name of an environment variable read at build time only.
#[derive(Clone, Debug, PartialEq)]
pub enum Secret {
    Open(String),
    Env(String),
    /// What the variable held. Lives in memory of a build only.
    Revealed(String),
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct FrontConfig {
    /// Ids or slugs of stories that lead the front page, in order.
    pub pins: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct CommentsConfig {
    /// Whether comments may be sent from the page.
    pub post: bool,
    /// Whether the receiver takes comments without name and email.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub anonymous: bool,
    /// Characters.
    pub max_length: usize,
    /// An address that takes comments by the documented JSON contract.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub endpoint: Option<String>,
    /// Where a reader may send a comment by mail when nothing takes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Name of a field that people leave empty; only where the endpoint checks it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub honeypot: Option<String>,
}

impl Default for CommentsConfig {
    fn default() -> Self {
        Self {
            post: false,
            anonymous: false,
            max_length: 5000,
            endpoint: None,
            email: None,
            honeypot: None,
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Newsletter {
    pub title: String,
    pub text: String,
    /// Where the form is sent; without it the call-out is not shown.
    pub action: String,
}

/// An entry of a menu.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Link {
    pub title: String,
    pub url: String,
}

/// What happens to pictures at build time.
#[derive(Clone, Debug, PartialEq)]
pub struct PictureConfig {
    /// Make 360, 720 and 1440 px versions of pictures that lack a usable `srcset`.
    pub resize: bool,
    pub remote: RemotePictures,
}

/// Which pictures of other hosts a build fetches.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RemotePictures {
    /// Those of the source's own host: the configuration names it.
    #[default]
    Own,
    All,
    /// None: all stay where they are.
    None,
}

impl Default for PictureConfig {
    fn default() -> Self {
        Self {
            resize: true,
            remote: RemotePictures::Own,
        }
    }
}

/// Why `site.json` cannot be used; `Display` is a sentence for the publisher.
#[derive(Clone, Debug, PartialEq)]
pub enum ConfigError {
    /// Not JSON: the parser's message, with line and column.
    Syntax {
        line: usize,
        column: usize,
        message: String,
    },
    /// A key nobody knows, with its path and the key that was probably meant.
    UnknownKey {
        key: String,
        meant: Option<String>,
        known: Vec<&'static str>,
    },
    /// A key whose value has the wrong shape.
    Wrong {
        key: String,
        expected: Cow<'static, str>,
        found: String,
    },
    Missing {
        key: &'static str,
        remedy: &'static str,
    },
    /// A secret that is kept in an environment variable which is not set, or not here.
    Secret { key: String, variable: String },
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Syntax {
                line,
                column,
                message,
            } => {
                write!(f, "line {line}, column {column}: {message}")
            }
            Self::UnknownKey {
                key,
                meant: Some(meant),
                ..
            } => {
                write!(f, "unknown key \"{key}\"; did you mean \"{meant}\"?")
            }
            Self::UnknownKey {
                key,
                meant: None,
                known,
            } if known.is_empty() => write!(f, "unknown key \"{key}\"; take it out"),
            Self::UnknownKey {
                key,
                meant: None,
                known,
            } => {
                write!(f, "unknown key \"{key}\"; known here: {}", known.join(", "))
            }
            Self::Wrong {
                key,
                expected,
                found,
            } => {
                write!(f, "\"{key}\" should be {expected}, not {found}")
            }
            Self::Missing { key, remedy } => write!(f, "\"{key}\" is missing; {remedy}"),
            Self::Secret { key, variable } => write!(
                f,
                "\"{key}\" is kept in the environment variable {variable}, which is not set here"
            ),
        }
    }
}

impl std::error::Error for ConfigError {}

const KEYS: &[&str] = &[
    "$schema",
    "title",
    "description",
    "url",
    "language",
    "logo",
    "icon",
    "accent",
    "source",
    "sections",
    "menu",
    "footer",
    "pages",
    "files",
    "redirects",
    "page_size",
    "permalink",
    "front",
    "comments",
    "newsletter",
    "worth_reading",
    "fresh",
    "prerender",
    "pictures",
];

impl SiteConfig {
    /// Reads the text of a `site.json`.
    ///
    /// # Errors
    /// The first thing that is wrong, named by key (or line and column when it is not JSON).
    pub fn parse(text: &str) -> Result<Self, ConfigError> {
        let text = text.trim_start_matches('\u{feff}');
        let value: Value = serde_json::from_str(text).map_err(|error| ConfigError::Syntax {
            line: error.line(),
            column: error.column(),
            message: error.to_string(),
        })?;
        let root = Keys::of(&value, "", KEYS)?;
        if let Some(text @ Value::String(_)) = root.get("source") {
            let expected = r#"an object such as { "kind": "jsonfeed", "url": "feed.json" }"#;
            return Err(wrong("source", expected, text));
        }
        let source = root.object("source", None)?.ok_or(ConfigError::Missing {
            key: "source",
            remedy: r#"write for example "source": { "kind": "jsonfeed", "url": "feed.json" }"#,
        })?;
        let source = SourceConfig::from_value(&source)?;
        let permalink = match root.text("permalink")? {
            Some(pattern) => checked_permalink(pattern)?,
            None if source.kind.keeps_addresses() => "source".into(),
            None => "/article/{slug}/".into(),
        };
        Ok(Self {
            title: root.text("title")?.unwrap_or_default(),
            description: root.text("description")?.unwrap_or_default(),
            url: root.text("url")?.unwrap_or_default(),
            language: language(&root.text("language")?.unwrap_or_default()),
            logo: root.text("logo")?,
            icon: root.text("icon")?,
            accent: root.text("accent")?,
            sections: root.texts("sections")?,
            menu: links(&root, "menu")?,
            footer: links(&root, "footer")?,
            pages: root.text("pages")?,
            files: root.texts("files")?,
            redirects: redirects(&root)?,
            page_size: root.count("page_size", 1, 100)?.unwrap_or(12),
            permalink,
            front: match root.object("front", Some(&["pins"]))? {
                Some(front) => FrontConfig {
                    pins: Keys::of(&front, "front.", &["pins"])?.texts("pins")?,
                },
                None => FrontConfig::default(),
            },
            comments: comments(&root)?,
            newsletter: newsletter(&root)?,
            worth_reading: root.flag("worth_reading")?.unwrap_or(true),
            fresh: match root.get("fresh") {
                None => Fresh::Host,
                Some(value) => match value.as_str() {
                    Some("host") => Fresh::Host,
                    Some("api") => Fresh::Api,
                    Some("off") => Fresh::Off,
                    _ => return Err(wrong("fresh", "\"host\", \"api\" or \"off\"", value)),
                },
            },
            prerender: root.flag("prerender")?.unwrap_or(true),
            pictures: match root.object("pictures", Some(&["resize", "remote"]))? {
                Some(value) => {
                    let keys = Keys::of(&value, "pictures.", &["resize", "remote"])?;
                    PictureConfig {
                        resize: keys.flag("resize")?.unwrap_or(true),
                        remote: match keys.flag("remote")? {
                            None => RemotePictures::Own,
                            Some(true) => RemotePictures::All,
                            Some(false) => RemotePictures::None,
                        },
                    }
                }
                None => PictureConfig::default(),
            },
            source,
        })
    }
}

impl SourceConfig {
    /// Reads the `source` object. Keys that only one format knows are left to that format.
    ///
    /// # Errors
    /// An unknown `kind` (with the nearest known one), a missing address, or a wrong type.
    pub fn from_value(value: &Value) -> Result<Self, ConfigError> {
        let mut options = match value {
            Value::Object(map) => map.clone(),
            other => return Err(wrong("source", "an object", other)),
        };
        let kind = match options.remove("kind") {
            None => SourceKind::JsonFeed,
            Some(Value::String(name)) => SourceKind::from_name(&name).ok_or_else(|| {
                let known = SourceKind::ALL.map(SourceKind::name);
                let expected = match nearest(&name, known) {
                    Some(near) => format!("\"{near}\""),
                    None => format!("one of {}", known.join(", ")),
                };
                wrong("source.kind", expected, &name.into())
            })?,
            Some(other) => return Err(wrong("source.kind", "a name", &other)),
        };
        let url = match options
            .remove("url")
            .or_else(|| options.get("base").cloned())
        {
            Some(Value::String(url)) if !url.is_empty() => url,
            Some(other) => return Err(wrong("source.url", "an address or a path", &other)),
            None if options.contains_key("preset") => String::new(),
            None => {
                return Err(ConfigError::Missing {
                    key: "source.url",
                    remedy: "write the address of the feed, site or API",
                });
            }
        };
        let key = match options.remove("key") {
            Some(value) => Some(Secret::from_value("source.key", &value)?),
            None => None,
        };
        let mut headers = BTreeMap::new();
        match options.remove("headers") {
            None => {}
            Some(Value::Object(map)) => {
                for (name, value) in &map {
                    headers.insert(name.clone(), Secret::from_value("source.headers", value)?);
                }
            }
            Some(other) => return Err(wrong("source.headers", "an object of texts", &other)),
        }
        Ok(Self {
            kind,
            url,
            key,
            headers,
            options,
        })
    }
}

impl SourceConfig {
    /// Reads every secret that is kept in the environment, so that the source can be opened.
    /// Only the native side can: a browser has no environment, so a source that needs one is
    /// read at build time only.
    ///
    /// # Errors
    /// A variable that is not set.
    pub fn reveal(&self, read: &dyn Fn(&str) -> Option<String>) -> Result<Self, ConfigError> {
        let mut revealed = self.clone();
        if let Some(key) = &mut revealed.key {
            key.reveal("source.key", read)?;
        }
        for (name, value) in &mut revealed.headers {
            value.reveal(&format!("source.headers.{name}"), read)?;
        }
        Ok(revealed)
    }

    /// Whether anything here is a secret that only the build may know.
    pub fn has_secrets(&self) -> bool {
        self.key
            .iter()
            .chain(self.headers.values())
            .any(|it| !matches!(it, Secret::Open(_)))
    }

    /// The secrets themselves, once they have been read.
    pub fn secrets(&self) -> impl Iterator<Item = &str> {
        let all = self.key.iter().chain(self.headers.values());
        all.filter_map(|it| match it {
            Secret::Revealed(text) => Some(text.as_str()),
            Secret::Open(_) | Secret::Env(_) => None,
        })
    }
}

impl Secret {
    fn reveal(
        &mut self,
        key: &str,
        read: &dyn Fn(&str) -> Option<String>,
    ) -> Result<(), ConfigError> {
        if let Self::Env(variable) = self {
            *self = Self::Revealed(read(variable).ok_or_else(|| ConfigError::Secret {
                key: key.to_owned(),
                variable: variable.clone(),
            })?);
        }
        Ok(())
    }

    /// The value, once it has been revealed.
    pub fn open(&self) -> Option<&str> {
        match self {
            Self::Open(text) | Self::Revealed(text) => Some(text),
            Self::Env(_) => None,
        }
    }

    /// What was found instead is not repeated: it may well be the secret.
    fn not_a_secret(key: &str) -> ConfigError {
        ConfigError::Wrong {
            key: key.into(),
            expected: "a text or { \"env\": \"NAME\" }".into(),
            found: "what it is".into(),
        }
    }

    fn from_value(key: &str, value: &Value) -> Result<Self, ConfigError> {
        match value {
            Value::String(text) => Ok(Self::Open(text.clone())),
            Value::Object(map) if map.len() == 1 => match map.get("env") {
                Some(Value::String(name)) => Ok(Self::Env(name.clone())),
                _ => Err(Self::not_a_secret(key)),
            },
            _ => Err(Self::not_a_secret(key)),
        }
    }
}

/// First segments that no story and no publisher's page may take.
pub const RESERVED: [&str; 17] = [
    "page", "category", "tag", "author", "search", "saved", "drafts", "archive", "embed", "data",
    "assets", "app", "feed", "rss", "index", "404", "shell",
];

const PLACEHOLDERS: [&str; 6] = ["slug", "id", "section", "yyyy", "mm", "dd"];

/// A language as BCP 47 writes it, where it is written as operating systems do (`en_US.UTF-8`); English
/// where none is named.
fn language(written: &str) -> String {
    let tag = written.split(['.', '@']).next().unwrap_or_default().trim();
    match tag {
        "" => "en".into(),
        tag => tag.replace('_', "-"),
    }
}

/// A pattern must begin at the root, use known placeholders and name a story by slug or id.
fn checked_permalink(pattern: String) -> Result<String, ConfigError> {
    if pattern == "source" {
        return Ok(pattern);
    }
    let expected = "\"source\", or a path such as \"/article/{slug}/\" with {slug} or {id}";
    let mut names = Vec::new();
    for part in pattern.split('{').skip(1) {
        let name = part.split('}').next().unwrap_or_default();
        if !PLACEHOLDERS.contains(&name) || !part.contains('}') {
            return Err(ConfigError::UnknownKey {
                key: format!("permalink: {{{name}}}"),
                meant: nearest(name, PLACEHOLDERS).map(str::to_owned),
                known: PLACEHOLDERS.to_vec(),
            });
        }
        names.push(name);
    }
    let first = pattern.split('/').nth(1).unwrap_or_default();
    if RESERVED.contains(&first) {
        let expected =
            "a path that begins as no list or folder of the site does (category, archive, page…)";
        return Err(wrong("permalink", expected, &pattern.into()));
    }
    let named = names.contains(&"slug") || names.contains(&"id");
    if !pattern.starts_with('/') || !pattern.ends_with('/') || !named || pattern.contains("..") {
        return Err(wrong("permalink", expected, &pattern.into()));
    }
    Ok(pattern)
}

fn links(root: &Keys, key: &'static str) -> Result<Vec<Link>, ConfigError> {
    let expected = "a list of { \"title\": …, \"url\": … }";
    let Some(value) = root.get(key) else {
        return Ok(Vec::new());
    };
    let Value::Array(items) = value else {
        return Err(wrong(key, expected, value));
    };
    items
        .iter()
        .map(|item| {
            if !item.is_object() {
                return Err(wrong(key, expected, item));
            }
            let keys = Keys::of(item, &format!("{key}."), &["title", "url"])?;
            match (keys.text("title")?, keys.text("url")?) {
                (Some(title), Some(url)) => Ok(Link { title, url }),
                _ => Err(wrong(key, expected, item)),
            }
        })
        .collect()
}

fn redirects(root: &Keys) -> Result<BTreeMap<String, String>, ConfigError> {
    let expected = "an object from old path to new path";
    match root.get("redirects") {
        None => Ok(BTreeMap::new()),
        Some(Value::Object(map)) => map
            .iter()
            .map(|(from, to)| match to {
                Value::String(to) if from.starts_with('/') => Ok((from.clone(), to.clone())),
                Value::String(_) => {
                    let expected = "given by old paths that begin with /";
                    Err(wrong("redirects", expected, &from.as_str().into()))
                }
                other => Err(wrong(
                    &format!("redirects.{from}"),
                    "a path or an address",
                    other,
                )),
            })
            .collect(),
        Some(other) => Err(wrong("redirects", expected, other)),
    }
}

fn comments(root: &Keys) -> Result<CommentsConfig, ConfigError> {
    const KEYS: &[&str] = &[
        "post",
        "anonymous",
        "max_length",
        "endpoint",
        "email",
        "honeypot",
    ];
    let Some(value) = root.object("comments", None)? else {
        return Ok(CommentsConfig::default());
    };
    let keys = Keys::of(&value, "comments.", KEYS)?;
    Ok(CommentsConfig {
        post: keys.flag("post")?.unwrap_or(false),
        anonymous: keys.flag("anonymous")?.unwrap_or(false),
        max_length: keys.count("max_length", 1, 1_000_000)?.unwrap_or(5000),
        endpoint: keys.text("endpoint")?,
        email: keys.text("email")?,
        honeypot: keys.text("honeypot")?,
    })
}

fn newsletter(root: &Keys) -> Result<Option<Newsletter>, ConfigError> {
    let Some(value) = root.object("newsletter", None)? else {
        return Ok(None);
    };
    let keys = Keys::of(&value, "newsletter.", &["title", "text", "action"])?;
    let action = keys.text("action")?.unwrap_or_default();
    if !action.is_empty() && !action.starts_with("https://") && !action.starts_with('/') {
        return Err(wrong(
            "newsletter.action",
            "an https address or a path",
            &action.into(),
        ));
    }
    Ok(Some(Newsletter {
        title: keys.text("title")?.unwrap_or_default(),
        text: keys.text("text")?.unwrap_or_default(),
        action,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: &str = r#"{ "title": "T", "source": { "kind": "jsonfeed", "url": "feed.json" } }"#;

    fn message(text: &str) -> String {
        SiteConfig::parse(text).expect_err("an error").to_string()
    }

    #[test]
    fn the_smallest_file_gets_every_default() {
        let config = SiteConfig::parse(SMALL).expect("a site");
        assert_eq!(config.page_size, 12);
        assert_eq!(config.permalink, "/article/{slug}/");
        assert!(config.prerender && config.worth_reading && !config.comments.post);
    }

    #[test]
    fn name_and_email_are_required_unless_the_receiver_needs_none() {
        let needs = r#"{ "comments": { "post": true }, "source": { "url": "f" } }"#;
        let config = SiteConfig::parse(needs).expect("a site");
        assert!(!config.comments.anonymous);
        let takes =
            r#"{ "comments": { "post": true, "anonymous": true }, "source": { "url": "f" } }"#;
        let config = SiteConfig::parse(takes).expect("a site");
        assert!(config.comments.anonymous);
    }

    #[test]
    fn wordpress_keeps_its_addresses_unless_told_otherwise() {
        let text = r#"{ "source": { "kind": "wordpress", "url": "https://news.example" } }"#;
        assert_eq!(SiteConfig::parse(text).expect("a site").permalink, "source");
    }

    #[test]
    fn an_unknown_key_names_the_nearest_known_one() {
        assert_eq!(
            message(r#"{ "titel": "T", "source": { "url": "feed.json" } }"#),
            r#"unknown key "titel"; did you mean "title"?"#
        );
        assert_eq!(
            message(r#"{ "comments": { "pots": true }, "source": { "url": "f" } }"#),
            r#"unknown key "comments.pots"; did you mean "comments.post"?"#
        );
        assert!(
            message(r#"{ "source": { "kind": "wordpres", "url": "f" } }"#).contains("wordpress")
        );
        assert!(
            message(r#"{ "permalink": "/{slag}/", "source": { "url": "f" } }"#).contains("slug")
        );
    }

    #[test]
    fn broken_json_names_its_line_and_a_wrong_type_its_key() {
        assert!(message("{\n \"title\": }").starts_with("line 2, column 11"));
        assert_eq!(
            message(r#"{ "page_size": "many", "source": { "url": "f" } }"#),
            r#""page_size" should be a whole number from 1 to 100, not "many""#
        );
        assert!(message(r#"{ "title": "T" }"#).contains("\"source\" is missing"));
    }

    #[test]
    fn a_byte_order_mark_is_no_error() {
        assert!(SiteConfig::parse(&format!("\u{feff}{SMALL}")).is_ok());
    }

    #[test]
    fn secrets_are_names_of_variables_or_open_texts() {
        let text = r#"{ "source": { "kind": "guardian", "url": "https://api.example",
            "key": { "env": "API_KEY" } } }"#;
        let config = SiteConfig::parse(text).expect("a site");
        assert_eq!(config.source.key, Some(Secret::Env("API_KEY".into())));
    }
}
