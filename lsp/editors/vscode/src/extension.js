// The extension: a client of the language server, and a few commands. Colours and snippets work without it.

import { commands, Position, Selection, Uri, ViewColumn, window, workspace } from 'vscode';

import { Pages } from './pages.js';
import { runTests, showWorklist } from './program.js';
import { showRows } from './rows.js';
import { Server } from './server.js';
import { hintDocument, runDate, setHintDocument } from './settings.js';
import { offerSnippets } from './snippets.js';
import { Status } from './status.js';

/** @type {Server | undefined} */
let running;

/** @param {import('vscode').ExtensionContext} context */
export function activate(context) {
    const status = new Status(context);
    const pages = new Pages(context);
    const server = new Server(context, condition => status.tell(condition));
    running = server;

    /** @param {string} customer @param {string} [uri] */
    const why = async (customer, uri) => {
        const answer = await server.execute('dunlin.why', { customer, uri: uri ?? window.activeTextEditor?.document.uri.toString() });
        if (!answer?.text) return;
        const folder = answer.folder ? Uri.parse(answer.folder) : undefined;
        await pages.show({ title: `Why ${customer}`, text: answer.text, language: 'dunlin-why', folder }, ViewColumn.Beside);
    };

    /** @type {Record<string, (...parameters: any[]) => unknown>} */
    const own = {
        'dunlin.restartServer': () => server.restart(),
        'dunlin.showServerLog': () => server.showLog(),
        'dunlin.showWorklist': () => showWorklist(server, pages),
        'dunlin.runTests': () => runTests(server),
        'dunlin.explainWhy': async () => {
            const customer = await askCustomer();
            if (customer) await why(customer);
        },
        'dunlin.showRows': lens => showRows(server, why, lens),
        'dunlin.renameHere': renameHere,
        'dunlin.chooseDate': askDate,
        'dunlin.chooseHintDocument': async () => {
            if (!(await askDocument(context))) return;
            status.refresh();
            server.tellSettings();
        },
    };
    context.subscriptions.push(
        ...Object.entries(own).map(([name, run]) => commands.registerCommand(name, run)),
        workspace.onDidChangeConfiguration(change => {
            if (change.affectsConfiguration('dunlin.server')) void server.restart();
            else if (change.affectsConfiguration('dunlin')) status.refresh();
        }),
    );

    offerSnippets(context, server);
    context.subscriptions.push(workspace.onDidGrantWorkspaceTrust(() => server.restart()));
    void server.restart();
}

export function deactivate() {
    return running?.stop();
}

/**
 * Asks for another name, at a place that the server names after it has changed the text.
 * @param {string} uri
 * @param {import('vscode-languageclient').Position} place
 */
async function renameHere(uri, place) {
    const editor = await window.showTextDocument(Uri.parse(uri));
    const position = new Position(place.line, place.character);
    editor.selection = new Selection(position, position);
    await commands.executeCommand('editor.action.rename');
}

/** The customer to explain; the word at the cursor is offered. */
async function askCustomer() {
    const editor = window.activeTextEditor;
    const chosen = editor?.selection.isEmpty === false ? editor.document.getText(editor.selection) : '';
    const value = /^[^\s{}"]{1,40}$/.test(chosen) ? chosen : '';
    const customer = await window.showInputBox({ title: 'Why does a customer get what he gets?', prompt: "The customer's number", placeHolder: 'C004', value });
    return customer?.trim();
}

/** Writes the run date into the settings of the workspace. */
async function askDate() {
    const date = await window.showInputBox({
        title: 'The run date of lens, worklist and why',
        prompt: 'Empty: the date that dunlin.toml names, else today',
        placeHolder: new Date().toISOString().slice(0, 10),
        value: runDate() ?? '',
        validateInput: text => (/^(\d{4}-\d{2}-\d{2})?$/.test(text.trim()) ? undefined : 'Write a date as 2026-03-02.'),
    });
    if (date === undefined) return;
    await workspace.getConfiguration('dunlin').update('ledger.date', date.trim() || undefined);
}

/** @param {import('vscode').ExtensionContext} context */
async function askDocument(context) {
    const id = await window.showInputBox({
        title: 'Date hints: on which date does each day fall?',
        prompt: "The document's number; empty for no hints",
        placeHolder: 'F1006',
        value: hintDocument(context.workspaceState) ?? '',
    });
    if (id === undefined) return false;
    await setHintDocument(context.workspaceState, id.trim());
    return true;
}
