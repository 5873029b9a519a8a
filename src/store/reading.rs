//! What is loaded when the browser reads the source itself: `site.json`, then the stories a route
//! asks for. One loader; a superseded request is cancelled by whoever asks for something else.

use std::sync::Arc;

use crate::html;
use crate::model::{Article, Body, SectionRef, Site, SiteConfig, Summary};
use crate::page::{self, Content, List, Page, Problem, VERSION};
use crate::platform::HOST;
use crate::platform::fetch::{Canceller, fetch};
use crate::route::{Route, percent_encode, read_permalink, story_path};
use crate::source::{self, Batch, Query, Request, Source, SourceError, Wanted};
use crate::view::BodySource;

/// An opened source and the site it belongs to.
pub struct Store {
    config: SiteConfig,
    site: Site,
    source: Source,
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
        let all: Vec<Summary> = batch
            .items
            .iter()
            .map(|article| self.card(article))
            .collect();
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
        let story = page::story(&article, self.card(&article), &cleaned);
        Ok((
            Content::Story(Box::new(story)),
            BodySource::Blocks(Arc::new(cleaned.blocks)),
        ))
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
