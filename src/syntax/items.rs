//! Declarations other than procedures and tests.

use crate::base::Diagnostic;
use crate::base::code;
use crate::syntax::ast::{
    self, ActionDecl, Assign, AssignRule, Calendar, ContactLimit, ContactPolicy, Counting, Define, Duration,
    DurationUnit, Expr, Field, Holidays, Item, Ledger, Literal, Parameter, Template,
};
use crate::syntax::grammar::Rule;
use crate::syntax::places::Place;
use crate::syntax::reader::{Block, Node, Reader, range};

impl<'t> Reader<'t> {
    /// Every declaration of a file.
    pub(super) fn file(&mut self, node: Node<'t>) -> Vec<Item> {
        let mut items = Vec::new();
        for inner in node.into_inner() {
            let item = match inner.as_rule() {
                Rule::ledger => Item::Ledger(self.ledger(inner)),
                Rule::calendar => Item::Calendar(self.calendar(inner)),
                Rule::define => Item::Define(self.define(inner)),
                Rule::template => Item::Template(self.template(inner)),
                Rule::action_declaration => Item::Action(self.action_declaration(inner)),
                Rule::assign => Item::Assign(self.assign(inner)),
                Rule::procedure => Item::Procedure(Box::new(self.procedure(inner))),
                Rule::contact_policy => Item::ContactPolicy(self.contact_policy(inner)),
                Rule::test => Item::Test(self.test(inner)),
                Rule::junk => {
                    self.junk(&inner);
                    continue;
                }
                _ => continue,
            };
            items.push(item);
        }
        items
    }

