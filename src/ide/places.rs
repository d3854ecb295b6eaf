//! The parts of a tree around a place, from the file inwards: for selecting more and more around the cursor.

use crate::base::Span;
use crate::syntax::ast::{
    Action, ArgumentValue, Counting, Duration, DurationUnit, Event, EventKind, Expr, ExprKind, Field, File, Holidays,
    Item, ModeKind, Name, Procedure, Record, Step, StepRef, Test, TimingKind, Unit,
};

/// The parts of a file that hold the byte at `offset` or end there, the largest first, each once.
#[must_use]
pub fn around(file: &File, offset: usize) -> Vec<Span> {
    let at = |offset: usize| {
        let mut around = Around { offset: u32::try_from(offset).unwrap_or(u32::MAX), found: Vec::new() };
        around.file(file);
        around.found
    };
    let here = at(offset);
    // Just behind a word, the word is meant.
    let before = offset.checked_sub(1).map(at).unwrap_or_default();
    let width = |found: &[Span]| found.last().map_or(u32::MAX, |span| span.end - span.start);
    if width(&before) < width(&here) { before } else { here }
}

struct Around {
    offset: u32,
    found: Vec<Span>,
}

impl Around {
    /// A part, and what it consists of.
    fn part(&mut self, span: Span, inside: impl FnOnce(&mut Self)) {
        if span.start <= self.offset && self.offset < span.end {
            if self.found.last() != Some(&span) {
                self.found.push(span);
            }
            inside(self);
        }
    }

    fn leaf(&mut self, span: Span) {
        self.part(span, |_| {});
    }

    fn name(&mut self, name: &Name) {
        self.leaf(name.span);
    }

