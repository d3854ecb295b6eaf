//! Names: what the checker looks for at a place, as what could be written there.

use std::collections::BTreeSet;

use crate::check::look::Look;
use crate::check::mentions::{Symbol, Wanted};
use crate::ide::completion::{Completion, Cursor, Kind, lists};
use crate::ide::hover::names::parameter;
use crate::ide::nodes::{self, Node};
use crate::schema::fields::{self, Origin};
use crate::schema::functions::{FUNCTIONS, QUESTIONS};
use crate::schema::{ListOf, Owner, Type, Typed};
use crate::syntax::ast::Item;
use crate::syntax::expected::expected;
use crate::syntax::places::Place;
use crate::syntax::tokens::{Kind as Piece, Token, tokens};
use crate::syntax::words;
use crate::workspace::Workspace;

/// Whether nothing but these names could stand there.
pub(super) const fn stands_alone(wanted: &Wanted) -> bool {
    matches!(
        wanted,
        Wanted::Member(_)
            | Wanted::ListValue { .. }
            | Wanted::Type { .. }
            | Wanted::Computed
            | Wanted::Currency
            | Wanted::Weekday
            | Wanted::Country
            | Wanted::Coverage
    )
}

/// Whether a word of the language may stand where this is looked for: no value begins where a role or a template is
/// named, and none goes on behind it.
pub(super) fn fits(workspace: &Workspace, place: &Cursor<'_>, wanted: &[Wanted], word: &words::Word) -> bool {
    let is_named = |wanted: &Wanted| match wanted {
        Wanted::OneOf(symbols) => {
            symbols.iter().any(|it| matches!(it, Symbol::Recipient(_) | Symbol::Template(_) | Symbol::Step { .. }))
        }
        _ => false,
    };
    let goes_on = |wanted: &Wanted| match wanted {
        Wanted::Label { action } => is_expression_given(workspace, place, action),
        _ => true,
    };
    let may_begin = !word.begins_value() || !wanted.iter().any(is_named);
    // `where` goes on with documents, too.
    let is_operator = word.continues_value() && word.first() != "where";
    may_begin && (!is_operator || wanted.iter().all(goes_on))
}

/// Whether what an action was given last is an expression, which may go on.
fn is_expression_given(workspace: &Workspace, place: &Cursor<'_>, action: &str) -> bool {
    let Some(Node::Action(declared)) = nodes::of(workspace, &Symbol::Action(action.to_owned())) else { return true };
    let before = place.line_before();
    let label = |piece: &Token<'_>| declared.parameters.iter().find(|it| it.name.value == piece.text);
    let last = before.iter().rev().find_map(label).or_else(|| declared.parameters.first());
    let is_name = last.is_some_and(|it| matches!(&*it.ty.value, "recipient" | "template" | "status" | "documents"));
    !is_name || before.iter().any(|piece| piece.text == "where")
}

/// What is looked for, the best first.
pub(super) fn items(workspace: &Workspace, look: &Look<'_>, place: &Cursor<'_>, wanted: &[Wanted]) -> Vec<Completion> {
    let writer = Writer { workspace, look, place };
    wanted.iter().flat_map(|wanted| writer.items(wanted)).collect()
}

struct Writer<'w> {
    workspace: &'w Workspace,
    look: &'w Look<'w>,
    place: &'w Cursor<'w>,
}

