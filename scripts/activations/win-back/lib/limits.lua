-- What the parameters mean, and whether they make sense.

local limits = {}

local DAY = 86400

--- Why the parameters make no sense; nil when they do.
---@param params hookline.Params
---@return string?
function limits.problem(params)
  if params.min_orders < 1 then return "min_orders must be at least 1: who never ordered cannot come back" end
  if params.quiet_days < 1 then return "quiet_days must be at least 1" end
  if params.gone_days <= params.quiet_days then
    return "gone_days must be more than quiet_days: between the two a customer is worth winning back"
  end
  if params.every_weeks < 1 then return "every_weeks must be at least 1; 1 means every week" end
  if params.hold_out_percent < 0 or params.hold_out_percent > 100 then return "hold_out_percent must be from 0 to 100" end
  if params.max_change_percent < 1 then return "max_change_percent must be at least 1" end
  -- From nothing, any change is endless: a first filling must always pass.
  if params.review_from < 1 then return "review_from must be at least 1" end
  return nil
end

--- How long a customer must have been quiet, and may have been, in seconds.
---@param params hookline.Params
function limits.seconds(params)
  return { quiet = params.quiet_days * DAY, gone = params.gone_days * DAY }
end

--- Whether a segment of some size changes its size by more than the percentage allows. A small one does by chance: turns are not
--- all of one size.
---@param before integer
---@param after integer
---@param params hookline.Params
---@return boolean
function limits.is_too_much(before, after, params)
  if before < params.review_from then return false end
  return math.abs(after - before) * 100 > before * params.max_change_percent
end

return limits
