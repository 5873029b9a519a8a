//! What is loaded when the browser reads the source itself: `site.json`, then the stories a route
//! asks for. One loader; a superseded request is cancelled by whoever asks for something else.

use std::sync::{Arc, Mutex};

use crate::html;
use crate::model::{Article, Body, SectionRef, Site, SiteConfig, Summary, Tag};
use crate::page::find::Asked;
use crate::page::{self, Content, List, Page, Problem, Search, Story, VERSION};
use crate::platform::fetch::{Canceller, fetch};
use crate::platform::{HOST, navigation};
use crate::related::{self, Told};
use crate::route::{Route, percent_encode, read_permalink, story_path};
use crate::source::{self, Batch, Query, Request, Source, SourceError, Wanted};
use crate::view::BodySource;
use crate::words::{Bag, Vocabulary};

/// Stories that are remembered for search and related posts; older ones are forgotten.
const REMEMBERED: usize = 300;
/// Related posts of a story, and "Worth reading" behind them.
const RELATED: usize = 4;
const OFFERED: usize = 7;

/// An opened source and the site it belongs to.
pub struct Store {
    config: SiteConfig,
    site: Site,
    source: Source,
    /// Cards and tags of what was loaded in this visit.
    loaded: Mutex<Vec<(Summary, Vec<Tag>)>>,
}

impl Store {
    /// Reads `site.json` and opens its source. When that fails the page says why and what to do.
    pub async fn open(language: &str, canceller: &Canceller) -> (Option<Self>, Page) {
        let site = Site {
            base: "/".into(),
            language: language.into(),
            ..Site::default()
        };
        match open(language, canceller).await {
            Ok(store) => (
                Some(store),
                problem_page(site, Route::Front { page: 1 }, String::new()),
            ),
            Err(detail) => (None, problem_page(site, Route::Front { page: 1 }, detail)),
        }
    }

    pub fn site(&self) -> &Site {
        &self.site
    }

    /// The page of a route, or one that says why it cannot be shown.
    pub async fn load(&self, route: Route, canceller: &Canceller) -> (Page, BodySource) {
        let found = match &route {
            Route::Article { path } => self.story(path, canceller).await,
            Route::Front { page } => self.list(Query::Latest, &route, *page, canceller).await,
            Route::Category { path, page } => {
                self.list(Query::Section(path.clone()), &route, *page, canceller)
                    .await
            }
            Route::Tag { slug, page } => {
                self.list(Query::Tag(slug.clone()), &route, *page, canceller)
                    .await
            }
            Route::Author { slug, page } => {
                self.list(Query::Author(slug.clone()), &route, *page, canceller)
                    .await
            }
            Route::Search => self.search(canceller).await,
            Route::Saved => Ok((Content::Saved, BodySource::Present)),
            Route::Drafts => Ok((Content::Drafts, BodySource::Present)),
            _ => Err(SourceError::NotFound),
        };
        let (content, body) = found.unwrap_or_else(|error| {
            leptos::logging::error!("Dateline: {error}");
            (failed(&error), BodySource::Present)
        });
        (self.page(route, content), body)
    }

    fn page(&self, route: Route, content: Content) -> Page {
        Page {
            version: VERSION,
            route,
            site: self.site.clone(),
            content,
            built: None,
        }
    }

    async fn ask(&self, query: Query, canceller: &Canceller) -> Result<Batch, SourceError> {
        let canceller = canceller.clone();
        source::run(self.source.converse(query, None), &move |request| {
            let canceller = canceller.clone();
            Box::pin(async move { fetch(&request, &canceller).await })
        })
        .await
    }

