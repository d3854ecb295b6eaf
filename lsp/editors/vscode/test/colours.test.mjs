// The colours: of every example against a snapshot, of every keyword of the grammar, of names that look like keywords.

import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { grammars } from '../syntaxes/build.mjs';
import { kind, tokenize } from './tokens.mjs';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
const SNAPSHOTS = fileURLToPath(new URL('snapshots/', import.meta.url));

const EXAMPLES = ['examples', 'src/cli/starter', 'tests/data/forms.proc', 'tests/data/design.proc'].flatMap(place => programs(path.join(ROOT, place)));

/** @param {string} place */
function programs(place) {
    if (place.endsWith('.proc')) return [place];
    return readdirSync(place, { recursive: true, encoding: 'utf8' })
        .filter(file => file.endsWith('.proc'))
        .sort()
        .map(file => path.join(place, file));
}

/** The words of a text as `word kind`, signs and what stands in quotes and comments left out. */
async function words(text) {
    const lines = await tokenize(text);
    return lines.flatMap(({ tokens }) => tokens.filter(isWord).map(token => `${token.text.trim()} ${kind(token)}`));
}

const isWord = token => /^[\p{L}_]/u.test(token.text.trim()) && !/^(comment|string)/.test(kind(token));

/** A line, and below it what its words are; what stands in quotes and comments is told by the line itself. */
function told({ line, tokens }) {
    const kinds = tokens.map(token => `${kind(token)}: ${token.text.trim()}`).filter(text => !/^(comment|punctuation|string\.quoted\.double:)/.test(text));
    return kinds.length ? `>${line}\n    ${kinds.join(' · ')}` : `>${line}`;
}

test('the grammar files are what is built', () => {
    for (const [name, text] of Object.entries(grammars)) {
        const file = new URL(`../syntaxes/${name}`, import.meta.url);
        assert.equal(readFileSync(file, 'utf8'), text, `${name} is old: npm run grammar`);
    }
});

for (const file of EXAMPLES) {
    const name = path.relative(ROOT, file).replaceAll(path.sep, '/');
    test(`colours of ${name}`, async () => {
        const lines = await tokenize(readFileSync(file, 'utf8').replaceAll('\r\n', '\n'));
        for (const { line, tokens } of lines) {
            for (const token of tokens) assert.notEqual(kind(token), '', `${name}: nothing is known of \`${token.text}\` in: ${line}`);
        }
        const snapshot = path.join(SNAPSHOTS, `${name.replaceAll('/', '.')}.snap`);
        const now = `${lines.map(told).join('\n')}\n`;
        if (process.env.UPDATE || !existsSync(snapshot)) {
            mkdirSync(SNAPSHOTS, { recursive: true });
            assert.ok(process.env.UPDATE || !process.env.CI, `no ${snapshot}: UPDATE=1 npm test`);
            writeFileSync(snapshot, now);
        }
        assert.equal(now, readFileSync(snapshot, 'utf8'), 'the colours have changed: UPDATE=1 npm test, and read the difference');
    });
}

/** The words of `grammar/procedure.pest` that are keywords, by the rules that hold them. */
function keywords() {
    const pest = readFileSync(path.join(ROOT, 'grammar/procedure.pest'), 'utf8').replace(/^\s*\/\/.*$/gm, '');
    const found = new Set();
    for (const [, rule, body] of pest.matchAll(/^(\w+)\s*=\s*[@_$!]?\{((?:"(?:\\.|[^"\\])*"|[^"}]|\{\d+\})*)\}/gm)) {
        // Units that people write and the language does not have.
        if (rule === 'usual_unit') continue;
        for (const [, word] of body.matchAll(/"([a-z_]{2,})"/g)) found.add(word);
    }
    return [...found].sort();
}

test('every keyword of the grammar is coloured as one somewhere', async () => {
    const text = EXAMPLES.map(file => readFileSync(file, 'utf8')).join('\n') + '\ndefine a = b is not missing and c in (1 time, 2) \nprocedure x { step y after 1 day repeat every 2 weeks at most 1 time when vip = yes { charge 3 EUR } }\ntest "h" { history of F1 { date: 2026-01-01 } }\n';
    const all = keywords();
    assert.ok(all.length > 80, `${all.length} keywords read`);
    const coloured = new Set();
    for (const entry of await words(text)) {
        const [, phrase, name] = /^(.*) (\S*)$/.exec(entry);
        if (/^(keyword|storage|constant\.language|support|variable\.language)/.test(name)) phrase.split(/\s+/).forEach(word => coloured.add(word));
    }
    assert.deepEqual(all.filter(word => !coloured.has(word)), []);
});

