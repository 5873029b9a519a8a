//! What time it is. Only effects may ask: the first render is a function of the data island.

use wasm_bindgen::JsCast;
use web_sys::Element;

use crate::model::Instant;

pub fn now() -> Instant {
    Instant::from_epoch((js_sys::Date::now() / 1000.0) as i64)
}

/// Now, with the reader's own offset: for today's date.
pub fn local() -> Instant {
    Instant {
        offset: -js_sys::Date::new_0().get_timezone_offset() as i16,
        ..now()
    }
}

/// Sets the text of every element that a selector finds and `text` knows words for, by its
/// `data-when` and its moment (`datetime` or `data-at`). Such an element is shown if it was hidden.
pub fn reword(selector: &str, text: &dyn Fn(&str, Option<Instant>) -> Option<String>) {
    let Some(document) = super::page::document() else {
        return;
    };
    let Ok(found) = document.query_selector_all(selector) else {
        return;
    };
    for index in 0..found.length() {
        let Some(element) = found.item(index).and_then(|n| n.dyn_into::<Element>().ok()) else {
            continue;
        };
        let mark = element.get_attribute("data-when").unwrap_or_default();
        let at = element
            .get_attribute("datetime")
            .or_else(|| element.get_attribute("data-at"))
            .and_then(|at| Instant::parse(&at));
        if let Some(text) = text(&mark, at)
            && element.text_content().as_deref() != Some(text.as_str())
        {
            element.set_text_content(Some(&text));
        }
        if mark == "age" && at.is_some_and(|at| crate::page::when::years_old(at, now()) > 0) {
            let _ = element.remove_attribute("hidden");
        }
    }
}
