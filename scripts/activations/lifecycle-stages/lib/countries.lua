-- Countries whose customers get no mail.

local countries = {}

-- Countries by their two letters of ISO 3166, and Kosovo's.
local known = hookline.lookup("countries.csv", "code")

-- Letters that many write for a country, and that ISO 3166 does not: the United Kingdom's, and Greece's in the EU.
local OTHER_CODES = { UK = "GB", EL = "GR" }

--- The two letters of a country as the file has them; nil when it does not have them, or there are none.
---@param text string?
---@return string?
function countries.code(text)
  if text == nil then return nil end
  local code = hookline.text.upper(hookline.text.trim(text))
  code = OTHER_CODES[code] or code
  return known[code] and code
end

--- The countries of a list, and whether there are any; nil and a text when one of them is none.
---@param list string[]
---@return { any: boolean, codes: table<string, boolean> }?, string?
function countries.barred(list)
  local barred = { any = #list > 0, codes = {} }
  for _, item in ipairs(list) do
    local code = countries.code(item)
    if code == nil then return nil, ("not_mailed: '%s' is no country in lookups/countries.csv, such as DE or US"):format(item) end
    barred.codes[code] = true
  end
  return barred
end

--- Why a customer's country is against a mail; nil when it is not. Where some countries get none, nor does one that nobody knows.
---@param country string?
---@param barred { any: boolean, codes: table<string, boolean> }
---@return string?
function countries.reason_against(country, barred)
  if not barred.any then return nil end
  local code = countries.code(country)
  if code == nil then return "country unknown" end
  if barred.codes[code] then return "not mailed in " .. known[code].name end
  return nil
end

return countries
