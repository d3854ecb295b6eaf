[(block) (bracketed) (in_list) (call) (action_declaration)] @rainbow.scope

["{" "}" "(" ")"] @rainbow.bracket
