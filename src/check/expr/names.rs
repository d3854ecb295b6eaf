//! Names: looked up in one place, and where they are not found, the best guess at what was meant.

use super::{literal, present};
use crate::base::text::{choice, enumeration, nearest};
use crate::base::{Diagnostic, Span, code};
use crate::check::context::Context;
use crate::check::members::Member;
use crate::check::mentions::{Mention, Symbol, Wanted};
use crate::check::place::{Leading, Place, Results};
use crate::check::symbols::Kind;
use crate::check::tree::{Expr, ExprKind, Subject};
use crate::schema::{ClosedList, Owner, Type, Typed, Value, fields};
use crate::syntax::ast::Name;

impl Context<'_> {
    /// A bare name.
    pub(super) fn name(&self, name: &str, span: Span, place: &Place) -> Option<Expr> {
        self.ask(span, || wanted(place));
        match name {
            "" => self.unreadable(),
            "today" => {
                let today = present(ExprKind::Today, Type::Date, span);
                self.mention(Mention::used(span, Symbol::Word("today")).with_type(today.typed.clone()));
                Some(today)
            }
            "dip" => self.dip(span, place),
            _ => match self.member(place.owner, name) {
                Some(member) => {
                    let read = self.read(place.subject, member, span, place);
                    self.mention_member(place.owner, name, span, read.as_ref());
                    read
                }
                None => self.refuse(self.unknown_name(name, span, place)),
            },
        }
    }

    /// Whether a bare name means something here; looking does not count as a use.
    pub(super) fn is_name(&self, name: &str, place: &Place) -> bool {
        matches!(name, "today" | "dip") || self.has_member(place.owner, name)
    }

    /// `customer.x`, `document.x`, `leading.x`
    pub(super) fn member_of(&self, subject: &Name, name: &Name, span: Span, place: &Place) -> Option<Expr> {
        if subject.value.is_empty() || name.value.is_empty() {
            return self.unreadable();
        }
        self.ask(subject.span, || wanted(place));
        let (meant, owner) = match subject.value.as_str() {
            "customer" => (Subject::Customer, Owner::Customer),
            "document" if place.has_document => (Subject::Document, Owner::Document),
            "document" if place.owner == Owner::Document => (place.subject, Owner::Document),
            "document" => return self.refuse(no_document(subject, name, place)),
            "leading" => {
                self.leading_is_known(subject.span, place)?;
                (Subject::Leading, Owner::Document)
            }
            _ => return self.refuse(self.unknown_subject(subject, place)),
        };
        let word = match meant {
            Subject::Leading => "leading",
            _ if owner == Owner::Customer => "customer",
            _ => "document",
        };
        self.mention(Mention::used(subject.span, Symbol::Word(word)));
        self.ask(name.span, || Wanted::Member(owner));
        match self.member(owner, &name.value) {
            Some(member) => {
                let read = self.read(meant, member, span, place);
                self.mention_member(owner, &name.value, name.span, read.as_ref());
                read
            }
            None => self.refuse(self.unknown_member(owner, name, subject, place)),
        }
    }

    /// `result of STEP`
    pub(super) fn result_of(&self, step: &Name, span: Span, place: &Place) -> Option<Expr> {
        let steps = match place.results {
            Results::Of(steps) => steps,
            Results::NoProcedure => {
                let finding = misplaced("`result of` is known only in a procedure", span);
                return self.refuse(finding.help("say it in the conditions of a procedure's steps"));
            }
            Results::NotYet => {
                let finding = misplaced("no step has a result here: the procedure has not begun", span);
                return self.refuse(finding.help("say it in `stop when`, or in the conditions of a step"));
            }
        };
        let symbol = |name| Symbol::Step { procedure: steps.procedure.to_owned(), name };
        let found = self.refer(&steps.by_name, Kind::Step, step, symbol)?;
        let (id, results) = steps.get(steps.by_name.get(found)?)?;
        let ty = results.map_or(Type::Text, |list: &ClosedList| Type::List(list.clone()));
        Some(self.known_or_not(Expr { kind: ExprKind::ResultOf(id), typed: Typed::optional(ty), span }, place))
    }

    fn dip(&self, span: Span, place: &Place) -> Option<Expr> {
        self.leading_is_known(span, place)?;
        let optional = place.leading == Leading::MayBeMissing;
        let typed = Typed { ty: Type::Days, optional };
        self.mention(Mention::used(span, Symbol::Word("dip")).with_type(typed.clone()));
        Some(self.known_or_not(Expr { kind: ExprKind::Dip, typed, span }, place))
    }

    fn leading_is_known(&self, span: Span, place: &Place) -> Option<()> {
        let finding = match place.leading {
            Leading::MayBeMissing | Leading::Present => return Some(()),
            Leading::NoProcedure => misplaced("the leading document and its days are known only in a procedure", span)
                .help("say it in a procedure, or ask a question: `max(days_overdue of documents)`"),
            Leading::NotYet => misplaced("this decides which document leads, so it cannot ask for it", span)
                .help("write about the document itself: `days_overdue`, `due_date`, `open_amount`"),
        };
        self.refuse(finding)
    }

    /// Notes a name of a subject, with its type where it is known.
    fn mention_member(&self, owner: Owner, name: &str, span: Span, read: Option<&Expr>) {
        let mention = Mention::used(span, Symbol::Member(owner, name.to_owned()));
        self.mention(match read {
            Some(read) => mention.with_type(read.typed.clone()),
            None => mention,
        });
    }

    /// The value of a name of a subject.
    fn read(&self, subject: Subject, member: Member, span: Span, place: &Place) -> Option<Expr> {
        let (kind, mut typed) = match member {
            Member::Field(field, _) if self.symbols.untyped.contains(&field) => return None,
            Member::Field(field, typed) => (ExprKind::Field(subject, field), typed),
            Member::Define(define) => (ExprKind::Define(subject, define), self.define_type(define)?),
        };
        typed.optional |= subject == Subject::Leading && place.leading == Leading::MayBeMissing;
        Some(self.known_or_not(Expr { kind, typed, span }, place))
    }

    /// The same, always there where it has been asked for before.
    #[expect(clippy::unused_self, reason = "reads like its neighbours")]
    fn known_or_not(&self, mut expr: Expr, place: &Place) -> Expr {
        expr.typed.optional &= !place.knows(&expr);
        expr
    }
}

