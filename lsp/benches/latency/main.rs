//! How long it takes from a keystroke to its findings: from `didChange`, written, to `publishDiagnostics`, read;
//! in 200 files of 500 lines, as an editor types, and beside it the same of Taplo, the server for TOML.
//!
//! `cargo bench -p dunlin-lsp --bench latency [KEYSTROKES]`. Taplo is found in `TAPLO`, on the `PATH`, or where
//! `cargo install taplo-cli --no-default-features --features lsp,rustls-tls --root ~/.cache/dunlin/taplo` puts it.

#![expect(clippy::expect_used, clippy::indexing_slicing, reason = "a bench fails by a panic")]

#[path = "../../tests/client.rs"]
#[expect(dead_code, clippy::panic, reason = "the tests use the rest")]
mod client;
#[path = "../../tests/company.rs"]
mod company;
mod typing;

use std::env;
use std::fmt::Write as _;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;

use client::{Session, modern};
use typing::{Keystroke, Scene, Text};

const FILES: usize = 200;
const LINES: usize = 500;
/// How many texts are open.
const OPEN: usize = 20;
/// Between a keystroke's findings and the next keystroke.
const PAUSE: Duration = Duration::from_millis(8);

fn main() {
    let keystrokes = env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(1000);
    let mut servers = vec![Bench::dunlin()];
    match taplo() {
        Some(taplo) => servers.push(Bench::taplo(&taplo)),
        None => say(
            "no Taplo: `cargo install taplo-cli --no-default-features --features lsp,rustls-tls --root ~/.cache/dunlin/taplo`\n",
        ),
    }
    let mut table =
        format!("{:<34}{:<8}{:>7}{:>9}{:>9}{:>9}{:>9}\n", "milliseconds", "", "keys", "p50", "p90", "p99", "max");
    let mut all = vec![Vec::new(); servers.len()];
    for scene in Scene::ALL {
        // One after the other, so that whatever else the machine does concerns both.
        for (server, all) in servers.iter_mut().zip(&mut all) {
            let times = server.play(*scene, keystrokes / Scene::ALL.len());
            table.push_str(&row(scene.name(), server.name, &times));
            all.extend(times);
        }
    }
    for (server, times) in servers.iter().zip(&all) {
        table.push_str(&row("all", server.name, times));
    }
    if let [dunlin, taplo] = all.as_slice() {
        let ratio = |part: usize| {
            let (own, other) = (percentile(dunlin, part), percentile(taplo, part));
            let tenths = other * 10 / own.max(1);
            format!("{}.{}", tenths / 10, tenths % 10)
        };
        let ratios = [500, 900, 990, 1000].map(ratio).map(|ratio| format!("{ratio:>9}")).concat();
        let _ = writeln!(table, "{:<49}{ratios}", "Taplo takes so many times as long");
    }
    say(&format!("{FILES} files of {LINES} lines, {OPEN} open\n{table}"));
}

fn say(text: &str) {
    let _ = io::stdout().write_all(text.as_bytes());
}

fn row(scene: &str, server: &str, times: &[u128]) -> String {
    let parts = [500, 900, 990, 1000].map(|part| percentile(times, part));
    let cells = parts.map(|time| format!("{:>9}", format!("{}.{:02}", time / 1000, time % 1000 / 10))).concat();
    format!("{scene:<34}{server:<8}{:>7}{cells}\n", times.len())
}

/// The time that so many of a thousand keep, in microseconds.
fn percentile(times: &[u128], part: usize) -> u128 {
    let mut sorted = times.to_vec();
    sorted.sort_unstable();
    sorted.get((sorted.len() * part).div_ceil(1000).saturating_sub(1)).copied().unwrap_or(0)
}

