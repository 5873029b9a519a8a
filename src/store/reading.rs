//! What is loaded when the browser reads the source itself: `site.json`, then the stories a route
//! asks for. One loader; a superseded request is cancelled by whoever asks for something else.
//!
//! A source answers what it can ([`crate::source::Capabilities`]); the rest is found among the
//! latest stories, and the page says so. What was read stays for the visit ([`lists`]).

mod lists;
mod stories;

use std::cell::RefCell;
use std::rc::Rc;

use crate::html;
use crate::model::{Article, Body, Site, SiteConfig, Summary};
use crate::page::find::Asked;
use crate::page::{self, Content, More, Page, Problem, Search, VERSION};
use crate::platform::fetch::{Canceller, fetch};
use crate::platform::{HOST, navigation};
use crate::route::{Route, percent_encode, story_path};
use crate::source::{self, Batch, Cursor, Query, Request, Source, SourceError};
use crate::view::BodySource;

use lists::Lists;
pub use stories::unlock;

/// Results of a search that are shown.
const FOUND: usize = 30;

/// An opened source and the site it belongs to.
pub struct Store {
    config: SiteConfig,
    site: RefCell<Site>,
    source: Source,
    lists: RefCell<Lists>,
    /// Kinds of lists that this site's source turned out not to give.
    refused: RefCell<Vec<std::mem::Discriminant<Query>>>,
}

/// What a page shows, and the body it shows it around.
type Shown = (Content, BodySource);

impl Store {
    /// Reads the `site.json` under `base` and opens its source. When that fails the page says why
    /// and what to do.
    pub async fn open(base: &str, language: &str, canceller: &Canceller) -> (Option<Self>, Page) {
        let site = Site {
            base: base.into(),
            language: language.into(),
            ..Site::default()
        };
        let (store, detail) = match open(base, language, canceller).await {
            Ok(store) => (Some(store), String::new()),
            Err(detail) => (None, detail),
        };
        (store, problem_page(site, detail))
    }

    /// The site as it is known by now: names of sections come with the stories.
    pub fn site(&self) -> Site {
        self.site.borrow().clone()
    }

    /// The page of a route, or one that says why it cannot be shown.
    pub async fn load(self: &Rc<Self>, route: Route, canceller: &Canceller) -> (Page, BodySource) {
        let found = match &route {
            Route::Front { page: 1 } => self.front(canceller).await,
            Route::Front { .. }
            | Route::Category { .. }
            | Route::Tag { .. }
            | Route::Author { .. } => self.list(&route, canceller).await,
            Route::Article { path } => self.story(path, canceller).await,
            Route::Related { path } => self.related(path, canceller).await,
            Route::Plain { slug } => self.plain(slug, canceller).await,
            Route::Saved => Ok((Content::Saved, BodySource::Present)),
            Route::Drafts => Ok((Content::Drafts, BodySource::Present)),
            Route::Embed => Ok((Content::Embed, BodySource::Present)),
            Route::Search => self.search(canceller).await,
            Route::Archive { .. } | Route::NotFound => Err(SourceError::NotFound),
        };
        let (content, body) = match found {
            Ok(shown) => shown,
            Err(SourceError::NotFound) => {
                let latest = self.latest(6, canceller).await;
                (Content::NotFound { latest }, BodySource::Present)
            }
            Err(error) => {
                leptos::logging::error!("Dateline: {error}");
                (failed(&error), BodySource::Present)
            }
        };
        let page = Page {
            version: VERSION,
            route,
            site: self.site(),
            content,
            built: None,
        };
        (page, body)
    }

    async fn ask(
        &self,
        query: Query,
        cursor: Option<Cursor>,
        canceller: &Canceller,
    ) -> Result<Batch, SourceError> {
        let (canceller, base) = (canceller.clone(), self.site.borrow().base.clone());
        source::run(self.source.converse(query, cursor), &move |mut request| {
            let canceller = canceller.clone();
            request.url = source::in_site(&request.url, &base);
            Box::pin(async move { fetch(&request, &canceller).await })
        })
        .await
    }

    /// What the source finds, or where it cannot search, what was loaded and has the words.
    async fn search(&self, canceller: &Canceller) -> Result<Shown, SourceError> {
        let asked = Asked::read(&navigation::current());
        let words = asked.words.trim().to_owned();
        let mut search = Search::default();
        if !words.is_empty() {
            let page = asked.page.clamp(1, 100);
            let shown = FOUND * page as usize;
            let query = Query::Search(words.clone());
            let mut found = self.read(&query, shown + 1, canceller).await?;
            let next = found.more || found.stories.len() > shown;
            found.stories.truncate(shown);
            search.latest = found.stories;
            search.among = found.among;
            search.total = found.total;
            search.asked = words;
            let page = page + 1;
            let longer = || {
                let query = Asked { page, ..asked }.query();
                [&self.site().base, "search/", &query, lists::MORE].concat()
            };
            search.more = More {
                href: next.then(longer),
                known: shown - FOUND,
            };
        }
        Ok((Content::Search(search), BodySource::Present))
    }

    /// The newest stories for a page that needs some; a page is not worse off without them.
    async fn latest(&self, count: usize, canceller: &Canceller) -> Vec<Summary> {
        let mut found = self
            .read(&Query::Latest, count, canceller)
            .await
            .map(|found| found.stories)
            .unwrap_or_default();
        found.truncate(count);
        found
    }

    fn card(&self, article: &Article) -> Summary {
        let site = self.site.borrow();
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
            (Some(path), _, _) => {
                let path = [&site.base, path.as_str(), "/"].concat();
                (percent_encode(&path), false)
            }
            (None, Some(url), _) | (None, None, Some(url)) => (url.clone(), true),
            (None, None, None) => (site.base.clone(), false),
        };
        page::summary(&site, article, href, external, &text)
    }
}

async fn open(base: &str, language: &str, canceller: &Canceller) -> Result<Store, String> {
    let answer = fetch(&Request::get([base, "site.json"].concat()), canceller)
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
    let mut site = page::resolve(&config, base, page::named_sections(&config));
    if site.language.is_empty() {
        site.language = language.into();
    }
    Ok(Store {
        config,
        site: RefCell::new(site),
        source,
        lists: RefCell::default(),
        refused: RefCell::default(),
    })
}

fn problem_page(site: Site, detail: String) -> Page {
    let problem = Problem {
        text: "problem_config".into(),
        detail: (!detail.is_empty()).then_some(detail),
        retry: true,
        ..Problem::default()
    };
    Page {
        version: VERSION,
        route: Route::Front { page: 1 },
        site,
        content: Content::Problem(problem),
        built: None,
    }
}

/// What a reader is told of an error.
fn failed(error: &SourceError) -> Content {
    let text = match error {
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
