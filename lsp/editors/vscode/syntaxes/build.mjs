// Writes the TextMate grammars beside it: `node syntaxes/build.mjs`.
//
// Regular expressions know no names: a word is coloured by its shape and its place, as
// grammar/procedure.pest has it, and the language server's semantic tokens correct the rest. What is
// shared by several expressions is written here once; the JSON files are made from it and committed,
// since other tools read them where they lie.

import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

// ---------------------------------------------------------------- fragments

const WORD = '[\\p{L}_][\\p{L}0-9_]*';
const RESERVED = 'and|or|not|in|is|between|where|when|of|otherwise|yes|no';
/** A word that is not reserved. */
const NAME = `(?!(?:${RESERVED})\\b)${WORD}`;
const NUMBER = '[0-9][0-9_]*(?:\\.[0-9]+)?';
const DATE = '[0-9]{4}-[0-9]{2}-[0-9]{2}(?![\\p{L}0-9_-])';
const STRING = '"(?:\\\\.|[^"\\\\])*"';
const B = '[ \\t]+';
/** What looks like the start of a declaration: word and shape. */
const ITEM = [
    `procedure${B}(?:${NAME}|["{0-9])`,
    `define${B}${WORD}`,
    `(?:template|calendar)${B}${WORD}[ \\t]*(?:\\{|#|$)`,
    '(?:ledger|assign|contact_policy)[ \\t]*(?:\\{|#|$)',
    `action${B}${WORD}[ \\t]*\\(`,
    `test${B}"`,
].join('|');
/** A new declaration ends everything before it, also a block that lacks its `}`. */
const NEXT_ITEM = `^(?=[ \\t]*(?:${ITEM}))`;
const STEP = `step${B}(?:${NAME}|["{0-9])`;
const NEXT_STEP = `^(?=[ \\t]*(?:${STEP}))`;
/** The end of a line that counts, also of one whose bracket was never closed. */
const END_OF_LINE = `(?=[}#])|$|${NEXT_STEP}|${NEXT_ITEM}`;
/** Not behind something that wants a value: there any word is a name. */
const BEHIND_VALUE = [
    '(?<![.=<>+*/(,-])', '(?<![=<>+*/(,-] )', '(?<!and )', '(?<!or )', '(?<!not )', '(?<!in )', '(?<!is )',
    '(?<!else )', '(?<!when )', '(?<!where )', '(?<!if )', '(?<!from )', '(?<!priority )',
].join('');
/** Not before something that wants a value on its left: there the word is a name. */
const BEFORE_VALUE = '(?![ \\t]*(?:[=!<>+*/).,:?|]|(?:and|or|is|in|between)\\b))';
/** A keyword by its place: before a value, and not where a value must stand. */
const clauseWord = word => `${BEHIND_VALUE}\\b(?:${word})\\b${BEFORE_VALUE}`;

const QUESTIONS = 'any|none|count|every|sum|min|max|average';
const FUNCTIONS = 'min|max|end_of_month';
const LABELS = 'to|using|covering|text|instalments|minimum|amount|rate|status|url';
const TYPES = 'text|number|percent|money|date|days|flag';
const PARAMETER_TYPES = `${TYPES}|recipient|template|documents|status`;
const RECORDS = 'customer|document|payment|promise|hold|history|rate';

// ---------------------------------------------------------------- scopes

const scope = name => `${name}.dunlin`;
const KEYWORD = scope('keyword.control');
const DECLARATION = scope('storage.type');
const WORDLIKE = scope('keyword.operator.wordlike');
const LABEL = scope('keyword.other.label');
const VALUE = scope('variable.other.enummember');
const PROPERTY = scope('variable.other.property');
const PROCEDURE = scope('entity.name.type.procedure');
const STEP_NAME = scope('entity.name.function.step');
const TEMPLATE = scope('variable.other.constant.template');
const CALENDAR = scope('variable.other.constant.calendar');
const RECIPIENT = scope('variable.parameter.recipient');
const ID = scope('variable.other.id');
const NUMERIC = scope('constant.numeric');
const UNIT = scope('keyword.other.unit');

