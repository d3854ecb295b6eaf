; What a list of declarations shows, with the comment above each.

((comment)* @doc . (procedure name: (name) @name) @definition.class
  (#strip! @doc "^#\\s*") (#select-adjacent! @doc @definition.class))
((comment)* @doc . (step name: (name) @name) @definition.method
  (#strip! @doc "^#\\s*") (#select-adjacent! @doc @definition.method))
((comment)* @doc . (define name: (name) @name) @definition.constant
  (#strip! @doc "^#\\s*") (#select-adjacent! @doc @definition.constant))
((comment)* @doc . (action_declaration name: (name) @name) @definition.function
  (#strip! @doc "^#\\s*") (#select-adjacent! @doc @definition.function))
(template name: (name) @name) @definition.constant
(calendar name: (name) @name) @definition.constant

(assign_rule procedure: (name) @name) @reference.class
(assign_otherwise procedure: (name) @name) @reference.class
(action name: (name) @name) @reference.call
(call name: (name) @name) @reference.call
