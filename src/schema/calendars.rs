//! The built-in holiday calendars and the days of the week, in ONE table each.

/// Every holiday calendar that a program may name: countries, the German Länder, and the days on
/// which the euro payment system rests.
pub const HOLIDAYS: &[&str] = &[
    "BE", "NL", "DE", "DE_BB", "DE_BE", "DE_BW", "DE_BY", "DE_HB", "DE_HE", "DE_HH", "DE_MV", "DE_NI", "DE_NW",
    "DE_RP", "DE_SH", "DE_SL", "DE_SN", "DE_ST", "DE_TH", "FR", "US", "TARGET",
];

/// The days of the week, Monday first.
pub const WEEKDAYS: &[&str] = &["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// The number of a day of the week, Monday = 0.
#[must_use]
pub fn weekday(name: &str) -> Option<u8> {
    let place = WEEKDAYS.iter().position(|day| *day == name)?;
    u8::try_from(place).ok()
}
