//! A template's own tree, walked with what is known of every name in it.
//!
//! The tree is the template engine's: an interface it does not keep stable, so `Cargo.toml` pins
//! its version. What the engine can do and is not understood here is let pass.

use minijinja::machinery::ast::{self, Expr, Stmt};
use minijinja::machinery::{self, Span as JinjaSpan};
use minijinja::syntax::SyntaxConfig;

use crate::base::text::nearest;
use crate::base::{Code, Diagnostic, FileId, Span, code};
use crate::check::mentions::{Mention, Symbol, Wanted};
use crate::check::templates::engine;
use crate::check::templates::offer::Seen;
use crate::check::templates::reword;
use crate::check::templates::shape::{Shape, World};

/// Reads a template file and checks it; gives the names it uses.
pub(super) fn read(file: FileId, text: &str, world: &World<'_>, out: &mut Notes<'_>) -> Seen {
    let tree = match machinery::parse(text, "template", SyntaxConfig::default()) {
        Ok(tree) => tree,
        Err(error) => {
            out.findings.push(unreadable(file, text, &error));
            return Seen::new();
        }
    };
    let Notes { findings, mentions, cursor, wanted } = out;
    let (cursor, seen) = (*cursor, Seen::new());
    let mut walker = Walker { file, text, world, own: vec![], seen, out: findings, mentions, cursor, wanted };
    walker.statement(&tree);
    walker.seen
}

fn unreadable(file: FileId, text: &str, error: &minijinja::Error) -> Diagnostic {
    let end = text.trim_end().len();
    let range = error.range().filter(|range| range.start < end).unwrap_or(end.saturating_sub(1)..end);
    Diagnostic::new(code::TEMPLATE_UNREADABLE, "the template cannot be read")
        .label(Span::new(file, range.start, range.end.min(text.len())), reword::explain(error))
        .help("every `{{` needs its `}}`, every `{% if %}` its `{% endif %}`, every `{% for %}` its `{% endfor %}`")
}

/// The way through one template.
pub(super) struct Walker<'a> {
    file: FileId,
    text: &'a str,
    pub(super) world: &'a World<'a>,
    /// The names that the template itself gives, innermost last.
    pub(super) own: Vec<(String, Shape)>,
    /// The names it uses.
    pub(super) seen: Seen,
    pub(super) out: &'a mut Vec<Diagnostic>,
    /// The fields and defines it names.
    mentions: &'a mut Vec<Mention>,
    /// The place somebody writes at.
    cursor: Option<Span>,
    /// What could stand there.
    wanted: &'a mut Vec<Wanted>,
}

/// What is noted on the way.
pub(super) struct Notes<'a> {
    /// What is wrong.
    pub(super) findings: &'a mut Vec<Diagnostic>,
    /// The fields and defines that are named.
    pub(super) mentions: &'a mut Vec<Mention>,
    /// The place somebody writes at.
    pub(super) cursor: Option<Span>,
    /// What could stand there.
    pub(super) wanted: Vec<Wanted>,
}

impl<'a> Notes<'a> {
    /// Nothing yet.
    pub(super) const fn new(findings: &'a mut Vec<Diagnostic>, mentions: &'a mut Vec<Mention>) -> Self {
        Self { findings, mentions, cursor: None, wanted: Vec::new() }
    }
}

