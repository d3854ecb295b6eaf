// Where the programs are: the language server, and the command line program beside it. No `vscode` here, so that tests can ask.

import path from 'node:path';

/**
 * A program and how to call it.
 * @typedef {{ command: string, args: string[] }} Program
 */

/**
 * What the search looks at.
 * @typedef {object} Surroundings
 * @property {string} setting `dunlin.server.path`, empty where it is not set.
 * @property {string} extension The folder of the extension.
 * @property {string[]} folders The folders of the workspace.
 * @property {boolean} trusted Whether programs of the workspace may be started.
 * @property {string} search The `PATH`.
 * @property {string} home The user's home folder.
 * @property {boolean} windows Whether programs end in `.exe`.
 * @property {(file: string) => boolean} isFile Whether there is such a file.
 */

/**
 * The language server: as set, else in the extension, on the `PATH`, or built in the workspace.
 * A setting that names nothing is a mistake to tell, not to pass over.
 * @param {Surroundings} at
 * @returns {{ program: Program } | { problem: string }}
 */
export function findServer(at) {
    if (at.setting) {
        const file = resolve(at.setting, at);
        return at.isFile(file)
            ? { program: called(file) }
            : { problem: `The setting dunlin.server.path names “${file}”, and there is no such file.` };
    }
    const file = serverPlaces(at).find(at.isFile);
    return file ? { program: called(file) } : { problem: 'The language server dunlin-lsp was not found.' };
}

/**
 * The command line program: beside the server, else on the `PATH`.
 * @param {Surroundings} at
 * @param {string} [server]
 * @returns {string | undefined}
 */
export function findTool(at, server) {
    const beside = server ? [path.dirname(server)] : [];
    return [...beside, ...searched(at)].map(folder => path.join(folder, executable('dunlin', at))).find(at.isFile);
}

/** @param {Surroundings} at */
function serverPlaces(at) {
    const names = ['dunlin-lsp', 'dunlin'].map(name => executable(name, at));
    const built = at.trusted ? at.folders.flatMap(folder => ['release', 'debug'].map(kind => path.join(folder, 'target', kind))) : [];
    return [
        path.join(at.extension, 'server', executable('dunlin-lsp', at)),
        ...names.flatMap(name => searched(at).map(folder => path.join(folder, name))),
        ...built.map(folder => path.join(folder, executable('dunlin-lsp', at))),
    ];
}

/**
 * Folders given relative to the working folder, such as `.`, would find what the workspace holds.
 * @param {Surroundings} at
 */
function searched(at) {
    return at.search.split(at.windows ? ';' : ':').filter(folder => path.isAbsolute(folder));
}

/**
 * @param {string} file
 * @returns {Program}
 */
function called(file) {
    return { command: file, args: /^dunlin(\.exe)?$/i.test(path.basename(file)) ? ['lsp'] : [] };
}

/**
 * @param {string} name
 * @param {Surroundings} at
 */
function executable(name, at) {
    return at.windows ? `${name}.exe` : name;
}

/**
 * @param {string} setting
 * @param {Surroundings} at
 */
function resolve(setting, at) {
    const [first = at.home] = at.folders;
    const file = setting.replace(/^~(?=[\\/])/, at.home).replaceAll('${workspaceFolder}', first).replaceAll('${userHome}', at.home);
    return path.resolve(first, file);
}
