//! The findings that a program has when it is read afresh, and those that an editor holds, to be compared.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use dunlin::base::Severity;
use dunlin::disk;
use dunlin::ide::diagnostics::{Finding, by_file};
use serde_json::Value;
use tempfile::TempDir;

use super::editor::Editor;
use super::text::{Unit, printed, stretch};

/// A finding: code, severity, bytes, message, and the further places with what is said of them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Shown(usize, usize, String, u64, String, Vec<(String, usize, usize, String)>);

/// Findings by file, without the files that have none.
pub(super) type Findings = BTreeMap<String, Vec<Shown>>;

/// A copy of what the editor has, on the disk.
pub(super) struct Copy {
    folder: TempDir,
    written: BTreeMap<String, Vec<u8>>,
}

impl Copy {
    pub(super) fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a folder"), written: BTreeMap::new() }
    }

    fn root(&self) -> PathBuf {
        self.folder.path().canonicalize().expect("a folder")
    }

    /// Brings it up to date.
    pub(super) fn write(&mut self, editor: &Editor) {
        let root = self.root();
        for (path, file) in &editor.files {
            let (target, content) = (root.join(path), file.content());
            match content {
                Some(content) if self.written.get(path).is_none_or(|written| written != content) => {
                    fs::create_dir_all(target.parent().expect("a folder")).expect("a folder");
                    fs::write(target, content).expect("a file");
                    self.written.insert(path.clone(), content.to_vec());
                }
                None if self.written.remove(path).is_some() => fs::remove_file(target).expect("a file"),
                _ => {}
            }
        }
    }

    /// The text of a file as the editor shows it.
    fn text(&self, path: &str) -> String {
        self.written.get(path).map_or_else(String::new, |bytes| String::from_utf8_lossy(bytes).into_owned())
    }

    /// The findings of a program that is read now.
    pub(super) fn findings(&self) -> Findings {
        let program = disk::program(&self.root());
        let all = disk::findings(&program.workspace, program.findings);
        let severity = |severity| match severity {
            Severity::Error => 1,
            Severity::Warning => 2,
            Severity::Hint => 4,
        };
        let shown = |finding: Finding| {
            let related = finding.related.into_iter();
            let related = related.map(|it| (it.place.path, it.place.range.start, it.place.range.end, it.message));
            let (start, end) = (finding.range.start, finding.range.end);
            let severity = severity(finding.severity);
            Shown(start, end, finding.code.to_owned(), severity, finding.message, related.collect())
        };
        let files = by_file(&program.workspace, &all, &BTreeMap::new()).into_iter();
        sorted(files.map(|(path, findings)| (path, findings.into_iter().map(shown).collect())).collect())
    }

    /// The findings that `dunlin check` prints.
    pub(super) fn checked_by(&self, dunlin: &Path) -> Findings {
        let output = Command::new(dunlin).args(["check", "--format", "json"]).current_dir(self.root()).output();
        let output = output.expect("the command line");
        let printed: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        let mut findings = Findings::new();
        for finding in printed.as_array().expect("a list") {
            let (path, start, end) = self.place(finding);
            let severity = match finding["severity"].as_str() {
                Some("error") => 1,
                Some("warning") => 2,
                _ => 4,
            };
            let labels = finding["labels"].as_array().expect("a list");
            let remark = labels.first().map(|label| label["text"].clone()).unwrap_or_default();
            let lines = [&finding["message"], &remark].map(|line| line.as_str().unwrap_or("").to_owned());
            let help = finding["help"].as_str().map(|help| format!("help: {help}"));
            let lines: Vec<String> = lines.into_iter().chain(help).filter(|line| !line.is_empty()).collect();
            let related = labels.iter().skip(1).map(|label| {
                let (path, start, end) = self.place(label);
                (path, start, end, label["text"].as_str().unwrap_or("").to_owned())
            });
            let code = finding["code"].as_str().expect("a code").to_owned();
            let shown = Shown(start, end, code, severity, lines.join("\n"), related.collect());
            findings.entry(path).or_default().push(shown);
        }
        sorted(findings)
    }

    fn place(&self, printed_place: &Value) -> (String, usize, usize) {
        let path = printed_place["file"].as_str().expect("a file").to_owned();
        let text = self.text(&path);
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        let end = &printed_place["end"];
        let stretch = printed(text, &printed_place["line"], &printed_place["column"]).zip(printed(
            text,
            &end["line"],
            &end["column"],
        ));
        let (start, end) = stretch.unwrap_or_default();
        (path, start, end)
    }

    /// The findings that the editor holds.
    pub(super) fn held_by(&self, editor: &Editor) -> Findings {
        let held = editor.held.iter().map(|(path, (findings, _))| {
            let shown = findings.iter().map(|finding| {
                let (start, end) = self.bytes(path, &finding["range"], editor.unit);
                let code = finding["code"].as_str().unwrap_or_default().to_owned();
                let severity = finding["severity"].as_u64().unwrap_or_default();
                let related = finding["relatedInformation"].as_array().map_or(&[][..], Vec::as_slice);
                let related = related.iter().map(|it| {
                    let path = editor.path(it["location"]["uri"].as_str().unwrap_or_default());
                    let (start, end) = self.bytes(&path, &it["location"]["range"], editor.unit);
                    (path, start, end, it["message"].as_str().unwrap_or_default().to_owned())
                });
                let message = finding["message"].as_str().unwrap_or_default().to_owned();
                Shown(start, end, code, severity, message, related.collect())
            });
            (path.clone(), shown.collect())
        });
        sorted(held.collect())
    }

    fn bytes(&self, path: &str, range: &Value, unit: Unit) -> (usize, usize) {
        let text = self.text(path);
        let skipped = text.len() - text.strip_prefix('\u{feff}').unwrap_or(&text).len();
        // A place that there is not in the text is none that `dunlin check` prints.
        let (start, end) = stretch(&text, range, unit).unwrap_or((usize::MAX, usize::MAX));
        (start.saturating_sub(skipped), end.saturating_sub(skipped))
    }
}

fn sorted(mut findings: Findings) -> Findings {
    findings.retain(|_, findings| !findings.is_empty());
    findings.values_mut().for_each(|findings| findings.sort());
    findings
}

/// The first differences between what is held and what is so, in words; `None` where there are none.
pub(super) fn difference(held: &Findings, fresh: &Findings) -> Option<String> {
    let all = |findings: &Findings| -> Vec<(String, Shown)> {
        findings.iter().flat_map(|(path, all)| all.iter().map(|one| (path.clone(), one.clone()))).collect()
    };
    let (held_all, fresh_all) = (all(held), all(fresh));
    let line = |sign: &str, (path, shown): &(String, Shown)| format!("  {sign} {path} {shown:?}");
    let lost = fresh_all.iter().filter(|one| !held_all.contains(one)).map(|one| line("lacks", one));
    let extra = held_all.iter().filter(|one| !fresh_all.contains(one)).map(|one| line("has", one));
    let lines: Vec<String> = lost.chain(extra).take(20).collect();
    if held == fresh {
        return None;
    }
    Some(format!("held {}, fresh {}\n{}", held_all.len(), fresh_all.len(), lines.join("\n")))
}