    async fn list(
        &self,
        query: Query,
        route: &Route,
        page: u32,
        canceller: &Canceller,
    ) -> Result<(Content, BodySource), SourceError> {
        let batch = self.ask(query, canceller).await?;
        let all = self.cards(&batch);
        if let Route::Front { page: 1 } = route {
            let more = all.len() > self.site.page_size;
            let front = page::front(&self.site, &all, &[], more);
            return Ok((Content::Front(front), BodySource::Present));
        }
        let pages = page::page_count(all.len(), self.site.page_size);
        let title = match route {
            Route::Category { path, .. } => self
                .site
                .sections
                .iter()
                .find(|section| section.path == *path)
                .map_or_else(|| path.clone(), |section| section.name.clone()),
            Route::Tag { slug, .. } | Route::Author { slug, .. } => slug.clone(),
            _ => String::new(),
        };
        let stories = page::slice(&all, page, self.site.page_size).to_vec();
        let list = List {
            title,
            stories,
            page,
            pages: Some(pages),
            next: page < pages,
            among: Some(all.len() as u32),
            ..List::default()
        };
        Ok((Content::List(list), BodySource::Present))
    }

    async fn story(
        &self,
        path: &str,
        canceller: &Canceller,
    ) -> Result<(Content, BodySource), SourceError> {
        let values = read_permalink(&self.site.permalink, path).ok_or(SourceError::NotFound)?;
        let value = |name: &str| {
            values
                .iter()
                .find(|(key, _)| key == name)
                .map(|(_, value)| value.clone())
        };
        let wanted = Wanted {
            id: value("id"),
            slug: value("slug"),
            path: value("path"),
            ..Wanted::default()
        };
        let batch = self.ask(Query::One(wanted), canceller).await?;
        let article = batch
            .items
            .into_iter()
            .next()
            .ok_or(SourceError::NotFound)?;
        let cleaned = html::clean(&article.body, &page::body_context(&HOST, &article));
        let mut story = page::story(&article, self.card(&article), &cleaned);
        self.relate(&mut story, &article.related);
        Ok((
            Content::Story(Box::new(story)),
            BodySource::Blocks(Arc::new(cleaned.blocks)),
        ))
    }

    /// What the source finds, or where it cannot search, what was loaded and has the words.
    async fn search(&self, canceller: &Canceller) -> Result<(Content, BodySource), SourceError> {
        let asked = Asked::read(&navigation::current()).words.trim().to_owned();
        let mut search = Search::default();
        if !asked.is_empty() {
            match self.ask(Query::Search(asked.clone()), canceller).await {
                Ok(batch) => search.latest = self.cards(&batch),
                Err(SourceError::Unsupported { .. }) => {
                    if self.loaded().is_empty() {
                        let batch = self.ask(Query::Latest, canceller).await?;
                        self.cards(&batch);
                    }
                    search.among = true;
                    search.latest = self.titled(&asked.to_lowercase());
                }
                Err(error) => return Err(error),
            }
            search.asked = asked;
        }
        Ok((Content::Search(search), BodySource::Present))
    }

    /// Loaded stories whose titles have every word.
    fn titled(&self, words: &str) -> Vec<Summary> {
        let has = |story: &Summary| {
            let title = story.headline.to_lowercase();
            words.split_whitespace().all(|word| title.contains(word))
        };
        let loaded = self.loaded();
        let found = loaded.iter().map(|(story, _)| story).filter(|it| has(it));
        found.cloned().collect()
    }

    /// Cards of a batch, remembered for this visit.
    fn cards(&self, batch: &Batch) -> Vec<Summary> {
        let mut loaded = self.loaded();
        let mut cards = Vec::with_capacity(batch.items.len());
        for article in &batch.items {
            let card = self.card(article);
            if loaded.iter().all(|(known, _)| known.id != card.id) {
                loaded.push((card.clone(), article.tags.clone()));
            }
            cards.push(card);
        }
        let over = loaded.len().saturating_sub(REMEMBERED);
        loaded.drain(..over);
        cards
    }

