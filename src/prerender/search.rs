//! The static search index: words to stories in small files, of which a query loads a few.
//!
//! `data/search.json` is where a search begins: it names the files below `assets/search/` (their
//! names hold a hash of their bytes) and the first word of each. A word file has a line a term:
//! its words by tabs, then the stories that have it with how much they say of it; a word that
//! stands for another has a line of its own that names it. `words` are the commonest words, loaded
//! only when a query finds nothing, to find what was meant. `stories` has section and day of every
//! story, for filters and freshness. `data/search/N.json` are the stories themselves, a few a file:
//! card and text, from which the browser cuts its excerpts. `public/app/search.js` reads all of it.
//!
//! Stories are numbered from the oldest, so that a new one leaves the numbers of the others alone
//! and a build writes again only what it changed.

mod encode;
mod language;

use std::cmp::Ordering;
use std::collections::HashMap;
use std::sync::Mutex;

use anyhow::Result;
use serde_json::{Value, json};

use super::archive::{Archive, Entry};
use super::assets::hashed;
use super::output::Output;
use crate::model::Site;
use crate::page::Story;
use crate::words::{self, Bag, Terms, Vocabulary};

/// Bytes of a file of words before the next one begins; a quarter of it after compression.
const SHARD: usize = 24 * 1024;
/// Stories of one file: a result's neighbours come with it.
const TOGETHER: usize = 4;
/// Bytes of a text that excerpts are cut from.
const TEXT: usize = 16 * 1024;
/// Words that a mistyped one is compared with.
const COMMONEST: usize = 12_000;

/// The words of a story, heavier where they say more of what it is about.
pub fn bag(vocabulary: &Mutex<Vocabulary>, story: &Story, text: &str) -> Bag {
    let summary = &story.summary;
    let tags: Vec<&str> = story.tags.iter().map(|tag| tag.name.as_str()).collect();
    let (tags, byline) = (tags.join(" "), summary.byline.join(" "));
    let section = summary.section.as_ref().map_or("", |section| &section.name);
    let standfirst = story.standfirst.as_deref().unwrap_or(&summary.excerpt);
    let parts: [(&str, u32); 7] = [
        (&summary.headline, 8),
        (&tags, 6),
        (&byline, 6),
        (standfirst, 3),
        (section, 3),
        (summary.kicker.as_deref().unwrap_or_default(), 3),
        (text, 1),
    ];
    vocabulary
        .lock()
        .unwrap_or_else(|poisoned| poisoned.into_inner())
        .bag(&parts)
}

/// Words gathered by the stems of a language.
pub fn terms(vocabulary: Vocabulary, language: &str) -> Terms {
    match language::stemmer(language) {
        Some(stemmer) => {
            vocabulary.settle(&language::fold, &|word| stemmer.stem(word).into_owned())
        }
        None => vocabulary.settle(&language::fold, &str::to_owned),
    }
}

/// Writes the index.
///
/// # Errors
/// When a file cannot be written, or the spool not be read.
pub fn write(archive: &Archive, site: &Site, out: &Output) -> Result<()> {
    // Oldest first; cards without a page of this site are found too, by their headline.
    let stories: Vec<&Entry> = archive.entries.iter().rev().collect();
    let postings = postings(&stories, &archive.terms);
    let lines = lines(&postings, &archive.terms, site);
    let mut shards: Vec<Value> = Vec::new();
    let mut from = 0;
    while from < lines.len() {
        let (mut to, mut size) = (from, 0);
        while to < lines.len() && (size == 0 || size + lines[to].1.len() <= SHARD) {
            size += lines[to].1.len();
            to += 1;
        }
        let text: String = lines[from..to]
            .iter()
            .map(|(_, line)| line.as_str())
            .collect();
        let name = put(out, "w", &text)?;
        shards.push(json!([lines[from].0, name]));
        from = to;
    }
    let common = put(out, "c", &commonest(&postings, &archive.terms))?;
    let list = put(out, "s", &list(&stories))?;
    let entry = json!({
        "version": 1,
        "stories": stories.len(),
        "together": TOGETHER,
        "shards": shards,
        "words": common,
        "list": list,
    });
    out.put("data/search.json", entry.to_string().as_bytes())?;
    for (number, together) in stories.chunks(TOGETHER).enumerate() {
        let mut file = Vec::new();
        for entry in together {
            let mut text = archive.text(entry)?;
            text.truncate(text.floor_char_boundary(TEXT));
            file.push(json!([entry.summary, text]));
        }
        let path = format!("data/search/{number}.json");
        out.put(&path, Value::from(file).to_string().as_bytes())?;
    }
    Ok(())
}