/// What could stand for a value at a place.
pub(super) fn wanted(place: &Place) -> Wanted {
    Wanted::Value {
        owner: place.owner,
        leading: matches!(place.leading, Leading::MayBeMissing | Leading::Present),
        document: place.has_document || place.owner == Owner::Document,
        results: match place.results {
            Results::Of(steps) => steps.by_name.names().map(str::to_owned).collect(),
            Results::NoProcedure | Results::NotYet => Vec::new(),
        },
        questions: !place.in_question,
    }
}

fn misplaced(message: &str, span: Span) -> Diagnostic {
    Diagnostic::new(code::NOT_KNOWN_HERE, message).label(span, "not known here")
}

fn no_document(subject: &Name, name: &Name, place: &Place) -> Diagnostic {
    let finding = misplaced("there is no one document at hand here", subject.span);
    let name = &name.value;
    if place.leading == Leading::NoProcedure {
        return finding.help(format!("ask a question about the documents, such as `any(documents where {name} …)`"));
    }
    finding.help(format!("write `leading.{name}`, or ask a question about the documents"))
}

/// Guesses at what a name that is not found was meant to be.
impl Context<'_> {
    fn unknown_name(&self, name: &str, span: Span, place: &Place) -> Diagnostic {
        let word = place.owner.word();
        let finding = Diagnostic::new(code::UNKNOWN_NAME, format!("a {word} has no `{name}`"));
        let finding = finding.label(span, "not known here");
        if let Some(better) = word_of_other_languages(name) {
            let finding = Diagnostic::new(code::UNKNOWN_NAME, format!("`{name}` is written `{better}`"));
            let finding = finding.label(span, "not known").help(format!("write `{better}`"));
            return finding.fix(format!("write `{better}`"), span, better);
        }
        if let Some(help) = a_word_alone(name) {
            let finding = Diagnostic::new(code::UNKNOWN_NAME, format!("`{name}` alone is not a value"));
            return finding.label(span, "something is missing").help(help);
        }
        if let Some(owner) = self.other_owner(place.owner, name) {
            return self.elsewhere(finding, owner, name, span, place);
        }
        if let Some(field) = self.list_with_value(place.owner, name) {
            return finding.help(format!("`{name}` is a value of the list `{field}`: write `{field} = {name}`"));
        }
        let mut known = self.member_names(place.owner);
        known.push("today");
        if matches!(place.leading, Leading::MayBeMissing | Leading::Present) {
            known.push("dip");
        }
        if let Some(near) = nearest(name, known) {
            return self.did_you_mean(finding, place.owner, near, span);
        }
        let other = if place.owner == Owner::Customer { Owner::Document } else { Owner::Customer };
        if let Some(near) = nearest(name, self.member_names(other)) {
            self.member(other, near);
            return self.elsewhere(finding, other, near, span, place);
        }
        finding.help(how_to_declare(place.owner, name))
    }

    fn did_you_mean(&self, finding: Diagnostic, owner: Owner, near: &str, span: Span) -> Diagnostic {
        // What was meant counts as used, or one slip would make two findings.
        self.member(owner, near);
        finding.help(format!("did you mean `{near}`?")).fix(format!("write `{near}`"), span, near)
    }

    /// Points to a name of another subject.
    fn elsewhere(&self, finding: Diagnostic, owner: Owner, name: &str, span: Span, place: &Place) -> Diagnostic {
        self.member(owner, name);
        let kind = if self.defines.find(owner, name).is_some() { "define about" } else { "field of" };
        let fact = format!("`{name}` is a {kind} the {}", owner.word());
        if owner == Owner::Customer {
            let better = format!("customer.{name}");
            return finding.help(format!("{fact}: write `{better}`")).fix(format!("write `{better}`"), span, better);
        }
        if place.has_document {
            let better = format!("document.{name}");
            return finding.help(format!("{fact}: write `{better}`")).fix(format!("write `{better}`"), span, better);
        }
        let ask = match self.member(owner, name) {
            Some(Member::Field(_, Typed { ty: Type::Money, .. })) => format!("`sum({name} of documents)`"),
            Some(Member::Field(_, Typed { ty: Type::Flag, .. })) => format!("`any(documents where {name})`"),
            Some(Member::Field(_, Typed { ty: Type::Date | Type::Days | Type::Number | Type::Percent, .. })) => {
                format!("`max({name} of documents)`")
            }
            Some(Member::Define(_)) => format!("`any(documents where {name})`"),
            _ => format!("`any(documents where {name} = …)`"),
        };
        match place.leading {
            Leading::MayBeMissing | Leading::Present => {
                finding.help(format!("{fact}: write `leading.{name}`, or ask about all of them: {ask}"))
            }
            Leading::NoProcedure | Leading::NotYet => finding.help(format!("{fact}: ask about all of them: {ask}")),
        }
    }

    fn unknown_member(&self, owner: Owner, name: &Name, subject: &Name, place: &Place) -> Diagnostic {
        let finding = Diagnostic::new(code::UNKNOWN_NAME, format!("a {} has no `{}`", owner.word(), name.value))
            .label(name.span, "not known");
        if let Some(other) = self.other_owner(owner, &name.value) {
            return self.elsewhere(finding, other, &name.value, subject.span.to(name.span), place);
        }
        match nearest(&name.value, self.member_names(owner)) {
            Some(near) => self.did_you_mean(finding, owner, near, name.span),
            None => finding.help(how_to_declare(owner, &name.value)),
        }
    }

    fn unknown_subject(&self, subject: &Name, place: &Place) -> Diagnostic {
        let mut known = vec!["customer"];
        if place.has_document || place.owner == Owner::Document {
            known.push("document");
        }
        if matches!(place.leading, Leading::MayBeMissing | Leading::Present) {
            known.push("leading");
        }
        let finding = Diagnostic::new(code::UNKNOWN_NAME, format!("nothing is called `{}` here", subject.value))
            .label(subject.span, "not known here");
        let meant = match subject.value.as_str() {
            "client" | "debtor" | "customers" => Some("customer"),
            "invoice" | "doc" | "documents" | "invoices" => Some("document"),
            "lead" => Some("leading"),
            word => nearest(word, known.iter().copied()),
        };
        match meant.filter(|meant| known.contains(meant)) {
            Some(near) => {
                finding.help(format!("did you mean `{near}`?")).fix(format!("write `{near}`"), subject.span, near)
            }
            None => finding.help(format!("write {} before the point", choice(&known))),
        }
    }

    /// The finding for a bare word after a text: it wants quotes.
    pub(super) fn wants_quotes(&self, word: &str, span: Span, place: &Place) -> Diagnostic {
        let known = self.member_names(place.owner);
        let finding = Diagnostic::new(code::UNKNOWN_NAME, format!("a {} has no `{word}`", place.owner.word()))
            .label(span, "not known here");
        match nearest(word, known) {
            Some(near) => self.did_you_mean(finding, place.owner, near, span),
            None => {
                let better = format!("\"{word}\"");
                finding.help(format!("a text stands in quotes: write `{better}`")).fix(
                    format!("write `{better}`"),
                    span,
                    better,
                )
            }
        }
    }
}

