// Texts to read, in an editor of their own: an answer to `why`, a worklist.

import { EventEmitter, Uri, ViewColumn, window, workspace } from 'vscode';

const SCHEME = 'dunlin';

export class Pages {
    /** @type {Map<string, string>} */
    #texts = new Map();
    /** @type {EventEmitter<Uri>} */
    #changed = new EventEmitter();

    /** @param {import('vscode').ExtensionContext} context */
    constructor(context) {
        context.subscriptions.push(
            this.#changed,
            workspace.registerTextDocumentContentProvider(SCHEME, {
                onDidChange: this.#changed.event,
                provideTextDocumentContent: uri => this.#texts.get(uri.path) ?? '',
            }),
            workspace.onDidCloseTextDocument(({ uri }) => {
                if (uri.scheme === SCHEME) this.#texts.delete(uri.path);
            }),
        );
    }

    /**
     * Shows a text beside the program; one of the same title is replaced.
     * @param {string} title
     * @param {string} text
     */
    async show(title, text) {
        const isMarkdown = /^#{1,6} |^```|^\|.*\|$/m.test(text);
        const path = `/${title.replaceAll('/', '∕')}.${isMarkdown ? 'md' : 'txt'}`;
        this.#texts.set(path, text);
        const uri = Uri.from({ scheme: SCHEME, path });
        this.#changed.fire(uri);
        const document = await workspace.openTextDocument(uri);
        await window.showTextDocument(document, { viewColumn: ViewColumn.Beside, preview: true, preserveFocus: true });
    }
}
