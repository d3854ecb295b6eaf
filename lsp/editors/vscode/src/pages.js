// Texts to read, in an editor of their own: an answer to `why`, a worklist.

import { DocumentLink, EventEmitter, Position, Range, Uri, ViewColumn, languages, window, workspace } from 'vscode';

import { places } from './places.js';

const SCHEME = 'dunlin';

/**
 * A page.
 * @typedef {object} Page
 * @property {string} title
 * @property {string} text
 * @property {string} language `dunlin-why`, whose lines are broken where the window ends, or `dunlin-table`.
 * @property {Uri} [folder] Where the files that it names lie.
 */

export class Pages {
    /** @type {Map<string, Page>} */
    #pages = new Map();
    /** @type {EventEmitter<Uri>} */
    #changed = new EventEmitter();

    /** @param {import('vscode').ExtensionContext} context */
    constructor(context) {
        context.subscriptions.push(
            this.#changed,
            workspace.registerTextDocumentContentProvider(SCHEME, {
                onDidChange: this.#changed.event,
                provideTextDocumentContent: uri => this.#pages.get(uri.path)?.text ?? '',
            }),
            languages.registerDocumentLinkProvider({ scheme: SCHEME }, { provideDocumentLinks: document => this.#links(document) }),
        );
    }

    /**
     * Shows a page; one of the same title is replaced.
     * @param {Page} page
     * @param {ViewColumn} viewColumn
     */
    async show(page, viewColumn) {
        const path = `/${page.title.replaceAll('/', '∕')}`;
        this.#pages.set(path, page);
        const uri = Uri.from({ scheme: SCHEME, path });
        this.#changed.fire(uri);
        const document = await languages.setTextDocumentLanguage(await workspace.openTextDocument(uri), page.language);
        const preserveFocus = viewColumn === ViewColumn.Beside;
        await window.showTextDocument(document, { viewColumn, preview: true, preserveFocus });
    }

    /**
     * The places that a page names, to be opened by a click.
     * @param {import('vscode').TextDocument} document
     */
    #links(document) {
        const folder = this.#pages.get(document.uri.path)?.folder;
        if (!folder) return [];
        return [...Array(document.lineCount).keys()].flatMap(line =>
            places(document.lineAt(line).text).map(({ start, end, file, at }) => {
                const target = Uri.joinPath(folder, file).with({ fragment: `L${at}` });
                const link = new DocumentLink(new Range(new Position(line, start), new Position(line, end)), target);
                link.tooltip = 'Open the rule';
                return link;
            }),
        );
    }
}
