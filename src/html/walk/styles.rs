//! What inline styles and old attributes mean, where they mean something: hidden, aligned, bold or in
//! italics. Nothing of them is copied.

use super::lines;
use crate::html::block::{Align, Style};
use crate::html::policy;
use crate::html::tree::Element;

/// How text is set that its element says nothing of, as editors and word processors write it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Set {
    Plain,
    Styled(Style),
}

impl Set {
    pub(super) fn style(self) -> Option<Style> {
        match self {
            Self::Plain => None,
            Self::Styled(style) => Some(style),
        }
    }
}

/// What an inline style says of its text; `None` when it says nothing.
pub(super) fn set(element: &Element) -> Option<Set> {
    let style = element.attribute("style")?.to_ascii_lowercase();
    let value = |name: &str| {
        let mut all = style.split(';').filter_map(|one| one.split_once(':'));
        let found = all.find(|(known, _)| known.trim() == name);
        found.and_then(|(_, value)| value.split_ascii_whitespace().next())
    };
    let weight = value("font-weight");
    let bold = |weight: &str| {
        matches!(weight, "bold" | "bolder") || weight.parse().is_ok_and(|n: u16| n >= 600)
    };
    match (weight, value("font-style")) {
        (Some(weight), _) if bold(weight) => Some(Set::Styled(Style::Strong)),
        (_, Some("italic" | "oblique")) => Some(Set::Styled(Style::Emphasis)),
        (Some(_), _) | (_, Some("normal")) => Some(Set::Plain),
        _ => None,
    }
}

/// Where an editor set a paragraph or cell, by any of the ways this was written.
pub(super) fn alignment(element: &Element) -> Align {
    let class = element.attribute("class").unwrap_or_default();
    let style = element.attribute("style").unwrap_or_default();
    let told = element.attribute("align").unwrap_or_else(|| {
        style.split_once("text-align:").map_or("", |(_, rest)| {
            rest.trim_start()
                .split([';', ' ', '!'])
                .next()
                .unwrap_or_default()
        })
    });
    let by_class = |names: [&str; 2]| class.split_ascii_whitespace().any(|t| names.contains(&t));
    if told.eq_ignore_ascii_case("right") || by_class(["end", "has-text-align-right"]) {
        Align::End
    } else if told.eq_ignore_ascii_case("center") || by_class(["centre", "has-text-align-center"]) {
        Align::Centre
    } else {
        Align::Start
    }
}

impl super::Walker<'_> {
    /// Whether an element that the walk does not come by is hidden, or left out by its class.
    pub(super) fn is_left_out(&mut self, element: &Element) -> bool {
        let class = element.attribute("class").unwrap_or_default();
        let dropped = policy::meanings(class)
            .any(|meaning| matches!(meaning, policy::Meaning::Drop | policy::Meaning::Gutter));
        self.dropped.elements += usize::from(dropped);
        dropped || self.is_hidden(element)
    }

    /// What readers of the publisher's own page do not get to see either: what is hidden there and
    /// nothing opens. Tabs, answers and second halves that a script opens are a part of the text.
    pub(super) fn is_hidden(&self, element: &Element) -> bool {
        let opens = || opens_by_itself(element) || self.ids.is_opened(element);
        is_decoration(element) || (is_concealed(element) && (lies_over(element) || !opens()))
    }
}

/// Whether an element says that it is not shown. Pictures are left alone: lazy loading hides them
/// until its script has run.
fn is_concealed(element: &Element) -> bool {
    let style = element.attribute("style").unwrap_or_default();
    let style = style.replace(' ', "").to_ascii_lowercase();
    let hides = element.attribute("hidden").is_some()
        || style.contains("display:none")
        || style.contains("mso-hide:all");
    hides && is_without_pictures(element)
}

/// A sign that is there for the eye alone.
fn is_decoration(element: &Element) -> bool {
    element.attribute("aria-hidden") == Some("true")
        && matches!(element.name.as_str(), "span" | "i" | "svg")
        && is_without_pictures(element)
}

fn is_without_pictures(element: &Element) -> bool {
    element.name != "img" && !lines::holds_pictures(&element.children)
}

/// Whether what is hidden would open over the page: a letter to sign up for, a larger picture.
fn lies_over(element: &Element) -> bool {
    ["role", "class"]
        .into_iter()
        .filter_map(|name| element.attribute(name))
        .any(policy::names_over)
}

/// Whether what is hidden bears the marks of something that its reader opens.
fn opens_by_itself(element: &Element) -> bool {
    let attribute = |name| element.attribute(name).unwrap_or_default();
    attribute("hidden").eq_ignore_ascii_case("until-found")
        || attribute("role") == "tabpanel"
        || !attribute("aria-labelledby").is_empty()
        || policy::names_opened(attribute("class"))
        || policy::names_opened(attribute("id"))
}
