//! Names: what each stands for, its type, what it means, and where it is declared.

use crate::base::text::choice;
use crate::base::{Date, Span};
use crate::check::mentions::{Mention, Symbol};
use crate::ide::around::one_line;
use crate::ide::hover::page::{Page, several};
use crate::ide::hover::{calendars, steps};
use crate::ide::nodes::{self, Node};
use crate::schema::fields::{self, FieldSpec, Origin};
use crate::schema::functions::{COLLECTIONS, function, question};
use crate::schema::tables::Table;
use crate::schema::{DEFAULT_STATUSES, KINDS, ListOf, Owner, Typed};
use crate::syntax::ast::{ActionDecl, Define, Item, Procedure, Step, Template, TimingKind};
use crate::syntax::tokens::{Token, word_at};
use crate::syntax::words;
use crate::workspace::Workspace;

/// How many lines of a template are shown.
const SHOWN_LINES: usize = 8;

/// What a name at a place stands for; in a template's file some words mean something of their own.
#[must_use]
pub fn of_mention(workspace: &Workspace, mention: &Mention, in_template: bool, today: Option<Date>) -> Page {
    if let (Symbol::Word(word), true) = (&mention.symbol, in_template) {
        return words::seen_by_templates(word).map_or_else(Page::default, word_page);
    }
    of(workspace, &mention.symbol, mention.typed.as_ref(), today)
}

/// What a symbol stands for; `typed` is the type of its value, where it is known.
#[must_use]
pub fn of(workspace: &Workspace, symbol: &Symbol, typed: Option<&Typed>, today: Option<Date>) -> Page {
    if let Symbol::Former { name, of: now } = symbol {
        let (kind, now) = called(now);
        let page = Page::of_text(format!(
            "`{name}` is an earlier name of the {kind} `{now}`: what was recorded under it still counts."
        ));
        return page.rules(&["S25"]);
    }
    if let Symbol::Language { template, language } = symbol {
        let node = nodes::of(workspace, symbol);
        return match node {
            Some(Node::Template(node)) => language_page(workspace, node, language),
            _ => Page::of_text(format!("A language of the template `{template}`.")),
        };
    }
    match nodes::of(workspace, symbol) {
        Some(node) => declared(workspace, symbol, &node, typed, today).declared(workspace, &node),
        None => built_in(workspace, symbol, typed),
    }
}

/// What kind of thing a symbol is, and its name.
fn called(symbol: &Symbol) -> (&'static str, &str) {
    match symbol {
        Symbol::Procedure(name) => ("procedure", name),
        Symbol::Step { name, .. } => ("step", name),
        _ => ("", ""),
    }
}

fn declared(
    workspace: &Workspace,
    symbol: &Symbol,
    node: &Node<'_>,
    typed: Option<&Typed>,
    today: Option<Date>,
) -> Page {
    match node {
        Node::Procedure(it) => procedure_page(workspace, it),
        Node::Step(procedure, it) => step_page(workspace, procedure, it),
        Node::Template(it) => template_page(workspace, it),
        Node::Calendar(it) => calendars::page(workspace, it, today),
        Node::Recipient(it) => Page::of_code(format!("recipient {}", it.value)).say(
            "A role that actions may be addressed to. Who has it, for which customer, is in the table `recipients`.",
        ),
        Node::Action(it) => action_page(workspace, it),
        Node::Parameter(it) => Page::of_code(parameter(workspace, it)).say(taken(&it.ty.value)),
        Node::Field(it) => {
            let owner = match symbol {
                Symbol::Member(owner, _) => owner.word(),
                _ => "",
            };
            let page = Page::of_code(format!("{owner}.{}", one_line(workspace, it.span.0)));
            page.say_some(it.doc.clone()).say(format!("A field of the {owner}, declared by this program."))
        }
        Node::Define(it) => define_page(workspace, it, typed),
        Node::Value(_) => value_page(workspace, symbol),
        Node::Record(it) => Page::of_code(one_line(workspace, it.block.span)),
    }
}

