//! Which stories are near another one, and why: the source's own choice first, then by tags,
//! section and the words that set a story apart.
//!
//! BM25 over a story's most telling terms: what few others have weighs much, what it repeats or
//! says in its headline more, and newer stories are preferred. Only the nearest in time are
//! compared for each term, so the cost of an archive follows its number of stories. Pure and
//! deterministic: the prerenderer asks for a whole archive, the store for what it has loaded.

use std::collections::HashMap;

use crate::html::text::is_unspaced;
use crate::model::{Summary, Tag};
use crate::words::{self, Terms};

/// Stories considered for one term: the nearest in time.
const NEIGHBOURS: usize = 60;
/// Terms of a story's text that it is compared by.
const TELLING: usize = 20;
/// Terms that more than one story in so many has say nothing.
const COMMON: usize = 8;
/// A shared tag is the newsroom's own word for being alike.
const TAG: f32 = 3.0;
const SECTION: f32 = 0.5;
/// Score under which two stories are only in the same newspaper.
const LEAST: f32 = 0.1;
/// Seconds after which a story counts three quarters of a new one: a year.
const AGE: f32 = 365.0 * 86_400.0;

/// What the ranking looks at.
#[derive(Clone, Copy)]
pub struct Told<'a> {
    pub summary: &'a Summary,
    pub tags: &'a [Tag],
    /// The words of the story in terms of [`Terms`]; may be empty.
    pub bag: &'a [u32],
}

/// A story near another one, and the terms that say why; none for the source's own choice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Near {
    pub index: usize,
    pub shared: Vec<String>,
}

/// Terms to stories and back, built once for stories in newest-first order.
pub struct Index {
    ids: HashMap<String, usize>,
    stories: Vec<Kept>,
    names: Vec<Name>,
    postings: Vec<Vec<(u32, f32)>>,
}

/// What is kept of a story.
struct Kept {
    terms: Vec<(u32, f32)>,
    /// Words in lower case and as they stand in the headline, or as names in the excerpt.
    shown: Vec<(String, String)>,
    freshness: f32,
}

/// What a term is called where it is given as a reason.
enum Name {
    Tag(String),
    Word(String),
    /// Sections say themselves on the card.
    Section,
    /// Pairs of characters are no words.
    Unsaid,
}

impl Index {
    pub fn new<'a>(stories: impl Iterator<Item = Told<'a>> + Clone, terms: &Terms) -> Self {
        let mut frequency = vec![0_u32; terms.len()];
        let (mut count, mut newest) = (0_usize, i64::MIN);
        for told in stories.clone() {
            for &entry in told.bag {
                frequency[words::open(entry).0 as usize] += 1;
            }
            count += 1;
            newest = newest.max(told.summary.published.map_or(i64::MIN, |at| at.epoch));
        }
        let mut index = Self {
            ids: HashMap::new(),
            stories: Vec::with_capacity(count),
            names: Vec::new(),
            postings: Vec::new(),
        };
        let mut numbers: HashMap<String, u32> = HashMap::new();
        for (at, told) in stories.enumerate() {
            index.ids.entry(told.summary.id.clone()).or_insert(at);
            index.ids.entry(told.summary.href.clone()).or_insert(at);
            let mut own: Vec<(u32, f32)> = Vec::new();
            let mut add = |key: String, name: Name, weight: f32| {
                let next = index.names.len() as u32;
                let number = *numbers.entry(key).or_insert(next);
                if number == next {
                    index.names.push(name);
                    index.postings.push(Vec::new());
                }
                if own.iter().all(|(other, _)| *other != number) {
                    own.push((number, weight));
                    index.postings[number as usize].push((at as u32, weight));
                }
            };
            for tag in told.tags {
                add(format!("#{}", tag.slug), Name::Tag(tag.name.clone()), TAG);
            }
            if let Some(section) = &told.summary.section {
                add(format!("/{}", section.path), Name::Section, SECTION);
            }
            for (term, weight) in telling(told.bag, &frequency, count, terms) {
                let word = terms.words(term).first().map_or("", |word| word);
                let name = match word.chars().count() > 3 {
                    true => Name::Word(word.to_owned()),
                    false => Name::Unsaid,
                };
                add(format!("={term}"), name, weight);
            }
            let age = told
                .summary
                .published
                .map_or(f32::INFINITY, |at| (newest - at.epoch) as f32);
            index.stories.push(Kept {
                terms: own,
                shown: shown_words(&told.summary.headline, &told.summary.excerpt),
                freshness: 0.5 + 0.5 / (1.0 + age / AGE),
            });
        }
        index
    }

    /// At most `most` stories near one, best first; `given` are the source's own choices.
    pub fn near(&self, story: usize, given: &[String], most: usize) -> Vec<Near> {
        let mut found: Vec<Near> = Vec::new();
        for wanted in given {
            if let Some(&index) = self.ids.get(wanted.as_str())
                && index != story
                && found.iter().all(|near| near.index != index)
            {
                let shared = self.shared(story, index);
                found.push(Near { index, shared });
            }
        }
        let mut scores: HashMap<u32, f32> = HashMap::new();
        for &(term, weight) in &self.stories[story].terms {
            let postings = &self.postings[term as usize];
            let rarity = rarity(postings.len(), self.stories.len());
            let place = postings.partition_point(|&(other, _)| (other as usize) < story);
            let from = place.saturating_sub(NEIGHBOURS / 2);
            for &(other, theirs) in postings[from..].iter().take(NEIGHBOURS) {
                *scores.entry(other).or_default() += (weight * theirs).sqrt() * rarity;
            }
        }
        let mut ranked: Vec<(u32, f32)> = scores
            .into_iter()
            .filter(|&(other, score)| other as usize != story && score >= LEAST)
            .map(|(other, score)| (other, score * self.stories[other as usize].freshness))
            .collect();
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        for (index, _) in ranked {
            if found.len() >= most {
                break;
            }
            let index = index as usize;
            if found.iter().all(|near| near.index != index) {
                let shared = self.shared(story, index);
                found.push(Near { index, shared });
            }
        }
        found.truncate(most);
        found
    }

    /// What to say of two stories: tags, else the weightiest word of both that a headline has or
    /// that is a name; where the section says more than any other word, nothing.
    fn shared(&self, one: usize, other: usize) -> Vec<String> {
        let (one, other) = (&self.stories[one], &self.stories[other]);
        let both: Vec<&(u32, f32)> = one
            .terms
            .iter()
            .filter(|(term, _)| other.terms.iter().any(|(theirs, _)| theirs == term))
            .collect();
        let tags: Vec<String> = both
            .iter()
            .filter_map(|(term, _)| match &self.names[*term as usize] {
                Name::Tag(name) => Some(name.clone()),
                _ => None,
            })
            .take(2)
            .collect();
        if !tags.is_empty() {
            return tags;
        }
        let words = || {
            both.iter()
                .filter_map(|(term, _)| match &self.names[*term as usize] {
                    Name::Word(word) => Some(word),
                    _ => None,
                })
        };
        let shown = words().find_map(|word| {
            let both = other.shown.iter().chain(&one.shown);
            both.filter(|(lower, _)| lower == word)
                .map(|(_, shown)| shown)
                .next()
        });
        let section = both
            .iter()
            .any(|(term, _)| matches!(self.names[*term as usize], Name::Section));
        let word = shown
            .or_else(|| words().next().filter(|_| !section))
            .cloned();
        word.into_iter().collect()
    }
}