    fn ledger(&mut self, node: Node<'t>) -> Ledger {
        let mut block = self.block(&node, "ledger", Place::Ledger);
        let (mut currency, mut customer, mut document, mut recipients) = (None, None, None, Vec::new());
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::ledger_currency if self.first(&mut block, "currency", &part) => {
                    currency = Some(self.first_name(part));
                }
                Rule::entity => {
                    let of_customer = part.as_str().starts_with("customer");
                    let first = self.first(&mut block, if of_customer { "customer" } else { "document" }, &part);
                    let entity = self.entity(part, &mut block);
                    if first {
                        *(if of_customer { &mut customer } else { &mut document }) = Some(entity);
                    }
                }
                Rule::recipients => recipients.extend(self.names(part)),
                _ => self.layout(&mut block, &part),
            }
        }
        let (customer, customer_block) = customer.unzip();
        let (document, document_block) = document.unzip();
        Ledger {
            head: self.head(block),
            currency,
            customer: customer.unwrap_or_default(),
            document: document.unwrap_or_default(),
            recipients,
            customer_block,
            document_block,
        }
    }

    fn entity(&mut self, node: Node<'t>, ledger: &mut Block) -> (Vec<Field>, ast::Block) {
        let word = if node.as_str().starts_with("customer") { "customer" } else { "document" };
        let mut block = self.block(&node, word, Place::Entity);
        let mut fields = Vec::new();
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::field => fields.push(self.field(part)),
                _ => self.layout(&mut block, &part),
            }
        }
        ledger.damaged |= block.damaged;
        (fields, ast::Block { span: block.span, body: self.body(&block) })
    }

    fn field(&mut self, node: Node<'t>) -> Field {
        let span = self.at(&node);
        let (mut name, mut ty, mut optional) = (None, Vec::new(), None);
        for part in node.clone().into_inner() {
            match part.as_rule() {
                Rule::word => name = Some(self.name(&part)),
                Rule::type_words => ty = self.names(part),
                _ => optional = Some(self.at(&part)),
            }
        }
        let name = name.unwrap_or_else(|| self.name(&node));
        let doc = self.doc_above(span.0).or_else(|| self.doc_behind(span.0));
        Field { name, ty, optional, span, doc }
    }

    fn calendar(&mut self, node: Node<'t>) -> Calendar {
        let mut block = self.block(&node, "calendar", Place::Calendar);
        let mut name = self.name(&node);
        let (mut weekend, mut holidays) = (Vec::new(), Vec::new());
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::declared_name => name = self.titled(&mut block, part),
                Rule::missing_name => name = self.missing_name(&part, "calendar", "calendar belgium"),
                Rule::weekend if self.first(&mut block, "weekend", &part) => weekend = self.names(part),
                Rule::holidays => holidays.extend(part.into_inner().map(|inner| match inner.as_rule() {
                    Rule::string => Holidays::File(self.string(&inner)),
                    _ => Holidays::Country(self.name(&inner)),
                })),
                _ => self.layout(&mut block, &part),
            }
        }
        Calendar { head: self.head(block), name, weekend, holidays }
    }

    /// A declared name, which also goes into the title of its block.
    pub(super) fn titled(&mut self, block: &mut Block, node: Node<'t>) -> crate::syntax::ast::Name {
        let name = self.declared_name(node);
        block.title = format!("{} `{}`", block.title, name.value);
        name
    }

    fn define(&mut self, node: Node<'t>) -> Define {
        let mut block = self.block(&node, "define", Place::File);
        let mut name = self.name(&node);
        let mut owner = None;
        let mut expr = None;
        for part in node.clone().into_inner() {
            match part.as_rule() {
                Rule::entity_name => owner = Some(self.name(&part)),
                Rule::declared_name => name = self.titled(&mut block, part),
                Rule::missing_equals => self.missing_equals(&part),
                Rule::expr => expr = Some(self.expr(part)),
                Rule::missing_operand => expr = Some(self.missing_operand(&part)),
                _ => {}
            }
        }
        let expr = expr.unwrap_or_else(|| self.nothing(&node));
        Define { head: self.head(block), owner, name, expr }
    }

    /// An expression that could not be read.
    pub(super) fn nothing(&self, node: &Node<'t>) -> Expr {
        Expr { kind: crate::syntax::ast::ExprKind::Unreadable, span: self.at(node) }
    }

    fn missing_equals(&mut self, node: &Node<'t>) {
        let before = self.token_before(node.as_span().start());
        let end = before.end;
        let finding = Diagnostic::new(code::WRONG_CLAUSE, "a definition needs `=` after its name")
            .label(self.mended.span(before), "`=` must follow")
            .help("write `define large = overdue_total > 10_000 EUR`")
            .fix("write `=`", self.mended.span(end..end), " =");
        self.missing(node, finding);
    }

    fn template(&mut self, node: Node<'t>) -> Template {
        let mut block = self.block(&node, "template", Place::Template);
        let mut name = self.name(&node);
        let (mut files, mut otherwise) = (Vec::new(), None);
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::declared_name => name = self.titled(&mut block, part),
                Rule::missing_name => name = self.missing_name(&part, "template", "template reminder"),
                Rule::template_file => {
                    let mut inner = part.into_inner();
                    if let (Some(language), Some(file)) = (inner.next(), inner.next()) {
                        files.push((self.name(&language), self.string(&file)));
                    }
                }
                Rule::template_otherwise if self.first(&mut block, "otherwise", &part) => {
                    otherwise = Some(self.first_name(part));
                }
                _ => self.layout(&mut block, &part),
            }
        }
        Template { head: self.head(block), name, files, otherwise }
    }

    fn action_declaration(&mut self, node: Node<'t>) -> ActionDecl {
        let mut block = self.block(&node, "action", Place::File);
        let mut name = self.name(&node);
        let (mut parameters, mut contact, mut by_hand, mut computes) = (Vec::new(), None, None, None);
        for part in node.clone().into_inner() {
            match part.as_rule() {
                Rule::declared_name => name = self.titled(&mut block, part),
                Rule::parameter => parameters.push(self.parameter(part)),
                Rule::contact if self.first(&mut block, "contact", &part) => contact = Some(self.at(&part)),
                Rule::by_hand if self.first(&mut block, "by hand", &part) => by_hand = Some(self.at(&part)),
                Rule::computes if self.first(&mut block, "computes", &part) => computes = Some(self.first_name(part)),
                _ => {
                    block.damaged = true;
                    self.bracket(&node, &part);
                }
            }
        }
        ActionDecl { head: self.head(block), name, parameters, contact, by_hand, computes }
    }

    fn parameter(&mut self, node: Node<'t>) -> Parameter {
        let (mut words, mut optional, mut default) = (Vec::new(), None, None);
        for part in node.clone().into_inner() {
            match part.as_rule() {
                Rule::word => words.push(self.name(&part)),
                Rule::optional => optional = Some(self.at(&part)),
                Rule::missing_colon => self.missing_colon(&part),
                _ => default = Some(self.expr(part)),
            }
        }
        let mut words = words.into_iter();
        let name = words.next().unwrap_or_else(|| self.name(&node));
        let ty = words.next().unwrap_or_else(|| self.name(&node));
        Parameter { name, ty, optional, default }
    }

    fn missing_colon(&mut self, node: &Node<'t>) {
        let before = self.token_before(node.as_span().start());
        let end = before.end;
        let finding = Diagnostic::new(code::WRONG_CLAUSE, "a parameter needs `:` after its name")
            .label(self.mended.span(before), "`:` must follow")
            .help("write `using: template`")
            .fix("write `:`", self.mended.span(end..end), ":");
        self.missing(node, finding);
    }

    fn assign(&mut self, node: Node<'t>) -> Assign {
        let mut block = self.block(&node, "assign", Place::Assign);
        let mut rules = Vec::new();
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::assign_rule => {
                    let (span, procedure) = (self.at(&part), self.first_name(part.clone()));
                    let when = Some(self.expr_in(part));
                    rules.push(AssignRule { procedure, when, span });
                }
                Rule::assign_otherwise => {
                    let (span, procedure) = (self.at(&part), self.first_name(part));
                    rules.push(AssignRule { procedure, when: None, span });
                }
                _ => self.layout(&mut block, &part),
            }
        }
        Assign { head: self.head(block), rules }
    }

    fn contact_policy(&mut self, node: Node<'t>) -> ContactPolicy {
        let mut block = self.block(&node, "contact_policy", Place::Policy);
        let (mut limits, mut only_on) = (Vec::new(), None);
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::contact_limit => match self.contact_limit(part) {
                    Some(limit) => limits.push(limit),
                    None => block.damaged = true,
                },
                Rule::only_on if self.first(&mut block, "only on", &part) => only_on = self.counting(part),
                _ => self.layout(&mut block, &part),
            }
        }
        ContactPolicy { head: self.head(block), limits, only_on }
    }

    fn contact_limit(&mut self, node: Node<'t>) -> Option<ContactLimit> {
        let span = self.at(&node);
        let (mut at_most, mut every) = (None, None);
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::number => at_most = Some(self.name(&part)),
                _ => every = self.duration(part),
            }
        }
        Some(ContactLimit { at_most: at_most?, every: every?, span })
    }

    /// A clause with `working days [of CAL]` in it.
    pub(super) fn counting(&mut self, node: Node<'t>) -> Option<Counting> {
        let span = self.at(&node);
        let working_days = node.into_inner().next()?;
        Some(Counting { calendar: working_days.into_inner().next().map(|name| self.name(&name)), span })
    }

    /// `3 days`; `None` for what is none, which is reported.
    pub(super) fn duration(&mut self, node: Node<'t>) -> Option<Duration> {
        match node.as_rule() {
            Rule::bad_duration => return self.bad_duration(&node),
            Rule::missing_duration => return self.missing_duration(&node),
            _ => {}
        }
        let span = self.at(&node);
        let mut number: Option<Literal> = None;
        let mut unit = DurationUnit::Days;
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::number => number = Some(self.name(&part)),
                Rule::weeks => unit = DurationUnit::Weeks,
                Rule::working_days => {
                    unit = DurationUnit::WorkingDays(part.into_inner().next().map(|name| self.name(&name)));
                }
                _ => {}
            }
        }
        Some(Duration { number: number?, unit, span })
    }

    fn missing_duration(&mut self, node: &Node<'t>) -> Option<Duration> {
        let before = self.token_before(node.as_span().start());
        let word = self.mended.text.get(before.clone()).unwrap_or("");
        let finding = Diagnostic::new(code::WRONG_DURATION, format!("nothing stands after `{word}`"))
            .label(self.mended.span(before), "a number of days must follow")
            .help(format!("write `{word} 3 days`"));
        self.missing(node, finding);
        None
    }

    fn bad_duration(&mut self, node: &Node<'t>) -> Option<Duration> {
        let text = node.as_str();
        let days = days_meant(text);
        let finding = Diagnostic::new(code::WRONG_DURATION, format!("`{text}` is no number of days"))
            .label(self.span(node), "write a number and `days`, `weeks` or `working days`");
        let finding = match &days {
            Some(days) => {
                finding.help(format!("write `{days}`")).fix(format!("write `{days}`"), self.span(node), days.clone())
            }
            None => finding.help("write for example `3 days`, `2 weeks` or `5 working days`"),
        };
        match days {
            Some(days) => self.mend(range(node), &days, finding),
            None => self.report(range(node), finding),
        }
        None
    }
}

/// Numbers that people write as words.
const NUMBER_WORDS: &[&str] = &[
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
    "twentyone",
];

/// The number that a word or digits stand for.
pub(super) fn number_meant(word: &str) -> Option<i64> {
    let as_word = NUMBER_WORDS.iter().position(|known| *known == word.to_ascii_lowercase());
    as_word.and_then(|number| i64::try_from(number).ok()).or_else(|| word.replace('_', "").parse().ok())
}

/// What a text such as `three days`, `3` or `2 months` certainly means in days.
fn days_meant(text: &str) -> Option<String> {
    let mut words = text.split_whitespace();
    let number = number_meant(words.next()?)?;
    let unit = words.next().unwrap_or("days").to_ascii_lowercase();
    let factor = match unit.trim_end_matches('s') {
        "day" | "d" => 1,
        "week" => return Some(format!("{number} weeks")),
        "month" => 30,
        "year" => 365,
        "working" | "business" => return Some(format!("{number} working days")),
        _ => return None,
    };
    Some(format!("{} days", number.checked_mul(factor)?))
}
