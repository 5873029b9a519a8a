//! Names that `site.json` gives to what only the source can have: sections, stories, pages.

use std::collections::HashSet;

use super::Proof;
use crate::model::{Link, SiteConfig, nearest, nearest_of};
use crate::route::percent_decode;

/// What is said twice.
pub(super) fn look(config: &SiteConfig, proof: &mut Proof) {
    let twice = |key: &str, names: &mut dyn Iterator<Item = &str>, proof: &mut Proof| {
        let mut seen = HashSet::new();
        for name in names {
            if !seen.insert(name.trim_matches('/')) {
                proof.note(format!("\"{key}\" names {name:?} twice; take one out"));
            }
        }
    };
    twice(
        "sections",
        &mut config.sections.iter().map(String::as_str),
        proof,
    );
    twice(
        "front.pins",
        &mut config.front.pins.iter().map(String::as_str),
        proof,
    );
    for (key, links) in [("menu", &config.menu), ("footer", &config.footer)] {
        twice(key, &mut links.iter().map(|link| link.url.as_str()), proof);
        for link in links.iter().filter(|link| link.title.trim().is_empty()) {
            proof.note(format!(
                "\"{key}\": the link to {:?} has no title, so nobody can see it",
                link.url
            ));
        }
    }
}

/// Sections that are named and that no story is in. `known` are those of the stories, by path and name.
pub fn unknown_sections(config: &SiteConfig, known: &[(&str, &str)]) -> Vec<String> {
    let has = |wanted: &str| {
        known.iter().any(|(path, _)| {
            let below = path.strip_prefix(wanted);
            below.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
    };
    let note = |wanted: &String| {
        let by_name = known
            .iter()
            .find(|(_, name)| name.eq_ignore_ascii_case(wanted));
        let near = by_name
            .map(|(path, _)| *path)
            .or_else(|| nearest(wanted, known.iter().map(|(path, _)| *path)));
        let hint = match near {
            Some(near) => format!("did you mean {near:?}?"),
            None if known.is_empty() => "the stories have no sections".into(),
            None => {
                let some: Vec<&str> = known.iter().take(8).map(|(path, _)| *path).collect();
                format!("stories are in {}", some.join(", "))
            }
        };
        format!("\"sections\" names {wanted:?}, which no story is in; {hint}")
    };
    let missing = config.sections.iter().filter(|wanted| !has(wanted));
    missing.map(note).collect()
}

/// Looks for the stories that are pinned, while stories go by.
#[derive(Debug, Default)]
pub struct Pins(Vec<Pin>);

#[derive(Debug)]
struct Pin {
    wanted: String,
    found: bool,
    /// It is a story, and none of those that the front page is made from.
    old: bool,
    near: Option<(usize, String)>,
}

impl Pins {
    pub fn of(config: &SiteConfig) -> Self {
        let pin = |wanted: &String| Pin {
            wanted: wanted.clone(),
            found: false,
            old: false,
            near: None,
        };
        Self(config.front.pins.iter().map(pin).collect())
    }

    /// Whether none is looked for.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// A story of this id, whose address ends so; `fresh` where the front page can show it.
    pub fn see(&mut self, id: &str, slug: &str, fresh: bool) {
        for pin in self.0.iter_mut().filter(|pin| !pin.found) {
            let is = pin.wanted == id || pin.wanted == slug;
            pin.found = is && fresh;
            pin.old |= is && !fresh;
            for name in [id, slug] {
                let best = pin.near.as_ref().map_or(usize::MAX, |near| near.0);
                if let Some((edits, near)) = nearest_of(&pin.wanted, [name])
                    && edits < best
                {
                    pin.near = Some((edits, near.to_owned()));
                }
            }
        }
    }

    /// The pins that are no story.
    pub fn notes(&self) -> Vec<String> {
        let missing = self.0.iter().filter(|pin| !pin.found);
        missing
            .map(|pin| {
                if pin.old {
                    return format!(
                        "\"front.pins\" names {:?}, which is older than the stories that the front \
                         page is made from; take it out",
                        pin.wanted
                    );
                }
                let hint = pin.near.as_ref().map_or_else(
                    || "write the id of a story, or the last part of its address".into(),
                    |(_, near)| format!("did you mean {near:?}?"),
                );
                format!(
                    "\"front.pins\" names {:?}, which is no story; {hint}",
                    pin.wanted
                )
            })
            .collect()
    }
}

/// Entries of menu and foot, and redirects, that lead to a page of this site which is not there.
/// `has` tells of a path under the base, without leading slash; `known` are such paths, to find one
/// that was meant.
pub fn leads_nowhere(
    config: &SiteConfig,
    base: &str,
    has: &dyn Fn(&str) -> bool,
    known: &[&str],
) -> Vec<String> {
    let of = |key: &'static str, links: &[Link]| {
        let named = |link: &Link| (format!("\"{key}\": {:?}", link.title), link.url.clone());
        links.iter().map(named).collect::<Vec<_>>()
    };
    let redirects = config.redirects.iter();
    let redirects = redirects.map(|(from, to)| (format!("\"redirects\": {from:?}"), to.clone()));
    let links = of("menu", &config.menu)
        .into_iter()
        .chain(of("footer", &config.footer));
    let mut notes = Vec::new();
    for (what, url) in links.chain(redirects) {
        let Some(path) = own_path(config, base, &url) else {
            continue;
        };
        let bare = path.trim_matches('/');
        let moved = config
            .redirects
            .keys()
            .any(|from| from.trim_matches('/') == bare);
        if !has(&path) && !moved {
            let host = path.split('/').next().unwrap_or_default();
            let near = || nearest(bare, known.iter().copied());
            let hint = match super::source::is_host(host) {
                true => format!("; for another site write \"https://{path}\""),
                false => {
                    near().map_or_else(String::new, |near| format!("; did you mean \"/{near}/\"?"))
                }
            };
            notes.push(format!(
                "{what} leads to {url:?}, and the site has no such page{hint}"
            ));
        }
    }
    notes
}

/// The path under the base that a link means; `None` when it leads elsewhere.
fn own_path(config: &SiteConfig, base: &str, url: &str) -> Option<String> {
    let site = config.url.trim_end_matches('/');
    let plain = url.split(['?', '#']).next().unwrap_or_default();
    let path = match plain.strip_prefix(site).filter(|_| !site.is_empty()) {
        Some(rest) if rest.is_empty() || rest.starts_with('/') => rest,
        _ if url.starts_with('#') || url.starts_with("//") => return None,
        _ if plain
            .split('/')
            .next()
            .is_some_and(|first| first.contains(':')) =>
        {
            return None;
        }
        _ => plain,
    };
    let path = path.strip_prefix(base).unwrap_or(path);
    Some(percent_decode(path.trim_start_matches('/')))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(more: &str) -> SiteConfig {
        let text = format!("{{ {more}, \"source\": {{ \"url\": \"feed.json\" }} }}");
        SiteConfig::parse(&text).expect("a site")
    }

    #[test]
    fn a_section_without_stories_names_the_nearest_that_has_some() {
        let known = [("world/europe", "Europe"), ("tech", "Technology")];
        let notes = |sections: &str| {
            unknown_sections(&site(&format!("\"sections\": [{sections}]")), &known)
        };
        assert_eq!(notes("\"world\", \"tech\", \"world/europe\""), [""; 0]);
        assert!(notes("\"tecj\"")[0].contains("did you mean \"tech\"?"));
        assert!(
            notes("\"technology\"")[0].contains("did you mean \"tech\"?"),
            "by its name"
        );
        assert!(notes("\"xylophone\"")[0].contains("world/europe, tech"));
    }

    #[test]
    fn a_pin_without_a_story_names_the_nearest() {
        let mut pins = Pins::of(&site(
            "\"front\": { \"pins\": [\"7\", \"fery\", \"zzzzzz\", \"whale\"] }",
        ));
        pins.see("7", "quay", true);
        pins.see("8", "ferry", true);
        pins.see("9", "whale", false);
        let notes = pins.notes();
        assert_eq!(notes.len(), 3, "{notes:?}");
        assert!(notes[2].contains("older than"));
        assert!(notes[0].contains("did you mean \"ferry\"?"));
        assert!(notes[1].contains("id of a story"));
    }

    #[test]
    fn links_of_the_site_lead_somewhere() {
        let config = site(
            "\"url\": \"https://a.example/news\", \"redirects\": { \"/old/\": \"/gone/\" }, \"menu\": [ \
             { \"title\": \"A\", \"url\": \"/about/#top\" }, { \"title\": \"B\", \"url\": \"abaut/\" }, \
             { \"title\": \"C\", \"url\": \"https://a.example/news/nothing\" }, \
             { \"title\": \"D\", \"url\": \"https://b.example/x\" }, \
             { \"title\": \"E\", \"url\": \"mailto:a@b.example\" }, \
             { \"title\": \"F\", \"url\": \"www.c.example/x\" }, { \"title\": \"G\", \"url\": \"/old/\" }]",
        );
        let notes = leads_nowhere(&config, "/news/", &|path| path == "about/", &["about"]);
        assert_eq!(notes.len(), 4, "{notes:#?}");
        assert!(notes[0].contains("did you mean \"/about/\"?") && notes[1].contains("\"C\""));
        assert!(notes[2].contains("write \"https://www.c.example/x\""));
        assert!(notes[3].contains("\"redirects\": \"/old/\""));
    }

    #[test]
    fn what_is_said_twice_is_noted() {
        let config = site(
            "\"sections\": [\"a\", \"a/\"], \"menu\": [{ \"title\": \"A\", \"url\": \"/x/\" }, \
             { \"title\": \"B\", \"url\": \"/x/\" }, { \"title\": \" \", \"url\": \"/y/\" }]",
        );
        let mut proof = Proof::default();
        look(&config, &mut proof);
        assert_eq!(proof.notes.len(), 3, "{proof:?}");
    }
}