    fn names<'a>(&mut self, names: impl IntoIterator<Item = &'a Name>) {
        names.into_iter().for_each(|name| self.name(name));
    }

    /// A text in quotes, and what stands in them.
    fn quoted(&mut self, text: &Name) {
        let inner = Span { start: text.span.start + 1, end: text.span.end.saturating_sub(1), ..text.span };
        self.part(text.span, |it| it.leaf(inner));
    }

    fn file(&mut self, file: &File) {
        file.comments.iter().for_each(|comment| self.leaf(comment.text.span));
        for item in &file.items {
            let head = item.head();
            self.part(head.span, |it| {
                it.leaf(head.keyword);
                it.item(item);
            });
        }
    }

    /// A declaration's own words, then its block, then what stands in it.
    fn block(&mut self, body: Option<Span>, inside: impl FnOnce(&mut Self)) {
        match body {
            Some(body) => self.part(body, inside),
            None => inside(self),
        }
    }

    fn item(&mut self, item: &Item) {
        match item {
            Item::Ledger(ledger) => self.block(ledger.head.body, |it| {
                it.names(ledger.currency.iter().chain(&ledger.recipients));
                for (block, fields) in
                    [(&ledger.customer_block, &ledger.customer), (&ledger.document_block, &ledger.document)]
                {
                    if let Some(block) = block {
                        it.part(block.span, |it| {
                            it.block(block.body, |it| fields.iter().for_each(|field| it.field(field)))
                        });
                    }
                }
            }),
            Item::Calendar(calendar) => {
                self.name(&calendar.name);
                self.block(calendar.head.body, |it| {
                    it.names(&calendar.weekend);
                    for holidays in &calendar.holidays {
                        match holidays {
                            Holidays::Country(name) => it.name(name),
                            Holidays::File(path) => it.quoted(path),
                        }
                    }
                });
            }
            Item::Define(define) => {
                self.names(&define.owner);
                self.name(&define.name);
                self.expr(&define.expr);
            }
            Item::Template(template) => {
                self.name(&template.name);
                self.block(template.head.body, |it| {
                    for (language, path) in &template.files {
                        it.part(language.span.to(path.span), |it| {
                            it.name(language);
                            it.quoted(path);
                        });
                    }
                    it.names(&template.otherwise);
                });
            }
            Item::Action(action) => {
                self.name(&action.name);
                for parameter in &action.parameters {
                    let end = parameter.default.as_ref().map_or(parameter.ty.span, Expr::at);
                    self.part(parameter.name.span.to(end), |it| {
                        it.names([&parameter.name, &parameter.ty]);
                        it.exprs(&parameter.default);
                    });
                }
                self.names(&action.computes);
            }
            Item::Assign(assign) => self.block(assign.head.body, |it| {
                for rule in &assign.rules {
                    it.part(rule.span.0, |it| {
                        it.name(&rule.procedure);
                        it.exprs(&rule.when);
                    });
                }
            }),
            Item::Procedure(procedure) => self.procedure(procedure),
            Item::ContactPolicy(policy) => self.block(policy.head.body, |it| {
                for limit in &policy.limits {
                    it.part(limit.span.0, |it| {
                        it.name(&limit.at_most);
                        it.duration(&limit.every);
                    });
                }
                policy.only_on.iter().for_each(|counting| it.counting(counting));
            }),
            Item::Test(test) => self.test(test),
        }
    }

    fn field(&mut self, field: &Field) {
        self.part(field.span.0, |it| {
            it.name(&field.name);
            it.names(&field.ty);
        });
    }

    fn procedure(&mut self, procedure: &Procedure) {
        self.name(&procedure.name);
        procedure.title.iter().for_each(|title| self.quoted(title));
        self.names(procedure.scope.iter().chain(&procedure.was));
        self.block(procedure.head.body, |it| {
            if let Some(start) = &procedure.start {
                it.part(start.span.0, |it| it.exprs(start.when.iter().chain(&start.from)));
            }
            it.exprs(procedure.stop.iter().chain(&procedure.priority));
            if let Some(follow) = &procedure.follow {
                it.part(follow.span.0, |it| it.exprs(&follow.filter));
            }
            if let Some(timing) = &procedure.timing {
                it.part(timing.span.0, |it| {
                    if let TimingKind::Dip { from, counting } = &timing.kind {
                        it.exprs(from);
                        counting.iter().for_each(|counting| it.counting(counting));
                    }
                });
            }
            procedure.steps.iter().for_each(|step| it.step(step));
        });
    }

    fn step(&mut self, step: &Step) {
        self.part(step.head.span, |it| {
            it.leaf(step.head.keyword);
            it.name(&step.name);
            step.title.iter().for_each(|title| it.quoted(title));
            step.at_day.iter().for_each(|day| it.leaf(day.span));
            step.after.iter().for_each(|after| it.duration(after));
            it.exprs(step.from.iter().chain(&step.when));
            step.at_stop.iter().for_each(|at| it.leaf(at.0));
            if let Some(mode) = &step.mode {
                it.part(mode.span.0, |it| {
                    if let ModeKind::AutomaticIf(condition) = &mode.kind {
                        it.expr(condition);
                    }
                });
            }
            if let Some(repeat) = &step.repeat {
                it.part(repeat.span.0, |it| {
                    it.duration(&repeat.every);
                    it.names(&repeat.at_most);
                });
            }
            it.names(&step.was);
            it.block(step.head.body, |it| {
                step.actions.iter().for_each(|action| it.action(action));
                it.names(&step.results);
            });
        });
    }

    fn action(&mut self, action: &Action) {
        self.part(action.span.0, |it| {
            it.name(&action.name);
            for argument in &action.arguments {
                it.part(argument.span.0, |it| {
                    it.names(&argument.label);
                    match &argument.value {
                        ArgumentValue::Expr(expr) => it.expr(expr),
                        ArgumentValue::Documents { collection, filter } => {
                            let end = filter.as_ref().map_or(collection.span, Expr::at);
                            it.part(collection.span.to(end), |it| {
                                it.leaf(collection.span);
                                it.exprs(filter);
                            });
                        }
                    }
                });
            }
        });
    }

    fn duration(&mut self, duration: &Duration) {
        self.part(duration.span.0, |it| {
            it.name(&duration.number);
            if let DurationUnit::WorkingDays(Some(calendar)) = &duration.unit {
                it.name(calendar);
            }
        });
    }

    fn counting(&mut self, counting: &Counting) {
        self.part(counting.span.0, |it| it.names(&counting.calendar));
    }

    fn test(&mut self, test: &Test) {
        self.quoted(&test.title);
        self.block(test.head.body, |it| {
            test.records.iter().for_each(|record| it.record(record));
            test.events.iter().for_each(|event| it.event(event));
        });
    }

    fn record(&mut self, record: &Record) {
        self.part(record.block.span, |it| {
            it.name(&record.kind);
            it.names(record.id.iter().chain(&record.of));
            it.block(record.block.body, |it| {
                for (name, value) in &record.fields {
                    it.part(name.span.to(value.at()), |it| {
                        it.name(name);
                        it.expr(value);
                    });
                }
            });
        });
    }

    fn event(&mut self, event: &Event) {
        self.part(event.span.0, |it| {
            it.leaf(event.date.span);
            match &event.kind {
                EventKind::Expect { subject, step } => {
                    it.name(subject);
                    it.step_ref(step);
                }
                EventKind::ExpectNothing { subject, from } => it.names([subject].into_iter().chain(from)),
                EventKind::Outcome { outcome, subject, step, result } => {
                    it.names([outcome, subject].into_iter().chain(result));
                    it.step_ref(step);
                }
                EventKind::Paid { document, amount } => {
                    it.name(document);
                    it.exprs(amount);
                }
                EventKind::Set { subject, field, value } => {
                    it.names([subject, field]);
                    it.expr(value);
                }
                EventKind::Hold { subject, until } => {
                    it.name(subject);
                    until.iter().for_each(|until| it.leaf(until.span));
                }
                EventKind::Promise { subject, amount, until } => {
                    it.name(subject);
                    it.exprs(amount);
                    it.leaf(until.span);
                }
            }
        });
    }

    fn step_ref(&mut self, step: &StepRef) {
        self.part(step.procedure.span.to(step.step.span), |it| it.names([&step.procedure, &step.step]));
    }

    fn exprs<'a>(&mut self, exprs: impl IntoIterator<Item = &'a Expr>) {
        exprs.into_iter().for_each(|expr| self.expr(expr));
    }

    fn expr(&mut self, expr: &Expr) {
        self.part(expr.at(), |it| match &expr.kind {
            ExprKind::Number(literal, unit) => {
                it.name(literal);
                if let Some(Unit::Currency(name) | Unit::Other(name) | Unit::WorkingDays(Some(name))) = unit {
                    it.name(name);
                }
            }
            ExprKind::Text(text) => it.quoted(&Name::new(text.clone(), expr.at())),
            ExprKind::Member(owner, name) => it.names([owner, name]),
            ExprKind::ResultOf(step) => it.name(step),
            ExprKind::Not(inner)
            | ExprKind::Negate(inner)
            | ExprKind::IsMissing(inner)
            | ExprKind::IsPresent(inner)
            | ExprKind::Paren(inner) => it.expr(inner),
            ExprKind::Binary(_, left, right) | ExprKind::OrElse(left, right) => it.exprs([&**left, &**right]),
            ExprKind::In(inner, list) => {
                it.expr(inner);
                it.exprs(list);
            }
            ExprKind::Between(inner, low, high) => it.exprs([&**inner, &**low, &**high]),
            ExprKind::Question(question) => {
                it.name(&question.name);
                it.exprs(&question.element);
                it.leaf(question.collection.span);
                it.exprs(&question.filter);
            }
            ExprKind::Call(name, arguments) => {
                it.name(name);
                it.exprs(arguments);
            }
            ExprKind::Date(_) | ExprKind::Flag(_) | ExprKind::Name(_) | ExprKind::Unreadable => {}
        });
    }
}
