//! The files for continuous integration say what is true: their commands run, their version is ours,
//! and a comment is written once.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::examples::copy_folder;

const HOOKS: &str = ".pre-commit-hooks.yaml";
const PRE_COMMIT: &str = "examples/ci/.pre-commit-config.yaml";
const ACTION: &str = "examples/ci/github/action.yml";
const WORKFLOW: &str = "examples/ci/github/workflows/procedures.yml";
const GITLAB: &str = "examples/ci/gitlab/.gitlab-ci.yml";
const FILES: &[&str] = &[HOOKS, PRE_COMMIT, "examples/ci/README.md", ACTION, WORKFLOW, GITLAB];

/// The address to be replaced by that of where Dunlin lies.
const PLACEHOLDER: &str = "https://git.example.com/dunlin.git";

fn text(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect("the file is there")
}

/// What a line runs of `dunlin`, up to where the shell goes on. What is repaired there may not fail here.
fn command(line: &str) -> Option<&str> {
    let starts = ["- ", "run: ", "entry: ", "if "];
    let line = starts.iter().fold(line.trim(), |line, start| line.strip_prefix(start).unwrap_or(line));
    // `dunlin check:` is the name of a job.
    let is_command = line.starts_with("dunlin ") && !line.ends_with(':');
    let end = |line: &str| [" #", " || ", "; then"].iter().filter_map(|sign| line.find(sign)).min();
    is_command.then(|| line.get(..end(line).unwrap_or(line.len())).unwrap_or(line))
}

/// A repository with a company in its second version.
fn repository() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let git = |arguments: &[&str]| {
        let mut git = Command::new("git");
        git.current_dir(folder.path()).args(["-c", "user.name=ann", "-c", "user.email=ann@example.com"]);
        let output = git.args(["-c", "commit.gpgsign=false"]).args(arguments).output().expect("git is installed");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    };
    copy_folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/standard"), folder.path());
    git(&["init", "--quiet", "--initial-branch", "main"]);
    for version in ["before", "after"] {
        fs::write(folder.path().join("version.txt"), version).expect("a file");
        git(&["add", "--all"]);
        git(&["commit", "--quiet", "--message", version]);
    }
    folder
}

/// Runs a script as the servers do, with `dunlin` and what lies in `tools` on the `PATH`.
fn shell(folder: &Path, tools: &Path, script: &str, variables: &[(&str, &str)]) -> Output {
    let binary = Path::new(env!("CARGO_BIN_EXE_dunlin")).parent().expect("its folder");
    let known = std::env::var_os("PATH").unwrap_or_default();
    let path = [tools.to_owned(), binary.to_owned()].into_iter().chain(std::env::split_paths(&known));
    let path = std::env::join_paths(path).expect("a path");
    let mut bash = Command::new("bash");
    bash.current_dir(folder).args(["--noprofile", "--norc", "-eo", "pipefail", "-c", script]);
    bash.env("PATH", path).env("CI", "true").envs(variables.iter().copied()).output().expect("bash is installed")
}

