// What the status bar says: the run date, and how the server is.

import { LanguageStatusSeverity, StatusBarAlignment, languages, window, workspace } from 'vscode';

import { companyDate } from './program.js';
import { hintDocument, runDate } from './settings.js';

const CONDITIONS = {
    untrusted: { text: 'The language server starts when the workspace is trusted', severity: LanguageStatusSeverity.Information },
    missing: { text: 'The language server was not found', severity: LanguageStatusSeverity.Warning },
    starting: { text: 'The language server is starting', severity: LanguageStatusSeverity.Information },
    running: { text: 'The language server is running', severity: LanguageStatusSeverity.Information },
    stopped: { text: 'The language server has stopped', severity: LanguageStatusSeverity.Error },
};

export class Status {
    #context;
    #date = window.createStatusBarItem('dunlin.date', StatusBarAlignment.Right, 100);
    #server = languages.createLanguageStatusItem('dunlin.server', { language: 'dunlin' });

    /** @param {import('vscode').ExtensionContext} context */
    constructor(context) {
        this.#context = context;
        this.#date.name = 'Dunlin: run date';
        this.#date.command = 'dunlin.chooseDate';
        this.#server.name = 'Dunlin';
        this.#server.command = { title: 'Restart', command: 'dunlin.restartServer' };
        const settings = workspace.createFileSystemWatcher('**/dunlin.toml');
        const refresh = () => this.refresh();
        context.subscriptions.push(this.#date, this.#server, settings, window.onDidChangeActiveTextEditor(refresh));
        context.subscriptions.push(settings.onDidChange(refresh), settings.onDidCreate(refresh), settings.onDidDelete(refresh));
        this.refresh();
    }

    /** @param {import('./server.js').Condition} condition */
    tell(condition) {
        const { text, severity } = CONDITIONS[condition];
        this.#server.text = text;
        this.#server.severity = severity;
        this.#server.busy = condition === 'starting';
    }

    refresh() {
        const document = window.activeTextEditor?.document;
        if (document?.languageId !== 'dunlin') {
            this.#date.hide();
            return;
        }
        const hints = hintDocument(this.#context.workspaceState);
        const [date, from] = this.#runDate();
        this.#date.text = `$(calendar) ${date}${hints ? ` · ${hints}` : ''}`;
        this.#date.tooltip = [
            `The run date of the lens, of the worklist and of “why”, from ${from}. A click chooses another one.`,
            ...(hints ? [`Date hints are for document ${hints}.`] : []),
        ].join('\n');
        this.#date.show();
    }

    /** The run date, and what says so. */
    #runDate() {
        const set = runDate();
        if (set) return [set, 'the setting dunlin.ledger.date'];
        const ofCompany = companyDate();
        return ofCompany ? [ofCompany, 'dunlin.toml'] : ['today', 'the clock'];
    }
}
