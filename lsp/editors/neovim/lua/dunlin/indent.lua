-- Indentation as `dunlin fmt` writes it: one level for every open `{`, and one more for a line that goes on
-- with the line before. The same rule as in emacs/dunlin-mode.el.

local M = {}

local function set(words)
  local found = {}
  for word in words:gmatch('%S+') do
    found[word] = true
  end
  return found
end

-- Words that go on with the line before, and words after which the next line goes on.
local GOING_ON = set('and or in is between where not')
local EXPECTING = set('and or not when where if from in is between of else')

-- The line without texts and comment.
local function code(line)
  return (line:gsub('"[^"]*"?', function(text)
    return ('"'):rep(#text)
  end):gsub('#.*', ''))
end

-- Whether the text before the line ends where something must follow.
local function is_expecting(before)
  local last = before:match('(%a+)%s*$')
  return before:find('[=<>+%-*/,|(]%s*$') ~= nil or (last ~= nil and EXPECTING[last] == true)
end

-- What is open before a line: the number of `{`, the number of `(` within, whether a header waits for its
-- `{`, and the code of the last line that has any.
local function state_before(lines)
  local state = { braces = 0, brackets = 0, header = false, before = '' }
  for _, line in ipairs(lines) do
    local text = code(line)
    if text:find('^%s*step%s+[%w_"]') or text:find('^%s*procedure%s+[%w_"]') then
      state.header = true
    end
    for sign in text:gmatch('[{}()]') do
      if sign == '{' then
        state.braces, state.brackets, state.header = state.braces + 1, 0, false
      elseif sign == '}' then
        state.braces, state.brackets, state.header = math.max(state.braces - 1, 0), 0, false
      elseif sign == '(' then
        state.brackets = state.brackets + 1
      else
        state.brackets = math.max(state.brackets - 1, 0)
      end
    end
    if text:find('%S') then
      state.before = text
    end
  end
  return state
end

-- The number of levels of a line behind others.
function M.levels(lines, line)
  local state = state_before(lines)
  local text = code(line)
  local first = text:match('^%s*(%S)')
  if first == '}' then
    return math.max(state.braces - 1, 0)
  elseif first == '{' then
    return state.braces
  end
  local word = text:match('^%s*(%a+)')
  local goes_on = state.brackets > 0 or state.header or is_expecting(state.before)
  if first and not goes_on then
    goes_on = first:find('[=<>!+%-*/|)]') ~= nil or (word ~= nil and GOING_ON[word] == true)
  end
  return state.braces + (goes_on and 1 or 0)
end

-- For 'indentexpr'.
function M.line()
  local lines = vim.api.nvim_buf_get_lines(0, 0, vim.v.lnum, false)
  local line = table.remove(lines) or ''
  return M.levels(lines, line) * vim.fn.shiftwidth()
end

return M
