(procedure "procedure" @context name: (_) @name) @item
(step "step" @context name: (_) @name) @item
(define "define" @context name: (_) @name) @item
(template "template" @context name: (_) @name) @item
(calendar "calendar" @context name: (_) @name) @item
(action_declaration "action" @context name: (_) @name) @item
(ledger "ledger" @name) @item
(assign "assign" @name) @item
(contact_policy "contact_policy" @name) @item
(test "test" @context title: (_) @name) @item
(comment) @annotation
