//! The public holidays of Germany: those of every Land, and those that each adds.
//!
//! Holidays of single towns and of mostly Catholic communities only (Assumption in Bavaria, Corpus Christi in
//! parts of Saxony and Thuringia, the Peace Festival of Augsburg) are in no calendar.

use chrono::Weekday::Wed;

use super::rules::{Rule, first_from, fixed};
use super::shared::{
    ALL_SAINTS, ASCENSION, ASSUMPTION, CHRISTMAS, CORPUS_CHRISTI, EASTER_MONDAY, EASTER_SUNDAY, EPIPHANY, GOOD_FRIDAY,
    LABOUR_DAY, NEW_YEAR, SECOND_CHRISTMAS, WHIT_MONDAY, WHIT_SUNDAY,
};

const REFORMATION: Rule = fixed("Reformation Day", 10, 31);
const WOMENS_DAY: Rule = fixed("Women's Day", 3, 8);
const LIBERATION: Rule = fixed("Liberation from National Socialism", 5, 8);

pub(super) const EVERYWHERE: &[Rule] = &[
    NEW_YEAR,
    GOOD_FRIDAY,
    EASTER_MONDAY,
    LABOUR_DAY,
    ASCENSION,
    WHIT_MONDAY,
    fixed("German Unity Day", 10, 3),
    REFORMATION.only_in(2017),
    CHRISTMAS,
    SECOND_CHRISTMAS,
];

pub(super) const BADEN_WUERTTEMBERG: &[Rule] = &[EPIPHANY, CORPUS_CHRISTI, ALL_SAINTS];
pub(super) const BAVARIA: &[Rule] = &[EPIPHANY, CORPUS_CHRISTI, ALL_SAINTS];
pub(super) const BERLIN: &[Rule] = &[
    WOMENS_DAY.since(2019),
    LIBERATION.only_in(2020),
    LIBERATION.only_in(2025),
    fixed("Uprising of 17 June 1953", 6, 17).only_in(2028),
];
pub(super) const BRANDENBURG: &[Rule] = &[EASTER_SUNDAY, WHIT_SUNDAY, REFORMATION];
pub(super) const BREMEN: &[Rule] = &[REFORMATION.since(2018)];
pub(super) const HAMBURG: &[Rule] = &[REFORMATION.since(2018)];
pub(super) const HESSE: &[Rule] = &[CORPUS_CHRISTI];
pub(super) const LOWER_SAXONY: &[Rule] = &[REFORMATION.since(2018)];
pub(super) const MECKLENBURG_VORPOMMERN: &[Rule] = &[WOMENS_DAY.since(2023), REFORMATION];
pub(super) const NORTH_RHINE_WESTPHALIA: &[Rule] = &[CORPUS_CHRISTI, ALL_SAINTS];
pub(super) const RHINELAND_PALATINATE: &[Rule] = &[CORPUS_CHRISTI, ALL_SAINTS];
pub(super) const SAARLAND: &[Rule] = &[CORPUS_CHRISTI, ASSUMPTION, ALL_SAINTS];
// The Wednesday before 23 November: eleven days before Advent.
pub(super) const SAXONY: &[Rule] = &[REFORMATION, first_from("Repentance and Prayer Day", Wed, 11, 16)];
pub(super) const SAXONY_ANHALT: &[Rule] = &[EPIPHANY, REFORMATION];
pub(super) const SCHLESWIG_HOLSTEIN: &[Rule] = &[REFORMATION.since(2018)];
pub(super) const THURINGIA: &[Rule] = &[fixed("Children's Day", 9, 20).since(2019), REFORMATION];
