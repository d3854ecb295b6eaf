// The protocol as its authors wrote it down, in JavaScript: everything that the server offers is asked about
// `examples/standard`, and every answer has to be of the type that the protocol says, and say something.
// `run` sets DUNLIN_EXAMPLES and PATH. Status 1: something is not as it should be.

import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as lsp from 'vscode-languageserver-protocol/node';

let wrong = 0;

function expect(what, ok, found) {
  console.log(`${ok ? 'ok   ' : 'WRONG'} ${what}`);
  if (!ok) {
    wrong += 1;
    console.log(`      ${JSON.stringify(found)?.slice(0, 2000)}`);
  }
}

// A copy: some answers are edits, and files are changed.
const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'dunlin-')));
const folder = join(scratch, 'company é');
cpSync(join(process.env.DUNLIN_EXAMPLES, 'standard'), folder, { recursive: true });
const uri = (path) => pathToFileURL(join(folder, path)).href;

/** A text as it is open in the editor. */
class Text {
  version = 1;

  constructor(path) {
    this.uri = uri(path);
    this.text = readFileSync(join(folder, path), 'utf8');
  }

  get identifier() {
    return { uri: this.uri };
  }

  /** The place of a word, or of what stands `after` it. */
  at(word, after = '') {
    const offset = this.text.indexOf(word + after);
    if (offset < 0) throw new Error(`no ${word} in ${this.uri}`);
    const before = this.text.slice(0, offset + (after ? word.length : 0)).split('\n');
    return { line: before.length - 1, character: before[before.length - 1].length };
  }

  get whole() {
    const lines = this.text.split('\n');
    return { start: { line: 0, character: 0 }, end: { line: lines.length - 1, character: lines.at(-1).length } };
  }
}

/** A server and an editor that can do `abilities`. */
async function session(abilities) {
  const server = spawn('dunlin-lsp', { stdio: ['pipe', 'pipe', 'inherit'] });
  const connection = lsp.createProtocolConnection(
    new lsp.StreamMessageReader(server.stdout),
    new lsp.StreamMessageWriter(server.stdin),
  );
  const findings = new Map();
  const asked = [];
  connection.onNotification(lsp.PublishDiagnosticsNotification.type, (sent) => findings.set(sent.uri, sent));
  connection.onRequest(lsp.RegistrationRequest.type, (it) => void asked.push(...it.registrations.map((one) => one.method)));
  connection.onRequest(lsp.ConfigurationRequest.type, (it) => it.items.map(() => ({ lens: { date: '2026-03-17' } })));
  for (const refresh of ['workspace/diagnostic', 'workspace/codeLens', 'workspace/inlayHint', 'workspace/semanticTokens']) {
    connection.onRequest(`${refresh}/refresh`, () => null);
  }
  connection.onUnhandledNotification((it) => expect(`nobody asked for ${it.method}`, it.method.startsWith('window/'), it));
  connection.listen();
  const ended = new Promise((resolve) => server.on('exit', resolve));
  const greeting = await connection.sendRequest(lsp.InitializeRequest.type, {
    processId: process.pid,
    rootUri: null,
    capabilities: abilities,
    workspaceFolders: [{ uri: pathToFileURL(folder).href, name: 'company' }],
  });
  await connection.sendNotification(lsp.InitializedNotification.type, {});
  const open = (path) => {
    const text = new Text(path);
    const textDocument = { uri: text.uri, languageId: 'dunlin', version: 1, text: text.text };
    connection.sendNotification(lsp.DidOpenTextDocumentNotification.type, { textDocument });
    return text;
  };
  const change = (text, range, words) => {
    text.version += 1;
    const textDocument = { uri: text.uri, version: text.version };
    const contentChanges = [range ? { range, text: words } : { text: words }];
    connection.sendNotification(lsp.DidChangeTextDocumentNotification.type, { textDocument, contentChanges });
  };
  const until = async (condition) => {
    for (let wait = 0; wait < 600 && !condition(); wait += 1) await new Promise((done) => setTimeout(done, 50));
    return condition();
  };
  const bye = async () => {
    await connection.sendRequest(lsp.ShutdownRequest.type);
    await connection.sendNotification(lsp.ExitNotification.type);
    expect('it ends well', (await ended) === 0);
  };
  return { connection, greeting, findings, asked, open, change, until, bye };
}

