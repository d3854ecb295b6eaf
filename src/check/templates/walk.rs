//! A template's own tree, walked with what is known of every name in it.
//!
//! The tree is the template engine's: an interface it does not keep stable, so `Cargo.toml` pins
//! its version. What the engine can do and is not understood here is let pass.

use std::rc::Rc;

use minijinja::machinery::ast::{self, CallArg, Expr, Stmt};
use minijinja::machinery::{self, Span as JinjaSpan};
use minijinja::syntax::SyntaxConfig;

use crate::base::text::{choice, nearest};
use crate::base::{Code, Diagnostic, FileId, Span, code};
use crate::check::templates::offer::Seen;
use crate::check::templates::reword;
use crate::check::templates::shape::{Shape, World};

/// The functions of the engine.
const FUNCTIONS: &[&str] = &["range", "dict", "namespace", "debug"];

/// The filters of the engine.
const FILTERS: &[&str] = &[
    "safe",
    "escape",
    "e",
    "lower",
    "upper",
    "title",
    "capitalize",
    "replace",
    "length",
    "count",
    "dictsort",
    "items",
    "reverse",
    "trim",
    "join",
    "split",
    "lines",
    "default",
    "d",
    "round",
    "abs",
    "int",
    "float",
    "attr",
    "first",
    "last",
    "min",
    "max",
    "sort",
    "list",
    "string",
    "bool",
    "batch",
    "slice",
    "sum",
    "indent",
    "select",
    "reject",
    "selectattr",
    "rejectattr",
    "map",
    "groupby",
    "unique",
    "chain",
    "zip",
    "pprint",
    "format",
];

/// The tests of the engine: what may stand after `is`.
const TESTS: &[&str] = &[
    "defined",
    "undefined",
    "none",
    "safe",
    "escaped",
    "boolean",
    "odd",
    "even",
    "divisibleby",
    "number",
    "integer",
    "int",
    "float",
    "string",
    "sequence",
    "iterable",
    "mapping",
    "startingwith",
    "endingwith",
    "lower",
    "upper",
    "sameas",
    "eq",
    "equalto",
    "==",
    "ne",
    "!=",
    "lt",
    "lessthan",
    "<",
    "le",
    "<=",
    "gt",
    "greaterthan",
    ">",
    "ge",
    ">=",
    "in",
    "true",
    "false",
    "filter",
    "test",
];

