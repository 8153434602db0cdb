-- What the files of lookups/ hold.

local lists = {}

--- Whether an address or a domain is at example.com, example.net or example.org, where nobody is (RFC 2606).
local function is_example(key)
  local ending = key:match("example%.%a+$")
  if ending ~= "example.com" and ending ~= "example.net" and ending ~= "example.org" then return false end
  local before = key:sub(-#ending - 1, -#ending - 1)
  return #key == #ending or before == "@" or before == "."
end

--- A file that still holds nothing but the examples of this package.
---@param rows hookline.Lookup
---@return boolean
function lists.is_example(rows)
  for key in pairs(rows) do
    if not is_example(key) then return false end
  end
  return #rows > 0
end

--- The texts of a column in lower case, without spaces around them.
---@param file string
---@param column string
---@return table<string, boolean>
function lists.words(file, column)
  local words = {}
  for typed in pairs(hookline.lookup(file, column)) do words[hookline.text.lower(typed)] = true end
  return words
end

--- A domain as it is compared, also of `@Example.com`; nil for what is no domain, such as `example`.
---@param text string
---@return string?
function lists.domain(text)
  return hookline.email.domain("somebody@" .. text:gsub("^%s*@", ""))
end

return lists
