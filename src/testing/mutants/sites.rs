//! Everything in a plan that can be changed, in one order.

use crate::base::Span;
use crate::check::tree::{AssignRule, ContactPolicy, Coverage, Expr, Interval, Mode, Recipient};
use crate::plan::{Action, Clock, Plan, Procedure, Start, Step};

/// Changes the thing with a number, counted from 0, and tells where it lies and what becomes of it;
/// `None` after the last.
pub(super) fn change(plan: &mut Plan, number: usize) -> Option<(Span, String)> {
    let mut sites = Sites { left: number, told: None, roles: plan.ledger.recipients.clone() };
    sites.plan(plan);
    sites.told
}

/// A walk over everything that can be changed, up to the one that is.
pub(super) struct Sites {
    left: usize,
    told: Option<(Span, String)>,
    /// The roles of recipients that the program declares.
    roles: Vec<String>,
}

impl Sites {
    /// One place where something can be changed: does it, if it is its turn.
    pub(super) fn site(&mut self, span: Span, what: impl FnOnce() -> String, change: impl FnOnce()) {
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
        self.assignment(&mut plan.assignment);
        for define in &mut plan.defines {
            self.expr(&mut define.expr);
        }
        for procedure in &mut plan.procedures {
            self.procedure(procedure);
        }
        plan.policy.iter_mut().for_each(|policy| self.policy(policy));
    }

    fn assignment(&mut self, rules: &mut Vec<AssignRule>) {
        for rule in &mut *rules {
            rule.when.iter_mut().for_each(|when| self.expr(when));
        }
        let places: Vec<(Span, bool)> = rules.iter().map(|rule| (rule.span, rule.when.is_some())).collect();
        for (place, (span, _)) in places.iter().enumerate() {
            self.site(*span, || "the rule is left out".to_owned(), || drop(rules.remove(place)));
            // A rule behind `otherwise` never decides, as if it were left out.
            if places.get(place + 1).is_some_and(|(_, conditional)| *conditional) {
                self.site(*span, || "the rule comes after the next".to_owned(), || rules.swap(place, place + 1));
            }
        }
    }

    fn policy(&mut self, policy: &mut ContactPolicy) {
        let span = policy.span;
        for (most, interval) in &mut policy.limits {
            self.at_most(span, most);
            self.interval(span, "every", 1, interval);
        }
        let only_on = &mut policy.only_on;
        if only_on.is_some() {
            self.site(span, || "only on working days is left out".to_owned(), || *only_on = None);
        }
    }

    fn procedure(&mut self, procedure: &mut Procedure) {
        let span = procedure.span;
        match &mut procedure.start {
            Start::Assignment { from } => self.optional("from", from),
            Start::Conditions { start, stop, from } => {
                self.expr(start);
                stop.iter_mut().for_each(|stop| self.expr(stop));
                self.optional("from", from);
            }
        }
        procedure.follow.filter.iter_mut().for_each(|filter| self.expr(filter));
        if let Clock::Dip { anchor, working } = &mut procedure.clock {
            self.optional("from", anchor);
            if working.is_some() {
                self.site(span, || "working days become days".to_owned(), || *working = None);
            }
        }
        self.optional("the priority", &mut procedure.priority);
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
            self.days(span, "day", i64::MIN, day);
        }
        if let Some(after) = &mut step.after {
            self.interval(span, "after", 0, after);
        }
        self.optional("from", &mut step.from);
        if let Some(repeat) = &mut step.repeat {
            self.interval(span, "every", 1, &mut repeat.every);
            repeat.at_most.iter_mut().for_each(|most| self.at_most(span, most));
        }
        let repeat = &mut step.repeat;
        if repeat.is_some() {
            self.site(span, || "repeat is left out".to_owned(), || *repeat = None);
        }
        self.optional("the condition", &mut step.when);
        // What is done by hand stays manual whatever the step says (S24).
        let may_be_automatic = step.actions.iter().any(|action| !action.by_hand);
        let mode = &mut step.mode;
        match mode {
            Mode::Manual if !may_be_automatic => {}
            Mode::AutomaticIf(condition) => self.expr(condition),
            Mode::Automatic => self.site(span, || "automatic becomes manual".to_owned(), || *mode = Mode::Manual),
            Mode::Manual => self.site(span, || "manual becomes automatic".to_owned(), || *mode = Mode::Automatic),
        }
        step.actions.iter_mut().for_each(|action| self.action(action));
        let actions: Vec<(Span, String)> =
            step.actions.iter().map(|action| (action.span, action.name.clone())).collect();
        for (place, (span, name)) in actions.iter().enumerate().filter(|_| actions.len() > 1) {
            let actions = &mut step.actions;
            self.site(*span, || format!("{name} is left out"), || drop(actions.remove(place)));
        }
    }

    fn action(&mut self, action: &mut Action) {
        let span = action.span;
        if let Some(recipient) = &mut action.recipient
            && let Some(other) = self.another_role(recipient)
        {
            let contact = &mut action.contact;
            let what = format!("{} becomes {other}", role(recipient).unwrap_or("customer"));
            let change = || {
                // Only what goes to the customer is a contact (S22).
                *contact = false;
                *recipient = Recipient::Role(other);
            };
            self.site(span, || what, change);
        }
        if let Some(covering @ Coverage::Documents(..)) = &mut action.covering {
            if let Coverage::Documents(_, Some(filter)) = covering {
                self.expr(filter);
            }
            self.site(span, || "covering becomes what is overdue".to_owned(), || *covering = Coverage::Overdue);
        }
        // What nothing is computed of only goes along to whoever executes the action.
        if action.computes.is_some() {
            action.values.iter_mut().for_each(|(_, value)| self.expr(value));
        }
    }

    /// Who else could be meant: the next role that the program declares.
    fn another_role(&self, recipient: &Recipient) -> Option<String> {
        let now = role(recipient);
        let place = self.roles.iter().position(|known| Some(known.as_str()) == now);
        let next = place.map_or(0, |place| (place + 1) % self.roles.len());
        self.roles.get(next).filter(|other| Some(other.as_str()) != now).cloned()
    }

    /// What may be written or left out: its parts, and the whole.
    fn optional(&mut self, word: &str, written: &mut Option<Expr>) {
        let Some(expr) = written else { return };
        self.expr(expr);
        let span = expr.span;
        self.site(span, || format!("{word} is left out"), || *written = None);
    }

    fn at_most(&mut self, span: Span, most: &mut u32) {
        let before = *most;
        self.site(span, || format!("at most {before} becomes {}", before + 1), || *most += 1);
    }

    fn interval(&mut self, span: Span, word: &str, least: i64, interval: &mut Interval) {
        self.days(span, word, least, &mut interval.days);
        let working = &mut interval.working;
        if working.is_some() {
            self.site(span, || "working days become days".to_owned(), || *working = None);
        }
    }

    /// A number of days, one more and one less.
    fn days(&mut self, span: Span, word: &str, least: i64, days: &mut i64) {
        let before = *days;
        self.site(span, || format!("{word} {before} becomes {}", before + 1), || *days += 1);
        if before > least {
            self.site(span, || format!("{word} {before} becomes {}", before - 1), || *days -= 1);
        }
    }
}

/// The role of a recipient; `None` for the customer.
fn role(recipient: &Recipient) -> Option<&str> {
    match recipient {
        Recipient::Customer => None,
        Recipient::Role(role) => Some(role),
    }
}
