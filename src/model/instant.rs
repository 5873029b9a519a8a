//! A moment in time with the offset its publisher wrote it in, read from every date shape that
//! real feeds use (RFC 3339, RFC 2822, `±hhmm`, micro-seconds, date only, epoch numbers).
//!
//! A page shows a date in the publisher's own offset, so prerendered and hydrated text agree
//! without a time-zone database. An unreadable date is no date: it is never replaced by "now".

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

    /// Reads any date shape seen in real feeds; a time without a zone, or with one whose name nobody
    /// knows (RFC 5322, 4.3), counts as UTC, a date without a time as midnight UTC. `None` when it is
    /// no date, and for what stands for none: years before 1000, as the zero dates of Go, .NET and
    /// PHP have them.
    ///
    /// ```
    /// use dateline::model::Instant;
    /// let a = Instant::parse("2026-11-23T09:12:00+0100").unwrap();
    /// let b = Instant::parse("Mon, 23 Nov 2026 08:12:00 GMT").unwrap();
    /// assert_eq!(a.epoch, b.epoch);
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        Self::parse_in(text, 0)
    }

    /// As [`Self::parse`], but what names no zone holds at an offset of `zone` minutes.
    pub fn parse_in(text: &str, zone: i16) -> Option<Self> {
        // What stands in brackets behind a date says its zone once more.
        let text = text.split(['(', '[']).next()?.trim();
        if !text.is_ascii() || text.len() > 64 {
            return None;
        }
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let rest = &text[digits..];
        match digits {
            8 if rest.is_empty() || rest.starts_with('T') => parse_iso(&dashed(text), zone),
            14 if rest.is_empty() => {
                parse_iso(&[&dashed(&text[..8]), "T", &text[8..]].concat(), zone)
            }
            9.. if rest.is_empty() || fraction(rest) => {
                Self::from_whole(text[..digits].parse().ok()?)
            }
            4 if rest.starts_with(['-', '/']) => parse_iso(&text.replacen('/', "-", 2), zone),
            _ => parse_words(text, zone),
        }
    }
}

/// `2026-11-23…` from `20261123…`.
fn dashed(text: &str) -> String {
    [&text[..4], "-", &text[4..6], "-", &text[6..]].concat()
}

fn fraction(text: &str) -> bool {
    text.strip_prefix('.')
        .is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))
}

/// `YYYY-MM[-DD[(T| )hh:mm[:ss[.fraction]][ ][zone]]]`.
fn parse_iso(text: &str, zone: i16) -> Option<Instant> {
    let mut scan = Scan { rest: text };
    let year = scan.number(4)?;
    scan.take(b'-')?;
    let month = scan.number(2)? as u8;
    let day = if scan.take(b'-').is_some() {
        scan.number(2)? as u8
    } else {
        1
    };
    if scan.rest.is_empty() {
        return written(year, month, day, (0, 0, 0), zone);
    }
    if scan.take(b'T').or_else(|| scan.take(b't')).is_none() {
        scan.spaces()?;
    }
    let hour = scan.number(2)? as u8;
    let colon = scan.take(b':').is_some();
    let minute = scan.number(2)? as u8;
    let mut second = 0;
    if if colon {
        scan.take(b':').is_some()
    } else {
        scan.digit_next()
    } {
        second = scan.number(2)? as u8;
        if scan.take(b'.').or_else(|| scan.take(b',')).is_some() {
            while scan.number(1).is_some() {}
        }
    }
    let offset = match scan.rest.trim() {
        "" => zone,
        named => parse_zone(named)?,
    };
    written(year, month, day, (hour, minute, second), offset)
}

fn written(year: i64, month: u8, day: u8, time: (u8, u8, u8), offset: i16) -> Option<Instant> {
    let (hour, minute, second) = time;
    (year >= 1000)
        .then(|| Instant::from_civil(year, month, day, hour, minute, second, offset))
        .flatten()
}

/// Dates with the month as a word: `[Mon, ]2 Jan 2006 15:04[:05] zone` (RFC 5322), the US order
/// `Jan 2, 2006 3:04 PM`, and `Mon Jan 2 15:04:05 [zone ]2006` as C's `asctime` and others write it.
fn parse_words(text: &str, zone: i16) -> Option<Instant> {
    const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let (mut day, mut month, mut year, mut time, mut offset) = (None, None, None, None, zone);
    let words = text.split(|c: char| c.is_ascii_whitespace() || c == ',');
    for word in words.filter(|word| !word.is_empty()) {
        if word.starts_with(|c: char| c.is_ascii_digit()) {
            let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
            if word.contains(':') {
                time = Some(clock(word)?);
            } else if day.is_none() && digits.len() <= 2 {
                day = digits.parse().ok();
            } else if year.is_none() {
                year = Some(match (digits.len(), digits.parse::<i64>().ok()?) {
                    (2, year) if year < 50 => 2000 + year,
                    (2, year) => 1900 + year,
                    (_, year) => year,
                });
            } else {
                return None;
            }
        } else if month.is_none() && month_number(word).is_some() {
            month = month_number(word);
        } else if let Some((hour, ..)) = time.as_mut() {
            match half(word) {
                Some(half) => *hour = of_twelve(*hour, half)?,
                None => offset = parse_zone(word)?,
            }
        } else if !DAYS.iter().any(|day| starts_with(word, day)) {
            return None;
        }
    }
    written(year?, month?, day?, time.unwrap_or_default(), offset)
}

