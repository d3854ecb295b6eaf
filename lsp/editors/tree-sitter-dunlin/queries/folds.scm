; What can be folded: every block, with its header.

[
  (ledger) (entity) (calendar) (template) (assign) (procedure) (step) (contact_policy) (test) (record)
  (in_list) (bracketed)
] @fold