fn put(out: &Output, kind: &str, text: &str) -> Result<String> {
    let name = hashed(kind, "txt", text.as_bytes());
    out.put(&format!("assets/search/{name}"), text.as_bytes())?;
    Ok(name)
}

/// The stories of a term as they are written, and how many there are.
struct Posting {
    text: String,
    last: u32,
    count: u32,
}

fn postings(stories: &[&Entry], terms: &Terms) -> Vec<Posting> {
    let mut all: Vec<Posting> = (0..terms.len())
        .map(|_| Posting {
            text: String::new(),
            last: 0,
            count: 0,
        })
        .collect();
    let total: usize = stories.iter().map(|entry| entry.bag.len()).sum();
    let average = total as f32 / stories.len().max(1) as f32;
    for (number, entry) in stories.iter().enumerate() {
        let number = number as u32;
        // BM25's part of a term in a story, in eighths: how often, against how long the story is.
        let length = 1.5 * (0.7 + 0.3 * entry.bag.len() as f32 / average.max(1.0));
        for &word in &entry.bag {
            let (term, weight) = words::open(word);
            let weight = weight as f32;
            let says = (7.0 * weight / (weight + 2.0 * length))
                .round()
                .clamp(0.0, 7.0) as u32;
            let posting = &mut all[term as usize];
            encode::number((number - posting.last) << 3 | says, &mut posting.text);
            posting.last = number;
            posting.count += 1;
        }
    }
    all
}

/// Every word of the index with its line, in the order in which JavaScript compares texts.
fn lines(postings: &[Posting], terms: &Terms, site: &Site) -> Vec<(String, String)> {
    let stemmer = language::stemmer(&site.language).filter(|_| site.language.starts_with("ar"));
    let mut lines: HashMap<String, String> = HashMap::new();
    for (term, posting) in postings.iter().enumerate() {
        let words = terms.words(term as u32);
        let Some(main) = words.first() else { continue };
        if posting.count == 0 {
            continue;
        }
        for word in &words[1..] {
            lines.insert(word.to_string(), format!("{word}>{main}\n"));
        }
        // An Arabic word is asked for without the article that every use of it may have.
        if let Some(stem) = stemmer.as_ref().map(|stemmer| stemmer.stem(main)) {
            lines
                .entry(stem.to_string())
                .or_insert_with(|| format!("{stem}>{main}\n"));
        }
        lines.insert(
            main.to_string(),
            format!("{}\t{}\n", words.join("\t"), posting.text),
        );
    }
    let mut lines: Vec<(String, String)> = lines.into_iter().collect();
    lines.sort_unstable_by(|a, b| utf16_order(&a.0, &b.0));
    lines
}

fn utf16_order(a: &str, b: &str) -> Ordering {
    a.encode_utf16().cmp(b.encode_utf16())
}

/// The commonest words of letters, commonest first.
fn commonest(postings: &[Posting], terms: &Terms) -> String {
    let mut words: Vec<(u32, &str)> = Vec::new();
    for (term, posting) in postings.iter().enumerate() {
        for word in terms.words(term as u32) {
            let letters = word.chars().all(char::is_alphabetic);
            if letters && word.chars().count() > 2 {
                words.push((posting.count, word));
            }
        }
    }
    words.sort_unstable_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    words.truncate(COMMONEST);
    let words: Vec<&str> = words.into_iter().map(|(_, word)| word).collect();
    words.join("\n")
}

/// A line with the sections, then day and section of every story: days since the one before.
fn list(stories: &[&Entry]) -> String {
    let mut sections: Vec<(&str, &str)> = Vec::new();
    let mut numbers = String::new();
    let mut before = 0;
    for entry in stories {
        let day = entry
            .summary
            .published
            .map_or(before, |at| u32::try_from(at.epoch / 86_400).unwrap_or(0));
        let section = entry.summary.section.as_ref().map_or(0, |section| {
            let known = sections.iter().position(|(path, _)| *path == section.path);
            1 + known.unwrap_or_else(|| {
                sections.push((&section.path, &section.name));
                sections.len() - 1
            })
        });
        encode::number(day.saturating_sub(before), &mut numbers);
        encode::number(section as u32, &mut numbers);
        before = before.max(day);
    }
    format!("{}\n{numbers}", json!(sections))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_ordered_as_javascript_orders_them() {
        // A character beyond the basic plane is written with surrogates, which come before U+FFxx.
        assert_eq!(utf16_order("\u{20000}", "\u{ff66}"), Ordering::Less);
        assert_eq!("\u{20000}".cmp("\u{ff66}"), Ordering::Greater);
    }
}
