//! Actions of steps: which argument fills which parameter, and what it means there.

use crate::base::text::{choice, enumeration, nearest};
use crate::base::{Diagnostic, Span, code};
use crate::check::action_types::{self, parameter_kind};
use crate::check::context::Context;
use crate::check::expr::{MOST_DAYS, owner_of};
use crate::check::mentions::{self, Mention, Symbol, Wanted};
use crate::check::place::Place;
use crate::check::symbols::Kind;
use crate::check::tree::{Action, ActionId, Coverage, Expr, ParameterKind, Recipient, TemplateId};
use crate::schema::{Owner, Type};
use crate::syntax::ast::{self, ArgumentValue, ExprKind as Written};

/// What the arguments of an action come to.
#[derive(Default)]
pub(super) struct Filled {
    recipient: Option<Recipient>,
    template: Option<TemplateId>,
    covering: Option<Coverage>,
    values: Vec<(String, Expr)>,
}

impl Context<'_> {
    /// One action of a step; where a part of the step is `damaged`, nothing is said to be missing.
    pub(super) fn action(&self, written: &ast::Action, place: &Place, damaged: bool) -> Option<Action> {
        let Some(id) = self.refer(&self.symbols.actions, Kind::Action, &written.name, Symbol::Action) else {
            written.arguments.iter().for_each(|argument| self.count_as_used(&argument.value));
            return None;
        };
        let declared = self.symbols.actions.get(id)?;
        let given = self.sort_out(written, declared);
        let all_placed = given.iter().flatten().count() == written.arguments.len();
        let mut filled = Filled::default();
        let mut sound = all_placed;
        for (parameter, argument) in declared.parameters.iter().zip(given) {
            let fits = match (argument, &parameter.default) {
                (Some(argument), _) => {
                    let fits = self.fill(declared, parameter, &argument.value, place, &mut filled);
                    if fits.is_none() {
                        self.count_as_used(&argument.value);
                    }
                    fits
                }
                (None, Some(default)) => self.fill_default(declared, parameter, default, &mut filled),
                (None, None) if parameter.optional.is_some() => Some(()),
                (None, None) if all_placed && !damaged && parameter_kind(parameter).is_some() => {
                    self.refuse(missing(written, declared, parameter))
                }
                (None, None) => None,
            };
            sound &= fits.is_some();
        }
        let Filled { recipient, template, covering, values } = filled;
        let action = Action { action: ActionId(id), recipient, template, covering, values, span: written.span.0 };
        sound.then_some(action)
    }

    /// The argument for each parameter; arguments that are for none are reported.
    fn sort_out<'w>(&self, written: &'w ast::Action, declared: &ast::ActionDecl) -> Vec<Option<&'w ast::Argument>> {
        let mut given: Vec<Option<&ast::Argument>> = vec![None; declared.parameters.len()];
        for (place, argument) in written.arguments.iter().enumerate() {
            let found = match &argument.label {
                None if place == 0 => Some(0),
                None => None,
                Some(label) => declared.parameters.iter().position(|known| known.name.value == label.value),
            };
            if let Some(label) = &argument.label {
                self.label(label, declared, found.is_some());
            }
            match found.and_then(|found| given.get_mut(found)) {
                None => {
                    self.count_as_used(&argument.value);
                    self.report(no_parameter(declared, argument));
                }
                Some(slot) => match slot {
                    None => *slot = Some(argument),
                    Some(first) => {
                        self.count_as_used(&argument.value);
                        self.report(
                            Diagnostic::new(code::REPEATED_ARGUMENT, "this argument is given twice")
                                .label(argument.span.0, "given again here")
                                .label(first.span.0, "given here already")
                                .help("delete one of them"),
                        );
                    }
                },
            }
        }
        given
    }

    /// Notes the label of an argument.
    fn label(&self, label: &ast::Name, declared: &ast::ActionDecl, is_known: bool) {
        let action = declared.name.value.clone();
        self.ask(label.span, || Wanted::Label { action: action.clone() });
        if is_known {
            self.mention(Mention::used(label.span, Symbol::Parameter { action, name: label.value.clone() }));
        }
    }

    /// Puts what is given for a parameter in its place.
    pub(super) fn fill(
        &self,
        declared: &ast::ActionDecl,
        parameter: &ast::Parameter,
        given: &ArgumentValue,
        place: &Place,
        filled: &mut Filled,
    ) -> Option<()> {
        let label = &parameter.name.value;
        match parameter_kind(parameter)? {
            ParameterKind::Recipient => filled.recipient = Some(self.recipient(label, given)?),
            ParameterKind::Template => filled.template = Some(self.template(label, given)?),
            ParameterKind::Documents => filled.covering = Some(self.coverage(label, given, place)?),
            ParameterKind::Status => {
                let statuses = Type::List(self.symbols.ledger.statuses.clone());
                let value = self.argument(label, given, place, &statuses)?;
                filled.values.push((label.clone(), value));
            }
            ParameterKind::Value(ty) => {
                if action_types::is_instalments(declared, parameter) {
                    self.instalments(given)?;
                }
                let value = self.argument(label, given, place, &ty)?;
                filled.values.push((label.clone(), value));
            }
        }
        Some(())
    }

    /// Puts a default in its place. What is wrong with it is reported where it is declared, and the
    /// same finding twice is one finding.
    pub(super) fn fill_default(
        &self,
        declared: &ast::ActionDecl,
        parameter: &ast::Parameter,
        default: &ast::Expr,
        filled: &mut Filled,
    ) -> Option<()> {
        self.fill(declared, parameter, &ArgumentValue::Expr(default.clone()), &Place::customer(), filled)
    }

    fn recipient(&self, label: &str, given: &ArgumentValue) -> Option<Recipient> {
        match word(given) {
            Some(name) if name.value == "customer" => {
                self.mention(Mention::used(name.span, Symbol::Word("customer")));
                self.asks_recipient(name.span);
                Some(Recipient::Customer)
            }
            Some(name) => self.role(name),
            None => {
                let mut known = vec!["customer"];
                known.extend(self.symbols.recipients.names());
                self.wrong_argument(label, "a recipient", given, format!("write {}", choice(&known)))
            }
        }
    }

    fn asks_recipient(&self, span: Span) {
        let roles = || self.symbols.recipients.names().map(|role| Symbol::Recipient(role.to_owned()));
        self.ask(span, || Wanted::OneOf([Symbol::Word("customer")].into_iter().chain(roles()).collect()));
    }

    fn role(&self, name: ast::Name) -> Option<Recipient> {
        self.asks_recipient(name.span);
        if nearest(&name.value, ["customer"]).is_some()
            && self.find(&self.symbols.recipients, Kind::Recipient, &name.value).is_none()
        {
            return self.refuse(
                Diagnostic::new(code::UNKNOWN_REFERENCE, format!("no recipient is called `{}`", name.value))
                    .label(name.span, "not a recipient")
                    .help("did you mean `customer`?")
                    .fix("write `customer`", name.span, "customer"),
            );
        }
        self.refer(&self.symbols.recipients, Kind::Recipient, &name, Symbol::Recipient)?;
        Some(Recipient::Role(name.value))
    }

    fn template(&self, label: &str, given: &ArgumentValue) -> Option<TemplateId> {
        match word(given) {
            Some(name) => self.refer(&self.symbols.templates, Kind::Template, &name, Symbol::Template).map(TemplateId),
            None => {
                let help = "write the name of a template: `template reminder { en \"reminder.en.md\"  otherwise en }`";
                self.wrong_argument(label, "a template", given, help.to_owned())
            }
        }
    }

    fn coverage(&self, label: &str, given: &ArgumentValue, place: &Place) -> Option<Coverage> {
        self.ask(span_of(given), || Wanted::Coverage);
        const FORMS: &str = "write `overdue`, `reached`, `documents` or `documents where …`";
        match given {
            ArgumentValue::Documents { collection, filter } => {
                if owner_of(collection.value) != Owner::Document {
                    return self.wrong_argument(label, "a choice of documents", given, FORMS.to_owned());
                }
                self.mention(Mention::used(collection.span, mentions::collection(collection.value)));
                let filter = match filter {
                    Some(filter) => Some(self.condition(filter, &place.about_document())?),
                    None => None,
                };
                Some(Coverage::Documents(collection.value, filter))
            }
            ArgumentValue::Expr(expr) => match &expr.kind {
                Written::Name(name) if name == "overdue" => Some(Coverage::Overdue),
                Written::Name(name) if name == "reached" => Some(Coverage::Reached),
                Written::Name(name) => {
                    let finding =
                        Diagnostic::new(code::UNKNOWN_VALUE, format!("`{name}` does not say which documents"))
                            .label(expr.at(), "which documents?");
                    let near = nearest(name, ["overdue", "reached", "documents"]);
                    self.refuse(match near {
                        Some(near) => finding.help(format!("did you mean `{near}`?")).fix(
                            format!("write `{near}`"),
                            expr.at(),
                            near,
                        ),
                        None => finding.help(FORMS),
                    })
                }
                Written::Unreadable => self.unreadable(),
                _ => self.wrong_argument(label, "a choice of documents", given, FORMS.to_owned()),
            },
        }
    }

    fn argument(&self, label: &str, given: &ArgumentValue, place: &Place, ty: &Type) -> Option<Expr> {
        match given {
            ArgumentValue::Expr(expr) => self.of_type(expr, place, ty, &format!("`{label}`")),
            ArgumentValue::Documents { .. } => {
                let help = format!("give {} for `{label}`", ty.described());
                self.wrong_argument(label, &ty.described(), given, help)
            }
        }
    }

    fn wrong_argument<T>(&self, label: &str, wanted: &str, given: &ArgumentValue, help: String) -> Option<T> {
        if matches!(given, ArgumentValue::Expr(ast::Expr { kind: Written::Unreadable, .. })) {
            return self.unreadable();
        }
        let finding = Diagnostic::new(code::WRONG_TYPE, format!("`{label}` is {wanted}, and this is not"));
        self.refuse(finding.label(span_of(given), format!("not {wanted}")).help(help))
    }

    /// A payment plan has a whole number of instalments, as written.
    fn instalments(&self, given: &ArgumentValue) -> Option<()> {
        if let ArgumentValue::Expr(ast::Expr { kind: Written::Number(number, None), .. }) = given
            && !number.value.contains('.')
        {
            let count = self.whole(number, "instalments")?;
            return self.within(count, 1..=MOST_DAYS, number.span, "instalments");
        }
        if matches!(given, ArgumentValue::Expr(ast::Expr { kind: Written::Unreadable, .. })) {
            return self.unreadable();
        }
        self.refuse(
            Diagnostic::new(code::NOT_WHOLE, "the number of instalments is written as a whole number")
                .label(span_of(given), "not a whole number as written")
                .help("write it, such as `instalments 6`"),
        )
    }

    /// What stands in an argument that could not be used counts as used all the same, or one slip
    /// would make two findings.
    fn count_as_used(&self, given: &ArgumentValue) {
        if let Some(name) = word(given) {
            self.find(&self.symbols.templates, Kind::Template, &name.value);
            self.find(&self.symbols.recipients, Kind::Recipient, &name.value);
        }
    }
}

