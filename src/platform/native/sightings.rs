//! What a reading has seen: lists move while they are read, so pages repeat stories of the pages
//! before them, and a page of repetitions alone says that the source does not turn its pages.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

use crate::model::Article;
use crate::source::{Skipped, text};

/// Pages without news that are read before a list counts as read: a page may repeat the one before
/// where many stories came in meanwhile, three in a row do not.
const PATIENCE: usize = 3;

/// How a story compares with those that were seen.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Sight {
    New,
    /// An earlier page had it: nobody has to hear of it again.
    Again,
    /// Another story has the same id.
    Twin,
}

/// Where a story was seen, and with which headline (its hash).
struct Place {
    page: u32,
    headline: u64,
}

/// What was seen so far, by the hashes of ids.
#[derive(Default)]
pub(super) struct Sightings {
    stories: HashMap<u64, Place>,
    skipped: HashSet<u64>,
    page: u32,
    /// How many pages the first reading had, once the list is read a second time.
    first: Option<u32>,
    /// Whether the page that is read has brought anything.
    news: bool,
    barren: usize,
    /// The most that the source ever said to have.
    most: Option<u64>,
    /// What it said last.
    last: Option<u64>,
}

impl Sightings {
    pub(super) fn story(&mut self, article: &Article) -> Sight {
        let (page, headline) = (self.page, text::hash(&article.headline));
        match self.stories.entry(text::hash(&article.id)) {
            Entry::Vacant(place) => {
                self.news = true;
                place.insert(Place { page, headline });
                Sight::New
            }
            Entry::Occupied(known)
                if known.get().page < page && known.get().headline == headline =>
            {
                Sight::Again
            }
            Entry::Occupied(_) => Sight::Twin,
        }
    }

    /// Whether an item that was left out should be told of.
    pub(super) fn skipped(&mut self, skipped: &Skipped) -> bool {
        let said = [&skipped.item, "\n", &skipped.reason].concat();
        let new = self.skipped.insert(text::hash(&said));
        self.news |= new;
        new || self.first.is_none()
    }

    /// Takes what the source says to have; a number that is less than what it gave is no number.
    pub(super) fn total(&mut self, total: Option<u64>) {
        let given = self.stories.len() as u64;
        if let Some(total) = total.filter(|total| *total >= given) {
            self.most = self.most.max(Some(total));
            self.last = Some(total);
        }
    }

    /// The number of stories that the source says to have.
    pub(super) fn of(&self) -> Option<u64> {
        self.last
    }

    /// How many the source says to have and did not give.
    pub(super) fn missing(&self) -> u64 {
        let given = self.stories.len() + self.skipped.len();
        self.last.unwrap_or(0).saturating_sub(given as u64)
    }

    /// Begins the list a second time, if stories were taken away while it was read: those behind
    /// moved up, one of them perhaps to a page that had been read already.
    pub(super) fn anew(&mut self) -> bool {
        let shrank = self.last < self.most && self.first.is_none();
        if shrank {
            self.first = Some(self.page);
        }
        shrank
    }

    /// Ends a page; whether another one is worth asking for.
    pub(super) fn turn(&mut self) -> bool {
        self.page += 1;
        let news = std::mem::take(&mut self.news);
        self.barren = if news { 0 } else { self.barren + 1 };
        // A second reading is all repetition.
        if let Some(first) = self.first {
            return self.page < 2 * first;
        }
        news || (self.barren < PATIENCE && !(self.last.is_some() && self.missing() == 0))
    }

    /// Why the list is likely not whole, where its last page says that there is `more` or not.
    pub(super) fn early(&self, more: bool) -> Option<String> {
        let (given, missing) = (self.stories.len(), self.missing());
        let barren = self.first.is_none() && self.barren > 0;
        if barren && (missing > 0 || (more && self.last.is_none())) {
            let of = self
                .last
                .map_or(String::new(), |total| format!(" of {total}"));
            return Some(format!(
                "page {} brings nothing new, though the source says that there is more; {given}{of} \
                 stories were read. It may give all at once, or a cache before it forget the page's number",
                self.page
            ));
        }
        (missing > 0).then(|| {
            let total = self.last.unwrap_or_default();
            format!("the source says that it has {total} stories, and gave {given}")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn story(id: &str, headline: &str) -> Article {
        Article {
            id: id.into(),
            headline: headline.into(),
            ..Article::default()
        }
    }

    #[test]
    fn a_story_of_an_earlier_page_is_no_twin() {
        let mut seen = Sightings::default();
        assert_eq!(seen.story(&story("1", "Ferry")), Sight::New);
        assert_eq!(seen.story(&story("1", "Ferry")), Sight::Twin, "on one page");
        assert!(seen.turn());
        assert_eq!(seen.story(&story("1", "Ferry")), Sight::Again);
        assert_eq!(
            seen.story(&story("1", "Gull")),
            Sight::Twin,
            "another story"
        );
    }

    #[test]
    fn pages_without_news_end_a_list_after_a_while() {
        let mut seen = Sightings::default();
        seen.story(&story("1", "Ferry"));
        let more: Vec<bool> = (0..4).map(|_| seen.turn()).collect();
        assert_eq!(more, [true, true, true, false]);
    }

    #[test]
    fn unreadable_items_are_news_too() {
        let mut seen = Sightings::default();
        for n in 0..9 {
            seen.skipped(&Skipped {
                item: format!("post {n}"),
                reason: "no title".into(),
            });
            assert!(seen.turn(), "page {n}");
        }
    }

    #[test]
    fn a_total_that_is_reached_ends_a_list_that_repeats() {
        let mut seen = Sightings::default();
        seen.story(&story("1", "Ferry"));
        seen.total(Some(1));
        assert!(seen.turn(), "the page that brought it");
        assert!(!seen.turn(), "a page that repeats it");
    }

    #[test]
    fn totals_that_contradict_what_came_are_none() {
        let mut seen = Sightings::default();
        seen.story(&story("1", "Ferry"));
        seen.total(Some(0));
        assert_eq!((seen.of(), seen.missing()), (None, 0));
        seen.total(Some(3));
        assert_eq!((seen.of(), seen.missing()), (Some(3), 2));
        assert!(
            seen.early(false)
                .is_some_and(|why| why.contains("has 3 stories, and gave 1"))
        );
    }

    #[test]
    fn a_list_that_shrinks_is_read_once_more() {
        let mut seen = Sightings::default();
        for total in [3, 3] {
            seen.story(&story(&seen.page.to_string(), "Ferry"));
            seen.total(Some(total));
            seen.turn();
        }
        assert!(!seen.anew());
        seen.total(Some(2));
        assert!(seen.anew());
        assert_eq!(
            [seen.turn(), seen.turn()],
            [true, false],
            "as many pages as before"
        );
        assert!(!seen.anew(), "once");
    }
}