/// The terms that set a story apart, heaviest first.
fn telling(bag: &[u32], frequency: &[u32], count: usize, terms: &Terms) -> Vec<(u32, f32)> {
    let most = (count / COMMON).max(2) as u32;
    let mut all: Vec<(u32, f32, f32)> = bag
        .iter()
        .map(|&entry| words::open(entry))
        .filter(|(term, _)| (2..=most).contains(&frequency[*term as usize]))
        .filter(|(term, _)| says(terms.words(*term).first().map_or("", |word| word)))
        .map(|(term, weight)| {
            let weight = weight as f32;
            // BM25's saturation: the tenth mention says little more than the fifth.
            let weight = weight * 3.0 / (weight + 6.0);
            let rarity = rarity(frequency[term as usize] as usize, count);
            (term, weight, weight * rarity)
        })
        .collect();
    all.sort_by(|a, b| b.2.total_cmp(&a.2).then_with(|| a.0.cmp(&b.0)));
    all.truncate(TELLING);
    all.into_iter()
        .map(|(term, weight, _)| (term, weight))
        .collect()
}

/// Whether a word can say what a story is about: in small archives "its" is rare too.
fn says(word: &str) -> bool {
    word.chars().count() > 3 || word.chars().any(is_unspaced)
}

fn rarity(having: usize, of: usize) -> f32 {
    let (having, of) = (having as f32, of as f32);
    (1.0 + (of - having + 0.5) / (having + 0.5)).ln().max(0.05)
}

