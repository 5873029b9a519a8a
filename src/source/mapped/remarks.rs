//! What a mapping's author should hear about a page of items: pointers that found nothing, and those
//! that found more than is read.

use serde_json::Value;

use super::Mapped;
use super::expression::Expression;
use crate::source::Unread;

impl Mapped {
    pub(super) fn remarks(&self, items: &[&Value]) -> Vec<String> {
        let mut remarks = self.silent(items);
        remarks.extend(self.several(items));
        remarks
    }

    /// Dates that items have and that are none, as the mapping says they come.
    pub(super) fn unread(&self, items: &[&Value]) -> Unread {
        let mut unread = Unread::default();
        for field in ["published", "modified"]
            .iter()
            .filter_map(|name| self.field(name))
        {
            for item in items {
                if field.date(item, self.0.host).is_none()
                    && let Some(said) = field.value(item, self.0.host)
                {
                    unread.add(said);
                }
            }
        }
        unread
    }

    /// Mapped fields that no item of a page fills: most likely a pointer with a typo.
    fn silent(&self, items: &[&Value]) -> Vec<String> {
        const FEW: usize = 3;
        if items.len() < FEW {
            return Vec::new();
        }
        let bodies_elsewhere = self.0.one.is_some();
        self.0
            .fields
            .iter()
            .filter(|(name, _)| !(bodies_elsewhere && super::BODIES.contains(name)))
            .filter(|(_, field)| {
                items
                    .iter()
                    .all(|item| field.values(item, self.0.host).is_empty())
            })
            .map(|(name, _)| {
                [
                    "\"source.map.",
                    name,
                    "\" finds nothing in any of the items",
                ]
                .concat()
            })
            .collect()
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
