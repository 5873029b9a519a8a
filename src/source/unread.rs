//! Dates that a source gives and that are none: a story without a date is sorted last and says
//! nothing of it, so a publisher has to hear.

/// How many dates could not be read, and the first as it stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Unread {
    pub count: usize,
    pub first: Option<String>,
}

impl Unread {
    pub(crate) fn add(&mut self, date: String) {
        self.count += 1;
        self.first.get_or_insert(date);
    }

    /// Takes in what another page of the source, or another part of a page, holds.
    pub fn extend(&mut self, other: Self) {
        self.count += other.count;
        self.first = self.first.take().or(other.first);
    }

    /// What the publisher should know, if there is anything.
    pub fn note(&self) -> Option<String> {
        let first = self.first.as_ref()?;
        let dates = if self.count == 1 { " date" } else { " dates" };
        Some(
            [
                &self.count.to_string(),
                dates,
                " could not be read, for example \"",
                &super::text::shortened(first, 60),
                "\": such a story counts as undated",
            ]
            .concat(),
        )
    }
}
