//! The `ledger` declaration: its fields, statuses and currency.

use crate::base::text::{choice, nearest};
use crate::base::{Currency, Diagnostic, Span, code};
use crate::check::symbols::{declared_twice, taken};
use crate::check::tree::FieldRef;
use crate::schema::{
    ClosedList, DEFAULT_STATUSES, DeclaredField, KINDS, LedgerSchema, ListOf, Owner, Type, Typed, fields,
};
use crate::syntax::ast::{self, Name};

/// The words that declare a type.
pub(super) const TYPE_WORDS: &[(&str, Type)] = &[
    ("text", Type::Text),
    ("number", Type::Number),
    ("percent", Type::Percent),
    ("money", Type::Money),
    ("date", Type::Date),
    ("days", Type::Days),
    ("flag", Type::Flag),
];

/// Words that mean something of their own wherever a bare name may stand.
pub(super) const SPECIAL_WORDS: &[&str] = &["today", "dip", "leading", "documents", "promises", "contacts"];

/// The shape of the ledger. The fields of every `ledger` count, so that a second one makes one
/// finding; `first_word` is where a program without any starts.
///
/// Besides, the fields whose type could not be understood: nothing is said about their use.
pub(super) fn schema(
    ledgers: &[&ast::Ledger],
    first_word: Option<Span>,
    findings: &mut Vec<Diagnostic>,
) -> (LedgerSchema, Vec<FieldRef>) {
    let document = ledgers.iter().flat_map(|ledger| &ledger.document);
    let (statuses, document): (Vec<_>, Vec<_>) = document.partition(|field| field.name.value == "status");
    let mut untyped = Vec::new();
    let customer = ledgers.iter().flat_map(|ledger| &ledger.customer);
    let schema = LedgerSchema {
        currency: currency(ledgers, first_word, findings),
        customer: declared(Owner::Customer, customer, &mut untyped, findings),
        statuses: status_list(&statuses, findings),
        document: declared(Owner::Document, document, &mut untyped, findings),
        kinds: ClosedList::new(ListOf::document("kind"), KINDS.iter().copied()),
        recipients: recipients(ledgers),
    };
    (schema, untyped)
}

fn recipients(ledgers: &[&ast::Ledger]) -> Vec<String> {
    let mut roles: Vec<String> = Vec::new();
    for role in ledgers.iter().flat_map(|ledger| &ledger.recipients) {
        if !roles.contains(&role.value) {
            roles.push(role.value.clone());
        }
    }
    roles
}

/// The reporting currency; after a finding about it, the euro stands in.
fn currency(ledgers: &[&ast::Ledger], first_word: Option<Span>, findings: &mut Vec<Diagnostic>) -> Currency {
    let written = ledgers.iter().find_map(|ledger| ledger.currency.as_ref());
    let Some(written) = written else {
        let place = ledgers.first().map(|ledger| ledger.head.keyword).or(first_word);
        let damaged = ledgers.iter().any(|ledger| ledger.head.damaged);
        if let Some(place) = place.filter(|_| !damaged) {
            let missing = Diagnostic::new(code::NO_CURRENCY, "the program does not say its reporting currency");
            findings.push(missing.label(place, "nothing says it").help("write `ledger { currency EUR }`"));
        }
        return Currency::EUR;
    };
    Currency::parse(&written.value).unwrap_or_else(|| {
        if !written.value.is_empty() {
            findings.push(not_a_currency(written));
        }
        Currency::EUR
    })
}

/// Currencies that a mistyped one is compared with.
const KNOWN: &[&str] = &["EUR", "USD", "GBP", "CHF", "JPY", "SEK", "NOK", "DKK", "PLN", "CZK", "HUF", "CAD", "AUD"];

/// The finding for three letters (or more) that are no currency.
pub(super) fn not_a_currency(written: &Name) -> Diagnostic {
    let finding = Diagnostic::new(code::UNKNOWN_UNIT, format!("`{}` is not a currency", written.value))
        .label(written.span, "not a currency");
    match currency_meant(&written.value) {
        Some(code) => finding.help(format!("write `{code}`")).fix(format!("write `{code}`"), written.span, code),
        None => finding.help("write the three letters of ISO 4217, such as `EUR`, `USD` or `GBP`"),
    }
}

/// The currency that a word such as `euro`, `EURO` or `usd` means.
pub(super) fn currency_meant(word: &str) -> Option<String> {
    let upper = word.to_uppercase();
    if upper.len() == 3 && Currency::parse(&upper).is_some() {
        return Some(upper);
    }
    let known = match upper.as_str() {
        "EURO" | "EUROS" | "€" => "EUR",
        "DOLLAR" | "DOLLARS" | "$" => "USD",
        "POUND" | "POUNDS" | "£" => "GBP",
        "FRANC" | "FRANCS" => "CHF",
        "YEN" => "JPY",
        _ => return if upper.len() <= 4 { nearest(&upper, KNOWN.iter().copied()).map(str::to_owned) } else { None },
    };
    Some(known.to_owned())
}

