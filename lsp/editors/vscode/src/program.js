// The command line program over the company at hand.

import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ProcessExecution, Task, TaskPanelKind, TaskRevealKind, TaskScope, ProgressLocation, ViewColumn, tasks, window, workspace } from 'vscode';

import { dateOf } from './company.js';
import { runDate } from './settings.js';

/** Most of what one run may print. */
const LARGEST = 64 * 1024 * 1024;

/** The file at hand, where it is one on the disk. */
function current() {
    const uri = window.activeTextEditor?.document.uri;
    return uri?.scheme === 'file' ? uri : undefined;
}

/** The run date that the settings of the company at hand name. */
export function companyDate() {
    const folder = company();
    const file = folder && path.join(folder, 'dunlin.toml');
    try {
        return file ? dateOf(readFileSync(file, 'utf8')) : undefined;
    } catch {
        return undefined;
    }
}

/** The folder of the company at hand: of the nearest `dunlin.toml` upwards, else of the workspace, else of the file. */
export function company() {
    const file = current();
    const workspaceFolder = (file && workspace.getWorkspaceFolder(file)) ?? workspace.workspaceFolders?.[0];
    if (!file) return workspaceFolder?.uri.fsPath;
    let folder = path.dirname(file.fsPath);
    const own = workspaceFolder?.uri.fsPath ?? folder;
    for (;;) {
        if (existsSync(path.join(folder, 'dunlin.toml'))) return folder;
        const above = path.dirname(folder);
        if (above === folder) return own;
        folder = above;
    }
}

/**
 * The program and the folder, or nothing after the user has been told what lacks.
 * @param {import('./server.js').Server} server
 */
function ready(server) {
    const tool = server.tool();
    const folder = company();
    if (tool && folder) return { tool, folder };
    void window.showWarningMessage(
        folder
            ? 'The program dunlin was not found: neither beside the language server nor on the PATH.'
            : 'Open the folder of a company first.',
    );
    return undefined;
}

/**
 * The worklist of the run date, as a page to read. Nothing is committed.
 * @param {import('./server.js').Server} server
 * @param {import('./pages.js').Pages} pages
 */
export async function showWorklist(server, pages) {
    const found = ready(server);
    if (!found) return;
    await workspace.saveAll(false);
    const date = runDate();
    const args = ['run', found.folder, '--format', 'table', '--color', 'never', ...(date ? ['--date', date] : [])];
    const { output, findings } = await window.withProgress(
        { location: ProgressLocation.Window, title: 'Dunlin: the worklist' },
        () => printed(found.tool, args, found.folder),
    );
    const text = [output, findings].filter(part => part.trim() !== '').join('\n');
    // As wide as the window: a row is long.
    await pages.show({ title: `Worklist of ${path.basename(found.folder)}`, text, language: 'dunlin-table' }, ViewColumn.Active);
}

/**
 * @param {string} tool
 * @param {string[]} args
 * @param {string} cwd
 * @returns {Promise<{ output: string, findings: string }>}
 */
function printed(tool, args, cwd) {
    return new Promise(done => {
        execFile(tool, args, { cwd, maxBuffer: LARGEST, env: { ...process.env, COLUMNS: '200' } }, (error, output, findings) => {
            const failed = error && output === '' && findings === '';
            done({ output, findings: failed ? String(error.message) : findings });
        });
    });
}

/**
 * `dunlin test` in a terminal.
 * @param {import('./server.js').Server} server
 */
export async function runTests(server) {
    const found = ready(server);
    if (!found) return;
    await workspace.saveAll(false);
    const execution = new ProcessExecution(found.tool, ['test', found.folder], { cwd: found.folder });
    const task = new Task({ type: 'dunlin', task: 'test' }, TaskScope.Workspace, `test ${path.basename(found.folder)}`, 'Dunlin', execution);
    task.presentationOptions = { reveal: TaskRevealKind.Always, panel: TaskPanelKind.Dedicated, clear: true };
    await tasks.executeTask(task);
}
