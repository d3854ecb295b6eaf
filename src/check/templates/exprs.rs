//! The expressions of a template: what each looks at, and whether that is there.

use std::rc::Rc;

use minijinja::machinery::Span as JinjaSpan;
use minijinja::machinery::ast::{self, CallArg, Expr};

use crate::base::text::{choice, nearest};
use crate::base::{Diagnostic, code};
use crate::check::mentions::{Symbol, Wanted};
use crate::check::templates::engine::{self, FILTERS, FUNCTIONS, TESTS};
use crate::check::templates::shape::Shape;
use crate::check::templates::walk::Walker;

impl Walker<'_> {
    pub(super) fn expr(&mut self, expr: &Expr<'_>) -> Shape {
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
        self.ask(name, span, |it| {
            let own = it.own.iter().rev().map(|(own, _)| own.clone());
            Wanted::Seen(own.chain(it.world.names().map(str::to_owned)).collect())
        });
        if let Some((_, shape)) = self.own.iter().rev().find(|(own, _)| own == name) {
            return shape.clone();
        }
        if let Some(known) = self.world.names().find(|known| *known == name) {
            if !self.seen.iter().any(|(seen, _)| *seen == known) {
                self.seen.push((known, self.place(span)));
            }
            self.mention(known, span, Symbol::Word(known));
            return self.world.shape(known).unwrap_or(Shape::Unknown);
        }
        if !engine::has(FUNCTIONS, name) {
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
        let place = self.place_of(name, span);
        match whole {
            Shape::Subject(owner) => self.ask(name, span, |_| Wanted::Member(*owner)),
            Shape::Parts(parts) => {
                self.ask(name, span, |_| Wanted::Part(parts.iter().map(|part| (*part).to_owned()).collect()))
            }
            _ => {}
        }
        match whole {
            Shape::Unknown => Shape::Unknown,
            Shape::Subject(_) | Shape::Parts(_) if self.world.has(whole, name) => {
                if let Shape::Subject(owner) = whole {
                    self.mention(name, span, Symbol::Member(*owner, name.to_owned()));
                }
                Shape::Plain
            }
            Shape::Subject(_) | Shape::Parts(_) => {
                let parts = self.world.parts(whole);
                let finding = finding(format!("`{owner}` has no `{name}`")).label(place, "not there");
                let near = nearest(name, parts.iter().copied());
                self.out.push(match near {
                    Some(near) => {
                        finding.help(format!("did you mean `{near}`?")).fix(format!("write `{near}`"), place, near)
                    }
                    None => finding.help(format!("it has {}", choice(&parts))),
                });
                Shape::Unknown
            }
            Shape::List(_) => {
                self.out.push(
                    finding(format!("`{owner}` is a list, `{name}` belongs to each of its documents"))
                        .label(place, "asked of the whole list")
                        .help(format!(
                            "write `{{% for document in {owner} %}}{{{{ document.{name} }}}}{{% endfor %}}`"
                        )),
                );
                Shape::Unknown
            }
            Shape::Plain => {
                self.out.push(
                    finding(format!("`{owner}` has no parts"))
                        .label(place, "no such part")
                        .help(format!("write `{owner}` alone")),
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
            (Shape::Subject(_) | Shape::Parts(_), Expr::Const(key)) => match key.value.as_str() {
                Some(name) => self.part(&whole, name, &item.expr, item.subscript_expr.span()),
                None => Shape::Plain,
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
            let (Some(name), Shape::Subject(_) | Shape::Parts(_)) = (name, element) else { continue };
            if self.world.has(element, name) {
                if let Shape::Subject(owner) = element {
                    self.mention(name, value.span(), Symbol::Member(*owner, name.to_owned()));
                }
            } else {
                let owner = self.text_of(of);
                let parts = self.world.parts(element);
                let finding = self.finding(
                    code::TEMPLATE_UNKNOWN_NAME,
                    format!("a document of `{owner}` has no `{name}`"),
                    value.span(),
                );
                let near = nearest(name, parts.iter().copied());
                self.out.push(match near {
                    Some(near) => finding.help(format!("did you mean `{near}`?")),
                    None => finding.help(format!("it has {}", choice(&parts))),
                });
            }
        }
    }

    pub(super) fn call(&mut self, call: &ast::Call<'_>, span: JinjaSpan) -> Shape {
        self.arguments(&call.args);
        match &call.expr {
            Expr::Var(name) if self.own.iter().any(|(own, _)| own == name.id) || engine::has(FUNCTIONS, name.id) => {}
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
                    let near = FILTERS.split_whitespace().find(|filter| *filter == method.name);
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

    pub(super) fn arguments(&mut self, arguments: &[CallArg<'_>]) {
        for argument in arguments {
            match argument {
                CallArg::Pos(value)
                | CallArg::Kwarg(_, value)
                | CallArg::PosSplat(value)
                | CallArg::KwargSplat(value) => self.expr(value),
            };
        }
    }
}
