; For nvim-treesitter: a block by one level, and a line that goes on by one level.

(block) @indent.begin
(block "}" @indent.branch @indent.end)

[(conjunction) (disjunction) (bracketed) (in_list) (call)] @indent.begin

(comment) @indent.auto
