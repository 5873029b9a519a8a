//! `site.json` becomes the resolved, secret-free site of the data islands.

use crate::model::{Direction, SectionRef, Site, SiteConfig};

/// The site as pages see it, living under `base` with its sections named.
pub fn resolve(config: &SiteConfig, base: &str, sections: Vec<SectionRef>) -> Site {
    let url = match config.url.trim_end_matches('/') {
        "" => String::new(),
        url => format!("{url}/"),
    };
    Site {
        title: config.title.clone(),
        description: config.description.clone(),
        url,
        base: base.to_owned(),
        direction: Direction::of_language(&config.language),
        language: config.language.clone(),
        logo: config.logo.clone(),
        icon: config.icon.clone(),
        accent: config.accent.clone(),
        sections,
        menu: config.menu.clone(),
        footer: config.footer.clone(),
        page_size: config.page_size,
        permalink: config.permalink.clone(),
        comments: config.comments.clone(),
        newsletter: config
            .newsletter
            .clone()
            .filter(|letter| !letter.action.is_empty()),
        worth_reading: config.worth_reading,
        fresh: config.fresh,
        kind: config.source.kind,
    }
}

/// The sections that `site.json` names, by their paths alone.
pub fn named_sections(config: &SiteConfig) -> Vec<SectionRef> {
    let named = |path: &String| SectionRef {
        name: section_name(path),
        path: path.clone(),
    };
    config.sections.iter().map(named).collect()
}

/// A name for a section that nothing names: its last segment, capitalised.
pub fn section_name(path: &str) -> String {
    let last = path.rsplit('/').next().unwrap_or(path).replace('-', " ");
    let mut letters = last.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => last,
    }
}
