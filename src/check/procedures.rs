//! Procedures: how they start and stop, what they follow, how their steps are timed.

use crate::base::{Diagnostic, code};
use crate::check::context::Context;
use crate::check::items::Declared;
use crate::check::ledger;
use crate::check::names::Names;
use crate::check::place::{Leading, Place, Results, Steps};
use crate::check::symbols::{Kind, Table};
use crate::check::tree::{Expr, ExprKind, Mode, Procedure, Repeat, Scope, Step, Timing};
use crate::schema::{FOLLOWED, ListOf, Type, Typed, Value};
use crate::syntax::ast::{self, ModeKind, TimingKind};

impl Context<'_> {
    /// A procedure, checked. What has a finding is left out of the tree, which is then dropped.
    pub(super) fn procedure(&self, written: &ast::Procedure) -> Procedure {
        let scope = scope(written);
        let steps = self.steps(written);
        let places = Places::of(written, scope, &steps);
        let start = written.start.as_ref();
        self.follows_something(written, scope);
        Procedure {
            name: written.name.clone(),
            title: written.title.as_ref().map(|title| title.value.clone()),
            doc: written.head.doc.clone(),
            was: written.was.iter().map(|name| name.value.clone()).collect(),
            scope,
            start: start.and_then(|start| self.condition(start.when.as_ref()?, &places.start)),
            start_from: start.and_then(|start| {
                self.of_type(start.from.as_ref()?, &places.start, &Type::Date, "what dates the start")
            }),
            stop: written.stop.as_ref().and_then(|stop| self.condition(stop, &places.running)),
            follow: written.follow.as_ref().and_then(|follow| self.follow(follow, &places.document)),
            timing: self.timing(written.timing.as_ref(), &places.document),
            priority: written.priority.as_ref().and_then(|priority| self.priority(priority, &places.running)),
            steps: written.steps.iter().map(|step| self.step(step, &steps, &places)).collect(),
            span: written.head.span,
        }
    }

    /// The steps by name, and what they may report back.
    fn steps<'w>(&self, written: &'w ast::Procedure) -> Steps<'w> {
        let mut findings = Vec::new();
        let named = written.steps.iter().map(|step| Declared::New(&step.name, step));
        let by_name = Table::new(Kind::Step, &Names::default(), named, &mut findings);
        let mut in_order = Vec::new();
        for step in &written.steps {
            let of = ListOf::Results { procedure: written.name.value.clone(), step: step.name.value.clone() };
            let results = (!step.results.is_empty()).then(|| ledger::list(of, &step.results, &mut findings));
            in_order.push((step, results));
        }
        findings.into_iter().for_each(|finding| self.report(finding));
        Steps { procedure: &written.name.value, by_name, written: in_order }
    }

    /// Without `follow`, a procedure looks at the documents of status `open` (`S4`).
    fn follows_something(&self, written: &ast::Procedure, scope: Scope) {
        let statuses = &self.symbols.ledger.statuses;
        if written.follow.is_some() || scope == Scope::Document || statuses.code(FOLLOWED).is_some() {
            return;
        }
        let first = statuses.values().first().map_or("", String::as_str);
        self.report(
            Diagnostic::new(
                code::UNKNOWN_VALUE,
                "a procedure follows documents of status `open`, and there is no such status",
            )
            .label(written.name.span, "does not say what it follows")
            .help(format!("write `follow documents where status = {first}`, with the statuses you mean")),
        );
    }

    /// The filter of `follow`; without `where` everything passes.
    fn follow(&self, written: &ast::Follow, place: &Place) -> Option<Expr> {
        match &written.filter {
            Some(filter) => self.condition(filter, place),
            None => Some(Expr {
                kind: ExprKind::Literal(Value::Flag(true)),
                typed: Typed::present(Type::Flag),
                span: written.span.0,
            }),
        }
    }

    fn timing(&self, written: Option<&ast::Timing>, place: &Place) -> Timing {
        match written.map(|timing| &timing.kind) {
            Some(TimingKind::AfterPrevious) => Timing::AfterPrevious,
            Some(TimingKind::Dip { from, counting }) => Timing::Dip {
                from: from.as_ref().and_then(|from| self.anchor(from, place)),
                working: counting
                    .as_ref()
                    .and_then(|counting| self.working_days_of(counting.calendar.as_ref(), counting.span.0)),
            },
            None => Timing::Dip { from: None, working: None },
        }
    }

    /// The date of a document that a clock counts from (`S5`).
    fn anchor(&self, from: &ast::Expr, place: &Place) -> Option<Expr> {
        self.of_type(from, place, &Type::Date, "what the days are counted from")
    }

    fn priority(&self, written: &ast::Expr, place: &Place) -> Option<Expr> {
        let found = self.infer(written, place)?;
        if matches!(found.typed.ty, Type::Money | Type::Number | Type::Percent | Type::Days) {
            return Some(self.always_there(found, written, place));
        }
        let described = found.typed.ty.described();
        self.refuse(
            Diagnostic::new(code::WRONG_TYPE, format!("a priority is an amount or a number, not {described}"))
                .label(written.at(), described)
                .help("write what is larger for what matters more, such as `priority overdue_total`"),
        )
    }

    fn step(&self, written: &ast::Step, steps: &Steps, places: &Places) -> Step {
        let place = if written.at_stop.is_some() { &places.stopped } else { &places.step };
        let results = steps.get(written).and_then(|(_, results)| results.cloned());
        let after = written.after.as_ref();
        Step {
            name: written.name.clone(),
            title: written.title.as_ref().map(|title| title.value.clone()),
            doc: written.head.doc.clone(),
            was: written.was.iter().map(|name| name.value.clone()).collect(),
            at_day: written.at_day.clone(),
            after: after.and_then(|after| Some(crate::base::Spanned::new(self.interval(after, 0)?, after.span.0))),
            from: written.from.as_ref().and_then(|from| self.anchor(from, &places.document)),
            at_stop: written.at_stop.is_some(),
            when: written.when.as_ref().and_then(|when| self.condition(when, place)),
            mode: self.mode(written.mode.as_ref(), place),
            repeat: written.repeat.as_ref().and_then(|repeat| self.repeat(repeat)),
            results,
            actions: written
                .actions
                .iter()
                .filter_map(|action| self.action(action, place, written.head.damaged))
                .collect(),
            span: written.head.span,
        }
    }

    fn mode(&self, written: Option<&ast::Mode>, place: &Place) -> Mode {
        match written.map(|mode| &mode.kind) {
            None | Some(ModeKind::Manual) => Mode::Manual,
            Some(ModeKind::Automatic) => Mode::Automatic,
            Some(ModeKind::AutomaticIf(condition)) => {
                self.condition(condition, place).map_or(Mode::Manual, Mode::AutomaticIf)
            }
        }
    }

    fn repeat(&self, written: &ast::Repeat) -> Option<Repeat> {
        let every = self.interval(&written.every, 1);
        let at_most = written.at_most.as_ref().map(|number| self.times(number, "times"));
        let at_most = match at_most {
            Some(times) => Some(times?),
            None => None,
        };
        Some(Repeat { every: every?, at_most })
    }
}

