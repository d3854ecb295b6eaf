//! The records of a test: rows of a small ledger.

use crate::base::text::{enumeration, nearest};
use crate::base::{Currency, Diagnostic, Span, code};
use crate::check::context::Context;
use crate::check::ledger::not_a_currency;
use crate::check::mentions::{Mention, Symbol, Wanted};
use crate::check::place::Place;
use crate::check::story::columns::{Column, Holds, Kind, columns, kind};
use crate::check::story::{Cast, Part};
use crate::check::symbols::declared_twice;
use crate::schema::{Owner, Type};
use crate::syntax::ast::{Expr, ExprKind, Name, Record};

impl Context<'_> {
    /// A record: its id, whose it is, and its fields.
    pub(super) fn check_record(&self, record: &Record, cast: &Cast<'_>) {
        let Some(kind) = kind(&record.kind.value) else { return };
        self.check_first_line(record, kind, cast);
        let columns = columns(kind, &self.symbols.ledger);
        for (place, (name, value)) in record.fields.iter().enumerate() {
            let before = record.fields.get(..place).unwrap_or(&[]);
            if let Some((first, _)) = before.iter().find(|(first, _)| first == name) {
                self.report(declared_twice("field", name, first.span));
            } else if let Some(column) = self.column(name, &columns, kind.word, &record.fields) {
                self.mention_field(name, kind.word);
                self.check_value(value, column);
            }
        }
        if record.kind.value == "history" {
            self.check_history(record);
        }
        let given = |column: &Column| record.fields.iter().any(|(name, _)| name.value == column.name);
        let missing: Vec<&str> = columns
            .iter()
            .filter(|column| column.needed && !given(column))
            .map(|column| column.name.as_str())
            .collect();
        if !missing.is_empty() {
            let verb = if missing.len() == 1 { "is" } else { "are" };
            self.report(
                Diagnostic::new(
                    code::TEST_FIELD_MISSING,
                    format!("{} of this {} {verb} not given", enumeration(&missing), kind.word),
                )
                .label(record.id.as_ref().map_or(record.kind.span, |id| id.span), "needs a value")
                .help(format!("write {} between the braces", examples(&missing, &columns))),
            );
        }
    }

    /// Notes a field of a customer or document.
    fn mention_field(&self, name: &Name, kind: &str) {
        if let Some(owner) = [Owner::Customer, Owner::Document].into_iter().find(|owner| owner.word() == kind) {
            self.mention(Mention::used(name.span, Symbol::Member(owner, name.value.clone())));
        }
    }

    /// The procedure, step and result that a row of `history` names. It may name what is called otherwise now.
    fn check_history(&self, record: &Record) {
        let word = |column: &str| {
            let (_, value) = record.fields.iter().find(|(name, _)| name.value == column)?;
            match &value.kind {
                ExprKind::Name(word) => Some(Name::new(word.clone(), value.at())),
                ExprKind::Text(word) => Some(Name::new(word.clone(), inside_quotes(value.at()))),
                _ => None,
            }
        };
        let Some(procedure) = word("procedure") else { return };
        let renamed = self.symbols.procedures.renamed(&procedure).map(|(_, declared)| declared);
        let declared = match renamed {
            Some(declared) => {
                self.mention_former(&procedure, Symbol::Procedure(declared.name.value.clone()));
                Some(declared)
            }
            None => self.procedure_named(&procedure),
        };
        let Some((declared, step)) = declared.zip(word("step")) else { return };
        let procedure = &declared.name;
        let renamed = declared.steps.iter().find(|declared| declared.was.contains(&step));
        let declared = match renamed {
            Some(declared) => {
                let (procedure, name) = (procedure.value.clone(), declared.name.value.clone());
                self.mention_former(&step, Symbol::Step { procedure, name });
                Some(declared)
            }
            None => self.step_named(declared, &step),
        };
        if let Some((declared, result)) = declared.zip(word("result")) {
            self.check_result(procedure, declared, &result);
        }
    }

    /// Notes a name that something had before.
    fn mention_former(&self, name: &Name, of: Symbol) {
        self.mention(Mention::used(name.span, Symbol::Former { of: Box::new(of), name: name.value.clone() }));
    }

    /// What stands before the brace.
    fn check_first_line(&self, record: &Record, kind: &Kind, cast: &Cast<'_>) {
        if let (Some(id), Some("currency")) = (&record.id, kind.id) {
            self.ask(id.span, || Wanted::Currency);
        }
        match (&record.id, kind.id) {
            (Some(id), Some("currency")) if Currency::parse(&id.value).is_none() => self.report(not_a_currency(id)),
            (Some(_), Some(_)) | (None, None) => {}
            (None, Some(what)) => self.report(first_line(record, kind, format!("a {} needs its {what}", kind.word))),
            (Some(_), None) => self.report(first_line(record, kind, format!("a {} has no id of its own", kind.word))),
        }
        match &record.of {
            Some(_) if kind.of.is_empty() => {
                self.report(first_line(record, kind, format!("a {} belongs to nobody", kind.word)));
            }
            Some(of) => {
                self.part(of, cast, kind.of);
            }
            None if kind.of.is_empty() => {}
            None => self.report(first_line(record, kind, format!("this {} does not say whose it is", kind.word))),
        }
    }

    /// The field with this name that may be given.
    pub(super) fn column<'c>(
        &self,
        name: &Name,
        columns: &'c [Column],
        owner: &str,
        given: &[(Name, Expr)],
    ) -> Option<&'c Column> {
        if name.value.is_empty() {
            return self.unreadable();
        }
        let free = || columns.iter().filter(|column| column.refused.is_none()).map(|column| column.name.as_str());
        self.ask(name.span, || {
            let is_open = |column: &&Column| {
                column.refused.is_none() && given.iter().all(|(given, _)| given == name || given.value != column.name)
            };
            let mut open: Vec<&Column> = columns.iter().filter(is_open).collect();
            open.sort_by_key(|column| !column.needed);
            let names = open.into_iter().map(|column| column.name.clone());
            Wanted::Field { of: owner.to_owned(), names: names.collect() }
        });
        let Some(column) = columns.iter().find(|column| column.name == name.value) else {
            let finding = Diagnostic::new(code::UNKNOWN_NAME, format!("a {owner} has no field `{}`", name.value))
                .label(name.span, "not a field");
            return self.refuse(match nearest(&name.value, free()) {
                Some(near) => {
                    finding.help(format!("did you mean `{near}`?")).fix(format!("write `{near}`"), name.span, near)
                }
                None => finding.help(format!("it has {}", enumeration(&free().collect::<Vec<_>>()))),
            });
        };
        match column.refused {
            None => Some(column),
            Some(why) => self.refuse(
                Diagnostic::new(code::TEST_FIELD_COMPUTED, format!("`{}` of a {owner} {why}", name.value))
                    .label(name.span, "cannot be given here")
                    .help("remove it"),
            ),
        }
    }

    /// A value of a test: written out, and of the type of its field.
    pub(super) fn check_value(&self, value: &Expr, column: &Column) {
        match column.holds {
            Holds::Currency => self.ask(value.at(), || Wanted::Currency),
            Holds::Word if column.name == "procedure" => self.ask(value.at(), || self.any_procedure()),
            _ => {}
        }
        match (&column.holds, &value.kind) {
            (_, ExprKind::Unreadable) => {
                self.unreadable::<()>();
            }
            (Holds::Word, ExprKind::Name(_) | ExprKind::Text(_)) => {}
            (Holds::Currency, ExprKind::Name(word) | ExprKind::Text(word)) => {
                if Currency::parse(word).is_none() {
                    self.report(not_a_currency(&Name::new(word.clone(), value.at())));
                }
            }
            (Holds::Word | Holds::Currency, _) => self.report(not_written(value, "write one word")),
            (Holds::Value(ty), _) => self.check_written(value, ty, &format!("`{}`", column.name)),
        }
    }

    /// A value of a type, written out: a test knows no fields to compute with.
    pub(super) fn check_written(&self, value: &Expr, ty: &Type, what: &str) {
        let written = matches!(ty, Type::List(_)) || is_written_out(value);
        if written {
            self.of_type(value, &Place::customer(), ty, what);
        } else if let (Type::Text, ExprKind::Name(word)) = (ty, &value.kind) {
            let quoted = format!("\"{word}\"");
            self.report(not_written(value, &format!("write `{quoted}`")).fix(
                format!("write `{quoted}`"),
                value.at(),
                quoted,
            ));
        } else {
            self.report(not_written(value, "write the value itself, such as `500 EUR` or `2026-03-02`"));
        }
    }
}

