//! What a program has to declare before it can be used: currency, roles, the language for everyone else.

use super::{Here, Way, pieces};
use crate::ide::{Edit, Location};
use crate::syntax::ast::{Item, Ledger};

/// `ledger { currency EUR }`
pub(super) fn currency(here: &Here<'_>) -> Vec<Way> {
    let edit = match ledger(here) {
        Some(ledger) => here.first_in(ledger.head.body, "currency EUR"),
        None => Some(here.edit(0..0, "ledger { currency EUR }\n\n")),
    };
    edit.map(|edit| ("Write `currency EUR`".to_owned(), vec![edit])).into_iter().collect()
}

/// `recipient agency`
pub(super) fn declared_role(here: &Here<'_>) -> Vec<Way> {
    let name = here.marked();
    let edit = ledger(here).and_then(|ledger| match ledger.recipients.last() {
        Some(last) => Edit::of(here.workspace, last.span.after(), format!(", {name}")),
        None => {
            let Location { path, range } = Location::of(here.workspace, ledger.head.body?)?;
            let end = range.end.checked_sub(1)?;
            let before = here.workspace.text(&path)?.get(..end)?;
            let blank = if before.ends_with(char::is_whitespace) { "" } else { " " };
            Some(Edit::new(&path, end..end, format!("{blank}recipient {name} ")))
        }
    });
    edit.map(|edit| (format!("Declare the recipient `{name}`"), vec![edit])).into_iter().collect()
}

fn ledger<'w>(here: &Here<'w>) -> Option<&'w Ledger> {
    here.workspace.trees().flat_map(|tree| &tree.items).find_map(|item| match item {
        Item::Ledger(ledger) => Some(ledger),
        _ => None,
    })
}

/// `otherwise en`
pub(super) fn other_languages(here: &Here<'_>) -> Vec<Way> {
    let template = here.workspace.trees().flat_map(|tree| &tree.items).find_map(|item| match item {
        Item::Template(template) if template.name.span == here.span => Some(template),
        _ => None,
    });
    let Some((template, (language, file))) = template.and_then(|it| Some((it, it.files.last()?))) else {
        return Vec::new();
    };
    let (at, before) = pieces::behind(here.text, &language.span.to(file.span).range());
    let way = |language: &str| {
        let clause = format!("otherwise {language}");
        (format!("Write `{clause}`"), vec![here.edit(at..at, format!("{before}{clause}"))])
    };
    template.files.iter().map(|(language, _)| way(&language.value)).collect()
}
