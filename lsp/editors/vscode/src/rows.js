// What stands behind a lens: a list to choose from; a customer in it opens `why`.

import { Range, Selection, Uri, window } from 'vscode';

/**
 * What a lens gives `dunlin.showRows`.
 * @typedef {object} Lens
 * @property {string} title
 * @property {string} uri
 * @property {{ line: number, character: number }} position
 * @property {unknown} rows The argument of the server's `dunlin.rows`.
 */

/**
 * The answer of `dunlin.rows`. The customer of a row stands at the same place of `customers`.
 * @typedef {{ title: string, columns: string[], rows: string[][], customers?: (string | null)[] }} Answer
 */

/**
 * @param {import('./server.js').Server} server
 * @param {(customer: string, uri: string) => Promise<void>} why
 * @param {Lens} lens
 */
export async function showRows(server, why, lens) {
    /** @type {Answer | undefined} */
    const answer = await server.execute('dunlin.rows', lens.rows);
    if (!answer) return;
    if (answer.rows.length === 0) {
        void window.showInformationMessage(`${answer.title}: nobody.`);
        return;
    }
    moveTo(lens);
    const explained = answer.customers?.some(customer => customer !== null);
    const choice = await window.showQuickPick(items(answer), {
        title: answer.title,
        placeHolder: `${filled(answer).join(' · ')}${explained ? ' – choose a row to see why' : ''}`,
        matchOnDescription: true,
        matchOnDetail: true,
    });
    if (choice?.customer) await why(choice.customer, lens.uri);
}

/**
 * The columns that say something.
 * @param {Answer} answer
 */
function filled({ columns, rows }) {
    return columns.filter((_, at) => rows.some(row => row[at]));
}

/** @param {Answer} answer */
export function items(answer) {
    return answer.rows.map(([first = '', ...others], index) => ({
        label: first,
        description: others.filter(cell => cell !== '').join(' · '),
        customer: answer.customers?.[index] ?? null,
    }));
}

/**
 * The lens that was clicked on is where the list is about.
 * @param {Lens} lens
 */
function moveTo({ uri, position: { line, character } }) {
    const editor = window.visibleTextEditors.find(({ document }) => document.uri.toString() === Uri.parse(uri).toString());
    if (!editor) return;
    const range = new Range(line, character, line, character);
    editor.selection = new Selection(range.start, range.start);
}