const refreshes = { refreshSupport: true };
const abilities = {
  general: { positionEncodings: ['utf-16'] },
  textDocument: {
    callHierarchy: {},
    codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ['', 'quickfix', 'refactor', 'source'] } } },
    codeLens: {},
    completion: { completionItem: { snippetSupport: true, documentationFormat: ['markdown'] } },
    definition: { linkSupport: true },
    documentSymbol: { hierarchicalDocumentSymbolSupport: true },
    foldingRange: {},
    hover: { contentFormat: ['markdown'] },
    inlayHint: {},
    publishDiagnostics: { relatedInformation: true, versionSupport: true },
    rename: { prepareSupport: true },
    semanticTokens: {
      requests: { full: { delta: true }, range: true },
      tokenTypes: Object.values(lsp.SemanticTokenTypes),
      tokenModifiers: Object.values(lsp.SemanticTokenModifiers),
      formats: ['relative'],
    },
    signatureHelp: { signatureInformation: { documentationFormat: ['markdown'] } },
    synchronization: { didSave: true },
  },
  workspace: {
    workspaceFolders: true,
    configuration: true,
    codeLens: refreshes,
    inlayHint: refreshes,
    semanticTokens: refreshes,
    didChangeWatchedFiles: { dynamicRegistration: true },
    didChangeConfiguration: { dynamicRegistration: true },
    workspaceEdit: { documentChanges: true, resourceOperations: ['create'] },
  },
};

const list = (is) => (value) => Array.isArray(value) && value.length > 0 && value.every(is);
const place = (value) => lsp.Location.is(value) || lsp.LocationLink.is(value);
const places = (value) => place(value) || list(place)(value);
const tokens = (value) => lsp.SemanticTokens.is(value) && value.data.length > 0 && value.data.length % 5 === 0;
const call = (value) => lsp.Range.is(value.selectionRange) && typeof value.name === 'string';
const help = (value) => value?.signatures?.length > 0 && value.signatures.every((one) => typeof one.label === 'string');
const is = Object.fromEntries(
  ['TextEdit', 'CodeAction', 'CodeLens', 'DocumentLink', 'DocumentSymbol', 'FoldingRange', 'InlayHint',
    'SelectionRange'].map((name) => [name, (value) => lsp[name].is(value)]),
);
// The one type for which the protocol's package has no test of its own.
is.CompletionItem = (value) => typeof value?.label === 'string';

