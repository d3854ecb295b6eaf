//! Mutants: the program with one thing changed (a day by one, a comparison, an `and`, a step left
//! out, a status). One that no test and no snapshot notices shows what they do not look at.

use std::fmt;

use crate::base::text::count;
use crate::base::{Decimal, Sources, Span};
use crate::check::tree::{BinaryOp, Expr, ExprKind, Interval, Mode, Test};
use crate::ledger::Snapshot;
use crate::plan::{Plan, Procedure, Start, Step};
use crate::schema::{Type, Value};
use crate::testing::play;
use crate::testing::suites::{Page, Suite};

/// A plan with one thing changed.
#[derive(Debug, Clone)]
pub struct Mutant {
    /// The changed plan.
    pub plan: Plan,
    /// Where the change lies in the program.
    pub span: Span,
    /// What is changed: `day 15 becomes 16`.
    pub what: String,
}

/// What mutants showed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tried {
    /// How many a test or a snapshot notices.
    pub noticed: usize,
    /// Those that nothing notices.
    pub unnoticed: Vec<Unnoticed>,
    /// How many were not tried: the time was over.
    pub left: usize,
}

/// A change that no test and no snapshot notices.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unnoticed {
    /// Where it lies in the program.
    pub span: Span,
    /// What is changed: `day 15 becomes 16`.
    pub what: String,
}

/// What mutants are tried on: tests that pass, and what the suites give.
pub struct Bench<'a> {
    /// The plan itself.
    pub plan: &'a Plan,
    /// Its tests.
    pub tests: &'a [Test],
    /// Its suites with their ledgers.
    pub suites: &'a [(Suite, Snapshot)],
    /// The conditions as they are written.
    pub sources: &'a Sources,
    /// What the suites give without a change.
    pages: Vec<Page>,
}

impl<'a> Bench<'a> {
    /// A bench; the suites are run once, for what they give without a change.
    #[must_use]
    pub fn new(plan: &'a Plan, tests: &'a [Test], suites: &'a [(Suite, Snapshot)], sources: &'a Sources) -> Self {
        let pages = pages(plan, suites, sources);
        Self { plan, tests, suites, sources, pages }
    }

    /// Whether a test fails on a changed plan, or a suite gives something else.
    #[must_use]
    pub fn notices(&self, changed: &Plan) -> bool {
        let fails = |test: &Test| {
            let played = play(changed, std::slice::from_ref(test), self.sources, None);
            played.iter().any(|played| !played.passed())
        };
        self.tests.iter().any(fails) || pages(changed, self.suites, self.sources) != self.pages
    }
}

fn pages(plan: &Plan, suites: &[(Suite, Snapshot)], sources: &Sources) -> Vec<Page> {
    suites.iter().flat_map(|(suite, snapshot)| suite.pages(plan, snapshot, sources, None)).collect()
}

/// The mutant of `plan` with a number, counted from 0; `None` after the last.
#[must_use]
pub fn mutant(plan: &Plan, number: usize) -> Option<Mutant> {
    let mut changed = plan.clone();
    let mut sites = Sites { left: number, told: None };
    sites.plan(&mut changed);
    sites.told.map(|(span, what)| Mutant { plan: changed, span, what })
}

/// A walk over everything that can be changed, up to the one that is.
struct Sites {
    left: usize,
    told: Option<(Span, String)>,
}

impl Sites {
    /// One place where something can be changed: does it, if it is its turn.
    fn site(&mut self, span: Span, what: impl FnOnce() -> String, change: impl FnOnce()) {
        if self.told.is_some() {
            return;
        }
        match self.left.checked_sub(1) {
            Some(left) => self.left = left,
            None => {
                self.told = Some((span, what()));
                change();
            }
        }
    }