/// The text between two quotes.
const fn inside_quotes(span: Span) -> Span {
    Span { start: span.start + 1, end: span.end.saturating_sub(1), ..span }
}

fn first_line(record: &Record, kind: &Kind, message: String) -> Diagnostic {
    let id = match kind.id {
        Some("currency") => " USD",
        Some(_) if kind.of.is_empty() => " C1",
        Some(_) => " F1",
        None => "",
    };
    let of = match kind.of {
        [] => "",
        [Part::Document] => " of F1",
        [..] => " of C1",
    };
    Diagnostic::new(code::TEST_RECORD_INCOMPLETE, message)
        .label(record.kind.span, "not complete")
        .help(format!("write `{}{id}{of} {{ … }}`", kind.word))
}

/// `due_date: 2026-02-01  amount: 500 EUR`
fn examples(missing: &[&str], columns: &[Column]) -> String {
    let example = |name: &&str| {
        let value = match columns.iter().find(|column| column.name == **name).map(|column| &column.holds) {
            Some(Holds::Value(Type::Money)) => "500 EUR",
            Some(Holds::Value(Type::Date)) => "2026-02-01",
            Some(Holds::Value(Type::Number)) => "40",
            Some(Holds::Value(Type::Percent)) => "8 %",
            Some(Holds::Value(Type::Days)) => "30 days",
            Some(Holds::Value(Type::Flag)) => "yes",
            Some(Holds::Value(Type::List(list))) => {
                return format!("{name}: {}", list.values().first().map_or("", String::as_str));
            }
            Some(Holds::Value(Type::Text) | Holds::Currency | Holds::Word) | None => "\"…\"",
        };
        format!("{name}: {value}")
    };
    format!("`{}`", missing.iter().map(example).collect::<Vec<_>>().join("  "))
}

fn not_written(value: &Expr, help: &str) -> Diagnostic {
    Diagnostic::new(code::TEST_VALUE_NOT_WRITTEN, "a test gives values, it does not compute them")
        .label(value.at(), "not a value as written")
        .help(help)
}

/// Whether an expression is a value as written, a negative one included.
fn is_written_out(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Number(..) | ExprKind::Date(_) | ExprKind::Text(_) | ExprKind::Flag(_) => true,
        ExprKind::Negate(inner) | ExprKind::Paren(inner) => is_written_out(inner),
        _ => false,
    }
}
