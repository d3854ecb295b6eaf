//! From a run to the words that stand above the parts of a program.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::money::grouped;
use crate::base::{Currency, Date, Decimal, Diagnostic, Money};
use crate::check::tree::{Computes, Scope};
use crate::compare::Part;
use crate::compare::people::{self, Shift, Version};
use crate::ide::lens::{Behind, Place, What};
use crate::plan::{Plan, Procedure};
use crate::run::standing::Running;
use crate::run::survey::Survey;
use crate::run::worklist::{Row, RowMode};
use crate::workspace::Workspace;

/// What is known of a program: what it does on a ledger, and what its tests give.
#[derive(Debug, Clone, Default)]
pub struct Figures {
    /// The run; the reason where the ledger cannot be read; nothing where there is no ledger.
    run: Option<Result<Run, String>>,
    tests: BTreeMap<(String, String), Tested>,
    lines: BTreeMap<Place, Vec<Said>>,
    /// What stood in each file, in its order.
    places: BTreeMap<String, Vec<Place>>,
}

/// A run of the program on a day.
#[derive(Debug, Clone)]
pub struct Run {
    /// The program.
    pub plan: Plan,
    /// The day.
    pub date: Date,
    /// What it gives.
    pub survey: Survey,
    /// How that differs from the last commit, where there is one and anything differs.
    pub shifts: BTreeMap<Part, Shift>,
}

/// A test that was executed.
#[derive(Debug, Clone)]
pub struct Tested {
    /// Its file.
    pub path: String,
    /// What it shows.
    pub title: String,
    /// What did not come as expected; empty where it passes.
    pub findings: Vec<Diagnostic>,
}

/// A line, and what can be listed of it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Said {
    title: String,
    lists: Option<What>,
}

impl Said {
    /// A line behind which nobody stands.
    fn bare(title: impl Into<String>) -> Self {
        Self { title: title.into(), lists: None }
    }

    fn listing(what: What, title: String) -> Self {
        Self { title, lists: Some(what) }
    }
}

impl Run {
    /// A run, and how it differs from that of the last commit.
    #[must_use]
    pub fn new(plan: Plan, date: Date, survey: Survey, before: Option<Version<'_>>) -> Self {
        let now = Version { plan: &plan, survey: &survey };
        let shifts = before.map_or_else(BTreeMap::new, |before| people::shifts(before, now));
        Self { plan, date, survey, shifts }
    }

    /// The place of a rule of assignment, by its name.
    pub(super) fn rule(&self, name: &str) -> Option<usize> {
        let rules = people::rules(&self.plan, &self.plan);
        rules.iter().position(|rule| matches!(rule, Part::Rule(known) if known == name))
    }
}

impl Figures {
    /// What is known of a program, from a run (the reason where the ledger cannot be read; nothing without a ledger)
    /// and from tests.
    #[must_use]
    pub fn new(workspace: &Workspace, run: Option<Result<Run, String>>, tests: Vec<Tested>) -> Self {
        let mut lines: BTreeMap<Place, Vec<Said>> = BTreeMap::new();
        for test in &tests {
            let place = Place::Test(test.path.clone(), test.title.clone());
            let passes = test.findings.is_empty();
            let said = if passes { Said::bare("passes") } else { Said::listing(What::All, failure(test)) };
            lines.insert(place, vec![said]);
        }
        if let Some(Ok(run)) = &run {
            for (part, said) in Words::of(run).all() {
                lines.insert(Place::Part(part), said);
            }
        }
        let tests = tests.into_iter().map(|test| ((test.path.clone(), test.title.clone()), test)).collect();
        let names = |path: &String| super::places(workspace, path).into_iter().map(|(place, _)| place).collect();
        let places = workspace.paths().iter().map(|path| (path.clone(), names(path))).collect();
        Self { run, tests, lines, places }
    }

    /// Whether the same lines stand above the same places.
    #[must_use]
    pub fn says_the_same(&self, other: &Self) -> bool {
        self.lines == other.lines && self.trouble() == other.trouble()
    }

    /// The run, where there is one.
    #[must_use]
    pub fn run(&self) -> Option<&Run> {
        self.run.as_ref().and_then(|run| run.as_ref().ok())
    }

    /// Why there are no numbers though there is a ledger.
    pub(super) fn trouble(&self) -> Option<&str> {
        self.run.as_ref().and_then(|run| run.as_ref().err()).map(String::as_str)
    }