fn define_page(workspace: &Workspace, define: &Define, typed: Option<&Typed>) -> Page {
    let owner = nodes::about(define);
    let point = if owner == Owner::Document { "document." } else { "" };
    let code = one_line(workspace, define.name.span.to(define.expr.at()));
    let known = || workspace.look().members(owner).into_iter().find(|(name, _)| *name == define.name.value)?.1;
    let typed = typed.cloned().or_else(known);
    let value = typed.map(|typed| format!("{}, about the {}.", sentence(&typed.ty.described()), owner.word()));
    Page::of_code(format!("define {point}{code}")).say_some(define.head.doc.clone()).say_some(value)
}

fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn procedure_page(workspace: &Workspace, procedure: &Procedure) -> Page {
    let mut said = Vec::new();
    match procedure.start.as_ref().map(|start| &start.when) {
        Some(None) => said.push("Started by `assign`: primary.".to_owned()),
        Some(Some(when)) => said.push(format!("Starts when `{}`: secondary.", one_line(workspace, when.at()))),
        None => {}
    }
    if let Some(stop) = &procedure.stop {
        said.push(format!("Stops when `{}`.", one_line(workspace, stop.at())));
    }
    if let Some(filter) = procedure.follow.as_ref().and_then(|follow| follow.filter.as_ref()) {
        said.push(format!("Follows documents where `{}`.", one_line(workspace, filter.at())));
    }
    match procedure.timing.as_ref().map(|timing| &timing.kind) {
        Some(TimingKind::Dip { .. }) => said.push("Timed by days in procedure.".to_owned()),
        Some(TimingKind::AfterPrevious) => said.push("Step by step: each waits for the one before.".to_owned()),
        None => {}
    }
    let steps = procedure.steps.iter().map(|step| {
        let day = step.at_day.as_ref().map(|day| format!("day {}", day.value));
        let after = step.after.as_ref().map(|after| format!("after {}", one_line(workspace, after.span.0)));
        let stop = step.at_stop.map(|_| "at stop".to_owned());
        let when: Vec<String> = [after, day, stop].into_iter().flatten().collect();
        let title = step.title.as_ref().map_or_else(String::new, |title| format!(" {}", title.value));
        format!("- `{}`{title}: {}", step.name.value, when.join(", ")).trim_end_matches(": ").to_owned()
    });
    let steps = steps.collect::<Vec<_>>().join("\n");
    Page::of_code(header(workspace, procedure.head.span, procedure.head.body))
        .say_some(procedure.head.doc.clone())
        .say(said.join(" "))
        .say(steps)
}

fn step_page(workspace: &Workspace, procedure: &Procedure, step: &Step) -> Page {
    let of = procedure.title.as_ref().map_or_else(String::new, |title| format!(" \"{}\"", title.value));
    Page::of_code(header(workspace, step.head.span, step.head.body))
        .say_some(step.head.doc.clone())
        .say(format!("A step of the procedure `{}`{of}.", procedure.name.value))
        .say(steps::described(workspace, procedure, step).join("  \n"))
        .rules(steps::rules(procedure, step))
}

/// What stands before the block.
fn header(workspace: &Workspace, whole: Span, body: Option<Span>) -> String {
    one_line(workspace, Span { end: body.map_or(whole.end, |body| body.start), ..whole })
}

fn template_page(workspace: &Workspace, template: &Template) -> Page {
    let files = template.files.iter().map(|(language, file)| format!("- {}: `{}`", language.value, file.value));
    let otherwise = template.otherwise.as_ref().map(|language| format!("- everybody else: {}", language.value));
    let languages: Vec<String> = files.chain(otherwise).collect();
    let first =
        template.otherwise.as_ref().and_then(|language| template.files.iter().find(|(known, _)| known == language));
    let shown = first.or_else(|| template.files.first()).and_then(|(_, file)| first_lines(workspace, &file.value));
    Page::of_code(format!("template {}", template.name.value))
        .say_some(template.head.doc.clone())
        .say(languages.join("\n"))
        .say_some(shown)
}

fn language_page(workspace: &Workspace, template: &Template, language: &str) -> Page {
    let file = template.files.iter().find(|(known, _)| known.value == language).map(|(_, file)| &file.value);
    let page = Page::of_text(format!("The language `{language}` of the template `{}`.", template.name.value));
    page.say_some(file.and_then(|file| first_lines(workspace, file)))
}