    fn plan(&mut self, plan: &mut Plan) {
        for rule in &mut plan.assignment {
            rule.when.iter_mut().for_each(|when| self.expr(when));
        }
        let rules: Vec<Span> = plan.assignment.iter().map(|rule| rule.span).collect();
        for (place, span) in rules.into_iter().enumerate() {
            let assignment = &mut plan.assignment;
            self.site(span, || "the rule is left out".to_owned(), || drop(assignment.remove(place)));
        }
        for define in &mut plan.defines {
            self.expr(&mut define.expr);
        }
        for procedure in &mut plan.procedures {
            self.procedure(procedure);
        }
        if let Some(policy) = &mut plan.policy {
            let span = policy.span;
            for (most, interval) in &mut policy.limits {
                let before = *most;
                self.site(span, || format!("at most {before} becomes {}", before + 1), || *most += 1);
                self.days(span, "every", &mut interval.days);
            }
        }
    }

    fn procedure(&mut self, procedure: &mut Procedure) {
        if let Start::Conditions { start, stop, .. } = &mut procedure.start {
            self.expr(start);
            stop.iter_mut().for_each(|stop| self.expr(stop));
        }
        procedure.follow.filter.iter_mut().for_each(|filter| self.expr(filter));
        for steps in [&mut procedure.steps, &mut procedure.at_stop] {
            steps.iter_mut().for_each(|step| self.step(step));
            let spans: Vec<Span> = steps.iter().map(|step| step.span).collect();
            for (place, span) in spans.into_iter().enumerate() {
                let name = steps.get(place).map(|step| step.name.clone()).unwrap_or_default();
                self.site(span, || format!("step {name} is left out"), || drop(steps.remove(place)));
            }
        }
    }

    fn step(&mut self, step: &mut Step) {
        let span = step.span;
        if let Some(day) = &mut step.at_day {
            self.days(span, "day", day);
        }
        if let Some(Interval { days, .. }) = &mut step.after {
            self.days(span, "after", days);
        }
        if let Some(repeat) = &mut step.repeat {
            self.days(span, "every", &mut repeat.every.days);
            if let Some(most) = &mut repeat.at_most {
                let before = *most;
                self.site(span, || format!("at most {before} becomes {}", before + 1), || *most += 1);
            }
        }
        step.when.iter_mut().for_each(|when| self.expr(when));
        let when = &mut step.when;
        if let Some(span) = when.as_ref().map(|when| when.span) {
            self.site(span, || "the condition is left out".to_owned(), || *when = None);
        }
        // What is done by hand stays manual whatever the step says (S24).
        let may_be_automatic = step.actions.iter().any(|action| !action.by_hand);
        let mode = &mut step.mode;
        match mode {
            Mode::Manual if !may_be_automatic => {}
            Mode::AutomaticIf(condition) => self.expr(condition),
            Mode::Automatic => self.site(span, || "automatic becomes manual".to_owned(), || *mode = Mode::Manual),
            Mode::Manual => self.site(span, || "manual becomes automatic".to_owned(), || *mode = Mode::Automatic),
        }
        let actions: Vec<(Span, String)> =
            step.actions.iter().map(|action| (action.span, action.name.clone())).collect();
        for (place, (span, name)) in actions.iter().enumerate().filter(|_| actions.len() > 1) {
            let actions = &mut step.actions;
            self.site(*span, || format!("{name} is left out"), || drop(actions.remove(place)));
        }
    }

    /// A number of days, one more and one less.
    fn days(&mut self, span: Span, word: &str, days: &mut i64) {
        let before = *days;
        self.site(span, || format!("{word} {before} becomes {}", before + 1), || *days += 1);
        if before != 0 {
            self.site(span, || format!("{word} {before} becomes {}", before - 1), || *days -= 1);
        }
    }