/// The bare word that is given.
fn word(given: &ArgumentValue) -> Option<ast::Name> {
    match given {
        ArgumentValue::Expr(ast::Expr { kind: Written::Name(name), span }) => {
            Some(ast::Name::new(name.clone(), span.0))
        }
        _ => None,
    }
}

fn span_of(given: &ArgumentValue) -> Span {
    match given {
        ArgumentValue::Expr(expr) => expr.at(),
        ArgumentValue::Documents { collection, filter } => {
            filter.as_ref().map_or(collection.span, |filter| collection.span.to(filter.at()))
        }
    }
}

/// What could be given for a parameter, for help.
fn example(parameter: &ast::Parameter) -> &'static str {
    match parameter.ty.value.as_str() {
        "recipient" => "customer",
        "template" => "reminder",
        "documents" => "overdue",
        "status" => "dispute",
        "money" => "40 EUR",
        "percent" => "8 %",
        "number" => "6",
        "days" => "14 days",
        "date" => "today",
        "flag" => "yes",
        _ => "\"…\"",
    }
}

/// How an action is used with all that it needs, for help.
fn usage(declared: &ast::ActionDecl) -> String {
    let mut usage = declared.name.value.clone();
    for (place, parameter) in declared.parameters.iter().enumerate() {
        if parameter.optional.is_none() && parameter.default.is_none() {
            let label = if place == 0 { "" } else { &parameter.name.value };
            let space = if place == 0 { "" } else { " " };
            usage += &format!(" {label}{space}{}", example(parameter));
        }
    }
    usage
}