/// How a template's text begins.
pub(super) fn first_lines(workspace: &Workspace, path: &str) -> Option<String> {
    let text = workspace.resource(path)?;
    let mut lines: Vec<String> =
        text.lines().take(SHOWN_LINES).map(|line| format!("> {line}").trim_end().to_owned()).collect();
    if text.lines().count() > SHOWN_LINES {
        lines.push("> …".to_owned());
    }
    Some(lines.join("  \n"))
}

fn action_page(workspace: &Workspace, action: &ActionDecl) -> Page {
    let mut said = Vec::new();
    let mut rules = Vec::new();
    if action.contact.is_some() {
        said.push("A contact when it reaches the customer.".to_owned());
        rules.push("S22");
    }
    if action.by_hand.is_some() {
        said.push("Always done by a person.".to_owned());
        rules.push("S24");
    }
    if action.computes.is_some() {
        said.push("Its amount is computed; nothing is booked.".to_owned());
        rules.push("S18");
    }
    let page = Page::of_code(one_line(workspace, action.head.span)).say_some(action.head.doc.clone());
    page.say(said.join(" ")).rules(&rules)
}

/// A parameter as it is declared.
pub(crate) fn parameter(workspace: &Workspace, parameter: &crate::syntax::ast::Parameter) -> String {
    let optional = if parameter.optional.is_some() { "?" } else { "" };
    let default =
        parameter.default.as_ref().map_or_else(String::new, |it| format!(" = {}", one_line(workspace, it.at())));
    format!("{}: {}{optional}{default}", parameter.name.value, parameter.ty.value)
}

/// What is given for a parameter of a type.
pub(crate) fn taken(ty: &str) -> &'static str {
    words::all()
        .filter(|word| word.example.ends_with(ty) || word.phrase == ty)
        .find(|word| word.phrase == ty)
        .map_or("", |word| word.does)
}

fn value_page(workspace: &Workspace, symbol: &Symbol) -> Page {
    let Symbol::Value { list, value } = symbol else { return Page::default() };
    let field = match list {
        ListOf::Field(owner, name) => {
            Some((Symbol::Member(*owner, name.clone()), format!("A value of the list `{name}` of a {}.", owner.word())))
        }
        ListOf::Results { procedure, step } => {
            let symbol = Symbol::Step { procedure: procedure.clone(), name: step.clone() };
            Some((symbol, format!("One of what may be reported back for the step `{procedure}.{step}`.")))
        }
        ListOf::History(_) => None,
    };
    let what = field.as_ref().map_or_else(|| format!("A value of the list `{list}`."), |(_, what)| what.clone());
    let values: Vec<&str> = match field.and_then(|(symbol, _)| nodes::of(workspace, &symbol)) {
        Some(Node::Field(field)) => field.ty.iter().map(|value| value.value.as_str()).collect(),
        Some(Node::Step(_, step)) => step.results.iter().map(|value| value.value.as_str()).collect(),
        _ => match list {
            ListOf::Field(Owner::Document, name) if name == "status" => DEFAULT_STATUSES.to_vec(),
            ListOf::Field(Owner::Document, name) if name == "kind" => KINDS.to_vec(),
            _ => Vec::new(),
        },
    };
    let page = Page::of_code(format!("{list} = {value}")).say(what);
    if values.is_empty() { page } else { page.say(format!("The values are {}.", several(&values))) }
}

