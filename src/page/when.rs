//! What a date says once the reader's clock is known. Pure: views ask after start, never before.

use crate::model::Instant;

const DAY: i64 = 86_400;

/// How a moment is worded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wording {
    /// "3 hours ago": this many seconds.
    Ago(i64),
    /// The date itself.
    Date,
}

/// Relative under seven days, then absolute; a moment still to come is a date.
pub fn wording(at: Instant, now: Instant) -> Wording {
    match now.epoch - at.epoch {
        ago @ 0..604_800 => Wording::Ago(ago),
        _ => Wording::Date,
    }
}

/// Whether two moments fall on one day, each by the clock it was written with.
pub fn same_day(a: Instant, b: Instant) -> bool {
    let (a, b) = (a.civil(), b.civil());
    (a.year, a.month, a.day) == (b.year, b.month, b.day)
}

/// Whether "Updated" is worth saying: the change came after the day of publication.
pub fn updated_later(published: Option<Instant>, modified: Option<Instant>) -> bool {
    match (published, modified) {
        (Some(published), Some(modified)) => {
            let modified = Instant {
                offset: published.offset,
                ..modified
            };
            modified.epoch > published.epoch && !same_day(published, modified)
        }
        _ => false,
    }
}

/// Full years since a moment, for the notice on old stories.
pub fn years_old(at: Instant, now: Instant) -> u64 {
    // 365.2425 days: the mean Gregorian year, exact enough for a round number of years.
    let years = (now.epoch - at.epoch) * 10_000 / (DAY * 3_652_425);
    u64::try_from(years).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Instant {
        Instant::parse(text).expect("a moment")
    }

    #[test]
    fn a_story_is_so_many_hours_old_for_a_week_and_then_has_a_date() {
        let now = at("2026-11-23T12:00:00Z");
        let three = at("2026-11-23T10:00:00+01:00");
        assert_eq!(wording(three, now), Wording::Ago(10_800));
        assert_eq!(wording(at("2026-11-16T12:00:00Z"), now), Wording::Date);
        assert_eq!(wording(at("2026-11-23T12:00:01Z"), now), Wording::Date);
    }

    #[test]
    fn a_correction_on_the_same_day_is_not_an_update() {
        let published = Some(at("2026-11-20T23:00:00+01:00"));
        // 00:30 in UTC+2 is still the evening of publication where the newspaper lives.
        let evening = Some(at("2026-11-21T00:30:00+02:00"));
        assert!(!updated_later(published, evening));
        assert!(updated_later(
            published,
            Some(at("2026-11-21T08:00:00+01:00"))
        ));
        assert!(!updated_later(
            published,
            Some(at("2026-11-19T08:00:00+01:00"))
        ));
        assert!(!updated_later(published, None));
    }

    #[test]
    fn age_is_counted_in_full_years() {
        let now = at("2026-11-23T12:00:00Z");
        assert_eq!(years_old(at("2024-07-02T09:00:00+01:00"), now), 2);
        assert_eq!(years_old(at("2025-11-25T12:00:00Z"), now), 0);
        assert_eq!(years_old(at("2027-01-01T00:00:00Z"), now), 0);
    }
}