/// `15:04[:05[.678]]`, `3:04PM`.
fn clock(word: &str) -> Option<(u8, u8, u8)> {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let mut parts = digits.split(':');
    let mut hour = parts.next()?.parse().ok()?;
    let minute = parts.next()?.parse().ok()?;
    let second = parts.next().and_then(|part| part.split('.').next());
    if let Some(half) = half(&word[digits.len()..]) {
        hour = of_twelve(hour, half)?;
    }
    Some((hour, minute, second.map_or(Ok(0), str::parse).ok()?))
}

/// What `am` and `pm` add to an hour of twelve.
fn half(word: &str) -> Option<u8> {
    match word.to_ascii_lowercase().as_str() {
        "am" | "a.m." => Some(0),
        "pm" | "p.m." => Some(12),
        _ => None,
    }
}

fn of_twelve(hour: u8, half: u8) -> Option<u8> {
    (1..=12).contains(&hour).then(|| hour % 12 + half)
}

fn starts_with(word: &str, start: &str) -> bool {
    word.get(..start.len())
        .is_some_and(|head| head.eq_ignore_ascii_case(start))
}

fn month_number(word: &str) -> Option<u8> {
    MONTHS
        .iter()
        .position(|month| starts_with(word, month))
        .map(|index| index as u8 + 1)
}

/// Minutes from UTC of `Z`, `±hh:mm`, `±hhmm`, `±hh`, `GMT±…` or one of the names that feeds use; a name
/// that nobody knows means UTC (RFC 5322, 4.3).
fn parse_zone(zone: &str) -> Option<i16> {
    let name = zone.find(|c: char| !c.is_ascii_alphabetic());
    let (name, number) = zone.split_at(name.unwrap_or(zone.len()));
    let Some(sign) = number.bytes().next() else {
        return Some(named_zone(name));
    };
    let number = &number[1..];
    if !matches!(sign, b'+' | b'-') || named_zone(name) != 0 {
        return None;
    }
    let (hours, minutes) = match number.split_once(':') {
        Some(parts) => parts,
        None if number.len() > 2 => number.split_at(number.len() - 2),
        None => (number, "0"),
    };
    let part = |digits: &str| match digits.len() {
        1 | 2 if digits.bytes().all(|byte| byte.is_ascii_digit()) => digits.parse::<i16>().ok(),
        _ => None,
    };
    let total = part(hours)? * 60 + part(minutes)?;
    Some(if sign == b'-' { -total } else { total })
}

fn named_zone(name: &str) -> i16 {
    const HOURS: &[(&str, i16)] = &[
        ("AKST", -9),
        ("PST", -8),
        ("PDT", -7),
        ("MST", -7),
        ("MDT", -6),
        ("CST", -6),
        ("CDT", -5),
        ("EST", -5),
        ("EDT", -4),
        ("BRT", -3),
        ("BST", 1),
        ("CET", 1),
        ("MEZ", 1),
        ("WEST", 1),
        ("CEST", 2),
        ("MESZ", 2),
        ("EET", 2),
        ("SAST", 2),
        ("EEST", 3),
        ("MSK", 3),
        ("SGT", 8),
        ("HKT", 8),
        ("AWST", 8),
        ("JST", 9),
        ("KST", 9),
        ("AEST", 10),
        ("AEDT", 11),
        ("NZST", 12),
        ("NZDT", 13),
    ];
    let known = HOURS
        .iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(name));
    known.map_or(0, |(_, hours)| hours * 60)
}

struct Scan<'a> {
    rest: &'a str,
}