    /// A test by its file and title.
    pub(super) fn test(&self, path: &str, title: &str) -> Option<&Tested> {
        self.tests.get(&(path.to_owned(), title.to_owned()))
    }

    /// The places of a file by the names under which they are known. One that is called something new is the one that
    /// stood there: while somebody types a name, what is said of it stays.
    pub(super) fn known_as<'f>(&'f self, path: &str, now: &'f [Place]) -> Vec<&'f Place> {
        let before = self.places.get(path).filter(|before| before.len() == now.len());
        let known = |(number, place): (usize, &'f Place)| {
            let was = before.and_then(|before| before.get(number));
            was.filter(|was| !self.lines.contains_key(place) && !now.contains(was)).unwrap_or(place)
        };
        now.iter().enumerate().map(known).collect()
    }

    /// The lines above a place.
    pub(super) fn lines<'f>(&'f self, place: &Place) -> impl Iterator<Item = (String, Option<Behind>)> + use<'f> {
        let place = place.clone();
        self.lines.get(&place).into_iter().flatten().map(move |said| {
            let behind = said.lists.map(|what| Behind { place: place.clone(), what });
            (said.title.clone(), behind)
        })
    }
}

/// What is said of a test that fails.
fn failure(test: &Tested) -> String {
    match test.findings.as_slice() {
        [] => "fails".to_owned(),
        [only] => format!("fails: {}", only.message),
        [first, more @ ..] => format!("fails: {} (and {} more)", first.message, more.len()),
    }
}

/// `1,234 customers`: a count with its word.
pub(super) fn counted(number: usize, one: &str, many: &str) -> String {
    format!("{} {}", grouped(&number.to_string()), if number == 1 { one } else { many })
}

/// What a run comes to, part by part.
struct Words<'r> {
    run: &'r Run,
    /// The rows of each step: suggested, put off, withheld.
    rows: BTreeMap<(&'r str, &'r str), [Vec<&'r Row>; 3]>,
}

/// Whose a row is: the customer, or the document in a procedure for document.
fn subject(row: &Row) -> (&str, Option<&str>) {
    (&row.customer, row.document.as_deref())
}

fn subjects<'r>(rows: impl IntoIterator<Item = &'r &'r Row>) -> usize {
    rows.into_iter().map(|row| subject(row)).collect::<BTreeSet<_>>().len()
}

