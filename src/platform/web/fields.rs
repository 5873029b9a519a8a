//! Form fields: read and filled directly, because a field that hydrates under control would lose
//! what was typed before the start.

use leptos::prelude::{GetValue, SetValue};
use leptos::prelude::{LocalStorage, StoredValue};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement, HtmlTextAreaElement};

/// A place that a view writes an element into, for code that has to find it. It keeps the element
/// even when that has left the document, so that last words can still be read.
#[derive(Clone, Copy)]
pub struct Place(StoredValue<Option<Element>, LocalStorage>);

impl Place {
    pub fn empty() -> Self {
        Self(StoredValue::new_local(None))
    }

    pub(super) fn put(self, element: Element) {
        self.0.try_set_value(Some(element));
    }

    fn element(self) -> Option<Element> {
        self.0.try_get_value().flatten()
    }

    fn input(self) -> Option<HtmlInputElement> {
        self.element()?.dyn_into().ok()
    }

    fn area(self) -> Option<HtmlTextAreaElement> {
        self.element()?.dyn_into().ok()
    }

    /// Whether an element is there.
    pub fn taken(self) -> bool {
        self.element().is_some()
    }

    /// The text of a text area and where its caret stands.
    pub fn text(self) -> (String, u32) {
        self.area().map_or_else(Default::default, |area| {
            let caret = area.selection_start().ok().flatten();
            (area.value(), caret.unwrap_or_default())
        })
    }

    /// Fills a text area and places the caret, without taking the focus.
    pub fn fill(self, text: &str, caret: u32) {
        if let Some(area) = self.area() {
            area.set_value(text);
            let _ = area.set_selection_range(caret, caret);
        }
    }

    /// What stands in an input, or is chosen.
    pub fn value(self) -> String {
        self.element()
            .and_then(|field| js_sys::Reflect::get(&field, &"value".into()).ok())
            .and_then(|value| value.as_string())
            .unwrap_or_default()
    }

    /// Fills an input.
    pub fn set_value(self, value: &str) {
        if let Some(input) = self.input() {
            input.set_value(value);
        }
    }

    /// Whether a box is ticked.
    pub fn ticked(self) -> bool {
        self.input().is_some_and(|input| input.checked())
    }

    /// Ticks a box, or not.
    pub fn tick(self, ticked: bool) {
        if let Some(input) = self.input() {
            input.set_checked(ticked);
        }
    }
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

/// Moves focus to the next element that a selector finds, or to the one before; whether there is
/// one.
pub fn step(selector: &str, forward: bool) -> bool {
    let Some(document) = super::page::document() else {
        return false;
    };
    let Some(body) = document.document_element() else {
        return false;
    };
    let all = super::page::elements(&body, selector);
    let active = document.active_element();
    let at = all
        .iter()
        .position(|element| active.as_ref() == Some(element.as_ref()));
    let next = match (at, forward) {
        (Some(at), true) => at + 1,
        (Some(at), false) if at > 0 => at - 1,
        _ => return false,
    };
    all.get(next).is_some_and(|element| element.focus().is_ok())
}

/// What a reader had typed into a form that is about to be replaced.
pub struct Typed(Vec<(String, String, bool)>);

/// Whether a reader's words stand in a form that is not alive yet.
pub fn filled(place: &HtmlElement) -> bool {
    let areas = super::page::elements(place, "textarea");
    areas
        .iter()
        .filter_map(|area| area.dyn_ref::<HtmlTextAreaElement>())
        .any(|area| !area.value().is_empty())
}

/// Empties a part's place on the page for one that is alive, and keeps what was typed.
pub fn take_over(place: &HtmlElement) -> Typed {
    let mut typed = Vec::new();
    for field in super::page::elements(place, "input,textarea") {
        if let Some(input) = field.dyn_ref::<HtmlInputElement>() {
            typed.push((input.id(), input.value(), input.checked()));
        } else if let Some(area) = field.dyn_ref::<HtmlTextAreaElement>() {
            typed.push((area.id(), area.value(), false));
        }
    }
    place.set_text_content(None);
    Typed(typed)
}

impl Typed {
    /// Puts the words into the fields of the same names.
    pub fn put_back(self) {
        let Some(document) = web_sys::window().and_then(|window| window.document()) else {
            return;
        };
        for (id, value, checked) in self.0 {
            let Some(field) = document.get_element_by_id(&id) else {
                continue;
            };
            if let Some(input) = field.dyn_ref::<HtmlInputElement>() {
                input.set_value(&value);
                input.set_checked(checked);
            } else if let Some(area) = field.dyn_ref::<HtmlTextAreaElement>() {
                area.set_value(&value);
            }
        }
    }
}

/// Scrolls to what the address's fragment names, once it has been rendered.
pub fn reveal_fragment() {
    let Some(window) = web_sys::window() else {
        return;
    };
    let fragment = window.location().hash().unwrap_or_default();
    let target = fragment
        .strip_prefix('#')
        .filter(|id| !id.is_empty())
        .and_then(|id| window.document()?.get_element_by_id(id));
    if let Some(target) = target {
        target.scroll_into_view();
    }
}
