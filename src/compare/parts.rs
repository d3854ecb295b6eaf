//! A program taken apart into the declarations that may change, and put together again.
//!
//! Comments, tests, layout and the order of files leave no trace in the parts: two programs with equal
//! parts are the same program.

use std::collections::BTreeMap;
use std::fmt;

use crate::base::Span;
use crate::compare::Part;
use crate::compare::people::{OTHERWISE, rule_names};
use crate::format;
use crate::plan::{self, Plan};
use crate::syntax::ast::{self, Item};
use crate::workspace::Workspace;

/// The file that holds a program put together from parts.
const TOGETHER: &str = "program.proc";

/// A program by its parts.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Parts {
    /// The declarations that are changed as a whole, by what they are.
    pub(super) items: BTreeMap<Part, Item>,
    /// The rules of assignment in written order, by a name.
    pub(super) rules: Vec<(String, ast::AssignRule)>,
    /// Where `assign` is written.
    assign: Option<ast::Assign>,
    /// The procedures by name, without their steps.
    pub(super) procedures: BTreeMap<String, ast::Procedure>,
    /// The steps of each procedure, by name, in written order.
    pub(super) steps: BTreeMap<String, Vec<(String, ast::Step)>>,
    /// The texts of templates and calendars, by path.
    pub(super) texts: BTreeMap<String, String>,
}

/// A program that checks, ready to run.
#[derive(Debug)]
pub(super) struct Ready {
    /// Its canonical text.
    pub(super) workspace: Workspace,
    /// Its plan.
    pub(super) plan: Plan,
}

impl Parts {
    /// The parts of a program.
    pub(super) fn of(workspace: &Workspace) -> Self {
        let mut parts = Self::default();
        for item in workspace.paths().iter().filter_map(|path| workspace.parsed(path)).flat_map(|(file, _)| &file.items)
        {
            parts.add(item.clone());
        }
        for path in workspace.wanted_resources() {
            if let Some(text) = workspace.text(&path) {
                // Line ends are those of whoever checked the file out.
                parts.texts.insert(path, text.replace("\r\n", "\n"));
            }
        }
        parts.name_rules();
        parts
    }

    fn add(&mut self, mut item: Item) {
        without_docs(&mut item);
        let part = match &item {
            Item::Ledger(_) => Part::Ledger,
            Item::Calendar(calendar) => Part::Calendar(calendar.name.value.clone()),
            Item::Define(define) => Part::Define(match &define.owner {
                Some(owner) if owner.value == "document" => format!("document.{}", define.name.value),
                _ => define.name.value.clone(),
            }),
            Item::Template(template) => Part::Template(template.name.value.clone()),
            Item::Action(action) => Part::Action(action.name.value.clone()),
            Item::ContactPolicy(_) => Part::ContactPolicy,
            Item::Test(_) => return,
            Item::Assign(_) | Item::Procedure(_) => return self.add_list(item),
        };
        self.items.insert(part, item);
    }

    fn add_list(&mut self, item: Item) {
        match item {
            Item::Assign(mut assign) => {
                self.rules = std::mem::take(&mut assign.rules).into_iter().map(|rule| (String::new(), rule)).collect();
                self.assign = Some(assign);
            }
            Item::Procedure(mut procedure) => {
                let steps = std::mem::take(&mut procedure.steps);
                let steps = steps.into_iter().map(|step| (step.name.value.clone(), step)).collect();
                let name = procedure.name.value.clone();
                self.steps.insert(name.clone(), steps);
                self.procedures.insert(name, *procedure);
            }
            _ => {}
        }
    }

    /// Names the rules by their procedures: a second one for the same is `strict (2)`.
    pub(super) fn name_rules(&mut self) {
        let plain = |rule: &ast::AssignRule| match rule.when {
            None => OTHERWISE.to_owned(),
            Some(_) => rule.procedure.value.clone(),
        };
        let plain: Vec<String> = self.rules.iter().map(|(_, rule)| plain(rule)).collect();
        let names = rule_names(plain.iter().map(String::as_str));
        self.rules.iter_mut().zip(names).for_each(|((known, _), name)| *known = name);
    }

    /// The program of these parts; `None` where it has errors.
    pub(super) fn ready(&self) -> Option<Ready> {
        let mut workspace = Workspace::new([(TOGETHER, self.text().as_str())]);
        for (path, text) in &self.texts {
            workspace.set_resource(path, Some(text));
        }
        let plan = plan::from_check::lower(workspace.checked().program()?);
        let misspelt = workspace.parsed(TOGETHER).is_none_or(|(_, findings)| !findings.is_empty());
        (!misspelt).then_some(Ready { workspace, plan })
    }

    fn text(&self) -> String {
        let mut items: Vec<Item> = self.items.values().cloned().collect();
        if let Some(assign) = self.assign.as_ref().filter(|_| !self.rules.is_empty()) {
            items.push(Item::Assign(self.assign_of(assign)));
        }
        items.extend(self.procedures.keys().filter_map(|name| self.whole(name)));
        print(items)
    }

    fn assign_of(&self, assign: &ast::Assign) -> ast::Assign {
        ast::Assign { rules: self.rules.iter().map(|(_, rule)| rule.clone()).collect(), ..assign.clone() }
    }

