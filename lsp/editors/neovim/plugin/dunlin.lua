-- Starts the language server for Dunlin programs, unless `vim.g.dunlin_lsp` is false.

if vim.g.loaded_dunlin then
  return
end
vim.g.loaded_dunlin = true

-- Blocks of programs in Markdown.
if vim.treesitter and vim.treesitter.language and vim.treesitter.language.register then
  vim.treesitter.language.register('dunlin', { 'dunlin', 'proc' })
end

if vim.g.dunlin_lsp == false then
  return
end
if vim.lsp.enable then
  vim.lsp.enable('dunlin')
else
  require('dunlin.older').enable()
end
