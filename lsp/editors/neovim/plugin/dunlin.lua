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

-- What is behind a lens, and why a customer gets what he gets.
vim.lsp.commands['dunlin.showRows'] = function(command, context)
  require('dunlin.rows').show(command, context)
end
vim.api.nvim_create_user_command('DunlinWhy', function(arguments)
  require('dunlin.rows').why(arguments.args)
end, { nargs = 1, desc = 'Why a customer gets what he gets' })

-- What a procedure, step or rule does today, above it, unless `vim.g.dunlin_lenses` is false.
local function show_lenses(event)
  local client = vim.lsp.get_client_by_id(event.data.client_id)
  if not client or client.name ~= 'dunlin' or not client.server_capabilities.codeLensProvider then
    return
  end
  local function refresh()
    vim.lsp.codelens.refresh(vim.fn.has('nvim-0.10') == 1 and { bufnr = event.buf } or nil)
  end
  vim.api.nvim_create_autocmd({ 'BufEnter', 'InsertLeave', 'BufWritePost' }, { buffer = event.buf, callback = refresh })
  refresh()
end
if vim.fn.exists('##LspAttach') == 1 and vim.g.dunlin_lenses ~= false then
  vim.api.nvim_create_autocmd('LspAttach', { callback = show_lenses })
end

if vim.lsp.enable then
  vim.lsp.enable('dunlin')
else
  require('dunlin.older').enable()
end
