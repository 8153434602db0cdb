-- The files of lookups/, found however their lines are typed: case and spaces around a line do not matter.

local lists = {}

--- A text without spaces around it, in lower case.
---@param text string
---@return string
function lists.tidy(text)
  return hookline.text.lower(hookline.text.trim(text))
end

--- A domain as it is compared, also of `@example.com`; nil for what is no domain, such as `example`.
---@param text string
---@return string?
function lists.domain(text)
  local domain = lists.tidy(text):gsub("^@", "")
  if hookline.email.is_valid("somebody@" .. domain) then return domain end
  return nil
end

--- Opens a file of lookups/.
---
--- Lines that are tidy already are found in the lookup itself, which costs the scripts no memory. Only the others are remembered.
---@param file string
---@param column string
---@param tidy fun(text: string): string? the key as it is compared; nil for one that cannot be meant
---@return { file: string, useless: integer, find: fun(key: string): hookline.Row? }
function lists.open(file, column, tidy)
  local rows = hookline.lookup(file, column)
  local retyped = {}
  local list = { file = file, useless = 0 }
  for typed in pairs(rows) do
    local key = tidy(typed)
    if key == nil then
      list.useless = list.useless + 1
    elseif key ~= typed then
      retyped[key] = typed
    end
  end
  function list.find(key)
    return rows[key] or rows[retyped[key]]
  end
  return list
end

return lists
