//! What a reading found, gathered article by article, so that its size does not follow the source's.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap, HashSet};

use crate::model::{Article, Body, Image, Instant, SourceConfig, SourceKind};
use crate::platform::fetch_now;
use crate::prerender::addresses;
use crate::prerender::files::{By, Files};
use crate::proof::{Losses, Pins, limit_of, unknown_sections};
use crate::route::story_slug;
use crate::source::place::is_absolute;
use crate::source::{About, Request, Response, Skipped, shown, text};

use super::Plan;

/// Everything `check` says.
#[derive(Debug, Default)]
pub struct Report {
    pub kind: SourceKind,
    pub address: String,
    pub about: About,
    /// Articles read.
    pub articles: usize,
    pub pages: usize,
    /// What the source says it has, where it says so.
    pub total: Option<u64>,
    pub skipped: Vec<Skipped>,
    /// Path to name and number of stories.
    pub sections: BTreeMap<String, (String, usize)>,
    pub oldest: Option<Instant>,
    pub newest: Option<Instant>,
    /// Field to number of articles that have it.
    pub present: BTreeMap<&'static str, usize>,
    pub bodies: usize,
    /// Pictures in bodies and heads, those without alternative text, those named with http.
    pub pictures: usize,
    pub without_alt: usize,
    pub mixed: usize,
    pub cors: Option<Cors>,
    /// What keeps the app from showing the source, or readers from seeing it as meant.
    pub problems: Vec<String>,
    /// What is worth knowing.
    pub notes: Vec<String>,
    /// A `site.json` to begin with.
    pub site: serde_json::Value,
    /// Nothing could be read.
    pub fatal: bool,
    /// Nothing was asked: what should be read is not clear, or `site.json` has to be mended first.
    pub unread: bool,
    /// The site's folder, where a `site.json` says which it is.
    pub(super) files: Option<Files>,
    /// The stories that the front page is to begin with.
    pub(super) pins: Pins,
    /// What bodies lose on the way to a page.
    pub(super) losses: Losses,
    pub(super) ids: HashSet<u64>,
    pub(super) duplicates: Vec<String>,
    /// The site's pattern, by which stories get their addresses.
    pub(super) permalink: String,
    /// Who lives where: hash of the path to the story's name.
    pub(super) paths: HashMap<u64, String>,
    /// Stories whose own address is another's too: nobody can serve both.
    pub(super) on_one_path: Vec<String>,
    /// Stories whose made address was taken: they get a number behind it.
    pub(super) numbered: Vec<String>,
}

/// What a browser on another origin would be allowed.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct Cors {
    pub allowed: bool,
    /// `Access-Control-Allow-Origin` as it came.
    pub origin: Option<String>,
    pub exposed: Vec<String>,
    pub preflight: bool,
}

/// Clashes that are named one by one.
const CLASHES: usize = 10;

const FIELDS: [&str; 16] = [
    "headline",
    "slug",
    "url",
    "body",
    "summary",
    "standfirst",
    "kicker",
    "published",
    "modified",
    "image",
    "authors",
    "section",
    "tags",
    "language",
    "comments",
    "rights",
];

impl Report {
    pub(super) fn begin(plan: &Plan) -> Self {
        Self {
            kind: plan.config.kind,
            files: plan.files(),
            pins: plan.site.as_ref().map(Pins::of).unwrap_or_default(),
            address: shown(&plan.config.url),
            notes: plan.notes.clone(),
            permalink: match &plan.site {
                Some(site) => site.permalink.clone(),
                None if plan.config.kind.keeps_addresses() => "source".into(),
                None => "/article/{slug}/".into(),
            },
            ..Self::default()
        }
    }

    /// Whether the app could show the source.
    pub fn showable(&self) -> bool {
        !self.fatal && self.articles > 0
    }

    /// Share of articles that have a field, between 0 and 1.
    pub fn share(&self, field: &str) -> f64 {
        let present = self.present.get(field).copied().unwrap_or(0);
        if self.articles == 0 {
            0.0
        } else {
            present as f64 / self.articles as f64
        }
    }

