//! The days of the week, in ONE table; the built-in holidays are in `calendar`.

/// The days of the week, Monday first.
pub const WEEKDAYS: &[&str] = &["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// The number of a day of the week, Monday = 0.
#[must_use]
pub fn weekday(name: &str) -> Option<u8> {
    let place = WEEKDAYS.iter().position(|day| *day == name)?;
    u8::try_from(place).ok()
}