const include = name => ({ include: `#${name}` });
const match = (regex, name) => ({ match: regex, name });
const captures = (...names) =>
    Object.fromEntries(names.flatMap((name, i) => (name ? [[String(i + 1), typeof name === 'string' ? { name } : name]] : [])));
const parts = (regex, ...names) => ({ match: regex, captures: captures(...names) });
/** `a, b, c`, each with one scope. */
const list = (name, ...more) => ({ patterns: [...more, match(WORD, name), include('comma')] });

/** `{ … }`, and what ends it where its `}` lacks. */
const block = (patterns, ...ends) => ({
    begin: '\\{',
    beginCaptures: { 0: { name: scope('punctuation.section.block.begin') } },
    end: ['\\}', ...ends, NEXT_ITEM].join('|'),
    endCaptures: { 0: { name: scope('punctuation.section.block.end') } },
    patterns,
});

/** A declaration: its first words, the rest of its header, its block. */
const declaration = (name, begin, beginCaptures, header, body) => ({
    name: scope(`meta.${name}`),
    begin,
    beginCaptures: captures(...beginCaptures),
    end: `(?<=\\})|${NEXT_ITEM}`,
    patterns: [include('comment'), block(body), ...header],
});

// ---------------------------------------------------------------- rules

const repository = {
    comment: {
        match: '(#).*$',
        name: scope('comment.line.number-sign'),
        captures: captures(scope('punctuation.definition.comment')),
    },
    string: {
        begin: '"',
        beginCaptures: { 0: { name: scope('punctuation.definition.string.begin') } },
        end: '"|$',
        endCaptures: { 0: { name: scope('punctuation.definition.string.end') } },
        name: scope('string.quoted.double'),
        patterns: [
            match('\\\\["\\\\]', scope('constant.character.escape')),
            match('\\\\.', scope('invalid.illegal.escape')),
        ],
    },
    comma: match(',', scope('punctuation.separator.comma')),

    ledger: declaration('ledger', '\\b(ledger)\\b(?=[ \\t]*(?:\\{|#|$))', [DECLARATION], [], [
        include('comment'),
        parts(`\\b(currency)\\b(?![ \\t]*:)(?:\\s+(${WORD}))?`, KEYWORD, UNIT),
        {
            begin: '\\b(customer|document)\\b(?=[ \\t]*(?:\\{|#|$))',
            beginCaptures: captures(DECLARATION),
            end: `(?<=\\})|(?=\\})|${NEXT_ITEM}`,
            patterns: [include('comment'), block([include('comment'), include('field')])],
        },
        {
            begin: '\\b(recipient)\\b(?![ \\t]*:)',
            beginCaptures: captures(KEYWORD),
            end: `(?=[}#])|(?<![, \\t])$|${NEXT_ITEM}`,
            ...list(RECIPIENT),
        },
    ]),
    field: {
        patterns: [
            parts(`(${WORD})[ \\t]*(:)`, PROPERTY, scope('punctuation.separator.key-value')),
            match(`(?<!\\|)(?<!\\| )\\b(?:${TYPES})\\b(?!\\s*\\|)`, scope('support.type')),
            match(`\\b${WORD}`, VALUE),
            match('\\|', scope('keyword.operator.or')),
            match('\\?', scope('keyword.operator.optional')),
        ],
    },

    calendar: declaration('calendar', `\\b(calendar)${B}(${NAME})(?=[ \\t]*(?:\\{|#|$))`, [DECLARATION, CALENDAR], [], [
        include('comment'),
        include('string'),
        match('\\b(?:weekend|holidays)\\b', KEYWORD),
        ...list(scope('constant.language.calendar')).patterns,
    ]),

    define: parts(
        `\\b(define)\\b(?:${B}(customer|document)[ \\t]*(\\.))?(?:[ \\t]*(${NAME}))(?:[ \\t]*(=)(?!=))?`,
        DECLARATION, scope('variable.language'), scope('punctuation.accessor'), scope('entity.name.function.define'),
        scope('keyword.operator.assignment')),

    template: declaration('template', `\\b(template)${B}(${NAME})(?=[ \\t]*(?:\\{|#|$))`, [DECLARATION, TEMPLATE], [], [
        include('comment'),
        parts(`\\b(otherwise)\\b(?![ \\t]*")(?:\\s+(${WORD}))?`, KEYWORD, PROPERTY),
        include('string'),
        match(`\\b${WORD}`, PROPERTY),
    ]),

    action_declaration: {
        name: scope('meta.action-declaration'),
        begin: `\\b(action)${B}(${NAME})[ \\t]*(\\()`,
        beginCaptures: captures(DECLARATION, scope('entity.name.function.action'), scope('punctuation.section.parens.begin')),
        end: `\\)|(?=[{}])|${NEXT_STEP}|${NEXT_ITEM}`,
        endCaptures: { 0: { name: scope('punctuation.section.parens.end') } },
        patterns: [
            include('comment'),
            {
                match: `(${WORD})[ \\t]*(:)\\s*(?:\\b(${PARAMETER_TYPES})\\b|(${WORD}))?[ \\t]*(\\?)?`,
                captures: captures(scope('variable.parameter'), scope('punctuation.separator.key-value'), scope('support.type'), VALUE, scope('keyword.operator.optional')),
            },
            include('expression'),
        ],
    },
    /** What stands behind the brackets of an action. */
    action_words: parts('\\b(contact|by\\s+hand)\\b(?![ \\t]*:)|\\b(computes)\\s+(charge|interest|plan|' + WORD + ')', KEYWORD, KEYWORD, VALUE),

    assign: declaration('assign', '\\b(assign)\\b(?=[ \\t]*(?:\\{|#|$))', [DECLARATION], [], [
        include('comment'),
        parts(`\\b(otherwise)\\b(?:\\s+(?:(none)\\b|(${NAME})))?`, KEYWORD, scope('constant.language.none'), PROCEDURE),
        parts(`${BEHIND_VALUE}\\b(?:(none)|(${NAME}))\\b(?=\\s+when\\b|[ \\t]*$)`, scope('constant.language.none'), PROCEDURE),
        include('expression'),
    ]),

    procedure: declaration('procedure', `\\b(procedure)\\b(?:${B}(?![0-9]+${B}days?\\b)(${NAME})|(?=[ \\t]*["{0-9]))`, [DECLARATION, PROCEDURE], [include('title'), include('header')], [
        include('comment'),
        include('step'),
        include('clause'),
        include('expression'),
    ]),
    title: { ...{ name: scope('meta.title') }, patterns: [include('string')] },
    header: {
        patterns: [
            parts(`\\b(for)\\s+(${WORD})`, KEYWORD, scope('variable.language')),
            { begin: '\\b(was)\\b', beginCaptures: captures(KEYWORD), end: `(?![\\s,\\p{L}0-9_])|(?=\\bfor\\b)|${NEXT_ITEM}`, ...list(PROCEDURE, parts('\\b(for)\\s+(customer|document)\\b', KEYWORD, scope('variable.language'))) },
        ],
    },
    clause: {
        patterns: [
            match('\\b(?:start\\s+by\\s+assignment|timing\\s+after\\s+previous|timing\\s+dip)\\b', KEYWORD),
            match('\\b(?:start|stop)\\b(?=\\s+when\\b|[ \\t]*$)', KEYWORD),
            match('\\bstart(?=\\s+by\\b)|\\bby\\s+assignment\\b|\\btiming\\b(?=[ \\t]*$)', KEYWORD),
            parts('\\b(follow)\\s+(documents)\\b', KEYWORD, scope('support.type.collection')),
            match(clauseWord('priority') + '(?=\\s)', KEYWORD),
            include('modifier'),
        ],
    },
    /** What may stand behind a name or a value and starts something new. */
    modifier: {
        patterns: [
            parts('\\b(at\\s+day)\\b[ \\t]*(-?[ \\t]*[0-9][0-9_]*)?', KEYWORD, NUMERIC),
            match('\\bat\\s+stop\\b', KEYWORD),
            parts(`\\b(at\\s+most)\\s+(${NUMBER})\\s+(times?|contacts?)\\b`, KEYWORD, NUMERIC, UNIT),
            match('\\bautomatic\\s+if\\b', KEYWORD),
            match(`${BEHIND_VALUE}\\b(?:automatic|manual)\\b${BEFORE_VALUE}`, KEYWORD),
            match('\\brepeat\\s+every\\b|\\b(?:after|every)\\b(?=\\s+[0-9])|\\bat\\s+most\\b|\\bonly\\s+on\\b', KEYWORD),
            parts('\\b(counting)\\s+(working\\s+days?)\\b(?:\\s+(of)\\s+(' + NAME + '))?', KEYWORD, UNIT, WORDLIKE, CALENDAR),
            parts('\\b(working\\s+days?)\\b(?:\\s+(of)\\s+(' + NAME + '))?', UNIT, WORDLIKE, CALENDAR),
            match(clauseWord('from') + '(?=\\s)', KEYWORD),
            match('\\bcounting\\b(?=[ \\t]*$)', KEYWORD),
        ],
    },

    step: {
        name: scope('meta.step'),
        begin: `\\b(step)\\b(?:${B}(${NAME})|(?=[ \\t]*["{0-9]))`,
        beginCaptures: captures(DECLARATION, STEP_NAME),
        end: `(?<=\\})|(?=\\})|${NEXT_STEP}|${NEXT_ITEM}`,
        patterns: [
            include('comment'),
            block([include('comment'), include('results'), include('action')], NEXT_STEP),
            include('title'),
            { begin: '\\b(was)\\b', beginCaptures: captures(KEYWORD), end: `(?![\\s,\\p{L}0-9_])|${NEXT_ITEM}`, ...list(STEP_NAME, include('modifier')) },
            include('modifier'),
            include('expression'),
        ],
    },
    results: {
        begin: '\\b(results)\\b(?=\\s+[\\p{L}_])',
        beginCaptures: captures(KEYWORD),
        end: `(?=[}#])|(?<![|\\s])[ \\t]*$(?!\\n[ \\t]*\\|)`,
        patterns: [match('\\|', scope('keyword.operator.or')), match(WORD, VALUE)],
    },
    action: {
        patterns: [
            // The line before goes on: it ended within brackets, or this one begins with an operator.
            { begin: '^[ \\t]*(?=(?:and|or)\\b|[=!<>+*/|-])', end: END_OF_LINE, patterns: [match('\\|', scope('keyword.operator.or')), include('arguments')] },
            {
                begin: [
                    '\\b(?:(set_status)\\b(?:[ \\t]+(?:status[ \\t]+)?(',
                    WORD,
                    '))?|(',
                    NAME,
                    ')(?:[ \\t]+(?!(?:',
                    LABELS,
                    ')\\b(?=[ \\t]+[\\p{L}"0-9]))(?!(?:(?:archived|all)[ \\t]+)?documents\\b)(?:(customer)|(',
                    NAME,
                    '))(?![.(\\p{L}0-9_])(?![ \\t]+["0-9]))?)',
                ].join(''),
                beginCaptures: captures(scope('support.function.action'), VALUE, scope('support.function.action'), scope('variable.language'), RECIPIENT),
                end: END_OF_LINE,
                patterns: [include('arguments')],
            },
        ],
    },
    arguments: {
        patterns: [
            parts(`\\b(using)\\s+(${NAME})`, LABEL, TEMPLATE),
            parts(`\\b(to)[ \\t]+(?:(customer)\\b|(${NAME}))`, LABEL, scope('variable.language'), RECIPIENT),
            match(`${BEHIND_VALUE}\\b(?:${LABELS})\\b(?=[ \\t]+(?:(?!(?:${RESERVED})\\b)[\\p{L}_]|["0-9(-]))`, LABEL),
            // The label of an action of the company's own: two words beside each other.
            match(`${BEHIND_VALUE}\\b(?!(?:archived|all)\\b)${NAME}\\b(?=[ \\t]+(?!(?:${RESERVED})\\b)[\\p{L}_"0-9])`, LABEL),
            include('expression'),
        ],
    },

    contact_policy: declaration('contact-policy', '\\b(contact_policy)\\b(?=[ \\t]*(?:\\{|#|$))', [DECLARATION], [], [
        include('comment'),
        include('modifier'),
        include('expression'),
    ]),

    test: declaration('test', '\\b(test)\\b(?=[ \\t]*")', [DECLARATION], [include('title')], [
        include('comment'),
        include('event'),
        include('record'),
        include('event_words'),
        include('expression'),
    ]),
    record: {
        begin: `\\b(${RECORDS})\\b(?:[ \\t]+(?!of\\b)(?:(${STRING})|(${NAME})))?(?:[ \\t]+(of)\\b(?:[ \\t]+(?:(${STRING})|(${NAME})))?)?(?=[ \\t]*(?:\\{|#|$))`,
        beginCaptures: captures(DECLARATION, scope('string.quoted.double'), ID, WORDLIKE, scope('string.quoted.double'), ID),
        end: `(?<=\\})|(?=\\})|^(?=[ \\t]*on${B}[0-9])|${NEXT_ITEM}`,
        patterns: [
            include('comment'),
            block([
                include('comment'),
                parts(`(${WORD})[ \\t]*(:)`, PROPERTY, scope('punctuation.separator.key-value')),
                match('\\b(?:yes|no)\\b', scope('constant.language.boolean')),
                include('literal'),
                match(`\\b${WORD}`, VALUE),
                include('operator'),
            ], `^(?=[ \\t]*on${B}[0-9])`),
        ],
    },
    event: {
        begin: `\\b(on)${B}(${DATE})`,
        beginCaptures: captures(KEYWORD, scope('constant.numeric.date')),
        end: END_OF_LINE,
        patterns: [include('event_words'), include('literal'), match(`\\b${WORD}`, VALUE), include('operator')],
    },
    event_words: {
        patterns: [
            parts(
                `\\b(set)${B}(?:(${STRING})|(${NAME}))(?:${B}(${NAME}))?(?:${B}(${WORD}))?`,
                KEYWORD, scope('string.quoted.double'), ID, PROPERTY, VALUE),
            parts(`\\b(expect|done|skip|paid|hold|promise)\\b(?:${B}(?:(${STRING})|(${NAME})))?`, KEYWORD, scope('string.quoted.double'), ID),
            parts(`\\b(nothing)\\b(?:\\s+(from)\\s+(${NAME}))?`, KEYWORD, KEYWORD, PROCEDURE),
            parts(`\\b(from)\\s+(${NAME})`, KEYWORD, PROCEDURE),
            parts(`\\b(${NAME})(\\.)(${NAME})`, PROCEDURE, scope('punctuation.accessor'), STEP_NAME),
            parts(`\\b(result)\\b${B}(${WORD})`, KEYWORD, VALUE),
            parts(`\\b(until)\\b`, KEYWORD),
        ],
    },

    literal: {
        patterns: [
            include('string'),
            match(`\\b${DATE}`, scope('constant.numeric.date')),
            parts(`\\b(${NUMBER})[ \\t]*(%)`, scope('constant.numeric.percent'), UNIT),
            parts(`\\b(${NUMBER})[ \\t]*([A-Z]{3})\\b`, scope('constant.numeric.money'), scope('keyword.other.unit.currency')),
            parts(
                `\\b(${NUMBER})[ \\t]*(working\\s+days?|weeks?|days?)\\b(?![ \\t]*:)(?:\\s+(of)\\s+(?!(?:documents|promises|contacts|archived|all)\\b)(${NAME}))?`,
                scope('constant.numeric.duration'), UNIT, WORDLIKE, CALENDAR),
            match(`\\b${NUMBER}`, NUMERIC),
        ],
    },
    operator: {
        patterns: [
            match('!=|<=|>=|=|<|>', scope('keyword.operator.comparison')),
            match('[-+*/]', scope('keyword.operator.arithmetic')),
            match('\\.', scope('punctuation.accessor')),
            include('comma'),
        ],
    },
    expression: {
        patterns: [
            include('comment'),
            include('literal'),
            {
                begin: '\\b(in)\\b\\s*(\\()',
                beginCaptures: captures(WORDLIKE, scope('punctuation.section.parens.begin')),
                end: `\\)|(?=[{}])|${NEXT_STEP}|${NEXT_ITEM}`,
                endCaptures: { 0: { name: scope('punctuation.section.parens.end') } },
                patterns: [include('comment'), include('literal'), include('path'), match(`\\b${WORD}`, VALUE), include('operator')],
            },
            {
                begin: '\\(',
                beginCaptures: { 0: { name: scope('punctuation.section.parens.begin') } },
                end: `\\)|(?=[{}])|${NEXT_STEP}|${NEXT_ITEM}`,
                endCaptures: { 0: { name: scope('punctuation.section.parens.end') } },
                patterns: [include('expression')],
            },
            parts('\\b(is)\\s+(?:(not)\\s+)?(missing|present)\\b', WORDLIKE, WORDLIKE, WORDLIKE),
            match('\\b(?:when|where|otherwise)\\b', KEYWORD),
            // Behind these a bare word is a value of a closed list, far more often than a field.
            parts(`\\b(or\\s+else)\\b(?:\\s+(?!today\\b|customer\\b|document\\b|leading\\b|yes\\b|no\\b)(${NAME})\\b(?!\\s*[.(]))?`, WORDLIKE, VALUE),
            parts(`(!=|(?<![<>=])=)(?:\\s+(?:(yes|no)\\b|(?!(?:today|customer|document|leading|dip|not|result)\\b)(${WORD})\\b(?!\\s*[.(]|\\s+documents\\b)))`, scope('keyword.operator.comparison'), scope('constant.language.boolean'), VALUE),
            match(`\\b(?:${QUESTIONS}|${FUNCTIONS})\\b(?=[ \\t]*\\()`, scope('support.function')),
            parts(`\\b(result\\s+of)\\s+(${NAME})`, WORDLIKE, STEP_NAME),
            match('\\b(?:(?:archived|all)\\s+)?documents\\b(?![ \\t]*:)|\\b(?:promises|contacts)\\b(?![ \\t]*:)', scope('support.type.collection')),
            include('path'),
            match('\\b(?:today|leading|dip)\\b', scope('variable.language')),
            match('\\b(?:yes|no)\\b', scope('constant.language.boolean')),
            match('\\b(?:and|or|not|in|is|between|of)\\b', WORDLIKE),
            include('operator'),
            match(`\\b${WORD}`, scope('variable.other')),
        ],
    },
    path: parts(`\\b(?:(customer|document|leading)|(${NAME}))(\\.)(${WORD})`, scope('variable.language'), scope('variable.other'), scope('punctuation.accessor'), PROPERTY),
};

