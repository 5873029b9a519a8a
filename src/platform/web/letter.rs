//! The newsletter's form, checked in place wherever it stands: in a view or inside an opaque body.

use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlElement, HtmlInputElement};

use super::events::{Listener, listen};
use crate::page::newsletter::looks_like_email;

/// Takes the browser's own bubbles away and says what is wrong beside the field instead. The
/// listeners are the document's, so that forms in an opaque body need none of their own.
pub fn check_in_place() -> Vec<Listener> {
    let Some(document) = super::page::document() else {
        return Vec::new();
    };
    if let Ok(Some(form)) = document.query_selector(".newsletter-form") {
        let _ = form.set_attribute("novalidate", "");
    }
    let submitted = |event: Event| {
        if let Some(field) = field_of(&event)
            && !looks_like_email(&field.value())
        {
            event.prevent_default();
            say(&field, true);
            let _ = field.focus();
        }
    };
    let typed = |event: Event| {
        if let Some(field) = field_of(&event)
            && field.get_attribute("aria-invalid").is_some()
            && looks_like_email(&field.value())
        {
            say(&field, false);
        }
    };
    vec![
        listen(&document, "submit", Box::new(submitted)),
        listen(&document, "input", Box::new(typed)),
    ]
}

/// The email field of the newsletter's form that an event happened in.
fn field_of(event: &Event) -> Option<HtmlInputElement> {
    let target = event.target()?.dyn_into::<HtmlElement>().ok()?;
    let form = target.closest(".newsletter-form").ok()??;
    form.query_selector("[type=email]").ok()??.dyn_into().ok()
}

fn say(field: &HtmlInputElement, wrong: bool) {
    let place = field
        .closest(".newsletter-form")
        .ok()
        .flatten()
        .and_then(|form| form.query_selector(".newsletter-problem").ok().flatten());
    let text = place
        .as_ref()
        .and_then(|place| place.get_attribute("data-text"));
    if wrong {
        let _ = field.set_attribute("aria-invalid", "true");
    } else {
        let _ = field.remove_attribute("aria-invalid");
    }
    if let Some(place) = place {
        place.set_text_content(text.as_deref().filter(|_| wrong));
    }
}
