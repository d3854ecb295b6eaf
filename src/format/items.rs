//! Declarations other than procedures, as lines.

use super::exprs::{duration, pieces, quoted, text};
use super::lines::{Kind, Lines, Words, listed, prefixed, suffixed};
use super::procedures::procedure;
use crate::base::{Date, Span, Spanned};
use crate::syntax::ast::{
    ActionDecl, Assign, AssignRule, Block, Calendar, ContactPolicy, Counting, Define, Event, EventKind, Expr, Field,
    Holidays, Item, Ledger, Name, Parameter, Record, StepRef, Template, Test,
};

/// A part of a block: what it is, where it stood, and what it says.
type Part = (Kind, Span, Words);

/// A declaration.
pub(super) fn item(lines: &mut Lines<'_>, item: &Item) {
    match item {
        Item::Ledger(item) => ledger(lines, item),
        Item::Calendar(item) => calendar(lines, item),
        Item::Define(item) => define(lines, item),
        Item::Template(item) => template(lines, item),
        Item::Action(item) => action(lines, item),
        Item::Assign(item) => assign(lines, item),
        Item::Procedure(item) => procedure(lines, item),
        Item::ContactPolicy(item) => contact_policy(lines, item),
        Item::Test(item) => test(lines, item),
    }
}

/// From the first of names to the last.
pub(super) fn spread(names: &[Name]) -> Option<Span> {
    names.iter().map(|name| name.span).reduce(Span::to)
}

fn ledger(lines: &mut Lines<'_>, ledger: &Ledger) {
    let head = &ledger.head;
    lines.block(head.span, head.body, "ledger", |lines| {
        let mut parts: Vec<(Span, LedgerPart<'_>)> = Vec::new();
        parts.extend(
            ledger.currency.iter().map(|name| (name.span, LedgerPart::Line(format!("currency {}", name.value)))),
        );
        let entities = [
            ("customer", ledger.customer_block, &ledger.customer),
            ("document", ledger.document_block, &ledger.document),
        ];
        for (word, block, fields) in entities {
            parts.extend(block.map(|block| (block.span, LedgerPart::Entity(word, block, fields.as_slice()))));
        }
        let recipients = || listed("recipient", &ledger.recipients);
        parts.extend(spread(&ledger.recipients).map(|span| (span, LedgerPart::Recipients(recipients()))));
        parts.sort_by_key(|(span, _)| span.start);
        for (span, part) in parts {
            match part {
                LedgerPart::Line(text) => lines.add(Kind::Plain, span, text),
                LedgerPart::Recipients(pieces) => lines.add(Kind::Plain, span, pieces),
                LedgerPart::Entity(word, block, fields) => entity(lines, word, block, fields),
            }
        }
    });
}

/// What a ledger holds.
enum LedgerPart<'a> {
    Line(String),
    Recipients(Vec<String>),
    Entity(&'static str, Block, &'a [Field]),
}

fn entity(lines: &mut Lines<'_>, word: &str, block: Block, fields: &[Field]) {
    lines.block(block.span, block.body, word, |lines| {
        for field in fields {
            let last = field.ty.len().saturating_sub(1);
            let values = field.ty.iter().enumerate().map(|(at, value)| {
                let optional = if at == last && field.optional.is_some() { "?" } else { "" };
                let bar = if at == 0 { "" } else { "| " };
                format!("{bar}{}{optional}", value.value)
            });
            let name = format!("{}:", field.name.value);
            lines.add(Kind::Plain, field.span.0, Words::table("fields", vec![name], values.collect()));
        }
    });
}

/// A block whose parts stand on one line where they fit and no comment stands in it. Such lines have
/// columns: the header, then each part.
fn one_line_block(
    lines: &mut Lines<'_>,
    span: Span,
    body: Option<Span>,
    header: &str,
    parts: Vec<Part>,
    (kind, table): (Kind, &str),
) {
    let mut inside: Vec<String> = parts.iter().map(|(_, _, words)| format!(" {}", words.text())).collect();
    if let (Some(first), false) = (inside.first_mut(), lines.has_comment(span)) {
        first.insert(0, '{');
        let last = inside.pop().unwrap_or_default();
        inside.insert(0, header.to_owned());
        let words = Words::table(table, inside, vec![format!("{last} }}")]);
        if lines.fits(&words.text()) {
            lines.add(kind, span, words);
            return;
        }
    }
    lines.block(span, body, header, |lines| lines.add_sorted(parts));
}

