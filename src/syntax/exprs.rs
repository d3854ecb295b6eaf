//! Expressions: from what the grammar took to the tree.

use crate::base::{At, Date, Diagnostic, Spanned, code};
use crate::syntax::ast::{BinaryOp, Collection, Expr, ExprKind, Literal, QuestionExpr, Unit};
use crate::syntax::chains::{Part, Test};
use crate::syntax::grammar::Rule;
use crate::syntax::reader::{Node, Reader, range};
use crate::syntax::spelling::{MAX_NESTING, nested_too_deeply};

/// How deep the tree of an expression may be, counting operators in a row as well.
const MAX_LEVELS: usize = 300;

impl<'t> Reader<'t> {
    /// The first expression directly in a node; `Unreadable` if there is none, which is reported.
    pub(super) fn expr_in(&mut self, node: Node<'t>) -> Expr {
        let place = self.at(&node);
        for inner in node.into_inner() {
            match inner.as_rule() {
                Rule::expr | Rule::sum => return self.expr(inner),
                Rule::missing_operand => return self.missing_operand(&inner),
                Rule::value_word => return self.value_word(&inner),
                _ => {}
            }
        }
        Expr { kind: ExprKind::Unreadable, span: place }
    }

    /// `expr`, `sum`
    pub(super) fn expr(&mut self, node: Node<'t>) -> Expr {
        let prefixes = node.clone().into_inner().map(|part| matches!(part.as_rule(), Rule::prefix | Rule::minus));
        if longest_run(prefixes) > MAX_NESTING {
            return self.too_deep(&node);
        }
        self.within(node, |reader, node| {
            let parts = reader.parts(node);
            reader.chain(parts)
        })
    }