#[test]
fn every_command_of_these_files_runs() {
    let repository = repository();
    let variables = [
        ("DIRECTORY", "."),
        ("FILE", "written"),
        ("OPTIONS", "--from 2026-03-01 --to 2026-03-03"),
        ("DUNLIN_DIRECTORY", "."),
        ("DUNLIN_DIFF_OPTIONS", ""),
        ("CI_MERGE_REQUEST_DIFF_BASE_SHA", "HEAD^1"),
    ];
    for path in FILES {
        let text = text(path);
        let commands: Vec<&str> = text.lines().filter_map(command).collect();
        for command in &commands {
            let output = shell(repository.path(), repository.path(), &format!("set -u; {command}"), &variables);
            assert!(output.status.success(), "{path}: {command}\n{}", String::from_utf8_lossy(&output.stderr));
        }
        let run = |wanted: &str| commands.iter().any(|command| command.contains(wanted));
        let wanted: &[&str] = match *path {
            HOOKS => &["dunlin check", "dunlin fmt", "dunlin test"],
            ACTION => &["check", "--format sarif", "--format junit", "--format github", "fmt", "test", "diff HEAD^1"],
            GITLAB => &["--format gitlab", "--format junit", "fmt", "test", "--format markdown"],
            "examples/ci/README.md" => &["dunlin check", "dunlin fmt", "dunlin test", "dunlin diff"],
            _ => &[],
        };
        wanted.iter().for_each(|wanted| assert!(run(wanted), "{path} does not run `{wanted}`: {commands:#?}"));
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
fn the_address_is_written_once_for_each_server() {
    for path in FILES {
        let times = usize::from([PRE_COMMIT, WORKFLOW, GITLAB, "examples/ci/README.md"].contains(path));
        assert_eq!(text(path).matches(PLACEHOLDER).count(), times, "{path}");
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
    assert_eq!(ids(HOOKS), ids(PRE_COMMIT));
}

/// A file that is removed and a template with any ending count: what reads the whole program always runs.
#[test]
fn hooks_that_read_the_whole_program_always_run() {
    let text = text(HOOKS);
    for hook in text.split("- id: ").skip(1) {
        let says = |line: &str| hook.lines().any(|other| other.trim() == line);
        let is_of_files = hook.starts_with("dunlin-fmt");
        assert_eq!(says("always_run: true") && says("pass_filenames: false"), !is_of_files, "{hook}");
        assert_eq!(hook.contains("files: \\.proc$"), is_of_files, "{hook}");
    }
}

/// The block of several lines that follows `after`.
fn block(path: &str, after: &str) -> String {
    let text = text(path);
    let rest = &text[text.find(after).expect(after)..];
    let mut lines = rest.lines().skip_while(|line| !line.ends_with('|')).skip(1).peekable();
    let indent = lines.peek().map_or(0, |line| line.len() - line.trim_start().len());
    let inside = lines.take_while(|line| line.trim().is_empty() || line.len() - line.trim_start().len() >= indent);
    inside.map(|line| format!("{}\n", line.get(indent..).unwrap_or(""))).collect()
}

/// Programs that stand for those that talk to a server: they tell `told` and keep what they are asked for.
fn tools(folder: &Path, names: &[(&str, &str)]) -> PathBuf {
    use std::os::unix::fs::PermissionsExt;
    let tools = folder.join("tools");
    fs::create_dir_all(&tools).expect("a folder");
    for (name, answer) in names {
        let tool = tools.join(name);
        let script =
            format!("#!/bin/sh\nprintf '%s ' \"$@\" >> \"$TOOLS/asked\"; echo >> \"$TOOLS/asked\"\n{answer}\n");
        fs::write(&tool, script).expect("a tool");
        fs::set_permissions(&tool, fs::Permissions::from_mode(0o755)).expect("a tool that runs");
    }
    let _ = fs::remove_file(tools.join("asked"));
    tools
}

/// On GitHub and GitLab: a comment is written where something changes, replaced where there is one, and
/// left out where nothing changes.
#[test]
fn a_comment_is_written_once() {
    let repository = repository();
    let folder = repository.path();
    let github = block(ACTION, "name: Comment on the pull request");
    let gitlab = block(GITLAB, "# The note of an earlier pipeline");
    assert!(github.contains("gh api") && gitlab.contains("$CI_API_V4_URL"), "{github}\n{gitlab}");
    let change = "**1 of 5 customers gets something else**\n";
    let none = "No change of behaviour for 5 customers on 2026-03-02: the programs say the same\n";
    for (said, known, github_asks, gitlab_asks) in [
        (change, "", Some("repos/me/it/issues/7/comments -F"), Some("/merge_requests/7/notes --data-urlencode")),
        (change, "12", Some("--method PATCH repos/me/it/issues/comments/12"), Some("--request PUT")),
        (none, "12", Some("--method PATCH repos/me/it/issues/comments/12"), Some("--request PUT")),
        (none, "", None, None),
    ] {
        fs::write(folder.join("dunlin-diff.md"), said).expect("a file");
        let tools_of = |id: &str| {
            let gh = format!("case \"$*\" in *--paginate*) echo {id};; esac");
            tools(folder, &[("gh", &gh), ("curl", "cat"), ("jq", &format!("cat > /dev/null; echo {id}"))])
        };
        for (script, wanted, body) in
            [(&github, github_asks, "dunlin-diff.md.marked"), (&gitlab, gitlab_asks, "note.md")]
        {
            let tools = tools_of(known);
            let variables = [
                ("TOOLS", tools.to_str().expect("a path")),
                ("DIRECTORY", "credit"),
                ("FILE", "dunlin-diff.md"),
                ("PULL_REQUEST", "7"),
                ("GITHUB_REPOSITORY", "me/it"),
                ("DUNLIN_TOKEN", "secret"),
                ("DUNLIN_DIRECTORY", "credit"),
                ("CI_API_V4_URL", "https://gitlab.example.com/api/v4"),
                ("CI_MERGE_REQUEST_PROJECT_ID", "3"),
                ("CI_MERGE_REQUEST_IID", "7"),
            ];
            let output = shell(folder, &tools, &format!("set -u\n{script}"), &variables);
            assert!(output.status.success(), "{script}\n{}", String::from_utf8_lossy(&output.stderr));
            let asked = fs::read_to_string(tools.join("asked")).expect("something is asked");
            let written = asked.lines().filter(|line| line.contains(body)).collect::<Vec<_>>();
            assert_eq!(written.len(), usize::from(wanted.is_some()), "{said}{known}\n{asked}");
            assert!(wanted.is_none_or(|wanted| written.concat().contains(wanted)), "{wanted:?}\n{asked}");
            let text = fs::read_to_string(folder.join(body)).unwrap_or_default();
            assert!(text.starts_with("<!-- dunlin diff of credit -->\n") && text.ends_with(said), "{text}");
        }
    }
}

/// The step of the action that compares: what it says is in the summary of the job, and a version that
/// cannot be compared is no failure.
#[test]
fn the_comparison_is_in_the_summary() {
    let repository = repository();
    let script = block(ACTION, "name: What changes for customers");
    let run = |directory: &str| {
        let output = shell(
            repository.path(),
            repository.path(),
            &format!("set -u\n{script}"),
            &[
                ("DIRECTORY", directory),
                ("OPTIONS", ""),
                ("FILE", "diff.md"),
                ("GITHUB_STEP_SUMMARY", "summary"),
                ("GITHUB_OUTPUT", "output"),
            ],
        );
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("text")
    };
    assert_eq!(run("."), "");
    let read = |name: &str| fs::read_to_string(repository.path().join(name)).expect(name);
    let summary = read("summary");
    assert!(summary.starts_with("## What changes for customers\n\nNo change of behaviour for "), "{summary}");
    assert_eq!((read("diff.md.titled"), read("output").as_str()), (summary, "file=diff.md.titled\n"));
    assert!(run("templates").starts_with("::notice title=Not compared"));
}

/// At a desk a new text waits beside the accepted one; on a server, which says so in `CI`, nobody would look.
#[test]
fn no_text_is_left_on_a_server() {
    let folder = tempfile::tempdir().expect("a folder");
    copy_folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli/test_snapshots.in"), folder.path());
    let waiting = folder.path().join("tests/march/snapshots/2026-03-02.snap.new");
    for (ci, is_left) in [("true", false), ("1", false), ("", true), ("false", true)] {
        let mut dunlin = Command::new(env!("CARGO_BIN_EXE_dunlin"));
        let output = dunlin.current_dir(folder.path()).args(["test", "--only", "march"]).env("CI", ci).output();
        assert_eq!(output.expect("dunlin starts").status.code(), Some(1), "the text differs");
        assert_eq!(waiting.exists(), is_left, "CI={ci}");
    }
}
