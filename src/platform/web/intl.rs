//! Dates, numbers, plurals and lists by the browser's own `Intl`.
//!
//! A date is shown in the offset its publisher wrote it in: the moment is shifted by that offset
//! and formatted as UTC, so no time zone of the reader enters.

use std::cell::RefCell;

use js_sys::{Array, Intl, Object, Reflect};
use wasm_bindgen::JsValue;

use crate::model::Instant;
use crate::platform::DateStyle;
use crate::platform::date_style::{plain_tag, settle};
use crate::strings::Plural;

thread_local! {
    static FORMATS: RefCell<Vec<(String, DateStyle, Intl::DateTimeFormat)>> = RefCell::default();
    static AGO: RefCell<Option<(String, Intl::RelativeTimeFormat)>> = const { RefCell::new(None) };
}

/// The language to ask for, as the argument of a formatter: one that no feed can make it throw at.
fn asked(language: &str) -> Array {
    Array::of1(&JsValue::from_str(&plain_tag(language)))
}

/// A date in words.
pub fn date(language: &str, instant: Instant, style: DateStyle) -> String {
    let shifted = (instant.epoch + i64::from(instant.offset) * 60) as f64 * 1000.0;
    let moment = js_sys::Date::new(&shifted.into());
    let text = FORMATS
        .with_borrow_mut(|formats| {
            let known = |(own, kind, _): &(String, DateStyle, _)| own == language && *kind == style;
            let at = formats.iter().position(known).unwrap_or_else(|| {
                let options = Object::new();
                let set = |name: &str, value: &str| {
                    let _ = Reflect::set(&options, &name.into(), &value.into());
                };
                set("timeZone", "UTC");
                for (name, value) in style.fields() {
                    set(name, value);
                }
                let format = Intl::DateTimeFormat::new(&asked(language), &options);
                formats.push((language.to_owned(), style, format));
                formats.len() - 1
            });
            formats[at].2.format().call1(&JsValue::UNDEFINED, &moment)
        })
        .ok()
        .and_then(|text| text.as_string())
        .unwrap_or_default();
    settle(language, text)
}

/// A whole number with the language's own grouping and digits.
pub fn number(language: &str, number: u64) -> String {
    let format = Intl::NumberFormat::new(&asked(language), &Object::new());
    format
        .format()
        .call1(&JsValue::UNDEFINED, &(number as f64).into())
        .ok()
        .and_then(|text| text.as_string())
        .unwrap_or_default()
}

/// The plural category of a whole number.
pub fn plural(language: &str, number: u64) -> Plural {
    let rules = Intl::PluralRules::new(&asked(language), &Object::new());
    Plural::from_name(&String::from(rules.select(number as f64)))
}

/// Names joined as in a sentence: "A, B and C".
pub fn list(language: &str, items: &[String]) -> String {
    let joined = || {
        let class = Reflect::get(
            &Reflect::get(&js_sys::global(), &"Intl".into())?,
            &"ListFormat".into(),
        )?;
        let format = Reflect::construct(&class.into(), &asked(language))?;
        let items: Array = items.iter().map(JsValue::from).collect();
        let function: js_sys::Function = Reflect::get(&format, &"format".into())?.into();
        function.call1(&format, &items)
    };
    joined()
        .ok()
        .and_then(|text| text.as_string())
        .map(|text| settle(language, text))
        .unwrap_or_else(|| items.join(", "))
}

/// "3 hours ago", "yesterday": for moments up to a week ago, in the reader's language.
pub fn relative(language: &str, seconds_ago: i64) -> String {
    let (amount, unit) = match seconds_ago.max(0) {
        s if s < 3600 => (s / 60, "minute"),
        s if s < 86_400 => (s / 3600, "hour"),
        s => (s / 86_400, "day"),
    };
    AGO.with_borrow_mut(|kept| {
        // Making a formatter takes longer than all the words of a page.
        let fits = kept.as_ref().is_some_and(|(own, _)| own == language);
        if !fits {
            let options = Object::new();
            let _ = Reflect::set(&options, &"numeric".into(), &"auto".into());
            let format = Intl::RelativeTimeFormat::new(&asked(language), &options);
            *kept = Some((language.to_owned(), format));
        }
        kept.as_ref().map_or_else(String::new, |(_, format)| {
            String::from(format.format(-(amount as f64), unit))
        })
    })
}
