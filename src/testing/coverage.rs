//! What of a program its tests and suites reached: steps, rules, both outcomes of conditions, both
//! sides of `or else`.

use crate::base::Span;
use crate::check::tree::{BinaryOp, Coverage as Covering, Expr, ExprKind, Mode};
use crate::plan::{Clock, Plan, Procedure, Start, Step};
use crate::run::recorder::{Sides, Used};

/// What was reached, part by part: the assignment, the defines, then the procedures by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coverage {
    /// The parts; one without anything to reach is left out.
    pub parts: Vec<Part>,
}

/// A procedure, the assignment, or the defines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// `assign`, `define`, or the procedure's name.
    pub name: String,
    /// What can be reached in it, in written order.
    pub points: Vec<Point>,
}

/// Something that can be reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// What it is.
    pub kind: Kind,
    /// Where it stands.
    pub span: Span,
    /// What may come of it, and how often it did.
    pub ways: Vec<Way>,
}

/// What can be reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// A step, by its name.
    Step(String),
    /// A rule of assignment, by the procedure it names.
    Rule(String),
    /// A condition, or a part of one.
    Condition,
    /// An `or else`.
    Fallback,
}

/// One of the things that may come of a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Way {
    /// What did not happen while `times` is 0: `never suggested`.
    pub lack: &'static str,
    /// How often it happened.
    pub times: u64,
}

/// How many there are, and how many were reached.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Share {
    /// Reached.
    pub reached: usize,
    /// In all.
    pub all: usize,
}

impl Share {
    /// Hundredths reached, rounded down, so that 100 means all; all of nothing is 100.
    #[must_use]
    pub fn percent(self) -> usize {
        (self.reached * 100).checked_div(self.all).unwrap_or(100)
    }

    fn add(self, other: Self) -> Self {
        Self { reached: self.reached + other.reached, all: self.all + other.all }
    }
}

impl Point {
    fn share(&self) -> Share {
        Share { reached: self.ways.iter().filter(|way| way.times > 0).count(), all: self.ways.len() }
    }

    const fn is_step(&self) -> bool {
        matches!(self.kind, Kind::Step(_) | Kind::Rule(_))
    }
}

impl Part {
    /// Steps that were suggested, rules that decided.
    #[must_use]
    pub fn steps(&self) -> Share {
        self.points.iter().filter(|point| point.is_step()).map(Point::share).fold(Share::default(), Share::add)
    }

    /// Ways that conditions came out.
    #[must_use]
    pub fn branches(&self) -> Share {
        self.points.iter().filter(|point| !point.is_step()).map(Point::share).fold(Share::default(), Share::add)
    }
}

impl Coverage {
    /// What of the program was used.
    #[must_use]
    pub fn new(plan: &Plan, used: &Used) -> Self {
        let gather = Gather { used };
        let defines = plan.defines.iter().flat_map(|define| gather.inside(&define.expr)).collect();
        let named = |name: &str, points: Vec<Point>| Part { name: name.to_owned(), points };
        let mut parts = vec![named("assign", gather.assignment(plan)), named("define", defines)];
        parts.extend(plan.procedures.iter().map(|procedure| named(&procedure.name, gather.procedure(procedure))));
        parts.retain(|part| !part.points.is_empty());
        parts.iter_mut().for_each(|part| part.points.sort_by_key(|point| point.span));
        Self { parts }
    }

    /// Steps and rules of all parts.
    #[must_use]
    pub fn steps(&self) -> Share {
        self.parts.iter().map(Part::steps).fold(Share::default(), Share::add)
    }

    /// Ways of conditions of all parts.
    #[must_use]
    pub fn branches(&self) -> Share {
        self.parts.iter().map(Part::branches).fold(Share::default(), Share::add)
    }
}

/// The points of a program with what was used of them.
struct Gather<'a> {
    used: &'a Used,
}

