// What is read out of texts: places, the date of the settings, what snippets fit.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { dateOf } from '../src/company.js';
import { fitting } from '../src/fitting.js';
import { places } from '../src/places.js';

test('a page names places at the ends of its lines', () => {
    const found = text => places(text).map(({ start, end, file, at }) => [text.slice(start, end), file, at]);
    assert.deepEqual(found('  … step call_1 is not reached (or so): day 15 comes on 2026-03-26 (procedures/a b.proc:16)'), [['procedures/a b.proc:16', 'procedures/a b.proc', 16]]);
    assert.deepEqual(found('      → call customer, manual, 100.00 EUR, covering F1 (100.00 EUR)'), []);
    assert.deepEqual(found('procedure standard (primary)  (main.proc:5)'), [['main.proc:5', 'main.proc', 5]]);
});

test('the date of the settings stands above every table', () => {
    assert.equal(dateOf('# the day\ndate = "2026-03-17"   # of the export\n[format]\ndates = "DD/MM/YYYY"\n'), '2026-03-17');
    assert.equal(dateOf('date = 2026-03-17'), '2026-03-17');
    assert.equal(dateOf('# date = "2026-03-17"\n[tables.rates]\ndate = "2026-03-18"\n'), undefined);
});

test('snippets are offered where a declaration or a step begins', () => {
    const snippets = JSON.parse(readFileSync(new URL('../snippets/dunlin.json', import.meta.url), 'utf8'));
    const labels = before => fitting(snippets, before).map(({ label }) => label);
    assert.deepEqual(labels('    follow documents where status = '), []);
    assert.deepEqual(labels('step a at day 7 { call cust'), []);
    assert.ok(labels('proc').includes('procedure after') && !labels('proc').includes('step'));
    assert.deepEqual(labels('    st').filter(label => !/^(step|on|expect)/.test(label)), []);
    assert.ok(labels('    step a').includes('step after'));
    assert.ok(labels('').includes('company'));
});
