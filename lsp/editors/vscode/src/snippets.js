// Pieces of a program to fill in, where one may begin. As a contribution of the package they would be offered at
// every word, below what fits there.

import { CompletionItem, CompletionItemKind, languages, MarkdownString, Range, SnippetString } from 'vscode';

import snippets from '../snippets/dunlin.json';
import { fitting } from './fitting.js';

/**
 * @param {import('vscode').ExtensionContext} context
 * @param {import('./server.js').Server} server
 */
export function offerSnippets(context, server) {
    const provider = {
        /** @param {import('vscode').TextDocument} document @param {import('vscode').Position} position */
        provideCompletionItems(document, position) {
            const before = document.lineAt(position).text.slice(0, position.character);
            return fitting(snippets, before, server.isRunning).map(piece => item(piece, position));
        },
    };
    context.subscriptions.push(languages.registerCompletionItemProvider({ language: 'dunlin' }, provider));
}

/**
 * @param {import('./fitting.js').Piece} piece
 * @param {import('vscode').Position} position
 */
function item({ label, name, description, text, start }, position) {
    const item = new CompletionItem({ label, description: name }, CompletionItemKind.Snippet);
    item.insertText = new SnippetString(text);
    item.range = new Range(position.with({ character: start }), position);
    item.documentation = new MarkdownString(description);
    // Below what the language server offers.
    item.sortText = `~${label}`;
    return item;
}
