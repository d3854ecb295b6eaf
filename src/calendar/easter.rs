//! The date of Easter in the western churches, on which half of the holidays hang.

use crate::base::Date;

/// Easter Sunday of a year; `None` outside the years of [`Date`].
///
/// The Gregorian computus, in the form that Meeus gives it (Astronomical Algorithms, chapter 8).
pub(super) fn sunday(year: i32) -> Option<Date> {
    let place_in_moon_cycle = year % 19;
    let (century, year_of_century) = (year / 100, year % 100);
    let moon_shift = (century - (century + 8) / 25 + 1) / 3;
    // The age of the moon at the spring equinox, so the days until the full moon of Easter.
    let epact = (19 * place_in_moon_cycle + century - century / 4 - moon_shift + 15) % 30;
    let to_sunday = (32 + 2 * (century % 4) + 2 * (year_of_century / 4) - epact - year_of_century % 4) % 7;
    let correction = (place_in_moon_cycle + 11 * epact + 22 * to_sunday) / 451;
    let days = i64::from(epact + to_sunday - 7 * correction);
    Date::new(year, 3, 22)?.plus_days(days)
}
