//! All stories of a build: summaries in memory, newest first; stories and bodies on a spool file.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::os::unix::fs::FileExt;

use anyhow::{Context, Result};

use crate::model::{Author, SectionRef, Summary, Tag};
use crate::page::{Story, section_name};
use crate::source::place::plain_origin;
use crate::words::{Bag, Terms};

/// Origins of comments and live updates that the policy can name; a source has one, a feed of feeds a few.
const THREADS: usize = 8;

/// What is kept in memory of a story.
pub struct Entry {
    /// Its place in the source's own order.
    pub place: usize,
    pub summary: Summary,
    /// Path under the base, decoded, without slashes at the ends; empty for stories that only
    /// link elsewhere.
    pub path: String,
    pub tags: Vec<Tag>,
    pub authors: Vec<Author>,
    pub featured: bool,
    /// Ids or addresses the source itself calls related.
    pub related: Vec<String>,
    /// The story's address at its source, to know links to it by.
    pub url: Option<String>,
    /// Its words, in the archive's terms.
    pub bag: Bag,
    spot: Spot,
}

/// Where a story stands on the spool.
#[derive(Clone, Copy)]
struct Spot {
    at: u64,
    story: u32,
    body: u32,
    text: u32,
}

/// The archive while it is being read.
pub struct Builder {
    entries: Vec<Entry>,
    spool: BufWriter<File>,
    at: u64,
    threads: BTreeSet<String>,
}

/// The finished archive; reading from it is shared between threads.
pub struct Archive {
    pub entries: Vec<Entry>,
    /// Origins that stories name for their comments and live updates.
    pub threads: BTreeSet<String>,
    pub terms: Terms,
    spool: File,
}

impl Builder {
    /// # Errors
    /// When no temporary file can be made.
    pub fn new() -> Result<Self> {
        let spool = tempfile::tempfile().context("a temporary file for the build is needed")?;
        Ok(Self {
            entries: Vec::new(),
            spool: BufWriter::new(spool),
            at: 0,
            threads: BTreeSet::new(),
        })
    }

    /// # Errors
    /// When the temporary file cannot take it (a full disk).
    pub fn push(&mut self, place: usize, new: NewEntry) -> Result<()> {
        let story = serde_json::to_vec(&new.story)?;
        let live = new.story.live.as_ref().and_then(|live| live.url.as_deref());
        let thread = new.story.comments_url.as_deref();
        for asked in thread.into_iter().chain(live).filter_map(plain_origin) {
            if !self.threads.contains(asked) && self.threads.len() < THREADS {
                self.threads.insert(asked.to_owned());
            }
        }
        self.spool.write_all(&story)?;
        self.spool.write_all(new.body.as_bytes())?;
        self.spool.write_all(new.text.as_bytes())?;
        let spot = Spot {
            at: self.at,
            story: story.len() as u32,
            body: new.body.len() as u32,
            text: new.text.len() as u32,
        };
        self.at += u64::from(spot.story) + u64::from(spot.body) + u64::from(spot.text);
        self.entries.push(Entry {
            place,
            path: new.path,
            tags: new.story.tags,
            authors: new.story.authors,
            featured: new.featured,
            related: new.related,
            url: new.story.url,
            bag: new.bag,
            summary: new.story.summary,
            spot,
        });
        Ok(())
    }

    /// Everything pushed so far in the source's own order, to be thinned out and addressed.
    pub fn entries(&mut self) -> &mut Vec<Entry> {
        self.entries.sort_by_key(|entry| entry.place);
        &mut self.entries
    }

    /// Newest first; stories without a date keep the source's order, behind the dated ones.
    ///
    /// # Errors
    /// When the temporary file cannot be finished.
    pub fn finish(mut self, terms: Terms) -> Result<Archive> {
        for entry in &mut self.entries {
            entry.bag = terms.translate(&entry.bag);
        }
        self.entries
            .sort_by_key(|entry| (std::cmp::Reverse(entry.summary.published), entry.place));
        let spool = self
            .spool
            .into_inner()
            .map_err(std::io::IntoInnerError::into_error)?;
        Ok(Archive {
            entries: self.entries,
            threads: self.threads,
            terms,
            spool,
        })
    }
}

/// A story as the first pass made it.
pub struct NewEntry {
    pub story: Story,
    pub body: String,
    /// The body as plain text, a line a paragraph.
    pub text: String,
    pub bag: Bag,
    pub path: String,
    pub featured: bool,
    pub related: Vec<String>,
}

