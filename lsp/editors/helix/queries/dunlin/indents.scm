; A block is indented by one level, and a line that goes on by one level.

[
  (block)
  (conjunction)
  (disjunction)
  (bracketed)
  (in_list)
] @indent

["}" ")"] @outdent
