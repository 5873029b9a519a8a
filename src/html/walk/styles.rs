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
        dropped || is_hidden(element)
    }
}

/// What the publisher's own page does not show either. Pictures are left alone: lazy loading
/// hides them until its script has run.
pub(super) fn is_hidden(element: &Element) -> bool {
    let hides = element
        .attributes
        .iter()
        .any(|(name, value)| match name.as_str() {
            "hidden" => true,
            "aria-hidden" => {
                value == "true" && matches!(element.name.as_str(), "span" | "i" | "svg")
            }
            "style" => {
                let style = value.replace(' ', "").to_ascii_lowercase();
                style.contains("display:none") || style.contains("mso-hide:all")
            }
            _ => false,
        });
    hides && element.name != "img" && !lines::holds_pictures(&element.children)
}
