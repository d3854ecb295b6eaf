//! What is declared: the outline of a file, and finding a declaration by its name.

use std::ops::Range;

use crate::base::Span;
use crate::ide::Location;
use crate::syntax::ast::{
    AssignRule, Block, Calendar, Field, Item, Ledger, Name, Procedure, Record, Step, Template, Test,
};
use crate::workspace::Workspace;

/// A declaration, with those in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Symbol {
    /// Its name; where it has none, its first word.
    pub name: String,
    /// What else tells it from others: its title, its day, its type.
    pub detail: String,
    /// What is declared.
    pub kind: Kind,
    /// The whole declaration.
    pub range: Range<usize>,
    /// Its name in the text.
    pub name_range: Range<usize>,
    /// What is declared in it.
    pub children: Vec<Symbol>,
}

/// What can be declared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `ledger`
    Ledger,
    /// `customer { … }` or `document { … }` in it.
    Table,
    /// A field of customers or documents.
    Field,
    /// A role that receives messages.
    Recipient,
    /// `calendar`
    Calendar,
    /// `define`
    Define,
    /// `template`
    Template,
    /// A language that a template is written in.
    Language,
    /// `action`
    Action,
    /// `assign`
    Assign,
    /// A rule of it.
    Rule,
    /// `procedure`
    Procedure,
    /// A step of it.
    Step,
    /// `contact_policy`
    ContactPolicy,
    /// `test`
    Test,
    /// A customer, a document and so on of a test.
    Record,
}

/// A declaration that was looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Its name.
    pub name: String,
    /// What it is part of; empty for a declaration on its own.
    pub container: String,
    /// What is declared.
    pub kind: Kind,
    /// Its name in the text.
    pub place: Location,
}

/// The outline of a file.
#[must_use]
pub fn outline(workspace: &Workspace, path: &str) -> Vec<Symbol> {
    let Some((file, _)) = workspace.parsed(path) else { return Vec::new() };
    let outline = Outline { text: workspace.text(path).unwrap_or("") };
    file.items.iter().map(|item| outline.item(item)).collect()
}

/// The declarations of a program whose names hold the letters of `query` in their order, the best first.
#[must_use]
pub fn find(workspace: &Workspace, query: &str) -> Vec<Found> {
    let mut found = Vec::new();
    for path in workspace.paths() {
        for symbol in outline(workspace, path) {
            collect(path, "", symbol, query, &mut found);
        }
    }
    found.sort_by_key(|(rank, found): &(usize, Found)| (*rank, found.name.len()));
    found.into_iter().map(|(_, found)| found).collect()
}

fn collect(path: &str, container: &str, symbol: Symbol, query: &str, found: &mut Vec<(usize, Found)>) {
    let Symbol { name, kind, name_range, children, .. } = symbol;
    for child in children {
        collect(path, &name, child, query, found);
    }
    let is_part = matches!(kind, Kind::Table | Kind::Rule | Kind::Language | Kind::Record);
    let rank = rank(&name, query).or_else(|| rank(&format!("{container}.{name}"), query).map(|rank| rank + 4));
    if let Some(rank) = rank.filter(|_| !is_part) {
        let place = Location { path: path.to_owned(), range: name_range };
        found.push((rank, Found { name, container: container.to_owned(), kind, place }));
    }
}

/// How well a name fits what was typed: 0 is best, nothing where it does not.
fn rank(name: &str, query: &str) -> Option<usize> {
    let (name, query) = (name.to_lowercase(), query.to_lowercase());
    if name == query || query.is_empty() {
        return Some(0);
    }
    if name.starts_with(&query) {
        return Some(1);
    }
    if name.contains(&query) {
        return Some(2);
    }
    let mut letters = name.chars();
    let mut wanted = query.chars().filter(|letter| !letter.is_whitespace());
    wanted.all(|wanted| letters.any(|letter| letter == wanted)).then_some(3)
}

struct Outline<'a> {
    text: &'a str,
}