impl Gather<'_> {
    fn assignment(&self, plan: &Plan) -> Vec<Point> {
        let mut points = Vec::new();
        for (place, rule) in plan.assignment.iter().enumerate() {
            let named = rule.procedure.and_then(|id| plan.procedures.get(id.0));
            let name = named.map_or_else(|| "none".to_owned(), |procedure| procedure.name.clone());
            let times = self.used.rules.get(&place).copied().unwrap_or(0);
            points.push(Point {
                kind: Kind::Rule(name),
                span: rule.span,
                ways: vec![Way { lack: "never decides", times }],
            });
            // That its condition holds is that it decides.
            points.extend(rule.when.iter().flat_map(|when| self.condition(when)));
        }
        points
    }

    fn procedure(&self, procedure: &Procedure) -> Vec<Point> {
        let mut points = Vec::new();
        let from = match &procedure.start {
            Start::Assignment { from } => from,
            Start::Conditions { start, stop, from } => {
                points.extend(self.condition(start));
                points.extend(stop.iter().flat_map(|stop| self.condition(stop)));
                from
            }
        };
        points.extend(from.iter().flat_map(|from| self.inside(from)));
        points.extend(procedure.follow.filter.iter().flat_map(|filter| self.condition(filter)));
        if let Clock::Dip { anchor: Some(anchor), .. } = &procedure.clock {
            points.extend(self.inside(anchor));
        }
        points.extend(procedure.priority.iter().flat_map(|priority| self.inside(priority)));
        for step in procedure.steps.iter().chain(&procedure.at_stop) {
            let times = self.used.steps.get(&(procedure.id, step.place)).copied().unwrap_or(0);
            let ways = vec![Way { lack: "is never suggested", times }];
            points.push(Point { kind: Kind::Step(step.name.clone()), span: step.span, ways });
            points.extend(self.step(step));
        }
        points
    }

    fn step(&self, step: &Step) -> Vec<Point> {
        let mut points: Vec<Point> = step.when.iter().flat_map(|when| self.condition(when)).collect();
        points.extend(step.from.iter().flat_map(|from| self.inside(from)));
        if let Mode::AutomaticIf(condition) = &step.mode {
            points.extend(self.condition(condition));
        }
        for action in &step.actions {
            if let Some(Covering::Documents(_, Some(filter))) = &action.covering {
                points.extend(self.condition(filter));
            }
            points.extend(action.values.iter().flat_map(|(_, value)| self.inside(value)));
        }
        points
    }

    /// A condition as a whole, and what is inside it.
    fn condition(&self, expr: &Expr) -> Vec<Point> {
        let mut points = vec![self.outcomes(expr)];
        points.extend(self.inside(expr));
        points
    }

    fn outcomes(&self, expr: &Expr) -> Point {
        let Sides { yes, no } = self.used.conditions.get(&expr.span).copied().unwrap_or_default();
        let ways = vec![Way { lack: "never holds", times: yes }, Way { lack: "always holds", times: no }];
        Point { kind: Kind::Condition, span: expr.span, ways }
    }

    /// The sides of `and`, `or` and `or else` inside an expression.
    fn inside(&self, expr: &Expr) -> Vec<Point> {
        let mut points = Vec::new();
        expr.walk(&mut |inner| match &inner.kind {
            ExprKind::Binary(op @ (BinaryOp::And | BinaryOp::Or), left, right) => {
                let sides = [left, right].into_iter();
                // Of `a and b and c` the sides are a, b and c.
                let is_chain = |side: &Expr| matches!(&side.kind, ExprKind::Binary(other, ..) if other == op);
                points.extend(sides.filter(|side| !is_chain(side)).map(|side| self.outcomes(side)));
            }
            ExprKind::OrElse(..) => {
                let Sides { yes, no } = self.used.fallbacks.get(&inner.span).copied().unwrap_or_default();
                let ways = vec![
                    Way { lack: "never has its left side", times: yes },
                    Way { lack: "never needs its right side", times: no },
                ];
                points.push(Point { kind: Kind::Fallback, span: inner.span, ways });
            }
            _ => {}
        });
        points
    }
}
