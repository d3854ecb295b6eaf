//! Declarations other than procedures, as lines.

use super::exprs::{duration, pieces, prefixed, quoted, text};
use super::lines::{Kind, Lines, listed, padded, width};
use super::procedures::procedure;
use crate::base::Span;
use crate::syntax::ast::{
    ActionDecl, Assign, AssignRule, Block, Calendar, ContactPolicy, Counting, Define, Event, EventKind, Field,
    Holidays, Item, Ledger, Name, Parameter, Record, Template, Test,
};

/// A part of a block: what it is, where it stood, and its text in pieces.
type Part = (Kind, Span, Vec<String>);

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

/// The values of names.
pub(super) fn values(names: &[Name]) -> Vec<String> {
    names.iter().map(|name| name.value.clone()).collect()
}

/// From the first of names to the last.
pub(super) fn spread(names: &[Name]) -> Option<Span> {
    names.iter().map(|name| name.span).reduce(Span::to)
}

fn ledger(lines: &mut Lines<'_>, ledger: &Ledger) {
    let head = &ledger.head;
    lines.block(head.span, head.body, &["ledger".to_owned()], |lines| {
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
        let recipients = || listed("recipient", &values(&ledger.recipients));
        parts.extend(spread(&ledger.recipients).map(|span| (span, LedgerPart::Recipients(recipients()))));
        parts.sort_by_key(|(span, _)| span.start);
        for (span, part) in parts {
            match part {
                LedgerPart::Line(text) => lines.add(Kind::Plain, span, &[text]),
                LedgerPart::Recipients(pieces) => lines.add(Kind::Plain, span, &pieces),
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
    let longest = fields.iter().map(|field| width(&field.name.value)).max().unwrap_or(0);
    lines.block(block.span, block.body, &[word.to_owned()], |lines| {
        for field in fields {
            let name = padded(&format!("{}:", field.name.value), longest + 1);
            let last = field.ty.len().saturating_sub(1);
            let values = field.ty.iter().enumerate().map(|(at, value)| {
                let optional = if at == last && field.optional.is_some() { "?" } else { "" };
                let bar = if at == 0 { "" } else { "| " };
                format!("{bar}{}{optional}", value.value)
            });
            lines.add(Kind::Field, field.span.0, &prefixed(&format!("{name} "), values.collect()));
        }
    });
}

/// A block whose parts stand on one line where they fit and no comment stands in it.
fn one_line_block(
    lines: &mut Lines<'_>,
    span: Span,
    body: Option<Span>,
    header: &str,
    parts: Vec<Part>,
    word: Option<&'static str>,
) {
    let inside: Vec<String> = parts.iter().map(|(_, _, pieces)| pieces.join(" ")).collect();
    let line = format!("{header} {{ {} }}", inside.join("  "));
    if parts.is_empty() || lines.has_comment(span) || !lines.fits(&line) {
        lines.block(span, body, &[header.to_owned()], |lines| lines.add_sorted(parts));
        return;
    }
    lines.add(word.map_or(Kind::Plain, Kind::OneLine), span, &[line]);
}

fn calendar(lines: &mut Lines<'_>, calendar: &Calendar) {
    let mut parts: Vec<Part> = Vec::new();
    parts.extend(
        spread(&calendar.weekend).map(|span| (Kind::Plain, span, listed("weekend", &values(&calendar.weekend)))),
    );
    let sources = calendar.holidays.iter().map(|source| match source {
        Holidays::Country(name) => (name.span, name.value.clone()),
        Holidays::File(file) => (file.span, quoted(&file.value)),
    });
    let (spans, names): (Vec<Span>, Vec<String>) = sources.unzip();
    parts.extend(spans.into_iter().reduce(Span::to).map(|span| (Kind::Plain, span, listed("holidays", &names))));
    parts.sort_by_key(|(_, span, _)| span.start);
    let header = format!("calendar {}", calendar.name.value);
    one_line_block(lines, calendar.head.span, calendar.head.body, &header, parts, Some("calendar"));
}

fn define(lines: &mut Lines<'_>, define: &Define) {
    let owner = define.owner.as_ref().map_or_else(String::new, |owner| format!("{}.", owner.value));
    let start = format!("define {owner}{} = ", define.name.value);
    lines.add_one_line("define", define.head.span, &prefixed(&start, pieces(&define.expr)));
}

fn template(lines: &mut Lines<'_>, template: &Template) {
    let files = template.files.iter().map(|(language, file)| {
        let text = format!("{} {}", language.value, quoted(&file.value));
        (Kind::Plain, language.span.to(file.span), vec![text])
    });
    let otherwise =
        template.otherwise.iter().map(|name| (Kind::Plain, name.span, vec![format!("otherwise {}", name.value)]));
    let mut parts: Vec<Part> = files.chain(otherwise).collect();
    parts.sort_by_key(|(_, span, _)| span.start);
    let header = format!("template {}", template.name.value);
    one_line_block(lines, template.head.span, template.head.body, &header, parts, Some("template"));
}

fn action(lines: &mut Lines<'_>, action: &ActionDecl) {
    let last = action.parameters.len().saturating_sub(1);
    let parameters = action.parameters.iter().enumerate();
    let parameters = parameters.map(|(at, one)| format!("{}{}", parameter(one), if at == last { ")" } else { "," }));
    let mut pieces: Vec<String> = parameters.collect();
    if pieces.is_empty() {
        pieces.push(")".to_owned());
    }
    let mut pieces = prefixed(&format!("action {}(", action.name.value), pieces);
    pieces.extend(action.contact.map(|_| "contact".to_owned()));
    pieces.extend(action.by_hand.map(|_| "by hand".to_owned()));
    pieces.extend(action.computes.iter().map(|what| format!("computes {}", what.value)));
    lines.add_one_line("action", action.head.span, &pieces);
}

fn parameter(parameter: &Parameter) -> String {
    let optional = if parameter.optional.is_some() { "?" } else { "" };
    let default = parameter.default.as_ref().map_or_else(String::new, |value| format!(" = {}", text(value)));
    format!("{}: {}{optional}{default}", parameter.name.value, parameter.ty.value)
}

fn assign(lines: &mut Lines<'_>, assign: &Assign) {
    let names = assign.rules.iter().filter(|rule| rule.when.is_some()).map(|rule| width(&rule.procedure.value));
    let longest = names.max().unwrap_or(0);
    let rule = |rule: &AssignRule| match &rule.when {
        Some(when) => prefixed(&format!("{} when ", padded(&rule.procedure.value, longest)), pieces(when)),
        None => vec![format!("otherwise {}", rule.procedure.value)],
    };
    lines.block(assign.head.span, assign.head.body, &["assign".to_owned()], |lines| {
        for one in &assign.rules {
            lines.add(Kind::Plain, one.span.0, &rule(one));
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
        (Kind::Plain, limit.span.0, vec![text])
    });
    let only_on =
        policy.only_on.iter().map(|only| (Kind::Plain, only.span.0, vec![format!("only on {}", counting(only))]));
    let parts = limits.chain(only_on).collect();
    let head = &policy.head;
    lines.block(head.span, head.body, &["contact_policy".to_owned()], |lines| lines.add_sorted(parts));
}

fn test(lines: &mut Lines<'_>, test: &Test) {
    let header = [format!("test {}", quoted(&test.title.value))];
    lines.block(test.head.span, test.head.body, &header, |lines| {
        let mut records = test.records.iter().peekable();
        for one in &test.events {
            while let Some(record) = records.next_if(|record| record.block.span.start < one.span.0.start) {
                self::record(lines, record);
            }
            lines.add(Kind::Plain, one.span.0, &event(one));
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
        (Kind::Plain, name.span.to(value.at()), prefixed(&format!("{}: ", name.value), pieces(value)))
    });
    one_line_block(lines, record.block.span, record.block.body, &header, fields.collect(), None);
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

fn event(event: &Event) -> Vec<String> {
    let date = event.date.value;
    let step = |step: &crate::syntax::ast::StepRef| format!("{}.{}", step.procedure.value, step.step.value);
    let amount = |amount: &Option<crate::syntax::ast::Expr>| {
        amount.as_ref().map_or_else(String::new, |amount| format!(" {}", text(amount)))
    };
    let line = match &event.kind {
        EventKind::Expect { subject, step: wanted } => format!("expect {} {}", id(subject), step(wanted)),
        EventKind::ExpectNothing { subject, from } => {
            let from = from.as_ref().map_or_else(String::new, |from| format!(" from {}", from.value));
            format!("expect {} nothing{from}", id(subject))
        }
        EventKind::Outcome { outcome, subject, step: done, result } => {
            let result = result.as_ref().map_or_else(String::new, |result| format!(" result {}", result.value));
            format!("{} {} {}{result}", outcome.value, id(subject), step(done))
        }
        EventKind::Paid { document, amount: paid } => format!("paid {}{}", id(document), amount(paid)),
        EventKind::Set { subject, field, value } => format!("set {} {} {}", id(subject), field.value, text(value)),
        EventKind::Hold { subject, until } => {
            let until = until.as_ref().map_or_else(String::new, |until| format!(" until {}", until.value));
            format!("hold {}{until}", id(subject))
        }
        EventKind::Promise { subject, amount: promised, until } => {
            format!("promise {}{} until {}", id(subject), amount(promised), until.value)
        }
    };
    vec![format!("on {date} {line}")]
}
