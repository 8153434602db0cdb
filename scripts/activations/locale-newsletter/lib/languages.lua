-- What a locale says, and which language somebody gets.

local languages = {}

-- Languages by their two letters, each with the name that its speakers give it.
local known = hookline.lookup("languages.csv", "code")

-- The two letters of languages that others write with three, or wrote with other ones: "deu" and "ger" are "de", "iw" is "he".
local by_other_code = {}
for code, row in pairs(known) do
  for other in hookline.text.lower(row.also or ""):gmatch("%a+") do by_other_code[other] = code end
end

-- Languages that one may read for another, the nearest first.
local NEAR = { nb = { "no", "nn" }, nn = { "no", "nb" }, no = { "nb", "nn" } }

--- The code of a language as the file has it; nil for one that it does not have.
local function known_code(text)
  local code = hookline.text.lower(hookline.text.trim(text))
  if known[code] then return code end
  return by_other_code[code]
end

--- The language of a locale: "fr" of `fr-BE`, `fr_FR.UTF-8`, `FR`, `fra` and ` fr `. It is what stands before the first character that is
--- no letter. nil when there is no locale, or none that begins with a language of the file.
---@param locale string?
---@return string?
local function language_of(locale)
  if locale == nil then return nil end
  -- A letter outside of ASCII goes on with the word: "deé" is no German.
  local letters = hookline.text.trim(locale):match("^(%a+)%f[^%a\x80-\xff]")
  return letters and known_code(letters)
end

--- What the parameters offer; nil and a text when they make no sense.
---@param params hookline.Params
---@return { codes: table<string, boolean>, fallback: string? }?, string?
function languages.offer(params)
  local offer = { codes = {} }
  for _, item in ipairs(params.languages) do
    local code = known_code(item)
    if code == nil then return nil, ("languages: '%s' is not in lookups/languages.csv"):format(item) end
    offer.codes[code] = true
  end
  -- Who is left out needs no fallback, so that nobody has to set one that is not used.
  if params.drop_unknown then return offer end
  offer.fallback = known_code(params.fallback)
  if not offer.codes[offer.fallback or ""] then
    return nil, ("fallback: '%s' is not one of the languages"):format(params.fallback)
  end
  return offer
end

--- The language that somebody gets: the own one, else one near to it, else the fallback; nil when there is none.
---@param locale string?
---@return string?
function languages.choose(locale, offer)
  local code = language_of(locale)
  if code and offer.codes[code] then return code end
  for _, near in ipairs(NEAR[code or ""] or {}) do
    if offer.codes[near] then return near end
  end
  return offer.fallback
end

--- Why choose found nothing. A language that is asked for and not offered is named: the report then counts what a translation
--- would be worth.
---@param locale string?
---@return string
function languages.reason_for_none(locale)
  local code = language_of(locale)
  if code == nil then return "language unknown" end
  return "language not offered: " .. code
end

--- The name of a language, "Français"; nil for no language.
---@param code string?
---@return string?
function languages.name(code)
  local row = known[code]
  return row and row.name
end

return languages