impl Outline<'_> {
    fn item(&self, item: &Item) -> Symbol {
        let head = item.head();
        let named = |name: &Name, kind: Kind| symbol(name, kind, head.span, head.keyword);
        match item {
            Item::Ledger(ledger) => self.ledger(ledger),
            Item::Calendar(calendar) => with(named(&calendar.name, Kind::Calendar), days_off(calendar), Vec::new()),
            Item::Define(define) => {
                let mut define_symbol =
                    with(named(&define.name, Kind::Define), self.line(define.expr.at()), Vec::new());
                if let Some(owner) = &define.owner {
                    define_symbol.name = format!("{}.{}", owner.value, define_symbol.name);
                }
                define_symbol
            }
            Item::Template(template) => template_symbol(template, named(&template.name, Kind::Template)),
            Item::Action(action) => with(named(&action.name, Kind::Action), String::new(), Vec::new()),
            Item::Assign(assign) => {
                let rules = assign.rules.iter().map(|rule| self.rule(rule)).collect();
                with(self.keyword(head.span, head.keyword, Kind::Assign), String::new(), rules)
            }
            Item::Procedure(procedure) => self.procedure(procedure, named(&procedure.name, Kind::Procedure)),
            Item::ContactPolicy(_) => self.keyword(head.span, head.keyword, Kind::ContactPolicy),
            Item::Test(test) => test_symbol(test, named(&test.title, Kind::Test)),
        }
    }

    /// A declaration that has no name but its first word.
    fn keyword(&self, span: Span, keyword: Span, kind: Kind) -> Symbol {
        let name = self.text.get(keyword.range()).unwrap_or("").to_owned();
        let (range, name_range) = (span.range(), keyword.range());
        Symbol { name, detail: String::new(), kind, range, name_range, children: Vec::new() }
    }

    /// The text at a span, on one line.
    fn line(&self, span: Span) -> String {
        let words: Vec<&str> = self.text.get(span.range()).unwrap_or("").split_whitespace().collect();
        words.join(" ")
    }

    fn ledger(&self, ledger: &Ledger) -> Symbol {
        let mut parts = Vec::new();
        let tables = [
            (ledger.customer_block, &ledger.customer, "customer"),
            (ledger.document_block, &ledger.document, "document"),
        ];
        for (block, fields, word) in tables {
            parts.extend(block.map(|block| self.table(block, fields, word)));
        }
        parts.extend(ledger.recipients.iter().map(|role| symbol(role, Kind::Recipient, role.span, role.span)));
        parts.sort_by_key(|part| part.range.start);
        let currency = ledger.currency.as_ref().map_or_else(String::new, |currency| currency.value.clone());
        with(self.keyword(ledger.head.span, ledger.head.keyword, Kind::Ledger), currency, parts)
    }

    fn table(&self, block: Block, fields: &[Field], word: &str) -> Symbol {
        let keyword = Span::new(block.span.file, block.span.start as usize, block.span.start as usize + word.len());
        let fields = fields.iter().map(|field| {
            let types: Vec<&str> = field.ty.iter().map(|word| &*word.value).collect();
            let mark = if field.optional.is_some() { "?" } else { "" };
            let detail = types.join(" | ") + mark;
            with(symbol(&field.name, Kind::Field, field.span.0, field.span.0), detail, Vec::new())
        });
        with(self.keyword(block.span, keyword, Kind::Table), String::new(), fields.collect())
    }

    fn rule(&self, rule: &AssignRule) -> Symbol {
        let when =
            rule.when.as_ref().map_or_else(|| "otherwise".to_owned(), |when| format!("when {}", self.line(when.at())));
        with(symbol(&rule.procedure, Kind::Rule, rule.span.0, rule.span.0), when, Vec::new())
    }

    fn procedure(&self, procedure: &Procedure, symbol: Symbol) -> Symbol {
        let title = procedure.title.as_ref().map_or_else(String::new, |title| title.value.clone());
        with(symbol, title, procedure.steps.iter().map(|step| self.step(step)).collect())
    }

    fn step(&self, step: &Step) -> Symbol {
        let day = step.at_day.as_ref().map(|day| format!("day {}", day.value));
        let after = step.after.as_ref().map(|after| format!("after {}", self.line(after.span.0)));
        let stop = step.at_stop.map(|_| "at stop".to_owned());
        let title = step.title.as_ref().map(|title| title.value.clone());
        let details: Vec<String> = [day, after, stop, title].into_iter().flatten().collect();
        with(symbol(&step.name, Kind::Step, step.head.span, step.head.keyword), details.join(", "), Vec::new())
    }
}

fn days_off(calendar: &Calendar) -> String {
    use crate::syntax::ast::Holidays;
    let sources = calendar.holidays.iter().map(|holidays| match holidays {
        Holidays::Country(name) | Holidays::File(name) => name.value.as_str(),
    });
    sources.collect::<Vec<_>>().join(", ")
}

fn template_symbol(template: &Template, symbol_of_it: Symbol) -> Symbol {
    let files = template.files.iter().map(|(language, file)| {
        let span = language.span.to(file.span);
        with(symbol(language, Kind::Language, span, span), file.value.clone(), Vec::new())
    });
    with(symbol_of_it, String::new(), files.collect())
}

fn test_symbol(test: &Test, symbol_of_it: Symbol) -> Symbol {
    let record = |record: &Record| {
        let name = record.id.as_ref().unwrap_or(&record.kind);
        with(symbol(name, Kind::Record, record.block.span, record.kind.span), record.kind.value.clone(), Vec::new())
    };
    with(symbol_of_it, String::new(), test.records.iter().map(record).collect())
}

/// A declaration with a name; where the name is missing, its first word stands for it.
fn symbol(name: &Name, kind: Kind, span: Span, keyword: Span) -> Symbol {
    let is_missing = name.value.is_empty();
    let name_span = if is_missing { keyword } else { name.span };
    let range = span.to(name_span).range();
    let name = if is_missing { "?".to_owned() } else { name.value.clone() };
    Symbol { name, detail: String::new(), kind, range, name_range: name_span.range(), children: Vec::new() }
}

fn with(symbol: Symbol, detail: String, children: Vec<Symbol>) -> Symbol {
    Symbol { detail, children, ..symbol }
}