impl<'r> Words<'r> {
    fn of(run: &'r Run) -> Self {
        let mut rows: BTreeMap<_, [Vec<&Row>; 3]> = BTreeMap::new();
        let worklist = &run.survey.worklist;
        let put_off = worklist.deferred.iter().map(|put_off| &put_off.row);
        let withheld = worklist.withheld.iter().map(|withheld| &withheld.row);
        let kinds: [&mut dyn Iterator<Item = &'r Row>; 3] =
            [&mut worklist.rows.iter(), &mut { put_off }, &mut { withheld }];
        for (kind, of_kind) in kinds.into_iter().enumerate() {
            for row in of_kind {
                let lists = rows.entry((row.procedure.as_str(), row.step.as_str())).or_default();
                if let Some(list) = lists.get_mut(kind) {
                    list.push(row);
                }
            }
        }
        Self { run, rows }
    }

    /// Every part with its lines.
    fn all(&self) -> Vec<(Part, Vec<Said>)> {
        let mut all = vec![(Part::Ledger, self.whole())];
        let plan = &self.run.plan;
        for (place, part) in people::rules(plan, plan).into_iter().enumerate() {
            all.push((part, self.rule(place)));
        }
        for procedure in &plan.procedures {
            all.push((Part::Procedure(procedure.name.clone()), self.procedure(procedure)));
            for step in procedure.steps.iter().chain(&procedure.at_stop) {
                let part = Part::Step(procedure.name.clone(), step.name.clone());
                all.push((part, self.step(procedure, &step.name)));
            }
        }
        for (part, said) in &mut all {
            said.extend(self.against(part));
        }
        all
    }

    fn whole(&self) -> Vec<Said> {
        let worklist = &self.run.survey.worklist;
        let customers = usize::try_from(worklist.totals.customers).unwrap_or(usize::MAX);
        let customers = counted(customers, "customer", "customers");
        let aside: BTreeSet<&str> = worklist.set_aside.iter().map(|aside| aside.customer.as_str()).collect();
        let nameless = worklist.set_aside.iter().filter(|aside| aside.customer.is_empty()).count();
        let named = aside.len() - usize::from(aside.contains(""));
        let actions = counted(worklist.rows.len(), "action", "actions");
        let mut said = vec![Said::listing(What::All, format!("{customers} on {} · {actions}", self.run.date))];
        let mut aside = Vec::new();
        aside.extend((named > 0).then(|| format!("{} set aside", grouped(&named.to_string()))));
        aside.extend((nameless > 0).then(|| counted(nameless, "unreadable row", "unreadable rows")));
        said.extend((!aside.is_empty()).then(|| Said::listing(What::SetAside, aside.join(" · "))));
        said
    }

    fn rule(&self, rule: usize) -> Vec<Said> {
        let here: Vec<_> = self.run.survey.places.iter().filter(|stands| stands.rule == Some(rule)).collect();
        let Some(primary) = here.first().map(|stands| stands.primary.as_deref()) else {
            return vec![Said::bare(NOBODY)];
        };
        let people = counted(here.len(), "customer", "customers");
        // `none` is no procedure: nothing is done for whom it names.
        let Some(primary) = primary else { return vec![Said::listing(What::All, people)] };
        let customers: BTreeSet<&str> = here.iter().map(|stands| stands.customer.as_str()).collect();
        let rows = self.suggested(primary).filter(|row| customers.contains(row.customer.as_str()));
        let running = here.into_iter().flat_map(|stands| &stands.running);
        vec![summary(people, rows, running.filter(|running| running.procedure == primary))]
    }

    fn procedure(&self, procedure: &Procedure) -> Vec<Said> {
        let mut customers = BTreeSet::new();
        let mut running = Vec::new();
        for place in &self.run.survey.places {
            let here = place.running.iter().filter(|running| running.procedure == procedure.name);
            let before = running.len();
            running.extend(here);
            if running.len() > before {
                customers.insert(place.customer.as_str());
            }
        }
        if running.is_empty() && self.suggested(&procedure.name).next().is_none() {
            return vec![Said::bare(NOBODY)];
        }
        let people = counted(customers.len(), "customer", "customers");
        let people = match procedure.scope {
            Scope::Customer => people,
            Scope::Document => format!("{} of {people}", counted(running.len(), "document", "documents")),
        };
        vec![summary(people, self.suggested(&procedure.name), running)]
    }

    /// The rows that a procedure suggests.
    fn suggested<'w>(&'w self, procedure: &'w str) -> impl Iterator<Item = &'r Row> + use<'w, 'r> {
        let of_it = self.rows.iter().filter(move |((name, _), _)| *name == procedure);
        of_it.flat_map(|(_, [suggested, ..])| suggested.iter().copied())
    }

    fn step(&self, procedure: &Procedure, step: &str) -> Vec<Said> {
        let Some([suggested, put_off, withheld]) = self.rows.get(&(procedure.name.as_str(), step)) else {
            let is_come_to = self.run.survey.come_to.contains(&(procedure.name.clone(), step.to_owned()));
            return vec![Said::bare(if is_come_to { NOBODY } else { NEVER })];
        };
        let mut parts = Vec::new();
        if !suggested.is_empty() {
            let people = subjects(suggested);
            parts.push(match procedure.scope {
                Scope::Customer => counted(people, "customer", "customers"),
                Scope::Document => counted(people, "document", "documents"),
            });
            parts.extend(automatic(suggested, people));
            parts.extend(self.claimed(procedure, suggested));
        }
        let more = [(put_off, "put off"), (withheld, "withheld")];
        for (rows, word) in more.into_iter().filter(|(rows, _)| !rows.is_empty()) {
            parts.push(format!("{} {word}", grouped(&subjects(rows).to_string())));
        }
        vec![Said::listing(What::All, parts.join(" · "))]
    }

    /// What is claimed by the rows of a step, by currency: what several actions claim of somebody counts once.
    fn claimed(&self, procedure: &Procedure, rows: &[&Row]) -> Vec<String> {
        let mut claims: BTreeMap<_, Claim> = BTreeMap::new();
        for row in rows {
            let Some(amount) = row.amount else { continue };
            let claim = claims.entry((subject(row), amount.currency)).or_default();
            claim.add(amount.amount, computes(procedure, row));
        }
        sums(claims.into_iter().map(|((_, currency), claim)| (currency, claim.amount())))
    }

    /// How a part differs from the last commit.
    fn against(&self, part: &Part) -> Option<Said> {
        let shift = self.run.shifts.get(part)?;
        let number = |subjects: &[people::Subject]| grouped(&subjects.len().to_string());
        let title = if *part == Part::Ledger {
            let others = counted(shift.otherwise.len(), "customer gets", "customers get");
            format!("{others} something else than at the last commit")
        } else {
            let mut signs = Vec::new();
            signs.extend((!shift.more.is_empty()).then(|| format!("+{}", number(&shift.more))));
            signs.extend((!shift.fewer.is_empty()).then(|| format!("−{}", number(&shift.fewer))));
            let changed = (!shift.otherwise.is_empty()).then(|| format!("{} changed", number(&shift.otherwise)));
            let signs = Some(signs.join(" ")).filter(|signs| !signs.is_empty());
            let parts: Vec<String> = signs.into_iter().chain(changed).collect();
            format!("{} against the last commit", parts.join(", "))
        };
        Some(Said::listing(What::Against, title))
    }
}

/// Nobody is there on the day.
const NOBODY: &str = "nobody today";
/// Nobody in the ledger has come to the step, on the day or before.
const NEVER: &str = "never reached";

/// People in a procedure, what is done for them today, and what is open of the documents that it follows.
fn summary<'r>(
    people: String,
    rows: impl Iterator<Item = &'r Row>,
    running: impl IntoIterator<Item = &'r Running>,
) -> Said {
    let (automatic, by_hand): (Vec<&Row>, Vec<&Row>) = rows.partition(|row| row.mode == RowMode::Automatic);
    let actions = match automatic.len() + by_hand.len() {
        0 => "no action today".to_owned(),
        all => format!("{} today", counted(all, "action", "actions")),
    };
    let automatic = match (automatic.len(), by_hand.len()) {
        (0, _) => String::new(),
        (1, 0) => ", automatic".to_owned(),
        (_, 0) => ", all automatic".to_owned(),
        (some, _) => format!(", {} automatic", grouped(&some.to_string())),
    };
    let open = Some(opened(running)).filter(|open| !open.is_empty()).map(|open| open + " open");
    let parts: Vec<String> = [people, actions + &automatic].into_iter().chain(open).collect();
    Said::listing(What::All, parts.join(" · "))
}

