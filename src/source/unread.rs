//! Dates that a source gives and that are none: a story without a date is sorted last and says
//! nothing of it, so a publisher has to hear.

/// Dates that could not be read, by what they would have told.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Unread {
    /// When stories came out.
    pub published: Tally,
    /// When stories were changed.
    pub modified: Tally,
}

/// How many there are of something, and the first as it stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tally {
    pub count: usize,
    pub first: Option<String>,
}

impl Unread {
    /// Takes in what another page of the source, or another part of a page, holds.
    pub fn extend(&mut self, other: Self) {
        self.published.extend(other.published);
        self.modified.extend(other.modified);
    }

    /// What the publisher should know, if there is anything.
    pub fn notes(&self) -> impl Iterator<Item = String> {
        let published = self
            .published
            .note("of publication", "such a story counts as undated");
        let modified = self
            .modified
            .note("of a change", "such a story counts as unchanged");
        published.into_iter().chain(modified)
    }
}

impl Tally {
    pub fn add(&mut self, date: String) {
        self.count += 1;
        self.first.get_or_insert(date);
    }

    fn extend(&mut self, other: Self) {
        self.count += other.count;
        self.first = self.first.take().or(other.first);
    }

    fn note(&self, of: &str, so: &str) -> Option<String> {
        let first = self.first.as_ref()?;
        let dates = if self.count == 1 { " date " } else { " dates " };
        Some(
            [
                &self.count.to_string(),
                dates,
                of,
                " could not be read, for example \"",
                &super::text::shortened(first, 60),
                "\": ",
                so,
            ]
            .concat(),
        )
    }
}
