// The places in files that a page names. No `vscode` here, so that tests can ask.

/**
 * `(standard.proc:13)` at the end of a line.
 * @param {string} text A line.
 * @returns {{ start: number, end: number, file: string, at: number }[]}
 */
export function places(text) {
    return [...text.matchAll(/\(([^()]+\.\w+):(\d+)\)$/g)].map(({ index, 0: whole, 1: file = '', 2: at }) => ({
        start: index + 1,
        end: index + whole.length - 1,
        file,
        at: Number(at),
    }));
}
