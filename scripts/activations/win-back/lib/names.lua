-- What the segment and messages are called.

local names = {}

-- Mailchimp takes a hundred bytes.
local LONGEST_NAME = 100

--- "Win back: quiet for 90 to 365 days". It changes only when the parameters do. A long name is shortened before the numbers.
---@param segment hookline.Segment
---@param params hookline.Params
---@return string
function names.segment(segment, params)
  local ending = (": quiet for %d to %d days"):format(params.quiet_days, params.gone_days)
  return hookline.text.truncate(segment.name, LONGEST_NAME - #ending, "…") .. ending
end

--- Why a segment that changed too much stops the run, and how to go on if it is right.
---@param before integer more than 0
---@param after integer
---@return string
function names.change(before, after)
  local question = after > before and "are the newest orders missing" or "are customers missing"
  local percent = math.ceil(math.abs(after - before) * 100 / before)
  return ("the segment would go from %d to %d members: %s? If it is right, run once with --set max_change_percent=%d"):format(
    before, after, question, percent)
end

--- "Win back, week 2 of 4: 420 members (+415 −402), 130 held out": the line for the notification.
---@param report hookline.Report
---@param week integer from 1 on
---@param every_weeks integer
---@return string
function names.summary(report, week, every_weeks)
  local title = ("Win back, week %d of %d"):format(week, every_weeks)
  if report.error then return title .. " " .. report.outcome .. ": " .. report.error end
  return ("%s: %d members (+%d −%d), %d held out"):format(
    title, report.members, report.added, report.removed, report.dropped["hold-out group"] or 0)
end

return names
