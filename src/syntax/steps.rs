//! Steps, their modifiers and their actions.

use crate::base::{Diagnostic, Span, Spanned, code};
use crate::syntax::ast::{Action, Argument, ArgumentValue, Collection, Head, Mode, ModeKind, Repeat, Step};
use crate::syntax::exprs::collection;
use crate::syntax::grammar::Rule;
use crate::syntax::items::number_meant;
use crate::syntax::places::Place;
use crate::syntax::procedures::keep;
use crate::syntax::reader::{Block, Node, Reader, range};

impl<'t> Reader<'t> {
    /// `step NAME "Title" MODIFIERS { … }`
    pub(super) fn step(&mut self, node: Node<'t>) -> Step {
        let mut block = self.block(&node, "step", Place::Step);
        let head = Head { span: block.span, keyword: block.span, body: None, doc: None, damaged: false };
        let mut step = Step {
            head,
            name: self.name(&node),
            title: None,
            at_day: None,
            after: None,
            from: None,
            at_stop: None,
            when: None,
            mode: None,
            repeat: None,
            was: Vec::new(),
            results: Vec::new(),
            actions: Vec::new(),
        };
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::declared_name => step.name = self.titled(&mut block, part),
                Rule::missing_name => {
                    step.name = self.missing_name(&part, "step", "step reminder \"First reminder\" at day 7 { … }");
                }
                Rule::string => step.title = Some(self.string(&part)),
                Rule::results => {
                    if self.first(&mut block, "results", &part) {
                        step.results = part.into_inner().flat_map(|words| self.names(words)).collect();
                    }
                }
                Rule::action => step.actions.push(self.action(part)),
                _ => self.modifier(&mut step, &mut block, part),
            }
        }
        step.head = self.head(block);
        step
    }

    fn modifier(&mut self, step: &mut Step, block: &mut Block, part: Node<'t>) {
        match part.as_rule() {
            Rule::at_day => {
                let first = self.first(block, "at day", &part);
                let day = self.at_day(part);
                block.damaged |= day.is_none();
                step.at_day = if first { day } else { step.at_day.take() };
            }
            Rule::after => {
                let first = self.first(block, "after", &part);
                let duration = part.into_inner().next().and_then(|inner| self.duration(inner));
                block.damaged |= duration.is_none();
                step.after = if first { duration } else { step.after.take() };
            }
            Rule::from => keep(self.first(block, "from", &part), &mut step.from, self.expr_in(part)),
            Rule::at_stop => keep(self.first(block, "at stop", &part), &mut step.at_stop, self.at(&part)),
            Rule::when => keep(self.first(block, "when", &part), &mut step.when, self.expr_in(part)),
            Rule::automatic | Rule::manual => self.mode(step, block, part),
            Rule::repeat => {
                let first = self.first(block, "repeat", &part);
                let repeat = self.repeat(part);
                block.damaged |= repeat.is_none();
                step.repeat = if first { repeat } else { step.repeat.take() };
            }
            Rule::was => step.was.extend(self.names(part)),
            _ => self.layout(block, &part),
        }
    }

    fn mode(&mut self, step: &mut Step, block: &mut Block, node: Node<'t>) {
        let span = self.at(&node);
        let first = self.first(block, "automatic` or `manual", &node);
        let kind = match node.as_rule() {
            Rule::manual => ModeKind::Manual,
            _ if node.clone().into_inner().next().is_some() => ModeKind::AutomaticIf(self.expr_in(node)),
            _ => ModeKind::Automatic,
        };
        keep(first, &mut step.mode, Mode { kind, span });
    }

    fn at_day(&mut self, node: Node<'t>) -> Option<Spanned<i64>> {
        let span = self.span(&node);
        let mut parts = node.into_inner();
        let number = parts.next()?;
        if let Some(unit) = parts.next() {
            self.needless_unit(&unit);
        }
        match number.as_rule() {
            Rule::missing_day => {
                let finding = Diagnostic::new(code::WRONG_CLAUSE, "nothing stands after `at day`")
                    .label(span, "a whole number must follow")
                    .help("write `at day 7`, or `at day -5` for five days before the due date");
                self.missing(&number, finding);
                return None;
            }
            Rule::day_number => {
                let text = number.as_str().replace(|sign: char| sign == '_' || sign.is_whitespace(), "");
                if let Ok(day) = text.parse() {
                    return Some(Spanned::new(day, span));
                }
            }
            _ => {}
        }
        self.bad_day(&number);
        None
    }

    fn bad_day(&mut self, node: &Node<'t>) {
        let text = node.as_str();
        let finding = Diagnostic::new(code::WRONG_CLAUSE, format!("`{text}` is no day"))
            .label(self.span(node), "a whole number must stand here");
        match text.split_whitespace().next().and_then(number_meant) {
            Some(day) => {
                let finding = finding.help(format!("write `at day {day}`"));
                let finding = finding.fix(format!("write `{day}`"), self.span(node), day.to_string());
                self.mend(range(node), &day.to_string(), finding);
            }
            None => self.report(range(node), finding.help("write `at day 7`, or `at day -5` for five days before")),
        }
    }

    fn needless_unit(&mut self, node: &Node<'t>) {
        let (word, span) = (node.as_str(), self.span(node));
        let finding = Diagnostic::new(code::WRONG_CLAUSE, format!("no `{word}` stands after the number of `at day`"))
            .label(span, "take it away")
            .help("write the number alone: `at day 7`")
            .fix("take it away", span, "");
        self.report(range(node), finding);
    }

    fn repeat(&mut self, node: Node<'t>) -> Option<Repeat> {
        let span = self.at(&node);
        let (mut every, mut at_most) = (None, None);
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::at_most => at_most = part.into_inner().next().map(|number| self.name(&number)),
                _ => every = self.duration(part),
            }
        }
        Some(Repeat { every: every?, at_most, span })
    }

    fn action(&mut self, node: Node<'t>) -> Action {
        let span = self.at(&node);
        let name = self.first_name(node.clone());
        let mut arguments = Vec::new();
        for part in node.into_inner().skip(1) {
            match part.as_rule() {
                Rule::action_stray => self.stray(&part, Place::Action),
                _ => arguments.extend(self.argument(part)),
            }
        }
        Action { name, arguments, span }
    }

    fn argument(&mut self, node: Node<'t>) -> Option<Argument> {
        let span = self.at(&node);
        let mut label = None;
        for part in node.into_inner() {
            let value = match part.as_rule() {
                Rule::name => {
                    label = Some(self.name(&part));
                    continue;
                }
                Rule::given_documents => self.given_documents(part),
                Rule::argument_word => ArgumentValue::Expr(self.value_word(&part)),
                _ => ArgumentValue::Expr(self.expr(part)),
            };
            return Some(Argument { label, value, span });
        }
        None
    }

    fn given_documents(&mut self, node: Node<'t>) -> ArgumentValue {
        let whole = self.span(&node);
        let filter_node = node.clone().into_inner().find(|part| part.as_rule() == Rule::filter);
        let named = node.clone().into_inner().find(|part| part.as_rule() == Rule::collection);
        let known = named.as_ref().and_then(collection);
        let kind = known.unwrap_or_else(|| match node.as_str() {
            text if text.starts_with("archived") => Collection::ArchivedDocuments,
            text if text.starts_with("all") => Collection::AllDocuments,
            _ => Collection::Documents,
        });
        let before = |filter: &Node<'_>| filter.as_span().start().saturating_sub(node.as_span().start());
        let words = filter_node.as_ref().and_then(|filter| node.as_str().get(..before(filter)));
        let length = words.map_or(node.as_str(), str::trim_end).len();
        let start = whole.range().start;
        let span = Span::new(whole.file, start, start + length);
        let filter = filter_node.map(|filter| self.expr_in(filter));
        ArgumentValue::Documents { collection: Spanned::new(kind, span), filter }
    }
}
