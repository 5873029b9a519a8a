//! Which address each story gets when several want the same one.
//!
//! Decided by the order of ids and never by the order of reading: a new story cannot take an older
//! one's address away, and two builds of the same archive agree. Who had an address in the last build
//! keeps it, also when the story that it gave way to has left the source. Case does not tell paths
//! apart, because some file systems do not.
//!
//! An address that was made here (from a slug, a headline, an id) is numbered: `-2`, `-3`. One that
//! the publisher's own site gave (`"permalink": "source"`) is not: readers know it, and if two
//! stories claim exactly the same one, only the publisher can say which is meant. Called by `read`,
//! once, when all stories are known.

use std::cmp::Ordering;
use std::collections::{BTreeSet, HashMap};

use crate::model::{Article, Slug};
use crate::route::{percent_decode, story_path, story_slug};
use crate::source::place;

/// The path a story would like: by the site's pattern; below `story/` where the pattern asks for
/// what the story lacks (a date, an address).
pub fn wanted(permalink: &str, base: &str, article: &Article) -> String {
    let path = story_path(permalink, article);
    let path = path.unwrap_or_else(|| {
        story_slug(article).map_or_else(|| "story".into(), |slug| format!("story/{slug}"))
    });
    let folder = base.trim_matches('/');
    // A site in a folder keeps its addresses, which begin with that folder already.
    match path
        .strip_prefix(folder)
        .and_then(|rest| rest.strip_prefix('/'))
    {
        Some(inside) if permalink == "source" && !folder.is_empty() && !inside.is_empty() => {
            inside.to_owned()
        }
        _ => path,
    }
}

/// The path of an address as its own site means it, to tell whether two stories share one; with the
/// query, which tells stories apart without pretty permalinks.
pub fn own(url: &str) -> String {
    let path = percent_decode(place::path(url));
    let path = path.trim_matches('/');
    match place::query(url).join("&") {
        query if query.is_empty() => path.to_owned(),
        query => format!("{path}?{query}"),
    }
}

/// An address without what does not tell pages apart: scheme, `www.`, last slash, who sent the reader,
/// and a fragment that is not a path of its own (`#/post/1`).
pub fn normal(url: &str) -> String {
    let host = place::origin(url)
        .split_once("://")
        .map_or("", |(_, host)| host);
    let host = host.strip_prefix("www.").unwrap_or(host);
    let path = percent_decode(place::path(url).trim_end_matches('/'));
    let query = place::query(url).join("&");
    let mark = if query.is_empty() { "" } else { "?" };
    let fragment = url.split_once('#').map_or("", |(_, fragment)| fragment);
    let own = Some(fragment).filter(|it| is_path(it));
    let own = own.map_or("", |it| it.trim_end_matches('/'));
    [host, &path, mark, &query, own].concat()
}

/// Whether a fragment names a page of a site that has only one document.
pub fn is_path(fragment: &str) -> bool {
    fragment.starts_with('/') || fragment.starts_with("!/")
}

/// A story that wants an address.
pub struct Claim<'a> {
    pub id: &'a str,
    /// The path it would like; the one it gets. Never empty.
    pub path: &'a mut String,
    /// The path at its own site, where stories keep those.
    pub own: Option<String>,
}

/// Two stories at one address, by their places in the list of claims.
#[derive(Debug, PartialEq, Eq)]
pub struct Clash {
    pub first: usize,
    pub refused: usize,
}

