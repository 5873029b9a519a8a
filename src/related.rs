//! Which stories are near another one: source-given first, then by shared tags, section and
//! headline words, newest first among equals. Pure and deterministic.

use std::collections::HashMap;

use crate::model::{Summary, Tag};

/// Stories considered for one term: the newest, so that cost stays near-linear in the archive.
const NEIGHBOURS: usize = 60;

/// A story near another one, and the terms that say why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Near {
    pub index: usize,
    pub shared: Vec<String>,
}

/// Terms to stories and back, built once for an archive in newest-first order.
pub struct Index {
    ids: HashMap<String, usize>,
    terms: Vec<Vec<(u32, f32)>>,
    names: Vec<Option<String>>,
    postings: Vec<Vec<u32>>,
}

impl Index {
    pub fn new<'a>(stories: impl Iterator<Item = (&'a Summary, &'a [Tag])>) -> Self {
        let mut index = Self {
            ids: HashMap::new(),
            terms: Vec::new(),
            names: Vec::new(),
            postings: Vec::new(),
        };
        let mut numbers: HashMap<String, u32> = HashMap::new();
        for (at, (summary, tags)) in stories.enumerate() {
            index.ids.insert(summary.id.clone(), at);
            index.ids.insert(summary.href.clone(), at);
            let mut own: Vec<(u32, f32)> = Vec::new();
            let mut add = |key: String, name: Option<&str>, weight: f32| {
                let next = index.names.len() as u32;
                let number = *numbers.entry(key).or_insert(next);
                if number == next {
                    index.names.push(name.map(str::to_owned));
                    index.postings.push(Vec::new());
                }
                if own.iter().all(|(other, _)| *other != number) {
                    own.push((number, weight));
                    index.postings[number as usize].push(at as u32);
                }
            };
            for tag in tags {
                add(format!("#{}", tag.slug), Some(&tag.name), 3.0);
            }
            if let Some(section) = &summary.section {
                add(format!("/{}", section.path), None, 1.0);
            }
            for word in summary.headline.split(|c: char| !c.is_alphanumeric()) {
                if word.chars().count() >= 4 {
                    add(word.to_lowercase(), None, 2.0);
                }
            }
            index.terms.push(own);
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
                found.push(Near {
                    index,
                    shared: Vec::new(),
                });
            }
        }
        let total = self.terms.len() as f32;
        let mut scores: HashMap<u32, f32> = HashMap::new();
        for &(term, weight) in &self.terms[story] {
            let postings = &self.postings[term as usize];
            let rarity = (total / postings.len() as f32).ln().max(0.05);
            let place = postings.partition_point(|&other| (other as usize) < story);
            let from = place.saturating_sub(NEIGHBOURS / 2);
            for &other in postings[from..].iter().take(NEIGHBOURS) {
                *scores.entry(other).or_default() += weight * rarity;
            }
        }
        let mut ranked: Vec<(u32, f32)> = scores
            .into_iter()
            .filter(|(other, _)| *other as usize != story)
            .collect();
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        for (index, _) in ranked {
            if found.len() >= most {
                break;
            }
            let index = index as usize;
            if found.iter().all(|near| near.index != index) {
                found.push(Near {
                    index,
                    shared: self.shared(story, index),
                });
            }
        }
        found.truncate(most);
        found
    }

    fn shared(&self, a: usize, b: usize) -> Vec<String> {
        self.terms[a]
            .iter()
            .filter(|(term, _)| self.terms[b].iter().any(|(other, _)| other == term))
            .filter_map(|(term, _)| self.names[*term as usize].clone())
            .take(2)
            .collect()
    }
}
