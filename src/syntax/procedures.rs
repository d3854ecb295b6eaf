//! Procedures and their clauses.

use crate::base::{Diagnostic, code};
use crate::syntax::ast::{Follow, Name, Procedure, Start, Timing, TimingKind};
use crate::syntax::grammar::Rule;
use crate::syntax::places::Place;
use crate::syntax::reader::{Node, Reader, range};

impl<'t> Reader<'t> {
    /// `procedure NAME "Title" for document was old { … }`
    pub(super) fn procedure(&mut self, node: Node<'t>) -> Procedure {
        let mut block = self.block(&node, "procedure", Place::Procedure);
        let mut name = self.name(&node);
        let (mut title, mut scope, mut was, mut steps) = (None, None, Vec::new(), Vec::new());
        let (mut start, mut stop, mut follow, mut timing, mut priority) = (None, None, None, None, None);
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::declared_name => name = self.titled(&mut block, part),
                Rule::missing_name => {
                    name = self.missing_name(&part, "procedure", "procedure standard \"Standard procedure\" { … }");
                }
                Rule::string => title = Some(self.string(&part)),
                Rule::scope => {
                    let first = self.first(&mut block, "for", &part);
                    let found = self.scope(part);
                    scope = if first { found } else { scope };
                }
                Rule::was => was.extend(self.names(part)),
                Rule::start => keep(self.first(&mut block, "start", &part), &mut start, self.start(part)),
                Rule::stop => keep(self.first(&mut block, "stop", &part), &mut stop, self.condition(part)),
                Rule::follow => keep(self.first(&mut block, "follow", &part), &mut follow, self.follow(part)),
                Rule::timing => keep(self.first(&mut block, "timing", &part), &mut timing, self.timing(part)),
                Rule::priority => keep(self.first(&mut block, "priority", &part), &mut priority, self.expr_in(part)),
                Rule::step => steps.push(self.step(part)),
                _ => self.layout(&mut block, &part),
            }
        }
        Procedure { head: self.head(block), name, title, scope, was, start, stop, follow, timing, priority, steps }
    }

    fn scope(&mut self, node: Node<'t>) -> Option<Name> {
        let word = node.into_inner().next()?;
        let name = self.name(&word);
        if matches!(name.value.as_str(), "customer" | "document") {
            return Some(name);
        }
        let finding = Diagnostic::new(code::WRONG_CLAUSE, format!("a procedure is not for `{}`", name.value))
            .label(name.span, "`customer` or `document`")
            .help("write `for customer`, or `for document` where each document runs by itself");
        match crate::base::text::nearest(&name.value, ["customer", "document"]) {
            Some(right) => {
                let finding = finding.fix(format!("write `{right}`"), name.span, right);
                self.mend(range(&word), right, finding);
            }
            None => self.report(range(&word), finding),
        }
        None
    }

    /// The condition of the `when` in a clause.
    fn condition(&mut self, node: Node<'t>) -> crate::syntax::ast::Expr {
        match node.clone().into_inner().find(|part| part.as_rule() == Rule::when) {
            Some(when) => self.expr_in(when),
            None => self.nothing(&node),
        }
    }

    fn start(&mut self, node: Node<'t>) -> Start {
        let span = self.at(&node);
        let (mut when, mut from) = (None, None);
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::when => when = Some(self.expr_in(part)),
                _ => from = Some(self.expr_in(part)),
            }
        }
        Start { when, from, span }
    }

    fn follow(&mut self, node: Node<'t>) -> Follow {
        let span = self.at(&node);
        let filter = node.into_inner().next().map(|filter| self.expr_in(filter));
        Follow { filter, span }
    }

    fn timing(&mut self, node: Node<'t>) -> Timing {
        let span = self.at(&node);
        let mut block = self.block(&node, "timing", Place::Procedure);
        let (mut from, mut counting) = (None, None);
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::after_previous => return Timing { kind: TimingKind::AfterPrevious, span },
                Rule::from => keep(self.first(&mut block, "from", &part), &mut from, self.expr_in(part)),
                _ => {
                    if self.first(&mut block, "counting", &part) {
                        counting = self.counting(part);
                    }
                }
            }
        }
        Timing { kind: TimingKind::Dip { from, counting }, span }
    }
}

/// Keeps the first clause of a kind; what a repeated one says is dropped.
pub(super) fn keep<T>(first: bool, slot: &mut Option<T>, value: T) {
    if first {
        *slot = Some(value);
    }
}
