; What is shown in which colour. Every word of a program has one capture, so their order does not matter.
; The queries for Helix and Zed are made of this one: see tests/.

(comment) @comment

; ------------------------------------------------------------------ values

(string) @string
[(number) (day_number) (date)] @number
(flag) @boolean
; Units.
[(percent) (currency) (days) (weeks) (other_unit)] @type.builtin
(working_days ["working" "days" "day"] @type.builtin)
; Closed lists.
[(value) (value_word) (language)] @constant

; ------------------------------------------------------------------ names that are declared, and their uses

(procedure name: (name) @type)
(procedure (was (name) @type))
(assign_rule procedure: (name) @type)
(assign_otherwise procedure: (name) @type)
(expect_nothing procedure: (name) @type)
(step_reference procedure: (name) @type)

(step name: (name) @function)
(step (was (name) @function))
(result_of step: (name) @function)
(step_reference step: (name) @function)

(action_declaration name: (name) @function)
(action name: (name) @function.call)
(call name: (name) @function.call)
(computes (name) @constant)

(parameter name: (name) @variable.parameter)
(labelled label: (name) @variable.parameter)

(calendar name: (name) @constant)
(template name: (name) @constant)
(recipients (name) @constant)
(weekend (name) @constant)
(holidays (name) @constant)
(working_days calendar: (name) @constant)

(entity_name) @type.builtin
(record_kind) @type.builtin
(type) @type.builtin
(optional) @operator

(define name: (name) @property)
(field name: (name) @property)
(record_field name: (name) @property)
(set name: (name) @property)
(path owner: (name) name: (name) @property)

(id (name) @variable)
((path owner: (name) @variable.builtin)
  (#any-of? @variable.builtin "customer" "document" "leading"))
((path owner: (name) @variable)
  (#not-any-of? @variable "customer" "document" "leading"))
((path !owner name: (name) @variable.builtin)
  (#any-of? @variable.builtin "customer" "document" "leading" "today" "dip"))
((path !owner name: (name) @variable)
  (#not-any-of? @variable "customer" "document" "leading" "today" "dip"))

(collection) @variable.builtin
(given_documents ["documents" "archived" "all" "promises" "contacts"] @variable.builtin)
(follow "documents" @variable.builtin)

; ------------------------------------------------------------------ keywords

[
  "ledger" "recipient" "calendar" "weekend" "holidays" "define" "template" "action" "computes" "assign"
  "procedure" "for" "was" "start" "by" "assignment" "stop" "follow" "timing" "dip" "after" "previous"
  "counting" "priority" "from" "step" "at" "automatic" "repeat" "every" "most" "times" "time" "results"
  "contact_policy" "only" "on" "test" "expect" "nothing" "done" "skip" "paid" "set" "until"
] @keyword
(ledger_currency "currency" @keyword)
[(contact) (manual)] @keyword
(by_hand "hand" @keyword)
(at_day "day" @keyword)
(contact_limit ["contacts" "contact"] @keyword)
(hold "hold" @keyword)
(promised "promise" @keyword)
(outcome "result" @keyword)

(when "when" @keyword.conditional)
(assign_rule "when" @keyword.conditional)
(assign_otherwise "otherwise" @keyword.conditional)
(template_otherwise "otherwise" @keyword.conditional)
(automatic "if" @keyword.conditional)
(filter "where" @keyword.conditional)

(conjunction "and" @keyword.operator)
(disjunction "or" @keyword.operator)
(negation "not" @keyword.operator)
(is_missing ["is" "missing" "present"] @keyword.operator)
(in_list "in" @keyword.operator)
(between ["between" "and"] @keyword.operator)
(or_else ["or" "else"] @keyword.operator)
(result_of ["result" "of"] @keyword.operator)
(source "of" @keyword.operator)
(whose "of" @keyword.operator)
(working_days "of" @keyword.operator)

; ------------------------------------------------------------------ signs

(comparison ["=" "!=" "<" "<=" ">" ">="] @operator)
(sum ["+" "-"] @operator)
(product ["*" "/"] @operator)
(minus "-" @operator)
(define "=" @operator)
(parameter "=" @operator)

["(" ")" "{" "}"] @punctuation.bracket
["," ":" "." "|"] @punctuation.delimiter
