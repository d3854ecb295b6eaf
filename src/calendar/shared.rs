//! The holidays that several countries share.

use super::rules::{Rule, easter, fixed};

pub(super) const NEW_YEAR: Rule = fixed("New Year's Day", 1, 1);
pub(super) const EPIPHANY: Rule = fixed("Epiphany", 1, 6);
pub(super) const GOOD_FRIDAY: Rule = easter("Good Friday", -2);
pub(super) const EASTER_SUNDAY: Rule = easter("Easter Sunday", 0);
pub(super) const EASTER_MONDAY: Rule = easter("Easter Monday", 1);
pub(super) const ASCENSION: Rule = easter("Ascension Day", 39);
pub(super) const WHIT_SUNDAY: Rule = easter("Whit Sunday", 49);
pub(super) const WHIT_MONDAY: Rule = easter("Whit Monday", 50);
pub(super) const CORPUS_CHRISTI: Rule = easter("Corpus Christi", 60);
pub(super) const LABOUR_DAY: Rule = fixed("Labour Day", 5, 1);
pub(super) const ASSUMPTION: Rule = fixed("Assumption", 8, 15);
pub(super) const ALL_SAINTS: Rule = fixed("All Saints' Day", 11, 1);
pub(super) const ARMISTICE: Rule = fixed("Armistice Day", 11, 11);
pub(super) const CHRISTMAS: Rule = fixed("Christmas Day", 12, 25);
pub(super) const SECOND_CHRISTMAS: Rule = fixed("Second Day of Christmas", 12, 26);