impl Walker<'_> {
    fn all(&mut self, statements: &[Stmt<'_>]) {
        statements.iter().for_each(|statement| self.statement(statement));
    }

    /// The statements inside another; names given there end with it.
    fn inside(&mut self, given: Vec<(String, Shape)>, statements: &[Stmt<'_>]) {
        let outside = self.own.len();
        self.own.extend(given);
        self.all(statements);
        self.own.truncate(outside);
    }

    fn statement(&mut self, statement: &Stmt<'_>) {
        match statement {
            Stmt::Template(template) => self.all(&template.children),
            Stmt::EmitRaw(_) => {}
            Stmt::EmitExpr(emit) => {
                self.expr(&emit.expr);
            }
            Stmt::ForLoop(each) => self.for_loop(each),
            Stmt::IfCond(condition) => {
                self.expr(&condition.expr);
                self.all(&condition.true_body);
                self.all(&condition.false_body);
            }
            Stmt::WithBlock(with) => {
                let mut given = Vec::new();
                for (target, value) in &with.assignments {
                    let shape = self.expr(value);
                    bind(target, shape, &mut given);
                }
                self.inside(given, &with.body);
            }
            Stmt::Set(set) => {
                let shape = self.expr(&set.expr);
                bind(&set.target, shape, &mut self.own);
            }
            Stmt::SetBlock(set) => {
                self.optional(set.filter.as_ref());
                self.inside(vec![], &set.body);
                bind(&set.target, Shape::Plain, &mut self.own);
            }
            Stmt::AutoEscape(block) => self.all(&block.body),
            Stmt::FilterBlock(block) => {
                self.expr(&block.filter);
                self.all(&block.body);
            }
            Stmt::Block(block) => self.inside(vec![], &block.body),
            Stmt::Macro(function) => self.function(function),
            Stmt::CallBlock(block) => {
                self.call(&block.call, block.call.span());
                self.function(&block.macro_decl);
            }
            Stmt::Do(call) => {
                self.call(&call.call, call.call.span());
            }
            Stmt::Include(include) => self.stands_alone("include", include.span()),
            Stmt::Extends(extends) => self.stands_alone("extends", extends.span()),
            Stmt::Import(import) => self.stands_alone("import", import.span()),
            Stmt::FromImport(import) => self.stands_alone("from", import.span()),
        }
    }

    fn for_loop(&mut self, each: &ast::ForLoop<'_>) {
        let element = match self.expr(&each.iter) {
            Shape::List(element) => (*element).clone(),
            _ => Shape::Unknown,
        };
        let mut given = vec![("loop".to_owned(), Shape::Unknown)];
        bind(&each.target, element, &mut given);
        let outside = self.own.len();
        self.own.extend(given);
        self.optional(each.filter_expr.as_ref());
        self.all(&each.body);
        self.own.truncate(outside);
        self.inside(vec![], &each.else_body);
    }

    fn function(&mut self, function: &ast::Macro<'_>) {
        function.defaults.iter().for_each(|default| {
            self.expr(default);
        });
        let mut given = vec![("caller".to_owned(), Shape::Unknown)];
        function.args.iter().for_each(|argument| bind(argument, Shape::Unknown, &mut given));
        self.own.push((function.name.to_owned(), Shape::Unknown));
        self.inside(given, &function.body);
    }

    pub(super) fn optional(&mut self, expr: Option<&Expr<'_>>) {
        if let Some(expr) = expr {
            self.expr(expr);
        }
    }

    /// Whether a filter, test or function exists; reports it if not.
    pub(super) fn known(&mut self, what: &'static str, name: &str, all: &str, span: JinjaSpan) -> bool {
        self.ask(name, span, |_| Wanted::Engine(what, all.split_whitespace().map(str::to_owned).collect()));
        if engine::has(all, name) {
            return true;
        }
        let finding =
            self.finding(code::TEMPLATE_UNKNOWN_FILTER, format!("no {what} is called `{name}` in a template"), span);
        let near = nearest(name, all.split_whitespace());
        self.out.push(match near {
            Some(near) => finding.help(format!("did you mean `{near}`?")),
            None => finding.help(format!("remove it; a {what} is one of those of the template language Jinja")),
        });
        false
    }

    fn stands_alone(&mut self, word: &str, span: JinjaSpan) {
        let finding = self.finding(
            code::TEMPLATE_STANDS_ALONE,
            format!("`{{% {word} %}}`: a template cannot use another file"),
            span,
        );
        self.out.push(finding.help("write the text here: every template file stands alone"));
    }

    pub(super) fn suggest(
        &mut self,
        finding: Diagnostic,
        near: Option<String>,
        span: JinjaSpan,
        all: impl Fn() -> String,
    ) {
        let place = self.place(span);
        self.out.push(match near {
            Some(near) => finding.help(format!("did you mean `{near}`?")).fix(format!("write `{near}`"), place, near),
            None => finding.help(all()),
        });
    }

    pub(super) fn finding(&self, code: Code, message: String, span: JinjaSpan) -> Diagnostic {
        Diagnostic::new(code, message).label(self.place(span), "not known here")
    }

    pub(super) fn place(&self, span: JinjaSpan) -> Span {
        Span::new(self.file, span.start_offset as usize, span.end_offset as usize)
    }

    /// Notes the name at the end of the stretch `span`.
    pub(super) fn mention(&mut self, name: &str, span: JinjaSpan, symbol: Symbol) {
        let place = self.place_of(name, span);
        if self.text.get(place.range()) == Some(name) {
            self.mentions.push(Mention::used(place, symbol));
        }
    }

    /// Notes what could stand at `span`, where it is asked.
    pub(super) fn ask(&mut self, name: &str, span: JinjaSpan, wanted: impl FnOnce(&Self) -> Wanted) {
        let place = self.place_of(name, span);
        if self.cursor.is_some_and(|cursor| place.holds(cursor)) {
            let wanted = wanted(self);
            self.wanted.push(wanted);
        }
    }

    /// Where a name stands that ends the stretch `span`, alone or before the quote that ends it.
    pub(super) fn place_of(&self, name: &str, span: JinjaSpan) -> Span {
        let (start, end) = (span.start_offset as usize, span.end_offset as usize);
        let is_quoted = self.text.get(start..end).is_some_and(|text| text.ends_with(['"', '\'']));
        let end = end - usize::from(is_quoted);
        Span::new(self.file, end.saturating_sub(name.len()).max(start), end)
    }

    /// An expression in a message: the name at its root and its parts.
    pub(super) fn text_of(&self, expr: &Expr<'_>) -> String {
        match expr {
            Expr::Var(name) => name.id.to_owned(),
            Expr::GetAttr(part) => format!("{}.{}", self.text_of(&part.expr), part.name),
            _ => "this".to_owned(),
        }
    }
}

/// Gives a name, or the names of a tuple, their form.
fn bind(target: &Expr<'_>, shape: Shape, into: &mut Vec<(String, Shape)>) {
    match target {
        Expr::Var(name) => into.push((name.id.to_owned(), shape)),
        Expr::List(list) => list.items.iter().for_each(|item| bind(item, Shape::Unknown, into)),
        Expr::Tuple(tuple) => tuple.items.iter().for_each(|item| bind(item, Shape::Unknown, into)),
        _ => {}
    }
}
