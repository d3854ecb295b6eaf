//! A disk that is full and a folder that is read-only: a clear error, and nothing half written.

use std::path::Path;
use std::process::{Command, Output};

use super::{Stage, crash, sample, text};

/// Runs a script with a file system of its own at `$DISK`, in a name space that only it sees; none
/// where the machine does not allow that.
fn on_a_small_disk(stage: &Stage, script: &str) -> Option<Output> {
    let disk = stage.folder.path().join("disk");
    std::fs::create_dir_all(&disk).expect("a folder can be made");
    let script = format!("mount -t tmpfs -o size=256k dunlin \"$DISK\" || exit 99\n{script}");
    let run = |options: &str| {
        let mut command = Command::new("unshare");
        command.args([options, "sh", "-c", &script]).current_dir(stage.folder.path());
        command.env("DISK", &disk).env("DUNLIN", env!("CARGO_BIN_EXE_dunlin")).env("NO_COLOR", "1");
        command.output().ok().filter(|output| output.status.code() != Some(99) && !is_refused(output))
    };
    // Root may do so at once, others as the root of a name space of their own.
    run("-m").or_else(|| run("-rm"))
}

fn is_refused(output: &Output) -> bool {
    text(&output.stderr).starts_with("unshare:")
}

/// Commits two days and reports outcomes of the first, first in a journal that nothing hinders, then in
/// one that cannot be written in between: what the shell function `hinder` does and `free` undoes.
const STORY: &str = r#"
    export SOURCE_DATE_EPOCH=1772400000
    commit() {
        "$DUNLIN" run --commit --format csv --date "$1" --journal "$2" > "$3.csv" 2> "$3.txt"; echo $? >> "$3.txt"
    }
    report() {
        "$DUNLIN" done $(tail -n +2 first.csv | head -n 3 | cut -d , -f 1) --by Ann --date 2026-03-01 --journal "$1" > "$2.txt" 2>&1
        echo $? >> "$2.txt"
    }
    export_to() { "$DUNLIN" journal export --journal "$1" > "$2.csv"; }
    commit 2026-03-01 whole.db first; report whole.db done; commit 2026-03-02 whole.db second; export_to whole.db whole
    commit 2026-03-01 "$DISK/journal.db" first
    export_to "$DISK/journal.db" before
    hinder
    report "$DISK/journal.db" hindered_done
    commit 2026-03-02 "$DISK/journal.db" hindered_second
    commit 2026-03-01 "$DISK/new/journal.db" hindered_first
    free
    export_to "$DISK/journal.db" after
    report "$DISK/journal.db" done
    commit 2026-03-02 "$DISK/journal.db" second
    commit 2026-03-02 "$DISK/journal.db" again
    export_to "$DISK/journal.db" rest
    commit 2026-03-01 "$DISK/new/journal.db" first
    export_to "$DISK/new/journal.db" new
"#;

/// What a company says and has in its journal when nothing could be written for a while; `error` is a
/// part of each message of that time.
fn nothing_is_half_written(stage: &Stage, error: &str) {
    let lines = |name: &str| said(stage, name).lines().count();
    // The second day starts as many disputes as the first and completes the three that were reported.
    assert_eq!(lines("whole.csv"), 1 + 13 + 3 + 16, "{}", said(stage, "done.txt"));
    for name in ["hindered_done.txt", "hindered_second.txt", "hindered_first.txt"] {
        let told = said(stage, name);
        assert!(told.contains("error: ") && told.contains(error) && told.ends_with("\n2\n"), "{name}: {told}");
        assert!(!told.contains("committed"), "{name}: {told}");
    }
    assert_eq!(lines("before.csv"), 1 + 13);
    assert_eq!(said(stage, "after.csv"), said(stage, "before.csv"));
    for name in ["first.txt", "done.txt", "second.txt", "again.txt"] {
        assert!(said(stage, name).ends_with("\n0\n") || said(stage, name) == "0\n", "{name}: {}", said(stage, name));
    }
    assert_eq!(said(stage, "rest.csv"), said(stage, "whole.csv"), "the same commands again write what lacks");
    assert_eq!(said(stage, "new.csv"), said(stage, "before.csv"));
}