/// Where Taplo is.
fn taplo() -> Option<PathBuf> {
    let named = env::var_os("TAPLO").map(PathBuf::from);
    let installed = env::var_os("HOME").map(|home| PathBuf::from(home).join(".cache/dunlin/taplo/bin/taplo"));
    let path = env::var_os("PATH").unwrap_or_default();
    let on_path: Vec<PathBuf> = env::split_paths(&path).map(|folder| folder.join("taplo")).collect();
    named.into_iter().chain(installed).chain(on_path).find(|file| file.is_file())
}

/// A server with its texts.
struct Bench {
    name: &'static str,
    session: Session,
    texts: Vec<Text>,
    /// Whether it takes changes, or only whole texts.
    takes_changes: bool,
    /// Whether it says for which version findings are.
    says_version: bool,
    _folder: TempDir,
}

impl Bench {
    fn dunlin() -> Self {
        let server = Command::new(env!("CARGO_BIN_EXE_dunlin-lsp"));
        let company = company::Company::new(FILES, LINES);
        let texts = company.files.iter().filter(|(path, _)| path.starts_with("areas/")).cloned().collect();
        Self::start("Dunlin", server, company.files, texts)
    }

    fn taplo(taplo: &std::path::Path) -> Self {
        let mut server = Command::new(taplo);
        server.args(["lsp", "stdio"]);
        let texts = typing::toml(FILES, LINES);
        Self::start("Taplo", server, texts.clone(), texts)
    }

    /// Writes the files, starts a server on them, and opens the first texts.
    fn start(
        name: &'static str,
        mut server: Command,
        files: Vec<(String, String)>,
        texts: Vec<(String, String)>,
    ) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path().canonicalize().expect("a folder");
        (company::Company { files }).write(&root);
        let mut session = Session::of_command(server.stderr(Stdio::null()));
        let greeting = session.greet(&root, modern(), json!({}));
        if name == "Taplo" {
            // It does nothing before it knows its settings.
            let asked = session.wait_for(|message| message["method"] == "workspace/configuration");
            session.write(&json!({ "jsonrpc": "2.0", "id": asked["id"], "result": [null, null] }).to_string());
        }
        let sync = &greeting["capabilities"]["textDocumentSync"];
        let kind = if sync.is_object() { &sync["change"] } else { sync };
        let takes_changes = *kind == 2;
        let texts: Vec<Text> =
            texts.into_iter().map(|(path, text)| Text::new(client::uri(&root.join(path)), text)).collect();
        for text in texts.iter().take(OPEN) {
            session.open(&text.uri, &text.text);
            wait_for_findings(&mut session, &text.uri, None);
        }
        Self { name, session, texts, takes_changes, says_version: name == "Dunlin", _folder: folder }
    }

    /// Types a scene, in one text after the other; how long each keystroke's findings took, in microseconds.
    fn play(&mut self, scene: Scene, keystrokes: usize) -> Vec<u128> {
        let mut times = Vec::new();
        for place in 0.. {
            let Some(script) = scene.script(&self.texts[place % OPEN].text) else { continue };
            for keystroke in script {
                if times.len() == keystrokes {
                    return times;
                }
                times.push(self.press(place % OPEN, &keystroke));
            }
        }
        times
    }

    fn press(&mut self, place: usize, keystroke: &Keystroke) -> u128 {
        thread::sleep(PAUSE);
        while self.session.next(Duration::ZERO).is_some() {}
        let text = &mut self.texts[place];
        let change = text.press(keystroke);
        let change = if self.takes_changes { change } else { json!({ "text": text.text }) };
        let started = Instant::now();
        self.session.edit(&text.uri, text.version, json!([change]));
        wait_for_findings(&mut self.session, &text.uri, self.says_version.then_some(text.version));
        started.elapsed().as_micros()
    }
}

fn wait_for_findings(session: &mut Session, uri: &str, version: Option<i64>) {
    session.wait_for(|message: &Value| {
        message["method"] == "textDocument/publishDiagnostics"
            && message["params"]["uri"] == uri
            && version.is_none_or(|version| message["params"]["version"] == version)
    });
}