/// What is open of the documents that are followed, by currency.
pub(super) fn opened<'r>(running: impl IntoIterator<Item = &'r Running>) -> String {
    let open = running.into_iter().flat_map(|running| &running.open);
    sums(open.map(|money| (money.currency, Some(money.amount)))).join(" · ")
}

/// The sum of each currency that has one.
fn sums(amounts: impl Iterator<Item = (Currency, Option<Decimal>)>) -> Vec<String> {
    let mut sums: BTreeMap<Currency, Option<Decimal>> = BTreeMap::new();
    for (currency, amount) in amounts {
        let sum = sums.entry(currency).or_insert(Some(Decimal::ZERO));
        *sum = sum.and_then(|sum| sum.plus(amount?));
    }
    sums.into_iter().filter_map(|(currency, sum)| Some(Money::new(sum?, currency).to_string())).collect()
}

/// How many of the people of a step get something that the program executes.
fn automatic(rows: &[&Row], people: usize) -> Option<String> {
    match subjects(rows.iter().filter(|row| row.mode == RowMode::Automatic)) {
        0 => None,
        all if all == people => Some("automatic".to_owned()),
        some => Some(format!("{} automatic", grouped(&some.to_string()))),
    }
}

/// What a row's action computes.
fn computes(procedure: &Procedure, row: &Row) -> Option<Computes> {
    let step = procedure.steps.iter().chain(&procedure.at_stop).find(|step| step.name == row.step)?;
    step.actions.get((row.position as usize).checked_sub(1)?)?.computes
}

/// What one step claims of somebody in one currency.
#[derive(Debug, Clone, Copy, Default)]
struct Claim {
    /// The most that one action claims: a letter beside an e-mail claims nothing more.
    most: Option<Decimal>,
    /// What charges and interest come to; communications have it in what they claim (`S18`).
    charges: Option<Decimal>,
}

impl Claim {
    fn add(&mut self, amount: Decimal, computes: Option<Computes>) {
        if matches!(computes, Some(Computes::Charge | Computes::Interest)) {
            self.charges = self.charges.unwrap_or(Decimal::ZERO).plus(amount);
        } else {
            self.most = self.most.max(Some(amount));
        }
    }

    fn amount(self) -> Option<Decimal> {
        self.most.or(self.charges)
    }
}
