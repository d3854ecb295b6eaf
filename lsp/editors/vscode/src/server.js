// The language server: found, started, told the settings, started again.

import { existsSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { commands, window, workspace } from 'vscode';
import { LanguageClient, RevealOutputChannelOn, State } from 'vscode-languageclient/node';

import { findServer, findTool } from './find.js';
import { serverSettings } from './settings.js';

const HOW_TO_INSTALL = 'dunlin.dunlin#start';

/**
 * What the server may have done here after one of its changes.
 * @type {import('vscode-languageclient').StaticFeature}
 */
const OWN_COMMANDS = {
    fillClientCapabilities: capabilities => {
        capabilities.experimental = { ...capabilities.experimental, commands: ['dunlin.renameHere'] };
    },
    initialize: () => {},
    getState: () => ({ kind: 'static' }),
    clear: () => {},
};

/** What is known of the server, for the status. */
/** @typedef {'untrusted' | 'missing' | 'starting' | 'running' | 'stopped'} Condition */

export class Server {
    #context;
    #log = window.createOutputChannel('Dunlin');
    /** @type {LanguageClient | undefined} */
    #client;
    /** Starts and stops, one after the other. */
    #last = Promise.resolve();
    /** @type {(condition: Condition) => void} */
    #tell;

    /**
     * @param {import('vscode').ExtensionContext} context
     * @param {(condition: Condition) => void} tell
     */
    constructor(context, tell) {
        this.#context = context;
        this.#tell = tell;
        context.subscriptions.push(this.#log);
    }

    get isRunning() {
        return this.#client?.state === State.Running;
    }

    showLog() {
        this.#log.show(true);
    }

    /** Starts it, after stopping the one that runs. */
    restart() {
        return this.#then(async () => {
            await this.#halt();
            await this.#launch();
        });
    }

    stop() {
        return this.#then(() => this.#halt());
    }

    /** The settings have changed. */
    tellSettings() {
        if (this.#client?.state !== State.Running) return;
        void this.#client.sendNotification('workspace/didChangeConfiguration', { settings: { dunlin: this.#settings() } });
    }

    /**
     * Asks the server to execute one of its commands.
     * @param {string} command
     * @param {unknown} argument
     * @returns {Promise<any>} `undefined` after a problem that the user has been told.
     */
    async execute(command, argument) {
        const client = this.#client;
        if (client?.state !== State.Running) {
            void window.showWarningMessage('The Dunlin language server is not running.', 'Start it').then(choice => choice && this.restart());
            return undefined;
        }
        if (!client.initializeResult?.capabilities.executeCommandProvider?.commands.includes(command)) {
            void window.showWarningMessage('This Dunlin language server is too old for that.');
            return undefined;
        }
        try {
            return await client.sendRequest('workspace/executeCommand', { command, arguments: [argument] });
        } catch (error) {
            void window.showErrorMessage(error instanceof Error ? error.message : String(error));
            return undefined;
        }
    }

    /** The command line program. */
    tool() {
        const at = this.#surroundings();
        const server = findServer(at);
        return findTool(at, 'program' in server ? server.program.command : undefined);
    }

    /** @param {() => Promise<void>} task */
    #then(task) {
        this.#last = this.#last.then(task, task);
        return this.#last;
    }

    async #halt() {
        const client = this.#client;
        this.#client = undefined;
        if (!client) return;
        try {
            await client.dispose();
        } catch (error) {
            this.#log.appendLine(`the server did not end as asked: ${error}`);
        }
        this.#tell('stopped');
    }

    /** A server is a program, perhaps one of the workspace: it waits for trust. */
    async #launch() {
        if (!workspace.isTrusted) {
            this.#tell('untrusted');
            return;
        }
        const server = findServer(this.#surroundings());
        if ('problem' in server) {
            this.#log.appendLine(server.problem);
            this.#tell('missing');
            void this.#help(server.problem);
            return;
        }
        const { command, args } = server.program;
        this.#log.appendLine(`starting ${[command, ...args].join(' ')}`);
        this.#tell('starting');
        const client = new LanguageClient('dunlin', 'Dunlin', { command, args }, this.#options());
        client.registerFeature(OWN_COMMANDS);
        client.onDidChangeState(({ newState }) => this.#tell(newState === State.Running ? 'running' : newState === State.Starting ? 'starting' : 'stopped'));
        this.#client = client;
        try {
            await client.start();
        } catch (error) {
            this.#log.appendLine(`the server did not start: ${error}`);
            this.#tell('stopped');
            void this.#help(`The language server ${command} did not start.`);
        }
    }

    /** @returns {import('vscode-languageclient/node').LanguageClientOptions} */
    #options() {
        const settings = () => this.#settings();
        return {
            // Programs, the texts of their templates, their settings: of other texts the server says nothing.
            documentSelector: [
                { scheme: 'file', language: 'dunlin' },
                { scheme: 'untitled', language: 'dunlin' },
                { scheme: 'file', pattern: '**/templates/**/*.{md,txt,html,htm,j2}' },
                { scheme: 'file', pattern: '**/dunlin.toml' },
                { scheme: 'file', pattern: '**/tests/**/suite.toml' },
            ],
            outputChannel: this.#log,
            revealOutputChannelOn: RevealOutputChannelOn.Never,
            initializationOptions: settings(),
            markdown: { supportHtml: false },
            middleware: {
                // The chosen document is no setting of the editor, and a date not set is `null`: the server, which asks
                // to be told and asks for the section `dunlin`, gets what is made of both.
                workspace: {
                    configuration: async (parameters, token, next) => {
                        const answers = await next(parameters, token);
                        if (!Array.isArray(answers)) return answers;
                        return answers.map((answer, index) => (parameters.items[index]?.section === 'dunlin' ? settings() : answer));
                    },
                    didChangeConfiguration: async () => this.tellSettings(),
                },
            },
        };
    }

    #settings() {
        return serverSettings(this.#context.workspaceState);
    }

    /** @returns {import('./find.js').Surroundings} */
    #surroundings() {
        return {
            setting: workspace.getConfiguration('dunlin').get('server.path', '').trim(),
            extension: this.#context.extensionPath,
            folders: (workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file').map(({ uri }) => uri.fsPath),
            trusted: workspace.isTrusted,
            search: process.env.PATH ?? '',
            home: homedir(),
            windows: process.platform === 'win32',
            isFile: file => existsSync(file) && statSync(file).isFile(),
        };
    }

    /** @param {string} problem */
    async #help(problem) {
        const settings = 'Open settings';
        const install = 'How to install it';
        const choice = await window.showWarningMessage(`${problem} Colours and snippets work without it; findings, completion and the lens need it.`, settings, install);
        if (choice === settings) await commands.executeCommand('workbench.action.openSettings', 'dunlin.server.path');
        if (choice === install) await commands.executeCommand('workbench.action.openWalkthrough', HOW_TO_INSTALL, false);
    }
}
