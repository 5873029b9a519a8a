//! What time it is. Only effects may ask: the first render is a function of the data island.

use super::page::{document, elements, px};
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
///
/// `seen` says that the page was painted: then a text that changes in its line keeps at least the
/// room of the one before it, so that no line breaks elsewhere and nothing on the page moves. All
/// are measured before the first is changed: the page is laid out once.
pub fn reword(selector: &str, seen: bool, text: &dyn Fn(&str, Option<Instant>) -> Option<String>) {
    let root = document().and_then(|document| document.document_element());
    let found = root.map_or_else(Vec::new, |root| elements(&root, selector));
    let mut changes = Vec::new();
    for element in found {
        let mark = element.get_attribute("data-when").unwrap_or_default();
        let at = element
            .get_attribute("datetime")
            .or_else(|| element.get_attribute("data-at"))
            .and_then(|at| Instant::read(&at));
        if mark == "age" && at.is_some_and(|at| crate::page::when::years_old(at, now()) > 0) {
            let _ = element.remove_attribute("hidden");
        }
        if let Some(text) = text(&mark, at)
            && element.text_content().as_deref() != Some(text.as_str())
        {
            let room = (seen && mark == "ago").then(|| element.get_bounding_client_rect().width());
            changes.push((element, text, room));
        }
    }
    for (element, text, room) in changes {
        if let Some(room) = room {
            let _ = element.style().set_property("min-inline-size", &px(room));
        }
        element.set_text_content(Some(&text));
    }
}
