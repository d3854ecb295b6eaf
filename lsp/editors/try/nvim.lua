-- Neovim as a user has it, without a screen: `nvim --clean --headless -l` is too new for 0.7, so it is started by
-- `nvim --clean --headless -c 'luafile nvim.lua'` from `run`, which sets DUNLIN_EDITORS, DUNLIN_EXAMPLE and PATH.
-- Ends with status 1 at the first thing that is not as it should be.

local editors = assert(os.getenv('DUNLIN_EDITORS'))
local example = assert(os.getenv('DUNLIN_EXAMPLE'))

local function say(text)
  io.stdout:write(text .. '\n')
end

local function expect(what, ok)
  say((ok and 'ok    ' or 'WRONG ') .. what)
  if not ok then
    vim.cmd('cquit 1')
  end
end

local function wait_for(what, condition)
  expect(what, vim.wait(30000, condition, 50))
end

-- What is told to the server.
vim.g.dunlin_settings = { lens = { date = '2026-03-20' }, inlayHints = { document = 'F26-0310' } }

vim.opt.runtimepath:prepend(editors .. '/neovim')
vim.cmd('filetype plugin indent on')
vim.cmd('syntax on')
vim.cmd('runtime plugin/dunlin.lua')
vim.cmd('runtime ftdetect/dunlin.vim')

say((vim.fn.execute('version'):match('NVIM [^\n]*')))
vim.cmd('edit ' .. vim.fn.fnameescape(example))
expect('the file type is dunlin', vim.bo.filetype == 'dunlin')
expect('a comment begins with #', vim.bo.commentstring == '# %s')

-- Indentation: what `dunlin fmt` has written is what comes out.
local function indented()
  local before = vim.api.nvim_buf_get_lines(0, 0, -1, false)
  vim.cmd('silent normal! gg=G')
  local after = vim.api.nvim_buf_get_lines(0, 0, -1, false)
  for number, line in ipairs(before) do
    if line ~= after[number] then
      say(('      line %d: `%s` became `%s`'):format(number, line, after[number] or ''))
    end
  end
  return vim.deep_equal(before, after)
end
expect('gg=G changes nothing', indented())
vim.cmd('new | silent read ' .. vim.fn.fnameescape(editors .. '/try/layout.proc') .. ' | 1delete | setlocal filetype=dunlin')
expect('gg=G changes nothing where lines go on', indented())
vim.cmd('bwipeout!')

-- Colours.
vim.fn.cursor(1, 1)
local row = vim.fn.search([[^\(ledger\|procedure\|test\)\>]], 'c') - 1
local column = 0
if vim.treesitter.highlighter and vim.treesitter.highlighter.active[vim.api.nvim_get_current_buf()] then
  local tree = vim.treesitter.get_parser(0, 'dunlin'):parse(true)[1]
  expect('tree-sitter: the whole file is read', not tree:root():has_error())
  local captures = vim.treesitter.get_captures_at_pos(0, row, column)
  expect('tree-sitter: a keyword is one', captures[1] ~= nil and captures[1].capture == 'keyword')
  vim.wo.foldmethod, vim.wo.foldexpr = 'expr', 'v:lua.vim.treesitter.foldexpr()'
  vim.wait(500, function()
    return vim.fn.foldlevel(row + 2) > 0
  end)
  expect('tree-sitter: a procedure folds', vim.fn.foldlevel(row + 2) > 0)
else
  say('      no tree-sitter: ' .. (vim.fn.has('nvim-0.11') == 1 and 'run `make` in neovim/' or 'this Neovim is too old for the grammar'))
  vim.cmd('redraw')
  local name = vim.fn.synIDattr(vim.fn.synID(row + 1, column + 1, 1), 'name')
  expect('syntax/dunlin.vim: a keyword is one', name == 'dunlinDeclaration')
end

-- The language server.
local function clients()
  -- The text of another place, above, has one of its own.
  return vim.tbl_filter(function(client)
    return vim.lsp.buf_is_attached(0, client.id)
  end, (vim.lsp.get_clients or vim.lsp.get_active_clients)())
end
wait_for('the language server starts', function()
  local client = clients()[1]
  return client ~= nil and client.initialized
end)
local home = vim.fn.findfile('dunlin.toml', vim.fn.expand('%:p:h') .. ';')
local root = clients()[1].config.root_dir
expect('at the root of the program', home == '' or vim.loop.fs_realpath(root) == vim.loop.fs_realpath(vim.fn.fnamemodify(home, ':p:h')))

