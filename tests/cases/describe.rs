//! What a case's snapshot shows of a plan, a worklist and a finding: short lines a reader can check.

use dunlin::base::{Diagnostic, Place, Severity, Sources, Span};
use dunlin::check::tree::{Coverage, Interval, Mode, Recipient, Scope};
use dunlin::plan::{Action, Clock, Plan, Procedure, Start, Step};
use dunlin::run::Explanation;
use dunlin::run::why::Line;
use dunlin::run::worklist::{Row, RowMode, Worklist};

/// A finding in one line, its further places, help and fix below.
pub(crate) fn finding(finding: &Diagnostic, sources: &Sources) -> String {
    let severity = match finding.severity() {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint => "hint",
    };
    let mut lines = vec![format!("{severity} {}: {}", finding.code.id, finding.message)];
    for label in &finding.labels {
        lines.push(format!("    at {}", place(&label.place, sources)));
        if !label.text.is_empty() {
            lines.push(format!("       {}", label.text));
        }
    }
    lines.extend(finding.help.iter().map(|help| format!("    help: {help}")));
    lines.extend(finding.fixes.iter().map(|fix| format!("    fix: {}", fix.title)));
    lines.join("\n")
}

fn place(place: &Place, sources: &Sources) -> String {
    match place {
        Place::Text(span) => {
            let written = sources.slice(*span).lines().next().unwrap_or("").trim_end();
            format!("{} `{written}`", sources.place(*span))
        }
        Place::Data(data) => {
            let number = |part: Option<u64>| part.map_or(String::new(), |number| format!(":{number}"));
            let excerpt = data.excerpt.as_ref().map_or(String::new(), |text| format!(" `{text}`"));
            format!("{}{}{}{excerpt}", data.file, number(data.line), number(data.column))
        }
    }
}

/// What a run gave, one line a row.
pub(crate) fn worklist(list: &Worklist, sources: &Sources) -> String {
    let mut lines: Vec<String> = list.rows.iter().map(row).collect();
    lines.extend(list.withheld.iter().map(|held| format!("withheld: {}: {}", row(&held.row), held.reason)));
    lines.extend(list.deferred.iter().map(|late| format!("deferred to {}: {}", late.until, row(&late.row))));
    lines.extend(list.passed_over.iter().map(|step| {
        let document = step.document.as_ref().map_or(String::new(), |id| format!(" {id}"));
        format!("passed over: {}{document} {}.{} reached {}", step.customer, step.procedure, step.step, step.reached_on)
    }));
    lines.extend(
        list.set_aside
            .iter()
            .map(|aside| format!("set aside: {}: {}", aside.customer, finding(&aside.diagnostic, sources))),
    );
    lines.extend(list.findings.iter().map(|said| finding(said, sources)));
    lines.join("\n")
}

pub(crate) fn row(row: &Row) -> String {
    let mut words = vec![row.customer.clone(), format!("{}.{}", row.procedure, row.step), row.action.clone()];
    if !row.recipient.is_empty() {
        words.push(format!("to {}", row.recipient));
    }
    words.extend(row.language.iter().map(|language| format!("in {language}")));
    words.push(format!("[{}]", row.documents.join(" ")));
    words.extend(row.amount.iter().map(ToString::to_string));
    words.extend(row.dip.iter().map(|dip| format!("dip {dip}")));
    words.push(format!("reached {}", row.reached_on));
    words.extend(row.priority.iter().map(|priority| format!("priority {priority}")));
    words.push(if row.mode == RowMode::Automatic { "automatic".into() } else { "manual".into() });
    words.push(format!("#{}", row.id));
    words.join(" ")
}

/// What is left to execute, defaults filled in.
pub(crate) fn plan(plan: &Plan, sources: &Sources) -> String {
    let mut lines = Vec::new();
    for rule in &plan.assignment {
        let name = rule.procedure.map_or("none", |id| plan.procedures[id.0].name.as_str());
        let when = rule.when.as_ref().map_or("otherwise".to_owned(), |when| sources.slice(when.span).to_owned());
        lines.push(format!("assign {name}: {when}"));
    }
    for of in &plan.procedures {
        lines.push(procedure(of, plan, sources));
        lines.extend(of.steps.iter().chain(&of.at_stop).map(|one| step(one, sources)));
    }
    lines.join("\n")
}

