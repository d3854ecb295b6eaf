-- For `vim.lsp.config` (Neovim 0.11); plugin/dunlin.lua reads it for older ones.

local function server()
  -- `dunlin lsp` starts the server beside itself, so that both are of one version.
  if vim.fn.executable('dunlin') == 1 or vim.fn.executable('dunlin-lsp') == 0 then
    return { 'dunlin', 'lsp' }
  end
  return { 'dunlin-lsp' }
end

return {
  cmd = vim.g.dunlin_server or server(),
  filetypes = { 'dunlin' },
  root_markers = { 'dunlin.toml' },
  settings = { dunlin = vim.g.dunlin_settings or vim.empty_dict() },
}
