//! What a mapping's author should hear about a page of items: pointers that found nothing, and those
//! that found more than is read.

use serde_json::Value;

use super::Mapped;
use super::expression::Expression;
use crate::source::{Tally, Unread};

impl Mapped {
    pub(super) fn remarks(&self, items: &[&Value], first: bool) -> Vec<String> {
        let mut remarks = self.silent(items, first);
        remarks.extend(self.several(items));
        remarks
    }

    /// Dates that items have and that are none, as the mapping says they come.
    pub(super) fn unread(&self, items: &[&Value]) -> Unread {
        Unread {
            published: self.misread("published", items),
            modified: self.misread("modified", items),
        }
    }

    fn misread(&self, name: &str, items: &[&Value]) -> Tally {
        let mut misread = Tally::default();
        let Some(field) = self.field(name) else {
            return misread;
        };
        for item in items {
            if field.date(item, self.0.host).is_none()
                && let Some(said) = field.value(item, self.0.host)
            {
                misread.add(said);
            }
        }
        misread
    }

    /// Mapped fields that no item of a page fills: most likely a pointer with a typo, or one to what is
    /// no text. A few items at the end of a longer list may all lack something.
    fn silent(&self, items: &[&Value], first: bool) -> Vec<String> {
        const FEW: usize = 3;
        if items.is_empty() || (!first && items.len() < FEW) {
            return Vec::new();
        }
        let bodies_elsewhere = self.0.one.is_some();
        self.0
            .fields
            .iter()
            .filter(|(name, _)| !(bodies_elsewhere && super::BODIES.contains(name)))
            .filter(|(name, field)| !items.iter().any(|item| self.fills(name, field, item)))
            .map(|(name, field)| {
                let misfit = items.iter().find_map(|item| field.misfit(item));
                let key = ["\"source.map.", name, "\" finds "].concat();
                match misfit {
                    None => [&*key, "nothing in any of the items: ", &field.written].concat(),
                    Some(found) => [
                        &*key,
                        found,
                        ", not a text: point to the text within it; where that is rich text in \
                         pieces, have the API give HTML or Markdown",
                    ]
                    .concat(),
                }
            })
            .collect()
    }

    fn fills(&self, name: &str, field: &Expression, item: &Value) -> bool {
        match name {
            "featured" => field.flag(item, self.0.host).is_some(),
            _ => field.value(item, self.0.host).is_some(),
        }
    }

    /// Fields of one text that several values were found for, of which the first is read.
    fn several(&self, items: &[&Value]) -> Vec<String> {
        let many = |field: &Expression| {
            items
                .iter()
                .any(|item| field.values(item, self.0.host).len() > 1)
        };
        self.0
            .fields
            .iter()
            .filter(|(name, _)| matches!(*name, "title" | "summary" | "standfirst" | "kicker"))
            .filter(|(_, field)| many(field))
            .map(|(name, _)| {
                [
                    "\"source.map.",
                    name,
                    "\" finds several values in an item and reads the first: \"join\" keeps all, \
                     \"first\" says that one is meant",
                ]
                .concat()
            })
            .collect()
    }
}
