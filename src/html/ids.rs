//! Ids of a body: kept only where something links to them, prefixed so that none clashes with the
//! page's own, each given once.

use std::collections::{HashMap, HashSet};

use super::tree::{Element, Node};
use crate::model::{Slug, is_mark, percent_decode};

/// What the ids of a story's text begin with.
pub(super) const OF_TEXT: &str = "s-";

/// Characters of the longest id.
const LONGEST: usize = 100;

/// What the body links to and has, and what has been given so far.
pub struct Ids<'a> {
    prefix: &'a str,
    /// Ids that some `#` link leads to, prefixed.
    wanted: HashSet<String>,
    /// Ids of what some control of the body opens, prefixed.
    opened: HashSet<String>,
    /// Ids that exist, prefixed.
    known: HashSet<String>,
    given: HashSet<String>,
    /// The next number for ids made of the same words.
    numbers: HashMap<String, usize>,
    /// Whether any link or place within the body was made.
    pub used: bool,
}

impl<'a> Ids<'a> {
    /// Reads the whole tree once.
    pub fn of(nodes: &[Node], prefix: &'a str) -> Self {
        let mut ids = Self {
            prefix,
            wanted: HashSet::new(),
            opened: HashSet::new(),
            known: HashSet::new(),
            given: HashSet::new(),
            numbers: HashMap::new(),
            used: false,
        };
        let mut pending: Vec<&Node> = nodes.iter().collect();
        while let Some(node) = pending.pop() {
            let Node::Element(element) = node else {
                continue;
            };
            if element.name == "a"
                && let Some(fragment) = element.attribute("href").and_then(|h| h.strip_prefix('#'))
            {
                ids.wanted.extend(prefixed(prefix, fragment));
            }
            ids.opened
                .extend(controlled(element).filter_map(|id| prefixed(prefix, id)));
            if let Some(id) = own_id(element) {
                ids.known.extend(prefixed(prefix, id));
            }
            pending.extend(&element.children);
        }
        ids
    }

    /// The id a `#` link leads to, if the body has it.
    pub fn target(&mut self, fragment: &str) -> Option<String> {
        let id = prefixed(self.prefix, fragment).filter(|id| self.known.contains(id))?;
        self.used = true;
        Some(id)
    }

    /// Whether a link or a control of the body leads to the element or opens it.
    pub fn is_opened(&self, element: &Element) -> bool {
        let id = own_id(element).and_then(|id| prefixed(self.prefix, id));
        id.is_some_and(|id| self.wanted.contains(&id) || self.opened.contains(&id))
    }

    /// The element's id, if something leads there; each is given once.
    pub fn take(&mut self, element: &Element) -> Option<String> {
        let id = prefixed(self.prefix, own_id(element)?)?;
        let given = self.wanted.contains(&id) && self.given.insert(id.clone());
        self.used |= given;
        given.then_some(id)
    }

    /// An id for something that always has one: its own, else one made from its words.
    pub fn make(&mut self, own: Option<&str>, words: &str) -> String {
        let own = own.and_then(|id| prefixed(self.prefix, id));
        let is_own = own.is_some();
        let base = own.unwrap_or_else(|| {
            let slug =
                Slug::from_text(words).map_or_else(|| "section".into(), |slug| slug.to_string());
            let short: String = slug.chars().take(60).collect();
            format!("{}{}", self.prefix, short.trim_end_matches('-'))
        });
        // One that the body gives to something else is not to be taken from it.
        if (is_own || !self.known.contains(&base)) && self.given.insert(base.clone()) {
            return base;
        }
        // With its number it has to be as short as any other.
        let base: String = base.chars().take(LONGEST - 10).collect();
        let next = self.numbers.entry(base.clone()).or_insert(2);
        loop {
            let id = format!("{base}-{next}");
            *next += 1;
            if !self.known.contains(&id) && self.given.insert(id.clone()) {
                return id;
            }
        }
    }
}

/// The ids that a button or a tab says it opens.
fn controlled(element: &Element) -> impl Iterator<Item = &str> {
    let controls = element.attribute("aria-controls").unwrap_or_default();
    let targets = ["data-target", "data-bs-target"];
    let targets = targets
        .into_iter()
        .filter_map(|name| element.attribute(name)?.strip_prefix('#'));
    controls.split_ascii_whitespace().chain(targets)
}

fn own_id(element: &Element) -> Option<&str> {
    let named = || {
        (element.name == "a")
            .then(|| element.attribute("name"))
            .flatten()
    };
    element
        .attribute("id")
        .or_else(named)
        .filter(|id| !id.is_empty())
}

/// An id as this body has it: prefixed once, of characters that need no escaping anywhere.
pub(super) fn prefixed(prefix: &str, id: &str) -> Option<String> {
    // A link to it may have it encoded.
    let id = &percent_decode(id);
    let id = id.strip_prefix(prefix).unwrap_or(id);
    let mut out = String::with_capacity(prefix.len() + id.len());
    out.push_str(prefix);
    for c in id.chars().take(LONGEST) {
        let sound = c.is_alphanumeric() || is_mark(c) || matches!(c, '-' | '_' | '.' | ':');
        out.push(if sound { c } else { '-' });
    }
    (out.len() > prefix.len()).then_some(out)
}
