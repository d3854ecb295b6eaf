; Where names are declared and used. All are global but for the steps of a procedure.

(file) @local.scope
(procedure body: (block) @local.scope)

(define name: (name) @local.definition)
(procedure name: (name) @local.definition)
(calendar name: (name) @local.definition)
(template name: (name) @local.definition)
(action_declaration name: (name) @local.definition)
(recipients (name) @local.definition)
(step name: (name) @local.definition)

(assign_rule procedure: (name) @local.reference)
(assign_otherwise procedure: (name) @local.reference)
(expect_nothing procedure: (name) @local.reference)
(step_reference procedure: (name) @local.reference)
(working_days calendar: (name) @local.reference)
(action name: (name) @local.reference)
(result_of step: (name) @local.reference)
(path !owner name: (name) @local.reference)
(path owner: (name) name: (name) @local.reference)
