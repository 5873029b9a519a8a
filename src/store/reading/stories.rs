//! A story in the browser: its article, its cleaned body, and what is near it among what has been
//! read.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use futures_channel::oneshot;

use super::{Shown, Store};
use crate::html;
use crate::model::{Access, Article, Summary};
use crate::page::{self, Content, Island, Plain, Related};
use crate::platform::fetch::Canceller;
use crate::platform::{HOST, body, spawn, timer};
use crate::related::{Index, Told};
use crate::route::{read_permalink, story_path};
use crate::source::{Query, SourceError, Step, Wanted};
use crate::strings::Strings;
use crate::view::BodySource;
use crate::words::{Bag, Vocabulary};

/// Milliseconds that a story which is there waits for the list its related posts come from.
const PATIENCE: u32 = 400;
/// Stories that are looked through for related ones.
const LOOKED_THROUGH: usize = 40;
/// Related posts under a story, and on their own page.
const BELOW: usize = 4;
const OWN_PAGE: usize = 24;

impl Store {
    fn wanted(&self, path: &str) -> Result<Wanted, SourceError> {
        let permalink = self.site.borrow().permalink.clone();
        let values = read_permalink(&permalink, path).ok_or(SourceError::NotFound)?;
        let value = |name: &str| {
            values
                .iter()
                .find(|(key, _)| key == name)
                .map(|(_, value)| value.clone())
        };
        Ok(Wanted {
            id: value("id"),
            // What stands before the last slash made room for a section of several parts, or for a path
            // that would have been a list's.
            slug: value("slug").map(|slug| slug.rsplit('/').next().unwrap_or_default().to_owned()),
            path: value("path"),
            ..Wanted::default()
        })
    }

    async fn article(&self, path: &str, canceller: &Canceller) -> Result<Article, SourceError> {
        let wanted = self.wanted(path)?;
        if let Some(article) = self.told(path, &wanted) {
            return Ok(article);
        }
        let batch = self.ask(Query::One(wanted), None, canceller).await?;
        batch.items.into_iter().next().ok_or(SourceError::NotFound)
    }

    /// The story as the latest list told it, where the source would be asked for that list again: a
    /// feed is one document, stories and all.
    fn told(&self, path: &str, wanted: &Wanted) -> Option<Article> {
        let asked = |query| match self.source.converse(query, None).start() {
            Ok(Step::Ask(request)) => Some(request.url),
            _ => None,
        };
        if asked(Query::One(wanted.clone()))? != asked(Query::Latest)? {
            return None;
        }
        let latest = self.read_so_far();
        let own = |article: &&Rc<Article>| {
            story_path(&self.config.permalink, article).as_deref() == Some(path)
        };
        latest.iter().find(own).map(|article| (**article).clone())
    }

    pub(super) async fn story(
        self: &Rc<Self>,
        path: &str,
        canceller: &Canceller,
    ) -> Result<Shown, SourceError> {
        let near = self.begin_reading(canceller);
        let article = self.article(path, canceller).await?;
        let cleaned = page::cleaned(&article, &page::body_context(&HOST, &article));
        let site = self.site();
        let mut story = page::story(&site, &article, self.card(&article), &cleaned);
        wait(near).await;
        let mut related = self.near(&article, OWN_PAGE);
        story.more_related = related.len() > BELOW;
        story.next = related.split_off(related.len().min(BELOW));
        story.next.truncate(3);
        story.related = related;
        Ok((
            Content::Story(Box::new(story)),
            BodySource::Blocks(Arc::new(cleaned.blocks)),
        ))
    }

    pub(super) async fn related(
        &self,
        path: &str,
        canceller: &Canceller,
    ) -> Result<Shown, SourceError> {
        let article = self.article(path, canceller).await?;
        self.latest(LOOKED_THROUGH, canceller).await;
        let related = Related {
            story: self.card(&article),
            stories: self.near(&article, OWN_PAGE),
        };
        Ok((Content::Related(related), BodySource::Present))
    }

