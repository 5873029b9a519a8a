//! What the reading history sees of a page, and what it writes there.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::events::{Listener, listen};
use super::page::{document, elements, root};
use crate::model::Instant;

/// The class of what is written into cards.
const MARK: &str = "history-mark";
/// The layer of what is offered.
const LAYER: &str = "dateline-history";
/// The id of the place to go back to, unless the block has one.
pub const PLACE: &str = "place";

/// A story's page.
pub struct Story {
    pub href: String,
    /// Seconds since 1970.
    pub changed: u64,
}

/// Whether the reader has the history switched on; another tab may have switched it off.
pub fn wanted() -> bool {
    super::choices::chosen("history").is_some()
}

/// The story that is shown, if one is.
pub fn story() -> Option<Story> {
    let root = root()?;
    let story = root.query_selector("article.story").ok()??;
    Some(Story {
        href: root.get_attribute("data-route")?,
        changed: seconds(&story, "data-changed"),
    })
}

fn seconds(element: &Element, name: &str) -> u64 {
    let value = element.get_attribute(name);
    value
        .and_then(|value| value.parse().ok())
        .unwrap_or_default()
}

/// Writes into each card what `mark` says of its story, by its address, its publication and its
/// latest change.
pub fn mark_cards(mut mark: impl FnMut(&str, u64, u64) -> Option<String>) {
    let Some((document, root)) = document().zip(root()) else {
        return;
    };
    for card in elements(&root, ".card") {
        let find = |selector| card.query_selector(selector).ok().flatten();
        let href = find(".card-link").and_then(|link| link.get_attribute("href"));
        let at = find("time").and_then(|time| time.get_attribute("datetime"));
        let at = at.and_then(|at| Instant::read(&at));
        let published = at.map_or(0, |at| u64::try_from(at.epoch).unwrap_or_default());
        let changed = seconds(&card, "data-changed").max(published);
        let text = href.and_then(|href| mark(&href, published, changed));
        let place = find(".meta").or_else(|| find(".card-text"));
        if let (Some(text), Some(place)) = (text, place)
            && let Ok(note) = document.create_element("span")
        {
            note.set_class_name(MARK);
            note.set_text_content(Some(&text));
            let _ = place.append_child(&note);
        }
    }
}

/// Takes away what was written and offered.
pub fn clear() {
    if let Some(root) = root() {
        for mark in elements(&root, &[".", MARK, ",#", PLACE].concat()) {
            mark.remove();
        }
    }
}

/// Where offers are shown.
pub fn layer() -> Option<HtmlElement> {
    super::page::layer(LAYER)
}

fn blocks() -> Vec<HtmlElement> {
    let root = root();
    root.map_or_else(Vec::new, |root| elements(&root, ".story .body > *"))
}

/// Makes the nth block of the text a place that a link can lead to; whether it is there.
pub fn name_place(block: u64) -> bool {
    let block = usize::try_from(block).ok();
    let Some(block) = block.and_then(|block| blocks().into_iter().nth(block)) else {
        return false;
    };
    // Before the block, whose own id other links may use.
    let mark = document().and_then(|document| document.create_element("span").ok());
    let Some(mark) = mark else { return false };
    mark.set_id(PLACE);
    block.prepend_with_node_1(&mark).is_ok()
}

/// The block that is read, and whether the end of the text was reached.
pub fn place() -> Option<(u64, bool)> {
    let height = web_sys::window()?.inner_height().ok()?.as_f64()?;
    let end = root()?.query_selector(".end-of-body").ok()??;
    let end = super::viewport::top(&end) <= height;
    let above = |block: &HtmlElement| super::viewport::top(block) <= height / 3.0;
    let block = blocks().iter().take_while(|block| above(block)).count();
    Some((block.saturating_sub(1) as u64, end))
}

/// Calls `act` when the page has come to rest after it was moved. Where browsers do not tell, the
/// place is kept when the page is left.
pub fn on_scroll_end(mut act: impl FnMut() + 'static) -> Vec<Listener> {
    let target = document().map(|document| document.unchecked_into());
    target
        .map(|target: web_sys::EventTarget| listen(&target, "scrollend", Box::new(move |_| act())))
        .into_iter()
        .collect()
}
