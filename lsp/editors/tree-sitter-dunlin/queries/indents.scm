; How lines are indented, as `dunlin fmt` writes them: a block by one level, a line that goes on by one level.

(block) @indent.begin
(block "}" @indent.branch @indent.end)

; The modifiers of a step on lines of their own; its `{` stands below `step`.
(step) @indent.begin
(step body: (block "{" @indent.branch))

[(conjunction) (disjunction) (bracketed) (in_list) (call)] @indent.begin

(comment) @indent.auto
