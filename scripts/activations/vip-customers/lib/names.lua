-- What segments and messages are called.

local countries = require "lib.countries"
local growth = require "lib.growth"

local names = {}

-- Mailchimp takes a hundred bytes.
local LONGEST_NAME = 100

--- A label in words.
local function in_words(label)
  if label == countries.OTHER then return "other countries" end
  return countries.name(label) or label
end

--- "VIP customers: France". A long name is shortened before the country, so that no two come to be the same.
---@param segment hookline.Segment
---@return string
function names.segment(segment)
  if segment.label == nil then return segment.name end
  local ending = ": " .. in_words(segment.label)
  return hookline.text.truncate(segment.name, LONGEST_NAME - #ending, "…") .. ending
end

--- Why a customer is left out. Unknown codes share a reason: there is no end to what people type.
---@param code string?
---@return string
function names.no_segment(code)
  local country = countries.name(code)
  if country == nil then return "country unknown" end
  return "no segment for " .. country
end

--- Why a segment that grew too much stops the run, and how to go on if it is right.
---@param name string
---@param before integer
---@param after integer
---@return string
function names.growth(name, before, after)
  local text = "'%s' would grow from %d to %d: is the lifetime value in cents? If it is right, run once with --set max_growth_percent=%d"
  return text:format(name, before, after, growth.percent(before, after))
end

--- One segment of the report's line.
local function part(segment)
  local title = segment.label and in_words(segment.label) or segment.name
  return ("%s %d (+%d −%d)"):format(title, segment.members, segment.added, segment.removed)
end

--- "VIP customers: France 420 (+3 −1); other countries 80 (+0 −0)": the line for the notification.
---@param report hookline.Report
---@return string
function names.summary(report)
  if report.error then return "VIP customers " .. report.outcome .. ": " .. report.error end
  local parts = {}
  for _, segment in ipairs(report.segments) do parts[#parts + 1] = part(segment) end
  if #parts == 0 then return "VIP customers: nobody" end
  return "VIP customers: " .. table.concat(parts, "; ")
end

return names
