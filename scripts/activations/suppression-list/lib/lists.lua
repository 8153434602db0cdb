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

-- What people cannot see and programs leave in texts: a space of no width, and a byte order mark.
local INVISIBLE = { "\u{200B}", "\u{FEFF}" }

--- An address as it is compared, also of `mailto:ada@example.com` and `Ada <ada@example.com>`; nil for what is none.
---@param text string
---@return string?
function lists.address(text)
  for _, mark in ipairs(INVISIBLE) do text = text:gsub(mark, "") end
  local inner = text:match("<([^<>]*)>%s*$") or text
  return hookline.email.normalise((inner:gsub("^%s*[Mm][Aa][Ii][Ll][Tt][Oo]:", "")))
end

--- Whether an address or a domain is at example.com, example.net or example.org, where nobody is (RFC 2606).
local function is_example(key)
  local ending = key:match("example%.%a+$")
  if ending ~= "example.com" and ending ~= "example.net" and ending ~= "example.org" then return false end
  local before = key:sub(-#ending - 1, -#ending - 1)
  return #key == #ending or before == "@" or before == "."
end

--- Opens a file of lookups/.
---
--- Lines that are tidy already are found in the lookup itself, which costs the scripts no memory. Only the others are remembered.
---@param file string
---@param column string
---@param tidy fun(text: string): string? the key as it is compared; nil for one that cannot be meant
---@return { file: string, lines: integer, useless: integer, examples: integer, find: fun(key: string): hookline.Row? }
function lists.open(file, column, tidy)
  local rows = hookline.lookup(file, column)
  local retyped = {}
  local list = { file = file, lines = #rows, useless = 0, examples = 0 }
  for typed in pairs(rows) do
    local key = tidy(typed)
    if key == nil then
      list.useless = list.useless + 1
    else
      if key ~= typed then retyped[key] = typed end
      if is_example(key) then list.examples = list.examples + 1 end
    end
  end
  function list.find(key)
    return rows[key] or rows[retyped[key]]
  end
  return list
end

return lists
