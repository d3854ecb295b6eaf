//! Functions: `min(a, b)`, `max(a, b)`, `end_of_month(d)`.

use super::names::wanted;
use super::present;
use super::questions::has_order;
use crate::base::text::{choice, nearest};
use crate::base::{Diagnostic, Edit, Span, code};
use crate::check::context::Context;
use crate::check::mentions::{Mention, Symbol};
use crate::check::place::Place;
use crate::check::tree::{Expr, ExprKind};
use crate::schema::functions::{self, FUNCTIONS, FunctionSpec, QUESTIONS};
use crate::schema::{Function, Type};
use crate::syntax::ast::{self, Name};

impl Context<'_> {
    /// A function and its arguments.
    pub(super) fn call(&self, name: &Name, arguments: &[ast::Expr], span: Span, place: &Place) -> Option<Expr> {
        self.ask(name.span, || wanted(place));
        let Some(spec) = functions::function(&name.value) else {
            for argument in arguments {
                self.infer(argument, place);
            }
            return self.refuse(unknown_function(name));
        };
        self.mention(Mention::used(name.span, Symbol::Function(spec.name.to_owned())));
        if arguments.len() != spec.parameters.len() {
            return self.refuse(wrong_count(spec, arguments, span));
        }
        let ty = match (spec.function, arguments) {
            (Function::EndOfMonth, [date]) => {
                let date = self.of_type(date, place, &Type::Date, "what `end_of_month` takes")?;
                return Some(present(ExprKind::Call(spec.function, vec![date]), Type::Date, span));
            }
            (_, [left, right]) => {
                let first = self.value(left, place);
                let second = self.value(right, place);
                let (first, second) = (first?, second?);
                if !has_order(&first.typed.ty) {
                    return self.refuse(no_order(spec, &first));
                }
                if first.typed.ty != second.typed.ty {
                    return self.refuse(self.mixed(&first, &second, right, "do not compare"));
                }
                (first.typed.ty.clone(), vec![first, second])
            }
            _ => return self.refuse(wrong_count(spec, arguments, span)),
        };
        Some(present(ExprKind::Call(spec.function, ty.1), ty.0, span))
    }
}

fn no_order(spec: &FunctionSpec, first: &Expr) -> Diagnostic {
    let described = first.typed.ty.described();
    Diagnostic::new(code::NO_ORDER, format!("{described} has no order, so `{}` says nothing", spec.name))
        .label(first.span, described)
        .help("compare amounts, numbers, percentages, days or dates")
}

fn wrong_count(spec: &FunctionSpec, arguments: &[ast::Expr], span: Span) -> Diagnostic {
    let (wanted, given) = (spec.parameters.len(), arguments.len());
    let values = if wanted == 1 { "value" } else { "values" };
    let finding =
        Diagnostic::new(code::WRONG_COUNT, format!("`{}` takes {wanted} {values}, here are {given}", spec.name))
            .label(span, format!("{given} instead of {wanted}"))
            .help(format!("write `{}({})`", spec.name, spec.parameters.join(", ")));
    match (wanted, arguments) {
        // The larger of three is the larger of one and the larger of the others.
        (2, [_, middle @ .., last]) if !middle.is_empty() => {
            let opening =
                middle.iter().map(|middle| Edit { span: middle.at().before(), text: format!("{}(", spec.name) });
            let closing = Edit { span: last.at().after(), text: ")".repeat(middle.len()) };
            finding.fix_with("compare two at a time", opening.chain([closing]))
        }
        (1, [first, .., last]) => {
            let others = Span { start: first.at().end, ..last.at() };
            finding.fix("keep the first value alone", others, "")
        }
        _ => finding,
    }
}

fn unknown_function(name: &Name) -> Diagnostic {
    let finding = Diagnostic::new(code::UNKNOWN_NAME, format!("there is no function `{}`", name.value))
        .label(name.span, "not a function");
    let names: Vec<&str> = FUNCTIONS.iter().map(|spec| spec.name).collect();
    if QUESTIONS.iter().any(|spec| spec.name == name.value) {
        return finding.help(format!("`{0}` asks about a collection: `{0}(… documents where …)`", name.value));
    }
    let meant = match name.value.to_lowercase().as_str() {
        "minimum" | "least" | "smallest" => Some("min"),
        "maximum" | "greatest" | "largest" => Some("max"),
        "eomonth" | "last_day" | "month_end" => Some("end_of_month"),
        _ => nearest(&name.value, names.iter().copied()),
    };
    match meant {
        Some(near) => finding.help(format!("did you mean `{near}`?")).fix(format!("write `{near}`"), name.span, near),
        None => finding.help(format!("the functions are {}", choice(&names))),
    }
}
