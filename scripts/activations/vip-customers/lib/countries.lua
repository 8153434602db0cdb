-- What a country is called, and which ones have a segment of their own.

local countries = {
  -- The label that all countries without a segment of their own share. No code has five letters.
  OTHER = "other",
}

-- Countries by their two letters (ISO 3166).
local known = hookline.lookup("countries.csv", "code")

-- Codes that people write and the standard does not have.
local aliases = hookline.lookup("country-aliases.csv", "alias")

--- The country's two letters, however they were written; nil when there is nothing to read.
---@param text string?
---@return string?
function countries.code(text)
  if text == nil then return nil end
  local code = hookline.text.upper(hookline.text.trim(text))
  if code == "" then return nil end
  local alias = aliases[code]
  if alias then return alias.code end
  return code
end

--- The country in words; nil for a code that is in no list.
---@param code string?
---@return string?
function countries.name(code)
  local row = known[code]
  if row then return row.name end
  return nil
end

--- Why a list of countries makes no sense; nil when it does. A slip of the pen would be a segment that nobody is ever in.
---@param list string[]
---@return string?
function countries.problem(list)
  for _, item in ipairs(list) do
    if countries.name(countries.code(item)) == nil then
      return ("countries: '%s' is not in lookups/countries.csv"):format(item)
    end
  end
  return nil
end

--- The list as a set of codes.
---@param list string[]
---@return table<string, boolean>
function countries.set(list)
  local set = {}
  for _, item in ipairs(list) do set[countries.code(item)] = true end
  return set
end

return countries
