//! Values of closed lists: to the right of a list, a bare word is one of its values.

use super::names::{choice_literal, wanted};
use super::{bare, present};
use crate::base::text::{choice, enumeration, nearest};
use crate::base::{Diagnostic, Span, code};
use crate::check::context::Context;
use crate::check::mentions::{Mention, Symbol, Wanted};
use crate::check::place::Place;
use crate::check::tree::{Expr, ExprKind};
use crate::schema::{ClosedList, Owner, Type, Typed};
use crate::syntax::ast::{self, ExprKind as Written};

/// How many values are offered where one is missing.
const MOST_OFFERED: usize = 4;

impl Context<'_> {
    /// What stands to the right of a closed list; its value may be missing.
    pub(in crate::check) fn list_value(&self, list: &ClosedList, expr: &ast::Expr, place: &Place) -> Option<Expr> {
        let span = expr.at();
        match &expr.kind {
            Written::Name(word) => self.word_of(list, word, span, place),
            Written::Flag(flag) => self.word_of(list, if *flag { "yes" } else { "no" }, span, place),
            Written::Paren(inner) => self.list_value(list, inner, place),
            Written::OrElse(left, right) => {
                let left = self.list_value(list, left, place)?;
                self.may_be_missing(&left, span);
                let right = self.list_value(list, right, place)?;
                let typed = Typed { ty: Type::List(list.clone()), optional: right.typed.optional };
                Some(Expr { kind: ExprKind::OrElse(Box::new(left), Box::new(right)), typed, span })
            }
            Written::Text(text) => self.refuse(self.in_quotes(list, text, span)),
            _ => {
                let found = self.infer(expr, place)?;
                self.same_list(list, found, span)
            }
        }
    }

    fn word_of(&self, list: &ClosedList, word: &str, span: Span, place: &Place) -> Option<Expr> {
        self.ask(span, || Wanted::ListValue { list: list.of().clone(), values: list.values().to_vec() });
        match list.code(word) {
            _ if word.is_empty() => self.unreadable(),
            Some(code) => {
                self.mention(Mention::used(span, Symbol::Value { list: list.of().clone(), value: word.to_owned() }));
                Some(choice_literal(list, code, span))
            }
            None => self.refuse(self.not_a_value(list, word, span, place)),
        }
    }

    fn same_list(&self, list: &ClosedList, found: Expr, span: Span) -> Option<Expr> {
        match &found.typed.ty {
            Type::List(other) if other == list => Some(found),
            Type::List(other) => self.refuse(
                Diagnostic::new(
                    code::LISTS_DIFFER,
                    format!("`{}` and `{}` do not have the same values", list.name(), other.name()),
                )
                .label(span, format!("one of {}", choice(other.values())))
                .help(format!("the values of `{}` are {}", list.name(), enumeration(list.values()))),
            ),
            ty => self.refuse(
                Diagnostic::new(code::MIXED_TYPES, format!("`{}` is a list, this is {}", list.name(), ty.described()))
                    .label(span, ty.described())
                    .help(format!("write one of its values: {}", choice(list.values()))),
            ),
        }
    }

    fn not_a_value(&self, list: &ClosedList, word: &str, span: Span, place: &Place) -> Diagnostic {
        let finding = Diagnostic::new(code::UNKNOWN_VALUE, format!("`{}` has no value `{word}`", list.name()))
            .label(span, "not a value of the list");
        if let Some(near) = nearest(word, list.values().iter().map(String::as_str)) {
            return finding.help(format!("did you mean `{near}`?")).fix(format!("write `{near}`"), span, near);
        }
        let values = format!("its values are {}", enumeration(list.values()));
        if place.owner == Owner::Customer && self.is_name(word, place) {
            let field = format!("a field of the customer is written `customer.{word}` here");
            return finding.help(format!("{values}; {field}"));
        }
        if place.has_document && self.is_name(word, place) {
            return finding.help(format!("{values}; a field of the document is written `document.{word}` here"));
        }
        finding.help(values)
    }

    #[expect(clippy::unused_self, reason = "reads like its neighbours")]
    fn in_quotes(&self, list: &ClosedList, text: &str, span: Span) -> Diagnostic {
        let values = list.values();
        let meant = values.iter().find(|value| value.eq_ignore_ascii_case(text.trim())).map(String::as_str);
        let meant = meant.or_else(|| nearest(text.trim(), values.iter().map(String::as_str)));
        let finding =
            Diagnostic::new(code::QUOTED_VALUE, format!("the values of `{}` stand without quotes", list.name()))
                .label(span, "a text in quotes");
        match meant {
            Some(value) => finding.help(format!("write `{value}`")).fix(format!("write `{value}`"), span, value),
            None => finding.help(format!("write {}", choice(values))),
        }
    }

    /// `a in (b, c)`
    pub(super) fn in_list(&self, value: &ast::Expr, list: &[ast::Expr], span: Span, place: &Place) -> Option<Expr> {
        let left = self.value(value, place);
        if list.is_empty() {
            let finding = Diagnostic::new(code::EMPTY_LIST, "`in` needs at least one value")
                .label(span, "nothing to compare with")
                .help("write the values in brackets: `in (a, b)`");
            let values = match left.as_ref().map(|left| &left.typed.ty) {
                Some(Type::List(list)) => list.values(),
                _ => &[],
            };
            let before_bracket = Span { start: span.end.saturating_sub(1), ..span }.before();
            let offer = |finding: Diagnostic, value: &String| {
                finding.fix(format!("write `({value})`"), before_bracket, value.as_str())
            };
            return self.refuse(values.iter().take(MOST_OFFERED).fold(finding, offer));
        }
        let right: Vec<Option<Expr>> = match &left {
            Some(left) => list.iter().map(|item| self.right_of(left, value, item, place)).collect(),
            None => list.iter().map(|item| self.right_of_unknown(item, place)).collect(),
        };
        let right: Option<Vec<Expr>> = right.into_iter().collect();
        Some(present(ExprKind::In(Box::new(left?), right?), Type::Flag, span))
    }

    /// Checks what stands right of something not understood, as far as that is possible: a bare word
    /// may be a value of a list.
    pub(super) fn right_of_unknown(&self, expr: &ast::Expr, place: &Place) -> Option<Expr> {
        match &bare(expr).kind {
            Written::Name(_) => {
                self.ask(expr.at(), || wanted(place));
                None
            }
            Written::Flag(_) | Written::OrElse(..) => None,
            _ => self.infer(expr, place),
        }
    }
}
