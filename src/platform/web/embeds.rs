//! Embeds that load when the reader asks, once or always.
//!
//! Nothing is asked of a provider before that. The frame's address comes from the provider table
//! and a checked id, never from the page. "Always" is kept as `dateline:1:embeds`, a JSON list of
//! provider keys, and can be taken back in the reading settings.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::body_behaviour::elements;
use super::local::Local;
use crate::html::player;
use crate::json::{Json, quote};
use crate::reader::LocalStore;
use crate::strings::{Key, Strings};

const KEPT: &str = "dateline:1:embeds";

/// Providers that always load, by key.
pub fn always() -> Vec<String> {
    let kept = Local.read(KEPT).ok().flatten();
    let kept = kept.and_then(|json| Json::parse(&json));
    let keys = kept.as_ref().map_or(&[][..], Json::list).iter();
    keys.filter_map(|key| key.as_str().map(str::to_owned))
        .collect()
}

/// Lets a provider always load, or not any more.
pub fn set_always(key: &str, on: bool) {
    let mut keys = always();
    keys.retain(|kept| kept != key);
    if on {
        keys.push(key.to_owned());
    }
    let mut json = String::from("[");
    for key in &keys {
        if json.len() > 1 {
            json.push(',');
        }
        quote(key, &mut json);
    }
    json.push(']');
    // A browser that keeps nothing asks again next time.
    let _ = Local.write(KEPT, &json);
}

/// Asks for every provider again.
pub fn reset() {
    let _ = Local.remove(KEPT);
}

/// Makes the buttons work, and loads what the reader always wants.
pub(super) fn enable(container: &Element, strings: &Strings) {
    let embeds = elements(container, "figure[data-embed]");
    if embeds.is_empty() {
        return;
    }
    let always = always();
    for embed in embeds {
        let key = embed.get_attribute("data-embed").unwrap_or_default();
        if always.contains(&key) {
            load(&embed, strings, false);
        } else if let Ok(Some(button)) = embed.query_selector("button") {
            let _ = button.remove_attribute("disabled");
        }
    }
}

/// A button within a body was pressed.
pub(super) fn press(button: &Element, strings: &Strings) {
    let Ok(Some(embed)) = button.closest("figure[data-embed]") else {
        return;
    };
    if button.class_list().contains("always") {
        set_always(&embed.get_attribute("data-embed").unwrap_or_default(), true);
        if let Ok(Some(frame)) = embed.query_selector("iframe") {
            focus(&frame);
        }
        button.remove();
        return;
    }
    load(&embed, strings, true);
}

/// Puts the frame in the card's place. `asked` by a click: it may play, and takes the focus.
fn load(embed: &Element, strings: &Strings, asked: bool) -> Option<()> {
    let key = embed.get_attribute("data-embed")?;
    let id = embed.get_attribute("data-id")?;
    let (name, mut address) = player(&key, &id)?;
    let card = embed.query_selector(".embed-card").ok()??;
    let document = embed.owner_document()?;
    let title = card
        .query_selector("a")
        .ok()??
        .text_content()
        .unwrap_or_default();
    let title = strings.fill(Key::EmbedFrame, &[("provider", name), ("title", &title)]);
    if !asked {
        address = address.replace("autoplay=1", "autoplay=0");
    }
    let frame = document.create_element("iframe").ok()?;
    for (name, value) in [
        ("title", title.as_str()),
        (
            "sandbox",
            "allow-scripts allow-same-origin allow-popups allow-presentation allow-forms",
        ),
        (
            "allow",
            "autoplay; encrypted-media; fullscreen; picture-in-picture",
        ),
        ("allowfullscreen", ""),
        ("referrerpolicy", "strict-origin-when-cross-origin"),
        ("loading", "lazy"),
        // Last, so that it loads as all of that says.
        ("src", address.as_str()),
    ] {
        frame.set_attribute(name, value).ok()?;
    }
    card.replace_with_with_node_1(&frame).ok()?;
    if asked {
        let always = document.create_element("button").ok()?;
        always.set_attribute("type", "button").ok()?;
        always.set_class_name("always");
        let words = strings.fill(Key::EmbedAlways, &[("provider", name)]);
        always.set_text_content(Some(&words));
        embed
            .insert_before(&always, frame.next_sibling().as_ref())
            .ok()?;
        focus(&frame);
    }
    Some(())
}

fn focus(element: &Element) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        let _ = element.focus();
    }
}
