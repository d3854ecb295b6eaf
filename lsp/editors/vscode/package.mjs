// Makes the .vsix, without a network: `npm run package [-- --server FOLDER] [-- options of vsce]`.
//
// With `--server`, `dunlin-lsp` and `dunlin` are taken from that folder into the package, which then is for
// one platform: `npm run package -- --server ../../../target/release --target linux-x64`.

import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createVSIX } from '@vscode/vsce';

const here = path.dirname(fileURLToPath(import.meta.url));
process.chdir(here);
const options = process.argv.slice(2);
/** @param {string} name */
const option = name => (options.includes(name) ? options[options.indexOf(name) + 1] : undefined);

const server = option('--server');
const target = option('--target');
rmSync('server', { recursive: true, force: true });
if (server) {
    const ending = target?.startsWith('win32') ? '.exe' : '';
    mkdirSync('server');
    for (const name of ['dunlin-lsp', 'dunlin']) {
        copyFileSync(path.join(server, name + ending), path.join('server', name + ending));
    }
}

copyFileSync(path.join(here, '../../../LICENSE-MIT'), 'LICENSE.txt');
execFileSync(process.execPath, ['syntaxes/build.mjs']);
execFileSync('npm', ['run', '--silent', 'bundle'], { stdio: 'inherit', shell: process.platform === 'win32' });
// On the page of an extension Visual Studio Code shows no picture that lies in the package.
const readme = readFileSync('README.md', 'utf8').replaceAll(/^!\[.*\]\(.*\)\n+/gm, '');
writeFileSync('dist/README.md', readme);
const packagePath = option('--out') ?? `dunlin${target ? `-${target}` : ''}.vsix`;
await createVSIX({ cwd: here, packagePath, target, dependencies: false, readmePath: 'dist/README.md', rewriteRelativeLinks: false, allowMissingRepository: true, skipLicense: true });
if (!existsSync(packagePath)) throw new Error(`${packagePath} was not written`);
