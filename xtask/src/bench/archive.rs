//! A generated archive of real length: the news of a town that does not exist, by numbers.
//!
//! Deterministic, so that two machines measure the same work: the same words every time, drawn
//! from a small vocabulary with the frequencies of prose (short words often, long ones seldom), in
//! sentences, paragraphs, sub-headings, a list and a quotation, with one picture, tags, a section
//! and an author. The newest story has exactly 1,000 words, for the page budget; the others about
//! 700. Written item by item: the generator must not need the memory it is there to measure.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::json;

const COMMON: &[&str] = &[
    "the", "of", "and", "to", "a", "in", "is", "that", "it", "was", "for", "on", "with", "as",
    "at", "by", "from", "has", "had", "not", "but", "they", "their", "this", "which", "were",
    "been",
];

const WORDS: &[&str] = &[
    "harbour",
    "council",
    "ferry",
    "budget",
    "winter",
    "morning",
    "engineer",
    "captain",
    "station",
    "market",
    "residents",
    "report",
    "season",
    "bridge",
    "company",
    "decision",
    "weather",
    "school",
    "repair",
    "crossing",
    "meeting",
    "evening",
    "street",
    "island",
    "warehouse",
    "committee",
    "tide",
    "question",
    "neighbour",
    "quarter",
    "proposal",
    "timetable",
    "library",
    "hospital",
    "signal",
    "festival",
    "exhibition",
    "orchestra",
    "laboratory",
    "keeper",
    "fishing",
    "railway",
    "lantern",
    "promised",
    "delayed",
    "measured",
    "counted",
    "described",
    "opened",
    "closed",
    "argued",
    "found",
    "returned",
    "expected",
    "rebuilt",
    "postponed",
    "explained",
    "voted",
    "painted",
    "collected",
    "early",
    "narrow",
    "quiet",
    "public",
    "modest",
    "stubborn",
    "northern",
    "temporary",
    "careful",
    "expensive",
    "familiar",
    "unusual",
    "several",
    "another",
    "almost",
    "nearly",
    "later",
    "again",
];

const SECTIONS: &[&str] = &[
    "harbour",
    "town",
    "business",
    "technology",
    "culture",
    "sport",
];
const AUTHORS: &[&str] = &[
    "Ada Marsh",
    "Ben Okoro",
    "Clara Voss",
    "Dev Nair",
    "Elin Strand",
];

/// Numbers that look like chance and are the same every time (Knuth's MMIX generator).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % limit as u64).unwrap_or(0)
    }

    fn of<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len())]
    }
}

/// Writes `site.json` and a `feed.json` of `count` stories into `folder`; gives the site's path.
/// `pictures` are files that stories show in turn.
pub fn write(folder: &Path, count: usize, pictures: &[PathBuf]) -> Result<PathBuf> {
    std::fs::create_dir_all(folder.join("pictures"))?;
    let mut names = Vec::new();
    for picture in pictures {
        let name = picture.file_name().unwrap_or_default();
        std::fs::copy(picture, folder.join("pictures").join(name))?;
        names.push(name.to_string_lossy().into_owned());
    }
    let site = json!({
        "title": "The Archive", "description": "Stories by the thousand.",
        "url": "https://news.example/", "language": "en",
        "source": { "kind": "jsonfeed", "url": "feed.json" },
        "sections": SECTIONS,
    });
    let path = folder.join("site.json");
    std::fs::write(&path, serde_json::to_vec_pretty(&site)?)?;
    let feed = folder.join("feed.json");
    let file = File::create(&feed).with_context(|| format!("cannot write {}", feed.display()))?;
    let mut out = BufWriter::new(file);
    out.write_all(b"{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"The Archive\",\"items\":[\n")?;
    for number in 0..count {
        if number > 0 {
            out.write_all(b",\n")?;
        }
        serde_json::to_writer(&mut out, &item(number, &names))?;
    }
    out.write_all(b"\n]}\n")?;
    out.flush()?;
    Ok(path)
}

/// Where the story of a thousand words will be.
pub const THOUSAND: &str = "article/story-0/index.html";

