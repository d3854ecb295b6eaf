// Every snippet, taken as it is, is a program without a finding once the company around it is there.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { fitting, OF_SERVER } from '../src/fitting.js';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
const DUNLIN = process.env.DUNLIN ?? path.join(process.env.CARGO_TARGET_DIR ?? path.join(ROOT, 'target'), 'debug/dunlin');
const snippets = JSON.parse(readFileSync(new URL('../snippets/dunlin.json', import.meta.url), 'utf8'));

/** The text that stands there when nothing is typed over. */
function filled({ body }) {
    return body
        .join('\n')
        .replaceAll('\t', '    ')
        .replace(/\$\{\d+\|([^,|}]*)[^}]*\}/g, '$1')
        .replace(/\$\{\d+:([^{}]*)\}/g, '$1')
        .replace(/\$\d+/g, '');
}

const LEDGER = `ledger {
    currency EUR
    customer { segment: key_account | retail }
    document { status: open | dispute | outsourcing }
    recipient representative, sales_manager, collection_agency
}
`;
const template = name => `template ${name} { en "templates/${name}.en.md"  otherwise en }\n`;
const ASSIGN = 'assign { none when segment = key_account  otherwise standard }\n';
const procedure = (steps, timing = 'timing dip') => `procedure standard {\n    start by assignment\n    ${timing}\n${steps}\n}\n`;
const REMINDER = '    step reminder at day 7 { email customer using reminder }\n';
const CALL = '    step call at day 15 {\n        call customer\n        results promised | refused\n    }\n';
const END = '    step end at day 90 { set_status outsourcing }\n';
const COMPANY = LEDGER + template('reminder') + ASSIGN + procedure(REMINDER + CALL + END);
const inTest = text => `${COMPANY}test "t" {\n    customer C1 { segment: retail }\n    document F1 of C1 { due_date: 2026-02-01  amount: 500 EUR }\n${text}\n}\n`;
const ownStep = (text, more = END) => LEDGER + template('reminder') + ASSIGN + procedure(text + '\n' + more);

/** The company around a snippet, by its name. */
const AROUND = {
    Company: text => text,
    'Procedure by days in procedure': text => LEDGER + template('reminder') + ASSIGN + text.replace(/\}\s*$/, `${END}}\n`),
    'Procedure step by step': text => COMPANY + text,
    'Procedure for invoices in dispute': text => COMPANY + template('dispute_opened') + text,
    'Procedure for broken promises': text => COMPANY + text,
    'Step at a day': text => ownStep(text),
    'Step after the previous one': text => LEDGER + template('reminder') + ASSIGN + procedure(`    step first { call customer }\n${text}`, 'timing after previous'),
    'Step with a call': text => LEDGER + ASSIGN + procedure(text + '\n' + END),
    'Step for a collection agency': text => ownStep(REMINDER + text, ''),
    'Step that repeats': text => ownStep(text, ''),
    Assignment: text => COMPANY.replace(ASSIGN, text),
    Template: text => COMPANY.replace(template('reminder'), text),
    Ledger: text => COMPANY.replace(LEDGER, text),
    Define: text => COMPANY.replace('    timing dip', '    timing dip\n    priority disputed_total') + text,
    'Define about a document': text => COMPANY.replace('    timing dip', '    follow documents where status = open and not large\n    timing dip') + text,
    Calendar: text => COMPANY + text + '\ncontact_policy { only on working days }',
    'Contact policy': text => COMPANY + 'calendar belgium { weekend saturday, sunday  holidays BE }\n' + text,
    Action: text => COMPANY.replace('email customer', 'whatsapp customer') + text,
    Test: text => COMPANY + text,
    Expectation: inTest,
    'Report in a test': text => inTest(`${text}\non 2026-02-22 expect C1 nothing`),
};

test('every snippet has a company around it, and the other way', () => {
    assert.deepEqual(Object.keys(AROUND).sort(), Object.keys(snippets).sort());
});

/** What is offered behind a text. */
const labels = (before, isServed = false) => fitting(snippets, before, isServed).map(({ label }) => label);

test('a snippet is offered where it may begin', () => {
    assert.ok(labels('proc').includes('procedure dip'));
    assert.ok(!labels('proc').includes('step at day'));
    assert.deepEqual(labels('    step a'), labels('    step '));
    assert.ok(labels('    step a').includes('step after'));
    assert.deepEqual(labels('        call '), []);
    assert.deepEqual(labels('    step reminder at day 7 '), []);
});

test('a snippet replaces every word that was typed of it', () => {
    assert.deepEqual([...new Set(fitting(snippets, '    step a', false).map(({ start }) => start))], [4]);
});

test('what the language server offers is not offered twice', () => {
    assert.deepEqual([...OF_SERVER].filter(name => !(name in snippets)), []);
    assert.ok(!labels('proc', true).includes('procedure step by step'));
    assert.ok(labels('proc', true).includes('procedure dispute'));
});

const withoutProgram = !existsSync(DUNLIN) && (process.env.DUNLIN ? false : `no ${DUNLIN}: cargo build, or set DUNLIN`);
for (const [name, snippet] of Object.entries(snippets)) {
    test(`snippet: ${name}`, { skip: withoutProgram }, () => {
        const text = AROUND[name](filled(snippet));
        const folder = mkdtempSync(path.join(tmpdir(), 'dunlin-snippet-'));
        try {
            for (const [, file] of text.matchAll(/"(templates\/[^"]*)"/g)) {
                mkdirSync(path.join(folder, path.dirname(file)), { recursive: true });
                writeFileSync(path.join(folder, file), 'Dear customer\n');
            }
            writeFileSync(path.join(folder, 'dunlin.toml'), '');
            writeFileSync(path.join(folder, 'snippet.proc'), text);
            // What nobody uses yet is about the company around it, not about the snippet.
            const findings = run(['check', folder, '--format', 'concise']).replace(/^.*\bE0218\b.*\n/gm, '');
            assert.equal(findings, '', `${text}\n${findings}`);
        } finally {
            rmSync(folder, { recursive: true });
        }
    });
}

/** What the program says. */
function run(args) {
    const { stdout, stderr, error } = spawnSync(DUNLIN, args, { encoding: 'utf8' });
    if (error) throw error;
    return stdout + stderr;
}
