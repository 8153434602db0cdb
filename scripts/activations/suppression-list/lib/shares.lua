-- How many were left out, in numbers and in words.

local shares = {}

-- The line of the report is read on phones: it names so many reasons, the most frequent ones.
local REASONS_SHOWN = 4

--- How many users were dropped, and the reasons, the most frequent first; equal ones by name, so that each run says the same.
---@param dropped table<string, integer>
---@return integer, { reason: string, count: integer }[]
local function ranking(dropped)
  local sum = 0
  local reasons = {}
  for reason, count in hookline.sorted_pairs(dropped) do
    sum = sum + count
    reasons[#reasons + 1] = { reason = reason, count = count }
  end
  table.sort(reasons, function(a, b) return a.count > b.count end)
  return sum, reasons
end

--- Why a run that leaves out too many stops; nil when it may go on.
---
--- The share is that of the users with an address. Where the filter met nobody, as for an undo, the plan has to do.
---@param plan hookline.Plan
---@param met { kept: integer, dropped: integer } how many the filter let pass and left out
---@param limit number percent
---@return string?
function shares.objection(plan, met, limit)
  local sum, reasons = ranking(plan.dropped)
  local dropped, kept = met.dropped, met.kept
  if dropped + kept == 0 then dropped, kept = sum, plan.unchanged + plan.added end
  if dropped * 100 <= limit * (dropped + kept) then return nil end
  return ("%.1f %% of the users would be left out, most of them for '%s' (%d): is a line of the lists too broad? If it is not, run once with --set max_blocked_percent=%d"):format(
    dropped * 100 / (dropped + kept), reasons[1].reason, reasons[1].count, math.ceil(dropped * 100 / (dropped + kept)))
end

--- "May be mailed: 412 members (+3 −1); 17 left out: suppressed address 12, role address 5": the line for the notification.
---@param report hookline.Report
---@return string
function shares.summary(report)
  if report.error then return ("Suppression list %s: %s"):format(report.outcome, report.error) end
  local line = ("%s: %d members (+%d −%d)"):format(report.segment, report.members, report.added, report.removed)
  local sum, reasons = ranking(report.dropped)
  if sum == 0 then return line .. "; nobody left out" end
  local parts = {}
  for i, entry in ipairs(reasons) do
    if i > REASONS_SHOWN then break end
    parts[i] = ("%s %d"):format(entry.reason, entry.count)
  end
  if #reasons > REASONS_SHOWN then parts[#parts + 1] = "…" end
  return ("%s; %d left out: %s"):format(line, sum, table.concat(parts, ", "))
end

return shares