/// A story as an item of a JSON Feed.
pub fn item(number: usize, pictures: &[String]) -> serde_json::Value {
    let mut chance = Numbers(number as u64 + 1);
    // Warm up: neighbouring seeds begin alike.
    for _ in 0..4 {
        chance.below(2);
    }
    let words = if number == 0 {
        1000
    } else {
        600 + chance.below(200)
    };
    let tags: Vec<&str> = (0..3).map(|_| chance.of(&WORDS[..40])).collect();
    let mut item = json!({
        "id": format!("story-{number}"),
        "url": format!("https://news.example/article/story-{number}/"),
        "title": format!("{} {number}", capital(&phrase(&mut chance, 7))),
        "summary": sentence(&mut chance, 18),
        "content_html": body(&mut chance, words),
        "date_published": date(number),
        "authors": [{ "name": chance.of(AUTHORS) }],
        "tags": tags,
        "_dateline": { "slug": format!("story-{number}"), "section": chance.of(SECTIONS) },
    });
    if !pictures.is_empty() {
        let picture = &pictures[number % pictures.len()];
        item["_dateline"]["image"] = json!({
            "src": format!("pictures/{picture}"), "alt": sentence(&mut chance, 8),
            "width": 1440, "height": 960,
        });
    }
    item
}

/// Stories come two hours apart, the newest first, in months of 28 days.
fn date(number: usize) -> String {
    let hours = 2 * number;
    let days = hours / 24;
    let (year, day) = (2026 - days / 336, 335 - days % 336);
    format!(
        "{year}-{:02}-{:02}T{:02}:00:00Z",
        day / 28 + 1,
        day % 28 + 1,
        23 - hours % 24
    )
}

/// HTML of exactly `words` words.
fn body(chance: &mut Numbers, words: usize) -> String {
    let mut html = String::with_capacity(words * 8);
    let mut left = words;
    let mut paragraphs = 0;
    while left > 0 {
        if paragraphs > 0 && paragraphs % 4 == 0 && left > 60 {
            html.push_str(&format!("<h2>{}</h2>\n", capital(&phrase(chance, 4))));
            left -= 4;
        }
        let length = left.min(40 + chance.below(50));
        let text = prose(chance, length);
        html.push_str(&match paragraphs % 7 {
            3 => format!("<p>{text} <a href=\"https://source.example/{left}\">Source</a></p>\n"),
            5 if left > 120 => format!("<blockquote><p>{text}</p></blockquote>\n"),
            _ => format!("<p>{text}</p>\n"),
        });
        // The link's own word counts too.
        left -= length + usize::from(paragraphs % 7 == 3 && left > length);
        paragraphs += 1;
    }
    html
}

fn prose(chance: &mut Numbers, words: usize) -> String {
    let mut text = String::new();
    let mut left = words;
    while left > 0 {
        let length = left.min(6 + chance.below(14));
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(&sentence(chance, length));
        left -= length;
    }
    text
}

fn sentence(chance: &mut Numbers, words: usize) -> String {
    format!("{}.", capital(&phrase(chance, words)))
}

fn phrase(chance: &mut Numbers, words: usize) -> String {
    let mut text = String::new();
    for index in 0..words {
        if index > 0 {
            text.push(' ');
        }
        text.push_str(if chance.below(9) < 4 {
            chance.of(COMMON)
        } else {
            chance.of(WORDS)
        });
    }
    text
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().collect::<String>() + letters.as_str()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(html: &str) -> usize {
        let mut text = String::new();
        let mut inside = false;
        for letter in html.chars() {
            match letter {
                '<' => inside = true,
                '>' => {
                    inside = false;
                    text.push(' ');
                }
                _ if !inside => text.push(letter),
                _ => {}
            }
        }
        text.split_whitespace().count()
    }

    #[test]
    fn the_newest_story_has_a_thousand_words_and_the_others_are_of_real_length() {
        let count = |number| words(item(number, &[])["content_html"].as_str().expect("a body"));
        assert!((998..=1002).contains(&count(0)), "{}", count(0));
        let others: usize = (1..101).map(count).sum::<usize>() / 100;
        assert!((650..750).contains(&others), "{others}");
    }

    #[test]
    fn the_same_story_is_told_every_time_and_another_one_differs() {
        assert_eq!(item(7, &[]), item(7, &[]));
        assert_ne!(item(7, &[])["content_html"], item(8, &[])["content_html"]);
    }

    #[test]
    fn dates_fall_from_story_to_story() {
        assert_eq!(date(0), "2026-12-28T23:00:00Z");
        let dates: Vec<String> = (0..10_000).map(date).collect();
        assert!(dates.windows(2).all(|pair| pair[0] > pair[1]));
    }
}