/// Reads a template file and checks it; gives the names it uses.
pub(super) fn read(file: FileId, text: &str, world: &World, out: &mut Vec<Diagnostic>) -> Seen {
    let tree = match machinery::parse(text, "template", SyntaxConfig::default()) {
        Ok(tree) => tree,
        Err(error) => {
            out.push(unreadable(file, text, &error));
            return Seen::new();
        }
    };
    let mut walker = Walker { file, world, own: vec![], seen: Seen::new(), out };
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
struct Walker<'a> {
    file: FileId,
    world: &'a World,
    /// The names that the template itself gives, innermost last.
    own: Vec<(String, Shape)>,
    seen: Seen,
    out: &'a mut Vec<Diagnostic>,
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

    fn optional(&mut self, expr: Option<&Expr<'_>>) {
        if let Some(expr) = expr {
            self.expr(expr);
        }
    }

    fn expr(&mut self, expr: &Expr<'_>) -> Shape {
        match expr {
            Expr::Var(name) => self.name(name.id, name.span()),
            Expr::Const(_) => Shape::Plain,
            Expr::GetAttr(part) => {
                let whole = self.expr(&part.expr);
                self.part(&whole, part.name, &part.expr, part.span())
            }
            Expr::GetItem(item) => self.item(item),
            Expr::Slice(slice) => {
                let whole = self.expr(&slice.expr);
                [&slice.start, &slice.stop, &slice.step].into_iter().for_each(|bound| self.optional(bound.as_ref()));
                whole
            }
            Expr::UnaryOp(operation) => {
                self.expr(&operation.expr);
                Shape::Plain
            }
            Expr::BinOp(operation) => {
                let left = self.expr(&operation.left);
                let right = self.expr(&operation.right);
                if left == right { left } else { Shape::Unknown }
            }
            Expr::Compare(comparison) => {
                self.expr(&comparison.expr);
                comparison.ops.iter().for_each(|side| {
                    self.expr(&side.expr);
                });
                Shape::Plain
            }
            Expr::IfExpr(choice) => {
                self.expr(&choice.test_expr);
                let yes = self.expr(&choice.true_expr);
                self.optional(choice.false_expr.as_ref());
                yes
            }
            Expr::Filter(filter) => self.filter(filter, filter.span()),
            Expr::Test(test) => {
                self.expr(&test.expr);
                self.arguments(&test.args);
                self.known("test", test.name, TESTS, test.span());
                Shape::Plain
            }
            Expr::Call(call) => self.call(call, call.span()),
            Expr::List(list) => {
                list.items.iter().for_each(|item| {
                    self.expr(item);
                });
                Shape::Unknown
            }
            Expr::Tuple(tuple) => {
                tuple.items.iter().for_each(|item| {
                    self.expr(item);
                });
                Shape::Unknown
            }
            Expr::Map(map) => {
                map.keys.iter().chain(&map.values).for_each(|item| {
                    self.expr(item);
                });
                Shape::Unknown
            }
        }
    }

    fn name(&mut self, name: &str, span: JinjaSpan) -> Shape {
        if let Some((_, shape)) = self.own.iter().rev().find(|(own, _)| own == name) {
            return shape.clone();
        }
        if let Some(known) = self.world.names().find(|known| *known == name) {
            if !self.seen.iter().any(|(seen, _)| *seen == known) {
                self.seen.push((known, self.place(span)));
            }
            return self.world.shape(known).cloned().unwrap_or(Shape::Unknown);
        }
        if !FUNCTIONS.contains(&name) {
            let names: Vec<&str> = self.world.names().collect();
            let finding = self.finding(code::TEMPLATE_UNKNOWN_NAME, format!("no name `{name}` in a template"), span);
            let own = self.own.iter().map(|(own, _)| own.as_str());
            let near = nearest(name, names.iter().copied().chain(own)).map(str::to_owned);
            self.suggest(finding, near, span, || format!("a template sees {}", choice(&names)));
        }
        Shape::Unknown
    }

    fn part(&mut self, whole: &Shape, name: &str, of: &Expr<'_>, span: JinjaSpan) -> Shape {
        let owner = self.text_of(of);
        let finding = |what: String| Diagnostic::new(code::TEMPLATE_UNKNOWN_NAME, what);
        let place = self.place(span);
        let place = Span { start: place.end.saturating_sub(u32::try_from(name.len()).unwrap_or(0)), ..place };
        match whole {
            Shape::Unknown => Shape::Unknown,
            Shape::Parts(parts) if parts.iter().any(|part| part == name) => Shape::Plain,
            Shape::Parts(parts) => {
                let finding = finding(format!("`{owner}` has no `{name}`")).label(place, "");
                let near = nearest(name, parts.iter().map(String::as_str));
                self.out.push(match near {
                    Some(near) => {
                        finding.help(format!("did you mean `{near}`?")).fix(format!("write `{near}`"), place, near)
                    }
                    None => finding.help(format!("it has {}", choice(parts))),
                });
                Shape::Unknown
            }
            Shape::List(_) => {
                self.out.push(
                    finding(format!("`{owner}` is a list, `{name}` belongs to each of its documents"))
                        .label(place, "")
                        .help(format!(
                            "write `{{% for document in {owner} %}}{{{{ document.{name} }}}}{{% endfor %}}`"
                        )),
                );
                Shape::Unknown
            }
            Shape::Plain => {
                self.out.push(
                    finding(format!("`{owner}` has no parts")).label(place, "").help(format!("write `{owner}` alone")),
                );
                Shape::Unknown
            }
        }
    }

    fn item(&mut self, item: &ast::Spanned<ast::GetItem<'_>>) -> Shape {
        let whole = self.expr(&item.expr);
        self.expr(&item.subscript_expr);
        match (&whole, &item.subscript_expr) {
            (Shape::List(element), _) => (**element).clone(),
            (Shape::Parts(parts), Expr::Const(key)) => match key.value.as_str() {
                Some(name) if !parts.iter().any(|part| part == name) => {
                    self.part(&whole, name, &item.expr, item.subscript_expr.span())
                }
                _ => Shape::Plain,
            },
            _ => Shape::Unknown,
        }
    }

    fn filter(&mut self, filter: &ast::Filter<'_>, span: JinjaSpan) -> Shape {
        let whole = filter.expr.as_ref().map_or(Shape::Unknown, |expr| self.expr(expr));
        self.arguments(&filter.args);
        if !self.known("filter", filter.name, FILTERS, span) {
            return Shape::Unknown;
        }
        if let (Shape::List(element), Some(of)) = (&whole, &filter.expr) {
            self.named_part(filter, &element.clone(), of);
        }
        match (filter.name, whole) {
            ("first" | "last" | "min" | "max", Shape::List(element)) => (*element).clone(),
            ("batch" | "slice", list @ Shape::List(_)) => Shape::List(Rc::new(list)),
            ("sort" | "reverse" | "list" | "unique" | "select" | "reject" | "selectattr" | "rejectattr", list) => list,
            _ => Shape::Unknown,
        }
    }

    /// `sum(attribute="open_amount")`, `selectattr("overdue")`: the part that a filter asks of each.
    fn named_part(&mut self, filter: &ast::Filter<'_>, element: &Shape, of: &Expr<'_>) {
        let first_is_part = matches!(filter.name, "selectattr" | "rejectattr" | "groupby");
        for (place, argument) in filter.args.iter().enumerate() {
            let value = match argument {
                CallArg::Pos(value) if first_is_part && place == 0 => value,
                CallArg::Kwarg("attribute", value) => value,
                _ => continue,
            };
            let Expr::Const(text) = value else { continue };
            let name = text.value.as_str().and_then(|path| path.split('.').next());
            if let (Some(name), Shape::Parts(parts)) = (name, element)
                && !parts.iter().any(|part| part == name)
            {
                let owner = self.text_of(of);
                let finding = self.finding(
                    code::TEMPLATE_UNKNOWN_NAME,
                    format!("a document of `{owner}` has no `{name}`"),
                    value.span(),
                );
                let near = nearest(name, parts.iter().map(String::as_str));
                self.out.push(match near {
                    Some(near) => finding.help(format!("did you mean `{near}`?")),
                    None => finding.help(format!("it has {}", choice(parts))),
                });
            }
        }
    }

    fn call(&mut self, call: &ast::Call<'_>, span: JinjaSpan) -> Shape {
        self.arguments(&call.args);
        match &call.expr {
            Expr::Var(name) if self.own.iter().any(|(own, _)| own == name.id) || FUNCTIONS.contains(&name.id) => {}
            Expr::Var(name) if name.id == "super" || name.id == "caller" => {}
            Expr::Var(name) => {
                self.known("function", name.id, FUNCTIONS, name.span());
            }
            Expr::GetAttr(method) => {
                let whole = self.expr(&method.expr);
                if whole != Shape::Unknown {
                    let finding = self.finding(
                        code::TEMPLATE_UNKNOWN_FILTER,
                        format!("`{}` cannot be called here", method.name),
                        span,
                    );
                    let near = FILTERS.iter().find(|filter| **filter == method.name);
                    self.out.push(match near {
                        Some(filter) => finding.help(format!("write `{} | {filter}`", self.text_of(&method.expr))),
                        None => finding.help("values in a template are changed with filters: `customer.name | upper`"),
                    });
                }
            }
            other => {
                self.expr(other);
            }
        }
        Shape::Unknown
    }

    fn arguments(&mut self, arguments: &[CallArg<'_>]) {
        for argument in arguments {
            match argument {
                CallArg::Pos(value)
                | CallArg::Kwarg(_, value)
                | CallArg::PosSplat(value)
                | CallArg::KwargSplat(value) => self.expr(value),
            };
        }
    }

    /// Whether a filter, test or function exists; reports it if not.
    fn known(&mut self, what: &str, name: &str, all: &[&'static str], span: JinjaSpan) -> bool {
        if all.contains(&name) {
            return true;
        }
        let finding =
            self.finding(code::TEMPLATE_UNKNOWN_FILTER, format!("no {what} is called `{name}` in a template"), span);
        let near = nearest(name, all.iter().copied());
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

    fn suggest(&mut self, finding: Diagnostic, near: Option<String>, span: JinjaSpan, all: impl Fn() -> String) {
        let place = self.place(span);
        self.out.push(match near {
            Some(near) => finding.help(format!("did you mean `{near}`?")).fix(format!("write `{near}`"), place, near),
            None => finding.help(all()),
        });
    }

    fn finding(&self, code: Code, message: String, span: JinjaSpan) -> Diagnostic {
        Diagnostic::new(code, message).label(self.place(span), "")
    }

    fn place(&self, span: JinjaSpan) -> Span {
        Span::new(self.file, span.start_offset as usize, span.end_offset as usize)
    }

    /// An expression in a message: the name at its root and its parts.
    fn text_of(&self, expr: &Expr<'_>) -> String {
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
