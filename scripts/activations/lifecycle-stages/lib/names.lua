-- What segments and messages are called.

local names = {}

-- Mailchimp takes a hundred bytes.
local LONGEST_NAME = 100

--- "1 234" as people read numbers; the report is read on phones.
local function grouped(number)
  local digits = tostring(math.tointeger(number) or number)
  local result = digits:reverse():gsub("(%d%d%d)", "%1 "):reverse()
  return (result:gsub("^ ", ""))
end

--- "Lifecycle: loyal (2026-03)", or "Lifecycle: loyal" without a day. The stage is cut before the month is: a name without its
--- month would stay when the month changes.
---@param segment hookline.Segment
---@param today string? YYYY-MM-DD; nil for a name without the month
---@return string
function names.segment(segment, today)
  local name = segment.label and segment.name .. ": " .. segment.label or segment.name
  local month = today and hookline.date.format(today, " (%Y-%m)") or ""
  return hookline.text.truncate(name, LONGEST_NAME - #month, "…") .. month
end

--- Why a stage that grew too much stops the run.
---@param stage string
---@param before integer
---@param after integer
---@return string
function names.growth(stage, before, after)
  return ("'%s' would grow from %s to %s: are the newest orders missing from the source?"):format(
    stage, grouped(before), grouped(after))
end

--- Whole percent of a part; nothing of nothing.
local function percent(part, whole)
  if whole == 0 then return 0 end
  return (part * 100 + whole // 2) // whole
end

--- How many are in all stages together. A customer is in one stage; the top customers are in theirs, too, and count there.
local function customers(segments, top)
  local sum = 0
  for _, segment in ipairs(segments) do
    if segment.label ~= top then sum = sum + segment.members end
  end
  return sum
end

--- One segment of the report's line.
local function part(segment, all)
  return ("%s %s, %d %% (+%s −%s)"):format(
    segment.label or segment.name, grouped(segment.members), percent(segment.members, all), grouped(segment.added),
    grouped(segment.removed))
end

--- "Lifecycle: active 420, 84 % (+3 −1); loyal 80, 16 % (+0 −0)": the line for the notification.
---@param report hookline.Report
---@param top string the label that is no stage
---@return string
function names.summary(report, top)
  if report.error then return "Lifecycle " .. report.outcome .. ": " .. report.error end
  local parts = {}
  local all = customers(report.segments, top)
  for _, segment in ipairs(report.segments) do parts[#parts + 1] = part(segment, all) end
  if #parts == 0 then return "Lifecycle: nobody" end
  return "Lifecycle: " .. table.concat(parts, "; ")
end

return names
