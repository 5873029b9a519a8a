//! The style sheets of the tree: what is inlined in every page, what comes with the app, what is for
//! paper, and what only some languages need. They are embedded at compile time and made small here;
//! `assets.rs` puts them where they belong.

/// What every page has inlined, in cascade order.
const STYLES: &[&str] = &[
    include_str!("../../style/tokens.css"),
    include_str!("../../style/base.css"),
    include_str!("../../style/masthead.css"),
    include_str!("../../style/cards.css"),
    include_str!("../../style/front.css"),
    include_str!("../../style/body.css"),
    include_str!("../../style/article.css"),
    include_str!("../../style/forms.css"),
];

const APP_STYLES: &[&str] = &[
    include_str!("../../style/app-forms.css"),
    include_str!("../../style/app-body.css"),
    include_str!("../../style/app-cards.css"),
    include_str!("../../style/app-fresh.css"),
    include_str!("../../style/app-settings.css"),
    include_str!("../../style/app-search.css"),
];

/// What other scripts than Latin need: half a kilobyte that a paper without a story in one of them
/// does not send with every page, nor has every element of it tried against.
const SCRIPTS: &str = include_str!("../../style/scripts.css");
const SCRIPTED: &[&str] = &["ar", "fa", "ur", "he", "hi", "mr", "ne", "ja", "zh", "ko"];

/// What languages need that write one thing as one word.
const HYPHENS: &str = include_str!("../../style/hyphens.css");
const LONG: &[&str] = &[
    "de", "nl", "af", "fy", "sv", "da", "nb", "nn", "no", "is", "fi", "et", "hu",
];

/// Which sheets the languages of a site and its stories need beside what every page has.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Sheets {
    scripts: bool,
    hyphens: bool,
}

impl Sheets {
    pub fn of<'a>(languages: impl Iterator<Item = &'a str>) -> Self {
        let mut sheets = Self::default();
        for language in languages {
            let language = language.split(['-', '_']).next().unwrap_or_default();
            let among = |all: &[&str]| all.iter().any(|it| it.eq_ignore_ascii_case(language));
            sheets.scripts |= among(SCRIPTED);
            sheets.hyphens |= among(LONG);
        }
        sheets
    }

    /// For a site whose stories no build reads: any of them may be in another script.
    pub fn unread(language: &str) -> Self {
        Self {
            scripts: true,
            ..Self::of(std::iter::once(language))
        }
    }

    /// What stands in the head of every page.
    pub fn inlined(&self) -> String {
        let scripts = if self.scripts { SCRIPTS } else { "" };
        let hyphens = if self.hyphens { HYPHENS } else { "" };
        minify(&[&STYLES.concat(), scripts, hyphens].concat())
    }
}

/// What only paper needs.
pub fn print() -> String {
    minify(include_str!("../../style/print.css"))
}

/// What is needed only once the app is live.
pub fn app() -> String {
    minify(&APP_STYLES.concat())
}

/// Drops comments and needless white space; our own style sheets need no more.
fn minify(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(start) = rest.find("/*") {
        squeeze(&rest[..start], &mut out);
        rest = rest[start..]
            .find("*/")
            .map_or("", |end| &rest[start + end + 2..]);
    }
    squeeze(rest, &mut out);
    out
}

fn squeeze(css: &str, out: &mut String) {
    let mut space = false;
    for c in css.chars() {
        if c.is_whitespace() {
            space = true;
            continue;
        }
        let tight = |c: char| matches!(c, '{' | '}' | ';' | ',');
        if space && !tight(c) && !out.ends_with([' ', '{', '}', ';', ',', ':']) && !out.is_empty() {
            out.push(' ');
        }
        space = false;
        if c == '}' && out.ends_with(';') {
            out.pop();
        }
        out.push(c);
    }
    if space && !out.is_empty() && !out.ends_with(['{', '}', ';', ',', ' ']) {
        out.push(' ');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_has_its_sheet_and_the_sheet_knows_each_language() {
        let of = |language: &str| Sheets::of(["en-GB", language].into_iter());
        let (scripts, hyphens) = (true, true);
        for language in SCRIPTED {
            assert!(
                SCRIPTS.contains(&format!(":lang({language})")),
                "{language}"
            );
            let wanted = Sheets {
                scripts,
                ..Sheets::default()
            };
            assert_eq!(of(&language.to_uppercase()), wanted);
        }
        for language in LONG {
            let selector = format!("[lang|=\"{language}\"]");
            assert!(HYPHENS.contains(&selector), "{language}");
            let wanted = Sheets {
                hyphens,
                ..Sheets::default()
            };
            assert_eq!(of(&format!("{language}-XX")), wanted);
        }
        assert_eq!(HYPHENS.matches("[lang|=").count(), LONG.len());
        assert_eq!(of("pl"), Sheets::default());
        assert_eq!(of("den"), Sheets::default());
    }
}