impl Writer<'_> {
    fn items(&self, wanted: &Wanted) -> Vec<Completion> {
        match wanted {
            Wanted::OneOf(symbols) => self.symbols(symbols),
            Wanted::Value { owner, leading, document, results, questions } => {
                let mut items = self.members(*owner);
                items.extend(self.words(*leading, *document, *owner));
                let reports = |step: &&String| self.reports(self.declared("procedure").unwrap_or(""), step);
                items.extend(
                    results.iter().filter(reports).map(|step| {
                        Completion::plain(format!("result of {step}"), Kind::Step, "what was reported back")
                    }),
                );
                items.extend(self.computing(*questions));
                items
            }
            Wanted::Member(owner) => self.members(*owner),
            Wanted::ListValue { list, values } => self.values(list, values),
            Wanted::Label { action } => self.labels(action),
            Wanted::Coverage => lists::coverage(),
            Wanted::Field { of, names } => self.fields(of, names),
            Wanted::Type { of_parameter } => lists::types(*of_parameter),
            Wanted::Computed => lists::computed(),
            Wanted::Currency => lists::currencies(self.workspace),
            Wanted::Weekday => lists::weekdays(),
            Wanted::Country => lists::countries(),
            Wanted::Language { of } => self.languages(of.as_deref()),
            Wanted::File => Vec::new(),
            Wanted::Engine(what, names) => lists::plain(names, Kind::Function, what),
            Wanted::Seen(names) => lists::plain(names, Kind::Name, ""),
            Wanted::Part(names) => lists::plain(names, Kind::Field, ""),
        }
    }

    fn symbols(&self, symbols: &[Symbol]) -> Vec<Completion> {
        let is_assign = || expected(self.place.before()).place == Place::Assign;
        let only_assigned = symbols.iter().any(|symbol| matches!(symbol, Symbol::Procedure(_))) && is_assign();
        let before = self.place.line_before();
        let only_reporting =
            matches!(before.as_slice(), [.., result, of] if result.text == "result" && of.text == "of");
        let is_offered = |symbol: &&Symbol| match symbol {
            Symbol::Step { procedure, name } if only_reporting => self.reports(procedure, name),
            symbol => !only_assigned || self.is_assigned(symbol),
        };
        symbols.iter().filter(is_offered).filter_map(|symbol| self.symbol(symbol)).collect()
    }

    /// Whether a procedure may be named in `assign`: only those that start so.
    fn is_assigned(&self, symbol: &Symbol) -> bool {
        match nodes::of(self.workspace, symbol) {
            Some(Node::Procedure(procedure)) => procedure.start.as_ref().is_none_or(|start| start.when.is_none()),
            _ => true,
        }
    }

    fn symbol(&self, symbol: &Symbol) -> Option<Completion> {
        let titled = |symbol: &Symbol| match nodes::of(self.workspace, symbol) {
            Some(Node::Procedure(it)) => it.title.as_ref().map(|title| title.value.clone()),
            Some(Node::Step(_, it)) => it.title.as_ref().map(|title| title.value.clone()),
            _ => None,
        };
        let title = || titled(symbol).unwrap_or_default();
        let item = match symbol {
            Symbol::Procedure(name) => Completion::plain(name, Kind::Procedure, title()),
            Symbol::Step { name, .. } => Completion::plain(name, Kind::Step, title()),
            Symbol::Template(name) => Completion::plain(name, Kind::Template, "template"),
            Symbol::Calendar(name) => Completion::plain(name, Kind::Calendar, "calendar"),
            Symbol::Recipient(name) => Completion::plain(name, Kind::Role, "role"),
            Symbol::Word("customer") => Completion::plain("customer", Kind::Role, "the customer"),
            Symbol::Action(name) => self.action(name),
            Symbol::Record { id, .. } => {
                let is_name = crate::syntax::tokens::word_at(id, 0) == (0..id.len());
                let kind = match nodes::of(self.workspace, symbol) {
                    Some(Node::Record(record)) => record.kind.value.clone(),
                    _ => String::new(),
                };
                Completion::plain(id, Kind::Name, kind)
                    .inserting(if is_name { id.clone() } else { format!("\"{id}\"") }, false)
            }
            _ => return None,
        };
        Some(item.from(symbol.clone().into()))
    }

    /// An action with what it must be given.
    fn action(&self, name: &str) -> Completion {
        let Some(Node::Action(action)) = nodes::of(self.workspace, &Symbol::Action(name.to_owned())) else {
            return Completion::plain(name, Kind::Action, "");
        };
        let needed =
            action.parameters.iter().enumerate().filter(|(_, it)| it.optional.is_none() && it.default.is_none());
        let mut insert = name.to_owned();
        let mut signature = Vec::new();
        for (number, (place, it)) in needed.enumerate() {
            let label = if place == 0 { String::new() } else { format!("{} ", it.name.value) };
            insert += &format!(" {label}${{{}:{}}}", number + 1, self.example(&it.ty.value, action.contact.is_some()));
        }
        signature.extend(action.parameters.iter().map(|it| parameter(self.workspace, it)));
        let is_alone = self.place.behind().trim_start_matches([' ', '\t']).starts_with(['\n', '\r', '}'])
            || self.place.behind().is_empty();
        let is_snippet = is_alone && insert.len() > name.len();
        let insert = if is_snippet { insert } else { name.to_owned() };
        Completion::plain(name, Kind::Action, signature.join(", ")).inserting(insert, is_snippet)
    }

    /// What could be given for a parameter of a type: the first name that the program has.
    fn example(&self, ty: &str, is_contact: bool) -> String {
        let items = || self.workspace.trees().flat_map(|tree| &tree.items);
        let name = match ty {
            "recipient" if !is_contact => items().find_map(|item| match item {
                Item::Ledger(ledger) => ledger.recipients.first(),
                _ => None,
            }),
            "template" => items().find_map(|item| match item {
                Item::Template(template) => Some(&template.name),
                _ => None,
            }),
            _ => None,
        };
        name.map_or_else(|| example(ty, is_contact).to_owned(), |name| name.value.clone())
    }

    fn members(&self, owner: Owner) -> Vec<Completion> {
        let mut members = self.look.members(owner);
        // Nothing is defined by itself.
        members.retain(|(name, _)| self.declared("define") != Some(name.as_str()));
        members.sort_by_key(|(name, _)| rank(owner, name));
        members.into_iter().map(|(name, typed)| self.member(owner, &name, typed.as_ref())).collect()
    }

    /// Whether something may be reported back for a step.
    fn reports(&self, procedure: &str, step: &str) -> bool {
        let symbol = Symbol::Step { procedure: procedure.to_owned(), name: step.to_owned() };
        matches!(nodes::of(self.workspace, &symbol), Some(Node::Step(_, step)) if !step.results.is_empty())
    }

    /// The name of the declaration around the place, where it begins with `word`.
    fn declared(&self, word: &str) -> Option<&str> {
        let pieces = tokens(self.place.text);
        let mut pieces = pieces.iter().filter(|piece| piece.kind == Piece::Word).map(|piece| piece.text);
        let name = pieces.next().filter(|first| *first == word).and_then(|_| pieces.next());
        if name == Some("document") && word == "define" { pieces.next() } else { name }
    }

    fn member(&self, owner: Owner, name: &str, typed: Option<&Typed>) -> Completion {
        let symbol = Symbol::Member(owner, name.to_owned());
        let is_own = fields::of(owner).all(|spec| spec.name != name);
        let is_define = is_own && matches!(nodes::of(self.workspace, &symbol), Some(Node::Define(_)));
        let detail = match typed {
            Some(Typed { ty: Type::List(list), optional }) => {
                format!("{}{}", list.values().join(" | "), if *optional { "?" } else { "" })
            }
            Some(typed) => typed.to_string(),
            None => String::new(),
        };
        Completion::plain(name, if is_define { Kind::Define } else { Kind::Field }, detail).from(symbol.into())
    }

    /// The names with a meaning of their own.
    fn words(&self, leading: bool, document: bool, owner: Owner) -> Vec<Completion> {
        let mut items = vec![self.word("today", "date", "today")];
        if leading {
            items.push(self.word("dip", "days", "dip"));
            items.push(self.word("leading", "the leading document", "leading."));
        }
        if document {
            items.push(self.word("document", "the document at hand", "document."));
        }
        if owner != Owner::Customer {
            items.push(self.word("customer", "the customer at hand", "customer."));
        }
        items
    }

    fn word(&self, word: &'static str, detail: &str, insert: &str) -> Completion {
        let is_followed = self.place.behind().starts_with('.');
        let insert = if is_followed { word } else { insert };
        Completion::plain(word, Kind::Name, detail).inserting(insert, false).from(Symbol::Word(word).into())
    }

    /// Questions and functions.
    fn computing(&self, questions: bool) -> Vec<Completion> {
        let has_brackets = self.place.behind().starts_with('(');
        let written = |name: &str, inside: String| match has_brackets {
            true => (name.to_owned(), false),
            false => (format!("{name}({inside})"), true),
        };
        let asks = QUESTIONS.iter().filter(|_| questions).map(|spec| {
            let element = if spec.takes_element { "${1:open_amount} of ${2:documents}" } else { "${1:documents}" };
            let (insert, is_snippet) = written(spec.name, element.to_owned());
            let source = Symbol::Question(spec.name.to_owned()).into();
            Completion::plain(spec.name, Kind::Function, spec.doc).inserting(insert, is_snippet).from(source)
        });
        let computes = FUNCTIONS.iter().map(|spec| {
            let parts = spec.parameters.iter().enumerate().map(|(place, name)| format!("${{{}:{name}}}", place + 1));
            let (insert, is_snippet) = written(spec.name, parts.collect::<Vec<_>>().join(", "));
            let source = Symbol::Function(spec.name.to_owned()).into();
            Completion::plain(spec.name, Kind::Function, spec.doc).inserting(insert, is_snippet).from(source)
        });
        asks.chain(computes).collect()
    }

    fn values(&self, list: &ListOf, values: &[String]) -> Vec<Completion> {
        let value = |value: &String| {
            let symbol = Symbol::Value { list: list.clone(), value: value.clone() };
            Completion::plain(value, Kind::Value, list.to_string()).from(symbol.into())
        };
        values.iter().map(value).collect()
    }

    fn labels(&self, action: &str) -> Vec<Completion> {
        let Some(Node::Action(declared)) = nodes::of(self.workspace, &Symbol::Action(action.to_owned())) else {
            return Vec::new();
        };
        let line_behind = self.place.behind().split(['\n', '}']).next().unwrap_or("");
        let behind = tokens(line_behind);
        let before = self.place.line_before();
        let is_given = |name: &str| before.iter().chain(&behind).any(|piece| piece.text == name);
        let open = declared.parameters.iter().skip(1).filter(|it| !is_given(&it.name.value));
        let label = |it: &crate::syntax::ast::Parameter| {
            let symbol = Symbol::Parameter { action: action.to_owned(), name: it.name.value.clone() };
            Completion::plain(&it.name.value, Kind::Label, parameter(self.workspace, it)).from(symbol.into())
        };
        open.map(label).collect()
    }

    fn fields(&self, of: &str, names: &[String]) -> Vec<Completion> {
        let owner = [Owner::Customer, Owner::Document, Owner::Promise].into_iter().find(|owner| owner.word() == of);
        let members = owner.map(|owner| self.look.members(owner)).unwrap_or_default();
        let is_set = expected(self.place.before()).place == Place::Test;
        let has_colon = self.place.behind().trim_start().starts_with(':');
        let field = |name: &String| {
            let typed = members.iter().find(|(known, _)| known == name).and_then(|(_, typed)| typed.as_ref());
            let item = match owner {
                Some(owner) => self.member(owner, name, typed),
                None => Completion::plain(name, Kind::Field, format!("field of {of}")),
            };
            let insert = if is_set || has_colon { name.clone() } else { format!("{name}: ") };
            item.inserting(insert, false)
        };
        names.iter().map(field).collect()
    }

    /// The languages that have a file in the template at the place.
    fn written_languages(&self) -> BTreeSet<String> {
        let pieces = tokens(self.place.text);
        let is_other = |piece: &Token<'_>| piece.range != self.place.word;
        let pairs = pieces.iter().zip(pieces.iter().skip(1));
        pairs
            .filter(|(word, file)| word.kind == Piece::Word && file.kind == Piece::Text && is_other(word))
            .map(|(word, _)| word.text.to_owned())
            .collect()
    }

    fn languages(&self, of: Option<&[String]>) -> Vec<Completion> {
        let known: Vec<String> = match of {
            Some(of) => of.iter().filter(|language| *language != super::NOTHING).cloned().collect(),
            None => {
                let mut used: Vec<String> =
                    self.workspace.trees().flat_map(|tree| &tree.items).flat_map(languages).collect();
                used.extend(["en", "nl", "fr", "de", "es", "it", "pt"].map(str::to_owned));
                let mut seen = self.written_languages();
                used.retain(|language| seen.insert(language.clone()));
                used
            }
        };
        lists::plain(&known, Kind::Value, "language")
    }
}

fn languages(item: &Item) -> Vec<String> {
    match item {
        Item::Template(template) => template.files.iter().map(|(language, _)| language.value.clone()).collect(),
        _ => Vec::new(),
    }
}

/// Own fields and defines first, then what is computed, then the columns of every ledger.
fn rank(owner: Owner, name: &str) -> u8 {
    match fields::of(owner).find(|spec| spec.name == name).map(|spec| spec.origin) {
        None => 0,
        Some(Origin::Derived) => 1,
        Some(Origin::Column | Origin::RequiredColumn) => 2,
    }
}

/// What could be given for a parameter of a type. Whoever a contact reaches is mostly the customer; to whom debts
/// are handed over, the author has to say.
fn example(ty: &str, is_contact: bool) -> &'static str {
    match ty {
        "recipient" if is_contact => "customer",
        "recipient" => "recipient",
        "template" => "template",
        "documents" => "overdue",
        "status" => "status",
        "money" => "40 EUR",
        "percent" => "8 %",
        "number" => "6",
        "days" => "14 days",
        "date" => "today",
        "flag" => "yes",
        _ => "\"text\"",
    }
}
