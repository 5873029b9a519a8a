//! Composing the front page: lead, seconds, latest, section strips; no story twice.

use crate::model::{Site, Summary};
use crate::page::{Front, Strip};

const SECONDS: usize = 3;
const LATEST: usize = 8;
const STRIP: usize = 5;
/// A section with fewer unused stories than this gets no strip.
const STRIP_LEAST: usize = 3;

/// Composes the front page from stories in newest-first order. `pins` are indices of stories that
/// lead, in order (pinned, then featured); without any the newest story with a picture leads.
/// `more` says whether older stories exist behind these.
pub fn front(site: &Site, stories: &[Summary], pins: &[usize], more: bool) -> Front {
    let mut used = vec![false; stories.len()];
    let mut take = |index: usize| -> Option<Summary> {
        let free = used.get_mut(index)?;
        (!std::mem::replace(free, true)).then(|| stories[index].clone())
    };
    let lead = pins
        .first()
        .copied()
        .or_else(|| {
            stories
                .iter()
                .take(LATEST)
                .position(|story| story.image.is_some())
        })
        .or(if stories.is_empty() { None } else { Some(0) });
    let lead = lead.and_then(&mut take);
    let mut seconds: Vec<Summary> = pins.iter().filter_map(|&index| take(index)).collect();
    seconds.truncate(SECONDS);
    for index in 0..stories.len() {
        if seconds.len() >= SECONDS {
            break;
        }
        seconds.extend(take(index));
    }
    let mut latest = Vec::new();
    for index in 0..stories.len() {
        if latest.len() >= LATEST {
            break;
        }
        latest.extend(take(index));
    }
    let mut strips = Vec::new();
    for section in &site.sections {
        let within = |index: &usize| {
            !used[*index]
                && stories[*index].section.as_ref().is_some_and(|own| {
                    own.path == section.path
                        || own
                            .path
                            .strip_prefix(&section.path)
                            .is_some_and(|t| t.starts_with('/'))
                })
        };
        let found: Vec<usize> = (0..stories.len()).filter(within).take(STRIP).collect();
        if found.len() < STRIP_LEAST {
            continue;
        }
        for &index in &found {
            used[index] = true;
        }
        strips.push(Strip {
            section: section.clone(),
            stories: found.iter().map(|&index| stories[index].clone()).collect(),
        });
    }
    Front {
        lead,
        seconds,
        latest,
        strips,
        most_read: Vec::new(),
        more,
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
                .chain(front.strips.iter().flat_map(|strip| &strip.stories))
                .map(|story| story.id.as_str())
                .collect();
            let unique: HashSet<_> = ids.iter().collect();
            assert_eq!(ids.len(), unique.len(), "{n} stories: {ids:?}");
            assert_eq!(ids.is_empty(), n == 0);
        }
    }

    #[test]
    fn without_pins_the_newest_story_with_a_picture_leads() {
        let front = front(&site(), &stories(9), &[], false);
        assert_eq!(front.lead.map(|lead| lead.id).as_deref(), Some("2"));
        assert_eq!(front.seconds[0].id, "0");
    }
}
