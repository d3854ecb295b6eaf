/**
 * The syntax of Dunlin for editors.
 *
 * It takes and refuses the same texts as grammar/procedure.pest, and its rules bear the same names; a test
 * compares the two (tests/). Three things to know before changing a rule:
 *
 * 1. What depends on line ends, or on more than one word ahead, is asked of src/scanner.c. Its tokens are
 *    questions: they take no text, and stand in a rule where the answer must be yes.
 * 2. A word is a keyword where one is expected, and a name elsewhere. Only the words of `reserved` are names
 *    nowhere; where any word may stand, the rule is wrapped in `any`.
 * 3. `email customer using reminder` can be read in two ways until its line ends: that is what the conflicts
 *    are for. Both readings are followed; the one with an argument by its place wins.
 *
 * @file Credit-collection procedures
 * @license MIT OR Apache-2.0
 */

/// <reference types="tree-sitter-cli/dsl" />
// @ts-check

const PRECEDENCE = { not: 1, compare: 2, plus: 3, times: 4, minus: 5 };

/** Words that are keywords in questions and names elsewhere in an expression. */
const QUESTION_WORDS = ['documents', 'promises', 'contacts', 'all', 'archived', 'result'];
/** The owners of fields; never the label of a first argument. */
const ENTITIES = ['customer', 'document'];
/** The words that are names nowhere. */
const RESERVED = ['and', 'or', 'not', 'in', 'is', 'between', 'where', 'when', 'of', 'otherwise', 'yes', 'no'];
/** Those of them that may be values of a closed list. */
const VALUE_WORDS = RESERVED.filter(word => word !== 'yes' && word !== 'no');