#[test]
fn commits_and_outcomes_on_a_full_disk() {
    let stage = Stage::file();
    crash::company(stage.folder.path());
    let script = format!(
        "hinder() {{ dd if=/dev/zero of=\"$DISK/fill\" bs=1k 2> dd.txt; }}\nfree() {{ rm \"$DISK/fill\"; }}\n{STORY}"
    );
    if on_a_small_disk(&stage, &script).is_none() {
        return super::tell_skipped("commits on a full disk, for this machine lets nobody mount one");
    }
    nothing_is_half_written(&stage, "the disk is full");
}

#[test]
fn commits_and_outcomes_in_a_read_only_folder() {
    let stage = Stage::file();
    crash::company(stage.folder.path());
    let remount = |how: &str| format!("mount -o remount,{how} \"$DISK\" || exit 99");
    let script = format!("hinder() {{ {}; }}\nfree() {{ {}; }}\n{STORY}", remount("ro"), remount("rw"));
    if on_a_small_disk(&stage, &script).is_none() {
        return super::tell_skipped("commits in a read-only folder, for this machine lets nobody mount one");
    }
    nothing_is_half_written(&stage, "cannot be written: its folder or file is read-only");
}

#[test]
fn commits_and_outcomes_where_no_file_may_grow() {
    let stage = Stage::file();
    crash::company(stage.folder.path());
    let disk = stage.folder.path().join("disk");
    std::fs::create_dir(&disk).expect("a folder can be made");
    // Blocks of 512 bytes, room for a message; without the trap the system ends the process.
    let limit = "trap '' XFSZ\nhinder() { ulimit -S -f 4; }\nfree() { ulimit -S -f unlimited; }\n";
    let mut command = Command::new("sh");
    command.args(["-c", &format!("{limit}{STORY}")]).current_dir(stage.folder.path());
    command.env("DISK", &disk).env("DUNLIN", env!("CARGO_BIN_EXE_dunlin")).env("NO_COLOR", "1");
    assert!(command.output().expect("a shell starts").status.success());
    nothing_is_half_written(&stage, "the disk cannot be read or written there");
}

/// What the script wrote to a file beside the disk.
fn said(stage: &Stage, name: &str) -> String {
    std::fs::read_to_string(stage.folder.path().join(name)).unwrap_or_default()
}

#[test]
fn a_full_disk() {
    let stage = Stage::file();
    let (few, many) = (sample("few", 20), sample("many", 20_000));
    stage.export("few.csv", &few);
    stage.export("many.csv", &many);
    let script = r#"
        "$DUNLIN" journal import few.csv --journal "$DISK/journal.db" > first.txt 2>&1; echo $? >> first.txt
        "$DUNLIN" journal import many.csv --journal "$DISK/journal.db" > second.txt 2>&1; echo $? >> second.txt
        "$DUNLIN" journal export --journal "$DISK/journal.db" > after.csv
        dd if=/dev/zero of="$DISK/fill" bs=1k 2> dd.txt
        "$DUNLIN" journal import few.csv --journal "$DISK/new/journal.db" > third.txt 2>&1; echo $? >> third.txt
        "$DUNLIN" journal export --journal "$DISK/journal.db" > full.csv
        rm "$DISK/fill"
        "$DUNLIN" journal import few.csv --journal "$DISK/new/journal.db" > fourth.txt 2>&1; echo $? >> fourth.txt
    "#;
    if on_a_small_disk(&stage, script).is_none() {
        super::tell_skipped("a full disk as a file system of its own; a limit on the size of files stands for it");
        return a_file_that_may_not_grow();
    }
    assert_eq!(said(&stage, "first.txt"), "20 entries added, 0 already there\n0\n");
    let second = said(&stage, "second.txt");
    assert!(second.starts_with("error: the disk is full; nothing was written to the journal"), "{second}");
    assert!(second.ends_with("help: make room and run the same command again\n2\n"), "{second}");
    assert_eq!(said(&stage, "after.csv"), text(&super::csv(&few)));
    let third = said(&stage, "third.txt");
    assert!(third.starts_with("error: the disk is full") && third.ends_with("\n2\n"), "{third}");
    assert_eq!(said(&stage, "full.csv"), text(&super::csv(&few)));
    assert_eq!(said(&stage, "fourth.txt"), "20 entries added, 0 already there\n0\n");
}

