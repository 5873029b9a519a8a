//! A moment in time with the offset its publisher wrote it in, read from every date shape that
//! real feeds use ([`others`]).
//!
//! A page shows a date in the publisher's own offset, so prerendered and hydrated text agree
//! without a time-zone database. An unreadable date is no date: it is never replaced by "now".

mod others;

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// Seconds since 1970-01-01T00:00:00Z, and the offset from UTC in minutes for display.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Instant {
    pub epoch: i64,
    pub offset: i16,
}

/// A moment's calendar fields in its own offset (proleptic Gregorian calendar).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Civil {
    pub year: i64,
    pub month: u8,
    pub day: u8,
    pub hour: u8,
    pub minute: u8,
    pub second: u8,
    /// 0 is Sunday.
    pub weekday: u8,
}

const DAY: i64 = 86_400;
const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];
const WEEKDAYS: [&str; 7] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

impl Instant {
    /// A moment in UTC.
    pub fn from_epoch(seconds: i64) -> Self {
        Self {
            epoch: seconds,
            offset: 0,
        }
    }

    /// The moment of a civil date and time at an offset from UTC in minutes.
    pub fn from_civil(y: i64, mo: u8, d: u8, h: u8, mi: u8, s: u8, offset: i16) -> Option<Self> {
        if !(1..=12).contains(&mo)
            || d == 0
            || d > days_in_month(y, mo)
            || h > 24
            || mi > 59
            || s > 60
            || !(0..=9999).contains(&y)
            || offset.unsigned_abs() > 18 * 60
        {
            return None;
        }
        let local = days_from_civil(y, mo, d) * DAY
            + i64::from(h) * 3600
            + i64::from(mi) * 60
            + i64::from(s.min(59));
        Some(Self {
            epoch: local - i64::from(offset) * 60,
            offset,
        })
    }

    /// The calendar fields in this moment's own offset.
    pub fn civil(self) -> Civil {
        let local = self.epoch + i64::from(self.offset) * 60;
        let days = local.div_euclid(DAY);
        let rest = local.rem_euclid(DAY);
        let (year, month, day) = civil_from_days(days);
        Civil {
            year,
            month,
            day,
            hour: (rest / 3600) as u8,
            minute: (rest / 60 % 60) as u8,
            second: (rest % 60) as u8,
            weekday: (days + 4).rem_euclid(7) as u8,
        }
    }

    /// The same moment shown in UTC.
    pub fn utc(self) -> Self {
        Self { offset: 0, ..self }
    }

    /// RFC 2822, as RSS wants it: `Mon, 23 Nov 2026 08:12:00 +0000`.
    pub fn rfc2822(self) -> String {
        let c = self.civil();
        let month = MONTHS[usize::from(c.month) - 1];
        let sign = if self.offset < 0 { '-' } else { '+' };
        let offset = self.offset.unsigned_abs();
        format!(
            "{}, {:02} {}{} {:04} {:02}:{:02}:{:02} {sign}{:02}{:02}",
            WEEKDAYS[usize::from(c.weekday)],
            c.day,
            month[..1].to_ascii_uppercase(),
            &month[1..],
            c.year,
            c.hour,
            c.minute,
            c.second,
            offset / 60,
            offset % 60,
        )
    }

    /// Seconds (or, past the year 5138 in seconds, milliseconds) since the epoch.
    pub fn from_number(number: f64) -> Option<Self> {
        if !number.is_finite() || number <= 0.0 {
            return None;
        }
        Self::from_whole(number as i64)
    }

    fn from_whole(number: i64) -> Option<Self> {
        let seconds = if number >= 100_000_000_000 {
            number / 1000
        } else {
            number
        };
        (number > 0 && seconds < 253_402_300_800).then(|| Self::from_epoch(seconds))
    }

