-- `:checkhealth dunlin`

local M = {}

function M.check()
  local health = vim.health
  local start, ok = health.start or health.report_start, health.ok or health.report_ok
  local warn, err = health.warn or health.report_warn, health.error or health.report_error
  start('dunlin')
  local command = dofile(vim.api.nvim_get_runtime_file('lsp/dunlin.lua', false)[1]).cmd
  if vim.fn.executable(command[1]) == 1 then
    ok('the language server is started by `' .. table.concat(command, ' ') .. '`')
  else
    err('`' .. command[1] .. '` is not on the PATH: install Dunlin, or set `vim.g.dunlin_server`')
  end
  if #vim.api.nvim_get_runtime_file('parser/dunlin.*', false) > 0 then
    ok('the tree-sitter grammar is there')
  else
    warn('the tree-sitter grammar is not there: colours are those of syntax/dunlin.vim; `make` builds it')
  end
end

return M