    fn loaded(&self) -> std::sync::MutexGuard<'_, Vec<(Summary, Vec<Tag>)>> {
        self.loaded
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Related posts by the ranking of prerendered sites, among what was loaded.
    fn relate(&self, story: &mut Story, given: &[String]) {
        let mut stories = self.loaded().clone();
        stories.retain(|(other, _)| other.id != story.summary.id);
        stories.push((story.summary.clone(), story.tags.clone()));
        stories.sort_by_key(|(summary, _)| std::cmp::Reverse(summary.published));
        let mut vocabulary = Vocabulary::default();
        let bags: Vec<Bag> = stories
            .iter()
            .map(|(story, _)| vocabulary.bag(&[(&story.headline, 8), (&story.excerpt, 2)]))
            .collect();
        let terms = vocabulary.settle(&str::to_owned, &str::to_owned);
        let bags: Vec<Bag> = bags.iter().map(|bag| terms.translate(bag)).collect();
        let told = stories
            .iter()
            .zip(&bags)
            .map(|((summary, tags), bag)| Told { summary, tags, bag });
        let own = stories.iter().position(|(it, _)| it.id == story.summary.id);
        let index = related::Index::new(told, &terms);
        let near = index.near(own.unwrap_or_default(), given, OFFERED);
        let mut near = near.into_iter().map(|near| {
            let mut summary = stories[near.index].0.clone();
            summary.shared = near.shared;
            summary
        });
        story.related = near.by_ref().take(RELATED).collect();
        story.next = near.collect();
    }

    fn card(&self, article: &Article) -> Summary {
        let path = match (&article.body, &article.external_url) {
            (Body::Absent, Some(_)) => None,
            _ => story_path(&self.config.permalink, article),
        };
        let text = match &article.body {
            Body::Text(text) => text.clone(),
            Body::Html(html) => html::text::plain(&HOST, html),
            Body::Absent => String::new(),
        };
        let (href, external) = match (path, &article.external_url, &article.url) {
            (Some(path), _, _) => (percent_encode(&format!("{}{path}/", self.site.base)), false),
            (None, Some(url), _) | (None, None, Some(url)) => (url.clone(), true),
            (None, None, None) => (self.site.base.clone(), false),
        };
        page::summary(&self.site, article, href, external, &text)
    }
}

async fn open(language: &str, canceller: &Canceller) -> Result<Store, String> {
    let answer = fetch(&Request::get("/site.json"), canceller)
        .await
        .map_err(|error| error.to_string())?;
    if !answer.ok() {
        return Err(format!(
            "site.json: the server answered {}; put site.json next to index.html",
            answer.status
        ));
    }
    let text = String::from_utf8_lossy(&answer.body);
    let config = SiteConfig::parse(&text).map_err(|error| format!("site.json: {error}"))?;
    let source =
        source::open(&config.source, HOST).map_err(|error| format!("site.json: {error}"))?;
    let sections = config
        .sections
        .iter()
        .map(|path| SectionRef {
            name: page::section_name(path),
            path: path.clone(),
        })
        .collect();
    let mut site = page::resolve(&config, "/", sections);
    if site.language.is_empty() {
        site.language = language.into();
    }
    Ok(Store {
        config,
        site,
        source,
        loaded: Mutex::default(),
    })
}

fn problem_page(site: Site, route: Route, detail: String) -> Page {
    let problem = Problem {
        text: "problem_config".into(),
        detail: (!detail.is_empty()).then_some(detail),
        retry: true,
        ..Problem::default()
    };
    Page {
        version: VERSION,
        route,
        site,
        content: Content::Problem(problem),
        built: None,
    }
}

/// What a reader is told of an error.
fn failed(error: &SourceError) -> Content {
    let text = match error {
        SourceError::NotFound => return Content::NotFound { latest: Vec::new() },
        SourceError::Withdrawn => "withdrawn_text",
        SourceError::Fetch(source::FetchError::Timeout { .. }) => "problem_slow",
        SourceError::Fetch(_) => "problem_unreachable",
        SourceError::WebPage { .. } => "problem_web_page",
        SourceError::Broken { .. } | SourceError::Unexpected { .. } => "problem_broken",
        SourceError::Forbidden { .. } => "problem_forbidden",
        _ => "problem_status",
    };
    Content::Problem(Problem {
        text: text.into(),
        retry: true,
        ..Problem::default()
    })
}