    pub fn fields() -> &'static [&'static str] {
        &FIELDS
    }

    pub(super) fn saw(&mut self, request: &Request, response: &Response) {
        if self.cors.is_none() && is_absolute(&request.url) && response.ok() {
            self.cors = Some(Cors::default());
        }
    }

    pub(super) fn add(&mut self, article: &Article) {
        if !self.ids.insert(text::hash(&article.id)) {
            self.duplicates.push(article.headline.clone());
            self.skipped.push(Skipped {
                item: article.headline.clone(),
                reason: format!(
                    "another story has the id {}; the first one counts",
                    article.id
                ),
            });
            return;
        }
        self.articles += 1;
        if !self.pins.is_empty() {
            let slug = story_slug(article).map_or_else(String::new, |slug| slug.to_string());
            self.pins.see(&article.id, &slug, true);
        }
        let has = [
            !article.headline.is_empty(),
            article.slug.is_some(),
            article.url.is_some(),
            article.body != Body::Absent,
            article.summary.is_some(),
            article.standfirst.is_some(),
            article.kicker.is_some(),
            article.published.is_some(),
            article.modified.is_some(),
            article.image.is_some(),
            !article.authors.is_empty(),
            article.section.is_some(),
            !article.tags.is_empty(),
            article.language.is_some(),
            article.comments.is_some(),
            article.rights.is_some(),
        ];
        for (field, has) in FIELDS.iter().zip(has) {
            if has {
                *self.present.entry(field).or_default() += 1;
            }
        }
        if let Some(section) = &article.section {
            let entry = self.sections.entry(section.path.clone());
            entry.or_insert_with(|| (section.name.clone(), 0)).1 += 1;
        }
        if let Some(date) = article.published {
            self.oldest = Some(self.oldest.map_or(date, |old| old.min(date)));
            self.newest = Some(self.newest.map_or(date, |new| new.max(date)));
        }
        self.address(article);
        if let Some(image) = &article.image {
            self.picture(image);
        }
        self.losses.see(article, limit_of(article));
        if let Body::Html(html) = &article.body {
            self.bodies += 1;
            self.body(html, article.url.is_none());
        }
    }

    /// Finds stories that want one address.
    fn address(&mut self, article: &Article) {
        if article.body == Body::Absent && article.external_url.is_some() {
            return; // Its card leads to the publisher.
        }
        let url = article
            .url
            .as_deref()
            .filter(|_| self.permalink == "source");
        let path = match url {
            Some(url) => addresses::own(url),
            None => addresses::wanted(&self.permalink, "/", article).to_lowercase(),
        };
        let named = format!("\"{}\" (id {})", article.headline, article.id);
        match self.paths.entry(text::hash(&path)) {
            Entry::Vacant(free) => drop(free.insert(named)),
            Entry::Occupied(taken) if url.is_some() => self.on_one_path.push(format!(
                "two stories live at /{path}/: {} and {named}; give one of them another address \
                 at the source, or set \"permalink\" to a pattern with {{id}}",
                taken.get()
            )),
            Entry::Occupied(_) => self.numbered.push(named),
        }
    }

    fn picture(&mut self, image: &Image) {
        self.pictures += 1;
        self.without_alt += usize::from(image.alt.is_empty());
        self.mixed += usize::from(image.src.starts_with("http://"));
        self.named(&image.src);
    }

    /// Looks for a picture in the site's folder; what is missing there is told at the end.
    fn named(&self, src: &str) {
        if let Some(files) = &self.files {
            drop(files.local(src, By::Source));
        }
    }

    /// Looks at the tags of pictures only: a check of a large archive must stay quick. `ours` where
    /// the story has no address that theirs would be relative to.
    fn body(&mut self, html: &str, ours: bool) {
        let mut rest = html;
        while let Some(at) = rest.find("<img") {
            rest = &rest[at + 4..];
            let tag = &rest[..rest.find('>').unwrap_or(rest.len())];
            self.pictures += 1;
            self.without_alt += usize::from(!says(tag, "alt="));
            let src = tag.split("src=").nth(1).unwrap_or_default();
            let src = src.trim_start_matches(['"', '\'']);
            self.mixed += usize::from(src.starts_with("http://"));
            if ours {
                self.named(src.split(['"', '\'', '>', ' ']).next().unwrap_or_default());
            }
        }
    }

    /// Asks once more as a browser of another origin would, and keeps what it would be allowed.
    pub(super) fn cors(&mut self, config: &SourceConfig, plan: &Plan) {
        if self.cors.is_none() {
            return;
        }
        let url = match config.kind {
            SourceKind::WordPress => {
                let mut url = config.url.trim_end_matches('/').to_owned();
                url.push_str("/wp-json/wp/v2/posts?per_page=1");
                url
            }
            _ if config.url.is_empty() => {
                self.cors = None;
                return;
            }
            _ => config.url.clone(),
        };
        let site = plan
            .site
            .as_ref()
            .map(|site| site.url.as_str())
            .filter(|url| !url.is_empty());
        let asking = site
            .map_or("https://reader.example", crate::source::place::origin)
            .to_owned();
        let request = Request {
            headers: vec![("Origin".into(), asking.clone())],
            ..Request::get(url)
        };
        let Ok(response) = fetch_now(&request, &plan.limits) else {
            self.cors = None;
            return;
        };
        let origin = response
            .header("access-control-allow-origin")
            .map(str::to_owned);
        let allowed = origin
            .as_deref()
            .is_some_and(|it| it == "*" || it == asking);
        let exposed = response
            .header("access-control-expose-headers")
            .unwrap_or_default();
        let exposed: Vec<String> = exposed
            .split(',')
            .map(|it| it.trim().to_owned())
            .filter(|it| !it.is_empty())
            .collect();
        self.cors = Some(Cors {
            allowed,
            origin,
            exposed,
            preflight: !plan.config.headers.is_empty(),
        });
    }

    /// Draws the conclusions.
    pub(super) fn finish(&mut self, plan: &Plan) {
        if self.articles == 0 && !self.fatal {
            self.problems
                .insert(0, "the source has no article that can be shown".into());
        }
        self.problems.extend(super::pointers::silent(self, plan));
        if !self.duplicates.is_empty() {
            self.notes
                .push(format!("{} stories repeat an id", self.duplicates.len()));
        }
        if !self.on_one_path.is_empty() {
            self.fatal = true;
            let more = self.on_one_path.len().saturating_sub(CLASHES);
            self.problems
                .extend(self.on_one_path.iter().take(CLASHES).cloned());
            if more > 0 {
                self.problems
                    .push(format!("{more} more stories share an address with another"));
            }
        }
        if let Some(first) = self.numbered.first() {
            self.notes.push(format!(
                "{} want an address that another has and get a number behind it (-2): {first}",
                match self.numbered.len() {
                    1 => "one story".to_owned(),
                    many => format!("{many} stories"),
                }
            ));
        }
        if let Some(problem) = plan
            .site
            .as_ref()
            .and_then(|site| unfindable(plan, &site.permalink))
        {
            self.problems.push(problem);
            self.fatal = true;
        }
        if self.mixed > 0 {
            self.problems.push(format!(
                "named with http, which pages on https do not load: {} pictures; Dateline asks \
                 for them with https",
                self.mixed
            ));
        }
        if self.articles > 0 && !self.present.contains_key("body") {
            self.notes.push(if self.present.contains_key("url") {
                "no story has a body: cards will lead to the publisher".into()
            } else {
                "no story has a body or an address: pages will hold headlines and summaries".into()
            });
        }
        if let Some(site) = plan.site.as_ref().filter(|_| self.articles > 0) {
            let named = self.sections.iter();
            let known: Vec<(&str, &str)> = named
                .map(|(path, (name, _))| (path.as_str(), name.as_str()))
                .collect();
            self.notes.extend(unknown_sections(site, &known));
            self.notes.extend(self.pins.notes());
            self.notes.extend(self.files.iter().flat_map(Files::notes));
        }
        self.notes.extend(self.losses.notes());
        let language = plan.site.as_ref().map(|site| site.language.as_str());
        self.notes
            .extend(language.and_then(crate::strings::without_locale));
        if plan.config.has_secrets() {
            self.notes.push(
                "the source needs a secret, so only the build can read it, never a browser".into(),
            );
        }
        if self.cors.as_ref().is_some_and(|cors| !cors.allowed) {
            self.notes.push(
                "browsers of other origins may not read it (no CORS): prerender it, and keep \
                 \"fresh\" at \"host\""
                    .into(),
            );
        }
        self.site = super::print::suggested(self, plan);
    }
}

