//! Questions to a collection: `NAME(E of X where C)`.

use super::missing::plain_name;
use super::names::wanted;
use crate::base::text::{choice, nearest};
use crate::base::{Diagnostic, Span, code};
use crate::check::context::Context;
use crate::check::mentions::{self, Mention, Symbol};
use crate::check::place::Place;
use crate::check::tree::{Collection, Expr, ExprKind, QuestionExpr};
use crate::schema::functions::{self, QUESTIONS, QuestionSpec};
use crate::schema::{Owner, Question, Type, Typed};
use crate::syntax::ast;

/// Whose names are seen inside a question to a collection.
pub(in crate::check) const fn owner_of(collection: Collection) -> Owner {
    match collection {
        Collection::Documents | Collection::ArchivedDocuments | Collection::AllDocuments => Owner::Document,
        Collection::Promises => Owner::Promise,
        Collection::Contacts => Owner::Contact,
    }
}

impl Context<'_> {
    /// `sum(open_amount of documents where overdue)`
    pub(super) fn question(&self, written: &ast::QuestionExpr, span: Span, place: &Place) -> Option<Expr> {
        if place.in_question {
            return self.refuse(
                Diagnostic::new(code::NESTED_QUESTION, "a question may not stand inside another one")
                    .label(span, "a question inside a question")
                    .help("give it a name with `define`, and write that name here"),
            );
        }
        self.ask(written.name.span, || wanted(place));
        let spec = functions::question(&written.name.value);
        match spec {
            Some(spec) => self.mention(Mention::used(written.name.span, Symbol::Question(spec.name.to_owned()))),
            None => self.report(unknown_question(&written.name)),
        }
        self.mention(Mention::used(written.collection.span, mentions::collection(written.collection.value)));
        let inner = place.about_element(owner_of(written.collection.value));
        let filter = written.filter.as_ref().map(|filter| self.condition(filter, &inner));
        // `E` is asked of the elements for which `C` holds, so it knows what `C` has asked.
        let known = match &filter {
            Some(filter) => inner.after(filter.as_ref(), true),
            None => inner,
        };
        let element = match (spec, &written.element) {
            (Some(spec), Some(element)) if !spec.takes_element => {
                return self.refuse(no_element(spec, written, element, span));
            }
            (Some(spec), None) if spec.takes_element => return self.refuse(needs_element(spec, written, span)),
            (_, element) => element.as_ref().map(|element| self.element(spec, element, &known)),
        };
        let typed = answer(spec?.question, element.as_ref().and_then(Option::as_ref));
        let question = QuestionExpr {
            question: spec?.question,
            element: lift(element)?,
            collection: written.collection.value,
            filter: lift(filter)?,
        };
        Some(Expr { kind: ExprKind::Question(Box::new(question)), typed, span })
    }

    /// What stands before `of`.
    fn element(&self, spec: Option<&QuestionSpec>, element: &ast::Expr, inner: &Place) -> Option<Expr> {
        let question = spec.map(|spec| spec.question);
        if question == Some(Question::Every) {
            return self.condition(element, inner);
        }
        let found = self.infer(element, inner)?;
        let ty = &found.typed.ty;
        let fits = match question {
            Some(Question::Min | Question::Max) => has_order(ty),
            Some(Question::Sum | Question::Average) => is_amount(ty),
            _ => true,
        };
        if fits {
            return Some(self.always_there(found, element, inner));
        }
        let name = spec.map_or("", |spec| spec.name);
        let wanted = match question {
            Some(Question::Min | Question::Max) => "amounts, numbers, percentages, days or dates",
            _ => "amounts, numbers, percentages or days",
        };
        let described = ty.described();
        self.refuse(
            Diagnostic::new(code::WRONG_TYPE, format!("`{name}` is asked of {wanted}, not of {described}"))
                .label(element.at(), described)
                .help(format!("write one of {wanted} before `of`")),
        )
    }
}

/// Whether values of a type have a least and a greatest.
pub(super) const fn has_order(ty: &Type) -> bool {
    is_amount(ty) || matches!(ty, Type::Date)
}

const fn is_amount(ty: &Type) -> bool {
    matches!(ty, Type::Number | Type::Percent | Type::Money | Type::Days)
}

/// The type of an answer.
fn answer(question: Question, element: Option<&Expr>) -> Typed {
    let of_element = || element.map_or(Type::Number, |element| element.typed.ty.clone());
    match question {
        Question::Any | Question::None | Question::Every => Typed::present(Type::Flag),
        Question::Count => Typed::present(Type::Number),
        Question::Sum => Typed::present(of_element()),
        Question::Min | Question::Max | Question::Average => Typed::optional(of_element()),
    }
}

/// What is not written stays unwritten; what is written and wrong makes the whole wrong.
pub(super) fn lift(checked: Option<Option<Expr>>) -> Option<Option<Expr>> {
    checked.map_or(Some(None), |checked| checked.map(Some))
}

fn unknown_question(name: &ast::Name) -> Diagnostic {
    let known: Vec<&str> = QUESTIONS.iter().map(|spec| spec.name).collect();
    let finding = Diagnostic::new(code::UNKNOWN_NAME, format!("there is no question `{}`", name.value))
        .label(name.span, "not a question");
    let near = match name.value.to_lowercase().as_str() {
        "avg" | "mean" => Some("average"),
        "all" | "each" => Some("every"),
        "exists" | "some" => Some("any"),
        "total" => Some("sum"),
        "number" => Some("count"),
        "highest" | "latest" | "last" => Some("max"),
        "lowest" | "earliest" | "first" => Some("min"),
        _ => nearest(&name.value, known.iter().copied()),
    };
    match near {
        Some(near) => finding.help(format!("did you mean `{near}`?")).fix(format!("write `{near}`"), name.span, near),
        None => finding.help(format!("the questions are {}", choice(&known))),
    }
}

fn no_element(spec: &QuestionSpec, written: &ast::QuestionExpr, element: &ast::Expr, span: Span) -> Diagnostic {
    let (name, collection) = (spec.name, written.collection.value.word());
    let finding = Diagnostic::new(code::QUESTION_FORM, format!("`{name}` takes no value before `of`"))
        .label(element.at(), "nothing may stand here");
    match plain_name(element).filter(|_| written.filter.is_none()) {
        Some(condition) => {
            let better = format!("{name}({collection} where {condition})");
            finding.help(format!("write `{better}`")).fix(format!("write `{better}`"), span, better)
        }
        None => {
            finding.help(format!("write `{name}({collection})`, or `{name}({collection} where …)` with a condition"))
        }
    }
}

fn needs_element(spec: &QuestionSpec, written: &ast::QuestionExpr, span: Span) -> Diagnostic {
    let (name, collection) = (spec.name, written.collection.value.word());
    let example = match (spec.question, owner_of(written.collection.value)) {
        (Question::Every, Owner::Document) => "overdue",
        (_, Owner::Document) => "open_amount",
        (Question::Every, _) => "document is present",
        (_, Owner::Promise) => "due_on",
        _ => "date",
    };
    Diagnostic::new(code::QUESTION_FORM, format!("`{name}` needs a value before `of`"))
        .label(span, format!("the {name} of what?"))
        .help(format!("write `{name}({example} of {collection})`"))
}
