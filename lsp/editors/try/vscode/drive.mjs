// Uses the extension as a person would, in the Visual Studio Code that run.sh has started.
//
// Each step takes one screenshot and writes down what is on the screen; a step that finds nothing says so and
// the next goes on. What must be there in any case is checked: the exit status tells.

import { createRequire } from 'node:module';
import { mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const puppeteer = createRequire(import.meta.url)(process.env.PUPPETEER ?? 'puppeteer-core');

const argument = name => {
    const at = process.argv.indexOf(`--${name}`);
    return at < 0 ? undefined : process.argv[at + 1];
};
const out = argument('out');
const company = argument('company');
const only = argument('steps')?.split(',');
mkdirSync(out, { recursive: true });

const browser = await puppeteer.launch({
    executablePath: argument('chromium'),
    headless: true,
    defaultViewport: { width: 1500, height: 950 },
    args: [
        '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
        '--disable-component-update', '--disable-sync', '--window-size=1500,950', '--lang=en-US',
    ],
});
const page = await browser.newPage();
const keyboard = page.keyboard;
const pause = milliseconds => new Promise(done => setTimeout(done, milliseconds));

// ---------------------------------------------------------------- what a person does

/** Keys held together: `press('Control+Shift+KeyO')`. */
async function press(keys) {
    const all = keys.split('+');
    for (const key of all.slice(0, -1)) await keyboard.down(key);
    await keyboard.press(all.at(-1));
    for (const key of all.slice(0, -1).reverse()) await keyboard.up(key);
    await pause(150);
}

/** A command by its title. */
async function command(title) {
    await press('F1');
    await page.waitForSelector('.quick-input-widget .quick-input-box input', { visible: true, timeout: 10_000 });
    await pause(300);
    await keyboard.type(title);
    await pause(900);
    await press('Enter');
    await pause(700);
}

/** A file into the editor; right after the start the list of files may not be there yet. */
async function open(file) {
    for (let i = 0; i < 5; i += 1) {
        await press('Control+KeyP');
        await pause(500);
        await keyboard.type(file);
        await pause(900);
        await press('Enter');
        await pause(1200);
        const active = await page.$$eval('.editor-group-container.active .tab.active', all => all.map(one => one.getAttribute('data-resource-name')));
        if (active.includes(file)) return;
        await press('Escape');
        await pause(1500);
    }
    throw new Error(`${file} does not open`);
}

/** The cursor to a line and column, both from 1. */
async function go(line, column = 1) {
    await press('Control+KeyG');
    await pause(300);
    await keyboard.type(`${line}:${column}`);
    await pause(200);
    await press('Enter');
    await pause(300);
}

/** The cursor to where `text` stands in a file of the company, `more` characters further. */
async function goTo(file, text, more = 0) {
    const before = readFileSync(path.join(company, file), 'utf8');
    const at = before.indexOf(text);
    if (at < 0) throw new Error(`no \`${text}\` in ${file}`);
    const lines = before.slice(0, at + more).split('\n');
    await go(lines.length, lines.at(-1).length + 1);
}

const escape = async () => {
    await press('Escape');
    await press('Escape');
};
/** Throws away what was typed. */
const revert = async () => {
    await escape();
    await command('File: Revert File');
    await pause(900);
};

/** The texts of all that a selector finds and a person sees, top down. */
const texts = selector =>
    page.$$eval(selector, all =>
        all
            .filter(one => one.getBoundingClientRect().width > 0)
            .sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top)
            .map(one => one.innerText.replace(/\u00a0/g, ' ').replace(/\s*\n\s*/g, ' | ').trim())
            .filter(text => text !== ''),
    );
const seen = async (selector, milliseconds = 4000) => {
    const end = Date.now() + milliseconds;
    for (;;) {
        const found = await texts(selector);
        if (found.length || Date.now() > end) return found;
        await pause(200);
    }
};
/** Waits until something is so; whether it became so. */
const becomes = async (is, milliseconds = 20_000) => {
    const end = Date.now() + milliseconds;
    while (!(await is())) {
        if (Date.now() > end) return false;
        await pause(100);
    }
    return true;
};
/** The settings of the workspace. */
const set = settings => writeFileSync(path.join(company, '.vscode/settings.json'), JSON.stringify(settings));

const colours = () => page.$$eval('.view-line span span', all => new Set(all.map(one => getComputedStyle(one).color)).size);
const count = selector => page.$$eval(selector, all => all.length);