/// Words of other languages for something that Dunlin says differently.
fn word_of_other_languages(name: &str) -> Option<&'static str> {
    match name.to_lowercase().as_str() {
        "true" | "ja" | "oui" => Some("yes"),
        "false" | "nee" | "non" => Some("no"),
        "now" | "run_date" | "current_date" | "sysdate" => Some("today"),
        _ => None,
    }
}

/// Help for a word that means something only together with another.
fn a_word_alone(name: &str) -> Option<String> {
    match name {
        "leading" => Some("name a field of the leading document, such as `leading.open_amount`".to_owned()),
        "customer" => Some("name a field of the customer, such as `customer.country`".to_owned()),
        "document" => Some("name a field of the document, such as `document.open_amount`".to_owned()),
        "documents" | "promises" | "contacts" => {
            Some(format!("ask a question about them, such as `count({name})` or `any({name} where …)`"))
        }
        "null" | "empty" | "nothing" | "missing" => Some("ask `… is missing` or `… is present`".to_owned()),
        _ => None,
    }
}

fn how_to_declare(owner: Owner, name: &str) -> String {
    match owner {
        Owner::Customer => {
            format!("declare it: `ledger {{ customer {{ {name}: number }} }}`, or `define {name} = …`")
        }
        Owner::Document => {
            format!("declare it: `ledger {{ document {{ {name}: text }} }}`, or `define document.{name} = …`")
        }
        Owner::Promise | Owner::Contact => {
            let known: Vec<&str> = fields::of(owner).map(|spec| spec.name).collect();
            format!("a {} has {}", owner.word(), enumeration(&known))
        }
    }
}

/// A value of a closed list, from its code.
pub(super) fn choice_literal(list: &ClosedList, code: u16, span: Span) -> Expr {
    literal(Value::Choice(code), Type::List(list.clone()), span)
}
