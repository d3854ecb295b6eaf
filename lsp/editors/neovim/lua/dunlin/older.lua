-- The language server in Neovim 0.7 to 0.10, which do not read the folder lsp/ themselves.

local M = {}

-- The clients by their root, for Neovim 0.7.
local clients = {}

local function is_file(path)
  local stat = vim.loop.fs_stat(path)
  return stat ~= nil and stat.type == 'file'
end

-- The nearest folder upwards with a `dunlin.toml`.
local function root_of(path)
  local folder = vim.fn.fnamemodify(path, ':p:h')
  while true do
    if is_file(folder .. '/dunlin.toml') then
      return folder
    end
    local above = vim.fn.fnamemodify(folder, ':h')
    if above == folder then
      return nil
    end
    folder = above
  end
end

local function config_of(buffer)
  local config = dofile(vim.api.nvim_get_runtime_file('lsp/dunlin.lua', false)[1])
  local path = vim.fn.fnamemodify(vim.api.nvim_buf_get_name(buffer), ':p')
  local root = root_of(path)
  if vim.bo[buffer].filetype == 'dunlin' then
    config.root_dir = root or vim.fn.fnamemodify(path, ':h')
  elseif root and path:find('/templates/', #root, true) then
    config.root_dir = root
  else
    return nil
  end
  config.name = 'dunlin'
  return config
end

local function start(buffer)
  local config = config_of(buffer)
  if not config then
    return
  end
  config.filetypes = nil
  -- Neovim 0.7 tells its settings at the start or not at all.
  config.init_options = config.settings
  if vim.lsp.start then
    vim.lsp.start(config, { bufnr = buffer })
    return
  end
  local root = config.root_dir
  config.on_exit = function()
    clients[root] = nil
  end
  clients[root] = clients[root] or vim.lsp.start_client(config)
  if clients[root] then
    vim.lsp.buf_attach_client(buffer, clients[root])
  end
end

function M.enable()
  vim.api.nvim_create_autocmd('FileType', {
    group = vim.api.nvim_create_augroup('dunlin', {}),
    pattern = dofile(vim.api.nvim_get_runtime_file('lsp/dunlin.lua', false)[1]).filetypes,
    callback = function(event)
      start(event.buf)
    end,
  })
end

return M
