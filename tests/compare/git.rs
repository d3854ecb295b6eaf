//! Revisions are read from the repository; the work tree is not touched.

use std::path::Path;
use std::process::{Command, Output};

const PROGRAM: &str = r#"
ledger { currency EUR }

template letter { en "letter.md"  otherwise en }

assign { otherwise standard }

procedure standard {
    start by assignment
    timing dip

    step remind at day 7 { email customer using letter }
}
"#;

/// A repository with a program in the folder `credit`, and a copy of another program in a branch.
struct Repository(tempfile::TempDir);

impl Repository {
    fn new() -> Self {
        let repository = Self(tempfile::tempdir().expect("a folder"));
        repository.git(&["init", "--quiet", "--initial-branch", "main"]);
        repository.write("readme.md", "No program yet.\n");
        repository.commit("nothing");
        repository.write("credit/standard.proc", PROGRAM);
        repository.write("credit/letter.md", "Dear customer\n");
        repository.write("credit/dunlin.toml", "date = \"2026-03-02\"\n");
        repository.write("credit/ledger/customers.csv", "id,name\nC1,Bakkerij\nC2,Garage\n");
        repository.write(
            "credit/ledger/documents.csv",
            "id,customer,issue_date,due_date,amount\nF1,C1,2026-01-20,2026-02-20,100\nF2,C2,2026-01-10,2026-02-22,50\n",
        );
        // Drafts that are passed by, though they are in the repository.
        repository.write("credit/.gitignore", "drafts/\n");
        repository.write("credit/drafts/draft.proc", "procedure {\n");
        repository.write(".gitignore", "gen/\n");
        repository.write("credit/gen/draft.proc", "procedure {\n");
        repository.commit("the program");
        repository
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder can be made");
        std::fs::write(path, text).expect("a file can be written");
    }

    fn git(&self, arguments: &[&str]) -> String {
        let mut command = Command::new("git");
        command.current_dir(self.path()).args(["-c", "user.name=ann", "-c", "user.email=ann@example.com"]);
        command.args(["-c", "commit.gpgsign=false"]).args(arguments);
        let output = command.output().expect("git is installed");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("text")
    }

    fn commit(&self, message: &str) {
        self.git(&["add", "--all", "--force"]);
        self.git(&["commit", "--quiet", "--message", message]);
    }

    fn diff(&self, arguments: &[&str]) -> (i32, String, String) {
        in_folder(&self.path().join("credit"), arguments)
    }
}

fn in_folder(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dunlin"));
    command.current_dir(folder).arg("diff").args(arguments).env("NO_COLOR", "1").env("COLUMNS", "100");
    let Output { status, stdout, stderr } = command.output().expect("the program runs");
    let text = |bytes| String::from_utf8(bytes).expect("text");
    (status.code().expect("a status"), text(stdout), text(stderr))
}

#[test]
fn revisions_and_the_work_tree() {
    let repository = Repository::new();
    let same = "No change of behaviour for 2 customers on 2026-03-02: the programs say the same\n";
    assert_eq!(repository.diff(&[]), (0, same.to_owned(), String::new()));
    assert_eq!(repository.diff(&["--fail-on-change"]).0, 0);

    repository.write("credit/standard.proc", &PROGRAM.replace("at day 7", "at day 9"));
    let before = repository.git(&["status", "--porcelain"]);
    let (status, said, _) = repository.diff(&[]);
    assert_eq!(status, 0);
    assert!(
        said.starts_with("2 of 2 customers get something else on 2026-03-02: 1 action vanishes, 1 changes"),
        "{said}"
    );
    assert_eq!(repository.diff(&["--fail-on-change"]).0, 1);
    assert_eq!(repository.diff(&["HEAD"]).1, said);
    assert_eq!(repository.git(&["status", "--porcelain"]), before);

    repository.commit("a later reminder");
    assert_eq!(repository.diff(&[]).1, same);
    for range in [["HEAD~1..HEAD"].as_slice(), &["HEAD~1.."], &["HEAD~1", "HEAD"], &["HEAD~1"], &["HEAD~1", "."]] {
        assert_eq!(repository.diff(range).1, said, "{range:?}");
    }

    // Only what a branch has changed, not what happened to main meanwhile.
    repository.git(&["switch", "--quiet", "--create", "polite"]);
    repository.write("credit/letter.md", "Dearest customer\n");
    repository.commit("politeness");
    repository.git(&["switch", "--quiet", "main"]);
    repository.write("credit/standard.proc", PROGRAM);
    repository.commit("as before");
    let (_, since, _) = repository.diff(&["main...polite"]);
    assert!(since.contains("changed: text letter.md") && !since.contains("step standard.remind "), "{since}");
    let (_, both, _) = repository.diff(&["main..polite"]);
    assert!(both.contains("changed: text letter.md") && both.contains("changed: step standard.remind"), "{both}");
    assert_eq!(repository.git(&["status", "--porcelain"]), "");
}

