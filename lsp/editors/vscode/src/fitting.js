// Which snippets fit where something is typed. No `vscode` here, so that tests can ask.

/**
 * A snippet of `snippets/dunlin.json`, by its name.
 * @typedef {Record<string, { prefix: string | string[], description: string, body: string[] }>} Snippets
 */

/**
 * A snippet where it fits; it replaces the line from the column `start` on.
 * @typedef {{ label: string, name: string, description: string, text: string, start: number }} Piece
 */

/** What the language server offers itself, filled in with what the program declares. */
export const OF_SERVER = new Set([
    'Procedure by days in procedure',
    'Procedure step by step',
    'Step at a day',
    'Step after the previous one',
    'Step with a call',
    'Ledger',
    'Test',
    'Expectation',
]);

/**
 * One for each word by which a snippet is found: declarations at the beginning of a line, what stands in a
 * declaration behind blanks, nothing in the middle of a line.
 * @param {Snippets} snippets
 * @param {string} before The line up to the cursor.
 * @param {boolean} isServed Whether the language server runs.
 * @returns {Piece[]}
 */
export function fitting(snippets, before, isServed) {
    const [, blanks, words] = /^([ \t]*)((?:[\p{L}_]+ +)*)[\p{L}_]*$/u.exec(before) ?? [];
    if (blanks === undefined || words === undefined) return [];
    return Object.entries(snippets).flatMap(([name, { prefix, description, body }]) => {
        const text = body.join('\n');
        if (/^(?:step|on) /.test(text) !== (blanks !== '')) return [];
        if (isServed && OF_SERVER.has(name)) return [];
        const labels = [prefix].flat().filter(label => label.startsWith(words));
        return labels.map(label => ({ label, name, description, text, start: blanks.length }));
    });
}
