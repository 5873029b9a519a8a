//! A live story's page: what it says of its updates, and the rules by which an open page asks for
//! newer ones. Pure; the press does the asking.

use serde::{Deserialize, Serialize};

use crate::html::{Cleaned, Told, updates};
use crate::json::Json;
use crate::model::{Article, Fresh, Instant, Kind, Live, LiveUpdate, Site};

/// What a live story's page knows beside its text.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Story {
    /// Newest first.
    pub updates: Vec<Entry>,
    pub ended: bool,
    /// Where newer updates are asked for. Nothing is asked without it.
    pub url: Option<String>,
    /// What will be found there; written by the build and taken out of the page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub latest: Option<Vec<LiveUpdate>>,
}

/// An update as lists name it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Entry {
    /// The fragment of its address.
    pub id: String,
    pub title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<Instant>,
    pub key: bool,
}

/// What an open page needs in order to ask, in its data island.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Living {
    pub url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub newest: Option<Instant>,
}

impl Entry {
    pub fn of(told: Told<'_>) -> Self {
        Self {
            id: told.id.to_owned(),
            title: told.title,
            at: told.at,
            key: told.key,
        }
    }
}

impl Story {
    /// What the page of an article says; `None` for stories that are not live. Its address for
    /// newer updates is the source's own, and only where browsers may ask the source.
    pub fn of(site: &Site, article: &Article, cleaned: &Cleaned) -> Option<Self> {
        if article.kind != Kind::Live {
            return None;
        }
        let live = article.live.as_ref();
        Some(Self {
            updates: updates(&cleaned.blocks).map(Entry::of).collect(),
            ended: live.is_some_and(|live| live.ended),
            url: live
                .and_then(|live| live.url.clone())
                .filter(|_| site.fresh == Fresh::Api),
            latest: None,
        })
    }

    /// The events that tell the story in short.
    pub fn events(&self) -> impl Iterator<Item = &Entry> {
        self.updates.iter().filter(|update| update.key)
    }

    /// What the open page asks for; `None` where there is nothing to wait for.
    pub fn living(&self) -> Option<Living> {
        let url = self.url.clone().filter(|_| !self.ended)?;
        let newest = self.updates.iter().filter_map(|update| update.at);
        Some(Living {
            url,
            newest: newest.max_by_key(|at| at.epoch),
        })
    }
}

impl Living {
    /// Reads the island of a page. Only the press does, so the app does not carry this.
    pub fn read(island: &str) -> Option<Self> {
        let island = Json::parse(island)?;
        let living = island.get("living")?;
        Some(Self {
            url: living.text("url")?,
            newest: living.text("newest").and_then(|at| Instant::read(&at)),
        })
    }
}

/// Milliseconds between two questions.
const EVERY: u64 = 60_000;
/// However often a host failed, it is asked again after a quarter of an hour.
const LONGEST: u64 = 15 * EVERY;
/// A host may ask for an hour's rest.
const MOST_REST: u64 = 60 * EVERY;
/// Seconds after its newest update that a story counts as over, whatever its source says.
const SILENCE: i64 = 24 * 3600;

/// Milliseconds until the next question: twice as long after each failure in a row, never less
/// than the host asked for (`Retry-After`, in seconds), and no two readers at once: `chance` is
/// between 0 and 1.
pub fn wait(failures: u32, retry_after: Option<u64>, chance: f64) -> u32 {
    let doubled = EVERY.saturating_mul(1 << failures.min(10)).min(LONGEST);
    let asked = retry_after.map_or(0, |seconds| seconds.saturating_mul(1000).min(MOST_REST));
    let wait = doubled.max(asked) as f64;
    (wait * (1.0 + chance.clamp(0.0, 1.0) / 5.0)) as u32
}

/// Whether a story has gone silent.
pub fn silent(newest: Option<Instant>, now: Instant) -> bool {
    newest.is_some_and(|newest| now.epoch - newest.epoch > SILENCE)
}

/// What an answer has that the page has not.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct News {
    pub updates: Vec<LiveUpdate>,
    /// The answer does not reach back to what the page has: between them may be more.
    pub gap: bool,
}

/// Compares an answer with the updates of a page; `known` says whether the page has one.
pub fn news(answer: &Live, known: impl Fn(&LiveUpdate) -> bool) -> News {
    let updates: Vec<LiveUpdate> = answer
        .updates
        .iter()
        .filter(|update| !known(update))
        .cloned()
        .collect();
    let gap = !updates.is_empty() && updates.len() == answer.updates.len();
    News { updates, gap }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Option<Instant> {
        Instant::parse(text)
    }

    fn story() -> Story {
        let entry = |id: &str, time: &str| Entry {
            id: id.into(),
            at: at(time),
            ..Entry::default()
        };
        Story {
            updates: vec![
                entry("update-2", "2026-11-23T02:14:00Z"),
                entry("update-3", "2026-11-23T04:40:00Z"),
            ],
            url: Some("/article/surge/updates.json".into()),
            ..Story::default()
        }
    }

    #[test]
    fn a_host_in_trouble_is_asked_less_and_less_and_never_before_it_said() {
        assert_eq!(wait(0, None, 0.0), 60_000);
        assert_eq!(wait(1, None, 0.0), 120_000);
        assert_eq!(wait(3, None, 0.0), 480_000);
        assert_eq!(wait(40, None, 0.0), 900_000);
        assert_eq!(wait(1, Some(600), 0.0), 600_000);
        assert_eq!(wait(1, Some(5), 0.0), 120_000);
        assert_eq!(wait(1, Some(u64::MAX), 0.0), 3_600_000);
        assert_eq!(wait(0, None, 1.0), 72_000);
    }

    #[test]
    fn nobody_waits_for_a_story_that_ended_fell_silent_or_has_no_address() {
        let living = story().living().expect("a living story");
        assert_eq!(living.newest, at("2026-11-23T04:40:00Z"));
        let ended = Story {
            ended: true,
            ..story()
        };
        assert_eq!(ended.living(), None);
        let nowhere = Story {
            url: None,
            ..story()
        };
        assert_eq!(nowhere.living(), None);
        let now = |text| at(text).expect("a date");
        assert!(!silent(living.newest, now("2026-11-23T20:00:00Z")));
        assert!(silent(living.newest, now("2026-11-24T04:41:00Z")));
        assert!(!silent(None, now("2026-11-24T04:41:00Z")));
    }

    #[test]
    fn news_are_what_the_page_has_not_and_a_gap_is_noticed() {
        let update = |id: &str| LiveUpdate {
            id: id.into(),
            ..LiveUpdate::default()
        };
        let answer = Live {
            updates: vec![update("4"), update("3"), update("2")],
            ..Live::default()
        };
        let news_of = |known: &[&str]| news(&answer, |update| known.contains(&&*update.id));
        assert_eq!(news_of(&["2", "3", "1"]).updates, [update("4")]);
        assert!(!news_of(&["2"]).gap);
        assert!(news_of(&["1"]).gap);
        assert_eq!(news_of(&["2", "3", "4"]), News::default());
        assert_eq!(news(&Live::default(), |_| false), News::default());
    }
}