const ITEMS = ['ledger', 'calendar', 'define', 'template', 'action_declaration', 'assign', 'procedure', 'contact_policy', 'test'];

const dunlin = {
    information_for_contributors: ['Made by syntaxes/build.mjs from what is written there; edit that and run `npm run grammar`.'],
    name: 'Dunlin',
    scopeName: 'source.dunlin',
    fileTypes: ['proc'],
    // The rest is for fragments, as they stand in Markdown: a step, an event, a clause by itself.
    patterns: [include('comment'), ...ITEMS.map(include), include('step'), include('event'), include('action_words'), include('clause'), include('expression')],
    repository,
};

/** Fenced blocks in Markdown. */
const markdown = {
    information_for_contributors: dunlin.information_for_contributors,
    scopeName: 'markdown.dunlin.codeblock',
    injectionSelector: 'L:text.html.markdown',
    patterns: [{ include: '#fenced_code_block_dunlin' }],
    repository: {
        fenced_code_block_dunlin: {
            name: 'markup.fenced_code.block.markdown',
            begin: '(^|\\G)(\\s*)(`{3,}|~{3,})\\s*(?i:(proc|dunlin)((?:\\s+|:|,|\\{|\\?)[^`~]*)?$)',
            beginCaptures: {
                3: { name: 'punctuation.definition.markdown' },
                4: { name: 'fenced_code.block.language' },
                5: { name: 'fenced_code.block.language.attributes' },
            },
            end: '(^|\\G)(\\2|\\s{0,3})(\\3)\\s*$',
            endCaptures: { 3: { name: 'punctuation.definition.markdown' } },
            patterns: [
                {
                    begin: '(^|\\G)(\\s*)(.*)',
                    while: '(^|\\G)(?!\\s*([`~]{3,})\\s*$)',
                    contentName: 'meta.embedded.block.dunlin',
                    patterns: [{ include: 'source.dunlin' }],
                },
            ],
        },
    },
};

