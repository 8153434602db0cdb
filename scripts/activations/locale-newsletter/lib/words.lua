-- What segments and messages are called, and when too many leave one.

local words = {}

-- Mailchimp takes a hundred bytes.
local LONGEST_NAME = 100

-- Fewer people who leave a small segment are no sign of anything.
local FEWEST_LEAVING = 5

--- "Newsletter (Français)".
---@param segment hookline.Segment
---@param language string?
---@return string
function words.segment(segment, language)
  if language == nil then return segment.name end
  return hookline.text.truncate(("%s (%s)"):format(segment.name, language), LONGEST_NAME, "…")
end

--- Why a run that takes too many out of a language stops; nil when it may go on. The segment without a language is not held: it has
--- members only where the package had no languages before.
---@param plan hookline.Plan
---@param limit number percent
---@return string?
function words.objection(plan, limit)
  if plan.label == nil or plan.removed < FEWEST_LEAVING then return nil end
  if plan.removed * 100 <= limit * plan.members then return nil end
  return ("%d of %d members of '%s' would leave it: are the locales missing from the source? If not, run once with --set max_leaving_percent=%d"):format(
    plan.removed, plan.members, plan.name, math.ceil(plan.removed * 100 / plan.members))
end

--- "Newsletter (Deutsch) 40 (+1 −0); Newsletter (English) 212 (+9 −2)": the line for the notification.
---@param report hookline.Report
---@return string
function words.summary(report)
  if report.error then return ("Locale newsletter %s: %s"):format(report.outcome, report.error) end
  local parts = {}
  for i, segment in ipairs(report.segments) do
    parts[i] = ("%s %d (+%d −%d)"):format(segment.name, segment.members, segment.added, segment.removed)
  end
  if #parts == 0 then return "Locale newsletter: nobody" end
  return table.concat(parts, "; ")
end

return words
