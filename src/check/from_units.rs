//! The checked declarations of all files to the program: by the order of their names, so that the order of files leaves
//! no trace, and with ids that are places in that order.

use std::sync::Arc;

use hashbrown::HashMap;

use crate::check::Checked;
use crate::check::calendars;
use crate::check::defines;
use crate::check::names::{NameSpaces, Names};
use crate::check::tree::{
    Action, AssignRule, CalendarId, Coverage, Define, DefineId, Expr, ExprKind, Interval, Mode, Procedure, Program,
    Step, TemplateId, Timing,
};
use crate::check::units::Node;

/// The program, which has no errors.
pub(super) fn program(checked: &Checked) -> Program {
    let mut program = gather(checked);
    let places = Places::new(&checked.names, &program);
    program.defines.iter_mut().for_each(|define| places.expr(&mut Arc::make_mut(define).expr));
    program.assignment.iter_mut().for_each(|rule| places.rule(rule));
    program.procedures.iter_mut().for_each(|procedure| places.procedure(procedure));
    if let Some(policy) = &mut program.policy {
        policy.limits.iter_mut().for_each(|(_, interval)| places.interval(interval));
        policy.only_on.iter_mut().for_each(|calendar| places.calendar(calendar));
    }
    calendars::add_own_days(&mut program, &checked.files, &checked.own_days);
    program
}

/// The declarations by the order of their names; their ids are numbers of names still.
fn gather(checked: &Checked) -> Program {
    let mut program = Program {
        ledger: checked.ledger.clone(),
        calendars: Vec::new(),
        defines: Vec::new(),
        templates: Vec::new(),
        actions: Vec::new(),
        assignment: Vec::new(),
        procedures: Vec::new(),
        policy: None,
        tests: Vec::new(),
    };
    let ids = checked.files.iter().filter_map(|file| file.id()).chain(checked.prelude);
    let files = ids.filter_map(|id| checked.units.get(&id));
    for node in files.flat_map(|file| &file.nodes).flatten() {
        match node {
            Node::Calendar(calendar) => program.calendars.push(calendar.clone()),
            Node::Define(define) => program.defines.extend(define.iter().map(|(define, _)| Arc::clone(define))),
            Node::Template(template) => program.templates.push(template.clone()),
            Node::Action(action) => program.actions.push(action.clone()),
            Node::Assign(rules) => program.assignment.extend(rules.iter().cloned()),
            Node::Procedure(procedure) => program.procedures.push((**procedure).clone()),
            Node::Policy(policy) => program.policy = Some(policy.clone()),
            Node::Test(test) => program.tests.push(test.clone()),
        }
    }
    program.calendars.sort_by(|a, b| a.name.value.cmp(&b.name.value));
    program.defines.sort_by(|a, b| (&a.name.value, a.owner).cmp(&(&b.name.value, b.owner)));
    program.templates.sort_by(|a, b| a.name.value.cmp(&b.name.value));
    program.actions.sort_by(|a, b| a.name.value.cmp(&b.name.value));
    program.procedures.sort_by(|a, b| a.name.value.cmp(&b.name.value));
    program
}

/// The places of declarations by the numbers of their names.
struct Places {
    calendars: HashMap<usize, usize>,
    defines: HashMap<usize, usize>,
    templates: HashMap<usize, usize>,
    actions: HashMap<usize, usize>,
    procedures: HashMap<usize, usize>,
}

impl Places {
    fn new(names: &NameSpaces, program: &Program) -> Self {
        let define = |define: &Arc<Define>| defines::id(define.owner, names.defines.get(&define.name.value)?);
        let defines = program.defines.iter().enumerate();
        Self {
            calendars: places(&names.calendars, program.calendars.iter().map(|calendar| &calendar.name.value)),
            defines: defines.filter_map(|(place, it)| Some((define(it)?.0, place))).collect(),
            templates: places(&names.templates, program.templates.iter().map(|template| &template.name.value)),
            actions: places(&names.actions, program.actions.iter().map(|action| &action.name.value)),
            procedures: places(&names.procedures, program.procedures.iter().map(|procedure| &procedure.name.value)),
        }
    }

    fn rule(&self, rule: &mut AssignRule) {
        rule.procedure.iter_mut().for_each(|id| set(&self.procedures, &mut id.0));
        rule.when.iter_mut().for_each(|when| self.expr(when));
    }

    fn procedure(&self, procedure: &mut Procedure) {
        let Procedure { start, start_from, stop, follow, priority, timing, steps, .. } = procedure;
        [start, start_from, stop, follow, priority].into_iter().flatten().for_each(|expr| self.expr(expr));
        if let Timing::Dip { from, working } = timing {
            from.iter_mut().for_each(|from| self.expr(from));
            working.iter_mut().for_each(|calendar| self.calendar(calendar));
        }
        steps.iter_mut().for_each(|step| self.step(step));
    }

    fn step(&self, step: &mut Step) {
        let Step { from, when, mode, after, repeat, actions, .. } = step;
        [from, when].into_iter().flatten().for_each(|expr| self.expr(expr));
        if let Mode::AutomaticIf(condition) = mode {
            self.expr(condition);
        }
        after.iter_mut().for_each(|after| self.interval(&mut after.value));
        repeat.iter_mut().for_each(|repeat| self.interval(&mut repeat.every));
        actions.iter_mut().for_each(|action| self.action(action));
    }

    fn action(&self, action: &mut Action) {
        set(&self.actions, &mut action.action.0);
        action.template.iter_mut().for_each(|TemplateId(id)| set(&self.templates, id));
        if let Some(Coverage::Documents(_, Some(filter))) = &mut action.covering {
            self.expr(filter);
        }
        action.values.iter_mut().for_each(|(_, value)| self.expr(value));
    }

    fn interval(&self, interval: &mut Interval) {
        interval.working.iter_mut().for_each(|calendar| self.calendar(calendar));
    }

    fn calendar(&self, CalendarId(id): &mut CalendarId) {
        set(&self.calendars, id);
    }

    fn expr(&self, expr: &mut Expr) {
        match &mut expr.kind {
            ExprKind::Define(_, DefineId(id)) => set(&self.defines, id),
            ExprKind::PlusWorkingDays(_, _, calendar) => self.calendar(calendar),
            _ => {}
        }
        expr.children_mut().into_iter().for_each(|inner| self.expr(inner));
    }
}

fn places<'n>(numbers: &Names, names: impl Iterator<Item = &'n String>) -> HashMap<usize, usize> {
    names.enumerate().filter_map(|(place, name)| Some((numbers.get(name)?, place))).collect()
}

/// A number of a name becomes the place of its declaration.
fn set(places: &HashMap<usize, usize>, id: &mut usize) {
    if let Some(place) = places.get(id) {
        *id = *place;
    }
}