/// Settles every claim. `pages` are the paths of the publisher's own pages, which no story gets;
/// `before` what the last build gave, by ids.
pub fn settle(
    claims: &mut [Claim<'_>],
    pages: &BTreeSet<String>,
    before: &HashMap<String, String>,
) -> Vec<Clash> {
    let had = |claim: &Claim<'_>| before.get(claim.id).filter(|path| of(path, claim.path));
    let fresh: Vec<bool> = claims.iter().map(|claim| had(claim).is_none()).collect();
    let mut order: Vec<usize> = (0..claims.len()).collect();
    order.sort_by(|&a, &b| {
        fresh[a]
            .cmp(&fresh[b])
            .then_with(|| by_id(claims[a].id, claims[b].id))
    });
    let mut clashes = Vec::new();
    let mut own: HashMap<String, usize> = HashMap::new();
    let mut taken: BTreeSet<String> = pages.iter().map(|path| path.to_lowercase()).collect();
    let mut numbered = Vec::new();
    for index in order {
        if let Some(path) = &claims[index].own {
            match own.get(path) {
                Some(&first) => {
                    clashes.push(Clash {
                        first,
                        refused: index,
                    });
                    continue;
                }
                None => drop(own.insert(path.clone(), index)),
            }
        }
        if let Some(path) = had(&claims[index]).filter(|path| *path != claims[index].path)
            && taken.insert(path.to_lowercase())
        {
            *claims[index].path = path.clone();
            continue;
        }
        // Whoever needs no number goes first: `ferry-2` may be a story's own slug.
        if !taken.insert(claims[index].path.to_lowercase()) {
            numbered.push(index);
        }
    }
    // The list of related stories stands below each story.
    for (index, claim) in claims.iter().enumerate() {
        let lower = claim.path.to_lowercase();
        let below = lower.strip_suffix("/related");
        if below.is_some_and(|story| taken.contains(story)) && !numbered.contains(&index) {
            numbered.push(index);
        }
    }
    // Whole archives may want one path: each goes on where the last of them found its number.
    let mut next: HashMap<String, usize> = HashMap::new();
    for index in numbered {
        let wanted = claims[index].path.clone();
        let number = next.entry(wanted.to_lowercase()).or_insert(2);
        *claims[index].path = loop {
            let path = with_number(&wanted, *number);
            *number += 1;
            if taken.insert(path.to_lowercase()) {
                break path;
            }
        };
    }
    clashes
}

/// Whether a path is what a story wanted, as it is or with a number behind it.
fn of(path: &str, wanted: &str) -> bool {
    let is_number = |rest: &str| {
        let number = rest.strip_prefix('-').filter(|number| !number.is_empty());
        number.is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
    };
    path.strip_prefix(wanted)
        .is_some_and(|rest| rest.is_empty() || is_number(rest))
}

/// Ids are mostly numbers, and then 9 comes before 10.
fn by_id(a: &str, b: &str) -> Ordering {
    let number = |id: &str| id.parse::<u64>().ok();
    match (number(a), number(b)) {
        (Some(a), Some(b)) => a.cmp(&b),
        _ => a.cmp(b),
    }
}

fn with_number(path: &str, number: usize) -> String {
    let (folder, last) = path
        .rsplit_once('/')
        .map_or(("", path), |(folder, last)| (folder, last));
    let last = Slug::from_segment(last).map_or_else(
        || format!("{last}-{number}"),
        |slug| slug.numbered(number).to_string(),
    );
    if folder.is_empty() {
        last
    } else {
        format!("{folder}/{last}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The paths that stories of these ids and wishes get; `true` where they are their site's own.
    fn given(wishes: &[(&str, &str)], own: bool) -> (Vec<String>, Vec<Clash>) {
        given_after(&[], wishes, own)
    }

    fn given_after(
        before: &[(&str, &str)],
        wishes: &[(&str, &str)],
        own: bool,
    ) -> (Vec<String>, Vec<Clash>) {
        let owned = |(id, path): &(&str, &str)| ((*id).to_owned(), (*path).to_owned());
        let before = before.iter().map(owned).collect();
        let mut paths: Vec<String> = wishes.iter().map(|(_, path)| (*path).to_owned()).collect();
        let mut claims: Vec<Claim<'_>> = wishes
            .iter()
            .zip(&mut paths)
            .map(|((id, wish), path)| Claim {
                id,
                path,
                own: own.then(|| (*wish).to_owned()),
            })
            .collect();
        let pages = BTreeSet::from(["about".to_owned()]);
        let clashes = settle(&mut claims, &pages, &before);
        (paths, clashes)
    }

    #[test]
    fn who_had_an_address_keeps_it() {
        let before = [
            ("2", "weather"),
            ("3", "weather-2"),
            ("5", "gull"),
            ("6", "tide-9a"),
        ];
        let given = |wishes: &[(&str, &str)]| given_after(&before, wishes, false).0;
        let alone = given(&[("3", "weather")]);
        assert_eq!(alone, ["weather-2"], "the first has left");
        let all = given(&[("1", "weather"), ("3", "weather"), ("2", "weather")]);
        assert_eq!(all, ["weather-3", "weather-2", "weather"]);
        let others = given(&[("3", "weather"), ("5", "owl"), ("6", "tide")]);
        assert_eq!(others, ["weather-2", "owl", "tide"], "another wish");
    }

    #[test]
    fn the_lower_id_keeps_the_address_however_the_source_orders_them() {
        let wishes = [("10", "a/ferry"), ("9", "a/Ferry"), ("11", "a/ferry-2")];
        let (paths, clashes) = given(&wishes, false);
        assert_eq!(paths, ["a/ferry-3", "a/Ferry", "a/ferry-2"]);
        assert_eq!(clashes, []);
    }

    #[test]
    fn an_address_of_the_publishers_own_is_refused_rather_than_numbered() {
        let wishes = [
            ("b", "2026/ferry"),
            ("a", "2026/ferry"),
            ("c", "2026/Ferry"),
        ];
        let (paths, clashes) = given(&wishes, true);
        assert_eq!(
            clashes,
            [Clash {
                first: 1,
                refused: 0
            }]
        );
        assert_eq!(paths[2], "2026/Ferry-2", "another case is another address");
    }

    #[test]
    fn pages_and_lists_of_related_stories_keep_their_places() {
        let wishes = [
            ("1", "about"),
            ("2", "news/quay"),
            ("3", "news/quay/related"),
        ];
        let (paths, _) = given(&wishes, false);
        assert_eq!(paths, ["about-2", "news/quay", "news/quay/related-2"]);
    }
}