/// A revision is one of the program that one stands in, whatever folder it is compared with.
#[test]
fn a_revision_beside_another_folder() {
    let (repository, other) = (Repository::new(), Repository::new());
    other.write("credit/standard.proc", &PROGRAM.replace("at day 7", "at day 9"));
    other.commit("a later reminder");
    let elsewhere = other.path().join("credit");
    let elsewhere = elsewhere.to_str().expect("a path");

    // The other repository's `HEAD` has the later reminder already: with it nothing would change.
    let (status, said, why) = repository.diff(&["HEAD", elsewhere]);
    assert!(said.contains("changed: step standard.remind"), "{status}\n{said}\n{why}");
    let (_, back, why) = repository.diff(&[elsewhere, "HEAD"]);
    assert!(back.contains("changed: step standard.remind"), "{back}\n{why}");

    // Another folder of the same repository.
    repository.write("other/standard.proc", &PROGRAM.replace("at day 7", "at day 9"));
    repository.write("other/letter.md", "Dear customer\n");
    repository.write("other/dunlin.toml", "date = \"2026-03-02\"\n");
    let other = repository.path().join("other");
    let ledger = ["--ledger", "ledger", "--date", "2026-03-02"];
    assert_eq!(repository.diff(&[&["HEAD", "../other"], ledger.as_slice()].concat()).1, said);
    let at_home = in_folder(&other, &[&["HEAD", "../credit"], ["--date", "2026-03-02"].as_slice()].concat());
    assert!(at_home.2.contains("`HEAD` has no folder `other`"), "{at_home:?}");

    // From above, where there is no program: that of the folder.
    repository.write("credit/standard.proc", &PROGRAM.replace("at day 7", "at day 9"));
    assert_eq!(in_folder(repository.path(), &["HEAD", "credit"]).1, said);
}

/// `main:finance/credit` is git's own notation for a folder of a revision.
#[test]
fn a_folder_of_a_revision() {
    let repository = Repository::new();
    let same = "No change of behaviour for 2 customers on 2026-03-02: the programs say the same\n";
    for version in ["HEAD:credit", "HEAD:credit/", "HEAD:./", "main:./.", "HEAD:../credit"] {
        assert_eq!(repository.diff(&[version]), (0, same.to_owned(), String::new()), "{version}");
    }
    repository.git(&["mv", "credit", "finance"]);
    repository.commit("another folder");
    let folder = repository.path().join("finance");
    let (status, _, why) = in_folder(&folder, &["HEAD~1"]);
    assert_eq!(status, 2);
    assert!(why.contains("`HEAD~1` has no folder `finance`"), "{why}");
    assert!(why.contains("if it had another folder then, write `HEAD~1:credit`"), "{why}");
    assert_eq!(in_folder(&folder, &["HEAD~1:credit"]).1, same);
    assert_eq!(in_folder(&folder, &["HEAD~1:credit..HEAD"]).1, same);
    assert_eq!(in_folder(&folder, &["HEAD~1:credit...HEAD"]).1, same);
    let (_, _, why) = in_folder(&folder, &["HEAD:../.."]);
    assert!(why.contains("leads out of the repository"), "{why}");
}

/// A folder that is called like a branch is taken, and that is said.
#[test]
fn a_folder_called_like_a_branch() {
    let repository = Repository::new();
    let standard = repository.path().join("credit/standard.proc");
    repository.write("credit/main/standard.proc", &PROGRAM.replace("at day 7", "at day 9"));
    repository.write("credit/main/letter.md", "Dear customer\n");
    repository.write("credit/.ignore", "main\n");
    assert!(standard.is_file());
    let (_, said, note) = repository.diff(&["main"]);
    assert!(said.contains("changed: step standard.remind"), "{said}{note}");
    assert_eq!(
        note,
        "note: `main` is taken for the folder; `heads/main` is the revision, `./main` surely the folder\n"
    );
    let (_, folder, note) = repository.diff(&["./main"]);
    assert_eq!((folder, note), (said, String::new()));
    let (_, branch, note) = repository.diff(&["heads/main"]);
    assert!(branch.starts_with("No change of behaviour") && note.is_empty(), "{branch}{note}");
}

/// Line ends are those of whoever checked the files out.
#[test]
fn line_ends_are_no_change() {
    let repository = Repository::new();
    repository.write("credit/letter.md", "Dear customer\r\n");
    repository.write("credit/standard.proc", &PROGRAM.replace('\n', "\r\n"));
    let same = "No change of behaviour for 2 customers on 2026-03-02: the programs say the same\n";
    assert_eq!(repository.diff(&[]), (0, same.to_owned(), String::new()));
}

