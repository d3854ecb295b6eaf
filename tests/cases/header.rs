//! The header of a case: `#|` lines.
//!
//! ```text
//! #| S3: the due date itself is not overdue
//! #| run 2026-03-01 2026-03-02
//! #| why C1
//! #| documents.csv
//! #|   id,customer,issue_date,due_date,amount
//! #|   F1,C1,2026-01-01,2026-03-01,100
//! ```
//!
//! A story is a sequence of committed runs with what people report in between:
//!
//! ```text
//! #| commit 2026-03-02..2026-03-31 2026-04-15
//! #| automatic at once
//! #| done 2026-03-05 C1 dispute.inform
//! #| skip 2026-03-05 C1 dispute.inform F2
//! #| done 2026-03-09 C1 standard.call result promised
//! #| undo 2026-03-10 C1 standard.call
//! #| imported 2026-03-01 C1 standard.call F1
//! #| done 2026-03-09 C1 standard.call of 2026-03-05
//! ```

use dunlin::base::Date;
use dunlin::ledger::{Config, MemoryFiles};

/// What the header of a case says.
pub(crate) struct Header {
    /// What the case shows: its first line.
    pub(crate) title: String,
    /// The run dates.
    pub(crate) dates: Vec<Date>,
    /// The customers whose `why` is shown after each run.
    pub(crate) why: Vec<String>,
    /// The days on which a run is committed.
    pub(crate) commits: Vec<Date>,
    /// Whether automatic rows are executed on the day of the run.
    pub(crate) automatic: bool,
    /// What people report, in written order.
    pub(crate) reports: Vec<Report>,
    /// Files by name: tables, `dunlin.toml`, templates.
    files: Vec<(String, String)>,
}

/// What somebody reports about the rows of a step.
pub(crate) struct Report {
    /// `done`, `skip` or `undo`; `imported` for an outcome that is written as it is.
    pub(crate) word: String,
    /// When.
    pub(crate) date: Date,
    /// For whom.
    pub(crate) customer: String,
    /// `procedure.step`.
    pub(crate) step: String,
    /// The document, the action or the currency, where only that row is meant.
    pub(crate) only: Option<String>,
    /// What came of it.
    pub(crate) result: Option<String>,
    /// The day of the worklist that comes back; `date` where nothing is said.
    pub(crate) of: Date,
}

impl Report {
    fn read(line: &str) -> Self {
        let words: Vec<&str> = line.split_whitespace().collect();
        let [word, date, customer, step, rest @ ..] = words.as_slice() else { panic!("too few words: {line}") };
        let after = |word: &str| rest.iter().position(|known| *known == word).map(|place| rest[place + 1].to_owned());
        let only = rest.first().filter(|word| !["result", "of"].contains(word));
        let date = Date::parse(date).expect("a date");
        Self {
            word: (*word).to_owned(),
            date,
            customer: (*customer).to_owned(),
            step: (*step).to_owned(),
            only: only.map(|only| (*only).to_owned()),
            result: after("result"),
            of: after("of").map_or(date, |of| Date::parse(&of).expect("a date")),
        }
    }
}

/// `2026-03-02` or `2026-03-02..2026-03-31`.
fn days(word: &str) -> Vec<Date> {
    let (first, last) = word.split_once("..").unwrap_or((word, word));
    let (first, last) = (Date::parse(first).expect("a date"), Date::parse(last).expect("a date"));
    (0..=last.days_since(first)).filter_map(|days| first.plus_days(days)).collect()
}

impl Header {
    pub(crate) fn read(text: &str) -> Self {
        let mut header = Self {
            title: String::new(),
            dates: Vec::new(),
            why: Vec::new(),
            commits: Vec::new(),
            automatic: false,
            reports: Vec::new(),
            files: Vec::new(),
        };
        for line in text.lines().filter_map(|line| line.strip_prefix("#|")) {
            header.line(line.strip_prefix(' ').unwrap_or(line));
        }
        assert!(!header.title.is_empty(), "a case begins with `#|` and what it shows");
        header
    }

    fn line(&mut self, line: &str) {
        if let Some(content) = line.strip_prefix("  ") {
            let (_, file) = self.files.last_mut().expect("an indented line belongs to a file");
            file.push_str(content);
            file.push('\n');
        } else if let Some(dates) = line.strip_prefix("run ") {
            self.dates = dates.split_whitespace().map(|date| Date::parse(date).expect("a run date")).collect();
        } else if let Some(customers) = line.strip_prefix("why ") {
            self.why = customers.split_whitespace().map(str::to_owned).collect();
        } else if let Some(commits) = line.strip_prefix("commit ") {
            self.commits.extend(commits.split_whitespace().flat_map(days));
        } else if line == "automatic at once" {
            self.automatic = true;
        } else if ["done ", "skip ", "undo ", "imported "].iter().any(|word| line.starts_with(word)) {
            self.reports.push(Report::read(line));
        } else if is_file_name(line) {
            self.files.push((line.to_owned(), String::new()));
        } else {
            self.title = if self.title.is_empty() { line.to_owned() } else { format!("{} {line}", self.title) };
        }
    }

    /// Whether anything is run.
    pub(crate) fn needs_ledger(&self) -> bool {
        !(self.dates.is_empty() && self.commits.is_empty() && self.reports.is_empty())
    }

    /// The texts a program refers to: templates and calendars. `letter.md` is always there.
    pub(crate) fn resources(&self) -> Vec<(&str, &str)> {
        let given = self.files.iter().map(|(name, content)| (name.as_str(), content.as_str()));
        let given = given.filter(|(name, _)| !name.ends_with(".csv") && *name != "dunlin.toml");
        std::iter::once(("letter.md", "Dear customer\n")).chain(given).collect()
    }

    /// The ledger. Customers that are not given are those of the documents.
    pub(crate) fn files(&self) -> MemoryFiles {
        let mut files = MemoryFiles::default();
        for (name, content) in &self.files {
            files.insert(&format!("ledger/{name}"), content.clone());
        }
        if !self.files.iter().any(|(name, _)| name == "customers.csv") {
            files.insert("ledger/customers.csv", "id\nC1\n");
        }
        files
    }

    pub(crate) fn config(&self) -> Config {
        let toml = self.files.iter().find(|(name, _)| name == "dunlin.toml");
        Config::from_toml(toml.map_or("", |(_, text)| text), "dunlin.toml").expect("the dunlin.toml of a case is right")
    }
}

fn is_file_name(line: &str) -> bool {
    !line.contains(' ') && [".csv", ".md", ".toml", ".txt"].iter().any(|ending| line.ends_with(ending))
}

/// A program without its header.
pub(crate) fn without(text: &str) -> String {
    text.lines().filter(|line| !line.starts_with("#|")).collect::<Vec<_>>().join("\n")
}
