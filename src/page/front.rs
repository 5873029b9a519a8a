//! Composing the front page: lead, seconds, latest, section strips; no story twice.

use crate::model::{Site, Summary};
use crate::page::{Front, Pattern, Strip};

/// As many stories as a front page opens with beside its lead.
pub const SECONDS: usize = 3;
const LATEST: usize = 8;
const MOST_READ: usize = 5;
/// A section with fewer unused stories than this gets no strip.
const STRIP_LEAST: usize = 3;

impl Pattern {
    /// The patterns alternate, so that no two strips beside each other look alike.
    fn of_strip(index: usize) -> Self {
        [Self::Lead, Self::Pictures, Self::Text][index % 3]
    }

    /// Stories that fill the pattern.
    fn room(self) -> usize {
        match self {
            Self::Lead => 5,
            Self::Pictures => 4,
            Self::Text => 3,
        }
    }
}

/// Composes the front page from stories in newest-first order. `pins` are indices of stories that
/// lead, in order (pinned, then featured); without any the newest story with a picture leads.
/// `more` says whether older stories exist behind these.
pub fn front(site: &Site, stories: &[Summary], pins: &[usize], more: bool) -> Front {
    let mut page = Composer {
        stories,
        used: vec![false; stories.len()],
    };
    let newest = stories.iter().take(LATEST).position(has_picture);
    let lead = pins.first().copied().or(newest).unwrap_or(0);
    let lead = page.take(lead);
    let mut seconds = Vec::new();
    for &pin in pins {
        // A pin that finds no room here is not used up: it stands in its own place below.
        if seconds.len() < SECONDS {
            seconds.extend(page.take(pin));
        }
    }
    page.fill(&mut seconds, SECONDS);
    picture_first(&mut seconds);
    let most_read = page.ranked();
    let mut latest = Vec::new();
    page.fill(&mut latest, LATEST);
    let mut strips: Vec<Strip> = Vec::new();
    for section in &site.sections {
        let pattern = Pattern::of_strip(strips.len());
        let mut stories = page.section(&section.path, pattern.room());
        if pattern == Pattern::Lead {
            picture_first(&mut stories);
        }
        if !stories.is_empty() {
            strips.push(Strip {
                section: section.clone(),
                pattern,
                stories,
            });
        }
    }
    Front {
        lead,
        seconds,
        latest,
        strips,
        most_read,
        more,
    }
}

fn has_picture(story: &Summary) -> bool {
    story.image.is_some()
}

/// Moves the first story that has a picture to the front; the others keep their order.
fn picture_first(stories: &mut [Summary]) {
    if let Some(at) = stories.iter().position(has_picture) {
        stories[..=at].rotate_right(1);
    }
}

struct Composer<'a> {
    stories: &'a [Summary],
    used: Vec<bool>,
}

