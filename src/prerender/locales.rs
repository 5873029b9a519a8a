//! The texts of the interface, embedded in the command: a build ships the one file its site needs.

use anyhow::Result;

use crate::strings::{LOCALES, Strings, locale_of};

/// In the order of [`LOCALES`].
const TEXTS: [&str; LOCALES.len()] = [
    include_str!("../../public/app/locales/en.json"),
    include_str!("../../public/app/locales/ar.json"),
    include_str!("../../public/app/locales/de.json"),
    include_str!("../../public/app/locales/es.json"),
    include_str!("../../public/app/locales/fr.json"),
    include_str!("../../public/app/locales/hi.json"),
    include_str!("../../public/app/locales/ja.json"),
    include_str!("../../public/app/locales/pt.json"),
    include_str!("../../public/app/locales/zh.json"),
];

/// Name and text of the locale file that fits a language best; English where none does.
pub fn chosen(language: &str) -> (&'static str, &'static str) {
    let name = locale_of(language).unwrap_or(LOCALES[0]);
    let index = LOCALES.iter().position(|known| *known == name);
    (name, TEXTS[index.unwrap_or_default()])
}

/// The texts for a site's language.
///
/// # Errors
/// When a shipped locale file is broken.
pub fn strings(language: &str) -> Result<Strings> {
    let (name, text) = chosen(language);
    Strings::parse(language, text).map_err(|error| anyhow::anyhow!("locale {name}: {error}"))
}
