//! The data island of a prerendered page: what its live parts need, and nothing that only stands
//! in the markup.
//!
//! The page itself is complete before any script runs and is never rendered a second time in the
//! browser: furniture, cards and text stay what the build wrote. Only the parts a reader can act on
//! (the comment form, share, "Worth reading"…) come alive, and this is the data they render from.
//! Written by the prerenderer, read by the app from any page of the site it opens; pages made in
//! the browser derive it from their [`Page`].

use serde::Serialize;

use super::live::Living;
use super::{Content, Front, List, Page, Story, VERSION};
use crate::json::Json;
use crate::model::{CommentsConfig, Fresh, Image, ImageSize, Instant, SourceKind, Summary};

/// Everything the live parts of one page may depend on.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Island {
    pub version: u32,
    /// The page's own address, as `#app` names it in `data-route`.
    pub route: String,
    /// Path under which the site lives, with its slashes.
    pub base: String,
    /// The site's absolute address; empty where it is unknown.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub url: String,
    /// BCP 47.
    pub language: String,
    pub kind: SourceKind,
    pub fresh: Fresh,
    pub comments: CommentsConfig,
    /// On a list: when its newest story was published. On a story: when it was last changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub newest: Option<Instant>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub story: Option<Told>,
    /// Of a live story that goes on. The press reads it ([`Living::read`]).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub living: Option<Living>,
    /// Whether the build made a search index.
    #[serde(skip_serializing_if = "super::is_false")]
    pub index: bool,
    /// The island as it was read, for parts that another bundle brings to life.
    #[serde(skip)]
    pub written: String,
}

/// What the live parts of a story's page know of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Told {
    pub id: String,
    pub href: String,
    pub headline: String,
    /// The story at its source.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Whether comments are taken.
    pub open: bool,
    /// Where the thread can be read as data.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub thread: Option<String>,
    /// Candidates of "Worth reading", best first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub offers: Vec<Offer>,
}

/// A story that may be offered at the end of another.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Offer {
    pub href: String,
    pub headline: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<Image>,
}

/// Candidates kept: enough to pass over what was read before.
const OFFERS: usize = 6;

impl Island {
    /// The island of a page.
    pub fn of(page: &Page) -> Self {
        let site = &page.site;
        let mut living = None;
        let (newest, story, index) = match &page.content {
            Content::Front(front) => (newest(shown(front)), None, false),
            Content::List(list) if list.page <= 1 => (newest(listed(list)), None, false),
            Content::Story(story) => {
                living = story.live.as_ref().and_then(|live| live.living());
                let at = story.summary.modified.or(story.summary.published);
                // Its updates are offered one by one, not the page as a whole.
                let at = at.filter(|_| living.is_none());
                (at, Some(Told::of(story, site.worth_reading)), false)
            }
            Content::Search(search) => (None, None, search.index),
            _ => (None, None, false),
        };
        Self {
            version: VERSION,
            route: page.route.href(site),
            base: site.base.clone(),
            url: site.url.clone(),
            language: site.language.clone(),
            kind: site.kind,
            fresh: site.fresh,
            comments: site.comments.clone(),
            newest,
            story,
            living,
            index,
            written: String::new(),
        }
    }

    /// Reads an island back. `None` for anything that is not one of this version: such a page is
    /// left to the browser.
    pub fn read(json: &str) -> Option<Self> {
        let value = Json::parse(json)?;
        let island = Self {
            version: value.number("version")?,
            route: value.text("route")?,
            base: value.text("base")?,
            url: value.text("url").unwrap_or_default(),
            language: value.text("language")?,
            kind: SourceKind::from_name(value.get("kind")?.as_str()?)?,
            fresh: match value.get("fresh")?.as_str()? {
                "api" => Fresh::Api,
                "off" => Fresh::Off,
                _ => Fresh::Host,
            },
            comments: comments(value.get("comments")?),
            newest: value.text("newest").and_then(|at| Instant::read(&at)),
            story: value.get("story").and_then(Told::read),
            living: None,
            index: value.flag("index"),
            written: json.to_owned(),
        };
        (island.version == VERSION).then_some(island)
    }

    /// The base URL that keeps the drafts of two sites on one host apart.
    pub fn site_key(&self) -> &str {
        if self.url.is_empty() {
            &self.base
        } else {
            &self.url
        }
    }
}

impl Told {
    fn of(story: &Story, offers: bool) -> Self {
        let candidates = story.next.iter().chain(&story.related);
        let mut kept: Vec<Offer> = Vec::new();
        for other in candidates.filter(|_| offers) {
            let known = kept.iter().any(|offer| offer.href == other.href);
            if !other.external && !known && kept.len() < OFFERS {
                kept.push(Offer::of(other));
            }
        }
        Self {
            id: story.summary.id.clone(),
            href: story.summary.href.clone(),
            headline: story.summary.headline.clone(),
            url: story.url.clone(),
            open: story.comments_open,
            thread: story.comments_url.clone(),
            offers: kept,
        }
    }

