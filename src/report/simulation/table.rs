//! A simulation as a report to read: the assumption, the workload over time, steps, actions,
//! recipients, who came to the end, who was set aside.

use std::fmt::Write;

use crate::base::Date;
use crate::base::money::grouped;
use crate::report::grid::{self, Column};
use crate::report::number;
use crate::report::page::wrapped_after;
use crate::report::simulation::assumed_from;
use crate::report::style::Ink;
use crate::report::{Style, View};
use crate::run::simulate::{Flow, Simulation, Split};

/// Lines of a section about single customers; more are only counted.
const LONGEST_SECTION: usize = 20;
/// Columns of the longest bar.
const BAR: u64 = 40;
/// Text is not set wider than this: long lines read badly.
const WIDEST: usize = 100;

/// What the report shows.
#[derive(Clone, Copy)]
pub struct Table<'a> {
    /// What was simulated.
    pub simulation: &'a Simulation,
    /// The name of a customer, by id.
    pub name: &'a dyn Fn(&str) -> Option<String>,
    /// What places are shown with.
    pub view: View<'a>,
    /// Colours and width.
    pub style: Style,
}

/// A stretch of the chart: how it is called, and the rows that were new in it.
struct Stretch {
    name: String,
    new: Split,
}

impl Table<'_> {
    /// The whole report.
    #[must_use]
    pub fn render(&self) -> String {
        let mut out = self.headline();
        for section in [
            self.summary(),
            self.chart(),
            self.steps(),
            self.flows("Actions", "action", self.simulation.actions.iter()),
            self.flows("Recipients", "recipient", self.simulation.recipients.iter()),
            self.last_steps(),
            self.set_aside(),
        ] {
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
        let period = self.simulation.period;
        let title = self.strong(&format!("Simulation from {} to {}", period.from, period.to));
        let days = number(self.simulation.days.len() as u64, "day", "days");
        let customers = number(self.simulation.customers, "customer", "customers");
        let told = format!("{customers}, {days}. {}", assumed_from(period.from, period.assumptions));
        let told = wrapped_after(&told, 0, self.style.width.min(WIDEST));
        let faint: Vec<String> = told.lines().map(|line| self.style.paint(Ink::Faint, line)).collect();
        format!("{title}\n{}\n", faint.join("\n"))
    }

    fn summary(&self) -> String {
        let mut all = Flow::default();
        let (mut deferred, mut started, mut ended) = (0, 0, 0);
        for day in &self.simulation.days {
            all.suggested = plus(all.suggested, day.new);
            all.done = plus(all.done, day.done);
            deferred += day.deferred;
            started += day.started;
            ended += day.ended;
        }
        if all.suggested.total() == 0 {
            return "Nothing was suggested on any day.\n".to_owned();
        }
        let left = self.simulation.days.last().map(|day| day.open).unwrap_or_default();
        let rows = [("suggested", all.suggested), ("done", all.done), ("open on the last day", left)];
        let mut names: Vec<String> = rows.iter().map(|(name, _)| (*name).to_owned()).collect();
        let mut splits: Vec<[String; 3]> = rows.iter().map(|(_, split)| cells(*split)).collect();
        names.push("longest worklist".to_owned());
        let peak = |rows: fn(Split) -> u64| {
            self.simulation.peak(rows).map_or_else(|| "0".to_owned(), |(_, rows)| grouped(&rows.to_string()))
        };
        splits.push([peak(|split| split.automatic), peak(|split| split.manual), peak(Split::total)]);
        names.push("  on".to_owned());
        let on = |rows: fn(Split) -> u64| {
            self.simulation.peak(rows).map_or_else(|| "-".to_owned(), |(date, _)| date.to_string())
        };
        splits.push([on(|split| split.automatic), on(|split| split.manual), on(Split::total)]);
        let mut out = lines(self.columns("actions", names, &splits), self.style);
        let more = [
            (started, "procedure started", "procedures started"),
            (ended, "ended", "ended"),
            (deferred, "action put off by the contact policy", "actions put off by the contact policy"),
        ];
        let more: Vec<String> =
            more.iter().filter(|(many, ..)| *many > 0).map(|(many, one, all)| number(*many, one, all)).collect();
        if !more.is_empty() {
            let _ = writeln!(out, "  {}", more.join(", "));
        }
        out
    }

    fn columns(&self, title: &'static str, names: Vec<String>, splits: &[[String; 3]]) -> Vec<Column> {
        let side = |place: usize| splits.iter().map(move |split| split.get(place).cloned().unwrap_or_default());
        vec![
            Column::new(title, names).shrinks_to(12),
            Column::new("automatic", side(0)).right(),
            Column::new("by hand", side(1)).right(),
            Column::new("together", side(2)).right(),
        ]
    }

    fn chart(&self) -> String {
        let (by, stretches) = self.stretches();
        let most = stretches.iter().map(|stretch| stretch.new.total()).max().unwrap_or(0);
        if most == 0 {
            return String::new();
        }
        let bar = |split: Split| {
            let columns = |rows: u64| usize::try_from((rows * BAR).div_ceil(most)).unwrap_or(0);
            let whole = columns(split.total());
            let manual = columns(split.manual).min(whole);
            "█".repeat(manual) + &"░".repeat(whole - manual)
        };
        let names: Vec<String> = stretches.iter().map(|stretch| stretch.name.clone()).collect();
        let splits: Vec<[String; 3]> = stretches.iter().map(|stretch| cells(stretch.new)).collect();
        let mut columns = self.columns(by, names, &splits);
        columns.push(Column::new("█ by hand, ░ automatic", stretches.iter().map(|stretch| bar(stretch.new))));
        format!("{}\n{}", self.strong("New on the worklist"), lines(columns, self.style))
    }

    /// The days, weeks, months or years of the period: as many as can be read at a glance.
    fn stretches(&self) -> (&'static str, Vec<Stretch>) {
        let days = self.simulation.days.len();
        let week = |date: Date| {
            let back = i64::from(date.weekday().num_days_from_monday());
            date.plus_days(-back).unwrap_or(date).to_string()
        };
        let part = |date: Date, length: usize| date.to_string().get(..length).unwrap_or_default().to_owned();
        let (by, name): (&'static str, &dyn Fn(Date) -> String) = match days {
            ..=21 => ("day", &|date| date.to_string()),
            22..=185 => ("week of", &week),
            186..=1500 => ("month", &|date| part(date, 7)),
            _ => ("year", &|date| part(date, 4)),
        };
        let mut stretches: Vec<Stretch> = Vec::new();
        for day in &self.simulation.days {
            let name = name(day.date);
            match stretches.last_mut() {
                Some(last) if last.name == name => last.new = plus(last.new, day.new),
                _ => stretches.push(Stretch { name, new: day.new }),
            }
        }
        (by, stretches)
    }

    fn steps(&self) -> String {
        let steps = &self.simulation.steps;
        let figure = |of: fn(&crate::run::simulate::StepTotals) -> u64| {
            steps.iter().map(move |step| grouped(&of(step).to_string()))
        };
        let columns = vec![
            Column::new("step", steps.iter().map(|step| format!("{}.{}", step.procedure, step.step))).shrinks_to(16),
            Column::new("suggested", figure(|step| step.suggested)).right(),
            Column::new("done", figure(|step| step.done)).right(),
            Column::new("passed over", figure(|step| step.passed_over)).right(),
            Column::new("title", steps.iter().map(|step| step.title.clone())).shrinks_to(10).expendable(),
        ];
        format!("{}\n{}", self.strong("Steps"), lines(columns, self.style))
    }

    fn flows<'f>(
        &self,
        title: &str,
        column: &'static str,
        flows: impl ExactSizeIterator<Item = (&'f String, &'f Flow)>,
    ) -> String {
        if flows.len() == 0 {
            return String::new();
        }
        let mut flows: Vec<_> = flows.collect();
        flows.sort_by_key(|(name, flow)| (std::cmp::Reverse(flow.suggested.total()), *name));
        let name = |name: &String| if name.is_empty() { "(nobody)".to_owned() } else { name.clone() };
        let names = flows.iter().map(|(of, _)| name(of)).collect();
        let splits: Vec<[String; 3]> = flows.iter().map(|(_, flow)| cells(flow.suggested)).collect();
        let mut columns = self.columns(column, names, &splits);
        columns
            .push(Column::new("done", flows.iter().map(|(_, flow)| grouped(&flow.done.total().to_string()))).right());
        format!("{}\n{}", self.strong(title), lines(columns, self.style))
    }

    fn last_steps(&self) -> String {
        let mut reached: Vec<_> = self.simulation.last_steps.iter().collect();
        reached.sort_by_key(|reached| (reached.on, &reached.customer, &reached.procedure, &reached.document));
        let lines = reached.iter().map(|reached| {
            let document = reached.document.as_ref().map_or_else(String::new, |document| format!(" {document}"));
            let customer = self.customer(&reached.customer);
            format!("{}  {}.{}  {customer}{document}", reached.on, reached.procedure, reached.step)
        });
        self.section("Reached the last step", lines)
    }

    fn set_aside(&self) -> String {
        let lines = self.simulation.set_aside.iter().map(|aside| {
            let place = self.view.locate(&aside.diagnostic).short();
            let customer = if aside.customer.is_empty() { "(no customer)" } else { &aside.customer };
            let days = match aside.days {
                Some((from, days)) => format!("{} from {from}", number(days, "day", "days")),
                None => "always".to_owned(),
            };
            format!("{customer}  {days}  {}  {}  {place}", aside.diagnostic.message, aside.diagnostic.code.id)
        });
        self.section("Set aside because of their data", lines)
    }

    /// The id and, where it is another, the name.
    fn customer(&self, id: &str) -> String {
        match (self.name)(id).filter(|name| name != id) {
            Some(name) => format!("{id} {name}"),
            None => id.to_owned(),
        }
    }

    fn section(&self, title: &str, lines: impl ExactSizeIterator<Item = String>) -> String {
        let total = lines.len();
        if total == 0 {
            return String::new();
        }
        let mut out = format!("{} ({})\n", self.strong(title), grouped(&total.to_string()));
        for line in lines.take(LONGEST_SECTION) {
            let _ = writeln!(out, "  {line}");
        }
        if total > LONGEST_SECTION {
            let _ = writeln!(out, "  … and {} more: `--format json` has them all", total - LONGEST_SECTION);
        }
        out
    }
}

fn lines(columns: Vec<Column>, style: Style) -> String {
    grid::lines(columns, 2, style).iter().map(|line| format!("{line}\n")).collect()
}

fn cells(split: Split) -> [String; 3] {
    [split.automatic, split.manual, split.total()].map(|rows| grouped(&rows.to_string()))
}

const fn plus(one: Split, other: Split) -> Split {
    Split { automatic: one.automatic + other.automatic, manual: one.manual + other.manual }
}
