//! Stub, replaced by the calendar branch.
use crate::base::Date;
/// Working days.
#[derive(Debug, Clone, Default)]
pub struct WorkingDays {
    weekend: Vec<u8>,
    own: Vec<Date>,
}
#[expect(missing_docs, reason = "stub")]
impl WorkingDays {
    #[must_use]
    pub fn new(weekend: &[u8], _countries: &[String], own_days: &[Date]) -> Self {
        Self { weekend: weekend.to_vec(), own: own_days.to_vec() }
    }
    #[must_use]
    pub fn is_working(&self, date: Date) -> bool {
        let day = u8::try_from(date.weekday().num_days_from_monday()).unwrap_or(0);
        !self.weekend.contains(&day) && !self.own.contains(&date)
    }
    #[must_use]
    pub fn up_to(&self, date: Date) -> i64 {
        let mut day = Date::new(2020, 1, 1).unwrap_or(date);
        let mut n = 0;
        while day <= date {
            n += i64::from(self.is_working(day));
            let Some(next) = day.plus_days(1) else { break };
            day = next;
        }
        n
    }
    #[must_use]
    pub fn first_with(&self, count: i64) -> Option<Date> {
        let mut day = Date::new(2020, 1, 1)?;
        loop {
            if self.up_to(day) >= count {
                return Some(day);
            }
            day = day.plus_days(1)?;
        }
    }
    #[must_use]
    pub fn next(&self, date: Date) -> Option<Date> {
        let mut day = date;
        while !self.is_working(day) {
            day = day.plus_days(1)?;
        }
        Some(day)
    }
    #[must_use]
    pub fn plus(&self, date: Date, days: i64) -> Option<Date> {
        let mut day = date;
        for _ in 0..days.abs() {
            day = day.plus_days(days.signum())?;
            while !self.is_working(day) {
                day = day.plus_days(days.signum())?;
            }
        }
        Some(day)
    }
}