/** What is offered, how it is asked for, and what the answer has to be. */
function tries(ask, procedures, ledger) {
  const textDocument = procedures.identifier;
  const options = { tabSize: 4, insertSpaces: true };
  const at = (word, after) => ({ textDocument, position: procedures.at(word, after) });
  const range = procedures.whole;
  const step = { start: procedures.at('step reminder'), end: procedures.at('step call_1') };
  return {
    hoverProvider: async () => {
      const hover = await ask(lsp.HoverRequest, at('overdue_total >='));
      expect('hover: what a field is', lsp.Hover.is(hover), hover);
    },
    completionProvider: async (offered) => {
      const found = await ask(lsp.CompletionRequest, at('status = ', 'open'));
      const items = found?.items ?? found;
      const labels = (items ?? []).map((item) => item.label);
      expect('completion: the statuses after `status =`', list(is.CompletionItem)(items) && labels.includes('dispute'), labels);
      const found_using = await ask(lsp.CompletionRequest, at('using ', 'reminder'));
      const templates = (found_using?.items ?? found_using ?? []).map((item) => item.label);
      expect('completion: the templates after `using`', templates.includes('handover'), templates);
      if (offered.resolveProvider) {
        const item = await ask(lsp.CompletionResolveRequest, items[0]);
        expect('completion: more about an item', is.CompletionItem(item), item);
      }
    },
    signatureHelpProvider: async () => {
      const found = await ask(lsp.SignatureHelpRequest, at('email customer ', 'using'));
      expect('signature help: the parameters of an action', help(found), found);
    },
    definitionProvider: async () => {
      const found = await ask(lsp.DefinitionRequest, at('using ', 'reminder'));
      expect('definition: of a template, in another file', places(found) && JSON.stringify(found).includes(ledger.uri), found);
    },
    typeDefinitionProvider: async () => {
      const found = await ask(lsp.TypeDefinitionRequest, at('status = ', 'open'));
      expect('type definition: of a status', found === null || places(found), found);
    },
    referencesProvider: async () => {
      const position = ledger.at('template ', 'reminder');
      const context = { includeDeclaration: true };
      const found = await ask(lsp.ReferencesRequest, { textDocument: ledger.identifier, position, context });
      expect('references: of a template, in every file', list(lsp.Location.is)(found) && found.length > 1, found);
    },
    documentHighlightProvider: async () => {
      const found = await ask(lsp.DocumentHighlightRequest, at('step ', 'call_1'));
      expect('highlight: of a step', list((one) => lsp.Range.is(one.range))(found), found);
    },
    renameProvider: async (offered) => {
      if (offered.prepareProvider) {
        const found = await ask(lsp.PrepareRenameRequest, at('step ', 'call_1'));
        expect('rename: a step can be', lsp.Range.is(found) || lsp.Range.is(found?.range), found);
      }
      const edit = await ask(lsp.RenameRequest, { ...at('step ', 'call_1'), newName: 'first_call' });
      expect('rename: a step, in every file', lsp.WorkspaceEdit.is(edit) && JSON.stringify(edit).includes('tests.proc'), edit);
    },
    callHierarchyProvider: async () => {
      const items = await ask(lsp.CallHierarchyPrepareRequest, at('procedure ', 'standard'));
      expect('calls: a procedure', list(call)(items), items);
      const incoming = await ask(lsp.CallHierarchyIncomingCallsRequest, { item: items[0] });
      expect('calls: what assigns it', list((it) => call(it.from))(incoming), incoming);
      const outgoing = await ask(lsp.CallHierarchyOutgoingCallsRequest, { item: items[0] });
      expect('calls: its steps', list((it) => call(it.to))(outgoing), outgoing);
    },
    codeActionProvider: async () => {
      const findings = await mistake('total_due > EUR 250');
      const context = { diagnostics: findings };
      const range = findings[0]?.range ?? step;
      const found = await ask(lsp.CodeActionRequest, { textDocument, range, context });
      expect('code actions: the fix of a mistake', list(is.CodeAction)(found), found);
      await mistake(null);
    },
    codeLensProvider: async (offered) => {
      let lenses = [];
      // It is worked out in the background.
      for (let wait = 0; wait < 200 && lenses.length === 0; wait += 1) {
        lenses = (await ask(lsp.CodeLensRequest, { textDocument })) ?? [];
        await new Promise((done) => setTimeout(done, 50));
      }
      expect('lens: what a procedure does', list(is.CodeLens)(lenses), lenses);
      if (offered.resolveProvider) {
        const lens = await ask(lsp.CodeLensResolveRequest, lenses[0]);
        expect('lens: with its words', lsp.CodeLens.is(lens) && typeof lens.command?.title === 'string', lens);
      }
    },
    inlayHintProvider: async () => {
      const found = await ask(lsp.InlayHintRequest, { textDocument, range });
      expect('inlay hints', Array.isArray(found) && found.every(is.InlayHint), found);
    },
    documentFormattingProvider: async () => {
      const found = await ask(lsp.DocumentFormattingRequest, { textDocument, options });
      expect('formatting: nothing to do', found === null || found.length === 0, found);
      change(procedures, { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, '\n\n\n');
      const edits = await ask(lsp.DocumentFormattingRequest, { textDocument, options });
      expect('formatting: too many empty lines', list(is.TextEdit)(edits), edits);
      change(procedures, { start: { line: 0, character: 0 }, end: { line: 3, character: 0 } }, '');
    },
    documentRangeFormattingProvider: async () => {
      const found = await ask(lsp.DocumentRangeFormattingRequest, { textDocument, range: step, options });
      expect('range formatting: nothing to do', found === null || found.length === 0, found);
    },
    documentSymbolProvider: async () => {
      const found = await ask(lsp.DocumentSymbolRequest, { textDocument });
      expect('symbols of a text: with its steps', list(is.DocumentSymbol)(found) && found[0].children.length === 4, found);
    },
    workspaceSymbolProvider: async () => {
      const found = await ask(lsp.WorkspaceSymbolRequest, { query: 'agency' });
      const symbol = (value) => typeof value.name === 'string' && typeof value.kind === 'number' && lsp.Location.is(value.location);
      expect('symbols of all texts', list(symbol)(found), found);
    },
    foldingRangeProvider: async () => {
      const found = await ask(lsp.FoldingRangeRequest, { textDocument });
      expect('folding', list(is.FoldingRange)(found), found);
    },
    selectionRangeProvider: async () => {
      const found = await ask(lsp.SelectionRangeRequest, { textDocument, positions: [at('overdue_total').position] });
      expect('selection, outwards', list(is.SelectionRange)(found) && found[0].parent !== undefined, found);
    },
    documentLinkProvider: async () => {
      const found = await ask(lsp.DocumentLinkRequest, { textDocument: ledger.identifier });
      expect('links to the templates', list(is.DocumentLink)(found) && found.length === 3, found);
    },
    semanticTokensProvider: async (offered) => {
      const full = await ask(lsp.SemanticTokensRequest, { textDocument });
      expect('colours of a text', tokens(full), full);
      if (offered.full.delta) {
        const previousResultId = full.resultId;
        const changed = await ask(lsp.SemanticTokensDeltaRequest, { textDocument, previousResultId });
        expect('colours: nothing has changed', changed?.edits?.length === 0, changed);
      }
      if (offered.range) {
        const part = await ask(lsp.SemanticTokensRangeRequest, { textDocument, range: step });
        expect('colours of a part', tokens(part) && part.data.length < full.data.length, part);
      }
    },
    executeCommandProvider: async (offered) => {
      expect('commands have names', list((name) => typeof name === 'string')(offered.commands), offered);
    },
    textDocumentSync: async (offered) => {
      expect('texts: changes are taken', offered.openClose === true && offered.change === lsp.TextDocumentSyncKind.Incremental, offered);
    },
    positionEncoding: async (offered) => expect('columns count as the editor counts', offered === 'utf-16', offered),
    workspace: async (offered) => {
      expect('folders may change', offered.workspaceFolders?.changeNotifications === true, offered);
      expect('files are watched', sent.asked.includes('workspace/didChangeWatchedFiles'), sent.asked);
      const more = join(folder, 'more.proc');
      writeFileSync(more, 'define oops = total_du + 1 EUR\n');
      const changes = [{ uri: uri('more.proc'), type: lsp.FileChangeType.Created }];
      sent.connection.sendNotification(lsp.DidChangeWatchedFilesNotification.type, { changes });
      const known = () => (sent.findings.get(uri('more.proc'))?.diagnostics ?? []).length > 0;
      expect('findings of a file that came', await sent.until(known), null);
      rmSync(more);
      changes[0].type = lsp.FileChangeType.Deleted;
      sent.connection.sendNotification(lsp.DidChangeWatchedFilesNotification.type, { changes });
      expect('and went', await sent.until(() => !known()), null);
    },
  };

  /** The findings after a mistake at the end of the text, or after it was taken back. */
  async function mistake(word) {
    const end = procedures.whole.end;
    if (word) change(procedures, { start: end, end }, `define oops = ${word}\n`);
    else change(procedures, { start: end, end: { line: end.line + 1, character: 0 } }, '');
    const now = () => sent.findings.get(procedures.uri);
    await sent.until(() => now()?.version === procedures.version);
    const found = now()?.diagnostics ?? [];
    expect(word ? 'findings while it is typed' : 'and taken back', (found.length > 0) === (word !== null), found);
    expect('findings are such', found.every((one) => lsp.Diagnostic.is(one)), found);
    return found;
  }

  function change(...what) {
    sent.change(...what);
  }
}

let sent;

try {
  sent = await session(abilities);
  const { capabilities, serverInfo } = sent.greeting;
  console.log(`${serverInfo.name} ${serverInfo.version}, vscode-languageserver-protocol over ${process.version}`);
  const [procedures, ledger] = [sent.open('standard.proc'), sent.open('ledger.proc')];
  const known = tries((request, parameters) => sent.connection.sendRequest(request.type, parameters), procedures, ledger);
  for (const [name, ask] of Object.entries(known)) {
    if (capabilities[name]) await ask(capabilities[name]);
    else console.log(`      not offered: ${name}`);
  }
  for (const name of Object.keys(capabilities)) expect(`${name} is tried`, name in known, capabilities[name]);
  await sent.bye();

  // An editor that asks for findings.
  const pulling = structuredClone(abilities);
  Object.assign(pulling.textDocument, { diagnostic: {} });
  sent = await session(pulling);
  const text = sent.open('standard.proc');
  sent.change(text, { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, 'define oops = naem\n');
  const asked = await sent.connection.sendRequest(lsp.DocumentDiagnosticRequest.type, { textDocument: text.identifier });
  expect('findings that are asked for', asked.kind === 'full' && list(lsp.Diagnostic.is)(asked.items), asked);
  const again = { textDocument: text.identifier, previousResultId: asked.resultId };
  const same = await sent.connection.sendRequest(lsp.DocumentDiagnosticRequest.type, again);
  expect('asked for again, they are the same', same.kind === 'unchanged', same);
  const all = await sent.connection.sendRequest(lsp.WorkspaceDiagnosticRequest.type, { previousResultIds: [] });
  expect('findings of all files', all.items.some((item) => item.uri === text.uri && item.items.length > 0), all);
  await sent.bye();
} catch (error) {
  expect(String(error), false, error?.stack);
} finally {
  rmSync(scratch, { recursive: true });
}
process.exit(wrong > 0 ? 1 : 0);
