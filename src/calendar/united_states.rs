//! The federal holidays of the United States. One that falls on a weekend is kept on the weekday next to it, too.

use chrono::Weekday::{Mon, Thu};

use super::rules::{Rule, first_from, fixed};
use super::shared::{CHRISTMAS, NEW_YEAR};

const JUNETEENTH: Rule = fixed("Juneteenth", 6, 19).since(2021);
const INDEPENDENCE: Rule = fixed("Independence Day", 7, 4);
const VETERANS: Rule = fixed("Veterans Day", 11, 11);

pub(super) const FEDERAL: &[Rule] = &[
    NEW_YEAR,
    NEW_YEAR.only_from_weekend(),
    first_from("Martin Luther King Day", Mon, 1, 15),
    first_from("Washington's Birthday", Mon, 2, 15),
    first_from("Memorial Day", Mon, 5, 25),
    JUNETEENTH,
    JUNETEENTH.only_from_weekend(),
    INDEPENDENCE,
    INDEPENDENCE.only_from_weekend(),
    first_from("Labor Day", Mon, 9, 1),
    first_from("Columbus Day", Mon, 10, 8),
    VETERANS,
    VETERANS.only_from_weekend(),
    first_from("Thanksgiving", Thu, 11, 22),
    CHRISTMAS,
    CHRISTMAS.only_from_weekend(),
];
