(_ "{" "}" @end) @indent
(_ "(" ")" @end) @indent
[(conjunction) (disjunction)] @indent
