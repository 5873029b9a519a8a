//! The reader's own choices of how a page looks: one record of this device, and attributes of the
//! root, which `theme.js` sets from the same record before the first paint.

use wasm_bindgen::JsCast;
use web_sys::HtmlDialogElement;

use super::events::{Listener, listen};
use super::local::Local;
use crate::json::{Json, Writer};
use crate::reader::LocalStore;
use crate::reader::choices::{CHOICES, NAMES};

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
}

/// Takes back every choice.
pub fn reset() {
    let _ = Local.remove(CHOICES);
    for name in NAMES {
        show(name, None);
    }
}

fn show(name: &str, value: Option<&str>) {
    let root = super::page::document().and_then(|document| document.document_element());
    if let Some(root) = root {
        let name = ["data-", name].concat();
        let _ = match value {
            Some(value) => root.set_attribute(&name, value),
            None => root.remove_attribute(&name),
        };
    }
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

/// Shows a picture that waits for a tap; where pictures are always shown a tap changes nothing.
pub fn show_tapped_pictures(root: &web_sys::HtmlElement) -> Listener {
    let tapped = |event: web_sys::Event| {
        let picture = event
            .target()
            .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
            .and_then(|target| target.closest(WAITING).ok().flatten());
        if let Some(picture) = picture {
            event.prevent_default();
            let _ = picture.class_list().add_1("shown");
        }
    };
    listen(root, "click", Box::new(tapped))
}

const WAITING: &str =
    "[data-pictures=tap] :is(.story-picture,.body figure):not(.shown):not([data-embed])";
