//! "Save for later" on the cards of a page: buttons that only the app puts there, since nothing
//! would happen without it. One listener for all of them.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::events::{Listener, listen};
use super::page::elements;
use super::spawn;
use crate::platform::shelf;
use crate::reader::saved::{self, Saved};

/// Cards with room for a button; lists of times and numbers have none.
const CARDS: &str = ".card:not(.card-latest,.card-ranked)";

/// What the buttons say.
pub struct Words {
    pub save: String,
    pub failed: String,
}

/// Puts a button on every card of a page of this site, and listens to them. Nothing where the
/// browser cannot keep stories.
pub fn attach(root: &HtmlElement, base: &str, words: Words) -> Option<Listener> {
    let kept = shelf::peek(base)?;
    for card in elements(root, CARDS) {
        let _ = add(&card, base, &words.save);
    }
    show(root, &kept);
    let (cards, base) = (root.clone(), base.to_owned());
    let pressed = move |event: web_sys::Event| {
        let target = event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok());
        let button = target.and_then(|target| target.closest(".keep").ok().flatten());
        let Some(button) = button else { return };
        let Some((href, headline)) = button.parent_element().as_ref().and_then(story) else {
            return;
        };
        let kept = button.get_attribute("aria-pressed").as_deref() == Some("true");
        let what = if kept { "remove" } else { "save" };
        let order = saved::order(&href, &headline);
        let (cards, base, failed) = (cards.clone(), base.clone(), words.failed.clone());
        spawn(async move {
            match shelf::ask(base, what, order).await {
                Some(list) => show(&cards, &list),
                None => complain(&button, &failed),
            }
        });
    };
    Some(listen(root, "click", Box::new(pressed)))
}

/// Address and headline of a card's story.
fn story(card: &Element) -> Option<(String, String)> {
    let link = card.query_selector(".card-link").ok()??;
    Some((link.get_attribute("href")?, link.text_content()?))
}

fn add(card: &HtmlElement, base: &str, save: &str) -> Option<()> {
    // A page that is shown again has them.
    if card.query_selector(".keep").ok()?.is_some() {
        return None;
    }
    let (href, headline) = story(card)?;
    href.strip_prefix(base)
        .filter(|path| !path.starts_with('/'))?;
    let button = card.owner_document()?.create_element("button").ok()?;
    let label = [save, ": ", &headline].concat();
    for (name, value) in [
        ("class", "keep"),
        ("type", "button"),
        // Shown by the style sheet that places it, which comes later.
        ("hidden", ""),
        ("title", save),
        ("aria-label", &label),
    ] {
        let _ = button.set_attribute(name, value);
    }
    card.append_child(&button).ok().map(drop)
}

/// Shows which stories are kept.
fn show(root: &HtmlElement, list: &[Saved]) {
    for button in elements(root, ".keep") {
        let href = button
            .parent_element()
            .as_ref()
            .and_then(story)
            .map(|(href, _)| href);
        let kept = href.is_some_and(|href| saved::holds(list, &href));
        let _ = button.set_attribute("aria-pressed", if kept { "true" } else { "false" });
    }
}

/// Says beside the button that it could not be done, once.
fn complain(button: &Element, failed: &str) {
    if button.next_element_sibling().is_some() {
        return;
    }
    let said = button
        .owner_document()
        .and_then(|document| document.create_element("span").ok());
    let Some(said) = said else { return };
    let _ = said.set_attribute("class", "keep-failed");
    let _ = said.set_attribute("role", "alert");
    said.set_text_content(Some(failed));
    let _ = button.after_with_node_1(&said);
}
