// Which program is started.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { findServer, findTool } from '../src/find.js';

/** @param {string[]} files @param {object} [more] */
const at = (files, more) => ({
    setting: '', extension: '/ext', folders: ['/work'], trusted: true, search: '/usr/bin:.:/opt/bin', home: '/home/me', windows: false,
    isFile: file => files.includes(file),
    ...more,
});

const EVERYWHERE = ['/ext/server/dunlin-lsp', '/opt/bin/dunlin-lsp', '/usr/bin/dunlin', '/work/target/release/dunlin-lsp', '/work/target/debug/dunlin-lsp'];

test('the places, one after the other', () => {
    for (let from = 0; from < EVERYWHERE.length; from += 1) {
        const args = EVERYWHERE[from].endsWith('/dunlin') ? ['lsp'] : [];
        assert.deepEqual(findServer(at(EVERYWHERE.slice(from))), { program: { command: EVERYWHERE[from], args } });
    }
    assert.deepEqual(findServer(at([])), { problem: 'The language server dunlin-lsp was not found.' });
});

test('nothing of the workspace is started without trust, nor by a relative folder of the PATH', () => {
    assert.ok('problem' in findServer(at(['/work/target/release/dunlin-lsp'], { trusted: false })));
    assert.ok('problem' in findServer(at(['dunlin-lsp', '/work/dunlin-lsp'])));
});

test('the setting decides, and one that names nothing is told', () => {
    const found = setting => findServer(at([...EVERYWHERE, '/home/me/bin/dunlin', '/work/bin/dunlin-lsp'], { setting }));
    assert.deepEqual(found('~/bin/dunlin'), { program: { command: '/home/me/bin/dunlin', args: ['lsp'] } });
    assert.deepEqual(found('${workspaceFolder}/bin/dunlin-lsp'), { program: { command: '/work/bin/dunlin-lsp', args: [] } });
    assert.deepEqual(found('bin/dunlin-lsp'), { program: { command: '/work/bin/dunlin-lsp', args: [] } });
    assert.match(found('/nowhere').problem, /\/nowhere/);
});

test('the command line program stands beside the server, else on the PATH', () => {
    assert.equal(findTool(at(['/usr/bin/dunlin', '/ext/server/dunlin']), '/ext/server/dunlin-lsp'), '/ext/server/dunlin');
    assert.equal(findTool(at(['/usr/bin/dunlin']), '/ext/server/dunlin-lsp'), '/usr/bin/dunlin');
    assert.equal(findTool(at([])), undefined);
});

test('Windows', () => {
    const found = findServer(at([], { windows: true, isFile: file => file.endsWith('server/dunlin-lsp.exe') }));
    assert.deepEqual(found, { program: { command: '/ext/server/dunlin-lsp.exe', args: [] } });
});
