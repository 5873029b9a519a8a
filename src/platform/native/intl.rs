//! Dates, numbers, plurals and lists without a browser.

use crate::model::Instant;
use crate::platform::DateStyle;
use crate::strings::Plural;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const DAYS: [&str; 7] = [
    "Sunday",
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
];

/// A date in words.
pub fn date(_language: &str, instant: Instant, style: DateStyle) -> String {
    let c = instant.civil();
    let month = MONTHS[usize::from(c.month) - 1];
    match style {
        DateStyle::Day => format!("{} {month} {}", c.day, c.year),
        DateStyle::Weekday => {
            format!(
                "{}, {} {month} {}",
                DAYS[usize::from(c.weekday)],
                c.day,
                c.year
            )
        }
        DateStyle::Short => format!("{} {}", c.day, &month[..3]),
        DateStyle::Time => format!("{:02}:{:02}", c.hour, c.minute),
        DateStyle::Moment => {
            format!(
                "{} {month} {} at {:02}:{:02}",
                c.day, c.year, c.hour, c.minute
            )
        }
        DateStyle::Month => format!("{month} {}", c.year),
    }
}

/// A whole number with grouping.
pub fn number(_language: &str, number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// The plural category of a whole number.
pub fn plural(_language: &str, number: u64) -> Plural {
    if number == 1 {
        Plural::One
    } else {
        Plural::Other
    }
}

/// Names joined as in a sentence.
pub fn list(_language: &str, items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// "3 hours ago".
pub fn relative(_language: &str, seconds_ago: i64) -> String {
    format!("{} hours ago", seconds_ago / 3600)
}
