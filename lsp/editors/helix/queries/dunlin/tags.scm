; What the list of symbols shows.

(procedure name: (name) @name) @definition.class
(step name: (name) @name) @definition.function
(action_declaration name: (name) @name) @definition.function
(define name: (name) @name) @definition.constant
(template name: (name) @name) @definition.constant
(calendar name: (name) @name) @definition.constant