/// What every program has.
fn built_in(workspace: &Workspace, symbol: &Symbol, typed: Option<&Typed>) -> Page {
    match symbol {
        Symbol::Member(owner, name) => match fields::of(*owner).find(|spec| spec.name == name) {
            Some(spec) => field_page(workspace, spec, typed),
            None => Page::default(),
        },
        Symbol::Value { .. } => value_page(workspace, symbol),
        Symbol::Function(name) => function(name).map_or_else(Page::default, |spec| {
            Page::of_code(format!("{}({})", spec.name, spec.parameters.join(", "))).say(spec.doc)
        }),
        Symbol::Question(name) => question(name).map_or_else(Page::default, |spec| {
            let element = if spec.takes_element { "… of " } else { "" };
            Page::of_code(format!("{}({element}documents where …)", spec.name)).say(spec.doc)
        }),
        Symbol::Collection(word) => {
            let says = COLLECTIONS.iter().find(|(known, _)| known == word).map_or("", |(_, says)| says);
            Page::of_code(*word).say(says)
        }
        Symbol::Word(word) => match words::name(word) {
            Some(it) => {
                let code = typed.map_or_else(|| (*word).to_owned(), |typed| format!("{word}: {typed}"));
                Page::of_code(code).say(it.does).rules(it.rules)
            }
            None => Page::default(),
        },
        _ => Page::default(),
    }
}

/// In a template, a part of what every template sees: `title` of `procedure.title`.
pub(super) fn of_part(text: &str, token: &Token<'_>) -> Option<Page> {
    let whole = text.get(..token.range.start)?.strip_suffix('.')?;
    let word = words::seen_by_templates(whole.get(word_at(whole, whole.len()))?)?;
    if !word.does.contains(&format!("`{}`", token.text)) {
        return None;
    }
    Some(Page::of_code(format!("{}.{}", word.phrase, token.text)).say(word.does).rules(word.rules))
}

/// A column of a table that a record of a test gives, where it is no field of customers or documents.
pub(super) fn of_column(workspace: &Workspace, path: &str, token: &Token<'_>) -> Option<Page> {
    let (tree, _) = workspace.parsed(path)?;
    let records = tree.items.iter().filter_map(|item| match item {
        Item::Test(test) => Some(&test.records),
        _ => None,
    });
    let record = records.flatten().find(|record| {
        let mut names = record.fields.iter().map(|(name, _)| name);
        names.any(|name| name.span.range() == token.range)
    })?;
    let table = Table::ALL.into_iter().find(|table| table.name().starts_with(&record.kind.value))?;
    let promise = fields::of(Owner::Promise).find(|spec| table == Table::Promises && spec.name == token.text);
    if let Some(spec) = promise {
        return Some(field_page(workspace, spec, None));
    }
    let said = format!("A column of the table `{}`.", table.name());
    Some(Page::of_code(format!("{}.{}", record.kind.value, token.text)).say(said))
}

fn word_page(word: &'static words::Word) -> Page {
    Page::of_code(word.phrase).say(word.does).rules(word.rules)
}

fn field_page(workspace: &Workspace, spec: &FieldSpec, typed: Option<&Typed>) -> Page {
    let owner = spec.owner.word();
    let ty = typed.map_or_else(|| type_of(workspace, spec), ToString::to_string);
    let from = match spec.origin {
        Origin::RequiredColumn => format!("A column of the table `{owner}s`."),
        Origin::Column => format!("A column of the table `{owner}s`, which may be left out."),
        Origin::Derived => "Computed on every run.".to_owned(),
    };
    Page::of_code(format!("{owner}.{}: {ty}", spec.name)).say(spec.doc).say(from)
}

/// The type of a built-in field, as a program would declare it.
pub(crate) fn type_of(workspace: &Workspace, spec: &FieldSpec) -> String {
    use crate::schema::fields::FieldType;
    let word = match spec.ty {
        FieldType::Text | FieldType::Currency => "text".to_owned(),
        FieldType::Money => "money".to_owned(),
        FieldType::Date => "date".to_owned(),
        FieldType::Days => "days".to_owned(),
        FieldType::Flag => "flag".to_owned(),
        FieldType::Kind => KINDS.join(" | "),
        FieldType::Status => {
            let declared = nodes::of(workspace, &Symbol::Member(Owner::Document, "status".to_owned()));
            match declared {
                Some(Node::Field(field)) => field.ty.iter().map(|it| it.value.as_str()).collect::<Vec<_>>().join(" | "),
                _ => DEFAULT_STATUSES.join(" | "),
            }
        }
    };
    format!("{word}{}", if spec.optional { "?" } else { "" })
}

/// `a`, `b` or `c`: the values of a list, in words.
#[must_use]
pub fn values(values: &[String]) -> String {
    choice(values)
}