    /// A procedure with its steps.
    fn whole(&self, name: &str) -> Option<Item> {
        let mut procedure = self.procedures.get(name)?.clone();
        procedure.steps = self.steps.get(name).into_iter().flatten().map(|(_, step)| step.clone()).collect();
        Some(Item::Procedure(Box::new(procedure)))
    }

    /// Takes over that there is an `assign`.
    pub(super) fn assign_like(&mut self, other: &Self) {
        self.assign = self.assign.take().or_else(|| other.assign.clone());
    }

    /// The canonical text of a part, and where it stands; `None` where there is no such part. Of a
    /// procedure the head alone, unless it is to be shown as a whole.
    pub(super) fn written(&self, part: &Part, whole: bool) -> Option<(String, Option<Span>)> {
        match part {
            Part::Procedure(name) => {
                let procedure = self.procedures.get(name)?;
                let item = if whole { self.whole(name)? } else { Item::Procedure(Box::new(procedure.clone())) };
                Some((print(vec![item]), Some(procedure.head.span)))
            }
            Part::Step(procedure, name) => {
                let (_, step) = self.steps.get(procedure)?.iter().find(|(known, _)| known == name)?;
                let mut around = self.procedures.get(procedure)?.clone();
                (around.start, around.stop, around.follow, around.timing, around.priority) =
                    (None, None, None, None, None);
                around.steps = vec![step.clone()];
                Some((inner(&print(vec![Item::Procedure(Box::new(around))])), Some(step.head.span)))
            }
            Part::Rule(name) => {
                let (_, rule) = self.rules.iter().find(|(known, _)| known == name)?;
                let assign = ast::Assign { rules: vec![rule.clone()], ..self.assign.clone()? };
                Some((inner(&print(vec![Item::Assign(assign)])), Some(rule.span.0)))
            }
            Part::OrderOfRules => Some((names(&self.rules), self.assign.as_ref().map(|assign| assign.head.span))),
            Part::OrderOfSteps(name) => {
                Some((names(self.steps.get(name)?), self.procedures.get(name).map(|procedure| procedure.head.span)))
            }
            Part::Text(path) => Some((self.texts.get(path)?.clone(), None)),
            _ => {
                let item = self.items.get(part)?;
                Some((print(vec![item.clone()]), head(item).map(|head| head.span)))
            }
        }
    }
}

fn names<T>(list: &[(String, T)]) -> String {
    list.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(", ") + "\n"
}

fn print(items: Vec<Item>) -> String {
    format::print(&ast::File { items, comments: Vec::new(), blank_lines: ast::BlankLines::default() }, "")
}

/// What stands within the outer braces, less indented.
fn inner(text: &str) -> String {
    let lines: Vec<&str> = text.lines().skip(1).collect();
    let body = lines.split_last().map_or(&[][..], |(_, body)| body);
    let body = body.iter().skip_while(|line| line.trim().is_empty());
    body.map(|line| format!("{}\n", line.strip_prefix("    ").unwrap_or(line))).collect()
}

const fn head(item: &Item) -> Option<&ast::Head> {
    Some(match item {
        Item::Ledger(item) => &item.head,
        Item::Calendar(item) => &item.head,
        Item::Define(item) => &item.head,
        Item::Template(item) => &item.head,
        Item::Action(item) => &item.head,
        Item::ContactPolicy(item) => &item.head,
        Item::Assign(_) | Item::Procedure(_) | Item::Test(_) => return None,
    })
}

/// Comments change nothing.
fn without_docs(item: &mut Item) {
    match item {
        Item::Ledger(ledger) => {
            ledger.head.doc = None;
            ledger.customer.iter_mut().chain(&mut ledger.document).for_each(|field| field.doc = None);
        }
        Item::Calendar(item) => item.head.doc = None,
        Item::Define(item) => item.head.doc = None,
        Item::Template(item) => item.head.doc = None,
        Item::Action(item) => item.head.doc = None,
        Item::Assign(item) => item.head.doc = None,
        Item::ContactPolicy(item) => item.head.doc = None,
        Item::Test(item) => item.head.doc = None,
        Item::Procedure(procedure) => {
            procedure.head.doc = None;
            procedure.steps.iter_mut().for_each(|step| step.head.doc = None);
        }
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ledger => f.write_str("ledger"),
            Self::Calendar(name) => write!(f, "calendar {name}"),
            Self::Define(name) => write!(f, "define {name}"),
            Self::Template(name) => write!(f, "template {name}"),
            Self::Text(path) => write!(f, "text {path}"),
            Self::Action(name) => write!(f, "action {name}"),
            Self::OrderOfRules => f.write_str("rules of assign"),
            Self::Rule(name) => write!(f, "rule {name} of assign"),
            Self::Procedure(name) => write!(f, "procedure {name}"),
            Self::OrderOfSteps(procedure) => write!(f, "steps of {procedure}"),
            Self::Step(procedure, step) => write!(f, "step {procedure}.{step}"),
            Self::ContactPolicy => f.write_str("contact_policy"),
        }
    }
}
