//! The files for continuous integration say what is true: their commands run, their version is ours.

use std::fs;
use std::path::Path;
use std::process::Command;

const FILES: &[&str] = &[
    ".pre-commit-hooks.yaml",
    "examples/ci/.pre-commit-config.yaml",
    "examples/ci/README.md",
    "examples/ci/github/action.yml",
    "examples/ci/github/workflows/procedures.yml",
    "examples/ci/gitlab/.gitlab-ci.yml",
];

fn text(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect("the file is there")
}

/// The arguments of a line that runs `dunlin`, up to where the shell goes on.
fn command(line: &str) -> Option<Vec<&str>> {
    let line =
        ["- ", "run: ", "entry: "].iter().fold(line.trim(), |line, start| line.strip_prefix(start).unwrap_or(line));
    // `dunlin check:` is the name of a job.
    let arguments = line.strip_prefix("dunlin ").filter(|line| !line.ends_with(':'))?.split(" #").next()?;
    Some(arguments.split_whitespace().take_while(|word| !matches!(*word, ">" | "||")).collect())
}

#[test]
fn every_command_of_these_files_runs() {
    let company = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/standard");
    let mut run = Vec::new();
    for path in FILES {
        for line in text(path).lines() {
            let Some(mut arguments) = command(line) else { continue };
            for word in arguments.iter_mut().filter(|word| word.contains("DIRECTORY")) {
                *word = ".";
            }
            let mut dunlin = Command::new(env!("CARGO_BIN_EXE_dunlin"));
            let output = dunlin.current_dir(&company).args(&arguments).output().expect("dunlin starts");
            let said = String::from_utf8_lossy(&output.stderr);
            // Files are in the canonical layout, so that `fmt` without `--check` changes nothing here.
            assert!(output.status.success(), "{path}: dunlin {arguments:?}\n{said}");
            run.push(arguments.join(" "));
        }
    }
    for format in ["sarif", "junit", "github", "gitlab"] {
        assert!(run.iter().any(|command| command.contains(&format!("--format {format}"))), "{format}: {run:#?}");
    }
}

#[test]
fn the_version_is_that_of_the_package() {
    for path in FILES {
        for (at, _) in text(path).match_indices("v0.") {
            let text = text(path);
            let end = text[at..].find(|sign: char| !sign.is_ascii_alphanumeric() && sign != '.').expect("an end");
            assert_eq!(text[at..at + end].trim_end_matches('.'), concat!("v", env!("CARGO_PKG_VERSION")), "{path}");
        }
    }
}

#[test]
fn the_hooks_of_the_configuration_are_declared() {
    let ids = |path: &str| -> Vec<String> {
        let text = text(path);
        let ids = text.lines().filter_map(|line| line.trim().strip_prefix("- id: "));
        let mut ids: Vec<String> = ids.map(str::to_owned).collect();
        ids.sort();
        ids
    };
    assert_eq!(ids(".pre-commit-hooks.yaml"), ids("examples/ci/.pre-commit-config.yaml"));
}