    /// Builds a node of which each operator may be a level of the tree, if that does not get too deep.
    fn within(&mut self, node: Node<'t>, build: impl FnOnce(&mut Self, Node<'t>) -> Expr) -> Expr {
        let level = self.level;
        let values = |part: &Node<'t>| matches!(part.as_rule(), Rule::operand | Rule::value_word | Rule::fallback);
        self.level += node.clone().into_inner().filter(|part| !values(part)).count();
        let expr = if self.level > MAX_LEVELS { self.too_deep(&node) } else { build(self, node) };
        self.level = level;
        expr
    }

    fn too_deep(&mut self, node: &Node<'t>) -> Expr {
        self.report(range(node), nested_too_deeply(self.span(node)));
        self.nothing(node)
    }

    fn parts(&mut self, node: Node<'t>) -> Vec<Part> {
        let mut parts = Vec::new();
        for inner in node.into_inner() {
            let at = self.at(&inner);
            match inner.as_rule() {
                Rule::prefix if inner.as_str() == "not" => parts.push(Part::Not(at)),
                Rule::prefix | Rule::minus => parts.push(Part::Minus(at)),
                Rule::operand => parts.push(Part::Value(self.within(inner, Self::operand))),
                Rule::value_word => parts.push(Part::Value(self.value_word(&inner))),
                Rule::missing_operand => parts.push(Part::Value(self.missing_operand(&inner))),
                Rule::operator | Rule::equals | Rule::sum_operator => parts.push(Part::Operator(self.operator(&inner))),
                _ => {
                    let test = self.test_of(inner);
                    parts.push(Part::Test(test, at));
                }
            }
        }
        parts
    }

    fn operator(&mut self, node: &Node<'t>) -> Spanned<BinaryOp> {
        let span = self.span(node);
        let operator = match node.as_str() {
            "and" => BinaryOp::And,
            "or" => BinaryOp::Or,
            "!=" => BinaryOp::NotEqual,
            "<" => BinaryOp::Less,
            "<=" => BinaryOp::LessOrEqual,
            ">" => BinaryOp::Greater,
            ">=" => BinaryOp::GreaterOrEqual,
            "+" => BinaryOp::Add,
            "-" => BinaryOp::Subtract,
            "*" => BinaryOp::Multiply,
            "/" => BinaryOp::Divide,
            "=" => BinaryOp::Equal,
            is => {
                let operator = if is == "is" { BinaryOp::Equal } else { BinaryOp::NotEqual };
                let right = operator.sign();
                let finding = Diagnostic::new(code::WRONG_OPERATOR, format!("`{is}` does not compare two values"))
                    .label(span, format!("write `{right}`"))
                    .help(format!("write `{right}`; `is` stands only in `is missing` and `is present`"))
                    .fix(format!("write `{right}`"), span, right);
                self.report(range(node), finding);
                operator
            }
        };
        Spanned::new(operator, span)
    }

    fn test_of(&mut self, node: Node<'t>) -> Test {
        match node.as_rule() {
            Rule::in_list => self.in_list(node),
            Rule::between => self.between(node),
            _ => self.is_missing(node),
        }
    }

    fn between(&mut self, node: Node<'t>) -> Test {
        let nothing = self.nothing(&node);
        let (mut low, mut high) = (None, None);
        for end in node.into_inner() {
            let value = match end.as_rule() {
                Rule::sum => self.expr(end),
                Rule::missing_and => self.missing_and(&end),
                _ => self.missing_operand(&end),
            };
            *(if low.is_none() { &mut low } else { &mut high }) = Some(value);
        }
        Test::Between(Box::new(low.unwrap_or_else(|| nothing.clone())), Box::new(high.unwrap_or(nothing)))
    }

    fn missing_and(&mut self, node: &Node<'t>) -> Expr {
        let before = self.token_before(node.as_span().start());
        let finding = Diagnostic::new(code::MISSING_VALUE, "`between` has only one end")
            .label(self.mended.span(before), "`and` and the other end must follow")
            .help("write `between 1 and 5`");
        self.missing(node, finding);
        self.nothing(node)
    }

    fn is_missing(&mut self, node: Node<'t>) -> Test {
        let span = self.span(&node);
        let has = |rule| node.clone().into_inner().any(|inner| inner.as_rule() == rule);
        let mut missing = has(Rule::missing_word);
        if has(Rule::negation) {
            missing = !missing;
            let right = if missing { "is missing" } else { "is present" };
            let finding = Diagnostic::new(code::WRONG_OPERATOR, format!("`{}` is written `{right}`", node.as_str()))
                .label(span, format!("write `{right}`"))
                .help(format!("write `{right}`"))
                .fix(format!("write `{right}`"), span, right);
            self.report(range(&node), finding);
        }
        if missing { Test::Missing } else { Test::Present }
    }

    fn in_list(&mut self, node: Node<'t>) -> Test {
        let mut values = Vec::new();
        let mut negated = false;
        for inner in node.clone().into_inner() {
            match inner.as_rule() {
                Rule::expr => values.push(self.expr(inner)),
                Rule::value_word => values.push(self.value_word(&inner)),
                Rule::negation => {
                    negated = true;
                    let finding =
                        Diagnostic::new(code::WRONG_OPERATOR, "`not` stands before the value, not before `in`")
                            .label(self.span(&inner), "not here")
                            .help("write `not a in (b, c)`");
                    self.report(range(&inner), finding);
                }
                _ => self.bracket(&node, &inner),
            }
        }
        Test::In(values, negated)
    }

    fn operand(&mut self, node: Node<'t>) -> Expr {
        let mut expr: Option<Expr> = None;
        for inner in node.into_inner() {
            let next = match inner.as_rule() {
                Rule::or_else => continue,
                Rule::missing_operand => self.missing_operand(&inner),
                Rule::fallback => self.fallback(inner),
                _ => self.atom(inner),
            };
            expr = Some(match expr {
                None => next,
                Some(value) => {
                    let span = At(value.at().to(next.at()));
                    Expr { kind: ExprKind::OrElse(Box::new(value), Box::new(next)), span }
                }
            });
        }
        expr.unwrap_or_else(|| Expr { kind: ExprKind::Unreadable, span: At(self.mended.span(0..0)) })
    }

    fn fallback(&mut self, node: Node<'t>) -> Expr {
        let span = self.at(&node);
        let negated = node.as_str().starts_with('-');
        let Some(inner) = node.into_inner().next() else { return Expr { kind: ExprKind::Unreadable, span } };
        let value = match inner.as_rule() {
            Rule::value_word => self.value_word(&inner),
            Rule::missing_operand => self.missing_operand(&inner),
            _ => self.atom(inner),
        };
        if negated { Expr { kind: ExprKind::Negate(Box::new(value)), span } } else { value }
    }

    fn atom(&mut self, node: Node<'t>) -> Expr {
        let span = self.at(&node);
        let kind = match node.as_rule() {
            Rule::bracketed => self.bracketed(node),
            Rule::date => Date::parse(node.as_str()).map_or(ExprKind::Unreadable, ExprKind::Date),
            Rule::quantity => self.quantity(node),
            Rule::string => ExprKind::Text(self.string(&node).value),
            Rule::flag => ExprKind::Flag(node.as_str() == "yes"),
            Rule::result_of => ExprKind::ResultOf(self.first_name(node)),
            Rule::call => self.call(node),
            Rule::path => {
                let mut names = node.into_inner().map(|name| self.name(&name));
                match (names.next(), names.next()) {
                    (Some(owner), Some(name)) => ExprKind::Member(owner, name),
                    (Some(name), None) => ExprKind::Name(name.value),
                    _ => ExprKind::Unreadable,
                }
            }
            _ => ExprKind::Unreadable,
        };
        Expr { kind, span }
    }

    /// A reserved word as a value of a closed list.
    pub(super) fn value_word(&self, node: &Node<'t>) -> Expr {
        Expr { kind: ExprKind::Name(node.as_str().to_owned()), span: self.at(node) }
    }

    fn bracketed(&mut self, node: Node<'t>) -> ExprKind {
        let inner = self.expr_in(node.clone());
        for part in node.clone().into_inner() {
            self.bracket(&node, &part);
        }
        ExprKind::Paren(Box::new(inner))
    }

    /// What does not belong before `)`, or no `)`.
    pub(super) fn bracket(&mut self, node: &Node<'t>, part: &Node<'t>) {
        match part.as_rule() {
            Rule::bracket_stray => self.stray(part, crate::syntax::places::Place::Brackets),
            Rule::missing_bracket => {
                let end = self.token_before(part.as_span().start()).end;
                let start = node.as_span().start();
                let opening = start + node.as_str().find('(').unwrap_or(0);
                let finding = Diagnostic::new(code::OPEN_BRACKET, "this `(` has no `)`")
                    .label(self.mended.span(opening..opening + 1), "never closed")
                    .help("write `)` where the expression in brackets ends")
                    .fix("write `)`", self.mended.span(end..end), ")");
                self.missing(part, finding);
            }
            _ => {}
        }
    }

    fn quantity(&mut self, node: Node<'t>) -> ExprKind {
        let mut literal: Option<Literal> = None;
        let mut unit = None;
        for inner in node.into_inner() {
            match inner.as_rule() {
                Rule::number => literal = Some(self.name(&inner)),
                Rule::percent => unit = Some(Unit::Percent),
                Rule::days => unit = Some(Unit::Days),
                Rule::weeks => unit = Some(Unit::Weeks),
                Rule::working_days => {
                    unit = Some(Unit::WorkingDays(inner.into_inner().next().map(|name| self.name(&name))))
                }
                Rule::currency => unit = Some(Unit::Currency(self.name(&inner))),
                _ => unit = Some(Unit::Other(self.name(&inner))),
            }
        }
        literal.map_or(ExprKind::Unreadable, |literal| ExprKind::Number(literal, unit))
    }

    /// `count(documents where overdue)`, `min(a, b)`
    fn call(&mut self, node: Node<'t>) -> ExprKind {
        let mut name = None;
        let mut arguments = Vec::new();
        let mut source = None;
        let mut filter = None;
        let mut unreadable = false;
        for inner in node.clone().into_inner() {
            match inner.as_rule() {
                Rule::name => name = Some(self.name(&inner)),
                Rule::expr => arguments.push(self.expr(inner)),
                Rule::collection => source = collection(&inner).map(|found| Spanned::new(found, self.span(&inner))),
                Rule::source => {
                    source = self.source_of(inner);
                    unreadable |= source.is_none();
                }
                Rule::filter => {
                    if source.is_none() && !unreadable {
                        unreadable = true;
                        self.no_source(&inner);
                    }
                    filter = Some(self.expr_in(inner));
                }
                Rule::bracket_stray if source.is_none() && inner.as_str().split_whitespace().any(is_collection) => {
                    unreadable = true;
                    self.no_collection_first(&inner);
                }
                _ => self.bracket(&node, &inner),
            }
        }
        let Some(name) = name.filter(|_| !unreadable) else { return ExprKind::Unreadable };
        let Some(collection) = source else { return ExprKind::Call(name, arguments) };
        if let [_, second, ..] = arguments.as_slice() {
            let finding =
                Diagnostic::new(code::UNREADABLE_TEXT, format!("`{}` asks for one value of each", name.value))
                    .label(second.at(), "a second one")
                    .help(format!("write `{}(… of {})` with one value", name.value, collection.value.word()));
            self.findings.push(finding);
        }
        let element = arguments.into_iter().next();
        ExprKind::Question(Box::new(QuestionExpr { name, element, collection, filter }))
    }

    /// `of documents`
    fn source_of(&mut self, node: Node<'t>) -> Option<Spanned<Collection>> {
        let inner = node.into_inner().next()?;
        match inner.as_rule() {
            Rule::collection => collection(&inner).map(|found| Spanned::new(found, self.span(&inner))),
            Rule::bad_collection => {
                let text = inner.as_str();
                let words = ["documents", "archived documents", "all documents", "promises", "contacts"];
                let finding = Diagnostic::new(code::UNKNOWN_COLLECTION, format!("`{text}` is nothing to ask about"))
                    .label(self.span(&inner), "not known here")
                    .help(format!("write {}", crate::base::text::choice(&words)));
                self.report(range(&inner), finding);
                None
            }
            _ => {
                let _ = self.missing_operand(&inner);
                None
            }
        }
    }

    /// `sum(open_amount where overdue)`
    fn no_source(&mut self, filter: &Node<'t>) {
        let before = self.token_before(filter.as_span().start());
        let end = before.end;
        let finding = Diagnostic::new(code::UNKNOWN_COLLECTION, "it is not said which documents are meant")
            .label(self.mended.span(before), "`of documents` must follow")
            .help("write `of documents` before `where`")
            .fix("write `of documents`", self.mended.span(end..end), " of documents");
        self.findings.push(finding);
    }

    /// `count(overdue documents)`
    fn no_collection_first(&mut self, stray: &Node<'t>) {
        let finding = Diagnostic::new(code::UNKNOWN_COLLECTION, "it is not said what is asked about")
            .label(self.span(stray), "`documents` stands first, or after `of`")
            .help("write for example `count(documents where overdue)` or `sum(open_amount of documents)`");
        self.report(range(stray), finding);
    }

    /// No value where one must stand.
    pub(super) fn missing_operand(&mut self, node: &Node<'t>) -> Expr {
        let before = self.token_before(node.as_span().start());
        let word = self.mended.text.get(before.clone()).unwrap_or("");
        let finding = Diagnostic::new(code::MISSING_VALUE, format!("nothing stands after `{word}`"))
            .label(self.mended.span(before), "a value must follow")
            .help(value_help(word));
        self.missing(node, finding);
        Expr { kind: ExprKind::Unreadable, span: self.at(node) }
    }
}

fn value_help(word: &str) -> &'static str {
    match word {
        "else" => "write what holds where the value is missing: `score or else 50`",
        "when" | "where" | "if" => "write a condition, for example `overdue_total > 250 EUR`",
        "from" => "write a date, for example `issue_date`",
        _ => "write a value, for example `250 EUR`, `7 days` or the name of a field",
    }
}

fn is_collection(word: &str) -> bool {
    matches!(word, "documents" | "promises" | "contacts")
}

/// The collection that a node names.
pub(super) fn collection(node: &Node<'_>) -> Option<Collection> {
    let words: Vec<&str> = node.as_str().split_whitespace().collect();
    Some(match words.as_slice() {
        ["documents"] => Collection::Documents,
        ["archived", _] => Collection::ArchivedDocuments,
        ["all", _] => Collection::AllDocuments,
        ["promises"] => Collection::Promises,
        ["contacts"] => Collection::Contacts,
        _ => return None,
    })
}

/// The length of the longest run of `true`.
fn longest_run(flags: impl Iterator<Item = bool>) -> usize {
    let runs = flags.scan(0usize, |run, flag| {
        *run = if flag { *run + 1 } else { 0 };
        Some(*run)
    });
    runs.max().unwrap_or(0)
}