fn calendar(lines: &mut Lines<'_>, calendar: &Calendar) {
    let mut parts: Vec<Part> = Vec::new();
    parts
        .extend(spread(&calendar.weekend).map(|span| (Kind::Plain, span, listed("weekend", &calendar.weekend).into())));
    let sources = calendar.holidays.iter().map(|source| match source {
        Holidays::Country(name) => name.clone(),
        Holidays::File(file) => Name::new(quoted(&file.value), file.span),
    });
    let sources: Vec<Name> = sources.collect();
    parts.extend(spread(&sources).map(|span| (Kind::Plain, span, listed("holidays", &sources).into())));
    parts.sort_by_key(|(_, span, _)| span.start);
    let header = format!("calendar {}", calendar.name.value);
    one_line_block(
        lines,
        calendar.head.span,
        calendar.head.body,
        &header,
        parts,
        (Kind::OneLine("calendar"), "calendar"),
    );
}

fn define(lines: &mut Lines<'_>, define: &Define) {
    let owner = define.owner.as_ref().map_or_else(String::new, |owner| format!("{}.", owner.value));
    let start = format!("define {owner}{} = ", define.name.value);
    lines.add_one_line("define", define.head.span, prefixed(&start, pieces(&define.expr)));
}

fn template(lines: &mut Lines<'_>, template: &Template) {
    let files = template.files.iter().map(|(language, file)| {
        let words = Words::table("files", vec![language.value.clone()], vec![quoted(&file.value)]);
        (Kind::Plain, language.span.to(file.span), words)
    });
    let otherwise = template.otherwise.iter().map(|name| {
        (Kind::Plain, name.span, Words::table("files", Vec::new(), vec![format!("otherwise {}", name.value)]))
    });
    let mut parts: Vec<Part> = files.chain(otherwise).collect();
    parts.sort_by_key(|(_, span, _)| span.start);
    let header = format!("template {}", template.name.value);
    one_line_block(
        lines,
        template.head.span,
        template.head.body,
        &header,
        parts,
        (Kind::OneLine("template"), "template"),
    );
}

fn action(lines: &mut Lines<'_>, action: &ActionDecl) {
    let last = action.parameters.len().saturating_sub(1);
    let parameters = action.parameters.iter().enumerate();
    let parameters = parameters.map(|(at, one)| format!("{}{}", parameter(one), if at == last { "" } else { "," }));
    let mut pieces: Vec<String> = parameters.collect();
    if pieces.is_empty() {
        pieces.push(String::new());
    }
    let mut pieces = suffixed(prefixed(&format!("action {}(", action.name.value), pieces), ")");
    let mut clauses: Vec<(Span, Vec<String>)> = Vec::new();
    clauses.extend(action.contact.map(|at| (at.0, vec!["contact".to_owned()])));
    clauses.extend(action.by_hand.map(|at| (at.0, vec!["by hand".to_owned()])));
    clauses.extend(action.computes.iter().map(|what| (what.span, vec![format!("computes {}", what.value)])));
    pieces.extend(lines.in_order(action.head.span, clauses));
    lines.add_one_line("action", action.head.span, pieces);
}

fn parameter(parameter: &Parameter) -> String {
    let optional = if parameter.optional.is_some() { "?" } else { "" };
    let default = parameter.default.as_ref().map_or_else(String::new, |value| format!(" = {}", text(value)));
    format!("{}: {}{optional}{default}", parameter.name.value, parameter.ty.value)
}

fn assign(lines: &mut Lines<'_>, assign: &Assign) {
    let rule = |rule: &AssignRule| match &rule.when {
        Some(when) => Words::table("assign", vec![rule.procedure.value.clone()], prefixed("when ", pieces(when))),
        None => Words::table("assign", Vec::new(), vec![format!("otherwise {}", rule.procedure.value)]),
    };
    lines.block(assign.head.span, assign.head.body, "assign", |lines| {
        for one in &assign.rules {
            lines.add(Kind::Plain, one.span.0, rule(one));
        }
    });
}

/// `working days of CAL`
pub(super) fn counting(counting: &Counting) -> String {
    let of = counting.calendar.as_ref().map_or_else(String::new, |calendar| format!(" of {}", calendar.value));
    format!("working days{of}")
}