    fn read(value: &Json) -> Option<Self> {
        Some(Self {
            id: value.text("id")?,
            href: value.text("href")?,
            headline: value.text("headline")?,
            url: value.text("url"),
            open: value.flag("open"),
            thread: value.text("thread"),
            offers: list(value, "offers").filter_map(Offer::read).collect(),
        })
    }
}

impl Offer {
    fn of(summary: &Summary) -> Self {
        Self {
            href: summary.href.clone(),
            headline: summary.headline.clone(),
            language: summary.language.clone(),
            // The panel shows it at 96 pixels: the two smallest versions do.
            image: summary.image.clone().map(|mut image| {
                image.alt.clear();
                image.sizes.truncate(2);
                image.modern.truncate(2);
                image
            }),
        }
    }

    fn read(value: &Json) -> Option<Self> {
        Some(Self {
            href: value.text("href")?,
            headline: value.text("headline")?,
            language: value.text("language"),
            image: value.get("image").and_then(image),
        })
    }
}

fn newest<'a>(stories: impl Iterator<Item = &'a Summary>) -> Option<Instant> {
    stories
        .filter_map(|story| story.published)
        .max_by_key(|at| at.epoch)
}

fn listed(list: &List) -> impl Iterator<Item = &Summary> {
    list.stories.iter()
}

fn shown(front: &Front) -> impl Iterator<Item = &Summary> {
    let strips = front.strips.iter().flat_map(|strip| &strip.stories);
    front
        .lead
        .iter()
        .chain(&front.seconds)
        .chain(&front.latest)
        .chain(strips)
}

fn list<'a>(value: &'a Json, key: &str) -> impl Iterator<Item = &'a Json> + use<'a> {
    value.get(key).map_or(&[][..], Json::list).iter()
}

fn comments(value: &Json) -> CommentsConfig {
    CommentsConfig {
        post: value.flag("post"),
        anonymous: value.flag("anonymous"),
        max_length: value.number("max_length").unwrap_or(5000) as usize,
        endpoint: value.text("endpoint"),
        email: value.text("email"),
        honeypot: value.text("honeypot"),
    }
}

fn image(value: &Json) -> Option<Image> {
    let size = |value: &Json| {
        Some(ImageSize {
            src: value.text("src")?,
            width: value.number("width")?,
        })
    };
    Some(Image {
        src: value.text("src")?,
        alt: value.text("alt").unwrap_or_default(),
        width: value.number("width"),
        height: value.number("height"),
        sizes: list(value, "sizes").filter_map(size).collect(),
        modern: list(value, "modern").filter_map(size).collect(),
        ..Image::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Site;
    use crate::route::Route;

    fn story() -> Page {
        let image = Image {
            src: "/a.jpg".into(),
            width: Some(1440),
            height: Some(960),
            sizes: vec![ImageSize {
                src: "/a-360.jpg".into(),
                width: 360,
            }],
            ..Image::default()
        };
        let other = |href: &str| Summary {
            href: href.into(),
            headline: "Another <story>".into(),
            language: Some("ar".into()),
            image: Some(image.clone()),
            ..Summary::default()
        };
        let story = Story {
            summary: Summary {
                id: "7".into(),
                href: "/article/seven/".into(),
                headline: "Seven".into(),
                published: Instant::parse("2026-11-23T08:00:00+01:00"),
                ..Summary::default()
            },
            comments_open: true,
            comments_url: Some("https://cms.example/wp-json/wp/v2/comments?post=7".into()),
            url: Some("https://cms.example/?p=7".into()),
            next: vec![other("/article/a/"), other("/article/b/")],
            related: vec![other("/article/a/"), other("/article/c/")],
            ..Story::default()
        };
        Page {
            version: VERSION,
            route: Route::Article {
                path: "article/seven".into(),
            },
            site: Site {
                base: "/".into(),
                language: "en-GB".into(),
                worth_reading: true,
                kind: SourceKind::WordPress,
                ..Site::default()
            },
            content: Content::Story(Box::new(story)),
            built: None,
        }
    }

    #[test]
    fn what_is_written_is_read_back_whole() {
        let island = Island::of(&story());
        let json = serde_json::to_string(&island).expect("JSON");
        let written = json.clone();
        assert_eq!(Island::read(&json), Some(Island { written, ..island }));
    }

    #[test]
    fn a_story_is_offered_once_and_only_where_offers_are_wanted() {
        let mut page = story();
        let told = Island::of(&page).story.expect("a story");
        let offered: Vec<&str> = told.offers.iter().map(|offer| &*offer.href).collect();
        assert_eq!(offered, ["/article/a/", "/article/b/", "/article/c/"]);
        page.site.worth_reading = false;
        assert_eq!(Island::of(&page).story.expect("a story").offers, []);
    }

    #[test]
    fn another_version_is_left_to_the_browser() {
        let island = Island {
            version: VERSION + 1,
            ..Island::of(&story())
        };
        let json = serde_json::to_string(&island).expect("JSON");
        assert_eq!(Island::read(&json), None);
        assert_eq!(Island::read("{}"), None);
        assert_eq!(Island::read("<html>"), None);
    }
}
