-- For `vim.lsp.config` (Neovim 0.11); plugin/dunlin.lua reads it for older ones.

local function server()
  -- `dunlin lsp` starts the server beside itself, so that both are of one version.
  if vim.fn.executable('dunlin') == 1 or vim.fn.executable('dunlin-lsp') == 0 then
    return { 'dunlin', 'lsp' }
  end
  return { 'dunlin-lsp' }
end

-- A program's files, and the texts in the folder `templates` of one: of other texts the server says nothing.
local function root_dir(buffer, found)
  local path = vim.api.nvim_buf_get_name(buffer)
  local root = vim.fs.root(path, 'dunlin.toml')
  if vim.bo[buffer].filetype == 'dunlin' then
    found(root or vim.fs.dirname(path))
  elseif root and path:find('/templates/', #root, true) then
    found(root)
  end
end

return {
  cmd = vim.g.dunlin_server or server(),
  filetypes = { 'dunlin', 'markdown', 'text', 'html', 'htmldjango', 'jinja' },
  root_dir = root_dir,
  settings = { dunlin = vim.g.dunlin_settings or vim.empty_dict() },
}
