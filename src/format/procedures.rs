//! Procedures and their steps, as lines.

use super::exprs::{duration, pieces, prefixed, quoted};
use super::items::{counting, spread, values};
use super::lines::{Kind, Lines, listed};
use crate::base::Span;
use crate::syntax::ast::{Action, ArgumentValue, Expr, ModeKind, Name, Procedure, Start, Step, Timing, TimingKind};

/// `procedure NAME "Title" for document was old { … }`
pub(super) fn procedure(lines: &mut Lines<'_>, procedure: &Procedure) {
    let mut header = vec![named("procedure", &procedure.name)];
    header.extend(procedure.title.iter().map(|title| quoted(&title.value)));
    header.extend(procedure.scope.iter().map(|scope| format!("for {}", scope.value)));
    header.extend(was(&procedure.was));
    let head = &procedure.head;
    lines.block(head.span, head.body, &header, |lines| {
        let mut clauses = clauses(procedure).into_iter().peekable();
        for one in &procedure.steps {
            while let Some((span, pieces)) = clauses.next_if(|(span, _)| span.start < one.head.span.start) {
                lines.add(Kind::Plain, span, &pieces);
            }
            step(lines, one);
        }
        for (span, pieces) in clauses {
            lines.add(Kind::Plain, span, &pieces);
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
fn clauses(procedure: &Procedure) -> Vec<(Span, Vec<String>)> {
    let mut all = Vec::new();
    all.extend(procedure.start.iter().map(|clause| (clause.span.0, start(clause))));
    all.extend(procedure.stop.iter().map(|condition| (condition.at(), worded("stop when", condition))));
    all.extend(procedure.follow.iter().map(|follow| {
        let filter = follow.filter.as_ref().map_or_else(Vec::new, |filter| worded("where", filter));
        (follow.span.0, prefixed_or("follow documents", filter))
    }));
    all.extend(procedure.timing.iter().map(|clause| (clause.span.0, timing(clause))));
    all.extend(procedure.priority.iter().map(|value| (value.at(), worded("priority", value))));
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

fn start(start: &Start) -> Vec<String> {
    let mut all =
        start.when.as_ref().map_or_else(|| vec!["start by assignment".to_owned()], |when| worded("start when", when));
    all.extend(start.from.iter().flat_map(|from| worded("from", from)));
    all
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
        let line = format!("{} {{ {} }}", header.join(" "), action(only).join(" "));
        if lines.fits(&line) && !lines.has_comment(head.span) {
            lines.add(Kind::Plain, head.span, &[line]);
            return;
        }
    }
    let results = spread(&step.results).map(|span| {
        let values = step.results.iter().enumerate();
        let values = values.map(|(at, name)| format!("{}{}", if at == 0 { "results " } else { "| " }, name.value));
        (Kind::Plain, span, values.collect())
    });
    let actions = step.actions.iter().map(|one| (Kind::Plain, one.span.0, action(one)));
    let parts = actions.chain(results).collect();
    lines.block(head.span, head.body, &header, |lines| lines.add_sorted(parts));
}

/// Name, title and modifiers in the order after, at day, from, at stop, when, mode, repeat, was.
fn step_header(step: &Step) -> Vec<String> {
    let mut header = vec![named("step", &step.name)];
    header.extend(step.title.iter().map(|title| quoted(&title.value)));
    header.extend(step.after.iter().map(|after| format!("after {}", duration(after))));
    header.extend(step.at_day.iter().map(|day| format!("at day {}", day.value)));
    header.extend(step.from.iter().flat_map(|from| worded("from", from)));
    header.extend(step.at_stop.map(|_| "at stop".to_owned()));
    header.extend(step.when.iter().flat_map(|when| worded("when", when)));
    match step.mode.as_ref().map(|mode| &mode.kind) {
        Some(ModeKind::Manual) => header.push("manual".to_owned()),
        Some(ModeKind::Automatic) => header.push("automatic".to_owned()),
        Some(ModeKind::AutomaticIf(condition)) => header.extend(worded("automatic if", condition)),
        None => {}
    }
    header.extend(step.repeat.iter().map(|repeat| {
        let at_most =
            repeat.at_most.as_ref().map_or_else(String::new, |number| format!(" at most {} times", number.value));
        format!("repeat every {}{at_most}", duration(&repeat.every))
    }));
    header.extend(was(&step.was));
    header
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
