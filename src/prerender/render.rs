//! A page to markup, natively: `Owner`, view, `to_html`, clean-up.

use std::sync::Arc;

use hydration_context::SsrSharedContext;
use leptos::prelude::*;

use super::nodes;
use crate::page::Page;
use crate::strings::Strings;
use crate::view::{self, BodySource, Cx};

/// Stands in the markup where the body goes, so that a long text is not copied through the view. No text
/// of a feed can say it: in texts and attributes `<` is escaped.
const MARK: &str = "<!--dateline:body-->";

/// The inside of `#app`: a page rendered around an already written body.
pub fn render(page: Arc<Page>, strings: Arc<Strings>, body: &str) -> String {
    let html = written(page, strings, view::page);
    match html.split_once(MARK) {
        Some((before, after)) => [before, body, after].concat(),
        None => html,
    }
}

/// The inside of `#app` where the browser is to make the page.
pub fn render_shell(page: Arc<Page>, strings: Arc<Strings>) -> String {
    written(page, strings, view::shell)
}

fn written(page: Arc<Page>, strings: Arc<Strings>, view: fn(&Cx) -> view::View) -> String {
    let cx = Cx::new(page, strings, BodySource::Written(MARK.into()));
    let owner = Owner::new_root(Some(Arc::new(SsrSharedContext::new())));
    let html = owner.with(|| view(&cx).to_html());
    // The framework's place markers, written as the standard writes an empty comment; parsers make
    // the same node of both.
    let html = html.replace("<!>", "<!---->");
    owner.unset_with_forced_cleanup();
    nodes::mark_parts(&html)
}