    /// Reads a moment as it is written here ([`fmt::Display`], RFC 3339): what our own pages and files
    /// hold. Dates of others have many more shapes: [`Self::parse`].
    pub fn read(text: &str) -> Option<Self> {
        let number = |from: usize, to: usize| {
            let digits = text.get(from..to)?.bytes();
            digits.into_iter().try_fold(0, |number: i64, byte| {
                byte.is_ascii_digit()
                    .then(|| number * 10 + i64::from(byte - b'0'))
            })
        };
        let signs = [(4, b'-'), (7, b'-'), (10, b'T'), (13, b':'), (16, b':')];
        let (date, zone) = (text.get(..19)?.as_bytes(), text.get(19..)?.as_bytes());
        if signs.iter().any(|(at, sign)| date[*at] != *sign) {
            return None;
        }
        let offset = match zone {
            [b'Z'] => 0,
            [sign @ (b'+' | b'-'), _, _, b':', _, _] => {
                let minutes = number(20, 22)? * 60 + number(23, 25)?;
                if *sign == b'-' { -minutes } else { minutes }
            }
            _ => return None,
        };
        let small = |from, to| number(from, to).map(|number| number as u8);
        Self::from_civil(
            number(0, 4)?,
            small(5, 7)?,
            small(8, 10)?,
            small(11, 13)?,
            small(14, 16)?,
            small(17, 19)?,
            offset as i16,
        )
    }
}

fn days_in_month(year: i64, month: u8) -> u8 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days since 1970-01-01; Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
fn days_from_civil(year: i64, month: u8, day: u8) -> i64 {
    let y = if month <= 2 { year - 1 } else { year };
    let era = y.div_euclid(400);
    let yoe = y.rem_euclid(400);
    let m = i64::from(month);
    let doy = (153 * (m + if m > 2 { -3 } else { 9 }) + 2) / 5 + i64::from(day) - 1;
    let doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
    era * 146_097 + doe - 719_468
}

/// The inverse of [`days_from_civil`], from the same paper.
fn civil_from_days(days: i64) -> (i64, u8, u8) {
    let z = days + 719_468;
    let era = z.div_euclid(146_097);
    let doe = z.rem_euclid(146_097);
    let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let day = (doy - (153 * mp + 2) / 5 + 1) as u8;
    let month = (if mp < 10 { mp + 3 } else { mp - 9 }) as u8;
    (yoe + era * 400 + i64::from(month <= 2), month, day)
}

impl PartialOrd for Instant {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

/// By the moment; the offset only breaks ties, so that equal order means equal value.
impl Ord for Instant {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.epoch, self.offset).cmp(&(other.epoch, other.offset))
    }
}

/// RFC 3339, in the moment's own offset.
impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let c = self.civil();
        write!(
            f,
            "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}",
            c.year, c.month, c.day, c.hour, c.minute, c.second
        )?;
        if self.offset == 0 {
            return f.write_str("Z");
        }
        let sign = if self.offset < 0 { '-' } else { '+' };
        let offset = self.offset.unsigned_abs();
        write!(f, "{sign}{:02}:{:02}", offset / 60, offset % 60)
    }
}

impl Serialize for Instant {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Instant {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| de::Error::custom("not a date"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back_and_nothing_else() {
        for (epoch, offset) in [
            (1_795_421_520, 0),
            (0, 60),
            (951_782_400, -330),
            (-1, 14 * 60),
        ] {
            let instant = Instant { epoch, offset };
            assert_eq!(Instant::read(&instant.to_string()), Some(instant));
        }
        for other in [
            "",
            "2026-11-23",
            "2026-11-23T08:12:00",
            "2026-11-23T08:12:00z",
            "2026-11-23 08:12:00Z",
            "2026-11-23T08:12:00+0100",
            "2026-13-23T08:12:00Z",
            "2026-11-23T08:12:00+99:00",
            "2026-11-2éT08:12:00Z",
            "2026-11-23T08:12:00+é1:00",
            "2026-11-23T0 :12:00Z",
        ] {
            assert_eq!(Instant::read(other), None, "{other}");
        }
    }

    #[test]
    fn calendar_arithmetic_is_its_own_inverse() {
        for days in (-800_000..2_900_000).step_by(97) {
            let (year, month, day) = civil_from_days(days);
            assert_eq!(days_from_civil(year, month, day), days);
        }
    }

    #[test]
    fn weekday_and_rfc2822_follow_the_calendar() {
        let instant = Instant::parse("2026-11-23T08:12:00+01:00").expect("a date");
        assert_eq!(instant.rfc2822(), "Mon, 23 Nov 2026 08:12:00 +0100");
        assert_eq!(instant.civil().weekday, 1);
    }

    #[test]
    fn order_is_by_the_moment_whatever_the_offset() {
        let early = Instant::parse("2026-11-23T08:00:00+02:00").expect("a date");
        let late = Instant::parse("2026-11-23T07:00:00Z").expect("a date");
        assert!(early < late);
    }
}
