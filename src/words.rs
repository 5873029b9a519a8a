//! Texts as bags of words, as search and related stories understand them.
//!
//! Pure and free of tables: a word is a run of letters, marks and digits in lower case; scripts that
//! set no spaces between words give pairs of neighbouring characters instead, which finds the same
//! things without a dictionary. The prerenderer and the store call this; what a word means in a
//! language (its stem) comes from outside. `public/app/search.js` splits queries by the same rules.

use std::collections::HashMap;

use crate::html::text::is_unspaced;

/// Longer runs are no words of any language but noise (addresses, hashes).
const LONGEST: usize = 40;

/// Calls `take` with every word of `text`.
pub fn each(text: &str, take: &mut dyn FnMut(&str)) {
    let mut word = String::new();
    let mut before = None;
    for c in text.chars() {
        if is_unspaced(c) && is_letter(c) {
            end(&mut word, take);
            if let Some(before) = before {
                let pair: String = [before, c].iter().collect();
                take(&pair);
            }
            before = Some(c);
            continue;
        }
        before = None;
        if is_letter(c) {
            word.extend(c.to_lowercase());
        } else {
            end(&mut word, take);
        }
    }
    end(&mut word, take);
}

fn end(word: &mut String, take: &mut dyn FnMut(&str)) {
    // What an apostrophe leaves of "don't" and "l'eau" says nothing.
    let letters = word.chars().count();
    let says = letters > 1 || word.bytes().all(|byte| byte.is_ascii_digit());
    if says && (1..=LONGEST).contains(&letters) {
        take(word);
    }
    word.clear();
}

fn is_letter(c: char) -> bool {
    // Indic signs that join letters are no letters to Unicode, but part of the word.
    c.is_alphanumeric()
        || matches!(c, '\u{300}'..='\u{36f}' | '\u{93c}'..='\u{94d}')
        || (matches!(c, '\u{980}'..='\u{dff}') && !c.is_ascii())
}

/// Words by number. Numbers are given in the order of arrival; [`Vocabulary::settle`] makes them
/// independent of it, so that threads may share one.
#[derive(Debug, Default)]
pub struct Vocabulary {
    numbers: HashMap<Box<str>, u32>,
}

/// The words of a story with their weights: `number << 5 | weight`, a few bytes a word, because a
/// whole archive of these is in memory at once.
pub type Bag = Box<[u32]>;

const WEIGHT_BITS: u32 = 5;
/// The greatest weight a bag can hold.
pub const MOST: u32 = (1 << WEIGHT_BITS) - 1;

/// Number and weight of an entry of a bag.
pub fn open(entry: u32) -> (u32, u32) {
    (entry >> WEIGHT_BITS, entry & MOST)
}

impl Vocabulary {
    /// The bag of texts, each with the weight of one of its words.
    pub fn bag(&mut self, texts: &[(&str, u32)]) -> Bag {
        let mut found: Vec<u32> = Vec::new();
        for (text, weight) in texts {
            each(text, &mut |word| {
                let next = self.numbers.len() as u32;
                let number = match self.numbers.get(word) {
                    Some(&number) => number,
                    None => {
                        self.numbers.insert(word.into(), next);
                        next
                    }
                };
                found.push(number << WEIGHT_BITS | weight.min(&MOST));
            });
        }
        merged(found)
    }

    /// Gathers words of one stem under one term, each in the form that `fold` gives it. Terms are in
    /// the order of their first words, so the outcome depends on the words alone.
    pub fn settle(self, fold: &dyn Fn(&str) -> String, stem: &dyn Fn(&str) -> String) -> Terms {
        let mut words: Vec<(Box<str>, u32)> = self.numbers.into_iter().collect();
        words.sort_unstable();
        let mut by_stem: HashMap<String, u32> = HashMap::new();
        let mut groups: Vec<Vec<Box<str>>> = Vec::new();
        let mut of_number = vec![0; words.len()];
        for (word, number) in words {
            let folded = fold(&word);
            let term = *by_stem.entry(stem(&folded)).or_insert_with(|| {
                groups.push(Vec::new());
                groups.len() as u32 - 1
            });
            of_number[number as usize] = term;
            let group = &mut groups[term as usize];
            if group.iter().all(|known| **known != *folded) {
                group.push(folded.into());
            }
        }
        Terms { groups, of_number }
    }
}

/// Entries in order, those of one number made one.
fn merged(mut entries: Vec<u32>) -> Bag {
    entries.sort_unstable();
    let mut out: Vec<u32> = Vec::with_capacity(entries.len());
    for entry in entries {
        let (number, weight) = open(entry);
        match out.last_mut() {
            Some(last) if open(*last).0 == number => {
                *last = number << WEIGHT_BITS | (open(*last).1 + weight).min(MOST);
            }
            _ => out.push(entry),
        }
    }
    out.into()
}

/// Terms: words that mean the same to a search, gathered.
#[derive(Debug, Default)]
pub struct Terms {
    groups: Vec<Vec<Box<str>>>,
    of_number: Vec<u32>,
}

impl Terms {
    /// The bag in terms instead of words.
    pub fn translate(&self, bag: &[u32]) -> Bag {
        let terms = bag.iter().map(|&entry| {
            let (number, weight) = open(entry);
            self.of_number[number as usize] << WEIGHT_BITS | weight
        });
        merged(terms.collect())
    }

    pub fn len(&self) -> usize {
        self.groups.len()
    }

    pub fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }

    /// The words of a term, in order.
    pub fn words(&self, term: u32) -> &[Box<str>] {
        &self.groups[term as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Vec<String> {
        let mut words = Vec::new();
        each(text, &mut |word| words.push(word.to_owned()));
        words
    }

    #[test]
    fn words_are_runs_of_letters_and_pairs_of_characters() {
        assert_eq!(
            all("The Harbour’s 3 ferries, l'eau"),
            ["the", "harbour", "3", "ferries", "eau"]
        );
        assert_eq!(all("港の朝市"), ["港の", "の朝", "朝市"]);
        assert_eq!(all("في الميناء"), ["في", "الميناء"]);
        assert_eq!(all("हिन्दी में"), ["हिन्दी", "में"]);
        assert_eq!(all(&"x".repeat(41)), Vec::<String>::new());
    }

    #[test]
    fn words_of_one_stem_become_one_term_whatever_came_first() {
        let settle = |texts: [&str; 2]| {
            let mut words = Vocabulary::default();
            let bags = texts.map(|text| words.bag(&[(text, 2)]));
            let terms = words.settle(&str::to_owned, &|word| {
                word.trim_end_matches('s').to_owned()
            });
            let bags = bags.map(|bag| terms.translate(&bag));
            (
                (0..terms.len() as u32)
                    .map(|term| terms.words(term).concat())
                    .collect::<Vec<_>>(),
                bags,
            )
        };
        let (words, [one, two]) = settle(["ferry ferrys", "boat"]);
        assert_eq!(words, ["boat", "ferryferrys"]);
        assert_eq!(open(one[0]), (1, 4));
        assert_eq!(open(two[0]), (0, 2));
        assert_eq!(settle(["boat", "ferry ferrys"]).0, words);
    }
}
