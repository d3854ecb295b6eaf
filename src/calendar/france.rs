//! The public holidays of France, without those of Alsace, Moselle and overseas only.

use super::rules::{Rule, fixed};
use super::shared::{
    ALL_SAINTS, ARMISTICE, ASCENSION, ASSUMPTION, CHRISTMAS, EASTER_MONDAY, LABOUR_DAY, NEW_YEAR, WHIT_MONDAY,
};

pub(super) const FRANCE: &[Rule] = &[
    NEW_YEAR,
    EASTER_MONDAY,
    LABOUR_DAY,
    fixed("Victory Day", 5, 8),
    ASCENSION,
    // From 2005 to 2007 it was worked, as the day of solidarity.
    WHIT_MONDAY.until(2004),
    WHIT_MONDAY.since(2008),
    fixed("National Day", 7, 14),
    ASSUMPTION,
    ALL_SAINTS,
    ARMISTICE,
    CHRISTMAS,
];