/// The words of a headline, and of an excerpt those with a capital within a sentence.
fn shown_words(headline: &str, excerpt: &str) -> Vec<(String, String)> {
    let mut words: Vec<(String, String)> = Vec::new();
    let mut add = |word: &str| {
        if word.chars().count() > 3 {
            words.push((word.to_lowercase(), word.to_owned()));
        }
    };
    headline
        .split(|c: char| !c.is_alphanumeric())
        .for_each(&mut add);
    let mut begins = true;
    for piece in excerpt.split(' ') {
        let word = piece
            .split(|c: char| !c.is_alphanumeric())
            .next()
            .unwrap_or_default();
        if !begins && word.starts_with(char::is_uppercase) {
            add(word);
        }
        begins = piece.ends_with(['.', '!', '?', ':', '”', '"']) || piece.is_empty();
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Instant;
    use crate::words::{Bag, Vocabulary};

    struct Story {
        summary: Summary,
        tags: Vec<Tag>,
        text: &'static str,
    }

    fn story(id: &str, headline: &str, tags: &[&str], day: u32, text: &'static str) -> Story {
        Story {
            summary: Summary {
                id: id.into(),
                href: format!("/{id}/"),
                headline: headline.into(),
                published: Instant::parse(&format!("2026-10-{day:02}T08:00:00Z")),
                ..Summary::default()
            },
            tags: tags
                .iter()
                .map(|name| Tag {
                    name: (*name).into(),
                    slug: name.to_lowercase(),
                })
                .collect(),
            text,
        }
    }

    fn index(stories: &[Story]) -> Index {
        let mut vocabulary = Vocabulary::default();
        let bags: Vec<Bag> = stories
            .iter()
            .map(|story| vocabulary.bag(&[(&story.summary.headline, 8), (story.text, 1)]))
            .collect();
        let terms = vocabulary.settle(&str::to_owned, &str::to_owned);
        let bags: Vec<Bag> = bags.iter().map(|bag| terms.translate(bag)).collect();
        let told = stories.iter().zip(&bags).map(|(story, bag)| Told {
            summary: &story.summary,
            tags: &story.tags,
            bag,
        });
        Index::new(told, &terms)
    }

    fn newsroom() -> Vec<Story> {
        vec![
            story(
                "launch",
                "Rocket leaves its pad",
                &["Ariane 6"],
                28,
                "A rocket left.",
            ),
            story(
                "ferry",
                "Ferry returns to Skerry",
                &[],
                20,
                "The ferry sails to the skerry.",
            ),
            story(
                "engine",
                "Engine test succeeds",
                &["Ariane 6"],
                15,
                "An engine burned.",
            ),
            story(
                "island",
                "School on Skerry keeps its teacher",
                &[],
                10,
                "Children of the skerry.",
            ),
            story(
                "bread",
                "Bakery opens",
                &[],
                5,
                "Bread and the smell of it.",
            ),
            story("lawn", "Bowls club mows", &[], 4, "Grass, cut short."),
        ]
    }

    #[test]
    fn a_shared_tag_is_given_as_the_reason() {
        let near = index(&newsroom()).near(0, &[], 24);
        assert_eq!(
            near,
            [Near {
                index: 2,
                shared: vec!["Ariane 6".into()]
            }]
        );
    }

    #[test]
    fn a_word_of_the_headline_is_said_as_it_stands_there() {
        let near = index(&newsroom()).near(1, &[], 24);
        assert_eq!(
            near[0],
            Near {
                index: 3,
                shared: vec!["Skerry".into()]
            }
        );
    }

    #[test]
    fn a_name_of_an_excerpt_is_said_and_a_plain_word_is_not_where_the_section_says_more() {
        let mut stories = newsroom();
        for (at, excerpt) in [
            (4, "Bread by Agnes Marsh."),
            (5, "Grass, and Agnes is glad."),
        ] {
            stories[at].text = "agnes wooden";
            stories[at].summary.excerpt = excerpt.into();
        }
        let near = index(&stories).near(4, &[], 1);
        assert_eq!(near[0].shared, ["Agnes"]);
        for story in &mut stories[4..] {
            story.text = "wooden";
            story.summary.excerpt.clear();
        }
        assert_eq!(index(&stories).near(4, &[], 1)[0].shared, ["wooden"]);
        for story in &mut stories[4..] {
            story.summary.section = Some(crate::model::SectionRef {
                name: "Town".into(),
                path: "town".into(),
            });
        }
        assert_eq!(
            index(&stories).near(4, &[], 1)[0].shared,
            Vec::<String>::new()
        );
    }

    #[test]
    fn what_the_source_gives_comes_first_and_nothing_twice_nor_itself() {
        let given = ["bread", "/engine/", "launch", "bread", "unknown"].map(String::from);
        let near = index(&newsroom()).near(0, &given, 24);
        let order: Vec<usize> = near.iter().map(|near| near.index).collect();
        assert_eq!(order, [4, 2]);
        assert!(near[0].shared.is_empty(), "the source's own choice");
    }

    #[test]
    fn among_equals_the_newer_is_nearer_and_the_number_is_kept() {
        let mut stories: Vec<Story> = (0..28)
            .map(|n| {
                story(
                    &format!("s{n}"),
                    &format!("Part {n}"),
                    &["Trial"],
                    28 - n,
                    "",
                )
            })
            .collect();
        // The same index at every run: only hash maps could disturb it.
        let near = index(&stories).near(10, &[], 24);
        assert_eq!(near, index(&stories).near(10, &[], 24));
        assert_eq!(near.len(), 24);
        assert_eq!(near[0].index, 0);
        assert!(near.windows(2).all(|pair| pair[0].index < pair[1].index));
        stories.truncate(1);
        assert_eq!(index(&stories).near(0, &[], 24), []);
    }
}
