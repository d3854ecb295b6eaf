// The settings as the server wants them.

import { workspace } from 'vscode';

/** The document that date hints are for, remembered for the workspace. */
const DOCUMENT = 'dunlin.hintDocument';

/**
 * What the server reads as `dunlin`.
 * @typedef {object} ServerSettings
 * @property {{ enabled: boolean, date: string | null }} lens
 * @property {{ enabled: boolean, document: string | null }} inlayHints
 */

/**
 * @param {import('vscode').Memento} memory
 * @returns {ServerSettings}
 */
export function serverSettings(memory) {
    const settings = workspace.getConfiguration('dunlin');
    return {
        lens: { enabled: settings.get('lens.enabled', true), date: runDate() },
        inlayHints: { enabled: settings.get('inlayHints.enabled', true), document: hintDocument(memory) },
    };
}

/**
 * The run date that is set; `null` for the one `dunlin.toml` names, else today.
 * @returns {string | null}
 */
export function runDate() {
    return workspace.getConfiguration('dunlin').get('ledger.date', '') || null;
}

/**
 * @param {import('vscode').Memento} memory
 * @returns {string | null}
 */
export function hintDocument(memory) {
    return memory.get(DOCUMENT, '') || null;
}

/**
 * @param {import('vscode').Memento} memory
 * @param {string} id Empty for none.
 */
export async function setHintDocument(memory, id) {
    await memory.update(DOCUMENT, id || undefined);
}
