//! Parts of a prerendered page that another bundle than the app brings to life.

use std::cell::RefCell;
use std::sync::Arc;

use web_sys::HtmlElement;

use super::parts::{Woken, leave, revive};
use super::strings;
use crate::page::Island;
use crate::platform::markup::Node;
use crate::platform::page as document;
use crate::strings::Strings;
use crate::view::Live;

thread_local! {
    static PARTS: RefCell<Vec<Woken>> = const { RefCell::new(Vec::new()) };
    static TEXTS: RefCell<Option<Arc<Strings>>> = const { RefCell::new(None) };
}

/// Brings one part to life; `view` makes it by its name.
///
/// # Errors
/// When the island is none of this release, or the texts cannot be loaded.
pub async fn part(
    place: HtmlElement,
    island: String,
    view: fn(&str, &Live) -> Node,
) -> Result<(), String> {
    let island = Island::read(&island).ok_or("the page belongs to another release")?;
    let live = Live {
        island: Arc::new(island),
        strings: texts().await?,
    };
    // A page that was left and shown again while this bundle loaded has asked twice.
    let woken = PARTS.with_borrow(|parts| parts.iter().any(|(other, _)| *other == place));
    if place.is_connected() && !woken {
        let name = place.get_attribute("data-part").unwrap_or_default();
        let part = revive(&place, || view(&name, &live));
        PARTS.with_borrow_mut(|parts| parts.push((place, part)));
    }
    Ok(())
}

/// Ends the parts that were brought to life: their page is left.
pub fn rest() {
    leave(PARTS.take());
}

/// The texts of the interface, loaded once.
pub async fn texts() -> Result<Arc<Strings>, String> {
    if let Some(texts) = TEXTS.with_borrow(Clone::clone) {
        return Ok(texts);
    }
    let root = document::root().ok_or("there is no #app on this page")?;
    let texts = strings(&root).await?;
    TEXTS.set(Some(texts.clone()));
    Ok(texts)
}
