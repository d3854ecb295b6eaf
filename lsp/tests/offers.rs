//! Everything the server offers it answers, and nothing else.

use serde_json::{Value, json};

use crate::client::{Session, modern, uri};
use crate::editing::program;

/// The requests of the protocol: where the server offers them (below its capabilities), and what they are called.
pub(crate) const REQUESTS: &[(&str, &str)] = &[
    ("/callHierarchyProvider", "textDocument/prepareCallHierarchy"),
    ("/callHierarchyProvider", "callHierarchy/incomingCalls"),
    ("/callHierarchyProvider", "callHierarchy/outgoingCalls"),
    ("/codeActionProvider", "textDocument/codeAction"),
    ("/codeActionProvider/resolveProvider", "codeAction/resolve"),
    ("/codeLensProvider", "textDocument/codeLens"),
    ("/codeLensProvider/resolveProvider", "codeLens/resolve"),
    ("/colorProvider", "textDocument/documentColor"),
    ("/colorProvider", "textDocument/colorPresentation"),
    ("/completionProvider", "textDocument/completion"),
    ("/completionProvider/resolveProvider", "completionItem/resolve"),
    ("/declarationProvider", "textDocument/declaration"),
    ("/definitionProvider", "textDocument/definition"),
    ("/diagnosticProvider", "textDocument/diagnostic"),
    ("/diagnosticProvider/workspaceDiagnostics", "workspace/diagnostic"),
    ("/documentFormattingProvider", "textDocument/formatting"),
    ("/documentHighlightProvider", "textDocument/documentHighlight"),
    ("/documentLinkProvider", "textDocument/documentLink"),
    ("/documentLinkProvider/resolveProvider", "documentLink/resolve"),
    ("/documentOnTypeFormattingProvider", "textDocument/onTypeFormatting"),
    ("/documentRangeFormattingProvider", "textDocument/rangeFormatting"),
    ("/documentSymbolProvider", "textDocument/documentSymbol"),
    ("/executeCommandProvider", "workspace/executeCommand"),
    ("/foldingRangeProvider", "textDocument/foldingRange"),
    ("/hoverProvider", "textDocument/hover"),
    ("/implementationProvider", "textDocument/implementation"),
    ("/inlayHintProvider", "textDocument/inlayHint"),
    ("/inlayHintProvider/resolveProvider", "inlayHint/resolve"),
    ("/inlineValueProvider", "textDocument/inlineValue"),
    ("/linkedEditingRangeProvider", "textDocument/linkedEditingRange"),
    ("/monikerProvider", "textDocument/moniker"),
    ("/referencesProvider", "textDocument/references"),
    ("/renameProvider", "textDocument/rename"),
    ("/renameProvider/prepareProvider", "textDocument/prepareRename"),
    ("/selectionRangeProvider", "textDocument/selectionRange"),
    ("/semanticTokensProvider/full", "textDocument/semanticTokens/full"),
    ("/semanticTokensProvider/full/delta", "textDocument/semanticTokens/full/delta"),
    ("/semanticTokensProvider/range", "textDocument/semanticTokens/range"),
    ("/signatureHelpProvider", "textDocument/signatureHelp"),
    ("/textDocumentSync/willSaveWaitUntil", "textDocument/willSaveWaitUntil"),
    ("/typeDefinitionProvider", "textDocument/typeDefinition"),
    ("/typeHierarchyProvider", "textDocument/prepareTypeHierarchy"),
    ("/workspace/fileOperations/willCreate", "workspace/willCreateFiles"),
    ("/workspace/fileOperations/willDelete", "workspace/willDeleteFiles"),
    ("/workspace/fileOperations/willRename", "workspace/willRenameFiles"),
    ("/workspaceSymbolProvider", "workspace/symbol"),
    ("/workspaceSymbolProvider/resolveProvider", "workspaceSymbol/resolve"),
];

/// What is offered that is no request.
const NO_REQUESTS: &[&str] = &["positionEncoding", "textDocumentSync", "workspace"];

const METHOD_NOT_FOUND: i64 = -32601;

/// Parameters with which a request can be asked about a file.
pub(crate) fn parameters(method: &str, file: &str) -> Value {
    let place = json!({ "line": 6, "character": 10 });
    let range = json!({ "start": place, "end": place });
    let item = json!({ "name": "standard", "kind": 5, "uri": file, "range": range, "selectionRange": range });
    match method {
        "codeAction/resolve" => json!({ "title": "a title" }),
        "codeLens/resolve" => json!({ "range": range }),
        "completionItem/resolve" => json!({ "label": "a label" }),
        "documentLink/resolve" => json!({ "range": range }),
        "inlayHint/resolve" => json!({ "position": place, "label": "a label" }),
        "workspaceSymbol/resolve" => json!({ "name": "a name", "kind": 1, "location": { "uri": file } }),
        "textDocument/willSaveWaitUntil" => json!({ "textDocument": { "uri": file }, "reason": 1 }),
        "textDocument/colorPresentation" => {
            let color = json!({ "red": 0, "green": 0, "blue": 0, "alpha": 0 });
            json!({ "textDocument": { "uri": file }, "range": range, "color": color })
        }
        "textDocument/inlineValue" => {
            let context = json!({ "frameId": 1, "stoppedLocation": range });
            json!({ "textDocument": { "uri": file }, "range": range, "context": context })
        }
        _ => json!({
            "textDocument": { "uri": file },
            "position": place,
            "positions": [place],
            "range": range,
            "context": { "diagnostics": [], "includeDeclaration": true, "triggerKind": 1, "isRetrigger": false },
            "options": { "tabSize": 4, "insertSpaces": true },
            "query": "",
            "newName": "other",
            "previousResultId": "0",
            "previousResultIds": [],
            "item": item,
            "ch": "}",
            "command": "none",
            "files": [],
        }),
    }
}