#[test]
fn a_file_that_may_not_grow() {
    let stage = Stage::file();
    let (few, many) = (sample("few", 20), sample("many", 20_000));
    let (few_file, many_file) = (stage.export("few.csv", &few), stage.export("many.csv", &many));
    assert!(stage.dunlin(&["import", &few_file]).status.success());
    let mut command = Command::new("sh");
    // Blocks of 512 bytes; without the trap the system ends the process.
    command.args(["-c", "trap '' XFSZ; ulimit -f 128; exec \"$@\"", "sh", env!("CARGO_BIN_EXE_dunlin")]);
    command.args(["journal", "import", &many_file, "--journal", &stage.place]).env("NO_COLOR", "1");
    let output = command.output().expect("a shell starts");
    let error = text(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{error}");
    assert!(
        error.starts_with("error: the journal `") && error.contains("the disk cannot be read or written there"),
        "{error}"
    );
    assert_eq!(stage.entries(), few);
}

#[test]
fn a_read_only_folder() {
    let stage = Stage::file();
    stage.export("few.csv", &sample("few", 20));
    stage.export("more.csv", &sample("more", 20));
    let script = r#"
        "$DUNLIN" journal import few.csv --journal "$DISK/journal.db" > first.txt 2>&1
        mount -o remount,ro "$DISK" || exit 99
        "$DUNLIN" journal import more.csv --journal "$DISK/journal.db" > second.txt 2>&1; echo $? >> second.txt
        "$DUNLIN" journal import more.csv --journal "$DISK/new/journal.db" > third.txt 2>&1; echo $? >> third.txt
        "$DUNLIN" journal export --journal "$DISK/journal.db" > after.csv; echo $? >> first.txt
        "$DUNLIN" journal --journal "$DISK/new/journal.db" 2> none.txt; echo $? >> none.txt
    "#;
    if on_a_small_disk(&stage, script).is_none() {
        super::tell_skipped("a folder that is read-only, for this machine lets nobody mount one");
        return;
    }
    assert_eq!(said(&stage, "first.txt"), "20 entries added, 0 already there\n0\n");
    for name in ["second.txt", "third.txt"] {
        let error = said(&stage, name);
        assert!(
            error.contains("cannot be written: its folder or file is read-only\n") && error.ends_with("\n2\n"),
            "{error}"
        );
    }
    assert_eq!(said(&stage, "after.csv"), text(&super::csv(&sample("few", 20))));
    let none = said(&stage, "none.txt");
    assert!(none.starts_with("note: there is no journal yet") && none.ends_with("\n0\n"), "{none}");
}

#[test]
fn a_file_where_the_folder_should_be() {
    let stage = Stage::file();
    let file = stage.export("few.csv", &sample("few", 20));
    std::fs::write(Path::new(&stage.place).parent().expect("a folder"), "mine").expect("a file can be written");
    for arguments in [&["import", &file][..], &["list"]] {
        let output = stage.dunlin(arguments);
        let error = text(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{error}");
        assert!(error.contains("cannot be opened: there is a file where its folder should be\n"), "{error}");
    }
}