// ---------------------------------------------------------------- templates

/** What a template puts in and decides, in the middle of its Markdown. */
const inTemplate = (name, open, close, patterns) => ({
    name: `meta.embedded.${name}.dunlin`,
    begin: `${open}[-+]?`,
    end: `[-+]?${close}`,
    beginCaptures: { 0: { name: scope('punctuation.definition.template-expression.begin') } },
    endCaptures: { 0: { name: scope('punctuation.definition.template-expression.end') } },
    patterns,
});

const template = {
    information_for_contributors: dunlin.information_for_contributors,
    scopeName: 'markdown.dunlin.template',
    injectionSelector: 'L:text.html.markdown - meta.embedded - markup.fenced_code - markup.inline.raw - comment',
    patterns: [{ include: '#comment' }, { include: '#statement' }, { include: '#expression' }],
    repository: {
        comment: { name: scope('comment.block'), begin: '\\{#', end: '#\\}' },
        statement: inTemplate('statement', '\\{%', '%\\}', [
            match('\\b(?:for|in|endfor|if|elif|else|endif|set|include|with|endwith|filter|endfilter|macro|endmacro|raw|endraw)\\b', KEYWORD),
            include('value'),
        ]),
        expression: inTemplate('expression', '\\{\\{', '\\}\\}', [include('value')]),
        value: {
            patterns: [
                match('"[^"]*"|\'[^\']*\'', scope('string.quoted')),
                match(NUMBER, NUMERIC),
                match('\\b(?:and|or|not|is|in|if|else|true|false|none)\\b', WORDLIKE),
                parts(`(\\|)\\s*(${WORD})`, scope('keyword.operator'), scope('support.function')),
                parts(`(\\.)(${WORD})`, scope('punctuation.accessor'), PROPERTY),
                match(`${WORD}(?=\\()`, scope('support.function')),
                match(WORD, scope('variable.other.readwrite')),
                match('[-+*/%~=!<>]+', scope('keyword.operator')),
            ],
        },
    },
};

