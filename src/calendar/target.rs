//! The days on which TARGET, the euro payment system, rests.

use super::rules::{Rule, fixed};
use super::shared::{CHRISTMAS, EASTER_MONDAY, GOOD_FRIDAY, LABOUR_DAY, NEW_YEAR, SECOND_CHRISTMAS};

pub(super) const TARGET: &[Rule] = &[
    NEW_YEAR,
    GOOD_FRIDAY,
    EASTER_MONDAY,
    LABOUR_DAY,
    CHRISTMAS,
    SECOND_CHRISTMAS,
    fixed("Additional closing day", 12, 31).only_in(2001),
];