fn missing(written: &ast::Action, declared: &ast::ActionDecl, parameter: &ast::Parameter) -> Diagnostic {
    let (name, label) = (&declared.name.value, &parameter.name.value);
    Diagnostic::new(code::MISSING_ARGUMENT, format!("`{name}` needs `{label}`"))
        .label(written.span.0, format!("`{label}` is not given"))
        .help(format!("write it as in `{}`", usage(declared)))
}

fn no_parameter(declared: &ast::ActionDecl, argument: &ast::Argument) -> Diagnostic {
    let name = &declared.name.value;
    let labels: Vec<&str> = declared.parameters.iter().map(|parameter| parameter.name.value.as_str()).collect();
    let Some(label) = &argument.label else {
        return if labels.is_empty() {
            Diagnostic::new(code::UNKNOWN_ARGUMENT, format!("`{name}` takes nothing"))
                .label(argument.span.0, "nothing is wanted")
                .help(format!("write `{name}` alone"))
        } else {
            Diagnostic::new(code::UNKNOWN_ARGUMENT, format!("it is not said what this is for `{name}`"))
                .label(argument.span.0, "a label is missing before it")
                .help(format!("write {} before it", choice(labels.get(1..).unwrap_or(&labels))))
        };
    };
    let finding = Diagnostic::new(code::UNKNOWN_ARGUMENT, format!("`{name}` takes no `{}`", label.value))
        .label(label.span, "not an argument of it");
    match nearest(&label.value, labels.iter().copied()) {
        Some(near) => finding.help(format!("did you mean `{near}`?")).fix(format!("write `{near}`"), label.span, near),
        None if labels.is_empty() => finding.help(format!("`{name}` takes nothing: write `{name}` alone")),
        None => finding.help(format!("it takes {}", enumeration(&labels))),
    }
}
