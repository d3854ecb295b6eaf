-- What stands behind a lens: a list to choose from; a customer in it opens `why`. And `:DunlinWhy CUSTOMER`.

local M = {}

local function execute(client, command, argument, buffer, done)
  local function answered(problem, answer)
    if problem then
      vim.notify(problem.message, vim.log.levels.WARN)
    elseif answer then
      done(answer)
    end
  end
  local parameters = { command = command, arguments = { argument } }
  if vim.fn.has('nvim-0.11') == 1 then
    client:request('workspace/executeCommand', parameters, answered, buffer)
  else
    client.request('workspace/executeCommand', parameters, answered, buffer)
  end
end

-- A text to read, in a window of its own.
local function show(title, text)
  vim.cmd('botright new')
  local buffer = vim.api.nvim_get_current_buf()
  vim.api.nvim_buf_set_lines(buffer, 0, -1, false, vim.split(text, '\n'))
  pcall(vim.api.nvim_buf_set_name, buffer, title)
  vim.bo[buffer].buftype, vim.bo[buffer].bufhidden = 'nofile', 'wipe'
  vim.bo[buffer].modifiable, vim.bo[buffer].swapfile = false, false
end

local function why(client, customer, uri, buffer)
  execute(client, 'dunlin.why', { customer = customer, uri = uri }, buffer, function(answer)
    show('why ' .. customer, answer.text)
  end)
end

local function filled(cells)
  return vim.tbl_filter(function(cell)
    return cell ~= ''
  end, cells)
end

-- The client's command of a lens: `vim.lsp.commands['dunlin.showRows']`.
function M.show(command, context)
  local client, lens = vim.lsp.get_client_by_id(context.client_id), command.arguments[1]
  execute(client, 'dunlin.rows', lens.rows, context.bufnr, function(answer)
    if #answer.rows == 0 then
      vim.notify(answer.title .. ': nobody')
      return
    end
    local choices = {}
    for number, cells in ipairs(answer.rows) do
      choices[number] = { text = table.concat(filled(cells), ' · '), customer = answer.customers[number] }
    end
    local options = {
      prompt = answer.title .. ' (choose a row to see why)',
      format_item = function(choice)
        return choice.text
      end,
    }
    vim.ui.select(choices, options, function(choice)
      if choice and type(choice.customer) == 'string' then
        why(client, choice.customer, lens.uri, context.bufnr)
      end
    end)
  end)
end

-- Why a customer gets what he gets, by the program of the file at hand.
function M.why(customer)
  local buffer = vim.api.nvim_get_current_buf()
  local clients = (vim.lsp.get_clients or vim.lsp.get_active_clients)()
  for _, client in ipairs(clients) do
    if client.name == 'dunlin' and vim.lsp.buf_is_attached(buffer, client.id) then
      why(client, customer, vim.uri_from_bufnr(buffer), buffer)
      return
    end
  end
  vim.notify('no file of a Dunlin program is open here', vim.log.levels.WARN)
end

return M