fn procedure(of: &Procedure, plan: &Plan, sources: &Sources) -> String {
    let scope = if of.scope == Scope::Customer { "customer" } else { "document" };
    let written = |expr: &dunlin::check::tree::Expr| sources.slice(expr.span).to_owned();
    let start = match &of.start {
        Start::Assignment { .. } => "by assignment".to_owned(),
        Start::Conditions { start, stop, .. } => {
            let stop = stop.as_ref().map_or("it no longer does".to_owned(), written);
            format!("while {} until {stop}", written(start))
        }
    };
    let kinds = if of.follow.invoices_only { "invoices" } else { "documents" };
    let status =
        of.follow.only_status.map_or(String::new(), |code| format!(" of status {}", plan.ledger.statuses.value(code)));
    let filter = of.follow.filter.as_ref().map_or(String::new(), |filter| format!(" where {}", written(filter)));
    let clock = match &of.clock {
        Clock::Dip { anchor, working } => {
            let anchor = anchor.as_ref().map_or("due_date".to_owned(), written);
            format!("dip from {anchor}{}", if working.is_some() { " in working days" } else { "" })
        }
        Clock::AfterPrevious => "after previous".to_owned(),
    };
    format!("procedure {} for {scope}, {start}, follows {kinds}{status}{filter}, {clock}", of.name)
}

fn step(of: &Step, sources: &Sources) -> String {
    let mut words = vec![format!("    step {}", of.name)];
    words.extend(of.after.iter().map(interval).map(|time| format!("after {time}")));
    words.extend(of.at_day.iter().map(|day| format!("at day {day}")));
    words.extend(of.from.iter().map(|from| format!("from {}", sources.slice(from.span))));
    words.extend(of.when.iter().map(|when| format!("when {}", sources.slice(when.span))));
    words.push(match &of.mode {
        Mode::Manual => "manual".to_owned(),
        Mode::Automatic => "automatic".to_owned(),
        Mode::AutomaticIf(condition) => format!("automatic if {}", sources.slice(condition.span)),
    });
    if let Some(repeat) = &of.repeat {
        let most = repeat.at_most.map_or("without end".to_owned(), |most| format!("at most {most} times"));
        words.push(format!("every {} {most}", interval(&repeat.every)));
    }
    let actions: Vec<String> = of.actions.iter().map(action).collect();
    format!("{}: {}", words.join(" "), actions.join("; "))
}

fn interval(of: &Interval) -> String {
    format!("{} {}days", of.days, if of.working.is_some() { "working " } else { "" })
}

fn action(of: &Action) -> String {
    let to = match &of.recipient {
        None => String::new(),
        Some(Recipient::Customer) => " to customer".to_owned(),
        Some(Recipient::Role(role)) => format!(" to {role}"),
    };
    let covering = match &of.covering {
        None => "",
        Some(Coverage::Overdue) => " covering overdue",
        Some(Coverage::Reached) => " covering reached",
        Some(Coverage::Documents(..)) => " covering as written",
    };
    let flags = [(of.contact, " contact"), (of.claims, " claims"), (of.by_hand, " by hand")];
    let flags: String = flags.iter().filter(|(set, _)| *set).map(|(_, word)| *word).collect();
    format!("{}{to}{covering}{flags}", of.name)
}

/// What `why` tells, with the line of the program each thing is decided on.
pub(crate) fn why(explanation: Option<&Explanation>, sources: &Sources) -> String {
    let Some(explanation) = explanation else { return "no such customer".to_owned() };
    let mut lines = Vec::new();
    for section in &explanation.sections {
        lines.push(format!("{}{}", section.title, at(section.source, sources)));
        section.lines.iter().for_each(|line| told(line, 1, sources, &mut lines));
    }
    lines.join("\n")
}

fn told(line: &Line, depth: usize, sources: &Sources, lines: &mut Vec<String>) {
    lines.push(format!("{}{:?}: {}{}", "    ".repeat(depth), line.verdict, line.text, at(line.source, sources)));
    line.details.iter().for_each(|detail| told(detail, depth + 1, sources, lines));
}

fn at(span: Option<Span>, sources: &Sources) -> String {
    span.map_or(String::new(), |span| format!(" ({})", sources.place(span)))
}
