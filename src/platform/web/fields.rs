//! Form fields: read and filled directly, because a field that hydrates under control would lose
//! what was typed before the start.

use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlInputElement, HtmlTextAreaElement};

/// The text of a text area and where its caret stands.
pub fn text(field: &HtmlTextAreaElement) -> (String, u32) {
    (
        field.value(),
        field.selection_start().ok().flatten().unwrap_or_default(),
    )
}

/// Fills a text area and places the caret, without taking the focus.
pub fn fill(field: &HtmlTextAreaElement, text: &str, caret: u32) {
    field.set_value(text);
    let _ = field.set_selection_range(caret, caret);
}

/// What stands in an input.
pub fn value(field: &HtmlInputElement) -> String {
    field.value()
}

/// Fills an input.
pub fn set_value(field: &HtmlInputElement, value: &str) {
    field.set_value(value);
}

/// Whether a box is ticked.
pub fn ticked(field: &HtmlInputElement) -> bool {
    field.checked()
}

/// Ticks a box, or not.
pub fn tick(field: &HtmlInputElement, ticked: bool) {
    field.set_checked(ticked);
}

/// Moves focus to the element with an id.
pub fn focus(id: &str) {
    let element = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.get_element_by_id(id));
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus();
    }
}
