//! The reader's own choices of how a page looks: one record of this device, and attributes of the
//! root, which `theme.js` sets from the same record before the first paint.

use std::cell::RefCell;

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlDialogElement, HtmlElement};

use super::events::{Listener, listen};
use super::local::Local;
use super::page::elements;
use crate::json::{Json, Writer};
use crate::reader::LocalStore;
use crate::reader::choices::{CHOICES, NAMES};
use crate::reader::keys::HISTORY;

fn record() -> Option<Json> {
    Json::parse(&Local.read(CHOICES).ok().flatten()?)
}

/// What was chosen under a name; `None` for what everybody has.
pub fn chosen(name: &str) -> Option<String> {
    record()?.text(name)
}

/// Keeps a choice and shows it at once; `None` takes it back.
pub fn choose(name: &'static str, value: Option<&str>) {
    let known = record();
    let mut kept = Writer::default();
    for &other in NAMES {
        let value = match other == name {
            true => value.map(str::to_owned),
            false => known.as_ref().and_then(|known| known.text(other)),
        };
        if let Some(value) = value {
            kept = kept.text(other, &value);
        }
    }
    // A browser that keeps nothing still shows it on this page.
    let _ = Local.write(CHOICES, &kept.end());
    show(name, value);
    forget_unwanted();
}

/// Takes back every choice.
pub fn reset() {
    let _ = Local.remove(CHOICES);
    for name in NAMES {
        show(name, None);
    }
    forget_unwanted();
}

/// A history that nobody wants is not there.
fn forget_unwanted() {
    if chosen("history").is_none() {
        let _ = Local.remove(HISTORY);
    }
}

/// What a name is when nothing was chosen. `theme.js` has the same rule.
fn of_device(name: &str) -> Option<&'static str> {
    (name == "pictures" && super::prefetch::saves_data()).then_some("tap")
}

fn show(name: &str, value: Option<&str>) {
    let value = value.or_else(|| of_device(name));
    let root = super::page::document().and_then(|document| document.document_element());
    if let Some(root) = root {
        let name = ["data-", name].concat();
        let _ = match value {
            Some(value) => root.set_attribute(&name, value),
            None => root.remove_attribute(&name),
        };
    }
    offer_pictures();
}

/// Opens the dialog with an id over the page.
pub fn open(id: &str) {
    let dialog = super::page::document()
        .and_then(|document| document.get_element_by_id(id))
        .and_then(|dialog| dialog.dyn_into::<HtmlDialogElement>().ok());
    if let Some(dialog) = dialog
        && !dialog.open()
    {
        // Only fails for a dialog that has left the page.
        let _ = dialog.show_modal();
    }
}

/// Figures whose pictures wait for a tap; those of a gallery wait together.
const WAITING: &str = "[data-pictures=tap] figure:not(figure figure,[data-embed],.media,.shown)";
/// The button that stands over a figure that waits.
const BUTTON: &str = "show-picture";

thread_local! {
    static LABEL: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Shows pictures that wait when they are tapped, or their button is pressed; where pictures are
/// always shown a tap changes nothing. `label` is what the buttons are called.
pub fn show_tapped_pictures(root: &HtmlElement, label: &str) -> Listener {
    LABEL.set(label.to_owned());
    offer_pictures();
    let tapped = |event: web_sys::Event| {
        let target = event.target();
        let target = target.and_then(|target| target.dyn_into::<Element>().ok());
        let figure = target.and_then(|target| target.closest(WAITING).ok().flatten());
        if let Some(Ok(figure)) = figure.map(|figure| figure.dyn_into::<HtmlElement>()) {
            event.prevent_default();
            show_pictures(&figure);
        }
    };
    listen(root, "click", Box::new(tapped))
}

/// Puts a button over every figure that waits.
fn offer_pictures() {
    let Some(document) = super::page::document() else {
        return;
    };
    let Some(html) = document.document_element() else {
        return;
    };
    for figure in elements(&html, &[WAITING, ":not(:has(.", BUTTON, "))"].concat()) {
        let Ok(button) = document.create_element("button") else {
            continue;
        };
        let alt = figure.query_selector("img[alt]").ok().flatten();
        let alt = alt.and_then(|image| image.get_attribute("alt"));
        let label = LABEL.with_borrow(Clone::clone);
        let label = match alt.filter(|alt| !alt.is_empty()) {
            Some(alt) => [&label, ": ", &alt].concat(),
            None => label,
        };
        let _ = button.set_attribute("type", "button");
        let _ = button.set_attribute("aria-label", &label);
        button.set_class_name(BUTTON);
        let _ = figure.prepend_with_node_1(&button);
    }
}

fn show_pictures(figure: &HtmlElement) {
    let focused = figure.contains(
        super::page::document()
            .and_then(|it| it.active_element())
            .as_deref(),
    );
    for button in elements(figure, &[".", BUTTON].concat()) {
        button.remove();
    }
    let _ = figure.class_list().add_1("shown");
    for part in elements(figure, "picture,figure") {
        let _ = part.class_list().add_1("shown");
    }
    if focused {
        // The button that had the focus is gone: what it showed has it now.
        let _ = figure.set_attribute("tabindex", "-1");
        let _ = figure.focus();
    }
}
