//! Procedures and their steps, as lines.

use super::exprs::{duration, pieces, quoted};
use super::items::{counting, spread};
use super::lines::{Kind, Lines, Words, listed, prefixed};
use crate::base::Span;
use crate::syntax::ast::{
    Action, ArgumentValue, Expr, Head, ModeKind, Name, Procedure, Repeat, Start, Step, Timing, TimingKind,
};

/// `procedure NAME "Title" for document was old { … }`
pub(super) fn procedure(lines: &mut Lines<'_>, procedure: &Procedure) {
    let head = &procedure.head;
    let mut header = vec![named("procedure", &procedure.name)];
    header.extend(procedure.title.iter().map(|title| quoted(&title.value)));
    let scope = procedure.scope.iter().map(|scope| (scope.span, vec![format!("for {}", scope.value)]));
    header.extend(lines.in_order(until_body(head), scope.chain(was(&procedure.was)).collect()));
    lines.block(head.span, head.body, header, |lines| {
        let mut clauses = clauses(lines, procedure).into_iter().peekable();
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

fn was(names: &[Name]) -> Option<(Span, Vec<String>)> {
    spread(names).map(|span| (span, listed("was", names)))
}

/// The header of a block.
fn until_body(head: &Head) -> Span {
    Span { end: head.body.map_or(head.span.end, |body| body.start), ..head.span }
}

/// The clauses of a procedure, in written order.
fn clauses(lines: &Lines<'_>, procedure: &Procedure) -> Vec<(Span, Words)> {
    let mut all: Vec<(Span, Words)> = Vec::new();
    all.extend(procedure.start.iter().map(|clause| (clause.span.0, start(clause))));
    all.extend(procedure.stop.iter().map(|condition| (condition.at(), clock("stop", worded("when", condition)))));
    all.extend(procedure.follow.iter().map(|follow| {
        let filter = follow.filter.as_ref().map_or_else(Vec::new, |filter| worded("where", filter));
        (follow.span.0, prefixed_or("follow documents", filter).into())
    }));
    all.extend(procedure.timing.iter().map(|clause| (clause.span.0, timing(lines, clause).into())));
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

fn timing(lines: &Lines<'_>, timing: &Timing) -> Vec<String> {
    let TimingKind::Dip { from, counting: working_days } = &timing.kind else {
        return vec!["timing after previous".to_owned()];
    };
    let mut all = vec!["timing dip".to_owned()];
    let from = from.iter().map(|from| (from.at(), worded("from", from)));
    let counting = working_days.iter().map(|clause| (clause.span.0, vec![format!("counting {}", counting(clause))]));
    all.extend(lines.in_order(timing.span.0, from.chain(counting).collect()));
    all
}

/// `step NAME "Title" MODIFIERS { … }`: on one line with one action and no results.
fn step(lines: &mut Lines<'_>, step: &Step) {
    let head = &step.head;
    let header = step_header(lines, step);
    if let ([only], []) = (step.actions.as_slice(), step.results.as_slice()) {
        let mut line = header.clone();
        let words: Words = action(only).into();
        line.pieces.push(format!("{{ {} }}", words.text()));
        if lines.fits(&line.text()) && !lines.has_comment(head.span) {
            lines.add(Kind::Plain, head.span, line);
            return;
        }
    }
    // Where the header has to be broken, it may be broken everywhere.
    let header = if lines.fits(&format!("{} {{", header.text())) { header } else { header.loose() };
    let results = spread(&step.results).map(|span| {
        let values = step.results.iter().enumerate();
        let value = |(at, name): (usize, &Name)| format!("{}{}", if at == 0 { "results " } else { "| " }, name.value);
        let values = values.map(value);
        (Kind::Plain, span, values.collect::<Vec<_>>().into())
    });
    let actions = step.actions.iter().map(|one| (Kind::Plain, one.span.0, action(one).into()));
    let parts = actions.chain(results).collect();
    lines.block(head.span, head.body, header, |lines| lines.add_sorted(parts));
}

/// Name, title, day; then the other modifiers in the order from, at stop, when, mode, repeat, was.
/// `at stop` stands where the day would.
fn step_header(lines: &Lines<'_>, step: &Step) -> Words {
    let title = step.title.as_ref().map_or_else(String::new, |title| quoted(&title.value));
    let mut days: Vec<(Span, Vec<String>)> = Vec::new();
    days.extend(step.after.iter().map(|after| (after.span.0, vec![format!("after {}", duration(after))])));
    days.extend(step.at_day.iter().map(|day| (day.span, vec![format!("at day {}", day.value)])));
    let mut rest: Vec<(Span, Vec<String>)> = step.from.iter().map(|from| (from.at(), worded("from", from))).collect();
    let at_stop = step.at_stop.map(|at| (at.0, vec!["at stop".to_owned()]));
    if days.is_empty() && rest.is_empty() { &mut days } else { &mut rest }.extend(at_stop);
    rest.extend(step.when.iter().map(|when| (when.at(), worded("when", when))));
    rest.extend(step.mode.iter().map(|mode| (mode.span.0, self::mode(&mode.kind))));
    rest.extend(step.repeat.iter().map(|clause| (clause.span.0, vec![repeat(clause)])));
    rest.extend(was(&step.was));
    let mut columns = vec![named("step", &step.name), title];
    let header = until_body(&step.head);
    if lines.has_comment(header) {
        columns.retain(|column| !column.is_empty());
        days.append(&mut rest);
        columns.extend(lines.in_order(header, days));
        return columns.into();
    }
    let texts = |clauses: Vec<(Span, Vec<String>)>| clauses.into_iter().flat_map(|(_, pieces)| pieces);
    columns.push(texts(days).collect::<Vec<_>>().join(" "));
    Words::table("steps", columns, texts(rest).collect())
}

fn mode(kind: &ModeKind) -> Vec<String> {
    match kind {
        ModeKind::Manual => vec!["manual".to_owned()],
        ModeKind::Automatic => vec!["automatic".to_owned()],
        ModeKind::AutomaticIf(condition) => worded("automatic if", condition),
    }
}

fn repeat(repeat: &Repeat) -> String {
    let at_most = repeat.at_most.as_ref().map_or_else(String::new, |number| format!(" at most {} times", number.value));
    format!("repeat every {}{at_most}", duration(&repeat.every))
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
