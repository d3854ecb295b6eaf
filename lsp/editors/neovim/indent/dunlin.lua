if vim.b.did_indent then
  return
end
vim.b.did_indent = 1

vim.bo.indentexpr = "v:lua.require'dunlin.indent'.line()"
vim.bo.indentkeys = '0{,0},0),!^F,o,O,e,=and,=or,=when,=automatic,=manual,=repeat'
vim.bo.autoindent = true
vim.b.undo_indent = 'setlocal indentexpr< indentkeys< autoindent<'
