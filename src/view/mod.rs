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

use std::sync::Arc;

use leptos::prelude::*;

use crate::model::{Instant, Site};
use crate::page::{Content, Page};
use crate::platform::{DateStyle, intl, letter};
use crate::strings::{Key, Strings};

pub use parts::body::BodySource;

/// What every view may know: the page, the texts, and where the opaque body comes from. Cheap to
/// clone into closures.
#[derive(Clone)]
pub struct Cx {
    pub page: Arc<Page>,
    pub strings: Arc<Strings>,
    pub body: BodySource,
}

impl Cx {
    pub fn site(&self) -> &Site {
        &self.page.site
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
        let language = &self.site().language;
        let plural = intl::plural(language, number);
        self.strings
            .fill_form(key, plural, &[("n", &intl::number(language, number))])
    }

    pub fn date(&self, instant: Instant, style: DateStyle) -> String {
        intl::date(&self.site().language, instant, style)
    }

    /// A path of the site's own folder made absolute under its base; addresses stay as they are.
    pub fn asset(&self, url: &str) -> String {
        if url.contains("://") || url.starts_with("data:") || url.starts_with('#') {
            url.to_owned()
        } else {
            format!("{}{}", self.site().base, url.trim_start_matches('/'))
        }
    }
}

/// The whole page: what `#app` holds.
pub fn page(cx: &Cx) -> AnyView {
    let main = match &cx.page.content {
        Content::Front(front) => front::front(cx, front),
        Content::List(list) => list::list(cx, list),
        Content::Story(story) => article::article(cx, story),
        Content::Related(related) => related::related(cx, related),
        Content::Plain(plain) => plain::plain(cx, plain),
        Content::NotFound { latest } => notice::not_found(cx, latest),
        Content::Problem(problem) => notice::problem(cx, problem),
        Content::Drafts => drafts::drafts(cx),
        Content::Search(search) => search::search(cx, search),
        Content::Saved => saved::saved(cx),
        Content::Archive(archive) => archive::archive(cx, archive),
        Content::Embed => embed::embed(cx),
    };
    let offer = match &cx.page.content {
        Content::Story(story) => parts::worth_reading::worth_reading(cx, story),
        _ => None,
    };
    after_start(cx);
    view! {
        <a class="skip" href="#main">{cx.text(Key::SkipToContent)}</a>
        {parts::header::header(cx)}
        <main id="main" tabindex="-1">{main}</main>
        {offer}
        {parts::footer::footer(cx)}
    }
    .into_any()
}

/// What the reader's clock and hands add once the first render stands.
fn after_start(cx: &Cx) {
    let cx = cx.clone();
    let listening = StoredValue::new_local(Vec::new());
    Effect::new(move |started: Option<()>| {
        if started.is_none() {
            parts::time::freshen(&cx);
            listening.set_value(letter::check_in_place());
        }
    });
}