    fn expr(&mut self, expr: &mut Expr) {
        let span = expr.span;
        let ty = expr.typed.ty.clone();
        match &mut expr.kind {
            ExprKind::Binary(op, left, right) => {
                self.expr(left);
                self.expr(right);
                for other in instead(*op) {
                    let before = op.sign();
                    self.site(span, || format!("`{before}` becomes `{}`", other.sign()), || *op = *other);
                }
            }
            ExprKind::Literal(value) => {
                if let Some(next) = another(value, &ty) {
                    let what = format!("{} becomes {}", Shown(value, &ty), Shown(&next, &ty));
                    self.site(span, || what, || *value = next);
                }
            }
            ExprKind::Not(inner) => {
                self.expr(inner);
                let kind = inner.kind.clone();
                self.site(span, || "`not` is left out".to_owned(), || expr.kind = kind);
            }
            ExprKind::IsMissing(inner) => {
                let kind = ExprKind::IsPresent(inner.clone());
                self.site(span, || "`is missing` becomes `is present`".to_owned(), || expr.kind = kind);
            }
            ExprKind::IsPresent(inner) => {
                let kind = ExprKind::IsMissing(inner.clone());
                self.site(span, || "`is present` becomes `is missing`".to_owned(), || expr.kind = kind);
            }
            ExprKind::Negate(inner) | ExprKind::PlusWorkingDays(inner, ..) => self.expr(inner),
            ExprKind::OrElse(left, right) => {
                self.expr(left);
                self.expr(right);
            }
            ExprKind::In(value, list) => {
                self.expr(value);
                list.iter_mut().for_each(|one| self.expr(one));
            }
            ExprKind::Between(value, low, high) => [value, low, high].into_iter().for_each(|one| self.expr(one)),
            ExprKind::Question(question) => {
                question.element.iter_mut().chain(&mut question.filter).for_each(|one| self.expr(one));
            }
            ExprKind::Call(_, arguments) => arguments.iter_mut().for_each(|one| self.expr(one)),
            ExprKind::Field(..) | ExprKind::Define(..) | ExprKind::Today | ExprKind::Dip | ExprKind::ResultOf(_) => {}
        }
    }
}

/// What an operator is changed to: the boundary of a comparison, its opposite.
const fn instead(op: BinaryOp) -> &'static [BinaryOp] {
    use BinaryOp::{Add, And, Equal, Greater, GreaterOrEqual, Less, LessOrEqual, NotEqual, Or, Subtract};
    match op {
        And => &[Or],
        Or => &[And],
        Equal => &[NotEqual],
        NotEqual => &[Equal],
        Less => &[LessOrEqual, GreaterOrEqual],
        LessOrEqual => &[Less, Greater],
        Greater => &[GreaterOrEqual, LessOrEqual],
        GreaterOrEqual => &[Greater, Less],
        Add => &[Subtract],
        Subtract => &[Add],
        BinaryOp::Multiply | BinaryOp::Divide => &[],
    }
}

/// A value as people read it.
struct Shown<'a>(&'a Value, &'a Type);

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.0, self.1) {
            (Value::Text(text), _) => write!(f, "\"{text}\""),
            (Value::Number(number), _) => write!(f, "{number}"),
            (Value::Percent(percent), _) => write!(f, "{percent} %"),
            (Value::Money(money), _) => write!(f, "{money}"),
            (Value::Date(date), _) => write!(f, "{date}"),
            (Value::Days(days), _) => f.write_str(&count(*days, "day", "days")),
            (Value::Flag(flag), _) => f.write_str(if *flag { "yes" } else { "no" }),
            (Value::Choice(code), Type::List(list)) => f.write_str(list.value(*code)),
            (Value::Choice(code), _) => write!(f, "{code}"),
        }
    }
}

/// Another value of the same type: a day more, one more, the next of a list.
fn another(value: &Value, ty: &Type) -> Option<Value> {
    let more = |decimal: &Decimal| decimal.plus(Decimal::whole(1));
    Some(match (value, ty) {
        (Value::Number(number), _) => Value::Number(more(number)?),
        (Value::Percent(percent), _) => Value::Percent(more(percent)?),
        (Value::Money(money), _) => Value::Money(crate::base::Money::new(more(&money.amount)?, money.currency)),
        (Value::Days(days), _) => Value::Days(days.checked_add(1)?),
        (Value::Date(date), _) => Value::Date(date.plus_days(1)?),
        (Value::Flag(flag), _) => Value::Flag(!flag),
        (Value::Choice(code), Type::List(list)) if list.values().len() > 1 => {
            let next = (usize::from(*code) + 1) % list.values().len();
            Value::Choice(u16::try_from(next).ok()?)
        }
        _ => return None,
    })
}