/// Whether an attribute is there and not empty.
fn says(tag: &str, attribute: &str) -> bool {
    tag.split_once(attribute).is_some_and(|(_, value)| {
        !value.trim_start_matches(['"', '\'']).is_empty()
            && !value.starts_with("\"\"")
            && !value.starts_with("''")
    })
}

/// A pattern from which the source could not fetch the article again.
fn unfindable(plan: &Plan, pattern: &str) -> Option<String> {
    let remedy = match plan.config.kind {
        SourceKind::Guardian if pattern != "source" && !pattern.contains("{id}") => {
            "the Guardian finds an article by its path only: use \"source\" or \"/{id}/\""
        }
        SourceKind::Mapped => {
            let preset = plan.config.options.get("preset").and_then(|it| it.as_str());
            let one = plan
                .config
                .options
                .get("one")
                .and_then(|one| one.get("path"))
                .and_then(|path| path.as_str())
                .or(match preset {
                    Some("dev.to") => Some("/articles/{id}"),
                    Some("strapi") => Some("/api/articles/{id}"),
                    _ => None,
                })?;
            let lacks = |name: &str| one.contains(name) && !pattern.contains(name);
            if lacks("{id}") {
                "the API finds an article by its id: put {id} into the pattern"
            } else if lacks("{slug}") {
                "the API finds an article by its slug: put {slug} into the pattern"
            } else {
                return None;
            }
        }
        _ => return None,
    };
    Some(format!(
        "\"permalink\": \"{pattern}\" does not say enough; {remedy}"
    ))
}
