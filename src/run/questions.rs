//! Questions to a collection: `NAME(E of X where C)` (design, section 2).

use crate::base::{Date, Decimal, Money, decimal::round_half_even};
use crate::check::tree::{Collection, QuestionExpr};
use crate::run::amounts::MoneyFold;
use crate::run::arithmetic::{days, number};
use crate::run::datum::{Answer, Datum};
use crate::run::evaluate::{Element, Env};
use crate::run::fault::Fault;
use crate::schema::{Question, Type};

/// The answer to a question.
pub(super) fn answer<'a>(env: Env<'_, 'a>, question: &'a QuestionExpr) -> Answer<'a> {
    match question.question {
        Question::Any => Ok(Some(Datum::Flag(matching(env, question).next().transpose()?.is_some()))),
        Question::None => Ok(Some(Datum::Flag(matching(env, question).next().transpose()?.is_none()))),
        Question::Count => {
            let mut count = 0i64;
            for element in matching(env, question) {
                element?;
                count += 1;
            }
            Ok(Some(Datum::Number(Decimal::whole(count))))
        }
        Question::Every => {
            let Some(condition) = &question.element else { return Ok(None) };
            for inner in matching(env, question) {
                if !inner?.holds(condition)? {
                    return Ok(Some(Datum::Flag(false)));
                }
            }
            Ok(Some(Datum::Flag(true)))
        }
        Question::Sum | Question::Min | Question::Max | Question::Average => folded(env, question),
    }
}

/// The elements for which the filter holds, each as the surroundings of an expression about it.
fn matching<'v, 'a: 'v>(
    env: Env<'v, 'a>,
    question: &'a QuestionExpr,
) -> impl Iterator<Item = Result<Env<'v, 'a>, Box<Fault>>> {
    elements(env, question.collection).filter_map(move |element| {
        let inner = Env { element: Some(element), ..env };
        match inner.holds_if_written(question.filter.as_ref()) {
            Ok(true) => Some(Ok(inner)),
            Ok(false) => None,
            Err(fault) => Some(Err(about(inner, fault))),
        }
    })
}

fn elements<'v, 'a: 'v>(env: Env<'v, 'a>, collection: Collection) -> Box<dyn Iterator<Item = Element<'a>> + 'v> {
    let customer = env.customer;
    let documents = move |wanted: fn(bool) -> bool| {
        let open = customer.documents.iter().enumerate().filter(move |(_, document)| wanted(document.open));
        open.map(|(place, _)| Element::Document(place))
    };
    match collection {
        Collection::Documents => Box::new(documents(|open| open)),
        Collection::ArchivedDocuments => Box::new(documents(|open| !open)),
        Collection::AllDocuments => Box::new(documents(|_| true)),
        Collection::Promises => Box::new(customer.promises.iter().map(Element::Promise)),
        Collection::Contacts => Box::new(customer.contacts().iter().copied().map(Element::Contact)),
    }
}

/// Says which document a fault is about.
fn about(env: Env<'_, '_>, fault: Box<Fault>) -> Box<Fault> {
    match env.element {
        Some(Element::Document(place)) => match env.customer.documents.get(place) {
            Some(document) => fault.about(document.row),
            None => fault,
        },
        _ => fault,
    }
}

/// What is left of many values: a sum, the least, the greatest, the average.
struct Fold<'a> {
    question: Question,
    count: i64,
    money: MoneyFold<'a>,
    decimal: Option<Decimal>,
    whole: Option<i64>,
    date: Option<Date>,
}

fn folded<'a>(env: Env<'_, 'a>, question: &'a QuestionExpr) -> Answer<'a> {
    let Some(element) = &question.element else { return Ok(None) };
    let exchange = env.customer.run.exchange();
    let money = match question.question {
        Question::Min => MoneyFold::new(exchange, |left, right| Some(left.min(right))),
        Question::Max => MoneyFold::new(exchange, |left, right| Some(left.max(right))),
        _ => MoneyFold::sum(exchange),
    };
    let mut fold = Fold { question: question.question, count: 0, money, decimal: None, whole: None, date: None };
    for inner in matching(env, question) {
        let inner = inner?;
        if let Some(value) = inner.value(element).map_err(|fault| about(inner, fault))? {
            fold.push(value, inner)?;
        }
    }
    fold.finish(&element.typed.ty, env)
}

impl Fold<'_> {
    fn push(&mut self, value: Datum<'_>, env: Env<'_, '_>) -> Result<(), Box<Fault>> {
        self.count += 1;
        match value {
            Datum::Money(money) => self.money.push(money, |fault| about(env, fault)),
            Datum::Number(next) | Datum::Percent(next) => {
                self.decimal = Some(match (self.decimal, self.question) {
                    (None, _) => next,
                    (Some(before), Question::Min) => before.min(next),
                    (Some(before), Question::Max) => before.max(next),
                    (Some(before), _) => before.plus(next).ok_or_else(Fault::out_of_range)?,
                });
            }
            Datum::Days(next) => {
                self.whole = Some(match (self.whole, self.question) {
                    (None, _) => next,
                    (Some(before), Question::Min) => before.min(next),
                    (Some(before), Question::Max) => before.max(next),
                    (Some(before), _) => before.checked_add(next).ok_or_else(Fault::out_of_range)?,
                });
            }
            Datum::Date(next) => {
                self.date = Some(match (self.date, self.question) {
                    (None, _) => next,
                    (Some(before), Question::Min) => before.min(next),
                    (Some(before), _) => before.max(next),
                });
            }
            _ => {}
        }
        Ok(())
    }

    /// The result: zero for a sum over nothing, missing for the others.
    fn finish<'a>(self, element: &Type, env: Env<'_, '_>) -> Answer<'a> {
        let zero = self.question == Question::Sum;
        let average = self.question == Question::Average;
        let average_of = |value: i128| {
            if average { round_half_even(value, i128::from(self.count)) } else { Some(value) }
        };
        let decimal_of = |value: Decimal| average_of(value.millionths()).map(Decimal::from_millionths);
        Ok(match element {
            Type::Money => {
                let reporting = env.customer.run.plan.ledger.currency;
                let total = self.money.finish()?.or(zero.then(|| Money::new(Decimal::ZERO, reporting)));
                total.and_then(|total| Some(Datum::Money(Money::new(decimal_of(total.amount)?, total.currency))))
            }
            Type::Number | Type::Percent => {
                let Some(total) = self.decimal.or(zero.then_some(Decimal::ZERO)) else { return Ok(None) };
                let result = number(decimal_of(total))?;
                Some(if *element == Type::Percent { Datum::Percent(result) } else { Datum::Number(result) })
            }
            Type::Days => {
                let Some(total) = self.whole.or(zero.then_some(0)) else { return Ok(None) };
                let result = average_of(i128::from(total)).and_then(|result| i64::try_from(result).ok());
                Some(Datum::Days(days(result)?))
            }
            Type::Date => self.date.map(Datum::Date),
            _ => None,
        })
    }
}
