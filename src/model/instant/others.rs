//! Dates as others write them: every shape that was seen in feeds and APIs.

use super::{Instant, MONTHS};

impl Instant {
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

/// Dates with the month as a word: `[Mon, ]2 Jan 2006 15:04[:05] zone` (RFC 5322), with dashes
/// (`Monday, 02-Jan-06`, RFC 850), in the US order `Jan 2, 2006 3:04 PM`, and `Mon Jan 2 15:04:05 [zone ]2006` as C's `asctime` and others write it.
fn parse_words(text: &str, zone: i16) -> Option<Instant> {
    const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let (mut day, mut month, mut year, mut time, mut offset) = (None, None, None, None, zone);
    let words = text.split(|c: char| c.is_ascii_whitespace() || c == ',');
    for word in words.flat_map(undashed).filter(|word| !word.is_empty()) {
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

/// The parts of `02-Jan-06`; any other word as it is.
fn undashed(word: &str) -> impl Iterator<Item = &str> {
    let named = word.bytes().any(|byte| byte.is_ascii_alphabetic());
    let dashed = named && !word.contains(':') && word.starts_with(|c: char| c.is_ascii_digit());
    word.split(move |c| dashed && c == '-')
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
            ("Monday, 23-Nov-26 08:12:00 GMT", "2026-11-23T08:12:00Z"),
            ("23-Nov-2026 08:12:00 -0500", "2026-11-23T08:12:00-05:00"),
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
}