    pub(super) async fn plain(
        &self,
        slug: &str,
        canceller: &Canceller,
    ) -> Result<Shown, SourceError> {
        // A source without pages of its own has none of this name.
        let pages = self.ask(Query::Pages, None, canceller).await;
        let pages = pages.map_err(|_| SourceError::NotFound)?.items;
        let is = |page: &Article| {
            page.slug.as_deref() == Some(slug)
                || page
                    .url
                    .as_deref()
                    .is_some_and(|url| url.trim_end_matches('/').rsplit('/').next() == Some(slug))
        };
        let page = pages.into_iter().find(is).ok_or(SourceError::NotFound)?;
        let cleaned = html::clean(&page.body, &page::body_context(&HOST, &page));
        let plain = Plain {
            title: page.headline,
        };
        Ok((
            Content::Plain(plain),
            BodySource::Blocks(Arc::new(cleaned.blocks)),
        ))
    }

    /// Begins to read the latest stories beside the story itself.
    fn begin_reading(self: &Rc<Self>, canceller: &Canceller) -> oneshot::Receiver<()> {
        let (send, receive) = oneshot::channel();
        let send = Rc::new(RefCell::new(Some(send)));
        let done = move || {
            if let Some(send) = send.borrow_mut().take() {
                let _ = send.send(());
            }
        };
        let (store, canceller, late) = (self.clone(), canceller.clone(), done.clone());
        spawn(async move {
            store.latest(LOOKED_THROUGH, &canceller).await;
            done();
        });
        spawn(async move {
            timer::pause(PATIENCE).await;
            late();
        });
        receive
    }

    /// What is near a story among the latest that have been read, best first.
    fn near(&self, article: &Article, most: usize) -> Vec<Summary> {
        let mut articles = self.read_so_far();
        let own = articles.iter().position(|other| other.id == article.id);
        let own = own.unwrap_or_else(|| {
            articles.push(Rc::new(article.clone()));
            articles.len() - 1
        });
        let cards: Vec<Summary> = articles.iter().map(|article| self.card(article)).collect();
        let mut vocabulary = Vocabulary::default();
        let bags: Vec<Bag> = cards
            .iter()
            .map(|story| vocabulary.bag(&[(&story.headline, 8), (&story.excerpt, 2)]))
            .collect();
        let terms = vocabulary.settle(&str::to_owned, &str::to_owned);
        let bags: Vec<Bag> = bags.iter().map(|bag| terms.translate(bag)).collect();
        let told = cards.iter().zip(&articles).zip(&bags);
        let told = told.map(|((summary, article), bag)| Told {
            summary,
            tags: &article.tags,
            bag,
        });
        let index = Index::new(told, &terms);
        index
            .near(own, &article.related, most)
            .into_iter()
            .map(|near| Summary {
                shared: near.shared,
                ..cards[near.index].clone()
            })
            .collect()
    }
}

/// Asks for a locked story with its password and shows its text on the page; `false` where it stays
/// locked.
pub async fn unlock(
    island: &Island,
    strings: &Strings,
    id: &str,
    password: &str,
) -> Result<bool, SourceError> {
    let canceller = Canceller::new();
    let (store, _) = Store::open(&island.base, &island.language, &canceller).await;
    let store = store.ok_or(SourceError::NotFound)?;
    let wanted = Wanted {
        id: Some(id.to_owned()),
        password: Some(password.to_owned()),
        ..Wanted::default()
    };
    let batch = store.ask(Query::One(wanted), None, &canceller).await?;
    let article = batch.items.first().ok_or(SourceError::NotFound)?;
    if article.access == Access::Locked {
        return Ok(false);
    }
    let cleaned = html::clean(&article.body, &page::body_context(&HOST, article));
    let options = html::WriteOptions {
        moment: crate::platform::moment,
        strings,
        comment: false,
    };
    body::show(&cleaned.blocks, &options);
    Ok(true)
}

async fn wait(for_it: oneshot::Receiver<()>) {
    // The sender is dropped only after it has sent.
    let _ = for_it.await;
}