// ---------------------------------------------------------------- pages

/** What `dunlin why` and `dunlin run` print: titles, and what came of each rule. */
const page = {
    information_for_contributors: dunlin.information_for_contributors,
    scopeName: 'text.dunlin.page',
    patterns: [
        parts('^(\\S.*?)(?:\\s+\\([^()]+\\.\\w+:\\d+\\))?$', scope('markup.heading')),
        parts('^\\s+([✓→])(?= )', scope('markup.inserted')),
        parts('^\\s+([✗!])(?= )', scope('markup.deleted')),
        parts('^\\s+(↷)(?= )', scope('markup.changed')),
        parts('^\\s+(▶)(?= )', scope('keyword.operator')),
    ],
};

/** The files, by name. */
export const grammars = {
    'dunlin.tmLanguage.json': `${JSON.stringify(dunlin, null, 2)}\n`,
    'markdown.tmLanguage.json': `${JSON.stringify(markdown, null, 2)}\n`,
    'page.tmLanguage.json': `${JSON.stringify(page, null, 2)}\n`,
    'template.tmLanguage.json': `${JSON.stringify(template, null, 2)}\n`,
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
    for (const [name, text] of Object.entries(grammars)) {
        writeFileSync(new URL(name, import.meta.url), text);
    }
}
