//! A fixture as it is written.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

/// A program, what is marked in it, and the answer that is expected.
#[derive(Debug, Default)]
pub(crate) struct Fixture {
    /// The Markdown before the answer.
    head: String,
    files: Vec<File>,
    /// The files that the last commit had otherwise: blocks named `HEAD:` and the path.
    committed: Vec<File>,
    /// The editor's settings.
    pub(crate) settings: Value,
    /// What else the request says.
    pub(crate) parameters: Value,
    /// The answer.
    pub(crate) answer: Option<String>,
}

/// A file of the program.
#[derive(Debug)]
pub(crate) struct File {
    /// Its path.
    pub(crate) path: String,
    /// Its text without marks.
    pub(crate) text: String,
    /// The bytes that are marked with `$0`.
    pub(crate) cursors: Vec<usize>,
    /// The bytes between `<|` and `|>`.
    pub(crate) stretch: Option<(usize, usize)>,
}

impl Fixture {
    /// Reads the Markdown.
    pub(crate) fn read(text: &str) -> Self {
        let mut fixture = Self::default();
        let mut lines = text.split_inclusive('\n');
        while let Some(line) = lines.next() {
            let Some(name) = line.trim_end().strip_prefix("```") else {
                fixture.head.push_str(line);
                continue;
            };
            let fence = format!("```{}", "`".repeat(name.len() - name.trim_start_matches('`').len()));
            let body: String = lines.by_ref().take_while(|line| line.trim_end() != fence).collect();
            let name = name.trim_start_matches('`');
            if name != "answer" {
                fixture.head.push_str(&format!("{line}{body}{fence}\n"));
            }
            let json = || serde_json::from_str(&body).expect("JSON");
            match name {
                "answer" => fixture.answer = Some(body),
                "settings" => fixture.settings = json(),
                "parameters" => fixture.parameters = json(),
                path => match path.strip_prefix("HEAD:") {
                    Some(path) => fixture.committed.push(File::read(path, &body)),
                    None => fixture.files.push(File::read(path, &body)),
                },
            }
        }
        assert!(!fixture.files.is_empty(), "a fixture without files");
        fixture
    }

    /// The Markdown with this answer.
    pub(crate) fn with_answer(&self, answer: &str) -> String {
        let fence = if answer.contains("```") { "````" } else { "```" };
        format!("{}\n\n{fence}answer\n{answer}{fence}\n", self.head.trim_end())
    }

    /// The file that is open: the first with a mark, else the first.
    pub(crate) fn main(&self) -> &File {
        let marked = self.files.iter().find(|file| !file.cursors.is_empty() || file.stretch.is_some());
        marked.unwrap_or(&self.files[0])
    }

    /// The files of the program.
    pub(crate) fn files(&self) -> &[File] {
        &self.files
    }

    /// Writes the files, and what marks their folder as a program's.
    pub(crate) fn write(&self, root: &Path) {
        fs::write(root.join("dunlin.toml"), "").expect("a file");
        self.files.iter().for_each(|file| file.write(root));
        if !self.committed.is_empty() {
            self.committed.iter().for_each(|file| file.write(root));
            commit(root);
            self.files.iter().for_each(|file| file.write(root));
        }
    }
}

/// Makes a repository of a folder, and a commit of what is in it.
pub(crate) fn commit(root: &Path) {
    let who = ["-c", "user.name=Test", "-c", "user.email=test@example.com"];
    for arguments in [&["init", "--quiet"][..], &["add", "--all"], &["commit", "--quiet", "--message", "a commit"]] {
        let done = Command::new("git").current_dir(root).args(who).args(arguments).status().expect("git");
        assert!(done.success(), "git {arguments:?}");
    }
}

impl File {
    fn write(&self, root: &Path) {
        let path = root.join(&self.path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, &self.text).expect("a file");
    }

    fn read(path: &str, marked: &str) -> Self {
        let mut file = Self { path: path.to_owned(), text: String::new(), cursors: Vec::new(), stretch: None };
        let mut start = None;
        let mut rest = marked;
        while !rest.is_empty() {
            let at = file.text.len();
            if let Some(after) = rest.strip_prefix("$0") {
                file.cursors.push(at);
                rest = after;
            } else if let Some(after) = rest.strip_prefix("<|") {
                start = Some(at);
                rest = after;
            } else if let Some(after) = rest.strip_prefix("|>") {
                file.stretch = Some((start.expect("a start of the stretch"), at));
                rest = after;
            } else {
                let mut letters = rest.chars();
                file.text.extend(letters.next());
                rest = letters.as_str();
            }
        }
        file
    }

    /// The protocol's position of a byte.
    pub(crate) fn position(&self, offset: usize) -> Value {
        let before = &self.text[..offset];
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        json!({ "line": before.matches('\n').count(), "character": before[start..].encode_utf16().count() })
    }

    /// The byte at a position of the protocol.
    pub(crate) fn offset(&self, position: &Value) -> usize {
        let line = usize::try_from(position["line"].as_u64().expect("a line")).expect("a line");
        let column = usize::try_from(position["character"].as_u64().expect("a column")).expect("a column");
        let start: usize = self.text.split_inclusive('\n').take(line).map(str::len).sum();
        let mut units = 0;
        let letters = self.text[start..].chars().take_while(|letter| {
            let fits = units < column;
            units += letter.len_utf16();
            fits
        });
        start + letters.map(char::len_utf8).sum::<usize>()
    }
}

/// The URI of a file of the program.
pub(crate) fn uri(root: &Path, path: &str) -> String {
    crate::client::uri(&root.join(path))
}
