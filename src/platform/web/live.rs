//! Puts new updates into the page of a live story, and leads the reader there.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::bundle::Words;
use super::nodes;
use super::page::document;
use crate::platform::markup::Node;

/// Whether the page has an element of an id.
pub fn present(id: &str) -> bool {
    document().is_some_and(|document| document.get_element_by_id(id).is_some())
}

/// Whether nobody sees the page.
pub fn hidden() -> bool {
    document().is_none_or(|document| document.hidden())
}

/// The page's own address, which links in its updates are relative to.
pub fn address() -> String {
    let href = web_sys::window().and_then(|window| window.location().href().ok());
    href.unwrap_or_default()
}

/// Puts updates before those the page has, then shows the one with an id and moves the focus there.
pub fn put_updates(updates: Words, id: &str) {
    let Some(document) = document() else { return };
    let Ok(Some(body)) = document.query_selector(".story .body") else {
        return;
    };
    let first = body.query_selector(".update").ok().flatten();
    let place = first.as_ref().and_then(|first| first.parent_node());
    let place = place.unwrap_or_else(|| body.into());
    while let Some(update) = updates.first_child() {
        let before = first.as_ref().map(AsRef::as_ref);
        if place.insert_before(&update, before).is_err() {
            break;
        }
    }
    let Some(newest) = document.get_element_by_id(id) else {
        return;
    };
    let target = newest.query_selector("a").ok().flatten();
    if let Some(Ok(link)) = target.map(Element::dyn_into::<HtmlElement>) {
        let _ = link.focus();
    }
    newest.scroll_into_view();
}

/// Puts key events before those the page lists.
pub fn put_events(events: Vec<Node>) {
    let list = document().and_then(|document| document.query_selector(".events ul").ok()?);
    let list = list.and_then(|list| list.dyn_into::<HtmlElement>().ok());
    let Some(list) = list.filter(|_| !events.is_empty()) else {
        return;
    };
    let Ok(Ok(new)) = list.clone_node().map(JsCast::dyn_into::<HtmlElement>) else {
        return;
    };
    nodes::mount(&new, || events.into()).leave();
    let first = list.first_child();
    while let Some(event) = new.first_child() {
        if list.insert_before(&event, first.as_ref()).is_err() {
            break;
        }
    }
    if let Some(section) = list.parent_element() {
        let _ = section.remove_attribute("hidden");
    }
}
