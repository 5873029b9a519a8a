//! Dates, numbers, plurals and lists without a browser: ICU4X, with the words that browsers use.
//!
//! Both carry Unicode's CLDR, so a prerendered date reads as the browser would write it;
//! `tests/intl.rs` and `tests/web_intl.rs` hold the two to one table. Formatters are kept per
//! thread, because a page asks for dozens and building one costs more than using it. The compiled
//! data know every language, so nothing here can fail for a language that is one; should it all the
//! same, the plainest writing there is (ISO 8601, ASCII digits) takes its place.

use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use icu_datetime::fieldsets::{MD, T, YM, YMD, YMDE, enums};
use icu_datetime::input::{Date, DateTime, Time};
use icu_datetime::options::Alignment;
use icu_datetime::pattern::DateTimeNames;
use icu_datetime::preferences::HourCycle;
use icu_datetime::{DateTimeFormatter, DateTimeFormatterPreferences};
use icu_decimal::DecimalFormatter;
use icu_list::ListFormatter;
use icu_locale_core::{Locale, locale};
use icu_plurals::{PluralCategory, PluralRules};

use crate::model::Instant;
use crate::platform::DateStyle;
use crate::platform::date_style::{plain_tag, settle};
use crate::strings::Plural;

type Set = enums::CompositeDateTimeFieldSet;
type Dates = DateTimeFormatter<Set>;

thread_local! {
    static SPEAKERS: RefCell<HashMap<String, Rc<Speaker>>> = RefCell::default();
}

/// The formatters of one language, each built when it is first asked for.
struct Speaker {
    locale: Locale,
    dates: [OnceCell<Option<Dates>>; 6],
    /// The time as a date pattern would have it, where that is not [`DateStyle::Time`] already.
    loose_time: OnceCell<Option<Dates>>,
    number: OnceCell<Option<DecimalFormatter>>,
    plural: OnceCell<Option<PluralRules>>,
    list: OnceCell<Option<ListFormatter>>,
}

fn speaker(language: &str) -> Rc<Speaker> {
    SPEAKERS.with_borrow_mut(|known| {
        if let Some(speaker) = known.get(language) {
            return speaker.clone();
        }
        let speaker = Rc::new(Speaker {
            locale: Locale::try_from_str(&plain_tag(language)).unwrap_or(locale!("en")),
            dates: Default::default(),
            loose_time: OnceCell::new(),
            number: OnceCell::new(),
            plural: OnceCell::new(),
            list: OnceCell::new(),
        });
        known.insert(language.to_owned(), speaker.clone());
        speaker
    })
}

impl Speaker {
    fn formatter(&self, set: Set) -> Option<Dates> {
        let mut preferences = DateTimeFormatterPreferences::from(&self.locale);
        preferences.hour_cycle = Some(HourCycle::H23);
        let formatter = Dates::try_new(preferences, set).ok()?;
        // ICU4X 2.4 builds Portuguese months with years without the digits for the year, and
        // panics in debug builds when it comes to write one. Its own names, digits added, do not.
        let mut names = DateTimeNames::from_formatter(preferences, formatter);
        names.as_mut().include_decimal_formatter().ok()?;
        names.try_into_formatter(set).ok()
    }

    fn dates(&self, style: DateStyle) -> Option<&Dates> {
        let built = self.dates[style as usize].get_or_init(|| self.formatter(set(style)));
        built.as_ref()
    }

    fn date(&self, instant: Instant, style: DateStyle) -> Option<String> {
        let moment = moment(instant)?;
        let text = self.dates(style)?.format(&moment).to_string();
        if style != DateStyle::Moment {
            return Some(text);
        }
        // Two digits for the hour, and for the hour alone: aligning the whole date would also write
        // "03 November".
        let loose = self
            .loose_time
            .get_or_init(|| self.formatter(Set::Time(enums::TimeFieldSet::T(T::hm()))));
        let loose = loose.as_ref()?.format(&moment).to_string();
        let time = self.dates(DateStyle::Time)?.format(&moment).to_string();
        Some(if text.contains(&time) {
            text
        } else {
            text.replacen(&loose, &time, 1)
        })
    }
}

fn set(style: DateStyle) -> Set {
    use enums::{CalendarPeriodFieldSet, DateAndTimeFieldSet, DateFieldSet, TimeFieldSet};
    match style {
        DateStyle::Day => Set::Date(DateFieldSet::YMD(YMD::long())),
        DateStyle::Weekday => Set::Date(DateFieldSet::YMDE(YMDE::long())),
        DateStyle::Short => Set::Date(DateFieldSet::MD(MD::medium())),
        DateStyle::Time => Set::Time(TimeFieldSet::T(T::hm().with_alignment(Alignment::Column))),
        DateStyle::Moment => Set::DateTime(DateAndTimeFieldSet::YMDT(YMD::long().with_time_hm())),
        DateStyle::Month => Set::CalendarPeriod(CalendarPeriodFieldSet::YM(YM::long())),
    }
}

/// The moment in its publisher's own offset, as the browser's half shifts it too.
fn moment(instant: Instant) -> Option<DateTime<icu_calendar::Iso>> {
    let c = instant.civil();
    Some(DateTime {
        date: Date::try_new_iso(i32::try_from(c.year).ok()?, c.month, c.day).ok()?,
        time: Time::try_new(c.hour, c.minute, c.second, 0).ok()?,
    })
}

/// A date in words.
pub fn date(language: &str, instant: Instant, style: DateStyle) -> String {
    let speaker = speaker(language);
    match speaker.date(instant, style) {
        Some(text) => settle(language, text),
        None => instant.to_string(),
    }
}

/// A whole number with the language's own grouping and digits.
pub fn number(language: &str, number: u64) -> String {
    let speaker = speaker(language);
    let built = speaker.number.get_or_init(|| {
        DecimalFormatter::try_new((&speaker.locale).into(), Default::default()).ok()
    });
    match built {
        Some(formatter) => formatter.format(&number.into()).to_string(),
        None => number.to_string(),
    }
}

/// The plural category of a whole number.
pub fn plural(language: &str, number: u64) -> Plural {
    let speaker = speaker(language);
    let built = speaker
        .plural
        .get_or_init(|| PluralRules::try_new_cardinal((&speaker.locale).into()).ok());
    match built.as_ref().map(|rules| rules.category_for(number)) {
        Some(PluralCategory::Zero) => Plural::Zero,
        Some(PluralCategory::One) => Plural::One,
        Some(PluralCategory::Two) => Plural::Two,
        Some(PluralCategory::Few) => Plural::Few,
        Some(PluralCategory::Many) => Plural::Many,
        Some(PluralCategory::Other) | None => Plural::Other,
    }
}

/// Names joined as in a sentence: "A, B and C".
pub fn list(language: &str, items: &[String]) -> String {
    let speaker = speaker(language);
    let built = speaker.list.get_or_init(|| {
        ListFormatter::try_new_and((&speaker.locale).into(), Default::default()).ok()
    });
    match built {
        Some(formatter) => settle(language, formatter.format(items.iter()).to_string()),
        None => items.join(", "),
    }
}

/// How long ago something was depends on the reader's clock, so it is only ever worded after start,
/// in a browser: natively there is nothing to say.
pub fn relative(_language: &str, _seconds_ago: i64) -> String {
    String::new()
}
