//! Procedures and their steps, as lines.

use super::exprs::{duration, pieces, prefixed, quoted};
use super::items::{counting, spread, values};
use super::lines::{Kind, Lines, Words, listed};
use crate::base::Span;
use crate::syntax::ast::{Action, ArgumentValue, Expr, ModeKind, Name, Procedure, Start, Step, Timing, TimingKind};

/// `procedure NAME "Title" for document was old { … }`
pub(super) fn procedure(lines: &mut Lines<'_>, procedure: &Procedure) {
    let mut header = vec![named("procedure", &procedure.name)];
    header.extend(procedure.title.iter().map(|title| quoted(&title.value)));
    header.extend(procedure.scope.iter().map(|scope| format!("for {}", scope.value)));
    header.extend(was(&procedure.was));
    let head = &procedure.head;
    lines.block(head.span, head.body, header, |lines| {
        let mut clauses = clauses(procedure).into_iter().peekable();
        for one in &procedure.steps {
            while let Some((span, words)) = clauses.next_if(|(span, _)| span.start < one.head.span.start) {
                lines.add(Kind::Plain, span, words);
            }
            step(lines, one);
        }
        for (span, words) in clauses {
            lines.add(Kind::Plain, span, words);
        }
    });
}

fn named(word: &str, name: &Name) -> String {
    format!("{word} {}", name.value)
}

fn was(names: &[Name]) -> Vec<String> {
    listed("was", &values(names))
}

/// The clauses of a procedure, in written order.
fn clauses(procedure: &Procedure) -> Vec<(Span, Words)> {
    let mut all: Vec<(Span, Words)> = Vec::new();
    all.extend(procedure.start.iter().map(|clause| (clause.span.0, start(clause))));
    all.extend(procedure.stop.iter().map(|condition| (condition.at(), clock("stop", worded("when", condition)))));
    all.extend(procedure.follow.iter().map(|follow| {
        let filter = follow.filter.as_ref().map_or_else(Vec::new, |filter| worded("where", filter));
        (follow.span.0, prefixed_or("follow documents", filter).into())
    }));
    all.extend(procedure.timing.iter().map(|clause| (clause.span.0, timing(clause).into())));
    all.extend(procedure.priority.iter().map(|value| (value.at(), worded("priority", value).into())));
    all.sort_by_key(|(span, _)| span.start);
    all
}

/// `words` before pieces, or alone.
fn prefixed_or(words: &str, pieces: Vec<String>) -> Vec<String> {
    if pieces.is_empty() { vec![words.to_owned()] } else { prefixed(&format!("{words} "), pieces) }
}

fn worded(words: &str, expr: &Expr) -> Vec<String> {
    prefixed(&format!("{words} "), pieces(expr))
}

fn start(start: &Start) -> Words {
    let mut all = start.when.as_ref().map_or_else(|| vec!["by assignment".to_owned()], |when| worded("when", when));
    all.extend(start.from.iter().flat_map(|from| worded("from", from)));
    clock("start", all)
}

/// `start …`, `stop …`: their conditions stand below each other.
fn clock(word: &str, condition: Vec<String>) -> Words {
    Words::table("start", vec![word.to_owned()], condition)
}

fn timing(timing: &Timing) -> Vec<String> {
    let TimingKind::Dip { from, counting: working_days } = &timing.kind else {
        return vec!["timing after previous".to_owned()];
    };
    let mut all = vec!["timing dip".to_owned()];
    all.extend(from.iter().flat_map(|from| worded("from", from)));
    all.extend(working_days.iter().map(|clause| format!("counting {}", counting(clause))));
    all
}

/// `step NAME "Title" MODIFIERS { … }`: on one line with one action and no results.
fn step(lines: &mut Lines<'_>, step: &Step) {
    let header = step_header(step);
    let head = &step.head;
    if let ([only], []) = (step.actions.as_slice(), step.results.as_slice()) {
        let mut line = header.clone();
        line.pieces.push(format!("{{ {} }}", action(only).join(" ")));
        if lines.fits(&line.text()) && !lines.has_comment(head.span) {
            lines.add(Kind::Plain, head.span, line);
            return;
        }
    }
    // Where the header has to be broken, it may be broken everywhere.
    let header = if lines.fits(&format!("{} {{", header.text())) { header } else { header.loose() };
    let results = spread(&step.results).map(|span| {
        let values = step.results.iter().enumerate();
        let values = values.map(|(at, name)| format!("{}{}", if at == 0 { "results " } else { "| " }, name.value));
        (Kind::Plain, span, values.collect::<Vec<_>>().into())
    });
    let actions = step.actions.iter().map(|one| (Kind::Plain, one.span.0, action(one).into()));
    let parts = actions.chain(results).collect();
    lines.block(head.span, head.body, header, |lines| lines.add_sorted(parts));
}

/// Name, title, day; then the other modifiers in the order from, at stop, when, mode, repeat, was.
/// `at stop` stands where the day would.
fn step_header(step: &Step) -> Words {
    let title = step.title.as_ref().map_or_else(String::new, |title| quoted(&title.value));
    let after = step.after.iter().map(|after| format!("after {}", duration(after)));
    let mut days: Vec<String> = after.chain(step.at_day.iter().map(|day| format!("at day {}", day.value))).collect();
    let mut rest: Vec<String> = step.from.iter().flat_map(|from| worded("from", from)).collect();
    let at_stop = step.at_stop.map(|_| "at stop".to_owned());
    if days.is_empty() && rest.is_empty() { &mut days } else { &mut rest }.extend(at_stop);
    let columns = vec![named("step", &step.name), title, days.join(" ")];
    rest.extend(step.when.iter().flat_map(|when| worded("when", when)));
    match step.mode.as_ref().map(|mode| &mode.kind) {
        Some(ModeKind::Manual) => rest.push("manual".to_owned()),
        Some(ModeKind::Automatic) => rest.push("automatic".to_owned()),
        Some(ModeKind::AutomaticIf(condition)) => rest.extend(worded("automatic if", condition)),
        None => {}
    }
    rest.extend(step.repeat.iter().map(|repeat| {
        let at_most =
            repeat.at_most.as_ref().map_or_else(String::new, |number| format!(" at most {} times", number.value));
        format!("repeat every {}{at_most}", duration(&repeat.every))
    }));
    rest.extend(was(&step.was));
    Words::table("steps", columns, rest)
}

/// `email customer using reminder`: breakable only where its conditions are.
fn action(action: &Action) -> Vec<String> {
    let mut all = vec![action.name.value.clone()];
    for argument in &action.arguments {
        let label = argument.label.as_ref().map_or_else(String::new, |label| format!("{} ", label.value));
        let value = match &argument.value {
            ArgumentValue::Expr(value) => pieces(value),
            ArgumentValue::Documents { collection, filter } => {
                let filter = filter.as_ref().map_or_else(Vec::new, |filter| worded("where", filter));
                prefixed_or(collection.value.word(), filter)
            }
        };
        let mut value = prefixed(&label, value).into_iter();
        if let (Some(last), Some(first)) = (all.last_mut(), value.next()) {
            last.push(' ');
            last.push_str(&first);
        }
        all.extend(value);
    }
    all
}