/// What a procedure has one instance for; the parser lets nothing else stand there.
fn scope(written: &ast::Procedure) -> Scope {
    let for_document = written.scope.as_ref().is_some_and(|word| word.value == "document");
    if for_document { Scope::Document } else { Scope::Customer }
}

/// Where the expressions of one procedure stand.
struct Places<'p> {
    /// Its start: no instance is running.
    start: Place<'p>,
    /// Its stop and its priority.
    running: Place<'p>,
    /// Its steps.
    step: Place<'p>,
    /// Its steps at the stop: what led it may be gone.
    stopped: Place<'p>,
    /// What decides which document leads: `follow`, `from`.
    document: Place<'p>,
}

impl<'p> Places<'p> {
    fn of(written: &ast::Procedure, scope: Scope, steps: &'p Steps<'p>) -> Self {
        let subject = match scope {
            Scope::Customer => Place::customer(),
            Scope::Document => Place::document(),
        };
        let waits = written.timing.as_ref().is_some_and(|timing| timing.kind == TimingKind::AfterPrevious);
        let outside = if scope == Scope::Document { Leading::Present } else { Leading::MayBeMissing };
        let inside = if waits { outside } else { Leading::Present };
        Self {
            start: subject.clone().within(outside, Results::NotYet),
            running: subject.clone().within(outside, Results::Of(steps)),
            step: subject.clone().within(inside, Results::Of(steps)),
            stopped: subject.within(outside, Results::Of(steps)),
            document: Place::document().within(Leading::NotYet, Results::NotYet),
        }
    }
}