/// Both versions are run with the newer settings, and that is said.
#[test]
fn other_settings() {
    let repository = Repository::new();
    repository.write("credit/dunlin.toml", "# Only a comment.\ndate   = \"2026-03-02\"\n");
    assert!(!repository.diff(&[]).1.contains("dunlin.toml"));
    repository.write("credit/dunlin.toml", "date = \"2026-03-04\"\n");
    let said = "No change of behaviour for 2 customers on 2026-03-04: the programs say the same\n\
                `dunlin.toml` differs; both versions were run with the newer one.\n";
    assert_eq!(repository.diff(&[]).1, said);
    assert_eq!(repository.diff(&["--format", "markdown"]).1, said.replacen('\n', "\n\n", 1));
    assert!(repository.diff(&["--format", "json"]).1.contains("\"settings_differ\": true"));
    repository.write("credit/standard.proc", &PROGRAM.replace("at day 7", "at day 9"));
    for format in ["table", "markdown"] {
        let (_, said, _) = repository.diff(&["--format", format]);
        assert!(said.contains("`dunlin.toml` differs; both versions were run with the newer one.\n"), "{said}");
    }
}

/// What only the older version needs of the ledger is not to be put right in the program as it is.
#[test]
fn a_column_that_only_the_older_version_needs() {
    let repository = Repository::new();
    let with_since = PROGRAM.replace("currency EUR", "currency EUR  customer { since: date }");
    repository.write("credit/standard.proc", &with_since);
    repository.commit("since when somebody is a customer");
    repository.write("credit/standard.proc", PROGRAM);
    let (status, _, why) = repository.diff(&[]);
    assert_eq!(status, 1);
    assert!(why.contains("the table `customers` lacks the column `since`"), "{why}");
    let words: Vec<&str> = why.split_whitespace().collect();
    let help = "only the older version, `HEAD:credit`, reads the ledger so; give one that both versions can read: \
                `--ledger DIR`";
    assert!(words.join(" ").contains(help) && !why.contains("dunlin.toml"), "{why}");
    repository.write("more/customers.csv", "id,name,since\nC1,Bakkerij,2020-01-01\n");
    repository.write("more/documents.csv", "id,customer,issue_date,due_date,amount\nF1,C1,2026-01-20,2026-02-20,100\n");
    assert_eq!(repository.diff(&["--ledger", "../more"]).0, 0);
    // The other way round it is the program as it is that needs it.
    repository.commit("no longer");
    repository.write("credit/standard.proc", &with_since);
    assert!(repository.diff(&[]).2.contains("write `since = "));
}

#[test]
fn what_cannot_be_read() {
    let repository = Repository::new();
    let error = |arguments: &[&str]| {
        let (status, said, why) = repository.diff(arguments);
        assert_eq!((status, said.as_str()), (2, ""), "{why}");
        why
    };
    assert!(error(&["nope"]).contains("there is no folder and no git revision `nope`"));
    assert!(error(&["nope..HEAD"]).contains("no git revision `nope`"));
    assert!(error(&["HEAD~1"]).contains("`HEAD~1` has no folder `credit`"));
    assert!(error(&["HEAD~7"]).contains("there is no folder and no git revision `HEAD~7`"));
    assert!(error(&["HEAD", "../nope"]).contains("there is no folder `../nope`"));
    assert!(error(&["../nope"]).contains("there is no folder `../nope`"));
    assert!(error(&["standard.proc"]).contains("`standard.proc` is a file; a program is a folder"));
    assert!(error(&["HEAD..HEAD", "credit"]).contains("write `dunlin diff HEAD..HEAD -C credit`"));
    assert!(error(&["HEAD..HEAD", "-C", "nope"]).contains("there is no folder `nope`"));
    repository.write("credit/standard.proc", "procedure standard {\n");
    repository.commit("broken");
    let (status, _, findings) = repository.diff(&["HEAD~1..HEAD"]);
    assert_eq!(status, 1);
    assert!(findings.contains("HEAD:credit/standard.proc:"), "{findings}");

    let elsewhere = tempfile::tempdir().expect("a folder");
    std::fs::write(elsewhere.path().join("standard.proc"), PROGRAM).expect("a file");
    let (status, _, why) = in_folder(elsewhere.path(), &["HEAD"]);
    assert_eq!(status, 2);
    assert!(why.contains("is in no git repository"), "{why}");

    let empty = elsewhere.path().to_str().expect("a path");
    repository.git(&["init", "--quiet", empty]);
    let (_, _, why) = in_folder(elsewhere.path(), &["HEAD"]);
    assert!(why.contains("nothing is committed yet"), "{why}");

    let clone = tempfile::tempdir().expect("a folder");
    let (from, to) = (format!("file://{}", repository.path().display()), clone.path().to_str().expect("a path"));
    repository.git(&["clone", "--quiet", "--depth", "1", &from, to]);
    let (_, _, why) = in_folder(&clone.path().join("credit"), &["HEAD~1"]);
    assert!(why.contains("there is no git revision `HEAD~1` in this shallow clone"), "{why}");
}
