//! Tests: their records and their story.

use crate::base::{Date, Spanned};
use crate::syntax::ast::{self, Event, EventKind, Expr, Name, Record, StepRef, Test};
use crate::syntax::grammar::Rule;
use crate::syntax::places::Place;
use crate::syntax::reader::{Block, Node, Reader, range};

impl<'t> Reader<'t> {
    /// `test "title" { … }`
    pub(super) fn test(&mut self, node: Node<'t>) -> Test {
        let mut block = self.block(&node, "test", Place::Test);
        let mut title = self.string(&node);
        let (mut records, mut events) = (Vec::new(), Vec::new());
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::string => title = self.string(&part),
                Rule::record => records.push(self.record(part, &mut block)),
                Rule::event => events.extend(self.event(part)),
                Rule::bad_event => {
                    block.damaged = true;
                    self.bad_event(&part);
                }
                Rule::event_stray => {
                    // What the line says is not certain.
                    block.damaged = true;
                    events.pop();
                    self.event_stray(&part);
                }
                _ => self.layout(&mut block, &part),
            }
        }
        Test { head: self.head(block), title, records, events }
    }

    fn record(&mut self, node: Node<'t>, test: &mut Block) -> Record {
        let word = node.clone().into_inner().next().map_or("", |kind| kind.as_str());
        let mut block = self.block(&node, word, Place::Record);
        let mut kind = self.name(&node);
        let (mut id, mut of, mut fields) = (None, None, Vec::new());
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::record_kind => kind = self.name(&part),
                Rule::id | Rule::odd_id => id = Some(self.id(part)),
                Rule::whose => of = part.into_inner().next().map(|owner| self.id(owner)),
                Rule::record_field => fields.extend(self.record_field(part)),
                _ => self.layout(&mut block, &part),
            }
        }
        test.damaged |= block.damaged;
        let block = ast::Block { span: block.span, body: self.body(&block) };
        Record { kind, id, of, fields, block }
    }

    fn record_field(&mut self, node: Node<'t>) -> Option<(Name, Expr)> {
        let name = node.clone().into_inner().next().map(|name| self.name(&name))?;
        Some((name, self.expr_in(node)))
    }

    /// A name, or a text in quotes where the id is no name.
    fn id(&mut self, node: Node<'t>) -> Name {
        let span = self.span(&node);
        if node.as_rule() == Rule::odd_id {
            let (range, text) = (range(&node), node.as_str());
            let finding = self.odd_id(range.clone(), text);
            self.report(range, finding);
            return Spanned::new(text.to_owned(), span);
        }
        let inner = node.into_inner().next();
        inner.map_or_else(
            || Spanned::new(String::new(), span),
            |inner| if inner.as_rule() == Rule::string { self.string(&inner) } else { self.name(&inner) },
        )
    }

    fn event(&mut self, node: Node<'t>) -> Option<Event> {
        let span = self.at(&node);
        let mut parts = node.into_inner();
        let date = self.date(&parts.next()?)?;
        let kind = self.event_kind(parts.next()?)?;
        Some(Event { date, kind, span })
    }

    fn date(&self, node: &Node<'t>) -> Option<Spanned<Date>> {
        Some(Spanned::new(Date::parse(node.as_str())?, self.span(node)))
    }

    fn event_kind(&mut self, node: Node<'t>) -> Option<EventKind> {
        let rule = node.as_rule();
        let mut told = self.told(node);
        let subject = told.subject.take()?;
        Some(match rule {
            Rule::expect => EventKind::Expect { subject, step: told.step? },
            Rule::expect_nothing => EventKind::ExpectNothing { subject, from: told.names.pop() },
            Rule::outcome => {
                EventKind::Outcome { outcome: told.outcome?, subject, step: told.step?, result: told.names.pop() }
            }
            Rule::paid => EventKind::Paid { document: subject, amount: told.value },
            Rule::set => EventKind::Set { subject, field: told.names.pop()?, value: told.value? },
            Rule::hold => EventKind::Hold { subject, until: told.until },
            _ => EventKind::Promise { subject, amount: told.value, until: told.until? },
        })
    }

    fn told(&mut self, node: Node<'t>) -> Told {
        let mut told = Told::default();
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::id => told.subject = Some(self.id(part)),
                Rule::outcome_word => told.outcome = Some(self.name(&part)),
                Rule::step_reference => {
                    let mut names = self.names(part).into_iter();
                    told.step = names.next().zip(names.next()).map(|(procedure, step)| StepRef { procedure, step });
                }
                Rule::until => told.until = part.into_inner().next().and_then(|date| self.date(&date)),
                Rule::expr => told.value = Some(self.expr(part)),
                Rule::value_word => told.value = Some(self.value_word(&part)),
                _ => told.names.push(self.name(&part)),
            }
        }
        told
    }
}

/// What a line of a story says, whatever its kind.
#[derive(Default)]
struct Told {
    outcome: Option<Name>,
    subject: Option<Name>,
    step: Option<StepRef>,
    names: Vec<Name>,
    value: Option<Expr>,
    until: Option<Spanned<Date>>,
}