impl Scan<'_> {
    fn number(&mut self, width: usize) -> Option<i64> {
        let head = self.rest.get(..width)?;
        if !head.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        self.rest = &self.rest[width..];
        head.parse().ok()
    }

    fn take(&mut self, byte: u8) -> Option<()> {
        (self.rest.as_bytes().first() == Some(&byte)).then(|| self.rest = &self.rest[1..])
    }

    fn digit_next(&self) -> bool {
        self.rest.as_bytes().first().is_some_and(u8::is_ascii_digit)
    }

    fn spaces(&mut self) -> Option<()> {
        let trimmed = self.rest.trim_start();
        (trimmed.len() < self.rest.len()).then(|| self.rest = trimmed)
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

    fn iso(text: &str) -> String {
        Instant::parse(text).map_or("none".into(), |instant| instant.to_string())
    }

    #[test]
    fn every_date_shape_of_real_feeds_is_read() {
        for (given, expected) in [
            ("2026-11-23T08:12:00Z", "2026-11-23T08:12:00Z"),
            ("2026-11-23T08:12:00.123Z", "2026-11-23T08:12:00Z"),
            (
                "2026-11-23T08:12:00.123456+01:00",
                "2026-11-23T08:12:00+01:00",
            ),
            ("2026-11-23T08:12:00-0530", "2026-11-23T08:12:00-05:30"),
            ("2026-11-23 08:12:00.123456", "2026-11-23T08:12:00Z"),
            ("2026-11-23 08:12:00 +0200", "2026-11-23T08:12:00+02:00"),
            ("2026-11-23T08:12", "2026-11-23T08:12:00Z"),
            ("2026-11-23", "2026-11-23T00:00:00Z"),
            ("20261123T081200Z", "2026-11-23T08:12:00Z"),
            ("Mon, 23 Nov 2026 08:12:00 GMT", "2026-11-23T08:12:00Z"),
            ("23 Nov 26 08:12 EST", "2026-11-23T08:12:00-05:00"),
            (
                "Mon, 23 November 2026 08:12:00 +0100",
                "2026-11-23T08:12:00+01:00",
            ),
            ("Nov 23, 2026", "2026-11-23T00:00:00Z"),
            ("1763885520", "2025-11-23T08:12:00Z"),
            ("1763885520000", "2025-11-23T08:12:00Z"),
            ("  2024-02-29  ", "2024-02-29T00:00:00Z"),
            ("2026/11/23 08:12:00", "2026-11-23T08:12:00Z"),
            ("20261123", "2026-11-23T00:00:00Z"),
            ("20261123081200", "2026-11-23T08:12:00Z"),
            ("1763885520.123", "2025-11-23T08:12:00Z"),
            ("2026-11-23T08:12:00Z[UTC]", "2026-11-23T08:12:00Z"),
            ("2026-11-23T08:12:00+1:00", "2026-11-23T08:12:00+01:00"),
            ("Mon,\t23 Nov 2026\n08:12:00 GMT", "2026-11-23T08:12:00Z"),
            ("Mon 23 Nov 2026 08:12:00.000 GMT", "2026-11-23T08:12:00Z"),
            ("Mon, 23 Nov 2026 08:12:00 JST", "2026-11-23T08:12:00+09:00"),
            (
                "Mon, 23 Nov 2026 08:12:00 GMT+0100",
                "2026-11-23T08:12:00+01:00",
            ),
            ("23 Nov 2026 08:12 UTC-2", "2026-11-23T08:12:00-02:00"),
            ("23 Nov 2026 08:12 XYZT", "2026-11-23T08:12:00Z"),
            ("Mon Nov 23 08:12:00 2026", "2026-11-23T08:12:00Z"),
            (
                "Mon Nov 23 08:12:00 +0100 2026",
                "2026-11-23T08:12:00+01:00",
            ),
            ("Mon Nov 23 08:12:00 CET 2026", "2026-11-23T08:12:00+01:00"),
            (
                "Mon Nov 23 2026 08:12:00 GMT+0100 (Central European Standard Time)",
                "2026-11-23T08:12:00+01:00",
            ),
            ("Nov 23, 2026 8:12 PM", "2026-11-23T20:12:00Z"),
            ("November 23rd, 2026 12:05am", "2026-11-23T00:05:00Z"),
        ] {
            assert_eq!(iso(given), expected, "{given}");
        }
    }

    #[test]
    fn only_what_names_no_zone_holds_in_the_one_that_is_told() {
        for (given, expected) in [
            ("2026-11-20T10:00", "2026-11-20T10:00:00+09:00"),
            ("2026-11-20T1000", "2026-11-20T10:00:00+09:00"),
            ("20 November 2026", "2026-11-20T00:00:00+09:00"),
            ("Nov 20, 2026 10:00 AM", "2026-11-20T10:00:00+09:00"),
            ("2026-11-20 10:00:00 UTC", "2026-11-20T10:00:00Z"),
            ("Fri, 20 Nov 2026 10:00:00 EST", "2026-11-20T10:00:00-05:00"),
            ("1763885520", "2025-11-23T08:12:00Z"),
        ] {
            let read = Instant::parse_in(given, 540).map(|instant| instant.to_string());
            assert_eq!(read.as_deref(), Some(expected), "{given}");
        }
    }

    #[test]
    fn what_is_no_date_is_none_never_now() {
        for given in [
            "",
            "soon",
            "2026-13-01",
            "2026-02-30",
            "2023-02-29",
            "yesterday 08:00",
            "0000-00-00",
            "2026-11-23T25:00:00Z",
            "٢٠٢٦-١١-٢٣",
            "2026-11-23T08:12:00+99:00",
            "7",
            "0001-01-01T00:00:00Z",
            "0126-11-23",
            "Mon, 01 Jan 0001 00:00:00 +0000",
            "Mon, 30 Nov -0001 00:00:00 +0000",
            "23 Nov 126 08:12 GMT",
            "23 Nov 2026 13:12 PM",
            "23 Nov 2026 08:12 +1:0:0",
            "11/23/2026",
            "May we have 12 of them",
            "20261399",
        ] {
            assert_eq!(iso(given), "none", "{given}");
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
