//! The public holidays of Belgium and the Netherlands.

use super::rules::{Rule, fixed};
use super::shared::{
    ALL_SAINTS, ARMISTICE, ASCENSION, ASSUMPTION, CHRISTMAS, EASTER_MONDAY, EASTER_SUNDAY, GOOD_FRIDAY, LABOUR_DAY,
    NEW_YEAR, SECOND_CHRISTMAS, WHIT_MONDAY, WHIT_SUNDAY,
};

pub(super) const BELGIUM: &[Rule] = &[
    NEW_YEAR,
    EASTER_SUNDAY,
    EASTER_MONDAY,
    LABOUR_DAY,
    ASCENSION,
    WHIT_SUNDAY,
    WHIT_MONDAY,
    fixed("National Day", 7, 21),
    ASSUMPTION,
    ALL_SAINTS,
    ARMISTICE,
    CHRISTMAS,
];

pub(super) const NETHERLANDS: &[Rule] = &[
    NEW_YEAR,
    GOOD_FRIDAY,
    EASTER_SUNDAY,
    EASTER_MONDAY,
    fixed("Queen's Day", 4, 30).sunday_to_saturday().until(2013),
    fixed("King's Day", 4, 27).sunday_to_saturday().since(2014),
    // A holiday every year by law, but a day off, by most collective agreements, every fifth.
    fixed("Liberation Day", 5, 5).every(5),
    ASCENSION,
    WHIT_SUNDAY,
    WHIT_MONDAY,
    CHRISTMAS,
    SECOND_CHRISTMAS,
];
