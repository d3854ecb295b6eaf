// Which snippets fit where something is typed. No `vscode` here, so that tests can ask.

/**
 * A snippet of `snippets/dunlin.json`, by its name.
 * @typedef {Record<string, { prefix: string | string[], description: string, body: string[] }>} Snippets
 */

/** @typedef {{ label: string, name: string, description: string, text: string }} Piece */

/**
 * One for each word by which a snippet is found: declarations at the beginning of a line, what stands in a
 * declaration behind blanks, nothing in the middle of a line.
 * @param {Snippets} snippets
 * @param {string} before The line up to the cursor.
 * @returns {Piece[]}
 */
export function fitting(snippets, before) {
    const begun = /^([ \t]*)[\p{L}_ ]*$/u.exec(before);
    if (!begun) return [];
    const isInside = begun[1] !== '';
    return Object.entries(snippets).flatMap(([name, { prefix, description, body }]) => {
        const text = body.join('\n');
        if (/^(?:step|on) /.test(text) !== isInside) return [];
        return [prefix].flat().map(label => ({ label, name, description, text }));
    });
}