/// The statuses: the declared list, or those every program has.
fn status_list(declared: &[&ast::Field], findings: &mut Vec<Diagnostic>) -> ClosedList {
    let Some((first, later)) = declared.split_first() else {
        return ClosedList::new(ListOf::document("status"), DEFAULT_STATUSES.iter().copied());
    };
    findings.extend(later.iter().map(|field| declared_twice("field", &field.name, first.name.span)));
    if let [only] = first.ty.as_slice() {
        findings.push(
            Diagnostic::new(code::STATUS_IS_A_LIST, "`status` of a document is a list of at least two values")
                .label(only.span, "not a list")
                .help("write the statuses: `status: open | dispute | legal`")
                .fix("write the usual statuses", only.span, DEFAULT_STATUSES.join(" | ")),
        );
        return ClosedList::new(ListOf::document("status"), DEFAULT_STATUSES.iter().copied());
    }
    if let Some(mark) = first.optional {
        findings.push(
            Diagnostic::new(code::STATUS_IS_A_LIST, "the `status` of a document is never missing")
                .label(mark.0, "may be missing")
                .help("leave the `?` out")
                .fix("delete the `?`", mark.0, ""),
        );
    }
    list(ListOf::document("status"), &first.ty, findings)
}

/// The closed list that `of` declares, with these values; a value written twice is reported.
pub(super) fn list(of: ListOf, values: &[Name], findings: &mut Vec<Diagnostic>) -> ClosedList {
    for (place, value) in values.iter().enumerate() {
        if let Some(first) = values.iter().take(place).find(|first| first.value == value.value) {
            findings.push(
                Diagnostic::new(code::DUPLICATE_NAME, format!("`{}` stands twice in the list", value.value))
                    .label(value.span, "again here")
                    .label(first.span, "first here")
                    .help("delete one of them"),
            );
        }
    }
    ClosedList::new(of, values.iter().map(|value| value.value.clone()))
}

fn declared<'f>(
    owner: Owner,
    written: impl IntoIterator<Item = &'f ast::Field>,
    untyped: &mut Vec<FieldRef>,
    findings: &mut Vec<Diagnostic>,
) -> Vec<DeclaredField> {
    let mut seen: Vec<&Name> = Vec::new();
    let mut declared = Vec::new();
    for field in written {
        if field.name.value.is_empty() || field.ty.iter().any(|word| word.value.is_empty()) {
            continue;
        }
        if let Some(finding) = name_is_taken(owner, &field.name) {
            findings.push(finding);
        } else if let Some(first) = seen.iter().find(|first| first.value == field.name.value) {
            findings.push(declared_twice(&format!("{} field", owner.word()), &field.name, first.span));
        } else {
            seen.push(&field.name);
            let typed = field_type(owner, field, findings);
            if typed.is_none() {
                untyped.push(FieldRef::Declared(owner, declared.len()));
            }
            let typed = typed.unwrap_or(Typed::optional(Type::Text));
            declared.push(DeclaredField { name: field.name.value.clone(), typed, doc: field.doc.clone() });
        }
    }
    declared
}

/// The finding for a field or define with a name that the owner has by itself.
pub(super) fn name_is_taken(owner: Owner, name: &Name) -> Option<Diagnostic> {
    let word = owner.word();
    if fields::of(owner).any(|spec| spec.name == name.value) {
        let why = format!("every {word} has `{}` already", name.value);
        return Some(taken(name, why, format!("leave it out, or choose another name, such as `our_{}`", name.value)));
    }
    let special = SPECIAL_WORDS.contains(&name.value.as_str());
    special.then(|| {
        let why = format!("`{}` has a meaning of its own in every condition", name.value);
        taken(name, why, format!("choose another name, such as `our_{}`", name.value))
    })
}

/// The type of a declared field; `None` after a finding.
fn field_type(owner: Owner, field: &ast::Field, findings: &mut Vec<Diagnostic>) -> Option<Typed> {
    let ty = match field.ty.as_slice() {
        [only] => {
            let known = type_word(only);
            if known.is_none() {
                findings.push(not_a_type(only, TYPE_WORDS.iter().map(|(word, _)| *word), true));
            }
            known?
        }
        values => Type::List(list(ListOf::Field(owner, field.name.value.clone()), values, findings)),
    };
    Some(Typed { ty, optional: field.optional.is_some() })
}

/// The type that a word declares.
pub(super) fn type_word(word: &Name) -> Option<Type> {
    TYPE_WORDS.iter().find(|(known, _)| *known == word.value).map(|(_, ty)| ty.clone())
}

/// The finding for a word that is no type; `or_list`: a closed list may stand there too.
pub(super) fn not_a_type<'w>(word: &Name, known: impl Iterator<Item = &'w str>, or_list: bool) -> Diagnostic {
    let known: Vec<&str> = known.collect();
    let finding =
        Diagnostic::new(code::UNKNOWN_WORD, format!("`{}` is not a type", word.value)).label(word.span, "not a type");
    let meant = match word.value.to_lowercase().as_str() {
        "string" | "varchar" | "char" | "str" => Some("text"),
        "int" | "integer" | "decimal" | "float" | "double" | "numeric" => Some("number"),
        "bool" | "boolean" | "yesno" => Some("flag"),
        "amount" | "currency" => Some("money"),
        "datetime" | "timestamp" => Some("date"),
        "percentage" => Some("percent"),
        _ => nearest(&word.value, known.iter().copied()),
    };
    match meant.filter(|meant| known.contains(meant)) {
        Some(near) => finding.help(format!("did you mean `{near}`?")).fix(format!("write `{near}`"), word.span, near),
        None if or_list => {
            finding.help(format!("write {}, or a list of values: `{} | other`", choice(&known), word.value))
        }
        None => finding.help(format!("write {}", choice(&known))),
    }
}
