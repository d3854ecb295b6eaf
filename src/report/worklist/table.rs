//! The worklist as a table to read: by procedure, the most pressing first, with totals and with
//! everything that is not suggested.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use crate::base::money::grouped;
use crate::base::{Currency, Date, Decimal, Money};
use crate::report::grid::{self, Column};
use crate::report::number;
use crate::report::style::Ink;
use crate::report::worklist::mode_word;
use crate::report::{Style, View};
use crate::run::Worklist;
use crate::run::worklist::{Row, RowMode};

/// Lines of a section about what is not suggested; more are only counted.
const LONGEST_SECTION: usize = 20;

/// Characters of an id that are shown: their beginning stands for it.
const SHORT_ID: usize = 8;

/// What the table shows.
pub struct Table<'a> {
    /// The result of the run.
    pub worklist: &'a Worklist,
    /// The day of the run.
    pub date: Date,
    /// The name of a customer, by id.
    pub name: &'a dyn Fn(&str) -> Option<String>,
    /// The title of a procedure, by name.
    pub title: &'a dyn Fn(&str) -> Option<String>,
    /// What places are shown with.
    pub view: View<'a>,
    /// Colours and width.
    pub style: Style,
}

impl Table<'_> {
    /// The whole table.
    #[must_use]
    pub fn render(&self) -> String {
        let mut out = self.headline();
        for (procedure, rows) in self.by_procedure() {
            out.push('\n');
            out.push_str(&self.procedure(procedure, &rows));
        }
        out.push('\n');
        out.push_str(&self.totals());
        for section in [self.deferred(), self.withheld(), self.passed_over(), self.set_aside()] {
            if !section.is_empty() {
                out.push('\n');
                out.push_str(&section);
            }
        }
        out
    }

    fn strong(&self, text: &str) -> String {
        self.style.paint(Ink::Strong, text)
    }

    fn headline(&self) -> String {
        let date = chrono::NaiveDate::from(self.date);
        let title = self.strong(&format!("Worklist of {}", date.format("%A %-d %B %Y")));
        let totals = self.worklist.totals;
        let looked_at = format!(
            "{}, {}, {} overdue",
            number(totals.customers, "customer", "customers"),
            number(totals.open_documents, "open document", "open documents"),
            grouped(&totals.overdue_documents.to_string())
        );
        format!("{title}\n{}\n", self.style.paint(Ink::Faint, &looked_at))
    }

    /// The rows of each procedure, the highest priority first, otherwise in the order of the run.
    fn by_procedure(&self) -> BTreeMap<&str, Vec<&Row>> {
        let mut groups: BTreeMap<&str, Vec<&Row>> = BTreeMap::new();
        for row in &self.worklist.rows {
            groups.entry(&row.procedure).or_default().push(row);
        }
        for rows in groups.values_mut() {
            rows.sort_by_key(|row| std::cmp::Reverse(row.priority));
        }
        groups
    }

    fn procedure(&self, procedure: &str, rows: &[&Row]) -> String {
        let mut out = String::new();
        let title = (self.title)(procedure).filter(|title| title != procedure);
        let title = title.map_or_else(String::new, |title| format!("  {title}"));
        let _ = writeln!(out, "{}{title}", self.strong(procedure));
        for line in grid::lines(self.columns(rows), 2, self.style) {
            let _ = writeln!(out, "{line}");
        }
        out
    }

    fn columns(&self, rows: &[&Row]) -> Vec<Column> {
        let previous = || std::iter::once(None).chain(rows.iter().map(Some));
        let customers = rows.iter().zip(previous()).map(|(row, previous)| {
            let again = previous.is_some_and(|previous| previous.customer == row.customer);
            if again { String::new() } else { self.customer(&row.customer) }
        });
        let steps = rows.iter().zip(previous()).map(|(row, previous)| {
            let again = previous
                .is_some_and(|p| (&p.customer, &p.step, &p.documents) == (&row.customer, &row.step, &row.documents));
            if again { String::new() } else { row.step.clone() }
        });
        vec![
            Column::new("customer", customers).shrinks_to(10),
            Column::new("step", steps).shrinks_to(8),
            Column::new("action", rows.iter().map(|row| action(row))).shrinks_to(12),
            Column::new("by", rows.iter().map(|row| by(row.mode).to_owned())).expendable(),
            Column::new("day", rows.iter().map(|row| row.dip.map(|dip| dip.to_string()).unwrap_or_default())).right(),
            Column::lists("documents", rows.iter().map(|row| row.documents.clone())).shrinks_to(9).expendable(),
            Column::new(
                "amount",
                rows.iter().map(|row| row.amount.map(|amount| amount.to_string()).unwrap_or_default()),
            )
            .right(),
            // Enough of it for `dunlin done`.
            Column::new("id", rows.iter().map(|row| row.id.chars().take(SHORT_ID).collect())).expendable(),
        ]
    }

    /// The id and, where it is another, the name.
    fn customer(&self, id: &str) -> String {
        match (self.name)(id).filter(|name| name != id) {
            Some(name) => format!("{id} {name}"),
            None => id.to_owned(),
        }
    }

    fn totals(&self) -> String {
        let rows = &self.worklist.rows;
        if rows.is_empty() {
            return "Nothing to do.\n".to_owned();
        }
        let customers: BTreeSet<&str> = rows.iter().map(|row| row.customer.as_str()).collect();
        let automatic = rows.iter().filter(|row| row.mode == RowMode::Automatic).count();
        let mut out = format!(
            "{}: {} automatic, {} by hand\n",
            self.strong(&format!(
                "{} for {}",
                number(rows.len() as u64, "action", "actions"),
                number(customers.len() as u64, "customer", "customers")
            )),
            grouped(&automatic.to_string()),
            grouped(&(rows.len() - automatic).to_string())
        );
        for line in self.amounts() {
            let _ = writeln!(out, "{line}");
        }
        out
    }

    /// What is asked for, by currency and by who asks: what concerns the same documents counts once.
    fn amounts(&self) -> Vec<String> {
        let mut asked = BTreeMap::<Currency, [BTreeMap<(&str, &[String]), Decimal>; 3]>::new();
        for row in self.worklist.rows.iter().filter(|row| !row.recipient.is_empty()) {
            let Some(amount) = row.amount else { continue };
            let [automatic, by_hand, together] = asked.entry(amount.currency).or_default();
            let own = if row.mode == RowMode::Automatic { automatic } else { by_hand };
            for side in [own, together] {
                let known = side.entry((&row.customer, &row.documents)).or_insert(amount.amount);
                *known = amount.amount.max(*known);
            }
        }
        let sum = |side: usize| {
            asked.iter().map(move |(currency, sides)| {
                let mut amounts = sides.get(side).into_iter().flat_map(BTreeMap::values);
                let sum = amounts.try_fold(Decimal::ZERO, |sum, amount| sum.plus(*amount));
                sum.map_or_else(|| "too large".to_owned(), |sum| grouped(&Money::new(sum, *currency).plain()))
            })
        };
        let columns = vec![
            Column::new("asked for", asked.keys().map(ToString::to_string)),
            Column::new("automatic", sum(0)).right(),
            Column::new("by hand", sum(1)).right(),
            Column::new("together", sum(2)).right(),
        ];
        if asked.is_empty() { Vec::new() } else { grid::lines(columns, 2, self.style) }
    }

    fn deferred(&self) -> String {
        let lines = self
            .worklist
            .deferred
            .iter()
            .map(|put| format!("{}  until {}: {}", self.named(&put.row), put.until, put.reason));
        self.section("Put off", lines)
    }

    fn withheld(&self) -> String {
        let lines = self.worklist.withheld.iter().map(|kept| format!("{}  {}", self.named(&kept.row), kept.reason));
        self.section("Withheld", lines)
    }

    fn named(&self, row: &Row) -> String {
        let document = row.document.as_ref().map_or_else(String::new, |document| format!("  {document}"));
        format!("{}  {}.{}{document}  {}", self.customer(&row.customer), row.procedure, row.step, action(row))
    }

    fn passed_over(&self) -> String {
        let mut steps: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for step in &self.worklist.passed_over {
            let subject = step.document.as_ref().unwrap_or(&step.customer).clone();
            steps.entry(format!("{}.{}", step.procedure, step.step)).or_default().push(subject);
        }
        let widest = steps.keys().map(String::len).max().unwrap_or(0);
        let lines = steps.iter().map(|(step, subjects)| {
            let room = self.style.width.min(120).saturating_sub(widest + 12).max(10);
            format!("{step:widest$}  {:>6}  {}", grouped(&subjects.len().to_string()), grid::first_few(subjects, room))
        });
        self.section("Passed over without an outcome", lines)
    }

    fn set_aside(&self) -> String {
        let lines = self.worklist.set_aside.iter().map(|aside| {
            let place = self.view.locate(&aside.diagnostic).short();
            let customer = if aside.customer.is_empty() { "(no customer)" } else { &aside.customer };
            format!("{customer}  {}  {}  {place}", aside.diagnostic.message, aside.diagnostic.code.id)
        });
        self.section("Set aside because of their data", lines)
    }

    fn section(&self, title: &str, lines: impl ExactSizeIterator<Item = String>) -> String {
        let total = lines.len();
        if total == 0 {
            return String::new();
        }
        let mut out = format!("{} ({total})\n", self.strong(title));
        for line in lines.take(LONGEST_SECTION) {
            let _ = writeln!(out, "  {line}");
        }
        if total > LONGEST_SECTION {
            let _ = writeln!(out, "  … and {} more: `--format json` has them all", total - LONGEST_SECTION);
        }
        out
    }
}

fn action(row: &Row) -> String {
    if row.recipient.is_empty() { row.action.clone() } else { format!("{} {}", row.action, row.recipient) }
}

const fn by(mode: RowMode) -> &'static str {
    match mode {
        RowMode::Automatic => mode_word(mode),
        RowMode::Manual => "hand",
    }
}