test('a keyword at a place of a name is a name', async () => {
    const text = `ledger {
    customer { priority: number  from: date  step: text  results: flag }
}
define document.late = from < today and priority > 3
define until = any(documents where from = due_date)
procedure p {
    follow documents where priority > 3 and from < today
    priority priority
    step automatic at day 3 when results automatic if step = name {
        call customer
    }
}
`;
    const found = await words(text);
    const count = entry => found.filter(one => one === entry).length;
    assert.equal(count('priority keyword.control'), 1);
    assert.equal(count('priority variable.other'), 3);
    assert.equal(count('priority variable.other.property'), 1);
    assert.equal(count('from variable.other'), 3);
    assert.equal(count('results variable.other'), 1);
    assert.equal(count('automatic entity.name.function.step'), 1);
    assert.equal(count('automatic if keyword.control'), 1);
    assert.equal(count('until entity.name.function.define'), 1);
    assert.equal(count('step storage.type'), 1);
});

test('what is not finished does not spill over into the next declaration', async () => {
    const half = [
        'procedure x {', 'procedure x "half', 'procedure x { step a at day', 'procedure x { step a at day 7 {\n email customer using (', 'ledger { customer {',
        'define x = sum(open_amount of (', 'action a(to: recipient,', 'test "x" { customer C1 {', 'test "x" { on 2026-01-01 expect', 'template t {', 'assign { a when b in (', 'calendar c { holidays "',
    ];
    const next = 'procedure standard {\n    start by assignment\n    step reminder at day 7 automatic { email customer using reminder }\n}\n';
    const expected = await words(next);
    for (const start of half) {
        const found = await words(`${start}\n\n${next}`);
        assert.deepEqual(found.slice(-expected.length), expected, `after: ${start}`);
    }
});

test('a step that lacks its bracket does not swallow the next', async () => {
    const found = await words('procedure p {\n    step a at day 7 {\n        call customer\n    step b at day 9 { call customer }\n}\n');
    assert.ok(found.includes('b entity.name.function.step'));
    assert.equal(found.filter(word => word === 'call support.function.action').length, 2);
});

test('a fragment has the colours it has in its program', async () => {
    const step = 'step a "A" at day 7 automatic if overdue_total < 9 EUR {\n    email customer using reminder\n}\n';
    assert.deepEqual(await words(step), (await words(`procedure p {\n${step}}\n`)).slice(2));
    assert.deepEqual(await words('on 2026-03-02 expect C1 p.a'), (await words('test "t" {\non 2026-03-02 expect C1 p.a\n}')).slice(1));
});

test('fenced blocks in Markdown have colours', async () => {
    for (const fence of ['proc', 'dunlin', 'proc title="x"']) {
        const lines = await tokenize(`# Title\n\n\`\`\`${fence}\nprocedure p { timing dip }\n\`\`\`\nprocedure p\n`, 'text.html.markdown');
        const [, , , code, , after] = lines;
        assert.equal(kind(code.tokens[0]), 'storage.type', fence);
        assert.ok(code.tokens[0].scopes.includes('meta.embedded.block.dunlin'));
        assert.equal(kind(after.tokens[0]), '');
    }
});

test('what a template puts in and decides has colours', async () => {
    const text = 'Dear {{ customer.name }},\n\n{% for invoice in covered -%}\n| {{ invoice.id | upper }} | {{ invoice.amount }} |\n{% endfor %}\n`{{ customer }}`\n';
    const lines = await tokenize(text, 'text.html.markdown');
    const told = lines.slice(0, 5).map(({ tokens }) => tokens.map(token => `${kind(token)}: ${token.text.trim()}`).filter(token => !/^:/.test(token)));
    assert.deepEqual(told, [
        ['punctuation.definition.template-expression.begin: {{', 'variable.other.readwrite: customer', 'punctuation.accessor: .', 'variable.other.property: name', 'punctuation.definition.template-expression.end: }}'],
        [],
        [
            'punctuation.definition.template-expression.begin: {%', 'keyword.control: for', 'variable.other.readwrite: invoice', 'keyword.control: in',
            'variable.other.readwrite: covered', 'punctuation.definition.template-expression.end: -%}',
        ],
        [
            'punctuation.definition.template-expression.begin: {{', 'variable.other.readwrite: invoice', 'punctuation.accessor: .', 'variable.other.property: id',
            'keyword.operator: |', 'support.function: upper', 'punctuation.definition.template-expression.end: }}',
            'punctuation.definition.template-expression.begin: {{', 'variable.other.readwrite: invoice', 'punctuation.accessor: .', 'variable.other.property: amount',
            'punctuation.definition.template-expression.end: }}',
        ],
        ['punctuation.definition.template-expression.begin: {%', 'keyword.control: endfor', 'punctuation.definition.template-expression.end: %}'],
    ]);
});

test('a page has its titles and marks', async () => {
    const lines = await tokenize('procedure standard (primary)  (main.proc:5)\n  → step first is suggested (main.proc:8)\n  ✗ none when (a or b): no', 'text.dunlin.page');
    const told = lines.map(({ tokens }) => tokens.map(token => `${kind(token)}: ${token.text.trim()}`));
    assert.deepEqual(told, [
        ['markup.heading: procedure standard (primary)', ': (main.proc:5)'],
        ['markup.inserted: →', ': step first is suggested (main.proc:8)'],
        ['markup.deleted: ✗', ': none when (a or b): no'],
    ]);
});
