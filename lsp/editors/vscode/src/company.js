// The settings of a company. No `vscode` here, so that tests can ask.

/**
 * The run date that a `dunlin.toml` names.
 * @param {string} toml
 * @returns {string | undefined}
 */
export function dateOf(toml) {
    const [top = ''] = toml.split(/^\s*\[/m);
    return /^\s*date\s*=\s*["']?(\d{4}-\d{2}-\d{2})["']?\s*(?:#.*)?$/m.exec(top)?.[1];
}
