//! The date styles both platforms know.

/// How a date is written. Each is a set of `Intl.DateTimeFormat` fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DateStyle {
    /// 23 November 2026
    Day,
    /// Monday, 23 November 2026
    Weekday,
    /// 23 Nov
    Short,
    /// 08:12
    Time,
    /// 23 November 2026 at 08:12
    Moment,
    /// November 2026
    Month,
}

impl DateStyle {
    /// The options of `Intl.DateTimeFormat` (ECMA-402) for this style, time zone apart.
    pub fn fields(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Day => &[("dateStyle", "long")],
            Self::Weekday => &[("dateStyle", "full")],
            Self::Short => &[("day", "numeric"), ("month", "short")],
            Self::Time => &[("timeStyle", "short"), ("hourCycle", "h23")],
            Self::Moment => &[
                ("dateStyle", "long"),
                ("timeStyle", "short"),
                ("hourCycle", "h23"),
            ],
            Self::Month => &[("year", "numeric"), ("month", "long")],
        }
    }
}