-- What it answers, as far as it says that it does.
local function ask(what, provider, method, parameters, ok)
  local capabilities = clients()[1].server_capabilities or clients()[1].resolved_capabilities
  if not capabilities[provider] then
    say('      not offered: ' .. what)
    return
  end
  local answer = (vim.lsp.buf_request_sync(0, method, parameters, 30000) or {})[clients()[1].id] or {}
  expect(what, not answer.err and not answer.error and ok(answer.result))
end
local document = { uri = vim.uri_from_bufnr(0) }
ask('it lists the declarations', 'documentSymbolProvider', 'textDocument/documentSymbol', { textDocument = document }, function(found)
  return #(found or {}) > 0
end)
ask('its layout is that of the file', 'documentFormattingProvider', 'textDocument/formatting',
  { textDocument = document, options = { tabSize = 4, insertSpaces = true } }, function(edits)
    return #(edits or {}) == 0
  end)
ask('it explains a word', 'hoverProvider', 'textDocument/hover', { textDocument = document, position = { line = row, character = 2 } },
  function(shown)
    return shown == nil or shown.contents ~= nil
  end)
ask('it folds', 'foldingRangeProvider', 'textDocument/foldingRange', { textDocument = document }, function(found)
  return #(found or {}) > 0
end)

-- What it was told: the day of the lens, and the document whose dates stand in the lines.
local function comes(what, method, parameters, wanted)
  wait_for(what, function()
    local answer = (vim.lsp.buf_request_sync(0, method, parameters, 30000) or {})[clients()[1].id] or {}
    return vim.inspect(answer.result):find(wanted, 1, true) ~= nil
  end)
end
if example:find('/standard/ledger.proc', 1, true) then
  comes('the lens looks at the day that is set', 'textDocument/codeLens', { textDocument = document }, ' on 2026-03-20 ')
elseif example:find('/standard/standard.proc', 1, true) then
  local whole = { start = { line = 0, character = 0 }, ['end'] = { line = vim.fn.line('$'), character = 0 } }
  comes('the document that is set has its dates', 'textDocument/inlayHint', { textDocument = document, range = whole }, ' of F26-0310,')
end

-- Its findings.
vim.api.nvim_buf_set_lines(0, -1, -1, false, { 'define oops = total_du + 1 EUR' })
wait_for('a mistake is reported while it is typed', function()
  return #vim.diagnostic.get(0) > 0
end)
for _, found in ipairs(vim.diagnostic.get(0)) do
  say(('      %d:%d %s %s'):format(found.lnum + 1, found.col + 1, found.code or '', (found.message:gsub('\n', '; '))))
end
vim.api.nvim_buf_set_lines(0, -2, -1, false, {})
wait_for('and taken back when it is mended', function()
  return #vim.diagnostic.get(0) == 0
end)

-- A lens that is run lists its rows, a row says why; a template is part of the program.
if example:find('/standard/ledger.proc', 1, true) then
  local client = clients()[1]
  local lenses = vim.lsp.buf_request_sync(0, 'textDocument/codeLens', { textDocument = document }, 30000)[client.id].result
  local lens = vim.tbl_filter(function(it)
    return it.command.command == 'dunlin.showRows'
  end, lenses)[1]
  local choices
  vim.ui.select = function(all, _, done)
    choices = all
    done(all[1])
  end
  vim.lsp.commands['dunlin.showRows'](lens.command, { client_id = client.id, bufnr = vim.api.nvim_get_current_buf() })
  local function shown()
    return table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n')
  end
  wait_for('a lens lists its rows', function()
    return choices ~= nil and #choices > 0
  end)
  wait_for('a row says why', function()
    return shown():find('\nassignment\n', 1, true) ~= nil
  end)
  vim.cmd('bwipeout!')
  vim.cmd('DunlinWhy ' .. choices[1].customer)
  wait_for(':DunlinWhy says why', function()
    return shown():find('\nassignment\n', 1, true) ~= nil
  end)
  vim.cmd('bwipeout!')
  vim.cmd('edit ' .. vim.fn.fnameescape(root .. '/templates/reminder.en.md'))
  wait_for('a template is part of the program', function()
    return vim.lsp.buf_is_attached(0, client.id)
  end)
  vim.cmd('edit ' .. vim.fn.fnameescape(root .. '/README.md'))
  expect('another text is not', not vim.lsp.buf_is_attached(0, client.id))
end
vim.cmd('qall!')
