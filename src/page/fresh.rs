//! What is newer than the page one reads: from the host's `data/latest.json` (at most 2 KB).
//!
//! Pure: the app fetches the file and shows the answer, without moving what is being read.

use crate::json::Json;
use crate::model::Instant;
use crate::page::Island;

/// News for the page that is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News {
    /// So many stories are newer than this list.
    Stories(u32),
    /// The story one reads was changed at this moment.
    Updated(Instant),
}

/// Compares a page with `data/latest.json`. `None` when nothing is new, or the file is no such
/// file: a page is never worse off for having asked.
pub fn fresh(island: &Island, latest: &str) -> Option<News> {
    let latest = Json::parse(latest)?;
    let stories = latest.get("stories")?.list();
    let known = island.newest?;
    match &island.story {
        Some(story) => {
            let id = |other: &&Json| other.get("id").and_then(Json::as_str) == Some(&story.id);
            let at = moment(stories.iter().find(id)?, "modified")?;
            (at.epoch > known.epoch).then_some(News::Updated(at))
        }
        None => newer(stories, known),
    }
}

/// How many of the host's newest stories are younger than every story of a list.
fn newer(stories: &[Json], newest: Instant) -> Option<News> {
    let is_new =
        |story: &&Json| moment(story, "published").is_some_and(|at| at.epoch > newest.epoch);
    let count = stories.iter().filter(is_new).count() as u32;
    (count > 0).then_some(News::Stories(count))
}

fn moment(story: &Json, key: &str) -> Option<Instant> {
    Instant::read(story.get(key)?.as_str()?)
}

/// Whether any story was withdrawn at all: only then is `withdrawn.json` worth a request.
pub fn withdrawals(latest: &str) -> bool {
    let count = Json::parse(latest).and_then(|latest| latest.number("withdrawn"));
    count.is_some_and(|count| count > 0)
}

/// Whether `withdrawn.json` names a story.
pub fn withdrawn(id: &str, list: &str) -> bool {
    let list = Json::parse(list);
    let stories = list.as_ref().and_then(|list| list.get("stories"));
    stories.is_some_and(|stories| {
        stories
            .list()
            .iter()
            .any(|story| story.get("id").and_then(Json::as_str) == Some(id))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::Told;

    fn list(newest: &str) -> Island {
        Island {
            newest: Instant::parse(newest),
            ..Island::default()
        }
    }

    fn story(modified: &str) -> Island {
        Island {
            story: Some(Told {
                id: "a".into(),
                ..Told::default()
            }),
            ..list(modified)
        }
    }

    const LATEST: &str = r#"{"version":1,"stories":[
        {"id":"a","published":"2026-11-23T07:00:00Z","modified":"2026-11-23T09:30:00Z"},
        {"id":"b","published":"2026-11-23T09:00:00Z"},
        {"id":"c","published":"2026-11-23T08:00:00Z"}]}"#;

    #[test]
    fn a_list_counts_the_stories_published_after_its_own_newest() {
        let front = list("2026-11-23T08:00:00Z");
        assert_eq!(fresh(&front, LATEST), Some(News::Stories(1)));
        assert_eq!(fresh(&front, r#"{"stories":[]}"#), None);
        assert_eq!(fresh(&front, "<html>"), None);
    }

    #[test]
    fn a_story_is_updated_only_by_a_later_change_of_its_own() {
        let at = Instant::parse("2026-11-23T09:30:00Z").expect("a date");
        assert_eq!(
            fresh(&story("2026-11-23T07:00:00Z"), LATEST),
            Some(News::Updated(at))
        );
        assert_eq!(fresh(&story("2026-11-23T09:30:00Z"), LATEST), None);
    }

    #[test]
    fn a_withdrawn_story_is_known_by_its_id() {
        let list = r#"{"stories":[{"id":"a","href":"/article/a/"}]}"#;
        assert!(withdrawn("a", list));
        assert!(!withdrawn("b", list));
        assert!(!withdrawn("a", "nonsense"));
    }
}