#[test]
fn everything_that_is_offered_is_answered_and_nothing_else() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = uri(&folder.path().join("main.proc"));
    let mut abilities = modern();
    abilities["textDocument"]["diagnostic"] = json!({});
    let (mut session, greeting) = Session::of_editor(folder.path(), abilities, Value::Null);
    session.open(&file, &program(false));
    let offered = &greeting["capabilities"];
    let mut wrong = Vec::new();
    for (pointer, method) in REQUESTS {
        let is_offered = offered.pointer(pointer).is_some_and(|it| !it.is_null() && it != false);
        let error = session.request(method, parameters(method, &file))["error"].clone();
        let is_answered = error["code"] != METHOD_NOT_FOUND;
        match (is_offered, is_answered) {
            (true, false) => wrong.push(format!("{method} is offered and not answered")),
            (false, true) => wrong.push(format!("{method} is answered and not offered: {pointer}")),
            // What was offered has to take what the protocol gives.
            (true, true) if !error.is_null() && method.starts_with("textDocument/") => {
                wrong.push(format!("{method} is refused: {error}"));
            }
            _ => {}
        }
    }
    let known = |name: &String| {
        NO_REQUESTS.contains(&name.as_str())
            || REQUESTS.iter().any(|(pointer, _)| pointer.split('/').nth(1) == Some(name))
    };
    let unknown: Vec<_> = offered.as_object().expect("capabilities").keys().filter(|name| !known(name)).collect();
    assert!(unknown.is_empty(), "offered, and this test does not know how to ask for it: {unknown:?}");
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn an_editor_that_asks_for_findings_is_not_sent_them() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("dunlin.toml"), "").expect("a file");
    std::fs::write(folder.path().join("other.proc"), "define large = total_deu > 10 EUR\n").expect("a file");
    let (file, other) = (uri(&folder.path().join("main.proc")), uri(&folder.path().join("other.proc")));
    let mut abilities = modern();
    abilities["textDocument"]["diagnostic"] = json!({});
    abilities["workspace"]["diagnostics"] = json!({ "refreshSupport": true });
    let (mut session, _) = Session::of_editor(folder.path(), abilities, Value::Null);
    session.open(&file, &program(true));

    // Those of files that are not open are sent until it asks for all.
    assert!(!session.findings(&other, None).is_empty());

    let asked = |previous: Value| json!({ "textDocument": { "uri": file }, "previousResultId": previous });
    let first = session.request("textDocument/diagnostic", asked(Value::Null))["result"].clone();
    assert_eq!(first["kind"], "full");
    assert_eq!(first["items"].as_array().map(Vec::len), Some(1));
    let again = session.request("textDocument/diagnostic", asked(first["resultId"].clone()));
    assert_eq!(again["result"], json!({ "kind": "unchanged", "resultId": first["resultId"] }));

    let all = session.request("workspace/diagnostic", json!({ "previousResultIds": [] }))["result"].clone();
    let items = all["items"].as_array().expect("files");
    assert!(items.iter().all(|item| item["kind"] == "full"));
    let wrong = items.iter().filter(|item| item["items"] != json!([])).count();
    assert_eq!((items.len(), wrong), (3, 2), "nothing is wrong with the settings");
    // They are asked for now. What was sent before may have been sent twice: with and without the open text.
    while !session.findings(&other, None).is_empty() {}

    let known: Vec<Value> = items.iter().map(|item| json!({ "uri": item["uri"], "value": item["resultId"] })).collect();
    session.change(&file, 2, &program(false));
    let all = session.request("workspace/diagnostic", json!({ "previousResultIds": known }))["result"].clone();
    let kind = |file: &str| {
        let item = all["items"].as_array().expect("files").iter().find(|item| item["uri"] == file);
        item.expect("the file")["kind"].clone()
    };
    assert_eq!((kind(&file), kind(&other)), (json!("full"), json!("unchanged")));

    // An edit elsewhere mends this file: the editor is told to ask again.
    session.change(&file, 3, &program(true).replace("naem", "from_elsewhere"));
    session.request("textDocument/diagnostic", asked(Value::Null));
    session.open(&other, "define from_elsewhere = name\n");
    session.wait_for(|message| message["method"] == "workspace/diagnostic/refresh");
}
