// Pieces of a program to fill in, where one may begin. As a contribution of the package they would be offered at
// every word, below what fits there.

import { CompletionItem, CompletionItemKind, languages, MarkdownString, SnippetString } from 'vscode';

import snippets from '../snippets/dunlin.json';
import { fitting } from './fitting.js';

/** @param {import('vscode').ExtensionContext} context */
export function offerSnippets(context) {
    const provider = {
        /** @param {import('vscode').TextDocument} document @param {import('vscode').Position} position */
        provideCompletionItems(document, position) {
            const before = document.lineAt(position).text.slice(0, position.character);
            return fitting(snippets, before).map(item);
        },
    };
    context.subscriptions.push(languages.registerCompletionItemProvider({ language: 'dunlin' }, provider));
}

/** @param {import('./fitting.js').Piece} piece */
function item({ label, name, description, text }) {
    const item = new CompletionItem({ label, description: name }, CompletionItemKind.Snippet);
    item.insertText = new SnippetString(text);
    item.documentation = new MarkdownString(description);
    // Below what the language server offers.
    item.sortText = `~${label}`;
    return item;
}
