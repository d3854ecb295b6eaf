-- How a Dunlin program is edited: comments, indentation as `dunlin fmt` writes it, names to jump to.

if vim.b.did_ftplugin then
  return
end
vim.b.did_ftplugin = 1

local options = {
  commentstring = '# %s',
  comments = ':#',
  expandtab = true,
  shiftwidth = 4,
  softtabstop = 4,
  suffixesadd = '.proc',
  -- For `[d`, `:dsearch` and the like where no language server runs.
  define = [[\v^\s*(procedure|step|define|template|calendar|action)>(\s+(customer|document)\.)?]],
}
for name, value in pairs(options) do
  vim.bo[name] = value
end
vim.cmd('setlocal formatoptions-=t formatoptions+=croql')
vim.b.undo_ftplugin = 'setlocal formatoptions< ' .. table.concat(vim.tbl_keys(options), '< ') .. '<'

-- The colours of the tree-sitter grammar where it is installed, else those of syntax/dunlin.vim.
if vim.treesitter and vim.treesitter.start and pcall(vim.treesitter.start, 0, 'dunlin') then
  vim.b.undo_ftplugin = vim.b.undo_ftplugin .. ' | lua vim.treesitter.stop()'
end
