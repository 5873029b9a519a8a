//! The live parts of a prerendered page: each is a view, hydrated in an element of its own.
//!
//! A part stands in the markup as `data-part="name"`, and `data-nodes` says how many nodes it was
//! written with. A part that an extension or a translator altered before the start is not hydrated
//! but made anew, with what the reader had typed into it; everything around it stays as it is.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use crate::platform::events::{Listener, Watch};
use crate::platform::markup::Node;
use crate::platform::nodes::{self, Mounted};
use crate::platform::{
    body_behaviour, bundle, card_buttons, choices, events, fields, letter, page as document, spawn,
};
use crate::strings::Key;
use crate::view::Live;
use crate::view::parts::{Home, home_of, live_part};

/// Says of a part, in the place of its number of nodes, that it was alive before.
const AGAIN: &str = "again";

/// What is alive on a page; dropping it puts the page to rest. Its parts keep their markup.
pub struct Alive {
    mounted: Vec<Woken>,
    _invited: Vec<Watch>,
    _bodies: Vec<body_behaviour::Behaviour>,
    _letter: Vec<Listener>,
    _taps: Option<Listener>,
    _cards: Option<Listener>,
}

/// A part that is alive, and the element it stands in.
pub type Woken = (HtmlElement, Mounted);

/// Ends parts that are alive. A page that is shown again keeps its shape until they are made anew.
pub fn leave(parts: Vec<Woken>) {
    for (place, mounted) in parts {
        let _ = place.set_attribute("data-nodes", AGAIN);
        mounted.leave();
    }
}

impl Drop for Alive {
    fn drop(&mut self) {
        leave(std::mem::take(&mut self.mounted));
        bundle::rest();
    }
}

/// Brings every part inside `root` to life.
pub fn wake(root: &HtmlElement, live: &Live) -> Alive {
    let mut mounted = Vec::new();
    let mut invited = Vec::new();
    for place in document::elements(root, "[data-part]") {
        let name = place.get_attribute("data-part").unwrap_or_default();
        match home_of(&name) {
            Home::App => {
                let part = revive(&place, || live_part(&name, live));
                mounted.push((place, part));
            }
            Home::Desk => invited.push(invite(place, live.island.written.clone())),
            Home::Press => spawn(bundle::PRESS.part(place, live.island.written.clone())),
        }
    }
    let bodies = document::elements(root, ".body[data-opaque]");
    Alive {
        mounted,
        _invited: invited,
        _bodies: bodies
            .iter()
            .map(|body| body_behaviour::attach(body, live.strings.clone()))
            .collect(),
        _letter: letter::check_in_place(),
        _taps: Some(choices::show_tapped_pictures(
            root,
            live.strings.get(Key::ShowPicture),
        )),
        _cards: card_buttons::attach(
            root,
            &live.island.base,
            card_buttons::Words {
                save: live.text(Key::SaveStory),
                failed: live.text(Key::NotSaved),
            },
        ),
    }
}

/// Asks the desk for a part once it comes near, or at once where something of the reader's is kept or
/// stands in its form.
fn invite(place: HtmlElement, island: String) -> Watch {
    // Asked twice, the desk does it once.
    let (near, written) = (place.clone(), island.clone());
    let watch = events::when_near(&place, move || spawn(bundle::DESK.part(near, written)));
    spawn(async move {
        let written = fields::filled(&place) || bundle::something_kept().await;
        if written && place.is_connected() {
            bundle::DESK.part(place, island).await;
        }
    });
    watch
}

/// Hydrates a part that is as it was written; makes any other anew.
pub fn revive(place: &HtmlElement, part: impl FnOnce() -> Node) -> Mounted {
    let nodes = place.get_attribute("data-nodes").unwrap_or_default();
    if nodes == AGAIN {
        // What was typed into it is in the drafts, or is meant to be gone.
        place.set_text_content(None);
        return nodes::mount(place, part);
    }
    let written = nodes.parse::<u32>().ok();
    if written.is_some_and(|nodes| nodes > 0 && nodes == document::count_nodes(place)) {
        return nodes::hydrate(place, part);
    }
    let typed = fields::take_over(place);
    let mounted = nodes::mount(place, part);
    typed.put_back();
    mounted
}

/// Shows a message in the place of a page's text.
pub fn message(main: Option<Element>, root: &HtmlElement, view: impl FnOnce() -> Node) -> Alive {
    let place = main
        .and_then(|main| main.dyn_into::<HtmlElement>().ok())
        .unwrap_or_else(|| root.clone());
    place.set_text_content(None);
    let view = nodes::mount(&place, view);
    Alive {
        mounted: vec![(place, view)],
        _invited: Vec::new(),
        _bodies: Vec::new(),
        _letter: Vec::new(),
        _taps: None,
        _cards: None,
    }
}
