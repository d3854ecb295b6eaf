//! The tables of the manual, made from the tables of the program.
//!
//! A table stands between `<!-- table: NAME -->` and `<!-- end -->`. What the program does not know,
//! the column `means` of a table of the ledger, is kept from the page.

use std::collections::{BTreeMap, BTreeSet};

use dunlin::base::{FileId, Severity, code};
use dunlin::calendar;
use dunlin::journal::columns::{COLUMNS, is_number};
use dunlin::schema::fields::{self, FieldType};
use dunlin::schema::functions::{FUNCTIONS, QUESTIONS};
use dunlin::schema::{ColumnType, Origin, Owner, PRELUDE, Table};
use dunlin::syntax::ast::{ActionDecl, ExprKind, Item, Parameter};

/// The page with every table made anew.
pub(crate) fn renewed(page: &str) -> String {
    let mut out = String::new();
    let mut rest = page;
    while let Some((before, after)) = rest.split_once("<!-- table: ") {
        let (name, after) = after.split_once(" -->\n").expect("a table has a name");
        let (present, after) = after.split_once("<!-- end -->").expect("a table has an end");
        out.push_str(&format!("{before}<!-- table: {name} -->\n{}<!-- end -->", table(name, present)));
        rest = after;
    }
    out + rest
}

fn table(name: &str, present: &str) -> String {
    let (kind, of) = name.split_once(' ').unwrap_or((name, ""));
    match kind {
        "fields" => fields_of(of),
        "questions" => questions(),
        "functions" => functions(),
        "actions" => actions(),
        "columns" => columns(of, &last_cells(present)),
        "codes" => codes(),
        "holidays" => holidays(),
        "journal" => journal(&last_cells(present)),
        _ => panic!("no table is called `{name}`"),
    }
}

fn markdown(head: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
    let head: Vec<String> = head.iter().map(|cell| (*cell).to_owned()).collect();
    let rule = format!("|{}\n", " --- |".repeat(head.len()));
    line(&head) + &rule + &rows.into_iter().map(|row| line(&row)).collect::<String>()
}

fn quoted(text: &str) -> String {
    format!("`{}`", text.replace('|', "\\|"))
}

fn fields_of(owner: &str) -> String {
    let owners = [Owner::Customer, Owner::Document, Owner::Promise, Owner::Contact];
    let owner = *owners.iter().find(|known| known.word() == owner).expect("an owner of fields");
    let row = |spec: &fields::FieldSpec| {
        let ty = match spec.ty {
            FieldType::Text => "text",
            FieldType::Money => "money",
            FieldType::Date => "date",
            FieldType::Days => "days",
            FieldType::Flag => "flag",
            FieldType::Currency => "currency",
            FieldType::Kind => "kind",
            FieldType::Status => "status",
        };
        let origin = match spec.origin {
            Origin::RequiredColumn => "required column",
            Origin::Column => "column",
            Origin::Derived => "derived",
        };
        let ty = quoted(&format!("{ty}{}", if spec.optional { "?" } else { "" }));
        vec![quoted(spec.name), ty, origin.to_owned(), spec.doc.to_owned()]
    };
    markdown(&["field", "type", "comes from", "means"], fields::of(owner).map(row))
}

fn questions() -> String {
    let row = |spec: &dunlin::schema::functions::QuestionSpec| {
        let form = if spec.takes_element { "E of X where C" } else { "X where C" };
        vec![quoted(&format!("{}({form})", spec.name)), spec.doc.to_owned()]
    };
    markdown(&["question", "gives"], QUESTIONS.iter().map(row))
}

fn functions() -> String {
    let row = |spec: &dunlin::schema::functions::FunctionSpec| {
        vec![quoted(&format!("{}({})", spec.name, spec.parameters.join(", "))), spec.doc.to_owned()]
    };
    markdown(&["function", "gives"], FUNCTIONS.iter().map(row))
}

fn actions() -> String {
    let prelude = dunlin::syntax::parse(FileId(0), PRELUDE);
    assert!(prelude.findings.is_empty(), "{:?}", prelude.findings);
    let rows = prelude.file.items.iter().filter_map(|item| match item {
        Item::Action(action) => Some(action_row(action)),
        _ => None,
    });
    markdown(&["action", "arguments", "is", "does"], rows)
}

fn action_row(action: &ActionDecl) -> Vec<String> {
    let mut is = Vec::new();
    is.extend(action.contact.map(|_| "contact".to_owned()));
    is.extend(action.by_hand.map(|_| "by hand".to_owned()));
    is.extend(action.computes.as_ref().map(|what| format!("computes {}", what.value)));
    let parameters: Vec<String> = action.parameters.iter().map(parameter).collect();
    let doc = action.head.doc.clone().unwrap_or_default().replace('\n', " ");
    vec![quoted(&action.name.value), parameters.join(", "), is.join(", "), doc]
}