impl Composer<'_> {
    fn take(&mut self, index: usize) -> Option<Summary> {
        let free = self.used.get_mut(index)?;
        (!std::mem::replace(free, true)).then(|| self.stories[index].clone())
    }

    /// Adds the newest unused stories until there are `most`.
    fn fill(&mut self, list: &mut Vec<Summary>, most: usize) {
        for index in 0..self.stories.len() {
            if list.len() >= most {
                break;
            }
            list.extend(self.take(index));
        }
    }

    /// What is read most of the stories that do not lead, where the source knows it; none when too
    /// few for a list.
    fn ranked(&mut self) -> Vec<Summary> {
        let mut found: Vec<usize> = (0..self.stories.len())
            .filter(|&index| !self.used[index] && self.stories[index].rank.is_some())
            .collect();
        found.sort_by_key(|&index| self.stories[index].rank);
        found.truncate(MOST_READ);
        if found.len() < STRIP_LEAST {
            return Vec::new();
        }
        let take = |index| self.take(index);
        found.into_iter().filter_map(take).collect()
    }

    /// The newest unused stories of a section and the sections below it; none when too few.
    fn section(&mut self, path: &str, most: usize) -> Vec<Summary> {
        let within = |story: &Summary| {
            story.section.as_ref().is_some_and(|own| {
                own.path
                    .strip_prefix(path)
                    .is_some_and(|tail| tail.is_empty() || tail.starts_with('/'))
            })
        };
        let found: Vec<usize> = (0..self.stories.len())
            .filter(|&index| !self.used[index] && within(&self.stories[index]))
            .take(most)
            .collect();
        if found.len() < STRIP_LEAST {
            return Vec::new();
        }
        found
            .into_iter()
            .filter_map(|index| self.take(index))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::model::{Image, SectionRef};

    fn stories(n: usize) -> Vec<Summary> {
        (0..n)
            .map(|i| Summary {
                id: i.to_string(),
                section: Some(SectionRef {
                    name: "W".into(),
                    path: "world".into(),
                }),
                image: (i == 2).then(Image::default),
                ..Summary::default()
            })
            .collect()
    }

    fn site() -> Site {
        let world = SectionRef {
            name: "World".into(),
            path: "world".into(),
        };
        Site {
            sections: vec![world],
            ..Site::default()
        }
    }

    #[test]
    fn no_story_stands_in_two_places_whatever_their_number() {
        for n in [0, 1, 2, 3, 5, 12, 40, 500] {
            let front = front(&site(), &stories(n), &[4, 1, 4], false);
            let ids: Vec<&str> = front
                .lead
                .iter()
                .chain(&front.seconds)
                .chain(&front.latest)
                .chain(&front.most_read)
                .chain(front.strips.iter().flat_map(|strip| &strip.stories))
                .map(|story| story.id.as_str())
                .collect();
            let unique: HashSet<_> = ids.iter().collect();
            assert_eq!(ids.len(), unique.len(), "{n} stories: {ids:?}");
            assert_eq!(ids.is_empty(), n == 0);
        }
    }

    #[test]
    fn what_is_read_most_stands_in_its_order_and_only_where_the_source_knows_it() {
        let mut stories = stories(30);
        let ids = |stories: &[Summary]| -> Vec<String> {
            stories.iter().map(|story| story.id.clone()).collect()
        };
        stories[20].rank = Some(2);
        stories[7].rank = Some(3);
        assert!(front(&site(), &stories, &[], false).most_read.is_empty());
        stories[25].rank = Some(1);
        let page = front(&site(), &stories, &[], false);
        assert_eq!(ids(&page.most_read), ["25", "20", "7"]);
        assert!(!ids(&page.latest).contains(&"7".to_owned()));
    }

    #[test]
    fn without_pins_the_newest_story_with_a_picture_leads() {
        let front = front(&site(), &stories(9), &[], false);
        assert_eq!(front.lead.map(|lead| lead.id).as_deref(), Some("2"));
        assert_eq!(front.seconds[0].id, "0");
    }

    #[test]
    fn a_pinned_story_is_not_lost_when_there_are_many_pins() {
        let stories = stories(30);
        let front = front(&site(), &stories, &[9, 8, 7, 6, 5, 4], false);
        assert_eq!(front.lead.map(|lead| lead.id).as_deref(), Some("9"));
        let seconds: Vec<&str> = front
            .seconds
            .iter()
            .map(|story| story.id.as_str())
            .collect();
        assert_eq!(seconds, ["8", "7", "6"]);
        assert_eq!(
            front.latest[5].id, "5",
            "what has no room above stands in its own place"
        );
    }

    #[test]
    fn the_first_second_has_a_picture_when_one_of_them_has() {
        let mut stories = stories(9);
        stories[3].image = Some(Image::default());
        let front = front(&site(), &stories, &[5, 0, 1, 3], false);
        let seconds: Vec<&str> = front
            .seconds
            .iter()
            .map(|story| story.id.as_str())
            .collect();
        assert_eq!(seconds, ["3", "0", "1"]);
    }

    #[test]
    fn strips_beside_each_other_differ_and_a_thin_section_has_none() {
        let section = |path: &str| SectionRef {
            name: path.into(),
            path: path.into(),
        };
        let site = Site {
            sections: ["a", "thin", "b", "c", "d"].map(section).to_vec(),
            ..Site::default()
        };
        let stories: Vec<Summary> = (0..120)
            .map(|i| Summary {
                id: i.to_string(),
                section: Some(section(match i {
                    20 | 21 => "thin",
                    _ => ["a", "b/below", "c", "d"][i % 4],
                })),
                ..Summary::default()
            })
            .collect();
        let front = front(&site, &stories, &[], true);
        let strips: Vec<(&str, Pattern, usize)> = front
            .strips
            .iter()
            .map(|strip| {
                (
                    strip.section.path.as_str(),
                    strip.pattern,
                    strip.stories.len(),
                )
            })
            .collect();
        assert_eq!(
            strips,
            [
                ("a", Pattern::Lead, 5),
                ("b", Pattern::Pictures, 4),
                ("c", Pattern::Text, 3),
                ("d", Pattern::Lead, 5)
            ]
        );
    }
}
