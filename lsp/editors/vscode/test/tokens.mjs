// The TextMate grammar as VS Code runs it: texts to tokens with scopes.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const textmate = require('vscode-textmate');
const oniguruma = require('vscode-oniguruma');

const FILES = {
    'source.dunlin': '../syntaxes/dunlin.tmLanguage.json',
    'markdown.dunlin.codeblock': '../syntaxes/markdown.tmLanguage.json',
    'markdown.dunlin.template': '../syntaxes/template.tmLanguage.json',
    'text.dunlin.page': '../syntaxes/page.tmLanguage.json',
    // As much of Markdown as an injection needs to be injected into.
    'text.html.markdown': './markdown.json',
};

async function load() {
    await oniguruma.loadWASM(readFileSync(require.resolve('vscode-oniguruma/release/onig.wasm')));
    return new textmate.Registry({
        onigLib: Promise.resolve({
            createOnigScanner: patterns => new oniguruma.OnigScanner(patterns),
            createOnigString: text => new oniguruma.OnigString(text),
        }),
        loadGrammar: async scope =>
            FILES[scope] ? textmate.parseRawGrammar(readFileSync(new URL(FILES[scope], import.meta.url), 'utf8'), 'grammar.json') : null,
        getInjections: scope => (scope === 'text.html.markdown' ? ['markdown.dunlin.codeblock', 'markdown.dunlin.template'] : []),
    });
}

const registry = await load();

/** The lines of `text`, each with its tokens: `{ text, scopes }`, blanks left out. */
export async function tokenize(text, scope = 'source.dunlin') {
    const grammar = await registry.loadGrammar(scope);
    let state = textmate.INITIAL;
    return text.split('\n').map(line => {
        const result = grammar.tokenizeLine(line, state);
        state = result.ruleStack;
        const tokens = result.tokens
            .map(token => ({ text: line.slice(token.startIndex, token.endIndex), scopes: token.scopes }))
            .filter(token => token.text.trim() !== '');
        return { line, tokens };
    });
}

/** What the token was taken for: its innermost scope that colours; empty where it is nothing but part of a region. */
export function kind(token) {
    const scopes = token.scopes.filter(scope => !/^(source|meta|text)\./.test(scope));
    return (scopes.at(-1) ?? '').replace(/\.dunlin$/, '');
}