fn parameter(parameter: &Parameter) -> String {
    let optional = if parameter.optional.is_some() { "?" } else { "" };
    let default = parameter.default.as_ref().map(|default| match &default.kind {
        ExprKind::Name(name) => format!(" = {name}"),
        other => panic!("the manual cannot show the default {other:?}"),
    });
    let default = default.unwrap_or_default();
    quoted(&format!("{}: {}{optional}{default}", parameter.name.value, parameter.ty.value))
}

fn columns(table: &str, means: &BTreeMap<String, String>) -> String {
    let table = *Table::ALL.iter().find(|known| known.name() == table).expect("a table of the ledger");
    let rows = table.columns().into_iter().map(|column| {
        let holds = match column.ty {
            ColumnType::Text => "text",
            ColumnType::Decimal => "number",
            ColumnType::Date => "date",
            ColumnType::Flag => "yes or no",
            ColumnType::Currency => "currency",
            ColumnType::Kind => "kind",
            ColumnType::Status => "status",
            ColumnType::Outcome => "`done`, `skipped` or `contact`",
        };
        let yes = |flag| if flag { "yes" } else { "" }.to_owned();
        let name = quoted(column.name);
        let meaning = means.get(&name).filter(|text| !text.is_empty());
        let meaning = meaning.unwrap_or_else(|| panic!("say what {name} of `{}` means", table.name())).clone();
        vec![name, holds.to_owned(), yes(column.required), yes(column.optional), meaning]
    });
    markdown(&["column", "holds", "required", "may be empty", "means"], rows)
}

fn journal(means: &BTreeMap<String, String>) -> String {
    let rows = COLUMNS.iter().map(|column| {
        let name = quoted(column);
        let holds = if is_number(column) { "number" } else { "text" };
        let meaning = means.get(&name).unwrap_or_else(|| panic!("say what {name} of the journal means")).clone();
        vec![name, holds.to_owned(), meaning]
    });
    markdown(&["column", "holds", "means"], rows)
}

/// The last cell of each row of a table, by its first.
fn last_cells(table: &str) -> BTreeMap<String, String> {
    let cells = |line: &str| -> Option<(String, String)> {
        let cells: Vec<&str> = line.trim().trim_matches('|').split('|').map(str::trim).collect();
        Some(((*cells.first()?).to_owned(), (*cells.last()?).to_owned()))
    };
    table.lines().filter_map(cells).collect()
}

fn codes() -> String {
    let row = |code: &dunlin::base::Code| {
        let severity = match code.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Hint => "hint",
        };
        vec![format!("[{0}](errors/{0}.md)", code.id), severity.to_owned(), code.title().to_owned()]
    };
    markdown(&["code", "is", "says"], code::ALL.iter().map(row))
}

/// The years that the table of holidays speaks of.
const HOLIDAY_YEARS: std::ops::RangeInclusive<i32> = 2020..=2035;

fn holidays() -> String {
    let row = |code: &'static str| {
        // A Land has the holidays of Germany, too: they are not said again.
        let country = code.split_once('_').map_or("", |(country, _)| country);
        let of_country: BTreeSet<&str> = names_of(country, HOLIDAY_YEARS).collect();
        let mut names: Vec<&str> = Vec::new();
        for name in HOLIDAY_YEARS.rev().flat_map(|year| names_of(code, year..=year)) {
            if !of_country.contains(name) && !names.contains(&name) {
                names.push(name);
            }
        }
        let names: Vec<String> = names.into_iter().map(|name| with_years(code, name)).collect();
        let also = if country.is_empty() { String::new() } else { format!("{}, and ", quoted(country)) };
        let place = calendar::place(code).expect("a built-in calendar");
        vec![quoted(code), place.to_owned(), also + &names.join(", ")]
    };
    markdown(&["name", "of", "days off"], calendar::codes().map(row))
}

fn names_of(code: &str, years: impl Iterator<Item = i32>) -> impl Iterator<Item = &'static str> {
    years.flat_map(move |year| calendar::holidays(code, year)).map(|holiday| holiday.name)
}

/// A holiday with the years in which it is one, unless it is one every year.
fn with_years(code: &str, name: &str) -> String {
    let years: Vec<i32> =
        HOLIDAY_YEARS.filter(|year| names_of(code, *year..=*year).any(|known| known == name)).collect();
    let (first, last) = (years[0], years[years.len() - 1]);
    let is_unbroken = (first..=last).eq(years.iter().copied());
    if years.len() == HOLIDAY_YEARS.count() {
        name.to_owned()
    } else if is_unbroken && last == *HOLIDAY_YEARS.end() {
        format!("{name} (since {first})")
    } else {
        format!("{name} ({})", years.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "))
    }
}
