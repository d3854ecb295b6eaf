" Colours without the tree-sitter grammar. Keywords are so by their place; this goes by the nearest words.

if exists('b:current_syntax')
  finish
endif

syntax case match
syntax sync minlines=100

syntax match dunlinDeclaration /^\s*\zs\%(procedure\|define\|template\|calendar\|action\|step\)\>\ze\s\+\w/ nextgroup=dunlinOwner,dunlinDeclared skipwhite
syntax match dunlinDeclaration /^\s*\zs\%(ledger\|assign\|contact_policy\)\>\ze\s*\%({\|#\|$\)/
syntax match dunlinDeclaration /^\s*\zstest\>\ze\s*"/
syntax match dunlinOwner /\<\%(customer\|document\)\ze\.\w/ contained
syntax match dunlinDeclared /\w\+/ contained

syntax match dunlinClause /^\s*\zs\%(start\|stop\)\>\ze\s\+\%(by\|when\)\>/
syntax match dunlinClause /\<by assignment\>/
syntax match dunlinClause /^\s*\zsfollow\>\ze\s\+documents\>/
syntax match dunlinClause /^\s*\zstiming\s\+\%(dip\|after previous\)\>/
syntax match dunlinClause /\<counting\ze working\>/
syntax match dunlinClause /^\s*\zspriority\>\ze\s\+[^:[:space:]]/
syntax match dunlinClause /^\s*\zs\%(currency\|recipient\|weekend\|holidays\|results\)\>\ze\s\+[^:[:space:]]/
syntax match dunlinClause /\<for \%(customer\|document\)\>/
syntax match dunlinClause /\<at day\ze\s*-\?\d/
syntax match dunlinClause /\<at stop\>/
syntax match dunlinClause /\<at most\ze\s*\d/
syntax match dunlinClause /\<\%(after\|every\)\>\ze\s*\d/
syntax match dunlinClause /\<repeat\ze every\>/
syntax match dunlinClause /\<\%(automatic\|manual\)\>\%(\s*[:=.|]\)\@!/
syntax match dunlinClause /\<only on\>/
syntax match dunlinClause /\<\%(contact\ze\%($\|\s*#\|\s*by\)\|by hand\|computes\)\>/
syntax match dunlinClause /\<\%(expect\|nothing\|done\|skip\|paid\|set\|until\|times\|contacts\?\ze every\)\>\%(\s*[:=.|]\)\@!/
syntax match dunlinClause /\<on\>\ze\s*\d/
syntax match dunlinClause /\<\%(hold\|promise\)\>\ze\s\+\w\+\s\+\%(until\|\d\)/

syntax keyword dunlinConditional when where otherwise if
syntax keyword dunlinOperator and or not in is between of
syntax match dunlinOperator /\<or\s\+else\>/
syntax match dunlinOperator /\<is\s\+\%(missing\|present\)\>/
syntax match dunlinOperator /[-+*/=<>!]/
syntax keyword dunlinFlag yes no
syntax keyword dunlinBuiltin leading today dip

syntax match dunlinField /\<\w\+\ze\s*:/
syntax match dunlinCall /\<\w\+\ze\s*(/
syntax match dunlinDate /\<\d\{4}-\d\d-\d\d\>/
syntax match dunlinNumber /\<\d[0-9_]*\%(\.\d\+\)\?\>/ nextgroup=dunlinUnit skipwhite
syntax match dunlinUnit /\%(\u\{3}\|days\?\|weeks\?\|working days\?\)\>\|%/ contained
syntax region dunlinString start=/"/ skip=/\\./ end=/"/ oneline
syntax keyword dunlinTodo TODO FIXME XXX NOTE contained
syntax match dunlinComment /#.*/ contains=dunlinTodo,@Spell

highlight default link dunlinDeclaration Keyword
highlight default link dunlinOwner Type
highlight default link dunlinDeclared Function
highlight default link dunlinClause Keyword
highlight default link dunlinConditional Conditional
highlight default link dunlinOperator Operator
highlight default link dunlinFlag Boolean
highlight default link dunlinBuiltin Special
highlight default link dunlinField Identifier
highlight default link dunlinCall Function
highlight default link dunlinDate Number
highlight default link dunlinNumber Number
highlight default link dunlinUnit Type
highlight default link dunlinString String
highlight default link dunlinTodo Todo
highlight default link dunlinComment Comment

let b:current_syntax = 'dunlin'
