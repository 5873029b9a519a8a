//! The categories of a WordPress site, which nest: a story names its own, its path needs those above.

use serde_json::Value;

use super::item::html_text;
use crate::host::Host;
use crate::model::{Section, Slug};
use crate::source::{json, text};

/// Every category of a site, by id.
#[derive(Default)]
pub(super) struct Categories(Vec<Category>);

pub(super) struct Category {
    id: u64,
    parent: u64,
    name: String,
    pub slug: String,
    description: Option<String>,
    count: u64,
}

impl Categories {
    pub fn read(&mut self, list: &Value, host: Host) {
        for category in list.as_array().into_iter().flatten() {
            let (Some(id), Some(slug)) =
                (json::count(category, "id"), json::text(category, "slug"))
            else {
                continue;
            };
            self.0.push(Category {
                id,
                parent: json::count(category, "parent").unwrap_or(0),
                name: html_text(category.get("name"), host).unwrap_or_else(|| slug.to_owned()),
                slug: Slug::from_segment(&text::percent_decoded(slug))
                    .map_or_else(|| id.to_string(), |slug| slug.to_string()),
                description: html_text(category.get("description"), host),
                count: json::count(category, "count").unwrap_or(0),
            });
        }
    }

    pub fn get(&self, id: u64) -> Option<&Category> {
        self.0.iter().find(|category| category.id == id)
    }

    pub fn section(&self, category: &Category) -> Section {
        let mut path = vec![category.slug.as_str()];
        let mut at = category;
        // A cycle of parents ends at the length of the list.
        while let Some(parent) = self.get(at.parent).filter(|_| path.len() <= self.0.len()) {
            path.push(&parent.slug);
            at = parent;
        }
        path.reverse();
        path.dedup();
        Section {
            id: category.id.to_string(),
            name: category.name.clone(),
            path: path.join("/"),
            description: category.description.clone(),
        }
    }

    /// The ids, joined by commas, of the category at a path and of everything below it.
    pub fn with_descendants(&self, path: &str) -> Option<String> {
        let last = path.rsplit('/').next().unwrap_or(path);
        let named = |category: &&Category| category.slug.eq_ignore_ascii_case(last);
        let root = self
            .0
            .iter()
            .filter(named)
            .find(|category| self.section(category).path.eq_ignore_ascii_case(path))
            .or_else(|| self.0.iter().find(named))?;
        let mut ids = vec![root.id];
        let mut at = 0;
        while let Some(parent) = ids.get(at).copied() {
            for category in &self.0 {
                if category.parent == parent && !ids.contains(&category.id) {
                    ids.push(category.id);
                }
            }
            at += 1;
        }
        Some(ids.iter().map(u64::to_string).collect::<Vec<_>>().join(","))
    }

    /// Sections that hold stories, fullest first.
    pub fn sections(&self) -> Vec<Section> {
        let mut used: Vec<&Category> = self.0.iter().filter(|it| it.count > 0).collect();
        used.sort_by_key(|category| std::cmp::Reverse(category.count));
        used.into_iter()
            .map(|category| self.section(category))
            .collect()
    }
}
