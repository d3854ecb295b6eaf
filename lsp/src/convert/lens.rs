//! The lines above the parts of a program, and the lists behind them.

use dunlin::compare::Part;
use dunlin::ide::lens::{self, Behind, Lens, Place, What};
use serde_json::{Value, json};
use tower_lsp::ls_types::{CodeLens, Command};

use crate::lens::known::Known;
use crate::view::View;

/// The editor's command that shows the list behind a line.
const SHOW: &str = "dunlin.showRows";

/// Behind a line that is of the program as it was before it had errors.
const BEFORE: &str = " · before the error";

/// The lines above the parts of a file: what is known, perhaps of the state before the last edits. While the program
/// has errors nothing newer can be known: the lines say so and stay, so that the text does not jump.
pub(crate) fn lenses(view: &View<'_>, path: &str) -> Option<Vec<CodeLens>> {
    let Some(known) = view.program.watch.known().filter(|_| view.settings.has_lens) else { return Some(Vec::new()) };
    let is_sound = view.program.is_sound();
    let uri = view.uri(path)?;
    let lines = view.lines(path);
    let lens = |lens: Lens| {
        let range = lines.range(&lens.range);
        let title = if is_sound { lens.title } else { format!("{}{BEFORE}", lens.title) };
        let command = match lens.behind {
            // Without a command an editor asks what the line says.
            None => Command { title, command: String::new(), arguments: None },
            Some(behind) => {
                let rows = json!({ "uri": uri, "place": words(&behind.place), "what": word(behind.what) });
                let shown = json!({ "title": title, "uri": uri, "position": range.start, "rows": rows });
                Command { title, command: SHOW.to_owned(), arguments: Some(vec![shown]) }
            }
        };
        CodeLens { range, command: Some(command), data: None }
    };
    Some(lens::lenses(view.workspace(), path, &known.figures).into_iter().map(lens).collect())
}

/// A place as words.
fn words(place: &Place) -> Vec<&str> {
    match place {
        Place::Test(path, title) => vec!["test", path, title],
        Place::Part(Part::Rule(rule)) => vec!["rule", rule],
        Place::Part(Part::Procedure(procedure)) => vec!["procedure", procedure],
        Place::Part(Part::Step(procedure, step)) => vec!["step", procedure, step],
        Place::Part(_) => vec!["ledger"],
    }
}

const fn word(what: What) -> &'static str {
    match what {
        What::All => "all",
        What::SetAside => "setAside",
        What::Against => "against",
    }
}

/// What a command asks to be listed.
pub(crate) fn behind(asked: &Value) -> Option<Behind> {
    let words: Vec<&str> = asked["place"].as_array()?.iter().map(Value::as_str).collect::<Option<_>>()?;
    let owned = |word: &str| word.to_owned();
    let place = match words.as_slice() {
        ["test", path, title] => Place::Test(owned(path), owned(title)),
        ["rule", rule] => Place::Part(Part::Rule(owned(rule))),
        ["procedure", procedure] => Place::Part(Part::Procedure(owned(procedure))),
        ["step", procedure, step] => Place::Part(Part::Step(owned(procedure), owned(step))),
        ["ledger"] => Place::Part(Part::Ledger),
        _ => return None,
    };
    let what = asked["what"].as_str()?;
    let what = [What::All, What::SetAside, What::Against].into_iter().find(|known| word(*known) == what)?;
    Some(Behind { place, what })
}

/// The list behind a line: `{ title, columns, rows, customers }`; the customer of a row stands at its place.
pub(crate) fn list(known: &Known, behind: &Behind) -> Option<Value> {
    let name = |id: &str| known.ledger.as_ref().and_then(|ledger| ledger.name(id));
    let list = known.figures.list(behind, &name)?;
    let customers: Vec<_> = list.rows.iter().map(|row| row.customer.as_deref()).collect();
    let rows: Vec<_> = list.rows.iter().map(|row| &row.cells).collect();
    Some(json!({ "title": list.title, "columns": list.columns, "rows": rows, "customers": customers }))
}
