//! What is shown: props in, markup out. One page a file, `parts/` for what pages share.
//!
//! Every view is a plain function of [`Cx`] and its own data, and its first render is a pure
//! function of the data island. Nothing here fetches or touches the browser beyond event types;
//! what depends on clock, storage or network happens in effects that call `platform`.
//!
//! `inner_html` is banned here but for `parts/body.rs` (`tests/layering.rs` looks).

mod archive;
mod article;
mod drafts;
mod embed;
mod front;
mod list;
mod notice;
pub mod parts;
mod plain;
mod related;
mod saved;
mod search;
mod shape;
mod shell;

use std::ops::Deref;
use std::sync::Arc;

use leptos::prelude::*;

use crate::model::{Instant, Site, Summary};
use crate::page::{Content, Island, Page};
use crate::platform::{DateStyle, intl, letter};
use crate::strings::{Key, Strings};

pub use notice::unreachable;
pub use parts::body::BodySource;
pub use shape::{IntoShape, Standing, View};
pub use shell::shell;

/// The id of what follows that which a page opens with, where this is more than the masthead: until
/// it is parsed nothing is painted (`prerender::document`).
pub const OPENED: &str = "opened";

/// What every view of a page may know: the page, and where the opaque body comes from. Through it
/// also everything that [`Live`] offers. Cheap to clone into closures.
#[derive(Clone)]
pub struct Cx {
    pub page: Arc<Page>,
    pub body: BodySource,
    pub live: Live,
}

impl Cx {
    pub fn new(page: Arc<Page>, strings: Arc<Strings>, body: BodySource) -> Self {
        let island = Arc::new(Island::of(&page));
        let live = Live { island, strings };
        Self { page, body, live }
    }

    pub fn site(&self) -> &Site {
        &self.page.site
    }

    /// `lang` and `dir` for the site's own words within a story in another language, so that "2
    /// minutes to read" above an Arabic text does not become "minutes to read 2".
    pub fn own_words(&self, story: &Summary) -> (Option<String>, Option<&'static str>) {
        let site = self.site();
        match story.language {
            Some(_) => (Some(site.language.clone()), Some(site.direction.as_str())),
            None => (None, None),
        }
    }
}

impl Deref for Cx {
    type Target = Live;

    fn deref(&self) -> &Live {
        &self.live
    }
}

/// What the live parts of a page know: its data island, and the texts. Cheap to clone.
#[derive(Clone)]
pub struct Live {
    pub island: Arc<Island>,
    pub strings: Arc<Strings>,
}

impl Live {
    /// The site's language, BCP 47.
    pub fn language(&self) -> &str {
        &self.island.language
    }

    /// A text of the interface.
    pub fn text(&self, key: Key) -> String {
        self.strings.get(key).to_owned()
    }

    pub fn fill(&self, key: Key, values: &[(&str, &str)]) -> String {
        self.strings.fill(key, values)
    }

    /// A text with a number, in the right plural form and the language's own digits.
    pub fn count(&self, key: Key, number: u64) -> String {
        let language = self.language();
        let plural = intl::plural(self.strings.plurals(), number);
        self.strings
            .fill_form(key, plural, &[("n", &intl::number(language, number))])
    }

    pub fn date(&self, instant: Instant, style: DateStyle) -> String {
        intl::date(self.language(), instant, style)
    }

    /// A path of the site's own folder made absolute under its base; addresses stay as they are.
    pub fn asset(&self, url: &str) -> String {
        if url.contains("://") || url.starts_with("data:") || url.starts_with('#') {
            url.to_owned()
        } else {
            [&self.island.base, url.trim_start_matches('/')].concat()
        }
    }
}

/// The whole page: what `#app` holds.
pub fn page(cx: &Cx) -> View {
    let main = match &cx.page.content {
        Content::Front(front) => front::front(cx, front),
        Content::List(list) => list::list(cx, list),
        Content::Story(story) => article::article(cx, story),
        Content::Related(related) => related::related(cx, related),
        Content::Plain(plain) => plain::plain(cx, plain),
        Content::NotFound { latest } => notice::not_found(cx, latest),
        Content::Problem(problem) => notice::problem(cx, problem),
        Content::Drafts => {
            view! { <div class="list" data-part="drafts">{drafts::drafts(cx)}</div> }.shape()
        }
        Content::Search(search) => search::search(cx, search),
        Content::Saved => {
            view! { <div class="list" data-part="saved">{saved::saved(cx)}</div> }.shape()
        }
        Content::Archive(archive) => archive::archive(cx, archive),
        Content::Embed => embed::embed(cx),
    };
    let offers = cx
        .island
        .story
        .as_ref()
        .is_some_and(|story| !story.offers.is_empty());
    let offer = offers.then(|| {
        let panel = parts::worth_reading::worth_reading(cx);
        view! { <div data-part="worth-reading">{panel}</div> }
    });
    after_start(cx);
    view! {
        <a class="skip" href="#main">{cx.text(Key::SkipToContent)}</a>
        {parts::header::header(cx)}
        <main id="main" tabindex="-1">{main}</main>
        {offer}
        {parts::footer::footer(cx)}
    }
    .shape()
}

/// What the reader's clock and hands add once the first render stands.
fn after_start(cx: &Live) {
    let cx = cx.clone();
    let listening = StoredValue::new_local(Vec::new());
    parts::after_render(move || {
        parts::time::freshen(&cx, false);
        listening.set_value(letter::check_in_place());
    });
}
