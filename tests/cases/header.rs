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
    /// Files by name: tables, `dunlin.toml`, templates.
    files: Vec<(String, String)>,
}

impl Header {
    pub(crate) fn read(text: &str) -> Self {
        let mut header = Self { title: String::new(), dates: Vec::new(), why: Vec::new(), files: Vec::new() };
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
        } else if is_file_name(line) {
            self.files.push((line.to_owned(), String::new()));
        } else {
            self.title = if self.title.is_empty() { line.to_owned() } else { format!("{} {line}", self.title) };
        }
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