fn contact_policy(lines: &mut Lines<'_>, policy: &ContactPolicy) {
    let limits = policy.limits.iter().map(|limit| {
        let number = &limit.at_most.value;
        let word = if number == "1" { "contact" } else { "contacts" };
        let text = format!("at most {number} {word} every {}", duration(&limit.every));
        (Kind::Plain, limit.span.0, text.into())
    });
    let only_on =
        policy.only_on.iter().map(|only| (Kind::Plain, only.span.0, format!("only on {}", counting(only)).into()));
    let parts = limits.chain(only_on).collect();
    let head = &policy.head;
    lines.block(head.span, head.body, "contact_policy", |lines| lines.add_sorted(parts));
}

fn test(lines: &mut Lines<'_>, test: &Test) {
    let header = format!("test {}", quoted(&test.title.value));
    lines.block(test.head.span, test.head.body, header, |lines| {
        let mut records = test.records.iter().peekable();
        for one in &test.events {
            while let Some(record) = records.next_if(|record| record.block.span.start < one.span.0.start) {
                self::record(lines, record);
            }
            lines.add(Kind::Plain, one.span.0, event(one));
        }
        for record in records {
            self::record(lines, record);
        }
    });
}

fn record(lines: &mut Lines<'_>, record: &Record) {
    let own = record.id.as_ref().map_or_else(String::new, |name| format!(" {}", id(name)));
    let of = record.of.as_ref().map_or_else(String::new, |name| format!(" of {}", id(name)));
    let header = format!("{}{own}{of}", record.kind.value);
    let fields = record.fields.iter().map(|(name, value)| {
        (Kind::Plain, name.span.to(value.at()), prefixed(&format!("{}: ", name.value), pieces(value)).into())
    });
    // Only records that give the same fields have them below each other.
    let table: Vec<&str> = record.fields.iter().map(|(name, _)| name.value.as_str()).collect();
    let table = format!("{} {}", record.kind.value, table.join(" "));
    let span = record.block.span;
    one_line_block(lines, span, record.block.body, &header, fields.collect(), (Kind::Plain, &table));
}

/// An id, in quotes where it is no name.
fn id(name: &Name) -> String {
    const RESERVED: &[&str] =
        &["and", "or", "not", "in", "is", "between", "where", "when", "of", "otherwise", "yes", "no"];
    let value = &name.value;
    let word = value.chars().all(|sign| sign == '_' || sign.is_alphanumeric());
    let plain =
        word && !value.starts_with(char::is_numeric) && !value.is_empty() && !RESERVED.contains(&value.as_str());
    if plain && value.is_ascii() { value.clone() } else { quoted(value) }
}

/// Date, what happens, to whom; then the rest, which is never broken.
fn event(event: &Event) -> Words {
    let step = |step: &StepRef| format!("{}.{}", step.procedure.value, step.step.value);
    let optional = |word: &str, text: Option<String>| text.map(|text| format!("{word}{text}"));
    let amount = |amount: &Option<Expr>| amount.as_ref().map(text);
    let until = |until: &Spanned<Date>| until.value.to_string();
    let (word, subject, rest) = match &event.kind {
        EventKind::Expect { subject, step: wanted } => ("expect", subject, vec![Some(step(wanted))]),
        EventKind::ExpectNothing { subject, from } => {
            let from = from.as_ref().map(|from| from.value.clone());
            ("expect", subject, vec![Some("nothing".to_owned()), optional("from ", from)])
        }
        EventKind::Outcome { outcome, subject, step: done, result } => {
            let result = result.as_ref().map(|result| result.value.clone());
            (outcome.value.as_str(), subject, vec![Some(step(done)), optional("result ", result)])
        }
        EventKind::Paid { document, amount: paid } => ("paid", document, vec![amount(paid)]),
        EventKind::Set { subject, field, value } => {
            ("set", subject, vec![Some(format!("{} {}", field.value, text(value)))])
        }
        EventKind::Hold { subject, until: last } => {
            ("hold", subject, vec![optional("until ", last.as_ref().map(until))])
        }
        EventKind::Promise { subject, amount: promised, until: last } => {
            ("promise", subject, vec![amount(promised), optional("until ", Some(until(last)))])
        }
    };
    let mut columns = vec![format!("on {}", event.date.value), word.to_owned()];
    let rest: Vec<String> = rest.into_iter().flatten().collect();
    if rest.is_empty() {
        return Words::table("events", columns, vec![id(subject)]);
    }
    columns.push(id(subject));
    Words::table("events", columns, vec![rest.join(" ")])
}
