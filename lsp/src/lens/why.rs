//! Why a customer gets what he gets: asked for by hand, so it is worked out for the program as it is now.

use std::path::PathBuf;
use std::sync::Arc;

use dunlin::base::{Date, text};
use dunlin::plan;
use dunlin::report::{self, Style};
use dunlin::run;
use dunlin::workspace::Workspace;

use super::books::{Books, NoLedger};
use super::reckon::dated;

/// A program and its ledger, to be asked about.
#[derive(Debug)]
pub(crate) struct Inquiry {
    /// The program's folder.
    pub(crate) folder: PathBuf,
    /// What it says.
    pub(crate) workspace: Workspace,
    /// Whether it is without errors.
    pub(crate) is_sound: bool,
    /// The day that the user has set.
    pub(crate) date: Option<Date>,
    /// What day it is, where the clock can be believed.
    pub(crate) today: Option<Date>,
    /// The ledgers.
    pub(crate) books: Arc<Books>,
}

impl Inquiry {
    /// The text of `dunlin why`. Its lines are not broken: editors do that where their windows end.
    ///
    /// # Errors
    /// The reason why there is none, to be shown.
    pub(crate) fn why(&self, customer: &str) -> Result<String, String> {
        let program = self.workspace.checked().program().filter(|_| self.is_sound);
        let program = program.ok_or("the program has errors; mend them first")?;
        let plan = plan::from_check::lower(program);
        let ledger = self.books.ledger(&self.folder, &plan.ledger);
        let (ledger, date) =
            ledger.and_then(|ledger| dated(ledger, self.date, self.today)).map_err(|reason| match reason {
                NoLedger::None => "the program has no ledger: there is no folder `ledger` beside it".to_owned(),
                NoLedger::Unreadable(reason) => reason,
            })?;
        let sources = self.workspace.sources();
        let explanation = run::why(&plan, &ledger.snapshot, &ledger.memory, date, customer, sources);
        let explanation = explanation.ok_or_else(|| {
            let ids = &ledger.snapshot.customers.id;
            let near = text::nearest(customer, (0..ids.len()).map(|row| ids.get(row)));
            let near = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
            format!("the ledger has no customer `{customer}`{near}")
        })?;
        Ok(report::why::render(&explanation, report::View { sources, folder: "" }, Style::PLAIN))
    }
}