impl Archive {
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// The story and its written body.
    ///
    /// # Errors
    /// When the temporary file cannot be read back.
    pub fn read(&self, entry: &Entry) -> Result<(Story, String)> {
        let Spot {
            at, story, body, ..
        } = entry.spot;
        let mut bytes = vec![0; (story + body) as usize];
        self.spool.read_exact_at(&mut bytes, at)?;
        let text = bytes.split_off(story as usize);
        Ok((serde_json::from_slice(&bytes)?, String::from_utf8(text)?))
    }

    /// The story's words as plain text.
    ///
    /// # Errors
    /// When the temporary file cannot be read back.
    pub fn text(&self, entry: &Entry) -> Result<String> {
        let spot = entry.spot;
        let mut bytes = vec![0; spot.text as usize];
        let at = spot.at + u64::from(spot.story) + u64::from(spot.body);
        self.spool.read_exact_at(&mut bytes, at)?;
        Ok(String::from_utf8(bytes)?)
    }

    /// Indices of the stories of each section, its descendants included, by path.
    pub fn by_section(&self) -> BTreeMap<String, Vec<usize>> {
        let mut map: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (index, entry) in self.entries.iter().enumerate() {
            let Some(section) = &entry.summary.section else {
                continue;
            };
            let mut end = section.path.len();
            loop {
                map.entry(section.path[..end].to_owned())
                    .or_default()
                    .push(index);
                match section.path[..end].rfind('/') {
                    Some(slash) => end = slash,
                    None => break,
                }
            }
        }
        map
    }

    /// Name and stories of each tag, by slug.
    pub fn by_tag(&self) -> BTreeMap<String, (String, Vec<usize>)> {
        let mut map: BTreeMap<String, (String, Vec<usize>)> = BTreeMap::new();
        for (index, entry) in self.entries.iter().enumerate() {
            for tag in &entry.tags {
                let found = map.entry(tag.slug.clone());
                let (_, list) = found.or_insert_with(|| (tag.name.clone(), Vec::new()));
                if list.last() != Some(&index) {
                    list.push(index);
                }
            }
        }
        map
    }

    /// Author (as their newest story has them) and stories, by slug.
    pub fn by_author(&self) -> BTreeMap<String, (Author, Vec<usize>)> {
        let mut map: BTreeMap<String, (Author, Vec<usize>)> = BTreeMap::new();
        for (index, entry) in self.entries.iter().enumerate() {
            for author in entry
                .authors
                .iter()
                .filter(|author| !author.slug.is_empty())
            {
                let found = map.entry(author.slug.clone());
                let (_, list) = found.or_insert_with(|| (author.clone(), Vec::new()));
                if list.last() != Some(&index) {
                    list.push(index);
                }
            }
        }
        map
    }

    /// Numbers of stories and the stories of each month, newest first.
    pub fn by_month(&self) -> Vec<((i64, u8), Vec<usize>)> {
        let mut map: BTreeMap<(i64, u8), Vec<usize>> = BTreeMap::new();
        for (index, entry) in self.entries.iter().enumerate() {
            if let Some(at) = entry.summary.published {
                let civil = at.civil();
                map.entry((civil.year, civil.month))
                    .or_default()
                    .push(index);
            }
        }
        map.into_iter().rev().collect()
    }

    /// Names of all sections by path, as stories give them.
    pub fn section_names(&self) -> BTreeMap<String, String> {
        let mut map = BTreeMap::new();
        for section in self
            .entries
            .iter()
            .filter_map(|entry| entry.summary.section.as_ref())
        {
            map.entry(section.path.clone())
                .or_insert_with(|| section.name.clone());
        }
        map
    }

    /// The navigation: the configured order, else the biggest sections first.
    pub fn sections(&self, configured: &[String]) -> Vec<SectionRef> {
        let names = self.section_names();
        let named = |path: &str| SectionRef {
            name: names
                .get(path)
                .cloned()
                .unwrap_or_else(|| section_name(path)),
            path: path.to_owned(),
        };
        if !configured.is_empty() {
            return configured.iter().map(|path| named(path)).collect();
        }
        let mut sizes: Vec<(String, usize)> = self
            .by_section()
            .into_iter()
            .filter(|(path, _)| !path.contains('/'))
            .map(|(path, list)| (path, list.len()))
            .collect();
        sizes.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        sizes.iter().take(8).map(|(path, _)| named(path)).collect()
    }
}
