//! Procedures and their steps, as lines.

use super::exprs::{duration, pieces, prefixed, quoted};
use super::items::{counting, spread};
use super::lines::{Kind, Lines, Piece, Words, listed};
use crate::base::Span;
use crate::syntax::ast::{Action, ArgumentValue, Expr, ModeKind, Name, Procedure, Start, Step, Timing, TimingKind};

/// `procedure NAME "Title" for document was old { … }`
pub(super) fn procedure(lines: &mut Lines<'_>, procedure: &Procedure) {
    let mut header = vec![Piece::at(named("procedure", &procedure.name), procedure.name.span)];
    header.extend(procedure.title.iter().map(|title| Piece::at(quoted(&title.value), title.span)));
    header.extend(procedure.scope.iter().map(|scope| Piece::at(format!("for {}", scope.value), scope.span)));
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

fn was(names: &[Name]) -> Vec<Piece> {
    listed("was", names)
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
fn prefixed_or(words: &str, pieces: Vec<Piece>) -> Vec<Piece> {
    if pieces.is_empty() { vec![Piece::from(words.to_owned())] } else { prefixed(&format!("{words} "), pieces) }
}

fn worded(words: &str, expr: &Expr) -> Vec<Piece> {
    prefixed(&format!("{words} "), pieces(expr))
}

fn start(start: &Start) -> Words {
    let mut all =
        start.when.as_ref().map_or_else(|| vec![Piece::from("by assignment".to_owned())], |when| worded("when", when));
    all.extend(start.from.iter().flat_map(|from| worded("from", from)));
    clock("start", all)
}

/// `start …`, `stop …`: their conditions stand below each other.
fn clock(word: &str, condition: Vec<Piece>) -> Words {
    Words::table("start", vec![word.to_owned()], condition)
}

fn timing(timing: &Timing) -> Vec<Piece> {
    let TimingKind::Dip { from, counting: working_days } = &timing.kind else {
        return vec![Piece::from("timing after previous".to_owned())];
    };
    let mut all = vec![Piece::from("timing dip".to_owned())];
    all.extend(from.iter().flat_map(|from| worded("from", from)));
    all.extend(working_days.iter().map(|clause| Piece::at(format!("counting {}", counting(clause)), clause.span.0)));
    all
}

/// `step NAME "Title" MODIFIERS { … }`: on one line with one action and no results.
fn step(lines: &mut Lines<'_>, step: &Step) {
    let header = step_header(step);
    let head = &step.head;
    if let ([only], []) = (step.actions.as_slice(), step.results.as_slice()) {
        let mut line = header.clone();
        let words: Words = action(only).into();
        line.pieces.push(Piece::from(format!("{{ {} }}", words.text())));
        if lines.fits(&line.text()) && !lines.has_comment(head.span) {
            lines.add(Kind::Plain, head.span, line);
            return;
        }
    }
    // Where the header has to be broken, it may be broken everywhere.
    let header = if lines.fits(&format!("{} {{", header.text())) { header } else { header.loose() };
    let results = spread(&step.results).map(|span| {
        let values = step.results.iter().enumerate();
        let value = |(at, name): (usize, &Name)| {
            Piece::at(format!("{}{}", if at == 0 { "results " } else { "| " }, name.value), name.span)
        };
        let values = values.map(value);
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
    let mut rest: Vec<Piece> = step.from.iter().flat_map(|from| worded("from", from)).collect();
    let at_stop = step.at_stop.map(|at| (at.0, "at stop".to_owned()));
    let stop_span = at_stop.as_ref().map(|(span, _)| *span).filter(|_| days.is_empty() && rest.is_empty());
    if stop_span.is_some() {
        days.extend(at_stop.iter().map(|(_, text)| text.clone()));
    } else {
        rest.extend(at_stop.iter().map(|(span, text)| Piece::at(text.clone(), *span)));
    }
    let columns = vec![named("step", &step.name), title, days.join(" ")];
    rest.extend(step.when.iter().flat_map(|when| worded("when", when)));
    match step.mode.as_ref().map(|mode| &mode.kind) {
        Some(ModeKind::Manual) => rest.extend(step.mode.iter().map(|mode| Piece::at("manual".to_owned(), mode.span.0))),
        Some(ModeKind::Automatic) => {
            rest.extend(step.mode.iter().map(|mode| Piece::at("automatic".to_owned(), mode.span.0)));
        }
        Some(ModeKind::AutomaticIf(condition)) => rest.extend(worded("automatic if", condition)),
        None => {}
    }
    rest.extend(step.repeat.iter().map(|repeat| {
        let at_most =
            repeat.at_most.as_ref().map_or_else(String::new, |number| format!(" at most {} times", number.value));
        Piece::at(format!("repeat every {}{at_most}", duration(&repeat.every)), repeat.span.0)
    }));
    rest.extend(was(&step.was));
    let spans = [step.title.as_ref().map(|title| title.span), step.at_day.as_ref().map(|day| day.span)];
    let spans = spans.into_iter().chain([step.after.as_ref().map(|after| after.span.0), stop_span]).flatten();
    let end = spans.map(|span| span.end).max().unwrap_or(step.name.span.end);
    Words { columns_end: Some(end), ..Words::table("steps", columns, rest) }
}

/// `email customer using reminder`: breakable only where its conditions are.
fn action(action: &Action) -> Vec<Piece> {
    let mut all = vec![Piece::at(action.name.value.clone(), action.name.span)];
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
            last.text.push(' ');
            last.text.push_str(&first.text);
            last.place = last.place.zip(first.place).map(|(last, first)| last.to(first));
        }
        all.extend(value);
    }
    all
}