module.exports = grammar({
  name: 'dunlin',

  word: $ => $.name,

  // Blanks, the odd ones of some word processors too.
  extras: $ => [/[ \t\r\n\u00A0\u202F\u2007\u2009\u200B\u3000\uFEFF]/, $.comment],

  externals: $ => [
    // Something follows on this line.
    $._beside,
    // An action ends: its line does, and the next one does not go on with it.
    $._line_end,
    // The same where a value must follow: no program.
    $._value_missing,
    // `(` follows on this line.
    $._bracket_ahead,
    // `?` follows on this line.
    $._optional_ahead,
    // The unit of a number follows on this line.
    $._unit_ahead,
    // `or else` follows.
    $._or_else_ahead,
    // Never there: what must follow `_value_missing`. Asked for with all others, a mistake is being mended.
    $.missing_operand,
  ],

  reserved: {
    global: _ => RESERVED,
    any_word: _ => [],
    // `result of documents` is no result of a step, and `working days of documents` no calendar.
    no_collection: _ => [...RESERVED, 'documents', 'promises', 'contacts'],
    // In the block of a step, the next one begins.
    action_name: _ => [...RESERVED, 'step'],
    first_label: _ => [...RESERVED, ...ENTITIES],
  },

  conflicts: $ => [
    // `whatsapp customer …`: an argument by its place, or a label.
    [$._operand_name, $._first_label],
    // The same where the word is the first of `documents …`, `all documents …` or `result of …`.
    [$._operand_name, $._first_label, $.given_documents],
    [$._first_label, $.given_documents],
    [$._first_label, $.result_of],
    // `sum(5 working days of …)`: a calendar, or what is asked about.
    [$.working_days],
    // `repeat every 7 days at …`: `most` or `day`.
    [$.repeat],
    // `paid F1 customer …`: an amount, or the next record.
    [$.paid],
  ],

  rules: {
    file: $ => repeat(choice(
      $.ledger, $.calendar, $.define, $.template, $.action_declaration, $.assign, $.procedure,
      $.contact_policy, $.test,
    )),

    // ---------------------------------------------------------------- ledger

    ledger: $ => seq('ledger', body($, $._ledger_block)),
    _ledger_block: $ => braces(choice($.ledger_currency, $.entity, $.recipients)),
    ledger_currency: $ => seq('currency', any(alias($.name, $.currency))),
    entity: $ => seq(field('name', $.entity_name), body($, $._entity_block)),
    _entity_block: $ => braces($.field),
    entity_name: _ => choice(...ENTITIES),
    field: $ => seq(
      field('name', any($.name)), $._beside, ':',
      field('type', choice(any(alias($.name, $.type)), $.closed_list)),
      optional(seq($._optional_ahead, $.optional)),
    ),
    closed_list: $ => seq(listed_value($), repeat1(seq('|', listed_value($)))),
    optional: _ => '?',
    recipients: $ => seq('recipient', names($)),

    // ---------------------------------------------------------------- calendar, define, template, action

    calendar: $ => seq('calendar', beside_name($), body($, $._calendar_block)),
    _calendar_block: $ => braces(choice($.weekend, $.holidays)),
    weekend: $ => seq('weekend', names($)),
    holidays: $ => seq('holidays', commas(choice($.string, $.name))),

    define: $ => seq(
      'define', $._beside,
      choice(
        field('name', choice($.name, ...as_names($, ENTITIES))),
        seq(field('about', $.entity_name), token.immediate('.'), beside_name($)),
      ),
      '=', field('value', $._expr),
    ),

    template: $ => seq('template', beside_name($), body($, $._template_block)),
    _template_block: $ => braces(choice($.template_file, $.template_otherwise)),
    template_file: $ => seq(field('language', any(alias($.name, $.language))), $._beside, field('file', $.string)),
    template_otherwise: $ => seq('otherwise', field('language', any(alias($.name, $.language)))),

    action_declaration: $ => seq(
      'action', beside_name($), $._beside, '(', optional(commas($.parameter)), ')',
      repeat(choice($.contact, $.by_hand, $.computes)),
    ),
    parameter: $ => seq(
      field('name', any($.name)), $._beside, ':', field('type', any(alias($.name, $.type))),
      optional(seq($._optional_ahead, $.optional)),
      optional(seq('=', field('default', $._expr))),
    ),
    contact: _ => 'contact',
    by_hand: _ => seq('by', 'hand'),
    computes: $ => seq('computes', $.name),

    // ---------------------------------------------------------------- assign

    assign: $ => seq('assign', body($, $._assign_block)),
    _assign_block: $ => braces(choice($.assign_rule, $.assign_otherwise)),
    assign_rule: $ => seq(field('procedure', $.name), 'when', field('condition', $._expr)),
    assign_otherwise: $ => seq('otherwise', field('procedure', $.name)),

    // ---------------------------------------------------------------- procedure

    procedure: $ => seq(
      'procedure', beside_name($), optional(field('title', $.string)),
      repeat(choice($.scope, $.was)),
      body($, $._procedure_block),
    ),
    _procedure_block: $ => braces(choice($.step, $.start, $.stop, $.follow, $.timing, $.priority)),
    scope: $ => seq('for', $.entity_name),
    was: $ => seq('was', names($)),
    start: $ => seq('start', choice(seq('by', 'assignment'), $.when), optional($.from)),
    stop: $ => seq('stop', $.when),
    follow: $ => seq('follow', 'documents', optional($.filter)),
    timing: $ => seq('timing', choice($.after_previous, seq('dip', repeat(choice($.from, $.counting))))),
    after_previous: _ => seq('after', 'previous'),
    counting: $ => seq('counting', $.working_days),
    working_days: $ => seq(
      'working', choice('days', 'day'),
      optional(seq('of', field('calendar', reserved('no_collection', $.name)))),
    ),
    priority: $ => seq('priority', $._expr),
    when: $ => seq('when', $._expr),
    from: $ => seq('from', $._expr),
    filter: $ => seq('where', $._expr),

    // ---------------------------------------------------------------- step

    step: $ => seq(
      'step', beside_name($), optional(field('title', $.string)),
      repeat(choice(
        $.at_day, $.at_stop, $.after, $.from, $.when, $.automatic, $.manual, $.repeat, $.was,
      )),
      body($, $._step_block),
    ),
    _step_block: $ => braces(choice($.results, $.action)),
    at_day: $ => seq('at', 'day', $._beside, $.day_number),
    day_number: $ => seq(optional(seq('-', $._beside)), /[0-9][0-9_]*/),
    at_stop: _ => seq('at', 'stop'),
    after: $ => seq('after', $.duration),
    automatic: $ => seq('automatic', optional(seq('if', $._expr))),
    manual: _ => 'manual',
    repeat: $ => seq('repeat', 'every', $.duration, optional($.at_most)),
    at_most: $ => seq('at', 'most', $.number, choice('times', 'time')),
    results: $ => seq('results', listed_value($), repeat(seq('|', listed_value($)))),

    duration: $ => seq($.number, $._beside, choice($.working_days, $.weeks, $.days)),
    days: _ => choice('days', 'day'),
    weeks: _ => choice('weeks', 'week'),

    action: $ => seq(
      field('name', reserved('action_name', $.name)),
      choice(
        $._line_end,
        seq(prec.dynamic(1, seq($.argument, repeat($.labelled))), choice($._line_end, $._unfinished)),
        seq(repeat1(alias($._first_labelled, $.labelled)), choice($._line_end, $._unfinished)),
      ),
    ),
    argument: $ => $._argument_value,
    labelled: $ => seq(field('label', $._label), field('value', $._argument_value)),
    _first_labelled: $ => seq(field('label', $._first_label), field('value', $._argument_value)),
    // A label at the end of its line is a mistake; what follows it is read all the same.
    _unfinished: $ => seq(field('label', $._label), $._value_missing, $.missing_operand),
    _label: $ => choice($.name, ...as_names($, [...QUESTION_WORDS, ...ENTITIES])),
    _first_label: $ => choice(reserved('first_label', $.name), ...as_names($, QUESTION_WORDS)),
    _argument_value: $ => choice(prec.dynamic(1, $.given_documents), alias($._argument_word, $.value_word), $._expr),
    _argument_word: _ => choice(...VALUE_WORDS.filter(word => word !== 'not')),
    given_documents: $ => choice(
      seq('documents', optional($.filter)),
      seq(choice('archived', 'all'), 'documents', optional($.filter)),
      seq(choice('promises', 'contacts'), $.filter),
    ),

    // ---------------------------------------------------------------- contact policy

    contact_policy: $ => seq('contact_policy', body($, $._contact_policy_block)),
    _contact_policy_block: $ => braces(choice($.contact_limit, $.only_on)),
    contact_limit: $ => seq('at', 'most', $.number, choice('contacts', 'contact'), 'every', $.duration),
    only_on: $ => seq('only', 'on', $.working_days),

    // ---------------------------------------------------------------- test

    test: $ => seq('test', $._beside, field('title', $.string), body($, $._test_block)),
    _test_block: $ => braces(choice($.record, $.event)),
    record: $ => seq(
      field('kind', $.record_kind), maybe_beside($, field('id', $.id)), optional($.whose),
      body($, $._record_block),
    ),
    _record_block: $ => braces($.record_field),
    record_kind: _ => choice('customer', 'document', 'payment', 'promise', 'hold', 'history', 'rate'),
    record_field: $ => seq(
      field('name', any($.name)), $._beside, ':', $._beside, field('value', choice($.value_word, $._expr)),
    ),
    whose: $ => seq('of', $.id),
    id: $ => choice($.string, $.name),

    event: $ => seq(
      'on', $._beside, $.date,
      choice($.expect_nothing, $.expect, $.outcome, $.paid, $.set, $.hold, $.promised),
    ),
    expect_nothing: $ => seq('expect', beside_id($), $._beside, 'nothing', optional(seq('from', field('procedure', $.name)))),
    expect: $ => seq('expect', beside_id($), $._beside, $.step_reference),
    outcome: $ => seq(
      choice('done', 'skip'), beside_id($), $._beside, $.step_reference,
      maybe_beside($, seq('result', $._beside, field('result', any(alias($.name, $.value))))),
    ),
    paid: $ => seq('paid', beside_id($), maybe_beside($, $._expr)),
    set: $ => seq('set', beside_id($), beside_name($), $._beside, field('value', choice($.value_word, $._expr))),
    hold: $ => seq('hold', beside_id($), maybe_beside($, $.until)),
    promised: $ => seq('promise', beside_id($), $._beside, optional($._expr), $.until),
    until: $ => seq('until', $._beside, $.date),
    step_reference: $ => seq(
      field('procedure', choice($.name, ...as_names($, ['nothing']))), token.immediate('.'),
      field('step', alias($._member, $.name)),
    ),

    // ---------------------------------------------------------------- expressions

    _expr: $ => choice($._condition, $.conjunction, $.disjunction),
    // `and` and `or` are not mixed without brackets.
    conjunction: $ => seq(choice($._condition, $.conjunction), 'and', $._condition),
    disjunction: $ => seq(choice($._condition, $.disjunction), 'or', $._condition),
    // Comparisons do not chain.
    _condition: $ => choice($._sum, $.comparison, $.is_missing, $.in_list, $.between),
    comparison: $ => prec(PRECEDENCE.compare, choice(
      seq(field('left', $._sum), field('operator', choice('<', '<=', '>', '>=')), field('right', $._sum)),
      seq(field('left', $._sum), field('operator', choice('=', '!=')), field('right', choice($.value_word, $._sum))),
    )),
    is_missing: $ => prec(PRECEDENCE.compare, seq($._sum, 'is', choice('missing', 'present'))),
    in_list: $ => prec(PRECEDENCE.compare, seq(
      $._sum, 'in', '(', optional(commas(choice($.value_word, $._expr))), ')',
    )),
    between: $ => prec(PRECEDENCE.compare, seq($._sum, 'between', $._sum, 'and', $._sum)),
    _sum: $ => choice($._operand, $.negation, $.minus, $.sum, $.product),
    negation: $ => prec(PRECEDENCE.not, seq('not', $._condition)),
    minus: $ => prec(PRECEDENCE.minus, seq('-', $._sum)),
    sum: $ => prec.left(PRECEDENCE.plus, seq($._sum, field('operator', choice('+', '-')), $._sum)),
    product: $ => prec.left(PRECEDENCE.times, seq($._sum, field('operator', choice('*', '/')), $._sum)),

    _operand: $ => choice($._atom, $.or_else),
    or_else: $ => seq($._operand, $._or_else_ahead, 'or', 'else', field('fallback', $._fallback)),
    _fallback: $ => choice($._atom, $.value_word, alias($._minus_atom, $.minus)),
    _minus_atom: $ => seq('-', $._atom),
    _atom: $ => choice(
      $.bracketed, $.date, $.quantity, $.string, $.flag, $.result_of, $.call, $.path,
    ),
    bracketed: $ => seq('(', $._expr, ')'),

    call: $ => seq(
      field('name', $._function_name), $._bracket_ahead, '(', optional(choice($._question, commas($._expr))), ')',
    ),
    _function_name: $ => choice($.name, ...as_names($, ENTITIES)),
    _question: $ => choice(
      seq($.collection, optional($.filter)),
      seq(field('element', $._expr), $.source, optional($.filter)),
    ),
    source: $ => seq('of', $.collection),
    collection: _ => prec(1, choice('documents', seq(choice('archived', 'all'), 'documents'), 'promises', 'contacts')),
    result_of: $ => seq('result', 'of', field('step', reserved('no_collection', $.name))),
    path: $ => choice(
      field('name', $._operand_name),
      seq(field('owner', $._operand_name), token.immediate('.'), field('name', alias($._member, $.name))),
    ),
    // Where `documents` or `all documents` can be what an action covers, it is.
    _operand_name: $ => choice($.name, prec(-1, choice(...as_names($, QUESTION_WORDS))), ...as_names($, ENTITIES)),
    flag: _ => choice('yes', 'no'),
    // A reserved word as a value of a closed list.
    value_word: _ => choice(...VALUE_WORDS),

    quantity: $ => seq($.number, optional(seq($._unit_ahead, field('unit', $._unit)))),
    _unit: $ => choice($.percent, $.working_days, $.weeks, $.days, $.currency, alias($._other_unit, $.other_unit)),
    _other_unit: $ => choice($.name, 'working'),
    percent: _ => '%',
    currency: _ => /[A-Z]{3}/,

    // ---------------------------------------------------------------- words and signs

    date: _ => /[0-9]{4}-[0-9]{2}-[0-9]{2}/,
    number: _ => /[0-9][0-9_]*(\.[0-9]+)?/,
    string: _ => /"(\\[^\n]|[^"\\\n])*"/,
    _member: _ => token.immediate(/[A-Za-z_][A-Za-z0-9_]*/),
    name: _ => /[A-Za-z_][A-Za-z0-9_]*/,
    comment: _ => /#[^\n]*/,
  },
});

/** What may be any word, the reserved ones too. */
function any(rule) {
  return reserved('any_word', rule);
}

/** The body of a declaration: whatever it holds, it is a `block`. */
function body($, rule) {
  return field('body', alias(rule, $.block));
}

/** `{ … }` with any number of `content`. */
function braces(content) {
  return seq('{', repeat(content), '}');
}

/** Keywords where they are names all the same. */
function as_names($, words) {
  return words.map(word => alias(word, $.name));
}

/** One or more, with commas between them. */
function commas(rule) {
  return seq(rule, repeat(seq(',', rule)));
}

/** One or more names, with commas between them. */
function names($) {
  return commas($.name);
}

/** A value where a closed list is declared. */
function listed_value($) {
  return any(alias($.name, $.value));
}

/** A name on the same line. */
function beside_name($) {
  return seq($._beside, field('name', $.name));
}

/** A customer or document on the same line. */
function beside_id($) {
  return seq($._beside, field('id', $.id));
}

/** What may follow on the same line; something else that belongs elsewhere may as well. */
function maybe_beside($, rule) {
  return choice(blank(), $._beside, seq($._beside, rule));
}
