//! What `dunlin fmt` does to files on a disk.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

const MESSY: &str = "define   a = b\n";
const NEAT: &str = "define a = b\n";

fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (path, bytes) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("a folder can be made");
        fs::write(path, bytes).expect("a file can be written");
    }
    folder
}

fn fmt(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dunlin"));
    command.current_dir(folder).env("NO_COLOR", "1").arg("fmt").args(arguments).output().expect("dunlin starts")
}

fn text(folder: &Path, path: &str) -> String {
    fs::read_to_string(folder.join(path)).expect("the file can be read")
}

fn listed(output: &Output) -> Vec<String> {
    String::from_utf8_lossy(&output.stdout).lines().map(str::to_owned).collect()
}

#[test]
fn folders_honour_gitignore_and_files_that_are_named_do_not() {
    let folder = folder(&[
        ("a.proc", MESSY.as_bytes()),
        ("deep/er/b.proc", MESSY.as_bytes()),
        ("drafts/c.proc", MESSY.as_bytes()),
        ("deep/old.proc", MESSY.as_bytes()),
        (".gitignore", b"drafts/\n"),
        ("deep/.gitignore", b"old.proc\n"),
        (".hidden/d.proc", MESSY.as_bytes()),
        ("target/e.proc", MESSY.as_bytes()),
    ]);
    let checked = fmt(folder.path(), &["--check"]);
    assert_eq!(listed(&checked), ["a.proc", "deep/er/b.proc"]);
    assert_eq!(checked.status.code(), Some(1));
    assert!(fmt(folder.path(), &[]).status.success());
    assert_eq!(text(folder.path(), "deep/er/b.proc"), NEAT);
    assert_eq!(text(folder.path(), "drafts/c.proc"), MESSY);
    assert!(fmt(folder.path(), &["drafts/c.proc"]).status.success());
    assert_eq!(text(folder.path(), "drafts/c.proc"), NEAT);
}

/// A `.gitignore` above the folder counts up to the root of the repository, and nothing above outside of one.
#[test]
fn the_gitignore_of_the_repository_counts_below_it() {
    let folder = folder(&[
        (".gitignore", b"*.proc\n"),
        ("repository/.gitignore", b"gen/\n"),
        ("repository/finance/.gitignore", b"/credit/old.proc\n"),
        ("repository/finance/credit/a.proc", MESSY.as_bytes()),
        ("repository/finance/credit/old.proc", MESSY.as_bytes()),
        ("repository/finance/credit/gen/b.proc", MESSY.as_bytes()),
    ]);
    let credit = folder.path().join("repository/finance/credit");
    assert_eq!(listed(&fmt(&credit, &["--check"])), ["a.proc", "gen/b.proc", "old.proc"]);
    fs::create_dir(folder.path().join("repository/.git")).expect("a folder");
    assert_eq!(listed(&fmt(&credit, &["--check"])), ["a.proc"]);
}

#[test]
fn line_ends_and_the_byte_order_mark_are_part_of_the_layout() {
    let folder = folder(&[
        ("bom.proc", "\u{feff}define a = b\n".as_bytes()),
        ("crlf.proc", b"define a = b\r\n"),
        ("neat.proc", NEAT.as_bytes()),
        ("no_end.proc", b"define a = b"),
    ]);
    assert_eq!(listed(&fmt(folder.path(), &["--check"])), ["bom.proc", "crlf.proc", "no_end.proc"]);
    assert!(fmt(folder.path(), &[]).status.success());
    for path in ["bom.proc", "crlf.proc", "neat.proc", "no_end.proc"] {
        assert_eq!(text(folder.path(), path), NEAT, "{path}");
    }
}

#[test]
fn what_cannot_be_read_is_left_alone_and_the_rest_is_written() {
    let latin = b"# gr\xfc\xdfe\ndefine   a = b\n";
    let broken = "define   a = \n";
    let folder = folder(&[
        ("a.proc", MESSY.as_bytes()),
        ("b.proc", broken.as_bytes()),
        ("c.proc", latin),
        ("d.proc", MESSY.as_bytes()),
    ]);
    let output = fmt(folder.path(), &[]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("E0116") && said.contains("b.proc:1") && said.contains("E0644"), "{said}");
    assert_eq!(text(folder.path(), "a.proc"), NEAT);
    assert_eq!(text(folder.path(), "b.proc"), broken);
    assert_eq!(fs::read(folder.path().join("c.proc")).expect("a file"), latin);
    assert_eq!(text(folder.path(), "d.proc"), NEAT);
}

#[cfg(unix)]
#[test]
fn files_are_replaced_with_their_permissions_and_links_stay_links() {
    use std::os::unix::fs::{PermissionsExt, symlink};

    let folder = folder(&[
        ("kept/real.proc", MESSY.as_bytes()),
        ("private.proc", MESSY.as_bytes()),
        ("locked.proc", MESSY.as_bytes()),
    ]);
    let mode = |path: &str| fs::metadata(folder.path().join(path)).expect("a file").permissions().mode() & 0o777;
    let set = |path: &str, mode: u32| {
        fs::set_permissions(folder.path().join(path), fs::Permissions::from_mode(mode))
            .expect("permissions can be set");
    };
    set("private.proc", 0o640);
    set("locked.proc", 0o444);
    symlink("kept/real.proc", folder.path().join("link.proc")).expect("a link can be made");
    let output = fmt(folder.path(), &["link.proc", "locked.proc", "private.proc"]);
    assert_eq!(output.status.code(), Some(2), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(fs::symlink_metadata(folder.path().join("link.proc")).expect("a link").is_symlink());
    assert_eq!(text(folder.path(), "kept/real.proc"), NEAT);
    assert_eq!((text(folder.path(), "private.proc").as_str(), mode("private.proc")), (NEAT, 0o640));
    assert_eq!((text(folder.path(), "locked.proc").as_str(), mode("locked.proc")), (MESSY, 0o444));
    let left: Vec<_> =
        fs::read_dir(folder.path()).expect("a folder").flatten().map(|entry| entry.file_name()).collect();
    assert_eq!(left.len(), 4, "{left:?}");
}

#[test]
fn a_new_company_is_in_the_canonical_layout() {
    let folder = folder(&[]);
    let made = Command::new(env!("CARGO_BIN_EXE_dunlin")).current_dir(folder.path()).args(["new", "company"]).output();
    assert!(made.expect("dunlin starts").status.success());
    let output = fmt(folder.path(), &["company", "--check", "--diff"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}