const HOVER = '.monaco-hover:not(.hidden) .hover-contents, .monaco-hover:not(.hidden) .markdown-hover';
const COMPLETION = '.suggest-widget.visible .monaco-list-row';
const QUICK = '.quick-input-widget .monaco-list-row';
const ACTIONS = '.action-widget .monaco-list-row';
const LENS = '.codelens-decoration > a, .codelens-decoration > span';
const NOTIFICATIONS = '.notification-toast .notification-list-item-message';

/** The lines that the lens has put above the text. */
const lenses = async () => (await texts(LENS)).filter(text => text !== '|');
/** The fewest lines of the lens that a person sees while typing, letter by letter; where they go, the text jumps. */
async function fewestLenses(text) {
    let fewest = await count(LENS);
    for (const letter of text) {
        await keyboard.type(letter);
        for (let i = 0; i < 8; i += 1) {
            await pause(50);
            fewest = Math.min(fewest, await count(LENS));
        }
    }
    return fewest;
}

// ---------------------------------------------------------------- the steps

/** What is to be seen, and whether it must be. */
const STEPS = {
    /** Colours: each kind of word has one of its own. */
    async colours() {
        await open('standard.proc');
        for (let i = 0; i < 60 && (await colours()) < 5; i += 1) await pause(500);
        await go(1);
        await pause(2500);
        return { must: (await colours()) >= 5, found: [`${await colours()} colours`] };
    },
    /** Every text of procedures with its lens, in a picture of its own; for any company. */
    async 'every file'() {
        const found = [];
        const files = readdirSync(company, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.proc'));
        for (const file of files) {
            await open(path.basename(file));
            await go(1);
            await becomes(async () => (await lenses()).length > 0);
            await page.screenshot({ path: path.join(out, `file-${path.basename(file, '.proc')}.png`) });
            found.push(file, ...(await lenses()));
        }
        return { found };
    },
    async 'status bar'() {
        return { found: await texts('.statusbar-item') };
    },
    /** Another file, and that the server has nothing against either. */
    async tests_file() {
        await open('tests.proc');
        return { found: await texts('.tabs-container .tab') };
    },
    async ledger_file() {
        await open('ledger.proc');
        return { found: await texts('.tabs-container .tab') };
    },
    /** A mistake while typing is underlined, and the hover says what to write. */
    async mistake() {
        await open('standard.proc');
        await goTo('standard.proc', 'using reminder', 'using remin'.length);
        await keyboard.type('n');
        await page.waitForSelector('.squiggly-error', { timeout: 8000 });
        await pause(500);
        await command('Show or Focus Hover');
        const hover = await seen(HOVER);
        return { must: hover.some(text => /remin/.test(text)), found: [`${await count('.squiggly-error')} underlined`, ...hover] };
    },
    async problems() {
        await escape();
        await command('Problems: Focus on Problems View');
        const found = await seen('.markers-panel .monaco-list-row');
        return { must: found.length > 0, found };
    },
    async 'code actions'() {
        await command('View: Close Panel');
        await command('View: Focus Active Editor Group');
        await goTo('standard.proc', 'using reminder', 'using remin'.length);
        await press('Control+Period');
        return { found: await seen(ACTIONS) };
    },
    async 'fix applied'() {
        await press('Enter');
        await pause(1500);
        const found = [`${await count('.squiggly-error')} underlined`];
        return { found };
    },
    async 'mistake undone'() {
        await revert();
        await pause(1000);
        return { must: (await count('.squiggly-error')) === 0, found: [`${await count('.squiggly-error')} underlined`] };
    },
    async 'hover of a step'() {
        await goTo('standard.proc', 'step call_1', 'step cal'.length);
        await command('Show or Focus Hover');
        return { found: await seen(HOVER) };
    },
    async 'hover of a field'() {
        await escape();
        await goTo('standard.proc', 'priority overdue_total', 'priority over'.length);
        await command('Show or Focus Hover');
        return { found: await seen(HOVER) };
    },
    async 'hover of an action'() {
        await escape();
        await goTo('standard.proc', 'outsource collection', 3);
        await command('Show or Focus Hover');
        return { found: await seen(HOVER) };
    },
    async 'completion of statuses'() {
        await escape();
        await goTo('standard.proc', 'status = open and', 'status = open'.length);
        for (let i = 0; i < 4; i += 1) await press('Backspace');
        await press('Control+Space');
        return { found: await seen(COMPLETION) };
    },
    async 'completion of templates'() {
        await revert();
        await goTo('standard.proc', 'using reminder', 'using reminder'.length);
        for (let i = 0; i < 8; i += 1) await press('Backspace');
        await press('Control+Space');
        return { found: await seen(COMPLETION) };
    },
    async 'completion of recipients'() {
        await revert();
        await goTo('standard.proc', 'call customer', 'call '.length);
        await press('Control+Delete');
        await press('Control+Space');
        const found = await seen(COMPLETION);
        return { must: !found.some(text => /^step|^on /.test(text)), found };
    },
    async 'completion of fields'() {
        await revert();
        await goTo('standard.proc', 'not promise_open', 'not '.length);
        await press('Control+Delete');
        await press('Control+Space');
        return { found: await seen(COMPLETION) };
    },
    async snippet() {
        await revert();
        await press('Control+End');
        await press('Enter');
        await keyboard.type('procedure');
        await pause(600);
        await press('Control+Space');
        const found = await seen(COMPLETION);
        const labels = found.map(text => text.split(' | ')[0]);
        return { must: found.some(text => /procedure dispute/.test(text)) && new Set(labels).size === labels.length, found };
    },
    async 'snippet inserted'() {
        const rows = await texts(COMPLETION);
        const wanted = Math.max(0, rows.findIndex(text => /step by step|after/.test(text)));
        for (let i = 0; i < wanted; i += 1) await press('ArrowDown');
        await press('Enter');
        await pause(1500);
        const lines = await texts('.view-line');
        return { must: lines.some(text => /timing/.test(text)), found: lines.slice(-14) };
    },
    async 'signature help'() {
        await revert();
        await goTo('standard.proc', 'email customer using', 'email customer '.length);
        await command('Trigger Parameter Hints');
        return { found: await seen('.parameter-hints-widget.visible') };
    },
    async definition() {
        await escape();
        await goTo('standard.proc', 'using reminder', 'using re'.length);
        await press('F12');
        await pause(1500);
        return { found: await texts('.tabs-container .tab.active') };
    },
    async references() {
        await open('standard.proc');
        await goTo('standard.proc', 'step call_2', 'step ca'.length);
        await press('Shift+F12');
        await pause(1500);
        return { found: [...(await texts('.peekview-title')), ...(await texts('.reference-zone-widget .monaco-list-row'))] };
    },
    async highlight() {
        await escape();
        await open('standard.proc');
        await goTo('standard.proc', 'using reminder', 'using re'.length);
        await pause(1200);
        return { found: [`${await count('.wordHighlight, .wordHighlightStrong, .wordHighlightText')} highlighted`] };
    },
    async 'rename asked'() {
        await goTo('standard.proc', 'step call_1', 'step ca'.length);
        await press('F2');
        return { found: await seen('.rename-box', 2500) };
    },
    async 'rename done'() {
        await press('Control+KeyA');
        await keyboard.type('first_call');
        await press('Enter');
        await pause(1800);
        const found = (await texts('.view-line')).filter(text => /first_call|was /.test(text));
        return { must: found.some(text => /first_call .* was call_1/.test(text)), found: [...found, ...(await texts('.tabs-container .tab.dirty'))] };
    },
    async 'lens'() {
        await escape();
        for (let i = 0; i < 3; i += 1) await press('Control+KeyZ');
        await revert();
        await open('tests.proc');
        await revert();
        await open('standard.proc');
        await go(1);
        const must = await becomes(async () => (await lenses()).some(text => /^\d+ customers? · .*EUR/.test(text)));
        return { must, found: await lenses() };
    },
    async 'lens clicked'() {
        await open('standard.proc');
        await becomes(async () => (await count(LENS)) > 0);
        await page.click(LENS);
        const found = await seen(QUICK, 5000);
        return { must: found.length > 0, found };
    },
    async 'why of a row'() {
        await press('Enter');
        await becomes(async () => (await texts('.view-line')).some(text => /leads: due/.test(text)));
        const found = await texts('.editor-group-container:last-child .view-line');
        return { must: found.some(text => /leads: due/.test(text)), found };
    },
    /** An edit: the numbers follow, and say how they differ from what was committed. */
    async 'lens after an edit'() {
        await command('View: Close All Editors');
        await open('standard.proc');
        await goTo('standard.proc', 'at day 7', 'at day 7'.length);
        await press('Backspace');
        const before = Date.now();
        await keyboard.type('1');
        const must = await becomes(async () => (await lenses()).some(text => /against the last commit/.test(text)));
        return { must, found: [`after ${Date.now() - before} ms`, ...(await lenses())] };
    },
    async 'against the last commit clicked'() {
        const all = await page.$$(LENS);
        const said = await Promise.all(all.map(one => one.evaluate(it => it.innerText)));
        await all[said.findIndex(text => /against/.test(text))].click();
        const found = await seen(QUICK, 5000);
        return { must: found.length > 0, found };
    },
    /** Nothing jumps while somebody types what is not yet right, or another name. */
    async 'lens while typing'() {
        await escape();
        await revert();
        await becomes(async () => !(await lenses()).some(text => /against/.test(text)));
        const before = await count(LENS);
        await goTo('standard.proc', 'at day 21', 'at day 21'.length);
        const fewest = await fewestLenses(' when overdue_total >');
        return { must: fewest === before && before > 0, found: [`${before} lines, at least ${fewest} while typing`, ...(await lenses())] };
    },
    async 'lens while a name is typed'() {
        await revert();
        await becomes(async () => !(await lenses()).some(text => /error/.test(text)));
        const before = await count(LENS);
        await goTo('standard.proc', 'step call_2', 'step call_2'.length);
        const fewest = await fewestLenses('_again');
        return { must: fewest === before && before > 0, found: [`${before} lines, at least ${fewest} while typing`, ...(await lenses())] };
    },
    async 'lens of the assignment'() {
        await revert();
        await open('ledger.proc');
        await goTo('ledger.proc', 'assign {');
        await becomes(async () => (await lenses()).length > 0);
        return { found: await lenses() };
    },
    async 'lens of the tests'() {
        await open('tests.proc');
        await go(1);
        const must = await becomes(async () => (await lenses()).some(text => /passes/.test(text)));
        return { must, found: await lenses() };
    },
    async 'no lens where it is turned off'() {
        await open('standard.proc');
        await revert();
        set({ 'dunlin.lens.enabled': false });
        const must = await becomes(async () => (await count(LENS)) === 0);
        const found = [`${await count(LENS)} lines`];
        set({});
        return { must: must && (await becomes(async () => (await count(LENS)) > 0)), found };
    },
    async 'no lens without a ledger'() {
        await open('standard.proc');
        const ledger = path.join(company, 'ledger');
        renameSync(ledger, `${ledger}.away`);
        const must = await becomes(async () => (await count(LENS)) === 0);
        const found = await lenses();
        renameSync(`${ledger}.away`, ledger);
        return { must: must && (await becomes(async () => (await count(LENS)) > 0)), found };
    },
    async 'why asked'() {
        await escape();
        await command('View: Close All Editors');
        await open('standard.proc');
        await command('Dunlin: Explain why');
        await keyboard.type(readFileSync(path.join(company, 'ledger/customers.csv'), 'utf8').split('\n')[1].split(',')[0]);
        await press('Enter');
        await pause(2500);
        return { found: [...(await texts('.tabs-container .tab')), ...(await texts(NOTIFICATIONS))] };
    },
    async worklist() {
        await escape();
        await command('View: Close All Editors');
        await open('standard.proc');
        await command('Dunlin: Show worklist of today');
        await pause(3000);
        const found = await texts('.view-line');
        return { must: found.some(text => /email|call/.test(text)), found: [...(await texts('.tabs-container .tab')), ...(await texts(NOTIFICATIONS))] };
    },
    async 'date hints'() {
        await command('View: Close All Editors');
        await open('standard.proc');
        await command('Dunlin: Choose the document for date hints');
        await keyboard.type(readFileSync(path.join(company, 'ledger/documents.csv'), 'utf8').split('\n')[1].split(',')[0]);
        await press('Enter');
        await pause(2500);
        const found = (await texts('.view-line')).filter(text => /at day/.test(text));
        return { must: found.some(text => /\d{4}-\d{2}-\d{2}/.test(text)), found };
    },
    async 'symbols of the file'() {
        await escape();
        await press('Control+Shift+KeyO');
        await pause(1200);
        return { found: await seen(QUICK) };
    },
    async 'symbols of the workspace'() {
        await escape();
        await press('Control+KeyT');
        await pause(500);
        await keyboard.type('re');
        await pause(1500);
        return { found: await seen(QUICK) };
    },
    async 'call hierarchy'() {
        await escape();
        await go(1);
        await goTo('standard.proc', 'procedure standard', 'procedure st'.length);
        await command('Calls: Show Call Hierarchy');
        await pause(1500);
        return { found: await texts('.sidebar .monaco-list-row') };
    },
    async 'selection range'() {
        await escape();
        await goTo('standard.proc', 'using reminder', 'using re'.length);
        for (let i = 0; i < 3; i += 1) await press('Shift+Alt+ArrowRight');
        return { found: (await texts('.statusbar-item')).filter(text => /selected/.test(text)) };
    },
    async 'format'() {
        await escape();
        await goTo('standard.proc', 'step reminder', 'step'.length);
        await keyboard.type('      ');
        await command('Format Document');
        await pause(1500);
        return { found: (await texts('.view-line')).filter(text => /step reminder|step {2,}/.test(text)).concat(await texts(NOTIFICATIONS)) };
    },
    async 'folded'() {
        await revert();
        await command('Fold All');
        await pause(800);
        return { must: (await count('.inline-folded')) > 0, found: await texts('.view-line') };
    },
    async 'links to templates'() {
        await command('Unfold All');
        await open('ledger.proc');
        await pause(1000);
        return { found: [`${await count('.detected-link')} links`] };
    },
    async 'extract a define'() {
        await open('standard.proc');
        await goTo('standard.proc', 'overdue_total >= 100 EUR');
        for (let i = 0; i < 'overdue_total >= 100 EUR'.length; i += 1) await keyboard.down('Shift').then(() => keyboard.press('ArrowRight'));
        await keyboard.up('Shift');
        await press('Control+Period');
        return { found: await seen(ACTIONS) };
    },
    async template() {
        await escape();
        await open('reminder.en.md');
        await go(1);
        await pause(800);
        return { must: (await colours()) >= 4, found: [`${await colours()} colours`] };
    },
    /** A template is part of the program: what it puts in is checked and completed. */
    async 'mistake in a template'() {
        await goTo('templates/reminder.en.md', '{{ customer', '{{ cust'.length);
        await press('Delete');
        await page.waitForSelector('.squiggly-error', { timeout: 8000 });
        await pause(500);
        await command('Show or Focus Hover');
        const hover = await seen(HOVER);
        return { must: hover.some(text => /custmer/.test(text)), found: [`${await count('.squiggly-error')} underlined`, ...hover] };
    },
    async 'fix in a template'() {
        await escape();
        await press('Control+Period');
        const found = await seen(ACTIONS);
        await page.screenshot({ path: path.join(out, 'template-actions.png') });
        await press('Enter');
        return { must: await becomes(async () => (await count('.squiggly-error')) === 0), found };
    },
    async 'completion in a template'() {
        await revert();
        await goTo('templates/reminder.en.md', 'invoice.due_date', 'invoice.'.length);
        await press('Control+Delete');
        await press('Control+Space');
        const found = await seen(COMPLETION);
        return { must: found.some(text => /due_date/.test(text)), found };
    },
    async 'hover in a template'() {
        await revert();
        await goTo('templates/reminder.en.md', 'customer.name', 'customer.na'.length);
        await command('Show or Focus Hover');
        return { found: await seen(HOVER) };
    },
    async 'another text'() {
        await escape();
        await open('README.md');
        await pause(1500);
        return { must: (await count('.squiggly-error, .squiggly-warning')) === 0, found: await texts('.tabs-container .tab.active') };
    },
    async outline() {
        await open('standard.proc');
        await command('Explorer: Focus on Outline View');
        await pause(1200);
        return { found: await texts('.outline-pane .monaco-list-row') };
    },
    async markdown() {
        await escape();
        await open('notes.md');
        await go(1);
        await pause(800);
        return { must: (await colours()) >= 5, found: [`${await colours()} colours`] };
    },
    async 'run the tests'() {
        await open('standard.proc');
        await command('Dunlin: Run the tests');
        await pause(4000);
        return { found: [...(await texts('.single-terminal-tab, .terminal-tabs-entry')), ...(await texts(NOTIFICATIONS))] };
    },
    async 'server log'() {
        await command('Dunlin: Show server log');
        await pause(1500);
        return { found: (await texts('.panel .view-line')).slice(-12) };
    },
    async restart() {
        await command('Dunlin: Restart language server');
        await pause(2500);
        return { found: [...(await texts('.panel .view-line')).slice(-3), ...(await texts(NOTIFICATIONS))] };
    },
    async 'light theme'() {
        await command('View: Close Panel');
        await command('Preferences: Toggle between Light/Dark Themes');
        await open('standard.proc');
        await go(1);
        await pause(1200);
        const light = await page.$$eval('.monaco-workbench.vs', all => all.length > 0);
        return { must: light, found: [light ? 'light' : 'dark'] };
    },
    async 'high contrast'() {
        set({ 'workbench.colorTheme': 'Default High Contrast' });
        await becomes(async () => (await count('.monaco-workbench.hc-black')) > 0);
        await pause(1500);
        return { found: await lenses() };
    },
    async 'narrow window'() {
        set({});
        await page.setViewport({ width: 760, height: 700 });
        await pause(2500);
        return { found: await lenses() };
    },
    async 'list in a narrow window'() {
        await page.click(LENS);
        const found = await seen(QUICK, 5000);
        await page.screenshot({ path: path.join(out, 'narrow-list.png') });
        await escape();
        await page.setViewport({ width: 1500, height: 950 });
        return { found };
    },
    async walkthrough() {
        await command('Welcome: Open Walkthrough');
        await keyboard.type('Dunlin');
        await pause(800);
        await press('Enter');
        await pause(2000);
        return { found: await texts('.getting-started-step') };
    },
    /** Each of its steps, in a picture of its own. */
    async 'steps of the walkthrough'() {
        const steps = await page.$$('.getting-started-step');
        for (const [at, step] of steps.entries()) {
            await step.click();
            await pause(1500);
            await page.screenshot({ path: path.join(out, `walkthrough-${at + 1}.png`) });
        }
        return { must: steps.length > 0, found: [`${steps.length} steps`] };
    },
    async commands() {
        await command('View: Close All Editors');
        await open('standard.proc');
        await press('F1');
        await pause(300);
        await keyboard.type('Dunlin');
        await pause(900);
        const found = await texts(QUICK);
        return { must: found.filter(text => /^Dunlin: /.test(text)).length >= 7, found };
    },
    async 'settings page'() {
        await escape();
        await command('Preferences: Open Settings (UI)');
        await pause(1500);
        await keyboard.type('@ext:dunlin.dunlin');
        await pause(2500);
        const found = await texts('.settings-editor .setting-item-contents');
        return { must: found.length >= 5, found };
    },
    async 'extension page'() {
        // The settings lie above everything else.
        await becomes(async () => {
            await escape();
            return (await count('.settings-editor')) === 0;
        });
        await command('View: Close All Editors');
        await command('Extensions: Show Installed Extensions');
        await pause(2000);
        const rows = await page.$$('.extensions-list .monaco-list-row');
        if (rows[0]) await rows[0].click();
        await pause(2500);
        return { found: (await texts('.extension-editor .header .details')).slice(0, 3) };
    },
};

// ---------------------------------------------------------------- all of them

await page.goto(argument('url'), { waitUntil: 'domcontentloaded', timeout: 120_000 });
await page.waitForSelector('.monaco-workbench .explorer-folders-view .monaco-list-row', { timeout: 120_000 });
await pause(3000);
// In a workspace that nobody trusts no program is started.
const [, distrust] = await page.$$('.monaco-dialog-box .dialog-buttons .monaco-button');
if (distrust) {
    await page.screenshot({ path: path.join(out, '00-trust.png') });
    await distrust.click();
    await pause(2000);
}

const report = ['# What Visual Studio Code showed', ''];
let failures = 0;
let number = 0;
for (const [name, step] of Object.entries(STEPS)) {
    number += 1;
    if (only && !only.includes(name)) continue;
    const picture = `${String(number).padStart(2, '0')}-${name.replaceAll(' ', '-')}.png`;
    let line;
    try {
        const { must, found } = await step();
        if (must === false) failures += 1;
        line = `## ${number}. ${name}${must === false ? ' – FAILED' : found.length ? '' : ' – nothing'}\n\n${found.map(text => `- ${text}`).join('\n')}\n`;
    } catch (error) {
        failures += 1;
        line = `## ${number}. ${name} – FAILED\n\n- ${error.message}\n`;
    }
    await page.screenshot({ path: path.join(out, picture) });
    report.push(line);
    console.log(line.split('\n').filter(Boolean).slice(0, 6).join('\n'));
}
writeFileSync(path.join(out, 'report.md'), report.join('\n'));
await browser.close();
process.exitCode = failures ? 1 : 0;
